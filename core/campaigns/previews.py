"""What a campaign would come to before it is started: whom it is for, whom it reaches, who is left out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import decency, identities, ways
from core.campaigns import audience
from core.campaigns.audience import Found
from core.campaigns.files import Plan
from core.correspondence import Peer, Purpose
from core.customers import Customer
from core.decency import Class, Drop, Hold, Plea
from core.resorts import notifications
from core.resorts.addresses import EMAIL
from core.ways import Accounts, Direct, Limits, News

if TYPE_CHECKING:
    from core.company import Company

NAMED = 5


@dataclass
class Preview:
    """The whole is counted; how many are reached is found from some of them, chosen by chance."""

    found: Found
    names: list[str] = field(default_factory=list)
    """Of the first few."""
    channels: Counter[str] = field(default_factory=Counter)
    """In how many of the sample's chats it may be said now, by channel; a person may have several. By e-mail
    those are told who have none."""
    now: int = 0
    """How many of the sample would be told at once..."""
    held: Counter[str] = field(default_factory=Counter)
    """... or later, and why later..."""
    dropped: Counter[str] = field(default_factory=Counter)
    """... or not at all, and why."""
    cost: int = 0
    """What it will give away, in fen, as far as the budget goes."""
    budget_is_short: bool = False

    def share(self, count: int) -> int:
        """So many of the sample, in percent."""
        return round(100 * count / len(self.found.sample)) if self.found.sample else 0


def of(
    session: Session, company: "Company", plan: Plan, limits: Callable[[str], Limits], now: datetime
) -> Preview:
    """What would come of starting it now. `limits` says how our accounts on a channel may write to people."""
    made = Preview(audience.count(session, plan, now))
    for customer_id in made.found.sample:
        customer = session.get_one(Customer, customer_id)
        if customer.name and len(made.names) < NAMED:
            made.names.append(customer.name)
        emailed = notifications.for_care(session, company, customer, Class.MARKETING, now)[0] is not None
        besides = frozenset({EMAIL}) if emailed else frozenset[str]()
        open_chats = _chats(session, customer_id, limits, now) or besides
        made.channels.update(open_chats)
        plea = Plea(about="campaign", besides=besides)
        match decency.judge(session, company, customer, Class.MARKETING, now, plea):
            case Drop(why):
                made.dropped[why] += 1
            case Hold(_, why):
                made.held[why] += 1
            case _ if open_chats:
                made.now += 1
            case _:
                made.dropped["no chat of theirs may be written to now"] += 1
    _price(made, company, plan)
    return made


def _chats(
    session: Session, customer_id: int, limits: Callable[[str], Limits], now: datetime
) -> frozenset[str]:
    chats = identities.of_customer(session, customer_id)
    accounts: Accounts = {(one.channel, one.account): limits(one.channel) for one in chats}
    return frozenset(
        one.channel
        for one in chats
        if isinstance(
            ways.choose(
                session, News(Peer(one.channel, one.account, one.user), purpose=Purpose.BULK), accounts, now
            ),
            Direct,
        )
    )


def _price(made: Preview, company: "Company", plan: Plan) -> None:
    if plan.winners is not None:
        made.cost = plan.winners * plan.worth(company)
        return
    size, told = len(made.found.sample), made.now + sum(made.held.values())
    people = made.found.agreed * (100 - plan.hold_out) * told // (100 * size) if size else 0
    if plan.stop.most_people is not None:
        people = min(people, plan.stop.most_people)
    wanted = people * plan.each(company)
    made.cost = min(wanted, plan.budget * 100)
    made.budget_is_short = wanted > plan.budget * 100
