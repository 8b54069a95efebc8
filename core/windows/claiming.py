"""Keeping a window so that nobody else can have it, and letting it go.

Two customers may want the last window at the same moment. The primary key of `Occupied` sells a half hour
once; the way between two homes is kept free by locking the workers before looking a last time. Whoever
locks several workers locks them by rising number, and locks workers before half hours, so that nobody
waits in a circle. SQLite lets one transaction at a time write, so there the locks are the transaction.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from core import matching, waitings
from core.matching import Need
from core.windows import search
from core.windows.board import half_hour, lasting
from core.windows.tables import Hold, Window, WindowTaken
from core.workers import Occupied, Worker

if TYPE_CHECKING:
    from core.company import Company


_OCCUPY = insert(SQLModel.metadata.tables["occupied"])
_HOLD_OF = select(Hold).where(Hold.customer_id == bindparam("customer"))
_CLEAR_EXPIRED = delete(SQLModel.metadata.tables["occupied"]).where(
    col(Occupied.worker_id).in_(bindparam("team", expanding=True)),
    col(Occupied.half_hour).between(bindparam("first"), bindparam("last")),
    col(Occupied.hold_id).in_(columns(col(Hold.id)).where(col(Hold.expires_at) <= bindparam("now"))),
)


_COUNT_HELD = columns(func.count()).where(col(Occupied.hold_id) == bindparam("hold"))
_HAND_OVER = (
    update(SQLModel.metadata.tables["occupied"])
    .where(col(Occupied.hold_id) == bindparam("hold"))
    .values(hold_id=None, visit_id=bindparam("visit"))
)


def hold(
    session: Session,
    company: "Company",
    need: Need,
    starts_at: datetime,
    *,
    workers: Sequence[int] = (),
    preferred: Sequence[int] = (),
    found: Window | None = None,
    now: datetime,
) -> Hold:
    """Keep the window that begins at `starts_at` for the need's customer, for as long as holds last.

    A customer has one hold: an older one is let go, unless this one fails. `workers` must all be free; for
    the places they leave open the first of `preferred` are taken, then the best. `found` is the window, if
    this transaction has looked for it already. Raises WindowTaken with the three nearest windows.
    """
    customer_id = need.customer_id
    if customer_id is None:
        raise ValueError("a window is held for somebody")
    team = claim(
        session, company, need, starts_at, workers=workers, preferred=preferred, found=found, now=now
    )
    kept = Hold(
        customer_id=customer_id,
        service_code=need.service.code,
        area_code=need.area,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=need.minutes),
        expires_at=now + timedelta(minutes=company.policies.hold_minutes),
        worker_ids=list(team),
    )
    session.add(kept)
    session.flush()
    occupy(session, need, starts_at, team, hold_id=kept.id)
    return kept


def held(session: Session, customer_id: int, now: datetime) -> Hold | None:
    """The customer's hold, if it still lives."""
    return session.exec(
        select(Hold).where(Hold.customer_id == customer_id, col(Hold.expires_at) > now)
    ).one_or_none()


def is_whole(session: Session, hold: Hold) -> bool:
    """Lock the workers of a hold, and look whether it still has all its half hours.

    Somebody whose clock is ahead of ours may have taken it for expired.
    """
    lock(session, hold.worker_ids)
    minutes = int((hold.ends_at - hold.starts_at) / timedelta(minutes=1))
    count = session.connection().execute(_COUNT_HELD, {"hold": hold.id}).scalar_one()
    return bool(count == len(hold.worker_ids) * lasting(minutes))


def hand_over(session: Session, hold: Hold, visit_id: int) -> None:
    """What was held is sold: the half hours are the visit's, and the hold is gone. It must be whole."""
    session.connection().execute(_HAND_OVER, {"hold": hold.id, "visit": visit_id})
    session.delete(hold)


def release(session: Session, customer_id: int) -> None:
    """The customer changed their mind: let their hold go, if there is one."""
    theirs = session.exec(select(Hold).where(Hold.customer_id == customer_id)).one_or_none()
    if theirs is not None:
        lock(session, theirs.worker_ids)
        let_go(session, [theirs])


def sweep(session: Session, now: datetime) -> int:
    """Remove the holds that expired; returns how many. They count for nothing even before."""
    expired = session.exec(select(Hold).where(col(Hold.expires_at) <= now)).all()
    if expired:
        lock(session, {id for each in expired for id in each.worker_ids})
        let_go(session, expired)
    return len(expired)


def claim(
    session: Session,
    company: "Company",
    need: Need,
    starts_at: datetime,
    *,
    workers: Sequence[int] = (),
    preferred: Sequence[int] = (),
    found: Window | None = None,
    now: datetime,
) -> tuple[int, ...]:
    """Choose and lock a team that is free at `starts_at`, the best first; `occupy` must follow.

    `workers` must be in it; then come whoever of `preferred` is free, then the best of the rest. The
    customer's own hold is let go, the half hours of the visit to be moved count as free, and expired holds
    make way. Raises WindowTaken with the three nearest windows; then nothing has changed.
    """
    own = _own(session, need)
    if not _is_in_season(session, company, need, starts_at, now):
        raise WindowTaken(_alternatives(session, company, need, starts_at, workers, now))
    team = _team(session, company, need, starts_at, workers, preferred, found, now)
    while team and not _secure(session, company, need, starts_at, team, own, now):
        some_are_named = len(workers) >= need.crew
        team = (
            () if some_are_named else _team(session, company, need, starts_at, workers, preferred, None, now)
        )
    if not team:
        raise WindowTaken(_alternatives(session, company, need, starts_at, workers, now))
    let_go(session, [own] if own else [])
    _remove_expired(session, team, starts_at, need, now)
    return tuple(team)


def _is_in_season(
    session: Session, company: "Company", need: Need, starts_at: datetime, now: datetime
) -> bool:
    """Whether the day is open to the need's customer; in the busy season nobody else books it meanwhile."""
    day = starts_at.astimezone(company.zone).date()
    verdict, everybody = search.season(session, company, need, day, now)
    if verdict == "open" and everybody and not _is_alone(session):
        lock(session, everybody)
        verdict, _ = search.season(session, company, need, day, now)
    return verdict == "open"


def _team(
    session: Session,
    company: "Company",
    need: Need,
    starts_at: datetime,
    workers: Sequence[int],
    preferred: Sequence[int],
    found: Window | None,
    now: datetime,
) -> Sequence[int]:
    """Who would come, as far as a look tells; nobody when the window is gone."""
    if len(workers) >= need.crew and not _is_alone(session):
        return workers  # `_secure` looks whether they are free
    window = found or _window(session, company, need, starts_at, among=None, now=now)
    if window is None or not set(workers) <= set(window.workers):
        return ()
    if len(workers) >= need.crew:
        return workers
    return _choose(session, company, need, window, workers, preferred)


def _secure(
    session: Session,
    company: "Company",
    need: Need,
    starts_at: datetime,
    team: Sequence[int],
    own: Hold | None,
    now: datetime,
) -> bool:
    """Lock a team and look whether it is still free; if somebody came first, give the locks back."""
    if _is_alone(session):
        return True
    trial = session.begin_nested()
    lock(session, {*team, *(own.worker_ids if own else ())})
    still = _window(session, company, need, starts_at, among=team, now=now)
    if still is not None and len(still.workers) == len(team):
        trial.commit()
        return True
    trial.rollback()
    return False


def _is_alone(session: Session) -> bool:
    """Whether nobody else can write before this transaction ends, so that one look is enough."""
    return session.get_bind().dialect.name == "sqlite"


def _own(session: Session, need: Need) -> Hold | None:
    """The hold of the need's customer, expired or not."""
    return session.execute(_HOLD_OF, {"customer": need.customer_id}).scalar_one_or_none()


def occupy(
    session: Session,
    need: Need,
    starts_at: datetime,
    team: Sequence[int],
    *,
    hold_id: int | None = None,
    visit_id: int | None = None,
) -> None:
    """Write down that a hold or a visit has the half hours of this claimed team.

    A hold for moving a visit leaves out what the visit itself has: that is safe already.
    """
    first, lasts = half_hour(starts_at), lasting(need.minutes)
    has = columns(col(Occupied.worker_id), col(Occupied.half_hour)).where(
        col(Occupied.visit_id) == need.instead_of
    )
    safe = {(each[0], each[1]) for each in session.execute(has)} if need.instead_of is not None else set()
    rows: list[dict[str, object]] = []
    for worker_id in team:
        left = [at for at in range(first, first + lasts) if (worker_id, at) not in safe]
        rows += [
            {
                "worker_id": worker_id,
                "half_hour": at,
                "hold_id": hold_id,
                "visit_id": visit_id,
                "lasts": len(left) if at == left[0] else 0,
                "area_code": need.area if at == left[0] else "",
                "prepares": need.service.preparation_minutes if at == left[0] else 0,
            }
            for at in left
        ]
    if rows:
        session.connection().execute(_OCCUPY, rows)


def give_back(session: Session, visit_id: int) -> None:
    """The half hours of this visit can be sold again."""
    theirs = columns(col(Occupied.worker_id)).where(col(Occupied.visit_id) == visit_id).distinct()
    lock(session, session.execute(theirs).scalars().all())
    session.execute(delete(Occupied).where(col(Occupied.visit_id) == visit_id))


def take_back(session: Session, visit_id: int, worker_ids: Collection[int]) -> None:
    """The half hours that these workers had for a visit can be sold again; they must be locked."""
    theirs = (col(Occupied.visit_id) == visit_id, col(Occupied.worker_id).in_(worker_ids))
    session.execute(delete(Occupied).where(*theirs))


def lock(session: Session, worker_ids: Collection[int]) -> None:
    """Nobody else sells these workers' time until this transaction (or savepoint) is over."""
    if _is_alone(session):
        return
    session.execute(
        columns(col(Worker.id))
        .where(col(Worker.id).in_(sorted(worker_ids)))
        .order_by(col(Worker.id))
        .with_for_update(key_share=True)
    ).all()


def _window(
    session: Session,
    company: "Company",
    need: Need,
    starts_at: datetime,
    *,
    among: Collection[int] | None,
    now: datetime,
) -> Window | None:
    """The free window that begins exactly then."""
    day: date = starts_at.astimezone(company.zone).date()
    found = search.among(session, company, need, day, day, workers=among, now=now)[day]
    return next((window for window in found if window.starts_at == starts_at), None)


def _alternatives(
    session: Session,
    company: "Company",
    need: Need,
    wanted: datetime,
    workers: Sequence[int],
    now: datetime,
) -> list[Window]:
    """The nearest windows with the workers who were asked for; with anybody when those have none."""
    if workers:
        theirs = search.around(session, company, need, wanted, workers=workers, now=now)
        if theirs:
            return theirs
    return search.around(session, company, need, wanted, now=now)


def _choose(
    session: Session,
    company: "Company",
    need: Need,
    window: Window,
    workers: Sequence[int],
    preferred: Sequence[int],
) -> Sequence[int]:
    first = [*workers, *(id for id in preferred if id in window.workers)]
    team = list(dict.fromkeys(first))[: need.crew]
    missing = need.crew - len(team)
    if missing > 0:
        others = [id for id in window.workers if id not in team]
        ranked = matching.rank(session, company, need, others, starts_at=window.starts_at, best=missing)
        team += [match.worker.id for match in ranked if match.worker.id is not None]
    return team


def _remove_expired(
    session: Session, team: Sequence[int], starts_at: datetime, need: Need, now: datetime
) -> None:
    """Take the half hours of holds that expired, as far as they are in the way.

    What else such a hold has is left to `sweep`: its other workers are not locked here.
    """
    first = half_hour(starts_at)
    values = {"team": list(team), "first": first, "last": first + lasting(need.minutes) - 1, "now": now}
    session.connection().execute(_CLEAR_EXPIRED, values)


def let_go(session: Session, holds: Sequence[Hold]) -> None:
    """Delete these holds and what they occupy; their workers must be locked."""
    if not holds:
        return
    for each in holds:
        waitings.wake(session, each.starts_at, each.ends_at)
    ids = [each.id for each in holds]
    session.execute(delete(Occupied).where(col(Occupied.hold_id).in_(ids)))
    session.execute(delete(Hold).where(col(Hold.id).in_(ids)))
