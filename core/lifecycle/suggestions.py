"""Visits that we suggest: one at a time, each once, answered by a tap, a word, or a visit that is booked."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.errors import DomainError
from core.lifecycle.reading import History
from core.lifecycle.tables import Segment, Suggestion

if TYPE_CHECKING:
    from core.company import Company

BOOKED, LATER, OVER = "booked", "later", "over"
FIRM = frozenset({"next", "risk", "why", "last"})
"""What goes by the customer's own rhythm, not by the season."""


class NoSuggestion(DomainError):
    """Nothing is suggested to this customer just now."""

    key = "care-nothing-open"


def why_not(
    company: "Company", history: History, segment: Segment, kind: str, key: str, now: datetime
) -> str | None:
    """Why nothing is suggested to a customer now, in words for staff; None where something may be.

    A visit in their own rhythm takes the place of what is only good for the season.
    """
    if any(one.key == key for one in history.suggestions):
        return "it was suggested before"
    counted = [one for one in history.suggestions if kind not in FIRM or one.kind in FIRM]
    open_one = next((one for one in counted if one.answered_at is None), None)
    if open_one is not None and open_one.until > now and not _was_booked(history, open_one):
        return "another suggestion is open"
    gap = timedelta(days=company.care.apart_days[segment.step])
    for one in counted:
        is_taken = one.answer == BOOKED or _was_booked(history, one)
        if not is_taken and one.made_at + gap > now:
            return f"to customers of {segment.value} value something is suggested every {gap.days} days"
    return None


def make(
    session: Session,
    company: "Company",
    history: History,
    *,
    kind: str,
    key: str,
    service_code: str,
    visit_id: int | None = None,
    starts_at: datetime | None = None,
    now: datetime,
) -> Suggestion:
    """Suggest a visit; look at `why_not` first. What stood open makes room.

    Two at once raise IntegrityError in one of the transactions.
    """
    for one in history.suggestions:
        if one.answered_at is None:
            one.answer, one.answered_at = (BOOKED if _was_booked(history, one) else OVER), now
            session.add(one)
    session.flush()
    made = Suggestion(
        customer_id=history.customer.id or 0,
        kind=kind,
        key=key,
        visit_id=visit_id,
        service_code=service_code,
        starts_at=starts_at,
        made_at=now,
        until=now + timedelta(days=company.care.suggestion_days),
    )
    session.add(made)
    session.flush()
    return made


def settle(session: Session, history: History, now: datetime) -> None:
    """What was booked meanwhile is answered by that, and what stood long enough is over."""
    for one in history.suggestions:
        if one.answered_at is not None:
            continue
        booked = _was_booked(history, one)
        if booked or one.until <= now:
            one.answer, one.answered_at = (BOOKED if booked else OVER), now
            session.add(one)
    session.flush()


def _was_booked(history: History, one: Suggestion) -> bool:
    """Whether a visit was placed since it was suggested."""
    return any(visit.placed_at > one.made_at for visit in (*history.ahead, *history.finished))


def answer(
    session: Session, customer_id: int, suggestion_id: int | None, said: str, now: datetime
) -> Suggestion:
    """What a customer says to a suggestion; by default to the one that is open. Said again it is changed.

    Raises NoSuggestion.
    """
    found = find(session, customer_id, suggestion_id)
    found.answer, found.answered_at = said, now
    session.add(found)
    session.flush()
    return found


def find(session: Session, customer_id: int, suggestion_id: int | None) -> Suggestion:
    """A suggestion of this customer's, by default the one that is open. Raises NoSuggestion."""
    theirs = select(Suggestion).where(Suggestion.customer_id == customer_id)
    which = (
        theirs.where(Suggestion.id == suggestion_id)
        if suggestion_id is not None
        else theirs.where(col(Suggestion.answered_at).is_(None))
    )
    found = session.exec(which).first()
    if found is None:
        raise NoSuggestion
    return found
