"""The way out to customers of customer service: one message at a time, as a menu or as text."""

from collections.abc import Awaitable, Callable, Mapping

from bot.messages import Outbound, Sender
from channels import render
from channels.base import ContentRefused, Undelivered, utf8_bytes
from channels.kf import errors, msgids
from channels.kf.api import Api
from channels.kf.errors import WRONG_STATE
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Reaction, Remedy
from core.correspondence import Peer

LONGEST_TEXT = 2_048
"""Bytes of one text."""
LONGEST_HEAD = 1_024
"""Bytes of what stands above a menu."""
MOST_CHOICES = 10
"""Lines of a menu."""
LONGEST_LABEL = 40
"""Characters of a line of it: 128 bytes hold as many of any alphabet in use."""

Mark = Callable[[], Awaitable[str]]
Code = Callable[[Peer], Awaitable[str | None]]
Tell = Callable[[Peer, str], Awaitable[None]]
Content = Mapping[str, object]


class Sending:
    """Sends for one account. Every failure is one of `channels.base.Undelivered`, or `bot.turn.Unavailable`.

    `mark` tells our database from others, `code` gives the code by which somebody can be greeted, and `tell`
    tells staff of a customer whose session is not ours. `language` is that of the house.
    """

    def __init__(self, api: Api, *, mark: Mark, code: Code, tell: Tell, language: str) -> None:
        self._api, self._mark, self._code, self._tell = api, mark, code, tell
        self._language = language

    async def send(self, to: Sender, message: Outbound, key: str) -> str:
        """Deliver one message, once under this key; its id. It greets whoever just came in, if it can."""
        peer, mark = Peer(to.channel, to.account, to.user), await self._mark()
        msgid = msgids.made(mark, key, to.user, message.text)
        is_menu = bool(message.choices) and utf8_bytes(message.text) <= LONGEST_HEAD
        if is_menu:
            remedy = await self._say(peer, msgid, "msgmenu", _menu(message))
            if remedy is None:
                return msgid
        for number, text in enumerate(self._plain(message)):
            one = msgid if not number and not is_menu else msgids.made(mark, f"{key}-{number}", to.user, text)
            if (remedy := await self._say(peer, one, "text", {"content": text})) is not None:
                raise ContentRefused(f"the platform does not take even a text ({remedy.name})")
        return msgid

    def _plain(self, message: Outbound) -> list[str]:
        """It as text: choices are numbered lines."""
        if not message.choices:
            return [message.text]
        hint = render.number_hint(message.language or self._language)
        return render.split(f"{message.text}\n{render.numbered(message.choices, hint)}", LONGEST_TEXT)

    async def _say(self, peer: Peer, msgid: str, kind: str, content: Content) -> Remedy | None:
        """None when it was said; that a menu is not taken. Raises `Undelivered` for everything else."""
        if await self._greeted(peer, msgid, kind, content):
            return None
        try:
            try:
                await self._api.send(peer.user, msgid, kind, content)
            except Refused as refused:
                if refused.code != WRONG_STATE:
                    raise
                await self._resumed(peer)
                await self._api.send(peer.user, msgid, kind, content)
        except (Refused, NotSent, MayHaveArrived) as failed:
            reaction = errors.meaning(failed)
            if isinstance(failed, Refused) and failed.code == WRONG_STATE:
                await self._tell(peer, _quoted(content))
            if reaction is Remedy.PLAIN and kind == "msgmenu":
                return reaction
            raise _undelivered(reaction, failed) from None
        return None

    async def _resumed(self, peer: Peer) -> None:
        """Have the session back. Raises what calls raise, with our own code where it cannot be had."""
        try:
            await self._api.resume(peer.user)
        except Refused as refused:
            raise Refused(WRONG_STATE, refused.message, refused.rid) from None

    async def _greeted(self, peer: Peer, msgid: str, kind: str, content: Content) -> bool:
        """Whether it was said by the code that somebody's coming in brought, which is good once."""
        if (code := await self._code(peer)) is None:
            return False
        try:
            await self._api.greet(code, msgid, kind, content)
        except (Refused, NotSent):
            return False
        except MayHaveArrived:
            return True  # a greeting is not worth saying twice
        return True


def _menu(message: Outbound) -> Content:
    lines = [
        {"type": "click", "click": {"id": choice.data, "content": choice.label}} for choice in message.choices
    ]
    return {"head_content": message.text, "list": lines, "tail_content": ""}


def _quoted(content: Content) -> str:
    return str(content.get("content") or content.get("head_content") or "")


def _undelivered(reaction: Reaction, failed: Exception) -> Undelivered:
    return reaction if isinstance(reaction, Undelivered) else ContentRefused(str(failed))
