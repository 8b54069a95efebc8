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
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Result,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    or_,
    text,
)
from sqlalchemy import select as columns
from sqlmodel import Session, col

from core import areas, coaching
from core.matching import Need, Preference, PreferenceKind
from core.windows.tables import HALF_HOUR, Hold
from core.workers import Coverage, Occupied, Paper, Shift, Skill, TimeOff, Worker

if TYPE_CHECKING:
    from core.company import Company

Question = Select[*tuple[Any, ...]]
Column = Any  # Any: a column as SQLModel's classes have it
DAY = timedelta(days=1)
SECONDS = 1800
NOBODY = -1
"""A number that no customer and no visit has."""
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


_me = col(Worker.id)
_few: BindParameter[Any] = bindparam("few", expanding=True)


def _for_all_and_for_few(query: Question, worker: Column) -> tuple[Question, Question]:
    """The same question twice: about everybody, and about those in `few`."""
    return query, query.where(worker.in_(_few))


def _ids(worker: Column) -> ColumnElement[str]:
    """Everybody of a group, as "12,7,9": one row is much cheaper than many."""
    return func.aggregate_strings(cast(worker, String), ",")


def _has_all(
    table: type[Skill | Paper], code: Column, codes: str, count: str, *more: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether the worker has so many rows as there are `codes`: one statement for any number of them."""
    had = columns(func.count()).select_from(table).where(col(table.worker_id) == _me, *more)
    return had.where(code.in_(bindparam(codes, expanding=True))).scalar_subquery() == bindparam(count)


_first = bindparam("first", type_=Date())
_gender = bindparam("gender", type_=String())
_CANDIDATES = _for_all_and_for_few(
    columns(_me)
    .where(
        col(Worker.active),
        exists().where(col(Coverage.worker_id) == _me, col(Coverage.area_code) == bindparam("area")),
        _has_all(Skill, col(Skill.code), "skills", "skilled"),
        _has_all(Paper, col(Paper.kind), "papers", "papered", col(Paper.valid_until_day) >= _first),
        or_(_gender.is_(None), cast(Worker.gender, String) == _gender),
        ~exists().where(
            col(Preference.customer_id) == bindparam("customer"),
            col(Preference.worker_id) == _me,
            col(Preference.kind) == PreferenceKind.BLOCKED,
        ),
        _me.not_in(coaching.held_back(bindparam("customer"))),
    )
    .order_by(_me),
    _me,
)
_SHIFTS = _for_all_and_for_few(
    columns(col(Shift.weekday), col(Shift.begins), col(Shift.ends), _ids(col(Shift.worker_id)))
    .where(col(Shift.weekday).in_(bindparam("weekdays", expanding=True)))
    .group_by(col(Shift.weekday), col(Shift.begins), col(Shift.ends)),
    col(Shift.worker_id),
)
_TIME_OFF = _for_all_and_for_few(
    columns(col(TimeOff.worker_id), col(TimeOff.begins_at), col(TimeOff.ends_at)).where(
        col(TimeOff.ends_at) > bindparam("since"), col(TimeOff.begins_at) < bindparam("until")
    ),
    col(TimeOff.worker_id),
)
_RUNNING_OUT = columns(col(Paper.worker_id), col(Paper.valid_until_day)).where(
    col(Paper.kind).in_(bindparam("papers", expanding=True)),
    col(Paper.valid_until_day) >= _first,
    col(Paper.valid_until_day) < bindparam("last", type_=Date()),
)
_what = (col(Occupied.half_hour), col(Occupied.lasts), col(Occupied.area_code), col(Occupied.prepares))
_void = columns(col(Hold.id)).where(
    or_(col(Hold.expires_at) <= bindparam("now"), col(Hold.customer_id) == bindparam("customer"))
)
# Each distinct stay and everybody who has it, in the order of the index that holds it all.
_STAYS = _for_all_and_for_few(
    columns(*_what, _ids(col(Occupied.worker_id)))
    .where(
        col(Occupied.half_hour).between(bindparam("first"), bindparam("last")),
        # As a literal: SQLite uses the partial index only for what it can see.
        text("lasts > 0"),
        or_(col(Occupied.hold_id).is_(None), col(Occupied.hold_id).not_in(_void)),
        col(Occupied.visit_id).is_distinct_from(bindparam("instead_of")),
    )
    .group_by(*_what),
    col(Occupied.worker_id),
)


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
    team = _candidates(session, need, days[0], among)
    bits = {str(id): 1 << place for place, id in enumerate(reversed(team))}
    size = starts[-1] - starts[0]
    board = Board(team, starts[0], [0] * size, [0] * size, dict.fromkeys(days, 0))
    if team:
        _put_shifts(session, company, board, bits, days, among)
        _take_time_off(session, board, bits, among)
        _take_papers(session, need, board, bits, days, starts)
        _take_stays(session, company, need, board, bits, days, starts, among, now)
    return board


def _candidates(session: Session, need: Need, first: date, among: Collection[int] | None) -> tuple[int, ...]:
    """Who was trained for it, goes there, suits the customer, and has good papers on the first day."""
    values = {
        "area": need.area,
        "skills": sorted(need.service.skills),
        "skilled": len(need.service.skills),
        "papers": sorted(need.service.papers),
        "papered": len(need.service.papers),
        "first": first,
        "gender": need.home.worker_gender if need.home else None,
        "customer": need.customer_id or NOBODY,
    }
    return tuple(session.connection().execute(_ask(_CANDIDATES, among), _among(values, among)).scalars())


def _ask(question: tuple[Question, Question], among: Collection[int] | None) -> Question:
    """The statement for everybody, or the one for a few."""
    return question[among is not None]


def _among(values: dict[str, Any], among: Collection[int] | None) -> dict[str, Any]:
    return values if among is None else {**values, "few": sorted(among)}


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
    values = _among({"weekdays": sorted({day.weekday() for day in days})}, among)
    same: dict[str, int] = {}
    """Who works together on one day mostly does so on others."""
    for weekday, begins, ends, ids in session.connection().execute(_ask(_SHIFTS, among), values):
        if ids not in same:
            same[ids] = _together(ids, bits)
        for day in days if same[ids] else ():
            if day.weekday() == weekday:
                first = half_hour_from(datetime.combine(day, begins, company.zone))
                end = half_hour(datetime.combine(day, ends, company.zone))
                _cover(board.there, first - board.base, end - board.base, same[ids])


def _take_time_off(
    session: Session, board: Board, bits: dict[str, int], among: Collection[int] | None
) -> None:
    values = {"since": begins_at(board.base), "until": begins_at(board.base + len(board.there))}
    for worker_id, begins, ends in session.connection().execute(
        _ask(_TIME_OFF, among), _among(values, among)
    ):
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
    values = {"papers": sorted(need.service.papers), "first": days[0], "last": days[-1]}
    for worker_id, last_day in session.connection().execute(_RUNNING_OUT, values):
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
    gaps: dict[tuple[str, int], tuple[int, int]] = {}
    for at, lasts, area, prepares, ids in _stays(session, need, starts, among, now):
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
    session: Session, need: Need, starts: Sequence[int], among: Collection[int] | None, now: datetime
) -> Result[*tuple[Any, ...]]:
    """Each distinct stay of these days, and everybody who has it."""
    values = {
        "first": starts[0] - LONGEST_STAY,
        "last": starts[-1] + LONGEST_STAY,
        "now": now,
        "customer": need.customer_id or NOBODY,
        "instead_of": NOBODY if need.instead_of is None else need.instead_of,
    }
    return session.connection().execute(_ask(_STAYS, among), _among(values, among))


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
