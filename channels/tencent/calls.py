"""Calls to one of Tencent's platforms: JSON in and out, the token in the address, refusals as exceptions."""

import json
import mimetypes
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote

import aiohttp
import structlog

from channels.gone import Gone
from channels.tencent.tokens import NoToken, Tokens

CONNECT = 5.0
"""Seconds to get a connection: the name looked up, one free in the pool, opened, encrypted."""
TOTAL = 10.0
"""Seconds that an ordinary call may take in all."""
WITH_A_FILE = 60.0
"""Seconds that a call may take which carries a file."""
AT_ONCE = 100
"""Connections to the platform at most; whatever is beyond waits for a free one within CONNECT."""
PIECE = 64 * 1024
"""Bytes of a file that are read at once."""
STALE = frozenset({40001, 40014, 42001})
"""Codes that say that the token is not good (any more): the call is made once more with another."""

Answer = dict[str, Any]  # Any: each call's own
T = TypeVar("T")

_JSON = {"Content-Type": "application/json; charset=utf-8"}
_BEFORE_SENDING = (
    aiohttp.ConnectionTimeoutError,  # the pool's, too
    aiohttp.ClientConnectorError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
_HIDDEN = "(secret)"
# WeChat ends its message with `rid: 5f…`, WeCom puts `hint: [16…], from ip: …` into it.
_RID = re.compile(r"[\s,]*\b(?:rid:\s*(?P<rid>[\w-]+)|hint:\s*\[(?P<hint>[^\]]*)\])")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f"\\/]')

log = structlog.get_logger()


class Refused(Exception):
    """The platform did not do it, and says so by `code`; `rid` is its own number for this call, or ""."""

    def __init__(self, code: int, message: str, rid: str = "") -> None:
        super().__init__(f"{code} {message}".rstrip())
        self.code, self.message, self.rid = code, message, rid


class NotSent(Exception):
    """No connection or no token came about, or nobody there knows the call: it had no effect."""


class MayHaveArrived(Exception):
    """The call was on its way when it was cut off, or was not answered by the platform: it may have had its
    effect."""


class TooLarge(Exception):
    """There is more in a file than we take."""


class Calls:
    """Everything that is asked of one account's platform at `base_url`, over one session of connections.

    A call whose token was refused is made once more with a fresh one, never again. No text that leaves here
    holds a token or one of `secrets`. All calls raise `Refused`, `NotSent` and `MayHaveArrived`; the session
    is made at the first one, inside the running loop.
    """

    def __init__(
        self,
        base_url: str,
        tokens: Tokens,
        *,
        secrets: Collection[str] = (),
        stale: Collection[int] = STALE,
        connect: float = CONNECT,
        total: float = TOTAL,
        proxy: str | None = None,
    ) -> None:
        self._base, self._tokens = base_url.rstrip("/"), tokens
        self._secrets, self._stale = frozenset(secrets), frozenset(stale)
        self._connect, self._total, self._proxy = connect, total, proxy
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def post(
        self,
        path: str,
        body: Mapping[str, object],
        params: Mapping[str, str] | None = None,
        *,
        with_token: bool = True,
    ) -> Answer:
        """What the platform answers to JSON. Half of a broken character in it is sent as a question mark."""
        written = json.dumps(dict(body), ensure_ascii=False).encode("utf-8", "replace")

        async def once(address: Mapping[str, str]) -> Answer:
            return await self._asked("POST", path, address, data=written, headers=_JSON)

        return await self._with_token(once, params, with_token=with_token)

    async def get(
        self, path: str, params: Mapping[str, str] | None = None, *, with_token: bool = True
    ) -> Answer:
        """What the platform answers to a question."""

        async def once(address: Mapping[str, str]) -> Answer:
            return await self._asked("GET", path, address)

        return await self._with_token(once, params, with_token=with_token)

    async def upload(
        self, path: str, name: str, data: bytes, kind: str = "", fields: Mapping[str, str] | None = None
    ) -> Answer:
        """Hand in a file under a name; `kind` is what the platform calls its type ("image"), if it asks."""

        async def once(address: Mapping[str, str]) -> Answer:
            form = _form(name, data, fields or {})  # a form can be sent only once
            return await self._asked("POST", path, address, data=form, seconds=WITH_A_FILE)

        return await self._with_token(once, {"type": kind} if kind else None)

    async def download(self, path: str, params: Mapping[str, str], most: int) -> bytes | Answer:
        """A file of at most `most` bytes, or what the platform says instead: where a video is, for example.

        It is counted while it comes. Raises `TooLarge` too.
        """

        async def once(address: Mapping[str, str]) -> bytes | Answer:
            status, kind, found = await self._sent("GET", path, address, most=most, seconds=WITH_A_FILE)
            if status == 200 and (kind is None or not _says_something(kind, found)):
                return found
            return self._understood(path, address, status, found)

        return await self._with_token(once, params)

    async def close(self) -> None:
        """Close every connection. Calls from now on raise `NotSent`."""
        self._closed = True
        session, self._session = self._session, None
        if session:
            await session.close()

    async def _with_token(
        self,
        once: Callable[[Mapping[str, str]], Awaitable[T]],
        params: Mapping[str, str] | None,
        *,
        with_token: bool = True,
    ) -> T:
        given = dict(params or {})
        if not with_token:
            return await once(given)
        token = await self._token()
        try:
            return await once({**given, "access_token": token})
        except Refused as refused:
            if refused.code not in self._stale:
                raise
        token = await self._token(not_this=token)
        return await once({**given, "access_token": token})

    async def _token(self, not_this: str | None = None) -> str:
        """A token. Fetching it is a call, too, but whatever became of that, ours was not sent."""
        try:
            return await self._tokens.get(not_this)
        except (NoToken, NotSent, MayHaveArrived) as failed:
            raise NotSent(f"No token: {failed}") from None
        except Gone:
            raise NotSent("No token: the database does not answer") from None

    async def _asked(
        self, method: str, path: str, address: Mapping[str, str], *, seconds: float | None = None, **more: Any
    ) -> Answer:  # Any: aiohttp's own
        status, _, found = await self._sent(method, path, address, seconds=seconds, **more)
        return self._understood(path, address, status, found)

    async def _sent(
        self,
        method: str,
        path: str,
        address: Mapping[str, str],
        *,
        most: int | None = None,
        seconds: float | None = None,
        **more: Any,  # Any: aiohttp's own
    ) -> tuple[int, str | None, bytes]:
        """The status of an answer, its media type (None if it is named as a file) and all of it."""
        timeout = aiohttp.ClientTimeout(total=seconds or self._total, connect=self._connect)
        found = bytearray()
        try:
            async with self._opened().request(
                method,
                self._base + path,
                params=address,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
                **more,
            ) as response:
                async for piece in response.content.iter_chunked(PIECE):
                    found += piece
                    if most is not None and len(found) > most:
                        raise TooLarge
                kind = None if "Content-Disposition" in response.headers else response.content_type
                return response.status, kind, bytes(found)
        except _BEFORE_SENDING as failed:
            raise NotSent(self._told(failed, address)) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as failed:
            raise MayHaveArrived(self._told(failed, address)) from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._closed:
            raise NotSent("Shut down")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "Menling"},
            )
        return self._session

    def _understood(self, path: str, address: Mapping[str, str], status: int, found: bytes) -> Answer:
        """What was answered, if it was the platform who did."""
        answer = _read(found)
        code, message = _said(answer)
        if code:
            rid = _rid(message)
            log.info("tencent.refused", path=path, code=code, rid=rid)
            raise Refused(code, self._hide(_RID.sub("", message).strip(), address), rid)
        if 400 <= status < 500:  # by a gateway, or at a wrong address: nobody who could have done it saw it
            raise NotSent(f"HTTP {status}, not by the platform")
        if answer is None or status >= 300:
            raise MayHaveArrived(f"HTTP {status}, not by the platform")
        if "warning" in message.lower():  # done, but without a field that was not understood
            log.warning("tencent.field_ignored", path=path, said=self._hide(message, address))
        return answer

    def _told(self, failed: BaseException, address: Mapping[str, str]) -> str:
        return self._hide(f"{type(failed).__name__}: {failed}", address).rstrip(": ")

    def _hide(self, text: str, address: Mapping[str, str]) -> str:
        hidden = {*self._secrets, address.get("access_token", "")} - {""}
        spellings = {spelt for one in hidden for spelt in (one, quote(one), quote(one, safe=""))}
        for secret in sorted(spellings, key=len, reverse=True):
            text = text.replace(secret, _HIDDEN)
        return text


def token_in(answer: Answer) -> tuple[str, timedelta]:
    """The token that was fetched, and for how long it is good. Raises `NotSent` when there is none."""
    try:
        return str(answer["access_token"]), timedelta(seconds=int(answer["expires_in"]))
    except (LookupError, ValueError, TypeError):
        raise NotSent("No token in the answer") from None


def _said(answer: Answer | None) -> tuple[int, str]:
    """The code and the words of an answer; none at all are those of a good one."""
    return (int(answer.get("errcode") or 0), str(answer.get("errmsg") or "")) if answer else (0, "")


def _rid(message: str) -> str:
    found = _RID.search(message)
    return (found["rid"] or found["hint"] or "") if found else ""


def _read(found: bytes) -> Answer | None:
    try:  # answers may hold broken characters, and line breaks inside of strings
        answer = json.loads(found.decode("utf-8", "replace"), strict=False)
        _said(answer)
    except (ValueError, TypeError, AttributeError):  # it is not JSON, or nothing the platform would say
        return None
    return answer if isinstance(answer, dict) else None


def _says_something(kind: str, found: bytes) -> bool:
    """Whether this is an answer in place of a file."""
    return (kind == "application/json" or kind.startswith("text/")) and _read(found) is not None


def _form(name: str, data: bytes, fields: Mapping[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # names of files are UTF-8 there
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    form.add_field("media", data, filename=_NOT_IN_NAMES.sub("_", name), content_type=kind)
    for field, value in fields.items():
        form.add_field(field, value)
    return form
