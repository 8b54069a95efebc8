"""Wait for a window that is full now: what, where, which day and part of it, and yes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot import cards, queueing
from bot.answers import a_day, a_family, a_name, a_phone, a_service, an_address, body_of, how_much
from bot.flow import Flow, Option, Options, Reader, Turn, ask, confirm, one_of, several_of
from bot.flows import booking
from bot.messages import Card, Content, Outbound
from bot.options import (
    WAITABLE,
    add_ons_offered,
    families,
    has_add_ons,
    need_of,
    quantities,
    quantity_is_sold,
    saved_addresses,
    services_offered,
    size_of_home,
)
from bot.queueing import PARTS
from bot.readers import phones, when
from bot.state import Form
from bot.verdicts import Leave, Retry
from core import customers, waitlist, windows
from core.catalogue import Family

DAYS = 14
CARRIED = ("family", "service", "quantity", "add_ons", "address")
"""The answers that a form left standing brings along."""


def full_days(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...] | None, address: int
) -> Options[date]:
    """The next days on which nothing is free; any other day may be typed."""
    today = turn.now.astimezone(turn.company.zone).date()
    need = need_of(turn, service, quantity, add_ons, address)
    last = today + timedelta(days=DAYS)
    free = {*windows.open_days(turn.session, turn.company, need, today, last, now=turn.now)}
    days = [today + timedelta(days=n) for n in range(1, DAYS + 1)]
    return [Option(day, cards.day(turn, day)) for day in days if day not in free][:6]


def day_is_full(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...] | None, address: int, day: date
) -> None:
    """Raise `Retry` when there is no need to wait for a day, or no use in it."""
    need = need_of(turn, service, quantity, add_ons, address)
    reason = windows.why_not(turn.session, turn.company, need, day, now=turn.now)
    if reason is None:
        raise Leave("queue-day-free", day=day)
    if reason not in WAITABLE:
        raise Retry(f"day-{reason}", day=day, horizon=turn.company.policies.horizon_days)


def parts(turn: Turn) -> Options[str]:
    """Parts of the day in which the visit may begin."""
    return [Option(name, turn.text(f"queue-part-{name}")) for name in PARTS]


def _spot_part(turn: Turn, text: str) -> str | None:
    """The part of the day that is named, or in which the named hour lies."""
    found = when.read(text, turn.now.astimezone(turn.company.zone), turn.language)
    if found is None or not found.has_time or found.starts is None:
        return None
    return next(name for name, (first, last) in PARTS.items() if first <= found.starts.hour < last)


def _read_part(turn: Turn, content: Content) -> str | None:
    body = body_of(content)
    return _spot_part(turn, body) if body else None


a_part: Reader[str] = Reader(
    _read_part, _spot_part, worded=lambda turn, part: turn.text(f"queue-part-{part}")
)


def place(turn: Turn, service: str, quantity: int, day: date, part: str, phone: str) -> Outbound:
    """What they would wait for, and how it goes on."""
    sold = turn.company.service(service)
    lines = (
        (
            turn.text("card-what"),
            turn.text("card-what-made", name=sold.name, quantity=cards.quantity(turn, sold.unit, quantity)),
        ),
        (turn.text("card-when"), turn.text("queue-when", day=day, part=turn.text(f"queue-part-{part}"))),
        (turn.text("queueing-phone-label"), phones.masked(phone)),
    )
    minutes = turn.company.waitlist.minutes
    return Outbound(
        turn.text("queueing-agreed-ask", minutes=minutes), card=Card(turn.text("queue-title"), lines)
    )


class Queueing(Flow):
    """As a booking up to the day; then the part of the day, and yes."""

    family: Family = ask(one_of(families, other=a_family))
    service: str = ask(one_of(services_offered, other=a_service), check=booking.sold_by_window)
    quantity: int = ask(one_of(quantities, other=how_much), known=size_of_home, check=quantity_is_sold)
    add_ons: tuple[str, ...] = ask(several_of(add_ons_offered), when=has_add_ons)
    address: int = ask(one_of(saved_addresses, other=an_address))
    day: date = ask(one_of(full_days, other=a_day), check=day_is_full)
    part: str = ask(one_of(parts, other=a_part))
    contact: str = ask(a_name, known=booking.name_on_file)
    phone: str = ask(a_phone, known=booking.phone_on_file)
    agreed: bool = confirm(place)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """The day a button names, and what was said already in the form that stands open."""
        before = turn.found.get("before")
        known: dict[str, Any] = {}
        if isinstance(before, Form) and before.flow in ("booking", "repeating"):
            known = {name: before.answers[name] for name in CARRIED if name in before.answers}
            named = [part for said in before.earlier if (part := _spot_part(turn, said))]
            known |= {"part": named[-1]} if named else {}
        return known | ({"day": argument} if argument else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Stand in the queue; the place is said at once."""
        customer = turn.customer
        if customer.joined_at is None or (customer.name, customer.phone) != (self.contact, self.phone):
            customers.join(turn.session, customer, name=self.contact, phone=self.phone, now=turn.now)
        first, last = PARTS[self.part]
        midnight = datetime.combine(self.day, time(0), turn.company.zone)
        try:
            one = waitlist.join(
                turn.session,
                turn.company,
                customer,
                service_code=self.service,
                quantity=self.quantity,
                add_ons=dict.fromkeys(self.add_ons or (), 1),
                address=turn.home(self.address),
                day=self.day,
                begins_at=midnight + timedelta(hours=first),
                ends_at=midnight + timedelta(hours=last),
                now=turn.now,
            )
        except waitlist.TooManyWaits as no:
            raise Leave(no.key, **no.args_) from no
        choices = [cards.go(turn, "queue"), cards.go(turn, "queueleave", str(one.id))]
        return [
            turn.say(
                "queue-joined",
                what=queueing.line(turn, one),
                place=queueing.standing(turn, one),
                minutes=turn.company.waitlist.minutes,
                choices=choices,
            )
        ]
