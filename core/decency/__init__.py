"""Peace and quiet: what may be said unasked, to whom, when and how often, over all channels together.

`judge` says whether a message may be said now, is held until a better hour, or is dropped; whoever says it
writes that down with `sent`, in the same transaction. Emergencies always go; what concerns a visit goes by
day; care and offers have hours and caps, and can be refused. Nothing else decides this.
"""

from core.decency.judging import (
    DIGEST,
    Drop,
    Hold,
    Plea,
    Say,
    Verdict,
    brought_at,
    judge,
    lately,
    let_go,
    morning,
    sent,
)
from core.decency.tables import WAITS, Class, Held, Pace, Refusal, Sent, Wish
from core.decency.wishes import (
    abroad,
    allow,
    live_in,
    pace,
    quiet_days,
    refuse,
    refuse_all,
    refused,
    want,
    zone,
)

__all__ = [
    "DIGEST",
    "WAITS",
    "Class",
    "Drop",
    "Held",
    "Hold",
    "Pace",
    "Plea",
    "Refusal",
    "Say",
    "Sent",
    "Verdict",
    "Wish",
    "abroad",
    "allow",
    "brought_at",
    "judge",
    "lately",
    "let_go",
    "live_in",
    "morning",
    "pace",
    "quiet_days",
    "refuse",
    "refuse_all",
    "refused",
    "sent",
    "want",
    "zone",
]
