"""A worker says yes, no or nothing; and who is asked next."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import timeline, visits
from core.alarms import Frozen
from core.offers.finding import WORKER, is_accepted, of_visit, of_worker
from core.offers.making import answer, make, withdraw_open
from core.offers.tables import (
    REFUSED,
    AlreadyDeclined,
    AlreadyYours,
    Busy,
    Mode,
    NoLongerStands,
    Offer,
    Passed,
    Status,
    Taken,
    WentElsewhere,
)
from core.visits import Visit
from core.visits.life import latest

if TYPE_CHECKING:
    from core.company import Company

MOVED = "somebody else said yes first"


def accept(session: Session, company: "Company", offer_id: int, *, worker_id: int, now: datetime) -> Taken:
    """The worker says yes.

    Of several who are asked at once the first gets the place, with its half hours. Who said no or nothing may
    still say yes while they are pencilled in. Raises UnknownOffer, AlreadyYours, WentElsewhere,
    NoLongerStands, Busy; then nothing has changed.
    """
    offer, visit = _latest(session, worker_id, offer_id)
    if offer.status is Status.ACCEPTED:
        raise AlreadyYours
    attending = {worker.id for _, worker in visits.crew(session, visit)}
    if worker_id not in attending:
        if offer.status is not Status.OPEN:
            raise WentElsewhere
        _take_place(session, company, visit, offer, now)
    staff_wait = offer.status in REFUSED
    instead = offer.expected_id if offer.expected_id != worker_id else None
    offer.expected_id = worker_id
    answer(session, offer, Status.ACCEPTED, by=WORKER, now=now)
    _note(session, visit, offer, "accepted", now)
    if instead is not None:
        detail = {"left": [instead], "came": [worker_id]}
        timeline.add(session, visit.id or 0, "replaced", actor="worker", now=now, detail=detail)
    if is_accepted(session, visit):
        withdraw_open(session, visit)
    session.flush()
    return Taken(offer, instead, staff_wait)


def decline(
    session: Session,
    company: "Company",
    offer_id: int,
    *,
    worker_id: int,
    because: str | None = None,
    now: datetime,
) -> Passed:
    """The worker says no, `because` of the code of a reason or in their words; what follows from it.

    Raises as `declinable`; then nothing has changed.
    """
    offer, visit = declinable(session, offer_id, worker_id=worker_id)
    answer(session, offer, Status.DECLINED, by=WORKER, because=because, now=now)
    _note(session, visit, offer, "offer-declined", now, reason=because)
    return _pass_on(session, company, visit, offer, now)


def declinable(session: Session, offer_id: int, *, worker_id: int) -> tuple[Offer, Visit]:
    """The offer and its visit, locked, if the worker may still say no.

    Raises UnknownOffer, AlreadyYours, AlreadyDeclined, WentElsewhere, NoLongerStands.
    """
    offer, visit = _latest(session, worker_id, offer_id)
    if offer.status is Status.ACCEPTED:
        raise AlreadyYours
    if offer.status is Status.DECLINED:
        raise AlreadyDeclined
    if offer.status is not Status.OPEN:
        raise WentElsewhere
    return offer, visit


def expire(session: Session, company: "Company", offer: Offer, now: datetime) -> Passed | None:
    """The time of an offer is over; what follows from it, None where it was not open any more.

    Once the visit is under way whoever attends it has said yes by going there.
    """
    visit = session.get_one(Visit, offer.visit_id)
    latest(session, visit)
    session.refresh(offer, with_for_update=True)
    if offer.status is not Status.OPEN or offer.until > now:
        return None
    answer(session, offer, Status.EXPIRED, by=None, now=now)
    _note(session, visit, offer, "offer-expired", now)
    return _pass_on(session, company, visit, offer, now)


def _latest(session: Session, worker_id: int, offer_id: int) -> tuple[Offer, Visit]:
    """The worker's offer and its visit as they are now, locked. Raises when nothing is on offer any more."""
    offer = of_worker(session, worker_id, offer_id)
    visit = session.get_one(Visit, offer.visit_id)
    latest(session, visit)
    session.refresh(offer, with_for_update=True)
    if visit.status not in visits.LIVE or visit.starts_at != offer.starts_at:
        raise NoLongerStands
    if offer.status is Status.WITHDRAWN:
        raise WentElsewhere
    return offer, visit


def _take_place(session: Session, company: "Company", visit: Visit, offer: Offer, now: datetime) -> None:
    """Let the worker attend instead of the first who has not said yes."""
    here = {one.worker_id: one for one in of_visit(session, visit) if one.status is not Status.WITHDRAWN}
    waiting = [
        here[worker.id]
        for _, worker in visits.crew(session, visit)
        if worker.id in here and here[worker.id].status is not Status.ACCEPTED
    ]
    if not waiting:
        raise WentElsewhere
    leaving = waiting[0]
    try:
        visits.reassign(
            session,
            company,
            visit,
            leaving=[leaving.worker_id],
            joining=[offer.worker_id],
            actor=WORKER,
            reason=MOVED,
            for_customer=False,
            now=now,
        )
    except visits.NobodyFree as taken:
        raise Busy from taken
    except visits.MoveNotAllowed as under_way:
        raise WentElsewhere from under_way
    offer.place, offer.expected_id = leaving.place, leaving.expected_id
    leaving.place = leaving.expected_id = None
    session.flush()


def _pass_on(session: Session, company: "Company", visit: Visit, offer: Offer, now: datetime) -> Passed:
    """Ask the next one after a no; nobody, where others have still to answer or the visit is under way.

    Where enough were asked, or nobody could be there in time, staff decide.
    """
    if visit.status is not visits.Status.CONFIRMED:
        return Passed()
    if offer.mode is Mode.BROADCAST:
        left = any(one.status is Status.OPEN for one in of_visit(session, visit))
        return Passed() if left or is_accepted(session, visit) else _give_up(session, visit, now)
    if visit.starts_at <= now or offer.round >= company.policies.offers_before_staff:
        return _give_up(session, visit, now)
    try:
        visits.reassign(
            session,
            company,
            visit,
            leaving=[offer.worker_id],
            but={one.worker_id for one in of_visit(session, visit)},
            actor="bot",
            reason=f"worker {offer.worker_id} {offer.status.value}: {offer.because or 'no reason'}",
            for_customer=False,
            now=now,
        )
    except (visits.NobodyFree, Frozen):  # while a worker calls for help nobody but staff changes a visit
        return _give_up(session, visit, now)
    return Passed(make(session, company, visit, now=now).made)


def _give_up(session: Session, visit: Visit, now: datetime) -> Passed:
    """Nobody is left to ask: staff decide, and whoever is pencilled in keeps the time until then."""
    said = [one for one in of_visit(session, visit) if one.status in REFUSED]
    words = (f"worker {one.worker_id} {one.status.value}: {one.because or 'no reason'}" for one in said)
    timeline.add(
        session,
        visit.id or 0,
        "unaccepted",
        actor="bot",
        now=now,
        for_customer=False,
        for_worker=False,
        reason="; ".join(words),
    )
    return Passed(for_staff=True)


def _note(
    session: Session, visit: Visit, offer: Offer, what: str, now: datetime, reason: str | None = None
) -> None:
    actor = "bot" if offer.status is Status.EXPIRED else WORKER
    detail = {"worker": offer.worker_id, "round": offer.round}
    hidden = {"for_customer": False, "for_worker": False}
    timeline.add(session, visit.id or 0, what, actor=actor, now=now, detail=detail, reason=reason, **hidden)
