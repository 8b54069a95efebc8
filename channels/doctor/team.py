"""Whether somebody can be sent for everything that is sold, on every day that it is sold for."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from channels.doctor.findings import Finding, listed, ok, warning
from core import calendars
from core.company import Company
from core.workers import Coverage, Paper, Skill, Worker

DAY = timedelta(days=1)
PAPERS_AHEAD = timedelta(days=30)
HOLIDAYS_AHEAD = timedelta(days=120)


def holidays(business: Company, now: datetime) -> Iterator[Finding]:
    """Which weekends are worked in exchange for holidays is announced only late in the year before."""
    today = now.astimezone(business.zone).date()
    years = range(today.year, (today + HOLIDAYS_AHEAD).year + 1)
    usual = any(_swaps(business, former) for former in range(today.year - 1, today.year - 21, -1))
    unknown = [year for year in years if usual and not _swaps(business, year)]
    if unknown:
        yield warning(
            "public holidays",
            f"the working weekends of {', '.join(str(year) for year in unknown)} are not known",
            "Update the package `holidays` once they are announced; plan those weekends by hand until then.",
        )
    else:
        yield ok("public holidays", f"known until the end of {years[-1]}, working weekends included")


def _swaps(business: Company, year: int) -> bool:
    """Whether any weekend day of the year is known to be a working day."""
    days = (date(year, 1, 1) + n * DAY for n in range(366))
    return any(day.weekday() >= 5 and calendars.is_workday(business, day) for day in days)


def cover(session: Session, business: Company, now: datetime) -> Iterator[Finding]:
    """Whether somebody can be sent for everything that is sold, everywhere it is sold."""
    today = now.astimezone(business.zone).date()
    able = _able(session, today)
    gaps = 0
    for service in business.services:
        team = [one for one in able if service.skills <= one.skills and service.papers <= one.papers]
        if not team:
            gaps += 1
            yield warning(
                "workers",
                f"nobody can do {service.code}: it takes {listed(service.skills | service.papers)}",
                "Hire or train somebody, or take the service out of the company file.",
            )
        elif not service.by_request:
            missing = [
                area.code
                for area in business.areas
                if sum(area.code in one.areas for one in team) < service.crew
            ]
            if missing:
                gaps += 1
                yield warning(
                    "workers",
                    f"too few for {service.code} (a crew of {service.crew}) in {listed(missing)}",
                    "Let more workers go there; until then customers there find no time.",
                )
    if not gaps:
        yield ok("workers", f"{len(able)} of them cover every service in every area")


@dataclass(frozen=True, slots=True)
class _Able:
    """What a worker may do today, and where."""

    skills: frozenset[str]
    papers: frozenset[str]
    areas: frozenset[str]


def _able(session: Session, today: date) -> list[_Able]:
    skills, papers, areas = (defaultdict[int, set[str]](set) for _ in range(3))
    for skill in session.exec(select(Skill)):
        skills[skill.worker_id].add(skill.code)
    for paper in session.exec(select(Paper).where(col(Paper.valid_until_day) >= today)):
        papers[paper.worker_id].add(paper.kind)
    for coverage in session.exec(select(Coverage)):
        areas[coverage.worker_id].add(coverage.area_code)
    active = session.exec(select(Worker.id).where(col(Worker.active)))
    return [
        _Able(frozenset(skills[id]), frozenset(papers[id]), frozenset(areas[id]))
        for id in active
        if id is not None
    ]


def papers(session: Session, business: Company, now: datetime) -> Finding:
    """Whose papers have ended or will soon."""
    today = now.astimezone(business.zone).date()
    ending = session.exec(
        select(col(Worker.name), col(Paper.kind), col(Paper.valid_until_day))
        .join(Paper, col(Paper.worker_id) == col(Worker.id))
        .where(col(Worker.active), col(Paper.valid_until_day) <= today + PAPERS_AHEAD)
        .order_by(col(Paper.valid_until_day), col(Worker.id))
    ).all()
    if not ending:
        return ok("papers", f"all good for {PAPERS_AHEAD.days} days")
    lines = [f"{name}: {kind} {'ended' if day < today else 'ends'} {day}" for name, kind, day in ending]
    return warning("papers", listed(lines), "Have them renewed; without them these workers are not sent.")
