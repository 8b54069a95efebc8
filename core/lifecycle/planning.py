"""What is kindly said to a customer, and when: the care calendar, for the few days that are next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from core.lifecycle import festivals, rhythm, seasons
from core.lifecycle.reading import History
from core.lifecycle.tables import HERE, Lifecycle

if TYPE_CHECKING:
    from core.company import Company

CHECK, NEXT, RISK, WHY, LAST = "care-check", "care-next", "care-risk", "care-why", "care-last"
RETURN, FESTIVAL, SEASON, CONTRACT = "care-return", "care-festival", "care-season", "care-contract"
KINDS = frozenset({CHECK, NEXT, RISK, WHY, LAST, RETURN, FESTIVAL, SEASON})
"""The reminders whose subject is a customer's number."""
WORTH: Mapping[str, timedelta] = {
    CHECK: timedelta(hours=36),
    NEXT: timedelta(days=3),
    RISK: timedelta(days=7),
    WHY: timedelta(days=14),
    LAST: timedelta(days=14),
    RETURN: timedelta(days=7),
    FESTIVAL: timedelta(hours=20),
    SEASON: timedelta(days=3),
}
"""How long each is worth saying once it is due."""
AHEAD, DAY = timedelta(days=3), timedelta(days=1)
"""So far ahead is planned: all of it is looked at again each day."""
GREETED = time(8, 30)


@dataclass(frozen=True, slots=True)
class Care:
    """One thing that is to be said, if it is still true then."""

    kind: str
    key: str
    due_at: datetime
    payload: Mapping[str, object] = field(default_factory=dict)


def of(company: "Company", row: Lifecycle, history: History, now: datetime) -> Iterator[Care]:
    """What is due within the next days, and what was due lately and is still worth saying."""
    for care in _every(company, row, history, now):
        if care.due_at - AHEAD <= now <= care.due_at + WORTH[care.kind]:
            yield care


def _every(company: "Company", row: Lifecycle, history: History, now: datetime) -> Iterator[Care]:
    yield from after_visit(company, history)
    if row.stage in HERE:
        yield return_visit(company, row, history, now)
        yield from _festivals(company, row.customer_id, now)
        yield from _seasons(company, history, now)


def after_visit(company: "Company", history: History) -> Iterator[Care]:
    """What follows the last visit, as long as no other does."""
    rules, last = company.care, history.finished[0]
    ended, began = last.closed_at or last.ends_at, last.starts_at
    days = rhythm.occasions(company.zone, history.finished)
    if len(days) == 1:
        yield _care(CHECK, last.id, ended + timedelta(hours=rules.check_hours))
    yield _care(NEXT, last.id, began + rhythm.next_after(company, history.finished))
    yield _care(RISK, last.id, began + rhythm.silent_too_long(company, history.finished) + DAY)
    yield _care(WHY, last.id, began + (rules.dormant_days + 1) * DAY)
    yield _care(LAST, last.id, began + (rules.lost_days + 1) * DAY)


def _care(kind: str, visit_id: int | None, due_at: datetime) -> Care:
    return Care(kind, f"{kind}:{visit_id}", due_at, {"visit": visit_id})


def return_visit(company: "Company", row: Lifecycle, history: History, now: datetime) -> Care:
    """When we next ask how things are, as often as the tier has it; what was missed is not made up."""
    every = company.care.return_days[history.tier.step] * DAY
    due = (row.returned_at or history.finished[-1].starts_at) + every
    while due + WORTH[RETURN] < now:
        due += every
    day = due.astimezone(company.zone).date()
    return Care(RETURN, f"{RETURN}:{row.customer_id}:{day:%Y%m%d}", due)


def _festivals(company: "Company", customer_id: int, now: datetime) -> Iterator[Care]:
    today = now.astimezone(company.zone).date()
    for festival in company.care.festivals:
        for year in (today.year, today.year + 1):
            if (day := festivals.day_in(festival, year)) is not None:
                due = datetime.combine(day, GREETED, company.zone)
                key = f"{FESTIVAL}:{customer_id}:{festival}:{year}"
                yield Care(FESTIVAL, key, due, {"festival": festival})


def _seasons(company: "Company", history: History, now: datetime) -> Iterator[Care]:
    today = now.astimezone(company.zone).date()
    customer_id = history.customer.id or 0
    for one in seasons.now(company, history, today):
        due = datetime.combine(_own_day(one, customer_id), GREETED, company.zone)
        key = f"{SEASON}:{customer_id}:{one.season.name}:{one.begins:%Y%m}"
        payload = {"season": one.season.name, "service": one.service, "begins": one.begins.isoformat()}
        yield Care(SEASON, key, max(due, now) if due.date() < today else due, payload)
        return  # the others wait for their turn: there is at most one open suggestion


def _own_day(one: seasons.Due, customer_id: int) -> date:
    """Not everybody hears on the first day of a season; whom we meet later hears at once."""
    return one.begins + crc32(f"{customer_id}".encode()) % seasons.SPREAD * DAY
