"""The clocks of a complaint: what is promised until when, what is due when, and when they stand still."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text
from sqlmodel import Session, col, select

from core import calendars, quiet, reminders
from core.calendars import BusinessHours
from core.complaints import history
from core.complaints.rules import Level
from core.complaints.tables import UNSETTLED, Complaint, ComplaintMoved, Severity, Status
from core.reminders import Reminder

if TYPE_CHECKING:
    from core.company import Company

AGAIN = timedelta(minutes=5)
"""So long after it should have been looked at, a complaint that was not is looked at again."""
KIND = "complaint"
"""The kind of reminder that looks what is due about a complaint; its subject is the complaint's number."""
CALLED_EVERY = 60
"""Minutes: while nobody answers at all, the company's head is to be called at least so often."""
MINUTE = timedelta(minutes=1)


class Deadline(StrEnum):
    """What a customer is promised, in the order it comes."""

    HUMAN = "human"
    PLAN = "plan"
    RESOLVED = "resolved"


class What(StrEnum):
    """What the clock does to a complaint. Those of a deadline stand in the order they come."""

    ASKED = "asked"
    """Its owner is asked to take it."""
    HALF = "half"
    """Half of a deadline's time is over..."""
    SOON = "soon"
    """... little of it is left..."""
    MISSED = "missed"
    """... it has passed, and a lead takes over..."""
    OVERDUE = "overdue"
    """... for half of its time again: a manager does..."""
    FORGOTTEN = "forgotten"
    """... for all of its time again: the company's owner is called."""
    UNACKNOWLEDGED = "unacknowledged"
    """Its owner did not say that they have it: the next one is asked."""
    DAILY = "daily"
    """It stands on the list of each morning."""
    NUDGE = "nudge"
    NUDGE_AGAIN = "nudge-again"
    """The customer whose word we wait for is reminded, twice..."""
    SILENT = "silent"
    """... and then it is closed, until they write."""
    FOLLOW_UP = "follow-up"
    FOLLOW_UP_AGAIN = "follow-up-again"
    """After it was resolved the customer is asked whether it is, twice..."""
    SETTLED = "settled"
    """... and then it is closed."""


_LOOKED_AT = (text("status IN ('open', 'waiting')"), text("status = 'resolved'"))
WARNINGS = (What.HALF, What.SOON)
BREACHES = (What.MISSED, What.OVERDUE, What.FORGOTTEN)
_ORDER = tuple(What)


class Due(NamedTuple):
    """Something the clock does at a moment; of which deadline, if of one."""

    at: datetime
    what: What
    deadline: Deadline | None = None

    @property
    def name(self) -> str:
        """As it is kept once it was done."""
        return f"{self.deadline.value}-{self.what.value}" if self.deadline else self.what.value


class Promise(NamedTuple):
    """What the customer was promised next, and until when."""

    deadline: Deadline
    by: datetime


def deadlines(complaint: Complaint) -> Mapping[Deadline, datetime]:
    """Until when each thing is promised, whether it was done or not."""
    return {
        Deadline.HUMAN: complaint.human_by,
        Deadline.PLAN: complaint.plan_by,
        Deadline.RESOLVED: complaint.resolve_by,
    }


def hours_of(company: "Company", level: Level, deadline: Deadline) -> BusinessHours | None:
    """The hours in which a deadline's minutes count; None where all do."""
    runs_always = level.runs == "always" or (level.runs == "human" and deadline is Deadline.HUMAN)
    return None if runs_always else company.complaints.hours


def later(company: "Company", at: datetime, minutes: int, hours: BusinessHours | None) -> datetime:
    """So many minutes of these hours after that; with none, of any hour."""
    return calendars.later(company, at, minutes, hours) if hours else at + minutes * MINUTE


def _earlier(company: "Company", at: datetime, minutes: int, hours: BusinessHours | None) -> datetime:
    return calendars.earlier(company, at, minutes, hours) if hours else at - minutes * MINUTE


def _between(company: "Company", since: datetime, until: datetime, hours: BusinessHours | None) -> int:
    return calendars.between(company, since, until, hours) if hours else max((until - since) // MINUTE, 0)


def asked_from(company: "Company", complaint: Complaint, now: datetime) -> datetime:
    """From when an owner who gets it now is asked to take it: not outside the desk's hours if all wait."""
    hours = _hours_to_acknowledge(company, complaint)
    begins = later(company, now, 1, hours) - MINUTE  # whoever comes at closing time is asked next morning
    return now if begins == now else later(company, begins, 0, hours)


def acknowledge_by(company: "Company", complaint: Complaint, now: datetime, *, calls: int = 0) -> datetime:
    """Until when an owner who gets it now has to say that they have it.

    After so many calls to the company's head in vain the next waits twice as long each time, up to an hour.
    """
    minutes = company.complaints.of(complaint.severity).acknowledge
    patience = min(minutes * 2 ** min(calls, 10), max(minutes, CALLED_EVERY))
    return later(company, now, patience, _hours_to_acknowledge(company, complaint))


def _hours_to_acknowledge(company: "Company", complaint: Complaint) -> BusinessHours | None:
    level = company.complaints.of(complaint.severity)
    return company.complaints.hours if level.runs == "hours" else None


def start(complaint: Complaint, company: "Company", now: datetime) -> None:
    """All clocks run from now: it is opened, or opened again; nothing was done about it yet.

    Until `wake` is called it is looked at again at once.
    """
    complaint.since, complaint.said, complaint.next_at = now, [], now
    complaint.human_at = complaint.plan_at = complaint.resolved_at = None
    complaint.paused_at = complaint.resolve_left = None
    complaint.human_by, complaint.plan_by, complaint.resolve_by = _deadlines(complaint, company, now)


def tighten(complaint: Complaint, company: "Company", now: datetime) -> None:
    """It became worse, or somebody outside gave it a date: no deadline gets later than by that from now."""
    human, plan, resolved = _deadlines(complaint, company, now)
    complaint.human_by = min(complaint.human_by, human)
    complaint.plan_by = min(complaint.plan_by, plan)
    complaint.resolve_by = min(complaint.resolve_by, resolved)
    if complaint.resolve_left is not None:
        hours = hours_of(company, company.complaints.of(complaint.severity), Deadline.RESOLVED)
        left = _between(company, now, complaint.resolve_by, hours)
        complaint.resolve_left = min(complaint.resolve_left, left)


def _deadlines(
    complaint: Complaint, company: "Company", now: datetime
) -> tuple[datetime, datetime, datetime]:
    rules = company.complaints
    level = rules.of(complaint.severity)
    human, plan, resolved = (
        _capped(complaint, later(company, now, minutes, hours_of(company, level, deadline)), now)
        for deadline, minutes in _minutes(level)
    )
    first, last = (
        calendars.days_later(company, now, days, rules.hours)
        for days in (rules.human_days, rules.resolved_days)
    )
    return min(human, first), min(plan, last), min(resolved, last)


def human_by(company: "Company", severity: Severity, now: datetime) -> datetime:
    """By when a person answers a complaint of that severity which is made now."""
    rules = company.complaints
    level = rules.of(severity)
    by = later(company, now, level.human, hours_of(company, level, Deadline.HUMAN))
    return min(by, calendars.days_later(company, now, rules.human_days, rules.hours))


def _minutes(level: Level) -> tuple[tuple[Deadline, int], ...]:
    return (
        (Deadline.HUMAN, level.human),
        (Deadline.PLAN, level.plan),
        (Deadline.RESOLVED, level.resolved),
    )


def _capped(complaint: Complaint, by: datetime, now: datetime) -> datetime:
    """Not later than what somebody outside gives us, while that can still be kept."""
    cap = complaint.outside_by
    return min(by, cap) if cap is not None and cap > now else by


def wait(session: Session, company: "Company", complaint: Complaint, now: datetime) -> None:
    """The customer has to say something first: the clock of the resolution stands still.

    Raises ComplaintMoved unless it is open.
    """
    if complaint.status is not Status.OPEN:
        raise ComplaintMoved(status=complaint.status.value)
    hours = hours_of(company, company.complaints.of(complaint.severity), Deadline.RESOLVED)
    complaint.status, complaint.paused_at = Status.WAITING, now
    complaint.resolve_left = _between(company, now, complaint.resolve_by, hours)
    _unsay(complaint, {What.NUDGE.value, What.NUDGE_AGAIN.value, What.SILENT.value})
    history.add(session, complaint, "waits", actor="bot", now=now)
    wake(session, company, complaint)


def resume(session: Session, company: "Company", complaint: Complaint, now: datetime) -> None:
    """The clock of the resolution goes on with what was left; nothing where it was not waiting."""
    if complaint.status is not Status.WAITING:
        return
    hours = hours_of(company, company.complaints.of(complaint.severity), Deadline.RESOLVED)
    by = later(company, now, complaint.resolve_left or 0, hours)
    complaint.resolve_by = _capped(complaint, by, now)
    complaint.status, complaint.paused_at, complaint.resolve_left = Status.OPEN, None, None
    history.add(session, complaint, "resumed", actor="bot", now=now)
    wake(session, company, complaint)


def _unsay(complaint: Complaint, names: set[str]) -> None:
    complaint.said = [name for name in complaint.said if name not in names]


def steps(complaint: Complaint, company: "Company") -> list[Due]:
    """Everything the clock will do to it as it stands, the first first. Nothing else than its row is read."""
    if complaint.status is Status.CLOSED:
        return []
    found = [one for one in _every(complaint, company) if one.name not in complaint.said]
    return sorted(found, key=lambda one: (one.at, _ORDER.index(one.what)))


def steps_due(complaint: Complaint, company: "Company", now: datetime) -> list[Due]:
    """What the clock has to do by now, the first first."""
    return [one for one in steps(complaint, company) if one.at <= now]


def _every(complaint: Complaint, company: "Company") -> Iterator[Due]:
    yield Due(complaint.asked_at, What.ASKED)
    if complaint.status is Status.RESOLVED:
        yield from _follow_ups(complaint, company)
        return
    if complaint.acknowledge_by is not None:
        yield Due(complaint.acknowledge_by, What.UNACKNOWLEDGED)
    if complaint.status is Status.WAITING:
        yield from _nudges(complaint, company)
    first = True
    for deadline, by in unkept(complaint):
        yield from _of_deadline(complaint, company, deadline, by, warned=first)
        first = False
    yield from _daily(complaint, company)


def unkept(complaint: Complaint) -> Iterator[tuple[Deadline, datetime]]:
    """What is promised and not done yet, in order; what waits for the customer is not."""
    if complaint.human_at is None:
        yield Deadline.HUMAN, complaint.human_by
    if complaint.plan_at is None:
        yield Deadline.PLAN, complaint.plan_by
    if complaint.status is Status.OPEN:
        yield Deadline.RESOLVED, complaint.resolve_by


def _of_deadline(
    complaint: Complaint, company: "Company", deadline: Deadline, by: datetime, *, warned: bool
) -> Iterator[Due]:
    total, hours = _length(complaint, company, deadline, by)
    warn = company.complaints.warn_minutes
    if warned:
        yield Due(_earlier(company, by, total - total // 2, hours), What.HALF, deadline)
        if total - total // 2 > warn:  # or it would come before the half, or with it
            yield Due(_earlier(company, by, warn, hours), What.SOON, deadline)
    yield Due(by, What.MISSED, deadline)
    yield Due(later(company, by, total // 2, hours), What.OVERDUE, deadline)
    yield Due(later(company, by, total, hours), What.FORGOTTEN, deadline)


def _length(
    complaint: Complaint, company: "Company", deadline: Deadline, by: datetime
) -> tuple[int, BusinessHours | None]:
    """How long a deadline's time is, and the hours in which it counts."""
    level = company.complaints.of(complaint.severity)
    hours = hours_of(company, level, deadline)
    given = _between(company, complaint.since, by, hours)
    return max(min(dict(_minutes(level))[deadline], given), 2), hours


def _daily(complaint: Complaint, company: "Company") -> Iterator[Due]:
    """From the day after it was forgotten, each morning: the last one that was is kept with its day."""
    forgotten = [name for name in complaint.said if name.endswith(What.FORGOTTEN.value)]
    if not forgotten:
        return
    days = [name.partition(":")[2] for name in complaint.said if name.startswith(What.DAILY.value)]
    last = datetime.fromisoformat(max(days)) if days else None
    if last is not None:
        yield Due(morning(company, last), What.DAILY)


def morning(company: "Company", after: datetime) -> datetime:
    """The next time that the list of each morning is made."""
    local = after.astimezone(company.zone)
    at = local.replace(hour=9, minute=0, second=0, microsecond=0)
    return at if at > local else at + timedelta(days=1)


def _nudges(complaint: Complaint, company: "Company") -> Iterator[Due]:
    assert complaint.paused_at is not None
    rules, since = company.complaints, complaint.paused_at
    nudge = timedelta(hours=rules.nudge_hours)
    yield Due(quiet.told_at(company, since + nudge), What.NUDGE)
    yield Due(quiet.told_at(company, since + 2 * nudge), What.NUDGE_AGAIN)
    yield Due(quiet.told_at(company, since + timedelta(hours=rules.silent_hours)), What.SILENT)


def _follow_ups(complaint: Complaint, company: "Company") -> Iterator[Due]:
    assert complaint.resolved_at is not None
    rules = company.complaints
    nudge = timedelta(hours=rules.nudge_hours)
    first = quiet.told_at(company, complaint.resolved_at + timedelta(hours=rules.follow_up_hours))
    yield Due(first, What.FOLLOW_UP)
    yield Due(first + nudge, What.FOLLOW_UP_AGAIN)
    yield Due(first + 2 * nudge, What.SETTLED)


def was_missed(complaint: Complaint, now: datetime) -> bool:
    """Whether something that was promised was not done in time since it was opened last."""
    late = any(by <= now for _, by in unkept(complaint))
    return late or any(name.endswith(breach.value) for name in complaint.said for breach in BREACHES)


def promise(
    complaint: Complaint, company: "Company", now: datetime, of: Deadline | None = None
) -> Promise | None:
    """What the customer may expect next (or `of` this), and until when: after a missed deadline, until it has
    gone further up. None where nothing is promised any more."""
    promised = [*unkept(complaint)] if complaint.status in UNSETTLED else []
    for deadline, by in promised:
        if of in (None, deadline):
            total, hours = _length(complaint, company, deadline, by)
            moments = (by, *(later(company, by, more, hours) for more in (total // 2, total, 2 * total)))
            if coming := [moment for moment in moments if moment > now]:
                return Promise(deadline, coming[0])
    return Promise(promised[0][0], morning(company, now)) if promised else None


def wake(session: Session, company: "Company", complaint: Complaint) -> None:
    """Have it looked at when something is due next. To be called by whoever changed anything about it."""
    coming = steps(complaint, company)
    complaint.next_at = coming[0].at if coming else None
    session.add(complaint)
    session.flush()
    if complaint.next_at is None:
        reminders.cancel_waiting(session, KIND, str(complaint.id))
        return
    theirs = select(Reminder).where(Reminder.kind == KIND, Reminder.subject == str(complaint.id))
    known = session.exec(theirs).all()
    waiting = [one for one in known if one.status is reminders.Status.WAITING]
    if any(one.due_at <= complaint.next_at for one in waiting):
        return
    # One that is over, or just worked on, is not moved: a key of its own.
    key = f"{KIND}:{complaint.id}:{complaint.next_at:%Y%m%d%H%M%S}:{len(known)}"
    reminders.schedule(session, KIND, str(complaint.id), complaint.next_at, dedupe_key=key)


def overlooked(session: Session, now: datetime, limit: int = 20) -> list[Complaint]:
    """Have looked at again what should have been a while ago: what broke then must not lie there for ever."""
    late = select(Complaint).where(col(Complaint.next_at) <= now - AGAIN).order_by(col(Complaint.next_at))
    found = []
    each = [session.exec(late.where(state).limit(limit)) for state in _LOOKED_AT]
    for complaint in itertools.chain.from_iterable(each):
        if not _will_be_looked_at(session, complaint):
            due_at, key = now + AGAIN, f"{KIND}:{complaint.id}:again:{now:%Y%m%d%H%M%S}"
            reminders.schedule(session, KIND, str(complaint.id), due_at, dedupe_key=key)
            found.append(complaint)
    return found


def _will_be_looked_at(session: Session, complaint: Complaint) -> bool:
    unfinished = (reminders.Status.WAITING, reminders.Status.LEASED)
    theirs = (Reminder.kind == KIND, Reminder.subject == str(complaint.id))
    query = select(Reminder.id).where(*theirs, col(Reminder.status).in_(unfinished)).limit(1)
    return session.exec(query).first() is not None
