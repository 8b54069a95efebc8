"""Something extra at a visit under way: the worker proposes it, the customer's yes alone makes it so."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import catalogue, quotes, timeline, windows
from core.catalogue import Unit
from core.checklists import UNDER_WAY
from core.database import stored
from core.errors import DomainError
from core.quotes import Quote, QuoteLine
from core.visits.finding import crew
from core.visits.life import latest
from core.visits.tables import MoveNotAllowed, Visit

if TYPE_CHECKING:
    from core.company import Company

LONGER = (30, 60, 90)
"""So many minutes more may be proposed, of services that are sold by the hour."""


class Status(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"
    """The customer did not answer in time."""
    WITHDRAWN = "withdrawn"
    """The worker took it back, proposed something else, or the visit ended."""


ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.PROPOSED: frozenset({Status.AGREED, Status.REFUSED, Status.EXPIRED, Status.WITHDRAWN}),
    Status.AGREED: frozenset(),
    Status.REFUSED: frozenset(),
    Status.EXPIRED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}

_PROPOSED = text("status = 'proposed'")


class Extra(SQLModel, table=True):
    """One proposal: what, why, for how much, and how much longer the visit would last."""

    __table_args__ = (
        CheckConstraint("(status = 'proposed') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("minutes >= 0 AND amount >= 0", name="more"),
        Index(
            "uq_extra_proposed",
            "visit_id",
            unique=True,
            sqlite_where=_PROPOSED,
            postgresql_where=_PROPOSED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    worker_id: int = Field(foreign_key="worker.id")
    line: dict[str, Any] = Field(sa_type=JSON)  # Any: a `QuoteLine` as JSON
    minutes: int
    """By so many the visit ends later."""
    amount: int
    """What the customer would pay on top, in fen."""
    why: str
    status: Status = Field(default=Status.PROPOSED, sa_type=stored(Status))
    proposed_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None

    @property
    def quote_line(self) -> QuoteLine:
        """What is paid for, and the numbers it comes from."""
        return QuoteLine(**{**self.line, "unit": Unit(self.line["unit"]) if self.line["unit"] else None})


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be proposed: an add-on by its code, or more time as so many minutes."""

    code: str
    line: QuoteLine
    minutes: int


class ExtraGone(DomainError):
    """This proposal is not open any more; `status` says what became of it."""

    key = "extra-gone"


class NoRoom(DomainError):
    """The worker's next visit, or the end of the day, leaves no time for it."""

    key = "extra-no-room"


class UnknownExtra(DomainError):
    """There is no such proposal for this person."""

    key = "extra-unknown"


def offers(company: "Company", visit: Visit) -> list[Offer]:
    """Everything that could be proposed for a visit, at the hourly price it was sold for."""
    service = company.service(visit.service_code)
    hourly = Quote.from_json(visit.quote).lines[0].unit_price
    longer = LONGER if service.unit is Unit.HOUR else ()
    found = [Offer(str(more), quotes.overtime(service, hourly, more), more) for more in longer]
    before = service.minutes(visit.quantity, _add_ons(company, visit, None))
    for extra in catalogue.offered(company, service):
        if visit.add_ons.get(extra.code, 0) < extra.most:
            with_it = service.minutes(visit.quantity, _add_ons(company, visit, extra.code))
            found.append(Offer(extra.code, quotes.more_of(extra), with_it - before))
    return found


def propose(
    session: Session, company: "Company", visit: Visit, code: str, *, why: str, worker_id: int, now: datetime
) -> Extra:
    """Propose an offer by its code; a proposal that is still open is withdrawn for it.

    Raises NoRoom when the time would not be there, UnknownExtra for what is not offered, and MoveNotAllowed
    when nobody is at work there.
    """
    latest(session, visit)
    if visit.status not in UNDER_WAY:
        raise MoveNotAllowed(status=visit.status.value, wanted="extra")
    offer = check(session, company, visit, code, now)
    withdraw_open(session, visit, now)
    made = Extra(
        visit_id=visit.id or 0,
        worker_id=worker_id,
        line=asdict(offer.line),
        minutes=offer.minutes,
        amount=offer.line.amount,
        why=why,
        proposed_at=now,
        expires_at=now + timedelta(minutes=company.policies.extra_minutes),
    )
    session.add(made)
    session.flush()
    _tell(session, made, "extra-proposed", actor="worker", now=now)
    return made


def check(session: Session, company: "Company", visit: Visit, code: str, now: datetime) -> Offer:
    """The offer of that code, if it could be proposed now. Raises UnknownExtra, NoRoom."""
    offer = next((one for one in offers(company, visit) if one.code == code), None)
    if offer is None:
        raise UnknownExtra
    if not _has_room(session, company, visit, offer.minutes, now):
        raise NoRoom
    return offer


def agree(session: Session, company: "Company", extra: Extra, now: datetime) -> Visit:
    """The customer agrees: price, end and the workers' half hours change together. Returns the visit.

    Raises ExtraGone when it is not open any more, NoRoom when the time went meanwhile; nothing has changed
    then.
    """
    visit = _lock(session, extra)
    _check_open(extra, now)
    team = _team(session, visit)
    windows.lock(session, team)
    if not _has_room(session, company, visit, extra.minutes, now):
        raise NoRoom
    windows.lengthen(
        session, visit_id=visit.id or 0, team=team, ends_at=visit.ends_at, minutes=extra.minutes, now=now
    )
    line = extra.quote_line
    price = Quote.from_json(visit.quote).with_line(line)
    visit.quote, visit.total = price.as_json(), price.total
    visit.ends_at += timedelta(minutes=extra.minutes)
    if line.kind == "add_on":
        visit.add_ons = {**visit.add_ons, line.code: visit.add_ons.get(line.code, 0) + 1}
    session.add(visit)
    _settle(session, extra, Status.AGREED, actor="customer", now=now)
    return visit


def refuse(session: Session, extra: Extra, now: datetime) -> Visit:
    """The customer does not want it; the visit stays as it was. Raises ExtraGone."""
    visit = _lock(session, extra)
    _check_open(extra, now)
    _settle(session, extra, Status.REFUSED, actor="customer", now=now)
    return visit


def withdraw(session: Session, extra: Extra, now: datetime) -> Visit:
    """The worker takes it back. Raises ExtraGone."""
    visit = _lock(session, extra)
    _check_open(extra, now)
    _settle(session, extra, Status.WITHDRAWN, actor="worker", now=now)
    return visit


def expire(session: Session, extra: Extra, now: datetime) -> bool:
    """Nobody answered in time; False if somebody did, or there is time left."""
    _lock(session, extra)
    if extra.status is not Status.PROPOSED or now < extra.expires_at:
        return False
    _settle(session, extra, Status.EXPIRED, actor="bot", now=now)
    return True


def withdraw_open(session: Session, visit: Visit, now: datetime) -> None:
    """What is still proposed for a visit is so no more; the visit must be locked."""
    if (extra := open_of(session, visit)) is not None:
        _settle(session, extra, Status.WITHDRAWN, actor="worker", now=now)


def open_of(session: Session, visit: Visit) -> Extra | None:
    """What the customer of a visit has to answer, if anything."""
    return session.exec(select(Extra).where(Extra.visit_id == visit.id, _PROPOSED)).one_or_none()


def by_id(session: Session, id: int) -> Extra:
    """A proposal by its number. Raises UnknownExtra."""
    found = session.get(Extra, id)
    if found is None:
        raise UnknownExtra
    return found


def of_visit(session: Session, visit: Visit) -> list[Extra]:
    """Everything that was ever proposed for a visit, the oldest first."""
    return list(session.exec(select(Extra).where(Extra.visit_id == visit.id).order_by(col(Extra.id))))


def _add_ons(company: "Company", visit: Visit, more: str | None) -> tuple[catalogue.AddOn, ...]:
    """The add-ons of a visit that are still sold, each as often as it is wanted, and one more."""
    service = company.service(visit.service_code)
    return tuple(
        extra
        for extra in catalogue.offered(company, service)
        for _ in range(visit.add_ons.get(extra.code, 0) + (extra.code == more))
    )


def _team(session: Session, visit: Visit) -> list[int]:
    return [worker.id or 0 for _, worker in crew(session, visit)]


def _has_room(session: Session, company: "Company", visit: Visit, minutes: int, now: datetime) -> bool:
    return windows.has_room(
        session,
        company,
        team=_team(session, visit),
        area_code=visit.area_code,
        ends_at=visit.ends_at,
        minutes=minutes,
        now=now,
    )


def _lock(session: Session, extra: Extra) -> Visit:
    """The visit of a proposal, locked; the proposal as it is now."""
    visit = session.get_one(Visit, extra.visit_id)
    latest(session, visit)
    session.refresh(extra)
    return visit


def _check_open(extra: Extra, now: datetime) -> None:
    if extra.status is not Status.PROPOSED:
        raise ExtraGone(status=extra.status.value)
    if now >= extra.expires_at:
        raise ExtraGone(status=Status.EXPIRED.value)


def _settle(session: Session, extra: Extra, status: Status, *, actor: str, now: datetime) -> None:
    extra.status, extra.settled_at = status, now
    session.add(extra)
    session.flush()
    _tell(session, extra, f"extra-{status.value}", actor=actor, now=now)


def _tell(session: Session, extra: Extra, what: str, *, actor: str, now: datetime) -> None:
    detail = {"extra": extra.id, "line": extra.line, "minutes": extra.minutes, "why": extra.why}
    timeline.add(session, extra.visit_id, what, actor=actor, now=now, detail=detail)
