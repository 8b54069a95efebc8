"""Offering a visit to those who are pencilled in for it, and taking offers back."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import identities, reminders, timeline, visits
from core.offers import waking
from core.offers.finding import since_moved
from core.offers.tables import ALLOWED, STANDING, Asked, Mode, Offer, Status
from core.visits import Visit
from core.visits.life import latest

if TYPE_CHECKING:
    from core.company import Company

ENDS, TELLS = "offer-ends", "offer-told"
"""The kinds of reminders: an offer's time is over; the worker hears something of it in the morning."""


def make(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    workers: Collection[int] = (),
    now: datetime,
) -> Asked:
    """Offer the visit to everybody who is pencilled in for it and was not asked about this time yet.

    Those of `workers` (ids) who are pencilled in are asked again, whatever they said. What others were
    offered, or for another time, is withdrawn. When offers go to several at once, the first time it is
    offered also the best of those who are free are asked. Only a confirmed visit is offered.
    """
    latest(session, visit)
    every = _locked(session, visit)
    team = [worker.id or 0 for _, worker in visits.crew(session, visit)]
    here = since_moved(every, visit)
    gone = [one for one in every if one not in here or one.worker_id not in team]
    withdrawn = _withdraw(session, gone)
    if visit.status is not visits.Status.CONFIRMED:
        return Asked((), withdrawn)
    asked = {one.worker_id for one in here if one.status is not Status.WITHDRAWN} - {*workers}
    standing = {one.worker_id for one in here if one.status in STANDING}
    first = not every and not workers
    mode = Mode(company.policies.offers) if first else Mode.SEQUENCE
    places, made = _places(here, team), []
    for assigned, worker in visits.crew(session, visit):
        place = places.setdefault(worker.id or 0, _free(places))
        if worker.id in standing:
            _place(session, here, worker.id or 0, place)
        elif worker.id not in asked:
            made.append(_draft(company, visit, here, worker.id or 0, place, mode, now))
            made[-1].reasons = assigned.reasons
    if mode is Mode.BROADCAST:
        made += _others(session, company, visit, made, now)
    _keep(session, visit, made, now)
    return Asked(tuple(made), withdrawn)


def withdraw(session: Session, visit: Visit, now: datetime) -> tuple[Offer, ...]:
    """Take back every offer of a visit that does not take place; those that stood until now."""
    latest(session, visit)
    return _withdraw(session, _locked(session, visit))


def settle(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    workers: Collection[int] | None = None,
    by: str,
    now: datetime,
) -> None:
    """Everybody who attends the visit counts as having said yes, or those of `workers` (ids) who do.

    `by` (staff or bot) answers for them. Nobody is told of it.
    """
    latest(session, visit)
    here = since_moved(_locked(session, visit), visit)
    own = {one.worker_id: one for one in here if one.status is not Status.WITHDRAWN}
    team = [worker.id or 0 for _, worker in visits.crew(session, visit)]
    _withdraw(session, [one for one in here if one.worker_id not in team])
    places = _places(here, team)
    for assigned, worker in visits.crew(session, visit):
        if workers is not None and worker.id not in workers:
            continue
        place = places.setdefault(worker.id or 0, _free(places))
        offer = own.get(worker.id or 0)
        if offer is None:
            offer = _draft(company, visit, here, worker.id or 0, place, Mode.SEQUENCE, now)
            offer.reasons = assigned.reasons
        if offer.status is not Status.ACCEPTED:
            offer.place, offer.expected_id = place, offer.worker_id
            answer(session, offer, Status.ACCEPTED, by=by, now=now)


def told(session: Session, company: "Company", visit: Visit, offer: Offer, now: datetime) -> None:
    """The worker has been told of the offer now. Told later than planned they still have all their time."""
    offer.told_at = now
    until = waking.answer_by(company, now, visit.starts_at)
    if until > offer.until:
        offer.until = until
        key = f"{ENDS}:{offer.id}:{until.isoformat()}"
        reminders.schedule(session, ENDS, str(offer.id), until, dedupe_key=key)
    session.add(offer)
    session.flush()


def answer(
    session: Session,
    offer: Offer,
    status: Status,
    *,
    by: str | None,
    now: datetime,
    because: str | None = None,
) -> None:
    """Take an offer that is locked one step further, as its life allows."""
    assert status in ALLOWED[offer.status], f"{offer.status} cannot become {status}"
    offer.status, offer.because = status, because
    if by is not None:
        offer.answered_at, offer.answered_by = now, by
    session.add(offer)
    session.flush()


def withdraw_open(session: Session, visit: Visit) -> None:
    """Take back what others were asked for a visit that is locked: every place has its yes."""
    _withdraw(session, [one for one in _locked(session, visit) if one.status is Status.OPEN])


def _place(session: Session, here: Iterable[Offer], worker_id: int, place: int) -> None:
    """Who was asked beside others and has been put into the crew since is asked for that place."""
    for one in here:
        if one.worker_id == worker_id and one.status in STANDING and one.place is None:
            one.place, one.expected_id = place, worker_id
            session.add(one)


def _locked(session: Session, visit: Visit) -> list[Offer]:
    """Every offer of a visit that is locked, as it is now, the oldest first."""
    session.flush()
    found = select(Offer).where(Offer.visit_id == visit.id).order_by(col(Offer.id)).with_for_update()
    return list(session.exec(found.execution_options(populate_existing=True)))


def _withdraw(session: Session, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    standing = tuple(one for one in offers if one.status in STANDING)
    for one in standing:
        one.status = Status.WITHDRAWN
        session.add(one)
    session.flush()
    return standing


def _draft(
    company: "Company",
    visit: Visit,
    here: Sequence[Offer],
    worker_id: int,
    place: int | None,
    mode: Mode,
    now: datetime,
) -> Offer:
    """An offer of a place to one more, after whoever was asked for it before."""
    before = [one for one in here if one.place == place is not None]
    told_at = waking.telling_at(company, visit.starts_at, now)
    return Offer(
        visit_id=visit.id or 0,
        worker_id=worker_id,
        place=place,
        expected_id=before[-1].expected_id if before else None if place is None else worker_id,
        starts_at=visit.starts_at,
        round=before[-1].round + 1 if before else 1,
        mode=mode,
        made_at=now,
        until=waking.answer_by(company, told_at, visit.starts_at),
    )


def _places(here: Iterable[Offer], team: Collection[int]) -> dict[int, int]:
    """Which place each of the team has who was asked for one, also after a no."""
    asked = (one for one in here if one.worker_id in team and one.status is not Status.WITHDRAWN)
    return {one.worker_id: one.place for one in asked if one.place is not None}


def _free(places: dict[int, int]) -> int:
    """The first place that nobody has."""
    return next(place for place in range(len(places) + 1) if place not in places.values())


def _others(
    session: Session, company: "Company", visit: Visit, team: Sequence[Offer], now: datetime
) -> list[Offer]:
    """Offers to the best of those who are free and have a chat with us, besides the `team`."""
    most = max(company.policies.broadcast_size - len(team), 0)
    free = visits.free_for(session, company, visit, now=now)
    heard = (match for match in free if identities.of_worker(session, match.worker.id or 0))
    made = []
    for match in islice(heard, most):
        made.append(_draft(company, visit, (), match.worker.id or 0, None, Mode.BROADCAST, now))
        made[-1].reasons = [reason.as_json() for reason in match.reasons]
    return made


def _keep(session: Session, visit: Visit, made: Sequence[Offer], now: datetime) -> None:
    """Write new offers down, with their end and their line in the visit's story."""
    session.add_all(made)
    session.flush()
    for one in made:
        reminders.schedule(session, ENDS, str(one.id), one.until, dedupe_key=f"{ENDS}:{one.id}")
        reasons = ", ".join(str(reason["key"]) for reason in one.reasons) or "free"
        timeline.add(
            session,
            visit.id or 0,
            "offered",
            actor="bot",
            now=now,
            detail={"worker": one.worker_id, "until": one.until.isoformat(), "round": one.round},
            for_customer=False,
            for_worker=False,
            reason=f"worker {one.worker_id}, {one.mode.value}, number {one.round}: {reasons}",
        )
    session.flush()
