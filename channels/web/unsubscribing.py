"""The page behind the link at the foot of an e-mail: it shows a button, and only that changes anything.

Programs that look through e-mails open every link, so a look does nothing. Mail programs with a button of
their own send what the page's button sends (RFC 8058): no page is shown then, nothing is asked.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot import texts
from bot.readers import phones
from channels.gone import Gone, watched_transaction
from channels.web import asking, mydata
from core import clock
from core.resorts import RefusalLink, refusing

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from channels.web.channel import WebChannel

STYLE = (
    "body{margin:0;background:#f4f5f7;color:#1d2733;font:17px/1.6 system-ui,sans-serif}"
    "main{max-width:26rem;margin:0 auto;padding:3rem 1.25rem}"
    "h1{font-size:1.35rem;line-height:1.35;margin:0 0 .75rem;text-wrap:balance}"
    "p{margin:0 0 1.5rem}header{margin:0 0 1.5rem;opacity:.7}form{margin:0 0 .75rem}"
    "button{width:100%;min-height:3rem;padding:.6rem 1rem;border:1px solid #12664f;border-radius:.75rem;"
    "background:#12664f;color:#fff;font:inherit;cursor:pointer}"
    "button.less{background:none;color:#12664f}"
    "button:focus-visible{outline:3px solid #7fb8a6;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{background:#14181d;color:#e8ecf0}"
    "button.less{color:#8fd0bb;border-color:#8fd0bb}}"
)
_ALLOWED = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = mydata.HEADERS | {
    "Content-Security-Policy": f"{mydata.HEADERS['Content-Security-Policy']}; style-src 'sha256-{_ALLOWED}'"
}
ALL = "all"
TRIES = 3
Deed = Callable[[Session, RefusalLink, datetime], None]


class Unsubscribing:
    """Shows how things stand, and changes it when the button is pressed; again changes nothing."""

    def __init__(self, channel: "WebChannel", engine: "Engine") -> None:
        self._channel, self._engine = channel, engine

    def routes(self) -> Sequence[BaseRoute]:
        """What is served where."""
        return [
            Route("/unsubscribe/{token}", self._page, methods=["GET"]),
            Route("/unsubscribe/{token}", self._email, methods=["POST"]),
            Route(f"/unsubscribe/{{token}}/{ALL}", self._all, methods=["POST"]),
        ]

    async def _page(self, request: Request) -> Response:
        return await self._answer(request, None)

    async def _email(self, request: Request) -> Response:
        return await self._answer(request, refusing.refuse)

    async def _all(self, request: Request) -> Response:
        return await self._answer(request, refusing.refuse_all)

    async def _answer(self, request: Request, deed: Deed | None) -> Response:
        token = request.path_params["token"]
        try:
            found = await self._channel.ask(self._done, token, deed, clock.now())
        except Gone:
            return self._sorry(request, "page-trouble", 503)
        if found is None:
            return self._sorry(request, "unsubscribe-gone", 404)
        language, what, stands = found
        return self._page_of(language, *_asked(language, what, stands, token))

    def _done(self, token: str, deed: Deed | None, now: datetime) -> tuple[str, str, str] | None:
        """As `_do`; once more where somebody pressed the same at the same moment, or said it in a chat."""
        for _ in range(TRIES - 1):
            with suppress(IntegrityError):
                return self._do(token, deed, now)
        return self._do(token, deed, now)

    def _do(self, token: str, deed: Deed | None, now: datetime) -> tuple[str, str, str] | None:
        """The language, what the e-mail was and how things stand after the deed; None for no good link."""
        with watched_transaction(self._engine) as session:
            link = refusing.find(session, token, now)
            if link is None:
                return None
            if deed is not None:
                deed(session, link, now)
            return link.language, link.kind.value, refusing.stands(session, link)

    def _sorry(self, request: Request, key: str, status: int) -> Response:
        language, company = asking.spoken(request, self._channel.house_language), self._channel.company
        said = texts.say(language, key)
        more = texts.say(
            language, "unsubscribe-otherwise", phone=phones.dialled(company.phone, company.country)
        )
        return self._page_of(language, said, f"<p>{escape(more)}</p>", status)

    def _page_of(self, language: str, head: str, body: str, status: int = 200) -> Response:
        company = self._channel.company.name.get(language)
        return HTMLResponse(_page(language, company, head, body), status_code=status, headers=HEADERS)


def _asked(language: str, what: str, stands: str, token: str) -> tuple[str, str]:
    """How things stand, and the buttons for what is left to be refused; the first is what they came for."""
    kind = texts.say(language, f"unsubscribe-{what}")
    head = texts.say(language, f"unsubscribe-{stands}", what=kind)
    here = escape(f"/unsubscribe/{token}")
    body = f"<p>{escape(texts.say(language, f'unsubscribe-{stands}-more'))}</p>"
    if stands == "on":
        body += _button(here, texts.say(language, "unsubscribe-go"))
    if stands != "nowhere":
        body += _button(f"{here}/{ALL}", texts.say(language, "unsubscribe-go-all"), less=True)
    return head, body


def _button(where: str, words: str, *, less: bool = False) -> str:
    look = ' class="less"' if less else ""
    return f'<form method="post" action="{where}"><button type="submit"{look}>{escape(words)}</button></form>'


def _page(language: str, company: str, head: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(head)}</title><style>{STYLE}</style></head><body><main>"
        f"<header>{escape(company)}</header><h1>{escape(head)}</h1>{body}</main></body></html>"
    )
