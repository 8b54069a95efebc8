"""What customers tell of their lives by the way, wherever they are in the talk."""

from collections.abc import Mapping
from dataclasses import replace

from bot import cards, habits, life, menu
from bot.dialogue.answering import try_answer
from bot.dialogue.beginning import begin, filling_of, is_wish, start
from bot.enquiries import about_zone
from bot.flow import Turn
from bot.flows import FLOWS
from bot.handling import thread
from bot.listening import Listening
from bot.messages import Outbound
from bot.state import State
from core.facts import Habit

WISHES = ("booking", "repeating")
"""What else such words may plainly ask for; days that are named in telling one's ways are no rhythm."""
ABOUT_HOME = frozenset({"household", "facts"})
"""The questions that ask what is so at home."""
FOUND_ANEW = ("told", "usual_days", "usual_hours")
"""The answers that say what a form knows of them."""


def told(state: State, turn: Turn, body: str) -> list[Outbound] | None:
    """Keep what happened, where they are or how they want it, and answer what else is said; None for other
    words."""
    flow = FLOWS[state.form.flow] if state.form else None
    if flow is not None and (flow.urgent or issubclass(flow, Listening)):
        return None
    clock = None if _takes_all(state, turn) else about_zone.meant(turn, body)
    if clock is None and not (habits.tells(turn, body) or life.tells(body)):
        return None
    if flow is None and thread.is_answer(turn):
        return None
    if clock is not None:
        return start(state, turn, about_zone.NAME, clock)
    events = () if flow is not None and _is_answer(state, turn) else life.heard(turn, body)
    ways = habits.heard(turn, body)
    if not events and not ways:
        return None
    lines = [*([life.line(turn, events)] if events else []), *_lines(turn, ways)]
    kept = Outbound("\n".join(lines))
    if state.form is not None:
        filling = filling_of(state, turn)
        assert filling is not None
        filling.find_anew(FOUND_ANEW)
        return [kept, *try_answer(state, turn, body)]
    if is_wish(turn, body) or menu.meant(turn, body) in (WISHES if events else WISHES[:1]):
        return [kept, *begin(state, turn, body)]
    if not events:
        return [Outbound(kept.text, (cards.go(turn, "habits"), cards.go(turn, "booking")))]
    said = life.reply(turn, events)
    return [replace(said, text="\n".join([said.text, *_lines(turn, ways)]))]


def _lines(turn: Turn, ways: Mapping[Habit, str]) -> list[str]:
    return [habits.line(turn, habit, value) for habit, value in ways.items()]


def _takes_all(state: State, turn: Turn) -> bool:
    """Whether the open question takes any words, such as a note, so that a place in them is its own."""
    filling = filling_of(state, turn)
    question = filling.asking() if filling else None
    return question is not None and question.reader.whole


def _is_answer(state: State, turn: Turn) -> bool:
    """Whether the open question is about the home itself, so that "we have a dog" is its answer."""
    filling = filling_of(state, turn)
    question = filling.asking() if filling else None
    return question is not None and question.name in ABOUT_HOME
