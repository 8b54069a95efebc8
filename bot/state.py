"""Where a conversation stands, as one JSON document that survives restarts and new editions of a flow."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from bot.flow import Flow, Json


class Offered(BaseModel):
    """One choice as the person last saw it; `data` is what its button sends."""

    label: str
    data: str
    value: Json = None
    words: list[str] = Field(default_factory=list)


class Form(BaseModel):
    """A flow being filled. Its position is not here: it is the first question without an answer."""

    flow: str
    edition: int
    answers: dict[str, Json] = Field(default_factory=dict)
    asking: str | None = None
    """The question last put; an answer is read for that one only."""
    asked: list[str] = Field(default_factory=list)
    """The questions the person answered themselves, in that order: what *back* goes through."""
    reopened: list[str] = Field(default_factory=list)
    """Questions the person wants to answer anew, so nothing may be filled in for them."""
    former: dict[str, Json] = Field(default_factory=dict)
    """Answers forgotten because an earlier one changed; kept again if they still hold."""
    earlier: list[str] = Field(default_factory=list)
    """Messages that may hold answers to questions not yet asked."""
    searched: list[str] = Field(default_factory=list)
    """Questions for which the earlier messages were already looked through."""
    picked: list[Json] = Field(default_factory=list)
    tries: int = 0
    passing: bool = False
    """`Flow.in_passing`."""


class Grievance(BaseModel):
    """A complaint that was just made, to which what comes next may belong."""

    number: int
    until: datetime
    """Until when words belong to it that mean nothing else."""
    first: bool = False
    """Whether it goes before the form that stands open, as in danger, until they return to that."""


class Trouble(BaseModel):
    """What somebody told when a complaint was offered to them, with which it then begins."""

    words: str
    until: datetime


class State(BaseModel):
    """All that is remembered of a conversation between two messages."""

    form: Form | None = None
    suspended: Form | None = None
    """The form that waits while another is filled; one level, because more is hard to follow."""
    offer: int = 0
    """Counts what was shown, so that a button tells which showing it belongs to."""
    offered: list[Offered] = Field(default_factory=list)
    ways: list[Offered] = Field(default_factory=list)
    """The ways out that were shown beside the answers."""
    misses: int = 0
    """How often in a row nothing was understood outside of a form."""
    asked_in: int | None = None
    """The message, by id, that carries the buttons of the question that stands open."""
    about: str | None = None
    """The visit that was last spoken of."""
    grievance: Grievance | None = None
    angry_at: datetime | None = None
    """When they last sounded angry."""
    trouble: Trouble | None = None
    case: int | None = None
    """The complaint that staff looked at last."""
    met: bool = False
    """Whether the person's language has been settled by what they wrote."""

    days_untold: int | None = None
    """For how many days the first thing they sent is kept, until they are told so; 0 from then on."""

    def take_trouble(self, now: datetime) -> str:
        """What was told when a complaint was offered, once; "" where nothing was, or it is too long ago."""
        told, self.trouble = self.trouble, None
        return told.words if told is not None and now < told.until else ""

    def without_forms(self) -> "State":
        """The same conversation with nothing left to fill in."""
        return self.model_copy(update={"form": None, "suspended": None})

    def shown(self) -> list[Offered]:
        """The answers on offer to the question that was put; none while a menu is what was last shown."""
        return [offered for offered in self.offered if offered.data[:1].isdigit()]

    def openings(self) -> list[Offered]:
        """What a menu or a card last offered to begin or to tell."""
        return [offered for offered in self.offered if not offered.data[:1].isdigit()]


def load(document: dict[str, Any], flows: dict[str, type[Flow]]) -> State:  # Any: JSON from the database
    """The state in `document`, lifted to the present edition of its flows.

    A form whose flow is gone is dropped; an answer that no longer fits its question's type is asked again.
    """
    state = State.model_validate(document)
    state.form = _lift(state.form, flows)
    state.suspended = _lift(state.suspended, flows)
    return state


def _lift(form: Form | None, flows: dict[str, type[Flow]]) -> Form | None:
    if form is None or (flow := flows.get(form.flow)) is None or form.edition > flow.version:
        return None
    while form.edition < flow.version:
        form.answers = flow.upgrades[form.edition](form.answers)
        form.edition += 1
    return form
