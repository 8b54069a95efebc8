"""A visit's steps from asked for to over. Each is checked, and each leaves a line in the timeline."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Session, col, select

from core import alarms, dropouts, fees, lifecycle, policies, pricing, timeline, waitings, windows
from core.dropouts import Outcome
from core.matching import Assignment
from core.quotes import Quote
from core.visits.tables import ALLOWED, LIVE, OCCUPYING, MoveNotAllowed, Status, Visit
from core.windows.claiming import lock
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company


def advance(
    session: Session,
    visit: Visit,
    status: Status,
    *,
    actor: str,
    now: datetime,
    detail: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> None:
    """Take the visit one step further. Raises MoveNotAllowed when its life has no such step now, and
    `alarms.Frozen` for everybody but staff while a call for help from it is open.

    A visit that falls through gives its workers' time and what was taken off its price back, and lets its
    crew go. Steps with rules of their
    own (`confirm`, `decline`, `cancel`, `no_access`) have their own verbs.
    """
    check(session, visit, status)
    alarms.refuse_frozen(session, visit, actor)
    visit.status = status
    visit.answer_by = None
    if status not in LIVE:
        visit.closed_at = now
    session.add(visit)
    session.flush()
    assert visit.id is not None
    if status not in OCCUPYING:
        _fall_through(session, visit, now)
    if status is Status.FINISHED:
        pricing.finish(session, visit, now)
        _count_for_crew(session, visit.id)
        lifecycle.note(session, visit.customer_id, now)
    what = status.value.replace("_", "-")
    timeline.add(session, visit.id, what, actor=actor, now=now, detail=detail, reason=reason)


def _fall_through(session: Session, visit: Visit, now: datetime) -> None:
    assert visit.id is not None
    _let_crew_go(session, visit, now)
    dropouts.settle(session, visit.id, Outcome.ENDED, now)
    pricing.give_back(session, visit, now)


def check(session: Session, visit: Visit, status: Status) -> None:
    """Lock the visit as it is now, and raise MoveNotAllowed when it cannot become `status`."""
    latest(session, visit)
    if status not in ALLOWED[visit.status]:
        raise MoveNotAllowed(status=visit.status.value, wanted=status.value)


def latest(session: Session, visit: Visit) -> None:
    """Read the visit anew and let nobody else change it until this transaction is over."""
    session.flush()  # reading anew would forget what was changed and not yet written
    session.refresh(visit, with_for_update=True)


def confirm(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    actor: str,
    reason: str | None = None,
    now: datetime,
) -> None:
    """The company says yes to a request. Raises MoveNotAllowed for anything else, a late yes included."""
    latest(session, visit)
    if visit.status is not Status.REQUESTED or visit.starts_at <= now:
        raise MoveNotAllowed(status=visit.status.value, wanted=Status.CONFIRMED.value)
    advance(session, visit, Status.CONFIRMED, actor=actor, now=now, reason=reason)


def decline(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    actor: str,
    reason: str | None = None,
    now: datetime,
) -> None:
    """The company says no to a request. Raises MoveNotAllowed for anything else."""
    advance(session, visit, Status.DECLINED, actor=actor, now=now, reason=reason)


def lapse_due(session: Session, company: "Company", now: datetime) -> list[Visit]:
    """End the requests that nobody answered in time, so that no customer waits for ever; returns them."""
    due = session.exec(
        select(Visit)
        .where(col(Visit.answer_by) <= now)
        .order_by(col(Visit.answer_by), col(Visit.id))
        .with_for_update(skip_locked=True)
    ).all()
    for visit in due:
        asked_until = visit.answer_by
        assert asked_until is not None
        advance(
            session,
            visit,
            Status.LAPSED,
            actor="bot",
            now=now,
            detail={"answer_by": asked_until.isoformat()},
            reason=f"nobody answered by {asked_until.isoformat()}",
        )
    return list(due)


def no_access(session: Session, company: "Company", visit: Visit, *, actor: str, now: datetime) -> fees.Fee:
    """The worker stands before a closed door: the visit is over, and costs what its rules say.

    Raises MoveNotAllowed while the worker must still wait, or when nobody arrived.
    """
    check(session, visit, Status.NO_ACCESS)
    rules = policies.as_of(session, visit.policy_version)
    if now < visit.starts_at + timedelta(minutes=rules.no_access_minutes):
        raise MoveNotAllowed(status=visit.status.value, wanted=Status.NO_ACCESS.value)
    fee = fees.no_access(company, rules, total=worth(visit), starts_at=visit.starts_at)
    visit.fee += fee.amount
    visit.fee_rule = fee.rule
    advance(
        session, visit, Status.NO_ACCESS, actor=actor, now=now, detail=fee_detail(fee), reason=fee_words(fee)
    )
    return fee


def worth(visit: Visit) -> int:
    """What fees are a share of, in fen: what is paid for the visit, now or ahead by a package."""
    return Quote.from_json(visit.quote).worth


def fee_detail(fee: fees.Fee) -> dict[str, object]:
    """A fee as a line of the timeline keeps it; money in fen."""
    return {"fee": fee.amount, "rule": fee.rule, "waived": fee.waived}


def fee_words(fee: fees.Fee) -> str:
    """Why the fee is what it is, for staff."""
    terms = f"{fee.percent}% of the total, at most {fee.cap} fen" if fee.percent else "nothing due"
    waived = ", waived" if fee.waived else ""
    return f"rule {fee.rule}: {terms}{waived}; free until {fee.free_until.isoformat()}"


def _let_crew_go(session: Session, visit: Visit, now: datetime) -> None:
    """Its workers' time is free again, for those who wait for it first."""
    visit_id = visit.id or 0
    windows.give_back(session, visit_id)
    waitings.wake(session, visit.starts_at, visit.ends_at)
    session.execute(
        update(Assignment)
        .where(col(Assignment.visit_id) == visit_id, col(Assignment.released_at).is_(None))
        .values(released_at=now)
    )


def _count_for_crew(session: Session, visit_id: int) -> None:
    attended = select(Assignment.worker_id).where(
        Assignment.visit_id == visit_id, col(Assignment.released_at).is_(None)
    )
    ids = session.exec(attended).all()
    lock(session, ids)
    session.execute(
        update(Worker).where(col(Worker.id).in_(ids)).values(visits_done=col(Worker.visits_done) + 1)
    )
