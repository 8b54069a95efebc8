"""What a button does: it begins something, answers the question it was shown with, or is too old to."""

from dataclasses import replace
from typing import Any

from bot import hearing, interrupts, menu
from bot.dialogue.answering import reopen, send, take
from bot.dialogue.beginning import filling_of, go_on, start
from bot.dialogue.interrupting import interrupt
from bot.enquiries import ENQUIRIES
from bot.flow import Question, Turn
from bot.flows.complaining import Complaining
from bot.form import CHANGE, REASK, Filling
from bot.interrupts import Interrupt
from bot.messages import Outbound
from bot.state import State
from bot.verdicts import Retry


def tapped(state: State, turn: Turn, data: str) -> list[Outbound]:
    """Do what a button says, if it belongs to what was shown last or begins something."""
    kind, _, rest = data.partition(":")
    if kind == "go":
        name, _, argument = rest.partition(":")
        told = state.take_trouble(turn.now) if name == Complaining.key else ""
        return start(state, turn, name, argument, earlier=told)
    filling = filling_of(state, turn)
    if filling is None or kind != str(state.offer):
        return _stale(state, turn)
    if not rest.isdigit():
        return take_way(filling, rest)
    question = filling.asking()
    shown = state.shown()
    if int(rest) >= len(shown) or (question is None and filling.form.asking != CHANGE):
        return _stale(state, turn)
    value = shown[int(rest)].value
    if question is None:
        return reopen(filling, value)
    return _chosen(filling, question, value)


def _chosen(
    filling: Filling, question: Question, value: Any
) -> list[Outbound]:  # Any: JSON as it was offered
    if question.reader.several:
        picked = filling.form.picked
        filling.form.picked = [one for one in picked if one != value] if value in picked else [*picked, value]
        return [replace(filling.present(question), replaces=True)]
    try:
        if not hearing.has_reader(question) and value not in _values(filling, question):
            raise Retry("offer-gone")
        return take(filling, question, question.adapter.validate_python(value), "")
    except Retry as retry:
        return [filling.present_again(question, retry)]


def _values(filling: Filling, question: Question) -> list[Any]:
    """What may be chosen by today's facts, in JSON form."""
    if question.is_consent:
        return [True]
    return [question.adapter.dump_python(option.value, mode="json") for option in filling.options(question)]


def _stale(state: State, turn: Turn) -> list[Outbound]:
    """An old button: it changes nothing, and shows how things stand now."""
    if state.form is not None:
        return [turn.say("stale-question"), *go_on(state, turn)]
    if state.about is not None:
        (shown,) = ENQUIRIES["visit"].tell(turn, state.about)
        return [replace(shown, text=turn.text("stale-done"))]
    return [menu.show(turn, turn.text("stale-menu"))]


def take_way(filling: Filling, way: str) -> list[Outbound]:
    """Go one of the ways out of a question, by its name on the button."""
    question = filling.asking()
    if way.startswith(REASK) and way.removeprefix(REASK) in filling.answers:
        return reopen(filling, way.removeprefix(REASK))
    if way in ("enough", "none") and question is not None:
        return take(filling, question, tuple(filling.form.picked), "")
    if way == "send" and filling.flow.urgent:
        return send(filling)
    if way == "keep":
        return filling.advance()
    if way in Interrupt.__members__.values():
        return interrupt(filling.state, filling.turn, interrupts.Heard(Interrupt(way)))
    return _stale(filling.state, filling.turn)
