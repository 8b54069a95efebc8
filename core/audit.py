"""Who looked at what of whom, and who changed what: kept for a while, read by who answers for it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored
from core.vault import Sealed


class Deed(StrEnum):
    """What was done."""

    READ = "read"
    CHANGED = "changed"
    TAKEN = "taken"
    """All of it was handed out as a file."""
    REMOVED = "removed"


class What(StrEnum):
    """What of somebody."""

    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    ACCESS = "access"
    """The way in."""
    HEALTH = "health"
    EVERYTHING = "everything"


class AuditEntry(SQLModel, table=True):
    """One look at, or one change of, something that is not everybody's business. Never changed."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    actor: str
    """customer, worker, staff, bot, or shell for commands."""
    actor_id: int | None = None
    """Which worker or member of staff."""
    deed: Deed = Field(sa_type=stored(Deed))
    what: What = Field(sa_type=stored(What))
    customer_id: int = Field(foreign_key="customer.id", index=True)
    """Whose it is."""
    why: str
    """As a code: the visit's reference, `ticket`, `privacy-export`."""
    was: str | None = Field(default=None, sa_type=Sealed)
    became: str | None = Field(default=None, sa_type=Sealed)


def note(
    session: Session,
    deed: Deed,
    what: What,
    customer_id: int,
    *,
    actor: str,
    actor_id: int | None = None,
    why: str,
    was: str | None = None,
    became: str | None = None,
    now: datetime,
) -> AuditEntry:
    """Write down that it was done; it gets its number with the next flush."""
    entry = AuditEntry(
        at=now,
        actor=actor,
        actor_id=actor_id,
        deed=deed,
        what=what,
        customer_id=customer_id,
        why=why,
        was=was,
        became=became,
    )
    session.add(entry)
    return entry


def latest(session: Session, limit: int, *, customer_id: int | None = None) -> list[AuditEntry]:
    """The last looks and changes, the latest first; of one customer if given."""
    asked = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)
    if customer_id is not None:
        asked = asked.where(AuditEntry.customer_id == customer_id)
    return list(session.exec(asked))
