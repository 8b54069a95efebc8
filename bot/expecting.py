"""Whether the customer says that they expect us, once they were reminded the day before; else staff call."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, select

from bot.flow import Turn
from core import reminders, timeline, visits
from core.timeline import Entry
from core.visits import Status, Visit

UNANSWERED = "visits-unanswered"
"""The kind of reminder that lists for staff whose customers did not answer; its subject is the hour."""
REMINDED, EXPECTED = "reminded", "expected"
"""What the visit's story says."""
BEFORE = timedelta(hours=12)
TO_ANSWER = timedelta(hours=2)
"""A customer has at least so long to answer."""
EVENING, MORNING = time(20), time(8)
"""Nobody is rung up between these: the list is made before."""
AHEAD = timedelta(hours=26)
MOST = 200


def plan(turn: Turn, visit: Visit) -> None:
    """The customer was just reminded: have staff told if they do not answer."""
    visit_id = visit.id or 0
    timeline.add(
        turn.session, visit_id, REMINDED, actor="bot", now=turn.now, for_customer=False, for_worker=False
    )
    due_at = listed_at(turn, visit)
    if due_at < visit.starts_at:
        hour = f"{due_at:%Y%m%dT%H%M}"
        reminders.schedule(turn.session, UNANSWERED, hour, due_at, dedupe_key=f"{UNANSWERED}:{hour}")


def listed_at(turn: Turn, visit: Visit) -> datetime:
    """When staff are to know: twelve hours before the visit, or the evening before where that is at night."""
    zone = turn.company.zone
    wanted = (visit.starts_at - BEFORE).astimezone(zone).replace(minute=0, second=0, microsecond=0)
    if wanted.time() < MORNING:
        wanted = datetime.combine(wanted.date() - timedelta(days=1), EVENING, zone)
    elif wanted.time() > EVENING:
        wanted = datetime.combine(wanted.date(), EVENING, zone)
    if wanted - turn.now < TO_ANSWER:
        soonest = (turn.now + TO_ANSWER).astimezone(zone)
        is_day = MORNING <= soonest.time() <= EVENING
        next_day = soonest.date() + timedelta(days=int(soonest.time() > EVENING))
        wanted = soonest if is_day else datetime.combine(next_day, MORNING, zone)
    return wanted.astimezone(turn.now.tzinfo)


def confirm(turn: Turn, visit: Visit) -> None:
    """They say that they expect us; again changes nothing."""
    if visit.id not in answered(turn.session, [visit]):
        timeline.add(turn.session, visit.id or 0, EXPECTED, actor="customer", now=turn.now)


def unanswered(turn: Turn) -> list[Visit]:
    """Visits of the next day whose customers were reminded and had time, and have not answered."""
    ahead = visits.between(turn.session, turn.now, turn.now + AHEAD, limit=MOST)
    found = [one for one in ahead if one.status is Status.CONFIRMED]
    told, known = _newest(turn.session, found, REMINDED), answered(turn.session, found)
    waited = turn.now - TO_ANSWER
    return [one for one in found if one.id in told and one.id not in known and told[one.id] <= waited]


def asked(turn: Turn) -> Visit | None:
    """The customer's next visit of which they were reminded and have not said yet that they expect us."""
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    near = [one for one in ahead if one.status is Status.CONFIRMED and one.starts_at <= turn.now + AHEAD]
    told, known = _newest(turn.session, near, REMINDED), answered(turn.session, near)
    return next((one for one in near if one.id in told and one.id not in known), None)


def answered(session: Session, of: Collection[Visit]) -> set[int | None]:
    """Which of these visits are expected, since their customers were reminded last."""
    reminded, said = _newest(session, of, REMINDED), _newest(session, of, EXPECTED)
    return {id for id, at in said.items() if id not in reminded or at >= reminded[id]}


def _newest(session: Session, of: Collection[Visit], what: str) -> dict[int | None, datetime]:
    """When that happened last to each of these visits."""
    ids = [visit.id for visit in of]
    if not ids:
        return {}
    found = select(Entry.visit_id, Entry.at).where(col(Entry.visit_id).in_(ids), Entry.what == what)
    return dict(sorted(session.exec(found).all(), key=lambda one: one[1]))
