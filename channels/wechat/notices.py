"""The page on which followers allow notices: WeChat's own tag asks them, and tells us by an event."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot import texts
from channels.gone import Gone
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.tokens import NoToken
from channels.web import asking
from channels.web.pages import EDITION, PAGE_HEADERS
from channels.wechat.browser import is_wechat
from channels.wechat.tickets import Tickets
from core.company import Company

PATH = "/wechat/notices"
HERE = Path(__file__).parent
MOST = 3
"""So many templates may one tag ask for."""
SPOKEN_BY_SCRIPT = ("accepted", "refused", "failed", "old")

_TEMPLATE = re.compile(r"[A-Za-z0-9_-]{1,64}")

log = structlog.get_logger()


class Notices:
    """The page for the templates `notices`, by their ids; `sdk` is the address of WeChat's script."""

    def __init__(
        self,
        tickets: Tickets,
        company: Company,
        *,
        notices: Sequence[str],
        sdk: str,
        public_url: str,
        house_language: str,
    ) -> None:
        if wrong := [one for one in notices if not _TEMPLATE.fullmatch(one)]:
            raise ValueError(f"no ids of templates: {', '.join(wrong)}")
        self._tickets, self._company, self._notices = tickets, company, tuple(notices)[:MOST]
        self._sdk, self._public_url, self._house_language = sdk, public_url.rstrip("/"), house_language
        self._page, self._tag = (
            Template((HERE / "html" / f"{name}.html").read_text("utf-8")) for name in ("notices", "tag")
        )
        self._headers = PAGE_HEADERS | {"Content-Security-Policy": _policy(sdk), "Cache-Control": "no-store"}

    def routes(self) -> Sequence[BaseRoute]:
        """Where the page is."""
        return [Route(PATH, self._show, methods=["GET"])]

    async def _show(self, request: Request) -> Response:
        language = asking.spoken(request, self._house_language)
        if not self._notices:
            return self._response(language, said="nothing")
        if not is_wechat(request):
            return self._response(language, said="outside")
        query = request.url.query
        url = f"{self._public_url}{PATH}{'?' if query else ''}{query}"
        try:
            config = await self._tickets.config(url)
        except (Refused, NotSent, MayHaveArrived, NoToken, Gone) as failed:
            log.warning("wechat.no_ticket", reason=type(failed).__name__)
            return self._response(language, said="failed")
        return self._response(language, config=config)

    def _response(
        self, language: str, *, said: str = "", config: Mapping[str, object] | None = None
    ) -> Response:
        """The page: with what its script needs, or with what is `said` in its place."""
        static = f"/chat/static/{EDITION}"
        scripts = tag = ""
        if config is not None:
            scripts = f'<script src="{escape(self._sdk)}" defer></script>\n'
            scripts += f'<script type="module" src="{static}/notices.js"></script>'
            button = escape(texts.say(language, "page-notices-button"))
            tag = self._tag.substitute(templates=escape(",".join(self._notices)), button=button)
        words = {key: texts.say(language, f"page-notices-{key}") for key in SPOKEN_BY_SCRIPT}
        company = self._company.name.get(language)
        html = self._page.substitute(
            language=escape(language),
            static=static,
            scripts=scripts,
            tag=tag,
            title=escape(texts.say(language, "page-notices-title", company=company)),
            why=escape(texts.say(language, "page-notices-why")),
            back=escape(texts.say(language, "page-notices-back")),
            said=escape(texts.say(language, f"page-notices-{said}")) if said else "",
            config=escape(json.dumps(config)) if config else "",
            words=escape(json.dumps(words, ensure_ascii=False)),
        )
        return HTMLResponse(
            html, headers=self._headers | {"Content-Language": language, "Vary": "Accept-Language"}
        )


def _policy(sdk: str) -> str:
    """What the page may load: our own, WeChat's script, and the frames in which its tags are drawn."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {sdk}",
            "style-src 'self'",
            "img-src 'self'",
            "frame-src https://*.qq.com webcompt:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        )
    )
