"""Selling a package: agreed to, paid or withdrawn; paused, ended or given up for its money."""

import calendar
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.catalogue import Service
from core.packages.counting import check, enter, latest, left
from core.packages.tables import PENDING, NotAllowed, Package, PausedBefore, State, What
from core.paying import Way

if TYPE_CHECKING:
    from core.company import Company
    from core.pricing.rules import Product


def worth_each(service: Service, product: "Product") -> int:
    """What one unit costs by the list, in fen."""
    return max(service.unit_price * product.quantity, service.minimum_price)


def buy(session: Session, company: "Company", customer_id: int, product: "Product", now: datetime) -> Package:
    """The customer agreed to buy it; it can be used once `pay` was told. One waits at a time for each."""
    waiting = select(Package).where(
        Package.customer_id == customer_id, Package.product == product.code, PENDING
    )
    if (known := session.exec(waiting).first()) is not None:
        return known
    each = worth_each(company.service(product.service), product)
    made = Package(
        customer_id=customer_id,
        product=product.code,
        service_code=product.service,
        unit=product.unit,
        quantity=product.quantity,
        units=product.units,
        price=product.price(each),
        each=each,
        months=product.months,
        bought_at=now,
    )
    session.add(made)
    session.flush()
    return made


def pay(
    session: Session, company: "Company", package: Package, way: Way, *, staff_id: int | None, now: datetime
) -> bool:
    """Somebody of ours has the money: it can be used from now on. False when that was known.

    Raises NotAllowed for one that was withdrawn.
    """
    latest(session, package)
    if package.state is State.ACTIVE:
        return False
    check(package, State.PENDING)
    package.state, package.paid_at, package.way, package.staff_id = State.ACTIVE, now, way, staff_id
    package.ends_at = _months_later(now.astimezone(company.zone), package.months).astimezone(now.tzinfo)
    session.add(package)
    session.flush()
    enter(session, package, What.SOLD, package.units, now, key="sold")
    return True


def withdraw(session: Session, package: Package, now: datetime) -> bool:
    """The customer thought better of it before paying; False when it is paid. Raises NotAllowed."""
    latest(session, package)
    if package.state is State.ACTIVE:
        return False
    check(package, State.PENDING)
    package.state, package.closed_at = State.WITHDRAWN, now
    session.add(package)
    session.flush()
    return True


def pause(session: Session, company: "Company", package: Package, now: datetime) -> datetime:
    """Pause it, once, for as long as the company says; it ends so much later. Returns until when.

    Raises PausedBefore, NotAllowed.
    """
    latest(session, package)
    check(package, State.ACTIVE)
    if package.paused_at is not None or package.ends_at is None:
        raise PausedBefore
    span = timedelta(days=company.pricing.pause_days)
    package.paused_at, package.paused_until = now, now + span
    package.ends_at += span
    session.add(package)
    session.flush()
    return package.paused_until


def resume(session: Session, package: Package, now: datetime) -> bool:
    """Use it again before the pause is over: it ends so much earlier. False if it is not paused."""
    latest(session, package)
    check(package, State.ACTIVE)
    if package.paused_until is None or package.paused_until <= now or package.ends_at is None:
        return False
    package.ends_at -= package.paused_until - now
    package.paused_until = now
    session.add(package)
    session.flush()
    return True


def refund_due(session: Session, package: Package) -> int:
    """What would go back if it were given up now: its price, less what was used at the list price."""
    return max(0, package.price - (package.units - left(session, package)) * package.each)


def refund(session: Session, package: Package, now: datetime) -> int:
    """Give it up; what goes back, in fen. Raises NotAllowed when it is over or was given up already."""
    latest(session, package)
    check(package, State.ACTIVE)
    if package.ends_at is None or package.ends_at <= now:
        raise NotAllowed(state=State.ENDED.value)
    remains = left(session, package)
    package.refund = refund_due(session, package)
    package.state, package.refunded_at, package.closed_at = State.REFUNDED, now, now
    session.add(package)
    session.flush()
    if remains:
        enter(session, package, What.REFUNDED, -remains, now, key="refunded")
    return package.refund


def end(session: Session, package: Package, now: datetime) -> int:
    """Its time is over: what is left is forfeit. How much that was; 0 as long as it is not over."""
    latest(session, package)
    if package.state is not State.ACTIVE or package.ends_at is None or now < package.ends_at:
        return 0
    remains = left(session, package)
    package.state, package.closed_at = State.ENDED, now
    session.add(package)
    session.flush()
    if remains:
        enter(session, package, What.ENDED, -remains, now, key=f"ended:{package.ends_at.isoformat()}")
    return remains


def returned(session: Session, package: Package, now: datetime) -> bool:
    """The money of a refund is with the customer; False when that was known. Raises NotAllowed."""
    latest(session, package)
    check(package, State.REFUNDED)
    if package.back_at is not None:
        return False
    package.back_at = now
    session.add(package)
    session.flush()
    return True


def find(session: Session, id: int) -> Package | None:
    """A package by its number."""
    return session.get(Package, id)


def of_customer(session: Session, customer_id: int, limit: int) -> list[Package]:
    """Everything a customer ever bought or agreed to buy, the newest first."""
    theirs = select(Package).where(Package.customer_id == customer_id)
    return list(session.exec(theirs.order_by(col(Package.id).desc()).limit(limit)))


def unpaid(session: Session, limit: int) -> list[Package]:
    """What was agreed to and not paid, the oldest first."""
    return list(session.exec(select(Package).where(PENDING).order_by(col(Package.bought_at)).limit(limit)))


def _months_later(local: datetime, months: int) -> datetime:
    """The end of the day so many months later; of a shorter month, of its last day."""
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    day = local.replace(year=year, month=month + 1, day=min(local.day, last))
    return day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
