"""Which offers there are: of a visit, of a worker; and how a worker answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, text
from sqlmodel import Session, col, select

from core import visits
from core.offers.tables import IS_OPEN, Offer, Record, Status, UnknownOffer
from core.visits import Visit
from core.windows.board import half_hour, half_hour_from
from core.workers import Occupied

WORKER = "worker"


def of_worker(session: Session, worker_id: int, offer_id: int) -> Offer:
    """The worker's own offer. Raises UnknownOffer, for other people's too."""
    found = session.get(Offer, offer_id)
    if found is None or found.worker_id != worker_id:
        raise UnknownOffer
    return found


def open_of_worker(session: Session, worker_id: int) -> list[Offer]:
    """The offers that the worker has not answered, the one that ends first before the others."""
    waiting = select(Offer).where(Offer.worker_id == worker_id, IS_OPEN)
    return list(session.exec(waiting.order_by(col(Offer.until), col(Offer.id))))


def of_visit(session: Session, visit: Visit) -> list[Offer]:
    """Every offer of the visit since it has the time it has, the oldest first."""
    every = session.exec(select(Offer).where(Offer.visit_id == visit.id).order_by(col(Offer.id))).all()
    return since_moved(every, visit)


def since_moved(every: Sequence[Offer], visit: Visit) -> list[Offer]:
    """Of all offers of a visit, oldest first, those made since it has the time it has."""
    moved = [place for place, one in enumerate(every) if one.starts_at != visit.starts_at]
    return list(every[moved[-1] + 1 if moved else 0 :])


def is_accepted(session: Session, visit: Visit) -> bool:
    """Whether everybody who attends the visit said yes to it, at the time it has now."""
    yes = {one.worker_id for one in of_visit(session, visit) if one.status is Status.ACCEPTED}
    team = {worker.id for _, worker in visits.crew(session, visit)}
    return bool(team) and team <= yes


def unaccepted(session: Session, first: datetime, last: datetime, limit: int) -> list[Visit]:
    """Confirmed visits that begin from `first` until before `last` (aware) and lack somebody's yes.

    The next one first, at most `limit`.
    """
    said_yes = exists().where(
        col(Offer.visit_id) == col(Occupied.visit_id),
        col(Offer.worker_id) == col(Occupied.worker_id),
        col(Offer.status) == Status.ACCEPTED,
    )
    begin = col(Occupied.half_hour)
    lacking = (
        select(Visit, begin)
        .join(Visit, col(Visit.id) == col(Occupied.visit_id))
        .where(
            begin.between(half_hour(first), half_hour_from(last) - 1),
            text("occupied.lasts > 0"),  # a literal, so that the partial index serves it
            ~said_yes,
            col(Visit.status) == visits.Status.CONFIRMED,
        )
        .order_by(begin, col(Visit.id))
        .limit(limit)
    )
    return list({visit.id: visit for visit, _ in session.exec(lacking)}.values())


def record(session: Session, worker_id: int, since: datetime) -> Record:
    """How the worker answered the offers made from `since` (aware) on; what others answered is left out.

    A yes counts also when the visit was moved or cancelled later, a withdrawn question for nothing.
    """
    found = session.exec(
        select(Offer.status, Offer.answered_by, func.count())
        .where(Offer.worker_id == worker_id, col(Offer.made_at) >= since)
        .group_by(col(Offer.status), col(Offer.answered_by))
    ).all()
    own = {(status, by): count for status, by, count in found}
    return Record(
        accepted=own.get((Status.ACCEPTED, WORKER), 0) + own.get((Status.WITHDRAWN, WORKER), 0),
        declined=own.get((Status.DECLINED, WORKER), 0),
        expired=own.get((Status.EXPIRED, None), 0),
    )
