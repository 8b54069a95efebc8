"""One's own data, by a link that is good once: a page with one button, and the file behind it."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot import mydata, telling, texts
from channels.gone import Gone, watched_transaction
from channels.web import asking
from core import clock
from core.identities import Role, Speaker
from core.privacy import exporting, links

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from channels.web.channel import WebChannel

NAME = "my-data.zip"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""The link itself is the proof, so nothing may remember or pass on where it leads."""


class MyData:
    """The page, which uses nothing up as chats look at links by themselves, and the file, which does."""

    def __init__(self, channel: "WebChannel", engine: "Engine") -> None:
        self._channel, self._engine = channel, engine

    def routes(self) -> Sequence[BaseRoute]:
        """What is served where."""
        return [
            Route("/mydata/{token}", self._page, methods=["GET"]),
            Route("/mydata/{token}", self._file, methods=["POST"]),
        ]

    async def _page(self, request: Request) -> Response:
        try:
            language = await self._channel.ask(self._language_of, request.path_params["token"], clock.now())
        except Gone:
            return self._said(request, "page-trouble", 503)
        if language is None:
            return self._said(request, "data-page-gone", 404)
        return HTMLResponse(_html(language, "data-page-ready", button=True), headers=HEADERS)

    async def _file(self, request: Request) -> Response:
        try:
            made = await self._channel.ask(self._take, request.path_params["token"], clock.now())
        except Gone:
            return self._said(request, "page-trouble", 503)
        if made is None:
            return self._said(request, "data-page-gone", 404)
        named = {"Content-Disposition": f'attachment; filename="{NAME}"'}
        return Response(made, media_type="application/zip", headers=HEADERS | named)

    def _said(self, request: Request, key: str, status: int) -> Response:
        language = asking.spoken(request, self._channel.house_language)
        return HTMLResponse(_html(language, key), status_code=status, headers=HEADERS)

    def _language_of(self, token: str, now: datetime) -> str | None:
        with watched_transaction(self._engine) as session:
            found = links.find(session, token, now)
            return found.language if found else None

    def _take(self, token: str, now: datetime) -> bytes | None:
        """The file; the link is no good any more."""
        with watched_transaction(self._engine) as session:
            found = links.use(session, token, now)
            return self._archive(session, found, now) if found else None

    def _archive(self, session: Session, link: links.DataLink, now: datetime) -> bytes:
        turn = telling.house_turn(session, self._channel.company, now)
        turn.language, turn.identity = link.language, _reader(link)
        return mydata.archive(turn, exporting.gather(session, link.customer_id))


def _reader(link: links.DataLink) -> Speaker:
    return Speaker("", "", "", link.customer_id, None, None, Role.CUSTOMER, None, link.language)


def _html(language: str, key: str, *, button: bool = False) -> str:
    said = escape(texts.say(language, key))
    take = escape(texts.say(language, "data-page-take"))
    form = f'<form method="post"><button type="submit">{take}</button></form>' if button else ""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{said}</title></head><body><main><h1>{said}</h1>{form}</main></body></html>"
    )
