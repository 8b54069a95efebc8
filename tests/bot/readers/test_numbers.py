import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import numbers

READ = """
120=120|１２０=120|120.=120|"120"=120|（120）=120|120吧=120|120哦=120|120👍=120| 120 =120|1,200=1200
1，200=1200|12,345,678=12345678|2.5=2.5|２．５=2.5|½=0.5|1½=1.5|2 1/2=2.5|1/2=0.5|0=0
一=1|二=2|两=2|俩=2|仨=3|三=3|叁=3|貳=2|壹佰贰拾=120|十=10|十二=12|二十=20|二十五=25|廿=20|廿五=25|卅=30
一百=100|百二=120|一百二=120|一百二十=120|一百零二=102|一百〇二=102|一百二十五=125|两百=200|二百五=250
三千五=3500|三千零五十=3050|一千零五=1005|两千=2000|一万=10000|一万二=12000|两万三千五=23500|十二万=120000
一百万=1000000|一亿=100000000|一亿两千万=120000000|三亿零五=300000005|一二〇=120|一二零=120|三零二=302
1.5万=15000|2千=2000|3k=3000|3K=3000|1百2=120|1万2=12000|2百=200|5 万=50000
120平=120|120 平=120|120平米=120|120平方=120|120平方米=120|120㎡=120|120m²=120|120 m2=120|120 sqm=120
120sqm=120|120 sq m=120|120 square metres=120|120 Square Meters=120|一百二十平米=120|一百二十来平=120
一百二平=120
120多平=120|120平左右=120|大概120平=120|大约一百二=120|差不多一百平方=100|约120㎡=120|120来平吧=120
面积120平=120|面积：120=120|我家120平=120|家里一百二十平米左右=120|房子大概90平=90|建筑面积89.5平=89.5
不到100平=100
about 120=120|around 120 sqm=120|approx. 120=120|roughly 120=120|it's about 120 square meters=120
120 or so=120|I think 120=120|maybe 90=90|at least 3=3|~120=120|120+=120|nearly 80 sqm=80
2小时=2|2个小时=2|两小时=2|两个小时=2|两个钟头=2|三个钟=3|2h=2|2 h=2|2hrs=2|2 hours=2|two hours=2|半小时=0.5
半个小时=0.5|一个半小时=1.5|一小时半=1.5|1小时半=1.5|两个半小时=2.5|2个半小时=2.5|两小时半=2.5|三个半=3.5
兩個半小時=2.5|兩個鐘=2|2.5小时=2.5|两点五小时=2.5|2点5小时=2.5
要两台=2|来两台=2|三台=3|3 台=3|3台吧=3|就一台=1|只有一个=1|一共4个=4|共四间=4|2间=2|两张床=2|4 beds=4
3 rooms=3|2 units=2|five pieces=5|3个人=3|三个月=3|十天=10|三餐=3|2次=2|两扇=2
one=1|Two=2|three=3|ten=10|eleven=11|twelve=12|fifteen=15|twenty=20|twenty-five=25|twenty five=25|forty=40
fourty=40|ninty=90|ninety nine=99|hundred=100|a hundred=100|one hundred=100|one hundred and twenty=120
a hundred and twenty=120
two hundred fifty=250|one thousand=1000|a thousand=1000|two thousand five hundred=2500
one thousand two hundred and fifty=1250|a dozen=12|two dozen=24|a couple=2|a couple of hours=2|half=0.5
half an hour=0.5|an hour=1|a day=1|an hour and a half=1.5
one and a half hours=1.5|two and a half=2.5|two and a half hours=2.5|2 and a half hours=2.5
2 hours and a half=2.5|three hours please=3|just two=2|only 2=2|I want 3=3|we need 2 hours=2|like 3 hours=3
tow hours=2
100到120=120|100-120=120|100~120平=120|100—120平=120|100至120平米=120|100平到120平=120|一百到一百二=120
80-100平=100|两三个小时=3|两三个=3|三四台=4|七八十平=80|一百七八十平=180|三五个=5|2-3小时=3|2 to 3 hours=3
two or three=3|2 or 3 hours=3|between 2 and 3 hours=3|from 100 to 120 sqm=120|2或3小时=3
٣=3|१२०=120|①=1|Ⅹ=None|5⃣=5|3️⃣=3|120平\u200b=120|\u202e120=120
"""
NOT_READ = """
你好|好的|||   |？|-3|- |几个|十几|几十|好几个|第二个|第三|三室一厅|3室2厅|3房2厅|2小时3台|明天|明天下午三点
下午2点|14:30|11月23号|2026-11-23|周三|星期三|13812345678901|1234567890123
武侯区8号|8号楼|3栋2单元|1203室301|abc|x2|v2|120abc|one more thing|two-faced|someone|no one|tenant|often
half moon|the one|多少|一点点|一下|一起|万一|千万别|三心二意|百度|十分好|零食|五一|两清
120平，两小时|2 visits and 3 hours|1/0|2 1/0|三一百|零两|1/2/3|1.2.3|1:2|+|.|,|半天以后|a|an|couple therapy
2pm|3 o'clock|10 am
"""
AREA = ("平", "平米", "平方", "平方米", "㎡", "m2", "sqm", "sq m", "square metres", "square meters")
HOURS = ("小时", "个小时", "钟头", "个钟", "hour", "hours", "h", "hrs")
PIECES = ("台", "部", "个", "units", "pieces")
ROOMS = ("间", "室", "房", "room", "rooms", "bedroom", "bedrooms")
MONTHS = ("月", "个月", "month", "months")
SPOT = [
    (AREA, 120, (
        "下周三下午两点深度保洁 120平|深度保洁120平米|120㎡深度保洁|１２０㎡|房子一百二十平米，要深度保洁"
        "|大概120来平的房子|面积一百二平|家里120多平|deep clean, 120 sqm"
    )),
    (AREA, 120, (
        "120 square metres, deep cleaning|my flat is about 120sqm big|100到120平的房子|100平到120平左右"
        "|100-120平|锦绣花园3栋2单元1201室 120平|阳光小区2号楼120平|120平三室一厅|120平方米的家"
    )),
    (AREA, 89.5, "房子89.5平|89.5㎡ flat"),
    (AREA, None, (
        "客厅20平，卧室15平|平方|120|120块|120小时|天平3|13812345678平|1201室|3栋|2026-11-23平|3-12-120平"
        "|面积120|in 120 days"
    )),
    (HOURS, 2, (
        "日常保洁两小时|明天九点两小时|周三两小时|周三2小时|要两个小时的保洁|2小时就够|两小时打扫"
        "|2h cleaning|cleaning for 2 hours|two hours on Monday|a two-hour clean would do: 2 hours"
    )),
    (HOURS, 3, (
        "周三三小时|下周二下午三小时|两三个小时|明天下午2点3小时|星期五三个钟头|九点三小时|14点开始3小时"
        "|2到3小时|between 2 and 3 hours|3 hours from 9am"
    )),
    (HOURS, 2.5, (
        "两个半小时的保洁|保洁2.5小时|要两小时半|two and a half hours please, deep clean|想约两点五小时"
        "|2½ hours of cleaning"
    )),
    (HOURS, 5, "明天下午两点五小时|周三两点五小时"),
    (HOURS, 0.5, "半小时能擦完吗|半个小时的活|about half an hour of work"),
    (HOURS, None, (
        "两小时后|两个小时以后来|半小时后到|2小时前|提前两小时|再过两小时|in 2 hours|two hours later"
        "|2 hours ago|within 2 hours|下午两点半小时工|小时工|找小时工|2小时工"
    )),
    (HOURS, None, (
        "2点|14:30|8点半小时|第2小时|每2小时|几小时|几个小时|好几个小时|十几个小时|2 houses|2 hurdles"
        "|2小时或者再加1小时也行，4小时|1小时擦玻璃，2小时做饭|happy hours"
    )),
    (PIECES, 2, "空调两台|两台空调|2台挂机|洗2部空调|要俩台|空调2 台|clean 2 units|two pieces"),
    (PIECES, None, "13812345678台|2026-11-23台|第2个|下周二个人|两个空调，三台冰箱|个|台|3-2-1台|1/2/3台"),
    (ROOMS, 3, "三室一厅|3室2厅|三房|3间房|三间|3 rooms|3-bedroom flat|three bedrooms"),
    (ROOMS, None, "1203室|3栋2单元5室|12楼3室|room 3|Room 1201|3号楼2室|2单元3室|8-2室|#3室|房间"),
    (MONTHS, 3, "三个月|3个月的保洁|找阿姨3个月|3 months|three months"),
    (MONTHS, None, "3月|11月23日|三月|十二月三号|3个月后|3 months ago|月嫂"),
]  # fmt: skip


def rows(table: str) -> list[tuple[str, int | float | None]]:
    pairs = (row.rpartition("=") for row in table.strip("\n").replace("\n", "|").split("|"))
    return [(text, None if value == "None" else float(value)) for text, _, value in pairs]


@pytest.mark.parametrize(("text", "value"), rows(READ))
def test_a_number_is_read(text: str, value: float | None) -> None:
    assert numbers.read(text, "zh-CN") == numbers.read(text, "en") == value


@pytest.mark.parametrize("text", NOT_READ.strip("\n").replace("\n", "|").split("|"))
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert numbers.read(text) is None


@pytest.mark.parametrize(
    ("text", "units", "value"),
    [(text, units, value) for units, value, texts in SPOT for text in texts.split("|")],
)
def test_a_number_is_found_beside_its_unit_only(
    text: str, units: tuple[str, ...], value: float | None
) -> None:
    assert numbers.spot(text, units) == value


def test_whole_numbers_are_integers() -> None:
    assert type(numbers.read("120.0")) is int
    assert type(numbers.read("两个半")) is float
    assert type(numbers.spot("2.0小时", HOURS)) is int


def test_without_units_nothing_is_found() -> None:
    assert numbers.spot("120平 2小时", ()) is None


DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """As it is written in full: 1005 is 一千零五."""
    if number == 0:
        return DIGITS[0]
    words, waiting = "", False
    for power, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if waiting else "") + DIGITS[digit] + name
            waiting = False
        elif words:
            waiting = True
    return words


def in_english(number: int) -> str:
    ones = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen "
        "seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if number < 20:
        return ones[number]
    if number < 100:
        return tens[number // 10 - 2] + (f"-{ones[number % 10]}" if number % 10 else "")
    scale, name = (1_000, "thousand") if number >= 1_000 else (100, "hundred")
    rest = number % scale
    joint = " and " if rest and rest < 100 else " "
    return f"{in_english(number // scale)} {name}" + (joint + in_english(rest) if rest else "")


@given(st.integers(0, 9_999), st.sampled_from(["", "平", "个", "小时", "块钱", "左右", "吧"]))
def test_numbers_read_back_however_they_are_written(number: int, after: str) -> None:
    full_width = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    commas = format_decimal(number, locale="en")
    for written in (str(number), full_width, commas, in_chinese(number), in_english(number)):
        assert numbers.read(written + after) == number


@given(st.integers(1, 99_999_999))
def test_large_chinese_numbers_read_back(number: int) -> None:
    above, below = divmod(number, 10_000)
    joint = "零" if above and 0 < below < 1_000 else ""
    written = (in_chinese(above) + "万" if above else "") + joint + (in_chinese(below) if below else "")
    assert numbers.read(written) == number


@given(st.decimals(0, 999, places=1))
def test_decimals_read_back(number: object) -> None:
    assert numbers.read(f"{number}小时") == float(str(number))


@given(
    st.integers(1, 999),
    st.sampled_from(AREA),
    st.sampled_from(["", "深度保洁 ", "明天下午三点，", "flat of "]),
)
def test_what_stands_beside_its_unit_is_found(number: int, unit: str, before: str) -> None:
    assert numbers.spot(f"{before}{number}{unit}", AREA) == number


@given(st.text(), st.sampled_from([AREA, HOURS, PIECES, ROOMS]))
def test_any_text_has_an_answer(text: str, units: tuple[str, ...]) -> None:
    for value in (numbers.read(text), numbers.spot(text, units)):
        assert value is None or (isinstance(value, int | float) and value >= 0)


@given(st.text(alphabet="0123456789零一二两三十百千万亿半俩几点.,/-~到 个小时平台周第号hourand"))
def test_any_heap_of_numerals_has_an_answer(text: str) -> None:
    numbers.read(text)
    numbers.spot(text, HOURS)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 1_000_000,
        "一" * 1_000_000,
        "一百" * 500_000,
        "two " * 250_000,
        "1,000" * 200_000,
        "2到" * 500_000,
    ],
)
def test_a_megabyte_is_no_quantity(text: str) -> None:
    assert numbers.read(text) is None
    assert numbers.spot(text, AREA) is None
