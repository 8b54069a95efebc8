"""Whose plans there are, and which dates they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import catalogue, offers
from core.offers import Offer
from core.plans.expanding import DAY, MARGIN, Course, Difference, Occasion, Scheme, expand
from core.plans.tables import Plan, PlanDate, PlanPause, PlanRule, PlanWorker, State, UnknownPlan
from core.visits import OCCUPYING, Visit

if TYPE_CHECKING:
    from core.company import Company

AHEAD = 200
"""Days that are looked through for the next dates; every four weeks, with some left out, needs most."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan with all that its dates follow from."""

    plan: Plan
    rules: Mapping[int, PlanRule]
    scheme: Scheme
    dates: Mapping[date, PlanDate]
    visits: Mapping[int, Visit]
    """The visits that were placed for it, by their number."""

    def rule(self, occasion: Occasion) -> PlanRule:
        """The rule by which a date goes."""
        return self.rules[occasion.course.rule_id or 0]

    def visit(self, day: date) -> Visit | None:
        """The visit that was placed for a date."""
        kept = self.dates.get(day)
        return self.visits.get(kept.visit_id or 0) if kept else None

    def latest(self) -> PlanRule:
        """How the plan goes on."""
        return self.rules[self.scheme.courses[-1].rule_id or 0]

    def current(self, now_day: date) -> PlanRule:
        """How the plan goes on that day."""
        begun = [course for course in self.scheme.courses if course.since <= now_day]
        return self.rules[(begun[-1] if begun else self.scheme.courses[0]).rule_id or 0]


def running(session: Session, customer_id: int) -> list[Plan]:
    """The customer's plans that make visits, the oldest first."""
    found = select(Plan).where(Plan.customer_id == customer_id, col(Plan.ended_at).is_(None))
    return list(session.exec(found.order_by(col(Plan.id))))


def of_customer(session: Session, customer_id: int, plan_id: int) -> Plan:
    """The customer's own plan. Raises UnknownPlan, for other people's too."""
    found = session.get(Plan, plan_id)
    if found is None or found.customer_id != customer_id:
        raise UnknownPlan
    return found


def of_visit(session: Session, visit_id: int | None) -> Plan | None:
    """The plan that a visit was placed for."""
    theirs = select(Plan).join(PlanDate, col(PlanDate.plan_id) == col(Plan.id))
    return session.exec(theirs.where(PlanDate.visit_id == visit_id)).one_or_none() if visit_id else None


def due(session: Session, now: datetime, limit: int = 50) -> list[Plan]:
    """Plans to be looked at now, locked; others work on those that are missing."""
    return list(
        session.exec(
            select(Plan)
            .where(col(Plan.ended_at).is_(None), col(Plan.look_at) <= now)
            .order_by(col(Plan.look_at))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )


def unplaced(session: Session, today: date, limit: int) -> list[PlanDate]:
    """The dates to come for which nobody was free and of which the customer has not said more."""
    waiting = select(PlanDate).where(PlanDate.state == State.UNPLACED, col(PlanDate.day) >= today)
    return list(session.exec(waiting.order_by(col(PlanDate.day), col(PlanDate.id)).limit(limit)))


def open_date(
    session: Session, customer_id: int, service_code: str, address_id: int, day: date
) -> PlanDate | None:
    """The date of a plan on that day for which nobody was free, if the customer has not settled it yet."""
    theirs = (
        select(PlanDate)
        .join(Plan, col(Plan.id) == col(PlanDate.plan_id))
        .where(
            Plan.customer_id == customer_id,
            Plan.service_code == service_code,
            Plan.address_id == address_id,
            col(Plan.ended_at).is_(None),
            PlanDate.state == State.UNPLACED,
            func.coalesce(PlanDate.to_day, PlanDate.day) == day,
        )
    )
    return session.exec(theirs.limit(1)).first()


def outline(session: Session, company: "Company", plan: Plan, now: datetime) -> Outline:
    """Everything a plan's dates follow from, as it stands now. What is long past is left out."""
    since = now.astimezone(company.zone).date() - 2 * MARGIN
    rules = session.exec(
        select(PlanRule)
        .where(PlanRule.plan_id == plan.id, col(PlanRule.void_at).is_(None))
        .order_by(col(PlanRule.since), col(PlanRule.id))
    ).all()
    pauses = session.exec(
        select(PlanPause).where(PlanPause.plan_id == plan.id, col(PlanPause.void_at).is_(None))
    ).all()
    dates = session.exec(
        select(PlanDate).where(PlanDate.plan_id == plan.id, col(PlanDate.day) >= since)
    ).all()
    ids = [one.visit_id for one in dates if one.visit_id is not None]
    placed = session.exec(select(Visit).where(col(Visit.id).in_(ids))).all() if ids else []
    visits = {visit.id or 0: visit for visit in placed}
    scheme = Scheme(
        courses=[_course(company, plan, rule) for rule in rules],
        differences={one.day: _difference(company, plan, one, visits) for one in dates},
        pauses=[(one.first, one.last) for one in pauses],
        ends=plan.ends,
        if_closed=plan.if_closed,
    )
    if plan.times is not None:
        attended = _attended(session, company, plan, now)
        scheme = replace(scheme, last=last_of(company, scheme, plan.times - attended, now))
    return Outline(
        plan, {rule.id or 0: rule for rule in rules}, scheme, {one.day: one for one in dates}, visits
    )


def final(company: "Company", known: Outline, now: datetime) -> Occasion | None:
    """The last date that takes place, of a plan whose end is set and near enough to be known; else None."""
    today = now.astimezone(company.zone).date()
    ends = known.scheme.last or known.scheme.ends
    if ends is None or ends > today + AHEAD * DAY:
        return None
    found = [one for one in expand(company, known.scheme, today - MARGIN, ends) if _is_ahead(one, today, now)]
    return max((one for one in found if one.on), key=lambda one: one.on or one.day, default=None)


def is_over(company: "Company", known: Outline, now: datetime) -> bool:
    """Whether the end that was set has come, and no date is left."""
    ends, today = known.scheme.last or known.scheme.ends, now.astimezone(company.zone).date()
    if ends is None or ends >= today:
        return False
    return not any(_is_ahead(one, today, now) for one in expand(company, known.scheme, today - MARGIN, ends))


def left_of(company: "Company", known: Outline, now: datetime) -> int | None:
    """How many visits a plan for a number of them still has; None without such a number."""
    if known.plan.times is None:
        return None
    if known.scheme.last is None:
        return known.plan.times
    today = now.astimezone(company.zone).date()
    found = expand(company, known.scheme, today - MARGIN, known.scheme.last)
    return sum(one.takes_place and _is_ahead(one, today, now) for one in found)


def _attended(session: Session, company: "Company", plan: Plan, now: datetime) -> int:
    """How many visits of the plan were before today and took place."""
    today = datetime.combine(now.astimezone(company.zone).date(), time(0), company.zone)
    held = (
        select(func.count())
        .select_from(PlanDate)
        .join(Visit, col(Visit.id) == col(PlanDate.visit_id))
        .where(PlanDate.plan_id == plan.id, Visit.starts_at < today, col(Visit.status).in_(OCCUPYING))
    )
    return session.exec(held).one()


def last_of(company: "Company", scheme: Scheme, left: int, now: datetime) -> date | None:
    """The date after which no more are wanted when `left` are; None while a pause hides which that is."""
    today = now.astimezone(company.zone).date()
    if left <= 0:
        return today - DAY
    found = expand(company, scheme, today - MARGIN, today + (left + 6) * 35 * DAY)
    taking = [one.day for one in found if one.on and one.on >= today]
    return taking[left - 1] if len(taking) >= left else None


def has_agreed(session: Session, plan: Plan, worker_id: int) -> bool:
    """Whether a worker said yes to a visit of the plan before, and so knows of it."""
    if session.get(PlanWorker, (plan.id, worker_id)) is not None:
        return True
    yes = (
        select(Offer.id)
        .join(PlanDate, col(PlanDate.visit_id) == col(Offer.visit_id))
        .where(
            PlanDate.plan_id == plan.id, Offer.worker_id == worker_id, Offer.status == offers.Status.ACCEPTED
        )
    )
    return session.exec(yes.limit(1)).first() is not None


def minutes_of(company: "Company", plan: Plan, quantity: int) -> int:
    """How long a visit of the plan lasts, with so much of its service."""
    return catalogue.minutes(company, company.service(plan.service_code), quantity, plan.add_ons)


def upcoming(company: "Company", known: Outline, now: datetime, count: int = SHOWN) -> list[Occasion]:
    """The next dates: so many that take place, and between them those that do not."""
    today = now.astimezone(company.zone).date()
    found = expand(company, known.scheme, today - MARGIN, today + AHEAD * DAY)
    ahead = [one for one in found if _is_ahead(one, today, now)]
    shown: list[Occasion] = []
    for one in ahead:
        shown.append(one)
        if sum(each.takes_place for each in shown) == count:
            break
    while shown and not shown[-1].takes_place and sum(each.takes_place for each in shown) == count:
        shown.pop()
    return sorted(shown, key=lambda one: (one.on or one.day, one.day))


def _is_ahead(one: Occasion, today: date, now: datetime) -> bool:
    if one.starts_at is None:
        return one.day >= today
    return one.starts_at > now


def next_dates(company: "Company", known: Outline, now: datetime) -> list[Occasion]:
    """The next three that take place."""
    return [one for one in upcoming(company, known, now) if one.takes_place]


def _course(company: "Company", plan: Plan, rule: PlanRule) -> Course:
    lasts = minutes_of(company, plan, rule.quantity)
    return Course(rule.since, rule.anchor, rule.every, rule.at, lasts, rule.id)


def _difference(company: "Company", plan: Plan, one: PlanDate, visits: Mapping[int, Visit]) -> Difference:
    """What a kept date says; where its visit was placed, what became of that."""
    visit = visits.get(one.visit_id or 0)
    if visit is not None:
        local = visit.starts_at.astimezone(company.zone)
        lasts = (visit.ends_at - visit.starts_at) // timedelta(minutes=1)
        gone = visit.status not in OCCUPYING
        return Difference(gone, True, local.date(), local.time(), lasts, certain=not gone)
    return Difference(
        skipped=one.state in (State.SKIPPED, State.CLOSED),
        kept=one.kept,
        to_day=one.to_day,
        at=one.at,
        minutes=minutes_of(company, plan, one.quantity) if one.quantity else None,
    )
