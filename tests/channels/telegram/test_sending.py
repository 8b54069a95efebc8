import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.messages import Card, Choice, Outbound, Sender
from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    Moved,
    NoRoom,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.gone import Gone
from channels.pace import Pace
from channels.telegram import showing
from channels.telegram.addresses import is_group
from channels.telegram.api import Api
from channels.telegram.record import Record
from channels.telegram.rooms import LONGEST_NAME, LOOK_AGAIN
from channels.telegram.sending import Sending
from core import company, topics
from core.correspondence import Purpose
from core.database import connect
from core.topics import PATIENCE
from tests.channels.scripted import CUT, serving
from tests.channels.telegram.house import record_of
from tests.channels.telegram.server import TOKEN, Server
from tests.conftest import Moment

LI = Sender("telegram", "main", "42")
GROUP = Sender("telegram", "main", "-100")
TOPIC = Sender("telegram", "main", "-100#complaint-17")

yes, no = Choice("好的", "a:1"), Choice("不用", "a:2")
question = Outbound("1 < 2?", (yes, no), Card("日常保洁", (("时间", "周三"),)))


@dataclass
class Time:
    """Seconds that pass only while somebody sleeps, and at once."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """One database is enough here; what is kept there is tested on both."""
    shutil.copyfile(sqlite_template, tmp_path / "menling.db")
    engine = connect(f"sqlite:///{tmp_path / 'menling.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
async def sending(
    server: Server, engine: Engine, threads: ThreadPoolExecutor, time: Time
) -> AsyncIterator[Sending]:
    api = Api(TOKEN, server.base)
    yield Sending(
        api,
        Pace(showing.PACE, lambda: time.now, is_group=is_group),
        record_of(engine),
        threads,
        sleep=time.sleep,
        jitter=lambda: 0.5,
    )
    await api.close()


async def say(sending: Sending, message: Outbound, to: Sender = LI, replaces: str | None = None) -> str:
    return await sending.send(to, message, purpose=Purpose.ANSWER, replaces=replaces)


async def test_a_message_is_sent_and_known_by_chat_and_number(sending: Sending, server: Server) -> None:
    assert await say(sending, question) == "42:101"
    assert server.methods == ["sendMessage"]
    assert (server.last["chat_id"], server.last["parse_mode"]) == (42, "HTML")
    assert "message_thread_id" not in server.last


async def test_a_changed_question_takes_the_others_place(sending: Sending, server: Server) -> None:
    assert await say(sending, question, replaces="42:7") == "42:7"
    assert server.methods == ["editMessageText"]
    assert (server.last["chat_id"], server.last["message_id"]) == (42, 7)


async def test_a_change_that_changes_nothing_is_done(sending: Sending, server: Server) -> None:
    server.refuse(400, "Bad Request: message is not modified: specified new message content …")

    assert await say(sending, question, replaces="42:7") == "42:7"
    assert server.methods == ["editMessageText"]


@pytest.mark.parametrize("why", ["message to edit not found", "message can't be edited"])
async def test_what_cannot_be_changed_is_sent_as_new(sending: Sending, server: Server, why: str) -> None:
    server.refuse(400, f"Bad Request: {why}")

    assert await say(sending, question, replaces="42:7") == "42:101"
    assert server.methods == ["editMessageText", "sendMessage"]


@pytest.mark.parametrize("replaces", ["43:7", "7", "42:", "42:x"])
async def test_a_message_of_another_chat_is_not_changed(
    sending: Sending, server: Server, replaces: str
) -> None:
    assert await say(sending, question, replaces=replaces) == "42:101"
    assert server.methods == ["sendMessage"]


@pytest.mark.parametrize("replaces", [None, "42:7"])
async def test_markup_that_is_not_understood_is_left_out_and_told_to_us(
    sending: Sending, server: Server, replaces: str | None
) -> None:
    server.refuse(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 3")

    with capture_logs() as logs:
        await say(sending, question, replaces=replaces)

    assert server.last["text"] == "1 < 2?\n\n日常保洁\n时间：周三"
    assert "parse_mode" not in server.last
    assert server.methods == [("editMessageText" if replaces else "sendMessage")] * 2
    assert [log["event"] for log in logs] == ["telegram.markup_refused"]


async def test_what_is_refused_without_markup_too_is_given_up(sending: Sending, server: Server) -> None:
    for _ in range(2):
        server.refuse(400, "Bad Request: can't parse entities: …")

    with pytest.raises(ContentRefused):
        await say(sending, question)
    assert len(server.calls) == 2


async def test_content_that_is_refused_is_our_fault(sending: Sending, server: Server) -> None:
    server.refuse(400, "Bad Request: BUTTON_DATA_INVALID")

    with capture_logs() as logs, pytest.raises(ContentRefused):
        await say(sending, question)
    assert [(log["event"], log["log_level"]) for log in logs] == [("telegram.content_refused", "error")]


async def test_a_throttled_chat_is_left_alone_and_the_others_are_not(
    sending: Sending, server: Server, time: Time
) -> None:
    server.refuse(429, "Too Many Requests: retry after 20", retry_after=20)

    with pytest.raises(TryLater) as first:
        await say(sending, question)
    with pytest.raises(TryLater) as second:
        await say(sending, question)
    await say(sending, question, Sender("telegram", "main", "43"))

    assert (first.value.after, first.value.whole) == (timedelta(seconds=20.5), False)
    assert (second.value.after, second.value.whole) == (timedelta(seconds=20), False)
    assert [call["chat_id"] for _, call in server.calls] == [42, 43]
    time.now += 20
    await say(sending, question)


async def test_two_throttled_chats_mean_the_whole_bot(sending: Sending, server: Server) -> None:
    for _ in range(2):
        server.refuse(429, "Too Many Requests: retry after 20", retry_after=20)

    whole = []
    for user in ("42", "43", "44"):
        with pytest.raises(TryLater) as later:
            await say(sending, question, Sender("telegram", "main", user))
        whole.append(later.value.whole)
    assert whole == [False, True, True]
    assert len(server.calls) == 2


async def test_notices_wait_for_their_turn(sending: Sending, time: Time, server: Server) -> None:
    for _ in range(showing.PACE[0].burst + 1):
        await sending.send(LI, Outbound("明天见"), purpose=Purpose.NOTICE)

    assert time.slept == [pytest.approx(1)]
    assert len(server.calls) == showing.PACE[0].burst + 1


async def test_a_place_in_line_is_given_up_with_the_send(sending: Sending, server: Server) -> None:
    for _ in range(showing.PACE[0].burst):
        await sending.send(LI, Outbound("明天见"), purpose=Purpose.NOTICE)
    late = asyncio.create_task(sending.send(LI, Outbound("明天见"), purpose=Purpose.NOTICE))
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)

    assert not sending._pace._queue


@pytest.mark.parametrize(
    ("status", "description", "failure"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: PEER_ID_INVALID", Unreachable),
        (401, "Unauthorized", Misconfigured),
        (404, "Not Found", Misconfigured),
        (502, "Bad Gateway", OutcomeUnknown),
    ],
)
async def test_what_cannot_be_mended_is_for_delivery(
    sending: Sending, server: Server, status: int, description: str, failure: type[Exception]
) -> None:
    server.refuse(status, description)

    with pytest.raises(failure):
        await say(sending, question)
    assert len(server.calls) == 1


async def test_what_broke_off_is_not_sent_again_by_itself(sending: Sending, server: Server) -> None:
    server.fail(CUT)

    with pytest.raises(OutcomeUnknown):
        await say(sending, question)
    assert len(server.calls) == 1


async def test_a_platform_that_is_away_is_down(engine: Engine, threads: ThreadPoolExecutor) -> None:
    async with serving(Server()) as gone:
        api = Api(TOKEN, gone.base)
    sending = Sending(api, Pace(showing.PACE, lambda: 0.0), record_of(engine), threads)

    with pytest.raises(Down):
        await say(sending, question)
    await api.close()


@pytest.mark.parametrize(("to", "moved"), [(GROUP, "-200"), (TOPIC, "-200#complaint-17")])
async def test_a_group_that_was_upgraded_goes_on_under_its_new_address(
    sending: Sending, server: Server, engine: Engine, to: Sender, moved: str
) -> None:
    record_of(engine).remember_thread(TOPIC, 5, "complaint-17")
    server.refuse(400, "Bad Request: group chat was upgraded …", migrate_to_chat_id=-200)

    with pytest.raises(Moved) as failure:
        await say(sending, question, to)

    assert failure.value.user == moved
    assert record_of(engine).thread_of(Sender("telegram", "main", "-200#complaint-17")) == 5


@pytest.mark.parametrize(
    ("language", "what", "label"),
    [
        ("zh-CN", "contact", "📱 发送我的手机号"),
        ("", "place", "📍 发送我的位置"),
        ("en", "contact", "📱 Share my number"),
    ],
)
async def test_sharing_is_asked_for_in_the_language_of_the_question(
    sending: Sending, server: Server, language: str, what: str, label: str
) -> None:
    await say(sending, Outbound("?", (yes,), shares=what, language=language), replaces="42:7")

    assert server.methods == ["sendMessage"]
    assert server.last["reply_markup"]["keyboard"][0][0]["text"] == label


async def test_a_group_is_asked_with_ordinary_buttons(sending: Sending, server: Server) -> None:
    await say(sending, Outbound("?", (yes,), shares="contact", owner="42"), GROUP)

    assert server.last["reply_markup"] == {"inline_keyboard": [[{"text": "好的", "callback_data": "42|a:1"}]]}


async def test_the_first_word_about_a_case_makes_its_topic(
    sending: Sending, server: Server, engine: Engine
) -> None:
    assert await say(sending, question, TOPIC) == "-100:102"
    assert await say(sending, question, TOPIC) == "-100:103"

    assert server.methods == ["createForumTopic", "sendMessage", "sendMessage"]
    assert server.calls[0][1] == {"chat_id": -100, "name": "complaint-17"}
    assert [call["message_thread_id"] for _, call in server.calls[1:]] == [101, 101]
    with Session(engine) as session:
        topic = topics.about(session, "telegram", "main", "-100", 101)
        assert topic is not None
        assert (topic.subject, topic.name) == ("complaint-17", "complaint-17")


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_DELETED"])
async def test_a_topic_that_was_deleted_is_made_again(
    sending: Sending, server: Server, engine: Engine, why: str
) -> None:
    record_of(engine).remember_thread(TOPIC, 5, "complaint-17")
    server.refuse(400, f"Bad Request: {why}")

    await say(sending, question, TOPIC)

    assert server.methods == ["sendMessage", "createForumTopic", "sendMessage"]
    assert [call.get("message_thread_id") for _, call in server.calls] == [5, None, 101]
    assert record_of(engine).thread_of(TOPIC) == 101


async def test_a_topic_is_not_made_for_ever(sending: Sending, server: Server) -> None:
    for _ in range(2):
        server.script.append("well")
        server.refuse(400, "Bad Request: message thread not found")

    with pytest.raises(ContentRefused):
        await say(sending, question, TOPIC)
    assert server.methods == ["createForumTopic", "sendMessage"] * 2


async def test_the_name_of_a_topic_is_cut(sending: Sending, server: Server) -> None:
    await say(sending, question, Sender("telegram", "main", f"-100#{'x' * 200}"))

    assert server.calls[0][1]["name"] == "x" * LONGEST_NAME


async def test_a_group_where_no_topic_can_be_made_has_no_room_and_may_be_asked_again(
    sending: Sending, server: Server
) -> None:
    server.refuse(400, "Bad Request: not enough rights to create a topic")

    with pytest.raises(NoRoom, match="Not enough rights"):
        await say(sending, question, TOPIC)
    await say(sending, question, TOPIC)
    assert server.methods == ["createForumTopic", "createForumTopic", "sendMessage"]


async def test_a_topic_that_may_have_been_made_is_not_made_again_at_once(
    sending: Sending, server: Server, engine: Engine, moment: Moment
) -> None:
    server.script.append(CUT)

    with pytest.raises(TryLater) as first:
        await say(sending, question, TOPIC)
    with pytest.raises(TryLater) as second:
        await say(sending, question, TOPIC)
    assert (first.value.after, second.value.after) == (PATIENCE, LOOK_AGAIN)
    assert server.methods == ["createForumTopic"]

    moment.forward(seconds=PATIENCE.total_seconds())
    await say(sending, question, TOPIC)
    assert server.methods == ["createForumTopic", "createForumTopic", "sendMessage"]


async def test_a_topic_that_was_made_unheard_is_used_when_the_platform_tells_of_it(
    sending: Sending, server: Server, engine: Engine, moment: Moment
) -> None:
    server.script.append(CUT)
    with pytest.raises(TryLater):
        await say(sending, question, TOPIC)

    record_of(engine).adopt_thread(Sender("telegram", "main", "-100"), 77, "complaint-17")
    record_of(engine).adopt_thread(Sender("telegram", "main", "-100"), 78, "complaint-17")
    await say(sending, question, TOPIC)

    assert server.methods == ["createForumTopic", "sendMessage"]
    assert server.last["message_thread_id"] == 77


async def test_what_one_person_is_told_in_a_topic_stands_in_it(sending: Sending, server: Server) -> None:
    await say(sending, question, TOPIC)
    await say(sending, question, Sender("telegram", "main", f"{TOPIC.user}@42"))

    assert server.methods == ["createForumTopic", "sendMessage", "sendMessage"]
    assert [call["message_thread_id"] for _, call in server.calls[1:]] == [101, 101]


async def test_without_its_database_a_topic_waits(
    server: Server, engine: Engine, threads: ThreadPoolExecutor
) -> None:
    class Away(Record):
        def thread_of(self, to: Sender) -> int | None:
            raise Gone

    api = Api(TOKEN, server.base)
    sending = Sending(
        api,
        Pace(showing.PACE, lambda: 0.0),
        Away(engine, Path("no files"), company.load()),
        threads,
    )

    with pytest.raises(TryLater):
        await say(sending, question, TOPIC)
    assert server.calls == []
    await api.close()


async def test_an_answered_question_shows_the_answer_and_no_buttons(sending: Sending, server: Server) -> None:
    await sending.close(LI, question, "42:7", chosen="好的")

    assert server.methods == ["editMessageText"]
    assert server.last["message_id"] == 7
    assert str(server.last["text"]).endswith("\n\n✓ 好的")
    assert "reply_markup" not in server.last


async def test_a_question_answered_by_typing_only_loses_its_buttons(sending: Sending, server: Server) -> None:
    await sending.close(LI, question, "42:7", chosen="")
    await sending.close(LI, Outbound("长" * 4096, (yes,)), "42:8", chosen="好的")

    assert server.calls == [
        ("editMessageReplyMarkup", {"chat_id": 42, "message_id": 7}),
        ("editMessageReplyMarkup", {"chat_id": 42, "message_id": 8}),
    ]


async def test_a_keyboard_that_belongs_to_no_message_is_taken_away_with_a_word(
    sending: Sending, server: Server
) -> None:
    await sending.close(LI, Outbound("?", (yes,), shares="contact"), "42:7", chosen="好的")

    [(method, said)] = server.calls
    assert method == "sendMessage"
    assert said["reply_markup"] == {"remove_keyboard": True}


async def test_what_stands_in_another_chat_is_not_closed(sending: Sending, server: Server) -> None:
    await sending.close(LI, question, "43:7", chosen="好的")

    assert server.calls == []


async def test_closing_what_is_gone_or_closed_already_is_done(sending: Sending, server: Server) -> None:
    for why in ("message to edit not found", "message is not modified: …"):
        server.refuse(400, f"Bad Request: {why}")
        await sending.close(LI, question, "42:7", chosen="好的")

    assert len(server.calls) == 2


async def test_a_closed_question_whose_words_are_not_understood_loses_its_buttons(
    sending: Sending, server: Server
) -> None:
    server.refuse(400, "Bad Request: can't parse entities: …")

    await sending.close(LI, question, "42:7", chosen="好的")

    assert server.methods == ["editMessageText", "editMessageReplyMarkup"]


async def test_presses_are_acknowledged_and_typing_shown_at_any_pace(
    sending: Sending, server: Server, time: Time
) -> None:
    for _ in range(40):
        await sending.acknowledge("7700", "好")
        await sending.show_typing(TOPIC)

    assert time.slept == []
    assert server.calls[:2] == [
        ("answerCallbackQuery", {"callback_query_id": 7700, "text": "好"}),
        ("sendChatAction", {"chat_id": -100, "action": "typing"}),
    ]


async def test_a_press_acknowledged_too_late_is_nothing(sending: Sending, server: Server) -> None:
    server.refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    await sending.acknowledge("7700")

    assert server.last == {"callback_query_id": 7700}


async def test_neither_failures_nor_logs_hold_the_token(
    sending: Sending, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = ""
    for failing in (
        lambda: server.fail(CUT),
        lambda: server.answer(502, f"no way to /bot{TOKEN}/sendMessage"),
        lambda: server.refuse(400, f"Bad Request: /bot{TOKEN}/"),
        lambda: server.refuse(401, f"Unauthorized: {TOKEN}"),
    ):
        failing()
        with capture_logs() as logs, pytest.raises(Undelivered) as failed:
            await say(sending, question)
        told += f"{failed.value!r} {failed.getrepr()} {logs}"

    assert TOKEN not in told + caplog.text
