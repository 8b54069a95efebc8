"""A server in the place of the Bot API: it answers as it is told, also badly, and keeps what it was asked."""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import web

from tests.channels.scripted import CUT, HALF, HANG, Scripted

TOKEN = "123456:TEST-TOKEN"  # noqa: S105 - opens nothing

Parameters = dict[str, object]


@dataclass
class Server(Scripted):
    """Answers from `script` in order, and well when that is empty."""

    calls: list[tuple[str, Parameters]] = field(default_factory=list)
    """The method as it was written, and its parameters read back from JSON or multipart."""
    paths: list[str] = field(default_factory=list)
    _called: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: int = 100

    def refuse(
        self, status: int, description: str, headers: dict[str, str] | None = None, **more: object
    ) -> None:
        """Let the next call fail as the platform puts it; `more` are the response parameters."""
        body: Parameters = {"ok": False, "error_code": status, "description": description}
        if more:
            body["parameters"] = more
        self.script.append(web.json_response(body, status=status, headers=headers))

    def answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        """Let the next call be answered by something that is not the Bot API."""
        self.script.append(web.Response(status=status, text=text, headers=headers))

    async def until_called(self, times: int) -> None:
        """Return when so many calls have come in."""
        while len(self.calls) < times:
            self._called.clear()
            await self._called.wait()

    @property
    def methods(self) -> list[str]:
        """What was called, in order."""
        return [method for method, _ in self.calls]

    @property
    def last(self) -> Parameters:
        """The parameters of the last call."""
        return self.calls[-1][1]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        is_json = request.content_type == "application/json"
        fields = await request.json() if is_json else await request.post()
        method = request.path.rpartition("/")[2]
        method = method[:1].lower() + method[1:]
        self.calls.append((method, {name: _read(value) for name, value in fields.items()}))
        self._called.set()
        planned = self.script.popleft() if self.script else None
        if isinstance(planned, web.Response):
            return planned
        if planned == HANG:
            await self.released.wait()
        if planned == CUT:
            assert request.transport is not None
            request.transport.close()
        if planned == HALF:
            cut = web.StreamResponse(headers={"Content-Length": "1000"})
            await cut.prepare(request)
            await cut.write(b'{"ok":')
            assert request.transport is not None
            request.transport.close()
            return cut
        return web.json_response({"ok": True, "result": self._result(method)})

    def _result(self, method: str) -> object:
        self._numbers += 1
        return {
            "sendMessage": {"message_id": self._numbers, "date": 1760000000},
            "createForumTopic": {"message_thread_id": self._numbers, "name": "a topic"},
            "getUpdates": [],
        }.get(method, True)


def _read(value: object) -> object:
    if isinstance(value, web.FileField):
        return value.filename, value.file.read()
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
