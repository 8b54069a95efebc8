from datetime import datetime, time, timedelta

import pytest
from sqlmodel import Session

from core import policies, timeline, visits
from core.customers import Customer
from core.identities import Role
from core.policies import Policies
from core.quotes import Quote
from core.visits import FeeChanged, MoveNotAllowed, Status, TooFar, TotalChanged, Visit
from core.windows import WindowTaken
from tests.core import homes
from tests.core.homes import HOUSE, MONDAY, NOW, TUESDAY, at, id_of, occupied

DAY = timedelta(days=1)
START = at(TUESDAY + DAY, 12)
FREE = at(TUESDAY, 18)
LATE = FREE + timedelta(minutes=1)
LAST_MINUTE = START - timedelta(minutes=119)


@pytest.fixture
def customer(session: Session) -> Customer:
    homes.worker(session)
    return homes.customer(session)


@pytest.fixture
def visit(session: Session, customer: Customer) -> Visit:
    return homes.place(session, customer, START)


def spend_goodwill(session: Session, customer: Customer) -> None:
    """The first late cancellation is forgiven; after this one no more is."""
    first = homes.place(session, customer, at(MONDAY, 14))
    fee = visits.cancel(session, HOUSE, first, actor="customer", agreed_fee=0, now=NOW)
    assert (fee.amount, fee.waived) == (0, True)


@pytest.mark.parametrize(
    ("now", "amount", "rule"),
    [
        (NOW, 0, "free"),
        (FREE, 0, "free"),
        (LATE, 20_00, "late"),
        (START - timedelta(minutes=120), 20_00, "late"),
        (LAST_MINUTE, 50_00, "last_minute"),
        (START + timedelta(minutes=14), 50_00, "last_minute"),
    ],
)
def test_what_cancelling_costs(
    session: Session, customer: Customer, visit: Visit, now: datetime, amount: int, rule: str
) -> None:
    spend_goodwill(session, customer)
    shown = visits.fee_to_cancel(session, HOUSE, visit, now)
    assert (shown.amount, shown.rule) == (amount, rule)
    assert visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=amount, now=now) == shown
    assert (visit.fee, visit.fee_rule, visit.status) == (amount, rule, Status.CANCELLED)


def test_cancelling_frees_the_half_hours_and_lets_the_crew_go(
    session: Session, customer: Customer, visit: Visit
) -> None:
    assert len(occupied(session)) == 4
    visits.cancel(session, HOUSE, visit, actor="customer", reason="ill", agreed_fee=0, now=NOW)
    assert occupied(session) == set()
    assert visits.crew(session, visit) == []
    assert (visit.cancelled_by, visit.cancel_reason, visit.closed_at) == ("customer", "ill", NOW)
    line = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[-1]
    assert (line.what, line.actor) == ("cancelled", "customer")
    assert line.detail == {"fee": 0, "rule": "free", "waived": False, "because": "ill"}
    assert line.reason is not None
    homes.place(session, customer, START)


def test_a_fee_that_rose_must_be_agreed_to_again(session: Session, customer: Customer, visit: Visit) -> None:
    spend_goodwill(session, customer)
    shown = visits.fee_to_cancel(session, HOUSE, visit, FREE)
    with pytest.raises(FeeChanged) as refusal:
        visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=shown.amount, now=LATE)
    assert refusal.value.args_ == {"fee": 20_00, "agreed": 0}
    assert visit.status is Status.CONFIRMED
    assert len(occupied(session)) == 4
    assert visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=50_00, now=LATE).amount == 20_00


def test_the_first_late_cancellation_is_forgiven(session: Session, customer: Customer, visit: Visit) -> None:
    fee = visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=LATE)
    assert (fee.amount, fee.waived, fee.rule) == (0, True, "late")
    again = homes.place(session, customer, START + DAY)
    late = at(TUESDAY + DAY, 18, 1)
    assert visits.fee_to_cancel(session, HOUSE, again, late).amount == 20_00


def test_a_cancellation_in_good_time_spends_no_goodwill(
    session: Session, customer: Customer, visit: Visit
) -> None:
    visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)
    again = homes.place(session, customer, START)
    assert visits.fee_to_cancel(session, HOUSE, again, LATE).waived


def test_what_the_company_cancels_is_free_and_spends_no_goodwill(
    session: Session, customer: Customer, visit: Visit
) -> None:
    fee = visits.cancel(session, HOUSE, visit, actor="staff", agreed_fee=0, now=LAST_MINUTE)
    assert (fee.amount, visit.cancelled_by) == (0, "staff")
    again = homes.place(session, customer, START + DAY)
    assert visits.fee_to_cancel(session, HOUSE, again, at(TUESDAY + DAY, 18, 1)).waived


def test_a_request_is_cancelled_free(session: Session, customer: Customer) -> None:
    spend_goodwill(session, customer)
    request = homes.place(session, customer, at(TUESDAY, 12), "TIDY")
    fee = visits.fee_to_cancel(session, HOUSE, request, at(TUESDAY, 11, 59))
    assert (fee.amount, fee.rule) == (0, "unassigned")


def test_a_worker_on_the_way_costs_the_last_minute(
    session: Session, customer: Customer, visit: Visit
) -> None:
    spend_goodwill(session, customer)
    visits.advance(session, visit, Status.ON_THE_WAY, actor="worker", now=LATE)
    assert visits.fee_to_cancel(session, HOUSE, visit, LATE).amount == 50_00


@pytest.mark.parametrize("on_the_way", [False, True])
def test_nobody_pays_for_a_worker_who_does_not_come(
    session: Session, customer: Customer, visit: Visit, on_the_way: bool
) -> None:
    spend_goodwill(session, customer)
    if on_the_way:
        visits.advance(session, visit, Status.ON_THE_WAY, actor="worker", now=LATE)
    fee = visits.fee_to_cancel(session, HOUSE, visit, START + timedelta(minutes=15))
    assert (fee.amount, fee.waived) == (0, True)


def test_a_worker_who_came_late_but_came_is_no_reason(
    session: Session, customer: Customer, visit: Visit
) -> None:
    spend_goodwill(session, customer)
    visits.advance(session, visit, Status.ARRIVED, actor="worker", now=START)
    assert visits.fee_to_cancel(session, HOUSE, visit, START + timedelta(minutes=30)).amount == 50_00


def test_a_visit_keeps_the_rules_it_was_placed_under(
    session: Session, customer: Customer, visit: Visit
) -> None:
    spend_goodwill(session, customer)
    dearer = HOUSE.model_copy(update={"policies": Policies(late_percent=90, late_most=500_00)})
    policies.remember(session, dearer, NOW)
    assert visits.fee_to_cancel(session, dearer, visit, LATE).amount == 20_00


def test_cancelling_twice_is_refused_with_the_reason(session: Session, visit: Visit) -> None:
    visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)
    with pytest.raises(MoveNotAllowed) as refusal:
        visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)
    assert refusal.value.args_ == {"status": "cancelled", "wanted": "cancelled"}
    with pytest.raises(MoveNotAllowed):
        visits.fee_to_cancel(session, HOUSE, visit, NOW)


def test_moving_takes_the_same_worker_along(session: Session, visit: Visit) -> None:
    [(former, worker)] = visits.crew(session, visit)
    homes.worker(session, senior=True)
    new = START + 2 * DAY
    fee = visits.move(session, HOUSE, visit, starts_at=new, agreed_fee=0, now=NOW)
    assert (fee.amount, fee.rule, visit.moves) == (0, "free", 1)
    assert (visit.starts_at, visit.ends_at, visit.status) == (new, new + timedelta(hours=2), Status.CONFIRMED)
    assert visits.crew(session, visit) == [(former, worker)]
    assert len(occupied(session)) == 4
    lines = timeline.of(session, visit.id or 0, viewer=Role.STAFF)
    assert [line.what for line in lines] == ["placed", "assigned", "moved"]
    assert lines[-1].detail["to"] == new.isoformat()


def test_moving_finds_somebody_else_when_the_same_worker_is_taken(session: Session, visit: Visit) -> None:
    [(_, worker)] = visits.crew(session, visit)
    new = START + 2 * DAY
    homes.place(session, homes.customer(session), new, workers=[id_of(worker)])
    other = id_of(homes.worker(session))
    visits.move(session, HOUSE, visit, starts_at=new, agreed_fee=0, now=NOW)
    assert [(each.worker_id, each.leads) for each, _ in visits.crew(session, visit)] == [(other, True)]
    # And back again: the first assignment lives once more.
    visits.move(session, HOUSE, visit, starts_at=START, agreed_fee=0, workers=[id_of(worker)], now=NOW)
    assert [each.id for _, each in visits.crew(session, visit)] == [worker.id]


def test_the_worker_alone_may_change(session: Session, visit: Visit) -> None:
    other = id_of(homes.worker(session))
    visits.move(session, HOUSE, visit, starts_at=START, agreed_fee=0, workers=[other], now=NOW)
    assert [worker.id for _, worker in visits.crew(session, visit)] == [other]
    with pytest.raises(MoveNotAllowed):
        visits.move(session, HOUSE, visit, starts_at=START, agreed_fee=0, now=NOW)


def test_moving_to_a_taken_window_changes_nothing(session: Session, visit: Visit) -> None:
    new = START + 2 * DAY
    homes.place(session, homes.customer(session), new)
    before = occupied(session)
    with pytest.raises(WindowTaken) as taken:
        visits.move(session, HOUSE, visit, starts_at=new, agreed_fee=0, now=NOW)
    assert len(taken.value.nearest) == 3
    assert occupied(session) == before
    assert (visit.starts_at, visit.moves) == (START, 0)


def test_moving_is_free_twice_and_then_costs_as_cancelling_does(session: Session, visit: Visit) -> None:
    now, starts = LATE, START
    for n in range(2):
        starts = START + timedelta(hours=1 + n)
        fee = visits.move(session, HOUSE, visit, starts_at=starts, agreed_fee=0, now=now)
        assert (fee.amount, fee.rule) == (0, "free_move")
    assert visits.fee_to_move(session, HOUSE, visit, now).amount == 20_00
    with pytest.raises(FeeChanged):
        visits.move(session, HOUSE, visit, starts_at=START, agreed_fee=0, now=now)
    visits.move(session, HOUSE, visit, starts_at=START, agreed_fee=20_00, now=now)
    assert (visit.fee, visit.moves) == (20_00, 3)


def test_what_the_company_moves_is_free_and_does_not_count(session: Session, visit: Visit) -> None:
    for n in range(3):
        starts_at = START + timedelta(hours=1 + n)
        fee = visits.move(
            session, HOUSE, visit, starts_at=starts_at, agreed_fee=0, actor="staff", now=LAST_MINUTE - DAY
        )
        assert fee.amount == 0
    assert visit.moves == 0


def test_a_visit_moves_at_most_thirty_days_ahead(session: Session, visit: Visit) -> None:
    with pytest.raises(TooFar) as refusal:
        visits.move(session, HOUSE, visit, starts_at=at(MONDAY + 31 * DAY, 12), agreed_fee=0, now=NOW)
    assert refusal.value.args_ == {"days": 30}
    visits.move(session, HOUSE, visit, starts_at=at(MONDAY + 30 * DAY, 12), agreed_fee=0, now=NOW)


def test_a_moved_request_gets_a_new_time_for_its_answer(session: Session, customer: Customer) -> None:
    request = homes.place(session, customer, START, "TIDY")
    later = at(MONDAY, 16)
    visits.move(session, HOUSE, request, starts_at=START + DAY, agreed_fee=0, now=later)
    assert (request.status, request.answer_by) == (Status.REQUESTED, at(MONDAY, 18))


@pytest.mark.parametrize("status", [Status.ARRIVED, Status.CANCELLED, Status.MISSED])
def test_what_has_begun_or_is_over_does_not_move(session: Session, visit: Visit, status: Status) -> None:
    visits.advance(session, visit, status, actor="worker", now=NOW)
    with pytest.raises(MoveNotAllowed) as refusal:
        visits.move(session, HOUSE, visit, starts_at=START + DAY, agreed_fee=0, now=NOW)
    assert refusal.value.args_ == {"status": status.value, "wanted": "moved"}


def test_moving_turns_back_who_is_on_the_way_and_costs_the_last_minute(
    session: Session, visit: Visit
) -> None:
    visits.advance(session, visit, Status.ON_THE_WAY, actor="worker", now=NOW)
    with pytest.raises(FeeChanged):
        visits.move(session, HOUSE, visit, starts_at=START + DAY, agreed_fee=0, now=NOW)
    assert visit.status is Status.ON_THE_WAY
    visits.move(session, HOUSE, visit, starts_at=START + DAY, agreed_fee=50_00, now=NOW)
    assert (visit.status, visit.starts_at) == (Status.CONFIRMED, START + DAY)


def test_moving_away_from_a_late_worker_is_free(session: Session, visit: Visit) -> None:
    visits.advance(session, visit, Status.ON_THE_WAY, actor="worker", now=START)
    assert visits.fee_to_move(session, HOUSE, visit, START + timedelta(minutes=14)).amount == 50_00
    assert visits.fee_to_move(session, HOUSE, visit, START + timedelta(minutes=15)).amount == 0


def test_a_time_with_a_surcharge_must_be_agreed_to(session: Session, customer: Customer) -> None:
    homes.worker(session, hours=[(time(7), time(9))])
    visit = homes.place(session, customer, START, "EARLY")
    early = at(TUESDAY + 2 * DAY, 7)
    assert visits.quote_to_move(HOUSE, visit, early).total == 120_00
    with pytest.raises(TotalChanged) as refusal:
        visits.move(session, HOUSE, visit, starts_at=early, agreed_fee=0, now=NOW)
    assert refusal.value.args_ == {"total": 120_00, "agreed": 100_00}
    visits.move(session, HOUSE, visit, starts_at=early, agreed_fee=0, agreed_total=120_00, now=NOW)
    assert visit.total == sum(line.amount for line in Quote.from_json(visit.quote).lines) == 120_00
    visits.move(session, HOUSE, visit, starts_at=START, agreed_fee=0, now=NOW)
    assert visit.total == 100_00


def test_a_price_that_rose_meanwhile_does_not_reach_a_visit_that_moves(
    session: Session, visit: Visit
) -> None:
    dearer = tuple(service.model_copy(update={"unit_price": 500_00}) for service in HOUSE.services)
    house = HOUSE.model_copy(update={"services": dearer, "version": "later"})
    house.__dict__.pop("_services", None)
    visits.move(session, house, visit, starts_at=START + DAY, agreed_fee=0, now=NOW)
    assert (visit.total, visit.company_version) == (100_00, HOUSE.version)


def test_no_access_is_closed_after_half_an_hour_for_a_fee(session: Session, visit: Visit) -> None:
    with pytest.raises(MoveNotAllowed):
        visits.no_access(session, HOUSE, visit, actor="worker", now=START + timedelta(hours=1))
    visits.advance(session, visit, Status.ARRIVED, actor="worker", now=START)
    with pytest.raises(MoveNotAllowed):
        visits.no_access(session, HOUSE, visit, actor="worker", now=START + timedelta(minutes=29))
    fee = visits.no_access(session, HOUSE, visit, actor="worker", now=START + timedelta(minutes=30))
    assert (fee.amount, fee.rule, visit.fee, visit.status) == (50_00, "no_access", 50_00, Status.NO_ACCESS)
    assert occupied(session) == set()
