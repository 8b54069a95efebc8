import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.messages import Card, Choice, Outbound
from bot.written import written_out
from channels.base import Capabilities, utf8_bytes, utf16_units
from channels.render import fit, numbered, split

PLAIN = Capabilities()
BUTTONS = Capabilities(buttons=4, label=8)
HINT = "回复数字即可"
FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇨🇳"
ACCENTED = "e\u0301"
SKIN = "👍🏽"

yes = Choice("好的", "a:1")
no = Choice("不用", "a:2")
back = Choice("返回", "w:back", "way")

people_type = st.text(
    alphabet=st.one_of(
        st.sampled_from("阿姨打扫卫生下周三下午两点，。！\n \r ab-🧹✨"),
        st.sampled_from([*FAMILY, *FLAG, *ACCENTED, *SKIN]),
        st.characters(exclude_categories=["Cs"]),
    )
)


@given(people_type, st.integers(4, 60))
@example("", 4)
@example("没有空格的一句很长的话" * 40, 37)
@example("🧹" * 50, 5)
@example("\n" * 30, 4)
def test_split_loses_nothing_and_keeps_to_the_limit(text: str, limit: int) -> None:
    parts = split(text, limit)

    assert "".join(parts) == text
    assert all(len(part.encode()) <= limit for part in parts)
    assert all(parts) or parts == [""]


@given(people_type, st.integers(2, 60))
@example("🧹" * 50, 5)
@example("\ud83e\uddf9" * 9, 3)
def test_split_counts_as_the_channel_counts(text: str, limit: int) -> None:
    parts = split(text, limit, utf16_units)

    assert "".join(parts) == text
    assert all(utf16_units(part) <= limit for part in parts)
    assert len(parts) == 1 or utf16_units(text) > limit


def test_the_same_limit_holds_more_characters_where_bytes_do_not_count() -> None:
    assert split("打扫卫生", 4, utf16_units) == ["打扫卫生"]
    assert split("打扫卫生", 4, utf8_bytes) == ["打", "扫", "卫", "生"]
    assert split("🧹🧹🧹", 4, utf16_units) == ["🧹🧹", "🧹"]


@given(
    st.lists(st.sampled_from([FAMILY, FLAG, ACCENTED, SKIN, "天", "a", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]), min_size=1),
    st.integers(28, 90),
)
def test_what_a_reader_sees_as_one_character_stays_whole(characters: list[str], limit: int) -> None:
    parts = split("".join(characters), limit)

    rest = list(characters)
    for part in parts:
        whole = ""
        while len(whole) < len(part):
            whole += rest.pop(0)
        assert whole == part
    assert not rest


def test_a_character_bigger_than_a_message_is_cut_between_its_code_points() -> None:
    parts = split(FAMILY, 8)

    assert "".join(parts) == FAMILY
    assert all(len(part.encode()) <= 8 for part in parts)


def test_lines_are_kept_whole_where_possible() -> None:
    assert split("第一行\n第二行\n第三行", 21) == ["第一行\n第二行\n", "第三行"]


def test_without_lines_sentences_and_words_are_kept_whole() -> None:
    assert split("您好。我们明天见", 15) == ["您好。", "我们明天见"]
    assert split("see you on Monday", 12) == ["see you on ", "Monday"]


def test_a_limit_without_room_for_every_character_is_refused() -> None:
    with pytest.raises(ValueError, match="3 bytes"):
        split("天", 3)
    with pytest.raises(ValueError, match="a message of 1"):
        split("天", 1, utf16_units)


def test_a_message_that_fits_is_left_alone() -> None:
    message = Outbound("需要哪项服务？", (yes, no, back))

    assert fit(message, BUTTONS, number_hint=HINT) == [message]


def test_too_many_choices_become_numbered_lines() -> None:
    hours = tuple(Choice(f"{hour}点", f"h:{hour}") for hour in range(9, 13))

    [message] = fit(Outbound("几点方便？", (*hours, back)), BUTTONS, number_hint=HINT)

    assert message.text == "几点方便？\n1. 9点\n2. 10点\n3. 11点\n4. 12点\n[返回]\n回复数字即可"
    assert message.choices == ()


def test_a_label_too_long_for_a_button_makes_all_choices_lines() -> None:
    long = Choice("锦江区春熙路一百二十号三单元", "a:9")

    [message] = fit(Outbound("哪个地址？", (yes, long)), BUTTONS, number_hint=HINT)

    assert message.text.splitlines() == ["哪个地址？", "1. 好的", "2. 锦江区春熙路一百二十号三单元", HINT]


def test_numbers_count_answers_only_wherever_the_ways_stand() -> None:
    assert numbered((back, yes, Choice("跳过", "w:skip", "way"), no), HINT).splitlines() == [
        "1. 好的",
        "2. 不用",
        "[返回] [跳过]",
        HINT,
    ]


def test_amounts_stand_without_a_number_which_would_be_an_amount_itself() -> None:
    hours = tuple(Choice(f"{hour} 小时", f"{hour}", "amount") for hour in (2, 3, 4))

    [message] = fit(Outbound("要多少？", (*hours, back)), PLAIN, number_hint=HINT)

    assert message.text == "要多少？\n2 小时 / 3 小时 / 4 小时\n[返回]"


def test_nobody_is_told_to_reply_with_a_number_when_there_are_none() -> None:
    [message] = fit(Outbound("您的地址？", (back,)), PLAIN, number_hint=HINT)

    assert message.text == "您的地址？\n[返回]"


def test_a_card_is_written_out_where_there_are_no_cards() -> None:
    card = Card("日常保洁", (("时间", "周三 14:00"), ("Price", "¥180"), ("", "带工具")), "可免费取消")

    [message] = fit(Outbound("请确认：", (yes,), card), PLAIN, number_hint=HINT)

    assert message.card is None
    assert message.text.splitlines() == [
        "请确认：",
        "日常保洁",
        "时间：周三 14:00",
        "Price: ¥180",
        "带工具",
        "可免费取消",
        "1. 好的",
        HINT,
    ]


def test_a_card_stays_a_card_where_the_channel_has_them() -> None:
    message = Outbound("请确认：", (yes,), Card("日常保洁", (("时间", "周三"),)))

    assert fit(message, replace(BUTTONS, cards=True), number_hint=HINT) == [message]


def test_a_card_too_long_for_a_message_is_written_out_and_split() -> None:
    can = Capabilities(buttons=4, label=8, text=20, size=utf16_units, cards=True)
    card = Card("日常保洁", (("时间", "周三 14:00"), ("地址", "春熙路")))

    [whole] = fit(Outbound("好", (yes,), Card("日常保洁", ())), can, number_hint=HINT)
    first, last = fit(Outbound("请确认：", (yes,), card, replaces=True), can, number_hint=HINT)

    assert whole.card
    assert first == Outbound("请确认：\n日常保洁")
    assert last == Outbound("时间：周三 14:00\n地址：春熙路", (yes,))


def test_a_card_is_written_out_above_the_choices_that_must_be_lines() -> None:
    long = Choice("锦江区春熙路一百二十号三单元", "a:9")
    message = Outbound("哪个？", (yes, long), Card("日常保洁", ()))

    [shown] = fit(message, replace(BUTTONS, cards=True), number_hint=HINT)

    assert shown.card is None
    assert shown.text.splitlines() == [
        "哪个？",
        "日常保洁",
        "1. 好的",
        "2. 锦江区春熙路一百二十号三单元",
        HINT,
    ]


def test_what_became_several_messages_takes_no_others_place() -> None:
    message = Outbound("一\n" * 40, (yes,), replaces=True)

    assert [part.replaces for part in fit(message, replace(BUTTONS, text=150), number_hint=HINT)] == [
        False,
        False,
    ]
    assert fit(replace(message, text="一"), BUTTONS, number_hint=HINT)[0].replaces


def test_buttons_stay_with_the_last_part() -> None:
    parts = fit(Outbound("一\n" * 40, (yes, no)), replace(BUTTONS, text=50), number_hint=HINT)

    assert len(parts) > 1
    assert [part.choices for part in parts[:-1]] == [()] * (len(parts) - 1)
    assert parts[-1].choices == (yes, no)


@given(
    people_type,
    st.lists(st.text(min_size=1, max_size=30), max_size=9),
    st.integers(4, 200),
    st.integers(0, 6),
)
def test_every_part_fits_and_nothing_but_blank_space_is_lost(
    text: str, labels: list[str], limit: int, buttons: int
) -> None:
    choices = tuple(Choice(label, f"a:{n}") for n, label in enumerate(labels))
    can = Capabilities(buttons=buttons, label=12, text=limit)

    parts = fit(Outbound(text, choices), can, number_hint=HINT)

    assert all(len(part.text.encode(errors="surrogatepass")) <= limit for part in parts)
    assert all(part.text.strip() for part in parts) or len(parts) == 1
    sent = "".join(part.text for part in parts) + "".join(choice.label for choice in parts[-1].choices)
    for label in labels:
        assert _ink(label) in _ink(sent)
    assert _ink(sent).startswith(_ink(text))


def test_a_card_alone_needs_no_empty_line_above_it() -> None:
    assert written_out(Card("标题", ())) == "标题"
    assert fit(Outbound("", (), Card("标题", ())), PLAIN, number_hint=HINT) == [Outbound("标题")]


def _ink(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cc")
