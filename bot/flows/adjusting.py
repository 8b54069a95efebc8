"""Staff give a customer points or take some; the customer reads why, and a lot of them takes two people."""

import re
from functools import partial
from typing import Any

from bot import cards, complaints, membership
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reader, Turn, ask, confirm, one_of
from bot.handling import wording
from bot.messages import Content, Outbound, Text
from bot.readers import phones
from bot.verdicts import Leave, Retry
from core import customers
from core.customers import Customer
from core.identities import Role
from core.members import Adjustment, NotEnoughPoints, adjusting, points

FOUND = 5
MOST = 100_000
USUAL = (100, 200, 500, 1_000)
TOKENS = 6
"""So many words of a message are looked at for whom it names."""
_SIGNED = re.compile(r"(?<!\d)(?:(?P<less>[扣减−-])|(?P<more>[+＋加增给]))?\s*(?P<count>\d{1,7})(?!\d)")


def nobody_yet(_turn: Turn) -> Options[int]:
    """Nobody is offered: staff name whom they mean."""
    return []


def _read_customer(turn: Turn, content: Content) -> int | None:
    said = content.body.strip() if isinstance(content, Text) else ""
    if not said:
        return None
    number = phones.spot(said, turn.company.country)
    found = (
        customers.of_phone(turn.session, number, FOUND)
        if number
        else customers.called(turn.session, said, FOUND)
    )
    if not found:
        raise Retry("adjusting-nobody")
    if len(found) > 1:
        raise Retry("adjusting-several", [Option(one.id or 0, _customer_line(turn, one)) for one in found])
    return found[0].id


def _spot_customer(turn: Turn, text: str) -> int | None:
    """A customer named in passing, if only one is called so."""
    for word in text.split()[:TOKENS]:
        if not word.isdecimal() and len(found := customers.called(turn.session, word, 2)) == 1:
            return found[0].id
    return None


def _customer_line(turn: Turn, one: Customer) -> str:
    name = one.name or turn.text("customer-unnamed")
    phone = phones.masked(one.phone) if one.phone else turn.text("value-none")
    return turn.text("adjusting-customer", name=name, phone=phone)


a_customer: Reader[int] = Reader(
    _read_customer, _spot_customer, worded=lambda turn, id: membership.name_of(turn, id)
)


def amounts(_turn: Turn) -> Options[int]:
    """What is given most often."""
    return [Option(count, f"+{count}") for count in USUAL]


def _read_points(_turn: Turn, content: Content) -> int | None:
    found = _SIGNED.search(content.body) if isinstance(content, Text) else None
    if found is None:
        return None
    count = int(found["count"]) * (-1 if found["less"] else 1)
    if not 0 < abs(count) <= MOST:
        raise Retry("adjusting-beyond", most=MOST)
    return count


def _spot_points(_turn: Turn, text: str) -> int | None:
    """A number with a sign; one without may be anything."""
    signed = (one for one in _SIGNED.finditer(text) if one["less"] or one["more"])
    found = next(signed, None)
    count = int(found["count"]) * (-1 if found["less"] else 1) if found else 0
    return count if 0 < abs(count) <= MOST else None


a_change: Reader[int] = Reader(
    _read_points, _spot_points, amount=True, worded=lambda _turn, count: f"{count:+d}"
)


def they_have_it(turn: Turn, customer: int, amount: int) -> None:
    """Refuses to take more than the customer has."""
    usable = points.balance(turn.session, customer, turn.now).usable
    if amount < 0 and -amount > usable:
        raise Retry("adjusting-too-few", usable=usable)


def summary(turn: Turn, customer: int, amount: int, reason: str) -> Outbound:
    """Who gets or loses how many points, why, and whether it takes a second person."""
    has = points.balance(turn.session, customer, turn.now)
    return Outbound(
        turn.text(
            "adjusting-agreed-ask",
            name=membership.name_of(turn, customer),
            points=f"{amount:+d}",
            now=has.usable,
            reason=reason,
            alone="no" if abs(amount) > turn.company.members.adjust_alone else "yes",
        )
    )


class Adjusting(Flow):
    """Whose points, how many more or fewer, why, and yes."""

    roles = frozenset({Role.STAFF})

    customer: int = ask(one_of(nobody_yet, other=a_customer))
    amount: int = ask(one_of(amounts, other=a_change), check=they_have_it)
    reason: str = ask(free_text(200))
    agreed: bool = confirm(summary)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The customer that a button is about."""
        is_number = argument.isascii() and argument.isdecimal()
        return {"customer": int(argument)} if is_number else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Do it, or ask somebody else for their yes; the customer hears of what was done."""
        try:
            made = adjusting.ask(
                turn.session,
                turn.company,
                self.customer,
                self.amount,
                reason=self.reason,
                staff_id=turn.identity.staff_id or 0,
                now=turn.now,
            )
        except NotEnoughPoints as no:
            raise Leave("adjusting-too-few", usable=no.args_["usable"]) from no
        name = membership.name_of(turn, self.customer)
        choices = [cards.go(turn, "adjustments"), cards.go(turn, "desk")]
        if made.approved:
            tell_customer(turn, made)
            return [turn.say("adjusting-done", name=name, points=f"{self.amount:+d}", choices=choices)]
        asked = [
            one.name
            for one in adjusting.may_decide(turn.session, turn.company, made.asked_by)
            if complaints.tell_member(turn, one.id or 0, partial(put, made=made))
        ]
        return [
            turn.say(
                "adjusting-asked",
                name=name,
                points=f"{self.amount:+d}",
                members=asked,
                count=len(asked),
                choices=choices,
            )
        ]


def put(turn: Turn, *, made: Adjustment) -> Outbound:
    """A change that waits for a second person's yes."""
    number = str(made.id)
    return turn.say(
        "adjustment-told",
        member=wording.member(turn, made.asked_by),
        name=membership.name_of(turn, made.customer_id),
        points=f"{made.points:+d}",
        reason=made.reason,
        choices=[cards.go(turn, "adjustyes", number), cards.go(turn, "adjustno", number)],
    )


def tell_customer(turn: Turn, made: Adjustment) -> None:
    """The customer hears what changed, and why."""
    membership.tell(
        turn,
        made.customer_id,
        lambda their: their.say(
            "told-adjusted",
            points=abs(made.points),
            given="yes" if made.points > 0 else "no",
            reason=made.reason,
            now=points.balance(their.session, made.customer_id, their.now).usable,
            choices=[cards.go(their, "ledger"), cards.go(their, "points")],
        ),
    )
