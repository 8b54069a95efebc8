"""News for somebody who can be written to in no chat: by e-mail, else by text message, else nobody knows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import outbox, telling, texts
from bot.flow import Turn
from bot.messages import Arrived, Card, Outbound
from core import correspondence, decency, identities, timeline, visits
from core.company import Company
from core.correspondence import Claimed, Message, Peer, Purpose
from core.customers import Customer
from core.decency import Class, Hold, Plea
from core.quiet import is_under_way
from core.resorts import addresses, notifications
from core.resorts.notifications import Matter
from core.visits import Visit

NOTIFIES = "notification"
"""Under which the content of a message says that it is one, and in whose place."""
STORY = {addresses.EMAIL: "emailed", addresses.SMS: "texted"}
"""How the story of a visit calls it."""
CLOSED = frozenset({"window-closed", "used-up"})
"""Why a chat cannot be written to before its person writes."""


def instead(
    turn: Turn,
    said: Outbound,
    *,
    why: str,
    avoid: frozenset[str] = frozenset(),
    of: int | None = None,
) -> tuple[Peer | None, str]:
    """Say it by a way of last resort, in the place of the message `of` a chat; where, and why not.

    Only news goes that way: what was said of a visit of theirs, or must be known in time.
    """
    if said.news is None and not said.critical:
        return None, "no news of a visit"
    customer, visit = turn.customer, _visit(turn, said)
    matter = Matter(said.news, said.critical, avoid)
    peer, no = notifications.choose(turn.session, turn.company, customer, matter, turn.now)
    if peer is None:
        return None, no
    reason = because(why, no)
    how = {"customer": customer.id, "of": of, "why": why, "tried": sorted(avoid), "said": kept(said)}
    id = post(turn, peer, _notification(turn, said, visit), {NOTIFIES: how}, _hour(turn, customer, visit))
    about = visit.reference if visit else ""
    notifications.note(
        turn.session, turn.company, turn.customer_id, peer, message_id=id, kind=said.news or "news",
        about=about, why=reason, instead_of=of, now=turn.now,
    )  # fmt: skip
    if visit is not None and visit.id is not None:
        timeline.add(
            turn.session, visit.id, STORY[peer.channel], actor="bot", now=turn.now,
            for_worker=False, reason=reason,
        )  # fmt: skip
    return peer, no


def because(*whys: str) -> str:
    """Several reasons as one that staff read; a key of ours is said in words."""
    words = (texts.say("en", why) if texts.has("en", why) else why for why in whys if why)
    return "; ".join(words)


def is_told(turn: Turn, of: int) -> bool:
    """Whether the message of a chat with this id was said so before."""
    return notifications.told(turn.session, turn.customer_id, of)


def send_code(turn: Turn, asked: addresses.Asked) -> Peer:
    """Send somebody the code that shows that an e-mail address is theirs."""
    subject = turn.text("mailing-code-subject", company=turn.company.name.get(turn.language))
    until = asked.until.astimezone(turn.company.zone).time()
    body = turn.text("mailing-code-told", code=asked.code, until=until)
    said = Outbound(body, card=Card(subject, ()), until=asked.until, language=turn.language)
    peer = Peer(addresses.EMAIL, turn.company.resorts.email_from, asked.address)
    id = post(turn, peer, said, {NOTIFIES: {"customer": turn.customer_id, "code": True}}, turn.now)
    notifications.note(
        turn.session, turn.company, turn.customer_id, peer, message_id=id, kind=notifications.CODE,
        why="they asked for it", now=turn.now,
    )  # fmt: skip
    return peer


def failed(
    session: Session, company: Company, message: Claimed, *, why: str, lost: bool, now: datetime
) -> tuple[Turn, Outbound, frozenset[str]] | None:
    """A notification did not arrive; `lost`: none will there. What to say in another way, and to whom.

    None where nothing is: it was a code, or its person is gone.
    """
    kept = message.content[NOTIFIES]
    customer_id, channel = int(kept["customer"]), message.peer.channel
    if lost:
        addresses.lose(session, customer_id, channel, message.peer.user, why=why, now=now)
    last = identities.last_of_customer(session, customer_id)
    if last is None:
        return None
    turn = telling.turn_of(session, company, last, now, Arrived())
    turn.language = texts.closest(turn.customer.language) or company.languages[0]
    if kept.get("code"):
        address = message.peer.user
        chats = identities.of_customer(session, customer_id)
        turn.tell(chats, turn.language, lambda their: their.say("mailing-code-lost", address=address))
        outbox.pass_on(turn)
        return None
    said = _said(kept["said"])
    until = session.get_one(Message, message.id).expires_at
    return turn, replace(said, until=until), frozenset({*kept["tried"], channel})


def unsaid(message: Claimed | Message) -> Outbound:
    """What a message of a chat says, with how much it matters."""
    return replace(outbox.outbound(message), critical=bool(message.content.get("critical")))


def _visit(turn: Turn, said: Outbound) -> Visit | None:
    reference = said.facts.get("reference")
    visit = visits.by_reference(turn.session, reference) if reference else None
    return visit if visit is not None and visit.customer_id == turn.customer_id else None


def _hour(turn: Turn, customer: Customer, visit: Visit | None) -> datetime:
    """When it may be said: nobody's telephone rings at night for what can wait."""
    plea = Plea(live=visit is not None and is_under_way(visit))
    verdict = decency.judge(turn.session, turn.company, customer, Class.SERVICE, turn.now, plea)
    return verdict.until if isinstance(verdict, Hold) else turn.now


def _notification(turn: Turn, said: Outbound, visit: Visit | None) -> Outbound:
    """The same as a notification: nothing to press, a subject, and where to answer."""
    name = turn.company.name.get(turn.language)
    reference = visit.reference if visit else "none"
    subject = turn.text("notify-subject", company=name, reference=reference)
    lines = said.card.lines if said.card else ()
    card = Card(subject, lines, turn.text("notify-foot", phone=turn.house_phone))
    return replace(said, choices=(), card=card, shares=None, replaces=False, language=turn.language)


def post(turn: Turn, peer: Peer, said: Outbound, more: Mapping[str, object], at: datetime) -> int:
    """Put it into the outbox, to be sent `at` that moment; its id. `more` stands in its content besides."""
    content = outbox.as_json(said) | dict(more)
    id = correspondence.post(
        turn.session,
        peer,
        body=said.text,
        content=content,
        purpose=Purpose.BULK if said.bulk else Purpose.NOTICE,
        expires_at=said.until,
        now=turn.now,
    )
    if at > turn.now:
        correspondence.put_off(turn.session, id, at)
    return id


def kept(said: Outbound) -> dict[str, Any]:  # Any: JSON
    """What was to be said in a chat, as the notification keeps it."""
    return outbox.as_json(replace(said, choices=(), closes=None)) | {"body": said.text}


class _Kept:
    """What was to be said in a chat, as the notification keeps it."""

    def __init__(self, content: Mapping[str, Any]) -> None:  # Any: JSON
        self.content, self.body = content, str(content["body"])


def _said(kept: Mapping[str, Any]) -> Outbound:  # Any: JSON
    return replace(outbox.outbound(_Kept(kept)), critical=bool(kept.get("critical")))
