"""Who wants to hear less is heard anywhere: in any form, and while a person of ours talks with them."""

import pytest
from sqlmodel import Session

from bot import words
from bot.enquiries import about_messages
from bot.flows import FLOWS
from bot.messages import Tap, Text
from bot.trail import Outcome
from core import consents, decency, identities
from core.consents import Purpose
from core.decency import Class, Pace
from core.identities import Role
from tests.bot.test_handing_over import bodies, talk
from tests.talk import Person


def wants(person: Person) -> tuple[bool, bool, Pace]:
    """Whether they hear care and offers, and how much."""
    with Session(person.engine) as session:
        customer_id = identities.find(session, *person.peer).customer_id
        care = not decency.refused(session, customer_id, Class.CARE)
        offers = consents.has(session, customer_id, Purpose.MARKETING)
        return care, offers, decency.pace(session, customer_id)


@pytest.mark.parametrize(
    "body", ["别再发消息了", "请别再联系我了，谢谢！", "STOP", "please don't contact me again."]
)
def test_it_is_heard_in_every_form_and_the_form_stays_open(person: Person, body: str) -> None:
    opened = 0
    for name in sorted(name for name, flow in FLOWS.items() if Role.CUSTOMER in flow.roles):
        one = Person(person.engine, person.company, person.moment, f"{name}-person")
        one.says("有优惠告诉我")
        one.arrives(name)
        before = one.state()
        heard = one.says(body)
        assert wants(one) == (False, False, Pace.USUAL), name
        assert one.state().form == (None if FLOWS[name].once else before.form), name
        assert any("没有" not in each and ("不发了" in each or "Done" in each) for each in bodies(heard)), (
            name
        )
        opened += before.form is not None
    assert opened >= 10


@pytest.mark.parametrize("name", sorted(about_messages.LESS - {"here-off"}))
def test_a_person_who_talks_reads_it_and_the_customer_gets_one_line(person: Person, name: str) -> None:
    person.says("有优惠告诉我", "预约", "保洁", "日常保洁")
    before = person.state()
    serving = talk(person)
    said = sorted(words.raw("unasked", name))[0]
    (heard,) = person.sends(Text(said))
    assert not heard.content["choices"]
    assert person.receipts[-1].outcome is Outcome.ANSWERED
    assert wants(person) != (True, True, Pace.USUAL)
    assert f"{said}（消息设置" in bodies(serving.reads())[-1]
    assert person.state().form == before.form


def test_a_button_below_an_older_message_counts_as_well(person: Person) -> None:
    person.says("有优惠告诉我")
    serving = talk(person)
    assert len(person.sends(Tap("go:messages:none", "都不收"))) == 1
    assert wants(person) == (False, False, Pace.USUAL)
    assert "都不收" in bodies(serving.reads())[-1]
    assert person.sends(Tap("go:messages", "消息设置")) == []


def test_asked_again_while_they_talk_it_is_said_again_and_changes_nothing(person: Person) -> None:
    talk(person)
    first, second = person.says("都别发了"), person.says("都别发了")
    assert bodies(first) == bodies(second)


def test_who_serves_a_customer_still_says_stop_to_them(person: Person) -> None:
    serving = talk(person)
    serving.says("退订")
    assert bodies(person.reads())[-1].endswith("：退订")


def test_workers_and_staff_hear_what_cannot_be_turned_off(person: Person) -> None:
    worker = Person(person.engine, person.company, person.moment, "worker")
    staff = Person(person.engine, person.company, person.moment, "staff")
    assert "21:00" in worker.says("退订")[0].body
    assert "下班" in staff.says("少发点")[0].body


def test_words_of_opting_out_mean_one_thing_only() -> None:
    names = words.names("unasked")
    every = [phrase for name in names for phrase in words.phrases("unasked", name)]
    assert len(every) == len(set(every))
