"""A plan begins, changes for one date or from one on, rests, goes on, and ends. The past stays as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import visits
from core.customers import Address, Customer
from core.plans import expanding, finding
from core.plans.expanding import DAY
from core.plans.finding import Outline
from core.plans.tables import (
    Closed,
    DayTaken,
    DayUnfit,
    Every,
    NoSuchDate,
    Plan,
    PlanDate,
    PlanEnded,
    PlanPause,
    PlanRule,
    PlanWorker,
    State,
    TooLateToChange,
    TooManyPlans,
    Until,
)
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company


DIFFERENCES = ("to_day", "at", "worker_id", "quantity", "kept", "total", "saving")
"""What a date keeps when something else about it changes."""


OPEN = Until()
"""Until told otherwise."""


@dataclass(frozen=True, slots=True)
class Freed:
    """Visits that a change called off, and those too near to be called off free, which stay."""

    cancelled: tuple[Visit, ...] = ()
    staying: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a plan is to go: from its own first date on, at that time, so much, by whom, for how much (fen)."""

    every: Every
    anchor: date
    at: time
    quantity: int
    worker_id: int | None
    total: int


def start(
    session: Session,
    company: "Company",
    customer: Customer,
    rhythm: Rhythm,
    *,
    service_code: str,
    add_ons: dict[str, int],
    address: Address,
    note: str | None = None,
    if_closed: Closed = Closed.MOVE,
    until: Until = OPEN,
    now: datetime,
) -> Plan:
    """A plan for one of the customer's homes; it is to be looked at at once. Raises TooManyPlans."""
    session.get_one(Customer, customer.id, with_for_update=True)
    if len(finding.running(session, customer.id or 0)) >= company.plans.plans_most:
        raise TooManyPlans(limit=company.plans.plans_most)
    plan = Plan(
        customer_id=customer.id or 0,
        address_id=address.id or 0,
        service_code=service_code,
        add_ons=add_ons,
        note=note,
        if_closed=if_closed,
        ends=until.day,
        times=until.times,
        began_at=now,
        look_at=now,
    )
    session.add(plan)
    session.flush()
    add_rule(session, plan, rhythm, since=rhythm.anchor, now=now)
    return plan


def add_rule(session: Session, plan: Plan, rhythm: Rhythm, *, since: date, now: datetime) -> None:
    """From `since` on the plan goes like this, until a later rule takes over."""
    session.add(
        PlanRule(
            plan_id=plan.id or 0,
            since=since,
            anchor=rhythm.anchor,
            every=rhythm.every,
            at=rhythm.at,
            quantity=rhythm.quantity,
            worker_id=rhythm.worker_id,
            total=rhythm.total,
            made_at=now,
        )
    )
    session.flush()


def lock(session: Session, plan: Plan) -> None:
    """Nobody else changes the plan, or places its visits, until this transaction ends. Raises PlanEnded."""
    session.flush()
    session.refresh(plan, with_for_update=True)
    if plan.ended_at is not None:
        raise PlanEnded


def skip(session: Session, company: "Company", plan: Plan, day: date, now: datetime) -> Freed:
    """Leave one date out. Raises NoSuchDate, TooLateToChange; the plan must be locked."""
    known = finding.outline(session, company, plan, now)
    kept, freed = _opened(session, company, known, day, now)
    kept.state, kept.reason = State.SKIPPED, "the customer left it out"
    session.flush()
    return freed


def put(
    session: Session,
    company: "Company",
    plan: Plan,
    day: date,
    *,
    to_day: date | None = None,
    at: time | None = None,
    worker_id: int | None = None,
    quantity: int | None = None,
    total: int | None = None,
    saving: str | None = None,
    now: datetime,
) -> Freed:
    """Let one date differ; what is None stays as it was. Its visit is to be placed anew, for `total` (fen)
    at most, or what the rule says.

    Raises NoSuchDate, DayTaken, DayUnfit, TooLateToChange; the plan must be locked.
    """
    known = finding.outline(session, company, plan, now)
    if to_day is not None:
        _check_day(company, known, day, to_day, at, now)
    kept, freed = _opened(session, company, known, day, now)
    kept.kept, kept.total = True, total
    kept.to_day, kept.at = to_day or kept.to_day, at or kept.at
    kept.worker_id, kept.quantity = worker_id or kept.worker_id, quantity or kept.quantity
    kept.saving = saving or kept.saving
    session.flush()
    return freed


def change(
    session: Session, company: "Company", plan: Plan, day: date, rhythm: Rhythm, now: datetime
) -> Freed:
    """From one date on the plan goes like this; what was before stays. The plan must be locked.

    Visits placed from there on are called off, to be placed anew, but for those that would cost a fee.
    Raises NoSuchDate, DayUnfit.
    """
    known = finding.outline(session, company, plan, now)
    _there(company, known, day)
    today = now.astimezone(company.zone).date()
    before = expanding.expand(company, known.scheme, day - expanding.MARGIN, day - DAY)
    if rhythm.anchor < today or (before and rhythm.anchor <= before[-1].day):
        raise DayUnfit(day=rhythm.anchor)
    since = min(day, rhythm.anchor)
    freed = _free(session, company, known, lambda one: one >= since, now)
    for rule in known.rules.values():
        if rule.since >= since:
            rule.void_at = now
    add_rule(session, plan, rhythm, since=since, now=now)
    plan.look_at = now
    session.flush()
    return freed


def pause(
    session: Session, company: "Company", plan: Plan, first: date, last: date | None, now: datetime
) -> Freed:
    """Rest from one day to another, both included; until told otherwise without the latter.

    Visits placed there are called off, but for those that would cost a fee. The plan must be locked.
    """
    known = finding.outline(session, company, plan, now)
    session.add(PlanPause(plan_id=plan.id or 0, first=first, last=last))
    within = {
        one.day
        for one in finding.upcoming(company, known, now, count=60)
        if one.on and first <= one.on and (last is None or one.on <= last)
    }
    freed = _free(session, company, known, lambda day: day in within, now)
    plan.look_at = now
    session.flush()
    return freed


def resume(session: Session, plan: Plan, on: date, now: datetime) -> bool:
    """Go on from that day, whatever pause there is; whether there was one. The plan must be locked."""
    pauses = session.exec(
        select(PlanPause).where(PlanPause.plan_id == plan.id, col(PlanPause.void_at).is_(None))
    ).all()
    rests = [one for one in pauses if one.last is None or one.last >= on]
    for one in rests:
        if one.first >= on:
            one.void_at = now
        else:
            one.last = on - DAY
    plan.look_at = now
    session.flush()
    return bool(rests)


def limit(session: Session, company: "Company", plan: Plan, until: Until, now: datetime) -> Freed:
    """The plan goes on so long, or until told otherwise. Visits placed after that are called off, but for
    those that would cost a fee. The plan must be locked."""
    plan.ends, plan.times, plan.look_at = until.day, until.times, now
    session.flush()
    known = finding.outline(session, company, plan, now)
    ends = known.scheme.last or known.scheme.ends
    freed = _free(session, company, known, lambda day: ends is not None and day > ends, now)
    session.flush()
    return freed


def end(session: Session, company: "Company", plan: Plan, now: datetime) -> Freed:
    """No more visits. Those placed are called off, but for those that would cost a fee."""
    known = finding.outline(session, company, plan, now)
    today = now.astimezone(company.zone).date()
    freed = _free(session, company, known, lambda day: True, now)
    plan.ended_at, plan.ends = now, min(filter(None, (plan.ends, today)))
    session.flush()
    return freed


def _there(company: "Company", known: Outline, day: date) -> expanding.Occasion:
    """The date of that day. Raises NoSuchDate."""
    found = expanding.expand(company, known.scheme, day, day)
    if not found:
        raise NoSuchDate(day=day)
    return found[0]


def _opened(
    session: Session, company: "Company", known: Outline, day: date, now: datetime
) -> tuple[PlanDate, Freed]:
    """The row of a date, with nothing arranged any more. Raises NoSuchDate, TooLateToChange."""
    one = _there(company, known, day)
    if one.starts_at is not None and one.starts_at <= now:
        raise NoSuchDate(day=day)
    former = known.dates.get(day)
    differs = {name: getattr(former, name) for name in DIFFERENCES} if former else {}
    freed = _free(session, company, known, lambda other: other == day, now)
    if freed.staying:
        raise TooLateToChange(reference=freed.staying[0].reference)
    kept = PlanDate(plan_id=known.plan.id or 0, day=day, **differs)
    known.plan.look_at = now
    session.add(kept)
    session.flush()
    return kept, freed


def _check_day(
    company: "Company", known: Outline, day: date, to_day: date, at: time | None, now: datetime
) -> None:
    today = now.astimezone(company.zone).date()
    if to_day < today or abs((to_day - day).days) > company.plans.apart_days:
        raise DayUnfit(day=to_day)
    others = expanding.expand(company, known.scheme, to_day - expanding.MARGIN, to_day + expanding.MARGIN)
    if any(to_day in (one.on, one.day) for one in others if one.day != day):
        raise DayTaken(day=to_day)
    if to_day != day and not expanding.may_be_on(company, known.scheme, day, to_day, at):
        raise DayUnfit(day=to_day)


def _remember_crew(session: Session, plan: Plan, visit: Visit, now: datetime) -> None:
    """Whoever said yes to a visit that is called off knows of the plan all the same."""
    for _, worker in visits.crew(session, visit):
        here = {"plan_id": plan.id or 0, "worker_id": worker.id or 0}
        if finding.has_agreed(session, plan, worker.id or 0) and not session.get(
            PlanWorker, tuple(here.values())
        ):
            session.add(PlanWorker(**here, since=now))
    session.flush()


def _free(
    session: Session, company: "Company", known: Outline, which: Callable[[date], bool], now: datetime
) -> Freed:
    """Forget what was arranged for these dates: their visits are called off where that costs nothing."""
    cancelled, staying = [], []
    for day, kept in known.dates.items():
        visit = known.visit(day)
        over = visit is not None and visits.Status.CANCELLED not in visits.ALLOWED[visit.status]
        if not which(day) or (over and visit is not None and visit.status in visits.OCCUPYING):
            continue
        if visit is not None and not over:
            _remember_crew(session, known.plan, visit, now)
            fee = visits.fee_to_cancel(session, company, visit, now)
            if fee.amount or fee.waived:
                staying.append(visit)
                continue
            visits.cancel(session, company, visit, actor="customer", reason="plan", now=now)
            cancelled.append(visit)
        if visit is None or visit.starts_at > now:
            session.delete(kept)
    session.flush()
    return Freed(tuple(cancelled), tuple(staying))
