"""What may stand in a template: each key says by its name which values it takes."""

import re
from collections.abc import Mapping

from tests.doubles.wechat.refusals import Refused

DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
HOURS = r"\d{1,2}:\d{2}(:\d{2})?"
MOMENT = rf"({DATE}( {HOURS})?|{HOURS})"
HAN = "[\u3400-\u9fff]"
RULES = {
    "thing": r".{1,20}",
    "number": r"[-+]?(?=[\d.]{1,33}$)\d{1,32}(\.\d+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": rf"((?!{HAN})[^A-Za-z0-9]){{1,5}}",
    "character_string": rf"((?!{HAN}).){{1,32}}",
    "time": rf"{MOMENT}( ?~ ?{MOMENT})?",
    "date": rf"{MOMENT}( ?~ ?{MOMENT})?",
    "amount": r"[¥￥$€£]?\d{1,10}(\.\d+)?元?",
    "phone_number": r"[\d+\-() ]{1,17}",
    "car_number": r".{1,8}",
    "name": rf"({HAN}{{1,10}}|((?!{HAN})\D){{1,20}})",
    "phrase": rf"{HAN}{{1,5}}",
}


def check(data: object, keys: Mapping[str, object]) -> dict[str, str]:
    """The values of a template by their keys, checked and never cut.

    What `keys` has besides a label, a list, is what a `const` or `enum` may be. Raises `Refused` (47003)
    with the first key that is missing, empty or wrong.
    """
    if not isinstance(data, dict):
        raise Refused(47003, "argument invalid! data invalid")
    found = {}
    for key, allowed in keys.items():
        value = data[key].get("value") if isinstance(data.get(key), dict) else None
        if not isinstance(value, str | int | float) or not str(value).strip():
            raise Refused(47003, f"argument invalid! data.{key}.value is empty")
        if not _fits(key, str(value), allowed):
            raise Refused(47003, f"argument invalid! data.{key}.value invalid")
        found[key] = str(value)
    return found


def _fits(key: str, value: str, allowed: object) -> bool:
    kind = key.rstrip("0123456789")
    if kind in ("const", "enum"):
        return isinstance(allowed, list | tuple) and value in allowed
    rule = RULES.get(kind)
    return rule is None or bool(re.fullmatch(rule, value, re.DOTALL))
