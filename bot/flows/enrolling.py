"""Becoming a member: one tap for whoever left a number, and a card at once."""

from typing import Any

from bot import cards, membership
from bot.answers import a_phone
from bot.flow import Flow, Turn, ask, confirm
from bot.flows import celebrating
from bot.messages import Outbound
from bot.verdicts import Leave
from core import customers
from core.members import enrolling, tiers


def their_number(turn: Turn) -> str | None:
    """The number we have, so that it is not asked."""
    return turn.customer.phone


def what_it_is(turn: Turn) -> Outbound:
    """What members get and what it costs: nothing."""
    return Outbound(turn.text("enrolling-agreed-ask", sign_up=turn.company.members.sign_up))


class Enrolling(Flow):
    """Which number, where we have none, and yes."""

    phone: str = ask(a_phone, known=their_number)
    agreed: bool = confirm(what_it_is)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """Leaves where they are a member already."""
        member = tiers.membership(turn.session, turn.customer_id)
        if member is not None:
            raise Leave("enrolling-already", number=member.number)
        return {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Make them a member; their card is the welcome."""
        if turn.customer.phone != self.phone:
            customers.set_phone(turn.session, turn.customer, self.phone)
        member, _ = enrolling.join(turn.session, turn.company, turn.customer, turn.now)
        name = turn.customer.name or "none"
        welcome = turn.text("enrolling-done", name=name)
        text = "\n".join((welcome, membership.ways_to_earn(turn)))
        choices = [cards.go(turn, name) for name in ("points", "ledger", "redeem", "booking")]
        if celebrating.is_unknown(turn):
            turn.leads = (celebrating.Celebrating.key, "")
        return [Outbound(text, tuple(choices), membership.card(turn, member))]
