"""Notices that wait for one person are said in one message where messages are counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from bot import outbox
from bot.messages import Card, Choice, Outbound
from channels import outcomes
from channels.base import (
    Capabilities,
    Down,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WindowClosed,
)
from channels.delivery import Delivery
from channels.outcomes import Outcome
from channels.spending import Spending
from core import correspondence, grants, ways
from core.company import Company
from core.correspondence import LEASE, Claimed, Message, Peer, Purpose, Status
from core.database import transaction
from core.grants import Allowance, Grant
from core.ways import Limits
from tests.channels.test_delivery import FakeChannel, fails, running, until
from tests.conftest import Moment

WANG = Peer("fake", "main", "wang")
LIMITS = Limits(counted=True, earns={"message": Allowance("wrote", 5, timedelta(hours=48))})
COUNTED = Capabilities(buttons=3, text=200, limits=LIMITS)
MOVE = Choice("改时间", "go:moving:V1")


def post(
    engine: Engine, moment: Moment, *said: str | Outbound, purpose: Purpose = Purpose.NOTICE, lasts: int = 99
) -> list[int]:
    until = moment.now + timedelta(hours=lasts)
    with transaction(engine) as session:
        return [
            outbox.post(
                session,
                WANG,
                replace(one if isinstance(one, Outbound) else Outbound(one), until=until),
                moment.now,
                purpose=purpose,
            )
            for one in said
        ]


def writes(engine: Engine, moment: Moment) -> int:
    """They write; what was held becomes due."""
    with transaction(engine) as session:
        return ways.met(session, WANG, "message", LIMITS, moment.now)


def rows(engine: Engine) -> list[Message]:
    with Session(engine) as session:
        return list(session.exec(select(Message).order_by(col(Message.id))))


def left(engine: Engine, moment: Moment) -> int:
    with transaction(engine) as session:
        return grants.budget(session, WANG, moment.now).left


@dataclass
class Carrier:
    """Does what delivery does, one round at a time, and keeps what arrived."""

    engine: Engine
    company: Company
    moment: Moment
    arrived: list[Claimed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.channel = FakeChannel(can=COUNTED)
        self.born()

    def born(self) -> None:
        """Begin anew, as after a crash."""
        self.spending = Spending(self.company, {WANG[:2]: self.channel})

    def claims(self) -> list[Claimed]:
        """What goes now."""
        going = []
        with transaction(self.engine) as session:
            correspondence.sweep(session, *WANG[:2], self.moment.now)
            for one in correspondence.claim(session, *WANG[:2], self.moment.now):
                message = self.spending.joined(session, one, self.moment.now)
                goes, _ = self.spending.plan(session, message, self.moment.now)
                correspondence.likewise(session, message)
                going += [message] if goes else []
        return going

    def ends(self, message: Claimed, failure: Exception | None = None) -> None:
        """Write down how a send ended."""
        if failure is None:
            self.arrived.append(message)
            self.spending.used(message)
        with transaction(self.engine) as session:
            outcome = Outcome(message, failure, self.moment.now, None if failure else "7", int(not failure))
            outcomes.write_down(session, self.company, self.spending.settle(session, outcome))


@pytest.fixture
def carrier(engine: Engine, company: Company, moment: Moment) -> Carrier:
    return Carrier(engine, company, moment)


async def test_what_was_held_is_said_in_one_message_and_costs_one(
    engine: Engine, company: Company, moment: Moment
) -> None:
    channel = FakeChannel(can=COUNTED)
    post(engine, moment, "一", "二", "三", "四", "五")
    async with running(Delivery(engine, company, [channel], sweep=timedelta(milliseconds=20))):
        await until(lambda: [row.way for row in rows(engine)] == ["wait:window-closed"] * 5)
        writes(engine, moment)
        await until(lambda: {row.status for row in rows(engine)} == {Status.SENT})

    assert channel.sent == [("wang", "一\n\n二\n\n三\n\n四\n\n五")]
    assert {(row.way, row.sent_at, row.receipt) for row in rows(engine)} == {
        ("direct:budget", moment.now, None)
    }
    assert left(engine, moment) == 4


async def test_what_becomes_due_together_is_said_together_and_again_when_it_failed(
    engine: Engine, company: Company, moment: Moment
) -> None:
    channel = FakeChannel(can=COUNTED, fate=fails(Down(), OutcomeUnknown()))
    writes(engine, moment)
    post(engine, moment, "一", "二")
    async with running(Delivery(engine, company, [channel], sweep=timedelta(milliseconds=20))):
        await until(
            lambda: {row.status for row in rows(engine)} == {Status.SENT},
            meanwhile=lambda: moment.forward(seconds=1),
        )

    assert channel.sent == [("wang", "一\n\n二")]
    assert channel.tried == 3
    assert left(engine, moment) == 3, "of what is unknown it is thought that it arrived"


def test_the_choices_of_the_last_stay_and_the_others_are_written_out(
    engine: Engine, carrier: Carrier, moment: Moment
) -> None:
    first = Outbound("明天见", (MOVE,), Card("周三", (("时间", "9:00"),)))
    post(engine, moment, first, Outbound("后天见", (Choice("取消", "go:cancelling:V2"),)))
    writes(engine, moment)
    (message,) = carrier.claims()

    said = outbox.outbound(message)
    assert said.text == "明天见\n\n周三\n时间：9:00\n\n[改时间]\n\n后天见"
    assert said.choices == (Choice("取消", "go:cancelling:V2"),)


def test_a_question_is_said_last(engine: Engine, carrier: Carrier, moment: Moment) -> None:
    asks = Outbound("几点？", (Choice("九点", "3:0"),))
    shares = Outbound("在哪？", shares="place")
    writes(engine, moment)
    post(engine, moment, "一", asks, "二", shares, "三")
    said = []
    while going := carrier.claims():
        said += [message.body for message in going]
        carrier.ends(going[0])

    assert said == ["一\n\n几点？", "二\n\n在哪？", "三"]


def test_what_does_not_fit_into_one_message_comes_next(
    engine: Engine, carrier: Carrier, moment: Moment
) -> None:
    writes(engine, moment)
    post(engine, moment, "a" * 90, "b" * 90, "c" * 90)
    (first,) = carrier.claims()
    carrier.ends(first)
    (second,) = carrier.claims()

    assert (first.body, second.body) == ("a" * 90 + "\n\n" + "b" * 90, "c" * 90)


def test_what_has_expired_is_left_out(engine: Engine, carrier: Carrier, moment: Moment) -> None:
    post(engine, moment, "一")
    post(engine, moment, "二", lasts=1)
    post(engine, moment, "三")
    assert carrier.claims() == []
    moment.forward(hours=2)
    writes(engine, moment)
    (message,) = carrier.claims()
    carrier.ends(message)

    assert message.body == "一\n\n三"
    assert [row.status for row in rows(engine)] == [Status.SENT, Status.EXPIRED, Status.SENT]


def test_an_answer_and_what_goes_to_everybody_come_by_themselves(
    engine: Engine, carrier: Carrier, moment: Moment
) -> None:
    writes(engine, moment)
    post(engine, moment, "一")
    post(engine, moment, "给大家", purpose=Purpose.BULK)
    post(engine, moment, "二")
    post(engine, moment, "答", purpose=Purpose.ANSWER)
    post(engine, moment, "三")
    said = []
    while going := carrier.claims():
        said += [message.body for message in going]
        carrier.ends(going[0])

    assert said == ["一\n\n二", "答", "三", "给大家"]


def test_the_last_message_takes_everything_along_with_what_must_be_known(
    engine: Engine, carrier: Carrier, moment: Moment
) -> None:
    writes(engine, moment)
    with transaction(engine) as session:
        grants.spend(session, WANG, moment.now, messages=4)
    post(engine, moment, "一", Outbound("要紧", critical=True), "二")
    (message,) = carrier.claims()
    carrier.ends(message)

    assert message.body == "一\n\n要紧\n\n二"
    assert {row.way for row in rows(engine)} == {"direct:reserve"}
    assert left(engine, moment) == 0


@pytest.mark.parametrize(
    ("failure", "status", "cost"),
    [
        (TryLater(timedelta(seconds=5)), Status.WAITING, 0),
        (Down(), Status.WAITING, 0),
        (OutcomeUnknown(), Status.WAITING, 1),
        (Unreachable("gone"), Status.UNDELIVERED, 1),
        (WindowClosed(), Status.WAITING, 5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_all_fare_alike(
    engine: Engine, carrier: Carrier, moment: Moment, failure: Exception, status: Status, cost: int
) -> None:
    writes(engine, moment)
    moment.forward(seconds=1)
    post(engine, moment, "一", "二", "三")
    (message,) = carrier.claims()
    carrier.ends(message, failure)

    found = {(row.status, row.due_at, row.failure, row.lease_until) for row in rows(engine)}
    assert len(found) == 1
    assert {row.status for row in rows(engine)} == {status}
    assert left(engine, moment) == 5 - cost


def test_a_crash_in_between_leaves_all_to_be_said_together(
    engine: Engine, carrier: Carrier, moment: Moment
) -> None:
    writes(engine, moment)
    post(engine, moment, "一", "二")
    assert [message.body for message in carrier.claims()] == ["一\n\n二"]
    carrier.born()
    assert carrier.claims() == []
    moment.forward(seconds=LEASE.total_seconds())

    assert [message.body for message in carrier.claims()] == ["一\n\n二"]


def test_where_nobody_counts_each_comes_by_itself(
    engine: Engine, company: Company, carrier: Carrier, moment: Moment
) -> None:
    carrier.channel = FakeChannel(can=Capabilities())
    carrier.born()
    post(engine, moment, "一", "二")

    assert [message.body for message in carrier.claims()] == ["一"]


FAILURES: Sequence[Callable[[], Exception | None]] = (
    lambda: None,
    lambda: None,
    lambda: TryLater(timedelta(seconds=3)),
    Down,
    WindowClosed,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("says"), st.integers(1, 4), st.booleans()),
        st.tuples(st.just("asks"), st.just(1), st.booleans()),
        st.tuples(st.just("writes"), st.just(0), st.just(False)),
        st.tuples(st.just("round"), st.integers(0, len(FAILURES) - 1), st.booleans()),
        st.tuples(st.just("crash"), st.just(0), st.just(False)),
        st.tuples(st.just("waits"), st.integers(1, 200), st.just(False)),
    ),
    max_size=25,
)


@pytest.fixture
def clean(engine: Engine) -> Callable[[], None]:
    def clean() -> None:
        with transaction(engine) as session:
            session.connection().execute(delete(Message))
            session.connection().execute(delete(Grant))

    return clean


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_nothing_is_lost_and_nothing_said_twice(
    engine: Engine,
    company: Company,
    moment: Moment,
    clean: Callable[[], None],
    steps: list[tuple[str, int, bool]],
) -> None:
    clean()
    carrier, number = Carrier(engine, company, moment), 0
    for what, how, critical in steps:
        match what:
            case "says" | "asks":
                choices = (Choice("好", "3:0"),) if what == "asks" else (MOVE,)
                for _ in range(how):
                    number += 1
                    post(engine, moment, Outbound(f"<{number}>", choices, critical=critical))
            case "writes":
                writes(engine, moment)
            case "round":
                for message in carrier.claims():
                    carrier.ends(message, FAILURES[how]())
            case "crash":
                carrier.claims()
                carrier.born()
            case "waits":
                moment.forward(seconds=how)
    # At last the platform works and the person keeps writing: everything arrives.
    for _ in range(number + 5):
        moment.forward(minutes=40)
        writes(engine, moment)
        while going := carrier.claims():
            for message in going:
                carrier.ends(message)

    said = [part for message in carrier.arrived for part in message.body.split("\n\n")]
    numbers = [part for part in said if part.startswith("<")]
    assert sorted(numbers) == sorted(f"<{one}>" for one in range(1, number + 1))
    assert {row.status for row in rows(engine)} <= {Status.SENT}
    for message in carrier.arrived:
        inside = [int(part.strip("<>")) for part in message.body.split("\n\n") if part.startswith("<")]
        assert inside == sorted(inside)
        assert len(inside) == 1 + len(message.along)
