"""The company's own people who answer customers: clerks, leads and managers."""

from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored


class Rank(StrEnum):
    """How far a case has risen when it reaches this person."""

    CLERK = "clerk"
    LEAD = "lead"
    MANAGER = "manager"


class StaffMember(SQLModel, table=True):
    """One person on the company's staff. Those who left stay, because cases of the past name them."""

    __tablename__ = "staff_member"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    role: Rank = Field(sa_type=stored(Rank))
    language: str
    active: bool = True


def hire(session: Session, *, name: str, role: Rank, language: str) -> StaffMember:
    """Somebody new on the staff, spoken to in `language` (a BCP 47 tag)."""
    member = StaffMember(name=name, role=role, language=language)
    session.add(member)
    session.flush()
    return member


def dismiss(session: Session, member: StaffMember) -> None:
    """This person is told and shown nothing more."""
    member.active = False
    session.add(member)


def on_duty(session: Session, role: Rank | None = None) -> list[StaffMember]:
    """Everybody active, or everybody active of one rank, in the order they came."""
    query = select(StaffMember).where(col(StaffMember.active)).order_by(col(StaffMember.id))
    return list(session.exec(query if role is None else query.where(StaffMember.role == role)))
