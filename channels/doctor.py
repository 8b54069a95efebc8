"""Looks at everything a running company depends on, and says what is wrong and what to do about it."""

import contextlib
import json
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, func, or_, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from channels.console import Console
from channels.web.channel import WebChannel
from core import calendars, clock, company, migrate, reminders, settings
from core.company import Company, CompanyFileInvalid
from core.correspondence import Message
from core.correspondence.tables import MESSAGE, unsent
from core.database import connect
from core.reminders import Reminder
from core.settings import Settings, SettingsInvalid
from core.windows import Hold
from core.workers import Coverage, Paper, Skill, Worker

LEAST_PYTHON = (3, 11)
LEAST_SPACE = 200 * 1024 * 1024
TIGHT_SPACE = 1024 * 1024 * 1024
DAY, WEEK = timedelta(days=1), timedelta(days=7)
PAPERS_AHEAD = timedelta(days=30)
HOLIDAYS_AHEAD = timedelta(days=120)
PATIENCE = timedelta(minutes=10)
"""What is late by this much was forgotten, not just about to be done."""
NOT_RUNNING = "Is `menling serve` running? If it is, its log says why."


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """Somebody should look at it soon."""
    PROBLEM = "problem"
    """Something does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do; `advice` is empty when all is well."""

    what: str
    level: Level
    found: str
    advice: str = ""


def ok(what: str, found: str) -> Finding:
    """All is well."""
    return Finding(what, Level.OK, found)


def warning(what: str, found: str, advice: str) -> Finding:
    """It works, but not for long or not for everybody."""
    return Finding(what, Level.WARNING, found, advice)


def problem(what: str, found: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(what, Level.PROBLEM, found, advice)


def examine(load: Callable[[], Settings] = settings.load) -> list[Finding]:
    """Look at everything that can be looked at; what depends on something broken is left out."""
    findings = [_python()]
    try:
        chosen = load()
    except SettingsInvalid as wrong:
        return [*findings, problem("settings", str(wrong), "Correct them in the environment or in .env.")]
    findings.append(ok("settings", "every MENLING_ setting is understood"))
    findings += [_secret_key(chosen), *_folder(chosen.data_dir)]
    try:
        business = company.load(chosen.company_file)
    except CompanyFileInvalid as wrong:
        return [*findings, problem("company file", str(wrong), "Correct the file."), *_database(chosen, None)]
    findings.append(ok("company file", f"{len(business.services)} services in {len(business.areas)} areas"))
    return [*findings, *_holidays(business, clock.now()), *_database(chosen, business)]


def as_text(findings: Sequence[Finding]) -> str:
    """For people: one line each, and what to do below those that need it."""
    marks = {Level.OK: "ok      ", Level.WARNING: "warning ", Level.PROBLEM: "PROBLEM "}
    lines = []
    for finding in findings:
        lines.append(f"{marks[finding.level]} {finding.what}: {finding.found}")
        if finding.advice:
            lines.append(f"          → {finding.advice}")
    bad = sum(finding.level is not Level.OK for finding in findings)
    return "\n".join([*lines, "", "All is well." if not bad else f"{bad} of {len(findings)} need attention."])


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: a list of objects with what, level, found and advice."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < LEAST_PYTHON:
        return problem("Python", version, "Install Python 3.11 or newer.")
    return ok("Python", version)


def _secret_key(chosen: Settings) -> Finding:
    if chosen.given_secret_key:
        return ok("secret key", "set by MENLING_SECRET_KEY")
    file = chosen.data_dir / "secret.key"
    if not file.exists():
        return ok("secret key", f"not made yet; `menling serve` makes {file}")
    try:
        chosen.secret_key  # noqa: B018 - reading it is what checks it
    except SettingsInvalid as wrong:
        return problem("secret key", str(wrong), "Correct it: without it nobody can be recognised.")
    if file.stat().st_mode & 0o077:
        return warning("secret key", f"others on this machine can read {file}", f"Run `chmod 600 {file}`.")
    return ok("secret key", f"kept in {file}")


def _folder(folder: Path) -> Iterator[Finding]:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as failed:
        yield problem(
            "data folder", f"{folder} cannot be written to: {failed.strerror}", "Give the program the right."
        )
        return
    free = shutil.disk_usage(existing).free
    left = f"{folder}, {free // (1024 * 1024):,} MiB free"
    if free < LEAST_SPACE:
        yield problem("data folder", left, "Make room now: a full disk stops every conversation.")
    elif free < TIGHT_SPACE:
        yield warning("data folder", left, "Make room soon.")
    else:
        yield ok("data folder", left)


def _holidays(business: Company, now: datetime) -> Iterator[Finding]:
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


def _database(chosen: Settings, business: Company | None) -> Iterator[Finding]:
    url = make_url(chosen.database_url)
    where = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        yield warning(
            "database", f"{where} is not there yet", "`menling serve` or `menling migrate` makes it."
        )
        return
    engine = connect(chosen.database_url)
    try:
        yield from _tables(engine, where, business)
    except SQLAlchemyError as failed:
        reason = str(getattr(failed, "orig", None) or failed).strip().splitlines()[0]
        yield problem("database", f"{where}: {reason}", "Start it, or correct MENLING_DATABASE_URL.")
        return
    finally:
        engine.dispose()


def _tables(engine: Engine, where: str, business: Company | None) -> Iterator[Finding]:
    with Session(engine) as session:
        session.execute(text("SELECT 1"))
        yield ok("database", f"{where} answers")
    if engine.dialect.name == "sqlite":
        yield _integrity(engine)
    if not migrate.is_current(engine):
        yield problem("tables", "not those of this version", "Make a backup, then run `menling migrate`.")
        return
    yield ok("tables", "those of this version")
    now = clock.now()
    with Session(engine) as session:
        if business:
            yield from _cover(session, business, now)
            yield _papers(session, business, now)
        yield from (
            _reminders(session, now),
            _outbox(session, now),
            _set_aside(session, now),
            _holds(session, now),
        )


def _integrity(engine: Engine) -> Finding:
    """Read the whole file, which takes a while: outside a transaction, so that no turn waits for it."""
    with contextlib.closing(engine.raw_connection()) as connection:
        try:
            faults = [str(row[0]) for row in connection.cursor().execute("PRAGMA quick_check(5)")]
        except sqlite3.DatabaseError as failed:
            faults = [str(failed)]
    if faults == ["ok"]:
        return ok("database file", "in one piece")
    return problem("database file", "; ".join(faults), "Stop the program and put the last backup back.")


def _cover(session: Session, business: Company, now: datetime) -> Iterator[Finding]:
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
                f"nobody can do {service.code}: it takes {_listed(service.skills | service.papers)}",
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
                    f"too few for {service.code} (a crew of {service.crew}) in {_listed(missing)}",
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


def _papers(session: Session, business: Company, now: datetime) -> Finding:
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
    return warning("papers", _listed(lines), "Have them renewed; without them these workers are not sent.")


def _reminders(session: Session, now: datetime) -> Finding:
    late = session.exec(
        select(func.count())
        .select_from(Reminder)
        .where(Reminder.status == reminders.Status.WAITING, col(Reminder.due_at) < now - PATIENCE)
    ).one()
    if late:
        return warning("reminders", f"{late} overdue", NOT_RUNNING)
    return ok("reminders", "none overdue")


def _outbox(session: Session, now: datetime) -> Finding:
    pushed = col(Message.channel).not_in([Console.name, WebChannel.name])
    waiting = unsent(MESSAGE)
    late = session.exec(
        select(func.count())
        .select_from(Message)
        .where(waiting, pushed, col(Message.created_at) < now - PATIENCE)
        .where(or_(col(Message.expires_at).is_(None), col(Message.expires_at) > now))
    ).one()
    if not late:
        return ok("outbox", "nothing waits")
    why = session.exec(
        select(Message.failure)
        .where(waiting, pushed, col(Message.failure).is_not(None))
        .order_by(col(Message.id).desc())
    ).first()
    return warning("outbox", f"{late} unsent" + (f"; the last failure: {why}" if why else ""), NOT_RUNNING)


def _set_aside(session: Session, now: datetime) -> Finding:
    recent = session.exec(
        select(func.count())
        .select_from(Message)
        .where(text("status = 'set_aside'"), col(Message.created_at) > now - WEEK)  # as its index says
    ).one()
    if recent:
        return warning(
            "messages set aside",
            f"{recent} in the last week could not be answered",
            "Answer these people yourself, and report the failures in the log (turn.failed).",
        )
    return ok("messages set aside", "none in the last week")


def _holds(session: Session, now: datetime) -> Finding:
    old = session.exec(
        select(func.count()).select_from(Hold).where(col(Hold.expires_at) < now - PATIENCE)
    ).one()
    if old:
        return warning("holds", f"{old} ended long ago and are still there", NOT_RUNNING)
    return ok("holds", "none left over")


def _listed(words: Iterable[str], most: int = 6) -> str:
    every = sorted(words) if isinstance(words, Set) else list(words)
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if len(every) > most else "")
