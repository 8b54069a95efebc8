"""Who stays away is asked once why, with something for coming back; much later we write one last time."""

from bot import benefits, cards, caring, membership
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import coupons
from core.lifecycle import Stage, Suggestion, planning, tasks
from core.lifecycle.reading import History
from core.reminders import Reminder
from core.visits import Visit

KIND, LAST = planning.WHY, planning.LAST
REASONS = ("price", "time", "quality", "unneeded")


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask why, with four taps, and give a coupon whatever they say."""
    made = _begin(turn, reminder, Stage.DORMANT, "why")
    if isinstance(made, str):
        return made
    suggested, base, known = made
    coupon = _coupon(turn, reminder)

    def make(their: Turn) -> Outbound:
        gift = _gift(their, coupon) if coupon else ""
        name = known.customer.name or "none"
        said = their.text("care-why-told", name=name, gift=gift, taps=their.taps)
        choices = [_reason(their, suggested, one) for one in REASONS]
        choices.append(cards.go(their, "booking", base.reference, "care-go-time"))
        return Outbound(said, tuple(choices), language=their.language)

    return caring.tell(turn, suggested.customer_id, make, caring.until(turn, reminder))


def last(turn: Turn, reminder: Reminder) -> str:
    """Say goodbye, with the door open; after that there is silence."""
    made = _begin(turn, reminder, Stage.LOST, "last")
    if isinstance(made, str):
        return made
    suggested, base, known = made

    def make(their: Turn) -> Outbound:
        again = cards.go(their, "booking", base.reference, "care-go-time")
        stop = cards.go(their, "messages", "care-off", "care-go-stop")
        name, phone = known.customer.name or "none", their.house_phone
        return their.say("care-last-told", name=name, phone=phone, choices=[again, stop])

    return caring.tell(turn, suggested.customer_id, make, caring.until(turn, reminder))


def _begin(
    turn: Turn, reminder: Reminder, stage: Stage, kind: str
) -> tuple[Suggestion, Visit, History] | str:
    """The suggestion, the visit that would come again and what is known of them; or why nothing is said."""
    now_in, customer_id = caring.stage(turn, reminder), int(reminder.subject)
    if now_in is not stage:
        return f"not said: they are {now_in} now"
    known = caring.history(turn, reminder)
    if (why := caring.why_no_offer(turn, reminder, known, kind)) is not None:
        return why
    if caring.whom(turn, reminder) is None:
        if kind == "last":
            return caring.NOWHERE
        key, now = reminder.dedupe_key, turn.now
        task = tasks.ask(turn.session, turn.company, customer_id, what="left", key=key, now=now)
        return caring.call(turn, task)
    made = caring.again(turn, reminder, known, kind)
    return (*made, known) if made is not None else "not said: what they had is not sold by the window"


def _coupon(turn: Turn, reminder: Reminder) -> coupons.Coupon | None:
    amount = turn.company.care.win_coupon
    if not amount:
        return None
    return coupons.issue(
        turn.session,
        turn.company,
        int(reminder.subject),
        kind=coupons.Kind.FEN,
        amount=amount,
        reason="win-back",
        key=reminder.dedupe_key,
        now=turn.now,
    )


def _gift(turn: Turn, coupon: coupons.Coupon) -> str:
    until = membership.last_day(turn, coupon.valid_until)
    return turn.text("care-why-coupon", what=benefits.coupon(turn, coupon), until=until)


def _reason(turn: Turn, made: Suggestion, reason: str) -> Choice:
    return cards.go(turn, "carewhy", f"{made.id}.{reason}", f"care-why-{reason}")
