"""What people see of what we send, on the stand-in of the platform that keeps its rules."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.messages import Card, Choice, Outbound, Sender
from channels.base import Moved, NoRoom, OutcomeUnknown, TryLater, Unreachable
from channels.pace import Pace
from channels.render import fit
from channels.telegram import showing
from channels.telegram.addresses import is_group
from channels.telegram.api import Api
from channels.telegram.record import Record
from channels.telegram.sending import Sending
from channels.telegram.showing import CAN
from core.correspondence import Purpose
from core.database import connect
from tests.channels.telegram.house import record_of
from tests.doubles.clock import Clock
from tests.doubles.telegram import Double, Group, Person

ANSWER, NOTICE, BULK = Purpose.ANSWER, Purpose.NOTICE, Purpose.BULK
FORUM = -1001
visit = Card("日常保洁 <3>", (("时间", "周三 14:00"), ("Price", "¥180 & up")), "可免费取消")
question = Outbound(
    "请确认：",
    (
        Choice("确认", "booking:c:1"),
        Choice("修改", "booking:c:2"),
        Choice("上一步", "booking:w:back", "way"),
    ),
    visit,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def double(clock: Clock) -> AsyncIterator[Double]:
    async with Double(now=clock.now, sleep=clock.sleep) as double:
        yield double


@pytest.fixture
def record(sqlite_template: Path, tmp_path: Path) -> Iterator[Record]:
    shutil.copyfile(sqlite_template, tmp_path / "menling.db")
    engine: Engine = connect(f"sqlite:///{tmp_path / 'menling.db'}")
    yield record_of(engine)
    engine.dispose()


@pytest.fixture
async def sending(double: Double, clock: Clock, record: Record) -> AsyncIterator[Sending]:
    async def pass_time(seconds: float) -> None:
        clock.forward(seconds=seconds)

    api = Api(double.token, double.url)
    with ThreadPoolExecutor(1) as threads:
        yield Sending(
            api,
            Pace(showing.PACE, clock.now, is_group=is_group),
            record,
            threads,
            sleep=pass_time,
            jitter=lambda: 0.0,
        )
    await api.close()


@pytest.fixture
def alice(double: Double) -> Person:
    return double.person(42, "Alice", started=True)


@pytest.fixture
def staff(double: Double) -> Group:
    return double.group(FORUM, forum=True)


def to(user: object) -> Sender:
    return Sender("telegram", "main", str(user))


async def say(sending: Sending, user: object, message: Outbound, replaces: str | None = None) -> str:
    return await sending.send(to(user), message, purpose=ANSWER, replaces=replaces)


async def test_a_question_is_seen_pressed_and_closed(sending: Sending, alice: Person) -> None:
    id = await say(sending, 42, question)

    [seen] = await alice.hears()
    assert seen.text == "请确认：\n\n日常保洁 <3>\n时间：周三 14:00\nPrice: ¥180 & up\n可免费取消"
    assert seen.buttons == (("确认", "修改"), ("上一步",))
    press = await alice.taps("确认")
    await sending.acknowledge(press.query_id)
    await sending.close(to(42), question, id, chosen="确认")
    assert alice.screen[-1].text == f"{seen.text}\n\n✓ 确认"
    assert alice.screen[-1].buttons == ()
    assert await alice.is_toasted() == [("", False)]


async def test_a_press_is_acknowledged_once_and_later_is_no_failure(sending: Sending, alice: Person) -> None:
    await say(sending, 42, question)
    press = await alice.taps("确认")
    for _ in range(2):
        await sending.acknowledge(press.query_id, "好")

    assert alice.toasts == [("好", False)]


async def test_a_changed_question_stays_where_it_was(sending: Sending, alice: Person) -> None:
    id = await say(sending, 42, question)
    changed = Outbound("还是这样？", question.choices, replaces=True)

    assert await say(sending, 42, changed, replaces=id) == id
    assert await say(sending, 42, changed, replaces=id) == id
    assert [seen.text for seen in alice.screen] == ["还是这样？"]


async def test_what_was_deleted_is_said_again(sending: Sending, alice: Person) -> None:
    assert await say(sending, 42, question, replaces="42:900") == "42:1"


async def test_a_phone_number_is_asked_for_with_a_key_that_goes_away(sending: Sending, alice: Person) -> None:
    back = Choice("Back", "booking:w:back", "way")
    asked = Outbound("Your number?", (back,), shares="contact", language="en")
    id = await say(sending, 42, asked)

    assert alice.keyboard == (("📱 Share my number",), ("Back",))
    await alice.taps("📱 Share my number")
    await say(sending, 42, Outbound("Thank you"), replaces=id)  # which cannot be changed: it has keys
    assert alice.keyboard == ()
    assert [seen.text for seen in alice.screen if seen.kind == "text"] == ["Your number?", "Thank you"]


async def test_before_a_question_with_buttons_the_keys_go_with_a_word(
    sending: Sending, alice: Person
) -> None:
    asked = Outbound("Your number?", shares="contact", language="en")
    id = await say(sending, 42, asked)
    await alice.says("13800001234")
    await sending.close(to(42), asked, id, chosen="")
    await say(sending, 42, question)

    assert alice.keyboard == ()
    assert [seen.text for seen in alice.screen if seen.sender == "bot"][1] == "All right."


@pytest.mark.parametrize("leaving", ["blocks", "deactivates"])
async def test_who_left_is_unreachable(sending: Sending, alice: Person, leaving: str) -> None:
    await getattr(alice, leaving)()

    with pytest.raises(Unreachable):
        await say(sending, 42, question)


async def test_who_never_came_is_unreachable(sending: Sending, double: Double) -> None:
    double.person(43)
    for user in (43, 44):
        with pytest.raises(Unreachable):
            await say(sending, user, question)


async def test_a_group_that_threw_us_out_is_unreachable(
    sending: Sending, alice: Person, staff: Group
) -> None:
    await staff.kicks_bot(alice)

    with pytest.raises(Unreachable, match="kicked"):
        await say(sending, FORUM, question)


async def test_a_group_that_moved_says_where_to(sending: Sending, alice: Person, double: Double) -> None:
    group = double.group(-77)
    await group.migrates(-1009, alice)

    with pytest.raises(Moved) as moved:
        await say(sending, -77, question)
    assert await say(sending, moved.value.user, question) == "-1009:2"


async def test_each_case_has_a_topic_which_comes_back_when_it_is_deleted(
    sending: Sending, staff: Group
) -> None:
    for case in (17, 18, 17):
        await say(sending, f"{FORUM}#complaint-{case}", question)
    first, second = staff.topics
    assert list(staff.topics.values()) == ["complaint-17", "complaint-18"]
    assert [len(staff.in_thread(thread)) for thread in (first, second)] == [3, 2]

    await staff.drops_topic(first)
    await say(sending, f"{FORUM}#complaint-17", question)

    assert list(staff.topics.values()) == ["complaint-18", "complaint-17"]
    assert [seen.text for seen in staff.in_thread(list(staff.topics)[1])][-1].startswith("请确认")


async def test_a_group_without_topics_has_no_room(sending: Sending, double: Double) -> None:
    double.group(-1002)

    with pytest.raises(NoRoom, match="not a forum"):
        await say(sending, "-1002#complaint-17", question)


async def test_a_message_that_arrived_unheard_is_not_said_twice(
    sending: Sending, double: Double, alice: Person
) -> None:
    double.drop_next("sendMessage", done=True)

    with pytest.raises(OutcomeUnknown):
        await say(sending, 42, question)
    assert len(alice.screen) == 1


async def test_whatever_is_long_arrives_whole(sending: Sending, alice: Person) -> None:
    words = Outbound("阿姨打扫卫生，<b>下周三</b>。" * 300 + "🧹" * 2_000, question.choices, visit)
    parts = fit(words, CAN, number_hint="回复数字即可")
    for part in parts:
        await say(sending, 42, part)

    assert 2 <= len(parts) <= 4
    said = "".join(seen.text for seen in alice.screen)
    assert said.startswith(words.text.rstrip())
    assert said.endswith("可免费取消")
    assert alice.screen[-1].labels == ("确认", "修改", "上一步")


async def test_a_campaign_never_meets_the_platforms_limits(
    sending: Sending, double: Double, clock: Clock, staff: Group
) -> None:
    people = [double.person(1_000 + number, started=True) for number in range(150)]
    start, waiting = clock.now(), 0
    for round in range(2):
        for person in people:
            await sending.send(to(person.id), Outbound(f"{round}"), purpose=BULK)
        for number in range(12):
            try:
                await sending.send(to(FORUM), Outbound(f"{number}"), purpose=NOTICE)
            except TryLater:
                waiting += 1

    assert double.refusals == {}
    assert all(len(person.screen) == 2 for person in people)
    assert clock.now() - start > 300 / 30
    assert len(staff.screen) + waiting == 24


async def test_who_presses_too_fast_for_the_platform_is_answered_later_and_in_full(
    sending: Sending, double: Double, clock: Clock, alice: Person
) -> None:
    bob = double.person(43, started=True)
    said, pauses = 0, 0
    while said < 12:
        try:
            await say(sending, 42, Outbound(f"{said}"))
        except TryLater as later:
            pauses += 1
            await say(sending, 43, Outbound("?"))
            clock.forward(seconds=later.after.total_seconds())
        else:
            said += 1

    assert pauses == 1
    assert sum(double.refusals.values()) == 1  # and held to the limits from then on
    assert [seen.text for seen in alice.screen] == [str(number) for number in range(12)]
    assert len(bob.screen) == 1


async def test_many_send_at_once(sending: Sending, double: Double) -> None:
    people = [double.person(1_000 + number, started=True) for number in range(25)]

    await asyncio.gather(*(say(sending, person.id, question) for person in people))

    assert all(len(person.screen) == 1 for person in people)
