"""What a person means when the words alone do not decide: every such choice of the reader is here."""

from typing import Final

NEAR_DAYS: Final = 60
"""11.25 all alone is the 25th of November only when that is so near; else it may be a time or a price."""

READ_AT_MOST: Final = 2000
"""Characters of a message that are looked at; nobody names a day after that."""

AFTERNOON_HOURS: Final = range(1, 7)
"""An hour without its half of the day ("3点", "at 3") is after noon when it is one of these: nobody is
visited at three in the night. 7 to 11 are in the morning and 12 is noon. "03:00" and "15:00" say it all."""

PARTS: Final = {
    "dawn": (0, 6),
    "early morning": (6, 9),
    "morning": (6, 12),
    "late morning": (10, 12),
    "noon": (12, 14),
    "early afternoon": (12, 15),
    "afternoon": (12, 18),
    "mid afternoon": (14, 17),
    "late afternoon": (15, 18),
    "dusk": (17, 19),
    "evening": (18, 24),
    "late evening": (21, 24),
    "day": (8, 18),
}
"""The parts of a day: from hour to hour."""

DAY_FIRST: Final = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za", "en-sg", "en-hk"})
"""Languages that write 3/4 for the third of April. All others, and plain English, write April the third."""

FEW: Final = 3
"""How many "a few" minutes or hours are. A few days are not a day anybody can come on."""

TENTHS: Final = {"early": (1, 11), "mid": (11, 21), "late": (21, 0)}
"""Early, mid and late in a month: first day and the day after the last; 0 is the next month's first."""

YEARS: Final = range(1970, 2100)
"""Four digits are a year inside this range only."""
