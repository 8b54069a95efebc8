"""Placing a visit: a held window becomes a sale, with its price and its rules as they are now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, select

from core import (
    calendars,
    catalogue,
    customers,
    households,
    matching,
    policies,
    pricing,
    quotes,
    references,
    timeline,
    windows,
)
from core.areas import Area, UnknownArea
from core.catalogue import Service
from core.customers import Address, Customer, UnknownAddress
from core.matching import Assignment, Need
from core.pricing import Choice, Order
from core.visits.tables import ByRequestOnly, OutOfArea, Status, TooManyOpen, Visit, is_live

if TYPE_CHECKING:
    from core.company import Company

BEST_FOR_THEM = Choice()
"""What is best for the customer is used; their points are not."""

_LOCKED = (
    columns(col(Customer.given_up_at))
    .where(col(Customer.id) == bindparam("customer"))
    .with_for_update(key_share=True)
)
_AHEAD = columns(func.count()).where(col(Visit.customer_id) == bindparam("customer"), is_live())
_ASSIGNED = select(Assignment).where(Assignment.visit_id == bindparam("visit"))
_TAKEN = columns(col(Visit.id)).where(col(Visit.reference) == bindparam("reference"))


def need(
    session: Session,
    company: "Company",
    customer: Customer,
    service: Service,
    quantity: int,
    add_ons: Mapping[str, int],
    area: str,
) -> Need:
    """What to look for so that this customer gets that much of a service in an area (its code).

    Raises QuantityOutOfRange, UnknownAddOn, TooManyAddOns.
    """
    return Need(
        service=service,
        minutes=catalogue.minutes(company, service, quantity, add_ons),
        crew=service.crew_for(quantity),
        area=area,
        customer_id=customer.id,
        home=customers.home(session, customer.id or 0),
    )


def place(
    session: Session,
    company: "Company",
    customer: Customer,
    *,
    service: Service,
    quantity: int,
    add_ons: Mapping[str, int],
    address: Address,
    starts_at: datetime,
    workers: Sequence[int] = (),
    wants: int | None = None,
    note: str | None = None,
    choice: Choice = BEST_FOR_THEM,
    now: datetime,
) -> Visit:
    """Place a visit and assign its workers: the customer's hold becomes a sale, or the window is taken anew.

    Price and policies are frozen as they are now; what the price was made with (`choice`: a coupon, a
    package, points) is kept for the visit. Services that need it wait for the company's yes, at the latest
    until `answer_by`. `wants` is the worker the customer asked for by name; `workers` the team, if it is
    known. Raises WindowTaken (with the nearest ones), TooManyOpen, OutOfArea, ByRequestOnly, BenefitGone, and
    what `need` raises; then nothing has changed.
    """
    area = _serves(session, company, customer, service, address)
    _check_limit(session, company, customer)
    wanted = need(session, company, customer, service, quantity, add_ons, area.code)
    price = _price(session, company, customer, service, quantity, add_ons, area, starts_at, choice, now)
    named = tuple(workers) or ((wants,) if wants is not None else ())
    hold = _fitting_hold(session, wanted, starts_at, named, now)
    claims = partial(windows.claim, session, company, wanted, starts_at, workers=named, now=now)
    team = hold.worker_ids if hold else claims()
    visit = _draft(session, company, customer, wanted, price, quantity, add_ons, address, starts_at, now)
    visit.note, visit.wants_worker_id = note, wants
    _keep(session, company, visit, now)
    _sell(session, wanted, visit, hold, team)
    _note_placed(session, visit, address, now)
    households.note_visit(session, visit, address, pricing.lenders_of(session, visit))
    assign(session, company, wanted, visit, team, now=now)
    return visit


def _price(
    session: Session,
    company: "Company",
    customer: Customer,
    service: Service,
    quantity: int,
    add_ons: Mapping[str, int],
    area: Area,
    starts_at: datetime,
    choice: Choice,
    now: datetime,
) -> quotes.Quote:
    """What is agreed to: the list price less what the customer has and chose."""
    listed = quotes.quote(company, service, quantity, add_ons, area=area, starts_at=starts_at)
    order = Order(listed, service, area.code, starts_at)
    return pricing.price(session, company, customer, order, choice, now)


def _keep(session: Session, company: "Company", visit: Visit, now: datetime) -> None:
    session.add(visit)
    session.flush()
    pricing.take(session, company, visit, now)


def _note_placed(session: Session, visit: Visit, address: Address, now: datetime) -> None:
    customers.use_address(session, address, now=now)
    detail = {"starts_at": visit.starts_at.isoformat(), "total": visit.total, "status": visit.status.value}
    timeline.add(session, _id(visit), "placed", actor="customer", now=now, detail=detail)


def _sell(
    session: Session, wanted: Need, visit: Visit, hold: windows.Hold | None, team: Sequence[int]
) -> None:
    """Give the visit its half hours: those that were held for it, or those of the claimed team."""
    if hold:
        windows.hand_over(session, hold, _id(visit))
    else:
        windows.occupy(session, wanted, visit.starts_at, team, visit_id=visit.id)


def open_limit(session: Session, company: "Company", customer: Customer) -> int:
    """How many visits ahead this customer may have: few until they are known.

    Known is who had a finished visit or whose phone number was verified.
    """
    rules = company.policies
    if customer.phone_verified_at is not None:
        return rules.open_visits_known
    finished = select(Visit.id).where(Visit.customer_id == customer.id, Visit.status == Status.FINISHED)
    known = session.exec(finished.limit(1)).first() is not None
    return rules.open_visits_known if known else rules.open_visits_new


def answer_due(company: "Company", starts_at: datetime, now: datetime) -> datetime:
    """Until when the company must answer a request for a visit that begins at `starts_at`.

    Within the office minutes of the policy, and at the latest so many hours before the visit; when the visit
    is nearer than that already, half of the time that is left, so that the customer has the other half.
    """
    rules = company.policies
    latest = starts_at - timedelta(hours=rules.request_latest_hours)
    if latest <= now:
        latest = now + (starts_at - now) / 2
    return min(calendars.later(company, now, rules.request_answer_minutes), latest)


def assign(
    session: Session,
    company: "Company",
    wanted: Need,
    visit: Visit,
    team: Sequence[int],
    *,
    for_customer: bool = True,
    now: datetime,
) -> None:
    """Write down who attends the visit, the first one leading, and why each of them. Others are let go."""
    visit_id = _id(visit)
    known = {each.worker_id: each for each in session.execute(_ASSIGNED, {"visit": visit_id}).scalars()}
    for worker_id, former in known.items():
        if worker_id not in team:
            former.released_at = former.released_at or now
    ranked = matching.rank(session, company, wanted, team, starts_at=visit.starts_at)
    reasons = {match.worker.id: match.reasons for match in ranked}
    changed = []
    for worker_id in team:
        each = known.get(worker_id)
        if each is None or each.released_at is not None:
            changed.append(worker_id)
        each = each or Assignment(visit_id=visit_id, worker_id=worker_id, leads=False, assigned_at=now)
        if worker_id in changed:
            each.assigned_at, each.released_at = now, None
        each.leads = worker_id == team[0]
        each.reasons = [reason.as_json() for reason in reasons.get(worker_id, ())]
        session.add(each)
    session.flush()
    if changed:
        detail = {"workers": list(team), "leads": team[0]}
        why = "; ".join(
            f"worker {id}: {', '.join(reason.key for reason in reasons.get(id, ())) or 'free'}" for id in team
        )
        seen = {"for_customer": for_customer}
        timeline.add(session, visit_id, "assigned", actor="bot", now=now, detail=detail, reason=why, **seen)


def _serves(
    session: Session, company: "Company", customer: Customer, service: Service, address: Address
) -> Area:
    if service.by_request:
        raise ByRequestOnly(service=service.code)
    if not households.may_book_to(session, customer.id or 0, address):
        raise UnknownAddress

    try:
        return company.area(address.area_code)
    except UnknownArea:
        raise OutOfArea(area=address.area_code) from None


def _check_limit(session: Session, company: "Company", customer: Customer) -> None:
    # Locked, so that two chats of one customer cannot both find the last place free.
    if session.execute(_LOCKED, {"customer": customer.id}).scalar_one() is not None:
        raise StaleDataError("the customer became one with another meanwhile")
    ahead = session.execute(_AHEAD, {"customer": customer.id}).scalar_one()
    if ahead >= company.policies.open_visits_new and ahead >= (
        limit := open_limit(session, company, customer)
    ):
        raise TooManyOpen(limit=limit)


def _draft(
    session: Session,
    company: "Company",
    customer: Customer,
    wanted: Need,
    price: quotes.Quote,
    quantity: int,
    add_ons: Mapping[str, int],
    address: Address,
    starts_at: datetime,
    now: datetime,
) -> Visit:
    """The visit with everything that is frozen from now on."""
    assert address.id is not None
    assert customer.id is not None
    service = wanted.service
    return Visit(
        reference=_new_reference(session),
        customer_id=customer.id,
        address_id=address.id,
        address_line=customers.in_full(address),
        area_code=wanted.area,
        service_code=service.code,
        quantity=quantity,
        add_ons={code: number for code, number in add_ons.items() if number},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=wanted.minutes),
        status=Status.REQUESTED if service.needs_confirmation else Status.CONFIRMED,
        quote=price.as_json(),
        total=price.total,
        company_version=company.version,
        policy_version=policies.remember(session, company, now),
        rules_accepted_at=now,
        answer_by=answer_due(company, starts_at, now) if service.needs_confirmation else None,
        placed_at=now,
    )


def _fitting_hold(
    session: Session, wanted: Need, starts_at: datetime, named: Sequence[int], now: datetime
) -> windows.Hold | None:
    """The customer's hold, locked, if it is for exactly this and still has all its half hours."""
    assert wanted.customer_id is not None
    hold = windows.held(session, wanted.customer_id, now)
    if hold is None or not _is_for(hold, wanted, starts_at, named):
        return None
    return hold if windows.is_whole(session, hold) else None


def _is_for(hold: windows.Hold, wanted: Need, starts_at: datetime, named: Sequence[int]) -> bool:
    ends_at = starts_at + timedelta(minutes=wanted.minutes)
    return (
        (hold.service_code, hold.area_code, hold.starts_at, hold.ends_at)
        == (wanted.service.code, wanted.area, starts_at, ends_at)
        and len(hold.worker_ids) == max(wanted.crew, len(named))
        and set(named) <= set(hold.worker_ids)
    )


def _new_reference(session: Session) -> str:
    """A reference no visit has. Should another transaction take them first, the turn is taken again."""
    while True:
        reference = references.draw()
        if session.connection().execute(_TAKEN, {"reference": reference}).first() is None:
            return reference


def _id(visit: Visit) -> int:
    assert visit.id is not None
    return visit.id
