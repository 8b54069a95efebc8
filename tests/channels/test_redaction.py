import asyncio
from collections.abc import Callable

import pytest
from pydantic import BaseModel
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from telegram.error import InvalidToken

from channels import redaction

pytestmark = pytest.mark.both_databases

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - nobody's
WORDS = "我家门口的紫色信箱"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (
            f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
            "https://api.telegram.org/bot123456789:***/",
        ),
        (f"GET https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg", "/photos/1.jpg"),
        (
            "GET https://api.weixin.qq.com/cgi-bin/user?access_token=s3cret_x-9&lang=zh",
            "access_token=***&lang=zh",
        ),
        ("/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=s3cret", "appid=wx1&secret=***"),
        ("/cgi-bin/gettoken?corpid=ww1&corpsecret=s3cret", "corpid=ww1&corpsecret=***"),
        ('{"access_token": "s3cret", "expires_in": 7200}', '{"access_token": "***", "expires_in": 7200}'),
        ("{'X-Telegram-Bot-Api-Secret-Token': 's3cret', 'Host': 'h'}", "'Host': 'h'"),
        ("(b'x-telegram-bot-api-secret-token', b's3cret')", "(b'x-telegram-bot-api-secret-token', b'***')"),
        ("X-Telegram-Bot-Api-Secret-Token: s3cret", "X-Telegram-Bot-Api-Secret-Token: ***"),
        ("Authorization: Bearer s3cret", "Authorization: Bearer ***"),
        ("Cookie: menling_session=s3cret; other=1", "menling_session=***; other=1"),
        ("postgresql+psycopg://menling:s3cret@db/menling", "postgresql+psycopg://menling:***@db/menling"),
    ],
)
def test_keys_are_taken_out_and_the_rest_stays(line: str, kept: str) -> None:
    hidden = redaction.redact(line)

    assert kept in hidden
    assert "s3cret" not in hidden
    assert TOKEN.partition(":")[2] not in hidden


@pytest.mark.parametrize(
    "number",
    [
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "+86 138 0000 1234",
        "+8613800001234",
        "028-85551234",
        "5512341234",
    ],
)
@pytest.mark.parametrize("around", ["{}", "call {} now", "(phone='{}')", "phone：{}，谢谢"])
def test_of_a_telephone_number_the_last_digits_stay(number: str, around: str) -> None:
    assert redaction.redact(around.format(number)) == around.format("***1234")


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-23T01:00:00.123456Z",
        "2026-11-23 09:00:00+08:00",
        "the disk has 1048576 KiB left",
        "0x7f1234567890",
        "version 3.11.15, took 0.1234567890 s",
        "turn.taken",
        "10.0.0.1:8000",
        "1,234,567,890 rows",
        "booking",
    ],
)
def test_other_numbers_are_left_alone(line: str) -> None:
    assert redaction.redact(line) == line


def raised(act: Callable[[], object]) -> str:
    """The traceback of what `act` fails with, as it is logged."""
    with pytest.raises(Exception) as failed:  # noqa: PT011 - whatever it is
        act()
    assert WORDS in str(failed.value) or not str(failed.value) or isinstance(failed.value, SQLAlchemyError)
    return redaction.trace(failed.value)


class Home(BaseModel):
    """What a flow might check."""

    size: int


def chained() -> None:
    try:
        {}[WORDS]
    except KeyError as missing:
        raise LookupError(f"no {WORDS}") from missing


def grouped() -> None:
    raise ExceptionGroup(WORDS, [ValueError(WORDS), KeyError(WORDS)])


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        (lambda: int(WORDS), ["ValueError: …"]),
        (lambda: Home.model_validate({"size": WORDS}), ["ValidationError: …"]),
        (lambda: {}[WORDS], ["KeyError: …"]),
        (chained, ["KeyError: …", "which led to:", "LookupError: …"]),
        (grouped, ["ExceptionGroup: …", "number 1 of 2", "ValueError: …", "number 2 of 2", "KeyError: …"]),
    ],
    ids=["reading a number", "checking a model", "looking up", "chained", "grouped"],
)
def test_a_traceback_shows_places_and_kinds_but_no_words(act: Callable[[], object], kinds: list[str]) -> None:
    shown = raised(act)

    assert WORDS not in shown
    assert "test_redaction.py" in shown
    for kind in kinds:
        assert kind in shown


def test_a_failure_of_the_code_itself_keeps_its_words() -> None:
    assert redaction.failure(TypeError("'NoneType' object is not iterable")).endswith("is not iterable")
    assert redaction.failure(ConnectionError(f"cannot reach https://t.example/bot{TOKEN}/")).endswith(":***/")
    assert redaction.failure(AssertionError()) == "AssertionError"


def test_a_failure_of_the_database_names_the_rule_and_no_value(engine: Engine) -> None:
    statement = (
        "INSERT INTO customer (name, phone, language, created_at) VALUES (:words, :words, 'en', '2026-01-01')"
    )

    def refused() -> None:
        with Session(engine) as session:
            session.execute(text(statement).bindparams(words=WORDS))

    shown = raised(refused)

    assert WORDS not in shown
    assert "IntegrityError" in shown
    assert "phone_is_e164" in shown


def test_a_value_the_database_cannot_read_is_not_quoted(engine: Engine) -> None:
    def unreadable() -> None:
        with Session(engine) as session:
            session.execute(text("SELECT CAST(:words AS INTEGER) / 0, nothing").bindparams(words=WORDS))

    assert WORDS not in raised(unreadable)


async def test_a_task_that_nobody_waited_for_is_told_without_its_words() -> None:
    async def breaks() -> None:
        raise ValueError(WORDS)

    task = asyncio.create_task(breaks())
    await asyncio.wait([task])
    told = f"Task exception was never retrieved\nfuture: {task!r}"

    assert WORDS in told
    assert WORDS not in redaction.without_failures(told)
    assert "exception=ValueError(…)" in redaction.without_failures(told)
    assert task.exception()


def test_a_token_that_a_library_quotes_is_hidden() -> None:
    assert TOKEN not in redaction.redact(
        str(InvalidToken(f"The token `{TOKEN}` was rejected by the server."))
    )
