"""Tells the platform where we are and what people may ask for: at the start, until it has heard."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import ChatMigrated, EndPointNotFound, InvalidToken, TelegramError

from bot import texts
from bot.turn import TurnFailed
from channels.base import Health
from channels.telegram import commands, polling
from channels.telegram.files import Platform
from channels.telegram.standing import Standing
from channels.telegram.transport import SlowDown
from core.company import Company

MOST_CONNECTIONS = 40
"""Updates that the platform may bring at the same time."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=5)

Sleep = Callable[[float], Awaitable[None]]
Scope = dict[str, object]


class Registration:
    """One round of introductions; done again from where it failed until all of it is done."""

    def __init__(
        self,
        platform: Platform,
        company: Company,
        *,
        standing: Standing,
        named: Callable[[str], None],
        moved: Callable[[int], Awaitable[None]],
        seated: Callable[[int, str], Awaitable[None]],
        staff_chat: Callable[[], int | None],
        webhook: tuple[str, str] | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`webhook` is the address and the secret, None where we poll.

        `named` is told our user name, `seated` the staff's group and its title, and `moved` the new id of
        that group if it got one while we were away.
        """
        self._platform, self._company, self._standing = platform, company, standing
        self._named, self._moved, self._seated = named, moved, seated
        self._staff_chat = staff_chat
        self._webhook, self._sleep = webhook, sleep

    async def run(self) -> None:
        """Return when the platform knows all of it; tried for ever, in the background."""
        steps = [
            self._learn_name,
            self._set_webhook,
            self._set_commands,
            self._meet_staff,
            self._set_staff_commands,
        ]
        pause = timedelta(0)
        while steps:
            try:
                await self._take(steps[0])
            except (TelegramError, TurnFailed) as failed:
                pause = min(max(pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
                self._say(steps[0].__name__.strip("_").replace("_", " "), failed)
                asked = failed.after if isinstance(failed, SlowDown) else timedelta(0)
                await self._sleep(max(pause, asked).total_seconds())
            else:
                del steps[0]
                pause = timedelta(0)
        self._standing.well("the platform knows us")

    async def _take(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except ChatMigrated as moved:
            await self._moved(moved.new_chat_id)
            await step()

    def _say(self, step: str, failed: TelegramError | TurnFailed) -> None:
        match failed:
            case InvalidToken() | EndPointNotFound():
                self._standing.trouble(
                    Health.PROBLEM,
                    "the platform does not know our token",
                    "Copy the token from BotFather into MENLING_TELEGRAM_TOKEN.",
                )
            case TurnFailed():
                self._standing.trouble(Health.WARNING, f"could not {step}: the database does not answer")
            case TelegramError(message=why):
                self._standing.trouble(Health.WARNING, f"could not {step}: {why}")

    async def _learn_name(self) -> None:
        self._named(await our_name(self._platform))

    async def _set_webhook(self) -> None:
        # At every start: the platform never tells which secret it has.
        if self._webhook:
            url, secret = self._webhook
            await self._platform.call(
                "setWebhook",
                url=url,
                secret_token=secret,
                allowed_updates=list(polling.KINDS),
                max_connections=MOST_CONNECTIONS,
            )

    async def _set_commands(self) -> None:
        await self._show(commands.CUSTOMERS, {"type": "all_private_chats"})

    async def _meet_staff(self) -> None:
        if (chat := self._staff_chat()) is not None:
            found = await self._platform.call("getChat", chat_id=chat)
            await self._seated(chat, str(found.get("title", chat)))

    async def _set_staff_commands(self) -> None:
        if (chat := self._staff_chat()) is not None:
            await self._show(commands.STAFF, {"type": "chat", "chat_id": chat})

    async def _show(self, names: tuple[str, ...], scope: Scope) -> None:
        """Show commands to everybody in their language; in the house language to those who speak another."""
        house, *_ = spoken = [tag for tag in self._company.languages if texts.closest(tag) == tag]
        for language, code in [(house, None), *((tag, tag[:2]) for tag in spoken)]:
            described = [
                {"command": name, "description": texts.say(language, f"telegram-command-{name}")}
                for name in names
            ]
            await self._platform.call("setMyCommands", commands=described, scope=scope, language_code=code)


async def our_name(platform: Platform) -> str:
    """Our user name, without the @. Raises TelegramError."""
    me = await platform.call("getMe")
    name = me.get("username") if isinstance(me, dict) else None
    if not isinstance(name, str):
        raise TelegramError("getMe gave no name")
    return name
