"""What the company owes for a fault of its own, in words: as a promise, and as it stands written down."""

from bot.flow import Turn
from bot.texts import Money
from core import compensations
from core.compensations import Compensation
from core.visits import Visit


def promised(turn: Turn, visit: Visit, coupon: int) -> str:
    """What would be owed for a visit given up by our fault, as the end of a sentence; "" for nothing."""
    back = turn.text("owed-refund", amount=Money(visit.fee)) if visit.fee else ""
    return back + (turn.text("owed-coupon", amount=Money(coupon)) if coupon else "")


def told(turn: Turn, visit: Visit) -> str:
    """What is owed and not settled for a visit, as the end of a sentence; "" for nothing.

    Coupons are there at once, and told all the same.
    """
    every = compensations.of_visit(turn.session, visit.id or 0)
    owed = [one for one in every if one.settled_at is None or one.kind == compensations.COUPON]
    return "".join(turn.text(f"owed-{one.kind}", amount=_amount(one)) for one in owed)


def listed(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    """Everything that was ever granted for a visit, for staff: what, how much, and why."""
    return [
        (
            turn.text(f"compensation-{one.kind}"),
            turn.text(
                "compensation-line",
                amount=_amount(one),
                why=_why(turn, one.reason),
                settled="settled" if one.settled_at else "owed",
            ),
        )
        for one in compensations.of_visit(turn.session, visit.id or 0)
    ]


def _why(turn: Turn, reason: str) -> str:
    key = f"compensation-for-{reason}"
    return turn.text(key) if turn.has(key) else reason


def _amount(one: Compensation) -> object:
    return one.amount if one.kind == "points" else Money(one.amount)
