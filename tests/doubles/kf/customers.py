"""Customers who write from WeChat to an account of customer service, and what they see there."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.doubles.bell import Bell

if TYPE_CHECKING:
    from tests.doubles.kf.double import Account, Double

WINDOW, MOST = 48 * 3600, 5
CODE_LIVES = 20
NEW, PROGRAM, QUEUE, STAFF, ENDED = range(5)


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the phone: its words, the lines of its menu as (label, id), and how it came."""

    text: str
    lines: tuple[tuple[str, str], ...] = ()
    msgid: str = ""
    way: str = "sent"


@dataclass(eq=False)
class Customer:
    """Somebody with WeChat. `state` is that of their session, `left` how much may still be said to them."""

    double: "Double"
    userid: str
    account: "Account"
    state: int = NEW
    left: int = 0
    until: float = 0.0
    seen: list[Shown] = field(default_factory=list)
    changed: Bell = field(default_factory=Bell)
    _read: int = 0

    async def says(self, text: str, **more: object) -> dict:
        """Type something."""
        return self.sends("text", {"content": text, **more})

    async def taps(self, label: str) -> dict:
        """Tap a line of the latest menu that has it."""
        for shown in reversed(self.seen):
            for content, id in shown.lines:
                if label in (content, id):
                    return self.sends("text", {"content": content, "menu_id": id})
        raise AssertionError(f"{self.userid} has no line {label!r} to tap")

    async def sends_file(self, kind: str, data: bytes) -> dict:
        """Send an image or a voice."""
        return self.sends(kind, {"media_id": self.double.shelf.put(kind, data).id})

    async def sends_place(self, latitude: float, longitude: float, name: str, address: str = "") -> dict:
        """Send a place on the map (GCJ-02)."""
        place = {"latitude": latitude, "longitude": longitude, "name": name, "address": address}
        return self.sends("location", place)

    async def comes(self, *, greeted: bool = True, scene: str = "") -> dict:
        """Open the chat; `greeted` if it is long ago that they were."""
        event = {"event_type": "enter_session", "scene": "qr", "external_userid": self.userid}
        event |= {"open_kfid": self.account.open_kfid} | ({"scene_param": scene} if scene else {})
        if greeted:
            code = self.double.number("code")
            self.double.codes_until[code] = (self, self.double.now() + CODE_LIVES)
            event["welcome_code"] = code
        return self.happens(event)

    def happens(self, event: dict) -> dict:
        """Be what an event is about."""
        return self.double.append(self.account, {"origin": 4, "msgtype": "event", "event": event})

    def sends(self, kind: str, content: dict) -> dict:
        """Send any message."""
        if self.state == ENDED:
            self.state = NEW
        self.left, self.until = MOST, self.double.now() + WINDOW
        entry = {"external_userid": self.userid, "origin": 3, "msgtype": kind, kind: content}
        return self.double.append(self.account, entry)

    def look(self, shown: Shown) -> None:
        """Be shown something."""
        self.seen.append(shown)
        self.changed.ring()

    async def sees(self, count: int = 1, *, within: float = 30.0) -> list[Shown]:
        """The next so many messages. Fails when they do not come within so many seconds of real time."""
        first = self._read
        await self.waits(lambda: len(self.seen) >= first + count, within, f"{count} messages")
        self._read = first + count
        return self.seen[first : self._read]

    async def reads(self, text: str, *, within: float = 30.0) -> Shown:
        """The next message with these words in it, now or as soon as it comes."""
        await self.waits(lambda: any(text in one.text for one in self.seen[self._read :]), within, repr(text))
        for number, one in enumerate(self.seen[self._read :], self._read):
            if text in one.text:
                self._read = number + 1
                return one
        raise AssertionError

    async def waits(self, fact: Callable[[], bool], within: float = 30.0, what: str = "it") -> None:
        """Return when something about what they see holds."""
        try:
            async with asyncio.timeout(within):
                await self.changed.until(fact)
        except TimeoutError:
            end = "\n".join(f"{one.text} {one.lines}" for one in self.seen[-3:])
            raise AssertionError(f"{self.userid} did not get {what}; the last they saw:\n{end}") from None
