"""People who use the stand-in, in this process and from another."""

import asyncio
import signal
import sys
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update

from tests.doubles.clock import Clock
from tests.doubles.conftest import Client
from tests.doubles.telegram import Double, Group, Person

ROOT = Path(__file__).parent.parent.parent


def keys(*labels: str) -> dict:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"v1:{label}"}] for label in labels]}


@pytest.fixture
def staff(double: Double) -> Group:
    return double.group(-1001, "Staff", forum=True)


async def latest(bot: Bot) -> Update:
    """The latest update, as the library reads it."""
    [update] = await bot.get_updates(offset=-1)
    return update


async def test_what_somebody_types_arrives_as_from_them(bot: Bot, alice: Person, clock: Clock) -> None:
    said = await alice.says("/help me at https://menling.example")
    update = await latest(bot)
    message = update.message
    assert (update.update_id, message.message_id) == (said.update_id, said.message_id)
    assert (message.chat.type, message.chat.first_name, message.from_user.language_code) == (
        "private", "Alice", "zh-hans",
    )  # fmt: skip
    assert message.date.timestamp() == int(clock.now())
    assert [(e.type, e.offset, e.length) for e in message.entities] == [
        ("bot_command", 0, 5),
        ("url", 12, 23),
    ]


async def test_somebody_who_starts_can_be_written_to(bot: Bot, double: Double) -> None:
    bob = double.person(43, "Bob", username="bobby", language_code=None)
    assert double.person(43) is bob
    await bob.starts("abc")
    assert (await latest(bot)).message.text == "/start abc"
    await bot.send_message(43, "hello")
    await bot.send_message("@bobby", "again")
    assert [seen.text for seen in await bob.hears(2)] == ["hello", "again"]


async def test_a_tap_presses_the_latest_button_with_that_label(bot: Bot, call: Client, alice: Person) -> None:
    for labels in (("book", "help"), ("book",), ("other",)):
        await call("sendMessage", chat_id=42, text="?", reply_markup=keys(*labels))
    pressed = await alice.taps("book")
    query = (await latest(bot)).callback_query
    assert (query.id, query.data, query.message.message_id) == (pressed.query_id, "v1:book", 2)
    assert query.message.reply_markup.inline_keyboard[0][0].text == "book"
    assert (await alice.taps("book", message_id=1)).message_id == 1
    assert (await alice.taps("help")).message_id == 1
    with pytest.raises(AssertionError, match="no button 'nothing'"):
        await alice.taps("nothing")


async def test_another_finger_may_press(bot: Bot, call: Client, alice: Person, double: Double) -> None:
    await call("sendMessage", chat_id=42, text="?", reply_markup=keys("yes"))
    await alice.taps("yes", by=double.person(43, "Mallory"))
    query = (await latest(bot)).callback_query
    assert (query.from_user.id, query.message.chat.id) == (43, 42)


async def test_a_button_of_a_deleted_message_can_still_be_pressed(bot: Bot, alice: Person) -> None:
    await alice.presses(77, "v1:old")
    query = (await latest(bot)).callback_query
    assert not query.message.is_accessible
    assert (query.data, query.message.message_id) == ("v1:old", 77)


async def test_keys_in_place_of_the_keyboard(bot: Bot, alice: Person) -> None:
    markup = ReplyKeyboardMarkup(
        [[KeyboardButton("My number", request_contact=True)], ["Later"]], one_time_keyboard=True
    )
    await bot.send_message(42, "How do we reach you?", reply_markup=markup)
    assert alice.keyboard == (("My number",), ("Later",))
    await alice.taps("My number")
    contact = (await latest(bot)).message.contact
    assert (contact.phone_number, contact.user_id) == ("8613800138000", 42)
    assert alice.keyboard == ()
    await bot.send_message(42, "Again?", reply_markup=markup)
    await bot.send_message(42, "No.", reply_markup=ReplyKeyboardRemove())
    assert alice.keyboard == ()


async def test_a_contact_may_be_somebody_elses(bot: Bot, alice: Person) -> None:
    await alice.shares_contact("861390", user_id=43)
    assert (await latest(bot)).message.contact.user_id == 43
    await alice.shares_contact("861390", own=False)
    assert (await latest(bot)).message.contact.user_id is None


async def test_a_place_can_be_shown_live(bot: Bot, alice: Person) -> None:
    begun = await alice.shares_place(31.2, 121.5, live=900)
    assert (await latest(bot)).message.location.to_dict()["live_period"] == 900
    await alice.moves(begun.message_id, 31.3, 121.5)
    assert (await latest(bot)).edited_message.location.latitude == 31.3
    await alice.moves(begun.message_id, 31.4, 121.5, ends=True)
    assert "live_period" not in (await latest(bot)).edited_message.location.to_dict()


async def test_pictures_sent_together_share_an_album(bot: Bot, alice: Person) -> None:
    await alice.sends_album([b"one", b"two"], caption="both")
    first, second = (update.message for update in await bot.get_updates())
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption) == ("both", None)


async def test_other_things_can_be_sent(bot: Bot, alice: Person) -> None:
    await alice.sends_voice(b"hum")
    await alice.sends_sticker("🎉")
    await alice.sends({"dice": {"emoji": "🎲", "value": 6}})
    voice, sticker, dice = (update.message for update in await bot.get_updates())
    assert voice.voice.mime_type == "audio/ogg"
    assert sticker.sticker.emoji == "🎉"
    assert dice.dice.value == 6
    assert [seen.kind for seen in alice.screen] == ["voice", "sticker", "other"]


async def test_an_edit_arrives_as_one(bot: Bot, alice: Person, clock: Clock) -> None:
    said = await alice.says("tomorow")
    clock.forward(seconds=9)
    await alice.edits(said.message_id, "tomorrow")
    edited = (await latest(bot)).edited_message
    assert (edited.message_id, edited.text) == (said.message_id, "tomorrow")
    assert (edited.edit_date - edited.date).total_seconds() == 9
    assert [seen.text for seen in alice.screen] == ["tomorrow"]


async def test_somebody_who_blocked_the_bot_says_nothing_until_they_start_it(bot: Bot, alice: Person) -> None:
    await alice.blocks()
    with pytest.raises(AssertionError, match="blocked"):
        await alice.says("hello")
    await alice.starts()
    await bot.send_message(42, "welcome back")
    assert alice.screen[-1].text == "welcome back"


async def test_staff_write_in_topics_and_reply(bot: Bot, staff: Group, double: Double) -> None:
    wang = double.person(50, "Wang")
    thread = (await bot.create_forum_topic(staff.id, "Case 7")).message_thread_id
    question = await bot.send_message(staff.id, "A leak.", message_thread_id=thread)
    await wang.says("on it", in_=staff, thread=thread)
    plain = (await latest(bot)).message
    await wang.says("tomorrow", in_=staff, thread=thread, reply_to=question.message_id)
    reply = (await latest(bot)).message
    assert (plain.message_thread_id, plain.is_topic_message, plain.chat.is_forum) == (thread, True, True)
    assert plain.reply_to_message.forum_topic_created.name == "Case 7"
    assert reply.reply_to_message.text == "A leak."
    assert [seen.text for seen in await wang.hears(2, in_=staff)] == ["", "A leak."]


async def test_a_member_taps_in_a_group(bot: Bot, staff: Group, double: Double, call: Client) -> None:
    wang = double.person(50, "Wang")
    await call("sendMessage", chat_id=staff.id, text="Who?", reply_markup=keys("Me"))
    await wang.taps("Me", in_=staff)
    query = (await latest(bot)).callback_query
    assert (query.from_user.id, query.message.chat.id) == (50, staff.id)


async def test_being_thrown_out_and_let_in_is_told(bot: Bot, staff: Group, alice: Person) -> None:
    await staff.kicks_bot(by=alice)
    await staff.lets_bot_in(by=alice)
    out, back = (update.my_chat_member for update in await bot.get_updates())
    assert (out.old_chat_member.status, out.new_chat_member.status) == ("administrator", "kicked")
    assert (back.old_chat_member.status, back.new_chat_member.status) == ("kicked", "administrator")
    assert back.new_chat_member.can_manage_topics


async def test_hearing_waits_and_reads_on(bot: Bot, alice: Person) -> None:
    hearing = asyncio.create_task(alice.hears(2))
    await bot.send_message(42, "one")
    await bot.send_message(42, "two")
    await bot.send_message(42, "three")
    assert [seen.text for seen in await hearing] == ["one", "two"]
    assert [seen.text for seen in await alice.hears()] == ["three"]
    with pytest.raises(AssertionError, match="did not get 1 messages"):
        await alice.hears(within=0.01)


async def test_seeing_waits_for_an_edit(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(42, "working")
    seeing = asyncio.create_task(alice.sees("done"))
    await bot.edit_message_text("all done", 42, sent.message_id)
    assert (await seeing).message_id == sent.message_id


async def test_an_answer_to_a_press_can_be_waited_for(bot: Bot, alice: Person) -> None:
    pressed = await alice.presses(1, "x")
    waiting = asyncio.create_task(alice.is_toasted())
    await bot.answer_callback_query(pressed.query_id, "saved")
    assert await waiting == [("saved", False)]


class Remote:
    """The double, spoken to over its control addresses."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def __call__(self, path: str, **body: object) -> object:
        status, said = await self.ask(path, body)
        assert status == 200, said
        return said

    async def ask(self, path: str, body: object) -> tuple[int, object]:
        async with self.session.post(f"{self.url}/control/{path}", json=body) as response:
            return response.status, await response.json()


@pytest.fixture
async def remote(double: Double) -> AsyncIterator[Remote]:
    async with aiohttp.ClientSession() as session:
        yield Remote(session, double.url)


async def test_another_process_can_do_it_all(remote: Remote, bot: Bot, double: Double) -> None:
    await remote("people", id=42, first_name="Alice")
    said = await remote("people/42/starts", token="t1")  # noqa: S106
    assert (await latest(bot)).update_id == said["update_id"]
    await bot.send_message(42, "hello")
    assert [seen["text"] for seen in await remote("people/42/hears", n=1)] == ["hello"]
    assert [message["text"] for message in await remote("sent", chat_id=42)] == ["hello"]
    await remote("people/42/sends_photo", data=b64encode(b"leak").decode(), caption="look")
    assert (await latest(bot)).message.caption == "look"
    await remote("groups", id=-1001, title="Staff", forum=True)
    thread = await remote("groups/-1001/makes_topic", name="Case", by=42)
    await remote("people/42/says", text="hi", in_=-1001, thread=thread)
    assert (await latest(bot)).message.message_thread_id == thread
    assert (await remote("groups/-1001/screen"))[-1]["text"] == "hi"


async def test_another_process_can_make_trouble_and_look_around(
    remote: Remote, call: Client, alice: Person, double: Double
) -> None:
    await remote("fail_next", method="sendMessage", status=500)
    assert (await call("sendMessage", chat_id=42, text="x")).status == 500
    settings = await remote("settings", latency=0.25, strict=False)
    assert settings == {"latency": 0.25, "strict": False, "presses_live": 150.0}
    assert (double.latency, double.strict) == (0.25, False)
    calls = await remote("calls", method="sendMessage")
    assert [made["params"]["text"] for made in calls["calls"]] == ["x"]
    assert (await remote("statistics"))["calls"] == {"sendMessage": 1}
    await remote("reset")
    assert double.people == {}


async def test_many_things_can_be_done_in_one_go(remote: Remote, double: Double) -> None:
    status, done = await remote.ask(
        "batch", [{"path": f"people/{number}/says", "body": {"text": "hi"}} for number in (1, 2, 3)]
    )
    assert (status, [one["message_id"] for one in done]) == (200, [1, 1, 1])
    assert len(double.updates.pending) == 3


@pytest.mark.parametrize(
    "path", ["people/42/flies", "people/x/says", "groups/9/screen", "nothing", "people/42/says"]
)
async def test_what_cannot_be_done_is_said(path: str, remote: Remote) -> None:
    status, said = await remote.ask(path, {"wrong": 1})
    assert status == 400
    assert said["error"]


async def test_it_runs_as_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.doubles.telegram", "--port", "0", "--latency-ms", "1", "--relaxed",
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            remote = Remote(session, (await process.stdout.readline()).decode().strip())
            assert (await remote("settings"))["latency"] == 0.001
            async with session.get(f"{remote.url}/bot123456:TEST-TOKEN/getMe") as response:
                assert (await response.json())["result"]["username"] == "menling_bot"
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
