"""The stage of an invented year: time goes from one moment at which something is due to the next."""

import itertools
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Engine, ScalarSelect, event
from sqlalchemy import select as select_all
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from bot import notices
from bot.messages import Content, Tap, Text
from bot.store import Conversation
from channels.demoday.stage import MINUTE, Stage
from core import clock, reminders
from core.company import Company
from core.correspondence import Direction, Message, Peer
from core.correspondence import Status as Sending
from core.database import looking, transaction
from core.plans import Plan
from core.reminders import Reminder
from core.reminders import Status as Standing
from core.visits import Visit
from core.waitings import Waiting

BEAT = timedelta(microseconds=1)
PASS = 100_000
"""Microseconds: by them a moment tells how often the clock was set back before it."""
NIGHTLY = time(2)
"""Once a day it is looked whether something is due that has no moment of its own."""
STEP = 10 * MINUTE
"""What falls due within so long is looked at together."""
CROWD = 3
"""With fewer reminders due than these there is nothing to fight for, and one sweeps alone."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when something did not work."""

    begins: datetime
    ends: datetime
    what: str
    """`process`, or a channel's name."""

    def covers(self, at: datetime) -> bool:
        """Whether it did not work then."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Doing:
    """Something a person did, from its first moment to its last: what was said meanwhile is because of it."""

    begins: datetime
    ends: datetime
    who: str
    what: str


class Killed(BaseException):
    """The process ends here, whatever it was about."""


class Year(Stage):
    """As a day's stage, but its clock jumps, and it breaks where `breaks` says so.

    The clock moves by a microsecond whenever somebody looks at it, so that two things that were said in one
    minute can be told apart, and each has the moment of what made it be said. So many `hands` sweep at once.
    """

    def __init__(
        self,
        engine: Engine,
        company: Company,
        begins: datetime,
        breaks: Sequence[Span] = (),
        *,
        hands: int = 1,
    ) -> None:
        super().__init__(engine, company, begins)
        self.breaks, self.hands = tuple(breaks), hands
        self.doings: list[Doing] = []
        self.rounds, self.killed = 0, 0
        self._beats, self._late, self._night = itertools.count(), 0, begins
        self._fuse: tuple[int, timedelta] | None = None
        self._doom: int | None = None
        self._gone_back = [timedelta()]
        self._lock = threading.Lock()

    def shows(self) -> datetime:
        """What the clock shows to whoever looks now."""
        with self._lock:
            if self._fuse is not None:
                looks, by = self._fuse
                self._fuse = (looks - 1, by) if looks else None
                if not looks:
                    self._jump(by)
            return self.now + next(self._beats) * BEAT

    def lived(self, at: datetime) -> datetime:
        """The same moment by a clock that was never set back: of two of them, the later is later."""
        return at + self._gone_back[min(at.microsecond // PASS, len(self._gone_back) - 1)]

    @property
    def set_back(self) -> int:
        """How often the clock was set back."""
        return len(self._gone_back) - 1

    def jump(self, by: timedelta, looks: int) -> None:
        """Somebody sets the clock, forward or back, after so many looks at it: in the middle of things."""
        self._fuse = (looks, by)

    def kill(self, statements: int) -> None:
        """The process dies in its next sweep, when it has asked the database for so much."""
        self._doom = statements

    def hear(self, peer: Peer, content: Content) -> None:
        """As on any day; and it is written down who did what."""
        began = clock.now()
        super().hear(peer, content)
        said = content.body if isinstance(content, Text) else type(content).__name__.lower()
        said = f"[{content.label}]" if isinstance(content, Tap) else said
        self.doings.append(Doing(began, clock.now(), peer.user, said))

    def working(self) -> Sequence[tuple[str, str]]:
        """The accounts of channels that are up."""
        down = {one.what for one in self.breaks if one.covers(self.now)}
        return [key for key in super().working() if key[0] not in down]

    def live(self, until: datetime, shown: Callable[[Sequence[Message]], None]) -> None:
        """Go on to `until`, from each moment at which something is due to the next."""
        with clock.showing(self.shows):
            while self.now < until:
                down = [one.ends for one in self.breaks if one.what == "process" and one.covers(self.now)]
                if down:
                    self._turn(max(down))
                    continue
                self._act()
                if self._is_due():
                    self._sweep()
                self._carry()
                shown(self._new())
                self._turn(min(self._next(), until))

    def crash(self) -> None:
        """A process claims what is due, and dies."""
        with transaction(self.engine) as session:
            reminders.claim(session, clock.now())

    def _turn(self, now: datetime) -> None:
        stamped = now.replace(microsecond=PASS * self.set_back)
        self.now = stamped if stamped >= now else stamped + timedelta(seconds=1)
        self._beats = itertools.count()

    def _jump(self, by: timedelta) -> None:
        before = self.now
        if by < timedelta():
            self._gone_back.append(self._gone_back[-1] - by)
            self._night = min(self._night, before + by + DAY)
        else:  # nobody could do anything meanwhile
            self.breaks += (Span(before, before + by, "process"),)
        self._turn(before + by)

    def _is_due(self) -> bool:
        """Whether a sweep finds something to do; once a night it may be something without a moment."""
        is_due = self.now >= self._night or any(at <= self.now for at in self._moments())
        if self.now >= self._night:
            local = self.now.astimezone(self.company.zone)
            self._night = datetime.combine(local.date() + DAY, NIGHTLY, self.company.zone)
        return is_due

    def _sweep(self) -> None:
        self.rounds += 1
        with self._dying():
            if self.hands == 1 or self._waiting() < CROWD:
                notices.due(self.engine, self.company, self._limits)
                return
            with ThreadPoolExecutor(self.hands) as hands:
                for done in [hands.submit(self._sweep_once) for _ in range(self.hands)]:
                    done.result()

    @contextmanager
    def _dying(self) -> Iterator[None]:
        """Of those who sweep meanwhile one is killed, if that is due; what it had claimed stays claimed."""
        if self._doom is None:
            yield
            return
        left, self._doom = itertools.count(self._doom, -1), None

        def strike(*_: object) -> None:
            if next(left) == 0:
                self.killed += 1
                raise Killed

        event.listen(self.engine, "before_cursor_execute", strike)
        try:
            yield
        except Killed:
            return
        finally:
            event.remove(self.engine, "before_cursor_execute", strike)

    def _sweep_once(self) -> None:
        try:
            notices.due(self.engine, self.company, self._limits)
        except SQLAlchemyError:
            return  # as in the service: another process was in the way, and the next time will do

    def _waiting(self) -> int:
        """How many reminders are due."""
        waits, due = Reminder.status == Standing.WAITING, col(Reminder.due_at) <= self.now
        with looking(self.engine) as session:
            return session.exec(select(func.count()).select_from(Reminder).where(waits, due)).one()

    def _next(self) -> datetime:
        """When something is to be done next."""
        due = self._moments()
        ahead = [_rounded(at) for at in due if at > self.now]
        ahead += [at for one in self.breaks for at in (one.begins, one.ends) if at > self.now]
        ahead += [self._night, *([self._agenda[0][0]] if self._agenda else [])]
        self._late = self._late + 1 if any(at <= self.now for at in due) else 0
        if self._late:  # one thing that was due may make the next one due: look again, soon at first
            ahead.append(self.now + min(self._late * MINUTE, STEP))
        return max(min(ahead), self.now + MINUTE)

    def _moments(self) -> list[datetime]:
        """When what waits in the database is due; what is over for good is not in it."""
        waits, leased = Reminder.status == Standing.WAITING, Reminder.status == Standing.LEASED
        unsent = col(Message.status).in_((Sending.WAITING, Sending.SENDING))
        up = col(Message.channel).in_([name for name, _ in self.working()])
        first = (
            _first(Reminder.due_at, waits),
            _first(Reminder.lease_until, leased),
            _first(Conversation.nudge_at),
            _first(Conversation.forget_at),
            _first(Visit.answer_by, col(Visit.answer_by) > self.now),
            _first(Plan.look_at, Plan.look_at > self.now),
            _first(Waiting.look_at, Waiting.look_at > self.now),
            _first(Message.due_at, Message.direction == Direction.OUT, unsent, up),
        )
        with looking(self.engine) as session:
            return [at for at in session.execute(select_all(*first)).one() if at is not None]


def _first(column: datetime | None, *where: ColumnElement[bool] | bool) -> ScalarSelect[datetime | None]:
    return select(func.min(column)).where(*where).scalar_subquery()


def outages(begins: datetime, days: int, dice: random.Random, channels: Sequence[str]) -> list[Span]:
    """When the process and the channels do not work: each some times a year, and once for more than a day.

    They end by day, as somebody has to mend them; `begins` is in the company's zone.
    """
    spans: list[Span] = []
    for what, mean in (("process", 25), *((name, 20) for name in channels)):
        at = begins + timedelta(days=dice.uniform(4, mean))
        while at < begins + timedelta(days=days - 2):
            hours = dice.choice((1, 3, 8, 30, 60))
            back = (at + timedelta(hours=hours)).replace(hour=dice.randint(9, 17), minute=dice.randint(0, 59))
            spans.append(Span(at, max(back, at + timedelta(hours=1)), what))
            at += timedelta(days=dice.uniform(mean / 2, 2 * mean))
    return spans


def _rounded(at: datetime) -> datetime:
    """The end of the step of time that holds that moment."""
    return at + (datetime.min.replace(tzinfo=at.tzinfo) - at) % STEP
