"""Which windows are free, which are nearest to a wish, and why there are none."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import calendars, peaks
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
    starts = _starts(company, need, found, now)
    board = _board(session, company, need, list(starts), workers, now)
    lasts = boards.lasting(need.minutes)
    if board is not None:
        if workers is None:
            starts = _open_to(session, company, need, board, starts, now)
        found |= {day: _windows(board, need, day, times, lasts) for day, times in starts.items()}
    return found


def free_at(
    session: Session, company: "Company", need: Need, starts_at: datetime, *, now: datetime
) -> tuple[int, ...]:
    """Who is free for the whole of a visit that begins exactly then (their numbers, rising).

    For a visit that is sold already: neither notice nor opening hours are asked for.
    """
    day = starts_at.astimezone(company.zone).date()
    board = boards.read(session, company, need, [day], among=None, now=now)
    return board.names(board.free(day, boards.half_hour(starts_at), boards.lasting(need.minutes)))


def open_days(
    session: Session, company: "Company", need: Need, first: date, last: date, *, now: datetime
) -> list[date]:
    """The days from `first` to `last`, both included, on which at least one window can be had, in order."""
    starts = _starts(company, need, (first + n * DAY for n in range((last - first).days + 1)), now)
    board = _board(session, company, need, list(starts), None, now)
    lasts = boards.lasting(need.minutes)
    if board is not None:
        starts = _open_to(session, company, need, board, starts, now)
    return [day for day, times in starts.items() if board and _has_any(board, need, day, times, lasts)]


def season(
    session: Session, company: "Company", need: Need, day: date, now: datetime
) -> tuple[peaks.Verdict, tuple[int, ...]]:
    """Whether a day is open to the need's customer, and everybody who suits the need on a limited one."""
    if not peaks.is_limited(company, day):
        return "open", ()
    board = boards.read(session, company, need, [day], among=None, now=now)
    return _verdict(session, company, need, board, day, now), board.team


def _open_to(
    session: Session,
    company: "Company",
    need: Need,
    board: Board,
    starts: dict[date, list[int]],
    now: datetime,
) -> dict[date, list[int]]:
    """Without the limited days that are not open to the customer; other days cost nothing."""
    return {
        day: times
        for day, times in starts.items()
        if not peaks.is_limited(company, day) or _verdict(session, company, need, board, day, now) == "open"
    }


def _verdict(
    session: Session, company: "Company", need: Need, board: Board, day: date, now: datetime
) -> peaks.Verdict:
    wanted = boards.lasting(need.minutes) * need.crew
    moved = need.instead_of
    return peaks.allows(session, company, board, day, need.customer_id, wanted, now, besides=moved)


def _board(
    session: Session,
    company: "Company",
    need: Need,
    days: Sequence[date],
    workers: Collection[int] | None,
    now: datetime,
) -> Board | None:
    """Who could come from the first of these days to the last; None when a crew never comes together."""
    if not days:
        return None
    whole = [days[0] + n * DAY for n in range((days[-1] - days[0]).days + 1)]
    board = boards.read(session, company, need, whole, among=workers, now=now)
    return board if len(board.team) >= need.crew else None


def _has_any(board: Board, need: Need, day: date, starts: Iterable[int], lasts: int) -> bool:
    return any(board.free(day, at, lasts).bit_count() >= need.crew for at in starts)


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


def _starts(company: "Company", need: Need, days: Iterable[date], now: datetime) -> dict[date, list[int]]:
    """The half hours in which a visit could begin as far as the company's rules go, of the days with any."""
    today = now.astimezone(company.zone).date()
    horizon = today + company.policies.horizon_days * DAY
    earliest = need.service.notice.earliest(now, company.zone)
    first, since = earliest.date(), boards.half_hour_from(earliest)
    found: dict[date, list[int]] = {}
    for day in days if not need.service.by_request else ():
        if first <= day <= horizon and (
            starts := [at for at in _openings(company, need, day) if at >= since]
        ):
            found[day] = starts
    return found


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
    on that day. "full": they all have other visits. In the busy season, "early": not open to the customer
    yet, "share": what is open to them now is taken. "member-day": as much of it is sold as is sold of those.
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
    starts = _starts(company, need, [day], now).get(day)
    if starts is None:
        return "notice"
    board = boards.read(session, company, need, [day], among=None, now=now)
    lasts = boards.lasting(need.minutes)
    if peaks.is_limited(company, day):
        verdict = _verdict(session, company, need, board, day, now)
        if verdict != "open":
            return verdict
    if _has_any(board, need, day, starts, lasts):
        return None
    ever = any(board.free(day, at, lasts, ever=True).bit_count() >= need.crew for at in starts)
    return "full" if ever else "nobody"
