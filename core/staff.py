"""The company's own people who answer customers: clerks, leads and managers."""

from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored


class Rank(StrEnum):
    """How far a case has risen when it reaches this person."""

    CLERK = "clerk"
    LEAD = "lead"
    MANAGER = "manager"
    FINANCE = "finance"
    """Keeps the accounts: no case rises to them, they are told nothing, and see what `rights` lets."""


class StaffMember(SQLModel, table=True):
    """One person on the company's staff. Those who left stay, because cases of the past name them."""

    __tablename__ = "staff_member"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    role: Rank = Field(sa_type=stored(Rank))
    language: str
    active: bool = True
    shared: bool = False
    """No person but a chat that staff share: told like the others, and given nothing to do."""


def hire(session: Session, *, name: str, role: Rank, language: str, shared: bool = False) -> StaffMember:
    """Somebody new on the staff, spoken to in `language` (a BCP 47 tag); `shared`: a chat, not a person."""
    member = StaffMember(name=name, role=role, language=language, shared=shared)
    session.add(member)
    session.flush()
    return member


def dismiss(session: Session, member: StaffMember) -> None:
    """This person is told and shown nothing more."""
    member.active = False
    session.add(member)


def on_duty(session: Session, role: Rank | None = None) -> list[StaffMember]:
    """Everybody active who looks after customers, or of one rank, in the order they came."""
    found = active(session)
    return [one for one in found if (one.role is not Rank.FINANCE if role is None else one.role is role)]


def active(session: Session) -> list[StaffMember]:
    """Everybody active, the accounts as well, in the order they came."""
    query = select(StaffMember).where(col(StaffMember.active))
    return list(session.exec(query.order_by(col(StaffMember.id))))


def people(session: Session) -> list[StaffMember]:
    """Everybody active who can be given something to do, in the order they came."""
    return [member for member in on_duty(session) if not member.shared]


def is_active(session: Session, staff_id: int) -> bool:
    """Whether this person is (still) on the staff."""
    member = session.get(StaffMember, staff_id)
    return member is not None and member.active
