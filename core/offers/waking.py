"""When workers are asked: not in their hours of rest, which do not count for the answer either."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)


def telling_at(company: "Company", starts_at: datetime, now: datetime) -> datetime:
    """When a worker hears of something about a visit that begins at `starts_at`: now, or in the morning.

    What begins so early that the morning would be too late is told at once.
    """
    morning = _morning(company, now)
    urgent = datetime.combine(morning.date(), company.policies.offers_urgent_before, company.zone)
    return now if morning <= now or starts_at < urgent else morning


def answer_by(company: "Company", told_at: datetime, starts_at: datetime) -> datetime:
    """Until when an offer told at `told_at` stands: minutes of rest do not count; never past the visit."""
    left = timedelta(minutes=company.policies.offer_minutes)
    at = _morning(company, told_at)
    while (evening := _on(at, company.policies.offers_until, company)) - at < left:
        left -= evening - at
        at = _on(at + DAY, company.policies.offers_from, company)
    return min(at + left, max(starts_at, told_at))


def _morning(company: "Company", now: datetime) -> datetime:
    """`now` if workers are awake, else when they next are; in the company's zone."""
    local = now.astimezone(company.zone)
    begins = _on(local, company.policies.offers_from, company)
    if local < begins:
        return begins
    return local if local < _on(local, company.policies.offers_until, company) else begins + DAY


def _on(day: datetime, at: time, company: "Company") -> datetime:
    return datetime.combine(day.astimezone(company.zone).date(), at, company.zone)
