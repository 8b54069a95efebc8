"""What the platform tells later about messages that it took from us, and about the leave to send them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from channels.tencent import xml
from channels.tencent.xml import Fields


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message that the platform had accepted."""

    what: Literal["template", "notice"]
    """A template message, or a subscription notice."""
    message: str
    """The id that the platform gave it when it took it."""
    template: str = ""
    """The id of the template, where the platform tells."""
    failure: str = ""
    """Why it did not arrive, in the platform's words; "" if it did."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody allowed one notice of a template, or wants none."""

    template: str
    is_accepted: bool


Result: TypeAlias = Delivered | Answered

_LISTS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    "subscribe_msg_sent_event": "SubscribeMsgSentEvent",
}


def read(event: str, fields: Fields) -> tuple[Result, ...]:
    """The results in an event, by its name in lower case; what names no message or template is left out."""
    if event == "templatesendjobfinish":
        message, status = _word(fields, "MsgID"), _word(fields, "Status").lower()
        failure = "" if status == "success" else status.removeprefix("failed:").strip() or "unknown"
        return (Delivered("template", message, failure=failure),) if message else ()
    entries = xml.every(xml.inside(fields, _LISTS.get(event, "")), "List")
    each = [entry for entry in entries if isinstance(entry, Mapping)]
    if event == "subscribe_msg_sent_event":
        return tuple(_delivered(entry) for entry in each if _word(entry, "MsgID"))
    return tuple(_answered(entry) for entry in each if _word(entry, "TemplateId"))


def _delivered(entry: Fields) -> Delivered:
    code, status = _word(entry, "ErrorCode"), _word(entry, "ErrorStatus")
    failure = "" if code == "0" else f"{code} {status}".strip() or "unknown"
    return Delivered("notice", _word(entry, "MsgID"), _word(entry, "TemplateId"), failure)


def _answered(entry: Fields) -> Answered:
    is_accepted = _word(entry, "SubscribeStatusString").lower() == "accept"
    return Answered(_word(entry, "TemplateId"), is_accepted)


def _word(fields: Fields, name: str) -> str:
    return xml.text(fields, name).strip()
