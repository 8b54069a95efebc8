"""Using a package for a visit that is placed, and having it back when the visit falls through."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.households import lenders
from core.packages.counting import enter, is_paused, left
from core.packages.tables import Left, NothingLeft, Package, PackageEntry, State, What


def use(
    session: Session, package_id: int, customer_id: int, units: int, visit_id: int, now: datetime
) -> None:
    """Use so many units for a visit that is being placed: of one's own package, or of one that is shared in
    the household. Raises NothingLeft.

    Packages are used up one visit after the other: of two that want the last unit one is told.
    """
    package = session.get(Package, package_id, with_for_update=True, populate_existing=True)
    if package is None or package.state is not State.ACTIVE:
        raise NothingLeft
    if package.customer_id != customer_id and package.customer_id not in lenders(session, customer_id):
        raise NothingLeft
    over = package.ends_at is None or package.ends_at <= now
    here = Left(package, left(session, package))
    if over or is_paused(here, now) or here.units < units:
        raise NothingLeft
    enter(session, package, What.USED, -units, now, key=f"used:{visit_id}", visit_id=visit_id)


def give_back(session: Session, visit_id: int, now: datetime) -> Left | None:
    """The visit fell through: what it used is left again. None if it used nothing, or has it back.

    Of a package that ended or was refunded meanwhile nothing comes back, but for one that ended: it may be
    used for another week.
    """
    used = select(PackageEntry).where(PackageEntry.visit_id == visit_id).order_by(col(PackageEntry.id))
    lines = session.exec(used).all()
    units = -sum(one.units for one in lines)
    if units <= 0:
        return None
    package = session.get_one(Package, lines[0].package_id, with_for_update=True, populate_existing=True)
    if package.state is State.REFUNDED:
        return None
    if package.state is State.ENDED or (package.ends_at is not None and package.ends_at <= now):
        package.state, package.ends_at = State.ACTIVE, now + timedelta(days=7)
        session.add(package)
        session.flush()
    times = sum(one.what is What.GIVEN_BACK for one in lines)
    key = f"back:{visit_id}:{times}"
    enter(session, package, What.GIVEN_BACK, units, now, key=key, visit_id=visit_id)
    return Left(package, left(session, package))
