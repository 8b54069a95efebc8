"""What may be taken off a price and how much of it: a section of the company's file."""

from typing import Annotated, Literal, Self

from pydantic import Field, Strict, model_validator

from core.catalogue import Code, Fen, Section, Whole, Words
from core.policies import Count, Percent


class Product(Section):
    """A package that is sold: so many visits or hours of one service, paid ahead for less."""

    code: Code
    name: Words
    service: Code
    unit: Literal["visit", "hour"]
    quantity: Count = 1
    """How much of the service one visit of it covers, in the service's own unit; 1 for hours."""
    units: Annotated[int, Strict(), Field(ge=2)]
    """How many visits or hours one gets..."""
    free: Whole = 0
    """... and how many of them are not paid for: 1 of 3 is "buy two, get one"."""
    percent: Percent = 100
    """What is asked of the list price of those that are paid for."""
    months: Count = 12
    """How long it is good for."""

    @model_validator(mode="after")
    def _is_a_sale(self) -> Self:
        if self.free >= self.units:
            raise ValueError("at least one unit is paid for; make free smaller than units")
        if self.unit == "hour" and self.quantity != 1:
            raise ValueError("an hour covers an hour; leave quantity out")
        return self

    def price(self, each: int) -> int:
        """What it costs where one unit of it costs `each` (fen) by the list."""
        return (self.units - self.free) * each * self.percent // 100


class ReferralRules(Section):
    """What bringing a friend is worth, and how often."""

    friend_off: Fen = 20_00
    friend_least: Fen = 100_00
    """A friend's first visit costs so much less, from this price on."""
    points: Whole = 500
    coupon: Fen = 30_00
    """What the one who told them gets, in points and as a coupon..."""
    after_days: Count = 7
    """... so many days after the friend's first visit was paid..."""
    clawback_days: Count = 30
    """... taken back if that visit's money goes back within so many days."""
    per_month: Count = 5
    per_year: Count = 20
    """So often at most."""
    hold_score: Count = 50
    """From this score of doubt on, of 100, staff decide first."""


class PriceRules(Section):
    """What may be taken off a price. Money in fen."""

    most_percent: Percent = 50
    """Everything that is taken off together, of what was not paid ahead."""
    tiers_alone: tuple[str, ...] = ("gold", "diamond")
    """The tiers whose discount does not go together with a coupon: whichever is more counts."""
    coupon_days: Count = 30
    """How long a coupon is good for where nothing else is said."""
    packages: tuple[Product, ...] = ()
    pause_days: Count = 60
    """A package may be paused once, for so long."""
    package_warn_days: Count = 30
    """So long before a package ends, its owner hears of what is left in it."""
    referral: ReferralRules = ReferralRules()

    def product(self, code: str) -> Product | None:
        """The package that is sold under this code, if it still is."""
        return next((one for one in self.packages if one.code == code), None)
