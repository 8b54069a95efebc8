"""Telling the platform who we are, asking it how things are, and going on when a group gets another id."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine

from bot import texts
from bot.turn import Unavailable
from channels.base import Check, Health
from channels.telegram import commands
from channels.telegram.api import Api
from channels.telegram.channel import examine
from channels.telegram.registering import MOST_CONNECTIONS, Registration
from channels.telegram.standing import Standing
from core import identities, staff
from core.company import Company
from core.database import transaction
from core.identities import Role
from tests.channels.house import PNG, until
from tests.channels.telegram import house as telegram_house
from tests.channels.telegram.house import ACCOUNT, STAFF, TOKEN, opened, settings_for
from tests.conftest import Moment
from tests.doubles.telegram import Double, shelf

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HOOK = "https://home.example/hooks/telegram"


@pytest.fixture
async def api(double: Double) -> AsyncIterator[Api]:
    api = Api(TOKEN, double.url)
    yield api
    await api.close()


class Newcomer:
    """A bot that introduces itself, and what it learns of it."""

    def __init__(
        self, api: Api, company: Company, *, staff_chat: int | None = None, webhook: bool = False
    ) -> None:
        self.names: list[str] = []
        self.pauses: list[float] = []
        self.groups: list[tuple[int, str]] = []
        self.staff_chat = staff_chat
        self.database_fails = 0
        self.standing = Standing("registration")
        self.registration = Registration(
            api,
            company,
            standing=self.standing,
            named=self.names.append,
            moved=self.moved,
            seated=self.seated,
            staff_chat=lambda: self.staff_chat,
            webhook=(HOOK, "a-secret") if webhook else None,
            sleep=self.sleep,
        )

    async def moved(self, new: int) -> None:
        if self.database_fails:
            self.database_fails -= 1
            raise Unavailable
        self.staff_chat = new

    async def seated(self, chat: int, title: str) -> None:
        self.groups.append((chat, title))

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def test_we_learn_our_name_and_show_what_may_be_asked_in_every_language(
    api: Api, double: Double, company: Company
) -> None:
    double.group(STAFF, forum=True)
    newcomer = Newcomer(api, company, staff_chat=STAFF)
    await newcomer.registration.run()
    assert (newcomer.names, newcomer.groups) == (["menling_bot"], [(STAFF, "Staff")])
    assert newcomer.standing.check.health is Health.OK
    shown = {
        tag: double.commands_for(double.person(number, language_code=tag))
        for number, tag in enumerate(("zh-hans", "en-GB", "fr"), start=50)
    }
    assert [one["command"] for one in shown["en-GB"]] == list(commands.CUSTOMERS)
    assert shown["en-GB"][0]["description"] == texts.say("en", "telegram-command-book")
    assert shown["zh-hans"][0]["description"] == texts.say("zh-CN", "telegram-command-book")
    assert shown["fr"] == shown["zh-hans"]  # the company's first language
    in_group = double.commands_for(double.person(50), double.groups[STAFF])
    assert [one["command"] for one in in_group] == list(commands.STAFF)
    assert double.counts["setWebhook"] == 0


async def test_the_webhook_is_set_with_the_secret_at_every_start(
    api: Api, double: Double, company: Company
) -> None:
    for _ in range(2):
        await Newcomer(api, company, webhook=True).registration.run()
    first, second = (call.params for call in double.calls if call.method == "setWebhook")
    assert first == second
    assert first == {
        "url": HOOK,
        "secret_token": "a-secret",
        "max_connections": MOST_CONNECTIONS,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"],
    }


async def test_what_fails_is_tried_again_from_where_it_failed(
    api: Api, double: Double, company: Company
) -> None:
    double.fail_next("setMyCommands", 502, times=3)
    double.fail_next("setMyCommands", 429, retry_after=40)
    newcomer = Newcomer(api, company)
    with structlog.testing.capture_logs() as told:
        await newcomer.registration.run()
    assert newcomer.pauses == [1, 2, 4, 40]
    assert (double.counts["getMe"], double.counts["setMyCommands"]) == (1, 4 + 3)
    assert newcomer.standing.check.health is Health.OK
    assert [one["event"] for one in told][-1] == "telegram.well_again"


async def test_a_group_that_moved_while_we_were_away_is_followed(
    api: Api, double: Double, company: Company
) -> None:
    old, by = double.group(-77), double.person(5)
    await old.migrates(-1000077, by)
    newcomer = Newcomer(api, company, staff_chat=-77)
    newcomer.database_fails = 2
    await newcomer.registration.run()
    assert newcomer.staff_chat == -1000077
    assert newcomer.pauses == [1, 2]
    assert double.commands_for(by, double.groups[-1000077])


async def test_the_staffs_group_speaks_for_staff_and_is_told_what_staff_are_told(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> None:
    telegram_house.furnish(engine, company, moment)
    group, mei = double.group(STAFF, "Anxin staff", forum=True), double.person(5, started=True)
    for _ in range(2):  # starting again changes nothing
        async with opened(engine, company, double, tmp_path, telegram_staff_chat=STAFF):
            pass
    async with opened(engine, company, double, tmp_path, telegram_staff_chat=STAFF):
        await mei.says("/person")
        await mei.hears(1)
        await mei.says("转人工")
        await double.person(6, "Jo").hears(1, in_=group)
    with transaction(engine) as session:
        assert [member.name for member in staff.on_duty(session)] == ["周敏", "Anxin staff"]


async def test_everything_of_the_staffs_group_moves_with_it(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> None:
    telegram_house.furnish(engine, company, moment, staff_chat=-77)
    group, jo = double.group(-77), double.person(5, "Jo", language_code="en")
    async with opened(engine, company, double, tmp_path, telegram_staff_chat=-77) as house:
        await jo.says("/desk", in_=group)
        [told] = await jo.hears(1, in_=group)
        picture = {"photo": shelf.photo(double.shelf.put("photo", PNG)), "caption": "@menling_bot look"}
        mention = {"type": "mention", "offset": 0, "length": 12}
        await jo.sends(picture | {"caption_entities": [mention]}, in_=group)
        await jo.hears(1, in_=group)
        moved = await group.migrates(-1000077, jo)
        await jo.says("/desk", in_=moved)
        [again] = await jo.hears(1, in_=moved)
        assert again.text == told.text
        with transaction(engine) as session:
            assert identities.find(session, "telegram", ACCOUNT, "-77") is None
            known = identities.find(session, "telegram", ACCOUNT, "-1000077")
            assert known is not None
            assert known.role is Role.STAFF
        assert [kept.user for kept in house.media()] == ["-1000077"]


def summary(checks: Iterable[Check]) -> list[tuple[Health, str]]:
    return [(check.health, check.found) for check in checks]


async def test_a_healthy_bot_has_nothing_to_complain_of(double: Double, tmp_path: Path) -> None:
    double.group(STAFF, "Staff", forum=True)
    checks = await examine(settings_for(tmp_path, double, telegram_staff_chat=STAFF))
    assert summary(checks) == [
        (Health.OK, "the bot is @menling_bot, called Menling"),
        (Health.OK, "0 updates wait to be taken"),
        (Health.OK, "the staff chat is Staff, with topics"),
    ]
    assert not any(check.advice for check in checks)


async def worst(double: Double, folder: Path, **changes: object) -> Check:
    """The one check that is not well."""
    checks = await examine(settings_for(folder, double, **changes))
    [bad] = [check for check in checks if check.health is not Health.OK]
    assert bad.advice
    return bad


async def test_a_webhook_that_is_not_ours_is_noticed(double: Double, api: Api, tmp_path: Path) -> None:
    wanted = {"telegram_mode": "webhook", "public_url": "https://home.example"}
    assert (await worst(double, tmp_path, **wanted)).found == "the webhook is not set"
    await api.call("setWebhook", url="https://elsewhere.example/x")
    assert (await worst(double, tmp_path, **wanted)).found.endswith(f"elsewhere.example/x, not {HOOK}")
    assert (await worst(double, tmp_path)).health is Health.WARNING


async def test_the_webhooks_last_error_and_what_waits_are_told(
    double: Double, api: Api, tmp_path: Path
) -> None:
    await api.call("setWebhook", url="http://127.0.0.1:9/hooks/telegram")
    mei = double.person(5, started=True)
    await mei.says("hello")
    await until(lambda: double.webhook.last_error is not None)
    settings = {"telegram_mode": "webhook", "public_url": "http://127.0.0.1:9"}
    error = await worst(double, tmp_path, **settings)
    assert error.found.startswith("the last error was at 2026-11-23 01:00 UTC: ")
    assert "MENLING_PUBLIC_URL" in error.advice
    await api.call("deleteWebhook")
    for number in range(150):
        await double.person(100 + number, started=True).says("hello")
    assert (await worst(double, tmp_path)).found == "151 updates wait to be taken"


@pytest.mark.parametrize(
    ("chat", "found", "health"),
    [
        (-5, "cannot be reached: Chat not found", Health.PROBLEM),
        (5, "is a person, not a group", Health.PROBLEM),
        (-1000001, "the staff chat is Plain, without topics", Health.WARNING),
        (-77, "the staff chat -77 has become -1000077", Health.WARNING),
    ],
)
async def test_a_staff_chat_that_will_not_do_is_explained(
    double: Double, tmp_path: Path, chat: int, found: str, health: Health
) -> None:
    mei = double.person(5, started=True)
    double.group(-1000001, "Plain")
    await double.group(-77).migrates(-1000077, mei)
    checks = await examine(settings_for(tmp_path, double, telegram_staff_chat=chat))
    bad = next(check for check in checks if "staff chat" in check.found)
    assert bad.found.endswith(found)
    assert bad.health is health


async def test_a_wrong_token_is_explained_and_not_shown(double: Double, tmp_path: Path) -> None:
    bad = await worst(double, tmp_path, telegram_token="123456:hunter2")  # noqa: S106 - nobody's
    assert (bad.health, bad.found) == (Health.PROBLEM, "the platform does not know our token")
    assert "hunter2" not in str(bad)


async def test_a_platform_that_is_not_there_is_explained(tmp_path: Path, double: Double) -> None:
    bad = await worst(double, tmp_path, telegram_api_url="http://127.0.0.1:9")
    assert bad.found.startswith("the platform cannot be reached")
    assert TOKEN not in str(bad)


@on_sqlite
async def test_a_service_whose_platform_is_away_starts_and_stops_all_the_same(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> None:
    double.hang_next(seconds=1000, times=100)
    for mode in ("webhook", "polling"):
        async with opened(engine, company, double, tmp_path, mode=mode, wait=False) as house:
            async with asyncio.timeout(5):
                reader, writer = await asyncio.open_connection(*house.url.removeprefix("http://").split(":"))
                writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
                assert b"200" in await reader.readline()
                writer.close()
