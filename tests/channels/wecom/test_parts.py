"""What WeCom's messages mean, what ours look like there, and how fast they may go."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Card, Choice, Left, Noted, Outbound, Returned, Tap, Text, Unsupported
from channels.base import TryLater
from channels.pace import Pace
from channels.tencent.xml import Malformed
from channels.wecom import showing, updates
from channels.wecom.cards import Closed, Sent
from core.settings import Settings

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
CHOICES = (Choice("保洁", "3:0"), Choice("取消", "3:cancel", "way"))
PRESS = {
    "FromUserName": "Wang",
    "CreateTime": "1795395600",
    "MsgType": "event",
    "Event": "template_card_event",
    "EventKey": "3:0|保洁",
    "TaskId": "t-1",
}


def read(**fields: str) -> updates.Read:
    return updates.read(fields, account="1000002", now=NOW)


def test_a_press_says_which_button_of_which_card() -> None:
    found = read(**PRESS)

    assert found.inbound.content == Tap("3:0", "保洁")
    assert found.task == "t-1"
    assert found.inbound.external_id == read(**PRESS).inbound.external_id
    assert found.inbound.external_id != read(**PRESS | {"TaskId": "t-2"}).inbound.external_id
    assert found.inbound.external_id != read(**PRESS | {"EventKey": "3:1|x"}).inbound.external_id


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"MsgType": "text", "Content": " 你好"}, Text(" 你好")),
        ({"MsgType": "image"}, Unsupported("photo-lost")),
        ({"MsgType": "location", "Location_X": "x"}, Unsupported("location")),
        ({"MsgType": "event", "Event": "click", "EventKey": "go:round"}, Tap("go:round")),
        ({"MsgType": "event", "Event": "subscribe"}, Returned()),
        ({"MsgType": "event", "Event": "unsubscribe"}, Left()),
        ({"MsgType": "event", "Event": "LOCATION", "Latitude": "1"}, Noted("location")),
        ({"MsgType": "event", "Event": "enter_agent", "AgentID": "1"}, Noted("enter_agent")),
    ],
    ids=str,
)
def test_what_the_kinds_mean(fields: dict[str, str], content: object) -> None:
    number = {} if fields["MsgType"] == "event" else {"MsgId": "7"}
    assert read(FromUserName="Wang", **number, **fields).inbound.content == content


def test_a_message_needs_a_sender_and_a_number() -> None:
    with pytest.raises(Malformed):
        read(MsgType="text", Content="x", MsgId="1")
    with pytest.raises(Malformed):
        read(MsgType="text", Content="x", FromUserName="Wang")


def test_a_question_with_few_short_choices_is_a_card() -> None:
    shown = showing.card(Outbound("想约哪一类？\n也可以直接说。", CHOICES), "t-1")

    assert shown == {
        "card_type": "button_interaction",
        "main_title": {"title": "想约哪一类？"},
        "sub_title_text": "也可以直接说。",
        "task_id": "t-1",
        "button_list": [
            {"text": "保洁", "style": 1, "key": "3:0|保洁"},
            {"text": "取消", "style": 2, "key": "3:cancel|取消"},
        ],
    }


def test_a_card_s_facts_stand_in_the_card() -> None:
    facts = Card("周六 09:00", (("地址", "科华北路12号"), ("服务", "日常保洁")), "请带好工具")
    shown = showing.card(Outbound("新的上门", CHOICES, facts), "t-1")

    assert shown is not None
    assert shown["main_title"] == {"title": "周六 09:00"}
    assert shown["sub_title_text"] == "新的上门\n\n请带好工具"
    assert shown["horizontal_content_list"] == [
        {"keyname": "地址", "value": "科华北路12号"},
        {"keyname": "服务", "value": "日常保洁"},
    ]


def test_facts_too_wide_or_too_many_are_said_in_words() -> None:
    many = (("原话", "花" * 40), *((str(n), "y") for n in range(7)))
    shown = showing.card(Outbound("归您处理", CHOICES, Card("投诉 12 号", many)), "t-1")

    assert shown is not None
    assert shown["main_title"] == {"title": "投诉 12 号"}
    assert shown["sub_title_text"] == f"归您处理\n原话：{'花' * 40}\n6: y"
    assert [fact["keyname"] for fact in shown["horizontal_content_list"]] == list("012345")


@pytest.mark.parametrize(
    "message",
    [
        Outbound("没有按钮"),
        Outbound("", CHOICES),
        Outbound("太多", tuple(Choice(str(n), f"1:{n}") for n in range(7))),
        Outbound("太宽", (Choice("这是一个很长的按钮名字啊", "1:0"),)),
        Outbound("字" * 300, CHOICES),
        Outbound("事实太长", CHOICES, Card("x", (("地址", "路" * 160),))),
    ],
    ids=lambda message: message.text[:4],
)
def test_what_no_card_shows_whole_is_text_with_numbers(message: Outbound) -> None:
    assert showing.card(message, "t-1") is None
    if message.choices and message.text:
        (text,) = showing.texts(message, "回复数字")
        assert text.startswith(message.text)
        assert f"1. {message.choices[0].label}" in text
        assert text.endswith("回复数字")


@pytest.mark.parametrize("data", ["go:round", "3:0", "a|b", "%7C|é"])
def test_what_stands_on_a_button_comes_back(data: str) -> None:
    shown = showing.card(Outbound("?", (Choice("A|B", data),)), "t-1")

    assert shown is not None
    key = str(shown["button_list"]).partition("'key': '")[2].partition("'")[0]
    assert showing.pressed(key) == Tap(data, "A|B")


VISIT = Card("12月3日 周四", (("地址", "科华北路12号3#501"), ("服务", "日常保洁")), "请带好工具")


def test_facts_that_ask_nothing_have_a_bold_title() -> None:
    assert showing.markdown(Outbound("新的上门", (), VISIT)) == (
        "新的上门\n\n**12月3日 周四**\n地址：科华北路12号3#501\n服务：日常保洁\n请带好工具"
    )


@pytest.mark.parametrize(
    "message",
    [
        Outbound("只有字"),
        Outbound("问题", CHOICES, VISIT),
        Outbound("没有标题", (), Card("", (("地址", "x"),))),
        Outbound("字" * 700, (), VISIT),
    ],
    ids=lambda message: message.text[:4],
)
def test_everything_else_is_no_markdown(message: Outbound) -> None:
    assert showing.markdown(message) is None


@given(st.text(max_size=60), st.text(min_size=1, max_size=30), st.text(max_size=60), st.text(max_size=60))
def test_what_people_wrote_is_never_markup(words: str, title: str, value: str, footer: str) -> None:
    shown = showing.markdown(Outbound(words, (), Card(title, (("备注", value),), footer)))
    if shown is not None:
        assert shown.count("**") == 2
        assert not set("`[]<>") & set(shown)
        assert shown.count("*") == 4
        for line in shown.splitlines():
            assert not re.match(r"\s*#", line)


def test_a_press_brings_the_code_that_changes_its_card() -> None:
    assert read(**PRESS | {"ResponseCode": "c-1"}).code == "c-1"
    assert read(**PRESS).code == ""


def test_a_receipt_says_which_card_it_is() -> None:
    sent = Sent("t-1", "code", "id|with bars")

    assert Sent.of(str(sent)) == sent
    assert Sent.of("only-an-id") is None
    assert Sent.of("t-1||id") is None


def test_a_card_is_closed_once_unless_that_failed() -> None:
    closed = Closed()

    assert closed.add("t-1")
    assert not closed.add("t-1")
    closed.discard("t-1")
    assert closed.add("t-1")


def test_a_member_gets_thirty_in_a_minute_and_a_thousand_in_an_hour() -> None:
    now = NOW
    pace = Pace(showing.PACE, lambda: now.timestamp())
    for _ in range(30):
        pace.take("Wang")
    with pytest.raises(TryLater) as waits:
        pace.take("Wang")
    assert waits.value.after == timedelta(minutes=1)
    pace.take("Li")

    now += timedelta(minutes=1)
    for _ in range(970):
        now += timedelta(seconds=2)
        pace.take("Wang")
    now += timedelta(minutes=1)
    with pytest.raises(TryLater) as waits:
        pace.take("Wang")
    assert waits.value.after > timedelta(minutes=1)


def test_what_is_missing_is_named() -> None:
    settings = Settings.model_validate({"wecom_corp_id": "ww1234567890abcdef", "wecom_agent_id": 1000002})

    assert settings.wecom_lacks == [
        "MENLING_WECOM_SECRET",
        "MENLING_WECOM_TOKEN",
        "MENLING_WECOM_ENCODING_AES_KEY",
    ]
