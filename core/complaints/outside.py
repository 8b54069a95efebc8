"""Complaints that come through others: who passed it on, by which number, and what time they give us."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.complaints.tables import Complaint

BETWEEN = "; "
"""Stands between the references of a complaint that came through several."""


class Body(StrEnum):
    """Who passes complaints on to us, as references to them begin."""

    MARKET = "12315"
    """The market supervision's hotline for consumers."""
    CITY = "12345"
    """The city government's hotline."""
    WECHAT_PAY = "wechat-pay"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a body gives us, in days of the calendar, whatever the hours of the complaint desk."""

    answered: int
    """Its customer hears from a person within so many..."""
    done: int
    """... and it is done within so many."""


LIMITS: Mapping[Body, Limits] = {
    Body.WECHAT_PAY: Limits(answered=1, done=3),
    # What the hotlines' letters usually say; a stricter date in the letter counts.
    Body.CITY: Limits(answered=1, done=5),
    Body.MARKET: Limits(answered=2, done=7),
}


def split(reference: str | None) -> list[tuple[Body | None, str]]:
    """Through whom it came, and by which numbers, in the order they came; None where we do not know them."""
    known = {body.value: body for body in Body}
    found: list[tuple[Body | None, str]] = []
    for one in filter(None, (reference or "").split(BETWEEN)):
        name, _, number = one.partition(" ")
        found.append((known[name], number) if name in known else (None, one))
    return found


def both(known: str | None, new: str | None) -> str | None:
    """Two references as one; what is the same stands there once."""
    every = [one for each in (known, new) for one in filter(None, (each or "").split(BETWEEN))]
    return BETWEEN.join(dict.fromkeys(every)) or None


def strictest(reference: str | None, by: datetime | None, received_at: datetime) -> datetime | None:
    """Until when it must be done that was received then: by its letter (`by`) or the body's own rules.

    None where nobody gave us a time.
    """
    days = (limits.done for limits in _limits(reference))
    given = (received_at + timedelta(days=each) for each in days)
    return min((one for one in (by, *given) if one is not None), default=None)


def tighten(complaint: Complaint, received_at: datetime) -> None:
    """A person answers no later than those who passed it on want, counted from when it was received.

    The other deadlines follow `outside_by`.
    """
    for limits in _limits(complaint.outside_reference):
        answer_by = received_at + timedelta(days=limits.answered)
        complaint.human_by = min(complaint.human_by, answer_by)


def _limits(reference: str | None) -> Iterable[Limits]:
    return [LIMITS[body] for body, _ in split(reference) if body is not None]
