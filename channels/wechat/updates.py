"""One message or event of an Official Account, read: who did what, and what that allows us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.messages import (
    Arrived,
    Bounced,
    Consented,
    Content,
    Inbound,
    Left,
    Noted,
    Sender,
    Tap,
    Text,
    Unsupported,
)
from channels.tencent import reading, xml
from channels.tencent.reading import LONGEST_KIND, File, file, own, place, word
from channels.tencent.xml import Fields
from channels.wechat import results
from channels.wechat.results import Result
from core.media import Family

CHANNEL = "wechat"
PATH = "/hooks/wechat"

Trigger: TypeAlias = Literal["message", "menu", "follow", "scan"]
"""What lets us write to somebody: 5 messages in 48 hours for a message, 3 in a minute for the others."""

_SCENE = "qrscene_"


@dataclass(frozen=True, slots=True)
class Read:
    """A message or an event that was read.

    With a `file`, the content is still to be had; `inbound` holds what is handed in if it cannot be.
    """

    inbound: Inbound
    earns: Trigger | None = None
    """Why we may write to this person without being asked again, if this is a reason."""
    file: File | None = None
    results: tuple[Result, ...] = ()
    """What it tells of messages of ours."""

    @property
    def external_id(self) -> str:
        """What is the same when the platform repeats itself, and else different."""
        return self.inbound.external_id


@dataclass(frozen=True, slots=True)
class _Meant:
    content: Content
    earns: Trigger | None = None
    file: File | None = None
    results: tuple[Result, ...] = ()


def read(fields: Fields, *, account: str, now: datetime) -> Read:
    """What a message or an event means, for this account of ours; `now` is aware.

    Raises `xml.Malformed` where nobody sent it, where it is of no kind, and for a message without a number;
    everything else is at least noted. What says no credible time happened now.
    """
    person, kind = reading.person(fields), reading.kind(fields)
    event = word(fields, "Event").lower() if kind == "event" else ""
    meant = _event(event, fields) if kind == "event" else _message(kind, fields)
    id = _event_id(person, event, fields, meant, now) if kind == "event" else reading.message_id(fields)
    sender = Sender(CHANNEL, account, person)
    inbound = Inbound(sender, external_id=id, at=reading.happened_at(fields, now), content=meant.content)
    return Read(inbound, meant.earns, meant.file, meant.results)


def _message(kind: str, fields: Fields) -> _Meant:
    if kind == "text":
        words, pressed = xml.text(fields, "Content"), word(fields, "bizmsgmenuid")
        # A press on a line of a menu that we sent; the platform counts it as one on the account's own menu.
        return _Meant(Tap(pressed, words), "menu") if pressed else _Meant(Text(words), "message")
    if kind == "image":
        return _Meant(Unsupported("photo-lost"), "message", file(fields, Family.PICTURE))
    if kind == "voice":
        return _Meant(Unsupported("voice"), "message", file(fields, Family.SOUND))
    if kind == "location":
        return _Meant(place(fields) or Unsupported(kind), "message")
    return _Meant(Unsupported(kind[:LONGEST_KIND]), "message")


def _event(event: str, fields: Fields) -> _Meant:
    key = word(fields, "EventKey")
    match event:
        case "subscribe":
            # The key may also tell of other things, such as a payment.
            return _Meant(Arrived(key.removeprefix(_SCENE) if key.startswith(_SCENE) else ""), "follow")
        case "scan":
            return _Meant(Arrived(key), "scan")
        case "unsubscribe":
            return _Meant(Left())
        case "click" if key:
            return _Meant(Tap(key), "menu")
        case "click" | "scancode_push" | "scancode_waitmsg":
            return _Meant(Noted(event, own(fields)), "menu")
        case "location":
            # Where somebody is, every few seconds: nothing that we need to know.
            return _Meant(Noted(event))
    noted, told = Noted(event[:LONGEST_KIND] or "event", own(fields)), results.read(event, fields)
    return _Meant(_of_results(told) or noted, results=told)


def _of_results(told: Sequence[Result]) -> Consented | Bounced | None:
    """What the bot has to know of results; that a message arrived it knows."""
    answers = {one.template: one.is_accepted for one in told if isinstance(one, results.Answered)}
    lost = {one.message: one.failure for one in told if isinstance(one, results.Delivered) and one.failure}
    return Consented(answers) if answers else Bounced(lost) if lost else None


def _event_id(person: str, event: str, fields: Fields, meant: _Meant, now: datetime) -> str:
    """Two events of a kind in one second differ in their key, or in what they report on."""
    told = (one.message if isinstance(one, results.Delivered) else one.template for one in meant.results)
    key = word(fields, "EventKey") or word(fields, "MsgID") or ",".join(told)
    return reading.event_id(fields, person, event, key, now)
