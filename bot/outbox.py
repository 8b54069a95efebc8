"""What is said, on its way out: put into the outbox in the transaction of the turn that says it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from bot.flow import Turn
from bot.messages import Card, Choice, Outbound, Tap
from bot.state import State
from bot.written import below, written_out
from core import correspondence, rooms
from core.correspondence import Claimed, Peer, Purpose

TAKES = "go:mine:"
"""What the buttons send by which complaints are taken, before the complaint's number."""


def post(
    session: Session,
    peer: Peer,
    message: Outbound,
    now: datetime,
    *,
    purpose: Purpose = Purpose.NOTICE,
) -> int:
    """Put one message that answers nothing into the outbox; its id."""
    content = as_json(message)
    return correspondence.post(
        session,
        peer,
        body=message.text,
        content=content,
        purpose=Purpose.BULK if message.bulk else purpose,
        expires_at=message.until,
        now=now,
    )


def reply(
    turn: Turn,
    peer: Peer,
    said: Sequence[Outbound],
    standing: State,
    *,
    asked: int,
    answers_id: int | None,
    owner: str = "",
    claimed: bool = False,
) -> list[Claimed]:
    """Put the answers of a turn into the outbox, the first of them `claimed` by the caller.

    The buttons of the question that was open (`asked` is its `State.offer`) are closed with the first answer,
    once it is no longer the one to answer; `standing` remembers where those of the new one stand.
    """
    left_behind = standing.offer != asked or standing.form is None
    closes = standing.asked_in if left_behind else None
    chosen = turn.content.label if isinstance(turn.content, Tap) else ""
    posted: list[Claimed] = []
    for message in said:
        content = as_json(replace(message, language=turn.language)) | ({"owner": owner} if owner else {})
        if closes is not None and not posted:
            content |= {"replaces": closes} if message.replaces else {"closes": closes, "chosen": chosen}
        first = claimed and not posted
        id = correspondence.post(
            turn.session,
            peer,
            body=message.text,
            content=content,
            purpose=Purpose.ANSWER,
            answers_id=answers_id,
            claimed=first,
            now=turn.now,
        )
        posted.append(Claimed(id, peer, message.text, content, Purpose.ANSWER, int(first), 0))
    if left_behind:
        asks = (one.id for one, message in zip(posted, said, strict=True) if _asks(message))
        standing.asked_in = next(asks, None)
    return posted


class Kept(Protocol):
    """Something said, as the record has it."""

    @property
    def body(self) -> str: ...

    @property
    def content(self) -> Mapping[str, Any]: ...  # Any: JSON


def outbound(record: Kept) -> Outbound:
    """What the bot said, as the record of it tells."""
    content = record.content
    card, choices = content.get("card"), content.get("choices") or ()
    return Outbound(
        record.body,
        tuple(Choice(choice["label"], choice["data"], choice.get("kind", "answer")) for choice in choices),
        Card(card["title"], tuple((label, value) for label, value in card["lines"]), card.get("footer", ""))
        if card
        else None,
        shares=content.get("shares"),
        owner=content.get("owner", ""),
        said_by=content.get("said_by"),
        news=content.get("news"),
        facts=content.get("facts") or {},
        manner=content.get("manner", ""),
        leave=content.get("leave", ""),
        language=content.get("language", ""),
    )


def as_one(said: Sequence[Outbound]) -> Outbound:
    """Several messages in one, where every message counts.

    The choices and the card are those of the last, which is the one that asks; the cards before it are
    written out where they stood, and so is what can be said besides.
    """
    *before, last = said
    whole = [_in_words(one) for one in before]
    return replace(last, text="\n\n".join(text for text in (*whole, last.text) if text), replaces=False)


def joined(said: Sequence[Claimed]) -> Claimed:
    """Several claimed messages as the first of them, to be sent in one and to fare alike."""
    first, *rest = said
    whole = as_one([outbound(one) for one in said])
    critical = {"critical": True} if any(one.content.get("critical") for one in said) else {}
    ids = tuple(one.id for one in rest)
    return first._replace(body=whole.text, content=as_json(whole) | critical, along=ids)


def may_be_followed(message: Kept) -> bool:
    """Whether something may be said after it in the same message: it asks nothing that would be lost."""
    return not (_asks(outbound(message)) or message.content.get("shares"))


def pass_on(turn: Turn) -> tuple[Peer, ...]:
    """Post what a turn has to tell other people; who they are."""
    told = [(Peer(one.channel, one.account, one.user), message) for one, message in turn.told]
    for peer, message in told:
        asks_to_take(turn.session, post(turn.session, peer, message, turn.now), message)
    return tuple(peer for peer, _ in told)


def asks_to_take(session: Session, id: int, message: Outbound) -> None:
    """If a message asks somebody to take a complaint, remember that: it is closed when somebody has."""
    for choice in message.choices:
        number = choice.data.removeprefix(TAKES)
        if choice.data.startswith(TAKES) and number.isdecimal():
            rooms.ask(session, id, int(number))


def as_json(message: Outbound) -> dict[str, Any]:  # Any: JSON
    """Everything of a message but its words, as it is kept."""
    card = message.card
    content: dict[str, Any] = {
        "choices": [{"label": one.label, "data": one.data, "kind": one.kind} for one in message.choices],
        "card": {"title": card.title, "lines": [list(line) for line in card.lines], "footer": card.footer}
        if card
        else None,
    }
    more: dict[str, object] = {"shares": message.shares, "critical": message.critical}
    more |= {"closes": message.closes, "chosen": message.chosen}
    more["language"] = message.language if message.choices or message.shares else ""
    more |= {
        "manner": message.manner,
        "leave": message.leave,
        "said_by": message.said_by,
        "news": message.news,
        "facts": dict(message.facts),
    }
    return content | {name: value for name, value in more.items() if value}


def _in_words(message: Outbound) -> str:
    card = written_out(message.card) if message.card else ""
    ways = " ".join(f"[{one.label}]" for one in message.choices if not _dies(one))
    return below(below(message.text, card), ways)


def _asks(message: Outbound) -> bool:
    """Whether its buttons belong to one showing of a question, and are dead once that is answered."""
    return any(map(_dies, message.choices))


def _dies(choice: Choice) -> bool:
    return choice.data[:1].isdigit()
