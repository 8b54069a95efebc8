"""Opening a form: what was being filled waits, and what a button or link brought along is taken over."""

from pydantic import ValidationError

from bot.flow import Flow, Turn
from bot.form import Filling
from bot.state import Form, State


def open_form(
    state: State, flow: type[Flow], turn: Turn, *, argument: str = "", earlier: str = ""
) -> Filling:
    """Open a form; one that is being filled already waits meanwhile."""
    if state.form is not None and state.form.flow != flow.key:
        state.suspended = state.form
    state.form = Form(flow=flow.key, edition=flow.version, earlier=[earlier] if earlier else [])
    state.form.passing = flow.in_passing
    filling = Filling(state, state.form, flow, turn)
    for name, value in flow.start(turn, argument).items():
        question = flow.questions[name]
        try:
            typed = question.adapter.validate_python(value)
        except ValidationError:
            continue  # a link may carry anything
        if question.name not in filling.answers:
            filling.form.former[name] = question.adapter.dump_python(typed, mode="json")
    return filling
