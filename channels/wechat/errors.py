"""What an Official Account's error codes mean for a message: what delivery is told, what can be mended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from channels.base import ContentRefused, Misconfigured, TryLater, Unreachable, WindowClosed
from channels.tencent import reactions
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Reaction, Remedy, Row, slower, soon
from core import clock

OUTSIDE, USED_UP, NOT_SUBSCRIBED = 45015, 45047, 43101
"""Why a window is closed: the code in `WindowClosed.args`."""

_BEIJING = ZoneInfo("Asia/Shanghai")


def tomorrow(_words: str) -> TryLater:
    """When the platform counts a new day: at midnight in Beijing. Other calls have counts of their own."""
    now = clock.now().astimezone(_BEIJING)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), _BEIJING)
    return TryLater(midnight - now)


CODES: Mapping[int, Row] = {
    -1: Row(soon, "the platform is busy"),
    61450: Row(soon, "the platform is busy"),
    268487001: Row(soon, "the platform is busy"),
    268487002: Row(soon, "the platform is busy"),
    # The token; calls have already tried a fresh one.
    40001: Row(Misconfigured, "wrong secret, or a token that is not believed", alarms=True),
    40014: Row(Misconfigured, "a fresh token is not believed", alarms=True),
    42001: Row(Misconfigured, "a fresh token is said to be too old", alarms=True),
    41001: Row(Misconfigured, "called without a token: a fault of ours", alarms=True),
    # The account.
    40013: Row(Misconfigured, "wrong app id", alarms=True),
    40125: Row(Misconfigured, "wrong secret", alarms=True),
    40243: Row(Misconfigured, "the secret is frozen in the platform's console", alarms=True),
    40164: Row(Misconfigured, "our address is not on the account's list", alarms=True),
    89503: Row(Misconfigured, "calls from our address wait for the administrator's yes", alarms=True),
    89506: Row(Misconfigured, "the administrator refused our address for a day", alarms=True),
    89507: Row(Misconfigured, "the administrator refused our address for an hour", alarms=True),
    48001: Row(Remedy.CAPABILITY, "the account may not call this", alarms=True),
    48004: Row(Misconfigured, "this call is banned for the account", alarms=True),
    50001: Row(Misconfigured, "the account did not authorise this call", alarms=True),
    50002: Row(Misconfigured, "the account is restricted", alarms=True),
    # The person.
    40003: Row(Unreachable, "nobody who follows this account"),
    43004: Row(Unreachable, "does not follow the account"),
    50005: Row(Unreachable, "does not follow the account any more"),
    43019: Row(Unreachable, "is on the account's black list"),
    48002: Row(Unreachable, "does not accept messages of the account"),
    NOT_SUBSCRIBED: Row(WindowClosed, "did not consent to this notice, or does no longer"),
    OUTSIDE: Row(WindowClosed, "did not write lately"),
    USED_UP: Row(WindowClosed, "got as many messages as are allowed before the next answer"),
    # How much.
    45009: Row(tomorrow, "the call's quota of today is used up", alarms=True),
    45011: Row(slower, "too fast"),
    48006: Row(Remedy.IGNORE, "the quota cannot be reset any more this month", alarms=True),
    # The content.
    45002: Row(Remedy.SPLIT, "too long"),
    44004: Row(ContentRefused, "an empty text: a fault of ours", alarms=True),
    40008: Row(ContentRefused, "an unknown kind of message: a fault of ours", alarms=True),
    40033: Row(ContentRefused, "escaped characters: a fault of ours", alarms=True),
    40035: Row(ContentRefused, "a bad parameter: a fault of ours", alarms=True),
    47001: Row(ContentRefused, "not JSON: a fault of ours", alarms=True),
    45008: Row(ContentRefused, "too many articles: a fault of ours", alarms=True),
    70000: Row(ContentRefused, "held back for the protection of minors"),
    40004: Row(Remedy.MEDIA, "not a kind of file that is taken"),
    40005: Row(Remedy.MEDIA, "not a type of file that is taken"),
    40006: Row(Remedy.MEDIA, "a file too large"),
    40007: Row(Remedy.MEDIA, "the file is gone, or never was there"),
    40009: Row(Remedy.MEDIA, "a picture too large"),
    40010: Row(Remedy.MEDIA, "a recording too large"),
    40011: Row(Remedy.MEDIA, "a video too large"),
    40012: Row(Remedy.MEDIA, "a thumbnail too large"),
    40200: Row(Remedy.PLAIN, "this kind of account has no menus in messages"),
    40037: Row(Remedy.TEMPLATE, "no such template", alarms=True),
    40039: Row(Remedy.TEMPLATE, "the template's address is not taken", alarms=True),
    40249: Row(Remedy.TEMPLATE, "the template cannot be used", alarms=True),
    43116: Row(Remedy.TEMPLATE, "the template is not in use", alarms=True),
    47003: Row(Remedy.TEMPLATE, "a value does not fit the template", alarms=True),
    # What harms nothing.
    45072: Row(Remedy.IGNORE, "no such command for the sign of writing"),
    45080: Row(Remedy.IGNORE, "no sign of writing so long after the last message"),
    45081: Row(Remedy.IGNORE, "the sign of writing is already shown"),
    76001: Row(Remedy.IGNORE, "a question about quotas that is not answered"),
    76002: Row(Remedy.IGNORE, "a question about quotas that is not answered"),
    76003: Row(Remedy.IGNORE, "a question about quotas that is not answered"),
    76004: Row(Remedy.IGNORE, "a question about quotas that is not answered"),
    76021: Row(Remedy.IGNORE, "a question about quotas that is not answered"),
    76022: Row(Remedy.IGNORE, "a question about quotas that is not answered"),
    40029: Row(Remedy.LOG_IN, "the login's code is wrong"),
    40163: Row(Remedy.LOG_IN, "the login's code was used before"),
}


def reaction(code: int, message: str, rid: str = "") -> Reaction:
    """What to do about a refusal: an exception for delivery, or a remedy within the same send.

    A code that nobody described means that the content is refused; it is logged with its rid.
    """
    return reactions.react(CODES, code, message, rid)


def meaning(failed: Refused | NotSent | MayHaveArrived) -> Reaction:
    """The same for whatever a call raises."""
    return reactions.meaning(CODES, failed)
