"""What is said by the clock and can wait is judged by `core.decency` first, and counted when it is said."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import emailing
from bot.flow import Turn
from bot.messages import Outbound
from core import decency
from core.correspondence import Peer
from core.customers import Customer
from core.decency import Class, Plea, Say, Verdict
from core.reminders import Reminder
from core.resorts.addresses import EMAIL


@dataclass(frozen=True, slots=True)
class Manners:
    """How one kind of reminder that can wait is judged."""

    kind: Class
    whom: Callable[[Turn, Reminder], int | None]
    """The customer it is for, by their number; None where it is nobody's or is work besides."""
    rank: int = 0
    """Of two that cannot both be said, the higher is."""
    owed: bool = False
    """Whether they lose something if it is not said."""
    worth: timedelta | None = None
    """How late it is still worth saying; by default as its class says."""
    anyway: Callable[[Turn, Reminder], None] = lambda _turn, _reminder: None
    """What has to be done also when it is not said."""
    unsaid: Callable[[Turn, Reminder, str], None] = lambda _turn, _reminder, _why: None
    """Hears why it is not to be said, where it is not."""


def judge(turn: Turn, reminder: Reminder, how: Manners | None) -> Verdict:
    """Whether it may be said now. What has no manners is service or work: it has its hour already."""
    whom = how.whom(turn, reminder) if how else None
    if how is None or whom is None:
        return Say()
    plea = Plea(
        about=reminder.kind,
        key=reminder.dedupe_key,
        rank=how.rank,
        since=reminder.since,
        worth=how.worth,
        owed=how.owed,
        besides=frozenset({EMAIL}) if emailing.is_open(turn, whom, how.kind) else frozenset(),
    )
    how.anyway(turn, reminder)
    customer = turn.session.get_one(Customer, whom)
    verdict = decency.judge(turn.session, turn.company, customer, how.kind, turn.now, plea)
    if isinstance(verdict, Say):
        turn.unseen = emailing.unseen(turn, whom, how.kind, verdict.avoid)
    return verdict


def said(turn: Turn, reminder: Reminder, how: Manners | None, avoid: frozenset[str]) -> list[Peer]:
    """Count what the turn is about to tell its customer, and leave out the channels they refused it in.

    Each message keeps its class, by which it is carried too, and how long it is worth that. What goes by
    e-mail is put on its way: where to.
    """
    whom = how.whom(turn, reminder) if how else None
    if how is None or whom is None:
        return []
    worth = how.worth if how.kind in decency.WAITS else None
    until = reminder.since + worth if worth is not None else None
    turn.told[:] = [
        (chat, _judged(words, how, until) if chat.customer_id == whom else words)
        for chat, words in turn.told
        if chat.customer_id != whom or chat.channel not in avoid
    ]
    turn.letters[:] = [
        (one, _judged(words, how, until) if one == whom else words) for one, words in turn.letters
    ]
    key = reminder.dedupe_key
    emailed = emailing.send(turn, how.kind, reminder.kind, avoid)
    if emailed or any(chat.customer_id == whom for chat, _ in turn.told):
        decency.sent(turn.session, whom, how.kind, turn.now, about=reminder.kind, key=key)
    else:
        decency.let_go(turn.session, whom, key)
    return emailed


def _judged(words: Outbound, how: Manners, until: datetime | None) -> Outbound:
    return replace(words, manner=how.kind.value, until=words.until or until)
