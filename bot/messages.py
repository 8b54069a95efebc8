"""What people and the bot say to each other, whatever the channel: the only words shared with channels/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Sender:
    """Who is talking, as the channel knows them: the key of a conversation."""

    channel: str
    account: str
    """Which of our accounts on that channel was written to; `"main"` where there is only one."""
    user: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they were typed, of any length and alphabet."""

    body: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button of ours was pressed; `data` is what we wrote on it."""

    data: str
    label: str = ""
    """What the button said, where the channel tells; for the record only."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture, already kept by the channel under `media`."""

    media: str
    caption: str = ""
    album: str = ""
    """What the pictures sent in one go have in common; the first of them is answered, the others are kept."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Something spoken that nobody wrote down, already kept by the channel under `media`."""

    media: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map in WGS-84 degrees, with the words that came along."""

    latitude: float
    longitude: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number given by the platform itself, so it needs no second look."""

    phone: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Someone opened the conversation; `start` is what the link they followed carried."""

    start: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """The platform of another account of ours vouches that this person is `user` there."""

    channel: str
    account: str
    user: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something we cannot read, by the channel's own name for it; kept and said so, never dropped."""

    kind: str


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked us or threw us out: nothing can be said to them until they come back."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person can be written to again; they have not said anything yet."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something the channel told us that asks for no answer, by the channel's own name for it; kept."""

    kind: str
    data: Mapping[str, object] = field(default_factory=dict)


MEMBER_LEFT = "member-left"
"""What is `Noted` when somebody left a chat that the staff share: `Inbound.by` says who."""


@dataclass(frozen=True, slots=True)
class Consented:
    """The person agreed to one more message by a template (True), or wants none by it (False)."""

    answers: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Bounced:
    """Messages that the platform took and then could not deliver: its own names for them, and why."""

    messages: Mapping[str, str]


Content: TypeAlias = (
    Text
    | Tap
    | Photo
    | Voice
    | Place
    | Contact
    | Arrived
    | Proven
    | Unsupported
    | Left
    | Returned
    | Noted
    | Consented
    | Bounced
)
Silent: TypeAlias = Left | Returned | Noted | Bounced
"""What is kept and has its effect, but is not answered."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person did, already verified and parsed by its channel."""

    sender: Sender
    external_id: str
    """The channel's own id for it; the same when the channel repeats itself."""
    at: datetime
    """When the person did it, aware."""
    content: Content
    language: str | None = None
    """The language the channel says the person uses, as a BCP 47 tag; a hint, not a wish."""
    earns: str = ""
    """What this was, where the platform lets us write because of it: a name in the account's `Limits`."""
    by: str = ""
    """Who of them did it, where several people share one conversation (a group); their id on the channel."""
    replies_to: str = ""
    """The platform's name for the message of ours that this replies to, where it does and that is known."""
    room: str = ""
    """What is talked about there, in a chat of staff with a room for each case: `core.rooms.subject`."""


@dataclass(frozen=True, slots=True)
class Door:
    """A way into a chat with us, to be opened somewhere else by somebody who wants to go on there."""

    channel: str
    account: str
    key: str
    """The line that offers it; it gets the `link`."""
    address: str
    """What is opened, with `{start}` in the place of what it carries there: `Arrived.start`."""
    many: bool = False
    """Whether one person may have several chats there, so that it leads elsewhere even from there."""
    page: str = ""
    """Where our own pages begin, for what is shown outside of chats; only the web chat has them."""

    def link(self, start: str) -> str:
        """The address that carries `start`: at most 64 of `A-Z a-z 0-9 _ -`, which every platform takes."""
        return self.address.replace("{start}", start)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or a numbered line where there are none."""

    label: str
    data: str
    """What comes back when it is pressed; at most 64 bytes, so that every platform carries it."""
    kind: Literal["answer", "amount", "way"] = "answer"
    """An answer; an amount, which is not numbered because a number is the answer itself; or a way out of the
    question (back, skip, a person)."""


@dataclass(frozen=True, slots=True)
class Card:
    """Facts worth a frame: a visit, a price. Every line is a label and its value."""

    title: str
    lines: tuple[tuple[str, str], ...]
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to a person. Without cards on the channel, the card is written out below the text."""

    text: str
    choices: tuple[Choice, ...] = ()
    card: Card | None = None
    shares: Literal["contact", "place"] | None = None
    """What the person may give with one touch, where the platform has a button for that."""
    until: datetime | None = None
    """Nobody is told any more after this moment (aware), because it is no longer true or of use."""
    critical: bool = False
    """Must be known in time: where messages are counted it may use what is kept back, else staff call."""
    bulk: bool = False
    """The same goes to many people: whatever else there is goes first, and it is worth no second way."""
    manner: str = ""
    """The class by which its hour was judged, one of `core.decency.Class`; "" where nothing was judged."""
    replaces: bool = False
    """The question shown last, changed: where messages can be edited, it takes that one's place."""
    owner: str = ""
    """The only one whose presses count, in a group (`Inbound.by` of what this answers); anyone's if empty."""
    said_by: int | None = None
    """The member of staff whose words these are, who hears of it when they do not arrive."""
    news: str | None = None
    """Which of `core.news.Kind` this is, where it may also go by a template."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What it tells, by `core.news.Fact`."""
    closes: int | None = None
    """A message of ours, by its id in the record, whose buttons go with this one..."""
    chosen: str = ""
    """... and what is then said in their place."""
    leave: str = ""
    """Where its reader gets no more of these, with one click: for the head of an e-mail."""
    language: str = ""
    """What a question is written in, for the words that a channel adds to it; "" where nobody said."""
