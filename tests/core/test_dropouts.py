"""A worker who cannot come: somebody else, or a choice that costs the customer nothing."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core import bindings, compensations, dropouts, identities, staff, timeline, visits
from core.database import transaction
from core.dropouts import Outcome
from core.identities import Role
from core.staff import Rank
from core.visits import MoveNotAllowed, Status, UnknownVisit, Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of
from tests.core.test_races import Act, together

START = at(TUESDAY, 9)
LATE = START - timedelta(hours=3)
"""When moving and cancelling would cost something."""


def placed(session: Session, *, workers: int = 2, service: str = "CLEAN") -> tuple[Visit, list[int]]:
    """A visit of the first of so many workers."""
    team = [id_of(homes.worker(session)) for _ in range(workers)]
    crew = HOUSE.service(service).crew
    return homes.place(session, homes.customer(session), START, service, workers=team[:crew]), team


def attending(session: Session, visit: Visit) -> list[int]:
    return [each.worker_id for each, _ in visits.crew(session, visit)]


def drop(session: Session, visit: Visit, worker: int, now: datetime = NOW) -> dropouts.Dropout:
    return visits.drop_out(session, HOUSE, visit, worker, reason="ill", now=now)


def stories(session: Session, visit: Visit) -> list[str]:
    return [entry.what for entry in timeline.of(session, visit.id or 0, viewer=Role.STAFF)]


def test_somebody_else_comes_and_the_customer_may_choose(session: Session) -> None:
    visit, (first, second) = placed(session)
    made = drop(session, visit, first)
    assert (made.worker_id, made.instead_id, made.outcome) == (first, second, None)
    assert made.answer_by == START - timedelta(hours=2)
    assert attending(session, visit) == [second]
    assert stories(session, visit)[-3:] == ["dropped-out", "assigned", "replaced"]


def test_near_the_visit_there_are_some_minutes_to_choose(session: Session) -> None:
    visit, (first, _) = placed(session)
    now = START - timedelta(minutes=30)
    assert drop(session, visit, first, now).answer_by == now + timedelta(minutes=15)


def test_who_dropped_out_is_not_sold_again_that_day(session: Session) -> None:
    visit, (first, _) = placed(session)
    drop(session, visit, first)
    other = homes.place(session, homes.customer(session), at(TUESDAY, 14))
    assert attending(session, other) != [first]


def test_nobody_free_leaves_the_visit_with_nobody_sure(session: Session) -> None:
    visit, (first,) = placed(session, workers=1)
    made = drop(session, visit, first)
    assert made.instead_id is None
    assert dropouts.missing(session, visit.id, [first]) == {first}
    assert visits.unconfirmed(session, HOUSE, NOW, 10) == [visit]


def test_saying_it_twice_or_for_somebody_else_changes_nothing(session: Session) -> None:
    visit, (first,) = placed(session, workers=1)
    stranger = id_of(homes.worker(session, skills=[]))
    drop(session, visit, first)
    for worker in (first, stranger):
        with pytest.raises(UnknownVisit):
            drop(session, visit, worker)
    assert len(dropouts.of_visit(session, visit.id or 0)) == 1


def test_nobody_drops_out_once_somebody_arrived(session: Session) -> None:
    visit, (first, _) = placed(session)
    visits.advance(session, visit, Status.ARRIVED, actor="worker", now=START)
    with pytest.raises(MoveNotAllowed):
        drop(session, visit, first, START)


def test_a_worker_on_the_way_who_turns_back_leaves_the_visit_confirmed(session: Session) -> None:
    visit, (first,) = placed(session, workers=1)
    visits.advance(session, visit, Status.ON_THE_WAY, actor="worker", now=LATE)
    drop(session, visit, first, LATE)
    assert visit.status is Status.CONFIRMED


def test_three_replacements_and_then_it_is_for_staff(session: Session) -> None:
    visit, team = placed(session, workers=6)
    for leaving, coming in zip(team[:4], [*team[1:4], None], strict=True):
        assert drop(session, visit, leaving).instead_id == coming
    found = dropouts.of_visit(session, visit.id or 0)
    assert [one.outcome for one in found] == [Outcome.OVERTAKEN] * 3 + [None]


def test_nobody_of_a_request_is_asked_about(session: Session) -> None:
    visit, (first, second) = placed(session, service="TIDY")
    made = drop(session, visit, first)
    assert (made.instead_id, made.answer_by, made.outcome) == (second, None, Outcome.KEPT)


def test_of_a_pair_both_may_drop_out(session: Session) -> None:
    visit, (first, second) = placed(session, service="PAIR")
    assert drop(session, visit, first).instead_id is None
    assert drop(session, visit, second).instead_id is None
    assert dropouts.missing(session, visit.id, [first, second]) == {first, second}
    others = {id_of(homes.worker(session)) for _ in range(2)}
    came = visits.reassign(
        session, HOUSE, visit, leaving=[first, second], actor="staff", reason="ill", now=NOW
    )
    assert {*came} == {*attending(session, visit)} == others
    assert visits.unconfirmed(session, HOUSE, NOW, 10) == []


def test_cancelling_then_costs_nothing_and_a_coupon_is_owed(session: Session) -> None:
    visit, (first, _) = placed(session)
    visit.fee = 10_00
    drop(session, visit, first, LATE)
    visits.cancel(session, HOUSE, visit, actor="customer", now=LATE)
    owed = {(one.kind, one.amount, one.reason) for one in compensations.of_visit(session, visit.id or 0)}
    assert owed == {("coupon", 20_00, "dropped-out"), ("refund", 10_00, "dropped-out")}
    assert (visit.fee_rule, dropouts.open_of(session, visit.id)) == ("free", None)


def test_moving_then_costs_nothing_and_is_not_counted(session: Session) -> None:
    visit, (first, _) = placed(session)
    drop(session, visit, first, LATE)
    visits.move(session, HOUSE, visit, starts_at=START + timedelta(days=1), agreed_fee=0, now=LATE)
    assert (visit.moves, visit.fee) == (0, 0)
    [made] = dropouts.of_visit(session, visit.id or 0)
    assert made.outcome is Outcome.MOVED
    visits.move(session, HOUSE, visit, starts_at=START + timedelta(days=3), agreed_fee=0, now=NOW)
    assert visit.moves == 1  # the customer's own wish again


def test_agreeing_counts_for_the_one_who_was_named_only(session: Session) -> None:
    visit, (first, second, _) = placed(session, workers=3)
    former = drop(session, visit, first).id or 0
    now = drop(session, visit, second).id or 0
    assert not visits.agree(session, visit, former, now=NOW)
    assert visits.agree(session, visit, now, now=NOW)
    assert not visits.agree(session, visit, now, now=NOW)
    assert stories(session, visit)[-1] == "agreed"


def test_without_an_answer_the_replacement_is_kept_once(session: Session) -> None:
    visit, (first, _) = placed(session)
    drop(session, visit, first)
    assert visits.keep(session, visit, now=LATE)
    assert not visits.keep(session, visit, now=LATE)
    assert dropouts.asked_of(session, visit.id) is None


def test_the_answer_and_the_clock_at_once_settle_it_once(engine: Engine) -> None:
    with transaction(engine) as session:
        visit, (first, _) = placed(session)
        made = drop(session, visit, first).id or 0

    def agrees(session: Session) -> bool:
        return visits.agree(session, session.get_one(Visit, visit.id), made, now=LATE)

    def keeps(session: Session) -> bool:
        return visits.keep(session, session.get_one(Visit, visit.id), now=LATE)

    assert sorted(together(engine, [agrees, keeps])) == [False, True]


def test_two_of_a_pair_at_once_are_both_written_down(engine: Engine) -> None:
    with transaction(engine) as session:
        visit, team = placed(session, service="PAIR")

    def drops(worker: int) -> Act:
        return lambda session: drop(session, session.get_one(Visit, visit.id), worker).worker_id

    assert sorted(together(engine, [drops(worker) for worker in team])) == team
    with transaction(engine) as session:
        assert dropouts.missing(session, visit.id, team) == {*team}


def test_called_off_by_the_company(session: Session) -> None:
    visit, _ = placed(session)
    visits.call_off(session, HOUSE, visit, reason="weather", now=LATE)
    assert (visit.status, visit.fee, visit.cancelled_by) == (Status.CANCELLED, 0, "staff")
    [owed] = compensations.of_visit(session, visit.id or 0)
    assert (owed.kind, owed.amount, owed.customer_id) == ("coupon", 20_00, visit.customer_id)


def test_nobody_came(session: Session) -> None:
    visit, _ = placed(session)
    with pytest.raises(MoveNotAllowed):
        visits.miss(session, visit, actor="staff", reason="ill", now=LATE)
    visits.miss(session, visit, actor="staff", reason="ill", now=START + timedelta(minutes=30))
    assert visit.status is Status.MISSED
    assert [one.amount for one in compensations.of_visit(session, visit.id or 0)] == [50_00]


def test_what_is_late_and_what_a_day_holds(session: Session) -> None:
    visit, _ = placed(session)
    other = homes.place(session, homes.customer(session), at(TUESDAY, 15))
    day = (at(TUESDAY, 0), at(TUESDAY + timedelta(days=1), 0))
    assert visits.between(session, *day, limit=10) == [visit, other]
    assert visits.between(session, *day, limit=1, skip=1) == [other]
    assert visits.late(session, START, 10) == []
    assert visits.late(session, START + timedelta(minutes=5), 10) == [visit]
    visits.advance(session, visit, Status.ARRIVED, actor="worker", now=START)
    assert visits.late(session, START + timedelta(minutes=5), 10) == []


def test_the_company_s_own_move_never_costs_more(session: Session) -> None:
    homes.worker(session, hours=[(time(7), time(20))])
    visit = homes.place(session, homes.customer(session), START, "EARLY")
    total = visit.total
    visits.move(
        session, HOUSE, visit, starts_at=at(TUESDAY, 7), agreed_fee=0, actor="staff", reason="wish", now=NOW
    )
    assert (visit.total, visit.moves) == (total, 0)


def test_something_is_owed_once_however_often_it_is_granted(engine: Engine) -> None:
    with transaction(engine) as session:
        visit, _ = placed(session)

    def grants(amount: int) -> Act:
        return lambda session: (
            compensations.grant(
                session, visit.customer_id, visit.id or 0, "points", amount, reason="late", now=NOW
            ).id
        )

    first, second = together(engine, [grants(100), grants(100)])
    assert first == second


def test_discounts_lower_what_is_due_and_never_below_nothing(session: Session) -> None:
    visit, _ = placed(session)

    def grant(kind: compensations.Kind, amount: int, reason: str) -> None:
        compensations.grant(session, visit.customer_id, visit.id or 0, kind, amount, reason=reason, now=NOW)

    grant("coupon", 50_00, "missed")
    assert compensations.due(session, visit) == visit.total
    grant("discount", 20_00, "kept")
    assert compensations.due(session, visit) == visit.total - 20_00
    grant("discount", 10 * visit.total, "late")
    assert compensations.due(session, visit) == 0


def test_what_is_owed_goes_along_when_two_customers_become_one_and_back(session: Session) -> None:
    def seen(user: str) -> identities.Identity:
        return identities.behind(session, "web", "main", user, language="zh-CN", now=NOW)

    kept, given = seen("kept"), seen("given")
    homes.worker(session)
    theirs = session.get_one(homes.Customer, given.customer_id)
    visit = homes.place(session, theirs, START)
    owed = compensations.grant(session, theirs.id or 0, visit.id or 0, "points", 100, reason="late", now=NOW)
    made = bindings.bind(session, given, bindings.offer(session, kept, NOW).code, NOW)
    session.refresh(owed)
    assert owed.customer_id == kept.customer_id
    clerk = staff.hire(session, name="Zhou", role=Rank.CLERK, language="zh-CN").id or 0
    bindings.undo(session, made.merge_id, by=clerk, now=NOW)
    session.refresh(owed)
    assert owed.customer_id == theirs.id
