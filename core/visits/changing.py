"""Cancelling and moving a visit, under the rules it was placed with, for the fee that was agreed to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from core import (
    alarms,
    compensations,
    customers,
    dropouts,
    fees,
    policies,
    pricing,
    quotes,
    timeline,
    waitings,
    windows,
)
from core.dropouts import Outcome
from core.fees import Fee
from core.matching import Need
from core.members import tiers
from core.quotes import Quote
from core.visits.finding import crew
from core.visits.life import advance, check, fee_detail, fee_words, latest, worth
from core.visits.placing import answer_due, assign
from core.visits.tables import (
    AHEAD,
    ALLOWED,
    MOVABLE,
    FeeChanged,
    MoveNotAllowed,
    Status,
    TooFar,
    TotalChanged,
    Visit,
)
from core.workers import Occupied

if TYPE_CHECKING:
    from core.company import Company

CUSTOMER = "customer"
LATE_RULES: tuple[fees.FeeRule, ...] = ("late", "last_minute")


def fee_to_cancel(session: Session, company: "Company", visit: Visit, now: datetime) -> Fee:
    """What cancelling would cost the customer now. Raises MoveNotAllowed when it is too late for that."""
    if Status.CANCELLED not in ALLOWED[visit.status]:
        raise MoveNotAllowed(status=visit.status.value, wanted=Status.CANCELLED.value)
    rules = policies.as_of(session, visit.policy_version)
    fee = fees.cancelling(
        company,
        rules,
        total=worth(visit),
        starts_at=visit.starts_at,
        assigned=_is_assigned(session, visit),
        on_the_way=visit.status not in MOVABLE,
        late_before=_late_before(session, visit),
        goodwill=tiers.goodwill(session, company, visit.customer_id, rules.goodwill),
        now=now,
    )
    if dropouts.asked_of(session, visit.id) is not None:
        return _forgiven(fee)
    return _unless_waiting(fee, visit, rules, now)


def cancel(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    actor: str,
    reason: str | None = None,
    agreed_fee: int = 0,
    now: datetime,
) -> Fee:
    """Cancel the visit; its workers' half hours are free again. Only the customer's own wish costs a fee.

    Who cancels because their worker dropped out pays nothing, and is owed a coupon.
    Raises FeeChanged when more is due than `agreed_fee` (fen), MoveNotAllowed when it cannot be cancelled.
    """
    check(session, visit, Status.CANCELLED)
    alarms.refuse_frozen(session, visit, actor)
    fault = actor == CUSTOMER and dropouts.asked_of(session, visit.id) is not None
    fee = fee_to_cancel(session, company, visit, now)
    if actor != CUSTOMER:
        fee = _forgiven(fee)
    _check_agreed(fee, agreed_fee)
    visit.fee += fee.amount
    visit.fee_rule = "free" if fault else fee.rule
    visit.cancelled_by = actor
    visit.cancel_reason = reason
    detail = {**fee_detail(fee), "because": reason}
    advance(session, visit, Status.CANCELLED, actor=actor, now=now, detail=detail, reason=fee_words(fee))
    if fault:
        rules = policies.as_of(session, visit.policy_version)
        compensations.make_good(session, visit, rules.called_off_coupon, reason="dropped-out", now=now)
    return fee


def fee_to_move(session: Session, company: "Company", visit: Visit, now: datetime) -> Fee:
    """What moving would cost the customer now. Raises MoveNotAllowed when the visit has begun or is over."""
    if visit.status not in AHEAD:
        raise MoveNotAllowed(status=visit.status.value, wanted="moved")
    rules = policies.as_of(session, visit.policy_version)
    fee = fees.moving(
        company,
        rules,
        total=worth(visit),
        starts_at=visit.starts_at,
        assigned=_is_assigned(session, visit),
        on_the_way=visit.status not in MOVABLE,
        moves=visit.moves,
        now=now,
    )
    if dropouts.asked_of(session, visit.id) is not None:
        return _forgiven(fee)
    return _unless_waiting(fee, visit, rules, now)


def _unless_waiting(fee: Fee, visit: Visit, rules: policies.Policies, now: datetime) -> Fee:
    """Nobody pays for giving up on a worker who should have been there a while ago."""
    too_late = visit.starts_at + timedelta(minutes=rules.late_worker_minutes)
    waiting = visit.status in (Status.CONFIRMED, Status.ON_THE_WAY)
    return _forgiven(fee) if waiting and now >= too_late else fee


def quote_to_move(company: "Company", visit: Visit, starts_at: datetime) -> Quote:
    """What the visit would cost at another time: its own price, unless the surcharges there differ.

    What was taken off stays off.
    """

    def at(moment: datetime) -> Quote:
        return quotes.quote(
            company,
            company.service(visit.service_code),
            visit.quantity,
            visit.add_ons,
            area=company.area(visit.area_code),
            starts_at=moment,
        )

    there = at(starts_at)
    former = Quote.from_json(visit.quote)
    return former if there.total == at(visit.starts_at).total else pricing.again(company, former, there)


def move(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    starts_at: datetime,
    agreed_fee: int,
    agreed_total: int | None = None,
    workers: Sequence[int] = (),
    actor: str = CUSTOMER,
    reason: str | None = None,
    now: datetime,
) -> Fee:
    """Give the visit another time: with `workers` if named, else with the same ones as far as they are free.

    Only the customer's own wish counts as a move and costs a fee, but none after a drop-out; what the
    company wishes never costs more than before. A request moved is a request still, with a new time for the
    answer; a worker on the way turns back, and the visit is confirmed again. Raises WindowTaken (with the
    nearest windows), FeeChanged, TotalChanged when the new time costs more than `agreed_total` (fen; None:
    than it does now), TooFar, MoveNotAllowed; then nothing has changed.
    """
    latest(session, visit)
    alarms.refuse_frozen(session, visit, actor)
    fee = fee_to_move(session, company, visit, now)
    if actor != CUSTOMER:
        fee = _forgiven(fee)
    _check_agreed(fee, agreed_fee)
    _check_new_time(session, company, visit, starts_at, workers, now)
    price = _price_there(company, visit, starts_at, agreed_total, actor)
    with session.begin_nested():
        if visit.status is Status.ON_THE_WAY:
            advance(session, visit, Status.CONFIRMED, actor=actor, now=now, reason="moved, so they turn back")
        wanted = need_of(session, company, visit)
        team = _sell_anew(session, company, wanted, visit, starts_at, workers, now)
        _reschedule(session, company, visit, starts_at, price, fee, actor=actor, reason=reason, now=now)
        assign(session, company, wanted, visit, team, now=now)
    return fee


def _price_there(
    company: "Company", visit: Visit, starts_at: datetime, agreed_total: int | None, actor: str
) -> Quote:
    """What a visit costs at its new time, as far as that was agreed to."""
    price = quote_to_move(company, visit, starts_at)
    if actor != CUSTOMER and price.total > visit.total:
        return Quote.from_json(visit.quote)
    agreed = visit.total if agreed_total is None else agreed_total
    if price.total > agreed:
        raise TotalChanged(total=price.total, agreed=agreed)
    return price


def _sell_anew(
    session: Session,
    company: "Company",
    wanted: Need,
    visit: Visit,
    starts_at: datetime,
    workers: Sequence[int],
    now: datetime,
) -> Sequence[int]:
    """Give the visit the half hours of its new time instead of those it has."""
    before = [each.worker_id for each, _ in crew(session, visit)]
    team = windows.claim(session, company, wanted, starts_at, workers=workers, preferred=before, now=now)
    session.execute(delete(Occupied).where(col(Occupied.visit_id) == visit.id))
    windows.occupy(session, wanted, starts_at, team, visit_id=visit.id)
    return team


def _check_new_time(
    session: Session,
    company: "Company",
    visit: Visit,
    starts_at: datetime,
    workers: Sequence[int],
    now: datetime,
) -> None:
    if starts_at == visit.starts_at and not workers:
        raise MoveNotAllowed(status=visit.status.value, wanted="same-time")
    most = policies.as_of(session, visit.policy_version).move_within_days
    today = now.astimezone(company.zone).date()
    if starts_at.astimezone(company.zone).date() > today + timedelta(days=most):
        raise TooFar(days=most)


def _reschedule(
    session: Session,
    company: "Company",
    visit: Visit,
    starts_at: datetime,
    price: Quote,
    fee: Fee,
    *,
    actor: str,
    reason: str | None,
    now: datetime,
) -> None:
    former = visit.starts_at
    visit.ends_at = starts_at + (visit.ends_at - former)
    visit.starts_at = starts_at
    waitings.wake(session, former)
    fault = dropouts.settle(session, visit.id, Outcome.MOVED, now)
    visit.moves += actor == CUSTOMER and fault is None
    visit.fee += fee.amount
    visit.quote, visit.total, visit.company_version = price.as_json(), price.total, price.version
    if visit.status is Status.REQUESTED:
        visit.answer_by = answer_due(company, starts_at, now)
    session.add(visit)
    session.flush()
    assert visit.id is not None
    detail: dict[str, object] = {
        "from": former.isoformat(),
        "to": starts_at.isoformat(),
        "total": price.total,
        **({"because": reason} if reason else {}),
        **fee_detail(fee),
    }
    timeline.add(session, visit.id, "moved", actor=actor, now=now, detail=detail, reason=fee_words(fee))


def need_of(session: Session, company: "Company", visit: Visit) -> Need:
    """What the visit is, as a wish: its own length and crew, whatever the catalogue says by now."""
    return Need(
        service=company.service(visit.service_code),
        minutes=int((visit.ends_at - visit.starts_at).total_seconds()) // 60,
        crew=len(crew(session, visit)),
        area=visit.area_code,
        customer_id=visit.customer_id,
        home=customers.home(session, visit.customer_id),
        instead_of=visit.id,
    )


def _is_assigned(session: Session, visit: Visit) -> bool:
    """A request's workers are only pencilled in."""
    return visit.status is not Status.REQUESTED and bool(crew(session, visit))


def _late_before(session: Session, visit: Visit) -> int:
    """How many late cancellations the customer already had."""
    return session.exec(
        select(func.count()).where(
            Visit.customer_id == visit.customer_id,
            Visit.status == Status.CANCELLED,
            Visit.cancelled_by == CUSTOMER,
            col(Visit.fee_rule).in_(LATE_RULES),
        )
    ).one()


def _check_agreed(fee: Fee, agreed: int) -> None:
    if fee.amount > agreed:
        raise FeeChanged(fee=fee.amount, agreed=agreed)


def _forgiven(fee: Fee) -> Fee:
    return replace(fee, amount=0, waived=fee.waived or fee.amount > 0)
