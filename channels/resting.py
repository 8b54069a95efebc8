"""What an outage kept from people goes in the morning, if it would reach them at night."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import resorting
from core import decency, identities
from core.company import Company
from core.correspondence import Claimed, Message, Purpose
from core.decency import Class

PROMPT = timedelta(hours=1)
"""What was said so lately had its hour from whoever said it."""


def until(session: Session, company: Company, message: Claimed, now: datetime) -> datetime | None:
    """When a claimed message may be brought to its customer; None where that is now.

    What they were judged to be told by the clock goes by the hours of its class. Of all else that can wait,
    only what is late is kept until the morning: what was said just now is news of something just done.
    """
    customer_id = _customer(session, message)
    manner = message.content.get("manner")
    if customer_id is None or message.purpose is Purpose.ANSWER:
        return None
    if not manner and message.content.get("critical"):
        return None
    kind = Class(manner) if manner else Class.SERVICE
    at = decency.brought_at(session, company, customer_id, kind, now)
    if at <= now or (not manner and _is_prompt(session, message, now)):
        return None
    return at


def _is_prompt(session: Session, message: Claimed, now: datetime) -> bool:
    return session.get_one(Message, message.id).created_at >= now - PROMPT


def _customer(session: Session, message: Claimed) -> int | None:
    """Whose phone it is, where it is a customer's; a code that they wait for is not held up."""
    kept = message.content.get(resorting.NOTIFIES)
    if kept is not None:
        return None if kept.get("code") else int(kept["customer"])
    identity = identities.find(session, *message.peer)
    return identity.customer_id if identity is not None else None
