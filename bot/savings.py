"""What a customer could have taken off a price, and what they choose of it, in words."""

import inspect
from collections.abc import Callable, Hashable
from datetime import datetime
from functools import partial, wraps
from typing import Any, NamedTuple, TypeVar

from bot.flow import Option, Options, Turn
from bot.texts import Money
from core import pricing, quotes
from core.pricing import BEST, NONE, Candidate, Choice, Look, Order
from core.quotes import Quote

T = TypeVar("T")
SHOWN = 4
"""Buttons of the question; the two ways out make six."""
_LOOKS, _BENEFITS = "prices looked at", "benefits"
POINTS = "+points"


class Basket(NamedTuple):
    """What the price of a visit is asked of: answers of a flow, by the names of its questions."""

    service: str
    quantity: int
    add_ons: tuple[str, ...] | None
    address: int
    window: datetime
    phone: str


def of_basket(hook: Callable[..., T]) -> Callable[..., T]:
    """A hook of a flow that wants a basket after the turn, which flows give it answer by answer."""
    turn, _, *more = inspect.signature(hook).parameters.values()
    fields = [inspect.Parameter(name, turn.kind) for name in Basket._fields]

    @wraps(hook)
    def named(turn: Turn, **answers: Any) -> T:  # Any: typed by each question
        basket = Basket(*(answers.pop(name) for name in Basket._fields))
        return hook(turn, basket, **answers)

    named.__dict__["__signature__"] = inspect.Signature([turn, *fields, *more])
    return named


def look(turn: Turn, basket: Basket, saving: str | None = None) -> Look:
    """What a visit would cost with what was chosen, and what else there is: by today's prices."""
    found: dict[Hashable, Look] = turn.once(_LOOKS, dict)
    if (basket, saving) not in found:
        found[basket, saving] = _look(turn, basket, Choice.parse(saving or BEST))
    return found[basket, saving]


def _look(turn: Turn, basket: Basket, choice: Choice) -> Look:
    sold, extras = turn.company.service(basket.service), dict.fromkeys(basket.add_ons or (), 1)
    area, at = turn.company.area(turn.home(basket.address).area_code), basket.window
    listed = quotes.quote(turn.company, sold, basket.quantity, extras, area=area, starts_at=at)
    who = turn.session, turn.company, turn.customer_id, turn.now
    benefits = turn.once(_BENEFITS, partial(pricing.benefits_of, *who, phone=basket.phone))
    return pricing.look_at(turn.company, Order(listed, sold, area.code, at), benefits, choice)


def is_alone(turn: Turn) -> bool:
    """Whether this turn has found already that they are in no household."""
    found = turn.found.get(_BENEFITS)
    return found is not None and not found.sharing


def forget(turn: Turn) -> None:
    """Look anew: the customer just got something."""
    turn.found.pop(_LOOKS, None)
    turn.found.pop(_BENEFITS, None)


@of_basket
def has_any(turn: Turn, basket: Basket) -> bool:
    """Whether there is anything to choose. A tier's discount is nobody's choice."""
    found = look(turn, basket)
    return len(found.candidates) > 1 or found.points > 0


def best(_turn: Turn) -> str:
    """What is used as long as the customer says nothing: what is best for them, but not their points."""
    return BEST


@of_basket
def offered(turn: Turn, basket: Basket) -> Options[str]:
    """What could be used, the best first, each with what the visit would cost then."""
    found = look(turn, basket)
    first, *others = found.candidates
    made = [_option(turn, BEST, first, found.quote)]
    if found.points:
        made.append(_option(turn, BEST + POINTS, first, look(turn, basket, BEST + POINTS).quote))
    most = SHOWN - any(one.use == NONE for one in others)
    for one in (one for one in others if one.use != NONE):
        made.append(_option(turn, one.use, one, one.quote, shown=len(made) < most))
        if found.points:
            with_points = look(turn, basket, one.use + POINTS).quote
            made.append(_option(turn, one.use + POINTS, one, with_points, shown=False))
    made += [_option(turn, NONE, one, one.quote) for one in others if one.use == NONE]
    return made


def _option(turn: Turn, value: str, one: Candidate, quote: Quote, *, shown: bool = True) -> Option[str]:
    points = next((line.quantity for line in quote.lines if line.kind == "points"), 0)
    what = named(turn, one)
    if points:
        what = turn.text(
            "saving-and-points", what=what, points=points, plain="no" if one.use != NONE else "yes"
        )
    label = turn.text("saving-option", what=what, total=Money(quote.total))
    return Option(value, label, (what,), shown)


def named(turn: Turn, one: Candidate) -> str:
    """What would be used, in a few words."""
    line = next((line for line in one.quote.benefits if line.kind in ("coupon", "package")), None)
    if line is None:
        return turn.text("saving-none")
    if line.kind == "package":
        unit = "hour" if line.unit is not None else "visit"
        return turn.text("saving-package", count=line.quantity, unit=unit)
    return turn.text("saving-coupon", amount=Money(-line.amount))


def worded(turn: Turn, value: str, **_: object) -> str:
    """What was chosen, where it is read back without the price."""
    choice = Choice.parse(value)
    kind = choice.use.partition(":")[0]
    said = turn.text(f"saving-chosen-{kind}")
    return turn.text("saving-chosen-points", what=said) if choice.points else said


def note(turn: Turn, found: Look) -> str:
    """Why a tier's discount and a coupon are not both taken off, where the customer has the two; else ""."""
    kinds = {line.kind for line in found.quote.benefits}
    alone = turn.company.pricing.tiers_alone
    tiers = {line.code for one in found.candidates for line in one.quote.benefits if line.kind == "tier"}
    if not tiers & {*alone} or "package" in kinds:
        return ""
    others = any(one.use.startswith("coupon") for one in found.candidates)
    if "coupon" in kinds:
        return turn.text("saving-coupon-instead")
    return turn.text("saving-tier-instead") if others and "tier" in kinds else ""


def lost(before: str, quote: Quote) -> str:
    """What a price was made with and is no more: `coupon`, `package` or `points`; "" for none of them."""
    now = {f"{line.kind}:{line.code}" for line in quote.benefits}
    gone = [one.partition(":")[0] for one in before.split() if one not in now]
    return next((kind for kind in gone if kind != "tier"), "")
