"""Telegram as a channel: what people write comes in by webhook or polling, what the bot says goes out."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace

from sqlalchemy import Engine
from starlette.routing import BaseRoute
from telegram.error import TelegramError

from bot.messages import Door, Outbound, Sender
from channels import stores
from channels.base import Check, Receive
from channels.gone import threaded
from channels.pace import Pace
from channels.telegram import checking, showing, updates, webhook
from channels.telegram.addresses import is_group
from channels.telegram.api import Api
from channels.telegram.files import Files
from channels.telegram.halls import Halls
from channels.telegram.intake import Intake, Memory
from channels.telegram.polling import Polling
from channels.telegram.record import Record
from channels.telegram.registering import Registration, Sleep
from channels.telegram.sending import Sending
from channels.telegram.standing import Standing
from channels.telegram.updates import Migrated, Us
from channels.transcriber import Transcriber
from core.company import Company
from core.correspondence import Purpose
from core.settings import Settings


class TelegramChannel:
    """One bot. `threads` takes the blocking work; `settings` must hold a token.

    `routes` comes before `run`, which must be running for anything to come in by polling.
    """

    name = updates.CHANNEL
    can = showing.CAN

    def __init__(
        self,
        settings: Settings,
        *,
        engine: Engine,
        company: Company,
        threads: Executor,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        assert settings.telegram_token is not None
        token = settings.telegram_token.get_secret_value()
        self.account = token.partition(":")[0]
        self._settings, self._company, self._threads, self._sleep = settings, company, threads, sleep
        self._api = Api(token, settings.telegram_api_url)
        record = self._record = Record(engine, stores.of(settings), company)
        us = Us(self.account, staff_chat=settings.telegram_staff_chat)
        self._intake = Intake(us, self._api, self._files(), self._memory(), company, unsure=self._look)
        pace = Pace(self.can.limits.pace, time.monotonic, is_group=is_group)
        self._sending = Sending(self._api, pace, record, threads, said_in_room=self._tidy, sleep=sleep)
        self._registering, self._polling = Standing("registration"), Standing("polling")
        self._gathering = Standing("staff chat")
        self._halls = self._keeper()

    def _files(self) -> Files:
        heard_by = self._settings.transcribe_command
        return Files(
            self._api,
            keep=threaded(self._record.threads, self._record.keep),
            transcriber=Transcriber(heard_by) if heard_by else None,
        )

    def _memory(self) -> Memory:
        return Memory(
            subject_of=threaded(self._threads, self._record.subject_of),
            language_of=threaded(self._threads, self._record.language),
            move=threaded(self._threads, self._record.move),
            adopt=threaded(self._threads, self._record.adopt_thread),
        )

    def _keeper(self) -> Halls:
        return Halls(
            self._api,
            self._sending.rooms,
            account=(self.name, self.account),
            chat=self._staff_chat,
            standing=self._gathering,
            works=threaded(self._threads, self._record.hall_works),
            fails=threaded(self._threads, self._record.hall_fails),
            vacant=threaded(self._threads, self._record.unseat_staff),
            unsettled=threaded(self._threads, self._record.unsettled),
        )

    @property
    def standing(self) -> Sequence[Check]:
        """How the channel does right now, as it found without asking again."""
        polls = self._settings.telegram_mode == "polling"
        others = [self._polling.check] if polls else []
        return [self._registering.check, self._gathering.check, *others]

    @property
    def door(self) -> Door | None:
        """A private chat with the bot; None until the platform has told us what it is called."""
        if not (name := self._intake.us.name):
            return None
        return Door(self.name, self.account, "door-telegram", f"https://t.me/{name}?start={{start}}")

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Where the platform brings updates; none where we ask for them."""
        self._receive = receive
        if self._settings.telegram_mode == "polling":
            return []

        async def take(raw: object) -> None:
            await self._intake.take(self._intake.read(raw), receive)

        return [webhook.route(self._settings.webhook_secret, take)]

    async def run(self) -> None:
        """Tell the platform about us and, where it cannot reach us, ask it for updates, until cancelled."""
        try:
            async with asyncio.TaskGroup() as running:
                running.create_task(self._registration().run())
                running.create_task(self._halls.run())
                if self._settings.telegram_mode == "polling":
                    running.create_task(self._poller().run())
                await asyncio.Event().wait()
        finally:
            await self._intake.finish()
            await self._api.close()

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Deliver one message; the id under which the platform's is kept. Raises `Undelivered`."""
        return await self._sending.send(to, message, purpose=purpose, replaces=replaces)

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Take the buttons off an answered question. Raises `Undelivered`."""
        await self._sending.close(to, shown, external_id, chosen=chosen)

    async def check(self) -> Sequence[Check]:
        """Ask the platform how things are, as `menling channels` shows it."""
        return await checking.checks(
            self._api, webhook=webhook_address(self._settings), staff_chat=self._settings.telegram_staff_chat
        )

    def _look(self) -> None:
        self._halls.look()

    def _tidy(self) -> None:
        self._halls.tidy()

    def _staff_chat(self) -> Sender | None:
        chat = self._intake.us.staff_chat
        return None if chat is None else Sender(self.name, self.account, str(chat))

    def _registration(self) -> Registration:
        address = webhook_address(self._settings)
        return Registration(
            self._api,
            self._company,
            standing=self._registering,
            named=self._is_called,
            moved=self._has_moved,
            seated=self._has_staff,
            staff_chat=lambda: self._intake.us.staff_chat,
            webhook=(address, self._settings.webhook_secret) if address else None,
            sleep=self._sleep,
        )

    def _poller(self) -> Polling:
        return Polling(
            self._api,
            read=self._intake.read,
            take=lambda read: self._intake.take(read, self._receive),
            standing=self._polling,
            sleep=self._sleep,
        )

    def _is_called(self, name: str) -> None:
        self._intake.us = replace(self._intake.us, name=name)

    async def _has_moved(self, new: int) -> None:
        """The staff's group got another id while we were away."""
        if (old := self._intake.us.staff_chat) is not None:
            await self._intake.move(Migrated(old, new))

    async def _has_staff(self, chat: int, title: str) -> None:
        await threaded(self._threads, self._record.seat_staff)(
            Sender(self.name, self.account, str(chat)), title
        )


def webhook_address(settings: Settings) -> str | None:
    """Where the platform should bring updates, if it should."""
    return f"{settings.public_url}{webhook.PATH}" if settings.telegram_mode == "webhook" else None


async def name(settings: Settings) -> str | None:
    """What the platform calls our bot, without the @; None when it does not say."""
    assert settings.telegram_token is not None
    api = Api(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        async with asyncio.timeout(checking.LONGEST):
            return str((await api.call("getMe")).get("username") or "") or None
    except (TelegramError, TimeoutError):
        return None
    finally:
        await api.close()


async def examine(settings: Settings) -> Sequence[Check]:
    """`TelegramChannel.check` without a database and without anything running."""
    assert settings.telegram_token is not None
    api = Api(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    address, staff_chat = webhook_address(settings), settings.telegram_staff_chat
    try:
        return await checking.checks(api, webhook=address, staff_chat=staff_chat)
    finally:
        await api.close()
