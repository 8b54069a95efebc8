"""What a household is, who belongs to it as what, and how the company says no about one."""

from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError

_THERE = text("left_at IS NULL")
_HEARD = text("left_at IS NULL AND contact_id IS NOT NULL")


class Kind(StrEnum):
    """Whether people live together, or work for one company."""

    HOME = "home"
    COMPANY = "company"


class Part(StrEnum):
    """What somebody is to the others."""

    PAYER = "payer"
    """Hears what is owed, and lets the others use their packages."""
    USER = "user"
    """Books to the household's addresses and uses its packages."""
    ELDER = "elder"
    """As a user; somebody else hears of the visits at their home."""
    CONTACT = "contact"
    """Hears of somebody's visits, and nothing else."""


BOOKS = frozenset({Part.PAYER, Part.USER, Part.ELDER})
"""Who uses the household's packages and addresses."""


class Household(SQLModel, table=True):
    """People who share packages and addresses. Who they are: `HouseholdPerson`."""

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored(Kind))
    name: str | None = None
    """What the bill is made out to, for a company."""
    made_at: datetime
    ended_at: datetime | None = None


class HouseholdPerson(SQLModel, table=True):
    """A customer in a household: one at a time. Who left stays written down."""

    __tablename__ = "household_person"
    __table_args__ = (
        CheckConstraint("contact_id <> customer_id", name="contact_is_another"),
        CheckConstraint("contact_id IS NOT NULL OR NOT alone", name="somebody_hears"),
        Index(
            "uq_household_person_there",
            "customer_id",
            unique=True,
            sqlite_where=_THERE,
            postgresql_where=_THERE,
        ),
        Index("ix_household_person_heard", "contact_id", sqlite_where=_HEARD, postgresql_where=_HEARD),
    )

    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    part: Part = Field(sa_type=stored(Part))
    owns: bool = False
    """Whether it is theirs: who may remove others."""
    contact_id: int | None = Field(default=None, foreign_key="customer.id")
    """Who hears of their visits too..."""
    alone: bool = False
    """... or instead of them."""
    invited_by: int | None = Field(default=None, foreign_key="customer.id")
    joined_at: datetime
    """Since when they are in it, and agreed to be."""
    left_at: datetime | None = None


class HouseholdInvitation(SQLModel, table=True):
    """A code that was handed out, as digests: whoever sees the table must not read the code off it."""

    __tablename__ = "household_invitation"

    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id")
    by_id: int = Field(foreign_key="customer.id", index=True)
    """Who asked for it."""
    part: Part = Field(sa_type=stored(Part))
    code_digest: str = Field(unique=True)
    token_digest: str = Field(unique=True)
    made_at: datetime
    until: datetime
    used_at: datetime | None = None


class HouseholdHome(SQLModel, table=True):
    """An address of a company's, to which its people may book. At home nothing has to be said of it."""

    __tablename__ = "household_home"

    address_id: int = Field(primary_key=True, foreign_key="address.id")
    household_id: int = Field(foreign_key="household.id", index=True)


class HouseholdVisit(SQLModel, table=True):
    """A visit that somebody had on a household's account: who pays hears of it, and the bill names it."""

    __tablename__ = "household_visit"

    visit_id: int = Field(primary_key=True, foreign_key="visit.id")
    household_id: int = Field(foreign_key="household.id")


class AlreadyIn(DomainError):
    """They are in a household already; `same` says whether it is this one."""

    key = "household-already-in"


class NotTheirs(DomainError):
    """Only a payer invites, and only the owner removes others."""

    key = "household-not-theirs"


class NotIn(DomainError):
    """They are in no household, or not in this one any more."""

    key = "household-not-in"


class HouseholdFull(DomainError):
    """There are as many people in it as may be: `most`."""

    key = "household-full"


def some(value: Any) -> int:  # Any: a primary key, which is None until the row is written
    """The number of a row that was written."""
    return cast(int, value)
