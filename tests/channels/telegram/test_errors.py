from datetime import timedelta

import pytest
from telegram.error import TelegramError

from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    Moved,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.telegram.api import Api
from channels.telegram.errors import Remedy, meaning
from tests.channels.scripted import CUT, HALF, serving
from tests.channels.telegram.server import TOKEN, Server


async def failure(api: Api) -> TelegramError:
    with pytest.raises(TelegramError) as failed:
        await api.call("sendMessage", chat_id=42, text="您好")
    return failed.value


@pytest.mark.parametrize(
    ("status", "description", "meant"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (403, "Forbidden: bot was kicked from the group chat", Unreachable),
        (403, "Forbidden: bot was kicked from the supergroup chat", Unreachable),
        (403, "Forbidden: bot can't initiate conversation with a user", Unreachable),
        (403, "Forbidden: bot can't send messages to bots", Unreachable),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: CHAT NOT FOUND", Unreachable),
        (400, "Bad Request: user not found", Unreachable),
        (400, "Bad Request: group chat was deactivated", Unreachable),
        (400, "Bad Request: not enough rights to send text messages to the chat", Unreachable),
        (400, "Bad Request: have no rights to send a message", Unreachable),
        (400, "Bad Request: PEER_ID_INVALID", Unreachable),
        (400, "Bad Request: INPUT_USER_DEACTIVATED", Unreachable),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Unreachable),
        (400, "Bad Request: message is too long", ContentRefused),
        (400, "Bad Request: message text is empty", ContentRefused),
        (400, "Bad Request: reply markup is too long", ContentRefused),
        (400, "Bad Request: BUTTON_DATA_INVALID", ContentRefused),
        (400, "Bad Request: SOMETHING_NEW_INVALID", ContentRefused),
        (400, "", ContentRefused),
        (400, "Bad Request: not enough rights to create a topic", Misconfigured),
        (400, "Bad Request: the chat is not a forum", Misconfigured),
        (400, "Bad Request: CHAT_ADMIN_REQUIRED", Misconfigured),
        (400, "Bad Request: TOPIC_CLOSED", Misconfigured),
        (401, "Unauthorized", Misconfigured),
        (404, "Not Found", Misconfigured),
        (409, "Conflict: terminated by other getUpdates request", Misconfigured),
        (409, "Conflict: can't use getUpdates method while webhook is active", Misconfigured),
        (500, "Internal Server Error", OutcomeUnknown),
        (502, "Bad Gateway", OutcomeUnknown),
        (504, "Gateway Timeout", OutcomeUnknown),
    ],
)
async def test_each_refusal_says_what_becomes_of_the_message(
    api: Api, server: Server, status: int, description: str, meant: type[Undelivered]
) -> None:
    server.refuse(status, description)

    assert type(meaning(await failure(api))) is meant


@pytest.mark.parametrize(
    ("description", "remedy"),
    [
        (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message",
            Remedy.DONE,
        ),
        (
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
            Remedy.DONE,
        ),
        ("Bad Request: QUERY_ID_INVALID", Remedy.DONE),
        ("Bad Request: message to edit not found", Remedy.ANEW),
        ("Bad Request: message can't be edited", Remedy.ANEW),
        ("Bad Request: MESSAGE_ID_INVALID", Remedy.ANEW),
        ("Bad Request: can't parse entities: Unexpected end tag at byte offset 3", Remedy.PLAIN),
        ("Bad Request: message thread not found", Remedy.TOPIC),
        ("Bad Request: TOPIC_DELETED", Remedy.TOPIC),
        ("Bad Request: TOPIC_ID_INVALID", Remedy.TOPIC),
    ],
)
async def test_some_refusals_can_be_mended_at_once(
    api: Api, server: Server, description: str, remedy: Remedy
) -> None:
    server.refuse(400, description)

    assert meaning(await failure(api)) is remedy


async def test_the_platforms_own_words_are_kept_for_staff(api: Api, server: Server) -> None:
    server.refuse(403, "Forbidden: bot was blocked by the user")

    assert str(meaning(await failure(api))) == "bot was blocked by the user"


async def test_a_throttle_says_how_long_to_wait_and_a_little_more(api: Api, server: Server) -> None:
    server.refuse(429, "Too Many Requests: retry after 35", {"Retry-After": "35"}, retry_after=35)

    later = meaning(await failure(api), whole=True, jitter=timedelta(seconds=0.5))

    assert isinstance(later, TryLater)
    assert (later.after, later.whole) == (timedelta(seconds=35.5), True)


async def test_a_group_that_was_upgraded_has_another_address(api: Api, server: Server) -> None:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    server.refuse(400, description, migrate_to_chat_id=-1001234567890)

    moved = meaning(await failure(api))

    assert isinstance(moved, Moved)
    assert moved.user == "-1001234567890"


@pytest.mark.parametrize("status", [200, 302, 400, 403, 409, 413, 502])
async def test_what_only_stands_before_the_platform_speaks_for_nobody(
    api: Api, server: Server, status: int
) -> None:
    server.answer(status, "<html>nginx</html>")

    assert isinstance(meaning(await failure(api)), OutcomeUnknown)


@pytest.mark.parametrize("status", [401, 404])
async def test_an_address_without_a_bot_api_is_a_wrong_setting(api: Api, server: Server, status: int) -> None:
    server.answer(status, "<html>nothing here</html>")

    assert isinstance(meaning(await failure(api)), Misconfigured)


@pytest.mark.parametrize("how", [CUT, HALF])
async def test_what_broke_off_may_have_arrived(api: Api, server: Server, how: str) -> None:
    server.fail(how)

    assert isinstance(meaning(await failure(api)), OutcomeUnknown)


async def test_what_found_nobody_was_not_sent() -> None:
    async with serving(Server()) as gone:
        api = Api(TOKEN, gone.base)
    assert isinstance(meaning(await failure(api)), Down)
    await api.close()
