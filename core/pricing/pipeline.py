"""List price, tier, package or coupon, points: the one way from what a customer wants to what they pay."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from core.customers import Customer
from core.pricing import applying
from core.pricing.applying import Benefits, Candidate, Choice, Order
from core.pricing.finding import benefits_of
from core.quotes import Quote

if TYPE_CHECKING:
    from core.company import Company


@dataclass(frozen=True, slots=True)
class Look:
    """A price, and what else the customer could choose."""

    quote: Quote
    candidates: tuple[Candidate, ...]
    """What could be used, the best first; using nothing is always among them."""
    points: int
    """How many points the customer could use besides with what was chosen; 0 where they have too few."""

    @property
    def used(self) -> str:
        """What the price was made with, as codes."""
        return " ".join(f"{line.kind}:{line.code}" for line in self.quote.benefits)


def look_at(company: "Company", order: Order, found: Benefits, choice: Choice) -> Look:
    """The price of an order with what was chosen of `found`, and what else there is.

    What was chosen and cannot be had any more is left out.
    """
    every = applying.candidates(company, order, found)
    bare = applying.chosen(every, choice).quote
    wages = applying.is_wages(order.service)
    possible = 0 if wages else applying.left_for_points(company, bare, found.points)
    made = applying.with_points(company, bare, found.points) if choice.points and possible else bare
    return Look(made, tuple(every), possible)


def price(
    session: Session, company: "Company", customer: Customer, order: Order, choice: Choice, now: datetime
) -> Quote:
    """The price of an order with what a customer has taken off: tier, then package or coupon, then points.

    The same whatever the order in which things were found; each line tells how it is found. Never below 0,
    never more off than the company's rules allow, nothing off wages.
    """
    assert customer.id is not None
    found = benefits_of(session, company, customer.id, now, phone=customer.phone)
    return look_at(company, order, found, choice).quote
