"""What people type about days and times, and what they mean by it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.readers import when

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)  # a Monday


def said(text: str, language: str = "zh-CN", now: datetime = NOW) -> str:
    """The reading in short: "11-25", "11-25 14:00 > 11-25 17:00", "-" for none; "~" where no day was said."""
    reading = when.read(text, now, language)
    if reading is None:
        return "-"
    whole_day = not reading.has_time and reading.starts and reading.ends == reading.starts + timedelta(days=1)
    form = "%m-%d %H:%M" if reading.has_time else "%m-%d"
    starts = reading.starts.strftime(form) if reading.starts else ""
    ends = (
        f" > {reading.ends.strftime(form)}"
        if reading.ends and not whole_day
        else " >"
        if starts == ""
        else ""
    )
    return ("" if reading.has_day else "~ ") + starts + ends


DAYS = {
    "今天": "11-23",
    "明天可以吗": "11-24",
    "后天下无": "11-25",
    "大后天": "11-26",
    "後天": "11-25",
    "周三": "11-25",
    "星期天": "11-29",
    "礼拜六吧": "11-28",
    "这周五": "11-27",
    "下周一": "11-30",
    "下个星期三": "12-02",
    "下下周三": "12-09",
    "下週日": "12-06",
    "11月25号": "11-25",
    "１１月２５日": "11-25",
    "十一月二十五": "11-25",
    "11月1日": "11-01",  # of the next year
    "25号": "11-25",
    "20号": "12-20",
    "二十八号": "11-28",
    "下个月3号": "12-03",
    "2026年12月3日": "12-03",
    "2026-12-03": "12-03",
    "2026/12/3": "12-03",
    "2026.12.3": "12-03",
    "12/3": "12-03",
    "12-03": "12-03",
    "11-23": "11-23",
    "20261203": "12-03",
    "11.25": "11-25",
    "三天后": "11-26",
    "两个星期之后": "12-07",
    "过两天": "11-25",
    "半个月后": "12-08",
    "昨天": "11-22",
    "上周三": "11-18",
    "三天前": "11-20",
    "十二月的第一个星期一": "12-07",
    "明年3月8号": "03-08",
    "元旦": "01-01",
    "元旦前一天": "12-31",
    "两周后的周三": "12-09",
    "等到周五": "11-27",
    "除夕": "02-05",
    "今天周一": "11-23",
    "把周三的改到周五": "11-27",
    "明天不行，后天可以": "11-25",
    "today": "11-23",
    "tmrw": "11-24",
    "tommorow please": "11-24",
    "tomorrrow": "11-24",
    "the day after tomorrow": "11-25",
    "wendesday": "11-25",
    "Fri": "11-27",
    "this friday": "11-27",
    "next Wednesday": "12-02",
    "wednesday after next": "12-02",
    "Wednesday next week": "12-02",
    "Nov 25th": "11-25",
    "25 November": "11-25",
    "the 25th of Nov, 2026": "11-25",
    "Nov. 25": "11-25",
    "november twenty-fifth": "11-25",
    "1st of December": "12-01",
    "the 25th": "11-25",
    "Wednesday the 25th": "11-25",
    "in three days": "11-26",
    "a week from friday": "12-04",
    "two days after next Friday": "12-06",
    "third Tuesday of December": "12-15",
    "last Friday in December": "12-25",
    "Christmas": "12-25",
    "move my visit from Wednesday to Friday": "11-27",
    "not tomorrow, friday please": "11-27",
    "why not friday": "11-27",
}

TIMES = {
    "我想约下周三下午两点可以吗": "12-02 14:00",
    "后天下午2点半": "11-25 14:30",
    "明天 9:30": "11-24 09:30",
    "２５号下午２点": "11-25 14:00",
    "十一月二十五号下午三点一刻": "11-25 15:15",
    "11月25号周三上午九点": "11-25 09:00",
    "明晚7点半": "11-24 19:30",
    "周五早八点": "11-27 08:00",
    "明天三点": "11-24 15:00",
    "明天03:00": "11-24 03:00",
    "今天8点": "11-23 20:00",
    "今天08:00": "11-23 08:00",
    "明天14点30": "11-24 14:30",
    "下午三點十五": "~ 11-23 15:15",
    "中午12点半": "~ 11-23 12:30",
    "晚上12点": "~ 11-24 00:00",
    "凌晨两点": "~ 11-24 02:00",
    "28上午9点": "11-28 09:00",
    "差一刻十点": "~ 11-23 09:45",
    "tomorrow at two thirty": "11-24 14:30",
    "十点": "~ 11-23 10:00",
    "8点": "~ 11-24 08:00",  # past today
    "周一早上8点": "11-30 08:00",  # past today
    "两小时后": "11-23 11:00",
    "一个半小时后": "11-23 10:30",
    "明天我在家，两点来吧": "11-24 14:00",
    "10ish": "~ 11-23 10:00",
    "sunday 2-ish": "11-29 14:00",
    "10ish pm": "~ 11-23 22:00",
    "tomorrow at 2pm": "11-24 14:00",
    "tmrw at 3": "11-24 15:00",
    "14:00": "~ 11-23 14:00",
    "next wed 10am": "12-02 10:00",
    "25th nov at half past three": "11-25 15:30",
    "quarter to nine on friday": "11-27 08:45",
    "9 tomorrow morning": "11-24 09:00",
    "saturday noon": "11-28 12:00",
    "Dec 1, 9:30am": "12-01 09:30",
    "明天2pm": "11-24 14:00",
    "tomorrow 下午三点": "11-24 15:00",
    "in half an hour": "11-23 09:30",
}

RANGES = {
    "2点到5点": "~ 11-23 14:00 > 11-23 17:00",
    "9点到3点": "~ 11-23 09:00 > 11-23 15:00",
    "明天下午两点到五点": "11-24 14:00 > 11-24 17:00",
    "明天9点半-11点半": "11-24 09:30 > 11-24 11:30",
    "晚上10点到2点": "~ 11-23 22:00 > 11-24 02:00",
    "今晚10点到明早6点": "11-23 22:00 > 11-24 06:00",
    "11月25到27号": "11-25 > 11-28",
    "25号到27号": "11-25 > 11-28",
    "12月30日-1月2日": "12-30 > 01-03",
    "周五到周日": "11-27 > 11-30",
    "下周一到周三": "11-30 > 12-03",
    "周六或周日": "11-28 > 11-30",
    "下周三或周四下午": "12-02 > 12-04",
    "明后天都行": "11-24 > 11-26",
    "25、26号": "11-25 > 11-27",
    "这周末": "11-28 > 11-30",
    "下周末": "12-05 > 12-07",
    "下周": "11-30 > 12-07",
    "下个月": "12-01 > 01-01",
    "月底": "11-21 > 12-01",
    "12月上旬": "12-01 > 12-11",
    "今天下午": "11-23 12:00 > 11-23 18:00",
    "后天下午吧": "11-25 12:00 > 11-25 18:00",
    "傍晚": "~ 11-23 17:00 > 11-23 19:00",
    "三点之前": "~  > 11-23 15:00",
    "明天下午三点之前": " > 11-24 15:00",
    "八点以后": "~ 11-24 08:00",
    "周五之前": " > 11-27",
    "周三以后": "11-26",
    "两小时内": "11-23 09:00 > 11-23 11:00",
    "from 9 to 11am": "~ 11-23 09:00 > 11-23 11:00",
    "03:00 to 4pm": "~ 11-24 03:00 > 11-24 16:00",
    "13:20-05:40": "~ 11-23 13:20 > 11-24 05:40",
    "11 to 3pm": "~ 11-23 11:00 > 11-23 15:00",
    "tomorrow 10-12": "11-24 10:00 > 11-24 12:00",
    "monday 7 to 9pm": "11-23 19:00 > 11-23 21:00",
    "July 13-15": "07-13 > 07-16",
    "13 to 15 of July": "07-13 > 07-16",
    "from 4pm today to 5pm tomorrow": "11-23 16:00 > 11-24 17:00",
    "tomorrow 2pm for 3 hours": "11-24 14:00 > 11-24 17:00",
    "Nov 30 - Dec 2": "11-30 > 12-03",
    "周三到周五的上午": "11-25 > 11-28",
    "until friday": " > 11-28",
    "by 2pm": "~  > 11-23 14:00",
    "by friday": " > 11-28",
    "before friday": " > 11-27",
    "tomorrow after 4pm": "11-24 16:00",
    "later than 3:30pm but before 6pm": "~ 11-23 15:30 > 11-23 18:00",
    "this weekend": "11-28 > 11-30",
    "next week": "11-30 > 12-07",
    "tomorrow morning": "11-24 06:00 > 11-24 12:00",
    "tonight": "11-23 18:00 > 11-24 00:00",
}

NOTHING = """
我家在天府大道25号|25号楼3单元1204|3室2厅|120平|两台|一百二十块|电话13812345678|138 1234 5678
便宜一点|晚一点可以吗|有两点要求|三楼|第二次|过几天|等会儿|早上好|钟点工多少钱|坐月子请月嫂
日常保洁3小时|1号线|擦20平玻璃|100元|￥11.25|三室两厅120平|每周三下午|三周一次|每天两点|星期几有空
几点可以来|2月30号|25:61|八点八折|十分满意|一日游|住3号楼|微信号abc123|给我来2个人
may I ask something|second|march in|you may not|5 Main Street|2 bedrooms|I have 2 cats
two to four people|call 555-1234|apt 25|June 31|31/11/2026|2026-13-01|24/7|$25|any time|good morning
last time was great|every monday at 3|A1B2C3|3.5 hours|the second floor|at 7 people|room 1204|v2.10
192.168.1.10|锦江区春熙路8号3栋2单元501|建设路2号附12号|中秋路3号|五月花小区6栋|新年快乐
sun room cleaning|my name is May|unit 3, building 5|once a week|一周两次|merry christmas
"""


@pytest.mark.parametrize(("text", "meant"), [*DAYS.items(), *TIMES.items(), *RANGES.items()])
def test_what_people_type_is_understood(text: str, meant: str) -> None:
    assert said(text) == meant
    assert said(text, "en") == meant


@pytest.mark.parametrize("text", NOTHING.replace("\n", "|").strip("|").split("|"))
def test_words_that_are_no_time_are_left_alone(text: str) -> None:
    assert said(text) == "-"
    assert said(text, "en") == "-"


def test_the_language_decides_which_number_is_the_month() -> None:
    assert said("3/4", "zh-CN") == said("3/4", "en") == "03-04"
    assert said("3/4", "en-GB") == "04-03"
    assert said("25/12", "en") == "12-25"


def test_the_words_understood_and_their_place_are_told() -> None:
    reading = when.read("我想约下周三下午两点，可以吗", NOW, "zh-CN")
    assert reading is not None
    assert (reading.text, reading.span, reading.grain) == ("下周三下午两点", (3, 10), "minute")


def test_a_day_runs_to_the_next_midnight_and_has_no_time() -> None:
    reading = when.read("大后天", NOW, "zh-CN")
    assert reading is not None
    assert (reading.starts, reading.ends) == (
        datetime(2026, 11, 26, tzinfo=ZONE),
        datetime(2026, 11, 27, tzinfo=ZONE),
    )
    assert (reading.grain, reading.has_day, reading.has_time) == ("day", True, False)


def test_a_time_is_in_the_zone_it_was_asked_in() -> None:
    reading = when.read("tomorrow 9am", NOW.astimezone(ZoneInfo("Europe/Berlin")), "en")
    assert reading is not None
    assert reading.starts == datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def test_hours_from_now_are_real_hours_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    reading = when.read("in 2 hours", datetime(2026, 3, 29, 1, 30, tzinfo=berlin), "en")
    assert reading is not None
    assert reading.starts == datetime(2026, 3, 29, 4, 30, tzinfo=berlin)


def test_a_day_of_the_last_year_of_all_is_no_time_and_no_error() -> None:
    assert when.read("大后天", datetime(9999, 12, 30, tzinfo=ZONE), "zh-CN") is None
