"""What an operator types about a worker, as values; what is wrong is said, with what would be right."""

import re
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import TYPE_CHECKING

from channels.refusing import Refused

if TYPE_CHECKING:
    from core.company import Company

OTHER_PAPERS = ("insurance", "training")
"""Kinds that a company may keep though no service asks for them."""
SHIFT = re.compile(r"([1-7](?:[-,][1-7])*) +(\d\d:\d\d)-(\d\d:\d\d)")
Shift = tuple[int, time, time]
DAY, WEEK = 24 * 60, 7 * 24 * 60


def name(said: str) -> str:
    """A name that can be shown."""
    if not said.strip():
        raise Refused("a name is needed.")
    return said.strip()


def areas(company: "Company", said: Iterable[str]) -> list[str]:
    """Areas of the company by code, in whatever case."""
    known = {area.code for area in company.areas}
    return [_known(one.strip().upper(), known, "area") for one in said]


def skills(company: "Company", said: Iterable[str]) -> dict[str, int]:
    """`CODE` or `CODE:LEVEL`, of what the company's services ask for."""
    known = {skill for service in company.services for skill in service.skills}
    found: dict[str, int] = {}
    for one in said:
        code, _, level = one.partition(":")
        if level and not (level.isascii() and level.isdecimal() and 1 <= int(level) <= 9):
            raise Refused(f"{one}: a level is a number from 1 to 9.")
        found[_known(code.strip(), known, "skill")] = int(level or 1)
    return found


def papers(company: "Company", said: Iterable[str]) -> dict[str, date]:
    """`KIND:YYYY-MM-DD`, of what the company's services ask for and OTHER_PAPERS."""
    known = {paper for service in company.services for paper in service.papers} | {*OTHER_PAPERS}
    found: dict[str, date] = {}
    for one in said:
        kind, _, day = one.partition(":")
        try:
            found[_known(kind.strip(), known, "paper")] = date.fromisoformat(day.strip())
        except ValueError:
            raise Refused(f"{one}: a paper is given as KIND:YYYY-MM-DD, its last good day.") from None
    return found


def shifts(said: Iterable[str], *, overnight: bool = False) -> list[Shift]:
    """`1-5 08:00-18:00` (Monday is 1; `1,3,5` and `6` do too) as weekday (Monday is 0), begin and end.

    Where they may go on `overnight`, hours that end before they begin end on the next day.
    """
    found: list[Shift] = []
    for one in said:
        begins, ends = _hours(one, overnight=overnight)
        for day in _weekdays(one):
            if any(_overlap((day, begins, ends), other) for other in found):
                raise Refused(f"{one}: on day {day + 1} this overlaps with other hours.")
            found.append((day, begins, ends))
    return found


def _overlap(one: Shift, other: Shift) -> bool:
    """Whether two shifts have a minute in common, in whichever week."""
    (since, till), (from_, until) = _minutes(one), _minutes(other)
    return any(since < until + week and from_ + week < till for week in (-WEEK, 0, WEEK))


def _minutes(shift: Shift) -> tuple[int, int]:
    """The minutes of the week from which until when it lasts, perhaps into the next week."""
    day, begins, ends = shift
    since, till = (day * DAY + at.hour * 60 + at.minute for at in (begins, ends))
    return since, till if ends > begins else till + DAY


def _hours(said: str, *, overnight: bool) -> tuple[time, time]:
    match = SHIFT.fullmatch(said.strip())
    try:
        begins, ends = (time.fromisoformat(match[place]) for place in (2, 3)) if match else (time(), time())
    except ValueError:
        begins = ends = time()
    if begins == ends or (begins > ends and not overnight):
        raise Refused(f'{said}: hours are given as "1-5 08:00-18:00", Monday being 1.')
    return begins, ends


def _weekdays(said: str) -> list[int]:
    days: set[int] = set()
    for part in said.split()[0].split(","):
        first, _, last = part.partition("-")
        if last and last < first:
            raise Refused(f"{said}: days are given from the earlier to the later, Monday being 1.")
        days |= {day - 1 for day in range(int(first), int(last or first) + 1)}
    return sorted(days)


def _known(said: str, known: Collection[str], what: str) -> str:
    if said not in known:
        raise Refused(f"{said} is no {what} of this company; there are {', '.join(sorted(known))}.")
    return said
