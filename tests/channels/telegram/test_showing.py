import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Card, Choice, Outbound
from channels.base import utf16_units
from channels.render import fit
from channels.telegram import showing
from channels.telegram.showing import CAN, changed, closed, new

yes, no = Choice("好的", "booking:a:1"), Choice("不用", "booking:a:2")
back, person = Choice("上一步", "booking:w:back", "way"), Choice("找客服", "booking:w:person", "way")
visit = Card("日常保洁", (("时间", "周三 14:00–17:00"), ("Price", "¥180"), ("", "自带工具")), "可免费取消")


def labels(parameters: dict[str, object], keyboard: str = "inline_keyboard") -> list[list[str]]:
    return [[button["text"] for button in row] for row in parameters["reply_markup"][keyboard]]


def data(parameters: dict[str, object]) -> list[str]:
    return [b["callback_data"] for row in parameters["reply_markup"]["inline_keyboard"] for b in row]


def test_a_question_shows_its_answers_and_below_them_the_ways_out() -> None:
    assert new(Outbound("要哪项？", (yes, back, no, person)), group=False) == {
        "text": "要哪项？",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "好的", "callback_data": "booking:a:1"},
                    {"text": "不用", "callback_data": "booking:a:2"},
                ],
                [
                    {"text": "上一步", "callback_data": "booking:w:back"},
                    {"text": "找客服", "callback_data": "booking:w:person"},
                ],
            ]
        },
    }


def test_a_card_stands_below_the_text() -> None:
    assert new(Outbound("请确认：", card=visit), group=True)["text"].splitlines() == [
        "请确认：",
        "",
        "<b>日常保洁</b>",
        "时间：周三 14:00–17:00",
        "Price: ¥180",
        "自带工具",
        "<i>可免费取消</i>",
    ]


def test_a_card_without_text_or_footer_has_no_empty_lines() -> None:
    assert new(Outbound("", card=Card("日常保洁", ())), group=True)["text"] == "<b>日常保洁</b>"


def test_nothing_that_people_wrote_is_markup() -> None:
    card = Card("<b>", (("a&b", "<i>1 < 2</i>"),), "&lt;")

    assert new(Outbound('<script> & "x"', card=card), group=True)["text"].splitlines() == [
        '&lt;script&gt; &amp; "x"',
        "",
        "<b>&lt;b&gt;</b>",
        "a&amp;b: &lt;i&gt;1 &lt; 2&lt;/i&gt;",
        "<i>&amp;lt;</i>",
    ]


def test_plain_words_have_no_markup_at_all() -> None:
    message = Outbound("1 < 2", (yes,), Card("a & b", (("时间", "周三"),), "可取消"))

    for shown in (new(message, group=False, plain=True), changed(message, group=False, plain=True)):
        assert shown["text"] == "1 < 2\n\na & b\n时间：周三\n可取消"
        assert "parse_mode" not in shown
        assert labels(shown) == [["好的"]]


@pytest.mark.parametrize(
    ("answers", "rows"),
    [
        (["9点", "10点", "11点", "12点"], [2, 2]),
        (["1", "2", "3", "4", "5", "6", "7"], [2, 2, 3]),
        (["周三上午有空", "周四上午有空", "周五上午有空"], [1, 2]),
        (["锦江区春熙路一百二十号", "高新区天府大道一号"], [1, 1]),
        (["日常保洁", "深度保洁", "锦江区春熙路一百二十号三单元", "擦窗"], [2, 1, 1]),
        (["08:30–10:30", "13:00–15:00"], [2]),
    ],
)
def test_labels_stand_side_by_side_as_they_fit(answers: list[str], rows: list[int]) -> None:
    choices = tuple(Choice(label, f"a:{number}") for number, label in enumerate(answers))

    shown = labels(new(Outbound("?", (*choices, back)), group=False))

    assert [len(row) for row in shown] == [*rows, 1]
    assert [label for row in shown for label in row] == [*answers, "上一步"]


def test_in_a_group_a_button_says_whose_it_is() -> None:
    message = Outbound("?", (yes, Choice("长", "x" * 58)), owner="4200000001")

    assert data(new(message, group=True)) == ["4200000001|booking:a:1", "x" * 58]
    assert data(changed(message, group=True)) == ["4200000001|booking:a:1", "x" * 58]
    assert data(new(message, group=False)) == ["booking:a:1", "x" * 58]
    assert data(new(replace(message, owner=""), group=True)) == ["booking:a:1", "x" * 58]
    assert data(new(replace(message, owner="1" * 5), group=True))[1] == "1" * 5 + "|" + "x" * 58


@pytest.mark.parametrize(("what", "button"), [("contact", "request_contact"), ("place", "request_location")])
def test_sharing_has_a_button_of_its_own_above_the_choices(what: str, button: str) -> None:
    shown = new(Outbound("您的电话？", (yes, back), shares=what), group=False, share="📱 发送")

    assert shown["reply_markup"] == {
        "keyboard": [[{"text": "📱 发送", button: True}], [{"text": "好的"}], [{"text": "上一步"}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }


def test_in_a_group_nothing_can_be_shared() -> None:
    shown = new(Outbound("您的电话？", (back,), shares="contact"), group=True, share="📱 发送")

    assert labels(shown) == [["上一步"]]
    assert "reply_markup" not in new(Outbound("您的电话？", shares="contact"), group=True, share="📱 发送")


def test_a_keyboard_for_sharing_is_taken_away_by_what_follows() -> None:
    assert new(Outbound("好的"), group=False)["reply_markup"] == {"remove_keyboard": True}
    assert "reply_markup" not in new(Outbound("好的"), group=True)


def test_a_changed_message_has_only_buttons_of_its_own() -> None:
    assert "reply_markup" not in changed(Outbound("好的"), group=False)
    assert labels(changed(Outbound("?", (yes,), shares="place"), group=False)) == [["好的"]]
    assert changed(Outbound("?", card=visit), group=False)["text"].startswith("?\n\n<b>")


def test_an_answered_question_keeps_its_words_and_shows_the_answer() -> None:
    shown = closed(Outbound("1 < 2?", (yes, no), visit), "<好>")

    assert shown is not None
    assert shown["text"].startswith("1 &lt; 2?\n\n<b>日常保洁</b>\n")
    assert shown["text"].endswith("</i>\n\n✓ &lt;好&gt;")
    assert "reply_markup" not in shown


def test_a_question_that_would_grow_too_long_keeps_its_words() -> None:
    below = len("\n\n✓ 好")

    assert closed(Outbound("长" * (4096 - below)), "好") is not None
    assert closed(Outbound("长" * (4097 - below)), "好") is None


TEXT = st.text(st.sampled_from("阿姨 <b>&\n🧹ab"), max_size=60)


@given(
    TEXT.map(lambda text: text * 80),
    st.builds(
        Card,
        TEXT.filter(str.strip),
        st.lists(st.tuples(TEXT, TEXT.map(lambda text: text * 30)), max_size=4).map(tuple),
        TEXT,
    )
    | st.none(),
    st.lists(st.builds(Choice, TEXT.filter(str.strip), TEXT), max_size=90).map(tuple),
)
def test_whatever_fits_is_within_the_platforms_limits(
    text: str, card: Card | None, choices: tuple[Choice, ...]
) -> None:
    for part in fit(Outbound(text, choices, card), CAN, number_hint="回复数字即可"):
        shown = new(part, group=False)
        assert utf16_units(as_read(shown["text"])) <= 4096
        assert as_read(shown["text"]) == new(part, group=False, plain=True)["text"]
        rows = shown["reply_markup"].get("inline_keyboard", [])
        assert all(0 < len(row) <= 8 for row in rows)
        assert sum(map(len, rows)) <= 100


def as_read(marked: str) -> str:
    return html.unescape(re.sub("</?[bi]>", "", marked))


def test_every_kind_of_sharing_has_a_button() -> None:
    assert set(showing.SHARES) == {"contact", "place"}
