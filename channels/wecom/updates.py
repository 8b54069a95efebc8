"""One message or event of a WeCom application, read: who did what."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Content, Inbound, Left, Noted, Returned, Sender, Tap, Text, Unsupported
from channels.tencent import reading, xml
from channels.tencent.reading import LONGEST_KIND, File, file, own, place, word
from channels.tencent.xml import Fields
from channels.wecom import showing
from core.media import Family

CHANNEL = "wecom"
PATH = "/hooks/wecom"
PLATFORM = "sys"
"""Who does what no member did; some of the platform's own events name nobody."""


@dataclass(frozen=True, slots=True)
class Read:
    """A message or an event that was read.

    With a `file`, the content is still to be had; `inbound` holds what is handed in if it cannot be.
    """

    inbound: Inbound
    file: File | None = None
    task: str = ""
    """The card whose button was pressed, by its task id."""
    code: str = ""
    """What allows one change of that card for whoever pressed, for 72 hours."""


def read(fields: Fields, *, account: str, now: datetime) -> Read:
    """What a message or an event means, for this application of ours; `now` is aware.

    Raises `xml.Malformed` for a message that nobody sent or that has no number, and where it is of no kind;
    everything else is at least noted.
    """
    kind, found, task = reading.kind(fields), None, ""
    if kind == "event":
        person, event = reading.person(fields, PLATFORM), word(fields, "Event").lower()
        content, task = _event(event, fields), word(fields, "TaskId")
        # Whoever has two cards may press the same button on both within a second.
        id = reading.event_id(fields, person, event, f"{task}{word(fields, 'EventKey')}", now)
    else:
        person, id = reading.person(fields), reading.message_id(fields)
        content, found = _message(kind, fields)
    sender = Sender(CHANNEL, account, person)
    inbound = Inbound(sender, external_id=id, at=reading.happened_at(fields, now), content=content)
    if not (task and isinstance(content, Tap)):
        return Read(inbound, found)
    return Read(inbound, found, task, word(fields, "ResponseCode"))


def _message(kind: str, fields: Fields) -> tuple[Content, File | None]:
    match kind:
        case "text":
            return Text(xml.text(fields, "Content")), None
        case "image":
            return Unsupported("photo-lost"), file(fields, Family.PICTURE)
        case "voice":
            return Unsupported("voice"), file(fields, Family.SOUND)
        case "location":
            return place(fields) or Unsupported(kind), None
    return Unsupported(kind[:LONGEST_KIND]), None


def _event(event: str, fields: Fields) -> Content:
    key = word(fields, "EventKey")
    match event:
        case "template_card_event" if key:
            return showing.pressed(key)
        case "click" if key:
            return Tap(key)
        case "subscribe":  # a member has come into the application's visible range
            return Returned()
        case "unsubscribe":
            return Left()
        case "location":
            # Where somebody is, every few seconds: nothing that we need to know.
            return Noted(event)
    return Noted(event[:LONGEST_KIND] or "event", own(fields))
