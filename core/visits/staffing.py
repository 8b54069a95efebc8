"""Somebody else comes instead: who could, and changing the crew of a visit that is already sold."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import alarms, dropouts, matching, timeline, waitings, windows
from core.dropouts import Outcome
from core.matching import Match, Need
from core.visits.changing import need_of
from core.visits.finding import crew
from core.visits.life import advance, latest
from core.visits.placing import assign
from core.visits.tables import AHEAD, MoveNotAllowed, NobodyFree, Status, Visit

if TYPE_CHECKING:
    from core.company import Company


def free_for(
    session: Session, company: "Company", visit: Visit, *, but: Collection[int] = (), now: datetime
) -> list[Match]:
    """Who else could attend the visit at its time, the one who suits best first, without `but` (ids)."""
    need = need_of(session, company, visit)
    attending = {worker.id for _, worker in crew(session, visit)}
    free = windows.free_at(session, company, need, visit.starts_at, now=now)
    others = [id for id in free if id not in attending and id not in but]
    return matching.rank(session, company, need, others, starts_at=visit.starts_at)


def reassign(
    session: Session,
    company: "Company",
    visit: Visit,
    *,
    leaving: Collection[int],
    joining: Sequence[int] = (),
    but: Collection[int] = (),
    actor: str,
    reason: str,
    for_customer: bool = True,
    now: datetime,
) -> tuple[int, ...]:
    """Those `leaving` (ids) do not attend any more; as many come instead, who are returned.

    They are the ones `joining`, else whoever suits best of those who are free, without `but`. A worker on
    the way turns back: the visit is confirmed again. Raises NobodyFree, then nothing has changed, and
    MoveNotAllowed once somebody has arrived. `reason` is for staff; `for_customer` says whether the customer
    reads of it in the visit's story.
    """
    latest(session, visit)
    alarms.refuse_frozen(session, visit, actor)
    if visit.status not in AHEAD:
        raise MoveNotAllowed(status=visit.status.value, wanted="reassigned")
    attending = [worker.id or 0 for _, worker in crew(session, visit)]
    left = [id for id in attending if id in leaving]
    chosen = _chosen(session, company, visit, joining, len(left), but, now)
    if visit.status is Status.ON_THE_WAY:
        advance(session, visit, Status.CONFIRMED, actor=actor, now=now, reason=reason)
    need = need_of(session, company, visit)
    _hand_on(session, need, visit, left, chosen)
    others = iter(chosen)
    team = [next(others) if id in left else id for id in attending]
    assign(session, company, need, visit, team, for_customer=for_customer, now=now)
    dropouts.settle(session, visit.id, Outcome.OVERTAKEN, now)
    entry = timeline.add(session, visit.id or 0, "replaced", actor=actor, now=now, reason=reason)
    entry.detail, entry.for_customer = {"left": left, "came": list(chosen)}, for_customer
    session.flush()
    return chosen


def _hand_on(session: Session, need: Need, visit: Visit, left: Sequence[int], chosen: Sequence[int]) -> None:
    """The time of those who left is free, for those who wait; who comes instead has the visit's."""
    windows.take_back(session, visit.id or 0, left)
    waitings.wake(session, visit.starts_at, visit.ends_at)
    windows.occupy(session, need, visit.starts_at, chosen, visit_id=visit.id)


def _chosen(
    session: Session,
    company: "Company",
    visit: Visit,
    joining: Sequence[int],
    count: int,
    but: Collection[int],
    now: datetime,
) -> tuple[int, ...]:
    """Who comes instead, locked together with everybody who attends."""
    attending = [worker.id or 0 for _, worker in crew(session, visit)]
    free = [match.worker.id or 0 for match in free_for(session, company, visit, but=but, now=now)]
    chosen = tuple(joining) or tuple(free[:count])
    windows.lock(session, {*attending, *chosen})
    still = {match.worker.id for match in free_for(session, company, visit, now=now)}
    if len(chosen) != count or not set(chosen) <= still:
        raise NobodyFree(reference=visit.reference)
    return chosen
