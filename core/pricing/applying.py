"""Taking off a price what a customer has: pure arithmetic, the same in whatever order things were found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Self

from core import coupons
from core.catalogue import Service, Unit
from core.coupons import Coupon, Kind
from core.members.points import FEN_PER_YUAN
from core.packages import Left
from core.quotes import Quote, QuoteLine

if TYPE_CHECKING:
    from core.company import Company

LABOUR = frozenset({"service", "minimum"})
"""The work itself, of which tiers take a percentage; surcharges and add-ons are not."""
BEST, NONE, PAID = "best", "none", "paid"
_POINTS = "+points"
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """What a customer wants used: `best`, `none`, `paid`, `package:3` or `coupon:12`; points with it or not.

    `paid` is what they paid ahead, a package, and no coupon. What cannot be had is `otherwise` that.

    Who says nothing gets what is best for them, and keeps their points. A tier's discount is nobody's choice.
    """

    use: str = BEST
    points: bool = False
    otherwise: str = BEST

    @classmethod
    def parse(cls, said: str, otherwise: str = BEST) -> Self:
        """The choice that `str` wrote."""
        return cls(said.removesuffix(_POINTS), said.endswith(_POINTS), otherwise)

    def __str__(self) -> str:
        return self.use + (_POINTS if self.points else "")


@dataclass(frozen=True, slots=True)
class Order:
    """What a price is asked of: the price by the list, of which service, in which area (code) and when."""

    listed: Quote
    service: Service
    area: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Benefits:
    """Everything a customer could use at this moment."""

    tier: tuple[str, int] | None = None
    """Its name, and what it takes off, in percent."""
    packages: tuple[Left, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    points: int = 0
    sharing: bool = False
    """Whether they are in a household, whose packages are among these."""

    def __bool__(self) -> bool:
        return bool(self.tier or self.packages or self.coupons or self.points)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to pay less: what would be used, and what the visit would cost."""

    use: str
    quote: Quote
    ends_at: datetime | None = None
    """When what is used would be good no more."""


def is_wages(service: Service) -> bool:
    """Whether a service is paid by the day or the month: nothing is ever taken off somebody's wages."""
    return service.unit in (Unit.DAY, Unit.MONTH) or service.calendar_days > 0


def candidates(company: "Company", order: Order, benefits: Benefits) -> list[Candidate]:
    """Everything that could be used for an order, the best for the customer first.

    What is paid already goes first, the package that ends soonest; then whatever makes the visit cheapest,
    of equals the coupon that ends first. The last resort, to use nothing, is always there.
    """
    if is_wages(order.service):
        return [Candidate(NONE, order.listed)]
    packed = [
        Candidate(f"package:{one.package.id}", made, one.package.ends_at)
        for one in sorted(benefits.packages, key=_package_order)
        if (made := _with_package(order, one)) is not None
    ]
    alone = _with_tier(company, order, benefits.tier)
    rest = [
        Candidate(f"coupon:{one.id}", made, one.valid_until)
        for one in benefits.coupons
        if (made := _with_coupon(company, order, alone, one)) is not None
    ]
    rest.append(Candidate(NONE, alone))
    return [*packed, *sorted(rest, key=_coupon_order)]


def chosen(every: Sequence[Candidate], choice: Choice) -> Candidate:
    """The one of all candidates that a customer chose, as far as it can be had."""
    named = next((one for one in every if one.use == choice.use), None)
    if named is not None:
        return named
    if PAID in (choice.use, choice.otherwise):
        return next(one for one in every if one.use.startswith("package:") or one.use == NONE)
    return every[0]


def _package_order(one: Left) -> tuple[str, int]:
    return (one.package.ends_at.isoformat() if one.package.ends_at else "", one.package.id or 0)


def _coupon_order(one: Candidate) -> tuple[int, bool, str, int]:
    """The cheapest, else without a coupon, else the one that ends first, else the oldest."""
    number = int(one.use.partition(":")[2] or 0)
    ends = one.ends_at.isoformat() if one.ends_at else ""
    return (one.quote.total, one.use != NONE, ends, number)


def left_for_points(company: "Company", quote: Quote, points: int) -> int:
    """How many of so many points can be used for a price, in whole yuan; 0 where that is below the least."""
    rules = company.members
    base, off = _base_and_off(quote)
    room = min(base * rules.redeem_percent, base * company.pricing.most_percent - off * _HUNDRED)
    yuan = min(max(0, room) // _HUNDRED // FEN_PER_YUAN, max(0, points) // rules.points_per_yuan)
    most = yuan * rules.points_per_yuan
    return most if most >= rules.redeem_from else 0


def with_points(company: "Company", quote: Quote, points: int) -> Quote:
    """The same with as many of the points used as may be."""
    used = left_for_points(company, quote, points)
    if not used:
        return quote
    rate = company.members.points_per_yuan
    off = used // rate * FEN_PER_YUAN
    return quote.with_line(QuoteLine("points", "", used, None, rate, None, -off))


def _base_and_off(quote: Quote) -> tuple[int, int]:
    """What is not paid ahead, by the list; and how much of that is taken off already."""
    ahead = sum(line.amount for line in quote.benefits if line.kind == "package")
    return quote.listed + ahead, quote.listed + ahead - quote.total


def _room(company: "Company", quote: Quote) -> int:
    """How much more may be taken off."""
    base, off = _base_and_off(quote)
    return max(0, base * company.pricing.most_percent // _HUNDRED - off)


def _labour(quote: Quote) -> int:
    return sum(line.amount for line in quote.lines if line.kind in LABOUR)


def _with_tier(company: "Company", order: Order, tier: tuple[str, int] | None) -> Quote:
    named, quote = company.members.discount_services, order.listed
    if tier is None or (named and order.service.code not in named):
        return quote
    name, percent = tier
    labour = _labour(quote)
    off = min(labour * percent // _HUNDRED, _room(company, quote))
    if off <= 0:
        return quote
    return quote.with_line(QuoteLine("tier", name, 1, None, labour, percent, -off))


def _with_package(order: Order, one: Left) -> Quote | None:
    """The visit with what a package covers; None where it covers nothing of it.

    A visit of a package is not spent on less than it covers.
    """
    package, quote = one.package, order.listed
    booked = next(line for line in quote.lines if line.kind == "service")
    if package.service_code != order.service.code or booked.quantity < package.quantity or one.units < 1:
        return None
    units = min(booked.quantity, one.units) if package.unit == "hour" else 1
    covered = units * package.quantity
    each = booked.unit_price * package.quantity
    amount = covered * booked.unit_price
    if covered >= booked.quantity:
        amount = _labour(quote)
    line = QuoteLine("package", str(package.id), units, _unit_of(package.unit), each, None, -amount)
    return quote.with_line(line)


def _unit_of(unit: str) -> Unit | None:
    return Unit.HOUR if unit == "hour" else None


def _with_coupon(company: "Company", order: Order, with_tier: Quote, coupon: Coupon) -> Quote | None:
    """The visit with a coupon, beside the tier where the two go together; None where it is of no use."""
    quote, at = order.listed, order.starts_at
    if at is None or not coupons.fits(
        company, coupon, service=order.service.code, area=order.area, starts_at=at, worth=quote.listed
    ):
        return None
    tiers = [line.code for line in with_tier.lines if line.kind == "tier"]
    under = quote if any(one in company.pricing.tiers_alone for one in tiers) else with_tier
    line = _off(quote, coupon, order.service)
    if line is None:
        return None
    off = min(-line.amount, _room(company, under))
    if off <= 0:
        return None
    return under.with_line(replace(line, amount=-off))


def _off(quote: Quote, coupon: Coupon, service: Service) -> QuoteLine | None:
    """What a coupon takes off by itself."""
    code = str(coupon.id)
    match coupon.kind:
        case Kind.FEN:
            return QuoteLine("coupon", code, 1, None, coupon.amount, None, -coupon.amount)
        case Kind.PERCENT:
            off = quote.listed * coupon.amount // _HUNDRED
            off = off if coupon.most is None else min(off, coupon.most)
            return QuoteLine("coupon", code, 1, None, quote.listed, coupon.amount, -off)
        case Kind.ADD_ON:
            extra = [line for line in quote.lines if line.kind == "add_on" and line.code == coupon.add_on]
            if not extra:
                return None
            return QuoteLine(
                "coupon", code, 1, extra[0].unit, extra[0].unit_price, None, -extra[0].unit_price
            )
    booked = next(line for line in quote.lines if line.kind == "service")
    if service.unit is not Unit.HOUR:
        return None
    hours = min(coupon.amount, booked.quantity)
    return QuoteLine("coupon", code, hours, Unit.HOUR, booked.unit_price, None, -hours * booked.unit_price)


def again(company: "Company", former: Quote, there: Quote) -> Quote:
    """The list price of another time, with what was taken off before.

    Nothing that was given is taken back, and nothing more is given: of a price that fell, a percentage falls
    with it, and everything together stays within what may be taken off.
    """
    made = there
    for line in sorted(former.benefits, key=lambda one: _ORDER.index(one.kind)):
        off = -line.amount
        if line.kind in ("coupon", "tier"):
            kept = sum(-one.amount for one in former.benefits if one.kind == "points")
            off = max(0, min(off, _room(company, made) - kept))
        if line.kind == "package":
            off = min(off, _labour(made))
        off = min(off, made.total)
        if off > 0:
            made = made.with_line(replace(line, amount=-off))
    return made


_ORDER = ("tier", "package", "coupon", "points")
