"""The ledger of a package: how much is left, and what is written into it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, SQLModel, col, select

from core.packages.tables import ACTIVE, Left, NotAllowed, Package, PackageEntry, State, What

LOOKED_AT = 20
"""So many packages of a customer are weighed for one price, those that end first."""

_LEFT = func.sum(col(PackageEntry.units)).label("left")
_THEIRS = (
    columns(Package, _LEFT)
    .join(PackageEntry, col(PackageEntry.package_id) == col(Package.id))
    .where(
        col(Package.customer_id).in_(bindparam("customers", expanding=True)),
        ACTIVE,
        col(Package.ends_at) > bindparam("now"),
    )
    .group_by(col(Package.id))
    .order_by(col(Package.ends_at), col(Package.id))
    .limit(LOOKED_AT)
)
_TABLE = SQLModel.metadata.tables["package_entry"]
_ENTER: Mapping[str, ReturningInsert[int]] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(["key"]).returning(_TABLE.c.id),
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(_TABLE.c.id),
}


def usable(session: Session, customer_id: int, now: datetime, *, lent_by: Collection[int] = ()) -> list[Left]:
    """The packages of a customer, and of those who let them use theirs, in which something is left and that
    are not paused now, by their end."""
    every = active(session, customer_id, now, lent_by=lent_by)
    return [one for one in every if one.units > 0 and not is_paused(one, now)]


def active(session: Session, customer_id: int, now: datetime, *, lent_by: Collection[int] = ()) -> list[Left]:
    """Every paid package of a customer, and of those who let them use theirs, that has not ended, also empty
    and paused ones, by its end."""
    wanted = {"customers": [customer_id, *lent_by], "now": now}
    return [Left(row[0], row[1]) for row in session.execute(_THEIRS, wanted)]


def is_paused(left: Left, now: datetime) -> bool:
    """Whether it is paused at this moment."""
    return left.package.paused_until is not None and now < left.package.paused_until


def left(session: Session, package: Package) -> int:
    """How many units are left: the sum of the ledger."""
    total = columns(func.coalesce(func.sum(col(PackageEntry.units)), 0))
    return int(session.execute(total.where(col(PackageEntry.package_id) == package.id)).scalar_one())


def ledger(session: Session, package: Package) -> list[PackageEntry]:
    """Every line of its ledger, in order."""
    lines = select(PackageEntry).where(PackageEntry.package_id == package.id)
    return list(session.exec(lines.order_by(col(PackageEntry.id))))


def latest(session: Session, package: Package) -> None:
    """Read it anew and let nobody else change it until this transaction is over."""
    session.flush()
    session.refresh(package, with_for_update=True)


def check(package: Package, wanted: State) -> None:
    """Raise NotAllowed for a package in another state."""
    if package.state is not wanted:
        raise NotAllowed(state=package.state.value)


def enter(
    session: Session,
    package: Package,
    what: What,
    units: int,
    now: datetime,
    *,
    key: str,
    visit_id: int | None = None,
) -> None:
    """Write a line of so many units, once for each key."""
    values = {"package_id": package.id, "what": what, "units": units, "visit_id": visit_id, "at": now}
    connection = session.connection()
    connection.execute(_ENTER[connection.dialect.name], {**values, "key": f"{package.id}:{key}"})
