import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select
from starlette.routing import BaseRoute
from structlog.testing import capture_logs

from bot.messages import Outbound, Sender
from channels.base import (
    Capabilities,
    ContentRefused,
    Misconfigured,
    Receive,
    TryLater,
    Unreachable,
    WindowClosed,
)
from channels.delivery import Delivery
from core import clock, company, correspondence, identities
from core.correspondence import BACKOFF, LEASE, UNSENT, Direction, Message, Purpose, Status
from tests.conftest import Moment

pytestmark = pytest.mark.both_databases

COMPANY = company.load()
QUICKLY = timedelta(milliseconds=20)
PATIENCE = 30  # seconds for a busy machine; nothing here waits for a clock on the wall

Fate = Callable[[Sender, Outbound], Awaitable[None]]


@dataclass
class FakeChannel:
    """A platform that keeps what it was sent, and fails as `fate` tells it to."""

    name: str = "fake"
    account: str = "main"
    can: Capabilities = field(default_factory=lambda: Capabilities(buttons=3))
    sent: list[tuple[str, str]] = field(default_factory=list)
    """User and text of what arrived, in the order of arrival."""
    tried: int = 0
    fate: Fate | None = None

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        return ()

    async def run(self) -> None:
        """Nothing by itself."""

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        self.tried += 1
        await asyncio.sleep(0)
        if self.fate:
            await self.fate(to, message)
        self.sent.append((to.user, message.text))
        return None

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Nothing to see."""

    def heard(self) -> dict[str, list[str]]:
        heard: dict[str, list[str]] = defaultdict(list)
        for user, text in self.sent:
            heard[user].append(text)
        return heard


def fails(*failures: Exception) -> Fate:
    """Raise these, one at a time, and then work."""
    left = list(failures)

    async def fate(_to: Sender, _message: Outbound) -> None:
        if left:
            raise left.pop(0)

    return fate


def post(
    engine: Engine,
    user: str,
    *texts: str,
    channel: str = "fake",
    expires_at: datetime | None = None,
    purpose: Purpose = Purpose.ANSWER,
) -> None:
    with Session(engine) as session:
        for text in texts:
            now = clock.now()
            session.add(
                Message(
                    direction=Direction.OUT,
                    channel=channel,
                    account="main",
                    user=user,
                    kind="text",
                    purpose=purpose,
                    body=text,
                    content={"choices": [], "card": None},
                    status=Status.WAITING,
                    created_at=now,
                    due_at=now,
                    expires_at=expires_at,
                )
            )
            session.flush()
        session.commit()


def rows(engine: Engine) -> list[Message]:
    with Session(engine) as session:
        return list(session.exec(select(Message).order_by(col(Message.id))))


@asynccontextmanager
async def running(*deliveries: Delivery) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(delivery.run()) for delivery in deliveries]
    try:
        yield
    finally:
        for delivery in deliveries:
            await delivery.stop()
        await asyncio.gather(*tasks)


async def until(condition: Callable[[], bool], meanwhile: Callable[[], object] = lambda: None) -> None:
    """Let the loop turn until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            meanwhile()
            await asyncio.sleep(0.002)


async def test_what_waits_is_sent_and_written_down(engine: Engine, moment: Moment) -> None:
    post(engine, "wang", "您好", "需要哪项服务？")
    channel = FakeChannel()

    async with running(Delivery(engine, COMPANY, [channel])):
        await until(lambda: len(channel.sent) == 2)

    assert channel.heard() == {"wang": ["您好", "需要哪项服务？"]}
    assert [(row.status, row.sent_at) for row in rows(engine)] == [(Status.SENT, moment.now)] * 2


async def test_a_wake_up_sends_at_once_without_waiting_for_the_sweep(engine: Engine, moment: Moment) -> None:
    channel = FakeChannel()
    delivery = Delivery(engine, COMPANY, [channel], sweep=timedelta(hours=1))

    async with running(delivery):
        post(engine, "wang", "到了")
        delivery.wake()
        await until(lambda: bool(channel.sent))

    assert channel.sent == [("wang", "到了")]


async def test_what_piled_up_for_one_person_is_sent_without_waiting_for_sweeps(
    engine: Engine, moment: Moment
) -> None:
    """As after a crash: everything waits behind one message that nobody finished."""
    texts = [str(number) for number in range(10)]
    post(engine, "wang", *texts)
    channel = FakeChannel()

    async with running(Delivery(engine, COMPANY, [channel], sweep=timedelta(hours=1))):
        await until(lambda: len(channel.sent) == len(texts))

    assert channel.heard() == {"wang": texts}


async def test_the_sweep_finds_what_another_process_left(engine: Engine, moment: Moment) -> None:
    channel = FakeChannel()

    async with running(Delivery(engine, COMPANY, [channel], sweep=QUICKLY)):
        post(engine, "wang", "到了")
        await until(lambda: bool(channel.sent))

    assert channel.sent == [("wang", "到了")]


async def test_a_channel_whose_page_fetches_is_left_alone(engine: Engine, moment: Moment) -> None:
    page = FakeChannel("page", can=Capabilities(fetched=True))
    phone = FakeChannel("phone")
    post(engine, "wang", "one", channel="page")
    post(engine, "wang", "two", channel="phone")

    async with running(Delivery(engine, COMPANY, [page, phone])):
        await until(lambda: bool(phone.sent))

    assert not page.tried
    assert [row.status for row in rows(engine)] == [Status.WAITING, Status.SENT]


@pytest.mark.parametrize("seed", range(3))
async def test_each_person_hears_everything_in_order_however_the_channel_fails(
    engine: Engine, moment: Moment, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - moods, not secrets
    people = {f"user{n}": [f"{n}.{line}" for line in range(6)] for n in range(5)}
    for user, texts in people.items():
        post(engine, user, *texts)

    async def moody(_to: Sender, _message: Outbound) -> None:
        for _ in range(chance.randrange(4)):
            await asyncio.sleep(0)
        if chance.random() < 0.4:
            raise chance.choice(
                [
                    TryLater(timedelta(seconds=chance.randrange(90))),
                    ConnectionError("reset"),
                    Misconfigured("token"),
                ]
            )

    channel = FakeChannel(fate=moody)

    def time_passes() -> None:
        """To the moment when something is due, but never past the lease of what is being sent."""
        left = [row for row in rows(engine) if row.status in UNSENT]
        next_to = {row.user: row.due_at for row in reversed(left) if row.due_at}
        if left and all(row.status is Status.WAITING for row in left):
            moment.at(max(moment.now + timedelta(seconds=1), min(next_to.values())))

    async with running(Delivery(engine, COMPANY, [channel], sweep=QUICKLY)):
        await until(lambda: len(channel.sent) == 30, time_passes)

    assert channel.heard() == people


async def test_many_people_are_written_to_at_the_same_time(engine: Engine, moment: Moment) -> None:
    together = asyncio.Barrier(5)

    async def meet(_to: Sender, _message: Outbound) -> None:
        await together.wait()

    for n in range(5):
        post(engine, f"user{n}", "您好")
    channel = FakeChannel(fate=meet)

    async with running(Delivery(engine, COMPANY, [channel])):
        await until(lambda: len(channel.sent) == 5)


async def test_two_processes_never_send_one_message_twice(engine: Engine, moment: Moment) -> None:
    people = {f"user{n}": [f"{n}.{line}" for line in range(4)] for n in range(12)}
    for user, texts in people.items():
        post(engine, user, *texts)
    one, other = FakeChannel(), FakeChannel()
    both: list[tuple[str, str]] = []
    one.sent = other.sent = both

    async with running(
        Delivery(engine, COMPANY, [one], sweep=QUICKLY), Delivery(engine, COMPANY, [other], sweep=QUICKLY)
    ):
        await until(lambda: len(both) >= 48)

    assert one.heard() == people
    assert one.tried + other.tried == 48
    assert all(row.status is Status.SENT for row in rows(engine))


async def test_a_message_lost_in_a_crash_is_sent_when_its_lease_has_run_out(
    engine: Engine, moment: Moment
) -> None:
    post(engine, "wang", "您好")
    with Session(engine) as crashed:
        assert len(correspondence.claim(crashed, "fake", "main", clock.now(), 10)) == 1
        crashed.commit()
    channel = FakeChannel()
    delivery = Delivery(engine, COMPANY, [channel], sweep=QUICKLY)

    async with running(delivery):
        post(engine, "li", "在吗")
        await until(lambda: len(channel.sent) == 1)
        assert channel.sent == [("li", "在吗")]
        moment.at(moment.now + LEASE + timedelta(seconds=1))
        await until(lambda: len(channel.sent) == 2)

    assert channel.sent[1] == ("wang", "您好")


async def test_where_one_process_sends_it_need_not_wait_for_the_lease_of_the_one_before(
    engine: Engine, moment: Moment
) -> None:
    post(engine, "wang", "您好", "在吗")
    with Session(engine) as crashed:
        correspondence.claim(crashed, "fake", "main", clock.now(), 10)
        crashed.commit()
    moment.forward(seconds=1)
    channel = FakeChannel()

    async with running(Delivery(engine, COMPANY, [channel], sweep=QUICKLY)):
        if engine.dialect.name == "postgresql":
            await asyncio.sleep(0.1)
            assert not channel.sent, "the other process may still be sending it"
            moment.forward(seconds=LEASE.total_seconds())
        await until(lambda: len(channel.sent) == 2)

    assert channel.heard() == {"wang": ["您好", "在吗"]}


async def test_what_has_expired_is_not_sent(engine: Engine, moment: Moment) -> None:
    post(engine, "wang", "一小时后到", expires_at=moment.now + timedelta(hours=1))
    moment.forward(hours=2)
    post(engine, "li", "您好")
    channel = FakeChannel()

    async with running(Delivery(engine, COMPANY, [channel])):
        await until(lambda: bool(channel.sent))

    assert channel.sent == [("li", "您好")]


@pytest.mark.parametrize(
    "failure", [Unreachable("blocked"), ContentRefused("spam"), WindowClosed("48 hours")]
)
async def test_what_can_never_arrive_is_given_up_with_the_reason(
    engine: Engine, moment: Moment, failure: Exception
) -> None:
    post(engine, "wang", "one", "two")
    channel = FakeChannel(fate=fails(failure))

    async with running(Delivery(engine, COMPANY, [channel])):
        await until(lambda: channel.tried == 2 or rows(engine)[1].status is Status.UNDELIVERED)

    given_up = rows(engine)[0]
    assert given_up.status is Status.UNDELIVERED
    assert given_up.failure is not None
    assert type(failure).__name__ in given_up.failure
    assert str(failure) in given_up.failure


async def test_who_cannot_be_reached_any_more_is_remembered_as_such(engine: Engine, moment: Moment) -> None:
    with Session(engine) as session:
        for user in ("wang", "li"):
            identities.behind(session, "fake", "main", user, language="zh-CN", now=moment.now)
        session.commit()
    post(engine, "wang", "one")
    post(engine, "li", "one")
    blocked = {"wang": Unreachable("blocked"), "li": WindowClosed("48 hours")}

    async def fate(to: Sender, _message: Outbound) -> None:
        raise blocked[to.user]

    async with running(Delivery(engine, COMPANY, [FakeChannel(fate=fate)])):
        await until(lambda: {row.status for row in rows(engine)} == {Status.UNDELIVERED})

    with Session(engine) as session:
        lost = {user: identities.find(session, "fake", "main", user) for user in ("wang", "li")}
        assert lost["wang"] is not None
        assert lost["wang"].unreachable_at == moment.now
        assert lost["li"] is not None
        assert lost["li"].unreachable_at is None, "a window that closed opens again with the next word"


async def test_the_pauses_grow_with_every_failure(engine: Engine, moment: Moment) -> None:
    post(engine, "wang", "您好")
    channel = FakeChannel(fate=fails(*[ConnectionError("down")] * 3))
    delivery = Delivery(engine, COMPANY, [channel], sweep=QUICKLY)
    pauses = []

    async with running(delivery):
        for tries in (1, 2, 3):
            await until(lambda tries=tries: rows(engine)[0].attempts == tries and not _under_way(engine))
            due_at = rows(engine)[0].due_at
            assert due_at is not None
            pauses.append(due_at - moment.now)
            moment.at(due_at)
        await until(lambda: bool(channel.sent))

    assert pauses == list(BACKOFF[:3])


def _under_way(engine: Engine) -> bool:
    return any(row.status is Status.SENDING for row in rows(engine))


async def test_the_platform_s_own_word_on_when_to_try_again_is_kept(engine: Engine, moment: Moment) -> None:
    post(engine, "wang", "您好")
    channel = FakeChannel(fate=fails(TryLater(timedelta(seconds=77))))

    async with running(Delivery(engine, COMPANY, [channel])):
        await until(lambda: bool(channel.tried))

    assert rows(engine)[0].due_at == moment.now + timedelta(seconds=77)
    assert rows(engine)[0].status is Status.WAITING


async def test_a_wrong_setting_is_reported_once_and_the_message_waits(engine: Engine, moment: Moment) -> None:
    for n in range(4):
        post(engine, f"user{n}", "您好")
    channel = FakeChannel(fate=fails(*[Misconfigured("the token is wrong")] * 4))
    delivery = Delivery(engine, COMPANY, [channel])

    with capture_logs() as logs:
        async with running(delivery):
            await until(lambda: channel.tried == 4)
        assert all(row.status is Status.WAITING for row in rows(engine))

    assert [line["reason"] for line in logs if line["event"] == "outbox.misconfigured"] == [
        "the token is wrong"
    ]


async def test_a_broken_channel_does_not_stop_the_others(engine: Engine, moment: Moment) -> None:
    async def breaks(_to: Sender, _message: Outbound) -> None:
        raise KeyError("chat")

    broken, good = FakeChannel("broken", fate=breaks), FakeChannel("good")
    post(engine, "wang", "one", channel="broken")

    with capture_logs() as logs:
        async with running(Delivery(engine, COMPANY, [broken, good], sweep=QUICKLY)):
            await until(lambda: bool(broken.tried))
            post(engine, "wang", "two", channel="good")
            await until(lambda: bool(good.sent))

    first, second = rows(engine)
    assert (first.status, first.failure) == (Status.WAITING, "KeyError: 'chat'")
    assert second.status is Status.SENT
    assert [line["message"] for line in logs if line["event"] == "outbox.channel_broken"] == [first.id]


async def test_a_database_that_goes_away_and_comes_back_loses_nothing(
    engine: Engine, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = FakeChannel()
    delivery = Delivery(engine, COMPANY, [channel], sweep=QUICKLY)
    gone = True
    refused = 0

    def refuse(*_: object) -> None:
        nonlocal refused
        if gone:
            refused += 1
            raise OperationalError("BEGIN", None, ConnectionError("no route to the database"))

    post(engine, "wang", "您好")
    event.listen(engine, "begin", refuse)
    try:
        with capture_logs() as logs:
            async with running(delivery):
                await until(lambda: refused >= 2)
                gone = False
                await until(lambda: bool(channel.sent))
    finally:
        event.remove(engine, "begin", refuse)

    assert channel.sent == [("wang", "您好")]
    assert rows(engine)[0].status is Status.SENT
    told = [line["event"] for line in logs if line["log_level"] != "debug"]
    assert told == ["outbox.database_failed", "outbox.database_back"]


async def test_a_send_that_arrived_while_the_database_was_away_is_not_repeated(
    engine: Engine, moment: Moment
) -> None:
    gone = False

    def refuse(*_: object) -> None:
        if gone:
            raise OperationalError("BEGIN", None, ConnectionError("no route to the database"))

    async def cut(_to: Sender, _message: Outbound) -> None:
        nonlocal gone
        gone = True

    channel = FakeChannel(fate=cut)
    post(engine, "wang", "您好")
    event.listen(engine, "begin", refuse)
    try:
        async with running(Delivery(engine, COMPANY, [channel], sweep=QUICKLY)):
            await until(lambda: bool(channel.sent))
            gone = False
            await until(lambda: rows(engine)[0].status is Status.SENT)
    finally:
        event.remove(engine, "begin", refuse)

    assert channel.tried == 1


async def test_stopping_lets_a_send_on_its_way_arrive(engine: Engine, moment: Moment) -> None:
    post(engine, "wang", "您好")
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_to: Sender, _message: Outbound) -> None:
        begun.set()
        await go_on.wait()

    channel = FakeChannel(fate=slow)
    delivery = Delivery(engine, COMPANY, [channel])
    task = asyncio.create_task(delivery.run())
    await begun.wait()
    stopping = asyncio.create_task(delivery.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    await task

    assert channel.sent == [("wang", "您好")]
    assert rows(engine)[0].status is Status.SENT


async def test_stopping_what_never_ran_does_not_hang(engine: Engine) -> None:
    async with asyncio.timeout(PATIENCE):
        await Delivery(engine, COMPANY, [FakeChannel()]).stop()


@pytest.mark.parametrize(("language", "hint_is_chinese"), [("zh-CN", True), ("", True), ("en", False)])
async def test_choices_without_buttons_are_explained_in_the_message_s_language(
    engine: Engine, language: str, hint_is_chinese: bool
) -> None:
    post(engine, "wang", "?")
    with Session(engine) as session:
        choices = [{"label": f"{n}", "data": f"a:{n}", "kind": "answer"} for n in range(5)]
        content = {"choices": choices, "card": None, "language": language}
        session.exec(select(Message)).one().content = content
        session.commit()
    channel = FakeChannel()

    async with running(Delivery(engine, COMPANY, [channel])):
        await until(lambda: bool(channel.sent))

    [(_, text)] = channel.sent
    assert text.startswith("?\n1. 0\n2. 1\n")
    assert ("回复" in text) is hint_is_chinese
