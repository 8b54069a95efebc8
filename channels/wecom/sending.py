"""The way out to a WeCom application's members: one message at a time, as a card or as text."""

import secrets
from contextlib import suppress

from bot import texts
from bot.messages import Outbound, Sender
from channels import render
from channels.base import ContentRefused, Undelivered, Unreachable
from channels.pace import Pace
from channels.tencent.calls import Answer, MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Remedy
from channels.wecom import errors, showing
from channels.wecom.cards import Closed, Sent
from channels.wecom.client import Client

ANSWERED = "wecom-card-answered"
"""What a dead button says when its question was answered in words."""


class Sending:
    """Sends for one application. Every failure is one of `channels.base.Undelivered`.

    `language` is that of the house, for messages that do not say theirs; `closed` are the cards that need
    not be closed here; with `markdown`, facts that ask nothing are marked up.
    """

    def __init__(
        self,
        client: Client,
        agent_id: int,
        pace: Pace,
        closed: Closed,
        *,
        language: str,
        markdown: bool = False,
    ) -> None:
        self._client, self._agent_id, self._markdown = client, agent_id, markdown
        self._pace, self._closed, self._language = pace, closed, language

    async def send(self, to: Sender, message: Outbound, *, replaces: str | None = None) -> str:
        """Deliver one message; the receipt under which it is kept.

        A card cannot take another one's place and still be pressed, so `replaces` is closed instead.
        """
        if replaces:
            with suppress(Undelivered):
                await self.close(to, message, replaces, chosen="")
        if showing.card(message, "") is not None:
            return await self._send_card(to, message)
        if self._markdown and (marked := showing.markdown(message)) is not None:
            self._pace.take(to.user)
            answer = await self._try(to, "markdown", {"content": marked})
            return str(answer.get("msgid") or "")
        answer = {}
        for text in showing.texts(message, render.number_hint(message.language or self._language)):
            self._pace.take(to.user)
            answer = await self._try(to, "text", {"content": text})
        return str(answer.get("msgid") or "")

    async def close(self, to: Sender, shown: Outbound, receipt: str, *, chosen: str) -> None:
        """Let the buttons of a card give way to a dead one that says what was chosen; once for each card."""
        card = Sent.of(receipt)
        if card is not None and self._closed.add(card.task):
            await self.change(to, card.response_code, chosen or self.say(shown, ANSWERED))

    async def change(self, to: Sender, code: str, label: str) -> None:
        """Let a dead button with this label stand on a card of theirs; uses the code up."""
        try:
            await self._client.message.update_template_card(
                self._agent_id, code, user_ids=[to.user], button=label
            )
        except (Refused, NotSent, MayHaveArrived) as failed:
            raise _undelivered(errors.meaning(failed), failed) from None

    def say(self, message: Outbound, key: str) -> str:
        """Words of ours in the language of a message."""
        return texts.say(message.language or self._language, key)

    async def _send_card(self, to: Sender, message: Outbound) -> str:
        self._pace.take(to.user)
        task = _task()
        try:
            answer = await self._try(to, "template_card", showing.card(message, task))
        except _TaskIdUsed:
            task = _task()
            answer = await self._try(to, "template_card", showing.card(message, task))
        return str(Sent(task, str(answer.get("response_code") or ""), str(answer.get("msgid") or "")))

    async def _try(self, to: Sender, kind: str, content: object) -> Answer:
        try:
            answer: Answer = await self._client.message.send(
                self._agent_id, to.user, msg={"msgtype": kind, kind: content}
            )
        except (Refused, NotSent, MayHaveArrived) as failed:
            raise _undelivered(errors.meaning(failed), failed) from None
        _check_reached(to.user, answer)
        return answer


class _TaskIdUsed(ContentRefused):
    """Some card had this task id before."""


def _task() -> str:
    """Letters, digits, _ and -, never the same again: the platform remembers them for ever."""
    return secrets.token_urlsafe(24)


def _check_reached(user: str, answer: Answer) -> None:
    """Whoever is left out is named in an answer that is otherwise good, in small letters."""
    for field in ("invaliduser", "unlicenseduser"):
        if user.lower() in str(answer.get(field) or "").lower().split("|"):
            raise Unreachable(f"the platform left this member out: {field}")


def _undelivered(reaction: Undelivered | Remedy, failed: Exception) -> Undelivered:
    if isinstance(reaction, Undelivered):
        return reaction
    return _TaskIdUsed(str(failed)) if reaction is Remedy.TASK_ID else ContentRefused(str(failed))
