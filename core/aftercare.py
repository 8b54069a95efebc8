"""Care after a complaint: who is left in peace for a while, and whose next visit is looked after."""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, String, bindparam, column, exists, func, or_, table
from sqlalchemy import select as columns
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

QUIET_DAYS = 14
"""So long after a complaint was closed its customer hears nothing that could wait."""

# Complaints and visits stand above this module, so their tables are named here and not imported.
_complaint = table(
    "complaint",
    column("id"),
    column("customer_id"),
    column("visit_id"),
    column("upheld"),
    column("kind", String),
    column("status", String),
    column("opened_at", UTCDateTime),
    column("closed_at", UTCDateTime),
)
_visit = table(
    "visit",
    column("customer_id"),
    column("status", String),
    column("starts_at", UTCDateTime),
)
_customer: BindParameter[int] = bindparam("customer")
_UNQUIET = (
    columns(_complaint.c.id)
    .where(_complaint.c.customer_id == _customer)
    .where(or_(_complaint.c.status != "closed", _complaint.c.closed_at > bindparam("since")))
    .limit(1)
)
_STARTS = bindparam("starts_at", type_=UTCDateTime())
_SINCE = (
    exists()
    .where(_visit.c.customer_id == _customer)
    .where(_visit.c.status == "finished", _visit.c.starts_at > _complaint.c.opened_at)
    .where(_visit.c.starts_at < _STARTS)
)
_CARED = (
    columns(func.max(_complaint.c.id))
    .where(_complaint.c.customer_id == _customer, _complaint.c.kind != "suggestion")
    .where(_complaint.c.opened_at.between(bindparam("first"), _STARTS))
    .where(~_SINCE)
)


_VISIT = columns(_complaint.c.visit_id).where(
    _complaint.c.id == bindparam("id"), _complaint.c.upheld.is_distinct_from(False)
)


def is_quiet(session: Session, customer_id: int, now: datetime) -> bool:
    """Whether the customer complained and is to hear nothing that could wait: no offers, no asking.

    So it is while a complaint of theirs is not closed, and for `QUIET_DAYS` after.
    """
    values = {"customer": customer_id, "since": now - timedelta(days=QUIET_DAYS)}
    return session.connection().execute(_UNQUIET, values).first() is not None


def complaint_before(session: Session, customer_id: int, starts_at: datetime, days: int) -> int | None:
    """The complaint (its number) after which a visit that begins then is the customer's next, within `days`.

    None where there was none but a suggestion, or the next visit took place before.
    """
    values = {"customer": customer_id, "starts_at": starts_at, "first": starts_at - timedelta(days=days)}
    found: int | None = session.connection().execute(_CARED, values).scalar()
    return found


def visit_of(session: Session, number: int) -> int | None:
    """The visit (id) that a complaint is about, unless staff found that the customer was not right."""
    found: int | None = session.connection().execute(_VISIT, {"id": number}).scalar()
    return found
