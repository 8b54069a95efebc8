"""The pages themselves: the customer's chat, the demo's phones, and the files both are made of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import texts
from channels.web import asking, frames
from channels.web.arrivals import Offer
from channels.web.asking import CUSTOMER, DEMO_USERS
from channels.web.day import Day
from core import media

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

NO_OFFER = Offer()
HERE = Path(__file__).parent
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PAGE_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "font-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}
SPOKEN_BY_SCRIPT = (
    "page-online",
    "page-connecting",
    "page-reconnecting",
    "page-offline",
    "page-trouble",
    "page-waiting",
    "page-sending",
    "page-sent",
    "page-not-sent",
    "page-again",
    "page-typing",
    "page-you",
    "page-them",
    "page-choose",
    "page-ways",
    "page-today",
    "page-yesterday",
    "page-show-all",
    "page-show-less",
    "page-earlier",
    "page-photo-alt",
    "page-photo-sent",
    "page-photo-open",
    "page-photo-broken",
    "page-photo-preparing",
    "page-refused-photo-too-large",
    "page-refused-not-a-photo",
    "page-place-sent",
    "page-place-why",
    "page-place-finding",
    "page-place-refused",
    "page-place-failed",
    "page-place-insecure",
    "page-refused-text-too-long",
    "page-day-loading",
    "page-day-failed",
    "page-day-play",
    "page-day-pause",
)
"""What the script says. It gets these lines with the page, and puts what it counts in `{n}`'s place."""


ON_A_PHONE = (
    "page-log",
    "page-write",
    "page-send",
    "page-photo",
    "page-place",
    "page-menu",
    "page-newer",
    "page-photo-ready",
    "page-photo-caption",
    "page-cancel",
    "page-call",
    "page-connecting",
    "page-say-menu",
    "page-say-help",
    "page-say-person",
)
"""What stands on each phone from the beginning."""


RECORDED = (CUSTOMER, "worker", "staff")
"""The phones of a recorded day."""
DAY_WORDS = ("play", "along", "speed", "slow", "middle", "fast", "fastest", "back")
"""What stands on the page that plays a day, besides its phones."""


@dataclass(frozen=True, slots=True)
class Static:
    """One file of the page, in memory."""

    body: bytes
    type: str


def _load() -> Mapping[str, Static]:
    files = sorted((HERE / "static").iterdir())
    return {
        file.name: Static(file.read_bytes(), TYPES[file.suffix]) for file in files if file.suffix in TYPES
    }


STATIC = _load()
EDITION = sha256(b"".join(name.encode() + file.body for name, file in STATIC.items())).hexdigest()[:12]
"""Stands in the files' addresses, so that modules that import each other are always of one edition."""


class Pages:
    """The endpoints `/`, `/demo` and the files they ask for."""

    def __init__(self, channel: "WebChannel") -> None:
        self._channel = channel
        self._templates = {
            file.stem: Template(file.read_text("utf-8")) for file in HERE.glob("templates/*.html")
        }

    def routes(self) -> Sequence[BaseRoute]:
        """What is served where."""
        found = [
            Route("/", self._chat, methods=["GET"]),
            Route("/chat/static/{edition}/{name}", _static, methods=["GET"]),
        ]
        if not self._channel.demo:
            return found
        return [
            *found,
            Route("/demo", self._demo, methods=["GET"]),
            Route("/demo/day", self._day, methods=["GET"]),
            Route("/demo/day/record", Day().record, methods=["GET"]),
        ]

    async def _chat(self, request: Request) -> Response:
        visitor = self._channel.sessions.visitor(request)
        language = asking.spoken(request, self._channel.house_language)
        offer = await self._channel.offer(request, visitor.id, language)
        phone = self._phone(language, CUSTOMER, visitor.id, heading="h1", offer=offer)
        response = self._page("chat", language, phone=phone)
        self._channel.sessions.remember(response, visitor)
        return response

    async def _demo(self, request: Request) -> Response:
        visitor = self._channel.sessions.visitor(request)
        language = asking.spoken(request, self._channel.house_language)
        users = {CUSTOMER: visitor.id} | DEMO_USERS
        phones = [self._phone(language, name, user, heading="h2") for name, user in users.items()]
        response = self._page(
            "demo",
            language,
            phones="\n".join(phones),
            intro=escape(texts.say(language, "page-demo-intro")),
            day=escape(texts.say(language, "page-demo-day")),
            **{name: escape(texts.say(language, f"page-phone-{name}")) for name in users},
        )
        self._channel.sessions.remember(response, visitor)
        return response

    async def _day(self, request: Request) -> Response:
        """The page that plays a day which was held on the real bot, at a chosen speed."""
        language = asking.spoken(request, self._channel.house_language)
        words = {name: texts.say(language, f"page-{name}") for name in ("log", "newer", "recorded")}
        words["static"] = f"/chat/static/{EDITION}"
        phones = []
        for name in RECORDED:
            known = words | {"phone": name, "name": texts.say(language, f"page-day-{name}")}
            phones.append(self._templates["recorded"].substitute({k: escape(v) for k, v in known.items()}))
        return self._page(
            "day",
            language,
            phones="\n".join(phones),
            intro=escape(texts.say(language, "page-day-intro")),
            **{name: escape(texts.say(language, f"page-phone-{name}")) for name in RECORDED},
            **{name: escape(texts.say(language, f"page-day-{name}")) for name in DAY_WORDS},
        )

    def _page(self, name: str, language: str, **parts: str) -> Response:
        company = self._channel.company.name.get(language)
        script = {key.removeprefix("page-"): _scripted(language, key) for key in SPOKEN_BY_SCRIPT}
        html = self._templates[name].substitute(
            parts,
            language=escape(language),
            title=escape(texts.say(language, f"page-title-{name}", company=company)),
            description=escape(texts.say(language, "page-description", company=company)),
            noscript=escape(texts.say(language, "page-noscript", phone=self._channel.company.phone)),
            static=f"/chat/static/{EDITION}",
            words=escape(json.dumps(script, ensure_ascii=False)),
            longest=str(frames.LONGEST_TYPED),
            heaviest=str(media.MOST_BYTES),
        )
        return HTMLResponse(
            html, headers=PAGE_HEADERS | {"Content-Language": language, "Vary": "Accept-Language"}
        )

    def _phone(self, language: str, name: str, user: str, *, heading: str, offer: Offer = NO_OFFER) -> str:
        """One phone: who is at the other end, the talk, the composer."""
        company = self._channel.company
        words = {
            key.removeprefix("page-").replace("-", "_"): texts.say(language, key, number=company.phone)
            for key in ON_A_PHONE
        }
        words["hello"] = texts.say(language, f"page-hello-{name}")
        words["name"] = texts.say(language, f"page-name-{name}", company=company.name.get(language))
        words |= {"phone": name, "who": frames.sign(user), "heading": heading}
        words |= {"number": company.phone, "tel": company.phone.replace(" ", "").replace("-", "")}
        words |= {"static": f"/chat/static/{EDITION}", "longest": str(frames.LONGEST_TYPED)}
        return self._templates["phone"].substitute(
            {key: escape(word) for key, word in words.items()} | {"offer": offer.html}
        )


async def _static(request: Request) -> Response:
    """A file of the page. One of another edition is answered with ours, to be asked for again."""
    file = STATIC.get(request.path_params["name"])
    if file is None:
        return PlainTextResponse("not found", 404, {"X-Content-Type-Options": "nosniff"})
    current = request.path_params["edition"] == EDITION
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return Response(file.body, media_type=file.type, headers=headers)


def _scripted(language: str, key: str) -> str:
    return texts.say(language, key, n="{n}", most=frames.LONGEST_TYPED)
