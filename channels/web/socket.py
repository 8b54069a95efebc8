"""The chat's live side: what a page says comes in, what is said to its person goes out, in order."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.turn import TurnFailed, Unavailable
from channels.gone import Gone
from channels.web import asking, frames
from channels.web.api import COME_BACK, later_words, refused_words
from channels.web.asking import Asking
from channels.web.frames import Refused
from channels.web.limits import Buckets
from channels.web.lines import LATE, Line
from core import clock
from core.correspondence import Message

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

FRAMES_BURST, FRAMES_PER_SECOND = 100, 20.0
"""Frames of any kind that one open page may send before it is slowed down."""
GONE_PAUSE = 1.0
"""Seconds between two looks at a database that is gone, for each open page."""
DENIAL = "websocket.http.response"


class Socket:
    """The endpoint `/chat/socket`."""

    def __init__(self, channel: "WebChannel") -> None:
        self._channel = channel

    def routes(self) -> Sequence[BaseRoute]:
        """Where it is served."""
        return [WebSocketRoute("/chat/socket", self._open)]

    async def _open(self, websocket: WebSocket) -> None:
        try:
            who = asking.by(websocket, self._channel)
            after = websocket.query_params.get("after", "0")
            if not (after.isascii() and after.isdecimal() and len(after) < 19):
                raise Refused("bad-after")
            if self._channel.limits.wait_at(who.address, now=clock.now()):
                raise Refused("too-fast", status=429)
        except Refused as refused:
            await _turn_away(websocket, refused)
            return
        fresh = self._channel.sessions.handshake(who.visitor) if who.visitor.fresh else []
        await websocket.accept(headers=fresh)
        await _Talk(self._channel, websocket, who, after=int(after)).hold()


class _Talk:
    """One open page and its person, until either hangs up."""

    def __init__(self, channel: "WebChannel", websocket: WebSocket, who: Asking, *, after: int) -> None:
        self._channel = channel
        self._websocket = websocket
        self._who = who
        self._after = after
        self._shown: dict[int, datetime] = {}
        self._pace = Buckets(FRAMES_BURST, FRAMES_PER_SECOND)
        self._sending = asyncio.Lock()

    async def hold(self) -> None:
        """Talk until the page closes or the server stops. Only faults of ours are raised."""
        line = self._channel.lines.join(self._who.peer)
        tasks = {asyncio.create_task(self._listen()), asyncio.create_task(self._show(line))}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._channel.lines.leave(line)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            if (error := task.exception()) and not isinstance(error, WebSocketDisconnect):
                raise error

    async def _listen(self) -> None:
        while True:
            event = await self._websocket.receive()
            # A page that floods us is read slowly; the connection itself then slows it down.
            await asyncio.sleep(self._pace.take("", now=clock.now()))
            if event["type"] == "websocket.disconnect":
                return
            raw = event.get("text")
            if raw is None:
                raw = event.get("bytes") or b""
            await self._hear(raw)

    async def _hear(self, raw: str | bytes) -> None:
        id: object = None
        try:
            frame = frames.read(raw)
            id = frame.get("id")
            match frame.get("type"):
                case "message":
                    await self._say(frame)
                case "seen" if isinstance(id, int) and 0 < id < 2**63:
                    await self._channel.ask(self._channel.record.seen, self._who.peer, id)
                case "ping":
                    await self._send({"type": "pong"})
                case _:
                    raise Refused("bad-shape")
        except Refused as refused:
            words = refused_words(refused.reason, self._who.language)
            await self._send({"type": "refused", "id": _back(id), "reason": refused.reason, "text": words})
        except (Gone, Unavailable):
            await self._later(id, "database-gone", COME_BACK)
        except TurnFailed:
            await self._later(id, "turn-failed", COME_BACK)

    async def _say(self, frame: Mapping[str, object]) -> None:
        said = frames.said(frame)
        if seconds := self._channel.limits.wait(self._who.visitor.id, self._who.address, now=clock.now()):
            await self._later(said.id, "too-fast", seconds)
            return
        receipt = await self._channel.hear(self._who.peer, said, self._who.hint)
        await self._send({"type": "ack", "id": said.id, "message": receipt.message_id})

    async def _later(self, id: object, reason: str, seconds: int) -> None:
        words = later_words(reason, seconds, self._who.language)
        await self._send(
            {"type": "later", "id": _back(id), "reason": reason, "after_seconds": seconds, "text": words}
        )

    async def _show(self, line: Line) -> None:
        """Show whatever is new as it comes, and say so while the database is gone."""
        await self._send({"type": "hello", "who": frames.sign(self._who.peer.user)})
        is_gone = False
        while True:
            news, typing = await line.wait()
            if typing:
                await self._send({"type": "typing"})
            if not news:
                continue
            try:
                await self._show_new()
            except Gone:
                if not is_gone:
                    await self._send({"type": "trouble", "text": later_words("", 0, self._who.language)})
                is_gone = True
                line.stir()
                await asyncio.sleep(GONE_PAUSE)
            else:
                if is_gone:
                    await self._send({"type": "well"})
                is_gone = False

    async def _show_new(self) -> None:
        found = await self._channel.ask(self._channel.record.since, self._who.peer, self._after)
        new = [message for message in found if message.id not in self._shown]
        for message in new:
            await self._send({"type": "message", "message": frames.shown(message, user=self._who.peer.user)})
        if new:
            await self._channel.ask(self._channel.record.taken, new)
        self._note(new)

    def _note(self, new: Sequence[Message]) -> None:
        """Remember what this page has, and read on from there.

        A row may become visible after one with a higher id, so reading begins `LATE` before the newest.
        """
        now = clock.now()
        self._shown |= {message.id: now for message in new if message.id is not None}
        self._after = max((id for id, at in self._shown.items() if at <= now - LATE), default=self._after)
        self._shown = {id: at for id, at in self._shown.items() if id > self._after}

    async def _send(self, frame: Mapping[str, object]) -> None:
        async with self._sending:
            if self._websocket.application_state is not WebSocketState.CONNECTED:
                raise WebSocketDisconnect
            await self._websocket.send_json(frame)


def _back(id: object) -> object:
    """The id of a frame as its sender gave it, where it can be one."""
    return id if isinstance(id, str | int) and len(str(id)) <= 64 else None


async def _turn_away(websocket: WebSocket, refused: Refused) -> None:
    if DENIAL in websocket.scope.get("extensions", {}):
        await websocket.send_denial_response(JSONResponse({"reason": refused.reason}, refused.status))
    else:
        await websocket.close(code=1008)
