"""News for a customer whom no chat lets us write to: by e-mail, else by text message, else staff call."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import facts, outbox, resorting, telling
from bot.messages import Arrived, Outbound
from channels.app import with_resorts
from channels.base import Capabilities
from channels.delivery import Delivery
from channels.email.channel import EmailChannel
from channels.sms.channel import SmsChannel
from core import accounts, company, grants, identities, policies, timeline
from core.company import Company
from core.correspondence import BACKOFF, Message, Peer, Purpose, Status
from core.customers import Customer
from core.database import transaction
from core.grants import Allowance
from core.handoffs import Handoff
from core.identities import Role
from core.news import Kind
from core.resorts import Notification, NotifyAddress, addresses
from core.resorts.rules import SmsTemplate
from core.settings import Settings
from core.visits import Visit
from core.ways import CALL, Limits
from tests.channels.scripted import serving
from tests.channels.test_delivery import FakeChannel, running, until
from tests.conftest import Moment
from tests.doubles import smtp
from tests.doubles.sms import KEY_ID, SECRET, SmsDouble
from tests.doubles.smtp import PASSWORD, USER, Sink
from tests.town import awaited

WANG = Peer("fake", "main", "wang")
FROM, SIGN, MAIL, PHONE = "noreply@anxin.example", "安心到家", "wang@qq.com", "+8613800001234"
SETTINGS = {
    "email_host": "127.0.0.1",
    "email_from": FROM,
    "email_user": USER,
    "email_password": PASSWORD,
    "email_tls": "none",
    "sms_key_id": KEY_ID,
    "sms_key_secret": SECRET,
    "sms_sign": SIGN,
}
COUNTED = Capabilities(limits=Limits(counted=True))
WAYS = ("emailed", "texted", "call_asked")
QUICKLY = timedelta(milliseconds=20)


def opened() -> Company:
    text = SmsTemplate(code="SMS_1", values={"when": "when"})
    known = company.load()
    rules = known.resorts.opened(email_from=FROM, sms_from=SIGN)
    rules = rules.model_copy(update={"sms": {Kind.VISIT_NEAR: text}})
    return known.model_copy(update={"resorts": rules})


@dataclass
class Town:
    """A customer with a visit ahead in a chat whose window is closed, and every way of last resort."""

    engine: Engine
    moment: Moment
    mail: Sink
    sms: SmsDouble
    visit: Visit
    company: Company = field(default_factory=opened)
    chat: FakeChannel = field(
        default_factory=lambda: FakeChannel(can=Capabilities(limits=Limits(counted=True)))
    )

    def knows(self, *, email: bool = False, phone: bool = False) -> None:
        """What of the customer is proved."""
        with transaction(self.engine) as session:
            customer = session.get_one(Customer, self.visit.customer_id)
            customer.phone, customer.phone_verified_at = PHONE, self.moment.now if phone else None
            if email:
                now, id = self.moment.now, self.visit.customer_id
                session.add(NotifyAddress(customer_id=id, channel="email", address=MAIL, confirmed_at=now))

    def tells(self, words: str = "明天上午见", *, critical: bool = True) -> None:
        """The chat gets news of the visit."""
        with transaction(self.engine) as session:
            identity = identities.find(session, *WANG)
            assert identity is not None
            turn = telling.turn_of(session, self.company, identity, self.moment.now, Arrived())
            visit = session.get_one(Visit, self.visit.id)
            said = facts.about_visit(turn, Outbound(words, until=visit.starts_at), Kind.VISIT_NEAR, visit)
            said = said if critical else Outbound(words, news=said.news, facts=said.facts)
            for chat in identities.of_customer(session, self.visit.customer_id):
                peer = Peer(chat.channel, chat.account, chat.user)
                outbox.post(session, peer, said, self.moment.now, purpose=Purpose.NOTICE)

    def writes_from(self, user: str, messages: int | None = None) -> None:
        """The customer has that chat too, and may be told so many messages there; None: they never wrote."""
        with transaction(self.engine) as session:
            now, peer = self.moment.now, Peer("fake", "main", user)
            identities.bind_customer(session, *peer, self.visit.customer_id, now=now)
            if messages is not None:
                grants.earn(session, peer, Allowance("text", messages, timedelta(hours=48)), now)

    def delivery(self) -> Delivery:
        given = Settings(_env_file=None, email_port=self.mail.port, sms_api_url=self.sms.base, **SETTINGS)
        email = EmailChannel(given, company=self.company)
        sms = SmsChannel(given, company=self.company)
        self.gateway = sms._gateway
        return Delivery(self.engine, self.company, [self.chat, email, sms], sweep=QUICKLY)

    def story(self) -> dict[str, str]:
        """What the visit's story says of ways, with the reason."""
        with Session(self.engine) as session:
            entries = timeline.of(session, self.visit.id or 0, viewer=Role.STAFF)
            return {
                one.what: one.reason or ""
                for one in entries
                if one.what in ("emailed", "texted", "call_asked")
            }

    def calls(self) -> int:
        with Session(self.engine) as session:
            theirs = (Handoff.customer_id == self.visit.customer_id, Handoff.topic == CALL)
            return len(session.exec(select(Handoff).where(*theirs)).all())

    def rows(self, channel: str) -> list[Message]:
        with Session(self.engine) as session:
            theirs = select(Message).where(Message.channel == channel).order_by(col(Message.id))
            return list(session.exec(theirs))


@pytest.fixture
async def town(engine: Engine, moment: Moment) -> AsyncIterator[Town]:
    known = opened()
    with transaction(engine) as session:
        policies.remember(session, known, moment.now)
        ahead = awaited(session, known, moment.now + timedelta(hours=25), moment.now)
        identities.bind_customer(session, *WANG, ahead.customer_id, now=moment.now)
        session.expunge(ahead)
    async with AsyncExitStack() as stack:
        mail = await stack.enter_async_context(smtp.listening())
        sms = await stack.enter_async_context(serving(SmsDouble()))
        made = Town(engine, moment, mail, sms, ahead)
        yield made
        await made.gateway.close()


async def test_a_closed_chat_leaves_it_to_e_mail_and_the_story_says_why(town: Town) -> None:
    town.knows(email=True, phone=True)
    town.tells()

    async with running(town.delivery()):
        await until(lambda: [one.status for one in town.rows("email")] == [Status.SENT])

    [mail] = town.mail.mails
    assert "明天上午见" in mail.get_body(("plain",)).get_content()
    assert town.visit.reference in mail["Subject"]
    assert town.story() == {"emailed": "the platform lets us write no more"}
    assert (town.sms.sent, town.calls(), town.chat.sent) == ([], 0, [])
    assert town.rows("fake")[-1].due_at is None, "it is held for the chat as well"


async def test_of_two_chats_that_are_both_closed_neither_waits_for_the_other(town: Town) -> None:
    town.knows(email=True)
    town.writes_from("wang-elsewhere")
    town.tells()
    town.tells("做得怎么样", critical=False)

    async with running(town.delivery()):
        await until(lambda: [one.status for one in town.rows("email")] == [Status.SENT] * 2)

    said = [mail.get_body(("plain",)).get_content() for mail in town.mail.mails]
    assert ["明天上午见" in said[0], "做得怎么样" in said[1]] == [True, True]
    assert (town.calls(), town.chat.sent) == (0, [])
    assert all(one.due_at is None for one in town.rows("fake")), "each is held for its own chat as well"


@pytest.mark.parametrize("critical", [True, False])
async def test_a_chat_that_is_open_spares_the_e_mail_also_once_its_last_message_is_used(
    town: Town, critical: bool
) -> None:
    town.knows(email=True)
    town.writes_from("wang-elsewhere", messages=1 if critical else 2)
    town.tells(critical=critical)

    async with running(town.delivery()):
        await until(lambda: len(town.chat.sent) == 1)
        await until(lambda: sorted(one.status for one in town.rows("fake")) == [Status.SENT, Status.WAITING])
        with transaction(town.engine) as session:
            held = session.exec(select(Message).where(Message.user == "wang")).one()
            held.due_at = town.moment.now  # it is looked at again, and the other chat's budget is gone
        await until(lambda: next(one for one in town.rows("fake") if one.user == "wang").due_at is None)

    assert town.rows("email") == []
    assert town.calls() == 0


async def test_without_an_e_mail_address_a_text_message_goes_and_its_price_is_kept(town: Town) -> None:
    town.knows(phone=True)
    town.tells()

    async with running(town.delivery()):
        await until(lambda: [one.status for one in town.rows("sms")] == [Status.SENT])

    assert [one["PhoneNumbers"] for one in town.sms.sent] == ["13800001234"]
    assert "email: no address that is proved and works" in town.story()["texted"]
    with Session(town.engine) as session:
        [kept] = session.exec(select(Notification)).all()
    assert (kept.cost, kept.about, kept.kind) == (5, town.visit.reference, "visit-near")


async def test_who_left_neither_is_called_and_the_story_says_why(town: Town) -> None:
    town.knows()
    town.tells()

    async with running(town.delivery()):
        await until(lambda: town.calls() == 1)

    assert town.story()["call_asked"].endswith(
        "email: no address that is proved and works; sms: no address that is proved and works"
    )
    assert (town.mail.mails, town.sms.sent) == ([], [])


async def test_what_no_way_takes_goes_the_next_one_until_staff_call(town: Town) -> None:
    town.knows(email=True, phone=True)
    town.mail.at_recipient.append("550 5.1.1 no such user")
    town.sms.refuses.append(("isv.SMS_TEMPLATE_ILLEGAL", "refused"))
    town.tells()

    async with running(town.delivery()):
        await until(lambda: town.calls() == 1)

    with Session(town.engine) as session:
        assert session.get_one(NotifyAddress, (town.visit.customer_id, "email")).lost_at == town.moment.now
    assert [one.status for one in (*town.rows("email"), *town.rows("sms"))] == [Status.UNDELIVERED] * 2
    assert set(town.story()) == {"emailed", "texted", "call_asked"}
    assert "tried in vain" in town.story()["call_asked"]


async def test_a_wrong_password_stops_the_account_and_nobody_waits_for_it(town: Town) -> None:
    town.knows(email=True, phone=True)
    town.mail.at_sender.append("550 5.7.1 not your address")
    town.tells()

    async with running(town.delivery()):
        await until(lambda: bool(town.sms.sent))
        with Session(town.engine) as session:
            assert accounts.every(session)["email", FROM].is_in_trouble
        town.tells("后天见")
        await until(lambda: len(town.sms.sent) == 2)

    assert town.mail.mails == []
    assert len(town.rows("email")) == 1


async def test_a_text_message_is_worth_only_what_must_be_known_and_only_so_often(town: Town) -> None:
    town.knows(phone=True)
    town.tells("做得怎么样", critical=False)
    for number in range(4):
        town.tells(f"第{number}条")

    async with running(town.delivery()):
        await until(lambda: town.calls() == 1)
        await until(lambda: [one.status for one in town.rows("sms")] == [Status.SENT] * 3)

    assert len(town.sms.sent) == 3
    assert town.story()["call_asked"].endswith("sms: enough went there today")


async def test_at_night_it_waits_for_the_morning_and_in_doubt_it_is_sent_again(town: Town) -> None:
    town.knows(email=True)
    night = town.moment.now.astimezone(town.company.zone).replace(hour=23, minute=30)
    town.moment.at(night)
    town.mail.at_data.append(smtp.HANG_UP)
    town.tells()

    async with running(town.delivery()):
        await until(lambda: len(town.rows("email")) == 1)
        [mail] = town.rows("email")
        assert mail.due_at is not None
        assert mail.due_at.astimezone(town.company.zone).hour == town.company.policies.told_from.hour
        town.moment.at(mail.due_at)
        await until(lambda: town.rows("email")[0].status is Status.WAITING and len(town.mail.mails) == 1)
        await until(lambda: (town.rows("email")[0].failure or "").startswith("OutcomeUnknown"))
        town.moment.forward(seconds=BACKOFF[0].total_seconds())
        await until(lambda: town.rows("email")[0].status is Status.SENT)

    assert len(town.mail.mails) == 2


async def test_a_code_that_comes_back_is_told_in_the_chat(town: Town) -> None:
    with transaction(town.engine) as session:
        identity = identities.find(session, *WANG)
        assert identity is not None
        turn = telling.turn_of(session, town.company, identity, town.moment.now, Arrived())
        asked = addresses.ask(session, town.company, town.visit.customer_id, MAIL, town.moment.now)
        resorting.send_code(turn, asked)
    town.mail.at_recipient.append("550 5.1.1 no such user")

    async with running(town.delivery()):
        await until(lambda: len(town.rows("fake")) == 1)

    [said] = town.rows("fake")
    assert MAIL in said.body
    assert (town.story(), town.calls()) == ({}, 0)


def test_the_service_knows_the_ways_that_are_set_and_no_others() -> None:
    mail_only = Settings(_env_file=None, email_host="127.0.0.1", email_from=FROM)
    rules = with_resorts(mail_only, opened()).resorts

    assert (rules.email_from, rules.sms_from) == (FROM, "")
    assert with_resorts(Settings(_env_file=None), opened()).resorts.email_from == ""
    assert mail_only.email_lacks == []
    for given, page in (("https://home.example/", "https://home.example"), ("http://127.0.0.1:8000", "")):
        known = Settings(_env_file=None, public_url=given)
        assert with_resorts(known, opened()).resorts.page == page
    assert mail_only.sms_lacks == ["MENLING_SMS_KEY_ID", "MENLING_SMS_KEY_SECRET", "MENLING_SMS_SIGN"]
