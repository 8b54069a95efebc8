"""What goes wrong with customer service: closed windows, lost answers, sessions of staff, being killed."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot import outbox
from bot.messages import Choice, Inbound, Outbound
from bot.turn import Bot, Receipt, TurnFailed, Unavailable
from channels.base import Health
from channels.delivery import Delivery
from channels.kf import pulling, updates
from channels.kf.api import Api
from channels.kf.channel import KFChannel, api_of, examine
from channels.kf.pulling import Pulling
from channels.kf.record import Record
from core import accounts, clock, identities, staff
from core.company import Company
from core.correspondence import Direction, Message, Peer, Purpose, Status
from core.database import transaction
from core.mailboxes import LEASE, Mailbox
from core.staff import Rank
from tests.channels.house import until
from tests.channels.kf.house import House, opened, settings_for
from tests.channels.wecom import house as wecom_house
from tests.conftest import Moment
from tests.doubles.kf import Customer, Double
from tests.doubles.kf.customers import ENDED, PROGRAM, QUEUE, STAFF


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is posted unasked is looked for often."""
    defaults = Delivery.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "sweep", timedelta(milliseconds=100))


def peer_of(house: House, customer: Customer) -> Peer:
    return Peer("kf", house.double.kf.open_kfid, customer.userid)


def tell(house: House, customer: Customer, text: str, **more: object) -> int:
    """Post something unasked."""
    with transaction(house.engine) as session:
        purpose = more.pop("purpose", Purpose.NOTICE)
        message = Outbound(text, **more)
        return outbox.post(session, peer_of(house, customer), message, clock.now(), purpose=purpose)


def row(house: House, id: int) -> Message:
    return next(one for one in house.record() if one.id == id)


def bind_clerk(session: Session, moment: Moment) -> None:
    """One of the staff, who is told things by the company's application."""
    clerk = staff.hire(session, name="Zhou Min", role=Rank.CLERK, language="zh-CN")
    assert clerk.id is not None
    identities.bind_staff(session, "wecom", "1000002", "ZhouMin", clerk.id, now=moment.now)


async def met(house: House, customer: Customer) -> None:
    """They have written and been answered."""
    await customer.says("你好")
    await customer.sees()
    await house.has_sent()


async def test_after_48_hours_news_waits_for_their_next_word(
    house: House, lin: Customer, moment: Moment
) -> None:
    await met(house, lin)
    moment.forward(hours=48)
    id = tell(house, lin, "师傅明天九点到")
    await until(lambda: row(house, id).way == "wait:window-closed")
    assert len(house.double.asked("kf/send_msg")) == 1

    await lin.says("好的")
    await lin.reads("师傅明天九点到")
    assert house.double.refusals[95001] == 0


async def test_when_the_platform_counts_otherwise_it_is_believed(
    house: House, lin: Customer, moment: Moment
) -> None:
    await met(house, lin)
    moment.forward(minutes=1)
    lin.left = 0
    id = tell(house, lin, "师傅明天九点到")
    await until(lambda: row(house, id).way == "wait:window-closed")

    assert house.double.refusals[95001] == 1
    await lin.says("好的")
    await lin.reads("师傅明天九点到")


async def test_an_answer_that_was_cut_off_is_sent_again_and_shown_once(
    house: House, lin: Customer, moment: Moment
) -> None:
    house.double.drop_next("kf/send_msg", done=True)
    await lin.says("你好")
    await lin.sees()
    await until(lambda: house.record(Direction.OUT)[0].failure is not None)
    moment.forward(seconds=30)
    await until(lambda: house.record(Direction.OUT)[0].status is Status.SENT)

    first, second = house.double.asked("kf/send_msg")
    assert first.params["msgid"] == second.params["msgid"]
    assert len(first.params["msgid"]) <= 32
    assert len(lin.seen) == 1
    assert lin.left == 4


async def test_what_goes_to_everybody_is_sent_again_too(house: House, lin: Customer, moment: Moment) -> None:
    await met(house, lin)
    house.double.drop_next("kf/send_msg", done=True)
    id = tell(house, lin, "新年快乐", purpose=Purpose.BULK)
    await lin.reads("新年快乐")
    await until(lambda: row(house, id).failure is not None)
    moment.forward(seconds=30)
    await until(lambda: row(house, id).status is Status.SENT)

    assert [one.text for one in lin.seen].count("新年快乐") == 1


@pytest.mark.parametrize(
    ("why", "account_fails"), [(4, False), (6, False), (0, False), (99, False), (1, True)]
)
async def test_what_was_taken_and_did_not_arrive_is_said_later(
    house: House, lin: Customer, moment: Moment, why: int, account_fails: bool
) -> None:
    await met(house, lin)
    house.double.undelivered_next(why)
    id = tell(house, lin, "师傅明天九点到")
    await until(lambda: row(house, id).status is Status.UNDELIVERED)
    with transaction(house.engine) as session:
        assert bool(accounts.every(session)) == account_fails
    again = house.record(Direction.OUT)[-1]
    assert (again.body, again.status, again.way) == ("师傅明天九点到", Status.WAITING, "wait:came-back")

    moment.forward(minutes=1)
    await lin.says("好的")
    await lin.reads("师傅明天九点到")
    assert row(house, id).failure is not None
    assert "msg_send_fail" in str(row(house, id).failure)
    assert [one.kind for one in house.record(Direction.IN)] == ["text", "noted", "text"]


async def test_who_refuses_messages_is_unreachable_until_they_write(house: House, lin: Customer) -> None:
    await met(house, lin)
    house.double.undelivered_next(10)
    id = tell(house, lin, "师傅明天九点到")
    await until(lambda: row(house, id).status is Status.UNDELIVERED)
    with transaction(house.engine) as session:
        identity = identities.find(session, *peer_of(house, lin))
        assert identity is not None
        assert identity.unreachable_at is not None
    await lin.says("我回来了")
    await lin.sees()
    with transaction(house.engine) as session:
        identity = identities.find(session, *peer_of(house, lin))
        assert identity is not None
        assert identity.unreachable_at is None


async def test_a_failure_of_another_database_s_message_changes_nothing(house: House, lin: Customer) -> None:
    await met(house, lin)
    for msgid in ("ffffff-2-0-0123456789", "nonsense", ""):
        lin.happens({"event_type": "msg_send_fail", "external_userid": lin.userid, "fail_msgid": msgid})
    await house.settled()

    assert [one.status for one in house.record(Direction.OUT)] == [Status.SENT]


async def test_a_waiting_session_is_asked_for_once(house: House, lin: Customer) -> None:
    lin.state = QUEUE
    await lin.says("你好")
    await lin.sees()

    assert lin.state == PROGRAM
    assert len(house.double.asked("service_state/trans")) == 1


@pytest.mark.parametrize("state", [STAFF, ENDED])
async def test_while_staff_talk_what_we_say_is_held_and_staff_hear_of_it_once(
    house: House, lin: Customer, moment: Moment, state: int
) -> None:
    with transaction(house.engine) as session:
        bind_clerk(session, moment)
    await met(house, lin)
    moment.forward(minutes=1)
    lin.state = state
    ids = [tell(house, lin, f"师傅明天{hour}点到") for hour in (9, 10)]
    await until(lambda: all(row(house, id).way == "wait:window-closed" for id in ids))

    told = [one for one in house.record(Direction.OUT, "wecom") if "师傅明天" in one.body]
    assert len(told) == 1
    assert "客服" in told[0].body
    assert house.double.refusals[95016] == 1


async def test_a_menu_that_is_not_taken_or_too_long_becomes_numbers(house: House, lin: Customer) -> None:
    house.double.fail_next("kf/send_msg", 40008)
    await lin.says("你好")
    (shown,) = await lin.sees()
    assert "1. 预约服务" in shown.text
    assert shown.lines == ()

    choices = (Choice("好", "1:1:a"), Choice("不好", "1:1:b"))
    tell(house, lin, "很长的话。" * 80, choices=choices)
    (shown,) = await lin.sees()
    assert shown.text.endswith("回复数字就行") or "2. 不好" in shown.text


async def test_long_words_are_split_by_bytes(house: House, lin: Customer) -> None:
    await met(house, lin)
    tell(house, lin, "很长的话。" * 200)
    first, second = await lin.sees(2)

    assert len(first.text.encode()) <= 2048
    assert first.text + second.text == "很长的话。" * 200
    assert first.msgid != second.msgid


async def test_who_is_no_customer_any_more_is_unreachable(house: House, lin: Customer) -> None:
    house.double.fail_next("kf/send_msg", 40096)
    await lin.says("你好")
    await until(lambda: any(one.status is Status.UNDELIVERED for one in house.record(Direction.OUT)))


async def test_a_greeting_that_is_refused_waits_for_their_word(house: House, lin: Customer) -> None:
    house.double.fail_next("send_msg_on_event", 40029)
    await lin.comes()
    await until(lambda: any("used-up" in str(one.way) for one in house.record(Direction.OUT)))
    assert lin.seen == []


async def test_a_greeting_that_was_cut_off_is_not_said_again(house: House, lin: Customer) -> None:
    house.double.drop_next("send_msg_on_event", done=True)
    await lin.comes()
    await lin.sees()
    await until(lambda: house.record(Direction.OUT)[0].status is Status.SENT)
    assert len(lin.seen) == 1


async def test_bad_entries_are_kept_or_passed_by_and_stop_nobody(house: House, lin: Customer) -> None:
    log = house.double.kf.log
    house.double.silent = True
    log += ["nonsense", None, {}, {"msgid": "a"}, {"msgid": "b", "external_userid": 7, "origin": "x"}]
    log += [{"msgid": "c" * 500, "external_userid": lin.userid, "origin": 3, "msgtype": "hologram"}]
    log += [{"msgid": "d", "external_userid": lin.userid, "origin": 3, "msgtype": "text", "text": None}]
    log += [{"msgid": "e", "external_userid": lin.userid, "origin": 3, "msgtype": "image", "image": {}}]
    log += [
        {
            "msgid": "f",
            "external_userid": lin.userid,
            "origin": 5,
            "msgtype": "text",
            "text": {"content": "我来"},
        }
    ]
    log += [{"msgid": "g", "external_userid": "", "origin": 3, "msgtype": "text", "text": {"content": "谁"}}]
    log += [{"msgid": "h", "origin": 4, "msgtype": "event", "event": {"event_type": "of_the_future"}}]
    house.double.silent = False
    await lin.says("你好\0")
    await house.settled()

    kinds = [one.kind for one in house.record(Direction.IN)]
    assert sorted(kinds) == sorted(["noted"] * 6 + ["unsupported"] * 2 + ["text"] * 2)
    await lin.sees(2)


async def test_an_event_for_another_account_is_nothing_to_us(house: House, lin: Customer) -> None:
    before = len(house.double.asked("sync_msg"))
    another = house.double.account_of("wkBBBBBB")
    await house.double.ring(another).is_over()
    await house.double.send_raw({"MsgType": "event", "Event": "subscribe", "FromUserName": "ZhangSan"})
    await house.double.quiet()

    assert len(house.double.asked("sync_msg")) == before
    assert house.record() == []
    assert house.double.unanswered == []


async def test_an_event_that_cannot_be_kept_comes_again(
    house: House, lin: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, failures = Record.ring, [Unavailable()]

    def failing(self: Record, token: str) -> None:
        if failures:
            raise failures.pop()
        ring(self, token)

    monkeypatch.setattr(Record, "ring", failing)
    await lin.says("你好")
    await lin.sees()
    callback = house.double.callbacks[-1] if house.double.callbacks else None
    assert callback is None or [one.status for one in callback.deliveries] == [503, 200]


async def test_staff_and_customers_share_one_address(
    engine: Engine, company: Company, double: Double, moment: Moment, tmp_path: Path
) -> None:
    with transaction(engine) as session:
        wecom_house.furnish(session, company, double, moment)
    lin, zhou = double.customer(), double.member(wecom_house.CLERK)
    async with opened(engine, company, double, tmp_path, wecom_agent_id=double.agent_id) as house:
        await lin.says("找客服")
        await lin.sees()
        await zhou.sees()
        await zhou.says("待办")
        await zhou.sees()
        await double.ring(double.account_of("wkBBBBBB")).is_over()

    assert {one.kind for one in house.record(Direction.IN)} == {"text"}
    assert [one.kind for one in house.record(Direction.IN, "wecom")] == ["text", "noted"]
    assert len(double.asked("gettoken")) == 1


async def test_the_operator_is_told_how_things_are(engine: Engine, double: Double, tmp_path: Path) -> None:
    good = settings_for(tmp_path, double, public_url="https://home.example")
    address, account = await examine(good, engine)
    assert address.found == "events come to https://home.example/hooks/wecom"
    assert account.found == "the account is 安心到家客服"

    double.kf.managed = False
    assert (await examine(good, engine))[1].health is Health.PROBLEM
    (_, unknown) = await examine(good.model_copy(update={"wecom_kf_id": "wk1"}), engine)
    assert "MENLING_WECOM_KF_ID" in unknown.advice
    double.listed = False
    (_, refused) = await examine(good, engine)
    assert "可调用接口的应用" in refused.advice


async def test_a_platform_that_cannot_be_fetched_from_is_a_problem_until_it_can(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> None:
    double.listed = False
    settings = settings_for(tmp_path, double)
    with ThreadPoolExecutor(1) as threads:
        channel = KFChannel(settings, engine=engine, company=company, threads=threads)

        async def receive(_: Inbound) -> Receipt:
            raise AssertionError

        channel.routes(receive)
        running = asyncio.create_task(channel.run())
        await until(lambda: bool(channel.standing))
        assert "48002" in channel.standing[0].found
        double.listed = True
        await until(lambda: not channel.standing)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class Process:
    """One process that fetches, whose turns can be cut off where a test says so."""

    def __init__(
        self, engine: Engine, company: Company, double: Double, folder: Path, threads: ThreadPoolExecutor
    ) -> None:
        self.bot, self.threads = Bot(engine, company), threads
        settings = settings_for(folder, double)
        self.api: Api = api_of(settings, engine=engine, threads=threads)
        self.account = double.kf.open_kfid
        self.record = Record(engine, company, self.account, f"process-{id(self)}")
        self.before: BaseException | None = None
        self.after: BaseException | None = None
        self.pulling = Pulling(self.api, self.record, threads, read=self.read, take=self.take)

    def read(self, raw: updates.Raw, box: Mailbox) -> updates.Read:
        return updates.read(raw, account=self.account, now=clock.now(), opened_at=box.opened_at)

    async def take(self, read: updates.Read) -> None:
        if self.before:
            raise self.before
        await asyncio.get_running_loop().run_in_executor(self.threads, self.bot.receive, read.inbound)
        if self.after:
            raise self.after

    def dies(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever it holds it holds until its lease is over."""
        monkeypatch.setattr(self.record, "leave", lambda _box, _is_empty: None)


@pytest.fixture
async def processes(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> AsyncIterator[tuple[Process, Process]]:
    with ThreadPoolExecutor(2) as threads:
        two = (
            Process(engine, company, double, tmp_path, threads),
            Process(engine, company, double, tmp_path, threads),
        )
        yield two
        for one in two:
            await one.api.close()


@pytest.mark.parametrize("where", ["before the page is kept", "before the turn", "after the turn"])
async def test_a_process_that_dies_anywhere_loses_nothing_and_repeats_nothing(
    engine: Engine,
    processes: tuple[Process, Process],
    lin: Customer,
    moment: Moment,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    house, (first, second) = House("", lin.double, engine), processes
    first.dies(monkeypatch)
    await lin.says("第一句")
    await lin.says("第二句")
    killed = asyncio.CancelledError()
    if where == "before the page is kept":

        def keep(_box: object, _page: object) -> bool:
            raise Unavailable

        monkeypatch.setattr(first.record, "keep", keep)
    elif where == "before the turn":
        first.before = killed
    else:
        first.after = killed
    with pytest.raises((TurnFailed, asyncio.CancelledError)):
        await first.pulling.round(always=True)
    assert len(house.record(Direction.IN)) == (where == "after the turn")

    assert not await second.pulling.round()  # its lease is not over
    moment.forward(seconds=LEASE.total_seconds() + 1)
    assert await second.pulling.round()
    assert not await second.pulling.round()
    assert [one.body for one in house.record(Direction.IN)] == ["第一句", "第二句"]
    assert len(house.record(Direction.OUT)) == 2
    assert house.letters() == []
    assert house.box().cursor == "cursor-2"


async def test_whoever_lost_the_mailbox_keeps_nothing_in_it(
    engine: Engine, processes: tuple[Process, Process], lin: Customer, moment: Moment
) -> None:
    first, second = processes
    await lin.says("第一句")
    box = first.record.take(True)
    assert box is not None
    page = (await first.api.fetch(None, "")).page
    moment.forward(minutes=2)
    await lin.says("第二句")
    await second.pulling.round(always=True)

    assert not first.record.keep(box, page)
    assert not first.record.hold(box)
    house = House("", lin.double, engine)
    assert (house.box().cursor, house.letters()) == ("cursor-2", [])


async def test_a_ring_while_somebody_fetches_is_heard_after_that(
    engine: Engine, processes: tuple[Process, Process]
) -> None:
    first, second = processes
    first.record.ring("token")
    box = first.record.take(False)
    assert box is not None
    second.record.ring("another")
    assert second.record.take(False) is None
    first.record.leave(box, True)

    again = second.record.take(False)
    assert again is not None
    assert again.token == "another"  # noqa: S105
    second.record.leave(again, True)
    assert first.record.take(False) is None


async def test_two_that_fetch_at_the_same_moment_give_one_answer(
    engine: Engine, processes: tuple[Process, Process], lin: Customer
) -> None:
    for number in range(5):
        await lin.says(f"第{number}句")
    both = await asyncio.gather(*(one.pulling.round(always=True) for one in processes))

    assert any(both)
    house = House("", lin.double, engine)
    assert [one.body for one in house.record(Direction.IN)] == [f"第{number}句" for number in range(5)]
    assert len(house.record(Direction.OUT)) == 5


async def test_a_letter_that_breaks_us_is_passed_by_and_the_others_are_not_held_up(
    engine: Engine,
    processes: tuple[Process, Process],
    lin: Customer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, _ = processes
    await lin.says("第一句")
    await lin.double.customer("wmOther").says("别人的话")
    take = first.take

    async def broken(read: updates.Read) -> None:
        if read.inbound.sender.user == lin.userid:
            raise ZeroDivisionError
        await take(read)

    monkeypatch.setattr(first.pulling, "_take", broken)
    house = House("", lin.double, engine)
    for _ in range(pulling.TRIES):
        with pytest.raises(TurnFailed):
            await first.pulling.round(always=True)
        assert len(house.letters()) == 1
    assert await first.pulling.round(always=True)
    assert house.letters() == []
    assert [one.body for one in house.record(Direction.IN)] == ["别人的话"]
