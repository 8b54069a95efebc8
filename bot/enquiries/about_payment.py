"""What a finished visit comes to, and how it was paid."""

from functools import partial

from bot import attending, cards, handing_over, judging, membership, reaching, referring
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound, Text
from bot.texts import Money
from core import acceptance, households, payments, rewards, visits
from core.acceptance import WAITING
from core.identities import Role
from core.members import earning
from core.members.earning import Paid
from core.payments import AlreadyPaid, NothingDue, Payment, Way
from core.quotes import Quote
from core.visits import Status, Visit

SHOWN = 10


def last_finished(turn: Turn) -> Visit | None:
    """The visit that a worker finished last, of this day and the one before."""
    over = [visit for visit in attending.near(turn) if visit.status is Status.FINISHED]
    return over[-1] if over else None


def ways(turn: Turn, _argument: str) -> list[Outbound]:
    """A customer asks how and when one pays."""
    named = [way_name(turn, way) for way in Way if way is not Way.LATER]
    return [
        turn.say("ways-to-pay", ways=named, choices=[cards.go(turn, "booking"), cards.go(turn, "prices")])
    ]


def invoice(turn: Turn, _argument: str) -> list[Outbound]:
    """A customer wants an invoice, which staff write: they hear of it with what was said."""
    words = turn.content.body if isinstance(turn.content, Text) else ""
    handoff = handing_over.ask(turn, topic="invoice", words=words, reason="asked")
    return [
        turn.say("invoice-asked", by=handing_over.until(turn, handoff), choices=[cards.go(turn, "visits")])
    ]


def ask(turn: Turn, reference: str) -> list[Outbound]:
    """What is due, with a button for each way to pay; or how it was paid."""
    visit = _meant(turn, reference)
    return [due_card(turn, visit, "paying-due")] if visit else attending.nothing(turn)


def due_card(turn: Turn, visit: Visit, key: str) -> Outbound:
    """What a visit comes to, line by line, below the line of `key`, and the ways to pay it."""
    try:
        payment = payments.of(turn.session, visit)
    except NothingDue as no:
        return turn.say(no.key, choices=attending.choices(turn, visit))
    lines = cards.quote_lines(turn, Quote.from_json(visit.quote))
    if (bill := households.bill_of(turn.session, visit)) is not None and bill.name:
        lines.append((turn.text("kin-bill"), bill.name))
    if visit.fee:
        lines.append((turn.text("card-fee"), turn.text("value-said", value=Money(visit.fee))))
        lines.append((turn.text("paying-amount"), turn.text("value-said", value=Money(payment.amount))))
    if payment.way is not None:
        lines.append((turn.text("paying-how"), way_name(turn, payment.way)))
    card = Card(turn.text("card-title", reference=visit.reference), tuple(lines))
    if payment.amount == 0:
        return turn.say("paying-nothing", card=card, choices=[_home(turn)])
    settled = payment.paid_at is not None and turn.role is Role.WORKER
    said = "paying-paid" if settled and key == "paying-due" else key
    choices = [_home(turn)] if settled else _ways(turn, visit)
    return turn.say(said, amount=Money(payment.amount), card=card, choices=choices)


def _ways(turn: Turn, visit: Visit) -> list[Choice]:
    return [Choice(way_name(turn, way), f"go:paid:{visit.reference}-{way.value}") for way in Way]


def way_name(turn: Turn, way: Way) -> str:
    """A way to pay, as people call it."""
    return turn.text(f"paid-by-{way.value}")


def settle(turn: Turn, argument: str) -> list[Outbound]:
    """A worker or staff say how a visit was paid: `REFERENCE-cash`. The customer gets the receipt."""
    reference, _, said = argument.partition("-")
    visit = _meant(turn, reference) if reference else None
    if visit is None or said not in list(Way):
        return ask(turn, reference)
    way, who = Way(said), turn.identity
    try:
        new = payments.settle(
            turn.session, visit, way, worker_id=who.worker_id, staff_id=who.staff_id, now=turn.now
        )
    except (AlreadyPaid, NothingDue) as no:
        return [turn.say(no.key, phone=turn.house_phone, choices=[_home(turn)])]
    if new and way is Way.LATER:
        earning.unpaid(turn.session, visit, turn.now)
    elif new:
        payment = payments.of(turn.session, visit)
        brought = earning.paid(turn.session, turn.company, visit, turn.now)
        told = partial(receipt, visit=visit, payment=payment, brought=brought)
        reaching.customer(turn, visit, told, critical=False)
        referring.paid(turn, rewards.paid(turn.session, turn.company, visit, turn.now))
    key = "paying-later" if way is Way.LATER else "paying-done"
    amount = Money(payments.of(turn.session, visit).amount)
    return [turn.say(key, amount=amount, way=way_name(turn, way), choices=[_home(turn)])]


def receipt(turn: Turn, visit: Visit, payment: Payment, brought: Paid | None) -> Outbound:
    """That it was paid, and what it brought a member; if they have not judged the work yet, the one
    reminder of that. Whoever has not joined is asked once, after their first visit."""
    found = acceptance.of(turn.session, visit)
    waits = found is not None and found.state in WAITING
    offered = "" if brought else membership.offer(turn, visit, payment)
    more = membership.paid_lines(turn, brought) if brought else offered
    keys = ["told-paid-and-check" if waits else "told-paid"]
    if waits and more:  # what waits for an answer stands last, where the buttons are
        keys = ["told-paid-thanks", "told-paid-look"]
    said = {
        "amount": Money(payment.amount),
        "way": way_name(turn, payment.way) if payment.way else "",
        "visit": cards.visit_line(turn, visit),
    }
    lines = [turn.text(key, **said) for key in keys]
    lines.insert(1, more)
    choices = [*judging.choices(turn, visit), *([cards.go(turn, "enrolling")] if offered else [])]
    return Outbound("\n".join(filter(None, lines)), tuple(choices), language=turn.language)


def unpaid(turn: Turn, _argument: str) -> list[Outbound]:
    """The finished visits nobody has paid, for staff."""
    found = payments.unpaid(turn.session, SHOWN)
    if not found:
        return [turn.say("unpaid-none", choices=[_home(turn)])]
    lines = tuple((visit.reference, _line(turn, visit, payment)) for visit, payment in found)
    choices = [Choice(cards.visit_line(turn, visit), f"go:paying:{visit.reference}") for visit, _ in found]
    card = Card(turn.text("unpaid-title"), lines)
    return [turn.say("unpaid-told", count=len(found), card=card, choices=[*choices, _home(turn)])]


def _line(turn: Turn, visit: Visit, payment: Payment) -> str:
    name = cards.customer_name(turn, visit.customer_id)
    line = cards.visit_line(turn, visit)
    return turn.text("unpaid-line", visit=line, name=name, amount=Money(payment.amount))


def _home(turn: Turn) -> Choice:
    return cards.go(turn, "round" if turn.role is Role.WORKER else "unpaid")


def _meant(turn: Turn, reference: str) -> Visit | None:
    """The worker's visit, or any for staff. Raises `UnknownVisit`."""
    if turn.role is Role.WORKER:
        return visits.attended_by(turn.session, turn.worker_id, reference) if reference else _at_hand(turn)
    found = visits.by_reference(turn.session, reference) if reference else None
    if reference and found is None:
        raise visits.UnknownVisit(reference=reference)
    return found


def _at_hand(turn: Turn) -> Visit | None:
    return last_finished(turn) or attending.visit_of(turn, "")
