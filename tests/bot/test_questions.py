"""What is often asked: heard however it is said, and not in a statement; answered in the company's words."""

import pytest
from pydantic import ValidationError

from bot.enquiries import about_questions
from bot.messages import Tap
from core.company import Company
from core.questions import Question
from tests.talk import Person


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("带工具吗", "tools"),
        ("你们自带工具不？", "tools"),
        ("用什么清洁剂", "tools"),
        ("要我准备什么吗", "tools"),
        ("do you bring your own supplies", "tools"),
        ("家里没人可以吗", "at-home"),
        ("我不在家行不行", "at-home"),
        ("do i need to be home", "at-home"),
        ("有保险吗", "insurance"),
        ("打坏东西赔不赔", "insurance"),
        ("Are your cleaners insured?", "insurance"),
        ("阿姨靠谱吗", "trust"),
        ("阿姨有健康证吗", "trust"),
        ("are they background checked", "trust"),
        ("可以指定阿姨吗", "same-worker"),
        ("上次那个阿姨还能来吗", "same-worker"),
        ("can i get the same cleaner", "same-worker"),
        ("多久能做完", "how-long"),
        ("how long does it take", "how-long"),
        ("你是机器人吗", "robot"),
        ("are you a bot", "robot"),
        ("你们电话多少", "phone"),
        ("what's your phone number", "phone"),
    ],
)
def test_a_question_is_heard_however_it_is_asked(company: Company, said: str, code: str) -> None:
    found = about_questions.asked(company, said)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "said",
    [
        "请师傅自带工具",
        "我不在家，钥匙在门卫那",
        "please bring your own supplies",
        "nobody home, the key is under the mat",
        "阿姨没带工具怎么办",
        "阿姨打坏东西了怎么办",
        "why didn't she bring tools?",
        "什么时候到",
        "when will you be there?",
        "想约个保洁",
        "多少钱",
        "带工具吗" + "啊" * 100,
    ],
)
def test_what_only_tells_something_is_no_question(company: Company, said: str) -> None:
    assert about_questions.asked(company, said) is None


@pytest.mark.parametrize(
    "said", ["师傅电话多少，怎么还没到", "我明天不在家能改时间吗", "can i move it, i'm not home on friday"]
)
def test_what_they_want_done_goes_before_what_they_ask_beside_it(person: Person, said: str) -> None:
    person.says("你好")
    answers = [question.answer.get("zh-CN")[:12] for question in person.company.questions]
    body = person.says(said)[0].body
    assert not any(answer in body for answer in answers)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_way_to_ask_is_answered_by_its_own_question(company: Company, language: str) -> None:
    for question in company.questions:
        for phrase in question.asked[language]:
            found = about_questions.asked(company, f"{phrase}?")
            assert found is not None
            assert found.code == question.code, phrase


def test_the_form_goes_on_after_the_answer(person: Person) -> None:
    person.says("预约日常保洁")
    answer, question = person.says("带工具吗")
    assert answer.body.startswith("工具和常用清洁剂师傅都自带")
    assert "要多少" in question.body
    assert person.state().form is not None


def test_what_is_written_for_the_worker_is_not_taken_for_a_question(person: Person) -> None:
    person.says("日常保洁3小时，后天，武侯区科华北路12号3栋501", "不用加", "没有", "都行", "都可以", "王女士")
    person.says("13800001234", "请自带工具，我不在家")
    assert person.state().form.answers["note"] == "请自带工具，我不在家"


def test_the_number_is_said_as_it_is_dialled_here(person: Person) -> None:
    assert "028 8000 0000" in person.says("你们电话多少")[-1].body


def test_a_button_whose_question_is_gone_leads_to_a_person(person: Person) -> None:
    person.says("你好")
    said = person.sends(Tap("go:question:gone", "?"))[-1]
    assert "找客服" in [one["label"] for one in said.content["choices"]]


def test_a_question_that_cannot_be_heard_is_refused() -> None:
    rules = {"languages": ("zh-CN", "en")}
    answer = {"zh-CN": "是", "en": "yes"}
    with pytest.raises(ValidationError, match="nothing in en"):
        Question.model_validate({"code": "x", "asked": {"zh-CN": ["工具"]}, "answer": answer}, context=rules)
    with pytest.raises(ValidationError, match="too short"):
        Question.model_validate(
            {"code": "x", "asked": {"zh-CN": ["工"], "en": ["tool"]}, "answer": answer}, context=rules
        )
