"""How python-telegram-bot reaches the Bot API: one aiohttp session, and errors that tell what was sent."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT = 5.0
"""Seconds to get a connection: the name looked up, one free in the pool, opened, encrypted."""
TOTAL = 10.0
"""Seconds that an ordinary call may take in all."""
AT_ONCE = 100
"""Connections to the platform at most; whatever is beyond waits for a free one within CONNECT."""
UNSAID_WAIT = timedelta(seconds=30)
"""How long to be silent when we are asked to slow down and not told for how long."""

PIECE = 64 * 1024
"""Bytes of a file that are read at once."""

_JSON = {"Content-Type": "application/json"}
"""Costs half of a form, where every byte of every Chinese character is written out by itself."""
_BEFORE_SENDING = (
    aiohttp.ConnectionTimeoutError,  # the pool's, too
    aiohttp.ClientConnectorError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
_HIDDEN = "(token)"


class NotSent(NetworkError):
    """No connection came about, so the platform knows nothing of it."""

    __slots__ = ()


class MayHaveArrived(TimedOut):
    """The call was on its way when the connection broke or the time was up: it may have had its effect."""

    __slots__ = ()


class TooLarge(Exception):
    """There is more in a file than we take."""


class SlowDown(TelegramError):
    """The platform wants `after` to pass before the next call; this one was not carried out.

    Takes the place of PTB's `RetryAfter`, which cannot be raised while warnings are errors: until its
    times are timedeltas for good, each of them warns that they will be.
    """

    __slots__ = ("after",)

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"Too many requests: wait {after}")
        self.after = after


class AiohttpRequest(BaseRequest):
    """The networking of PTB over aiohttp, which costs a tenth of its own.

    The session is made at the first call, inside the running loop, and closed by `shutdown`. Redirects are
    not followed and no proxy is used but `proxy`. `secret` is in every address: it is taken out of every
    text that leaves here. Raises `NotSent` or `MayHaveArrived` for what the network does, without the
    former exception, and `SlowDown`; PTB makes the other errors of what is returned.
    """

    __slots__ = ("_closed", "_connect", "_proxy", "_secrets", "_session", "_total")

    def __init__(
        self, secret: str, *, connect: float = CONNECT, total: float = TOTAL, proxy: str | None = None
    ) -> None:
        self._secrets = sorted({secret, quote(secret), quote(secret, safe="")}, key=len, reverse=True)
        self._connect, self._total, self._proxy = connect, total, proxy
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @property
    def read_timeout(self) -> float:
        """The seconds to which PTB adds those of a long poll."""
        return self._total

    async def initialize(self) -> None:
        """Allow calls, also after `shutdown`. Not needed before the first call."""
        self._closed = False

    async def shutdown(self) -> None:
        """Close every connection. Calls from now on raise `NotSent`."""
        self._closed = True
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of the platform's answer. Timeouts are seconds; None is no limit.

        Waiting for the pool is part of connecting. A `read_timeout` or `write_timeout` counts from the
        moment at which the connection has to be there.
        """
        try:
            async with self._opened().request(
                method,
                url,
                data=_body(request_data),
                headers=_JSON if request_data and not request_data.contains_files else None,
                timeout=self._timeout(read_timeout, write_timeout, connect_timeout),
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                answer = await response.read()
                status, asked = response.status, response.headers.get("Retry-After")
        except _BEFORE_SENDING as failed:
            raise NotSent(self._without_secrets(failed)) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as failed:
            raise MayHaveArrived(self._without_secrets(failed)) from None
        if status == 429:
            raise SlowDown(_wait(answer, asked))
        return status, answer if status < 300 else self._refusal(status, answer)

    async def download(self, url: str, *, most: int, seconds: float) -> bytes:
        """A file of at most `most` bytes, within so many seconds.

        It is counted while it comes, whatever was said of its size. Raises `TooLarge`, `NotSent`,
        `MayHaveArrived`, and NetworkError when there is no such file.
        """
        timeout = aiohttp.ClientTimeout(total=seconds, connect=self._connect)
        found = bytearray()
        try:
            async with self._opened().get(
                url, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                if response.status != 200:
                    raise NetworkError(f"The file is not to be had ({response.status})")
                async for chunk in response.content.iter_chunked(PIECE):
                    found += chunk
                    if len(found) > most:
                        raise TooLarge
        except _BEFORE_SENDING as failed:
            raise NotSent(self._without_secrets(failed)) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as failed:
            raise MayHaveArrived(self._without_secrets(failed)) from None
        return bytes(found)

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The platform's answer as a dict. Raises TelegramError when it is not one of the Bot API.

        Unlike PTB's own, it does not log what it cannot read: a proxy's page may repeat the address.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise TelegramError("Invalid server response")
        return answer

    def _opened(self) -> aiohttp.ClientSession:
        if self._closed:
            raise NotSent("Shut down")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._total, connect=self._connect),
                headers={"User-Agent": "Menling"},
            )
        return self._session

    def _timeout(self, read: object, write: object, connect: object) -> aiohttp.ClientTimeout:
        unset = self.DEFAULT_NONE
        allowed = self._connect if connect is unset else _seconds(connect)
        given = [_seconds(part) for part in (read, write) if part is not unset]
        parts = [allowed, *(given or [self._total - self._connect])]
        total = None if None in parts else sum(part for part in parts if part)
        return aiohttp.ClientTimeout(total=total, connect=allowed)

    def _refusal(self, status: int, answer: bytes) -> bytes:
        """A refusal without secrets. Raises NetworkError for one that only looks like the platform's.

        A firewall's 403 must not pass for a person who blocked us. But 401 and 404, whoever says them,
        mean that the token or the address is wrong.
        """
        hidden = self._hide(answer.decode("utf-8", "replace")).encode()
        if status not in (401, 404):
            try:
                self.parse_json_payload(hidden)
            except TelegramError:
                raise NetworkError(f"HTTP {status}, but not by the Bot API") from None
        return hidden

    def _without_secrets(self, failed: BaseException) -> str:
        return self._hide(f"{type(failed).__name__}: {failed}").rstrip(": ")

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return json.dumps(data.parameters).encode("ascii")
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # names of files are UTF-8 there
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _seconds(given: object) -> float | None:
    return float(given) if isinstance(given, int | float) else None


def _wait(answer: bytes, header: str | None) -> timedelta:
    """What a 429 asks for: in its body, or where something before the platform answered, in a header."""
    try:
        asked = json.loads(answer)["parameters"]["retry_after"]
    except (ValueError, LookupError, TypeError):
        asked = header
    try:
        return timedelta(seconds=float(asked)) if asked else UNSAID_WAIT
    except (ValueError, TypeError, OverflowError):
        return UNSAID_WAIT
