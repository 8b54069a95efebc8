"""What happened with a customer, a line each: the one story that they, staff and the command line read."""

from bot import benefits, packing
from bot.flow import Turn
from bot.texts import Money
from core import visits
from core.coupons import Coupon
from core.history import Happening
from core.packages.tables import Package


def line(turn: Turn, one: Happening) -> str:
    """One thing that happened, in a line."""
    said = _of_visits(turn, one) or _of_value(turn, one)
    return said or turn.text("record-talk", status=one.result)


def _of_visits(turn: Turn, one: Happening) -> str | None:
    match one.kind:
        case "visit":
            service = next((each for each in turn.company.services if each.code == one.what), None)
            name = service.name.get(turn.language) if service else one.what
            status = turn.text(f"status-{one.result.replace('_', '-')}")
            args = {"reference": one.reference, "name": name, "status": status}
            return turn.text("record-visit", **args, total=Money(one.amount))
        case "rating":
            return turn.text("record-rating", reference=one.reference, stars=one.amount)
        case "complaint":
            kind = turn.text(f"complaint-kind-{one.what.replace('_', '-')}")
            status = turn.text(f"record-case-{one.result}")
            return turn.text("record-complaint", number=one.reference, kind=kind, status=status)
        case "notification":
            return turn.text("record-notification", way=one.what, about=one.reference, result=one.result)
    return None


def _of_value(turn: Turn, one: Happening) -> str | None:
    match one.kind:
        case "compensation":
            amount = str(one.amount) if one.what == "points" else Money(one.amount)
            return turn.text("record-compensation", kind=one.what, amount=amount, given=one.result)
        case "points":
            visit = visits.by_reference(turn.session, one.reference)
            sign = "+" if one.amount > 0 else "−"
            about = visit.reference if visit else "none"
            args = {"points": f"{sign}{abs(one.amount)}", "what": one.what.replace("_", "-")}
            return turn.text("record-points", **args, about=about)
        case "coupon":
            coupon = turn.session.get_one(Coupon, int(one.reference))
            return turn.text("record-coupon", what=benefits.coupon(turn, coupon), state=one.result)
        case "package":
            package = turn.session.get_one(Package, int(one.reference))
            name, price = packing.name(turn, package), Money(one.amount)
            return turn.text("record-package", name=name, price=price, state=one.result)
        case "consent":
            what = turn.text(f"data-purpose-{one.what}")
            return turn.text("record-consent", what=what, result=one.result)
    return None
