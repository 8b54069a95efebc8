"""How the service stands now: whether its database answers, what waits, and which channels do not work."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from channels import redaction
from channels.base import Channel, Check, Health
from channels.sweeping import StoreState
from core import accounts, backlog, clock, complaints, duties, migrate, staff
from core.backlog import Waiting
from core.complaints import Untaken
from core.database import looking

LONGEST_LOOK = timedelta(seconds=2)
"""What one statement of a look may take on a database server."""


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Whether a channel works, as those who send on it and the channel itself found out."""

    works: bool = True
    reason: str = ""
    """What is wrong, or was the last time, for staff."""
    since: datetime | None = None
    """When it went wrong."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that was seen in one look. Without a database nothing else is known."""

    at: datetime
    database_up: bool
    tables_current: bool = False
    outbox: Mapping[str, Waiting] = field(default_factory=dict)
    """What waits, by channel; only for channels that are sent to, as pages fetch when somebody opens them."""
    reminders_due: int = 0
    channels: Mapping[str, ChannelState] = field(default_factory=dict)
    """Those that are sent to."""
    store: StoreState = field(default_factory=StoreState)
    """Where files are kept."""
    untaken: Untaken = field(default_factory=Untaken)
    """Complaints that went all the way up and that nobody has taken."""
    staff_lost: bool = False
    """Whether there is staff, but nobody of them can be written to."""


@runtime_checkable
class Tells(Protocol):
    """A channel that knows how it does, without asking the platform."""

    @property
    def standing(self) -> Sequence[Check]: ...


class Lookout:
    """Looks at the database for whoever asks over the web, so that asking often costs next to nothing.

    It has a thread of its own: turns do not wait for it, nor it for them, and while a database hangs only
    one look does.
    """

    def __init__(
        self, engine: Engine, channels: Sequence[Channel], store: Callable[[], StoreState] = StoreState
    ) -> None:
        self._engine, self._store = engine, store
        self._names = [channel.name for channel in channels if not channel.can.fetched]
        self._telling = [(channel.name, channel) for channel in channels if isinstance(channel, Tells)]
        self._told: dict[str, ChannelState] = {}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookout")
        self._looking: asyncio.Future[Seen] | None = None
        self._last: Seen | None = None

    async def look(self, *, max_age: timedelta, within: timedelta) -> Seen:
        """How things stand, seen `max_age` ago at most; a database that does not answer `within` is gone."""
        now = clock.now()
        if self._last and abs(now - self._last.at) < max_age:
            return self._last
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().run_in_executor(self._thread, self._look)
        try:
            async with asyncio.timeout(within.total_seconds()):
                self._last = self._with_told(await asyncio.shield(self._looking))
        except TimeoutError:
            return Seen(now, database_up=False)
        return self._last

    def close(self) -> None:
        """Look no more; a look under way ends by itself."""
        self._thread.shutdown(wait=False)

    def _with_told(self, seen: Seen) -> Seen:
        """The same with what channels tell of themselves, where it is worse than what senders found out."""
        if not seen.tables_current:
            return seen
        states = dict(seen.channels)
        for name, channel in self._telling:
            wrong = [check.found for check in channel.standing if check.health is Health.PROBLEM]
            if not wrong:
                self._told.pop(name, None)
                continue
            former = self._told.get(name)
            since = former.since if former else seen.at
            self._told[name] = ChannelState(False, "; ".join(wrong), since)
            states[name] = min(states.get(name, ChannelState()), self._told[name], key=_badness)
        return replace(seen, channels=states, store=self._store())

    def _look(self) -> Seen:
        now = clock.now()
        try:
            with looking(self._engine, within=LONGEST_LOOK) as session:
                if migrate.revision_of(session) != migrate.head():
                    return Seen(now, database_up=True)
                return Seen(
                    now,
                    database_up=True,
                    tables_current=True,
                    outbox=backlog.unsent_on(session, self._names),
                    reminders_due=backlog.reminders_due(session, now),
                    channels=_states(session, self._names),
                    untaken=complaints.untaken(session),
                    staff_lost=bool(staff.on_duty(session)) and not duties.reachable(session),
                )
        except SQLAlchemyError:
            return Seen(now, database_up=False)


def readiness(seen: Seen) -> tuple[int, dict[str, object]]:
    """The status for whatever decides whether to send people here or to restart us, and the reasons.

    Only what another process or a restart could do better is 503: a database that is gone, or tables of
    another version. A channel that does not work is only said: people on the others are still served. So is
    a complaint that nobody takes, which a person has to see to.
    """
    if not seen.database_up:
        return 503, {"status": "database gone"}
    if not seen.tables_current:
        return 503, {"status": "tables not current"}
    works = seen.store.works and all(channel.works for channel in seen.channels.values())
    works = works and not seen.untaken.complaints and not seen.staff_lost
    return 200, {
        "status": "ready" if works else "degraded",
        "outbox": {
            name: _waiting(waits.messages, waits.since, seen.at) for name, waits in seen.outbox.items()
        },
        "reminders_due": seen.reminders_due,
        "channels": {name: _state(channel) for name, channel in seen.channels.items()},
        "media_store": _state(seen.store),
        "complaints_untaken": _waiting(seen.untaken.complaints, seen.untaken.since, seen.at),
        "staff_reached": not seen.staff_lost,
    }


def _states(session: Session, channels: Sequence[str]) -> dict[str, ChannelState]:
    """How each channel does; of its accounts, the one that does worst for longest stands for it."""
    found = {channel: ChannelState() for channel in channels}
    for account in accounts.every(session).values():
        if account.channel in found and account.failing_since is not None:
            works = account.failures < accounts.FAILURES_BEFORE_REST
            state = ChannelState(works, account.reason or "", account.failing_since)
            found[account.channel] = min(found[account.channel], state, key=_badness)
    return found


def _badness(state: ChannelState) -> tuple[bool, bool, float]:
    """Sorts the worst first."""
    return state.works, state.since is None, state.since.timestamp() if state.since else 0.0


def _waiting(count: int, since: datetime | None, now: datetime) -> dict[str, object]:
    oldest = now - since if since else timedelta(0)
    return {"waiting": count, "oldest_seconds": round(oldest.total_seconds())}


def _state(channel: ChannelState | StoreState) -> dict[str, object]:
    return {
        "works": channel.works,
        "reason": redaction.redact(channel.reason),
        "since": channel.since.isoformat() if channel.since else None,
    }
