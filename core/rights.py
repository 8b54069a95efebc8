"""Who may know what of a customer, and when: the one place that decides."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from core.staff import Rank

DOOR_SHOWN_BEFORE = timedelta(hours=24)
DOOR_SHOWN_AFTER = timedelta(hours=2)


class Field(StrEnum):
    """What of a customer is not for everybody on the staff."""

    HEALTH = "health"
    FAMILY = "family"
    """Children and elderly people at home."""
    HOME = "home"
    """Everything else about a home, the way in among it."""
    WORDS = "words"
    """What was said: notes, complaints, talks."""


HIDDEN: Mapping[Rank, frozenset[Field]] = {Rank.FINANCE: frozenset(Field)}
"""What a rank does not get to see; who is not listed sees all."""
_FIELDS: Mapping[str, Field] = {
    "allergy": Field.HEALTH,
    "elderly": Field.FAMILY,
    "infants": Field.FAMILY,
    "elder": Field.FAMILY,
    "baby": Field.FAMILY,
}


def sees(rank: Rank | None, field: Field) -> bool:
    """Whether staff of a rank get to see that; None is who runs the service."""
    return rank is None or field not in HIDDEN.get(rank, frozenset())


def sees_fact(rank: Rank | None, what: str) -> bool:
    """Whether they get to see one fact about a home."""
    return sees(rank, _FIELDS.get(what, Field.HOME))


def worker_knows_door(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether the workers of a visit may know the address and the way in; before and after, the district.

    A customer's number they never see: the two write to each other through us.
    """
    return starts_at - DOOR_SHOWN_BEFORE <= now <= ends_at + DOOR_SHOWN_AFTER
