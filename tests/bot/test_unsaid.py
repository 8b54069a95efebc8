"""What people do without words: leaving, coming back, albums, voices; and whose buttons are whose."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.messages import Inbound, Left, Noted, Photo, Returned, Sender, Text, Unsupported, Voice
from bot.turn import Bot
from core import identities
from core.company import Company
from core.correspondence import Direction, Message, Purpose, Status
from tests.conftest import Moment
from tests.talk import Person

PHONE = ("phone", "main")


@pytest.fixture
def wang(engine: Engine, company: Company, moment: Moment) -> Person:
    return Person(engine, company, moment, "wang", channel="phone")


def sent(engine: Engine, moment: Moment, company: Company, content: object, **more: object) -> list[Message]:
    """Hand something in for an account whose replies the caller sends; every row there is then."""
    id = str(more.pop("id", "x"))
    inbound = Inbound(Sender(*PHONE, "wang"), id, moment.now, content, "zh-CN", **more)
    receipt = Bot(engine, company, sends=[PHONE]).receive(inbound)
    assert all(one.purpose is Purpose.ANSWER for one in receipt.claimed)
    with Session(engine) as session:
        return list(session.exec(select(Message).order_by(Message.id)))


def test_who_leaves_is_not_answered_and_cannot_be_reached_until_they_return(
    wang: Person, engine: Engine
) -> None:
    wang.says("你好")
    for content, reachable in ((Left(), False), (Returned(), True), (Left(), False)):
        assert wang.sends(content) == []
        with Session(engine) as session:
            found = identities.find(session, *PHONE, "wang")
            assert found is not None
            assert (found.unreachable_at is None) is reachable
    wang.says("我回来了")
    with Session(engine) as session:
        found = identities.find(session, *PHONE, "wang")
        assert found is not None
        assert found.unreachable_at is None


@pytest.mark.parametrize("content", [Left(), Returned(), Noted("poll", {"id": 1})])
def test_what_is_only_noted_makes_nobody_a_customer(wang: Person, engine: Engine, content: object) -> None:
    assert wang.sends(content) == []
    with Session(engine) as session:
        assert identities.find(session, *PHONE, "wang") is None
        [kept] = session.exec(select(Message)).all()
        assert (kept.direction, kept.status) == (Direction.IN, Status.RECEIVED)


def test_of_an_album_the_first_picture_is_answered_and_all_are_kept(wang: Person, engine: Engine) -> None:
    answers = [wang.sends(Photo(f"p{n}", album="a1")) for n in range(4)]
    assert [len(each) for each in answers] == [1, 0, 0, 0]
    assert len(wang.sends(Photo("q0", album="a2"))) == 1, "another album is another matter"
    assert len(wang.sends(Photo("q1"))) == 1, "a picture of its own too"
    assert wang.sends(Photo("q2", "明天上午九点日常保洁3小时", album="a2")), "words are always heard"
    with Session(engine) as session:
        kept = session.exec(select(Message).where(Message.kind == "photo").order_by(Message.id)).all()
        assert [one.content["media"] for one in kept] == ["p0", "p1", "p2", "p3", "q0", "q1", "q2"]


def test_a_voice_message_is_kept_and_typing_is_asked_for(wang: Person) -> None:
    wang.says("约保洁")
    [answer] = wang.sends(Voice("v1"))
    assert "麻烦打字" in answer.body
    assert answer.content["choices"], "the question stands below"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("contact-of-another", "不是您本人"),
        ("photo-lost", "再发一次"),
        ("photo-refused", "换一张"),
        ("sticker", "这种消息我还看不了"),
    ],
)
def test_what_cannot_be_read_is_answered_for_what_it_is(wang: Person, kind: str, words: str) -> None:
    assert words in wang.sends(Unsupported(kind))[0].body


def test_the_first_answer_is_claimed_and_what_follows_waits_behind_it(
    engine: Engine, company: Company, moment: Moment
) -> None:
    *_, first = sent(engine, moment, company, Text("约保洁"), id="1")
    assert (first.status, first.attempts, first.purpose) == (Status.SENDING, 1, Purpose.ANSWER)
    assert first.lease_until is not None
    *_, second = sent(engine, moment, company, Text("日常保洁"), id="2")
    assert second.status is Status.WAITING, "the first is still on its way"
    assert second.content["closes"] == first.id


def test_a_question_is_closed_by_what_follows_its_answer(wang: Person) -> None:
    wang.arrives()
    [families] = wang.taps("预约服务")
    assert "closes" not in families.content, "what the menu offers may be pressed for ever"
    [services] = wang.taps("保洁")
    assert (services.content["closes"], services.content["chosen"]) == (families.id, "保洁")
    [quantities] = wang.says("日常保洁")
    assert (quantities.content["closes"], quantities.content["chosen"]) == (services.id, "")


def test_choosing_one_more_changes_the_question_instead_of_asking_it_again(wang: Person) -> None:
    wang.says("约日常保洁3小时")
    asked = wang.heard()[-1]
    label = asked.content["choices"][0]["label"]
    [changed] = wang.taps(label)
    assert changed.content["replaces"] == asked.id


def test_in_a_group_a_question_belongs_to_whoever_made_us_ask(
    engine: Engine, company: Company, moment: Moment
) -> None:
    *_, answer = sent(engine, moment, company, Text("约保洁"), by="77")
    assert answer.content["owner"] == "77"


def test_a_number_and_a_place_may_be_given_with_one_touch(wang: Person) -> None:
    wang.says("约日常保洁3小时", "不用加")
    assert wang.heard()[-1].content["shares"] == "place"
