"""What has been kept long enough goes by itself: class by class, a part of it at a time, again and again."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, and_, delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col
from sqlmodel import select as pick

from core import database  # noqa: F401 - names the constraints of every table
from core.audit import AuditEntry
from core.customers import Address
from core.privacy.links import DataLink
from core.resorts.tables import RefusalLink

if TYPE_CHECKING:
    from core.company import Company

LIMIT = 500
"""So many rows of a class are looked at in one part."""
MONTH = timedelta(days=365.25 / 12)
PARTS = 10
"""So many such parts of it at most."""
EVERY = timedelta(hours=1)
STALE = timedelta(days=2)
"""Nothing has seen to a class for so long: nobody does."""


class Retention(SQLModel, table=True):
    """How far one class has been seen to."""

    what: str = Field(primary_key=True)
    cursor: int = 0
    """Everything up to this number is gone already, or is not of this class."""
    removed: int = 0
    ran_at: datetime


Step = Callable[[Session, "Company", Retention, datetime], int]


def sweep(session: Session, company: "Company", now: datetime) -> dict[str, int]:
    """See to every class that nothing saw to for EVERY; how much went, by class.

    Two at once do the same work once: the second waits, and finds it done.
    """
    gone: dict[str, int] = {}
    lately = pick(col(Retention.what)).where(col(Retention.ran_at) > now - EVERY)
    seen = set(session.exec(lately))
    for kept in _states(session, [what for what in CLASSES if what not in seen], now):
        count = _seen_to(CLASSES[kept.what], session, company, kept, now)
        kept.removed, kept.ran_at = kept.removed + count, now
        session.add(kept)
        if count:
            gone[kept.what] = count
    session.flush()
    return gone


def _seen_to(step: Step, session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    """How much of a class went, part by part: as much as comes in an hour of a busy day."""
    gone = 0
    for _ in range(PARTS):
        before = kept.cursor
        count = step(session, company, kept, now)
        gone += count
        if not count and kept.cursor == before:
            break
    return gone


def neglected(session: Session, now: datetime) -> list[str]:
    """The classes that nothing has seen to lately, or ever."""
    lately = pick(col(Retention.what)).where(col(Retention.ran_at) > now - STALE)
    seen = session.exec(lately).all()
    return sorted(set(CLASSES).difference(seen))


def _states(session: Session, wanted: Sequence[str], now: datetime) -> Sequence[Retention]:
    """How far each of these has been seen to, ours until the transaction ends."""
    if not wanted:
        return []
    theirs = pick(Retention).where(col(Retention.what).in_(wanted)).order_by(col(Retention.what))
    locked = theirs.with_for_update().execution_options(populate_existing=True)
    found = session.exec(locked).all()
    if len(found) == len(wanted):
        return found
    for what in set(wanted).difference(one.what for one in found):
        with suppress(IntegrityError), session.begin_nested():  # another process may be first just now
            session.add(Retention(what=what, ran_at=now))
    return session.exec(locked).all()


def _words(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    """What was said, in and out; that it was, when and with what result stays."""
    before = now - company.privacy.chat_months * MONTH
    return _blanked(session, kept, "message", "created_at", before, {"body": "", "content": {}})


def _asked(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    """What people said who asked for a person, and what staff noted about it."""
    before = now - company.privacy.chat_months * MONTH
    empty = {"words": "", "notes": ""}
    return _blanked(session, kept, "handoff", "asked_at", before, empty, "handoff.status = 'closed'")


def _places(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    """Where people said they were."""
    before = now - timedelta(days=company.privacy.location_days)
    empty = {"body": "", "content": {}}
    return _blanked(session, kept, "message", "created_at", before, empty, "message.kind = 'place'")


def _alarms(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    """Where workers were who called for help, once that is settled."""
    before = now - timedelta(days=company.privacy.location_days)
    empty = {"latitude": None, "longitude": None}
    return _blanked(session, kept, "alarm", "raised_at", before, empty, "alarm.settled_at IS NOT NULL")


def _blanked(
    session: Session,
    kept: Retention,
    name: str,
    since: str,
    before: datetime,
    empty: Mapping[str, Any],  # Any: what a column holds
    only: str = "1 = 1",
) -> int:
    """Empty the next rows of a table that are older than that; those that are not `only` are passed by.

    Rows are numbered in the order they came, so that everything behind the first one that is too new is.
    """
    table = SQLModel.metadata.tables[name]
    connection = session.connection()
    further = select(table.c.id, table.c[since]).where(table.c.id > kept.cursor).order_by(table.c.id)
    first = connection.execute(further.limit(1)).first()
    if first is None or first[1] >= before:
        return 0
    rows = connection.execute(further.limit(LIMIT)).all()
    old = [id for id, at in rows if at < before]
    last = max(old) if len(old) == len(rows) else min(id for id, at in rows if at >= before) - 1
    these = and_(table.c.id > kept.cursor, table.c.id <= last, text(only))
    count = connection.execute(update(table).where(these).values(**empty)).rowcount
    kept.cursor = last
    return count


def _door_codes(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    """Ways in that were told for one visit."""
    over = pick(Address).where(col(Address.access_until) <= now).limit(LIMIT)
    found = session.exec(over).all()
    for home in found:
        home.access_note = home.access_until = None
        session.add(home)
    if found:
        session.flush()
    return len(found)


def _looks(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    before = now - company.privacy.audit_months * MONTH
    return _deleted(session, SQLModel.metadata.tables[str(AuditEntry.__tablename__)], "id", "at", before)


def _links(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    table = SQLModel.metadata.tables[str(DataLink.__tablename__)]
    return _deleted(session, table, "token_digest", "until", now)


def _deleted(session: Session, table: Table, key: str, since: str, before: datetime) -> int:
    old = select(table.c[key]).where(table.c[since] <= before).order_by(table.c[since]).limit(LIMIT)
    keys = list(session.connection().execute(old).scalars())
    if not keys:
        return 0
    session.connection().execute(delete(table).where(table.c[key].in_(keys)))
    return len(keys)


def _refusals(session: Session, company: "Company", kept: Retention, now: datetime) -> int:
    table = SQLModel.metadata.tables[str(RefusalLink.__tablename__)]
    return _deleted(session, table, "token_digest", "until", now)


CLASSES: Mapping[str, Step] = {
    "words": _words,
    "asked": _asked,
    "places": _places,
    "alarms": _alarms,
    "door codes": _door_codes,
    "audit": _looks,
    "links": _links,
    "refusal links": _refusals,
}
"""Everything that goes by itself, but for files, which have a sweep of their own."""
