"""What delivery does when platforms fail, throttle, move people, or leave us in doubt."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.messages import Outbound, Sender
from channels.base import (
    Capabilities,
    Down,
    Misconfigured,
    Moved,
    OutcomeUnknown,
    TryLater,
    Unreachable,
)
from channels.delivery import Delivery
from core import accounts, clock, company, correspondence, customers, identities, staff
from core.accounts import FAILURES_BEFORE_REST, RESTS, ChannelAccount, State
from core.correspondence import BACKOFF, LEASE, Peer, Purpose, Status
from core.database import transaction
from core.staff import Rank
from tests import town
from tests.channels.test_delivery import FakeChannel, fails, post, rows, running, until
from tests.conftest import Moment

pytestmark = pytest.mark.both_databases

COMPANY = company.load()
QUICKLY = timedelta(milliseconds=20)
Fate = Callable[[Sender, Outbound], Awaitable[None]]
WANG = Peer("fake", "main", "wang")


def delivery(engine: Engine, *channels: FakeChannel) -> Delivery:
    return Delivery(engine, COMPANY, channels, sweep=QUICKLY)


def account(engine: Engine) -> ChannelAccount | None:
    with Session(engine) as session:
        return session.get(ChannelAccount, ("fake", "main"))


async def test_an_answer_overtakes_what_goes_to_everybody(engine: Engine, moment: Moment) -> None:
    post(engine, "wang", "满200减20", purpose=Purpose.BULK)
    post(engine, "li", "满200减20", purpose=Purpose.BULK)
    post(engine, "wang", "明天有预约", purpose=Purpose.NOTICE)
    post(engine, "wang", "约好了", purpose=Purpose.ANSWER)
    channel = FakeChannel()

    async with running(delivery(engine, channel)):
        await until(lambda: len(channel.sent) == 4)

    assert channel.heard()["wang"] == ["明天有预约", "约好了", "满200减20"]


async def test_an_answer_waits_for_a_bulk_message_that_is_on_its_way(engine: Engine, moment: Moment) -> None:
    gate = asyncio.Event()

    async def slow(_to: Sender, message: Outbound) -> None:
        if message.text == "满200减20":
            await gate.wait()

    post(engine, "wang", "满200减20", purpose=Purpose.BULK)
    channel = FakeChannel(fate=slow)

    async with running(delivery(engine, channel)):
        await until(lambda: channel.tried == 1)
        post(engine, "wang", "约好了")
        post(engine, "li", "您好")
        await until(lambda: channel.sent == [("li", "您好")])
        gate.set()
        await until(lambda: len(channel.sent) == 3)

    assert channel.heard()["wang"] == ["满200减20", "约好了"]


@pytest.mark.parametrize("purpose", [Purpose.ANSWER, Purpose.NOTICE])
async def test_what_may_have_arrived_is_sent_again_when_that_is_harmless(
    engine: Engine, moment: Moment, purpose: Purpose
) -> None:
    post(engine, "wang", "约好了", purpose=purpose)
    channel = FakeChannel(fate=fails(OutcomeUnknown("cut off")))

    async with running(delivery(engine, channel)):
        await until(lambda: channel.tried == 1 and rows(engine)[0].status is Status.WAITING)
        assert rows(engine)[0].due_at == moment.now + BACKOFF[0]
        moment.forward(seconds=BACKOFF[0].total_seconds())
        await until(lambda: bool(channel.sent))

    assert rows(engine)[0].status is Status.SENT


async def test_what_went_to_everybody_and_may_have_arrived_is_never_sent_again(
    engine: Engine, moment: Moment
) -> None:
    post(engine, "wang", "满200减20", purpose=Purpose.BULK)
    post(engine, "li", "满200减20", purpose=Purpose.BULK)
    with transaction(engine) as crashed:
        [lost] = correspondence.claim(crashed, "fake", "main", clock.now(), 1)
    channel = FakeChannel(fate=fails(OutcomeUnknown("cut off")))
    moment.forward(seconds=LEASE.total_seconds() + 1)

    async with running(delivery(engine, channel)):
        await until(lambda: {row.status for row in rows(engine)} == {Status.UNKNOWN})

    assert channel.tried == 1
    assert lost.peer.user == "wang"


async def test_a_send_that_takes_for_ever_is_in_doubt(
    engine: Engine, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.delivery.LONGEST_SEND", timedelta(milliseconds=10))

    async def hangs(_to: Sender, _message: Outbound) -> None:
        await asyncio.Event().wait()

    post(engine, "wang", "满200减20", purpose=Purpose.BULK)

    async with running(delivery(engine, FakeChannel(fate=hangs))):
        await until(lambda: rows(engine)[0].status is Status.UNKNOWN)


async def test_an_account_that_keeps_failing_rests_and_is_tried_with_one_message(
    engine: Engine, moment: Moment
) -> None:
    for n in range(20):
        post(engine, f"user{n}", "您好")
    down = True

    async def fate(_to: Sender, _message: Outbound) -> None:
        if down:
            raise Down("connection refused")

    channel = FakeChannel(fate=fate)

    def rested(times: int) -> bool:
        found = account(engine)
        return found is not None and found.failures == FAILURES_BEFORE_REST + times

    async with running(delivery(engine, channel)):
        await until(lambda: rested(0) and not _under_way(engine))
        found = account(engine)
        assert found is not None
        assert found.state(clock.now()) is State.RESTING
        assert found.rest_until == moment.now + RESTS[0]
        tried = channel.tried
        moment.forward(seconds=RESTS[0].total_seconds() - 1)
        await asyncio.sleep(0.1)
        assert channel.tried == tried, "nothing is tried while it rests"
        moment.forward(seconds=1)
        await until(lambda: rested(1) and not _under_way(engine))
        assert channel.tried == tried + 1, "one message shows whether it works again"
        down = False
        moment.forward(seconds=RESTS[1].total_seconds())
        await until(lambda: len(channel.sent) == 20)
        await until(lambda: (found := account(engine)) is not None and not found.is_in_trouble)


async def test_another_process_obeys_the_rest(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        accounts.failed(session, "fake", "main", "401", for_good=True, now=clock.now())
    post(engine, "wang", "您好")
    channel = FakeChannel()

    async with running(delivery(engine, channel)):
        await asyncio.sleep(0.1)
        assert not channel.tried
        moment.forward(seconds=RESTS[0].total_seconds())
        await until(lambda: bool(channel.sent))


async def test_a_wrong_setting_rests_at_once_and_staff_are_told_when_it_lasts(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        clerk = staff.hire(session, name="小周", role=Rank.CLERK, language="zh-CN")
        assert clerk.id is not None
        identities.bind_staff(session, "page", "main", "desk", clerk.id, now=clock.now())
    post(engine, "wang", "您好")
    channel = FakeChannel(fate=fails(*[Misconfigured("the token is wrong")] * 20))

    async with running(delivery(engine, channel)):
        for _ in range(10):
            tried = channel.tried
            await until(lambda tried=tried: channel.tried > tried and not _under_way(engine))
            moment.forward(seconds=RESTS[-1].total_seconds())
        told = [row for row in rows(engine) if row.user == "desk"]

    assert [row.body.split("，")[0] for row in told] == ["fake 发不出消息"]
    assert "the token is wrong" in told[0].body


async def test_a_platform_that_asks_everybody_to_wait_is_left_alone_and_is_no_failure(
    engine: Engine, moment: Moment
) -> None:
    post(engine, "wang", "您好")
    channel = FakeChannel(fate=fails(TryLater(timedelta(seconds=7), whole=True)))

    async with running(delivery(engine, channel)):
        await until(lambda: channel.tried == 1 and not _under_way(engine))
        post(engine, "li", "您好")
        await asyncio.sleep(0.1)
        assert channel.tried == 1
        moment.forward(seconds=7)
        await until(lambda: len(channel.sent) == 2)

    found = account(engine)
    assert found is not None
    assert found.failures == 0


async def test_a_person_who_moved_is_written_to_at_the_new_address(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        identities.behind(session, *WANG, language="zh-CN", now=clock.now())
    post(engine, "wang", "one", "two")
    channel = FakeChannel(fate=fails(Moved("-100777")))

    async with running(delivery(engine, channel)):
        await until(lambda: len(channel.sent) == 2)

    assert channel.sent == [("-100777", "one"), ("-100777", "two")]
    with Session(engine) as session:
        assert identities.find(session, *WANG) is None
        assert identities.find(session, "fake", "main", "-100777") is not None


async def test_the_rest_of_a_long_message_is_sent_after_a_failure_and_not_all_again(
    engine: Engine, moment: Moment
) -> None:
    post(engine, "wang", "\n".join(f"line {n}" for n in range(10)))
    seen: list[str] = []

    async def fate(_to: Sender, message: Outbound) -> None:
        if len(seen) == 1 and "again" not in seen:
            seen.append("again")
            raise TryLater(timedelta(seconds=1))
        seen.append(message.text)

    channel = FakeChannel(can=Capabilities(text=24), fate=fate)

    async with running(delivery(engine, channel)):
        await until(lambda: len(channel.sent) == 1 and not _under_way(engine))
        moment.forward(seconds=2)
        await until(lambda: rows(engine)[0].status is Status.SENT)

    assert "\n".join(channel.heard()["wang"]).split("\n") == [f"line {n}" for n in range(10)]


@dataclass
class Screen(FakeChannel):
    """A platform on which messages can be changed."""

    can: Capabilities = field(default_factory=lambda: Capabilities(buttons=8, edits=True))
    closed: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[str | None] = field(default_factory=list)

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        await super().send(to, message, purpose=purpose)
        self.replaced.append(replaces)
        return f"id{len(self.sent)}"

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        self.closed.append((external_id, f"{shown.text} ✓{chosen}"))


def answer(engine: Engine, content: dict[str, object]) -> int:
    with transaction(engine) as session:
        return correspondence.post(session, WANG, body="几小时？", content=content, now=clock.now())


async def test_an_answered_question_is_closed_and_a_changed_one_is_replaced(
    engine: Engine, moment: Moment
) -> None:
    choices = [{"label": "3 小时", "data": "1:0", "kind": "answer"}]
    asked = answer(engine, {"choices": choices, "card": None})
    channel = Screen()

    async with running(delivery(engine, channel)):
        await until(lambda: rows(engine)[-1].status is Status.SENT)
        changed = answer(engine, {"choices": choices, "card": None, "replaces": asked})
        await until(lambda: rows(engine)[-1].status is Status.SENT)
        answer(engine, {"choices": [], "card": None, "closes": changed, "chosen": "3 小时"})
        await until(lambda: rows(engine)[-1].status is Status.SENT)

    assert channel.replaced == [None, "id1", None]
    assert channel.closed == [("id2", "几小时？ ✓3 小时")]


async def test_keys_that_belong_to_no_message_go_before_what_has_buttons(
    engine: Engine, moment: Moment
) -> None:
    buttons = {"choices": [{"label": "是", "data": "3:0", "kind": "answer"}], "card": None}
    first = answer(engine, {"choices": [], "card": None, "shares": "place"})
    channel = Screen()

    async with running(delivery(engine, channel)):
        await until(lambda: rows(engine)[-1].status is Status.SENT)
        again = answer(
            engine, {"choices": [], "card": None, "shares": "place", "closes": first, "chosen": ""}
        )
        await until(lambda: rows(engine)[-1].status is Status.SENT)
        assert channel.closed == [], "the same keys are needed again"
        answer(engine, buttons | {"closes": again, "chosen": ""})
        await until(lambda: rows(engine)[-1].status is Status.SENT)

    assert [closed for closed, _ in channel.closed] == ["id2"]


async def test_a_question_that_needs_several_messages_now_is_sent_anew(
    engine: Engine, moment: Moment
) -> None:
    asked = answer(engine, {"choices": [], "card": None})
    channel = Screen(can=Capabilities(buttons=8, edits=True, text=24))

    async with running(delivery(engine, channel)):
        await until(lambda: rows(engine)[-1].status is Status.SENT)
        with transaction(engine) as session:
            long, content = "line\n" * 10, {"choices": [], "card": None, "replaces": asked}
            correspondence.post(session, WANG, body=long, content=content, now=clock.now())
        await until(lambda: rows(engine)[-1].status is Status.SENT)

    assert set(channel.replaced) == {None}


async def test_a_question_that_never_arrived_is_not_closed(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        lost = correspondence.post(session, WANG, body="几小时？", content={}, now=clock.now())
        correspondence.give_up(session, lost, "blocked")
    answer(engine, {"choices": [], "card": None, "closes": lost, "chosen": ""})
    channel = Screen()

    async with running(delivery(engine, channel)):
        await until(lambda: rows(engine)[-1].status is Status.SENT)

    assert channel.closed == []


async def test_staff_hear_of_a_customer_who_blocked_us_and_has_a_visit_ahead(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        town.furnish(session, COMPANY, clock.now())
        ahead = town.awaited(session, COMPANY, clock.now() + timedelta(days=1), clock.now())
        identities.bind_customer(session, *WANG, ahead.customer_id, now=clock.now())
        phone = session.get_one(customers.Customer, ahead.customer_id).phone
    post(engine, "wang", "师傅明天到", purpose=Purpose.NOTICE)
    post(engine, "wang", "再次提醒", purpose=Purpose.NOTICE)
    channel = FakeChannel(fate=fails(Unreachable("blocked the bot"), Unreachable("blocked the bot")))

    async with running(delivery(engine, channel)):
        await until(lambda: channel.tried == 2 and not _under_way(engine))

    told = [row.body for row in rows(engine) if "联系不上" in row.body]
    assert len(told) == 1, "the clerk once, however many messages fail"
    assert "但有预约" in told[0]
    assert "师傅明天到" in told[0]
    assert phone is not None
    assert phone[-4:] in told[0]


async def test_staff_are_not_told_of_somebody_who_is_reached_elsewhere(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        town.furnish(session, COMPANY, clock.now())
        ahead = town.awaited(session, COMPANY, clock.now() + timedelta(days=1), clock.now())
        for peer in (WANG, ("web", "main", "wang")):
            identities.bind_customer(session, *peer, ahead.customer_id, now=clock.now())
    post(engine, "wang", "师傅明天到", purpose=Purpose.NOTICE)

    async with running(delivery(engine, FakeChannel(fate=fails(Unreachable("blocked"))))):
        await until(lambda: any(row.status is Status.UNDELIVERED for row in rows(engine)))

    assert not [row for row in rows(engine) if "联系不上" in row.body]


async def test_staff_are_not_told_of_everybody_who_does_not_want_a_campaign(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        town.furnish(session, COMPANY, clock.now())
        identities.behind(session, *WANG, language="zh-CN", now=clock.now())
    post(engine, "wang", "满200减20", purpose=Purpose.BULK)

    async with running(delivery(engine, FakeChannel(fate=fails(Unreachable("blocked"))))):
        await until(lambda: any(row.status is Status.UNDELIVERED for row in rows(engine)))

    assert not [row for row in rows(engine) if "联系不上" in row.body]


def _under_way(engine: Engine) -> bool:
    return any(row.status is Status.SENDING for row in rows(engine))
