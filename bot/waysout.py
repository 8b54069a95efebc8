"""The ways out of a question: which of them get a button."""

from collections.abc import Sequence
from dataclasses import replace

from bot.flow import Flow, Question
from bot.messages import Choice, Outbound
from bot.state import Form
from core.identities import Role

OFFERED, TRIES = 2, 3
"""A person is offered after so many failed tries at one question, and called after so many."""
MOST_BUTTONS = 6
"""Below a question of an urgent form, ways out included."""


def has_person(flow: type[Flow]) -> bool:
    """Whether a person can help with a form; staff are those persons."""
    return flow.roles != {Role.STAFF}


def ways_out(flow: type[Flow], form: Form, question: Question, answers: int) -> list[str]:
    """The ways out of a question that get a button beside so many answers; each may always be typed."""
    closes = question.reader.several or question.reader.gathers
    ways = ["enough" if form.picked else "none"] if closes else []
    stuck = ["person"] if form.tries >= OFFERED and has_person(flow) else []
    if flow.urgent:
        return [*ways, "send", *stuck, "cancel"][: MOST_BUTTONS - answers]
    ways += ["skip"] if question.skippable and not closes else []
    return [*ways, *(["back"] if form.asked else []), *stuck, "cancel"]


def with_more(said: Outbound, more: Sequence[Choice], ways: int) -> Outbound:
    """The same question with what may be begun instead, before so many ways out."""
    own = len(said.choices) - ways
    return replace(said, choices=(*said.choices[:own], *more, *said.choices[own:])) if more else said
