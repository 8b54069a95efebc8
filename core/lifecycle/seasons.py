"""What is worth suggesting at this time of the year, for this home, after all they had from us."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core import calendars
from core.lifecycle.reading import History
from core.lifecycle.rules import Season

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
SPREAD = 12
"""Over so many days the customers of one season are spread."""
RUSH_DAYS = 7
"""So long before Spring Festival nothing is suggested any more: there is no time left to come."""


@dataclass(frozen=True, slots=True)
class Due:
    """A season that is on for a customer, and the service it suggests."""

    season: Season
    service: str
    begins: date
    """When it began this time."""


def now(company: "Company", history: History, today: date) -> Iterator[Due]:
    """What suits a customer today, in the order the company's file has it."""
    for season in company.care.seasons:
        begins = _begins(company, season, history, today)
        if begins is None or not _suits_home(season, history):
            continue
        service = _service(company, season, history, today)
        if service is not None:
            yield Due(season, service, begins)


def _begins(company: "Company", season: Season, history: History, today: date) -> date | None:
    """When the season began that is on today; None while it is not."""
    if season.after is not None:
        fact = next((one for one in history.told if one.what == season.after.value), None)
        if fact is None or fact.used_at is not None:
            return None
        told = fact.told_at.astimezone(company.zone).date()
        return told if fact.expires_at is None or today <= fact.expires_at.date() else None
    if today.month in season.months:
        before = today.replace(day=1) - DAY
        return before.replace(day=1) if before.month in season.months else today.replace(day=1)
    if season.before_spring_days:
        spring = calendars.spring_festival(today.year)
        spring = spring if today <= spring else calendars.spring_festival(today.year + 1)
        first = spring - season.before_spring_days * DAY
        return first if first <= today < spring - RUSH_DAYS * DAY else None
    return None


def _suits_home(season: Season, history: History) -> bool:
    return not season.homes or any(getattr(history.home, one) for one in season.homes)


def _service(company: "Company", season: Season, history: History, today: date) -> str | None:
    """The first service of the season that is sold; None where one of them was had lately or is ahead."""
    since = today - season.apart_days * DAY
    had = {
        one.service_code for one in history.finished if one.starts_at.astimezone(company.zone).date() > since
    }
    had |= {one.service_code for one in history.ahead}
    if had & set(season.services):
        return None
    sold = {one.code for one in company.services if not one.by_request}
    return next((code for code in season.services if code in sold), None)
