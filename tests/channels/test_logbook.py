"""The log as it is kept: one line an event, from us and from libraries, and never what people wrote."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO

import httpx
import pytest
import structlog
from apscheduler.executors.base import run_job
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, text

from bot import dialogue, notices
from bot.flow import Turn
from bot.messages import Contact, Inbound, Outbound, Place, Sender, Text
from bot.state import State
from bot.turn import Bot, TurnFailed
from channels import logbook
from channels.delivery import Delivery
from core.company import Company
from core.database import transaction
from tests import town
from tests.channels.test_delivery import FakeChannel, running, until
from tests.conftest import Moment
from tests.talk import Person

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - nobody's


class Terminal(StringIO):
    """Something somebody looks at."""

    def isatty(self) -> bool:
        return True


@dataclass
class Book:
    """What was logged, and where errors came from."""

    stream: StringIO
    errors: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def of(self, event: str) -> list[dict[str, object]]:
        return [line for line in self.lines if line["event"] == event]


@contextmanager
def kept(stream: StringIO, level: int = logging.INFO) -> Iterator[Book]:
    """The whole process logs to `stream`, as `menling serve` does; afterwards all is as before."""
    book = Book(stream)
    before, root = structlog.get_config(), logging.getLogger()
    handlers, root_level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logbook.CHATTY}
    logbook.keep(stream, level=level, on_error=book.errors.append)
    try:
        yield book
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers
        root.setLevel(root_level)
        for name, former in levels.items():
            logging.getLogger(name).setLevel(former)


@pytest.fixture
def book() -> Iterator[Book]:
    with kept(StringIO()) as book:
        yield book


def test_an_event_is_one_line_of_json(book: Book) -> None:
    structlog.get_logger().info("outbox.sent", message=7, reason="两行\n字")

    assert book.lines == [
        {"event": "outbox.sent", "level": "info", "message": 7, "reason": "两行\n字"}
        | {"timestamp": book.lines[0]["timestamp"]}
    ]
    assert str(book.lines[0]["timestamp"]).endswith("+00:00")


def test_on_a_terminal_it_is_made_for_eyes() -> None:
    with kept(Terminal()) as book:
        structlog.get_logger().info("outbox.sent", message=7)
        logging.getLogger("websockets.server").error("it broke")

    assert "outbox.sent" in book.stream.getvalue()
    assert "it broke" in book.stream.getvalue()
    assert "{" not in book.stream.getvalue()


def test_keys_and_numbers_are_taken_out_of_every_value(book: Book) -> None:
    refused = ConnectionError(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    structlog.get_logger().error(f"to bot{TOKEN}/", reason=f"bot{TOKEN}/", error=refused, of=["13800001234"])

    assert TOKEN not in book.stream.getvalue()
    assert "13800001234" not in book.stream.getvalue()
    assert book.lines[0]["of"] == "['***1234']"


def test_numbers_that_are_numbers_stay_whole(book: Book) -> None:
    structlog.get_logger().info("outbox.sent", message=12345678901, late=None, ms=1234567890.5, again=False)

    assert book.lines[0]["message"] == 12345678901
    assert (book.lines[0]["late"], book.lines[0]["ms"], book.lines[0]["again"]) == (None, 1234567890.5, False)


def test_libraries_that_tell_of_every_request_are_kept_quiet(book: Book) -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    for name in logbook.CHATTY:
        logging.getLogger(f"{name}.client").info("GET /bot%s/", TOKEN)

    assert book.lines == []


def test_what_libraries_warn_of_is_a_line_like_ours(book: Book) -> None:
    logging.getLogger("telegram.ext").warning("cannot reach https://api.telegram.org/bot%s/", TOKEN)

    assert book.lines[0]["event"] == "cannot reach https://api.telegram.org/bot123456789:***/"
    assert (book.lines[0]["logger"], book.lines[0]["level"]) == ("telegram.ext", "warning")


def test_a_failure_inside_a_library_is_told_without_its_words(book: Book) -> None:
    words = "call 王女士 at 13800001234"

    def tick() -> None:
        raise ValueError(words)

    job = BackgroundScheduler(timezone="UTC").add_job(tick, misfire_grace_time=None)
    run_job(job, "default", [datetime(2026, 11, 23, tzinfo=UTC)], "apscheduler.executors.default")

    assert "王女士" not in book.stream.getvalue()
    assert "13800001234" not in book.stream.getvalue()
    assert "ValueError: …" in str(book.lines[-1]["exception"])
    assert book.errors == ["apscheduler"]


def test_errors_are_counted_by_where_they_come_from(book: Book) -> None:
    log = structlog.get_logger()
    log.warning("outbox.undelivered")
    log.error("outbox.misconfigured")
    log.error("Something Else Entirely")
    logging.getLogger("websockets.server").error("it broke")
    logging.getLogger("asyncio").warning("slow")

    assert book.errors == ["outbox", "other", "websockets"]


def test_a_level_may_be_chosen() -> None:
    with kept(StringIO(), logging.WARNING) as book:
        structlog.get_logger().info("turn.taken")
        structlog.get_logger().warning("turn.unavailable")

    assert [line["event"] for line in book.lines] == ["turn.unavailable"]


PHONE, PLACE, NAME, NOTE = "13912345678", "武侯区科华北路88号7栋903", "欧阳翠花", "钥匙在紫色信箱里"
PRIVATE = (PHONE, "科华北路", "7栋", NAME, NOTE, "紫色", "阳光花园", "sesame")
BOOKING = ("明天上午九点日常保洁3小时", "不用", PLACE, NOTE, "都可以", NAME, PHONE, NOTE, "确认")


@pytest.fixture
def customer(engine: Engine, company: Company, moment: Moment) -> Person:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    return Person(engine, company, moment, channel="fake")


def break_every_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail while holding on to what was said, in the ways that put it into the failure."""
    sound = dialogue.take_turn

    def take_turn(state: State, turn: Turn) -> list[Outbound]:
        said = sound(state, turn)
        match turn.content:
            case Text(body):
                raise ValueError(f"cannot make anything of {body}, said by {turn.customer.name}")
            case Place(label=label):
                row = {"phone": label}  # breaks a rule of the table, so the database quotes the row
                turn.session.execute(text("UPDATE customer SET phone = :phone"), row)
            case content:
                return {}[content]
        return said

    monkeypatch.setattr(dialogue, "take_turn", take_turn)


def test_a_turn_leaves_one_line_that_tells_how_it_went(customer: Person, book: Book) -> None:
    customer.says(*BOOKING[:2])
    inbound = Inbound(Sender("fake", "main", "customer"), "same", customer.moment.now, Text(PLACE), "zh-CN")
    for _ in range(2):
        Bot(customer.engine, customer.company).receive(inbound)

    first, second, third, again = book.of("turn.taken")
    assert {
        "channel": "fake",
        "kind": "text",
        "flow": "booking",
        "question": None,
        "asks": "add_ons",
        "outcome": "answered",
        "replies": 1,
        "tries": 1,
    }.items() <= first.items()
    assert isinstance(first["ms"], float)
    assert (second["question"], second["asks"]) == ("add_ons", "address")
    assert third["conversation"] == first["conversation"]
    assert (again["outcome"], again["message"]) == ("repeated", third["message"])


def test_no_line_holds_what_people_wrote(
    customer: Person, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer.says(*BOOKING)
    customer.says("你好", "阳光花园的门禁密码是 open sesame", "人工")
    customer.moment.forward(hours=1)
    notices.due(customer.engine, customer.company)
    customer.says("我想约日常保洁")
    before = len(book.lines)
    break_every_turn(monkeypatch)
    monkeypatch.setattr(dialogue, "remind", lambda *_: {}[NOTE])
    for content in (Text(f"{NOTE}，电话 {PHONE}"), Place(30.6, 104.0, PLACE), Contact(PHONE, NAME)):
        for _ in range(2):
            with pytest.raises(TurnFailed):
                customer.sends(content, f"{PLACE}{content}")
        customer.sends(content, f"{PLACE}{content}")
    customer.moment.forward(hours=1)
    notices.due(customer.engine, customer.company)

    assert before >= len(BOOKING)
    assert len(book.of("turn.failed")) == 9
    assert [line["outcome"] for line in book.of("turn.taken")[-3:]] == ["failed", "failed", "set_aside"]
    assert "ValueError: …" in str(book.of("turn.failed")[0]["exception"])
    assert "IntegrityError" in str(book.of("turn.failed")[3]["exception"])
    assert "KeyError: …" in str(book.of("notice.failed")[0]["exception"])
    assert book.errors == ["turn"] * 9 + ["notice"]
    assert not [words for words in PRIVATE if words in book.stream.getvalue()]


async def test_no_line_about_sending_holds_what_was_said(customer: Person, book: Book) -> None:
    customer.says(*BOOKING)

    async def breaks(_to: Sender, message: Outbound) -> None:
        raise KeyError(message.text)

    channel = FakeChannel(fate=breaks)
    async with running(Delivery(customer.engine, customer.company, [channel])):
        await until(lambda: bool(book.of("outbox.channel_broken")))

    assert not [words for words in PRIVATE if words in book.stream.getvalue()]
    assert "KeyError: …" in str(book.of("outbox.channel_broken")[0]["exception"])


def test_what_is_said_unasked_is_a_line_for_each_kind(customer: Person, book: Book) -> None:
    customer.says("我想约日常保洁")
    customer.moment.forward(hours=1)
    for _ in range(2):
        notices.due(customer.engine, customer.company)

    assert [(line["what"], line["people"]) for line in book.of("notice.said")] == [("draft", 1)]


async def test_what_arrives_is_told_only_to_who_wants_to_know(customer: Person) -> None:
    for level, lines in ((logging.INFO, 0), (logging.DEBUG, 1)):
        customer.says("你好")
        channel = FakeChannel()
        with kept(StringIO(), level) as book:
            async with running(Delivery(customer.engine, customer.company, [channel])):
                await until(lambda channel=channel: bool(channel.sent))
        assert len(book.of("outbox.sent")) == lines
