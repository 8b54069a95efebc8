"""The rules every conversation keeps: what a number means, what an old button does, where back leads."""

import pytest

from bot import hearing, interrupts
from bot.interrupts import Interrupt
from bot.messages import Contact, Photo, Place, Tap, Unsupported
from bot.state import Offered
from tests.talk import Person

BOOK = (
    "预约",
    "保洁",
    "日常保洁",
    "3",
    "不用加",
    "武侯区科华北路12号3栋501",
    "没有",
    "明天",
    "上午九点",
    "都可以",
    "王女士",
    "13800001234",
    "没有",
)


def asking(person: Person) -> str | None:
    form = person.state().form
    return form.asking if form else None


@pytest.mark.parametrize("words", ["2", "２", "二", "第二个", "2.", "深度保洁", "深度保结", "depe cleaning"])
def test_the_second_choice_is_meant_however_it_is_said(person: Person, words: str) -> None:
    person.says("预约", "保洁")
    if words == "depe cleaning":
        person.says("English")
    person.says(words)
    form = person.state().form
    assert form is not None
    assert form.answers["service"] == "DEEP"


def test_the_button_of_the_second_choice_means_it_too(person: Person) -> None:
    person.says("预约", "保洁")
    person.taps("深度保洁 ¥9/㎡")
    assert person.state().form.answers["service"] == "DEEP"


def test_a_number_is_an_amount_where_an_amount_is_asked(person: Person) -> None:
    person.says("预约", "保洁", "日常保洁", "2")
    assert person.state().form.answers["quantity"] == 2


def test_a_number_beyond_the_choices_is_refused_with_what_there_is(person: Person) -> None:
    heard = person.says("预约", "9")
    assert "1 到 4" in heard[-1].body


@pytest.mark.parametrize("length", range(2, len(BOOK) + 1))
def test_back_and_the_same_answer_lead_to_the_same_place(person: Person, length: int) -> None:
    person.says(*BOOK[:length])
    here, answers = asking(person), person.state().form.answers
    person.says("上一步")
    assert asking(person) != here
    person.says(BOOK[length - 1])
    assert (asking(person), person.state().form.answers) == (here, answers)


def test_an_old_button_changes_nothing_and_shows_the_present_question(person: Person) -> None:
    person.says("预约")
    old = person.button("保洁")
    person.says("保洁", "日常保洁")
    before = person.state().form.answers
    heard = person.sends(Tap(old))
    assert "之前的" in heard[-1].body
    assert "要多少" in heard[-1].body
    assert person.state().form.answers == before


def test_two_failed_tries_offer_a_person_and_the_third_calls_one(person: Person) -> None:
    person.says("预约", "保洁", "日常保洁")
    labels = [choice["label"] for choice in person.says("嗯哼哼")[-1].content["choices"]]
    assert "找客服" not in labels
    heard = person.says("嗯哼哼")[-1]
    assert "举个例子" in heard.body
    assert "找客服" in [choice["label"] for choice in heard.content["choices"]]
    assert "叫了客服" in person.says("嗯哼哼")[-1].body
    assert "叫了客服" not in person.says("嗯哼哼")[-1].body


def test_a_day_said_early_is_not_forgotten_for_what_is_said_after_it(person: Person) -> None:
    person.says("想约个保洁", "都行", "大后天", "两个钟", "没啥", "锦江区东大路88号2栋1单元1203", "没有")
    assert person.state().form.answers["service"] == "DAILY"
    assert person.state().form.answers["day"] == "2026-11-26"


@pytest.mark.parametrize("said", ["挂机 两台", "2台"])
def test_an_amount_with_its_unit_changes_the_amount(person: Person, said: str) -> None:
    person.says("预约洗空调", "1")
    assert person.state().form.answers["quantity"] == 1
    assert "记下了：2 台" in person.says(said)[-1].body
    assert person.state().form.answers["quantity"] == 2


def test_how_often_it_is_to_come_is_no_other_amount(person: Person) -> None:
    person.says("约做饭阿姨", "2小时")
    before = person.state().form.answers
    person.says("每周两次")
    assert before["quantity"] == 2
    assert (person.state().suspended or person.state().form).answers.get("quantity") == 2


def test_the_only_choice_is_taken_by_a_yes(person: Person) -> None:
    person.says(*BOOK, "确认", "预约深度保洁90平", "不用")
    assert [one.label for one in person.state().shown()] == ["武侯区科华北路12号3栋501"]
    person.says("对")
    assert person.state().form.answers["address"] == 1


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("人工", Interrupt.PERSON),
        ("talk to a human", Interrupt.PERSON),
        ("取消", Interrupt.CANCEL),
        ("Cancel!", Interrupt.CANCEL),
        ("never mind", Interrupt.CANCEL),
        ("不用你们了 取消", Interrupt.CANCEL),
        ("算了，太贵了", Interrupt.CANCEL),
        ("forget it, too expensive", Interrupt.CANCEL),
        ("Sorry, I found someone else. Cancel it", Interrupt.CANCEL),
        ("上一步吧", Interrupt.BACK),
        ("go back please", Interrupt.BACK),
        ("重新开始", Interrupt.RESTART),
        ("start over", Interrupt.RESTART),
        ("修改一下", Interrupt.CHANGE),
        ("换师傅", Interrupt.CHANGE),
        ("change the day", Interrupt.CHANGE),
        ("帮助", Interrupt.HELP),
        ("菜单", Interrupt.MENU),
        ("继续", Interrupt.CONTINUE),
        ("English please", Interrupt.LANGUAGE),
        ("说中文", Interrupt.LANGUAGE),
    ],
)
def test_an_interruption_is_heard_in_every_language_at_once(words: str, meant: Interrupt) -> None:
    heard = interrupts.heard(words)
    assert heard is not None
    assert heard.interrupt is meant


@pytest.mark.parametrize(
    "words",
    [
        "please cancel the old filter, it leaks",
        "取消旧的滤网",
        "算了，还是两个小时吧",
        "never mind, make it three hours",
        "太贵了",
        "found someone else",
        "我想换个大一点的",
        "back door is open",
        "客服态度很好",
        "x" * 500,
    ],
)
def test_an_interruption_is_the_whole_message_or_none(words: str) -> None:
    assert interrupts.heard(words) is None


def test_words_of_an_interruption_inside_a_note_are_a_note(person: Person) -> None:
    person.says(*BOOK[:-1], "please cancel the old filter, it leaks")
    assert person.state().form.answers["note"] == "please cancel the old filter, it leaks"


def test_another_language_in_mid_form_keeps_the_answers(person: Person) -> None:
    person.says(*BOOK[:5])
    answers = person.state().form.answers
    assert "Where shall we come?" in person.says("English please")[-1].body
    assert person.state().form.answers == answers


def test_a_form_waits_while_another_is_filled_and_then_goes_on(person: Person) -> None:
    person.says(*BOOK[:5])
    assert "请写上区" in person.says("加个地址")[-1].body
    heard = person.says("锦江区春熙路8号", "80平")
    assert "地址记好了" in heard[0].body
    assert "去哪里" in heard[-1].body
    assert "锦江区春熙路8号" in [choice["label"] for choice in heard[-1].content["choices"]]


def test_starting_over_forgets_the_answers(person: Person) -> None:
    person.says(*BOOK[:6])
    person.says("重新开始")
    form = person.state().form
    assert form is not None
    assert (form.flow, form.asked, set(form.answers)) == (
        "booking",
        [],
        {"told", "usual_days", "usual_hours"},
    )


@pytest.mark.parametrize(
    "content",
    [Photo("x"), Photo("x", "猫"), Place(30.6, 104.0), Contact("+8613800001234"), Unsupported("voice")],
)
def test_what_is_no_answer_leaves_the_question_open(person: Person, content: object) -> None:
    person.says(*BOOK[:3])
    person.sends(content)
    assert asking(person) == "quantity"


def test_a_contact_given_by_the_platform_answers_the_phone_question(person: Person) -> None:
    person.says(*BOOK[:-2])
    assert asking(person) == "phone"
    person.sends(Contact("13800001234", "王女士"))
    assert asking(person) == "note"


def offered(*labels: str) -> list[Offered]:
    return [Offered(label=label, data=f"1:{n}", words=[label]) for n, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Deep cleaning", "Deep cleaning"),
        ("deep", "Deep cleaning"),
        ("depe cleaning", "Deep cleaning"),
        ("cleaning", None),
        ("cooking", None),
        ("", None),
    ],
)
def test_a_label_is_matched_whole_in_part_or_with_a_slip_but_never_guessed(
    typed: str, found: str | None
) -> None:
    one = hearing.by_label(offered("Deep cleaning", "Regular cleaning", "Window cleaning"), typed)
    assert (one.label if one else None) == found
