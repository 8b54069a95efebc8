"""The socket: takes calls apart, hands them on, and has the trouble that was ordered."""

from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.wechat import wire
from tests.doubles.wechat.control import Control
from tests.doubles.wechat.trouble import Answer, Trouble

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

LARGEST_BODY = 30 * 1024 * 1024
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
        if request.path.startswith("/control/"):
            return await self._control.handle(request, request.path.removeprefix("/control/"))
        double = self._double
        asked = await wire.read(request)
        touser = double.record(asked).params.get("touser")
        if double.latency:
            await double.sleep(double.latency)
        if ordered := double.troubles.take(asked.path, touser):
            return await self._suffer(request, asked, ordered)
        return _response(double.perform(asked))

    async def _suffer(
        self, request: web.BaseRequest, asked: wire.Asked, ordered: Trouble
    ) -> web.StreamResponse:
        double = self._double
        if ordered.seconds:
            await double.sleep(ordered.seconds)
        answer = double.perform(asked) if ordered.done else None
        if ordered.drops and request.transport:
            request.transport.abort()
        if ordered.code is not None:
            answer = double.refuse(asked, ordered.code, ordered.words)
        return _response(ordered.answer or answer or Answer(b"", 500))


def _request(message, payload, protocol, writer, task):
    return web.BaseRequest(
        message, payload, protocol, writer, task, protocol._loop, client_max_size=LARGEST_BODY
    )


def _response(answer: Answer) -> web.Response:
    headers = {"Content-Type": answer.kind, **answer.headers}
    return web.Response(body=answer.body, status=answer.status, headers=headers)
