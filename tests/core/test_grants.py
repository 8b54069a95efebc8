"""The ledger of what may still be said: what is earned, used, given back and over."""

from collections.abc import Callable
from datetime import datetime, timedelta

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
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from core import grants
from core.correspondence import Peer
from core.database import transaction
from core.grants import Allowance, Budget, Grant, Unit
from tests.conftest import Moment
from tests.core.test_races import together

WANG, LI = Peer("letter", "main", "wang"), Peer("letter", "main", "li")
WROTE = Allowance("wrote", 5, timedelta(hours=48))
PRESSED = Allowance("pressed", 3, timedelta(minutes=1))
FOR_GOOD = Allowance("for-good", 2, None)


def left(session: Session, moment: Moment, peer: Peer = WANG) -> int:
    return grants.budget(session, peer, moment.now).left


def test_who_never_did_anything_may_be_sent_nothing(session: Session, moment: Moment) -> None:
    assert grants.budget(session, WANG, moment.now) == Budget(0, None, None)
    assert grants.spend(session, WANG, moment.now) == ()


def test_what_a_person_does_is_worth_so_many_messages_for_so_long(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, WROTE, moment.now)
    until = moment.now + timedelta(hours=48)
    assert grants.budget(session, WANG, moment.now) == Budget(5, until, moment.now)
    assert left(session, moment, LI) == 0
    assert left(session, moment, WANG._replace(account="second")) == 0
    moment.at(until - timedelta(seconds=1))
    assert left(session, moment) == 5
    moment.at(until)
    assert grants.budget(session, WANG, moment.now) == Budget(0, None, None)
    assert grants.spend(session, WANG, moment.now) == ()


def test_doing_it_again_begins_anew_and_does_not_add(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, WROTE, moment.now)
    assert len(grants.spend(session, WANG, moment.now, messages=2)) == 2
    moment.forward(hours=47)
    grants.earn(session, WANG, WROTE, moment.now)
    assert grants.budget(session, WANG, moment.now) == Budget(5, moment.now + timedelta(hours=48), moment.now)


def test_what_is_heard_late_takes_nothing_away(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, WROTE, moment.now)
    before = grants.budget(session, WANG, moment.now)
    grants.earn(session, WANG, WROTE, moment.now - timedelta(hours=5))
    assert grants.budget(session, WANG, moment.now) == before


def test_kinds_add_up_and_what_ends_soonest_is_used_first(session: Session, moment: Moment) -> None:
    for allowance in (FOR_GOOD, WROTE, PRESSED):
        grants.earn(session, WANG, allowance, moment.now)
    assert grants.budget(session, WANG, moment.now) == Budget(10, None, moment.now)
    used = [unit.kind for _ in range(10) for unit in grants.spend(session, WANG, moment.now)]
    assert used == ["pressed"] * 3 + ["wrote"] * 5 + ["for-good"] * 2
    assert grants.spend(session, WANG, moment.now) == ()
    assert grants.budget(session, WANG, moment.now) == Budget(0, None, moment.now), "used up, not closed"


def test_the_time_limit_is_that_of_the_last_one_left(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, WROTE, moment.now)
    grants.spend(session, WANG, moment.now, messages=5)
    grants.earn(session, WANG, PRESSED, moment.now)
    assert grants.budget(session, WANG, moment.now).until == moment.now + timedelta(minutes=1)


def test_what_is_kept_is_not_touched(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, PRESSED, moment.now)
    assert [bool(grants.spend(session, WANG, moment.now, keep=1)) for _ in range(3)] == [True, True, False]
    assert grants.spend(session, WANG, moment.now) == (Unit("pressed", moment.now),)


def test_several_are_taken_together_or_not_at_all(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, PRESSED, moment.now)
    grants.earn(session, WANG, WROTE, moment.now)
    assert grants.spend(session, WANG, moment.now, messages=9) == ()
    assert grants.spend(session, WANG, moment.now, messages=8, keep=1) == ()
    units = grants.spend(session, WANG, moment.now, messages=4)
    assert [unit.kind for unit in units] == ["pressed", "pressed", "pressed", "wrote"]
    grants.give_back(session, WANG, units[1:])
    assert left(session, moment) == 7


def test_what_was_not_used_comes_back(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, PRESSED, moment.now)
    units = grants.spend(session, WANG, moment.now)
    grants.give_back(session, WANG, units)
    assert left(session, moment) == 3
    grants.give_back(session, WANG, units)
    assert left(session, moment) == 3, "never more than was earned"


def test_nothing_comes_back_into_what_was_earned_later(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, PRESSED, moment.now)
    units = grants.spend(session, WANG, moment.now)
    moment.forward(seconds=5)
    grants.earn(session, WANG, PRESSED, moment.now)
    grants.spend(session, WANG, moment.now)
    grants.give_back(session, WANG, units)
    assert left(session, moment) == 2


def test_what_the_platform_calls_void_is_gone(session: Session, moment: Moment) -> None:
    for allowance in (WROTE, PRESSED):
        grants.earn(session, WANG, allowance, moment.now)
    grants.accept(session, WANG, "T1", moment.now)
    units = grants.spend(session, WANG, moment.now)
    grants.void(session, WANG, "pressed")
    assert left(session, moment) == 5
    grants.void(session, WANG)
    grants.give_back(session, WANG, units)
    assert grants.budget(session, WANG, moment.now) == Budget(0, None, None)
    assert grants.accepted(session, WANG) == {"T1": 1}


def test_what_was_earned_after_the_platform_said_so_stays(session: Session, moment: Moment) -> None:
    grants.earn(session, WANG, PRESSED, moment.now)
    sent_at = moment.forward(seconds=10)
    grants.earn(session, WANG, WROTE, moment.forward(seconds=1))
    grants.void(session, WANG, earned_before=sent_at)
    assert left(session, moment) == 5


def test_a_template_may_be_sent_once_for_each_yes_at_any_time(session: Session, moment: Moment) -> None:
    for template in ("T1", "T1", "T2"):
        grants.accept(session, WANG, template, moment.now)
    moment.forward(days=400)
    assert grants.accepted(session, WANG) == {"T1": 2, "T2": 1}
    assert left(session, moment) == 0, "templates say only what they say"
    assert [len(grants.spend_template(session, WANG, "T1")) for _ in range(3)] == [1, 1, 0]
    assert grants.spend_template(session, LI, "T2") == ()
    assert grants.accepted(session, WANG) == {"T2": 1}


def test_a_template_that_was_not_sent_may_still_be_sent(session: Session, moment: Moment) -> None:
    grants.accept(session, WANG, "T1", moment.now)
    units = grants.spend_template(session, WANG, "T1")
    grants.accept(session, WANG, "T1", moment.forward(minutes=1))
    grants.give_back(session, WANG, units)
    assert grants.accepted(session, WANG) == {"T1": 2}


def test_a_no_takes_every_yes_back(session: Session, moment: Moment) -> None:
    for template in ("T1", "T1", "T2"):
        grants.accept(session, WANG, template, moment.now)
    units = grants.spend_template(session, WANG, "T1")
    grants.reject(session, WANG, "T1")
    grants.give_back(session, WANG, units)
    assert grants.accepted(session, WANG) == {"T2": 1}
    grants.accept(session, WANG, "T1", moment.forward(minutes=1))
    assert grants.accepted(session, WANG) == {"T1": 1, "T2": 1}


def test_what_is_over_is_swept_up_bit_by_bit(session: Session, moment: Moment) -> None:
    for number in range(5):
        grants.earn(session, WANG._replace(user=str(number)), PRESSED, moment.now)
    grants.earn(session, WANG, WROTE, moment.now)
    grants.earn(session, WANG, FOR_GOOD, moment.now)
    grants.accept(session, WANG, "T1", moment.now)
    assert grants.sweep(session, moment.now) == 0
    moment.forward(minutes=1)
    assert [grants.sweep(session, moment.now, limit=3) for _ in range(3)] == [3, 2, 0]
    assert left(session, moment) == 7
    assert grants.accepted(session, WANG) == {"T1": 1}


@pytest.mark.parametrize("wrong", [-1, 6])
def test_the_database_itself_keeps_the_count(session: Session, moment: Moment, wrong: int) -> None:
    session.add(Grant(**WANG._asdict(), kind="wrote", left=wrong, earned=5, earned_at=moment.now))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_same_message_is_never_spent_twice(engine: Engine, moment: Moment) -> None:
    now = moment.now
    with transaction(engine) as session:
        grants.earn(session, WANG, PRESSED, now)
        grants.earn(session, WANG, WROTE, now)
    results = together(engine, [lambda session: grants.spend(session, WANG, now, keep=1)] * 12)
    kinds = sorted(unit.kind for units in results if isinstance(units, tuple) for unit in units)
    assert kinds == ["pressed"] * 3 + ["wrote"] * 4
    with transaction(engine) as session:
        assert grants.budget(session, WANG, now).left == 1


def test_many_things_at_once_keep_the_count(engine: Engine, moment: Moment) -> None:
    now = moment.now
    with transaction(engine) as session:
        grants.accept(session, WANG, "T1", now)
        grants.earn(session, LI, PRESSED, now - timedelta(hours=1))
    acts: list[Callable[[Session], object]] = [
        lambda session: grants.earn(session, WANG, WROTE, now),
        lambda session: grants.earn(session, WANG, WROTE, now),
        lambda session: grants.accept(session, WANG, "T1", now),
        lambda session: grants.accept(session, WANG, "T2", now),
        lambda session: grants.accept(session, WANG, "T2", now),
        lambda session: grants.spend_template(session, WANG, "T1"),
        lambda session: grants.sweep(session, now),
        lambda session: grants.sweep(session, now),
    ]
    together(engine, acts)
    with transaction(engine) as session:
        assert grants.budget(session, WANG, now).left == 5
        assert grants.accepted(session, WANG) == {"T1": 1, "T2": 2}
        assert session.exec(select(Grant).where(Grant.user == LI.user)).all() == []


class Ledger(RuleBasedStateMachine):
    """Anything that may happen to one person's grants, beside a count of it that is kept by hand."""

    fresh: Callable[[], Engine]

    def __init__(self) -> None:
        super().__init__()
        self.engine = self.fresh()
        self.now = datetime.fromisoformat("2026-11-23T01:00:00+00:00")
        self.earned: dict[str, tuple[int, datetime, datetime | None]] = {}
        self.used: dict[str, int] = {}
        self.out: list[Unit] = []

    def teardown(self) -> None:
        self.engine.dispose()

    def live(self) -> dict[str, int]:
        return {
            kind: count - self.used[kind]
            for kind, (count, _, until) in self.earned.items()
            if until is None or until > self.now
        }

    @rule(by=st.sampled_from([timedelta(seconds=1), timedelta(seconds=59), timedelta(hours=30)]))
    def wait(self, by: timedelta) -> None:
        self.now += by

    @rule(allowance=st.sampled_from([WROTE, PRESSED, FOR_GOOD]))
    def earn(self, allowance: Allowance) -> None:
        with transaction(self.engine) as session:
            grants.earn(session, WANG, allowance, self.now)
        until = None if allowance.lasts is None else self.now + allowance.lasts
        self.earned[allowance.kind] = (allowance.messages, self.now, until)
        self.used[allowance.kind] = 0
        self.out = [unit for unit in self.out if unit.kind != allowance.kind]

    @rule(keep=st.integers(0, 2), messages=st.integers(1, 4))
    def spend(self, keep: int, messages: int) -> None:
        live = self.live()
        with transaction(self.engine) as session:
            units = grants.spend(session, WANG, self.now, keep=keep, messages=messages)
        assert len(units) == (messages if sum(live.values()) >= messages + keep else 0)
        for unit in units:
            assert unit.kind in live, "what has expired is never used"
            self.used[unit.kind] += 1
            ends = [self.earned[kind][2] for kind, rest in live.items() if rest > 0 and self.earned[kind][2]]
            mine = self.earned[unit.kind][2]
            assert mine == min(ends) if ends else mine is None, "what ends soonest goes first"
            live[unit.kind] -= 1
        self.out += units

    @precondition(lambda self: self.out)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        unit = data.draw(st.sampled_from(self.out))
        with transaction(self.engine) as session:
            grants.give_back(session, WANG, [unit])
        self.out.remove(unit)
        self.used[unit.kind] -= 1

    @rule(kind=st.sampled_from([None, "wrote", "pressed"]))
    def void(self, kind: str | None) -> None:
        with transaction(self.engine) as session:
            grants.void(session, WANG, kind)
        self.forget([kind] if kind else list(self.earned))

    @rule()
    def sweep(self) -> None:
        with transaction(self.engine) as session:
            grants.sweep(session, self.now)
        self.forget([kind for kind in self.earned if kind not in self.live()])

    def forget(self, kinds: list[str]) -> None:
        self.earned = {kind: earned for kind, earned in self.earned.items() if kind not in kinds}
        self.out = [unit for unit in self.out if unit.kind not in kinds]

    @invariant()
    def the_count_is_right(self) -> None:
        with transaction(self.engine) as session:
            assert grants.budget(session, WANG, self.now).left == sum(self.live().values())
            for grant in session.exec(select(Grant)).all():
                assert 0 <= grant.left <= grant.earned == self.earned[grant.kind][0]


def test_whatever_happens_the_count_is_right(fresh: Callable[[], Engine]) -> None:
    machine = type("AnyLedger", (Ledger,), {"fresh": staticmethod(fresh)})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=50, stateful_step_count=30, suppress_health_check=list(HealthCheck)),
    )
