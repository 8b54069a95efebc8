"""Whatever order of yes, no, silence, moving, cancelling and staff's choices: each visit has one crew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core import identities, offers, visits
from core.company import Company
from core.database import transaction
from core.errors import DomainError
from core.offers import Offer, Status
from core.visits import Visit
from core.windows import WindowTaken
from core.windows.board import half_hour
from core.workers import Occupied
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of
from tests.core.test_offers import BROADCAST

NOES = (
    offers.AlreadyDeclined,
    offers.AlreadyYours,
    offers.Busy,
    offers.NoLongerStands,
    offers.UnknownOffer,
    offers.WentElsewhere,
)
HOURS = (8, 11, 14)
SERVICES = ("CLEAN", "PAIR", "TIDY")
WORKERS = 5


class Offering(RuleBasedStateMachine):
    """Three customers, five workers and one clerk."""

    company: Company
    fresh: Callable[[], Engine]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.engine = self.fresh()
        with transaction(self.engine) as session:
            self.customers = [homes.customer(session).id for _ in range(3)]
            self.workers = [id_of(homes.worker(session)) for _ in range(WORKERS)]
            for number in self.workers:
                identities.bind_worker(session, "web", "main", str(number), number, now=NOW)

    def teardown(self) -> None:
        self.engine.dispose()

    @contextmanager
    def trying(self, *noes: type[DomainError]) -> Iterator[Session]:
        """One transaction, in which the company may say no."""
        try:
            with transaction(self.engine) as session:
                yield session
        except noes:
            pass

    def visit(self, session: Session, which: int) -> Visit | None:
        found = session.exec(select(Visit).order_by(col(Visit.id))).all()
        return found[which % len(found)] if found else None

    @rule(who=st.integers(0, 2), hour=st.sampled_from(HOURS), service=st.sampled_from(SERVICES))
    def places(self, who: int, hour: int, service: str) -> None:
        with self.trying(WindowTaken, visits.TooManyOpen) as session:
            customer = session.get_one(homes.Customer, self.customers[who])
            visit = homes.place(session, customer, at(TUESDAY, hour), service, now=self.now)
            offers.make(session, self.company, visit, now=self.now)

    @rule(which=st.integers(0, 8))
    def confirms(self, which: int) -> None:
        with self.trying(visits.MoveNotAllowed) as session:
            if visit := self.visit(session, which):
                visits.confirm(session, self.company, visit, actor="staff", now=self.now)
                offers.make(session, self.company, visit, now=self.now)

    @rule(which=st.integers(0, 8), hour=st.sampled_from(HOURS))
    def moves(self, which: int, hour: int) -> None:
        noes = (WindowTaken, visits.MoveNotAllowed, visits.FeeChanged)
        with self.trying(*noes) as session:
            if visit := self.visit(session, which):
                visits.move(
                    session,
                    self.company,
                    visit,
                    starts_at=at(TUESDAY, hour),
                    agreed_fee=100_00,
                    agreed_total=10_000_00,
                    now=self.now,
                )
                offers.make(session, self.company, visit, now=self.now)

    @rule(which=st.integers(0, 8))
    def cancels(self, which: int) -> None:
        with self.trying(visits.MoveNotAllowed) as session:
            if visit := self.visit(session, which):
                visits.cancel(session, self.company, visit, actor="customer", agreed_fee=100_00, now=self.now)
                offers.withdraw(session, visit, self.now)

    @rule(which=st.integers(0, 8), leaving=st.integers(0, WORKERS - 1), joining=st.integers(0, WORKERS - 1))
    def staff_choose(self, which: int, leaving: int, joining: int) -> None:
        with self.trying(visits.NobodyFree, visits.MoveNotAllowed) as session:
            visit = self.visit(session, which)
            team = [worker.id for _, worker in visits.crew(session, visit)] if visit else []
            if visit and self.workers[leaving] in team:
                visits.reassign(
                    session,
                    self.company,
                    visit,
                    leaving=[self.workers[leaving]],
                    joining=[self.workers[joining]],
                    actor="staff",
                    reason="because",
                    now=self.now,
                )
                offers.make(session, self.company, visit, workers=[self.workers[joining]], now=self.now)

    @precondition(lambda self: self.numbers())
    @rule(data=st.data(), yes=st.booleans())
    def answers(self, data: st.DataObject, yes: bool) -> None:
        one = data.draw(st.sampled_from(self.numbers()))
        with self.trying(*NOES) as session:
            worker_id = session.get_one(Offer, one).worker_id
            answer = offers.accept if yes else offers.decline
            answer(session, self.company, one, worker_id=worker_id, now=self.now)

    @rule(minutes=st.sampled_from([5, 15]))
    def time_passes(self, minutes: int) -> None:
        self.now = min(self.now + timedelta(minutes=minutes), at(TUESDAY, 7))
        for number in self.numbers():
            with transaction(self.engine) as session:
                offers.expire(session, self.company, session.get_one(Offer, number), self.now)

    def numbers(self) -> list[int]:
        with transaction(self.engine) as session:
            return [one or 0 for one in session.exec(select(Offer.id).order_by(col(Offer.id)))]

    @invariant()
    def every_live_visit_has_its_crew_and_its_half_hours(self) -> None:
        with transaction(self.engine) as session:
            wanted: list[tuple[int, int, int | None]] = []
            for visit in session.exec(select(Visit)):
                team = [worker.id or 0 for _, worker in visits.crew(session, visit)]
                if visit.status in visits.LIVE:
                    assert len(team) == HOUSE.service(visit.service_code).crew
                    assert sum(each.leads for each, _ in visits.crew(session, visit)) == 1
                    first, end = half_hour(visit.starts_at), half_hour(visit.ends_at)
                    wanted += [(id, at, visit.id) for id in team for at in range(first, end)]
                else:
                    assert team == []
            rows = session.exec(select(Occupied)).all()
            assert sorted((row.worker_id, row.half_hour, row.visit_id) for row in rows) == sorted(wanted)

    @invariant()
    def every_yes_is_of_one_who_comes_for_one_place(self) -> None:
        with transaction(self.engine) as session:
            for visit in session.exec(select(Visit)):
                team = {worker.id for _, worker in visits.crew(session, visit)}
                every = session.exec(select(Offer).where(Offer.visit_id == visit.id)).all()
                yes = [one for one in every if one.status is Status.ACCEPTED]
                assert {one.worker_id for one in yes} <= team
                assert len({one.place for one in yes}) == len(yes)
                assert all(one.place in range(len(team)) for one in yes)
                assert all(one.starts_at == visit.starts_at for one in every if one.status in offers.STANDING)
                if visit.status is visits.Status.CONFIRMED:
                    here = {one.worker_id for one in offers.of_visit(session, visit)}
                    assert team <= here, "somebody is pencilled in and was never asked"
                if offers.is_accepted(session, visit):
                    assert not any(one.status is Status.OPEN for one in every)


@pytest.mark.parametrize("company", [HOUSE, BROADCAST], ids=["sequence", "broadcast"])
def test_whatever_happens_a_place_has_one_worker(company: Company, fresh: Callable[[], Engine]) -> None:
    machine = type("Machine", (Offering,), {"company": company, "fresh": staticmethod(fresh)})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=18, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
