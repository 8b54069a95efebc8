"""Which way of last resort is open for a piece of news, and what went by which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import templates
from core.accounts import FAILURES_BEFORE_REST, ChannelAccount
from core.correspondence import Message, Peer
from core.correspondence.tables import short
from core.customers import Customer
from core.decency import WAITS, Class, wishes
from core.news import Kind
from core.resorts import addresses
from core.resorts.addresses import EMAIL, SMS
from core.resorts.tables import Notification

if TYPE_CHECKING:
    from core.company import Company

CODE = "code"
"""The kind of a notification that carries a code."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be said, as far as the way depends on it."""

    kind: str | None
    """One of `core.news.Kind`, if it is news of a kind."""
    critical: bool = False
    """Must be known in time; nothing else is worth a text message."""
    avoid: frozenset[str] = frozenset()
    """Channels where it was tried in vain."""


def choose(
    session: Session, company: "Company", customer: Customer, matter: Matter, now: datetime
) -> tuple[Peer | None, str]:
    """Where to send it, the cheapest first, and why in no way before that: a reason for staff to read."""
    no: list[str] = []
    for channel in (EMAIL, SMS):
        found = _open(session, company, customer, channel, matter, now)
        if isinstance(found, Peer):
            return found, "; ".join(no)
        no.append(f"{channel}: {found}")
    return None, "; ".join(no)


def for_care(
    session: Session, company: "Company", customer: Customer, kind: Class, now: datetime
) -> tuple[Peer | None, str]:
    """Where what is no news of a visit may go by e-mail, and why nowhere: a reason for staff to read.

    Never by text message. What can be refused goes only where our pages can be reached to refuse it.
    """
    assert customer.id is not None
    if kind in WAITS and not company.resorts.page:
        return None, f"{EMAIL}: no page where it could be refused"
    if kind in WAITS and EMAIL in wishes.refused(session, customer.id, kind):
        return None, f"{EMAIL}: they want no {kind.value} messages there"
    found = _open(session, company, customer, EMAIL, Matter(None), now)
    return (found, "") if isinstance(found, Peer) else (None, f"{EMAIL}: {found}")


def note(
    session: Session,
    company: "Company",
    customer_id: int,
    peer: Peer,
    *,
    message_id: int,
    kind: str,
    about: str = "",
    why: str,
    instead_of: int | None = None,
    now: datetime,
) -> Notification:
    """Keep that this was put on its way, and what it costs."""
    cost = company.resorts.sms_fen if peer.channel == SMS else 0
    made = Notification(
        customer_id=customer_id,
        **peer._asdict(),
        message_id=message_id,
        instead_of=instead_of,
        kind=kind,
        about=about,
        why=short(why),
        cost=cost,
        at=now,
    )
    session.add(made)
    session.flush()
    return made


def told(session: Session, customer_id: int, message_id: int) -> bool:
    """Whether this message of a chat was put on its way by a notification before.

    So it was where its copy was, which another chat of theirs was to be told at the same moment.
    """
    said = session.get(Message, message_id)
    if said is None:
        return False
    same = (Message.created_at == said.created_at, Message.body == said.body)
    theirs = select(Notification.id).join(Message, col(Message.id) == col(Notification.instead_of))
    theirs = theirs.where(Notification.customer_id == customer_id, *same)
    return session.exec(theirs.limit(1)).first() is not None


def peers(session: Session, customer_ids: Collection[int]) -> list[Peer]:
    """Every address that these customers were written to at."""
    columns = (Notification.channel, Notification.account, Notification.user)
    theirs = select(*columns).where(col(Notification.customer_id).in_(customer_ids)).distinct()
    return [Peer(*one) for one in session.exec(theirs)]


def latest(session: Session, customer_id: int, limit: int) -> list[Notification]:
    """The newest that they were sent, the latest first."""
    theirs = (
        select(Notification)
        .where(Notification.customer_id == customer_id)
        .order_by(col(Notification.at).desc())
    )
    return list(session.exec(theirs.limit(limit)))


def about(session: Session, customer_id: int, reference: str) -> list[Notification]:
    """All that they were sent about one visit, the first first."""
    theirs = (Notification.customer_id == customer_id, Notification.about == reference)
    return list(session.exec(select(Notification).where(*theirs).order_by(col(Notification.at))))


def _open(
    session: Session, company: "Company", customer: Customer, channel: str, matter: Matter, now: datetime
) -> Peer | str:
    """The address to write to by one channel, or why it is no way."""
    rules = company.resorts
    account = rules.email_from if channel == EMAIL else rules.sms_from
    if not account:
        return "is not set up"
    if channel in matter.avoid:
        return "was tried in vain"
    address = addresses.good(session, customer, channel)
    if address is None:
        return "no address that is proved and works"
    if (why := _not_worth(session, company, account, matter, now) if channel == SMS else "") != "":
        return why
    if _is_broken(session, channel, account):
        return "does not work just now"
    assert customer.id is not None
    most = rules.email_per_day if channel == EMAIL else rules.sms_per_day
    if _today(session, company, customer.id, channel, now) >= most:
        return "enough went there today"
    return Peer(channel, account, address)


def _not_worth(session: Session, company: "Company", account: str, matter: Matter, now: datetime) -> str:
    """Why a text message cannot tell it or is not worth its price; "" if neither is so."""
    if not matter.critical:
        return "only for what must be known in time"
    template = company.resorts.sms.get(Kind(matter.kind)) if matter.kind in set(Kind) else None
    if template is None:
        return f"no text for {matter.kind}"
    if templates.rests(session, SMS, account, template.code, now):
        return f"the carriers refuse {template.code}"
    return ""


def _is_broken(session: Session, channel: str, account: str) -> bool:
    """Whether what is sent from there would wait for somebody to mend it."""
    known = session.get(ChannelAccount, (channel, account))
    return known is not None and known.failures >= FAILURES_BEFORE_REST


def _today(session: Session, company: "Company", customer_id: int, channel: str, now: datetime) -> int:
    """How many went to a customer that way since their midnight; codes they asked for do not count."""
    zone = wishes.zone(session, company, customer_id)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(UTC)
    theirs = (
        Notification.customer_id == customer_id,
        Notification.channel == channel,
        Notification.kind != CODE,
    )
    return session.exec(select(func.count()).where(*theirs, col(Notification.at) >= since)).one()
