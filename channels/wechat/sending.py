"""The way out to an Official Account: in the answer to a request, else as a customer-service message."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from bot.messages import Choice, Outbound, Sender
from channels.base import ContentRefused, Misconfigured, Undelivered, utf8_bytes
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Remedy
from channels.wechat import errors
from channels.wechat.client import Client
from channels.wechat.slots import Slots

Content = Mapping[str, object]


class Sending:
    """Sends for one account; without a client it can only answer.

    Choices are a menu in the message. Some accounts cannot send those, and say so: then they are links that
    do the same, or just lines where there is no room for links.
    """

    def __init__(self, client: Client | None, slots: Slots, *, most: int) -> None:
        """`most` bytes may stand in a text."""
        self._client, self._slots, self._most = client, slots, most
        self._has_menus = True

    async def answer(self, to: Sender, message: Outbound) -> bool:
        """Say it in the answer to the person's open request; False if there is none."""
        return await self._slots.put(to.user, message.text)

    async def send(self, to: Sender, message: Outbound) -> None:
        """A customer-service message. Raises `Undelivered`."""
        if message.choices and self._has_menus:
            if await self._try(to, "msgmenu", _menu(message)) is None:
                return
            self._has_menus = False
        text = message.text
        if message.choices:
            linked = "\n".join([text, *map(_link, message.choices)])
            plain = "\n".join([text, *(choice.label for choice in message.choices)])
            text = linked if utf8_bytes(linked) <= self._most else plain
        if (remedy := await self._try(to, "text", {"content": text})) is not None:
            raise ContentRefused(f"the platform does not take even a text ({remedy.name})")

    async def _try(self, to: Sender, kind: str, content: Content) -> Remedy | None:
        """None when it was taken; that menus are not. Raises `Undelivered` for everything else."""
        if self._client is None:
            raise Misconfigured("this account can only answer")
        try:
            await self._client.message.send(to.user, kind, content)
        except (Refused, NotSent, MayHaveArrived) as failed:
            reaction = errors.meaning(failed)
            if reaction is Remedy.PLAIN:
                return reaction
            raise _undelivered(reaction, failed) from None
        return None


def _menu(message: Outbound) -> Content:
    lines = [{"id": choice.data, "content": choice.label} for choice in message.choices]
    return {"head_content": message.text, "list": lines, "tail_content": ""}


def _link(choice: Choice) -> str:
    pressed = urlencode({"msgmenucontent": choice.label, "msgmenuid": choice.data})
    return f'<a href="weixin://bizmsgmenu?{escape(pressed)}">{escape(choice.label)}</a>'


def _undelivered(reaction: Undelivered | Remedy, failed: Exception) -> Undelivered:
    if isinstance(reaction, Undelivered):
        return reaction
    if reaction is Remedy.CAPABILITY:
        return Misconfigured(f"the account may not send customer-service messages ({failed})")
    return ContentRefused(str(failed))
