"""Care on its whole way: due, judged, written to the mail server, read, and refused by the mail program."""

import re

import aiohttp
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.messages import Left
from channels.delivery import Delivery
from channels.email.channel import EmailChannel
from core.correspondence import Message, Status
from core.decency import Class, Refusal
from core.settings import Settings
from tests.bot.conftest import person  # noqa: F401 - a fixture
from tests.bot.test_care import pass_days
from tests.bot.test_emailing import FROM, PAGE, regular_by_mail
from tests.browser.house import House
from tests.channels.test_delivery import running, until
from tests.channels.web.conftest import house  # noqa: F401 - a fixture
from tests.doubles import smtp
from tests.doubles.smtp import PASSWORD, USER
from tests.talk import Person

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def is_sent(engine: Engine) -> bool:
    with Session(engine) as session:
        return session.exec(select(Message.status).where(Message.channel == "email")).all() == [Status.SENT]


async def test_an_offer_to_come_again_arrives_and_one_click_in_the_mail_program_ends_them(
    engine: Engine,
    person: Person,  # noqa: F811
    house: House,  # noqa: F811
) -> None:
    who = regular_by_mail(person)
    person.sends(Left())
    pass_days(person, 13)
    async with smtp.listening() as sink:
        given = {"email_host": "127.0.0.1", "email_port": sink.port, "email_tls": "none", "email_from": FROM}
        settings = Settings(_env_file=None, **given, email_user=USER, email_password=PASSWORD)
        async with running(
            Delivery(engine, person.company, [EmailChannel(settings, company=person.company)])
        ):
            await until(lambda: is_sent(engine))

    [mail] = sink.mails
    plain = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "安心到家：王女士，日常保洁到今天 13 天了，照旧约一次？"
    [link] = re.findall(r"<(https://\S+)>", mail["List-Unsubscribe"])
    assert link in plain
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    async with (
        aiohttp.ClientSession() as program,
        program.post(link.replace(PAGE, house.url), data={"List-Unsubscribe": "One-Click"}) as answer,
    ):
        assert answer.status == 200
    with Session(engine) as session:
        [refused] = session.exec(select(Refusal).where(Refusal.customer_id == who)).all()
        assert (refused.kind, refused.channel) == (Class.CARE, "email")
