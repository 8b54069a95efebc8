"""What a customer could use at a moment, asked for with few statements: most have nothing."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, text
from sqlalchemy import select as columns
from sqlmodel import Session, col

from core import coupons, households, packages, referrals
from core.coupons import Coupon
from core.households import HouseholdPerson
from core.members import points
from core.members.tables import Membership, PointLot, Tier
from core.packages import Package
from core.pricing.applying import Benefits

if TYPE_CHECKING:
    from core.company import Company

_COUPONS = exists().where(
    col(Coupon.customer_id) == bindparam("customer"), coupons.OPEN, col(Coupon.valid_until) > bindparam("now")
)
_PACKAGES = exists().where(
    col(Package.customer_id) == bindparam("customer"),
    packages.ACTIVE,
    col(Package.ends_at) > bindparam("now"),
)
_NOT_CLOSED = text("state <> 'closed'")  # as the index has it
_POINTS = exists().where(col(PointLot.customer_id) == bindparam("customer"), _NOT_CLOSED)
_TIER = (
    columns(col(Membership.tier))
    .where(col(Membership.customer_id) == bindparam("customer"))
    .scalar_subquery()
)
_SHARING = exists().where(
    col(HouseholdPerson.customer_id) == bindparam("customer"), col(HouseholdPerson.left_at).is_(None)
)
_ANYTHING = columns(
    _COUPONS.label("coupons"),
    _PACKAGES.label("packages"),
    _POINTS.label("points"),
    _TIER.label("tier"),
    _SHARING.label("sharing"),
)


def benefits_of(
    session: Session, company: "Company", customer_id: int, now: datetime, *, phone: str | None = None
) -> Benefits:
    """Everything a customer could use now, who leaves that number (E.164)."""
    has = session.execute(_ANYTHING, {"customer": customer_id, "now": now}).one()
    tier = Tier(has.tier) if has.tier else Tier.BASIC
    percent = company.members.of(tier).percent_off
    found = coupons.usable(session, customer_id, now) if has.coupons else []
    lent_by = households.lenders(session, customer_id) if has.sharing else []
    packed = packages.usable(session, customer_id, now, lent_by=lent_by) if has.packages or lent_by else []
    return Benefits(
        tier=(tier.value, percent) if percent else None,
        packages=tuple(packed),
        coupons=tuple(one for one in found if referrals.may_use(session, one, phone)),
        points=points.balance(session, customer_id, now).usable if has.points else 0,
        sharing=bool(has.sharing),
    )
