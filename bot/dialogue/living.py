"""What customers tell of their lives by the way, wherever they are in the talk."""

from bot import life, menu
from bot.dialogue.answering import try_answer
from bot.dialogue.beginning import begin, is_wish
from bot.flow import Turn
from bot.flows import FLOWS
from bot.handling import thread
from bot.listening import Listening
from bot.messages import Outbound
from bot.readers.life import read
from bot.state import State

TOLD = "told"
"""The answer that says what a form knows of them; it is found anew after they told more."""


def told(state: State, turn: Turn, body: str) -> list[Outbound] | None:
    """Keep what happened, and answer what else the message says; None for words about something else."""
    flow = FLOWS[state.form.flow] if state.form else None
    if flow is not None and (flow.urgent or issubclass(flow, Listening)):
        return None
    if not read(body) or (flow is None and thread.is_answer(turn)):
        return None
    events = life.heard(turn, body)
    kept = Outbound(life.line(turn, events))
    if state.form is not None:
        state.form.answers.pop(TOLD, None)
        return [kept, *try_answer(state, turn, body)]
    if menu.meant(turn, body) in FLOWS or is_wish(turn, body):
        return [kept, *begin(state, turn, body)]
    return [life.reply(turn, events)]
