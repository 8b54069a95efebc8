"""The chat's HTTP side: reading the record, saying something, pictures."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot import texts
from bot.turn import TurnFailed, Unavailable
from channels.gone import Gone
from channels.web import asking, frames
from channels.web.asking import Asking
from channels.web.frames import Refused
from core import clock, media
from core.media import Family, StoreFailed

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

COME_BACK = 2
"""Seconds after which a turn that failed, or a database that was gone, is worth another try."""
STORE_COMES_BACK = 10
"""The same for a store that did not work."""
LONGEST_ID = 2**63 - 1
REFUSALS = {
    "text-too-long": "page-refused-text-too-long",
    "too-large": "page-refused-too-large",
    "photo-too-large": "page-refused-photo-too-large",
    "not-a-photo": "page-refused-not-a-photo",
}
PHOTO_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=604800, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}

Answer = Callable[[Request, Asking], Awaitable[Response]]


class TooFast(Exception):
    """This visitor, or their address, must wait so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Api:
    """The endpoints below `/chat`, but for the socket."""

    def __init__(self, channel: "WebChannel") -> None:
        self._channel = channel

    def routes(self) -> Sequence[BaseRoute]:
        """What is served where."""
        return [
            Route("/chat/messages", self._guarded(self._messages), methods=["GET"]),
            Route("/chat/messages", self._guarded(self._say), methods=["POST"]),
            Route("/chat/photos", self._guarded(self._keep_photo), methods=["POST"]),
            Route("/chat/photos/{id}", self._guarded(self._photo), methods=["GET"]),
        ]

    def _guarded(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """`answer` for whoever may ask; refusals become JSON, and a new visitor gets a cookie."""

        async def endpoint(request: Request) -> Response:
            who: Asking | None = None
            try:
                who = asking.by(request, self._channel)
                response = await answer(request, who)
            except Refused as refused:
                words = refused_words(refused.reason, self._language(request))
                response = _json({"reason": refused.reason, "text": words}, status=refused.status)
            except TooFast as error:
                response = _later("too-fast", error.seconds, self._language(request), status=429)
            except (Gone, Unavailable):
                response = _later("database-gone", COME_BACK, self._language(request), status=503)
            except StoreFailed:
                response = _later("store-failed", STORE_COMES_BACK, self._language(request), status=503)
            except TurnFailed:
                response = _later("turn-failed", COME_BACK, self._language(request), status=503)
            if who and who.visitor.fresh:
                self._channel.sessions.remember(response, who.visitor)
            return response

        return endpoint

    async def _messages(self, request: Request, who: Asking) -> Response:
        after, before = _id(request, "after"), _id(request, "before")
        record = self._channel.record
        more = False
        if after:
            messages = await self._channel.ask(record.since, who.peer, after)
        else:
            messages, more = await self._channel.ask(record.latest, who.peer, before=before)
        return _json(
            {
                "messages": [frames.shown(message, user=who.peer.user) for message in messages],
                "more": more,
                "who": frames.sign(who.peer.user),
            }
        )

    async def _say(self, request: Request, who: Asking) -> Response:
        self._slow_down(who)
        said = frames.said(frames.read(await _body(request, frames.LONGEST_BODY, "too-large")))
        receipt = await self._channel.hear(who.peer, said, who.hint)
        return _json(
            {
                "id": said.id,
                "message": receipt.message_id,
                "repeated": receipt.repeated,
                "replies": list(receipt.replies),
            },
            status=202,
        )

    async def _keep_photo(self, request: Request, who: Asking) -> Response:
        self._slow_down(who)
        data = await _body(request, media.MOST_BYTES[Family.PICTURE], "photo-too-large")
        try:
            id = await self._channel.keep(who.peer, Family.PICTURE, data)
        except media.MediaRefused:
            raise Refused("not-a-photo", status=415) from None
        return _json({"id": id}, status=201)

    async def _photo(self, request: Request, who: Asking) -> Response:
        try:
            mime, data = await self._channel.photo(who.peer, request.path_params["id"])
        except media.UnknownMedia:
            raise Refused("no-such-photo", status=404) from None
        return Response(data, media_type=mime, headers=PHOTO_HEADERS)

    def _language(self, request: Request) -> str:
        return asking.spoken(request, self._channel.house_language)

    def _slow_down(self, who: Asking) -> None:
        if seconds := self._channel.limits.wait(who.visitor.id, who.address, now=clock.now()):
            raise TooFast(seconds)


def refused_words(reason: str, language: str) -> str:
    """Why something was refused, for the person who said it."""
    return texts.say(language, REFUSALS.get(reason, "page-refused"), most=frames.LONGEST_TYPED)


def later_words(reason: str, seconds: int, language: str) -> str:
    """Why something has to wait, for the person who said it."""
    if reason == "too-fast":
        return texts.say(language, "page-too-fast", seconds=seconds)
    return texts.say(language, "page-store-failed" if reason == "store-failed" else "page-trouble")


def _later(reason: str, seconds: int, language: str, *, status: int) -> Response:
    words = later_words(reason, seconds, language)
    answer = _json({"reason": reason, "after_seconds": seconds, "text": words}, status=status)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _json(shape: dict[str, object], *, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return JSONResponse(shape, status_code=status, headers=headers)


def _id(request: Request, name: str) -> int | None:
    value = request.query_params.get(name)
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 20 and int(value) <= LONGEST_ID):
        raise Refused(f"bad-{name}")
    return int(value)


async def _body(request: Request, most: int, reason: str) -> bytes:
    """The body, counted while it comes: not every client says how long it will be, and some lie."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise Refused(reason, status=413)
    found = bytearray()
    try:
        async for chunk in request.stream():
            found += chunk
            if len(found) > most:
                raise Refused(reason, status=413)
    except ClientDisconnect:
        raise Refused("cut-off") from None
    return bytes(found)
