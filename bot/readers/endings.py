"""Reads how long something goes on that comes again: 一共十次, 到六月底, "ten times", "until May"."""

import re
from typing import Final

from bot.readers import numbers, typed

_HAN: Final = "[一二两三四五六七八九十百]"
_EN: Final = "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty"
_TIMES: Final = re.compile(
    rf"(?:一共|总共|合计|先|只|就|做满|共)(?:约|来|做|要|打扫)?(\d+|{_HAN}+)[次回]"
    rf"|(?<![\d第每周月上下])(\d+|{_HAN}+)[次回](?:就好|就行|就停|就够|为止|后停|后结束)"
    rf"|\b(\d+|{_EN}) (?:times|visits)\b(?! (?:a|per|each|every)\b)(?: (?:in all|in total|altogether|only))?"
)
_ONLY: Final = re.compile(rf"(\d+|{_HAN}+)[次回]?|(\d+|{_EN})(?: times| visits)?")
_DAY: Final = re.compile(
    r"(?:一直)?(?:约|做|来)?到([^，,。；;、\s]{2,12}?)就?(?:为止|停|好|行|够|结束|截止|不来)"
    r"|(?:一直)?(?:约|做|来)?到([^，,。；;、\s]{2,12})(?=$|[，,。；;、\s])"
    r"|\b(?:until|till|up to|through)\b (?:the )?([^,.;]{2,30})"
)

_YEAR: Final = re.compile(r"(?:今?年[底末]|(?:the )?end of (?:the|this) year|(?:the )?year(?:'s)?[ -]end)")


def times(text: str, *, whole: bool = False) -> int | None:
    """How many visits in all the message says; as the `whole` answer a bare number will do."""
    said = _plain(text)
    found = _TIMES.search(said) or (_ONLY.fullmatch(said) if whole else None)
    if found is None:
        return None
    counted = next(one for one in found.groups() if one)
    number = numbers.read(counted, "en" if counted.isascii() and not counted.isdigit() else "zh-CN")
    return int(number) if number is not None else None


def day(text: str) -> str | None:
    """The words that say until when: of 做到六月底为止 it is 六月底."""
    found = _DAY.search(_plain(text))
    return next((one.strip() for one in found.groups() if one), None) if found else None


def is_end_of_year(named: str) -> bool:
    """Whether the words of `day` mean the last day of this year."""
    return bool(_YEAR.fullmatch(named))


def without(text: str, named: str | None) -> str:
    """The same message without how long it goes on; `named` are the words of `day` where they are a day."""
    said = _plain(text)
    said = _DAY.sub(" ", said, count=1) if named else said
    said = _TIMES.sub(" ", said, count=1)
    return said.strip() if said != _plain(text) else text


def _plain(text: str) -> str:
    return typed.join_han(typed.plain(text))
