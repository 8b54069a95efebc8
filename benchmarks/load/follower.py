"""Somebody on WeChat whose replies come in the answers to what they write."""

import re
import time
from itertools import count
from random import Random
from typing import Any, NamedTuple

import aiohttp

from tests.doubles.wechat.envelopes import Envelopes, elements

ACCOUNT, APP_ID = "gh_benchmark", "wx1234567890abcdef"
TOKEN, KEY = "front-door-token", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
ANSWER = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
AMOUNTS = re.compile(r"^\d[^.\n]* / .+$", re.MULTILINE)
WAY = re.compile(r"\[([^\]]+)\]")

_ids = count(24_000_000_000_000_001)
_chance = Random(1)  # noqa: S311 - the same every time


class Seen(NamedTuple):
    """A reply: its text and what it offers, the answers before the ways out."""

    message_id: int
    text: str
    labels: list[str]


class Follower:
    """Somebody whose messages the platform brings to `hook`, sealed as `mode` says."""

    keyboard = None

    def __init__(self, session: aiohttp.ClientSession, hook: str, number: int, *, mode: str) -> None:
        self._session, self._hook = session, hook
        self._openid = f"o{number:027}"
        self._envelopes = Envelopes(TOKEN, KEY, APP_ID, mode)
        self._heard: list[Seen] = []

    async def starts(self) -> None:
        """Follow the account."""
        await self._post({"MsgType": "event", "Event": "subscribe", "EventKey": ""})

    async def says(self, text: str) -> None:
        """Write something."""
        await self._post({"MsgType": "text", "Content": text, "MsgId": next(_ids)})

    async def taps(self, label: str, *, message_id: int) -> None:
        """Choose something of the last reply by typing what stands there."""
        await self.says(label)

    async def hears(self, *, within: float) -> list[Seen]:
        """The reply. Raises AssertionError when there was none."""
        assert self._heard, "nothing was answered"
        return [self._heard.pop(0)]

    async def _post(self, fields: dict[str, Any]) -> None:  # Any: words and numbers
        now = str(int(time.time()))
        common = {"ToUserName": ACCOUNT, "FromUserName": self._openid, "CreateTime": int(now)}
        nonce = str(_chance.randrange(10**9, 10**10))
        query, body = self._envelopes.pack(elements(common | fields), ACCOUNT, self._openid, now, nonce)
        async with self._session.post(self._hook, params=query, data=body.encode()) as response:
            said = await response.text()
        if response.status == 200 and said.startswith("<"):
            text = self._envelopes.unpack(said)["Content"]
            amounts = [amount for line in AMOUNTS.findall(text) for amount in line.split(" / ")]
            self._heard.append(Seen(0, text, [*amounts, *ANSWER.findall(text), *WAY.findall(text)]))
