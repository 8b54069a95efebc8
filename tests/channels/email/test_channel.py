"""E-mails at a real mail server: what arrives, and what each failure means."""

from collections.abc import AsyncIterator

import pytest

from bot.messages import Card, Outbound, Sender
from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.email import channel
from channels.email.channel import EmailChannel
from core import company
from core.correspondence import Purpose
from core.settings import Settings
from tests.doubles import smtp
from tests.doubles.smtp import HANG_UP, PASSWORD, USER, Sink

COMPANY = company.load()
TO = Sender("email", "noreply@anxin.example", "wang@qq.com")
NEWS = Outbound(
    "王师傅出发了，\n08:45 左右到 <您家>。",
    card=Card("安心到家：您的上门安排 A1", (("地址", "科华北路12号"),), "这个邮箱不收回信。"),
    language="zh-CN",
)


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with smtp.listening() as made:
        yield made


def settings(port: int, **more: object) -> Settings:
    given = {"email_user": USER, "email_password": PASSWORD, "email_tls": "none"} | more
    return Settings(
        _env_file=None, email_host="127.0.0.1", email_port=port, email_from="noreply@anxin.example", **given
    )


async def send(sink: Sink, **more: object) -> str | None:
    made = EmailChannel(settings(sink.port, **more), company=COMPANY)
    return await made.send(TO, NEWS, purpose=Purpose.NOTICE)


async def test_an_e_mail_arrives_as_words_and_as_html_that_nobody_can_break(sink: Sink) -> None:
    receipt = await send(sink)

    [mail] = sink.mails
    plain, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    assert sink.recipients == ["wang@qq.com"]
    assert mail["Subject"] == "安心到家：您的上门安排 A1"
    assert mail["From"] == "安心到家 <noreply@anxin.example>"
    assert mail["Message-ID"] == receipt
    assert mail["Auto-Submitted"] == "auto-generated"
    assert plain == "王师傅出发了，\n08:45 左右到 <您家>。\n\n地址: 科华北路12号\n\n这个邮箱不收回信。\n"
    assert "08:45 左右到 &lt;您家&gt;。" in html
    assert "科华北路12号</td>" in html


@pytest.mark.parametrize(
    ("step", "answer", "means"),
    [
        ("at_sender", "451 try again", TryLater),
        ("at_sender", "550 5.7.1 not your address", Misconfigured),
        ("at_recipient", "450 4.2.1 greylisted", TryLater),
        ("at_recipient", "452 4.2.2 mailbox full", TryLater),
        ("at_recipient", "550 5.1.1 no such user", Unreachable),
        ("at_recipient", "553 no such mailbox", Unreachable),
        ("at_recipient", "550 5.7.1 your server is on a list", ContentRefused),
        ("at_recipient", "552 5.2.2 mailbox full", ContentRefused),
        ("at_recipient", "554 policy", ContentRefused),
        ("at_data", "451 later", TryLater),
        ("at_data", "554 5.7.1 looks like spam", ContentRefused),
        ("at_data", HANG_UP, OutcomeUnknown),
    ],
)
async def test_what_the_server_says_decides_what_becomes_of_it(
    sink: Sink, step: str, answer: str, means: type[Undelivered]
) -> None:
    getattr(sink, step).append(answer)

    with pytest.raises(means) as raised:
        await send(sink)

    assert type(raised.value) is means


async def test_a_wrong_password_is_for_staff_to_mend(sink: Sink) -> None:
    with pytest.raises(Misconfigured, match="535"):
        await send(sink, email_password="not this one")  # noqa: S106

    assert sink.mails == []


async def test_a_server_without_tls_is_not_talked_to_in_the_clear(sink: Sink) -> None:
    with pytest.raises(Misconfigured):
        await send(sink, email_tls="starttls")

    assert sink.mails == []


async def test_a_server_that_is_not_there_is_down() -> None:
    async with smtp.listening() as gone:
        pass

    with pytest.raises(Down):
        await send(gone)


async def test_the_probe_says_how_it_is(sink: Sink) -> None:
    well = await channel.examine(settings(sink.port))
    wrong = await channel.examine(settings(sink.port, email_password="not this one"))  # noqa: S106

    assert [check.health for check in well] == ["ok", "warning"]
    assert [check.health for check in wrong] == ["problem"]
    assert "MENLING_EMAIL_PASSWORD" in wrong[0].advice
