"""What customer service's error codes mean for a message, and why one that was taken did not arrive."""

from collections.abc import Mapping
from enum import Enum, auto

from channels.base import ContentRefused, Down, Misconfigured, Unreachable, WindowClosed
from channels.tencent import reactions
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Reaction, Remedy, Row
from channels.wecom.errors import CODES as OF_APPLICATIONS

UNKNOWN_TOKEN = 95007
"""The token that came with an event is not good (any more): ask without it."""
WRONG_STATE = 95018
"""Staff talk to this customer, or nobody does any more: sessions in other states are not ours to speak in."""

CODES: Mapping[int, Row] = {
    **OF_APPLICATIONS,
    # The account.
    48002: Row(Misconfigured, "the application is not on the list of callable apps", alarms=True),
    60011: Row(Misconfigured, "the application may not manage this account", alarms=True),
    95000: Row(Misconfigured, "no such account of customer service", alarms=True),
    UNKNOWN_TOKEN: Row(Remedy.IGNORE, "the event's token is not good any more"),
    # The customer.
    40003: Row(Unreachable, "no customer of this company"),
    40096: Row(Unreachable, "no customer of this company"),
    84061: Row(Unreachable, "no customer of this company any more"),
    95001: Row(WindowClosed, "got as many messages as are allowed before their next word"),
    WRONG_STATE: Row(WindowClosed, "talks to somebody of the staff, or to nobody any more"),
    # The content.
    40008: Row(Remedy.PLAIN, "a kind of message that is not taken"),
    45002: Row(ContentRefused, "too long: a fault of ours", alarms=True),
    40007: Row(ContentRefused, "the file is gone, or never was there"),
}  # fmt: skip


class Fate(Enum):
    """What becomes of a message that was taken and did not arrive."""

    LATER = auto()
    """It is said when its person writes again."""
    LOST = auto()
    """Its person wants nothing of us: they cannot be reached here."""
    NEVER = auto()
    """Nobody will take it."""
    BROKEN = auto()
    """Nothing of this account arrives before somebody acts; the message waits."""


FAILURES: Mapping[int, tuple[Fate, str]] = {
    0: (Fate.LATER, "for no reason that is told"),
    1: (Fate.BROKEN, "the account of customer service is deleted"),
    2: (Fate.BROKEN, "the application is switched off"),
    4: (Fate.LATER, "more than 48 hours after their last word"),
    5: (Fate.LATER, "their session has ended"),
    6: (Fate.LATER, "more than five messages after their last word"),
    7: (Fate.BROKEN, "the account is not bound to a video account"),
    8: (Fate.BROKEN, "the company is not verified"),
    9: (Fate.BROKEN, "the account is not bound to a video account, and the company not verified"),
    10: (Fate.LOST, "the customer refuses messages"),
    11: (Fate.BROKEN, "no member of the company has signed in to WeCom"),
    12: (Fate.NEVER, "a kind of message that is forbidden here"),
}
"""By the number in the platform's event. From general knowledge; an unknown one is said later."""


def failure(why: int) -> tuple[Fate, str]:
    """What to do about a message that did not arrive, and why in words for staff."""
    return FAILURES.get(why, (Fate.LATER, f"for reason {why}"))


def meaning(failed: Refused | NotSent | MayHaveArrived) -> Reaction:
    """What to do about whatever a call raises: an exception for delivery, or a remedy within the same send.

    A call that was cut off counts as not sent: made again under the same id, it is shown once.
    """
    if isinstance(failed, MayHaveArrived):
        return Down(str(failed))
    return reactions.meaning(CODES, failed)
