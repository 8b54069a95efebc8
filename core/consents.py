"""What people agreed to, purpose by purpose: to which text, when, where, and until when."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored
from core.identities import Identity, Speaker

VERSION_LENGTH = 12
_STANDS = text("withdrawn_at IS NULL")


class Purpose(StrEnum):
    """What somebody may agree to. Each is given, and taken back, apart from the others."""

    TERMS = "terms"
    """The terms of service: for each visit, by its reference."""
    SERVICE = "service"
    """That we keep what is needed to serve them: name, number, homes, visits."""
    SENSITIVE = "sensitive"
    """That we keep what concerns health, infants and elders, to send who suits."""
    PHOTOS = "photos"
    """Photos of their home: for one visit, by its reference."""
    MARKETING = "marketing"
    """That we tell them of offers. Off until they say so."""


class ConsentText(SQLModel, table=True):
    """A text that somebody agreed to, word for word."""

    __tablename__ = "consent_text"

    version: str = Field(primary_key=True, max_length=VERSION_LENGTH)
    """The first digits of the SHA-256 of the text."""
    body: str
    first_at: datetime


class Consent(SQLModel, table=True):
    """One yes. It is never changed but to be withdrawn; of one purpose and subject one stands at a time."""

    __table_args__ = (
        Index(
            "uq_consent_standing",
            "customer_id",
            "purpose",
            "subject",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    purpose: Purpose = Field(sa_type=stored(Purpose))
    subject: str = ""
    """The visit it is about, by its reference; "" for one that is about no visit."""
    text_version: str = Field(foreign_key="consent_text.version", max_length=VERSION_LENGTH)
    given_at: datetime
    withdrawn_at: datetime | None = None
    channel: str
    account: str
    """Where it was given."""


_TEXT = SQLModel.metadata.tables["consent_text"]
_KEEP_TEXT = {
    "sqlite": sqlite.insert(_TEXT).on_conflict_do_nothing(["version"]),
    "postgresql": postgresql.insert(_TEXT).on_conflict_do_nothing(index_elements=["version"]),
}


def version(body: str) -> str:
    """What a text is known by: another word in it makes another version."""
    return hashlib.sha256(body.encode()).hexdigest()[:VERSION_LENGTH]


def give(
    session: Session,
    customer_id: int,
    purpose: Purpose,
    *,
    body: str,
    by: Identity | Speaker,
    subject: str = "",
    now: datetime,
) -> Consent:
    """They agree to `body`, as they could read it, in this chat.

    The same text again changes nothing; another takes the place of the former, which is kept as withdrawn.
    Two first times at once raise IntegrityError in one of the turns; taken again, it finds the other's.
    """
    stands = find(session, customer_id, purpose, subject=subject)
    if stands is not None and stands.text_version == version(body):
        return stands
    if stands is not None:
        stands.withdrawn_at = now
        session.add(stands)
        session.flush()
    return _give(session, customer_id, {(purpose, subject): body}, by, now)[0]


def give_with_visit(
    session: Session,
    customer_id: int,
    reference: str,
    bodies: Mapping[Purpose, str],
    *,
    by: Identity | Speaker,
    now: datetime,
) -> list[Consent]:
    """They agree to all of these by agreeing to a new visit: to the terms for it, to the rest once.

    What of the rest they agreed to before, to whatever text, stays as it is.
    """
    once = [purpose for purpose in bodies if purpose is not Purpose.TERMS]
    theirs = (Consent.customer_id == customer_id, col(Consent.purpose).in_(once), Consent.subject == "")
    known = set(session.exec(select(Consent.purpose).where(*theirs, _STANDS)))
    new = {
        (purpose, reference if purpose is Purpose.TERMS else ""): body
        for purpose, body in bodies.items()
        if purpose not in known
    }
    return _give(session, customer_id, new, by, now)


def _give(
    session: Session,
    customer_id: int,
    bodies: Mapping[tuple[Purpose, str], str],
    by: Identity | Speaker,
    now: datetime,
) -> list[Consent]:
    connection = session.connection()
    texts = [{"version": version(body), "body": body, "first_at": now} for body in bodies.values()]
    connection.execute(_KEEP_TEXT[connection.dialect.name], texts)
    given = [
        Consent(
            customer_id=customer_id,
            purpose=purpose,
            subject=subject,
            text_version=version(body),
            given_at=now,
            channel=by.channel,
            account=by.account,
        )
        for (purpose, subject), body in bodies.items()
    ]
    session.add_all(given)
    session.flush()
    return given


def withdraw(
    session: Session, customer_id: int, purpose: Purpose, *, subject: str = "", now: datetime
) -> bool:
    """They agree no more; False where they did not."""
    stands = find(session, customer_id, purpose, subject=subject)
    if stands is None:
        return False
    stands.withdrawn_at = now
    session.add(stands)
    session.flush()
    return True


def has(session: Session, customer_id: int, purpose: Purpose, *, subject: str = "") -> bool:
    """Whether they agree now."""
    return find(session, customer_id, purpose, subject=subject) is not None


def find(session: Session, customer_id: int, purpose: Purpose, *, subject: str = "") -> Consent | None:
    """The yes that stands."""
    theirs = (Consent.customer_id == customer_id, Consent.purpose == purpose, Consent.subject == subject)
    return session.exec(select(Consent).where(*theirs, _STANDS)).one_or_none()


def standing(session: Session, customer_id: int) -> list[Consent]:
    """Everything they agree to now, the latest first."""
    theirs = select(Consent).where(Consent.customer_id == customer_id, _STANDS)
    return list(session.exec(theirs.order_by(col(Consent.id).desc())))


def words(session: Session, text_version: str) -> str:
    """The text of a version, word for word."""
    return session.get_one(ConsentText, text_version).body
