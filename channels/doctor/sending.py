"""What does not reach people: messages that wait, channels that do not work, people who went away."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from channels import redaction
from channels.console import Console
from channels.doctor.findings import Finding, listed, ok, problem, warning
from channels.web.channel import WebChannel
from core import accounts
from core.correspondence import Message
from core.correspondence.tables import MESSAGE, unsent
from core.identities import Identity
from core.visits import Visit
from core.visits.tables import is_live

PATIENCE = timedelta(minutes=10)
"""What waits for so long is not just about to be sent."""
RECENT = timedelta(hours=1)
FETCHED = (Console.name, WebChannel.name)
"""Where messages wait until somebody looks, which is nobody's fault."""


def outbox(session: Session, now: datetime) -> Iterator[Finding]:
    """Channels on which messages wait: since when, whether more and more do, and why."""
    wanted = or_(col(Message.expires_at).is_(None), col(Message.expires_at) > now)
    oldest = func.min(Message.created_at)
    waiting = session.exec(
        select(col(Message.channel), func.count(), oldest)
        .where(unsent(MESSAGE), col(Message.channel).not_in(FETCHED), wanted)
        .group_by(col(Message.channel))
        .having(oldest < now - PATIENCE)
        .order_by(col(Message.channel))
    ).all()
    for channel, messages, since in waiting:
        of_channel = (Message.channel == channel, unsent(MESSAGE), wanted)
        recent = session.exec(
            select(func.count())
            .select_from(Message)
            .where(*of_channel, col(Message.created_at) > now - RECENT)
        ).one()
        first = session.exec(
            select(Message).where(*of_channel).order_by(col(Message.created_at)).limit(1)
        ).one()
        growing = f"growing, {recent} of them in the last hour" if recent else "not growing"
        why = (
            f"tried {first.attempts} times; {redaction.redact(first.failure)}"
            if first.failure
            else "never tried"
        )
        yield warning(
            "outbox",
            f"{messages} unsent on {channel} since {_said(since)}, {growing}; #{first.id}: {why}",
            "See below whether the channel works, and in `menling channels` whether it is on."
            " If `menling serve` runs, its log says why (outbox.*).",
        )
    if not waiting:
        yield ok("outbox", "nothing waits")


def channels(session: Session, now: datetime) -> Iterator[Finding]:
    """Accounts on platforms that fail, and since when."""
    failing = [one for one in accounts.every(session).values() if one.failing_since is not None]
    for account in failing:
        since = _said(account.failing_since or now)
        found = (
            f"{account.channel} has failed since {since}: {redaction.redact(account.reason or 'no reason')}"
        )
        if account.failures < accounts.FAILURES_BEFORE_REST:
            yield warning("channels", found, "It is tried again by itself; look again in a few minutes.")
        else:
            yield problem(
                "channels", found, "Correct its settings, or ask the platform; nothing is lost meanwhile."
            )
    if not failing:
        yield ok("channels", "none fails")


def unreachable(session: Session, now: datetime) -> Finding:
    """Visits ahead of people who cannot be written to anywhere any more."""
    # Not joined: a database may go through every identity there is rather than look up a few.
    live = select(Visit.customer_id, Visit.reference).where(is_live(), col(Visit.ends_at) > now)
    visits = session.exec(live.order_by(col(Visit.starts_at))).all()
    theirs = col(Identity.customer_id).in_({customer_id for customer_id, _ in visits})
    known = session.exec(select(Identity.customer_id, Identity.unreachable_at).where(theirs)).all()
    reachable = {customer_id for customer_id, lost_at in known if lost_at is None}
    lost = {customer_id for customer_id, _ in known} - reachable
    ahead = [reference for customer_id, reference in visits if customer_id in lost]
    if not ahead:
        return ok("unreachable people", "none has a visit ahead")
    return warning(
        "unreachable people",
        f"{len(ahead)} visits ahead of people who blocked us or left: {listed(ahead)}",
        "Call them, nearest visit first: they get no reminder and hear of no change.",
    )


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
