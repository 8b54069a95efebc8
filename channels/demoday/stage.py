"""The stage of an invented day: a clock that moves by minutes, the real bot, and its post."""

import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.routing import BaseRoute

from bot import notices
from bot.messages import Content, Inbound, Outbound, Sender
from bot.turn import Bot
from channels.base import Capabilities, Receive, Unreachable
from channels.spending import Spending
from core import clock, correspondence
from core.company import Company
from core.correspondence import Direction, Message, Peer, Purpose
from core.database import looking, transaction
from core.grants import Allowance
from core.ways import Limits

MINUTE = timedelta(minutes=1)
ACCOUNT = "day"
OPEN, COUNTED = "web", "wechat"
"""Where anything may be said at any time, and where the platform counts what is said unasked."""
EARNS: Mapping[str, Allowance] = {"message": Allowance("message", 5, timedelta(hours=48))}
"""What a word of theirs is worth: as much as on a WeChat service account."""


class Carried:
    """A platform of the invented day: it takes everything it is given."""

    account = ACCOUNT

    def __init__(self, name: str, can: Capabilities) -> None:
        self.name, self.can = name, can

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """None: what people do comes from the script."""
        return ()

    async def run(self) -> None:
        """Nothing."""

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Never asked for: the stage carries messages itself."""
        raise Unreachable("the stage carries its messages itself")

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Nothing."""


class Stage:
    """Time, the bot and the post of one day. People put what they do on the `agenda` by its moment.

    Inside `playing` the whole process believes the stage's clock. Nothing here waits for real time.
    """

    def __init__(self, engine: Engine, company: Company, begins: datetime) -> None:
        """`begins` (aware) is a full minute."""
        self.engine, self.company, self.now = engine, company, begins
        limits = Limits(counted=True, earns=EARNS, joins=True)
        channels = [
            Carried(OPEN, Capabilities(text=100_000, cards=True)),
            Carried(COUNTED, Capabilities(text=2_048, limits=limits)),
        ]
        self._channels = {(one.name, one.account): one for one in channels}
        self._limits = {key: one.can.limits for key, one in self._channels.items()}
        self._bot = Bot(engine, company, sends=list(self._channels), limits=self._limits)
        self._spending = Spending(company, self._channels)
        self._agenda: list[tuple[datetime, int, Callable[[], object]]] = []
        self._last = 0
        self._order, self._ids = itertools.count(), itertools.count(1)

    def plan(self, at: datetime, act: Callable[[], object]) -> None:
        """Let somebody do something at that moment, or at once if it is past."""
        heapq.heappush(self._agenda, (max(at, self.now), next(self._order), act))

    def soon(self, minutes: float, act: Callable[[], object]) -> None:
        """Let somebody do something so many minutes from now."""
        self.plan(self.now + minutes * MINUTE, act)

    def hear(self, peer: Peer, content: Content) -> None:
        """Somebody says or taps something: one turn of the real bot, and its answer is carried."""
        inbound = Inbound(Sender(*peer), f"d{next(self._ids)}", self.now, content, "zh-CN", earns="message")
        receipt = self._bot.receive(inbound)
        with transaction(self.engine) as session:
            for message in receipt.claimed:
                correspondence.sent(session, message.id, self.now)

    def play(
        self, until: datetime, shown: Callable[[Sequence[Message]], None], *, step: timedelta = MINUTE
    ) -> None:
        """Go on to `until`, step by step: what is due is said and carried, `shown`, and acted upon."""
        with clock.showing(lambda: self.now):
            while self.now < until:
                self._act()
                notices.due(self.engine, self.company, self._limits)
                self._carry()
                shown(self._new())
                self._act()
                self.now += step

    def working(self) -> Sequence[tuple[str, str]]:
        """The accounts that can be sent from just now."""
        return tuple(self._channels)

    def _act(self) -> None:
        while self._agenda and self._agenda[0][0] <= self.now:
            heapq.heappop(self._agenda)[2]()

    def _new(self) -> Sequence[Message]:
        """What people were told since this was last asked."""
        new = select(Message).where(Message.direction == Direction.OUT, col(Message.id) > self._last)
        with looking(self.engine) as session:
            found = session.exec(new.order_by(col(Message.id))).all()
        self._last = max([self._last, *(message.id or 0 for message in found)])
        return found

    def _carry(self) -> None:
        """Carry what waits, as far as it may be said where messages are counted; put away what is over."""
        with transaction(self.engine) as session:
            for key in self._channels:
                correspondence.sweep(session, *key, self.now)
        carried = True
        while carried:
            carried = False
            with transaction(self.engine) as session:
                for key in self.working():
                    for message in correspondence.claim(session, *key, self.now, 100):
                        goes, _ = self._spending.plan(session, message, self.now)
                        if goes:
                            whole = self._spending.joined(session, message, self.now)
                            correspondence.sent(session, whole.id, self.now)
                            correspondence.likewise(session, whole)
                            self._spending.used(whole)
                        carried = True
