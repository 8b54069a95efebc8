"""What goes wrong on the company's side: a worker drops out, does not come, or the visit is called off."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypedDict

from sqlmodel import Session

from core import compensations, dropouts, policies, timeline
from core.dropouts import Dropout, Outcome
from core.visits.changing import cancel
from core.visits.finding import crew
from core.visits.life import advance, check, latest
from core.visits.staffing import reassign
from core.visits.tables import AHEAD, MoveNotAllowed, NobodyFree, Status, UnknownVisit, Visit
from core.workers import TimeOff

if TYPE_CHECKING:
    from core.company import Company


class _How(TypedDict):
    """By whom, why and when."""

    actor: str
    reason: str
    now: datetime


def drop_out(
    session: Session, company: "Company", visit: Visit, worker_id: int, *, reason: str, now: datetime
) -> Dropout:
    """A worker cannot come: somebody else is found, if anybody is free, and the customer may choose.

    The worker is not sold again that day. Nobody is found any more after so many replacements as the rules
    say. `reason` is a code or words, for staff. Raises UnknownVisit when the worker does not attend the
    visit or has said so before, and MoveNotAllowed once somebody has arrived.
    """
    latest(session, visit)
    leaving = _leaving(session, visit, worker_id)
    rules = policies.as_of(session, visit.policy_version)
    before = dropouts.of_visit(session, visit.id or 0)
    dropouts.settle(session, visit.id, Outcome.OVERTAKEN, now)
    detail = {"worker": worker_id, "because": reason}
    timeline.add(session, visit.id or 0, "dropped-out", actor="worker", now=now, detail=detail, reason=reason)
    session.add(_rest_of_day(company, visit, worker_id, reason))
    how: _How = {"actor": "bot", "reason": reason, "now": now}
    chosen: tuple[int, ...] = ()
    if len(before) < rules.replacements:
        but = {one.worker_id for one in before}
        with suppress(NobodyFree):
            chosen = reassign(session, company, visit, leaving=leaving, but=but, **how)
    if visit.status is Status.ON_THE_WAY:
        advance(session, visit, Status.CONFIRMED, **how)
    asked = visit.status is not Status.REQUESTED
    made = dropouts.add(
        session,
        visit.id or 0,
        worker_id,
        instead_id=chosen[-1] if chosen else None,
        reason=reason,
        answer_by=_answer_by(rules, visit, now) if asked else None,
        now=now,
    )
    if chosen and not asked:
        dropouts.settle(session, visit.id, Outcome.KEPT, now)
    return made


def _leaving(session: Session, visit: Visit, worker_id: int) -> set[int]:
    """The worker, with those of the crew who dropped out before while nobody was free instead."""
    team = {worker.id or 0 for _, worker in crew(session, visit)}
    without = dropouts.missing(session, visit.id, team)
    if worker_id not in team - without:
        raise UnknownVisit(reference=visit.reference)
    if visit.status not in AHEAD:
        raise MoveNotAllowed(status=visit.status.value, wanted="reassigned")
    return {*without, worker_id}


def _rest_of_day(company: "Company", visit: Visit, worker_id: int, reason: str) -> TimeOff:
    day = visit.starts_at.astimezone(company.zone).date() + timedelta(days=1)
    midnight = datetime.combine(day, time(0), company.zone)
    return TimeOff(worker_id=worker_id, begins_at=visit.starts_at, ends_at=midnight, reason=reason)


def _answer_by(rules: policies.Policies, visit: Visit, now: datetime) -> datetime:
    """Until when the customer may choose; they always have some minutes."""
    early = visit.starts_at - timedelta(minutes=rules.choose_before_minutes)
    return max(early, now + timedelta(minutes=rules.choose_minutes))


def agree(session: Session, visit: Visit, dropout_id: int, *, now: datetime) -> bool:
    """The customer agrees to whoever comes instead; False when that is settled, or it is somebody else."""
    latest(session, visit)
    found = dropouts.asked_of(session, visit.id)
    if found is None or found.instead_id is None or found.id != dropout_id or visit.status not in AHEAD:
        return False
    dropouts.settle(session, visit.id, Outcome.AGREED, now)
    timeline.add(session, visit.id or 0, "agreed", actor="customer", now=now)
    return True


def keep(session: Session, visit: Visit, *, now: datetime) -> bool:
    """Nobody objected in time to whoever comes instead; False when there is nothing left to settle."""
    latest(session, visit)
    found = dropouts.asked_of(session, visit.id)
    if found is None or found.instead_id is None:
        return False
    dropouts.settle(session, visit.id, Outcome.KEPT, now)
    reason = f"the customer said nothing by {found.answer_by.isoformat() if found.answer_by else ''}"
    timeline.add(session, visit.id or 0, "went-ahead", actor="bot", now=now, reason=reason)
    return visit.status in AHEAD


def call_off(session: Session, company: "Company", visit: Visit, *, reason: str, now: datetime) -> None:
    """The company itself cancels: nothing is due, fees of before go back, and a coupon is owed.

    Raises MoveNotAllowed when the visit cannot be cancelled any more.
    """
    cancel(session, company, visit, actor="staff", reason=reason, now=now)
    rules = policies.as_of(session, visit.policy_version)
    compensations.make_good(session, visit, rules.called_off_coupon, reason="called-off", now=now)


def miss(session: Session, visit: Visit, *, actor: str, reason: str, now: datetime) -> None:
    """The worker did not come: fees of before go back, and a coupon is owed.

    Raises MoveNotAllowed before the visit should have begun, and once somebody has arrived.
    """
    check(session, visit, Status.MISSED)
    if now < visit.starts_at:
        raise MoveNotAllowed(status=visit.status.value, wanted=Status.MISSED.value)
    advance(session, visit, Status.MISSED, actor=actor, now=now, detail={"because": reason}, reason=reason)
    rules = policies.as_of(session, visit.policy_version)
    compensations.make_good(session, visit, rules.missed_coupon, reason="missed", now=now)
