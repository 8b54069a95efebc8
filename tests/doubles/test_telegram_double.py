"""The methods of the Bot API: what they do, what they refuse, in which words."""

import aiohttp
import pytest
import telegram
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.doubles.clock import Clock
from tests.doubles.conftest import Client
from tests.doubles.telegram import Double, Person
from tests.doubles.telegram.hypertext import parse
from tests.doubles.telegram.refusals import Refused

STAFF = -1001
NO_DATA = {"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}


def keys(*labels: str) -> dict:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"v1:{label}"}] for label in labels]}


async def test_a_message_comes_back_whole(call: Client, alice: Person, clock: Clock) -> None:
    markup = keys("预约服务")
    sent = (await call("sendMessage", chat_id=42, text="你好", reply_markup=markup)).result
    assert sent == {
        "message_id": 1,
        "from": {"id": 123456, "is_bot": True, "first_name": "Menling", "username": "menling_bot"},
        "chat": {"id": 42, "type": "private", "first_name": "Alice"},
        "date": int(clock.now()),
        "text": "你好",
        "reply_markup": markup,
    }


@pytest.mark.parametrize("kind", ["json", "data", "params", "multipart"])
async def test_every_kind_of_body_says_the_same(
    kind: str, call: Client, alice: Person, double: Double
) -> None:
    params = {"chat_id": "42", "text": "你好&", "reply_markup": '{"inline_keyboard": []}'}
    if kind == "multipart":
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in params.items():
            form.add_field(name, value)
        reply = await call.post("sendMessage", data=form)
    else:
        reply = await call.post("sendMessage", **{kind: params})
    assert reply.result["text"] == "你好&"
    assert double.calls[-1].params == {
        "chat_id": 42,
        "text": "你好&",
        "reply_markup": {"inline_keyboard": []},
    }


async def test_the_names_of_methods_may_be_written_in_any_case(call: Client, double: Double) -> None:
    assert (await call("GETME")).result["username"] == "menling_bot"
    assert double.counts == {"getMe": 1}


async def test_an_unknown_method_is_not_found(call: Client) -> None:
    assert (await call("sendCoffee")).refusal == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("token", "refusal"), [("123456:OTHER", (401, "Unauthorized")), ("nonsense", (404, "Not Found"))]
)
async def test_a_wrong_token_is_refused(token: str, refusal: tuple, call: Client) -> None:
    call.token = token
    assert (await call("getMe")).refusal == refusal


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"chat_id": 7}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "a", "parse_mode": "Fancy"}, "unsupported parse_mode"),
        ({"reply_markup": keys("x" * 62)}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"reply_markup": keys(*map(str, range(101)))}, "reply markup is too long"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"message_thread_id": 5}, "message thread not found"),
    ],
)
async def test_what_cannot_be_sent_is_refused(
    params: dict, description: str, call: Client, alice: Person
) -> None:
    reply = await call("sendMessage", **{"chat_id": 42, "text": "hello", **params})
    assert reply.refusal == (400, f"Bad Request: {description}")
    assert alice.screen == []


async def test_the_longest_of_everything_still_passes(call: Client, alice: Person) -> None:
    html = f"<b>{'😀' * 2048}</b>"
    data = {"inline_keyboard": [[{"text": "a", "callback_data": "约" * 21 + "x"}]]}
    await call("sendMessage", chat_id=42, text=html, parse_mode="HTML", reply_markup=data)
    assert alice.screen[0].text == "😀" * 2048


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>fat <i>and</i></b> plain", "fat and plain", ["bold", "italic"]),
        ("3 &lt; 5 &amp;&amp; &#39;x&#x27; &quot;y&quot;", "3 < 5 && 'x' \"y\"", []),
        ("AT&T &nbsp;", "AT&T &nbsp;", []),
        ('<a href="https://menling.example/?a=1&amp;b=2">here</a>', "here", ["text_link"]),
        ('<pre><code class="language-py">x</code></pre>', "x", ["pre"]),
        ('<span class="tg-spoiler">s</span><blockquote expandable>q</blockquote>', "sq",
         ["spoiler", "expandable_blockquote"]),
    ],
)  # fmt: skip
def test_html_is_taken_apart(source: str, text: str, kinds: list[str]) -> None:
    plain, entities = parse(source)
    assert (plain, [entity["type"] for entity in entities]) == (text, kinds)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>fat", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_the_bot_api_would_not_take_is_refused(source: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


async def test_entities_are_counted_in_utf_16_units_of_the_trimmed_text(bot: Bot, alice: Person) -> None:
    message = await bot.send_message(42, "\n 😀<b>你</b> ", parse_mode="HTML")
    assert message.text == "😀你"
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bold", 2, 1)]


async def test_edits_change_what_is_seen(call: Client, alice: Person) -> None:
    number = (await call("sendMessage", chat_id=42, text="one", reply_markup=keys("a"))).result["message_id"]
    edited = await call("editMessageText", chat_id=42, message_id=number, text="two", reply_markup=keys("b"))
    assert edited.result["edit_date"]
    assert [(seen.text, seen.labels, seen.edited) for seen in alice.screen] == [("two", ("b",), True)]
    await call("editMessageReplyMarkup", chat_id=42, message_id=number)
    assert alice.screen[0].labels == ()


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_an_edit_that_changes_nothing_is_refused(method: str, call: Client, alice: Person) -> None:
    await call("sendMessage", chat_id=42, text="one", reply_markup=keys("a"))
    reply = await call(method, chat_id=42, message_id=1, text="one", reply_markup=keys("a"))
    assert reply.refusal == (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message",
    )


async def test_only_messages_of_the_bot_can_be_edited(call: Client, alice: Person) -> None:
    theirs = await alice.says("mine")
    await call("sendMessage", chat_id=42, text="x", reply_markup={"keyboard": [["menu"]]})
    for number, why in [
        (theirs.message_id, "message can't be edited"),
        (2, "message can't be edited"),
        (77, "message to edit not found"),
        (None, "message identifier is not specified"),
    ]:
        reply = await call("editMessageText", chat_id=42, message_id=number, text="y")
        assert reply.refusal == (400, f"Bad Request: {why}")


async def test_messages_can_be_deleted_for_48_hours(call: Client, alice: Person, clock: Clock) -> None:
    for text in ("one", "two"):
        await call("sendMessage", chat_id=42, text=text)
    assert (await call("deleteMessage", chat_id=42, message_id=1)).result is True
    assert [seen.text for seen in alice.screen] == ["two"]
    again = await call("deleteMessage", chat_id=42, message_id=1)
    assert again.refusal == (400, "Bad Request: message to delete not found")
    clock.forward(hours=49)
    late = await call("deleteMessage", chat_id=42, message_id=2)
    assert late.refusal == (400, "Bad Request: message can't be deleted for everyone")


async def test_a_press_is_answered_once_and_in_time(call: Client, alice: Person, clock: Clock) -> None:
    await call("sendMessage", chat_id=42, text="x", reply_markup=keys("a"))
    first, second = await alice.taps("a"), await alice.taps("a")
    answer = {"callback_query_id": first.query_id, "text": "done", "show_alert": True}
    assert (await call("answerCallbackQuery", **answer)).result is True
    assert alice.toasts == [("done", True)]
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert (await call("answerCallbackQuery", **answer)).refusal == (400, too_old)
    clock.forward(seconds=151)
    for number in (second.query_id, "unknown"):
        assert (await call("answerCallbackQuery", callback_query_id=number)).refusal == (400, too_old)


async def test_photos_go_up_and_come_down(bot: Bot, alice: Person) -> None:
    message = await bot.send_photo(42, b"picture", caption="<b>before</b>", parse_mode="HTML")
    assert (message.caption, message.caption_entities[0].type) == ("before", "bold")
    file = await bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == b"picture"
    again = await bot.send_photo(42, message.photo[-1].file_id)
    assert again.photo == message.photo
    with pytest.raises(telegram.error.BadRequest, match="Wrong file identifier"):
        await bot.send_photo(42, "no-such-file")


async def test_a_photo_sent_by_a_person_can_be_fetched(bot: Bot, alice: Person) -> None:
    await alice.sends_photo(b"a leak", caption="here")
    [update] = await bot.get_updates()
    file = await bot.get_file(update.message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == b"a leak"
    with pytest.raises(telegram.error.BadRequest, match="Wrong file_id"):
        await bot.get_file("no-such-file")


async def test_commands_are_kept_by_scope_and_language(bot: Bot, double: Double, alice: Person) -> None:
    everywhere, private = telegram.BotCommandScopeDefault(), telegram.BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("help", "Help")], scope=everywhere)
    await bot.set_my_commands([("book", "预约")], scope=private, language_code="zh")
    await bot.set_my_commands([("book", "Book")], scope=private)
    english = double.person(language_code="en-GB")
    assert [c["description"] for c in double.commands_for(alice)] == ["预约"]
    assert [c["description"] for c in double.commands_for(english)] == ["Book"]
    assert [c.command for c in await bot.get_my_commands(scope=everywhere)] == ["help"]
    await bot.delete_my_commands(scope=private, language_code="zh")
    assert [c["description"] for c in double.commands_for(alice)] == ["Book"]
    assert [c["command"] for c in double.commands_for(alice, double.group(STAFF))] == ["help"]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ({"command": "Help", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_are_checked(command: dict, why: str, call: Client) -> None:
    assert (await call("setMyCommands", commands=[command])).refusal == (400, f"Bad Request: {why}")


async def test_topics_live_in_a_forum(bot: Bot, double: Double) -> None:
    staff = double.group(STAFF, forum=True)
    topic = await bot.create_forum_topic(STAFF, "Complaint 7")
    thread = topic.message_thread_id
    message = await bot.send_message(STAFF, "A leak.", message_thread_id=thread)
    assert (message.message_thread_id, message.is_topic_message) == (thread, True)
    assert message.reply_to_message.forum_topic_created.name == "Complaint 7"
    await bot.edit_forum_topic(STAFF, thread, name="✅ Complaint 7")
    await bot.close_forum_topic(STAFF, thread)
    assert staff.topics == {thread: "🔒 ✅ Complaint 7"}
    with pytest.raises(telegram.error.BadRequest, match="Topic_not_modified"):
        await bot.close_forum_topic(STAFF, thread)
    await bot.reopen_forum_topic(STAFF, thread)
    assert [seen.kind for seen in staff.in_thread(thread)] == [
        "forum_topic_created", "text", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    ]  # fmt: skip
    await bot.delete_forum_topic(STAFF, thread)
    assert staff.screen == []


async def test_a_topic_that_is_gone_cannot_be_written_in(call: Client, double: Double) -> None:
    staff, wang = double.group(STAFF, forum=True), double.person(50, "Wang")
    thread = await staff.makes_topic("Case", wang)
    await staff.drops_topic(thread)
    missing = await call("sendMessage", chat_id=STAFF, message_thread_id=99, text="x")
    deleted = await call("sendMessage", chat_id=STAFF, message_thread_id=thread, text="x")
    assert missing.refusal == (400, "Bad Request: message thread not found")
    assert deleted.refusal == (400, "Bad Request: TOPIC_DELETED")


async def test_a_group_that_is_no_forum_has_no_topics(call: Client, double: Double) -> None:
    double.group(-5)
    reply = await call("createForumTopic", chat_id=-5, name="x")
    assert reply.refusal == (400, "Bad Request: the chat is not a forum")


@pytest.mark.parametrize(
    ("asked", "what"), [("request_contact", "phone number"), ("request_location", "location")]
)
async def test_personal_things_are_asked_for_in_private_only(
    asked: str, what: str, call: Client, double: Double, alice: Person
) -> None:
    double.group(STAFF)
    markup = {"keyboard": [[{"text": "share", asked: True}]]}
    reply = await call("sendMessage", chat_id=STAFF, text="x", reply_markup=markup)
    assert reply.refusal == (400, f"Bad Request: {what} can be requested in private chats only")
    assert (await call("sendMessage", chat_id=42, text="x", reply_markup=markup)).status == 200


async def test_a_group_that_migrates_says_where_it_went(bot: Bot, double: Double, alice: Person) -> None:
    old = double.group(-5, "Staff")
    new = await old.migrates(-1005, by=alice)
    with pytest.raises(telegram.error.ChatMigrated) as migrated:
        await bot.send_message(-5, "x")
    assert migrated.value.new_chat_id == new.id == -1005
    left, came = await bot.get_updates()
    assert (left.message.chat.id, left.message.migrate_to_chat_id) == (-5, -1005)
    assert (came.message.chat.id, came.message.migrate_from_chat_id) == (-1005, -5)
    assert (await bot.send_message(-1005, "x")).chat.type == "supergroup"


async def test_a_bot_that_is_out_of_a_group_cannot_write_there(
    call: Client, double: Double, alice: Person
) -> None:
    group, other = double.group(-5), double.group(STAFF)
    await group.kicks_bot(by=alice)
    await call("leaveChat", chat_id=STAFF)
    kicked = await call("sendMessage", chat_id=-5, text="x")
    left = await call("sendMessage", chat_id=STAFF, text="x")
    assert kicked.refusal == (403, "Forbidden: bot was kicked from the group chat")
    assert left.refusal == (403, "Forbidden: bot is not a member of the supergroup chat")
    await other.lets_bot_in(by=alice)
    assert (await call("sendMessage", chat_id=STAFF, text="x")).status == 200


async def test_the_smaller_methods(bot: Bot, double: Double, alice: Person) -> None:
    said = await alice.says("done?")
    assert await bot.send_chat_action(42, "typing")
    assert await bot.set_message_reaction(42, said.message_id, "👍")
    assert await bot.set_chat_menu_button(42, telegram.MenuButtonCommands())
    assert (await bot.get_chat(42)).first_name == "Alice"
    assert alice.chat.doings == ["typing"]
    assert alice.screen[0].reactions == ("👍",)
    assert double.menu_buttons == {42: {"type": "commands"}}


async def test_a_reply_carries_what_it_answers(bot: Bot, alice: Person) -> None:
    said = await alice.says("how much?")
    answer = await bot.send_message(42, "100", reply_to_message_id=said.message_id)
    assert answer.reply_to_message.text == "how much?"
    assert alice.screen[-1].reply_to == said.message_id


async def test_markup_objects_of_the_library_arrive(bot: Bot, alice: Person) -> None:
    rows = [[InlineKeyboardButton("是", callback_data="y"), InlineKeyboardButton("否", callback_data="n")]]
    await bot.send_message(42, "?", reply_markup=InlineKeyboardMarkup(rows))
    assert alice.screen[0].buttons == (("是", "否"),)


async def test_reset_begins_anew_and_forget_forgets(call: Client, double: Double, alice: Person) -> None:
    await call("sendMessage", chat_id=42, text="x")
    double.forget()
    assert (list(double.calls), double.statistics()["calls"], len(alice.screen)) == ([], {}, 1)
    await double.reset()
    assert (await call("sendMessage", chat_id=42, text="x")).refusal[1] == "Bad Request: chat not found"


async def test_calls_and_durations_are_kept_as_far_as_asked(clock: Clock) -> None:
    async with Double(now=clock.now, remember=2) as double, aiohttp.ClientSession() as session:
        alice, call = double.person(started=True), Client(session, double)
        await alice.says("hi")
        clock.forward(seconds=3)
        for text in "abc":
            await call("sendMessage", chat_id=alice.id, text=text)
        assert [made.params["text"] for made in double.calls] == ["b", "c"]
        assert double.statistics()["answers"] == {"count": 1, "p50": 3, "p95": 3, "p99": 3, "max": 3}
