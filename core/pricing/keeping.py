"""What was taken off a visit's price: kept for it, used with it, or given back."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import coupons, packages
from core.coupons import CouponGone
from core.errors import DomainError
from core.members import points
from core.members.tables import NotEnoughPoints
from core.packages import NothingLeft
from core.quotes import Quote

if TYPE_CHECKING:
    from core.company import Company
    from core.visits.tables import Visit


class BenefitGone(DomainError):
    """What the price was made with was just used elsewhere: `kind` is coupon, package or points."""

    key = "benefit-gone"


def take(session: Session, company: "Company", visit: "Visit", now: datetime) -> None:
    """Keep for a visit, in its own transaction, whatever its price was made with.

    Raises BenefitGone when somebody was faster, also at the same moment; then nothing may be committed.
    """
    assert visit.id is not None
    for line in Quote.from_json(visit.quote).benefits:
        try:
            if line.kind == "coupon":
                coupons.hold(session, int(line.code), visit.customer_id, visit.id)
            elif line.kind == "package":
                packages.use(session, int(line.code), visit.customer_id, line.quantity, visit.id, now)
            elif line.kind == "points":
                subject = visit.reference
                points.spend(session, company, visit.customer_id, line.quantity, subject=subject, now=now)
        except (CouponGone, NothingLeft, NotEnoughPoints) as gone:
            raise BenefitGone(kind=line.kind) from gone


def lenders_of(session: Session, visit: "Visit") -> set[int]:
    """Whose packages a visit was made with, by their numbers."""
    used = [line for line in Quote.from_json(visit.quote).benefits if line.kind == "package"]
    found = (packages.find(session, int(line.code)) for line in used)
    return {one.customer_id for one in found if one is not None}


def finish(session: Session, visit: "Visit", now: datetime) -> None:
    """The visit took place: its coupon is used. Units and points were so when it was placed."""
    assert visit.id is not None
    if any(line.kind == "coupon" for line in Quote.from_json(visit.quote).benefits):
        coupons.use(session, visit.id, now)


def give_back(session: Session, visit: "Visit", now: datetime) -> None:
    """The visit fell through: the customer has back what was taken off its price, whoever's wish it was."""
    assert visit.id is not None
    for line in Quote.from_json(visit.quote).benefits:
        if line.kind == "coupon":
            coupons.give_back(session, visit.id, now)
        elif line.kind == "package":
            packages.give_back(session, visit.id, now)
        elif line.kind == "points":
            points.give_back(session, visit.reference, now)
