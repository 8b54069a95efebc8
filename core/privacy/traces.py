"""What others were told of somebody who has been removed: looked for in their messages, and emptied."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from sqlalchemy import func, text, tuple_, update
from sqlmodel import Session, SQLModel, col, select

from core.correspondence import Direction, Message
from core.customers import Address, Customer
from core.identities import Identity
from core.privacy.holdings import Person, in_parts, of_peer
from core.visits import Visit
from core.welfare import WelfareConsent

RELAYED = "relay"
"""The reminders that carry a customer's words to their worker in the morning."""
SURE = 12
"""Words that long are nobody else's; shorter ones are theirs only where they were passed on at once."""
SHORTEST = 2
MOST = 3_000
"""So many different things that they said are looked for, the longest first."""
CODE = re.compile(r"[A-Za-z0-9_.:;=+ -]{0,80}")
NUMBER = re.compile(r"\+?\d[\d -]{5,}\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+([+-][\d:]+|Z)?)?")
_BETWEEN = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class Needles:
    """What tells a message about this person: their name, numbers and homes, and what they said."""

    sure: list[str] = field(default_factory=list)
    at_once: dict[str, list[str]] = field(default_factory=dict)
    """Short words by the moment they were said; passed on in the same turn, they have the same moment."""
    first: int = 0
    """The first message of theirs: nobody was told of them before."""

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Self:  # Any: JSON
        """What `as_json` wrote down."""
        return cls(**given)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.sure)) or "(?!)")

    def are_in(self, words: str, at: datetime) -> bool:
        """Whether a message of that moment is about this person."""
        if self._pattern.search(words) or self._pattern.search(_BETWEEN.sub("", words)):
            return True
        return any(said in words for said in self.at_once.get(at.isoformat(), ()))


def needles(session: Session, person: Person) -> Needles:
    """What to look for; to be asked before anything of theirs is gone."""
    sure = set(_called(session, person)) | set(_lives(session, person))
    at_once: dict[str, list[str]] = {}
    first = newest(session) + 1
    for peer in person.peers:
        theirs = select(Message).where(of_peer(SQLModel.metadata.tables["message"], peer))
        for message in session.exec(theirs.order_by(col(Message.id))):
            first = min(first, message.id or 0)
            words = message.body.strip()
            if message.direction is not Direction.IN or len(words) < SHORTEST:
                continue
            if len(words) >= SURE:
                sure.add(words)
            else:
                at_once.setdefault(message.created_at.isoformat(), []).append(words)
    return Needles(sorted(sure, key=len, reverse=True)[:MOST], at_once, first)


def _called(session: Session, person: Person) -> Iterable[str]:
    """Names that are nobody else's, and numbers however they are written."""
    for customer in session.exec(select(Customer).where(col(Customer.id).in_(person.customers))):
        if customer.name and len(customer.name) >= SHORTEST:
            others = select(func.count()).where(
                Customer.name == customer.name, col(Customer.id).not_in(person.customers)
            )
            if session.exec(others).one() == 0:
                yield customer.name
        if customer.phone:
            yield from numbers(customer.phone)
    theirs = select(WelfareConsent).where(col(WelfareConsent.customer_id).in_(person.customers))
    for consent in session.exec(theirs):
        yield from numbers(consent.contact_phone) if consent.contact_phone else ()


def numbers(phone: str) -> Sequence[str]:
    """A number (E.164) as it may stand somewhere: whole, as it is dialled at home, and masked."""
    home = phone.removeprefix("+86").removeprefix("+")
    return (phone, home, f"{home[:3]}****{home[-4:]}") if len(home) >= 7 else (phone,)


def _lives(session: Session, person: Person) -> Iterable[str]:
    for home in session.exec(select(Address).where(col(Address.customer_id).in_(person.customers))):
        yield home.line
        yield from (line for line in (home.access_note or "").split("\n") if len(line) >= SHORTEST)
    for some in in_parts(person.visits):
        theirs = select(Visit).where(col(Visit.id).in_(some))
        for visit in session.exec(theirs):
            said = (visit.address_line, visit.note, visit.contact_name)
            yield from (words for words in said if words and len(words) >= SHORTEST)
            yield from numbers(visit.contact_phone) if visit.contact_phone else ()


def newest(session: Session) -> int:
    """The number of the message that was said last."""
    return session.exec(select(func.max(Message.id))).one() or 0


def sweep(session: Session, now: datetime, limit: int = 1_000) -> int:
    """Look through up to `limit` messages for traces of who was removed; how many were looked at."""
    from core.privacy.erasing import Erasure

    untraced = select(Erasure).where(text("erased_at IS NOT NULL AND traced_at IS NULL"))
    asked = session.exec(
        untraced.order_by(col(Erasure.id)).limit(1).with_for_update(skip_locked=True)
    ).first()
    if asked is None:
        return 0
    further = (col(Message.id) > asked.cursor, col(Message.id) <= asked.last)
    found = session.exec(select(Message).where(*further).order_by(col(Message.id)).limit(limit)).all()
    _empty(session, Needles.from_json(asked.needles), found)
    asked.cursor = found[-1].id or 0 if found else asked.last
    if len(found) < limit:
        asked.needles, asked.traced_at = {}, now
    session.add(asked)
    session.flush()
    return len(found)


def _empty(session: Session, needles: Needles, messages: Sequence[Message]) -> None:
    """Take the words out of those messages to staff and workers that hold one of these."""
    about = [one for one in messages if needles.are_in(_whole(one), one.created_at)]
    others = _customers_among(session, about)
    ids = [one.id for one in about if one.peer not in others]
    for some in in_parts(ids):
        session.exec(update(Message).where(col(Message.id).in_(some)).values(body="", content={}))


def _whole(message: Message) -> str:
    return f"{message.body}\n{json.dumps(message.content, ensure_ascii=False)}"


def _customers_among(session: Session, messages: Sequence[Message]) -> set[tuple[str, ...]]:
    """The chats of other customers, who keep what they said themselves and were told of their own."""
    peers = {tuple(one.peer) for one in messages}
    key = tuple_(col(Identity.channel), col(Identity.account), col(Identity.user))
    found: set[tuple[str, ...]] = set()
    for some in in_parts(sorted(peers)):
        nothing_else = (col(Identity.worker_id).is_(None), col(Identity.staff_id).is_(None))
        asked = select(Identity.channel, Identity.account, Identity.user).where(key.in_(some), *nothing_else)
        found |= {tuple(row) for row in session.exec(asked)}
    return found


def without_words(value: Any) -> Any:  # Any: JSON, or a line of it
    """The same without what people wrote: figures, moments and codes stay, lines of them each for itself."""
    if isinstance(value, dict):
        return {key: without_words(each) for key, each in value.items()}
    if isinstance(value, list):
        return [without_words(each) for each in value]
    if not isinstance(value, str):
        return value
    return "\n".join(line for line in value.split("\n") if _is_code(line))


def _is_code(line: str) -> bool:
    if MOMENT.fullmatch(line):
        return True
    return CODE.fullmatch(line) is not None and NUMBER.search(line) is None and line.count(" ") < 4
