"""Asks the platform how things are, for whoever runs `menling channels`, and says what to do about it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime

from telegram.error import ChatMigrated, EndPointNotFound, InvalidToken, TelegramError

from channels.base import Check, Health
from channels.telegram.files import Platform

LONGEST = 15.0
"""Seconds that all of it may take."""
GIVE_RIGHT = "Make the bot an administrator of the group with the right to manage topics."
MANY_WAITING = 100
"""More updates than this waiting mean that we do not keep up, or are not running."""


async def checks(platform: Platform, *, webhook: str | None, staff_chat: int | None) -> Sequence[Check]:
    """Everything the platform can be asked; `webhook` is the address it should bring updates to, if any."""
    found: list[Check] = []
    try:
        async with asyncio.timeout(LONGEST):
            async for check in _every(platform, webhook, staff_chat):
                found.append(check)
    except TimeoutError:
        found.append(_unreachable("no answer in time"))
    except (InvalidToken, EndPointNotFound):  # how the library says 401 and 404
        advice = "Copy the token from BotFather into MENLING_TELEGRAM_TOKEN."
        found.append(Check(Health.PROBLEM, "the platform does not know our token", advice))
    except TelegramError as failed:
        found.append(_unreachable(failed.message))
    return found


async def _every(platform: Platform, webhook: str | None, staff_chat: int | None) -> AsyncIterator[Check]:
    me = await platform.call("getMe")
    yield Check(Health.OK, f"the bot is @{me.get('username')}, called {me.get('first_name')}")
    for check in _webhook(await platform.call("getWebhookInfo"), webhook):
        yield check
    if staff_chat is None:
        yield Check(Health.OK, "no staff chat is set (MENLING_TELEGRAM_STAFF_CHAT)")
        return
    yield await _staff_chat(platform, staff_chat, me.get("id"))
    if me.get("can_read_all_group_messages") is False:
        yield Check(
            Health.OK,
            "group privacy is on; as an administrator the bot hears the whole staff chat all the same",
        )


def may_manage_topics(member: Mapping[str, object]) -> bool:
    """Whether the bot, as this member of a forum, may make topics in it."""
    return member.get("status") == "creator" or bool(member.get("can_manage_topics"))


def _webhook(info: dict[str, object], wanted: str | None) -> Sequence[Check]:
    url, waiting = info.get("url") or "", info.get("pending_update_count", 0)
    found = []
    if wanted and url != wanted:
        advice = "`menling serve` sets it when it starts; is it running, and does its log say why not?"
        there = f"is {url}, not {wanted}" if url else "is not set"
        found.append(Check(Health.PROBLEM, f"the webhook {there}", advice))
    elif wanted:
        found.append(Check(Health.OK, f"the webhook is {url}"))
    elif url:
        advice = "`menling serve` takes it away when it starts. If another program set it, it has our token."
        found.append(Check(Health.WARNING, f"we poll, but there is a webhook: {url}", advice))
    if isinstance(waiting, int) and waiting > MANY_WAITING:
        advice = "Is `menling serve` running? If it is, its log says why it does not keep up."
        found.append(Check(Health.WARNING, f"{waiting} updates wait to be taken", advice))
    else:
        found.append(Check(Health.OK, f"{waiting} updates wait to be taken"))
    if wanted and (failed := info.get("last_error_message")):
        when = datetime.fromtimestamp(float(str(info.get("last_error_date", 0))), UTC)
        advice = (
            "The platform could not bring an update. Look whether MENLING_PUBLIC_URL can be reached from"
            " outside, its certificate is valid, and /hooks/telegram is passed on. An old one needs nothing."
        )
        found.append(
            Check(Health.WARNING, f"the last error was at {when:%Y-%m-%d %H:%M} UTC: {failed}", advice)
        )
    return found


async def _staff_chat(platform: Platform, chat: int, us: object) -> Check:
    try:
        found = await platform.call("getChat", chat_id=chat)
        is_forum = found.get("is_forum")
        member = await platform.call("getChatMember", chat_id=chat, user_id=us) if is_forum else {}
    except ChatMigrated as moved:
        advice = f"Set MENLING_TELEGRAM_STAFF_CHAT={moved.new_chat_id}."
        return Check(Health.WARNING, f"the staff chat {chat} has become {moved.new_chat_id}", advice)
    except (InvalidToken, EndPointNotFound):
        raise
    except TelegramError as failed:
        advice = "Put the bot into the group, and its id into MENLING_TELEGRAM_STAFF_CHAT."
        return Check(Health.PROBLEM, f"the staff chat {chat} cannot be reached: {failed.message}", advice)
    title = found.get("title") or chat
    if found.get("type") == "private":
        advice = "Make a group for the staff, put the bot into it, and set the group's id."
        return Check(Health.PROBLEM, f"the staff chat {chat} is a person, not a group", advice)
    if is_forum and not may_manage_topics(member):
        return Check(Health.WARNING, f"the bot may not manage topics in the staff chat {title}", GIVE_RIGHT)
    if is_forum:
        return Check(Health.OK, f"the staff chat is {title}, with topics")
    advice = "Switch topics on in the group's settings, so that every case gets one of its own."
    return Check(Health.WARNING, f"the staff chat is {title}, without topics", advice)


def _unreachable(why: str) -> Check:
    advice = (
        "Look whether MENLING_TELEGRAM_API_URL can be reached from this machine. Where the platform is"
        " blocked, a Bot API server of your own or a proxy in front of it helps."
    )
    return Check(Health.PROBLEM, f"the platform cannot be reached: {why}", advice)
