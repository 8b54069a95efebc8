"""What a message tells, fact by fact, for where it can only be filled into a template."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core import visits
from core.customers import Customer
from core.news import Fact, Kind
from core.visits import Visit


def about_visit(turn: Turn, said: Outbound, kind: Kind, visit: Visit) -> Outbound:
    """The same message, which must be known in time, as news of this kind about a visit."""
    return replace(said, critical=True, news=kind, facts=_of_visit(turn, visit, said.text))


def _of_visit(turn: Turn, visit: Visit, words: str) -> Mapping[str, str]:
    customer = turn.session.get_one(Customer, visit.customer_id)
    team = [worker.name for _, worker in visits.crew(turn.session, visit)]
    return {
        Fact.SERVICE: turn.company.service(visit.service_code).name.get(turn.language),
        Fact.WHEN: cards.when(turn, visit),
        Fact.STARTS: _moment(turn, visit.starts_at),
        Fact.ENDS: _moment(turn, visit.ends_at),
        Fact.ADDRESS: visit.address_line,
        Fact.WORKER: turn.text("value-said", value=team) if team else turn.text("worker-later"),
        Fact.NAME: customer.name or "",
        Fact.REFERENCE: visit.reference,
        Fact.PRICE: turn.text("value-said", value=Money(visit.total)),
        Fact.STATUS: turn.text(f"status-{visit.status.value.replace('_', '-')}"),
        Fact.PHONE: turn.house_phone,
        Fact.WORDS: " ".join(words.split()),
    }


def _moment(turn: Turn, at: datetime) -> str:
    return at.astimezone(turn.company.zone).isoformat(timespec="minutes")
