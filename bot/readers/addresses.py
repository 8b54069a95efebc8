"""Where a home is: the street, the door, and the area of ours it lies in."""

import re
from dataclasses import dataclass

from bot.readers import numbers, typed
from core import areas
from core.company import Company


@dataclass(frozen=True, slots=True)
class AddressRead:
    """An address as it was typed, without the words around it."""

    line: str
    """Up to the house or the estate; everything, where only a door was given."""
    detail: str | None
    """Building, unit, floor and door: what only a worker on the way needs."""
    area: str | None
    """The code of the area of ours, None where we recognise none."""
    size: int | None
    """Square metres, where they were mentioned too."""


SQUARE_METRES = (
    "平方米,平方,平米,平,㎡,m2,m^2,坪,sqm,sq.m,sq m,sq metres,sq meters,square metres,square meters,square "
    "metre,square meter"
).split(",")

_NUMERAL = r"[\d零〇一二两三四五六七八九十百]"
_SIZE = re.compile(
    rf"(?:,|，|、|。|;)? ?(?:[\(（])?(?:面积|建筑面积|套内|大概|大约|约|about|around"
    rf"|approx\.?)? ?[:：]? ?{_NUMERAL}+(?:\.\d+)? ?[多来]?"
    r"(?:平方米|平方|平米|平|坪|m2|m\^2|sqm|sq\.? ?m(?:etres|eters|\b)|square met(?:re|er)s?)(?:左右"
    r"|的?房子)?(?:[\)）])?",
    re.IGNORECASE,
)
_LAYOUT = re.compile(r"[,，、 ]*[\d一二两三四五六七八][室房][\d一二两三零]厅(?:[\d一二两三四][厨卫阳台]+)*")
_PHONE = re.compile(
    r"[,，、;； ]*(?:联系)?(?:电话|手机号?码?|tel\.?|phone|mobile)?(?:是"
    r"|is)? ?[:：]? ?(?<![\d\-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"^.{0,20}?(?:(?:地址|位置|住址|家)(?:是|係|在|为|就在|就是|[:：])|(?:我们?|咱们?)(?:家)?(?:是|就)?(?:住"
    r"|在|搬到了?)(?:在)?|(?<!能)住在|送到|地址 ?|"
    r"\b(?:my|our|the) (?:new |home )?address(?: is|[:：])|\baddress(?: is|[:：])|\b(?:i"
    r"|we) (?:now )?live (?:at|in|on)\b|"
    r"\b(?:i'm|i am|we're|we are|it's|it is|its|located|(?<!you )come to|my (?:home|house|flat|apartment"
    r"|place) is)"
    r" ?(?:located )?(?:at|in|on)?\b)[ :：,，]*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:(?:你好|您好|嗯+|好的?|哦|那个|请|麻烦|就是|在|是|到|来|去|hello|hi|hey|ok|sure|yes|so|at|in"
    r"|please)[ ,，。!！、]+|"
    r"(?:请到|请来|麻烦到|麻烦来|就在|就是|是在|在|是)(?=[^ ]{4}))+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:谢谢您?你?|多谢|麻烦(?:了|你了|您了)|辛苦了?|这里|这儿|这边|那边|的|吧|哦|呢|啊"
    r"|哈|啦|"
    r"(?<![a-z])(?:thank you|thanks|thx|please|pls))$",
    re.IGNORECASE,
)

_STREET = re.compile(
    rf"[\u4e00-\u9fff](?:大道|大街|路|街|巷|弄|胡同|里"
    rf"|(?<![知味难通])道)(?:[东西南北中上下]?[一二三四五六七]?段)?(?:附近|口)?(?:附|第)? ?{_NUMERAL}"
)
_ESTATE = (
    r"小区|花园|家园|花苑|公寓|大厦|广场|新村|新居|公馆|别墅|名苑|雅苑|佳苑|嘉苑|华府|名城|新城|国际|庄园"
    r"|山庄|花城|家属院|宿舍|"
    r"[一二三四五六七八九\d]期|社区|街道|胡同|大院|写字楼|酒店|中心|学校|医院|镇|乡|村"
)
_BUILDING = rf"(?:{_NUMERAL}+|(?<![a-zA-Z])[a-zA-Z]\d?) ?(?:栋|幢|号楼|座|单元)"
_DOOR = (
    rf"(?:(?<![\d\-])\d{{1,3}}(?: ?- ?\d{{1,4}}){{1,3}}(?![\d\-])|\d{{3,4}} ?[室房户](?!厅))"
    rf"|{_NUMERAL}+ ?[室楼层](?![{_NUMERAL[1:-1]}][厅])"
)
_HAN_ADDRESS = re.compile(
    rf"{_STREET.pattern}|(?:{_ESTATE}).*?\d|{_BUILDING}|\d{{3,4}} ?室|[\u4e00-\u9fff]{{2}}[市区县].+?\d号"
)
_HAN_STREET = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:路|街|大道|巷|道)|{_ESTATE}|[\u4e00-\u9fff]{{2}}[市区县]")
_STRONG = re.compile(
    r"\b(?:road|rd|street|st|avenue|ave|lane|ln|drive|boulevard|blvd|highway|alley|crescent|terrace|lu|jie"
    r"|dadao|xiang)\b",
    re.IGNORECASE,
)
_NO_HOUSE = r"hours?|hrs?|min|rooms?|beds?|days?|years?|times|am\b|pm\b"
_STREET_NUMBER = re.compile(
    rf"\d+[a-z]?,? (?!{_NO_HOUSE})(?:[\w'.]+ ){{0,4}}?{_STRONG.pattern}|"
    rf"{_STRONG.pattern}\.?[, ]*(?:\w+ )?(?:no\.?|number|#)? ?\d+(?! ?(?:{_NO_HOUSE}))",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:apt|apartment|unit|building|bldg|block|room|rm|floor|flat|suite|tower|house|phase|no\.?"
    r"|number)\.? ?#?[0-9a-z]?\d+"
    r"|\b\d+(?:st|nd|rd|th)? (?:floor|unit|building)\b|\b(?:garden|gardens|residence|residences|mansion"
    r"|district|compound|plaza|village|court|city)\b|# ?\d+",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    rf"{_BUILDING}|{_DOOR}|(?<=[号园区苑城府庭村厦寓院馆期])[ ,，]*\d{{2,5}}$|"
    r"\b(?:apt|apartment|unit|building|bldg|block|room|rm|floor|flat|suite"
    r"|tower)\b\.? ?#?[0-9a-z]?[\d\-]*[0-9a-z]?\b|#\s?\d+|"
    r"\b\d+(?:st|nd|rd|th) floor",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"(?:中国|四川省?|成都市?|[\u4e00-\u9fff]{2,3}[省市]|sichuan|chengdu|china|[区县,，. ]|的|附近|那边|这边"
    r"|一带|周边|near|area|in|district)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"[?？吗]|多少|几点|几号|什么|怎么|能不能|可不可以|有没有|是不是|要不要|哪|为什么|取消|改到|改期|改成"
    r"|改约|投诉|退款|预约|想约|想订|想要|"
    r"不知道|知道|报价|服务范围|还没|在路上|上门时间|师傅|阿姨|价格|优惠|\b(?:how|what|when|where|which|why"
    r"|who|can|could|do you|does|is there|"
    r"would|want|need|cancel|change|reschedule|book|price|cost|cleaner is|are you)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:今天|明天|后天|大后天|下?下?周[一二三四五六日天]|星期[一二三四五六日天]|上午|下午|晚上|早上|中午"
    r"|\d{1,2}月\d{1,2}[日号]|[\d一二两三四五六七八九十]+点半?|\d{1,2}:\d\d|"
    r"\b(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d{1,2} ?(?:am"
    r"|pm))\b)[ ,，到在去来]*",
    re.IGNORECASE,
)
_SERIES = re.compile(
    rf"(?:一共|总共|共|先)(?:约|来|做)?(?:\d+|{_NUMERAL}+)次|(?:一直)?(?:约|做|来)?到[^，,\d区路街]{{1,8}}(?:底|末|初|为止)"
    r"|(?:一直)?(?:约|做|来)?到\d{1,2}月(?:\d{1,2}[日号])?(?:底|末|为止)?"
    r"|(?:until|till) [^,\d]{3,24}(?=,)|[a-z]+ (?:times|visits)(?: in all| in total)?(?=,)",
    re.IGNORECASE,
)
"""How long something goes on that comes again and again."""
_EDGES = " ,，、;；:：.。!！~～-"
_MOST_TRIMS = 8
_SHORTEST, _LONGEST, _LONGEST_MESSAGE = 4, 200, 400
_SOMETHING = 2
"""Characters beside the area's own name, without which a district alone is no address."""


def read(text: str, company: Company) -> AddressRead | None:
    """The address a message gives, None where it gives none.

    It needs a place word and a number ("桐梓林路8号", "12 Elm Road"), or an area of ours and something more
    ("玉林 芳草地旁边"); questions and wishes are none. Politeness, time, telephone and size around it are
    left out of the line. `area` is None for addresses that we do not know or that lie in another city.
    """
    words = typed.tidy(text)
    if not _SHORTEST <= len(words) <= _LONGEST_MESSAGE:
        return None
    size = numbers.spot(words, SQUARE_METRES)
    # What stands beyond a telephone number is another answer, mostly the name.
    words = max(_PHONE.sub("\n", words).split("\n"), key=len)
    words = _trimmed(_LAYOUT.sub("", _SIZE.sub("", words)))
    if not _SHORTEST <= len(words) <= _LONGEST or not any(c.isalpha() for c in words):
        return None
    area = areas.area_of(company, typed.plain(words)) or areas.area_of(company, words)
    if _OTHERWISE.search(words) or _TIME.search(words) or not _is_address(words, area):
        return None
    line, detail = _parts(words)
    return AddressRead(line, detail, area.code if area else None, int(size) if size and size >= 1 else None)


def _trimmed(words: str) -> str:
    for _ in range(_MOST_TRIMS):
        before = words
        words = _TIME.sub("", words, count=1) if _TIME.match(words) else words
        words = _SERIES.sub("", words, count=1) if _SERIES.match(words) else words
        words = _PREFACE.sub("", words, count=1)
        words = _THANKS.sub("", _GREETING.sub("", words).rstrip(_EDGES)).strip(_EDGES)
        if words == before:
            break
    return words


def _is_address(words: str, area: areas.Area | None) -> bool:
    plain = typed.join_han(typed.plain(words))
    if _HAN_ADDRESS.search(plain):
        return True
    if _STREET_NUMBER.search(plain) or (any(c.isdigit() for c in plain) and len(_WEAK.findall(plain)) > 1):
        return True
    if area is None:
        return False
    rest = plain
    for keyword in sorted((typed.plain(word) for word in area.keywords), key=len, reverse=True):
        without = rest.replace(keyword, "", 1)
        if without != rest:
            rest = without
            break
    rest = _CITY.sub("", rest)
    is_place = (
        _HAN_STREET.search(plain) or _STRONG.search(plain) or _WEAK.search(plain) or not typed.is_han(rest)
    )
    return (
        len(rest.strip()) >= (_SOMETHING if is_place else _SOMETHING + 1) and rest not in typed.every_word()
    )


def _parts(words: str) -> tuple[str, str | None]:
    """The line and what comes after the house: "桐梓林路8号" and "3栋2单元1201室"."""
    if not typed.is_han(words):
        return _english_parts(words)
    for found in _DETAIL.finditer(words):
        line = words[: found.start()].rstrip(" ,，、-#")
        if sum(c.isalnum() for c in line) >= _SHORTEST - 1:
            return line, words[found.start() :].strip(" ,，、")
    return words, None


def _english_parts(words: str) -> tuple[str, str | None]:
    # In English the door stands before the street as often as behind it, and the city comes last.
    details = [found[0].strip() for found in _DETAIL.finditer(words)]
    line = re.sub(r"(?: ?, ?){2,}", ", ", _DETAIL.sub("", words))
    line = re.sub(r" {2,}", " ", line).strip(" ,-#")
    return (line, ", ".join(details)) if details and len(line) >= _SHORTEST else (words, None)
