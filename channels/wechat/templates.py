"""News by an account's templates: messages of the platform's own form, where nothing may be said freely."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.messages import Outbound, Sender
from channels.base import ContentRefused, TemplateRefused, Undelivered
from channels.tencent.calls import Answer, MayHaveArrived, NotSent, Refused
from channels.wechat import errors, values
from channels.wechat.client import Client, Data
from channels.wechat.notices import PATH
from core.news import Kind
from core.settings.templates import Template
from core.ways import Limits

_OF_THE_CALL = frozenset({45009, 48004, 50001})
"""Codes that say that templates cannot be sent now; what else the account does goes on."""


class Templates:
    """Sends by the templates of one account; `by_kind` says which tells what."""

    def __init__(self, client: Client, by_kind: Mapping[Kind, Template]) -> None:
        self._client, self._by_kind = client, by_kind

    async def send(self, to: Sender, message: Outbound, *, once: str) -> str | None:
        """Fill the facts of a message into its template; the platform's id for it. Raises `Undelivered`."""
        if message.news is None or (template := self._by_kind.get(Kind(message.news))) is None:
            raise TemplateRefused(f"no template tells {message.news}")
        filled = template.filled(message.facts)
        data = {key: {"value": values.fit(key, fact)} for key, fact in filled.items()}
        try:
            answer = await self._call(to, template, data, once)
        except (Refused, NotSent, MayHaveArrived) as failed:
            raise _undelivered(failed) from None
        return str(answer["msgid"]) if answer.get("msgid") else None

    async def _call(self, to: Sender, template: Template, data: Data, once: str) -> Answer:
        if template.way == "notice":
            return await self._client.template.bizsend(to.user, template.id, data)
        return await self._client.template.send(to.user, template.id, data, client_msg_id=once)


def limited(limits: Limits, by_kind: Mapping[Kind, Template], public_url: str | None) -> Limits:
    """The same limits, with what may be sent by templates beyond them."""
    unasked = frozenset(one.id for one in by_kind.values() if one.way == "template")
    asks_at = f"{public_url}{PATH}" if public_url and any(t.way == "notice" for t in by_kind.values()) else ""
    ids = {str(kind): template.id for kind, template in by_kind.items()}
    return replace(limits, templates=ids, unasked=unasked, asks_at=asks_at)


def _undelivered(failed: Refused | NotSent | MayHaveArrived) -> Undelivered:
    reaction = errors.meaning(failed)
    of_the_call = isinstance(failed, Refused) and failed.code in _OF_THE_CALL
    if of_the_call or isinstance(reaction, ContentRefused) or not isinstance(reaction, Undelivered):
        return TemplateRefused(str(failed))
    return reaction


def asked_for(by_kind: Mapping[Kind, Template]) -> Sequence[str]:
    """The ids of the templates that people must have agreed to, in the order of the file."""
    return list(dict.fromkeys(one.id for one in by_kind.values() if one.way == "notice"))
