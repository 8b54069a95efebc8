"""What is known of every file: whose and what it is, to which step it belongs, until when it is kept."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CheckConstraint, CursorResult, Index, and_, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored
from core.errors import DomainError
from core.identities import Identity
from core.policies import Policies

UNFILED_FOR = timedelta(days=1)
"""So long a file is kept that nobody has said anything with yet."""
CHAT = "chat"
"""The step of what is sent while no question stands open."""
REFUSED = "refused"
"""The step of what must not be kept; it is over at once."""
COMPLAINT = "complaint"
"""The step of what belongs to a complaint..."""
COMPLAINTS = frozenset({COMPLAINT, "complaining", "reporting"})
"""... and what goes before the dot in all steps whose files may have to prove something later."""


class Consent(StrEnum):
    """What the person agreed to by sending it."""

    SERVICE = "service"
    """That we use it to serve them, and for nothing else."""
    WITHDRAWN = "withdrawn"
    """Nothing any more: they took it back."""


class Media(SQLModel, table=True):
    """One file; its id is a random token, which is also its whole name in the store."""

    __table_args__ = (
        CheckConstraint("(step IS NULL) = (consent IS NULL)", name="filed_with_consent"),
        Index("ix_media_sender", "channel", "account", "user"),
        Index("ix_media_subject", "subject"),
    )

    id: str = Field(primary_key=True)
    channel: str
    account: str
    user: str
    mime: str
    size: int
    """In bytes."""
    sha256: str
    created_at: datetime
    expires_at: datetime = Field(index=True)
    """From then on nobody sees it, and the next sweep deletes it."""
    step: str | None = None
    """The question that stood open when it was sent, `flow.question`, or `CHAT`; None until it is filed."""
    subject: str | None = None
    """The visit that step was about, by its reference, if any."""
    consent: Consent | None = Field(default=None, sa_type=cast(Any, stored(Consent)))  # Any: as SQLModel says


class UnknownMedia(DomainError):
    """There is no such file for this person: never was, somebody else's, or past its time."""

    key = "media-unknown"


def record(
    session: Session,
    id: str,
    data: bytes,
    *,
    mime: str,
    channel: str,
    account: str,
    user: str,
    now: datetime,
) -> Media:
    """Write down a file that is in the store already. Unless it is filed, it goes after `UNFILED_FOR`."""
    media = Media(
        id=id,
        channel=channel,
        account=account,
        user=user,
        mime=mime,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        created_at=now,
        expires_at=now + UNFILED_FOR,
    )
    session.add(media)
    session.flush()
    return media


def find(session: Session, id: str, *, channel: str, account: str, user: str, now: datetime) -> Media:
    """A file, for the person who sent it. Raises UnknownMedia for others, and when its time is over."""
    media = session.get(Media, id)
    if media is None or (media.channel, media.account, media.user) != (channel, account, user):
        raise UnknownMedia
    if media.expires_at <= now:
        raise UnknownMedia
    return media


def days_kept(step: str, policies: Policies) -> int:
    """How long files of a step are kept."""
    if step == REFUSED:
        return 0
    is_complaint = step.partition(".")[0] in COMPLAINTS
    return policies.complaint_media_days if is_complaint else policies.media_days


def file(
    session: Session,
    id: str,
    *,
    channel: str,
    account: str,
    user: str,
    step: str,
    subject: str | None,
    consent: Consent,
    days: int,
    now: datetime,
) -> bool:
    """File what this person sent to a step, once, to be kept for so many days (`days_kept`).

    False for what is not theirs, past its time or filed already.
    """
    theirs = (col(Media.channel) == channel, col(Media.account) == account, col(Media.user) == user)
    new = (col(Media.id) == id, col(Media.step).is_(None), col(Media.expires_at) > now)
    until = now + timedelta(days=days)
    filed = {"step": step, "subject": subject, "consent": consent, "expires_at": until}
    return _changed(session, update(Media).where(*theirs, *new).values(filed)) > 0


def place_of(session: Session, id: str) -> tuple[str, str | None] | None:
    """The step and the subject a file was filed to; None if it was not."""
    media = session.get(Media, id)
    return None if media is None or media.step is None else (media.step, media.subject)


def of_customer(session: Session, customer_id: int, now: datetime) -> Sequence[Media]:
    """Every file a customer ever sent that is still kept, from whichever of their accounts."""
    sent_by = and_(
        col(Media.channel) == col(Identity.channel),
        col(Media.account) == col(Identity.account),
        col(Media.user) == col(Identity.user),
    )
    theirs = select(Media).join(Identity, sent_by).where(Identity.customer_id == customer_id)
    return session.exec(theirs.where(Media.expires_at > now).order_by(col(Media.created_at))).all()


def of_subject(session: Session, subject: str, steps: Collection[str], now: datetime) -> Sequence[Media]:
    """What was filed to these steps of a visit (its reference) and is still kept, the oldest first."""
    filed = select(Media).where(Media.subject == subject, col(Media.step).in_(steps), Media.expires_at > now)
    return session.exec(filed.order_by(col(Media.created_at), col(Media.id))).all()


def sent(
    session: Session, *, channel: str, account: str, user: str, since: datetime, now: datetime
) -> list[Media]:
    """What this person sent from `since` on and agreed to have used, the oldest first."""
    by = (col(Media.channel) == channel, col(Media.account) == account, col(Media.user) == user)
    kept = (
        col(Media.created_at) >= since,
        col(Media.expires_at) > now,
        col(Media.consent) == Consent.SERVICE,
    )
    return list(session.exec(select(Media).where(*by, *kept).order_by(col(Media.created_at), col(Media.id))))


def refile(
    session: Session, ids: Collection[str], *, step: str, subject: str | None, until: datetime
) -> None:
    """File what was filed before to another step; it is kept at least until then."""
    for media in session.exec(select(Media).where(col(Media.id).in_(ids))):
        media.step, media.subject = step, subject or media.subject
        media.expires_at = max(media.expires_at, until)
        session.add(media)
    session.flush()


def take_back(session: Session, taken: Collection[Media], now: datetime) -> None:
    """Nobody sees these from now on, and the next sweep deletes them."""
    for media in taken:
        media.expires_at = now
        if media.step is not None:
            media.consent = Consent.WITHDRAWN
        session.add(media)
    session.flush()


def readdress(session: Session, channel: str, account: str, user: str, now_user: str) -> None:
    """The platform gave somebody another name; what they sent is theirs under it."""
    of = (col(Media.channel) == channel, col(Media.account) == account, col(Media.user) == user)
    session.exec(update(Media).where(*of).values(user=now_user))


def over(session: Session, now: datetime, limit: int = 500) -> list[str]:
    """Up to `limit` files whose time is over, the longest first: for the store to delete, then to forget."""
    ended = select(Media.id).where(Media.expires_at <= now).order_by(col(Media.expires_at)).limit(limit)
    return list(session.exec(ended))


def forget(session: Session, ids: Collection[str]) -> int:
    """Take the records of files away that are in the store no more; how many went."""
    return _changed(session, delete(Media).where(col(Media.id).in_(ids)))


def known(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these ids that have a record."""
    return set(session.exec(select(Media.id).where(col(Media.id).in_(ids))))


def _changed(session: Session, statement: Any) -> int:  # Any: an update or a delete
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
