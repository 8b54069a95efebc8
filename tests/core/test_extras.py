from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from core import extras, timeline, visits, windows
from core.extras import ALLOWED, ExtraGone, NoRoom, Status, UnknownExtra
from core.identities import Role
from core.quotes import Quote
from core.visits import MoveNotAllowed, Visit
from core.windows.board import half_hour
from core.workers import Occupied, Worker
from tests.core import homes
from tests.core.homes import HOUSE, TUESDAY, at, id_of, need

START = at(TUESDAY, 9)


def at_work(session: Session, worker: Worker, hour: int = 9, *, known: bool = True) -> Visit:
    """A visit of two hours that is under way."""
    customer = homes.customer(session, known=known)
    visit = homes.place(session, customer, at(TUESDAY, hour), workers=[id_of(worker)])
    for step in (visits.Status.ARRIVED, visits.Status.WORKING):
        visits.advance(session, visit, step, actor="worker", now=START)
    return visit


def propose(session: Session, visit: Visit, worker: Worker, code: str = "30") -> extras.Extra:
    return extras.propose(session, HOUSE, visit, code, why="dirtier", worker_id=id_of(worker), now=START)


def half_hours(session: Session, visit: Visit) -> list[tuple[int, int]]:
    """The half hours sold to a visit, with how long each says that the stay lasts."""
    rows = session.exec(select(Occupied).where(Occupied.visit_id == visit.id))
    return sorted((row.half_hour, row.lasts) for row in rows)


def holds_together(session: Session, visit: Visit, worker: Worker) -> None:
    session.expire_all()
    quote = Quote.from_json(visit.quote)
    assert visit.total == quote.total == sum(line.amount for line in quote.lines)
    agreed = [one for one in extras.of_visit(session, visit) if one.status is Status.AGREED]
    assert visit.ends_at - visit.starts_at == timedelta(minutes=120 + sum(one.minutes for one in agreed))
    assert visit.total == 100_00 + sum(one.amount for one in agreed)
    first, end = half_hour(visit.starts_at), half_hour(visit.ends_at)
    lasts = [end - first, *[0] * (end - first - 1)]
    assert half_hours(session, visit) == list(zip(range(first, end), lasts, strict=True))


def test_a_proposal_changes_nothing_until_the_customer_agrees(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    extra = propose(session, visit, worker)
    assert (extra.minutes, extra.amount, extra.status) == (30, 50_00, Status.PROPOSED)
    holds_together(session, visit, worker)
    extras.agree(session, HOUSE, extra, START)
    assert (visit.total, visit.ends_at) == (150_00, START + timedelta(minutes=150))
    holds_together(session, visit, worker)
    told = [entry.what for entry in timeline.of(session, visit.id or 0, viewer=Role.CUSTOMER)]
    assert told[-2:] == ["extra-proposed", "extra-agreed"]


def test_an_add_on_is_counted_and_may_be_had_as_often_as_it_is_sold(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    for count in (1, 2):
        extras.agree(session, HOUSE, propose(session, visit, worker, "OVEN"), START)
        assert visit.add_ons == {"OVEN": count}
    with pytest.raises(UnknownExtra):
        propose(session, visit, worker, "OVEN")
    holds_together(session, visit, worker)


SETTLE = {
    "agree": lambda session, extra: extras.agree(session, HOUSE, extra, START),
    "refuse": lambda session, extra: extras.refuse(session, extra, START),
    "withdraw": lambda session, extra: extras.withdraw(session, extra, START),
}


@pytest.mark.parametrize("second", SETTLE)
@pytest.mark.parametrize("first", [*SETTLE, "expire"])
def test_it_is_settled_once(session: Session, first: str, second: str) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    extra = propose(session, visit, worker)
    if first == "expire":
        assert not extras.expire(session, extra, START)
        assert extras.expire(session, extra, extra.expires_at)
    else:
        SETTLE[first](session, extra)
    status = extra.status
    assert not ALLOWED[status]
    with pytest.raises(ExtraGone) as gone:
        SETTLE[second](session, extra)
    assert gone.value.args_ == {"status": status.value}
    assert not extras.expire(session, extra, extra.expires_at)
    holds_together(session, visit, worker)


def test_a_yes_after_its_time_is_too_late_even_before_anybody_looked(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    extra = propose(session, visit, worker)
    with pytest.raises(ExtraGone) as gone:
        extras.agree(session, HOUSE, extra, extra.expires_at)
    assert gone.value.args_ == {"status": "expired"}
    holds_together(session, visit, worker)


def test_another_proposal_takes_the_place_of_the_first(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    first = propose(session, visit, worker)
    second = propose(session, visit, worker, "60")
    assert (first.status, second.status) == (Status.WITHDRAWN, Status.PROPOSED)
    assert extras.open_of(session, visit) is second


def test_the_database_keeps_two_from_being_open_at_once(session: Session) -> None:
    worker = homes.worker(session)
    extra = propose(session, at_work(session, worker), worker)
    session.add(extras.Extra(**extra.model_dump(exclude={"id"})))
    with pytest.raises(IntegrityError):
        session.flush()


def test_only_at_a_visit_that_is_under_way(session: Session) -> None:
    worker = homes.worker(session)
    visit = homes.place(session, homes.customer(session), START, workers=[id_of(worker)])
    with pytest.raises(MoveNotAllowed):
        propose(session, visit, worker)


def test_the_next_visit_and_the_way_to_it_must_still_fit(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    homes.place(session, homes.customer(session), at(TUESDAY, 12), workers=[id_of(worker)])
    extra = propose(session, visit, worker)  # until 11:30, and half an hour on the way
    with pytest.raises(NoRoom):
        propose(session, visit, worker, "60")
    extras.agree(session, HOUSE, extra, START)
    with pytest.raises(NoRoom):
        propose(session, visit, worker)
    holds_together(session, visit, worker)


def test_what_was_sold_since_the_proposal_wins(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    extra = propose(session, visit, worker, "90")
    homes.place(session, homes.customer(session), at(TUESDAY, 11, 30), workers=[id_of(worker)])
    with pytest.raises(NoRoom):
        extras.agree(session, HOUSE, extra, START)
    assert extra.status is Status.PROPOSED
    holds_together(session, visit, worker)


def test_a_hold_counts_until_it_expires(session: Session) -> None:
    worker = homes.worker(session)
    visit = at_work(session, worker)
    wanted = need(customer=homes.customer(session))
    hold = windows.hold(session, HOUSE, wanted, at(TUESDAY, 11, 30), now=homes.NOW)
    extra_at = hold.expires_at - timedelta(seconds=1)
    with pytest.raises(NoRoom):
        extras.check(session, HOUSE, visit, "30", extra_at)
    extras.agree(session, HOUSE, propose(session, visit, worker, "60"), START)
    holds_together(session, visit, worker)


def test_nobody_works_after_hours(session: Session) -> None:
    worker = homes.worker(session, hours=[(homes.time(8), homes.time(21))])
    visit = at_work(session, worker, 18)
    extras.check(session, HOUSE, visit, "60", START)
    with pytest.raises(NoRoom):
        extras.check(session, HOUSE, visit, "90", START)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["30", "60", "90", "OVEN"]), st.booleans()), max_size=6))
def test_price_end_and_half_hours_agree_whatever_is_added(
    engine: Engine, steps: list[tuple[str, bool]]
) -> None:
    with Session(engine, expire_on_commit=False) as session:
        worker = homes.worker(session)
        visit = at_work(session, worker)
        homes.place(session, homes.customer(session), at(TUESDAY, 15), workers=[id_of(worker)])
        for code, yes in steps:
            try:
                extra = propose(session, visit, worker, code)
            except (NoRoom, UnknownExtra):
                continue
            if yes:
                extras.agree(session, HOUSE, extra, START)
            else:
                extras.refuse(session, extra, START)
            holds_together(session, visit, worker)
        session.rollback()
