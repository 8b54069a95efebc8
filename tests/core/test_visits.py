import secrets
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from core import (
    calendars,
    catalogue,
    customers,
    matching,
    policies,
    quotes,
    references,
    timeline,
    visits,
    windows,
)
from core.areas import Area
from core.catalogue import Words
from core.identities import Role
from core.matching import Assignment
from core.visits import Status
from core.visits.placing import answer_due
from core.windows import Hold, WindowTaken
from core.windows.board import half_hour
from core.workers import Occupied
from tests.core import homes
from tests.core.homes import HOUSE, MONDAY, NOW, TUESDAY, at, id_of, need

DAY = timedelta(days=1)


def carry_out(session: Session, visit: visits.Visit) -> None:
    for status in (Status.ON_THE_WAY, Status.ARRIVED, Status.WORKING, Status.FINISHED):
        visits.advance(session, visit, status, actor="worker", now=visit.starts_at)


def whats(session: Session, visit: visits.Visit) -> list[str]:
    return [entry.what for entry in timeline.of(session, visit.id or 0, viewer=Role.STAFF)]


def test_a_hold_becomes_a_sale(session: Session) -> None:
    homes.worker(session)
    second = id_of(homes.worker(session))
    customer = homes.customer(session)
    windows.hold(session, HOUSE, need(customer=customer), at(TUESDAY, 9), workers=[second], now=NOW)
    visit = homes.place(session, customer, at(TUESDAY, 9), now=NOW + timedelta(minutes=9))
    assert visit.status is Status.CONFIRMED
    assert [worker.id for _, worker in visits.crew(session, visit)] == [second]
    assert session.exec(select(Hold)).all() == []
    rows = session.exec(select(Occupied)).all()
    assert {(row.worker_id, row.visit_id, row.hold_id) for row in rows} == {(second, visit.id, None)}
    assert len(rows) == 4


@pytest.mark.parametrize("case", ["expired", "swept", "other time", "other worker", "none"])
def test_without_a_fitting_hold_the_window_is_taken_anew(session: Session, case: str) -> None:
    first, second = id_of(homes.worker(session)), id_of(homes.worker(session))
    customer = homes.customer(session)
    later = NOW + timedelta(minutes=10)
    if case != "none":
        hour = 13 if case == "other time" else 9
        windows.hold(session, HOUSE, need(customer=customer), at(TUESDAY, hour), workers=[first], now=NOW)
    if case == "swept":
        windows.sweep(session, later)
    named = [second] if case == "other worker" else [first]
    now = later if case in ("expired", "swept") else NOW
    visit = homes.place(session, customer, at(TUESDAY, 9), workers=named, now=now)
    assert [worker.id for _, worker in visits.crew(session, visit)] == named
    starts = half_hour(at(TUESDAY, 9))
    assert homes.occupied(session) == {(named[0], starts + n) for n in range(4)}


def test_price_rules_and_address_are_frozen(session: Session) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    visit = homes.place(session, customer, at(TUESDAY, 9), quantity=2)
    kept = quotes.Quote.from_json(visit.quote)
    assert visit.total == kept.total == sum(line.amount for line in kept.lines) == 200_00
    assert visit.company_version == HOUSE.version
    assert policies.as_of(session, visit.policy_version) == HOUSE.policies
    assert (visit.address_line, visit.area_code) == ("1 NORTH Road", "NORTH")
    assert (visit.rules_accepted_at, visit.placed_at) == (NOW, NOW)
    assert visit.ends_at - visit.starts_at == timedelta(hours=4)


def test_add_ons_cost_and_last(session: Session) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    visit = visits.place(
        session,
        HOUSE,
        customer,
        service=HOUSE.service("CLEAN"),
        quantity=1,
        add_ons={"OVEN": 2},
        address=homes.home(session, customer),
        starts_at=at(TUESDAY, 9),
        now=NOW,
    )
    assert visit.total == 160_00
    assert visit.ends_at == at(TUESDAY, 12)
    assert visit.add_ons == {"OVEN": 2}


@pytest.mark.parametrize(
    ("quantity", "add_ons", "refusal"),
    [
        (7, {}, catalogue.QuantityOutOfRange),
        (1, {"OVEN": 3}, catalogue.TooManyAddOns),
        (1, {"POOL": 1}, catalogue.UnknownAddOn),
    ],
)
def test_what_is_not_sold_cannot_be_placed(
    session: Session, quantity: int, add_ons: dict[str, int], refusal: type[Exception]
) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    with pytest.raises(refusal):
        visits.place(
            session,
            HOUSE,
            customer,
            service=HOUSE.service("CLEAN"),
            quantity=quantity,
            add_ons=add_ons,
            address=homes.home(session, customer),
            starts_at=at(TUESDAY, 9),
            now=NOW,
        )
    assert homes.occupied(session) == set()


def test_a_window_that_is_gone_leaves_nothing_behind(session: Session) -> None:
    homes.worker(session)
    homes.place(session, homes.customer(session), at(TUESDAY, 9))
    before = homes.occupied(session)
    with pytest.raises(WindowTaken) as taken:
        homes.place(session, homes.customer(session), at(TUESDAY, 9))
    assert [window.starts_at for window in taken.value.nearest] == [
        at(TUESDAY, 11, 30),
        at(TUESDAY, 12),
        at(TUESDAY, 12, 30),
    ]
    assert homes.occupied(session) == before
    assert len(session.exec(select(visits.Visit)).all()) == 1


def test_the_worker_who_was_asked_for_comes_or_nobody(session: Session) -> None:
    first, second = id_of(homes.worker(session, senior=True)), id_of(homes.worker(session))
    visit = homes.place(session, homes.customer(session), at(TUESDAY, 9), wants=second)
    assert visit.wants_worker_id == second
    assert [worker.id for _, worker in visits.crew(session, visit)] == [second]
    with pytest.raises(WindowTaken):
        homes.place(session, homes.customer(session), at(TUESDAY, 9), wants=second)
    other = homes.place(session, homes.customer(session), at(TUESDAY, 9))
    assert [worker.id for _, worker in visits.crew(session, other)] == [first]


def test_a_crew_has_one_who_leads_and_reasons_for_everybody(session: Session) -> None:
    homes.worker(session)
    senior = id_of(homes.worker(session, senior=True))
    homes.worker(session)
    visit = homes.place(session, homes.customer(session), at(TUESDAY, 9), "PAIR")
    crew = visits.crew(session, visit)
    assert [(each.worker_id == senior, each.leads) for each, _ in crew] == [(True, True), (False, False)]
    assert crew[0][0].reasons == [{"key": "senior", "args": {}}]
    assert len(homes.occupied(session)) == 12


def test_the_timeline_says_what_happened_and_staff_read_why(session: Session) -> None:
    worker = id_of(homes.worker(session, senior=True))
    visit = homes.place(session, homes.customer(session), at(TUESDAY, 9))
    assert whats(session, visit) == ["placed", "assigned"]
    assigned = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[1]
    assert assigned.reason == f"worker {worker}: senior"
    assert assigned.detail == {"workers": [worker], "leads": worker}


def test_a_reference_is_six_plain_characters(session: Session) -> None:
    homes.worker(session)
    visit = homes.place(session, homes.customer(session), at(TUESDAY, 9))
    assert len(visit.reference) == references.LENGTH == 6
    assert set(visit.reference) <= set(references.SIGNS)
    assert visit.reference[0] in references.LETTERS
    assert not set(references.SIGNS) & set("01OIL")


def test_a_reference_that_is_taken_is_drawn_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    homes.worker(session)
    drawn = iter("AAAAAA" + "AAAAAA" + "BBBBBB")
    monkeypatch.setattr(secrets, "choice", lambda _: next(drawn))
    first = homes.place(session, homes.customer(session), at(TUESDAY, 9))
    second = homes.place(session, homes.customer(session), at(TUESDAY, 14))
    assert (first.reference, second.reference) == ("AAAAAA", "BBBBBB")


def test_a_new_customer_has_one_visit_ahead_until_they_are_known(session: Session) -> None:
    homes.worker(session)
    newcomer = homes.customer(session, known=False)
    first = homes.place(session, newcomer, at(TUESDAY, 9))
    with pytest.raises(visits.TooManyOpen) as refusal:
        homes.place(session, newcomer, at(TUESDAY, 14))
    assert refusal.value.args_ == {"limit": 1}
    carry_out(session, first)
    assert visits.open_limit(session, HOUSE, newcomer) == 5
    homes.place(session, newcomer, at(TUESDAY, 14))


def test_a_known_customer_has_five_visits_ahead(session: Session) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    made = [homes.place(session, customer, at(TUESDAY + n * DAY, 9)) for n in range(5)]
    with pytest.raises(visits.TooManyOpen):
        homes.place(session, customer, at(TUESDAY + 5 * DAY, 9))
    visits.cancel(session, HOUSE, made[0], actor="customer", agreed_fee=0, now=NOW)
    homes.place(session, customer, at(TUESDAY + 5 * DAY, 9))


def test_where_and_what_we_do_not_serve(session: Session) -> None:
    homes.worker(session)
    customer, other = homes.customer(session), homes.customer(session)
    with pytest.raises(visits.OutOfArea):
        homes.place(session, customer, at(TUESDAY, 9), area="MOON")
    with pytest.raises(visits.ByRequestOnly):
        homes.place(session, customer, at(TUESDAY, 9), "NANNY")
    with pytest.raises(customers.UnknownAddress):
        visits.place(
            session,
            HOUSE,
            customer,
            service=HOUSE.service("CLEAN"),
            quantity=1,
            add_ons={},
            address=homes.home(session, other),
            starts_at=at(TUESDAY, 9),
            now=NOW,
        )


def test_placing_uses_the_address_again(session: Session) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    visit = homes.place(session, customer, at(TUESDAY, 9), now=NOW + timedelta(minutes=1))
    address = customers.address(session, customer.id or 0, visit.address_id)
    assert address.last_used_at == NOW + timedelta(minutes=1)


def test_a_request_waits_for_a_yes_within_two_office_hours(session: Session) -> None:
    homes.worker(session)
    visit = homes.place(session, homes.customer(session), at(TUESDAY + DAY, 9), "TIDY")
    assert visit.status is Status.REQUESTED
    assert visit.answer_by == at(MONDAY, 11)
    assert visits.requests_waiting(session, 10) == [visit]
    assert len(homes.occupied(session)) == 8


@pytest.mark.parametrize(
    ("placed", "starts", "due"),
    [
        (at(MONDAY, 11, 30), at(TUESDAY + DAY, 9), at(MONDAY, 14, 30)),
        (at(MONDAY, 20), at(TUESDAY, 18), at(TUESDAY, 6)),
        (at(MONDAY, 20), at(TUESDAY, 8), at(TUESDAY, 2)),
        (at(MONDAY, 9), at(MONDAY, 12), at(MONDAY, 10, 30)),
    ],
    ids=["over lunch", "twelve hours before", "at night", "half of the time that is left"],
)
def test_when_a_request_must_be_answered(placed: object, starts: object, due: object) -> None:
    assert answer_due(HOUSE, starts, placed) == due


@given(st.integers(0, 60 * 24 * 20), st.integers(1, 60 * 24 * 30))
def test_a_request_is_always_answered_before_the_visit(begins: int, ahead: int) -> None:
    placed = NOW + timedelta(minutes=begins)
    starts_at = placed + timedelta(minutes=ahead)
    due = answer_due(HOUSE, starts_at, placed)
    assert placed < due < starts_at
    assert due <= calendars.later(HOUSE, placed, 120)


def test_which_visits_are_ahead_and_which_are_over(session: Session) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    assert customer.id is not None
    done = homes.place(session, customer, at(TUESDAY, 9))
    carry_out(session, done)
    late = homes.place(session, customer, at(TUESDAY + 2 * DAY, 9))
    soon = homes.place(session, customer, at(TUESDAY + DAY, 9))
    gone = homes.place(session, customer, at(TUESDAY + 3 * DAY, 9))
    visits.cancel(session, HOUSE, gone, actor="customer", agreed_fee=0, now=NOW)
    assert visits.upcoming(session, customer.id, NOW) == [soon, late]
    assert visits.recent(session, customer.id, 5) == [gone, done]
    assert visits.recent(session, customer.id, 1) == [gone]
    assert visits.usual(session, customer.id) == done
    after = at(TUESDAY + 2 * DAY, 12)
    assert visits.upcoming(session, customer.id, after) == []
    visits.advance(session, late, Status.ARRIVED, actor="worker", now=after)
    assert visits.upcoming(session, customer.id, after) == [late]


def test_a_reference_finds_its_visit_for_its_customer_only(session: Session) -> None:
    homes.worker(session)
    customer, other = homes.customer(session), homes.customer(session)
    assert customer.id is not None
    assert other.id is not None
    visit = homes.place(session, customer, at(TUESDAY, 9))
    typed = f" {visit.reference[:3].lower()} {visit.reference[3:]} "
    assert visits.by_reference(session, typed) == visit
    assert visits.of_customer(session, customer.id, typed) == visit
    assert visits.by_reference(session, "ZZZZZZ") is None
    with pytest.raises(visits.UnknownVisit):
        visits.of_customer(session, other.id, visit.reference)


def test_the_last_worker_is_offered_again_unless_gone_or_blocked(session: Session) -> None:
    first, second = homes.worker(session), homes.worker(session)
    customer = homes.customer(session)
    assert customer.id is not None
    assert visits.last_worker(session, customer.id) is None
    carry_out(session, homes.place(session, customer, at(TUESDAY, 9), wants=id_of(first)))
    carry_out(session, homes.place(session, customer, at(TUESDAY, 14), "MACHINE", wants=id_of(second)))
    assert visits.last_worker(session, customer.id) is second
    assert visits.last_worker(session, customer.id, "CLEAN") is first
    matching.block(session, customer.id, id_of(second))
    assert visits.last_worker(session, customer.id) is None
    first.active = False
    session.flush()
    assert visits.last_worker(session, customer.id, "CLEAN") is None


def test_a_worker_s_plan_is_what_is_ahead_and_what_was_done(session: Session) -> None:
    worker = id_of(homes.worker(session))
    done = homes.place(session, homes.customer(session), at(TUESDAY, 8))
    carry_out(session, done)
    ahead = homes.place(session, homes.customer(session), at(TUESDAY, 12))
    gone = homes.place(session, homes.customer(session), at(TUESDAY, 15))
    visits.cancel(session, HOUSE, gone, actor="customer", agreed_fee=0, now=NOW)
    homes.place(session, homes.customer(session), at(TUESDAY + DAY, 8))
    windows.hold(session, HOUSE, need(customer=homes.customer(session)), at(TUESDAY, 15), now=NOW)

    def plan(first: int, last: int) -> Sequence[visits.Visit]:
        return visits.of_worker(session, worker, at(TUESDAY, first), at(TUESDAY, last))

    assert plan(0, 23) == [done, ahead]
    assert plan(9, 23) == [ahead]
    assert plan(8, 12) == [done]


def test_a_known_wish_is_part_of_the_need(session: Session) -> None:
    customer = homes.customer(session)
    customers.tell_home(session, customer.id or 0, worker_gender="male", now=NOW)
    wanted = visits.need(session, HOUSE, customer, HOUSE.service("PAIR"), 2, {}, "SOUTH")
    assert (wanted.minutes, wanted.crew, wanted.area, wanted.customer_id) == (180, 2, "SOUTH", customer.id)
    assert wanted.home is not None
    assert wanted.home.worker_gender == "male"


def test_an_area_that_costs_a_journey_is_in_the_price(session: Session) -> None:
    homes.worker(session)
    far = Area(code="NORTH", name=Words({"en": "North"}), keywords=("NORTH",), travel_fee=20_00)
    house = HOUSE.model_copy(update={"areas": (far,)})
    house.__dict__.pop("_areas", None)
    customer = homes.customer(session)
    visit = visits.place(
        session,
        house,
        customer,
        service=house.service("CLEAN"),
        quantity=1,
        add_ons={},
        address=homes.home(session, customer),
        starts_at=at(TUESDAY, 9),
        now=NOW,
    )
    assert visit.total == 120_00
    assert session.exec(select(Assignment)).one().leads
