"""What people who wait for a window hear: their place, an offer, that it went to the next one."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot import cards, meeting, offering, telling, texts
from bot.flow import Turn
from bot.messages import Outbound
from core import catalogue, identities, waitlist
from core.company import Company
from core.correspondence import Peer
from core.customers import Customer
from core.waitings import Status, Waiting
from core.waitlist import Looked

PARTS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24), "any": (0, 24)}
"""From and until which hour of the day a visit may begin."""


def part_of(turn: Turn, one: Waiting) -> str:
    """The part of the day they wait for, as they chose it."""
    hours = [moment.astimezone(turn.company.zone) for moment in (one.begins_at, one.ends_at)]
    first, last = hours[0].hour, hours[1].hour or 24
    return next((name for name, span in PARTS.items() if span == (first, last)), "any")


def line(turn: Turn, one: Waiting) -> str:
    """What they wait for, in a line."""
    return turn.text(
        "queue-line",
        day=one.day,
        part=turn.text(f"queue-part-{part_of(turn, one)}"),
        name=turn.company.service(one.service_code).name,
    )


def standing(turn: Turn, one: Waiting) -> str:
    """Where they stand: their place, or the window that is held for them; and when the day opens to them."""
    if one.status is Status.OFFERED and one.told:
        return turn.text("queue-held", window=_window(turn, one), by=_clock(turn, one.offer_until))
    place = waitlist.place_of(turn.session, one)
    opens_at = waitlist.opening(turn.company, one)
    if opens_at is not None and turn.now < opens_at:
        return turn.text("queue-place-opens", place=place, opens=turn.local(opens_at))
    return turn.text("queue-place", place=place)


def leave_for(turn: Turn, service_code: str, day: date) -> None:
    """They need not wait for that any more: it was settled in another way."""
    for one in waitlist.of_customer(turn.session, turn.customer_id):
        if (one.service_code, one.day) == (service_code, day):
            waitlist.leave(turn.session, waitlist.mine(turn.session, turn.customer_id, one.id or 0), turn.now)


def look(session: Session, company: Company, one: Waiting, now: datetime) -> list[Peer]:
    """See to somebody who waits, and tell them what came of it."""
    came = waitlist.look(session, company, one, now)
    if came in (Looked.NOTHING, Looked.HELD):
        return []
    turn = telling.house_turn(session, company, now)
    customer = session.get_one(Customer, one.customer_id)
    language = texts.closest(customer.language) or company.languages[0]
    chats = identities.of_customer(session, one.customer_id)

    def make(their: Turn) -> Outbound:
        if came is Looked.OFFERED:
            return replace(offered(their, one), critical=True, until=one.offer_until)
        return over(their, one, came)

    turn.tell(chats, language, make)
    return list(meeting.pass_on(turn))


def offered(turn: Turn, one: Waiting) -> Outbound:
    """A window that is held for them: yes, no, or no more waiting."""
    choices = [cards.go(turn, name, str(one.id)) for name in ("queueyes", "queueno", "queueleave")]
    name = turn.company.service(one.service_code).name
    return turn.say(
        "queue-offered",
        name=name,
        window=_window(turn, one),
        by=_clock(turn, one.offer_until),
        choices=choices,
    )


def over(turn: Turn, one: Waiting, came: Looked) -> Outbound:
    """They did not answer in time, or what they waited for is over."""
    choices = [cards.go(turn, "booking", one.service_code, "go-booking"), cards.go(turn, "visits")]
    if came is Looked.EXPIRED:
        choices = [cards.go(turn, "queue"), cards.go(turn, "queueleave", str(one.id))]
    return turn.say(
        f"queue-{came.value}",
        what=line(turn, one),
        place=waitlist.place_of(turn.session, one),
        choices=choices,
    )


def _window(turn: Turn, one: Waiting) -> str:
    """The window that is held for them."""
    assert one.offered_at is not None
    service = turn.company.service(one.service_code)
    lasts = timedelta(minutes=catalogue.minutes(turn.company, service, one.quantity, one.add_ons))
    hours = cards.window(turn, one.offered_at, one.offered_at + lasts)
    return turn.text("day-and-window", day=cards.day(turn, one.day), window=hours)


def _clock(turn: Turn, at: datetime | None) -> object:
    return offering.clock(turn, at or turn.now)
