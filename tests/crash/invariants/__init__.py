"""What must hold in the database whatever was killed when. Each function names the rows that break it."""

from tests.crash.invariants.talk import (
    answered_once,
    conversations_go_on,
    delivered,
    known_once,
    recorded_once,
    repeats,
    shown_on_pages,
)
from tests.crash.invariants.visits import (
    confirmed_by_reference,
    reminded_as_planned,
    reminders_said_once,
    sold_once,
    told_in_timeline,
    workers_told_once,
)

__all__ = [
    "answered_once",
    "confirmed_by_reference",
    "conversations_go_on",
    "delivered",
    "known_once",
    "recorded_once",
    "reminded_as_planned",
    "reminders_said_once",
    "repeats",
    "shown_on_pages",
    "sold_once",
    "told_in_timeline",
    "workers_told_once",
]
