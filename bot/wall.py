"""By whose clock something is said: visits by the one at the home, all else by that of who is spoken to."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.texts import Span, There, Yours
from core import decency
from core.company import Company
from core.identities import Identity, Role, Speaker

if TYPE_CHECKING:
    from bot.flow import Turn


def of(session: Session, company: Company, *chats: Identity | Speaker) -> ZoneInfo | None:
    """The clock of the customer to whom these chats belong, where it is not the company's."""
    whose = chats[0] if chats else None
    if whose is None or whose.role is not Role.CUSTOMER or whose.customer_id is None:
        return None
    if isinstance(whose, Speaker):
        return ZoneInfo(whose.zone) if whose.zone and whose.zone != company.timezone else None
    return decency.abroad(session, company, whose.customer_id)


def local(value: object, home: ZoneInfo, theirs: ZoneInfo | None) -> object:
    """A value with its moments as a clock shows them, at `home` unless they live by another.

    Then windows are those at home and moments their own, each with a mark that says so.
    """
    if isinstance(value, Span):
        span = Span(value.starts_at.astimezone(home), value.ends_at.astimezone(home))
        return There(span) if theirs else span
    if isinstance(value, datetime):
        return Yours(value.astimezone(theirs)) if theirs else value.astimezone(home)
    return value


def there(turn: "Turn", at: datetime) -> str:
    """The time of day at the home, to be said of a visit."""
    clock = at.astimezone(turn.company.zone).time()
    return turn.text("value-said", value=There(clock) if turn.zone else clock)


def theirs(turn: "Turn", at: datetime) -> tuple[date, str]:
    """The day and the time of day by the clock of who is spoken to, to be said of anything but a visit."""
    moment = at.astimezone(turn.zone or turn.company.zone)
    clock = moment.time()
    return moment.date(), turn.text("value-said", value=Yours(clock) if turn.zone else clock)


def today(turn: "Turn") -> date:
    """The day it is for who is spoken to."""
    return turn.now.astimezone(turn.zone or turn.company.zone).date()
