"""Care by e-mail: where no chat shows it, through the same hours, caps and refusals, and counted once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import notices
from bot.messages import Left
from core import consents, decency, grants
from core.campaigns import Part, previews
from core.company import Company
from core.consents import Purpose
from core.correspondence import Message
from core.correspondence import Purpose as Why
from core.database import transaction
from core.decency import Class, Pace, Sent
from core.grants import Allowance
from core.identities import Identity
from core.lifecycle import CareTask, contracts, planning
from core.resorts import Notification, NotifyAddress, RefusalLink, addresses
from core.ways import FREE, Accounts, Limits
from tests.bot.test_campaigns import begin, crowd, plan, targets
from tests.bot.test_care import outcome, pass_days, regular
from tests.conftest import Moment
from tests.talk import Person

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
MAIL, FROM, PAGE = "wang@qq.com", "noreply@anxin.example", "https://anxin.example"
COUNTED = {("web", "main"): Limits(counted=True)}
UNPUSHED = {("web", "main"): Limits(pushes=False)}


def opened(company: Company, *, page: str = PAGE) -> Company:
    rules = company.resorts.opened(email_from=FROM, sms_from="安心到家", page=page)
    return company.model_copy(update={"resorts": rules})


def proves(engine: Engine, customer_id: int, moment: Moment) -> None:
    with transaction(engine) as session:
        known = {"channel": "email", "address": MAIL, "confirmed_at": moment.now}
        session.add(NotifyAddress(customer_id=customer_id, **known))


def regular_by_mail(person: Person, *, page: str = PAGE, count: int = 4) -> int:
    """A regular customer whose e-mail address is proved, of a company that sends e-mails."""
    person.company = opened(person.company, page=page)
    who = regular(person, count=count)
    proves(person.engine, who, person.moment)
    return who


def at_due(person: Person, accounts: Accounts, days: int = 13) -> None:
    """So many days pass, each looked at, with accounts of ours that may write so."""
    for _ in range(days):
        person.moment.forward(days=1)
        notices.due(person.engine, person.company, accounts)


def mailed(engine: Engine) -> list[tuple[str, str]]:
    """Each e-mail: what it was, and why it was one."""
    with Session(engine) as session:
        return [
            (one.kind, one.why) for one in session.exec(select(Notification).order_by(col(Notification.id)))
        ]


def letters(engine: Engine) -> list[Message]:
    with Session(engine) as session:
        return list(session.exec(select(Message).where(Message.channel == "email").order_by(col(Message.id))))


def told(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.exec(select(Sent.about).order_by(col(Sent.id))))


def test_whose_chat_is_closed_reads_it_by_e_mail_and_finds_its_buttons_in_the_chat(person: Person) -> None:
    regular_by_mail(person)
    at_due(person, COUNTED)

    [(kind, why)], [letter] = mailed(person.engine), letters(person.engine)
    assert (kind, letter.user) == (planning.NEXT, MAIL)
    assert why == "no chat of theirs lets us write just now, or shows it before they come"
    assert letter.content["choices"] == []
    assert "点" not in letter.body
    assert letter.content["leave"].startswith(f"{PAGE}/unsubscribe/")
    assert letter.content["leave"] in letter.content["card"]["footer"]
    assert told(person.engine) == [planning.NEXT], "counted once"
    waiting = person.heard()[-1]
    assert waiting.content["choices"][0]["label"] == "就约这次"


def test_a_page_that_nobody_looks_at_is_no_chat_in_which_they_notice_it(person: Person) -> None:
    regular_by_mail(person)
    at_due(person, UNPUSHED)
    assert [kind for kind, _ in mailed(person.engine)] == [planning.NEXT]


@pytest.mark.parametrize("accounts", [{}, {("web", "main"): Limits()}])
def test_who_can_be_told_in_a_chat_gets_no_e_mail(person: Person, accounts: Accounts) -> None:
    regular_by_mail(person)
    at_due(person, accounts)
    assert (mailed(person.engine), told(person.engine)) == ([], [planning.NEXT])


def test_a_chat_whose_window_is_open_is_told_and_one_message_of_it_is_kept_back(person: Person) -> None:
    regular_by_mail(person)
    at_due(person, COUNTED, days=12)
    with transaction(person.engine) as session:
        grants.earn(session, person.peer, Allowance("text", 2, timedelta(hours=48)), person.moment.now)
    at_due(person, COUNTED, days=1)
    assert mailed(person.engine) == []


def test_without_a_page_to_refuse_it_on_nothing_is_mailed(person: Person) -> None:
    regular_by_mail(person, page="")
    person.sends(Left())
    pass_days(person, 13)
    assert letters(person.engine) == []
    assert outcome(person, planning.NEXT) == "not said: the customer can be written to nowhere"


def test_after_the_first_visit_staff_call_who_refused_e_mails(person: Person) -> None:
    who = regular_by_mail(person, count=1)
    with transaction(person.engine) as session:
        decency.refuse(session, who, Class.CARE, person.moment.now, channel="email")
    person.sends(Left())
    pass_days(person, 1)
    assert letters(person.engine) == []
    with transaction(person.engine) as session:
        assert session.exec(select(CareTask.what)).all() == ["first"]


def test_after_the_first_visit_an_e_mail_spares_staff_the_call(person: Person) -> None:
    regular_by_mail(person, count=1)
    person.sends(Left())
    pass_days(person, 1)
    assert mailed(person.engine) == [(planning.CHECK, "nothing can be written to them in any chat")]
    with Session(person.engine) as session:
        assert session.exec(select(CareTask)).all() == []


def test_who_wants_it_in_no_chat_but_by_e_mail_gets_it_there(person: Person) -> None:
    who = regular_by_mail(person)
    with transaction(person.engine) as session:
        decency.refuse(session, who, Class.CARE, person.moment.now, channel="web")
    at_due(person, {})
    assert mailed(person.engine) == [(planning.NEXT, "they want it in no chat of theirs")]
    assert not [one for one in person.heard() if "照旧约一次" in one.body]
    with transaction(person.engine) as session:
        decency.refuse(session, who, Class.CARE, person.moment.now, channel="email")
    at_due(person, {}, days=30)
    assert len(mailed(person.engine)) == 1


def test_caps_count_e_mails_and_chats_together(person: Person) -> None:
    who = regular_by_mail(person)
    person.sends(Left())
    with transaction(person.engine) as session:
        decency.want(session, who, Pace.FEWER, person.moment.now)
    pass_days(person, 12)
    with transaction(person.engine) as session:
        decency.sent(session, who, Class.CARE, person.moment.now, about="said in a chat")
    pass_days(person, 1)
    assert mailed(person.engine) == []
    assert outcome(person, planning.NEXT).startswith(("held", "not said: they want fewer messages"))


def test_an_address_that_is_lost_or_forgotten_is_no_way(person: Person) -> None:
    who = regular_by_mail(person)
    person.sends(Left())
    with transaction(person.engine) as session:
        addresses.lose(session, who, "email", MAIL, why="550", now=person.moment.now)
    pass_days(person, 13)
    assert letters(person.engine) == []


def test_a_contract_that_ends_is_news_that_nobody_refuses(person: Person) -> None:
    who = regular_by_mail(person)
    person.sends(Left())
    with transaction(person.engine) as session:
        decency.refuse(session, who, Class.CARE, person.moment.now, channel="email")
        last = person.moment.now.astimezone(person.company.zone).date() + timedelta(days=8)
        contracts.agree(session, person.company, who, "MATERNITY", last, last, person.moment.now)
    pass_days(person, 2)
    [letter] = letters(person.engine)
    assert "到期" in letter.body
    assert "leave" not in letter.content
    with transaction(person.engine) as session:
        assert session.exec(select(RefusalLink)).all() == []


def test_an_offer_goes_by_e_mail_to_who_agreed_and_has_no_chat_and_to_nobody_twice(
    engine: Engine, company: Company, moment: Moment
) -> None:
    company = opened(company)
    crowd(engine, 4, moment.now)
    for n in (1, 2, 3):
        proves(engine, n, moment)
    with transaction(engine) as session:
        consents.withdraw(session, 1, Purpose.MARKETING, now=moment.now)
        decency.refuse(session, 2, Class.MARKETING, moment.now, channel="email")
        for chat in session.exec(select(Identity).where(col(Identity.customer_id) != 4)):
            chat.unreachable_at = moment.now
        found = previews.of(session, company, plan(), lambda _channel: FREE, moment.now)
        assert (dict(found.channels), found.now) == ({"email": 1, "web": 1}, 2)
    begin(engine, company, moment.now)
    for _ in range(2):
        notices.due(engine, company)

    assert [(one.customer_id, one.state, one.channel, one.why) for one in targets(engine)] == [
        (2, Part.DROPPED, None, "they have no chat left in which they want it"),
        (3, Part.SENT, "email", None),
        (4, Part.SENT, "web", None),
    ]
    [letter] = letters(engine)
    assert letter.purpose is Why.BULK
    assert "退订" not in letter.body
    assert "优惠消息" in letter.content["card"]["footer"]
    assert told(engine) == ["campaign", "campaign"]


def test_who_notices_no_chat_just_now_gets_an_offer_by_e_mail_instead(
    engine: Engine, company: Company, moment: Moment
) -> None:
    crowd(engine, 1, moment.now)
    proves(engine, 1, moment)
    begin(engine, opened(company), moment.now)
    notices.due(engine, opened(company), UNPUSHED)
    assert [one.channel for one in targets(engine)] == ["email"]
    with Session(engine) as session:
        assert session.exec(select(Message).where(Message.channel == "web")).all() == []
