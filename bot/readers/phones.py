"""Telephone numbers as people type them, and what is wrong with the ones that are none."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from bot.readers import typed


@dataclass(frozen=True, slots=True)
class NotAPhone:
    """A telephone number was meant, but it is none."""

    reason: Literal["too_short", "too_long", "invalid"]


_SPOKEN = str.maketrans("零〇一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "00112345678912345678" + "9")
_SPOKEN_RUN = re.compile(r"(?:[零〇一幺二三四五六七八九壹贰叁肆伍陆柒捌玖\d][ \-,.、。]{0,2}){7,}")
_ENGLISH = {
    word: str(value)
    for value, words in enumerate(
        ("zero oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
    for word in words.split()
}
_ENGLISH_RUN = re.compile(rf"(?:\b(?:{'|'.join(_ENGLISH)})\b[ ,\-]*){{7,}}")
_DASH = re.compile(r"(?<=\d)[一ー](?=\d)")
_LETTERS_IN_NUMBER = re.compile(r"(?<![a-z])[\doil][\doil \-]{6,}[\doil](?![a-z])")
_LOOKALIKES = str.maketrans("oil", "011")
_NAMED = re.compile(
    r"^.{0,12}?(?:手机号码|电话号码|联系方式|联系电话|手机号|手机|电话|号码|微信|telephone(?: number)?"
    r"|phone(?: number)?|"
    r"mobile(?: number)?|cell(?: phone)?(?: number)?|number|tel|cell|whatsapp|call me (?:at|on)"
    r"|reach me (?:at|on))"
    r"(?:是|为|在|也是| is|\.)?[ :：,，]*(?=[+(\d])"
)
_PREFACE = re.compile(r"^(?:我的|我|是|打|拨|联系|it's|it is|my|this is|[ :,])+(?=[+(\d])")
_NUMBER = re.compile(r"\+?[\d ()\-./]*\d[\d ()\-./]*(?:(?:转|ext\.?|x|分机) ?\d{1,6})?")
_MOBILE = (
    r"1[3-9]\d(?:\d{8}|[ \-.]\d{4}[ \-.]\d{4}|[ \-.]\d{3}[ \-.]\d{5}|\d[ \-.]?\d{3}[ \-.]?\d{4}|[ \-.]\d{8})"
)
_SPOT = re.compile(
    rf"(?<![\d.a-z])(?<!\d-)(?:(?:\(?\+?86\)?|0086)[ \-]?)?{_MOBILE}(?![\d])(?!-\d)"
    r"|(?<![\d.a-z])(?<!\d-)\+\d(?:[ ().\-]{0,2}\d){6,14}(?!\d)"
    r"|(?<![\d.a-z])(?<!\d-)\(?0(?:10|2\d|[3-9]\d\d)\)?[ \-]?[2-8]\d{2,3}[ \-]?\d{4}(?![\d])(?!-\d)"
)
_DAY = re.compile(r"(?:19|20)\d\d[-/. ]?[01]?\d[-/. ]?[0-3]?\d(?: \d{1,2})?")
_DOOR = re.compile(r"\d{1,2}-(?:\d{1,2}-)?\d{3,4}")
_CHINESE_MOBILE = re.compile(r"1[3-9]")
_MOBILE_LENGTH = 11
_CLEARLY_MEANT = 5
"""Digits; with fewer, a bare number answers some other question."""


def read(text: str, country: str = "CN") -> str | NotAPhone | None:
    """The number as E.164, where the message gives one; `NotAPhone` where one was meant but is wrong.

    Spaces, dashes, full width, "0086", area codes, digits in words ("一三八…") and a few words around it are
    all right. Numbers of other countries begin with "+". None where no number was meant, and where there
    are two different ones.
    """
    words = _in_digits(text)
    found = _all(words, country)
    if len(found) > 1:
        return None
    bare = _PREFACE.sub("", _NAMED.sub("", words, count=1)).strip(" .,。，、;；!！?？:：")
    bare = re.sub(r"(?<=[\d)])[^\d()+]{0,8}$", "", bare) or bare
    if _NUMBER.fullmatch(bare):
        digits = sum(c.isdigit() for c in bare)
        if digits < (3 if _NAMED.match(words) else _CLEARLY_MEANT) or _is_else(bare):
            return None
        return _checked(bare, country)
    if found:
        return found.pop()
    return NotAPhone("invalid") if _NAMED.match(words) and re.search(r"\d{7,}", words) else None


def spot(text: str, country: str = "CN") -> str | None:
    """The one valid number inside other words, as E.164; None where there is none, or are different ones.

    Prices, dates, doors, cards and order numbers are left alone.
    """
    found = _all(_in_digits(text), country)
    return found.pop() if len(found) == 1 else None


def masked(e164: str) -> str:
    """The number with its middle hidden, for eyes that need to recognise it only: "138****5678".

    Chinese numbers as they are dialled at home, others with their country's code.
    """
    digits = "".join(c for c in e164 if c in "0123456789")
    if e164.startswith("+86"):
        national = digits[2:] if _CHINESE_MOBILE.match(digits[2:]) else "0" + digits[2:]
        return _hide(national)
    try:
        parsed = phonenumbers.parse(e164[: typed.LONGEST], None)
    except NumberParseException:
        return _hide(digits)
    return f"+{parsed.country_code} {_hide(phonenumbers.national_significant_number(parsed))}"


def _hide(digits: str) -> str:
    head, tail = (3, 4) if len(digits) >= _MOBILE_LENGTH - 1 else (len(digits) // 4, len(digits) // 4)
    head = head if len(digits) - head - tail > 2 else 0
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[len(digits) - tail :]


def _in_digits(text: str) -> str:
    """The plain text with numbers spelled in words, and letters typed for digits, made digits."""
    words = typed.plain(text)
    words = _DASH.sub("-", words)
    words = _SPOKEN_RUN.sub(_dictated, words)
    words = _ENGLISH_RUN.sub(
        lambda run: re.sub(r"[a-z]+[ ,\-]*", lambda w: _ENGLISH[w[0].strip(" ,-")], run[0]), words
    )
    return _LETTERS_IN_NUMBER.sub(_repaired, words)


def _dictated(run: re.Match[str]) -> str:
    if not typed.is_han(run[0]):
        return run[0]
    return re.sub("[ ,.、。]+", " ", run[0]).translate(_SPOKEN)


def _repaired(found: re.Match[str]) -> str:
    # "l38OOOO5678": letters that look like digits, where most are digits.
    typed_digits = sum(c.isdigit() for c in found[0])
    return found[0].translate(_LOOKALIKES) if typed_digits >= _CLEARLY_MEANT else found[0]


def _is_else(bare: str) -> bool:
    """Whether it is a day or a door."""
    return bool(_DAY.fullmatch(bare) or _DOOR.fullmatch(bare))


def _all(words: str, country: str) -> set[str]:
    numbers = (_checked(match[0], country) for match in _SPOT.finditer(words))
    return {number for number in numbers if isinstance(number, str)}


def _checked(number: str, country: str) -> str | NotAPhone:
    local = re.sub(r"[()\s./\-]|(?:转|e?x|分机).*$", "", number)
    if country == "CN":
        home = re.sub(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))0?(?=1[3-9])|^0(?=1[3-9])", "", local)
        if _CHINESE_MOBILE.match(home) and len(home) != _MOBILE_LENGTH and home.isdigit():
            return NotAPhone("too_short" if len(home) < _MOBILE_LENGTH else "too_long")
        local = home
    try:
        parsed = phonenumbers.parse(local, country)
    except NumberParseException as problem:
        return NotAPhone(_REASONS.get(problem.error_type, "invalid"))
    if phonenumbers.is_valid_number(parsed):
        return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    return NotAPhone(_LENGTHS.get(possible, "invalid"))


_REASONS: dict[int, Literal["too_short", "too_long"]] = {
    NumberParseException.TOO_SHORT_NSN: "too_short",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too_short",
    NumberParseException.TOO_LONG: "too_long",
}
_LENGTHS: dict[int, Literal["too_short", "too_long"]] = {
    phonenumbers.ValidationResult.TOO_SHORT: "too_short",
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    phonenumbers.ValidationResult.TOO_LONG: "too_long",
}


def dialled(number: str, country: str = "CN") -> str:
    """A number of ours as people in the country dial it; a short number such as 95xxx stays as it is."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
