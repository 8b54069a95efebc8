"""The days on which we send good wishes, lunar ones too, as the holidays library has them."""

from datetime import date, timedelta
from functools import lru_cache

from core import calendars
from core.lifecycle.rules import Festival

_NAMES: dict[Festival, tuple[str, int]] = {
    "new-year": ("New Year's Day", 0),
    "spring-festival": (calendars.SPRING_FESTIVAL, 0),
    "lantern": (calendars.SPRING_FESTIVAL, 14),
    "labour-day": ("Labor Day", 0),
    "dragon-boat": ("Dragon Boat Festival", 0),
    "mid-autumn": ("Mid-Autumn Festival", 0),
    "national-day": ("National Day", 0),
}
"""The public holiday of mainland China each is counted from, and by how many days."""


@lru_cache(maxsize=128)
def day_in(festival: Festival, year: int) -> date | None:
    """Its day in that year; None where the library knows of none."""
    name, after = _NAMES[festival]
    first = calendars.named(name, year)
    return first + timedelta(days=after) if first is not None else None
