from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core import matching, timeline, visits, windows
from core.areas import travel_minutes
from core.errors import DomainError
from core.identities import Role
from core.matching import Assignment
from core.quotes import Quote
from core.visits import ALLOWED, LIVE, OCCUPYING, MoveNotAllowed, Status, UnknownVisit, Visit
from core.windows import Hold
from core.windows.board import half_hour
from core.workers import Occupied
from tests.core import homes
from tests.core.homes import HOUSE, MONDAY, NOW, TUESDAY, at, id_of, need, occupied

ENDS = frozenset(
    {Status.FINISHED, Status.CANCELLED, Status.DECLINED, Status.LAPSED, Status.NO_ACCESS, Status.MISSED}
)
WAYS: dict[Status, tuple[Status, ...]] = {
    Status.REQUESTED: (),
    Status.CONFIRMED: (Status.CONFIRMED,),
    Status.ON_THE_WAY: (Status.CONFIRMED, Status.ON_THE_WAY),
    Status.ARRIVED: (Status.CONFIRMED, Status.ARRIVED),
    Status.WORKING: (Status.CONFIRMED, Status.ARRIVED, Status.WORKING),
    Status.FINISHED: (Status.CONFIRMED, Status.ARRIVED, Status.WORKING, Status.FINISHED),
    Status.CANCELLED: (Status.CANCELLED,),
    Status.DECLINED: (Status.DECLINED,),
    Status.LAPSED: (Status.LAPSED,),
    Status.NO_ACCESS: (Status.CONFIRMED, Status.ARRIVED, Status.NO_ACCESS),
    Status.MISSED: (Status.CONFIRMED, Status.MISSED),
}
START = at(TUESDAY + timedelta(days=2), 9)
LATE = START + timedelta(hours=1)


def brought_to(session: Session, status: Status) -> Visit:
    """A visit whose life led to `status`."""
    homes.worker(session)
    visit = homes.place(session, homes.customer(session), START, "TIDY")
    for step in WAYS[status]:
        visits.advance(session, visit, step, actor="staff", now=NOW)
    assert visit.status is status
    return visit


def test_the_table_names_every_status_and_its_ends() -> None:
    assert set(ALLOWED) == set(Status)
    assert {status for status, moves in ALLOWED.items() if not moves} == ENDS
    assert set(Status) - ENDS == LIVE
    assert LIVE < OCCUPYING


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Whatever is done in the block is as if it never was."""
    made = session.begin_nested()
    yield
    made.rollback()
    session.expire_all()


@pytest.mark.parametrize("status", Status)
def test_only_the_moves_in_the_table_happen_and_each_leaves_a_line(session: Session, status: Status) -> None:
    visit = brought_to(session, status)
    for wanted in Status:
        with undone(session):
            moves_or_not(session, visit, status, wanted)


def moves_or_not(session: Session, visit: Visit, status: Status, wanted: Status) -> None:
    before = timeline.of(session, visit.id or 0, viewer=Role.STAFF)
    if wanted not in ALLOWED[status]:
        with pytest.raises(MoveNotAllowed) as refusal:
            visits.advance(session, visit, wanted, actor="staff", now=NOW)
        assert refusal.value.args_ == {"status": status.value, "wanted": wanted.value}
        assert visit.status is status
        assert timeline.of(session, visit.id or 0, viewer=Role.STAFF) == before
        return
    visits.advance(session, visit, wanted, actor="worker", now=NOW, reason="because")
    session.expire_all()
    [line] = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[len(before) :]
    assert (line.what, line.actor, line.reason) == (wanted.value.replace("_", "-"), "worker", "because")
    assert visit.status is wanted
    assert visit.closed_at == (NOW if wanted in ENDS else None)
    assert visit.answer_by is None
    assert bool(occupied(session)) == bool(visits.crew(session, visit)) == (wanted in OCCUPYING)


VERBS: dict[str, tuple[Callable[[Session, Visit], object], frozenset[Status]]] = {
    "confirm": (
        lambda session, visit: visits.confirm(session, HOUSE, visit, actor="staff", now=NOW),
        frozenset({Status.REQUESTED}),
    ),
    "decline": (
        lambda session, visit: visits.decline(session, HOUSE, visit, actor="staff", now=NOW),
        frozenset({Status.REQUESTED}),
    ),
    "cancel": (
        lambda session, visit: visits.cancel(
            session, HOUSE, visit, actor="customer", agreed_fee=1_000_00, now=NOW
        ),
        frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ON_THE_WAY, Status.ARRIVED}),
    ),
    "call off": (
        lambda session, visit: visits.call_off(session, HOUSE, visit, reason="weather", now=NOW),
        frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ON_THE_WAY, Status.ARRIVED}),
    ),
    "no access": (
        lambda session, visit: visits.no_access(session, HOUSE, visit, actor="worker", now=LATE),
        frozenset({Status.ARRIVED}),
    ),
    "miss": (
        lambda session, visit: visits.miss(session, visit, actor="staff", reason="ill", now=LATE),
        frozenset({Status.CONFIRMED, Status.ON_THE_WAY}),
    ),
    "move": (
        lambda session, visit: visits.move(
            session, HOUSE, visit, starts_at=START + timedelta(hours=4), agreed_fee=1_000_00, now=NOW
        ),
        frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ON_THE_WAY}),
    ),
    "reassign": (
        lambda session, visit: visits.reassign(
            session, HOUSE, visit, leaving=attending(session, visit), actor="staff", reason="ill", now=NOW
        ),
        frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ON_THE_WAY}),
    ),
    "drop out": (
        lambda session, visit: visits.drop_out(
            session, HOUSE, visit, attending(session, visit)[0], reason="ill", now=NOW
        ),
        frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ON_THE_WAY}),
    ),
}
"""Every verb with rules of its own, and the states in which it may be done."""


def attending(session: Session, visit: Visit) -> list[int]:
    return [each.worker_id for each, _ in visits.crew(session, visit)] or [0]


@pytest.mark.parametrize("status", Status)
def test_every_verb_does_what_the_table_allows_or_changes_nothing(session: Session, status: Status) -> None:
    visit = brought_to(session, status)
    homes.worker(session)
    for verb in VERBS:
        with undone(session):
            does_or_not(session, visit, status, verb)


def does_or_not(session: Session, visit: Visit, status: Status, verb: str) -> None:
    do, allowed = VERBS[verb]
    before = (as_it_is(session, visit), timeline.of(session, visit.id or 0, viewer=Role.STAFF))
    if status in allowed:
        do(session, visit)
        session.expire_all()
        assert timeline.of(session, visit.id or 0, viewer=Role.STAFF) != before[1], verb
        return
    with pytest.raises((MoveNotAllowed, UnknownVisit)):
        do(session, visit)
    session.expire_all()
    assert (as_it_is(session, visit), timeline.of(session, visit.id or 0, viewer=Role.STAFF)) == before


def as_it_is(session: Session, visit: Visit) -> object:
    session.refresh(visit)
    return visit.model_dump(), attending(session, visit), occupied(session)


def test_finishing_counts_for_everybody_who_attended(session: Session) -> None:
    first, second, third = (homes.worker(session) for _ in range(3))
    visit = homes.place(
        session, homes.customer(session), START, "PAIR", workers=[id_of(first), id_of(second)]
    )
    for status in (Status.ARRIVED, Status.WORKING, Status.FINISHED):
        visits.advance(session, visit, status, actor="worker", now=NOW)
    session.expire_all()
    assert [worker.visits_done for worker in (first, second, third)] == [1, 1, 0]


def test_the_company_says_yes(session: Session) -> None:
    visit = brought_to(session, Status.REQUESTED)
    visits.confirm(session, HOUSE, visit, actor="staff", reason="regular customer", now=NOW)
    assert (visit.status, visit.answer_by) == (Status.CONFIRMED, None)
    with pytest.raises(MoveNotAllowed):
        visits.confirm(session, HOUSE, visit, actor="staff", now=NOW)


def test_a_yes_after_the_visit_should_have_begun_is_refused(session: Session) -> None:
    visit = brought_to(session, Status.REQUESTED)
    with pytest.raises(MoveNotAllowed):
        visits.confirm(session, HOUSE, visit, actor="staff", now=START)


def test_the_company_says_no_and_the_time_is_free_again(session: Session) -> None:
    visit = brought_to(session, Status.REQUESTED)
    visits.decline(session, HOUSE, visit, actor="staff", reason="no tidier on Thursday", now=NOW)
    assert visit.status is Status.DECLINED
    assert occupied(session) == set()
    assert visits.requests_waiting(session, 10) == []


def test_a_request_that_nobody_answers_lapses_and_is_never_left_waiting(session: Session) -> None:
    visit = brought_to(session, Status.REQUESTED)
    other = homes.place(session, homes.customer(session), START + timedelta(hours=5), "CLEAN")
    due = visit.answer_by
    assert due is not None
    assert visits.lapse_due(session, HOUSE, due - timedelta(seconds=1)) == []
    assert visits.lapse_due(session, HOUSE, due) == [visit]
    assert visits.lapse_due(session, HOUSE, due) == []
    assert (visit.status, other.status) == (Status.LAPSED, Status.CONFIRMED)
    line = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[-1]
    assert (line.what, line.actor, line.detail) == ("lapsed", "bot", {"answer_by": due.isoformat()})
    assert {row.visit_id for row in session.exec(select(Occupied))} == {other.id}


def test_a_change_made_elsewhere_is_seen_before_the_next_step(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as stale, stale.begin():
        visit = brought_to(stale, Status.CONFIRMED)
    with Session(engine) as other, other.begin():
        mine = other.get_one(Visit, visit.id)
        visits.cancel(other, HOUSE, mine, actor="customer", agreed_fee=0, now=NOW)
    with Session(engine) as late, late.begin(), pytest.raises(MoveNotAllowed):
        visits.advance(late, late.merge(visit, load=False), Status.ON_THE_WAY, actor="worker", now=NOW)


DAYS = st.integers(0, 2)
HALF_HOURS = st.integers(15, 38)
SERVICES = st.sampled_from(["CLEAN", "PAIR", "MACHINE", "TIDY"])
AREAS = st.sampled_from(["NORTH", "SOUTH"])
PEOPLE = st.integers(0, 3)
Stay = tuple[int, datetime, datetime, str, str]


class Company(RuleBasedStateMachine):
    """Customers, staff and time do whatever they like; what was promised must hold at every moment."""

    engine: Engine

    placed = Bundle("placed")

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.engine, expire_on_commit=False)
        self.now = NOW
        self.team = [
            homes.worker(self.session, areas=["NORTH", "SOUTH"]),
            homes.worker(self.session, areas=["NORTH"]),
            homes.worker(self.session, areas=["NORTH", "SOUTH"], hours=[(time(7), time(13))]),
        ]
        self.customers = [homes.customer(self.session) for _ in range(4)]

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()

    def moment(self, day: int, half_hours: int) -> datetime:
        return at(MONDAY + timedelta(days=day), 0) + half_hours * windows.HALF_HOUR

    @rule(who=PEOPLE, service=SERVICES, area=AREAS, day=DAYS, half_hours=HALF_HOURS)
    def hold(self, who: int, service: str, area: str, day: int, half_hours: int) -> None:
        wanted = need(service, area=area, customer=self.customers[who])
        with suppress(windows.WindowTaken):
            windows.hold(self.session, HOUSE, wanted, self.moment(day, half_hours), now=self.now)

    @rule(target=placed, who=PEOPLE, service=SERVICES, area=AREAS, day=DAYS, half_hours=HALF_HOURS)
    def place(self, who: int, service: str, area: str, day: int, half_hours: int) -> Visit | None:
        starts_at = self.moment(day, half_hours)
        try:
            return homes.place(self.session, self.customers[who], starts_at, service, area=area, now=self.now)
        except (windows.WindowTaken, visits.TooManyOpen):
            return None

    @rule(target=placed, who=PEOPLE)
    def place_what_is_held(self, who: int) -> Visit | None:
        customer = self.customers[who]
        hold = windows.held(self.session, customer.id or 0, self.now)
        if hold is None:
            return None
        try:
            return homes.place(
                self.session, customer, hold.starts_at, hold.service_code, area=hold.area_code, now=self.now
            )
        except visits.TooManyOpen:
            return None

    @rule(visit=placed, day=DAYS, half_hours=HALF_HOURS, held_first=st.booleans())
    def move(self, visit: Visit | None, day: int, half_hours: int, held_first: bool) -> None:
        if visit is None:
            return
        starts_at = self.moment(day, half_hours)
        try:
            agreed = visits.fee_to_move(self.session, HOUSE, visit, self.now).amount
            if held_first:
                customer = next(one for one in self.customers if one.id == visit.customer_id)
                wanted = need(
                    visit.service_code, area=visit.area_code, customer=customer, instead_of=visit.id
                )
                windows.hold(self.session, HOUSE, wanted, starts_at, now=self.now)
            visits.move(self.session, HOUSE, visit, starts_at=starts_at, agreed_fee=agreed, now=self.now)
            assert visit.starts_at == starts_at
        except (windows.WindowTaken, MoveNotAllowed):
            pass

    @rule(visit=placed, actor=st.sampled_from(["customer", "staff"]))
    def cancel(self, visit: Visit | None, actor: str) -> None:
        if visit is None:
            return
        try:
            agreed = visits.fee_to_cancel(self.session, HOUSE, visit, self.now).amount
            visits.cancel(self.session, HOUSE, visit, actor=actor, agreed_fee=agreed, now=self.now)
        except MoveNotAllowed:
            assert Status.CANCELLED not in ALLOWED[visit.status]

    @rule(visit=placed, yes=st.booleans())
    def answer(self, visit: Visit | None, yes: bool) -> None:
        if visit is None:
            return
        try:
            (visits.confirm if yes else visits.decline)(
                self.session, HOUSE, visit, actor="staff", now=self.now
            )
        except MoveNotAllowed:
            assert visit.status is not Status.REQUESTED or visit.starts_at <= self.now

    @rule(visit=placed, status=st.sampled_from(list(Status)))
    def step(self, visit: Visit | None, status: Status) -> None:
        if visit is None:
            return
        try:
            visits.advance(self.session, visit, status, actor="worker", now=self.now)
        except DomainError:
            assert status not in ALLOWED[visit.status]

    @rule(minutes=st.sampled_from([1, 9, 10, 45, 300, 1440]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def lapse(self) -> None:
        visits.lapse_due(self.session, HOUSE, self.now)
        assert all(not visit.answer_by or visit.answer_by > self.now for visit in self.everything())

    @rule()
    def sweep(self) -> None:
        windows.sweep(self.session, self.now)
        assert all(hold.expires_at > self.now for hold in self.session.exec(select(Hold)))

    @precondition(lambda self: self.now < NOW + timedelta(days=1))
    @rule(who=PEOPLE, worker=st.integers(0, 2), likes=st.booleans())
    def prefer(self, who: int, worker: int, likes: bool) -> None:
        change = matching.favour if likes else matching.block
        change(self.session, self.customers[who].id or 0, id_of(self.team[worker]))

    def everything(self) -> Iterable[Visit]:
        return self.session.exec(select(Visit)).all()

    def stays(self) -> list[Stay]:
        """Who is where and when, told by visits and holds without asking which half hours are sold."""
        crews = select(Assignment, Visit).join(Visit, col(Visit.id) == col(Assignment.visit_id))
        found: list[Stay] = [
            (each.worker_id, visit.starts_at, visit.ends_at, visit.area_code, visit.service_code)
            for each, visit in self.session.exec(crews.where(col(Assignment.released_at).is_(None)))
            if visit.status in OCCUPYING
        ]
        for hold in self.session.exec(select(Hold).where(col(Hold.expires_at) > self.now)):
            found += [
                (id, hold.starts_at, hold.ends_at, hold.area_code, hold.service_code)
                for id in hold.worker_ids
            ]
        return found

    @invariant()
    def occupied_is_exactly_what_live_visits_and_holds_have(self) -> None:
        expired = {hold.id for hold in self.session.exec(select(Hold)) if hold.expires_at <= self.now}
        rows = [row for row in self.session.exec(select(Occupied)) if row.hold_id not in expired]
        wanted = {
            (worker, at_half)
            for worker, starts, ends, _, _ in self.stays()
            for at_half in range(half_hour(starts), half_hour(ends))
        }
        assert {(row.worker_id, row.half_hour) for row in rows} == wanted
        gone = {visit.id for visit in self.everything() if visit.status not in OCCUPYING}
        assert not gone & {row.visit_id for row in rows}

    @invariant()
    def nobody_is_in_two_homes_and_everybody_has_time_for_the_way(self) -> None:
        stays = sorted(self.stays())
        for (worker, _, ends, here, _), (next_one, starts, _, there, service) in pairwise(stays):
            prepared = HOUSE.service(service).preparation_minutes
            gap = timedelta(minutes=travel_minutes(HOUSE, here, there) + prepared)
            assert worker != next_one or ends + gap <= starts

    @invariant()
    def every_total_is_the_sum_of_its_quote(self) -> None:
        for visit in self.everything():
            assert visit.total == sum(line.amount for line in Quote.from_json(visit.quote).lines)

    @invariant()
    def every_live_visit_has_its_crew(self) -> None:
        for visit in self.everything():
            size = HOUSE.service(visit.service_code).crew if visit.status in OCCUPYING else 0
            crew = visits.crew(self.session, visit)
            assert len(crew) == size
            assert [each.leads for each, _ in crew] == [True, False][:size]


def test_whatever_people_do_what_was_promised_holds(engine: Engine) -> None:
    machine = type("CompanyOnThisDatabase", (Company,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=8, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
