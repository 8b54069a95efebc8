"""What points are good for besides money off: supplies, and an hour or an add-on of the next visit."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from core import coupons
from core.errors import DomainError
from core.members import lots, points
from core.members.rules import Goods
from core.members.tables import Membership, Redemption

if TYPE_CHECKING:
    from core.company import Company


HOUR, ADD_ON = "hour", "add-on"


class UnknownGoods(DomainError):
    """There are no such goods for points any more."""

    key = "redeeming-unknown"


class RedemptionSettled(DomainError):
    """They were handed over, or their points went back, before."""

    key = "redemption-settled"


def everything(company: "Company") -> list[Goods]:
    """All that points are good for, the cheapest first, with what each costs in money."""
    rules = company.members
    hours = (one.unit_price for one in company.services if one.code == rules.hour_service)
    add_ons = (one.price for one in company.add_ons if one.code == rules.add_on)
    gifts = [
        *(Goods(code=HOUR, points=rules.hour_points, price=price) for price in hours),
        *(Goods(code=ADD_ON, points=rules.add_on_points, price=price) for price in add_ons),
    ]
    return sorted([*rules.goods, *gifts], key=lambda one: one.points)


def goods(company: "Company", code: str) -> Goods:
    """What can be had under that code. Raises UnknownGoods."""
    for one in everything(company):
        if one.code == code:
            return one
    raise UnknownGoods


def is_coupon(code: str) -> bool:
    """Whether it is given as a coupon for the next visit, so that nobody hands it over."""
    return code in (HOUR, ADD_ON)


def redeem(session: Session, company: "Company", customer_id: int, code: str, now: datetime) -> Redemption:
    """Points for goods, which staff hand over, or for a coupon, which is there at once.

    Raises UnknownGoods, NotEnoughPoints.
    """
    wanted = goods(company, code)
    made = Redemption(customer_id=customer_id, what=wanted.code, points=wanted.points, asked_at=now)
    session.add(made)
    session.flush()
    points.spend(session, company, customer_id, wanted.points, subject=subject(made), now=now)
    if is_coupon(code):
        _give_coupon(session, company, made, now)
    return made


def quarterly(session: Session, company: "Company", member: Membership, now: datetime) -> bool:
    """The add-on that is free once a quarter where a member's tier has that, good until the quarter is over.

    Safe to repeat; whether the tier has one.
    """
    code = company.members.of(member.tier).quarterly_add_on
    if code is None or all(one.code != code for one in company.add_ons):
        return False
    today = now.astimezone(company.zone)
    quarter = (today.month - 1) // 3
    coupons.issue(
        session,
        company,
        member.customer_id,
        kind=coupons.Kind.ADD_ON,
        amount=1,
        reason="tier",
        key=f"quarter:{member.id}:{today.year}:{quarter + 1}",
        until=lots.month_end(company, now, 3 * quarter + 3 - today.month),
        limits=coupons.Limits(add_on=code),
        now=now,
    )
    return True


def _give_coupon(session: Session, company: "Company", made: Redemption, now: datetime) -> None:
    rules, is_hour = company.members, made.what == HOUR
    limits = (
        coupons.Limits(services=(rules.hour_service,)) if is_hour else coupons.Limits(add_on=rules.add_on)
    )
    coupons.issue(
        session,
        company,
        made.customer_id,
        kind=coupons.Kind.HOURS if is_hour else coupons.Kind.ADD_ON,
        amount=1,
        reason="points",
        key=subject(made),
        until=lots.month_end(company, now, rules.coupon_months),
        limits=limits,
        now=now,
    )
    made.given_at = now
    session.add(made)
    session.flush()


def subject(redemption: Redemption) -> str:
    """What the points that a redemption cost were spent on."""
    return f"goods:{redemption.id}"


def waiting(session: Session, limit: int) -> list[Redemption]:
    """What was not handed over yet, the oldest first."""
    query = select(Redemption).where(text("given_at IS NULL AND cancelled_at IS NULL"))
    return list(session.exec(query.order_by(col(Redemption.asked_at)).limit(limit)))


def hand_over(session: Session, redemption_id: int, staff_id: int, now: datetime) -> Redemption:
    """Somebody has it. Raises RedemptionSettled."""
    return _settle(session, redemption_id, given_at=now, given_by=staff_id)


def cancel(session: Session, redemption_id: int, staff_id: int, now: datetime) -> Redemption:
    """It cannot be had: the points go back. Raises RedemptionSettled."""
    settled = _settle(session, redemption_id, cancelled_at=now, given_by=staff_id)
    points.give_back(session, subject(settled), now)
    return settled


def _settle(session: Session, redemption_id: int, **values: object) -> Redemption:
    open_one = (text("given_at IS NULL AND cancelled_at IS NULL"), col(Redemption.id) == redemption_id)
    moved = session.exec(update(Redemption).where(*open_one).values(values)).rowcount
    if not moved:
        raise RedemptionSettled
    return session.get_one(Redemption, redemption_id, populate_existing=True)
