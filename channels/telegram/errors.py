"""What the Bot API's refusals mean for a message: what delivery is told, and what can be mended at once."""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    Moved,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.telegram.transport import NotSent, SlowDown


class Remedy(Enum):
    """A refusal that the sender itself can mend, within the same send."""

    DONE = auto()
    """Nothing is left to do: it is as we wanted it, or too late to matter."""
    ANEW = auto()
    """The message to change is gone: send it as a new one."""
    PLAIN = auto()
    """Our markup was not understood: send the words without it."""
    TOPIC = auto()
    """The topic is gone: make it again."""


_MENDABLE: Mapping[str, Remedy] = {
    "message is not modified": Remedy.DONE,
    "query is too old": Remedy.DONE,
    "query_id_invalid": Remedy.DONE,
    "message to edit not found": Remedy.ANEW,
    "message can't be edited": Remedy.ANEW,
    "message_id_invalid": Remedy.ANEW,
    "can't parse entities": Remedy.PLAIN,
    "message thread not found": Remedy.TOPIC,
    "topic_deleted": Remedy.TOPIC,
    "topic_id_invalid": Remedy.TOPIC,
    "topic_not_modified": Remedy.DONE,
}
_NOBODY_THERE = (
    "chat not found",
    "user not found",
    "member not found",
    "participant_id_invalid",
    "peer_id_invalid",
    "user_is_blocked",
    "input_user_deactivated",
    "user_deactivated",
    "group chat was deactivated",
    "have no rights to send",
    "not enough rights to send",
    "chat_write_forbidden",
)
_SETTINGS_OF_THE_GROUP = (
    "not enough rights",
    "chat_admin_required",
    "the chat is not a forum",
    "topic_closed",
)


def meaning(
    error: TelegramError, *, whole: bool = False, jitter: timedelta = timedelta(0)
) -> Undelivered | Remedy:
    """What to do about a refused or failed call.

    `whole` says whether a request to slow down is meant for the whole bot (see `Pace.throttled`), `jitter`
    is added to its wait, so that not everybody comes back at the same moment. Words of the platform are
    matched by how they begin, in any case; codes that nobody described mean that it refuses the content.
    """
    match error:
        case SlowDown():
            return TryLater(error.after + jitter, whole=whole)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Unreachable(_said(error))
        case InvalidToken() | EndPointNotFound() | Conflict():
            return Misconfigured(_said(error))
        case BadRequest():  # is a NetworkError in PTB, so it stands before them
            return _refused(error)
        case NotSent():
            return Down(_said(error))
        case _:  # time-outs, broken connections, 5xx, answers that are not the Bot API's
            return OutcomeUnknown(_said(error))


def _refused(error: BadRequest) -> Undelivered | Remedy:
    words = error.message.lower()
    for beginning, remedy in _MENDABLE.items():
        if words.startswith(beginning):
            return remedy
    if words.startswith(_NOBODY_THERE):
        return Unreachable(_said(error))
    if words.startswith(_SETTINGS_OF_THE_GROUP):
        return Misconfigured(_said(error))
    return ContentRefused(_said(error))


def is_of_group(reason: str) -> bool:
    """Whether a refusal in these words is about how one group is set up, and not about us altogether."""
    return reason.lower().startswith(_SETTINGS_OF_THE_GROUP)


def _said(error: TelegramError) -> str:
    return error.message.removeprefix("Forbidden: ")
