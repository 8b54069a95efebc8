"""The evening before: every worker gets the list of the next day, and staff hear who has not confirmed it."""

from datetime import date, time, timedelta

from bot import cards, daylists, telling, watching
from bot.flow import Turn
from bot.messages import Outbound
from core import attendance
from core.reminders import Reminder

KIND, UNCONFIRMED = watching.DAY_LIST, watching.DAY_UNCONFIRMED
NAMED = 10
"""So many unconfirmed visits are named; of the others staff hear how many there are."""


def say(turn: Turn, reminder: Reminder) -> str:
    """Send the list of a day to a worker, if it holds a visit that no list of theirs has held before."""
    worker_id, day = int(reminder.subject), date.fromisoformat(reminder.payload["day"])
    theirs = [visit for visit in daylists.of(turn, worker_id, day) if visit.starts_at > turn.now]
    rows = [attendance.of(turn.session, visit, worker_id) for visit in theirs]
    new = [row for row in rows if row.listed_at is None]
    if not new:
        return (
            "not said: nothing is ahead on that day"
            if not theirs
            else "not said: they have this list already"
        )
    is_first = len(new) == len(rows)
    for row in new:
        row.listed_at = turn.now
        turn.session.add(row)
    turn.session.flush()

    def make(their: Turn) -> Outbound:
        return daylists.told(their, worker_id, day, "sent" if is_first else "changed")

    return "said" if telling.worker(turn, worker_id, make) else "not said: the worker has no chat with us"


def say_unconfirmed(turn: Turn, reminder: Reminder) -> str:
    """Tell staff who has not confirmed which visit of the next day, in one message."""
    day = date.fromisoformat(reminder.payload["day"])
    first = watching.local(turn, day, time.min)
    if turn.now >= first:
        return "not said: the day has begun"
    found = attendance.unconfirmed(turn.session, first, first + timedelta(days=1))
    if not found:
        return "not said: everybody has confirmed"

    def make(their: Turn) -> Outbound:
        named = [
            their.text(
                "unconfirmed-line",
                name=worker.name,
                visit=cards.visit_line(their, visit),
                reference=visit.reference,
            )
            for worker, visit in found[:NAMED]
        ]
        said = their.text("told-unconfirmed", count=len(found), day=cards.day(their, day))
        more = [their.text("unconfirmed-more", count=len(found) - NAMED)] if len(found) > NAMED else []
        choices = (cards.go(their, "agenda", day.isoformat(), "job-agenda"),)
        return Outbound("\n".join([said, *named, *more]), choices)

    telling.staff(turn, make)
    return f"said: {len(found)}"
