"""What is looked at by the clock around a visit: the list of the evening before, setting out, being late."""

from datetime import date, datetime, time, timedelta

from bot.flow import Turn
from core import policies, reminders, visits
from core.visits import Visit

DAY_LIST, DAY_UNCONFIRMED, SET_OUT, LATE_WATCH = "day-list", "day-unconfirmed", "set-out", "late-watch"
LISTED, CHECKED = time(20), time(21)
"""When the list of the next day is sent, and when who has not confirmed it is told to staff; local."""
WAKES = time(7)
"""From `CHECKED` until then workers hear nothing but what concerns a visit under way."""
BEFORE = timedelta(minutes=60)
"""So long before a visit its workers are asked to set out."""
AGAIN = timedelta(minutes=5)
"""So long after the start they are asked once more whether they are there."""


def plan(turn: Turn, visit: Visit) -> None:
    """Look after a visit that was placed, confirmed, moved or given to somebody else."""
    drop(turn, visit)
    _plan_list(turn, visit)
    starts, mark = visit.starts_at, f"{visit.reference}:{visit.starts_at:%Y%m%dT%H%M}"
    if starts > turn.now:
        due_at = max(starts - BEFORE, turn.now)
        reminders.schedule(turn.session, SET_OUT, visit.reference, due_at, dedupe_key=f"{SET_OUT}:{mark}")
    for step, after in steps(turn, visit).items():
        reminders.schedule(
            turn.session,
            LATE_WATCH,
            visit.reference,
            starts + after,
            dedupe_key=f"{LATE_WATCH}:{mark}:{step}",
            payload={"step": step},
        )


def drop(turn: Turn, visit: Visit) -> None:
    """Nothing is to be looked at any more at the time a visit has had; lists look at their visits anyway."""
    for kind in (SET_OUT, LATE_WATCH):
        reminders.cancel_subject(turn.session, kind, visit.reference)


def steps(turn: Turn, visit: Visit) -> dict[str, timedelta]:
    """What is done about a visit nobody has arrived at, by how long after its start."""
    rules = policies.as_of(turn.session, visit.policy_version)
    return {
        "start": timedelta(0),
        "again": AGAIN,
        "late": timedelta(minutes=rules.late_worker_minutes),
        "very-late": timedelta(minutes=rules.very_late_worker_minutes),
    }


def local(turn: Turn, day: date, clock: time) -> datetime:
    """A time on the company's wall."""
    return datetime.combine(day, clock, turn.company.zone)


def _plan_list(turn: Turn, visit: Visit) -> None:
    """The visit goes into the list of the evening before; once that is over, into one that is sent anew."""
    day = visit.starts_at.astimezone(turn.company.zone).date()
    evening = day - timedelta(days=1)
    if turn.now >= local(turn, day, WAKES):
        return
    due_at, mark = local(turn, evening, LISTED), f"{day}"
    if turn.now >= due_at:
        mark = f"{day}:{visit.reference}:{visit.starts_at:%H%M}"
        is_night = turn.now >= local(turn, evening, CHECKED)
        due_at = local(turn, day, WAKES) if is_night else turn.now
    for _, worker in visits.crew(turn.session, visit):
        reminders.schedule(
            turn.session,
            DAY_LIST,
            str(worker.id),
            due_at,
            dedupe_key=f"{DAY_LIST}:{worker.id}:{mark}",
            payload={"day": day.isoformat()},
        )
    checked = local(turn, evening, CHECKED)
    if turn.now < checked:
        reminders.schedule(
            turn.session,
            DAY_UNCONFIRMED,
            day.isoformat(),
            checked,
            dedupe_key=f"{DAY_UNCONFIRMED}:{day}",
            payload={"day": day.isoformat()},
        )
