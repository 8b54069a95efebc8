"""How updates reach a bot: polling, the webhook, its queues, its patience."""

import asyncio
from collections import Counter
from itertools import chain

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict

from tests.doubles.clock import Clock
from tests.doubles.conftest import Client, Listener
from tests.doubles.telegram import Double, Person


def keys(*labels: str) -> dict:
    return {"inline_keyboard": [[{"text": label, "callback_data": label}] for label in labels]}


async def hook(call: Client, listener: Listener, **more: object) -> None:
    assert (await call("setWebhook", url=listener.url, **more)).result is True


async def test_a_poll_takes_what_is_there_and_confirms_what_it_has(bot: Bot, alice: Person) -> None:
    for text in ("one", "two", "three"):
        await alice.says(text)
    first = await bot.get_updates(limit=2)
    assert [update.message.text for update in first] == ["one", "two"]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in rest] == ["three"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()


async def test_a_negative_offset_keeps_only_the_last(call: Client, alice: Person) -> None:
    for text in ("one", "two", "three"):
        await alice.says(text)
    assert [update["message"]["text"] for update in (await call("getUpdates", offset=-1)).result] == ["three"]


async def test_a_poll_wakes_when_something_happens(call: Client, alice: Person, clock: Clock) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=50))
    await clock.until_asleep()
    await alice.says("hello")
    assert [update["message"]["text"] for update in (await polling).result] == ["hello"]
    assert clock.pauses == []


async def test_a_poll_ends_empty_when_its_time_is_over(call: Client, clock: Clock) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=50))
    await clock.until_asleep()
    clock.forward(seconds=50)
    assert (await polling).result == []


async def test_the_second_poll_ends_the_first(call: Client, bot: Bot, clock: Clock, alice: Person) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=50))
    await clock.until_asleep()
    await bot.get_updates(timeout=0)
    assert (await first).refusal == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_a_webhook_and_polling_exclude_each_other(
    call: Client, bot: Bot, clock: Clock, listener: Listener
) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=50))
    await clock.until_asleep()
    await hook(call, listener)
    assert (await polling).refusal == (409, "Conflict: terminated by setWebhook request")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert (await call("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert await bot.get_updates() == ()


async def test_the_webhook_brings_updates_with_the_secret(
    call: Client, listener: Listener, double: Double, alice: Person
) -> None:
    await alice.says("before")
    await hook(call, listener, **{"secret_token": "S3cret_-"})
    await alice.says("after")
    await double.quiet()
    assert listener.texts == ["before", "after"]
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in listener.headers} == {"S3cret_-"}
    assert {headers["Content-Type"] for headers in listener.headers} == {"application/json"}
    assert (await call("getWebhookInfo")).result["pending_update_count"] == 0


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"url": "http://menling.example/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "nonsense"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"secret_token": "秘密"}, "secret token contains unallowed characters"),
        ({"max_connections": 101}, "max_connections must be between 1 and 100"),
    ],
)
async def test_a_webhook_is_checked(params: dict, why: str, call: Client, listener: Listener) -> None:
    reply = await call("setWebhook", **{"url": listener.url, **params})
    assert reply.refusal == (400, f"Bad Request: {why}")


async def test_failures_are_tried_again_at_once_and_then_ever_more_slowly(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    await hook(call, listener)
    listener.fail(*[500] * 9)
    await alice.says("hello")
    waited = []
    for _ in range(8):
        await double.quiet()
        waited += clock.pauses
        clock.forward(seconds=clock.pauses[0])
    await double.quiet()
    assert waited[:6] == [2, 4, 8, 16, 32, pytest.approx(62, abs=2)]
    assert all(60 <= pause <= 120 for pause in waited[6:])
    assert listener.texts == ["hello"] * 10
    info = (await call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 0


async def test_the_bot_may_say_when_to_try_again(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    await hook(call, listener)
    listener.answers.append(web.Response(status=503, headers={"Retry-After": "90"}))
    listener.answers.append(web.Response(status=503, headers={"Retry-After": "9000"}))
    await alice.says("hello")
    await double.quiet()
    assert clock.pauses == [90]
    clock.forward(seconds=90)
    await double.quiet()
    assert clock.pauses == [3600]


async def test_a_bot_that_is_down_gets_everything_in_order_when_it_is_back(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    up = listener.url
    listener.url = "http://127.0.0.1:9/hook"
    await hook(call, listener)
    for text in ("one", "two"):
        await alice.says(text)
    await double.quiet()
    assert double.statistics()["updates"]["failed"] == 2
    await call("setWebhook", url=up)
    await double.quiet()
    assert listener.texts == ["one", "two"]


async def test_one_chat_that_fails_holds_up_no_other_and_no_presses(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    await call("sendMessage", chat_id=42, text="?", reply_markup=keys("yes"))
    await hook(call, listener)
    listener.fail(500, 500)
    await alice.says("one")
    await double.quiet()
    await alice.says("two")
    await alice.taps("yes")
    await double.person(43, "Bob").says("hello")
    await double.quiet()
    assert listener.texts == ["one", "one", "hello"]
    assert [update["callback_query"]["data"] for update in listener.got if "callback_query" in update] == [
        "yes"
    ]
    clock.forward(seconds=2)
    await double.quiet()
    assert listener.texts[-2:] == ["one", "two"]


async def test_presses_live_150_seconds_and_messages_a_day(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    await call("sendMessage", chat_id=42, text="?", reply_markup=keys("yes"))
    await alice.taps("yes")
    await alice.says("hello")
    clock.forward(seconds=151)
    [update] = (await call("getUpdates")).result
    assert update["message"]["text"] == "hello"
    clock.forward(hours=24)
    await hook(call, listener)
    await double.quiet()
    assert listener.got == []
    assert double.statistics()["updates"]["expired"] == 2


async def test_an_address_that_is_gone_for_23_hours_is_given_up(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    await hook(call, listener)
    for _ in range(4):
        listener.answers.append(web.Response(status=410, headers={"Retry-After": "3600"}))
    await alice.says("hello")
    await double.quiet()
    for _ in range(2):
        clock.forward(hours=1)
        await double.quiet()
    assert (await call("getWebhookInfo")).result["url"] == listener.url
    clock.forward(hours=21)
    while (await call("getWebhookInfo")).result["url"]:
        await double.quiet()
    assert [update["message"]["text"] for update in (await call("getUpdates")).result] == ["hello"]


async def test_so_many_chats_at_once_and_no_more(call: Client, double: Double) -> None:
    together, third, gate = 0, asyncio.Event(), asyncio.Event()

    async def slow(request: web.BaseRequest) -> web.Response:
        nonlocal together
        together += 1
        if together == 3:
            third.set()
        await gate.wait()
        return web.Response()

    runner = web.ServerRunner(web.Server(slow), shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/", max_connections=3)
    for _ in range(10):
        await double.person().says("hello")
    await third.wait()
    for _ in range(5):
        await call("getMe")
    at_once = together
    gate.set()
    await double.quiet()
    await runner.cleanup()
    assert (at_once, together) == (3, 10)


@pytest.mark.parametrize("kind", ["json", "form"])
async def test_a_method_in_the_answer_is_carried_out(
    kind: str, call: Client, listener: Listener, double: Double, alice: Person
) -> None:
    await hook(call, listener)
    if kind == "json":
        answer = web.json_response({"method": "sendMessage", "chat_id": 42, "text": "hi"})
    else:
        form = "application/x-www-form-urlencoded"
        answer = web.Response(text="method=sendMessage&chat_id=42&text=hi", content_type=form)
    listener.answers.append(answer)
    await alice.says("hello")
    await double.quiet()
    assert [seen.text for seen in alice.screen] == ["hello", "hi"]
    assert double.calls[-1].method == "sendMessage"


@pytest.mark.parametrize("said", ["ok", '"ok"', "{", '{"method": 1}', '{"method": "sendMessage"}'])
async def test_whatever_else_is_answered_does_no_harm(
    said: str, call: Client, listener: Listener, double: Double, alice: Person
) -> None:
    await hook(call, listener)
    listener.answers.append(web.Response(text=said, content_type="application/json"))
    await alice.says("one")
    await alice.says("two")
    await double.quiet()
    assert listener.texts == ["one", "two"]


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook", "getMe"])
async def test_some_methods_cannot_stand_in_the_answer(
    method: str, call: Client, listener: Listener, double: Double, alice: Person
) -> None:
    await hook(call, listener)
    listener.answers.append(web.json_response({"method": method}))
    await alice.says("hello")
    await double.quiet()
    assert double.counts == {"setWebhook": 1}
    assert double.webhook.url == listener.url


async def test_an_update_can_be_delivered_again_many_times_at_once(
    call: Client, listener: Listener, double: Double, alice: Person
) -> None:
    await hook(call, listener)
    said = await alice.says("hello")
    await double.quiet()
    assert await double.redeliver(said.update_id, times=10, at_once=True) == [200] * 10
    assert await double.redeliver(said.update_id) == [200]
    assert {update["update_id"] for update in listener.got} == {said.update_id}
    assert len(listener.got) == 12


async def test_without_a_webhook_it_is_polled_again(call: Client, double: Double, alice: Person) -> None:
    said = await alice.says("hello")
    await call("getUpdates", offset=said.update_id + 1)
    await double.redeliver(said.update_id)
    assert [update["update_id"] for update in (await call("getUpdates")).result] == [said.update_id]


async def test_only_what_is_wanted_is_stored(call: Client, double: Double, alice: Person) -> None:
    said = await alice.says("one")
    assert (await alice.reacts(said.message_id, "👍")).update_id == 0
    await call("getUpdates", allowed_updates=["message_reaction"])
    assert (await alice.says("two")).update_id == 0
    reacted = await alice.reacts(said.message_id, "❤")
    await call("getUpdates")
    assert double.updates.allowed == ["message_reaction"]
    assert (await call("getUpdates", offset=-1)).result[0]["update_id"] == reacted.update_id


async def test_what_waits_can_be_dropped(
    call: Client, listener: Listener, double: Double, alice: Person
) -> None:
    await alice.says("old")
    await hook(call, listener, drop_pending_updates=True)
    await alice.says("new")
    await double.quiet()
    assert listener.texts == ["new"]


async def test_setting_the_same_webhook_again_makes_nothing_faster(
    call: Client, listener: Listener, double: Double, alice: Person, clock: Clock
) -> None:
    await hook(call, listener)
    listener.fail(500, 500)
    await alice.says("hello")
    await double.quiet()
    again = await call("setWebhook", url=listener.url)
    assert again.body["description"] == "Webhook is already set"
    assert clock.pauses == [2]


async def test_every_update_is_one_the_library_understands(
    call: Client, listener: Listener, double: Double, alice: Person, bot: Bot
) -> None:
    await hook(call, listener, allowed_updates=["message", "my_chat_member", "message_reaction"])
    said = await alice.says("hello")
    await alice.reacts(said.message_id, "👍")
    await alice.blocks()
    await alice.starts("token")
    await double.quiet()
    updates = [Update.de_json(update, bot) for update in listener.got]
    kinds = chain.from_iterable(update.to_dict() for update in updates)
    assert Counter(kinds) == {"update_id": 5, "message": 2, "message_reaction": 1, "my_chat_member": 2}
    blocked, unblocked = (update.my_chat_member for update in updates if update.my_chat_member)
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    assert (unblocked.old_chat_member.status, unblocked.new_chat_member.status) == ("kicked", "member")
