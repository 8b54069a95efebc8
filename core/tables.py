"""Every table of the company in one import, for what needs them all: migrations and their tests."""

from core import (
    correspondence,
    customers,
    handoffs,
    identities,
    matching,
    media,
    policies,
    reminders,
    staff,
    timeline,
    topics,
    visits,
    windows,
    workers,
)

__all__ = [
    "correspondence",
    "customers",
    "handoffs",
    "identities",
    "matching",
    "media",
    "policies",
    "reminders",
    "staff",
    "timeline",
    "topics",
    "visits",
    "windows",
    "workers",
]
