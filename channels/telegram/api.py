"""The Bot API as we call it: any method by its name, plain JSON out, errors of PTB."""

import logging
from typing import Any
from urllib.parse import quote

from telegram.ext import ExtBot

from channels.telegram.transport import AiohttpRequest

OFFICIAL = "https://api.telegram.org"


class Api:
    """One bot of ours at one server of the Bot API, `base`. Nothing is sent until the first call.

    Calls go by PTB's `do_api_request`, which costs half of `send_message` and its like: those build a
    tree of objects from every answer, of which we need one number. It warns when a method has a wrapper,
    which it finds by the exact name, so the first letter is sent as a capital: the Bot API reads the names
    of methods in any case.

    Never call `bot.initialize()`: it waits for the platform, and its error holds the token. For the same
    reason PTB's loggers are kept from DEBUG, where they write addresses and everything people say.
    """

    def __init__(self, token: str, base: str = OFFICIAL, *, proxy: str | None = None) -> None:
        quiet = logging.getLogger("telegram")
        quiet.setLevel(max(quiet.getEffectiveLevel(), logging.INFO))
        self._request = AiohttpRequest(token, proxy=proxy)
        self._files = f"{base}/file/bot{token}"
        self.bot = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    # Any: what a method returns is the platform's to say.
    async def call(self, method: str, /, **parameters: object) -> Any:
        """What the platform returns for a method; parameters that are None are left out.

        Raises `telegram.error.TelegramError`: `channels.telegram.errors` says what it means.
        """
        return await self.bot.do_api_request(_unwrapped(method), api_kwargs=parameters)

    async def call_patiently(self, seconds: float, method: str, /, **parameters: object) -> Any:
        """The same when the answer may take longer than usual: a long poll, a file."""
        return await self.bot.do_api_request(_unwrapped(method), api_kwargs=parameters, read_timeout=seconds)

    async def download(self, path: str, *, most: int, seconds: float) -> bytes:
        """The file at a path that `getFile` gave; the address holds the token and is told nobody.

        Raises `TooLarge` beyond `most` bytes, and `TelegramError`.
        """
        return await self._request.download(f"{self._files}/{quote(path)}", most=most, seconds=seconds)

    async def close(self) -> None:
        """Close every connection; what is called from now on is not sent."""
        await self._request.shutdown()


def _unwrapped(method: str) -> str:
    return method[:1].upper() + method[1:]
