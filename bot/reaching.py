"""Telling the customer of a visit something that they must know in time: by chat, else by a call of staff."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import facts, telling, undelivered
from bot.flow import Turn
from bot.messages import Outbound
from core import identities
from core.news import Kind
from core.visits import Visit


def customer(
    turn: Turn,
    visit: Visit,
    make: Callable[[Turn], Outbound],
    *,
    kind: Kind = Kind.VISIT_PROGRESS,
    until: datetime | None = None,
    critical: bool = True,
) -> bool:
    """Tell the customer in each chat of theirs what `make` says, as news that is no use after `until`.

    False if they can be written to nowhere: then staff are asked, once a visit, to call them. What is not
    `critical` is worth no call: where messages are counted it waits until they speak.
    """
    chats = identities.of_customer(turn.session, visit.customer_id)

    def news(their: Turn) -> Outbound:
        return replace(facts.about_visit(their, make(their), kind, visit), until=until, critical=critical)

    turn.tell(chats, telling.customer_language(turn, visit), news)
    if not chats and critical:
        undelivered.say_by_call(turn.session, turn.company, visit, news, turn.now)
    return bool(chats)
