"""Numbers in words: 二十三, 廿二, 二〇二六, twenty-one, two thousand and eighteen."""

from typing import Final

from bot.readers.when.grammar import Token, kind

DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CHARACTERS: Final = "零〇一二三四五六七八九两十廿卅百"


def read_chinese(words: str) -> tuple[int, bool] | None:
    """The number, and whether it is only about that ("七八", "两三"); None for no number below 10,000."""
    digits = [DIGITS[sign] for sign in words if sign in DIGITS]
    if len(digits) == len(words):
        if len(digits) == 2 and digits[0] and digits[1] == digits[0] + 1:
            return digits[0], True
        if len(digits) == 2 and digits[0] == 0:
            return digits[1], False
        return (int("".join(map(str, digits))), False) if len(digits) in (1, 4) else None
    total = 0
    unit = 0
    about = False
    for sign in words.replace("廿", "二十").replace("卅", "三十"):
        if sign == "十":
            total += (unit or 1) * 10
            unit = 0
        elif sign == "百":
            total += unit * 100
            unit = 0
        elif unit:
            if DIGITS[sign] != unit + 1:
                return None
            about = True
        else:
            unit = DIGITS[sign]
    return total + unit, about


_NUMBER: Final = kind("WORDNUM")
_TENS: Final = kind("TENS")
_ORDINAL: Final = kind("ORDINAL")
_THOUSAND: Final = kind("THOUSAND")
_AND: Final = kind("AND")
_DASH: Final = kind("DASH")


def join_english(line: list[Token]) -> list[Token]:
    """The line with twenty + one, twenty + first and two + thousand + and + eighteen made one number each."""
    fresh: list[Token] = []
    for token in line:
        if _hyphenated(fresh, token):
            fresh.pop()
        before = fresh[-1] if fresh else None
        if (
            before is not None
            and before.kind == _TENS
            and token.kind in (_NUMBER, _ORDINAL)
            and 0 < token.number < 10
        ):
            fresh[-1] = token._replace(start=before.start, number=before.number + token.number)
        elif before is not None and token.kind == _THOUSAND and before.kind == _NUMBER:
            fresh[-1] = Token(_THOUSAND, before.start, token.end, before.number * 1000)
        elif before is not None and token.kind in (_NUMBER, _TENS) and _thousands(fresh):
            if before.kind == _AND:
                fresh.pop()
            whole = fresh.pop()
            fresh.append(Token(kind("NUM4"), whole.start, token.end, whole.number + token.number))
        else:
            fresh.append(token)
    return fresh


def _hyphenated(line: list[Token], token: Token) -> bool:
    """Whether token goes on from "twenty-"."""
    if len(line) < 2 or token.kind not in (_NUMBER, _ORDINAL):
        return False
    return line[-1].kind == _DASH and line[-2].kind == _TENS and line[-2].end + 1 == token.start


def _thousands(line: list[Token]) -> bool:
    last = line[-2] if len(line) > 1 and line[-1].kind == _AND else line[-1]
    return last.kind == _THOUSAND and last.number >= 1000
