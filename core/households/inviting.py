"""A code by which somebody is asked into a household; they join with it on their own channel, or do not."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select, update

from core.bindings import tries
from core.errors import DomainError
from core.households.changing import lock
from core.households.finding import people, person
from core.households.tables import (
    AlreadyIn,
    HouseholdFull,
    HouseholdInvitation,
    HouseholdPerson,
    NotTheirs,
    Part,
    some,
)
from core.identities import Identity, Speaker
from core.invitations import SIGNS, Invited, draw, is_mixed, plain

if TYPE_CHECKING:
    from core.company import Company

_LENGTH = 10  # two more than an invitation to work here, so that a bare code says what it is for
_TOKEN_BYTES = 18  # a link with it fits into Telegram's 64 characters for a start parameter
_SALT = b"menling.household:"


class InviteWrong(DomainError):
    """Nobody was given this code; `left` is how often one may still be tried."""

    key = "household-code-wrong"


class InviteExpired(DomainError):
    """Its time is over, a newer one took its place, or who asked for it may invite no more."""

    key = "household-code-expired"


class InviteUsed(DomainError):
    """It was given before, and counts once."""

    key = "household-code-used"


class OwnInvite(DomainError):
    """It is for somebody else: this is who asked for it."""

    key = "household-code-own"


def invite(session: Session, company: "Company", by: HouseholdPerson, part: Part, now: datetime) -> Invited:
    """A code for one more person, good once; it ends what the same person asked for and nobody took.

    Raises NotTheirs for who does not pay, HouseholdFull.
    """
    if by.part is not Part.PAYER:
        raise NotTheirs
    _check_room(session, company, by.household_id)
    still = (
        col(HouseholdInvitation.by_id) == by.customer_id,
        col(HouseholdInvitation.used_at).is_(None),
        col(HouseholdInvitation.until) > now,
    )
    session.exec(update(HouseholdInvitation).where(*still).values(until=now))
    code, token = _new_code(session), secrets.token_urlsafe(_TOKEN_BYTES)
    made = HouseholdInvitation(
        household_id=by.household_id,
        by_id=by.customer_id,
        part=part,
        code_digest=_digest(code),
        token_digest=_digest(token),
        made_at=now,
        until=now + timedelta(hours=company.households.invitation_hours),
    )
    session.add(made)
    session.flush()
    return Invited(code, token, made.until)


def verify(session: Session, identity: Identity | Speaker, said: str, now: datetime) -> HouseholdInvitation:
    """What this code or token invites to; it stays good.

    Raises InviteWrong, InviteExpired, InviteUsed, OwnInvite, AlreadyIn; and TooManyTries as
    `core.bindings.verify` does, whose wrong codes count together with these. A wrong one is counted in this
    transaction: commit it though this raises.
    """
    tries.check(session, identity, now)
    asked = _find(session, said)
    if asked is None:
        raise InviteWrong(left=tries.count_wrong(session, identity, now))
    _check(session, asked, some(identity.customer_id), now)
    return asked


def accept(
    session: Session, company: "Company", identity: Identity | Speaker, said: str, now: datetime
) -> HouseholdPerson:
    """Whoever speaks from `identity` agrees, and is in the household from now on.

    Raises as `verify`, and HouseholdFull. Of two who give one code at once the second raises InviteUsed.
    """
    asked = _find(session, said, lock_it=True)
    if asked is None:
        raise InviteExpired
    customer_id = some(identity.customer_id)
    lock(session, asked.household_id)
    by = _check(session, asked, customer_id, now)
    _check_room(session, company, asked.household_id)
    made = HouseholdPerson(
        household_id=asked.household_id,
        customer_id=customer_id,
        part=asked.part,
        contact_id=by.customer_id if asked.part is Part.ELDER else None,
        invited_by=by.customer_id,
        joined_at=now,
    )
    asked.used_at = now
    session.add_all([made, asked])
    if asked.part is Part.CONTACT:
        by.contact_id, by.alone = customer_id, False
        session.add(by)
    session.flush()
    return made


def is_code(words: str) -> bool:
    """Whether words can be nothing but such a code; spaces and dashes in it are how people write it down."""
    code = plain(words)
    return len(code) == _LENGTH and set(code) <= set(SIGNS) and is_mixed(code)


def is_token(said: str) -> bool:
    """Whether this came with a link rather than having been typed."""
    return not is_code(said)


def shown(code: str) -> str:
    """A code as it is shown: two groups, easier to copy."""
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def _check(session: Session, asked: HouseholdInvitation, customer_id: int, now: datetime) -> HouseholdPerson:
    """Who invites, if they still may and this one can take it."""
    if asked.by_id == customer_id:
        raise OwnInvite
    if asked.used_at is not None:
        mine = person(session, customer_id)
        if mine is not None and mine.household_id == asked.household_id:
            raise AlreadyIn(same=True)
        raise InviteUsed
    by = person(session, asked.by_id)
    if asked.until <= now or by is None or by.household_id != asked.household_id:
        raise InviteExpired
    if by.part is not Part.PAYER:
        raise InviteExpired
    mine = person(session, customer_id)
    if mine is not None:
        raise AlreadyIn(same=mine.household_id == asked.household_id)
    return by


def _check_room(session: Session, company: "Company", household_id: int) -> None:
    most = company.households.most_people
    if len(people(session, household_id)) >= most:
        raise HouseholdFull(most=most)


def _new_code(session: Session) -> str:
    """A code nobody was ever given. Should another transaction take it first, the turn is taken again."""
    while _find(session, code := draw(_LENGTH)) is not None:
        pass
    return code


def _digest(secret: str) -> str:
    return hashlib.sha256(_SALT + secret.encode()).hexdigest()


def _find(session: Session, said: str, *, lock_it: bool = False) -> HouseholdInvitation | None:
    """The invitation of a code or token. The index is asked for a digest, which says nothing of near
    misses."""
    by_code = is_code(said)
    digest = _digest(plain(said) if by_code else said.strip())
    column = col(HouseholdInvitation.code_digest if by_code else HouseholdInvitation.token_digest)
    query = select(HouseholdInvitation).where(column == digest).execution_options(populate_existing=True)
    asked = session.exec(query.with_for_update() if lock_it else query).one_or_none()
    kept = "" if asked is None else asked.code_digest if by_code else asked.token_digest
    return asked if hmac.compare_digest(kept, digest) else None
