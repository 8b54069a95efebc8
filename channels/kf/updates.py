"""One message or event of customer service, as a page of the platform holds it, read: who did what."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from bot.messages import Arrived, Content, Inbound, Noted, Place, Sender, Tap, Text, Unsupported
from channels.tencent.reading import LONGEST_KIND, File
from core import places
from core.correspondence import Peer
from core.media import Family

CHANNEL = "kf"
EVENT = "kf_msg_or_event"
"""What the application is told when there is something to fetch."""
PLATFORM = "sys"
"""Who did what no customer did."""
GREETED_WITHIN = timedelta(seconds=20)
"""So long after somebody came in they can be greeted by the code that came along."""
WRITTEN_WITHIN = timedelta(hours=48)
"""So long after somebody wrote they can be written to."""
BEFORE_US = timedelta(minutes=10)
"""What was written so long before we ever asked is not ours to answer; the first page is of three days."""

_BY_CUSTOMER, _BY_PLATFORM, _BY_STAFF = 3, 4, 5
_ID = re.compile(r"[!-~]{1,128}")
_AHEAD = timedelta(days=1)
_BEGINNING = datetime(2021, 1, 1, tzinfo=UTC)

Raw = Mapping[str, Any]  # Any: the platform's own JSON


@dataclass(frozen=True, slots=True)
class Failed:
    """A message of ours that the platform had taken and did not deliver."""

    msgid: str
    why: int
    """The platform's own number for the reason."""


@dataclass(frozen=True, slots=True)
class Read:
    """A message or an event that was read.

    With a `file`, the content is still to be had; `inbound` holds what is handed in if it cannot be. With a
    `code`, the person who came in can be greeted until `until`.
    """

    inbound: Inbound
    file: File | None = None
    code: str = ""
    until: datetime | None = None
    failed: Failed | None = None

    @property
    def peer(self) -> Peer:
        """Whom it is about."""
        return Peer(CHANNEL, self.inbound.sender.account, self.inbound.sender.user)


def letter_id(raw: Raw) -> str:
    """What is the same when the platform repeats itself: its own id, or what stands for it."""
    given = _word(raw, "msgid")
    if _ID.fullmatch(given):
        return given
    whole = json.dumps(raw, sort_keys=True, default=str).encode()
    return f"sha256:{hashlib.sha256(whole).hexdigest()}"


def read(raw: Raw, *, account: str, now: datetime, opened_at: datetime) -> Read:
    """What a message or an event means, for this account of ours, which was opened at `opened_at`.

    Takes anything: what it cannot read is noted.
    """
    event = _inside(raw, "event")
    user = _word(raw, "external_userid") or _word(event, "external_userid")
    sender = Sender(CHANNEL, account, user if _ID.fullmatch(user) else PLATFORM)
    at = _sent_at(raw, now)
    kind, origin = _word(raw, "msgtype").lower(), raw.get("origin")
    content, file = _content(raw, kind, origin)
    earns, code, until, failed = "", "", None, None
    if at < opened_at - BEFORE_US and origin != _BY_STAFF:
        content, file = Noted("earlier", {"kind": kind[:LONGEST_KIND], "text": _words(raw)}), None
    elif origin == _BY_CUSTOMER and kind != "event":
        earns = "message" if at + WRITTEN_WITHIN > now else ""
    elif kind == "event" and _word(event, "event_type") == "enter_session":
        code, until = _word(event, "welcome_code"), at + GREETED_WITHIN
        if code and until > now:
            content, earns = Arrived(_word(event, "scene_param")), "welcome"
    elif kind == "event" and _word(event, "event_type") == "msg_send_fail":
        failed = Failed(_word(event, "fail_msgid"), _number(event.get("fail_type")))
    if sender.user == PLATFORM and not isinstance(content, Noted):
        content, file, earns = Noted("unsigned", {"kind": kind[:LONGEST_KIND]}), None, ""
    inbound = Inbound(sender, external_id=letter_id(raw), at=at, content=content, earns=earns)
    return Read(inbound, file, code if earns == "welcome" else "", until, failed)


def _content(raw: Raw, kind: str, origin: object) -> tuple[Content, File | None]:
    """What was said, and the file it consists of."""
    if kind == "event":
        event = _inside(raw, "event")
        name = _word(event, "event_type")[:LONGEST_KIND] or "event"
        # A code is good for whoever has it.
        return Noted(name, {key: value for key, value in event.items() if not key.endswith("code")}), None
    if origin == _BY_STAFF:
        by = _word(raw, "servicer_userid")
        return Noted("staff", {"by": by, "kind": kind[:LONGEST_KIND], "text": _words(raw)}), None
    if origin != _BY_CUSTOMER:
        return Noted(kind[:LONGEST_KIND] or "message", {"origin": str(origin)[:LONGEST_KIND]}), None
    return _said(raw, kind)


def _said(raw: Raw, kind: str) -> tuple[Content, File | None]:
    """What a customer said."""
    match kind:
        case "text":
            pressed, words = _word(_inside(raw, "text"), "menu_id"), _words(raw)
            return (Tap(pressed, words) if pressed else Text(words)), None
        case "image":
            return Unsupported("photo-lost"), _file(raw, kind, Family.PICTURE)
        case "voice":
            return Unsupported("voice"), _file(raw, kind, Family.SOUND)
        case "location":
            return _place(_inside(raw, kind)) or Unsupported(kind), None
    return Unsupported(kind[:LONGEST_KIND] or "message"), None


def _file(raw: Raw, kind: str, family: Family) -> File | None:
    id = _word(_inside(raw, kind), "media_id")
    return File(id, family) if id else None


def _place(found: Raw) -> Place | None:
    try:
        latitude, longitude = float(found["latitude"]), float(found["longitude"])
    except (LookupError, ValueError, TypeError):
        return None
    if not (isfinite(latitude) and abs(latitude) <= 90 and isfinite(longitude) and abs(longitude) <= 180):
        return None
    label = " ".join(dict.fromkeys(filter(None, (_word(found, "address"), _word(found, "name")))))
    return Place(*places.to_wgs84(latitude, longitude), label)


def _sent_at(raw: Raw, now: datetime) -> datetime:
    sent = _number(raw.get("send_time"))
    if not _BEGINNING.timestamp() <= sent <= (now + _AHEAD).timestamp():
        return now
    return datetime.fromtimestamp(sent, UTC)


def _words(raw: Raw) -> str:
    return str(_inside(raw, "text").get("content") or "")


def _word(raw: Raw, name: str) -> str:
    value = raw.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _inside(raw: Raw, name: str) -> Raw:
    value = raw.get(name)
    return value if isinstance(value, Mapping) else {}
