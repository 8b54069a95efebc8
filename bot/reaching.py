"""Telling people of a visit what they must know in time: by chat, else by a call of staff.

Who that is besides its customer, an elder who lives there or who hears for them, is found here and nowhere
else.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot import facts, telling, texts, undelivered
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import households, identities
from core.customers import Address, Customer
from core.news import Kind
from core.visits import Visit

OPEN_TO_ALL = frozenset({"moving", "cancelling", "progress", "visit", "visits", "person"})
"""What others than its customer may do about a visit they hear of."""


def customer(
    turn: Turn,
    visit: Visit,
    make: Callable[[Turn], Outbound],
    *,
    kind: Kind = Kind.VISIT_PROGRESS,
    until: datetime | None = None,
    critical: bool = True,
    others: Callable[[Turn], Outbound] | None = None,
) -> bool:
    """Tell the customer in each chat of theirs what `make` says, as news that is no use after `until`.

    Who else hears of the visit is told the same, or what `others` says. False if nobody can be written to
    anywhere: then staff are asked, once a visit, to call the customer. What is not `critical` is worth no
    call: where messages are counted it waits until they speak.
    """

    def news(said: Callable[[Turn], Outbound], their: Turn) -> Outbound:
        return replace(facts.about_visit(their, said(their), kind, visit), until=until, critical=critical)

    reached = everybody(turn, visit, partial(news, make), others=partial(news, others or make))
    if not reached and critical:
        undelivered.say_by_call(turn.session, turn.company, visit, partial(news, make), turn.now)
    return reached


def everybody(
    turn: Turn,
    visit: Visit,
    make: Callable[[Turn], Outbound],
    *,
    but: int | None = None,
    others: Callable[[Turn], Outbound] | None = None,
) -> bool:
    """Tell everybody who hears of a visit, each in their language, without the customer numbered `but`; False
    if none of them can be written to anywhere. `others` is for all but its customer."""
    reached = False
    for customer_id in households.hearers(turn.session, visit):
        if customer_id == but:
            continue
        chats = identities.of_customer(turn.session, customer_id)
        found = turn.session.get_one(Customer, customer_id)
        language = texts.closest(found.language) or turn.company.languages[0]
        said = make if customer_id == visit.customer_id else others or make
        turn.tell(chats, language, _for(visit, customer_id, said))
        reached = reached or bool(chats)
    return reached


def of_answer(turn: Turn, visit: Visit, *, reason: str | None = None) -> bool:
    """They hear what became of a request; False if nobody can be written to anywhere."""
    return everybody(turn, visit, partial(telling.answered, visit=visit, reason=reason))


def _for(visit: Visit, customer_id: int, make: Callable[[Turn], Outbound]) -> Callable[[Turn], Outbound]:
    """The same for its customer; for others with whose home it is about, and only with what they may do."""
    if customer_id == visit.customer_id:
        return make

    def made(their: Turn) -> Outbound:
        said = make(their)
        about = their.text("kin-about", home=whose(their, visit, customer_id), reference=visit.reference)
        return replace(said, text=f"{about}\n{said.text}", choices=allowed(said.choices))

    return made


def whose(turn: Turn, visit: Visit, customer_id: int) -> str:
    """Whose home a visit is at, by name: "own" where it is this customer's, "none" where no name is known."""
    home = turn.session.get_one(Address, visit.address_id)
    if home.customer_id == customer_id:
        return "own"
    return turn.session.get_one(Customer, home.customer_id).name or "none"


def allowed(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The buttons that are for everybody who hears of a visit."""
    return tuple(one for one in choices if one.data.split(":")[1:2] and one.data.split(":")[1] in OPEN_TO_ALL)
