"""Packages in words: what is sold, what a customer has, and what staff are told."""

from datetime import timedelta

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money
from core import packages, reminders
from core.customers import Customer
from core.packages import Left, Package
from core.paying import Way
from core.pricing.rules import Product

ENDS, WARNS = "package-ends", "package-warns"
"""Reminders by the package's number: its time is over; it is over soon."""


def name(turn: Turn, package: Package) -> str:
    """What a package is called; by its service where it is sold no more."""
    sold = turn.company.pricing.product(package.product)
    return (sold.name if sold else turn.company.service(package.service_code).name).get(turn.language)


def each(turn: Turn, product: Product) -> int:
    """What one unit costs by the list, in fen."""
    return packages.worth_each(turn.company.service(product.service), product)


def offer_line(turn: Turn, product: Product) -> str:
    """A package that is sold, with its price and what it saves."""
    one = each(turn, product)
    price = product.price(one)
    saves = product.units * one - price
    return turn.text("package-offer", name=product.name, price=Money(price), saves=Money(saves))


def terms(turn: Turn, product: Product) -> Card:
    """Everything that is agreed to when a package is bought."""
    one = each(turn, product)
    service = turn.company.service(product.service)
    covers = cards.quantity(turn, service.unit, product.quantity)
    lines = (
        (
            turn.text("package-covers"),
            turn.text(
                f"package-covers-{product.unit}", count=product.units, name=service.name, covers=covers
            ),
        ),
        (turn.text("package-each"), turn.text("value-said", value=Money(one))),
        (turn.text("package-price"), _formula(turn, product, one)),
        (turn.text("package-lasts"), turn.text("package-lasts-made", months=product.months)),
        (
            turn.text("package-terms"),
            turn.text("package-terms-made", days=turn.company.pricing.pause_days, each=Money(one)),
        ),
    )
    return Card(product.name.get(turn.language), lines)


def _formula(turn: Turn, product: Product, one: int) -> str:
    return turn.text(
        "package-price-made",
        each=Money(one),
        count=product.units - product.free,
        percent=product.percent,
        free=product.free,
        price=Money(product.price(one)),
    )


def left_line(turn: Turn, left: Left) -> str:
    """How much is left in a package, and until when."""
    package = left.package
    paused = packages.is_paused(left, turn.now)
    return turn.text(
        "package-left",
        count=left.units,
        unit=package.unit,
        until=_last_day(turn, package),
        paused="yes" if paused else "no",
        again=package.paused_until if paused else turn.now,
    )


def _last_day(turn: Turn, package: Package) -> str:
    assert package.ends_at is not None
    last = package.ends_at.astimezone(turn.company.zone) - timedelta(seconds=1)
    return turn.text("package-last-day", year=str(last.year), day=last.date())


def plan(turn: Turn, package: Package) -> None:
    """Remind of its end, and before it; anew when that moved."""
    if package.ends_at is None:
        return
    number, warn = str(package.id), timedelta(days=turn.company.pricing.package_warn_days)
    reminders.schedule(turn.session, ENDS, number, package.ends_at, dedupe_key=f"{ENDS}:{number}")
    before = package.ends_at - warn + timedelta(hours=10)
    reminders.schedule(turn.session, WARNS, number, before, dedupe_key=f"{WARNS}:{number}")


def drop(turn: Turn, package: Package) -> None:
    """Nothing more is to be said about a package that was given back."""
    for kind in (ENDS, WARNS):
        reminders.cancel_waiting(turn.session, kind, str(package.id))


def ways(turn: Turn, package: Package) -> list[Choice]:
    """For staff: the ways in which a package may be paid."""
    paid = [way for way in Way if way is not Way.LATER]
    return [
        Choice(turn.text(f"paid-by-{way.value}"), f"go:packagepaid:{package.id}-{way.value}") for way in paid
    ]


def tell_staff(turn: Turn, package: Package) -> None:
    """Somebody wants a package: the money is to be taken, and who has it says so with a tap."""

    customer = turn.session.get_one(Customer, package.customer_id)

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-package-wanted",
            customer=cards.customer_name(their, package.customer_id),
            phone=telling.number_of(their, customer),
            name=name(their, package),
            price=Money(package.price),
            choices=[*ways(their, package), *telling.to_call_customer(their, customer)],
        )

    telling.staff(turn, make)


def tell_paid(turn: Turn, package: Package) -> None:
    """The customer hears that it can be used."""

    def make(their: Turn) -> Outbound:
        left = Left(package, package.units)
        return their.say(
            "told-package-paid",
            name=name(their, package),
            left=left_line(their, left),
            choices=[cards.go(their, "booking"), cards.go(their, "packages")],
        )

    telling.customer(turn, package.customer_id, make)


def tell_refund(turn: Turn, package: Package) -> None:
    """Staff send the money back, and say so with a tap."""

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-package-refund",
            customer=cards.customer_name(their, package.customer_id),
            name=name(their, package),
            refund=Money(package.refund or 0),
            choices=[cards.go(their, "packageback", str(package.id))],
        )

    telling.staff(turn, make)
