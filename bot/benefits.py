"""What is taken off a price, and coupons, in words: each with the numbers it comes from."""

from dataclasses import replace

from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core.coupons import Coupon, Kind, Window
from core.quotes import Quote, QuoteLine
from core.visits import OCCUPYING, Visit

EVERY_DAY = tuple(range(7))
WORKDAYS, WEEKEND = tuple(range(5)), (5, 6)


def line(turn: Turn, one: QuoteLine) -> tuple[str, str]:
    """A line of a quote that takes something off: what for, and how it is found."""
    off = Money(-one.amount)
    match one.kind:
        case "tier":
            label = turn.text("quote-tier", tier=one.code)
            made = turn.text(
                "quote-percent-off", base=Money(one.unit_price), percent=one.percent or 0, amount=off
            )
            full = one.unit_price * (one.percent or 0) // 100
        case "package":
            unit = "hour" if one.unit is not None else "visit"
            made = turn.text("quote-package-made", count=one.quantity, unit=unit, amount=off)
            return turn.text("quote-package"), made
        case "points":
            made = turn.text("quote-points-made", points=one.quantity, rate=one.unit_price, amount=off)
            return turn.text("quote-points"), made
        case _:
            label = turn.text("quote-coupon")
            made, full = _coupon(turn, one)
    if -one.amount < full:
        made = turn.text("quote-capped", made=made, most=turn.company.pricing.most_percent)
    return label, made


def _coupon(turn: Turn, one: QuoteLine) -> tuple[str, int]:
    """How a coupon's amount is found, and what it would be if nothing kept it down."""
    off = Money(-one.amount)
    if one.percent is not None:  # what its own limit took away was never promised
        base = Money(one.unit_price)
        return turn.text("quote-percent-off", base=base, percent=one.percent, amount=off), 0
    if one.unit is not None and one.quantity > 1:
        each = Money(one.unit_price)
        made = turn.text("quote-coupon-hours", each=each, count=one.quantity, amount=off)
        return made, one.quantity * one.unit_price
    return turn.text("quote-coupon-made", amount=off), one.unit_price


def saved(turn: Turn, quote: Quote) -> list[tuple[str, str]]:
    """What was taken off a visit's price, for its card; nothing where nothing was."""
    if not quote.benefits:
        return []
    parts = [
        turn.text("saved-part", what=line(turn, one)[0], amount=Money(-one.amount)) for one in quote.benefits
    ]
    return [(turn.text("card-saved"), turn.text("list-mark").join(parts))]


def returned(turn: Turn, quote: Quote) -> str:
    """What the customer has back when a visit falls through, as a sentence; "" for nothing."""
    back = [one for one in quote.benefits if one.kind != "tier"]
    parts = [turn.text(f"returned-{one.kind}", count=one.quantity, unit=_unit(one)) for one in back]
    return turn.text("returned-told", what=parts) if parts else ""


def with_returned(turn: Turn, visit: Visit, said: Outbound) -> Outbound:
    """The same message, with what the customer has back where the visit fell through."""
    back = "" if visit.status in OCCUPYING else returned(turn, Quote.from_json(visit.quote))
    return replace(said, text=f"{said.text}\n{back}") if back else said


def _unit(one: QuoteLine) -> str:
    return "hour" if one.unit is not None else "visit"


def coupon(turn: Turn, one: Coupon) -> str:
    """What a coupon takes off, in a few words."""
    match one.kind:
        case Kind.FEN:
            return turn.text("coupon-fen", amount=Money(one.amount))
        case Kind.PERCENT:
            most = Money(one.most) if one.most is not None else "none"
            return turn.text("coupon-percent", percent=one.amount, most=most)
        case Kind.ADD_ON:
            extra = next((each for each in turn.company.add_ons if each.code == one.add_on), None)
            return turn.text("coupon-add-on", name=extra.name if extra else one.add_on or "")
    return turn.text("coupon-hours", count=one.amount)


def limits(turn: Turn, one: Coupon) -> str:
    """What a coupon is good for and until when, on one line."""
    company = turn.company
    parts = [turn.text("coupon-least", least=Money(one.least))] if one.least else []
    services = [each.name.get(turn.language) for each in company.services if each.code in one.services]
    areas = [each.name.get(turn.language) for each in company.areas if each.code in one.areas]
    parts += [turn.text("coupon-only", names=names) for names in (services, areas) if names]
    parts += [_window(turn, each) for each in one.hours()]
    parts.append(turn.text("coupon-until", at=one.valid_until))
    return turn.text("coupon-mark").join(parts)


def _window(turn: Turn, one: Window) -> str:
    named = {EVERY_DAY: "coupon-days-all", WORKDAYS: "coupon-days-work", WEEKEND: "coupon-days-weekend"}
    days = tuple(sorted(one.days))
    if days in named:
        said = turn.text(named[days])
    else:
        said = turn.text("value-said", value=[turn.text(f"weekday-{day}") for day in days])
    return turn.text("coupon-window", days=said, begins=one.begins, ends=one.ends)
