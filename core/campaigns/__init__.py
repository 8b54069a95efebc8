"""Campaigns: one offer to many people who agreed to hear of offers, within a budget, with its effect counted.

A file says what is offered to whom. Once started, people are planned a part at a time by any number of
processes, each once; every one of them is judged by `core.decency` when their turn comes. Some are held out
by chance, so that what it changed can be told from what would have happened anyway.
"""

from core.campaigns.draws import WON
from core.campaigns.files import FileInvalid, Plan
from core.campaigns.running import (
    DRAW,
    KIND,
    STOPPED,
    called,
    claim,
    draws_at,
    drop,
    every,
    part,
    parts_of,
    plan_part,
    resume,
    start,
    stop,
)
from core.campaigns.tables import (
    Campaign,
    EntriesOpen,
    Kind,
    NameTaken,
    NotNow,
    Part,
    State,
    Target,
    UnknownCampaign,
)

__all__ = [
    "DRAW",
    "KIND",
    "STOPPED",
    "WON",
    "Campaign",
    "EntriesOpen",
    "FileInvalid",
    "Kind",
    "NameTaken",
    "NotNow",
    "Part",
    "Plan",
    "State",
    "Target",
    "UnknownCampaign",
    "called",
    "claim",
    "draws_at",
    "drop",
    "every",
    "part",
    "parts_of",
    "plan_part",
    "resume",
    "start",
    "stop",
]
