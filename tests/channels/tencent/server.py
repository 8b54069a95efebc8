"""A server in the place of one of Tencent's platforms: answers as it is told, keeps what it was asked."""

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from tests.channels.scripted import HALF, HANG, Scripted

SECRET = "the/secret+of=ours"  # noqa: S105 - opens nothing


@dataclass
class Call:
    """One call as it came in; `body` is the raw JSON, or the fields of a form."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    raw: bytes = b""
    form: dict[str, object] = field(default_factory=dict)

    @property
    def body(self) -> object:
        return json.loads(self.raw)


@dataclass
class Server(Scripted):
    """Answers from `script` in order, and with errcode 0 when that is empty. Tokens: t1, t2, …"""

    calls: list[Call] = field(default_factory=list)
    """Everything but the fetching of tokens."""
    fetches: list[Call] = field(default_factory=list)
    tokens: deque[web.Response] = field(default_factory=deque)
    """What is answered to who fetches a token, before it is given one."""

    def refuse(self, code: int, message: str = "", **more: object) -> None:
        """Let the next call be refused."""
        self.script.append(web.json_response({"errcode": code, "errmsg": message, **more}))

    def answer(
        self, body: str | bytes, status: int = 200, kind: str = "application/json", **headers: str
    ) -> None:
        """Let the next call be answered like this, byte for byte."""
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.script.append(web.Response(status=status, body=raw, content_type=kind, headers=named))

    @property
    def last(self) -> Call:
        """The last call."""
        return self.calls[-1]

    @property
    def used(self) -> list[str]:
        """The tokens that calls came with, in order."""
        return [call.query.get("access_token", "") for call in self.calls]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.method, request.path, dict(request.query), dict(request.headers))
        if request.content_type == "multipart/form-data":
            call.form = {name: _read(value) for name, value in (await request.post()).items()}
        else:
            call.raw = await request.read()
        if request.path.endswith(("/stable_token", "/gettoken")):
            return self._token(call)
        self.calls.append(call)
        planned = self.script.popleft() if self.script else None
        if isinstance(planned, web.Response):
            return planned
        return (
            await self._badly(request, planned)
            if planned
            else web.json_response({"errcode": 0, "errmsg": "ok", "msgid": len(self.calls)})
        )

    def _token(self, call: Call) -> web.Response:
        self.fetches.append(call)
        if self.tokens:
            return self.tokens.popleft()
        return web.json_response({"access_token": f"t{len(self.fetches)}", "expires_in": 7200})

    async def _badly(self, request: web.Request, how: str) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        if how == HANG:
            await self.released.wait()
        if how == HALF:
            await answer.prepare(request)
            await answer.write(b'{"errcode":')
        if request.transport is not None:
            request.transport.close()
        return answer


def _read(value: object) -> object:
    return (
        (value.filename, value.content_type, value.file.read()) if isinstance(value, web.FileField) else value
    )
