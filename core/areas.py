"""Where the company works: areas, how to recognise them in an address, and the way between them."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from core.catalogue import Code, Fen, Section, Words
from core.errors import DomainError

if TYPE_CHECKING:
    from core.company import Company


class Area(Section):
    """A district the company serves."""

    code: Code
    name: Words
    keywords: tuple[str, ...]
    """Districts, streets and landmarks that name it, in any script."""
    neighbours: tuple[str, ...] = ()
    """Codes of the areas beside it; saying it on one side is enough."""
    travel_fee: Fen = 0


class UnknownArea(DomainError):
    """There is no area with this code (any more)."""

    key = "unknown-area"


def travel_minutes(company: "Company", here: str, there: str) -> int:
    """How long to plan for the way from a home in one area to a home in another (area codes)."""
    rules = company.policies
    return rules.buffer_same_minutes if here == there else rules.buffer_other_minutes


def nearby(company: "Company", code: str) -> tuple[Area, ...]:
    """The areas beside this one, in the company's order. Raises `UnknownArea`."""
    here = company.area(code)
    return tuple(
        area for area in company.areas if area.code in here.neighbours or here.code in area.neighbours
    )


def area_of(company: "Company", address_text: str) -> Area | None:
    """The area an address lies in: the longest keyword found wins, then the one named first.

    None when nothing is recognised, or when the address says that it lies in another city.
    """
    text = _plain(address_text)
    best: tuple[int, int] | None = None
    found: Area | None = None
    for keyword, area in _keywords(company):
        if best is not None and len(keyword) < best[0]:
            break
        at = _position(keyword, text)
        if at is not None and (best is None or -at > best[1]):
            best, found = (len(keyword), -at), area
    if best is not None and _is_elsewhere(company, text, before=-best[1]):
        return None
    return found


@lru_cache(maxsize=8)
def _keywords(company: "Company") -> tuple[tuple[str, Area], ...]:
    """Every keyword in plain writing, longest first."""
    every = ((_plain(keyword), area) for area in company.areas for keyword in area.keywords)
    return tuple(sorted(every, key=lambda named: -len(named[0])))


@lru_cache(maxsize=8)
def _cities(company: "Company") -> tuple[str, ...]:
    return tuple(map(_plain, company.elsewhere))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").split())


def _position(keyword: str, text: str) -> int | None:
    """Where the keyword stands; Latin letters count as whole words only, Chinese has no word borders."""
    at = text.find(keyword)
    if at < 0 or not keyword.isascii():
        return at if at >= 0 else None
    match = re.search(rf"(?<![a-z0-9]){re.escape(keyword)}(?![a-z0-9])", text)
    return match.start() if match else None


def _is_elsewhere(company: "Company", text: str, *, before: int) -> bool:
    """Whether another city is named where a city stands: first in Chinese, a part of its own in English."""
    for city in _cities(company):
        if city not in text:
            continue
        if city.isascii():
            found = re.search(rf"(?:^|,)\s*{re.escape(city)}(?: city| shi)?\s*(?:,|$|\d)", text)
        else:
            # Streets named after a city, such as 重庆路, are our own.
            found = re.search(rf"{re.escape(city)}(?![东南西北中]?(?:大道|大街|路|街|巷|道))", text[:before])
        if found:
            return True
    return False
