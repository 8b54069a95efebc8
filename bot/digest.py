"""One message a month for those who want no others: what is ahead, and what they have with us."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import cards
from bot.flow import Turn
from bot.messages import Card, Outbound
from core import coupons, decency, packages, reminders, visits
from core.company import Company
from core.decency import DIGEST, Pace
from core.members import points


def plan(session: Session, company: Company, customer_id: int, now: datetime) -> None:
    """The next one is due on the first of next month, at a moment of the morning of theirs; or none is."""
    about = str(customer_id)
    if decency.pace(session, customer_id) is not Pace.DIGEST:
        reminders.cancel_waiting(session, DIGEST, about)
        return
    today = now.astimezone(decency.zone(session, company, customer_id)).date()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    due_at = decency.morning(session, company, customer_id, first)
    key = f"{DIGEST}:{about}:{first:%Y-%m}"
    reminders.schedule(session, DIGEST, about, due_at, dedupe_key=key)


def lines(turn: Turn, customer_id: int) -> list[tuple[str, str]]:
    """What there is to tell a customer; nothing where they have neither a visit nor anything with us."""
    session, now = turn.session, turn.now
    ahead = visits.upcoming(session, customer_id, now)
    has = points.balance(session, customer_id, now).usable
    vouchers = len(coupons.usable(session, customer_id, now))
    left = sum(one.units for one in packages.active(session, customer_id, now))
    found = [("visit", cards.visit_line(turn, ahead[0]) if ahead else "")]
    counted = (("points", has), ("coupons", vouchers), ("packages", left))
    found += [(what, turn.text(f"digest-{what}", count=count)) for what, count in counted if count > 0]
    return [(turn.text(f"digest-line-{what}"), words) for what, words in found if words]


def make(turn: Turn, customer_id: int) -> Outbound:
    """The message itself."""
    choices = [cards.go(turn, name) for name in ("visits", "points", "messages")]
    card = Card(turn.text("digest-title"), tuple(lines(turn, customer_id)))
    return turn.say("digest-told", card=card, choices=choices)
