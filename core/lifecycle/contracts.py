"""Long-term care that was agreed upon with a person of ours, and what happens when it ends."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import reminders
from core.lifecycle.planning import CONTRACT
from core.lifecycle.tables import Contract

if TYPE_CHECKING:
    from core.company import Company

RENEW, END, TALK = "renew", "end", "talk"
NEAR = timedelta(days=14)
"""So far apart a contract and the last visit of a plan may be to be one thing to their customer."""
ANSWERS = (RENEW, END, TALK)


def agree(
    session: Session,
    company: "Company",
    customer_id: int,
    service_code: str,
    first_day: date,
    last_day: date,
    now: datetime,
) -> Contract:
    """Write down a contract from its first day through its last, and ask in time how to go on.

    Raises UnknownService; ValueError where the last day is before the first.
    """
    company.service(service_code)
    if last_day < first_day:
        raise ValueError("a contract ends on its first day at the earliest")
    made = Contract(
        customer_id=customer_id,
        service_code=service_code,
        first_day=first_day,
        last_day=last_day,
        made_at=now,
    )
    session.add(made)
    session.flush()
    for before in company.care.contract_days:
        day = last_day - timedelta(days=before)
        due_at = datetime.combine(day, company.care.contract_at, company.zone)
        if due_at > now:
            key = f"{CONTRACT}:{made.id}:{before}"
            subject, payload = str(made.id), {"before": before}
            reminders.schedule(session, CONTRACT, subject, due_at, dedupe_key=key, payload=payload)
    return made


def of_customer(session: Session, customer_id: int) -> list[Contract]:
    """A customer's contracts, the one that ends last leading."""
    theirs = select(Contract).where(Contract.customer_id == customer_id)
    return list(session.exec(theirs.order_by(col(Contract.last_day).desc())))


def is_followed(session: Session, contract: Contract) -> bool:
    """Whether another contract for the same goes on from there."""
    return any(
        one.id != contract.id
        and one.service_code == contract.service_code
        and one.last_day > contract.last_day
        for one in of_customer(session, contract.customer_id)
    )


def ends_near(session: Session, customer_id: int, service_code: str, day: date) -> bool:
    """Whether a contract of theirs for that service ends about then: they are asked about that one."""
    return any(
        one.service_code == service_code and abs(one.last_day - day) <= NEAR
        for one in of_customer(session, customer_id)
    )


def answer(session: Session, contract: Contract, said: str, now: datetime) -> None:
    """What the customer wants when it ends; said again it is changed."""
    contract.answer, contract.answered_at = said, now
    session.add(contract)
    session.flush()
