"""What may stand under a key of a template: the platform refuses what is too long or of another kind."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

_HAN = re.compile("[\u3400-\u9fff]")
_PRICE = re.compile(r"([¥￥$€£]?) ?([0-9]+)(\.[0-9]{1,2})?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_KIND = re.compile(r"\d+$")
_NOTHING, _BLANK, _UNSAID = "—", "-", "请查看"


def fit(key: str, fact: str) -> str:
    """A fact as it can stand under a key ("thing1"): cut, and without what is not allowed there; never empty.

    Under `time` and `date` the fact is a moment as ISO 8601 writes it. Raises ValueError if it is none.
    """
    make = _KINDS.get(_KIND.sub("", key), _words)
    return make(" ".join("".join(one if one.isprintable() else " " for one in fact).split()))


def _words(fact: str) -> str:
    return fact or _NOTHING


def _thing(fact: str) -> str:
    return _cut(fact, 20) or _NOTHING


def _car_number(fact: str) -> str:
    return _cut(fact, 8) or _NOTHING


def _name(fact: str) -> str:
    """Chinese alone, or everything but figures."""
    if han := _han(fact):
        return han[:10]
    return _cut(" ".join("".join(one for one in fact if not one.isdigit()).split()), 20) or _NOTHING


def _phrase(fact: str) -> str:
    return _han(fact)[:5] or _UNSAID


def _character_string(fact: str) -> str:
    plain = " ".join("".join(one for one in fact if one.isascii()).split())
    return plain if 0 < len(plain) <= 32 else plain[:29].rstrip() + "..." if plain else _BLANK


def _number(fact: str) -> str:
    found = _NUMBER.search(fact.replace(",", ""))
    return found[0][:32].rstrip(".") if found else "0"


def _letter(fact: str) -> str:
    return "".join(one for one in fact if one.isascii() and one.isalpha())[:32] or "x"


def _symbol(fact: str) -> str:
    return "".join(one for one in fact if not one.isalnum() and not one.isspace())[:5] or _BLANK


def _amount(fact: str) -> str:
    found = _PRICE.search(fact.replace(",", ""))
    return f"{found[1]}{found[2][:10]}{found[3] or ''}" if found else "0"


def _phone_number(fact: str) -> str:
    return "".join(one for one in fact if one in "0123456789+-() ")[:17].strip() or _BLANK


def _time(fact: str) -> str:
    at = datetime.fromisoformat(fact)
    return f"{_date(fact)} {at:%H:%M}"


def _date(fact: str) -> str:
    at = datetime.fromisoformat(fact)
    return f"{at.year:04}年{at.month}月{at.day}日"


def _han(fact: str) -> str:
    return "".join(_HAN.findall(fact))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


_KINDS: Mapping[str, Callable[[str], str]] = {
    "thing": _thing,
    "number": _number,
    "letter": _letter,
    "symbol": _symbol,
    "character_string": _character_string,
    "time": _time,
    "date": _date,
    "amount": _amount,
    "phone_number": _phone_number,
    "car_number": _car_number,
    "name": _name,
    "phrase": _phrase,
}
