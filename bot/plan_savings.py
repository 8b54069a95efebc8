"""What is used for a single date of a plan: named for that date, as nothing else is used by itself."""

from datetime import date
from functools import partial

from bot import plan_answers, savings
from bot.flow import Option, Options, Turn
from bot.savings import Basket
from bot.verdicts import Leave
from core import pricing
from core.pricing import Benefits


def has_any(turn: Turn) -> bool:
    """Whether the customer has anything that could be named: a coupon, points, or a package to keep back."""
    found: Benefits = turn.once(
        "plan savings", partial(pricing.benefits_of, turn.session, turn.company, turn.customer_id, turn.now)
    )
    return bool(found.coupons or found.points or found.packages)


def offered(turn: Turn, plan: int, which: date) -> Options[str]:
    """What could be used on that date, the best first, each with what it would cost then."""
    wish = _wish(turn, plan, which)
    first, *others = savings.offered(turn, **wish._asdict())
    if not others:
        raise Leave("plan-no-savings")
    best = savings.look(turn, wish).candidates[0].use
    named = Option(best, first.label, first.words)
    return [named, *(Option(_named(one.value, best), one.label, one.words, one.shown) for one in others)]


def total(turn: Turn, plan: int, which: date, saving: str) -> int:
    """What that date would cost with it, in fen."""
    return savings.look(turn, _wish(turn, plan, which), saving).quote.total


def said(turn: Turn, plan: int, which: date, saving: str) -> str:
    """What would be used, in a few words."""
    found = next((one for one in offered(turn, plan, which) if one.value == saving), None)
    return (found.words or (found.label,))[0] if found else savings.worded(turn, saving)


def _named(value: str, best: str) -> str:
    """What is best today by its own name, because it is used on another day."""
    return value.replace(pricing.BEST, best, 1) if value.startswith(pricing.BEST) else value


def _wish(turn: Turn, plan: int, which: date) -> Basket:
    """That date as a wish that has a price."""
    known = plan_answers.known(turn, plan)
    one = plan_answers.occasion(turn, plan, which)
    kept, own = known.dates.get(which), known.plan
    quantity = (kept and kept.quantity) or known.rule(one).quantity
    phone = turn.customer.phone or ""
    assert one.starts_at is not None  # only dates that take place have a price
    return Basket(own.service_code, quantity, tuple(own.add_ons), own.address_id, one.starts_at, phone)
