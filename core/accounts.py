"""Our accounts on the platforms: whether they work, and until when one that does not is left alone.

A circuit breaker an account, kept in the database, so that every process obeys it and every command shows
it. It opens when the platform fails FAILURES_BEFORE_REST times in a row, or says at once that we may not;
while it rests nothing is tried. Then one message is, and what becomes of that decides.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, select

FAILURES_BEFORE_REST = 5
RESTS = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
)
"""How long an account rests after the first failure too many, the second, …; then always the last."""
TELL_AFTER = timedelta(minutes=5)
"""Staff are told of an account that has not worked for so long, once each time."""


class State(StrEnum):
    """Whether an account may be used."""

    WORKING = "working"
    RESTING = "resting"
    """Nothing is tried before `rest_until`."""
    TRYING = "trying"
    """It failed before; one message at a time shows whether it works again."""


class ChannelAccount(SQLModel, table=True):
    """How one account does. Without a row it has never failed."""

    __tablename__ = "channel_account"

    channel: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    failures: int = 0
    """In a row; 0 while it works."""
    rest_until: datetime | None = None
    """Nothing is sent before, because it failed or because the platform asked us to wait."""
    reason: str | None = None
    """Why, in words for staff."""
    failing_since: datetime | None = None
    told_at: datetime | None = None
    """When staff were told of this failure."""

    @property
    def is_in_trouble(self) -> bool:
        """Whether anything is remembered against it."""
        return self.failures > 0 or self.rest_until is not None

    def state(self, now: datetime) -> State:
        """Whether it may be used at `now`."""
        if self.rest_until is not None and self.rest_until > now:
            return State.RESTING
        return State.TRYING if self.failures >= FAILURES_BEFORE_REST else State.WORKING


def every(session: Session) -> Mapping[tuple[str, str], ChannelAccount]:
    """Every account that ever failed, by channel and name."""
    return {(one.channel, one.name): one for one in session.exec(select(ChannelAccount))}


def failed(
    session: Session, channel: str, name: str, reason: str, *, for_good: bool = False, now: datetime
) -> ChannelAccount:
    """The platform did not do its part; `for_good`: it will not before somebody changes something.

    Messages that were under way together when it broke count as one failure once it rests.
    """
    account = _locked(session, channel, name)
    if account.state(now) is State.RESTING and account.failures >= FAILURES_BEFORE_REST:
        return account
    account.failures = max(account.failures + 1, FAILURES_BEFORE_REST if for_good else 0)
    account.failing_since = account.failing_since or now
    account.reason = reason
    if (times := account.failures - FAILURES_BEFORE_REST) >= 0:
        account.rest_until = now + RESTS[min(times, len(RESTS) - 1)]
    session.flush()
    return account


def rest(session: Session, channel: str, name: str, until: datetime, reason: str) -> None:
    """The platform asked the whole account to wait; that is no failure."""
    account = _locked(session, channel, name)
    if account.rest_until is None or account.rest_until < until:
        account.rest_until, account.reason = until, reason
    session.flush()


def worked(session: Session, channel: str, name: str) -> None:
    """Something arrived: whatever was wrong is over."""
    account = session.get(ChannelAccount, (channel, name), with_for_update=True)
    if account is not None:
        account.failures, account.rest_until, account.reason = 0, None, None
        account.failing_since, account.told_at = None, None
        session.flush()


def is_news(account: ChannelAccount, now: datetime) -> bool:
    """Whether staff should hear now that it does not work; they are told once."""
    since = account.failing_since
    return since is not None and account.told_at is None and since + TELL_AFTER <= now


def _locked(session: Session, channel: str, name: str) -> ChannelAccount:
    """The row of an account, made at its first trouble. Two at once: one transaction is taken again."""
    account = session.get(ChannelAccount, (channel, name), with_for_update=True)
    if account is None:
        account = ChannelAccount(channel=channel, name=name)
        session.add(account)
        session.flush()
    return account
