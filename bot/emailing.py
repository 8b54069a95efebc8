"""What can wait, by e-mail: for people who notice it in no chat just now, or want it in none.

It goes through the same hours, caps and refusals as in a chat and is counted once, wherever it is read. It
waits in their chats too, with its buttons, for when they come to answer: nobody reads an answer to an e-mail.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot import resorting, telling
from bot.flow import Turn
from bot.messages import Card, Outbound
from core import identities, ways
from core.correspondence import Peer
from core.customers import Customer
from core.decency import WAITS, Class
from core.identities import Identity
from core.resorts import notifications, refusing
from core.ways import FREE, Direct, News

NOWHERE = "nothing can be written to them in any chat"
UNWANTED = "they want it in no chat of theirs"
UNSEEN = "no chat of theirs lets us write just now, or shows it before they come"
LONGEST_SUBJECT, SHORTEST_SUBJECT = 72, 8
_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s|\n")


def reaches(turn: Turn, customer_id: int, kind: Class) -> bool:
    """Whether a customer can be told something of this class anywhere: in a chat, or by e-mail."""
    return bool(identities.of_customer(turn.session, customer_id)) or is_open(turn, customer_id, kind)


def is_open(turn: Turn, customer_id: int, kind: Class) -> bool:
    """Whether something of this class may go to a customer by e-mail now."""
    return _address(turn, customer_id, kind) is not None


def unseen(turn: Turn, customer_id: int, kind: Class, avoid: frozenset[str]) -> frozenset[int]:
    """The customer, if they notice none of their chats but those to `avoid`, and an e-mail may go instead."""
    chats = identities.of_customer(turn.session, customer_id)
    if any(one.channel not in avoid and _is_noticed(turn, one) for one in chats):
        return frozenset()
    return frozenset({customer_id}) if is_open(turn, customer_id, kind) else frozenset()


def send(turn: Turn, kind: Class, about: str, avoid: frozenset[str]) -> list[Peer]:
    """Put on its way what the turn has for people by e-mail, and keep why; where to. `about` is its code."""
    told: list[Peer] = []
    for customer_id, said in turn.letters:
        peer = _address(turn, customer_id, kind)
        if peer is None:
            continue
        letter = _letter(turn, customer_id, kind, said)
        kept: dict[str, object] = {
            "customer": customer_id,
            "of": None,
            "why": about,
            "tried": [],
            "said": resorting.kept(said),
        }
        id = resorting.post(turn, peer, letter, {resorting.NOTIFIES: kept}, turn.now)
        notifications.note(
            turn.session, turn.company, customer_id, peer, message_id=id, kind=about,
            why=_why(turn, customer_id, avoid), now=turn.now,
        )  # fmt: skip
        told.append(peer)
    return told


def _address(turn: Turn, customer_id: int, kind: Class) -> Peer | None:
    customer = turn.session.get_one(Customer, customer_id)
    find = partial(notifications.for_care, turn.session, turn.company, customer, kind, turn.now)
    return turn.once(("e-mail", customer_id, kind), find)[0]


def _is_noticed(turn: Turn, chat: Identity) -> bool:
    """Whether something said in a chat now reaches its person, who need not come for it."""
    if not turn.accounts.get((chat.channel, chat.account), FREE).pushes:
        return False
    news = News(Peer(chat.channel, chat.account, chat.user))
    return isinstance(ways.choose(turn.session, news, turn.accounts, turn.now), Direct)


def _why(turn: Turn, customer_id: int, avoid: frozenset[str]) -> str:
    chats = identities.of_customer(turn.session, customer_id)
    if not chats:
        return NOWHERE
    return UNWANTED if all(one.channel in avoid for one in chats) else UNSEEN


def _letter(turn: Turn, customer_id: int, kind: Class, said: Outbound) -> Outbound:
    """The same to be read in an e-mail: a subject, how to answer, and how to get no more of these."""
    language = telling.language_of_customer(turn, customer_id)
    their, rules = replace(turn, language=language), turn.company.resorts
    foot = [their.text("email-foot", phone=turn.house_phone, page=rules.page or "none")]
    leave = ""
    if kind in WAITS:
        leave = refusing.link(turn.session, turn.company, customer_id, kind, language=language, now=turn.now)
        foot.append(their.text(f"email-foot-{kind.value}", link=leave))
    lines = said.card.lines if said.card else ()
    card = Card(_subject(their, said), lines, "\n".join(foot))
    return replace(said, choices=(), card=card, shares=None, leave=leave, language=language)


def _subject(turn: Turn, said: Outbound) -> str:
    """What it is about, as its card is called or as it begins."""
    about = said.card.title if said.card and said.card.title else _beginning(said.text)
    return turn.text("email-subject", company=turn.company.name.get(turn.language), about=about)


def _beginning(words: str) -> str:
    """The first sentence, or more where that is little."""
    sentences: Sequence[str] = [one.strip() for one in _END.split(words) if one.strip()]
    about = ""
    for one in sentences:
        about = f"{about} {one}".strip()
        if len(about) >= SHORTEST_SUBJECT:
            break
    return about if len(about) <= LONGEST_SUBJECT else f"{about[: LONGEST_SUBJECT - 1].rstrip()}…"
