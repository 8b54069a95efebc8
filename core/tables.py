"""Every table of the company in one import, for what needs them all: migrations and their tests."""

from core import (
    accounts,
    correspondence,
    customers,
    grants,
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
    "accounts",
    "correspondence",
    "customers",
    "grants",
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
