"""The pages that are open now, and how each hears that there is something new for it."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from channels.gone import Gone
from core import clock
from core.correspondence import Peer

LOOK_EVERY = timedelta(seconds=2)
"""The longest that a message of another process goes unnoticed."""
LATE = timedelta(seconds=10)
"""How much later than a higher one an id may become visible: two transactions need not commit in order."""
AT_FIRST = 500
"""How many of the newest ids the first look goes through, instead of those of the last `LATE`."""
READ_EVERY = timedelta(seconds=30)
"""How often an open page's record is read although nothing is known to be new: for what falls due."""

log = structlog.get_logger()

Newest = Callable[[], Awaitable[int]]
News = Callable[[int], Awaitable[list[tuple[int, Peer]]]]


class Line:
    """One open page, from its handshake until it closes."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self._stirred = asyncio.Event()
        self._news = True
        self._typing = False

    def stir(self, *, typing: bool = False) -> None:
        """There is something new to show, or somebody has begun to answer."""
        if typing:
            self._typing = True
        else:
            self._news = True
        self._stirred.set()

    async def wait(self) -> tuple[bool, bool]:
        """Until something happens: whether there may be news, and whether an answer is being written."""
        if not (self._news or self._typing):
            try:
                async with asyncio.timeout(READ_EVERY.total_seconds()):
                    await self._stirred.wait()
            except TimeoutError:
                self._news = True
        self._stirred.clear()
        happened, self._news, self._typing = (self._news, self._typing), False, False
        return happened


class Lines:
    """All open pages of this process.

    Turns of this process wake the pages they concern. For everything else one look at the newest rows of the
    record every two seconds serves them all, whatever their number.
    """

    def __init__(self, newest: Newest, news: News) -> None:
        self._newest = newest
        self._read = news
        self._open: defaultdict[Peer, set[Line]] = defaultdict(set)
        self._marks: deque[tuple[datetime, int]] = deque()
        self._noticed: dict[Peer, list[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._open.values()))

    def join(self, peer: Peer) -> Line:
        """A page was opened. It must be given back to `leave`."""
        line = Line(peer)
        self._open[peer].add(line)
        return line

    def leave(self, line: Line) -> None:
        """Its page was closed."""
        self._open[line.peer].discard(line)
        if not self._open[line.peer]:
            del self._open[line.peer]

    def stir(self, peer: Peer, *, typing: bool = False) -> None:
        """Tell every page of this person."""
        for line in self._open.get(peer, ()):
            line.stir(typing=typing)

    async def run(self) -> None:
        """Look for news every two seconds until cancelled. A database that is gone is asked again later."""
        while True:
            await asyncio.sleep(LOOK_EVERY.total_seconds())
            try:
                if self._open:
                    await self._search()
                else:
                    self._marks.clear()  # whoever comes next reads their record first
            except Gone:
                continue
            except SQLAlchemyError as error:
                log.error("web.look_failed", exc_info=error)

    async def _search(self) -> None:
        """Begin where the record ended `LATE` ago, so that late ids are found too."""
        if not self._marks:
            self._marks.append((clock.now(), max(0, await self._newest() - AT_FIRST)))
        news = await self._read(self._marks[0][1])
        noticed: defaultdict[Peer, list[int]] = defaultdict(list)
        for id, peer in news:
            noticed[peer].append(id)
        for peer, ids in noticed.items():
            if self._noticed.get(peer) != ids:
                self.stir(peer)
        self._noticed = dict(noticed)
        now = clock.now()
        self._marks.append((now, max((id for id, _ in news), default=self._marks[-1][1])))
        while len(self._marks) > 1 and self._marks[1][0] <= now - LATE:
            self._marks.popleft()
