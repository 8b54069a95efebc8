"""Every table of the company in one import, for what needs them all: migrations and their tests."""

from core import (
    accounts,
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
    tokens,
    topics,
    visits,
    windows,
    workers,
)

__all__ = [
    "accounts",
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
    "tokens",
    "topics",
    "visits",
    "windows",
    "workers",
]
