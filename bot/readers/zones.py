"""Where somebody says that they are, as zones of the world's clocks."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot import texts, words
from bot.readers import typed

_LONGEST = 40
_HERE = re.compile(
    r"我们?(?:人)?(?:现在|目前|最近|暂时|已经)?(?:人)?(?:住|搬)?(?:在|到了?)(?P<zh>.+?)(?:了|这边|那边)?"
    r"|(?:i'm|i am|im|we're|we are) (?:now |currently )?(?:(?:living|staying) )?in (?P<en>.+?)(?: now)?"
    r"|(?:i|we) live in (?P<live>.+)"
)
_CLOCK = re.compile(
    r"(?:我的)?时区(?:是|改成|改为|改到|换成|设成|设为|用|:)?(?P<zh>.+)|(?:按|用)(?P<by>.+)时间(?:算|来)?"
    r"|(?:my )?time ?zone(?: is| to|:)? (?P<en>.+)"
)
_SAME = {"Asia/Urumqi": "Asia/Shanghai"}
"""All of China goes by one clock officially, so nobody who names a town there means another."""
_WIDE: Mapping[str, tuple[str, ...]] = {
    "US": (
        "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu",
    ),
    "CA": (
        "America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Vancouver", "America/Halifax",
    ),
    "AU": (
        "Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Australia/Perth",
    ),
    "BR": ("America/Sao_Paulo", "America/Manaus", "America/Rio_Branco"),
    "MX": ("America/Mexico_City", "America/Tijuana", "America/Cancun"),
    "RU": (
        "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Irkutsk", "Asia/Vladivostok",
    ),
}  # fmt: skip
"""Of countries with many clocks those that most people there live by, to choose from."""
_MOST = 5


def read(body: str) -> tuple[str, ...]:
    """The zones (IANA's names) of a place where the whole message says that they are.

    Several for a wide country; nothing for other words, and for places we do not know.
    """
    return _named(_HERE, body)


def asked(body: str) -> tuple[str, ...]:
    """The same where the message asks for the clock of a place."""
    return _named(_CLOCK, body)


def _named(pattern: re.Pattern[str], body: str) -> tuple[str, ...]:
    if len(body) > _LONGEST or (found := pattern.fullmatch(typed.bare(body))) is None:
        return ()
    place = next(one for one in found.groups() if one)
    return _places().get(typed.bare(place).removeprefix("the "), ())


def besides(zone: str) -> tuple[str, ...]:
    """The clocks to choose from in the country of a zone; none where there is but one."""
    found = _countries().get(get_global("zone_territories").get(zone, ""), ())
    return found if len(found) > 1 else ()


def is_zone(name: str) -> bool:
    """Whether there is such a zone."""
    return name in _zones()


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Every place we know by its plain name: the zones themselves, countries, cities, then our own lists."""
    known: dict[str, tuple[str, ...]] = {zone.casefold(): (zone,) for zone in _zones()}
    countries = _countries()
    for tag in texts.languages():
        names = Locale.parse(tag, sep="-").territories
        known |= {typed.plain(names[code]): zones for code, zones in countries.items() if code in names}
        known |= {typed.plain(city(zone, tag)): (_SAME.get(zone, zone),) for zone in _zones()}
    for code in words.names("countries"):
        known |= dict.fromkeys(words.phrases("countries", code), countries[code])
    for zone in words.names("zones"):
        known |= dict.fromkeys(words.phrases("zones", zone), (zone,))
    return known


@cache
def _zones() -> Sequence[str]:
    """The zones of places, those first by which most people live."""
    every, main = available_timezones(), frozenset(get_global("windows_zone_mapping").values())
    named = {zone for zone in get_global("zone_territories") if not zone.startswith("Etc/")}
    return sorted(named & every, key=lambda zone: (zone not in main, zone))


def _countries() -> Mapping[str, tuple[str, ...]]:
    """The clocks of each country: one where all of it goes by the same."""
    clock_of, country_of = get_global("meta_zones"), get_global("zone_territories")
    clocks: dict[str, dict[str, str]] = defaultdict(dict)
    for zone in _zones():
        clocks[country_of[zone]].setdefault(clock_of.get(zone, zone), _SAME.get(zone, zone))
    known = {code: tuple(dict.fromkeys(zones.values()))[:_MOST] for code, zones in clocks.items()}
    return {code: zones for code, zones in {**known, **_WIDE}.items() if code.isalpha()}


def city(zone: str, language: str) -> str:
    """The city a zone is called by, in words for people."""
    locale = Locale.parse(language, sep="-")
    named = locale.time_zones.get(zone, {}).get("city")
    return str(named or zone.rpartition("/")[2].replace("_", " "))
