"""What customers thanked workers for, in their own words, to be quoted to those workers."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, Session, SQLModel, col, select


class Praise(SQLModel, table=True):
    """Thanks that a customer wrote to the worker of a visit."""

    __table_args__ = (Index("ix_praise_worker", "worker_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    worker_id: int = Field(foreign_key="worker.id")
    at: datetime
    words: str


def keep(session: Session, visit_id: int, worker_id: int, words: str, now: datetime) -> None:
    """Keep thanks that were passed on to a worker; `words` as the worker read them."""
    session.add(Praise(visit_id=visit_id, worker_id=worker_id, at=now, words=words))


def of_worker(session: Session, worker_id: int, first: datetime, last: datetime, limit: int) -> list[str]:
    """What was written to a worker from `first` until before `last`, the latest first."""
    theirs = select(Praise.words).where(Praise.worker_id == worker_id, Praise.at >= first, Praise.at < last)
    return list(session.exec(theirs.order_by(col(Praise.at).desc()).limit(limit)))
