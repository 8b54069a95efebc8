"""What goes wrong: too fast, out of reach, lost on the way."""

import asyncio

import aiohttp
import pytest
import telegram
from telegram import Bot

from tests.doubles.clock import Clock
from tests.doubles.conftest import Client
from tests.doubles.telegram import Double, Person, Rates

STAFF = -1001


async def test_one_chat_gets_a_short_burst_and_then_one_a_second(
    call: Client, alice: Person, clock: Clock
) -> None:
    for _ in range(5):
        assert (await call("sendMessage", chat_id=42, text="x")).status == 200
    refused = await call("sendMessage", chat_id=42, text="x")
    assert refused.refusal == (429, "Too Many Requests: retry after 1")
    assert refused.body["parameters"] == {"retry_after": 1}
    assert refused.headers["Retry-After"] == "1"
    clock.forward(seconds=1)
    assert (await call("sendMessage", chat_id=42, text="x")).status == 200
    assert (await call("sendMessage", chat_id=42, text="x")).status == 429


async def test_a_group_gets_twenty_a_minute(call: Client, double: Double, clock: Clock) -> None:
    double.group(STAFF)
    for _ in range(20):
        assert (await call("sendMessage", chat_id=STAFF, text="x")).status == 200
    assert (await call("sendMessage", chat_id=STAFF, text="x")).body["parameters"] == {"retry_after": 3}
    clock.forward(seconds=3)
    assert (await call("sendMessage", chat_id=STAFF, text="x")).status == 200


async def test_a_bot_gets_thirty_a_second(call: Client, double: Double) -> None:
    people = [double.person(started=True) for _ in range(31)]
    statuses = [(await call("sendMessage", chat_id=person.id, text="x")).status for person in people]
    assert statuses == [200] * 30 + [429]


async def test_rates_can_be_chosen_or_left_out() -> None:
    async with Double(rates=Rates(chat_burst=1)) as double, aiohttp.ClientSession() as session:
        alice, call = double.person(started=True), Client(session, double)
        statuses = [(await call("sendMessage", chat_id=alice.id, text="x")).status for _ in range(2)]
        double.strict = False
        statuses += [(await call("sendMessage", chat_id=alice.id, text="x")).status for _ in range(9)]
    assert statuses == [200, 429] + [200] * 9


async def test_trouble_comes_when_it_is_ordered(call: Client, alice: Person, double: Double) -> None:
    double.fail_next("sendMessage", 429, retry_after=7)
    double.fail_next("sendMessage", 400, "Bad Request: PEER_ID_INVALID", chat_id=43)
    first = await call("sendMessage", chat_id=42, text="x")
    assert (first.refusal, first.headers["Retry-After"]) == ((429, "Too Many Requests: retry after 7"), "7")
    assert (await call("sendMessage", chat_id=42, text="y")).status == 200
    assert [seen.text for seen in alice.screen] == ["y"]


async def test_a_gateway_answers_with_something_that_is_not_json(
    bot: Bot, alice: Person, double: Double
) -> None:
    double.fail_next("sendMessage", 502, body="<html>bad gateway</html>")
    with pytest.raises(telegram.error.NetworkError, match="Bad Gateway"):
        await bot.send_message(42, "x")
    assert alice.screen == []


@pytest.mark.parametrize("done", [False, True])
async def test_a_lost_connection_leaves_the_outcome_unknown(
    done: bool, bot: Bot, alice: Person, double: Double
) -> None:
    double.drop_next("sendMessage", done=done)
    with pytest.raises(telegram.error.NetworkError):
        await bot.send_message(42, "x")
    assert len(alice.screen) == done
    await bot.send_message(42, "y")
    assert alice.screen[-1].text == "y"


async def test_a_call_can_hang(call: Client, alice: Person, double: Double, clock: Clock) -> None:
    double.hang_next("sendMessage", seconds=30)
    sending = asyncio.create_task(call("sendMessage", chat_id=42, text="x"))
    await clock.until_asleep()
    assert alice.screen == []
    clock.forward(seconds=30)
    assert (await sending).status == 200


async def test_stopping_cuts_off_what_hangs(clock: Clock) -> None:
    async with aiohttp.ClientSession() as session:
        async with Double(now=clock.now, sleep=clock.sleep) as double:
            double.hang_next(seconds=3600)
            hanging = asyncio.create_task(Client(session, double)("getMe"))
            await clock.until_asleep()
        with pytest.raises(aiohttp.ClientError):
            await hanging


async def test_people_who_are_out_of_reach(call: Client, double: Double, alice: Person) -> None:
    stranger, gone = double.person(43), double.person(44, started=True)
    await gone.deactivates()
    await alice.blocks()
    for number, why in [
        (stranger.id, "bot can't initiate conversation with a user"),
        (gone.id, "user is deactivated"),
        (42, "bot was blocked by the user"),
    ]:
        assert (await call("sendMessage", chat_id=number, text="x")).refusal == (403, f"Forbidden: {why}")
