"""Everything said, in and out, once: dedupe key, outbox and communication record are one table."""

from core.correspondence.recording import (
    answers,
    fail,
    mark_sent,
    pending,
    post,
    record,
    settle,
    talk,
)
from core.correspondence.sending import (
    backlog,
    claim,
    give_up,
    postpone,
    sent,
)
from core.correspondence.tables import (
    BACKOFF,
    FAILURES_BEFORE_SET_ASIDE,
    LEASE,
    UNSENT,
    Direction,
    Failed,
    Fate,
    Message,
    Peer,
    Recorded,
    Status,
)

__all__ = [
    "BACKOFF",
    "FAILURES_BEFORE_SET_ASIDE",
    "LEASE",
    "UNSENT",
    "Direction",
    "Failed",
    "Fate",
    "Message",
    "Peer",
    "Recorded",
    "Status",
    "answers",
    "backlog",
    "claim",
    "fail",
    "give_up",
    "mark_sent",
    "pending",
    "post",
    "postpone",
    "record",
    "sent",
    "settle",
    "talk",
]
