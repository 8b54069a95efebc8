"""Staff end a visit that the company cannot keep: called off ahead of its time, or nobody came."""

from datetime import timedelta
from typing import Any

from bot import benefits, cards, offering, owing, reaching, reminding, telling
from bot.desk import a_visit, because, because_to_customer, begin_with, is_in, leave, why
from bot.flow import Flow, Reference, Turn, ask, confirm
from bot.messages import Card, Choice, Outbound
from bot.verdicts import Leave, Retry
from core import handoffs, policies, visits
from core.identities import Role
from core.news import Kind
from core.visits import MoveNotAllowed, Status, Visit

CANCELLABLE = frozenset(status for status, moves in visits.ALLOWED.items() if Status.CANCELLED in moves)
MISSABLE = frozenset(status for status, moves in visits.ALLOWED.items() if Status.MISSED in moves)


def what_it_costs(turn: Turn, visit: Reference, reason: str) -> Outbound:
    """The visit, the reason, and what its customer gets for it."""
    ending = cards.everybodys(turn, visit)
    coupon = policies.as_of(turn.session, ending.policy_version).called_off_coupon
    return Outbound(turn.text("callingoff-agreed-ask"), card=_ending(turn, ending, reason, coupon))


def what_is_owed(turn: Turn, visit: Reference, reason: str) -> Outbound:
    """The visit that nobody came to, and what its customer gets for it."""
    ending = cards.everybodys(turn, visit)
    coupon = policies.as_of(turn.session, ending.policy_version).missed_coupon
    return Outbound(turn.text("missed-agreed-ask"), card=_ending(turn, ending, reason, coupon))


def _ending(turn: Turn, visit: Visit, reason: str, coupon: int) -> Card:
    lines = (
        (turn.text("card-what"), cards.visit_line(turn, visit)),
        (turn.text("ticket-customer"), cards.customer_name(turn, visit.customer_id)),
        (turn.text("card-who"), cards.team(turn, visit)),
        (turn.text("callingoff-reason-label"), because(turn, reason)),
        (
            turn.text("callingoff-gets"),
            turn.text("owed-nothing-due", owed=owing.promised(turn, visit, coupon)),
        ),
    )
    return Card(turn.text("card-title", reference=visit.reference), lines)


def has_begun(turn: Turn, visit: Reference) -> None:
    """Refuses a visit to which somebody may still come in time, and what `is_in` refuses."""
    is_in(MISSABLE)(turn, visit)
    about = cards.everybodys(turn, visit)
    if turn.now < about.starts_at:
        raise Retry("missed-early", when=cards.when(turn, about))


class CallingOff(Flow):
    """Which visit, why, and yes: the company itself cancels."""

    roles = frozenset({Role.STAFF})

    visit: Reference = ask(a_visit(CANCELLABLE), check=is_in(CANCELLABLE))
    reason: str = ask(why("weather", "ill", "safety", "staffing", "other"))
    agreed: bool = confirm(what_it_costs)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button; leaves with how it stands when that cannot be any more."""
        return begin_with(turn, argument, cards.everybodys, CANCELLABLE)

    def done(self, turn: Turn) -> list[Outbound]:
        """Call it off, and tell both sides."""
        visit = cards.everybodys(turn, self.visit)
        try:
            visits.call_off(turn.session, turn.company, visit, reason=self.reason, now=turn.now)
        except MoveNotAllowed as no:
            raise leave(no) from no
        reminding.drop(turn, visit)
        offering.withdraw(turn, visit)
        return [_told(turn, visit, "told-called-off", "callingoff-done", self.reason)]


class Missed(Flow):
    """Which visit nobody came to, what is known of it, and yes."""

    roles = frozenset({Role.STAFF})

    visit: Reference = ask(a_visit(MISSABLE, ahead=timedelta(0)), check=has_begun)
    reason: str = ask(why("ill", "accident", "family", "other"))
    agreed: bool = confirm(what_is_owed)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button; leaves with how it stands when that cannot be any more, or not yet."""
        found = begin_with(turn, argument, cards.everybodys, MISSABLE)
        about = cards.everybodys(turn, argument) if found else None
        if about is not None and turn.now < about.starts_at:
            raise Leave("missed-early", when=cards.when(turn, about))
        return found

    def done(self, turn: Turn) -> list[Outbound]:
        """Write it down, put it on the desk, and tell both sides."""
        visit = cards.everybodys(turn, self.visit)
        try:
            visits.miss(turn.session, visit, actor="staff", reason=self.reason, now=turn.now)
        except MoveNotAllowed as no:
            raise leave(no) from no
        reminding.drop(turn, visit)
        words = turn.text(
            "missed-words", visit=cards.visit_line(turn, visit), reason=because(turn, self.reason)
        )
        reason = f"missed:{visit.reference}"
        handoffs.ask(
            turn.session, visit.customer_id, topic="missed", words=words, reason=reason, now=turn.now
        )
        offering.withdraw(turn, visit)
        return [_told(turn, visit, "told-missed", "missed-done", self.reason)]


def _told(turn: Turn, visit: Visit, news: str, done: str, reason: str) -> Outbound:
    """Tell the customer, with a new slot to choose; what staff hear of it."""

    def make(their: Turn) -> Outbound:
        again: list[Choice] = [
            cards.go(their, "booking", visit.reference, "go-booking-again"),
            cards.go(their, "person"),
        ]
        said = their.say(
            news,
            visit=cards.visit_line(their, visit),
            reason=because_to_customer(their, reason),
            owed=owing.told(their, visit),
            phone=their.house_phone,
            choices=again,
        )
        return benefits.with_returned(their, visit, said)

    knows = reaching.customer(turn, visit, make, kind=Kind.VISIT_CHANGED)
    phone = "known" if knows else telling.phone_of(turn, visit)
    choices = [cards.go(turn, "ticket", visit.reference), cards.go(turn, "agenda")]
    return turn.say(
        done, reference=visit.reference, owed=owing.told(turn, visit), phone=phone, choices=choices
    )
