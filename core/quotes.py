"""What a visit costs, line by line, so that the formula can be read out and nothing is hidden."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Self

from core import calendars, catalogue
from core.areas import Area
from core.catalogue import AddOn, Service, Unit

if TYPE_CHECKING:
    from core.company import Company

LineKind = Literal[
    "service", "add_on", "minimum", "early_late", "spring_festival", "holiday", "travel", "overtime",
    "tier", "package", "coupon", "points",
]  # fmt: skip
BENEFITS = frozenset({"tier", "package", "coupon", "points"})
"""What is taken off the list price, or was paid ahead: see `core.pricing`."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One amount and the numbers it comes from; money in fen.

    `service`, `add_on`: quantity x unit_price. `minimum`: what is missing up to unit_price, the minimum.
    Surcharges: percent of quantity x unit_price. `travel`: unit_price. `overtime`: quantity minutes at
    unit_price an hour. Benefits are below 0. `tier`: percent of unit_price. `package`: quantity units of it,
    each worth unit_price. `coupon`: percent of unit_price, or unit_price. `points`: quantity of
    them, unit_price for a yuan.
    """

    kind: LineKind
    code: str
    """Of the service, the add-on, the area (travel), the tier; or the number of the coupon or package."""
    quantity: int
    unit: Unit | None
    unit_price: int
    percent: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A price, and the version of the company file it was made from."""

    lines: tuple[QuoteLine, ...]
    total: int
    version: str

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """Everything, as plain JSON values."""
        return {"lines": [asdict(line) for line in self.lines], "total": self.total, "version": self.version}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:  # Any: JSON
        """The quote that `as_json` wrote down."""
        lines = tuple(
            QuoteLine(**{**line, "unit": Unit(line["unit"]) if line["unit"] else None})
            for line in given["lines"]
        )
        return cls(lines, given["total"], given["version"])

    @property
    def listed(self) -> int:
        """The price by the list, before anything is taken off it: what the work is worth."""
        return sum(line.amount for line in self.lines if line.kind not in BENEFITS)

    @property
    def worth(self) -> int:
        """What is paid for it, whether now or ahead by a package."""
        return self.total - sum(line.amount for line in self.lines if line.kind == "package")

    @property
    def benefits(self) -> "tuple[QuoteLine, ...]":
        """What was taken off, in the order it was."""
        return tuple(line for line in self.lines if line.kind in BENEFITS)

    def by_list(self) -> "Quote":
        """The same without anything taken off."""
        return Quote(
            tuple(line for line in self.lines if line.kind not in BENEFITS), self.listed, self.version
        )

    def with_line(self, line: QuoteLine) -> "Quote":
        """The same with one amount more."""
        return Quote((*self.lines, line), self.total + line.amount, self.version)


def overtime(service: Service, hourly: int, minutes: int) -> QuoteLine:
    """So many minutes more at a price an hour (fen), rounded down to the fen."""
    return QuoteLine("overtime", service.code, minutes, None, hourly, None, hourly * minutes // 60)


def more_of(extra: AddOn) -> QuoteLine:
    """One of an add-on, on top of what was quoted."""
    return QuoteLine("add_on", extra.code, 1, extra.unit, extra.price, None, extra.price)


def quote(
    company: "Company",
    service: Service,
    quantity: int,
    add_ons: Mapping[str, int] | None = None,
    *,
    area: Area | None = None,
    starts_at: datetime | None = None,
) -> Quote:
    """The price of a visit. Without a time no surcharges are known yet, without an area no way.

    Raises `QuantityOutOfRange`, `UnknownAddOn`, `TooManyAddOns`.
    """
    catalogue.check(service, quantity)
    extras = catalogue.chosen(company, service, add_ons or {})
    price = service.unit_price
    lines = [QuoteLine("service", service.code, quantity, service.unit, price, None, quantity * price)]
    missing = service.minimum_price - quantity * price
    if missing > 0:
        lines.append(QuoteLine("minimum", service.code, 1, None, service.minimum_price, None, missing))
    for extra, number in Counter(extras).items():
        amount = number * extra.price
        lines.append(QuoteLine("add_on", extra.code, number, extra.unit, extra.price, None, amount))
    if starts_at is not None:
        work = sum(line.amount for line in lines)
        minutes = service.minutes(quantity, extras)
        lines += _surcharges(company, service, quantity, work, starts_at, minutes)
    if area is not None and area.travel_fee:
        lines.append(QuoteLine("travel", area.code, 1, None, area.travel_fee, None, area.travel_fee))
    return Quote(tuple(lines), sum(line.amount for line in lines), company.version)


def _surcharges(
    company: "Company", service: Service, quantity: int, work: int, starts_at: datetime, minutes: int
) -> list[QuoteLine]:
    """Each on the work itself, never on one another."""
    rules = company.policies
    starts = starts_at.astimezone(company.zone)
    ends = (starts_at + timedelta(minutes=minutes)).astimezone(company.zone)
    day = starts.date()
    lines = []
    if "early_late" in service.surcharges:
        unusual = starts.time() < rules.early_before or ends.time() > rules.late_after or ends.date() > day
        if unusual and rules.early_late_percent:
            lines.append(_share("early_late", service, 1, None, work, rules.early_late_percent))
    if "spring_festival" in service.surcharges and rules.spring_festival_percent:
        away = abs((day - calendars.spring_festival(day.year)).days)
        if away <= rules.spring_festival_days:
            lines.append(_share("spring_festival", service, 1, None, work, rules.spring_festival_percent))
    if "holiday" in service.surcharges and rules.holiday_percent:
        days = _holidays_within(company, starts, max(1, service.calendar_days * quantity))
        if days and service.calendar_days:
            rate = service.unit_price // rules.paid_days_per_month
            lines.append(_share("holiday", service, days, Unit.DAY, rate, rules.holiday_percent))
        elif days:
            lines.append(_share("holiday", service, 1, None, work, rules.holiday_percent))
    return lines


def _share(
    kind: LineKind, service: Service, quantity: int, unit: Unit | None, price: int, percent: int
) -> QuoteLine:
    return QuoteLine(kind, service.code, quantity, unit, price, percent, quantity * price * percent // 100)


def _holidays_within(company: "Company", starts: datetime, days: int) -> int:
    first = starts.date()
    return sum(calendars.is_statutory(company, first + timedelta(days=n)) for n in range(days))
