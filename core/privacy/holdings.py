"""Which rows are about whom: found by what refers to a customer, a visit, a complaint or a chat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as rows

from core.bindings.tables import Merge
from core.complaints.tables import Complaint
from core.correspondence import Peer
from core.handoffs import Handoff
from core.identities import Identity
from core.resorts import notifications
from core.visits import Visit

MOST_AT_ONCE = 500
"""So many values are looked for in one statement."""
OTHERS = frozenset(
    "binding_question.other_id complaint.follows_id household_person.contact_id"
    " household_person.invited_by".split()
)
"""Columns that lead to somebody or something else than the row is about."""


BOTH = {"merge": "given_id", "split": "made_id"}
"""Tables whose rows are about two customers: `kept_id`, and this column."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the customer, those who became one with them, and everything that was theirs."""

    customers: tuple[int, ...]
    """The one who stands first, then those given up for them."""
    visits: tuple[int, ...]
    references: tuple[str, ...]
    complaints: tuple[int, ...]
    handoffs: tuple[int, ...]
    peers: tuple[Peer, ...]

    @property
    def id(self) -> int:
        """The customer who stands."""
        return self.customers[0]


def person(session: Session, customer_id: int) -> Person:
    """Everything that leads to what is kept of a customer."""
    ids = _one_with(session, customer_id)
    visits = session.exec(rows(Visit.id, Visit.reference).where(col(Visit.customer_id).in_(ids))).all()
    complaints = session.exec(rows(Complaint.id).where(col(Complaint.customer_id).in_(ids))).all()
    handoffs = session.exec(rows(Handoff.id).where(col(Handoff.customer_id).in_(ids))).all()
    accounts = session.exec(rows(Identity).where(col(Identity.customer_id).in_(ids))).all()
    return Person(
        customers=tuple(ids),
        visits=tuple(id for id, _ in visits if id is not None),
        references=tuple(reference for _, reference in visits),
        complaints=tuple(id for id in complaints if id is not None),
        handoffs=tuple(id for id in handoffs if id is not None),
        peers=(
            *(Peer(one.channel, one.account, one.user) for one in accounts),
            *notifications.peers(session, ids),
        ),
    )


def _one_with(session: Session, customer_id: int) -> list[int]:
    """The customer and whoever was given up for them, and for those, as far as that was not undone."""
    found = [customer_id]
    for id in found:
        given = rows(Merge.given_id).where(Merge.kept_id == id, col(Merge.undone_at).is_(None))
        found += [one for one in session.exec(given) if one not in found]
    return found


@cache
def leads(table: Table) -> tuple[str, str] | None:
    """By which column a table's rows are found, and of what: `customer`, `visit`, `complaint` or `peer`.

    None for tables that are about nobody.
    """
    if table.name == "customer":
        return "id", "customer"
    for target in ("customer", "complaint", "visit"):
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            name = f"{table.name}.{key.parent.name}"
            if key.target_fullname == f"{target}.id" and name not in OTHERS:
                return key.parent.name, target
    return ("user", "peer") if {"channel", "account", "user"} <= set(table.c.keys()) else None


def held() -> Iterator[Table]:
    """Every table with rows about somebody, what they refer to before what refers to it."""
    yield from (table for table in SQLModel.metadata.sorted_tables if leads(table) is not None)


def of(person: Person, table: Table) -> list[ColumnElement[bool]]:
    """What tells this person's rows of a table, in as many statements as it takes."""
    found = leads(table)
    if found is None:
        return []
    column, target = found
    if (other := BOTH.get(table.name)) is not None:
        return [or_(table.c.kept_id.in_(person.customers), table.c[other].in_(person.customers))]
    if target == "peer":
        return [of_peer(table, peer) for peer in person.peers]
    ids = {"customer": person.customers, "visit": person.visits, "complaint": person.complaints}[target]
    return [table.c[column].in_(some) for some in in_parts(ids)]


def in_parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:  # Any: what a column holds
    """The values, as many at a time as one statement may name."""
    for start in range(0, len(values), MOST_AT_ONCE):
        yield values[start : start + MOST_AT_ONCE]


def read(session: Session, person: Person, table: Table) -> Iterator[Mapping[str, Any]]:  # Any: columns
    """This person's rows of a table, in the order of its key."""
    for condition in of(person, table):
        wanted = select(table).where(condition).order_by(*table.primary_key)
        yield from (dict(row) for row in session.connection().execute(wanted).mappings())


def of_peer(table: Table, peer: Peer) -> ColumnElement[bool]:
    """What tells the rows of one chat."""
    theirs = {"channel": peer.channel, "account": peer.account, "user": peer.user}
    return and_(*(table.c[name] == value for name, value in theirs.items()))
