"""What the page sends and what it is shown: JSON on one side, `bot.messages` and the record on the other."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from bot.messages import Arrived, Content, Photo, Place, Tap, Text, Unsupported
from core.correspondence import Direction, Message

LONGEST_TYPED = 10_000
"""Characters that the page sends in one message; it asks people to write two instead."""
LONGEST_TEXT = 1024 * 1024
"""Characters in one message, whichever way it comes: kept whole, and answered."""
LONGEST_SHOWN = 20_000
"""Characters of one message that a page is given; the rest stays in the record."""
LONGEST_BODY = 2 * 1024 * 1024
"""Bytes of JSON, whichever way they come."""
LONGEST_DATA = 64
"""Bytes on one of our buttons."""
LONGEST_LABEL = 200
ARRIVED_ID = "arrived"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_MEDIA = re.compile(r"[A-Za-z0-9_-]{1,128}")


class Refused(Exception):
    """This will never be taken, however often it is sent. `reason` is for programs, `status` is HTTP's."""

    def __init__(self, reason: str, *, status: int = 400) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a page says; `id` is the page's own and stays the same when it is sent again."""

    id: str
    content: Content


def read(raw: bytes | str) -> Mapping[str, object]:
    """A JSON object. Raises `Refused`."""
    if len(raw) > LONGEST_BODY:
        raise Refused("too-large", status=413)
    try:
        shape = json.loads(raw, parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        raise Refused("malformed-json") from None
    if not isinstance(shape, dict):
        raise Refused("not-an-object")
    return shape


def said(shape: Mapping[str, object]) -> Said:
    """What a message of a page means. Raises `Refused`; a kind we do not know is kept as `Unsupported`."""
    match shape.get("id"):
        case str(id) if _ID.fullmatch(id):
            return Said(id, _content(shape))
    raise Refused("bad-id")


def _content(shape: Mapping[str, object]) -> Content:
    match shape:
        case {"kind": "text", "text": str(body)}:
            return Text(_text(body))
        case {"kind": "tap", "data": str(data)} if 0 < len(clean(data).encode()) <= LONGEST_DATA:
            return Tap(clean(data), label=_words(shape, "label"))
        case {"kind": "photo", "media": str(media)} if _MEDIA.fullmatch(media):
            return Photo(media, caption=_text(str(shape.get("caption", ""))))
        case {"kind": "place", "latitude": latitude, "longitude": longitude}:
            return Place(_degrees(latitude, 90), _degrees(longitude, 180), label=_words(shape, "label"))
        case {"kind": "arrived"}:
            return Arrived(start=_words(shape, "start"))
        case {"kind": "text" | "tap" | "photo" | "place"}:
            raise Refused("bad-shape")
        case {"kind": str(kind)} if kind.strip():
            return Unsupported(clean(kind.strip())[:40])
    raise Refused("bad-shape")


def clean(text: str) -> str:
    """The same words without what no database keeps: NUL, and halves of characters that JSON lets through."""
    return text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def shown(message: Message, *, user: str) -> dict[str, object]:
    """One message of the record as the page gets it."""
    content = message.content
    mine = message.direction is Direction.IN
    return {
        "id": message.id,
        "direction": message.direction.value,
        "kind": message.kind,
        "text": message.body if len(message.body) <= LONGEST_SHOWN else message.body[:LONGEST_SHOWN] + "…",
        "at": message.created_at.isoformat(),
        "client": (message.external_id or "").removeprefix(f"{user}:") if mine else None,
        "answers": message.answers_id,
        "choices": content.get("choices") or [],
        "card": content.get("card"),
        "data": content.get("data"),
        "media": content.get("media"),
        "place": _place(content) if message.kind == "place" and content else None,
    }


def _place(content: Mapping[str, object]) -> dict[str, object]:
    return {"latitude": content.get("latitude"), "longitude": content.get("longitude")}


def _text(body: str) -> str:
    text = clean(body)
    if len(text) > LONGEST_TEXT:
        raise Refused("text-too-long", status=413)
    return text


def _words(shape: Mapping[str, object], name: str) -> str:
    words = shape.get(name)
    return clean(words)[:LONGEST_LABEL] if isinstance(words, str) else ""


def _degrees(value: object, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("bad-shape")
    if not (math.isfinite(value) and -most <= value <= most):
        raise Refused("no-such-place")
    return float(value)


def _no_such_number(name: str) -> object:
    raise ValueError(name)


def sign(user: str) -> str:
    """A short mark of whose record a page shows, so that it notices when it has become somebody else's."""
    return sha256(user.encode()).hexdigest()[:16]
