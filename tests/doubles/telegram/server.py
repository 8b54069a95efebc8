"""The socket: takes calls apart, hands them on, and has the trouble that was ordered."""

import re
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.telegram import trouble, wire
from tests.doubles.telegram.control import Control
from tests.doubles.telegram.refusals import Refused
from tests.doubles.telegram.trouble import Answer, Trouble

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

TOKEN = re.compile(r"\d+:[\w-]+")
LARGEST_BODY = 60 * 1024 * 1024
PATIENCE = 0.05


class Server:
    """Listens on 127.0.0.1 for one double."""

    def __init__(self, double: "Double") -> None:
        self._double = double
        self._control = Control(double)
        self._runner: web.ServerRunner | None = None
        self.url = ""

    async def start(self, port: int) -> None:
        self._runner = web.ServerRunner(
            web.Server(self._handle, request_factory=_request), shutdown_timeout=PATIENCE
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            return await self._call(request, token, method)
        if path.startswith("/file/bot"):
            token, _, rest = path[9:].partition("/")
            return self._fetch(token, rest)
        if path.startswith("/control/"):
            return await self._control.handle(request, path.removeprefix("/control/"))
        return _response(trouble.refusal(404))

    async def _call(self, request: web.BaseRequest, token: str, method: str) -> web.StreamResponse:
        if stranger := self._stranger(token):
            return _response(stranger)
        double = self._double
        try:
            params = await wire.read(request)
        except Refused as why:
            return _response(trouble.refused(why))
        name = double.record(method, params)
        if double.latency:
            await double.sleep(double.latency)
        ordered = double.troubles.take(name.lower(), params) if double.troubles.waiting else None
        if ordered:
            return await self._suffer(request, name, params, ordered)
        return _response(await double.perform(name, params))

    async def _suffer(
        self, request: web.BaseRequest, name: str, params: dict, ordered: Trouble
    ) -> web.StreamResponse:
        if ordered.seconds:
            await self._double.sleep(ordered.seconds)
        answer = await self._double.perform(name, params) if ordered.done else None
        if ordered.drops and request.transport:
            request.transport.abort()
        return _response(ordered.answer or answer or Answer(500, b""))

    def _fetch(self, token: str, path: str) -> web.StreamResponse:
        if stranger := self._stranger(token):
            return _response(stranger)
        file = self._double.shelf.by_path(path)
        if file is None:
            return _response(trouble.refusal(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")

    def _stranger(self, token: str) -> Answer | None:
        if token == self._double.token:
            return None
        return trouble.refusal(401) if TOKEN.fullmatch(token) else trouble.refusal(404)


def _request(message, payload, protocol, writer, task):
    return web.BaseRequest(
        message, payload, protocol, writer, task, protocol._loop, client_max_size=LARGEST_BODY
    )


def _response(answer: Answer) -> web.Response:
    headers = {"Content-Type": answer.kind, **answer.headers}
    return web.Response(body=answer.body, status=answer.status, headers=headers)
