"""Which template tells which kind of news, from a TOML file of the company's."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, cast

from core import adverts
from core.news import MOMENTS, Fact, Kind

Way: TypeAlias = Literal["notice", "template"]
ACCOUNTS = frozenset({"service", "test"})
"""The kinds of accounts that have templates."""
FITTING: Mapping[str, frozenset[Fact]] = {
    "time": MOMENTS,
    "date": MOMENTS,
    "amount": frozenset({Fact.PRICE}),
    "number": frozenset({Fact.PRICE}),
    "phone_number": frozenset({Fact.PHONE}),
} | dict.fromkeys(
    "thing letter symbol character_string car_number name phrase const enum".split(),
    frozenset(Fact) - MOMENTS,
)
"""What may stand under a key, by what the key begins with."""

_KEY = re.compile(r"([a-z_]+?)\d*")
_FIXED = "="


@dataclass(frozen=True, slots=True)
class Template:
    """One template as the platform knows it, and what is filled in."""

    id: str
    way: Way
    """A `notice` takes a consent of the person's for each message, a `template` none."""
    values: Mapping[str, str]
    """Of each key the name of a fact, or after a "=" words that are always the same."""

    def filled(self, facts: Mapping[str, str]) -> dict[str, str]:
        """What stands under each key, before it is fitted to the key."""
        return {key: _filled(value, facts) for key, value in self.values.items()}


class Unusable(ValueError):
    """The file cannot be used; the text says where and why."""


def read(file: Path) -> Mapping[Kind, Template]:
    """The templates of a file by what they tell. Raises `Unusable`."""
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as failed:
        raise Unusable(f"it cannot be read: {failed}") from failed
    found = {_kind(name): _template(name, table) for name, table in tables.items()}
    ways: dict[str, str] = {}
    for kind, template in found.items():
        if ways.setdefault(template.id, template.way) != template.way:
            raise Unusable(
                f"[{kind}] says that {template.id} is a {template.way}, another part that it is not"
            )
    return found


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise Unusable(f"[{name}] is no news of ours; there are {', '.join(Kind)}") from None


def _template(name: str, table: object) -> Template:
    given = table if isinstance(table, dict) else {}
    id, way, values = given.get("id"), given.get("way"), given.get("values")
    if unknown := set(given) - {"id", "way", "values"}:
        raise Unusable(f"[{name}] has {min(unknown)!r}; it takes id, way and values")
    if not isinstance(id, str) or not id.strip():
        raise Unusable(f"[{name}] needs the id that the console shows")
    if way not in ("notice", "template"):
        raise Unusable(f'[{name}] needs way = "notice" or way = "template"')
    if not isinstance(values, dict) or not values:
        raise Unusable(f"[{name}] needs a part [{name}.values] with the keys of the template")
    for key, value in values.items():
        _check(f"[{name}.values] {key}", key, value)
    return Template(id.strip(), cast(Way, way), values)


def _check(where: str, key: str, value: object) -> None:
    match = _KEY.fullmatch(key)
    fitting = FITTING.get(match[1]) if match else None
    if fitting is None:
        raise Unusable(f"{where}: a key begins with one of {', '.join(FITTING)}")
    if not isinstance(value, str) or value.removeprefix(_FIXED).strip() == "":
        raise Unusable(f"{where} needs the name of a fact")
    if value.startswith(_FIXED) and (advert := adverts.mark(value)) is not None:
        raise Unusable(
            f"{where}: {advert!r} advertises; templates are for news of visits, the platform closes"
            " accounts for offers by them"
        )
    if value.startswith(_FIXED) and fitting != MOMENTS:
        return
    if value not in fitting:
        raise Unusable(f"{where} = {value!r}: this key takes one of {', '.join(sorted(fitting))}")


def _filled(value: str, facts: Mapping[str, str]) -> str:
    return value.removeprefix(_FIXED) if value.startswith(_FIXED) else facts.get(value, "")
