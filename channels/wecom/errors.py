"""What WeCom's error codes mean for a message: what delivery is told, what can be mended."""

from collections.abc import Mapping

from channels.base import ContentRefused, Misconfigured, Unreachable
from channels.tencent import reactions
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Reaction, Remedy, Row, slower, soon

CODES: Mapping[int, Row] = {
    -1: Row(soon, "the platform is busy"),
    6000: Row(soon, "somebody changed the same thing at the same time"),
    # The token; calls have already tried a fresh one.
    40014: Row(Misconfigured, "a fresh token is not believed", alarms=True),
    41001: Row(Misconfigured, "called without a token: a fault of ours", alarms=True),
    42001: Row(Misconfigured, "a fresh token is said to be too old", alarms=True),
    # The application.
    40001: Row(Misconfigured, "wrong secret, or that of another application", alarms=True),
    40013: Row(Misconfigured, "wrong company id", alarms=True),
    40091: Row(Misconfigured, "wrong secret, or that of another company", alarms=True),
    40056: Row(Misconfigured, "wrong agent id", alarms=True),
    48002: Row(Misconfigured, "the application may not call this", alarms=True),
    60011: Row(Misconfigured, "the application has no right to this", alarms=True),
    60020: Row(Misconfigured, "our address is not on the application's list", alarms=True),
    301002: Row(Misconfigured, "the application has no right to this member or agent", alarms=True),
    50003: Row(Misconfigured, "the application is switched off", alarms=True),
    # The member.
    40003: Row(Unreachable, "no member of the company"),
    46004: Row(Unreachable, "no member of the company"),
    60111: Row(Unreachable, "no member of the company"),
    81013: Row(Unreachable, "nobody of those it is for can see the application", alarms=True),
    82001: Row(Unreachable, "nobody it is for, or all outside of the application's range", alarms=True),
    # How much.
    45009: Row(slower, "too many calls"),
    45033: Row(slower, "too many calls at once"),
    # The content.
    42014: Row(Remedy.TASK_ID, "the card's task id was used before"),
    40007: Row(Remedy.MEDIA, "the file is gone, or never was there"),
    45002: Row(Remedy.SPLIT, "too long"),
    44004: Row(ContentRefused, "an empty text: a fault of ours", alarms=True),
    40058: Row(ContentRefused, "a bad parameter: a fault of ours", alarms=True),
    47001: Row(ContentRefused, "not JSON: a fault of ours", alarms=True),
}


def reaction(code: int, message: str, rid: str = "") -> Reaction:
    """What to do about a refusal: an exception for delivery, or a remedy within the same send.

    A code that nobody described means that the content is refused; it is logged with its rid.
    """
    return reactions.react(CODES, code, message, rid)


def meaning(failed: Refused | NotSent | MayHaveArrived) -> Reaction:
    """The same for whatever a call raises."""
    return reactions.meaning(CODES, failed)
