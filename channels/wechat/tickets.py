"""The ticket that lets our pages use WeChat's script, and what a page signs with it."""

import hashlib
import secrets
from collections.abc import Mapping
from concurrent.futures import Executor
from datetime import timedelta
from urllib.parse import urldefrag

from sqlalchemy import Engine

from channels.tencent.calls import NotSent
from channels.tencent.tokens import Tokens
from channels.wechat.client import Client
from core import clock

CHANNEL = "wechat-pages"
"""Under which the ticket is kept among the accounts' tokens."""


class Tickets:
    """The ticket of one account, fetched by one process at a time and kept like its token."""

    def __init__(self, client: Client, engine: Engine, threads: Executor | None, app_id: str) -> None:
        self._client, self._app_id = client, app_id
        self._tokens = Tokens(engine, threads, CHANNEL, app_id, fetch=self._fetch)

    async def config(self, url: str) -> Mapping[str, object]:
        """What the page at `url` must show WeChat to use its tags.

        Raises what calls raise, `channels.tencent.tokens.NoToken`, and `channels.gone.Gone`.
        """
        ticket = await self._tokens.get()
        nonce, timestamp = secrets.token_hex(8), int(clock.now().timestamp())
        return {
            "appId": self._app_id,
            "timestamp": timestamp,
            "nonceStr": nonce,
            "signature": signature(ticket, nonce, timestamp, url),
        }

    async def _fetch(self) -> tuple[str, timedelta]:
        answer = await self._client.ticket()
        try:
            return str(answer["ticket"]), timedelta(seconds=int(answer["expires_in"]))
        except (LookupError, ValueError, TypeError):
            raise NotSent("No ticket in the answer") from None


def signature(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """How a page proves that it is ours; what follows # in `url` does not count."""
    signed = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={urldefrag(url).url}"
    return hashlib.sha1(signed.encode()).hexdigest()  # noqa: S324 - the platform's own rule
