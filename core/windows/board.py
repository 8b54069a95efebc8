"""Everybody who could attend, half hour by half hour, read from the database in one pass.

One integer a half hour, one bit a worker: whether anybody is free from two to six is eight "and"s, however
many people work here. The number of queries does not grow with workers, days or visits; each is bounded by
an index, so the past costs nothing. Zones must be whole half hours away from UTC.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import compress
from typing import TYPE_CHECKING

from sqlalchemy import Select, String, cast, exists, func, or_, text
from sqlalchemy import select as columns
from sqlmodel import Session, col

from core import areas
from core.matching import Need, Preference, PreferenceKind
from core.windows.tables import HALF_HOUR, Hold
from core.workers import Coverage, Occupied, Paper, Shift, Skill, TimeOff, Worker

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
SECONDS = 1800
LONGEST_STAY = 48
"""Half hours. A stay that began earlier than this before a day cannot reach into it."""
_DIGITS = bytes.maketrans(b"01", b"\0\1")


def half_hour(moment: datetime) -> int:
    """Which half hour since 1970 `moment` (aware) lies in."""
    return int(moment.timestamp()) // SECONDS


def half_hour_from(moment: datetime) -> int:
    """The first half hour that begins at `moment` (aware) or later."""
    return -int(-moment.timestamp() // SECONDS)


def begins_at(half_hour: int) -> datetime:
    """When a half hour begins, aware UTC."""
    return datetime.fromtimestamp(half_hour * SECONDS, UTC)


def midnight(company: "Company", day: date) -> datetime:
    """When `day` begins in the company's zone."""
    return datetime.combine(day, time(0), company.zone)


@dataclass(slots=True)
class Board:
    """Who could come when. Half hours count from `base`; the highest bit is the first of the `team`."""

    team: tuple[int, ...]
    base: int
    there: list[int]
    """For each half hour, who works then."""
    taken: list[int]
    """For each half hour, who could not be with us because of another stay or the way from or to it."""
    full: dict[date, int]
    """For each day, who may not take a visit of the needed length any more."""

    def free(self, day: date, starts: int, lasts: int, *, ever: bool = False) -> int:
        """Who is free for all `lasts` half hours from `starts`; with `ever`, if nobody else wanted them."""
        first = starts - self.base
        bits = -1 if ever else ~self.full[day]
        for at in range(first, first + lasts):
            bits &= self.there[at] if ever else self.there[at] & ~self.taken[at]
            if not bits:
                return 0
        return bits

    def names(self, bits: int) -> tuple[int, ...]:
        """The numbers of these workers, rising."""
        digits = format(bits, f"0{len(self.team)}b").encode().translate(_DIGITS)
        return tuple(compress(self.team, digits))


def read(
    session: Session,
    company: "Company",
    need: Need,
    days: Sequence[date],
    *,
    among: Collection[int] | None,
    now: datetime,
) -> Board:
    """The board of these consecutive days; only of the workers in `among`, if given.

    Expired holds and the customer's own do not count, nor does the visit that would be moved.
    """
    starts = [half_hour(midnight(company, day)) for day in (*days, days[-1] + DAY)]
    team = tuple(session.execute(_candidates(need, days[0], among)).scalars())
    bits = {str(id): 1 << place for place, id in enumerate(reversed(team))}
    size = starts[-1] - starts[0]
    board = Board(team, starts[0], [0] * size, [0] * size, dict.fromkeys(days, 0))
    if team:
        _put_shifts(session, company, board, bits, days, among)
        _take_time_off(session, board, bits, among)
        _take_papers(session, need, board, bits, days, starts)
        _take_stays(session, company, need, board, bits, days, starts, among, now)
    return board


def _candidates(need: Need, first: date, among: Collection[int] | None) -> Select[int | None]:
    """Who was trained for it, goes there, suits the customer, and has good papers on the first day."""
    me = col(Worker.id)
    query = columns(me).where(
        col(Worker.active),
        exists().where(col(Coverage.worker_id) == me, col(Coverage.area_code) == need.area),
        *(
            exists().where(col(Skill.worker_id) == me, col(Skill.code) == code)
            for code in sorted(need.service.skills)
        ),
        *(
            exists().where(
                col(Paper.worker_id) == me, col(Paper.kind) == kind, col(Paper.valid_until_day) >= first
            )
            for kind in sorted(need.service.papers)
        ),
    )
    if among is not None:
        query = query.where(me.in_(among))
    if need.home and need.home.worker_gender:
        query = query.where(col(Worker.gender) == need.home.worker_gender)
    if need.customer_id is not None:
        blocked = exists().where(
            col(Preference.customer_id) == need.customer_id,
            col(Preference.worker_id) == me,
            col(Preference.kind) == PreferenceKind.BLOCKED,
        )
        query = query.where(~blocked)
    return query.order_by(me)


def _together(ids: str, bits: dict[str, int]) -> int:
    """The bits of these workers, given as "12,7,9"; whoever is no candidate has none."""
    together = 0
    for id in ids.split(","):
        together |= bits.get(id, 0)
    return together


def _cover(slots: list[int], first: int, end: int, bits: int) -> None:
    for at in range(max(first, 0), min(end, len(slots))):
        slots[at] |= bits


def _clear(slots: list[int], first: int, end: int, bits: int) -> None:
    for at in range(max(first, 0), min(end, len(slots))):
        slots[at] &= ~bits


def _put_shifts(
    session: Session,
    company: "Company",
    board: Board,
    bits: dict[str, int],
    days: Sequence[date],
    among: Collection[int] | None,
) -> None:
    query = columns(
        col(Shift.weekday),
        col(Shift.begins),
        col(Shift.ends),
        func.aggregate_strings(cast(Shift.worker_id, String), ","),
    ).where(col(Shift.weekday).in_(sorted({day.weekday() for day in days})))
    if among is not None:
        query = query.where(col(Shift.worker_id).in_(among))
    for weekday, begins, ends, ids in session.execute(
        query.group_by(col(Shift.weekday), col(Shift.begins), col(Shift.ends))
    ):
        together = _together(ids, bits)
        for day in days if together else ():
            if day.weekday() == weekday:
                first = half_hour_from(datetime.combine(day, begins, company.zone))
                end = half_hour(datetime.combine(day, ends, company.zone))
                _cover(board.there, first - board.base, end - board.base, together)


def _take_time_off(
    session: Session, board: Board, bits: dict[str, int], among: Collection[int] | None
) -> None:
    query = columns(col(TimeOff.worker_id), col(TimeOff.begins_at), col(TimeOff.ends_at)).where(
        col(TimeOff.ends_at) > begins_at(board.base),
        col(TimeOff.begins_at) < begins_at(board.base + len(board.there)),
    )
    if among is not None:
        query = query.where(col(TimeOff.worker_id).in_(among))
    for worker_id, begins, ends in session.execute(query):
        first, end = half_hour(begins) - board.base, half_hour_from(ends) - board.base
        _clear(board.there, first, end, bits.get(str(worker_id), 0))


def _take_papers(
    session: Session,
    need: Need,
    board: Board,
    bits: dict[str, int],
    days: Sequence[date],
    starts: Sequence[int],
) -> None:
    """Whose papers run out within these days is not there after the last good one."""
    if not need.service.papers or len(days) == 1:
        return
    running_out = columns(col(Paper.worker_id), col(Paper.valid_until_day)).where(
        col(Paper.kind).in_(sorted(need.service.papers)),
        col(Paper.valid_until_day) >= days[0],
        col(Paper.valid_until_day) < days[-1],
    )
    for worker_id, last_day in session.execute(running_out):
        after = starts[(last_day - days[0]).days + 1]
        _clear(board.there, after - board.base, len(board.there), bits.get(str(worker_id), 0))


def _take_stays(
    session: Session,
    company: "Company",
    need: Need,
    board: Board,
    bits: dict[str, int],
    days: Sequence[date],
    starts: Sequence[int],
    among: Collection[int] | None,
    now: datetime,
) -> None:
    lasts_now = need.minutes * 60 // SECONDS
    rules = company.policies
    most = rules.work_minutes_per_day * 60 // SECONDS
    # A visit longer than the cap is allowed as the only one of the day.
    enough = max(1, most - lasts_now + 1)
    visits = [_levels(rules.visits_per_day) for _ in days]
    work = [_levels(enough) for _ in days]
    first, end = starts[0] - LONGEST_STAY, starts[-1] + LONGEST_STAY
    gaps: dict[tuple[str, int], tuple[int, int]] = {}
    for at, lasts, area, prepares, ids in session.execute(_stays(need, first, end, among, now)):
        together = _together(ids, bits)
        if not together:
            continue
        if (area, prepares) not in gaps:
            gaps[area, prepares] = _gaps(company, need, area, prepares)
        before, after = gaps[area, prepares]
        _cover(board.taken, at - before - board.base, at + lasts + after - board.base, together)
        day = bisect_right(starts, at) - 1
        if 0 <= day < len(days):
            _count(visits[day], together, 1)
            _count(work[day], together, lasts)
    for day, each in enumerate(days):
        board.full[each] = visits[day][-1] | work[day][-1]


def _stays(
    need: Need, first: int, end: int, among: Collection[int] | None, now: datetime
) -> Select[int, int, str, int, str]:
    """Each distinct stay and everybody who has it, in the order of the index that holds it all."""
    void = columns(col(Hold.id)).where(
        or_(col(Hold.expires_at) <= now, col(Hold.customer_id) == (need.customer_id or 0))
    )
    what = (
        col(Occupied.half_hour),
        col(Occupied.lasts),
        col(Occupied.area_code),
        col(Occupied.prepares),
    )
    query = columns(*what, func.aggregate_strings(cast(Occupied.worker_id, String), ",")).where(
        col(Occupied.half_hour).between(first, end),
        # As a literal: SQLite uses the partial index only for what it can see.
        text("lasts > 0"),
        or_(col(Occupied.hold_id).is_(None), col(Occupied.hold_id).not_in(void)),
    )
    if need.instead_of is not None:
        query = query.where(col(Occupied.visit_id).is_distinct_from(need.instead_of))
    if among is not None:
        query = query.where(col(Occupied.worker_id).in_(among))
    return query.group_by(*what)


def _gaps(company: "Company", need: Need, area: str, prepares: int) -> tuple[int, int]:
    """The free half hours needed before and after a stay there: the way, and the later one's preparation."""
    before = areas.travel_minutes(company, need.area, area) + prepares
    after = areas.travel_minutes(company, area, need.area) + need.service.preparation_minutes
    return -(-before * 60 // SECONDS), -(-after * 60 // SECONDS)


def _levels(most: int) -> list[int]:
    """A count for each worker, kept sideways: level n has the bits of those who have at least n."""
    return [-1, *[0] * most]


def _count(levels: list[int], bits: int, more: int) -> None:
    """Count `more` for these workers, up to the highest level."""
    for level in range(len(levels) - 1, 0, -1):
        levels[level] |= levels[max(level - more, 0)] & bits


def spans(periods: Iterable[tuple[datetime, datetime]]) -> list[tuple[int, int]]:
    """Opening periods as half hours (first, end), those that touch joined."""
    joined: list[tuple[int, int]] = []
    for opens, closes in periods:
        first, end = half_hour_from(opens), half_hour(closes)
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((first, end))
    return joined


def lasting(minutes: int) -> int:
    """How many half hours so many minutes take."""
    return -(-timedelta(minutes=minutes) // HALF_HOUR)
