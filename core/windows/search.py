"""Which windows are free, which are nearest to a wish, and why there are none."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import calendars
from core.matching import Need
from core.windows import board as boards
from core.windows.board import Board
from core.windows.tables import Obstacle, Window

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
LOOK_AROUND = ((1, 3), (3, 14))
"""How many days before and after a wish the nearest windows are looked for, first and then."""


def free(
    session: Session, company: "Company", need: Need, first: date, last: date, *, now: datetime
) -> dict[date, list[Window]]:
    """The windows that can be had on each day from `first` to `last`, both included, in order of time.

    Every day asked for is in the answer, with no windows when it is past, closed, beyond the horizon or
    full. A window has at least `need.crew` workers who are all free for its whole length.
    """
    return among(session, company, need, first, last, workers=None, now=now)


def among(
    session: Session,
    company: "Company",
    need: Need,
    first: date,
    last: date,
    *,
    workers: Collection[int] | None,
    now: datetime,
) -> dict[date, list[Window]]:
    """As `free`, but with nobody except these workers."""
    found: dict[date, list[Window]] = {first + n * DAY: [] for n in range((last - first).days + 1)}
    starts = {day: _starts(company, need, day, now) for day in found}
    days = [day for day, times in starts.items() if times]
    if not days:
        return found
    whole = [day for day in found if days[0] <= day <= days[-1]]
    board = boards.read(session, company, need, whole, among=workers, now=now)
    lasts = boards.lasting(need.minutes)
    for day in days if len(board.team) >= need.crew else ():
        found[day] = _windows(board, need, day, starts[day], lasts)
    return found


def _windows(board: Board, need: Need, day: date, starts: Iterable[int], lasts: int) -> list[Window]:
    names: dict[int, tuple[int, ...]] = {}
    windows = []
    for at in starts:
        bits = board.free(day, at, lasts)
        if bits.bit_count() < need.crew:
            continue
        if bits not in names:
            names[bits] = board.names(bits)
        windows.append(Window(boards.begins_at(at), boards.begins_at(at + lasts), names[bits]))
    return windows


def _starts(company: "Company", need: Need, day: date, now: datetime) -> list[int]:
    """The half hours of a day in which a visit could begin as far as the company's rules go."""
    today = now.astimezone(company.zone).date()
    if need.service.by_request or not today <= day <= today + company.policies.horizon_days * DAY:
        return []
    earliest = boards.half_hour_from(need.service.notice.earliest(now, company.zone))
    return [at for at in _openings(company, need, day) if at >= earliest]


def _openings(company: "Company", need: Need, day: date) -> list[int]:
    """The half hours in which a visit could begin and still end within the hours for visits."""
    lasts = boards.lasting(need.minutes)
    return [
        at
        for first, end in boards.spans(calendars.periods(company, day))
        for at in range(first, end - lasts + 1)
    ]


def nearest(windows: Iterable[Window], wanted: datetime, count: int = 3) -> list[Window]:
    """The windows that begin nearest to `wanted`, nearest first; of two equally near ones the earlier."""
    return sorted(windows, key=lambda window: (abs(window.starts_at - wanted), window.starts_at))[:count]


def around(
    session: Session,
    company: "Company",
    need: Need,
    wanted: datetime,
    *,
    workers: Collection[int] | None = None,
    now: datetime,
) -> list[Window]:
    """The three free windows nearest to `wanted` within two weeks, with these workers if any are named.

    Fewer when there are no more.
    """
    day = wanted.astimezone(company.zone).date()
    found: list[Window] = []
    for before, after in LOOK_AROUND:
        first, last = day - before * DAY, day + after * DAY
        days = among(session, company, need, first, last, workers=workers, now=now)
        found = nearest((window for each in days.values() for window in each), wanted)
        if len(found) == 3:
            break
    return found


def why_not(session: Session, company: "Company", need: Need, day: date, now: datetime) -> Obstacle | None:
    """Why nothing is free on `day`; None when something is.

    "by-request": not sold by window at all. "past", "horizon": too early or late a day. "closed": the
    company, or not open for that long. "notice": too soon from now. "nobody": none of ours does this there
    on that day. "full": they all have other visits.
    """
    today = now.astimezone(company.zone).date()
    if need.service.by_request:
        return "by-request"
    if day < today:
        return "past"
    if day > today + company.policies.horizon_days * DAY:
        return "horizon"
    if not _openings(company, need, day):
        return "closed"
    starts = _starts(company, need, day, now)
    if not starts:
        return "notice"
    board = boards.read(session, company, need, [day], among=None, now=now)
    lasts = boards.lasting(need.minutes)
    if any(board.free(day, at, lasts).bit_count() >= need.crew for at in starts):
        return None
    ever = any(board.free(day, at, lasts, ever=True).bit_count() >= need.crew for at in starts)
    return "full" if ever else "nobody"
