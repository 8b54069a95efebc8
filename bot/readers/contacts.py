"""Ways to reach somebody past us, hidden in what they write: numbers, addresses of mail, chats and pages."""

import re
import unicodedata

HIDDEN = "***"
FEWEST_DIGITS = 7
"""A telephone number has no fewer; a door or a code rarely has so many."""

_SPOKEN = str.maketrans(
    "零〇洞一幺壹二两贰三叁四肆五伍六陆七拐柒八捌九勾玖", "00011122233445566777889" + "99"
)
_WORDS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_BETWEEN = r"[\s\-_.,，。、·・*/\\|~+#()\[\]（）…\u200b-\u200f\ufe0f\u20e3]{0,3}"
_DIGITS = re.compile(rf"(?<![0-9])\+?(?:[0-9]{_BETWEEN}){{{FEWEST_DIGITS - 1},}}[0-9]\ufe0f?\u20e3?")
_SPELLED = re.compile(
    rf"(?:\b(?:{_WORDS}|[0-9])\b[\s,.\-]{{1,3}}){{{FEWEST_DIGITS - 1},}}(?:{_WORDS}|[0-9])\b"
)
_LOOKALIKES = re.compile(r"(?<![a-z0-9])[0-9oil](?:[ \-.]?[0-9oil]){6,}(?![a-z0-9])")
_CLEARLY_DIGITS = 4
_ELSE = re.compile(
    r"(?<![0-9])(?:"
    r"(?:19|20)[0-9]{2}[-/.年 ][0-9]{1,2}[-/.月 ][0-9]{1,2}"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}"
    r"|[0-9]{1,2}\.[0-5][0-9] ?[-~] ?[0-9]{1,2}\.[0-5][0-9]"
    r"|[0-9]{1,2}-(?:[0-9]{1,2}-)?[0-9]{3,4}"
    r")(?![0-9])"
)
"""A day, a span of hours, a door."""
_PAGES = r"com|cn|net|org|me|io|cc|top|xyz|link|app|info|co|vip|shop|site|club"
_PAGE = re.compile(
    rf"(?:https?://|www\.)[^\s，。；、！]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{_PAGES})\b(?:/[^\s，。；、！]*)?"
)
_MAIL = re.compile(
    r"[a-z0-9._%+-]+ ?(?:@|\(at\)|\[at\]| at |艾特) ?[a-z0-9-]+"
    r"(?: ?(?:\.| dot |点) ?[a-z0-9-]+)*? ?(?:\.| dot |点) ?[a-z]{2,}"
)
_HANDLE = re.compile(r"(?<![a-z0-9])@[a-z0-9_]{4,}")
_OWN = re.compile(r"\bwxid_[a-z0-9]+")
_NAMED = re.compile(
    r"(?:微信|薇信|威信|微 ?x|weixin|wechat|\bwx|\bvx|\bv信|\bv\b|扣扣|\bqq"
    r"|whatsapp|telegram|\btg\b|飞信|钉钉|抖音|小红书)"
    r"(?P<said>\s*(?:账号|号码|号|id|number|name)?\s*(?:是|为|叫|is|[:：=])?\s*[「“\"(（]?)"
    r"(?P<id>[a-z][a-z0-9_-]{4,24}|[0-9]{5,12})"
)
_ADD = re.compile(r"(?:加我|加一下我|add me)[^a-z0-9\n]{0,6}(?P<id>[a-z][a-z0-9_-]{4,24}|[0-9]{5,12})")


def masked(text: str) -> str:
    """The words with every way to reach somebody in them replaced by `HIDDEN`; the rest as it was written.

    Rather too much is hidden than too little. Days, hours, doors, prices and short codes stay.
    """
    plain = _folded(text)
    hidden: set[int] = set()
    for found in (*_numbers(plain), *_names(plain)):
        hidden |= set(range(*found))
    said, was_hidden = "", False
    for index, character in enumerate(text):
        if index in hidden:
            said += "" if was_hidden else HIDDEN
        else:
            said += character
        was_hidden = index in hidden
    return said


def _folded(text: str) -> str:
    """The same words, letter for letter, in one width and case, with spoken digits as digits."""
    return "".join(map(_fold, text))


def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).casefold()
    plain = plain if len(plain) == 1 else character
    plain = str(unicodedata.digit(plain, plain))
    return plain.translate(_SPOKEN)


def _numbers(plain: str) -> list[tuple[int, int]]:
    found = [one.span() for one in _DIGITS.finditer(plain) if not _is_else(one[0])]
    found += [one.span() for one in _SPELLED.finditer(plain)]
    found += [
        one.span()
        for one in _LOOKALIKES.finditer(plain)
        if sum(c.isdigit() for c in one[0]) >= _CLEARLY_DIGITS and not _is_else(one[0])
    ]
    return found


def _is_else(run: str) -> bool:
    """Whether a run of digits is made of days, hours and doors, with too few digits besides."""
    rest = _ELSE.sub("", run)
    return rest != run and sum(c.isdigit() for c in rest) < FEWEST_DIGITS and not rest.startswith("+")


def _names(plain: str) -> list[tuple[int, int]]:
    found = [one.span() for pattern in (_PAGE, _MAIL, _HANDLE, _OWN) for one in pattern.finditer(plain)]
    found += [one.span("id") for one in _ADD.finditer(plain)]
    return found + [one.span("id") for one in _NAMED.finditer(plain) if _is_told(one)]


def _is_told(found: re.Match[str]) -> bool:
    """Whether a word behind "WeChat" is a name there, not just the next word of a sentence."""
    return bool(found["said"].strip()) or not found["id"].isalpha()
