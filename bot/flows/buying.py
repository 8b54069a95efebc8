"""Buy a package: which, its terms, and yes. It can be used once somebody of ours has the money."""

from bot import cards, packing
from bot.answers import a_name, a_phone
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of
from bot.flows.wanted import name_on_file, phone_on_file
from bot.messages import Outbound
from bot.texts import Money
from bot.verdicts import Leave
from core import customers, packages
from core.pricing.rules import Product


def sold(turn: Turn) -> Options[str]:
    """The packages that are sold, with price and what each saves."""
    if not turn.company.pricing.packages:
        raise Leave("packages-not-sold")
    return [
        Option(one.code, packing.offer_line(turn, one), (one.name.get(turn.language),))
        for one in turn.company.pricing.packages
    ]


def _product(turn: Turn, code: str) -> Product:
    found = turn.company.pricing.product(code)
    if found is None:
        raise Leave("packages-not-sold")
    return found


def price_agreed(turn: Turn, product: str, contact: str, phone: str) -> Outbound:
    """What is bought, how its price is found, and what holds for it."""
    return Outbound(turn.text("buying-agreed-ask"), card=packing.terms(turn, _product(turn, product)))


class Buying(Flow):
    """Which package, who it is for, and yes."""

    product: str = ask(one_of(sold))
    contact: str = ask(a_name, known=name_on_file)
    phone: str = ask(a_phone, known=phone_on_file)
    agreed: bool = confirm(price_agreed)

    def done(self, turn: Turn) -> list[Outbound]:
        """Put it down as agreed, and have staff take the money."""
        customer = turn.customer
        if customer.joined_at is None or (customer.name, customer.phone) != (self.contact, self.phone):
            customers.join(turn.session, customer, name=self.contact, phone=self.phone, now=turn.now)
        made = packages.buy(
            turn.session, turn.company, turn.customer_id, _product(turn, self.product), turn.now
        )
        packing.tell_staff(turn, made)
        return [
            turn.say(
                "buying-done",
                name=packing.name(turn, made),
                price=Money(made.price),
                choices=[cards.go(turn, "packages"), cards.go(turn, "booking")],
            )
        ]
