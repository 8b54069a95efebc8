"""Bookable times: which are free, and keeping one so that nobody else can have it."""

from core.matching import Need
from core.windows.claiming import (
    claim,
    give_back,
    hand_over,
    held,
    hold,
    is_whole,
    lock,
    occupy,
    release,
    sweep,
    take_back,
)
from core.windows.lengthening import has_room, lengthen
from core.windows.search import free, free_at, nearest, open_days, why_not
from core.windows.tables import HALF_HOUR, Hold, Obstacle, Window, WindowTaken
from core.workers import Occupied

__all__ = [
    "HALF_HOUR",
    "Hold",
    "Need",
    "Obstacle",
    "Occupied",
    "Window",
    "WindowTaken",
    "claim",
    "free",
    "free_at",
    "give_back",
    "hand_over",
    "has_room",
    "held",
    "hold",
    "is_whole",
    "lengthen",
    "lock",
    "nearest",
    "occupy",
    "open_days",
    "release",
    "sweep",
    "take_back",
    "why_not",
]
