"""E-mails at a real mail server: what arrives, and what each failure means."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from channels.email import channel, letters
from channels.email.channel import EmailChannel
from channels.email.sending import Server
from core import clock, company
from core.catalogue import Words
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


def words(mail: EmailMessage, kind: str) -> str:
    """What is read of it, with the line ends of this machine."""
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


async def test_an_e_mail_arrives_as_words_and_as_html_that_nobody_can_break(sink: Sink) -> None:
    receipt = await send(sink)

    [mail] = sink.mails
    plain, html = words(mail, "plain"), words(mail, "html")
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


LEAVE = f"https://home.a-rather-long-name.example/menling/unsubscribe/{'aB3_-x' * 6}"


async def test_what_can_be_refused_says_so_to_mail_programs_in_one_piece(sink: Sink) -> None:
    foot = f"回到聊天里说。\n不想再收到：{LEAVE}"
    said = replace(NEWS, leave=LEAVE, card=Card("安心到家：" + "该约下次了" * 12, (), foot))
    await EmailChannel(settings(sink.port), company=COMPANY).send(TO, said, purpose=Purpose.NOTICE)

    head, _, _ = sink.raw[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert f"List-Unsubscribe: <{LEAVE}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert max(len(line) for line in lines) < 998
    [mail] = sink.mails
    html = words(mail, "html")
    assert f'<a href="{LEAVE}">{LEAVE}</a>' in html
    assert foot in words(mail, "plain")


async def test_news_cannot_be_refused_and_nothing_watches_who_reads(sink: Sink) -> None:
    await send(sink)

    [mail] = sink.mails
    assert mail["List-Unsubscribe"] is None
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    html = words(mail, "html")
    assert not re.search(r"<img|<script|<link|src=|url\(", html)
    assert abs(mail["Date"].datetime - clock.now()) < timedelta(minutes=1)
    assert mail["Message-ID"].endswith("@anxin.example>")


async def test_a_long_subject_and_a_name_with_signs_come_through_as_they_are(sink: Sink) -> None:
    name = Words({"zh-CN": '安心 "到家", Ltd. <总店>\r\nBcc: x'})
    said = replace(NEWS, card=Card("预约“A1”\r\nX-Evil: 1 " + "很长" * 30, ()))
    company = COMPANY.model_copy(update={"name": name})
    await EmailChannel(settings(sink.port), company=company).send(TO, said, purpose=Purpose.NOTICE)

    [mail] = sink.mails
    assert mail["From"].addresses[0].display_name == '安心 "到家", Ltd. <总店> Bcc: x'
    assert mail["From"].addresses[0].addr_spec == "noreply@anxin.example"
    assert mail["Subject"] == "预约“A1” X-Evil: 1 " + "很长" * 30
    assert (mail["Bcc"], mail["X-Evil"]) == (None, None)
    assert sink.raw[0].isascii(), "no server needs to know anything newer"
    assert sink.recipients == ["wang@qq.com"]


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_words_of_ours_become_a_line_of_the_head(words: str) -> None:
    said = Outbound(words, card=Card(f"{words}\r\nBcc: a@b.c", ((words, words),), words))
    mail = letters.write("wang@qq.com", said, sender="noreply@anxin.example", name=f"{words}\nTo: x@y.z")

    read = message_from_bytes(mail.as_bytes(), policy=default)
    names = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
    assert sorted(read.keys()) == sorted(names)
    assert [one.addr_spec for one in read["To"].addresses] == ["wang@qq.com"]


@pytest.mark.parametrize(
    "user",
    [
        "a@b.com\r\nRCPT TO:<all@qq.com>",
        "a@b.com\nBcc: x@y.z",
        "a@b.com, c@d.com",
        "<a@b.com>",
        "a",
        "王@b.com",
    ],
)
async def test_what_is_not_one_address_is_never_handed_to_a_server(sink: Sink, user: str) -> None:
    to = Sender("email", "noreply@anxin.example", user)
    with pytest.raises(Unreachable):
        await EmailChannel(settings(sink.port), company=COMPANY).send(to, NEWS, purpose=Purpose.NOTICE)

    assert sink.recipients == []


@pytest.mark.parametrize("tls", ["tls", "starttls"])
async def test_everything_goes_encrypted_to_a_server_whose_certificate_is_good(
    tmp_path: Path, tls: str
) -> None:
    shows = smtp.certificate(tmp_path)
    async with smtp.listening(tls=tls, shows=shows) as sink:
        trusts = ssl.create_default_context(cafile=tmp_path / "server.pem")
        server = Server("127.0.0.1", sink.port, tls, USER, PASSWORD, trusts)
        made = EmailChannel(settings(sink.port), company=COMPANY, server=server)
        await made.send(TO, NEWS, purpose=Purpose.NOTICE)

        assert (len(sink.mails), sink.sealed) == (1, [True])


@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2"])
async def test_a_certificate_that_nobody_vouches_for_or_of_somebody_else_gets_neither_password_nor_mail(
    tmp_path: Path, tls: str, address: str
) -> None:
    shows = smtp.certificate(tmp_path, name=address)
    async with smtp.listening(tls=tls, shows=shows) as sink:
        trusts = (
            ssl.create_default_context(cafile=tmp_path / "server.pem") if address != "127.0.0.1" else None
        )
        server = Server("127.0.0.1", sink.port, tls, USER, PASSWORD, trusts)
        with pytest.raises(Misconfigured, match="no safe connection"):
            await EmailChannel(settings(sink.port), company=COMPANY, server=server).send(
                TO, NEWS, purpose=Purpose.NOTICE
            )

        assert sink.mails == []


@pytest.mark.parametrize("tls", ["tls", "starttls"])
async def test_a_server_that_says_nothing_or_speaks_no_smtp_is_down_or_unsafe(tls: str) -> None:
    async def nonsense(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(nonsense, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises((Down, Misconfigured)):
            await EmailChannel(settings(port, email_tls=tls), company=COMPANY).send(
                TO, NEWS, purpose=Purpose.NOTICE
            )


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

    with_page = await channel.examine(settings(sink.port, public_url="https://home.example"))

    assert [check.health for check in well] == ["ok", "warning", "warning"]
    assert "MENLING_PUBLIC_URL" in well[2].advice
    assert [check.health for check in with_page] == ["ok", "warning"]
    assert [check.health for check in wrong] == ["problem"]
    assert "MENLING_EMAIL_PASSWORD" in wrong[0].advice
