import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import phones
from bot.readers.phones import NotAPhone

MINE = "+8613812345678"
READ = {
    MINE: """
13812345678|138 1234 5678|138-1234-5678|138.1234.5678|138 12345678|1381234 5678|138 123 45678
1 3 8 1 2 3 4 5 6 7 8|１３８１２３４５６７８|１３８　１２３４　５６７８|１３８－１２３４－５６７８
138–1234–5678|138—1234—5678|138‑1234‑5678|138一1234一5678|+8613812345678|+86 13812345678|+86 138 1234 5678
+86-138-1234-5678|(+86)13812345678|（+86）138 1234 5678|＋８６１３８１２３４５６７８
008613812345678|0086 138 1234 5678|8613812345678|86 138 1234 5678|86-13812345678|013812345678|13812345678。
13812345678!|"13812345678"|  13812345678  |\u200b13812345678|13812345678👍|13812345678吧|13812345678，谢谢
一三八一二三四五六七八|幺三八一二三四五六七八|一三八 一二三四 五六七八|一三八，一二三四，五六七八
壹叁捌壹贰叁肆伍陆柒捌|138一二三四五六七八|1381234五六七八|l38l2345678|I38I2345678
one three eight one two three four five six seven eight|1-3-8-1-2-3-4-5-6-7-8|٠١٣٨١٢٣٤٥٦٧٨
我的电话是13812345678|我的手机号是13812345678|手机：138 1234 5678|电话 13812345678|手機號碼：13812345678
联系方式：13812345678|号码13812345678|打13812345678|我是13812345678|电话就这个 13812345678
微信同号13812345678|13812345678微信同号|13812345678（微信）|王小姐13812345678|13812345678 王小明
王先生，13812345678|我叫王小明，电话13812345678，谢谢
my number is 13812345678|My phone is 138-1234-5678.|tel: 13812345678|Phone: +86 138 1234 5678
mobile 13812345678 thanks|call me at 13812345678|it's 13812345678|you can reach me on 13812345678 please
whatsapp +86 138 1234 5678
""",
    "+862886001234": """
028-86001234|02886001234|028 8600 1234|(028)86001234|（028） 8600-1234|+86 28 8600 1234|+862886001234
0086 28 86001234|座机028-86001234|電話０２８－８６００１２３４|028-86001234转8001|028-8600-1234 ext 12
""",
    "+8675586013388": "0755-86013388|075586013388|0755 8601 3388",
    "+861062345678": "010-62345678|01062345678|(010) 6234 5678",
    "+8618900001111": "18900001111|189 0000 1111|189OOOO1111|189oooo1111",
    "+14155552671": """
+1 415 555 2671|+1 (415) 555-2671|+14155552671|001 415 555 2671|my number is +1-415-555-2671
＋１ ４１５ ５５５ ２６７１
""",
    "+442079460958": "+44 20 7946 0958|+44 (0)20 7946 0958|+442079460958|0044 20 7946 0958",
    "+85251234567": "+852 5123 4567|+85251234567|电话 +852 5123 4567",
    "+819012345678": "+81 90-1234-5678",
}
WRONG = {
    "too_short": """
1381234567|138123456|138 1234 567|13812|138-1234-56|电话1381234567|手机号是138|一三八一二三四五六七|+86 138
+8613812345|01381234|12345|086001
""",
    "too_long": """
138123456789|1381234567890|11 11 11 11 11 11 11 11 11 11|电话138123456781|99999999999999999999
+86 138 1234 56789
""",
    "invalid": """
12345678901|10000000000|11111111111|22345678901|88886666123|+1 000 000 0000|+999 1234567890
手机号是123456789|00000000000
""",
}
NOTHING = """
你好|好的|我忘了|电话我忘了|不想留电话|没有手机|明天下午三点|2026-11-23|2026/11/23|20261123|2026.11.23|120
120平|2|1|138|14:30|三室一厅|武侯区桐梓林路8号|1203室|3-2-1201|||   |+|-|()|。|?|👍|我有三个电话
hello|no phone|I don't have one|call me|tomorrow|two hours|12 Elm Road|yes|about 120|my number
13812345678 13912345678|13812345678或13987654321|13812345678/13912345678
"""
SPOT = [
    (MINE, (
        "我叫王小明13812345678住武侯区|王小明，13812345678，武侯区桐梓林路8号3栋1201"
        "|地址：桐梓林路8号 电话138-1234-5678|明天下午2点 120平 13812345678|13812345678 2小时"
        "|1201 13812345678"
    )),
    (MINE, (
        "Anna Lee, 138 1234 5678, 12 Elm Road|deep cleaning tomorrow, call +86 138 1234 5678"
        "|打我电话：13812345678！|手机13812345678，家里120平|13812345678、13812345678|+8613812345678王"
    )),
    ("+862886001234", "公司电话028-86001234，找李姐|座机 02886001234 王"),
    ("+14155552671", "I'm visiting, my number is +1 415 555 2671, thanks"),
    (None, (
        "你好|120平|3栋2单元1201室|2026-11-23 14:30|订单号202611231234567|510104198012131234"
        "|6222021381234567890|6222 0213 8123 4567 890|1381234567|138123456789|总共13800元"
    )),
    (None, (
        "13812345678和13912345678都行|a13812345678b|x13812345678|1.13812345678|8-13812345678-9"
        "|99.13812345678|12345678901|3-2-1201|8.5|第13812号|10086|110"
    )),
]  # fmt: skip


def rows(table: str) -> list[str]:
    return table.strip("\n").replace("\n", "|").split("|")


@pytest.mark.parametrize(
    ("text", "e164"), [(text, e164) for e164, table in READ.items() for text in rows(table)]
)
def test_a_phone_is_read(text: str, e164: str) -> None:
    assert phones.read(text) == e164


@pytest.mark.parametrize(
    ("text", "reason"), [(text, reason) for reason, table in WRONG.items() for text in rows(table)]
)
def test_a_wrong_number_is_told_what_is_wrong(text: str, reason: str) -> None:
    assert phones.read(text) == NotAPhone(reason)
    assert phones.spot(text) is None


@pytest.mark.parametrize("text", rows(NOTHING))
def test_what_was_not_meant_as_a_phone_is_none(text: str) -> None:
    assert phones.read(text) is None


@pytest.mark.parametrize(("text", "e164"), [(text, e164) for e164, table in SPOT for text in rows(table)])
def test_a_phone_is_found_among_other_words(text: str, e164: str | None) -> None:
    assert phones.spot(text) == e164


def test_the_reason_is_told_for_every_country() -> None:
    assert phones.read("+44 20 7946 09", country="GB") == NotAPhone("too_short")
    assert phones.read("+44 20 7946 0958 999") == NotAPhone("too_long")
    assert phones.read("7946 0958", country="GB") == NotAPhone("too_short")


def test_another_country_reads_its_own_numbers() -> None:
    assert phones.read("020 7946 0958", country="GB") == "+442079460958"
    assert phones.read("+86 138 1234 5678", country="GB") == MINE


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        (MINE, "138****5678"),
        ("+862886001234", "028****1234"),
        ("+14155552671", "+1 415***2671"),
        ("+85251234567", "+852 51****67"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_a_masked_number_can_be_recognised_but_not_called(e164: str, shown: str) -> None:
    assert phones.masked(e164) == shown


MOBILES = st.from_regex(r"1(3[0-9]|5[0-35-9]|8[0-9])[0-9]{8}", fullmatch=True).filter(
    lambda n: phonenumbers.is_valid_number(phonenumbers.parse(n, "CN"))
)


@given(MOBILES)
def test_a_mobile_reads_back_however_it_is_written(number: str) -> None:
    area, middle, last = number[:3], number[3:7], number[7:]
    full_width = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    spoken = number.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    for written in (
        number, (
            f"{area} {middle} {last}"
        ), f"{area}-{middle}-{last}", f"+86{number}", f"0086 {number}", full_width,
        spoken, f"电话：{number}", f"{number}谢谢", f"my phone is {number}",
    ):  # fmt: skip
        assert phones.read(written) == f"+86{number}"
    assert phones.spot(f"我叫王小明，{number}，住在武侯区") == f"+86{number}"


@given(MOBILES, st.integers(1, 3))
def test_a_forgotten_or_doubled_digit_is_noticed(number: str, digits: int) -> None:
    assert phones.read(number[:-digits]) == NotAPhone("too_short")
    assert phones.read(number + "1" * digits) == NotAPhone("too_long")


@given(st.one_of(MOBILES.map("+86".__add__), st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)))
def test_masking_never_shows_the_middle(e164: str) -> None:
    shown = phones.masked(e164)
    assert "***" in shown
    visible = re.sub(r"\D", "", re.sub(r"^\+\d+ ", "", shown))
    assert len(visible) <= 7
    assert shown.count("*") >= len(e164) // 4
    assert e164[-6:] not in shown


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    answer = phones.read(text)
    assert answer is None or isinstance(answer, NotAPhone) or answer.startswith("+")
    assert phones.spot(text) is None or phones.spot(text)
    phones.masked(text)


@given(st.text(alphabet="0123456789+-() .一二三幺o l转xext电话号码是"))
def test_any_heap_of_digits_has_an_answer(text: str) -> None:
    answer = phones.read(text)
    if isinstance(answer, str):
        assert phonenumbers.is_valid_number(phonenumbers.parse(answer))


@pytest.mark.parametrize(
    "text",
    ["1" * 1_000_000, "138 " * 250_000, "一" * 1_000_000, "+" * 1_000_000, "(" * 1_000_000, "one " * 250_000],
)
def test_a_megabyte_is_no_phone(text: str) -> None:
    assert not isinstance(phones.read(text), str)
    assert phones.spot(text) is None
