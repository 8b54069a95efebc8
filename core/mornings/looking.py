"""What staff should know before the day begins: when they are told, and what there is to see to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlmodel import Session, col, select

from core import (
    appeals,
    attendance,
    calendars,
    forewarnings,
    handoffs,
    offers,
    reminders,
    rewards,
    visits,
)
from core.complaints import Complaint, Remedy, RemedyStatus, finding
from core.forewarnings import Forewarning
from core.handoffs import Handoff
from core.members import Membership, adjusting, birthdays
from core.reminders import Reminder
from core.visits import Status, Visit

if TYPE_CHECKING:
    from core.company import Company

KIND = "morning-list"
"""The reminder of each day on which the office opens, by the day."""
MOST = 200
"""More than so many of one thing are not counted."""
WAITS = text("status = 'waiting'")  # a literal, so that the partial index serves it
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Morning:
    """What there is to see to on a day, the most urgent of each kind first."""

    day: date
    visits: Sequence[Visit] = ()
    """Everything that takes place."""
    alone: Sequence[Visit] = ()
    """Nobody is there to come."""
    unsure: Sequence[Visit] = ()
    """Somebody has not said yes, or not that they have seen it."""
    delicate: Sequence[Visit] = ()
    """Their customers have reason not to be content."""
    silent: Sequence[Visit] = ()
    """Their customers were asked whether they expect us, and have not answered."""
    complaints: Sequence[Complaint] = ()
    """By the deadline that is next."""
    calls: Sequence[Forewarning] = ()
    people: Sequence[Handoff] = ()
    """Who waits for a person."""
    approvals: dict[str, int] = field(default_factory=dict)
    """What waits for a yes or no, by the enquiry or flow that shows it."""
    birthdays: Sequence[Membership] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        said = (self.visits, self.complaints, self.calls, self.people, self.approvals, self.birthdays)
        return not any(said)


def next_at(company: "Company", now: datetime) -> datetime:
    """When the next list is made after `now` (aware): before the office opens, on days on which it does.

    Raises AlwaysClosed for a company whose office never opens.
    """
    opens = now
    while True:
        opens = calendars.later(company, opens, 0)
        if (at := _of(company, opens.astimezone(company.zone).date(), opens)) > now:
            return at
        opens = datetime.combine(opens.astimezone(company.zone).date() + DAY, time(0), company.zone)


def _of(company: "Company", day: date, opens: datetime) -> datetime:
    rules = company.mornings
    first, last = (datetime.combine(day, clock, company.zone) for clock in (rules.earliest, rules.latest))
    opens = min([opens, *(begins for begins, _ in calendars.periods(company, day, company.office))])
    return min(max(opens - timedelta(minutes=rules.minutes_before), first), last)


def plan(session: Session, company: "Company", now: datetime) -> None:
    """Have the next list made. Doing it again, at any time, changes nothing."""
    _plan(session, company, next_at(company, now))


def is_over(company: "Company", day: date, now: datetime) -> bool:
    """Whether the list of that day is of no use: it is another day, or its office has closed."""
    closes = [until for _, until in calendars.periods(company, day, company.office)]
    return now.astimezone(company.zone).date() != day or now >= max(closes, default=now)


def make_up(session: Session, company: "Company", now: datetime) -> None:
    """The list of an earlier day was never made: have today's made at once, if it is of use and missing."""
    if not is_over(company, now.astimezone(company.zone).date(), now):
        _plan(session, company, now)


def _plan(session: Session, company: "Company", at: datetime) -> None:
    day = at.astimezone(company.zone).date().isoformat()
    key = f"{KIND}:{day}"
    if session.exec(select(Reminder.id).where(Reminder.dedupe_key == key)).first() is None:
        reminders.schedule(session, KIND, day, at, dedupe_key=key)


def look(session: Session, company: "Company", now: datetime) -> Morning:
    """Everything that is to be seen to on the day it is now in the company's zone."""
    day = now.astimezone(company.zone).date()
    first = datetime.combine(day, time(0), company.zone)
    last = datetime.combine(day + DAY, time(0), company.zone)
    found = visits.between(session, first, last, limit=MOST)
    alone = [one for one in visits.unconfirmed(session, company, now, MOST) if one.starts_at < last]
    unsure = [
        *offers.unaccepted(session, now, last, MOST),
        *(visit for _, visit in attendance.unconfirmed(session, now, last)),
    ]
    complaints, calls = finding.queue(session, MOST), forewarnings.open_ones(session, MOST)
    upset = {*(one.customer_id for one in complaints), *(one.customer_id for one in calls)}
    return Morning(
        day=day,
        visits=found,
        alone=alone,
        unsure=_others(unsure, alone),
        delicate=[one for one in found if one.customer_id in upset and one.starts_at > now],
        complaints=complaints,
        calls=calls,
        people=handoffs.waiting(session, MOST),
        approvals=_approvals(session, complaints),
        birthdays=_birthdays(session, company, day),
    )


def _others(found: Sequence[Visit], besides: Sequence[Visit]) -> list[Visit]:
    known = {one.id for one in besides}
    once = {one.id: one for one in found if one.id not in known and one.status is Status.CONFIRMED}
    return sorted(once.values(), key=lambda one: (one.starts_at, one.id or 0))


def _approvals(session: Session, complaints: Sequence[Complaint]) -> dict[str, int]:
    about = [one.id for one in complaints]
    drafted = select(Remedy.id).where(
        col(Remedy.complaint_id).in_(about), Remedy.status == RemedyStatus.DRAFTED
    )
    waiting = {
        "requests": len(visits.requests_waiting(session, MOST)),
        "remedies": len(session.exec(drafted).all()) if about else 0,
        "adjustments": len(adjusting.waiting(session, MOST)),
        "appeals": len(appeals.waiting(session, MOST)),
        "referrals": len(rewards.doubted(session, MOST)),
    }
    return {what: count for what, count in waiting.items() if count}


def _birthdays(session: Session, company: "Company", day: date) -> list[Membership]:
    """Whose birthday it is; each has a reminder on that day, which is found by its hour."""
    first = datetime.combine(day, time(0), company.zone)
    due = col(Reminder.due_at)
    # The kind is looked at here: there is an index for the hours of what waits, and a day has not many.
    ahead = select(Reminder.kind, Reminder.subject).where(WAITS, due >= first, due < first + DAY)
    ids = [int(subject) for kind, subject in session.exec(ahead) if kind == birthdays.KIND]
    found = select(Membership).where(col(Membership.id).in_(ids)).order_by(col(Membership.id))
    theirs = session.exec(found).all() if ids else []
    return [one for one in theirs if one.tier in company.mornings.birthdays]
