"""Whatever happens, a complaint that is not closed has an owner, and somebody looks at it in time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core import complaints, duties, identities, reminders, team
from core.complaints import Complaint, Kind, Rung, Severity, Source, Status, clocks, handling, owners
from core.database import transaction
from core.errors import DomainError
from core.identities import Identity
from core.members import Membership, Tier
from core.reminders import Reminder
from core.staff import Rank, StaffMember
from core.visits import Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_ladder import hire

RANKS = (Rank.CLERK, Rank.CLERK, Rank.CLERK, Rank.LEAD, Rank.LEAD, Rank.MANAGER)
KINDS = (Kind.INJURY, Kind.DAMAGE, Kind.QUALITY, Kind.SUGGESTION)
YEAR = timedelta(days=365)
WHICH = st.integers(0, 5)
WHO = st.integers(0, len(RANKS) - 1)


class Complaining(RuleBasedStateMachine):
    """Two customers, one of whom was visited by the first clerk, and six on the staff who come and go."""

    fresh: Callable[[], Engine]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.engine = self.fresh()
        with transaction(self.engine) as session:
            self.staff = [hire(session, str(n), rank) for n, rank in enumerate(RANKS)]
            worker = homes.worker(session)
            identities.bind_worker(session, "web", "main", "staff-0", homes.id_of(worker), now=NOW)
            visited, other = homes.customer(session), homes.customer(session)
            visit = homes.place(session, visited, at(TUESDAY, 12))
            kept = {"joined_at": NOW, "tier_since": NOW, "tier": Tier.DIAMOND, "tier_until": NOW + YEAR}
            session.add(Membership(customer_id=other.id, manager_id=self.staff[3], **kept))
            self.customers = [(visited.id, visit.id), (other.id, None)]
        self.complains(who=0, kind=Kind.QUALITY, hours=None)

    def teardown(self) -> None:
        self.engine.dispose()

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """One transaction, in which the company may say no."""
        try:
            with transaction(self.engine) as session:
                yield session
        except DomainError:
            pass

    @contextmanager
    def one(self, which: int) -> Iterator[tuple[Session, Complaint]]:
        """One of the complaints there are."""
        with self.trying() as session:
            found = session.exec(select(Complaint).order_by(col(Complaint.id))).all()
            yield session, found[which % len(found)]

    @rule(who=st.integers(0, 1), kind=st.sampled_from(KINDS), hours=st.none() | st.integers(-5, 50))
    def complains(self, who: int, kind: Kind, hours: int | None) -> None:
        customer_id, visit_id = self.customers[who]
        with self.trying() as session:
            complaints.open(
                session,
                HOUSE,
                customer_id or 0,
                kind=kind,
                words="words",
                visit=session.get(Visit, visit_id) if visit_id else None,
                source=Source.WORDS,
                outside_by=None if hours is None else self.now + timedelta(hours=hours),
                now=self.now,
            )

    @rule(which=WHICH, who=WHO)
    def takes_it(self, which: int, who: int) -> None:
        with self.one(which) as (session, complaint):
            complaints.acknowledge(session, HOUSE, complaint, self.staff[who], self.now)
            assert complaint.owner_id == self.staff[who]

    @rule(which=WHICH, to=WHO, by=WHO)
    def passes_on(self, which: int, to: int, by: int) -> None:
        with self.one(which) as (session, complaint):
            to_id, by_id = self.staff[to], self.staff[by]
            complaints.pass_on(session, HOUSE, complaint, to=to_id, by=by_id, reason="busy", now=self.now)
            assert complaint.owner_id == to_id

    @rule(which=WHICH, rung=st.sampled_from(Rung))
    def is_raised(self, which: int, rung: Rung) -> None:
        with self.one(which) as (session, complaint):
            complaints.raise_to(session, HOUSE, complaint, rung, "because", self.now)
            assert not owners.is_below(complaint.rung, rung)

    @rule(which=WHICH)
    def customer_wants_the_manager(self, which: int) -> None:
        with self.one(which) as (session, complaint):
            if complaints.ask_for_manager(session, HOUSE, complaint, self.now):
                assert not owners.is_below(complaint.rung, Rung.MANAGER)

    @rule(which=WHICH, who=WHO)
    def staff_ask_the_customer(self, which: int, who: int) -> None:
        with self.one(which) as (session, complaint):
            handling.ask_customer(session, HOUSE, complaint, self.staff[who], self.now)

    @rule(which=WHICH, who=WHO, plans=st.booleans())
    def staff_answer(self, which: int, who: int, plans: bool) -> None:
        with self.one(which) as (session, complaint):
            if plans:
                until = self.now + timedelta(hours=3)
                staff_id = self.staff[who]
                handling.plan(session, HOUSE, complaint, staff_id, "plan", until=until, now=self.now)
            else:
                handling.said_to_customer(session, HOUSE, complaint, self.staff[who], "hello", self.now)

    @rule(which=WHICH)
    def customer_writes(self, which: int) -> None:
        with self.one(which) as (session, complaint):
            handling.heard_from_customer(session, HOUSE, complaint, "more", now=self.now)

    @rule(which=WHICH, who=WHO)
    def is_resolved(self, which: int, who: int) -> None:
        with self.one(which) as (session, complaint):
            handling.resolve(
                session,
                HOUSE,
                complaint,
                self.staff[who],
                cause=complaints.Cause.SKILL,
                upheld=True,
                outcome="done",
                now=self.now,
            )

    @rule(which=WHICH, yes=st.booleans())
    def customer_says_whether_it_is_solved(self, which: int, yes: bool) -> None:
        with self.one(which) as (session, complaint):
            if yes:
                handling.solved(session, HOUSE, complaint, self.now)
            else:
                handling.unsolved(session, HOUSE, complaint, "no", now=self.now)

    @rule(which=WHICH, severity=st.sampled_from(Severity))
    def is_judged_worse(self, which: int, severity: Severity) -> None:
        with self.one(which) as (session, complaint):
            if severity < complaint.severity and complaint.status in complaints.UNSETTLED:
                complaints.worsen(session, HOUSE, complaint, severity, "because", self.now)

    @rule(who=WHO, on_duty=st.booleans())
    def comes_or_goes(self, who: int, on_duty: bool) -> None:
        with transaction(self.engine) as session:
            change = duties.come if on_duty else duties.go
            change(session, HOUSE, self.staff[who], self.now)

    @rule(who=WHO, dismissed=st.booleans())
    def leaves(self, who: int, dismissed: bool) -> None:
        """Somebody new comes in their place where they were dismissed; a lost chat is found again later."""
        with transaction(self.engine) as session:
            member = session.get_one(StaffMember, self.staff[who])
            if dismissed:
                team.dismiss_member(session, HOUSE, member, self.now)
                name = f"{self.staff[who]}+"
                self.staff[who] = hire(session, name, RANKS[who])
            else:
                theirs = session.exec(select(Identity).where(Identity.staff_id == member.id)).all()
                for identity in theirs:
                    identities.lose(session, identity, now=self.now)
                    complaints.lose(session, HOUSE, identity, self.now)

    @rule()
    def chats_are_found_again(self) -> None:
        with transaction(self.engine) as session:
            for identity in session.exec(select(Identity).where(col(Identity.staff_id).is_not(None))):
                identities.regain(session, identity)

    @rule(minutes=st.sampled_from([1, 7, 30, 4 * 60, 24 * 60, 5 * 24 * 60]), seen=st.booleans())
    def time_passes(self, minutes: int, seen: bool) -> None:
        """With us watching, every due moment is met; without, everything is done late and at once.

        Over days only without: at the top somebody is called every few minutes.
        """
        then = self.now + timedelta(minutes=minutes)
        while seen and minutes <= 4 * 60 and (due := self.first_due()) is not None and due <= then:
            self.now = max(self.now, due)
            self.sweep()
        self.now = then
        self.sweep()

    def first_due(self) -> object:
        with transaction(self.engine) as session:
            waiting = select(Reminder.due_at).where(
                Reminder.kind == clocks.KIND, Reminder.status == reminders.Status.WAITING
            )
            return session.exec(waiting.order_by(col(Reminder.due_at)).limit(1)).first()

    def sweep(self) -> None:
        with transaction(self.engine) as session:
            for one in reminders.claim(session, self.now):
                if one.kind == clocks.KIND:
                    complaint = session.get_one(Complaint, int(one.subject))
                    complaints.take_steps(session, HOUSE, complaint, self.now)
                reminders.done(session, one, "", self.now)

    @invariant()
    def whoever_has_it_is_there_and_was_not_at_the_visit(self) -> None:
        with transaction(self.engine) as session:
            for one in session.exec(select(Complaint).where(Complaint.status != Status.CLOSED)):
                assert one.owner_id is not None or one.rung is Rung.OWNER
                if one.owner_id is not None:
                    assert session.get_one(StaffMember, one.owner_id).active
                    assert one.owner_id not in owners.witnesses(session, one.visit_id)

    @invariant()
    def somebody_looks_at_it_before_anything_is_late(self) -> None:
        with transaction(self.engine) as session:
            for one in session.exec(select(Complaint)):
                if one.status is Status.CLOSED:
                    assert one.next_at is None
                    continue
                coming = clocks.steps(one, HOUSE)
                assert coming, "something is always due"
                assert one.next_at == coming[0].at
                waiting = select(Reminder.due_at).where(
                    Reminder.kind == clocks.KIND,
                    Reminder.subject == str(one.id),
                    Reminder.status == reminders.Status.WAITING,
                )
                assert min(session.exec(waiting)) <= one.next_at

    @invariant()
    def no_promise_is_later_than_what_somebody_outside_gave(self) -> None:
        with transaction(self.engine) as session:
            for one in session.exec(select(Complaint).where(Complaint.status == Status.OPEN)):
                if one.outside_by is not None and one.outside_by > self.now:
                    assert all(by <= one.outside_by for by in clocks.deadlines(one).values())

    @invariant()
    def who_is_open_is_promised_something_to_come(self) -> None:
        with transaction(self.engine) as session:
            for one in session.exec(select(Complaint).where(Complaint.status == Status.OPEN)):
                promised = clocks.promise(one, HOUSE, self.now)
                assert promised is not None
                assert promised.by > self.now


def test_whatever_happens_a_complaint_has_an_owner_and_a_next_moment(fresh: Callable[[], Engine]) -> None:
    machine = type("Machine", (Complaining,), {"fresh": staticmethod(fresh)})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=20, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
