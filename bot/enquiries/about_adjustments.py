"""What waits for staff because of points: changes that take a second person, and goods to hand over."""

from functools import partial

from bot import cards, complaints, membership
from bot.flow import Turn
from bot.flows import adjusting as flow
from bot.flows import redeeming as goods
from bot.handling import wording
from bot.messages import Outbound
from core.errors import DomainError
from core.members import Adjustment, NotEnoughPoints, adjusting, points, redeeming

SHOWN = 5


def waiting(turn: Turn, _argument: str) -> list[Outbound]:
    """The changes that wait for a second person."""
    found = adjusting.waiting(turn.session, SHOWN)
    if not found:
        choices = [cards.go(turn, "adjusting"), cards.go(turn, "desk")]
        return [turn.say("adjustments-none", choices=choices)]
    return [flow.put(turn, made=one) for one in found]


def agree(turn: Turn, argument: str) -> list[Outbound]:
    """A second person says yes."""
    return _decide(turn, argument, yes=True)


def refuse(turn: Turn, argument: str) -> list[Outbound]:
    """A second person says no."""
    return _decide(turn, argument, yes=False)


def _decide(turn: Turn, argument: str, *, yes: bool) -> list[Outbound]:
    if not (argument.isascii() and argument.isdecimal()):
        return waiting(turn, "")
    choices = [cards.go(turn, "adjustments"), cards.go(turn, "desk")]
    staff_id = turn.identity.staff_id or 0
    saved = turn.session.begin_nested()
    try:
        made = adjusting.decide(
            turn.session, turn.company, int(argument), staff_id=staff_id, yes=yes, now=turn.now
        )
    except NotEnoughPoints as no:
        saved.rollback()
        return [turn.say("adjusting-too-few", usable=no.args_["usable"], choices=choices)]
    except DomainError as no:
        saved.rollback()
        return [Outbound(turn.text(no.key, **no.args_), tuple(choices))]
    saved.commit()
    if yes:
        flow.tell_customer(turn, made)
    complaints.tell_member(turn, made.asked_by, partial(_answered, made=made))
    key = "adjustment-agreed" if yes else "adjustment-refused"
    name = membership.name_of(turn, made.customer_id)
    return [turn.say(key, name=name, points=f"{made.points:+d}", choices=choices)]


def _answered(turn: Turn, *, made: Adjustment) -> Outbound:
    return turn.say(
        "adjustment-answered",
        member=wording.member(turn, made.decided_by or 0),
        name=membership.name_of(turn, made.customer_id),
        points=f"{made.points:+d}",
        agreed="yes" if made.approved else "no",
        choices=[cards.go(turn, "adjustments"), cards.go(turn, "desk")],
    )


def redemptions(turn: Turn, _argument: str) -> list[Outbound]:
    """The goods that are to be handed over."""
    found = redeeming.waiting(turn.session, SHOWN)
    if not found:
        return [turn.say("redemptions-none", choices=[cards.go(turn, "desk")])]
    return [goods.asked(turn, one) for one in found]


def handed_over(turn: Turn, argument: str) -> list[Outbound]:
    """The customer has the goods."""
    return _settled(turn, argument, given=True)


def not_handed(turn: Turn, argument: str) -> list[Outbound]:
    """The goods cannot be had: the points go back, and the customer hears of it."""
    return _settled(turn, argument, given=False)


def _settled(turn: Turn, argument: str, *, given: bool) -> list[Outbound]:
    if not (argument.isascii() and argument.isdecimal()):
        return redemptions(turn, "")
    choices = [cards.go(turn, "redemptions"), cards.go(turn, "desk")]
    settle = redeeming.hand_over if given else redeeming.cancel
    try:
        done = settle(turn.session, int(argument), turn.identity.staff_id or 0, turn.now)
    except DomainError as no:
        return [turn.say(no.key, choices=choices)]
    if not given:
        membership.tell(
            turn,
            done.customer_id,
            lambda their: their.say(
                "told-not-handed",
                goods=their.text(f"goods-{done.what}"),
                points=done.points,
                now=points.balance(their.session, done.customer_id, their.now).usable,
                choices=membership.to_points(their),
            ),
        )
    key = "redemption-given" if given else "redemption-cancelled"
    name = membership.name_of(turn, done.customer_id)
    return [turn.say(key, name=name, goods=turn.text(f"goods-{done.what}"), choices=choices)]
