"""Members of the company: what they do in an application, and what they see of it."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.doubles.bell import Bell
from tests.doubles.wechat.callbacks import Callback
from tests.doubles.wecom import screens
from tests.doubles.wecom.screens import Seen

if TYPE_CHECKING:
    from tests.doubles.wecom.double import Double

PER_MINUTE, PER_HOUR = 30, 1_000


@dataclass(eq=False)
class Member:
    """Somebody in the company; `visible` says whether the application is for them.

    `seen` is everything they were shown, in order; `dropped` counts what came too fast and was not shown.
    """

    double: "Double"
    userid: str
    visible: bool = True
    licensed: bool = True
    seen: list[Seen] = field(default_factory=list)
    dropped: int = 0
    changed: Bell = field(default_factory=Bell)
    _got: deque[float] = field(default_factory=deque)
    _read: int = 0

    async def says(self, text: str) -> Callback:
        """Type something and send it."""
        return await self.sends({"MsgType": "text", "Content": text})

    async def sends_picture(self, data: bytes) -> Callback:
        medium = self.double.shelf.put("image", data)
        return await self.sends(
            {"MsgType": "image", "PicUrl": f"{self.double.url}/pic", "MediaId": medium.id}
        )

    async def sends_voice(self, data: bytes) -> Callback:
        medium = self.double.shelf.put("voice", data)
        return await self.sends({"MsgType": "voice", "MediaId": medium.id, "Format": "amr"})

    async def sends_place(self, latitude: float, longitude: float, label: str = "") -> Callback:
        """Send a place on the map (GCJ-02)."""
        place = {"Location_X": latitude, "Location_Y": longitude, "Scale": 16, "Label": label}
        return await self.sends({"MsgType": "location", **place, "AppType": "wxwork"})

    async def clicks(self, card: Seen | None, button: str) -> Callback:
        """Press a button, by its label or its key: on this card, else on the latest that has it."""
        for seen in [card] if card else reversed(self.seen):
            if key := next((key for label, key in seen.buttons if button in (label, key)), ""):
                break
        else:
            raise AssertionError(f"{self.userid} has no button {button!r} to press")
        return await self.does(
            "template_card_event",
            EventKey=key,
            TaskId=seen.task,
            CardType="button_interaction",
            ResponseCode=self.double.codes.new(seen.task),
        )

    async def comes(self) -> Callback:
        """Come into the application's visible range."""
        self.visible = True
        return await self.does("subscribe", EventKey="")

    async def leaves(self, *, silently: bool = False) -> Callback | None:
        """Leave it; `silently` if the application is not told."""
        callback = None if silently else await self.does("unsubscribe", EventKey="")
        self.visible = False
        return callback

    async def does(self, event: str, **fields: object) -> Callback:
        """Be the cause of any event, known or not."""
        return self.tell({"MsgType": "event", "Event": event, **fields})

    async def sends(self, content: dict) -> Callback:
        """Send any message: the fields besides from whom, to whom, when and its number."""
        assert self.visible, f"{self.userid} does not see the application"
        return self.tell({**content, "MsgId": self.double.next_id()})

    def tell(self, fields: dict) -> Callback:
        """Tell the application."""
        double = self.double
        common = {"ToUserName": double.corp_id, "FromUserName": self.userid}
        common |= {"CreateTime": int(double.now()), "AgentID": double.agent_id}
        return double.take(Callback(self.userid, common | fields))

    def gets(self, kind: str, content: dict, msgid: str) -> None:
        """Be sent something, which is dropped when it is too much; nobody is told of that."""
        now = self.double.now()
        while self._got and self._got[0] <= now - 3600:
            self._got.popleft()
        in_minute = sum(at > now - 60 for at in self._got)
        if in_minute >= PER_MINUTE or len(self._got) >= PER_HOUR:
            self.dropped += 1
            return
        self._got.append(now)
        self.look(kind, content, msgid=msgid)

    def look(self, kind: str, content: dict, *, msgid: str = "", way: str = "pushed") -> None:
        """Be shown something."""
        seen = screens.shown(kind, content, at=self.double.now(), msgid=msgid)
        seen.way = way
        self.seen.append(seen)
        self.changed.ring()

    async def sees(self, count: int = 1, *, within: float = 30.0) -> list[Seen]:
        """The next so many things they were shown and have not looked at yet.

        Fails when they do not come within so many seconds of real time.
        """
        first = self._read
        await self.waits(lambda: len(self.seen) >= first + count, within, f"{count} messages")
        self._read = first + count
        return self.seen[first : self._read]

    async def reads(self, text: str, *, within: float = 30.0) -> Seen:
        """The latest thing with these words in it, now or as soon as it comes."""
        await self.waits(lambda: any(text in seen.text for seen in self.seen), within, repr(text))
        return next(seen for seen in reversed(self.seen) if text in seen.text)

    async def waits(self, fact: Callable[[], bool], within: float = 30.0, what: str = "it") -> None:
        """Return when something about what they see holds. Fails after so many seconds of real time."""
        try:
            async with asyncio.timeout(within):
                await self.changed.until(fact)
        except TimeoutError:
            end = "\n".join(f"{seen.kind}: {seen.text} {seen.buttons}" for seen in self.seen[-5:])
            raise AssertionError(f"{self.userid} did not get {what}; the last they saw:\n{end}") from None
