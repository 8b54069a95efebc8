"""One message or event of an Official Account, read: who did what, and what that allows us."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Literal, TypeAlias

from bot.messages import Arrived, Content, Inbound, Left, Noted, Place, Sender, Tap, Text, Unsupported
from channels.tencent import xml
from channels.tencent.xml import Fields, Malformed
from channels.wechat import results
from channels.wechat.results import Result
from core import places
from core.media import Family

CHANNEL = "wechat"
LONGEST_KIND = 64
"""Characters of a name the platform gives to what we do not know."""
LONGEST_KEY = 128
"""Characters of what tells two events of a second apart; the rest of it is hashed."""

Trigger: TypeAlias = Literal["message", "menu", "follow", "scan"]
"""What lets us write to somebody: 5 messages in 48 hours for a message, 3 in a minute for the others."""

_SCENE = "qrscene_"
_BEGINNING = datetime(2012, 8, 1, tzinfo=UTC)
"""Nothing was sent to an Official Account before there were any."""
_AHEAD = timedelta(days=1)
_PERSON = re.compile(r"[!-~]{1,128}")
_MESSAGE_ID = re.compile(r"[0-9]{1,20}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_ENVELOPE = frozenset({"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "Encrypt"})


@dataclass(frozen=True, slots=True)
class File:
    """Something that has to be fetched before the bot can be told of it; the platform keeps it three days."""

    id: str
    """Its media id."""
    family: Family


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
    person, kind = _word(fields, "FromUserName"), _word(fields, "MsgType").lower()
    if not _PERSON.fullmatch(person):
        raise Malformed("no sender")
    if not kind:
        raise Malformed("no kind")
    event = _word(fields, "Event").lower() if kind == "event" else ""
    meant = _event(event, fields) if kind == "event" else _message(kind, fields)
    id = _event_id(person, event, fields, meant, now) if kind == "event" else _message_id(fields)
    sender = Sender(CHANNEL, account, person)
    inbound = Inbound(sender, external_id=id, at=_at(fields, now), content=meant.content)
    return Read(inbound, meant.earns, meant.file, meant.results)


def _message(kind: str, fields: Fields) -> _Meant:
    if kind == "text":
        words, pressed = xml.text(fields, "Content"), _word(fields, "bizmsgmenuid")
        # A press on a line of a menu that we sent; the platform counts it as one on the account's own menu.
        return _Meant(Tap(pressed, words), "menu") if pressed else _Meant(Text(words), "message")
    if kind == "image":
        return _Meant(Unsupported("photo-lost"), "message", _file(fields, Family.PICTURE))
    if kind == "voice":
        return _Meant(Unsupported("voice"), "message", _file(fields, Family.SOUND))
    if kind == "location":
        return _Meant(_place(fields) or Unsupported(kind), "message")
    return _Meant(Unsupported(kind[:LONGEST_KIND]), "message")


def _event(event: str, fields: Fields) -> _Meant:
    key = _word(fields, "EventKey")
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
            return _Meant(Noted(event, _own(fields)), "menu")
        case "location":
            # Where somebody is, every few seconds: nothing that we need to know.
            return _Meant(Noted(event))
    noted = Noted(event[:LONGEST_KIND] or "event", _own(fields))
    return _Meant(noted, results=results.read(event, fields))


def _message_id(fields: Fields) -> str:
    """The platform spells its name in two ways."""
    given = _word(fields, "MsgId") or _word(fields, "MsgID")
    if not _MESSAGE_ID.fullmatch(given):
        raise Malformed("no number")
    return given


def _event_id(person: str, event: str, fields: Fields, meant: _Meant, now: datetime) -> str:
    """Events have no number. Two of a kind in one second differ in their key, or in what they report on."""
    created = _created(fields)
    second = int(now.timestamp()) if created is None else created
    told = (one.message if isinstance(one, results.Delivered) else one.template for one in meant.results)
    key = _word(fields, "EventKey") or _word(fields, "MsgID") or ",".join(told)
    return f"{person}:{second}:{_short(event)}:{_short(key)}"


def _short(key: str) -> str:
    """A key as it is, or what stands for it: ids are kept in an index, which takes no long ones."""
    return (
        key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    )


def _created(fields: Fields) -> int | None:
    given = _word(fields, "CreateTime")
    return int(given) if _SECONDS.fullmatch(given) else None


def _at(fields: Fields, now: datetime) -> datetime:
    created = _created(fields)
    if created is None or not _BEGINNING.timestamp() <= created <= (now + _AHEAD).timestamp():
        return now
    return datetime.fromtimestamp(created, UTC)


def _file(fields: Fields, family: Family) -> File | None:
    id = _word(fields, "MediaId")
    return File(id, family) if id else None


def _place(fields: Fields) -> Place | None:
    """Where a message points to; the platform's X is the latitude, on Chinese maps."""
    try:
        latitude, longitude = float(_word(fields, "Location_X")), float(_word(fields, "Location_Y"))
    except ValueError:
        return None
    if not (isfinite(latitude) and abs(latitude) <= 90 and isfinite(longitude) and abs(longitude) <= 180):
        return None
    return Place(*places.to_wgs84(latitude, longitude), xml.text(fields, "Label"))


def _own(fields: Fields) -> dict[str, object]:
    """What an event tells beside who, when and what."""
    return {name: value for name, value in fields.items() if name not in _ENVELOPE}


def _word(fields: Fields, name: str) -> str:
    return xml.text(fields, name).strip()
