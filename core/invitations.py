"""A code from the company by which somebody new shows that they are its worker, or one of its staff."""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ColumnElement
from sqlmodel import Field, Session, SQLModel, col, select, update

from core import identities
from core.bindings import tries
from core.errors import DomainError
from core.identities import Identity, Role, Speaker
from core.staff import StaffMember
from core.workers import Worker

LASTS = timedelta(days=7)
"""How long an invitation is good for."""
SIGNS = "ACDEFGHJKMNPQRTUVWXY34679"
"""What codes are made of: nothing that is taken for something else when it is read out or written down."""
_LENGTH = 8
_TOKEN_BYTES = 18  # a link with it fits into Telegram's 64 characters for a start parameter
_SALT = b"menling.invitation:"


class Invitation(SQLModel, table=True):
    """A code that was handed out, as digests: whoever sees the table must not read the code off it."""

    __table_args__ = (CheckConstraint("(worker_id IS NULL) <> (staff_id IS NULL)", name="one_person"),)

    id: int | None = Field(default=None, primary_key=True)
    worker_id: int | None = Field(default=None, foreign_key="worker.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", index=True)
    code_digest: str = Field(unique=True)
    token_digest: str = Field(unique=True)
    made_at: datetime
    until: datetime
    used_at: datetime | None = None

    @property
    def role(self) -> Role:
        """What whoever has the code is to the company."""
        return Role.STAFF if self.worker_id is None else Role.WORKER


class Invited(NamedTuple):
    """What to hand to the person, either of the two. Our tables know their digests only."""

    code: str
    """Eight of SIGNS, at least one of them a letter and one a figure."""
    token: str
    """The same for a link: letters, digits, `-` and `_`."""
    until: datetime


class InvitationWrong(DomainError):
    """Nobody was given this code; `left` is how often one may still be tried."""

    key = "invitation-wrong"


class InvitationExpired(DomainError):
    """Its time is over, a newer one took its place, or the person does not work here any more."""

    key = "invitation-expired"


class InvitationUsed(DomainError):
    """It was given before, and counts once."""

    key = "invitation-used"


def invite_worker(session: Session, worker: Worker, now: datetime) -> Invited:
    """A code for a worker, good for LASTS and once; it ends the former one."""
    end(session, col(Invitation.worker_id) == worker.id, now)
    return _make(session, now, worker_id=worker.id)


def invite_staff(session: Session, member: StaffMember, now: datetime) -> Invited:
    """A code for a member of staff, as `invite_worker` for a worker."""
    end(session, col(Invitation.staff_id) == member.id, now)
    return _make(session, now, staff_id=member.id)


def end(session: Session, whose: ColumnElement[bool], now: datetime) -> None:
    """Whatever codes these were given are good no more."""
    still = (whose, col(Invitation.used_at).is_(None), col(Invitation.until) > now)
    session.exec(update(Invitation).where(*still).values(until=now))


def verify(
    session: Session, identity: Identity | Speaker, code_or_token: str, now: datetime
) -> Worker | StaffMember:
    """Who is invited by this code, which stays good.

    Raises InvitationWrong, InvitationExpired, InvitationUsed (but not to whoever joined by it); and
    TooManyTries as `core.bindings.verify` does, whose wrong codes count together with these. A wrong one is
    counted in this transaction: commit it though this raises.
    """
    tries.check(session, identity, now)
    found = _find(session, code_or_token)
    if found is None:
        raise InvitationWrong(left=tries.count_wrong(session, identity, now))
    return _invited(session, found, identity, now)


def accept(
    session: Session, identity: Identity | Speaker, code_or_token: str, now: datetime
) -> Worker | StaffMember:
    """The account `identity` gave the code: it speaks for that worker or member of staff from now on.

    Who that is. Raises as `verify`; of two accounts that give one code at once the second raises
    InvitationUsed. Doing it again changes nothing but what the account speaks as.
    """
    found = _find(session, code_or_token, lock=True)
    if found is None:
        raise InvitationExpired
    person = _invited(session, found, identity, now)
    account = (identity.channel, identity.account, identity.user)
    if isinstance(person, Worker):
        identities.bind_worker(session, *account, person.id or 0, now=now)
    else:
        identities.bind_staff(session, *account, person.id or 0, now=now)
    found.used_at = found.used_at or now
    session.add(found)
    session.flush()
    return person


def is_code(words: str) -> bool:
    """Whether words can be nothing but such a code; spaces and dashes in it are how people write it down."""
    code = plain(words)
    return len(code) == _LENGTH and set(code) <= set(SIGNS) and is_mixed(code)


def is_token(code_or_token: str) -> bool:
    """Whether this came with a link rather than having been typed."""
    return not is_code(code_or_token)


def shown(code: str) -> str:
    """A code as it is printed: two groups, easier to copy."""
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def _make(
    session: Session, now: datetime, *, worker_id: int | None = None, staff_id: int | None = None
) -> Invited:
    code, token = _new_code(session), secrets.token_urlsafe(_TOKEN_BYTES)
    made = Invitation(
        worker_id=worker_id,
        staff_id=staff_id,
        code_digest=_digest(code),
        token_digest=_digest(token),
        made_at=now,
        until=now + LASTS,
    )
    session.add(made)
    session.flush()
    return Invited(code, token, made.until)


def _new_code(session: Session) -> str:
    """A code nobody was ever given. Should another transaction take it first, this one fails and is lost."""
    while _find(session, code := draw(_LENGTH)) is not None:
        pass
    return code


def draw(length: int) -> str:
    """So many of SIGNS by chance, a letter and a figure among them: neither a word nor a number."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(length))
        if is_mixed(code):
            return code


def is_mixed(code: str) -> bool:
    """Whether there is a letter and a figure in it."""
    return not code.isalpha() and not code.isdecimal()


def plain(words: str) -> str:
    """A code as we keep it, however it was typed: without spaces and hyphens, in capitals."""
    return "".join(unicodedata.normalize("NFKC", words).split()).replace("-", "").upper()


def _digest(secret: str) -> str:
    return hashlib.sha256(_SALT + secret.encode()).hexdigest()


def _find(session: Session, said: str, *, lock: bool = False) -> Invitation | None:
    """The invitation of a code or token. The index is asked for a digest, which says nothing of near
    misses."""
    by_code = is_code(said)
    digest = _digest(plain(said) if by_code else said.strip())
    column = col(Invitation.code_digest if by_code else Invitation.token_digest)
    query = select(Invitation).where(column == digest).execution_options(populate_existing=True)
    found = session.exec(query.with_for_update() if lock else query).one_or_none()
    kept = "" if found is None else found.code_digest if by_code else found.token_digest
    return found if hmac.compare_digest(kept, digest) else None


def _invited(
    session: Session, found: Invitation, identity: Identity | Speaker, now: datetime
) -> Worker | StaffMember:
    person: Worker | StaffMember = (
        session.get_one(Worker, found.worker_id)
        if found.role is Role.WORKER
        else session.get_one(StaffMember, found.staff_id)
    )
    theirs = identity.worker_id if found.role is Role.WORKER else identity.staff_id
    if not person.active:
        raise InvitationExpired
    if found.used_at is not None and theirs != person.id:
        raise InvitationUsed
    if found.used_at is None and found.until <= now:
        raise InvitationExpired
    return person
