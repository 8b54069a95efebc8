"""A person to test with: says, taps and reads, through the real bot and a real database."""

import itertools
import json
import re
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import col, select

from bot import notices, state, store
from bot.flows import FLOWS
from bot.messages import Arrived, Content, Door, Inbound, Sender, Tap, Text
from bot.turn import Bot, Receipt
from core import correspondence, media
from core.company import Company
from core.correspondence import Direction, Message, Peer
from core.database import transaction
from core.visits import Visit
from core.ways import FREE, Limits
from tests.conftest import Moment

_ids = itertools.count(1)


@dataclass
class Person:
    """One account on one channel. `read` is the id of the last message they have seen."""

    engine: Engine
    company: Company
    moment: Moment
    user: str = "customer"
    channel: str = "web"
    language: str = "zh-CN"
    read: int = 0
    receipts: list[Receipt] = field(default_factory=list)
    limits: Limits = FREE
    doors: tuple[Door, ...] = ()

    @property
    def peer(self) -> Peer:
        """How the record calls them."""
        return Peer(self.channel, "main", self.user)

    def sends(self, content: Content, external_id: str | None = None) -> list[Message]:
        """Send something; what came back and was not read before."""
        sender = Sender(self.channel, "main", self.user)
        number = external_id or f"m{next(_ids)}"
        inbound = Inbound(sender, number, self.moment.now, content, self.language)
        limits = {(self.channel, "main"): self.limits}
        bot = Bot(self.engine, self.company, limits=limits, doors=lambda: self.doors)
        self.receipts.append(bot.receive(inbound))
        return self.reads()

    def keeps(self) -> str:
        """The id of a picture of theirs, as a channel keeps it before it hands in the message."""
        with transaction(self.engine) as session:
            id, whose = media.new_id(), self.peer._asdict()
            media.record(session, id, b"x", mime="image/png", now=self.moment.now, **whose)
            return id

    def arrives(self, start: str = "") -> list[Message]:
        """Open the conversation."""
        return self.sends(Arrived(start))

    def says(self, *lines: str) -> list[Message]:
        """Type one message after the other; what came back to the last."""
        heard: list[Message] = []
        for line in lines:
            heard = self.sends(Text(line))
        return heard

    def taps(self, label: str) -> list[Message]:
        """Press the button with this label on the latest message that has one."""
        return self.sends(Tap(self.button(label), label))

    def button(self, label: str) -> str:
        """What the button with this label sends."""
        for message in reversed(self.heard()):
            for choice in message.content["choices"]:
                if choice["label"] == label:
                    return str(choice["data"])
        raise AssertionError(f"no button {label}")

    def number(self, label: str) -> str | None:
        """The number a button has where choices are numbered lines; None for a way out."""
        choices = [choice for choice in self.heard()[-1].content["choices"] if choice["kind"] == "answer"]
        labels = [choice["label"] for choice in choices]
        return str(labels.index(label) + 1) if label in labels else None

    def heard(self, after: int = 0) -> list[Message]:
        """Everything they were ever told, or what they were told after a message."""
        with transaction(self.engine) as session:
            said = correspondence.talk(session, self.peer, after=after)
            return [one for one in said if one.direction is Direction.OUT]

    def reads(self) -> list[Message]:
        """What they were told since they last looked."""
        new = self.heard(after=self.read)
        self.read = max([self.read, *(message.id or 0 for message in new)])
        return new

    def state(self) -> state.State:
        """Where the conversation stands, as it would be loaded after a restart."""
        with transaction(self.engine) as session:
            wanted = select(store.Conversation).where(
                store.Conversation.channel == self.channel, store.Conversation.user == self.user
            )
            document = json.loads(json.dumps(session.exec(wanted).one().state))
        return state.load(document, FLOWS)


def sweep(engine: Engine, company: Company) -> None:
    """Let what is due be said."""
    notices.due(engine, company)


def references(engine: Engine) -> dict[str, str]:
    """Every visit's reference, with a name that is the same in every run."""
    with transaction(engine) as session:
        # By the key, because plans are looked at while transcripts are held.
        found = session.exec(select(Visit.reference).where(col(Visit.id) > 0).order_by(col(Visit.id))).all()
    return {reference: f"VISIT{number}" for number, reference in enumerate(found, start=1)}


def written(messages: list[Message], names: dict[str, str]) -> list[str]:
    """Messages as a transcript shows them: text, card and choices, references by name."""
    lines: list[str] = []
    for message in messages:
        lines += message.body.split("\n")
        if card := message.content["card"]:
            lines.append(f"┌ {card['title']}")
            lines += [f"│ {label}: {value}" for label, value in card["lines"]]
            lines += [f"└ {line}" for line in card["footer"].split("\n") if line]
        if choices := message.content["choices"]:
            lines.append(" ".join(f"[{choice['label']}]" for choice in choices))
    pattern = re.compile("|".join(map(re.escape, names)) or "(?!)")
    return [f"< {pattern.sub(lambda found: names[found[0]], line)}" for line in lines]
