"""Links to one's own data: good once, for a while, and known to us by their digest only."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, update
from sqlmodel import Field, Session, SQLModel, col

if TYPE_CHECKING:
    from core.company import Company

_BYTES = 24


class DataLink(SQLModel, table=True):
    """One link, by the digest of what it carries."""

    __tablename__ = "data_link"

    token_digest: str = Field(primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    language: str
    until: datetime = Field(index=True)
    used_at: datetime | None = None


def make(session: Session, company: "Company", customer_id: int, *, language: str, now: datetime) -> str:
    """What a new link carries: letters, digits, `-` and `_`. It ends whichever they had before."""
    session.exec(delete(DataLink).where(col(DataLink.customer_id) == customer_id))
    token = secrets.token_urlsafe(_BYTES)
    until = now + timedelta(hours=company.privacy.export_hours)
    session.add(
        DataLink(token_digest=_digest(token), customer_id=customer_id, language=language, until=until)
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> DataLink | None:
    """The link, while it is good. Looking uses nothing up, because programs look at links too."""
    found = session.get(DataLink, _digest(token))
    return found if found is not None and found.used_at is None and found.until > now else None


def use(session: Session, token: str, now: datetime) -> DataLink | None:
    """The link, which is no good from now on; of two who open it at once one gets it."""
    good = (
        col(DataLink.token_digest) == _digest(token),
        col(DataLink.used_at).is_(None),
        col(DataLink.until) > now,
    )
    if session.exec(update(DataLink).where(*good).values(used_at=now)).rowcount == 0:
        return None
    return session.get_one(DataLink, _digest(token), populate_existing=True)


def _digest(token: str) -> str:
    return hashlib.sha256(b"menling.data:" + token.encode("utf-8", "surrogatepass")).hexdigest()
