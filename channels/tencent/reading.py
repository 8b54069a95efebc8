"""What the messages and events of Tencent's platforms have in common, read from their fields."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite

from bot.messages import Place
from channels.tencent import xml
from channels.tencent.xml import Fields, Malformed
from core import places
from core.media import Family

LONGEST_KIND = 64
"""Characters of a name the platform gives to what we do not know."""
LONGEST_KEY = 128
"""Characters of what tells two events of a second apart; the rest of it is hashed."""

_BEGINNING = datetime(2012, 8, 1, tzinfo=UTC)
"""Nothing was sent on these platforms before there were any."""
_AHEAD = timedelta(days=1)
_PERSON = re.compile(r"[!-~]{1,128}")
_MESSAGE_ID = re.compile(r"[0-9]{1,20}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_ENVELOPE = frozenset({"ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "Encrypt", "AgentID"})


@dataclass(frozen=True, slots=True)
class File:
    """Something that has to be fetched before the bot can be told of it; the platform keeps it three days."""

    id: str
    """Its media id."""
    family: Family


def word(fields: Fields, name: str) -> str:
    """The text of a field without white space around it; "" without the field."""
    return xml.text(fields, name).strip()


def person(fields: Fields, default: str = "") -> str:
    """Who did it, by the platform's id for them. Raises Malformed without one."""
    found = word(fields, "FromUserName") or default
    if not _PERSON.fullmatch(found):
        raise Malformed("no sender")
    return found


def is_person(id: str) -> bool:
    """Whether the platform could call somebody so."""
    return bool(_PERSON.fullmatch(id))


def kind(fields: Fields) -> str:
    """What kind of message it is, in small letters. Raises Malformed without one."""
    if not (found := word(fields, "MsgType").lower()):
        raise Malformed("no kind")
    return found


def message_id(fields: Fields) -> str:
    """The number of a message, whose name is spelt in two ways. Raises Malformed without one."""
    given = word(fields, "MsgId") or word(fields, "MsgID")
    if not _MESSAGE_ID.fullmatch(given):
        raise Malformed("no number")
    return given


def event_id(fields: Fields, person: str, event: str, key: str, now: datetime) -> str:
    """What stands for the number that events have not: who did what in which second, to what `key`."""
    created = _created(fields)
    second = int(now.timestamp()) if created is None else created
    return f"{person}:{second}:{_short(event)}:{_short(key)}"


def happened_at(fields: Fields, now: datetime) -> datetime:
    """When it happened, aware; `now` where no credible time is said."""
    created = _created(fields)
    if created is None or not _BEGINNING.timestamp() <= created <= (now + _AHEAD).timestamp():
        return now
    return datetime.fromtimestamp(created, UTC)


def file(fields: Fields, family: Family) -> File | None:
    """The file that a message consists of, if it names one."""
    id = word(fields, "MediaId")
    return File(id, family) if id else None


def place(fields: Fields) -> Place | None:
    """Where a message points to; the platform's X is the latitude, on Chinese maps."""
    try:
        latitude, longitude = float(word(fields, "Location_X")), float(word(fields, "Location_Y"))
    except ValueError:
        return None
    if not (isfinite(latitude) and abs(latitude) <= 90 and isfinite(longitude) and abs(longitude) <= 180):
        return None
    return Place(*places.to_wgs84(latitude, longitude), xml.text(fields, "Label"))


def own(fields: Fields) -> dict[str, object]:
    """What an event tells beside who, when and what."""
    return {name: value for name, value in fields.items() if name not in _ENVELOPE}


def _created(fields: Fields) -> int | None:
    given = word(fields, "CreateTime")
    return int(given) if _SECONDS.fullmatch(given) else None


def _short(key: str) -> str:
    """A key as it is, or what stands for it: ids are kept in an index, which takes no long ones."""
    return (
        key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    )
