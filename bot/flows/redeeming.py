"""A member gets supplies for points; staff hand them over."""

from bot import cards, membership, telling
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of
from bot.messages import Outbound
from bot.texts import Money
from bot.verdicts import Leave
from core.errors import DomainError
from core.members import Redemption, points, redeeming


def affordable(turn: Turn) -> Options[str]:
    """The goods for which they have enough points; raises `Leave` where there are none."""
    has = points.balance(turn.session, turn.customer_id, turn.now)
    every = redeeming.everything(turn.company)
    found = [one for one in every if one.points <= has.usable]
    if not found:
        least = min(one.points for one in every)
        raise Leave("redeeming-too-few", points=max(0, has.usable), least=least)
    return [Option(one.code, turn.text(f"goods-{one.code}")) for one in found]


def both_prices(turn: Turn, goods: str) -> Outbound:
    """What it costs in points and in money, and what is left."""
    wanted = redeeming.goods(turn.company, goods)
    has = points.balance(turn.session, turn.customer_id, turn.now)
    return Outbound(
        turn.text(
            "redeeming-agreed-ask",
            goods=turn.text(f"goods-{goods}"),
            points=wanted.points,
            price=Money(wanted.price),
            left=has.usable - wanted.points,
        )
    )


class Redeeming(Flow):
    """Which goods, and yes."""

    goods: str = ask(one_of(affordable))
    agreed: bool = confirm(both_prices)

    def done(self, turn: Turn) -> list[Outbound]:
        """Take the points, and have staff hand the goods over."""
        try:
            made = redeeming.redeem(turn.session, turn.company, turn.customer_id, self.goods, turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        is_coupon = redeeming.is_coupon(self.goods)
        if not is_coupon:
            telling.staff(turn, lambda their: asked(their, made))
        has = points.balance(turn.session, turn.customer_id, turn.now)
        name = turn.text(f"goods-{self.goods}")
        choices = membership.to_points(turn)
        return [
            turn.say(
                "redeeming-done-coupon" if is_coupon else "redeeming-done",
                goods=name,
                points=has.usable,
                choices=choices,
            )
        ]


def asked(turn: Turn, made: Redemption) -> Outbound:
    """What staff are to hand over, and to whom."""
    return turn.say(
        "redemption-told",
        number=f"#{made.id}",
        name=membership.name_of(turn, made.customer_id),
        goods=turn.text(f"goods-{made.what}"),
        points=made.points,
        choices=[
            cards.go(turn, "handedover", str(made.id)),
            cards.go(turn, "nothanded", str(made.id)),
            cards.go(turn, "redemptions"),
        ],
    )
