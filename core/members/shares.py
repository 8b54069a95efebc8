"""What benefits take off the revenue: by month, by service, and by tier."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select as columns
from sqlalchemy import text
from sqlmodel import Session, col

from core.members.tables import Membership, Tier
from core.quotes import Quote
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company

MONTH, SERVICE, TIER = "month", "service", "tier"
GROUPS = (MONTH, SERVICE, TIER)
AT_ONCE = 1_000


@dataclass(slots=True)
class Share:
    """Visits, and money in fen: their price by the list, and what was taken off it."""

    visits: int = 0
    listed: int = 0
    tier: int = 0
    coupon: int = 0
    points: int = 0
    ahead: int = 0
    """Paid ahead by packages: no discount, and no money either."""

    @property
    def off(self) -> int:
        """Everything that was taken off."""
        return self.tier + self.coupon + self.points

    @property
    def percent(self) -> float:
        """How much of the price by the list that is, in percent."""
        return 100 * self.off / self.listed if self.listed else 0.0

    def add(self, quote: Quote) -> None:
        """One visit more."""
        self.visits += 1
        self.listed += quote.listed
        for line in quote.benefits:
            kind = "ahead" if line.kind == "package" else line.kind
            setattr(self, kind, getattr(self, kind) - line.amount)


def of_months(
    session: Session, company: "Company", months: int, now: datetime
) -> dict[str, dict[str, Share]]:
    """The shares of the visits finished in this month and those before it, `months` (above 0) in all.

    By `month` (2026-11), `service` (its code) and `tier`: that of the price, else the customer's now, `none`
    for whoever is no member. Reads every visit of the time.
    """
    found: dict[str, dict[str, Share]] = {group: {} for group in GROUPS}
    for closed_at, service, tier, quote in _finished(session, _since(company, months, now)):
        lines = [line.code for line in quote.benefits if line.kind == "tier"]
        month = f"{closed_at.astimezone(company.zone):%Y-%m}"
        then = lines[0] if lines else tier.value if tier else "none"
        for group, name in zip(GROUPS, (month, service, then), strict=True):
            found[group].setdefault(name, Share()).add(quote)
    return {group: dict(sorted(names.items())) for group, names in found.items()}


def _since(company: "Company", months: int, now: datetime) -> datetime:
    today = now.astimezone(company.zone).date()
    years, month = divmod(today.year * 12 + today.month - months, 12)
    return datetime.combine(today.replace(year=years, month=month + 1, day=1), time(), company.zone)


def _finished(session: Session, since: datetime) -> Iterator[tuple[datetime, str, Tier | None, Quote]]:
    query = (
        columns(col(Visit.closed_at), col(Visit.service_code), col(Membership.tier), col(Visit.quote))
        .outerjoin(Membership, col(Membership.customer_id) == col(Visit.customer_id))
        .where(text("status = 'finished'"), col(Visit.closed_at) >= since)  # the literal: as the index has it
        .execution_options(yield_per=AT_ONCE)
    )
    for closed_at, service, tier, quote in session.execute(query):
        if quote.get("lines"):
            yield closed_at, service, tier, Quote.from_json(quote)
