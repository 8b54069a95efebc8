"""What must hold when the invented day is over, and what is told of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, time

from sqlmodel import Session, col, select

from channels.demoday.stage import ACCOUNT, COUNTED, EARNS
from core import timeline, visits
from core.company import Company
from core.complaints import Complaint, Step
from core.correspondence import Direction, Message, Purpose
from core.identities import Role
from core.reminders import Reminder
from core.visits import LIVE, OCCUPYING, Status, Visit
from core.windows import Occupied

SPOKEN = (time(7), time(22))
"""Between these hours of the company's zone people may be told about visits that are not under way."""
FAILED = "not said: it failed"
_LIVES = {status.value.replace("_", "-"): status for status in Status}


def wrong(session: Session, company: Company) -> list[str]:
    """Everything that does not hold, in words; nothing on a good day."""
    every = session.exec(select(Visit).order_by(col(Visit.id))).all()
    return [
        *(f"{visit.reference} is still {visit.status}" for visit in every if visit.status in LIVE),
        *(line for visit in every for line in _disagreements(session, visit)),
        *(line for visit in every for line in _hours(session, visit)),
        *_said_too_much(session),
        *_said_at_night(session, company),
        *_broken_promises(session),
        *_left(session),
    ]


def summary(session: Session) -> Mapping[str, int]:
    """How the visits ended, and how much was said."""
    ends = Counter(visit.status.value for visit in session.exec(select(Visit)))
    said = session.exec(select(Message)).all()
    return {
        "visits": sum(ends.values()),
        **dict(sorted(ends.items())),
        "said by people": sum(message.direction is Direction.IN for message in said),
        "answers": sum(message.answers_id is not None for message in said),
        "news": sum(_is_news(message) for message in said),
        "complaints": len(session.exec(select(Complaint.id)).all()),
    }


def _disagreements(session: Session, visit: Visit) -> Iterator[str]:
    """The three views tell the same life, and it ends where the visit stands."""
    lives = {role: _life(session, visit, role) for role in Role}
    if len(set(lives.values())) != 1:
        yield f"{visit.reference}: the views differ: {lives}"
    if lives[Role.STAFF] and lives[Role.STAFF][-1] is not visit.status:
        yield f"{visit.reference}: the story ends with {lives[Role.STAFF][-1]}, the visit is {visit.status}"


def _life(session: Session, visit: Visit, role: Role) -> tuple[Status, ...]:
    entries = timeline.of(session, visit.id or 0, viewer=role)
    return tuple(_LIVES[entry.what] for entry in entries if entry.what in _LIVES)


def _hours(session: Session, visit: Visit) -> Iterator[str]:
    rows = session.exec(select(Occupied).where(Occupied.visit_id == visit.id)).all()
    have = {row.worker_id for row in rows}
    crew = {worker.id for _, worker in visits.crew(session, visit)}
    if have != (crew if visit.status in OCCUPYING else set()):
        yield f"{visit.reference}: half hours of {have}, attended by {crew}"


def _said_too_much(session: Session) -> Iterator[str]:
    """Where messages are counted, no more was said unasked than a word of theirs is worth."""
    most = EARNS["message"].messages
    left: Counter[str] = Counter()
    counted = select(Message).where(Message.channel == COUNTED, Message.account == ACCOUNT)
    # By when it was carried: what was held goes out only after its person has spoken again.
    for message in sorted(session.exec(counted), key=_when):
        if message.direction is Direction.IN:
            left[message.user] = most
        elif _is_news(message) and message.sent_at is not None:
            left[message.user] -= 1
            if left[message.user] < 0:
                yield f"{message.user} was told too much: {message.body}"


def _when(message: Message) -> tuple[datetime, bool, int]:
    """When it was said or carried; of one minute what people said comes first."""
    at = message.sent_at or message.created_at
    return at, message.direction is Direction.OUT, message.id or 0


def _said_at_night(session: Session, company: Company) -> Iterator[str]:
    """No visit of the day is under way at night, so nothing is said then."""
    for message in session.exec(select(Message).where(Message.direction == Direction.OUT)):
        at = (message.sent_at or message.created_at).astimezone(company.zone)
        if _is_news(message) and not SPOKEN[0] <= at.time() < SPOKEN[1]:
            yield f"{message.user} was told at {at:%H:%M}: {message.body}"


def _broken_promises(session: Session) -> Iterator[str]:
    """What a complaint promised was kept, or its customer was told sorry in that very minute."""
    for one in session.exec(select(Complaint).order_by(col(Complaint.id))):
        missed = set(session.exec(select(Step.what).where(Step.complaint_id == one.id)))
        for what, by, at in (
            ("human", one.human_by, one.human_at),
            ("plan", one.plan_by, one.plan_at),
            ("resolved", one.resolve_by, one.resolved_at),
        ):
            if (at is None or at > by) and f"{what}-missed" not in missed:
                yield f"complaint {one.id}: nobody said sorry that {what} was not in time"


def _left(session: Session) -> Iterator[str]:
    for reminder in session.exec(select(Reminder).where(Reminder.outcome == FAILED)):
        yield f"a reminder failed: {reminder.kind} about {reminder.subject}"
    for message in session.exec(select(Message).where(col(Message.status).in_(("failing", "set_aside")))):
        yield f"a message could not be handled: {message.body}"


def _is_news(message: Message) -> bool:
    """Something said unasked."""
    return message.direction is Direction.OUT and message.purpose is not Purpose.ANSWER
