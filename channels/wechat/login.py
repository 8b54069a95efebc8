"""Web login: whoever opens our page inside WeChat may show who they are there, and is known from then on."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import texts
from bot.messages import Proven
from bot.turn import TurnFailed, Unavailable
from channels.gone import threaded
from channels.tencent import reading
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.web import asking
from channels.web.arrivals import Offer
from channels.web.frames import Said
from channels.web.session import Visitor
from channels.wechat import updates
from channels.wechat.browser import is_wechat
from channels.wechat.client import Client
from channels.wechat.record import Record
from core import clock
from core.correspondence import Peer
from core.logins import WrongState

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

BEGIN, DONE = "/wechat/login", "/wechat/login/done"
AGAIN = frozenset({40029, 40163})
"""The code is no good, or was used: a new one is fetched, once."""
LONGEST = 512
"""Characters of a code or state that are looked at."""
ENDS = ("failed", "denied", "snapshot", "outside")
"""How a login may end but well, as the page is told in its address."""
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

log = structlog.get_logger()


class Login:
    """Logs the visitors of `web` in with one account, whose pages are at `public_url`."""

    def __init__(
        self,
        web: "WebChannel",
        client: Client,
        record: Record,
        threads: Executor,
        *,
        app_id: str,
        secret: str,
        open_url: str,
        public_url: str,
    ) -> None:
        self._web, self._client, self._record, self._threads = web, client, record, threads
        self._app_id, self._secret = app_id, secret
        self._open_url, self._back = open_url.rstrip("/"), public_url.rstrip("/") + DONE

    def routes(self) -> Sequence[BaseRoute]:
        """Where people go to log in, and where they come back to."""
        return [Route(BEGIN, self._begin, methods=["GET"]), Route(DONE, self._done, methods=["GET"])]

    async def offer(self, request: Request, user: str, language: str) -> Offer:
        """The way in, to visitors inside WeChat whom we do not know; and how the last try ended."""
        end = request.query_params.get("wechat", "")
        line = texts.say(language, f"page-wechat-{end}") if end in ENDS else ""
        if not is_wechat(request):
            return Offer(line)
        try:
            peer = Peer(self._web.name, self._web.account, user)
            known = await threaded(self._threads, self._record.is_known)(peer, self._app_id)
        except Unavailable:
            known = True  # the page says itself that something is wrong
        return Offer(line) if known else Offer(line, BEGIN, texts.say(language, "page-wechat-login"))

    async def _begin(self, request: Request) -> Response:
        if not is_wechat(request):
            return _to_chat("outside")
        visitor = self._web.sessions.visitor(request)
        address = request.client.host if request.client else ""
        if self._web.limits.wait(visitor.id, address, now=clock.now()):
            return _to_chat("failed")
        try:
            return await self._away(visitor)
        except Unavailable:
            return _to_chat("failed")

    async def _done(self, request: Request) -> Response:
        if not is_wechat(request):
            return _to_chat("outside")
        visitor = self._web.sessions.visitor(request)
        state, code = (request.query_params.get(name, "")[:LONGEST] for name in ("state", "code"))
        try:
            is_second = await threaded(self._threads, self._record.end_login)(visitor.id, state)
            if not code:
                return _to_chat("denied")
            said = await self._exchanged(code)
            if said is None:
                return _to_chat("failed") if is_second else await self._away(visitor, is_second=True)
            if said.get("is_snapshotuser"):
                return _to_chat("snapshot")
            await self._join(request, visitor, str(said.get("openid") or ""), state)
        except (WrongState, TurnFailed, Refused, NotSent, MayHaveArrived) as failed:
            log.info("wechat.login_failed", reason=type(failed).__name__)
            return _to_chat("failed")
        return _to_chat()

    async def _away(self, visitor: Visitor, *, is_second: bool = False) -> Response:
        """Off to WeChat, which sends them back at once. Raises `Unavailable`."""
        state = await threaded(self._threads, self._record.begin_login)(visitor.id, is_second=is_second)
        asked = {
            "appid": self._app_id,
            "redirect_uri": self._back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        address = f"{self._open_url}/connect/oauth2/authorize?{urlencode(asked)}#wechat_redirect"
        response = RedirectResponse(address, 302, HEADERS)
        self._web.sessions.remember(response, visitor)
        return response

    async def _exchanged(self, code: str) -> Mapping[str, object] | None:
        """What the platform says for a code; None for one that is no good. Raises what calls raise."""
        try:
            return await self._client.exchange(self._app_id, self._secret, code)
        except Refused as refused:
            if refused.code not in AGAIN:
                raise
            return None

    async def _join(self, request: Request, visitor: Visitor, openid: str, state: str) -> None:
        """Let the bot know, which greets them. Raises `TurnFailed`, and `NotSent` for what is no OpenID."""
        if not reading.is_person(openid):
            raise NotSent("no OpenID in the answer")
        peer = Peer(self._web.name, self._web.account, visitor.id)
        id = f"login-{sha256(state.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
        said = Said(id, Proven(updates.CHANNEL, self._app_id, openid))
        await self._web.hear(peer, said, asking.wished(request))


def _to_chat(end: str = "") -> Response:
    """Back to the page, which says how it ended."""
    return RedirectResponse(f"/?wechat={end}" if end else "/", 302, HEADERS)
