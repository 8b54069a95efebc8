"""What people send belongs to the question that stood open; they hear of it once and may take it back."""

import pytest
from sqlmodel import select

from bot import dialogue
from bot.messages import Content, Noted, Photo, Text, Voice
from bot.turn import TurnFailed
from core import media, timeline
from core.correspondence import Message
from core.database import transaction
from core.identities import Role
from core.media import Consent, Media
from core.visits import Visit
from tests.talk import Person

KEPT = "90 天后自动删除"
BOOKING = (
    "明天上午九点擦玻璃20平",
    "不用",
    "武侯区科华北路12号3栋501",
    "没有",
    "你们安排",
    "王女士",
    "13800001234",
    "没有",
    "确认",
)


def found(person: Person, id: str) -> Media:
    with transaction(person.engine) as session:
        return session.get_one(Media, id)


def said(messages: list[Message]) -> str:
    return "\n".join(message.body for message in messages)


@pytest.mark.parametrize("content", [Photo, Voice])
def test_it_is_filed_to_the_open_question_and_the_first_answer_says_so(
    person: Person, content: type[Content]
) -> None:
    person.says("我想约日常保洁")
    first, second = person.keeps(), person.keeps()
    answer = said(person.sends(content(first)))
    assert KEPT in answer
    assert answer.index(KEPT) < answer.rindex("\n"), "the question stands below"
    assert KEPT not in said(person.sends(content(second)))
    assert KEPT not in said(person.says("3小时"))
    for id in (first, second):
        one = found(person, id)
        assert (one.step, one.subject, one.consent) == ("booking.quantity", None, Consent.SERVICE)
        assert (one.expires_at - person.moment.now).days == 90


def test_without_an_open_question_it_belongs_to_the_chat(person: Person) -> None:
    id = person.keeps()
    assert KEPT in said(person.sends(Photo(id)))
    assert found(person, id).step == media.CHAT


def test_where_the_question_is_about_a_visit_it_belongs_to_that_visit(person: Person) -> None:
    visit = booked(person)
    person.says("改期")
    id = person.keeps()
    person.sends(Photo(id))
    assert (found(person, id).step, found(person, id).subject) == ("moving.day", visit.reference)


def booked(person: Person) -> Visit:
    person.says(*BOOKING)
    with transaction(person.engine) as session:
        return session.exec(select(Visit)).one()


def test_the_pictures_of_an_album_stay_together(person: Person) -> None:
    ids = [person.keeps() for _ in range(3)]
    person.says("我想约日常保洁")
    person.sends(Photo(ids[0], album="a"))
    person.says("3小时")  # meanwhile another question stands open
    assert person.sends(Photo(ids[1], album="a")) == []
    assert person.sends(Photo(ids[2], album="a")) == []
    assert {found(person, id).step for id in ids} == {"booking.quantity"}


def test_the_recording_of_written_words_is_filed_and_the_answer_to_them_says_so(person: Person) -> None:
    id = person.keeps()
    assert person.sends(Noted("voice", {"media": id})) == []
    assert KEPT in said(person.says("你好"))
    assert KEPT not in said(person.says("你好"))
    assert found(person, id).step == media.CHAT


def test_a_picture_of_somebody_else_is_not_theirs_to_file(person: Person) -> None:
    other = Person(person.engine, person.company, person.moment, "other")
    id = other.keeps()
    assert KEPT not in said(person.sends(Photo(id)))
    assert found(person, id).step is None


def test_a_repeated_message_is_filed_once_and_told_the_same(person: Person) -> None:
    id = person.keeps()
    assert KEPT in said(person.sends(Photo(id), "same"))
    before = found(person, id).expires_at
    person.moment.forward(hours=1)
    person.sends(Photo(id), "same")
    assert person.receipts[0].replies == person.receipts[1].replies
    assert found(person, id).expires_at == before


def test_what_came_with_a_message_that_was_set_aside_is_kept_for_staff(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    id = person.keeps()
    monkeypatch.setattr(dialogue, "take_turn", broken)
    for _ in range(2):
        with pytest.raises(TurnFailed):
            person.sends(Photo(id), "poison")
    person.sends(Photo(id), "poison")
    assert found(person, id).step == media.CHAT


@pytest.mark.parametrize("words", ["删掉我的照片", "请删除我的照片", "Delete my photos!"])
def test_a_person_may_take_everything_back(person: Person, words: str) -> None:
    ids = [person.keeps() for _ in range(2)]
    for id in ids:
        person.sends(Photo(id))
    answer = said(person.says(words))
    assert "（共 2 个）都删掉了" in answer or "all 2 photos" in answer
    assert {found(person, id).consent for id in ids} == {Consent.WITHDRAWN}
    with transaction(person.engine) as session:
        assert set(media.over(session, person.moment.now)) == set(ids)
    assert "不用删" in said(person.says("说中文", "删掉我的照片"))


def test_words_in_a_longer_sentence_are_asked_about_first(person: Person) -> None:
    id = person.keeps()
    person.sends(Photo(id))
    assert "（共 1 个）都删掉吗" in said(person.says("先不要删掉我的照片，阿姨还没看"))
    assert found(person, id).consent is Consent.SERVICE
    assert "都删掉了" in said(person.taps("确认删除"))
    assert found(person, id).consent is Consent.WITHDRAWN


def test_it_may_be_asked_in_mid_form_which_goes_on(person: Person) -> None:
    person.says("我想约日常保洁")
    person.sends(Photo(person.keeps()))
    answer = said(person.says("删掉我的照片"))
    assert "（共 1 个）都删掉了" in answer
    assert person.state().form.asking == "quantity"


def test_the_story_of_the_visit_tells_staff_alone(person: Person) -> None:
    visit = booked(person)
    person.says("改期")
    person.sends(Photo(person.keeps()))
    person.says("删掉我的照片")
    with transaction(person.engine) as session:
        line = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[-1]
        assert (line.what, line.actor, line.detail) == ("media_taken_back", "customer", {"count": 1})
        for viewer in (Role.CUSTOMER, Role.WORKER):
            seen = timeline.of(session, visit.id or 0, viewer=viewer)
            assert "media_taken_back" not in [one.what for one in seen]


def test_a_place_or_words_are_no_files(person: Person) -> None:
    person.sends(Text("你好"))
    assert person.state().days_untold is None
