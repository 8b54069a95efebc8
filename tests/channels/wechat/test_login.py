"""Web login: a page inside WeChat finds out whose it is, and nobody is ever taken for somebody else."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine
from sqlmodel import select

from channels.gone import Gone
from channels.wechat import record
from core import bindings, identities
from core.bindings import Merge
from core.company import Company
from core.correspondence import Direction, Message
from core.customers import Customer
from core.database import transaction
from core.identities import Identity
from core.logins import Login
from tests.channels.wechat.house import House, opened
from tests.conftest import Moment
from tests.doubles.wechat import Double, Person

WECHAT = "Mozilla/5.0 (iPhone) AppleWebKit/605.1 Mobile/15E148 MicroMessenger/8.0.50 Language/zh_CN"
SECRET = re.compile(r"0123456789abcdef0123456789abcdef")
LABEL = "这是我的微信"


@pytest.fixture
def changes(double: Double) -> dict[str, object]:
    return {"wechat_open_url": double.url}


@asynccontextmanager
async def browser(house: House, agent: str = WECHAT) -> AsyncIterator[ClientSession]:
    """Somebody's browser, with our chat page open."""
    headers = {"User-Agent": agent, "Accept-Language": "zh-CN"}
    jar = aiohttp.CookieJar(unsafe=True)
    async with ClientSession(house.url, headers=headers, cookie_jar=jar) as page:
        async with page.get("/") as answer:
            assert answer.status == 200
        yield page


@pytest.fixture
async def page(house: House) -> AsyncIterator[ClientSession]:
    async with browser(house) as page:
        yield page


async def goes(page: ClientSession, path: str, **query: str) -> str:
    """Where a browser is sent on to."""
    async with page.get(path, params=query, allow_redirects=False) as answer:
        assert answer.status == 302, await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        return answer.headers["Location"]


async def types(page: ClientSession, id: str, words: str) -> None:
    async with page.post("/chat/messages", json={"id": id, "kind": "text", "text": words}) as answer:
        assert answer.status == 202, await answer.text()


async def seen(page: ClientSession, path: str = "/") -> str:
    async with page.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


def asked_back(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


async def logs_in(page: ClientSession, person: Person) -> str:
    """Press the button, and be sent there and back; where they end."""
    back = await person.opens(await goes(page, "/wechat/login"))
    return await goes(page, urlsplit(back).path, **asked_back(back))


def whose(house: House, channel: str) -> Customer | None:
    """The customer behind the only account there."""
    with transaction(house.engine) as session:
        wanted = select(Identity).where(Identity.channel == channel, Identity.customer_id.is_not(None))
        found = session.exec(wanted).one_or_none()
        return session.get_one(Customer, found.customer_id) if found else None


def said_on_the_page(house: House) -> list[Message]:
    with transaction(house.engine) as session:
        wanted = select(Message).where(Message.channel == "web", Message.direction == Direction.OUT)
        return list(session.exec(wanted.order_by(Message.id)).all())


async def named(house: House, person: Person, name: str) -> None:
    for words in ("我的资料", "1", name):
        await (await person.says(words)).is_over()
    assert whose(house, "wechat").name == name, [one.text for one in person.seen]


async def test_whoever_logs_in_is_greeted_by_name_and_both_chats_hear_of_it(
    house: House, page: ClientSession, ming: Person
) -> None:
    await named(house, ming, "王女士")
    assert f'<a href="/wechat/login">{LABEL}</a>' in await seen(page)
    assert await logs_in(page, ming) == "/"

    assert said_on_the_page(house)[-1].body.startswith("认出您了，王女士")
    assert whose(house, "web").id == whose(house, "wechat").id
    assert (await ming.reads("用您的微信登录", within=20)).way == "pushed"
    assert LABEL not in await seen(page)


async def test_the_way_there_is_as_the_platform_wants_it(house: House, page: ClientSession) -> None:
    location = await goes(page, "/wechat/login")

    query, _, end = location.partition("?")[2].partition("#")
    assert location.startswith(f"{house.double.url}/connect/oauth2/authorize?appid=")
    assert [part.partition("=")[0] for part in query.split("&")] == [
        "appid", "redirect_uri", "response_type", "scope", "state",
    ]  # fmt: skip
    assert end == "wechat_redirect"
    asked = asked_back(location.partition("#")[0])
    assert asked["redirect_uri"] == f"{house.url}/wechat/login/done"
    assert asked["scope"] == "snsapi_base"
    assert len(asked["state"]) == 32
    assert asked_back((await goes(page, "/wechat/login")).partition("#")[0])["state"] != asked["state"]


async def test_what_was_begun_on_the_page_goes_over_and_can_be_parted_again(
    house: House, page: ClientSession, ming: Person, moment: Moment
) -> None:
    await named(house, ming, "王女士")
    for n, words in enumerate(("我的资料", "2", "13800001234")):
        await types(page, f"m{n}", words)
    before = whose(house, "web")
    assert before.phone == "+8613800001234"
    await logs_in(page, ming)
    kept = whose(house, "web")

    assert (kept.name, kept.phone) == ("王女士", "+8613800001234")
    with transaction(house.engine) as session:
        (made,) = session.exec(select(Merge)).all()
        assert (made.channel, made.kept_id, made.given_id) == ("web", kept.id, before.id)
        staff = identities.of_staff(session)[0].staff_id
        bindings.undo(session, made.id, by=staff, now=moment.now)
    assert whose(house, "web").id == before.id
    assert whose(house, "wechat").phone is None


async def test_a_form_that_was_open_goes_on(house: House, page: ClientSession, ming: Person) -> None:
    await (await ming.says("你好")).is_over()
    await types(page, "m", "预约日常保洁")
    await logs_in(page, ming)

    assert [one.body for one in said_on_the_page(house)][-2].startswith("认出您了")
    assert "多少" in said_on_the_page(house)[-1].body


async def test_logging_in_twice_greets_twice_and_joins_once(
    house: House, page: ClientSession, ming: Person
) -> None:
    await logs_in(page, ming)
    await logs_in(page, ming)

    assert [one.body[:4] for one in said_on_the_page(house)] == ["认出您了"] * 2
    with transaction(house.engine) as session:
        assert len(session.exec(select(Merge)).all()) == 1


async def test_who_never_wrote_is_known_and_not_written_to(
    house: House, page: ClientSession, double: Double
) -> None:
    stranger = double.person("Stranger")
    assert await logs_in(page, stranger) == "/"
    with transaction(house.engine) as session:
        assert identities.find(session, "wechat", double.app_id, stranger.openid).unreachable_at
    assert not [call for call in double.calls if "custom/send" in call.path]

    await (await stranger.follows()).is_over()
    with transaction(house.engine) as session:
        assert not identities.find(session, "wechat", double.app_id, stranger.openid).unreachable_at


async def test_a_colleague_s_wechat_is_no_customer_s(
    house: House, page: ClientSession, ming: Person, moment: Moment
) -> None:
    with transaction(house.engine) as session:
        staff = identities.of_staff(session)[0].staff_id
        identities.bind_staff(session, "wechat", house.double.app_id, ming.openid, staff, now=moment.now)
    await logs_in(page, ming)

    assert "工作账号" in said_on_the_page(house)[-1].body
    with transaction(house.engine) as session:
        assert session.exec(select(Merge)).all() == []


async def test_two_confirmed_numbers_are_left_to_a_person(
    house: House, page: ClientSession, ming: Person, moment: Moment
) -> None:
    await (await ming.says("你好")).is_over()
    await types(page, "m", "你好")
    both = [whose(house, channel).id for channel in ("web", "wechat")]
    with transaction(house.engine) as session:
        for n, id in enumerate(both):
            customer = session.get_one(Customer, id)
            customer.phone, customer.phone_verified_at = f"+861380000000{n}", moment.now
    await logs_in(page, ming)

    assert "找客服" in said_on_the_page(house)[-1].body
    assert whose(house, "web").id != whose(house, "wechat").id


async def test_a_state_counts_once(house: House, page: ClientSession, ming: Person) -> None:
    back = await ming.opens(await goes(page, "/wechat/login"))
    path, query = urlsplit(back).path, asked_back(back)
    ends = await asyncio.gather(*(goes(page, path, **query) for _ in range(5)))

    assert sorted(ends) == ["/", *["/?wechat=failed"] * 4]
    assert house.double.counts["/sns/oauth2/access_token"] == 1


@pytest.mark.parametrize("state", ["", "x", "x" * 10_000, "状态", "\ud800"[:0] + "%00"])
async def test_a_wrong_state_is_refused_before_the_platform_is_asked(
    house: House, page: ClientSession, ming: Person, state: str
) -> None:
    query = asked_back(await ming.opens(await goes(page, "/wechat/login"))) | {"state": state}

    assert await goes(page, "/wechat/login/done", **query) == "/?wechat=failed"
    assert await goes(page, "/wechat/login/done") == "/?wechat=failed"
    assert house.double.counts["/sns/oauth2/access_token"] == 0


async def test_another_visitor_s_state_is_refused_and_stays_theirs(
    house: House, page: ClientSession, ming: Person
) -> None:
    back = await ming.opens(await goes(page, "/wechat/login"))
    async with browser(house) as other:
        assert await goes(other, "/wechat/login/done", **asked_back(back)) == "/?wechat=failed"
        other.cookie_jar.clear()
        assert await goes(other, "/wechat/login/done", **asked_back(back)) == "/?wechat=failed"
    assert await goes(page, "/wechat/login/done", **asked_back(back)) == "/"


async def test_a_forged_cookie_is_a_stranger_s(house: House, page: ClientSession, ming: Person) -> None:
    back = await ming.opens(await goes(page, "/wechat/login"))
    (cookie,) = (one for one in page.cookie_jar if one.key == "menling_session")
    for forged in (cookie.value.rpartition(".")[0] + ".x", cookie.value[1:], "x.y"):
        headers = {"User-Agent": WECHAT, "Cookie": f"menling_session={forged}"}
        async with ClientSession(house.url, headers=headers, cookie_jar=aiohttp.DummyCookieJar()) as other:
            assert await goes(other, "/wechat/login/done", **asked_back(back)) == "/?wechat=failed"


async def test_a_state_is_good_for_ten_minutes(
    house: House, page: ClientSession, ming: Person, moment: Moment
) -> None:
    back = await ming.opens(await goes(page, "/wechat/login"))
    moment.forward(minutes=10)

    assert await goes(page, "/wechat/login/done", **asked_back(back)) == "/?wechat=failed"
    await goes(page, "/wechat/login")
    with transaction(house.engine) as session:
        (kept,) = session.exec(select(Login)).all()
    assert kept.until == moment.now + timedelta(minutes=10)


async def test_who_declines_is_told_so_kindly(house: House, page: ClientSession) -> None:
    state = asked_back((await goes(page, "/wechat/login")).partition("#")[0])["state"]

    assert await goes(page, "/wechat/login/done", state=state) == "/?wechat=denied"
    assert "不用微信也没关系" in await seen(page, "/?wechat=denied")


async def test_a_preview_logs_nobody_in(house: House, page: ClientSession, ming: Person) -> None:
    ming.snapshot = True

    assert await logs_in(page, ming) == "/?wechat=snapshot"
    assert whose(house, "web") is None
    assert "使用完整服务" in await seen(page, "/?wechat=snapshot")


@pytest.mark.parametrize("code", [40029, 40163])
async def test_a_code_that_is_no_good_is_fetched_anew_once(
    house: House, page: ClientSession, ming: Person, code: int
) -> None:
    house.double.fail_next("oauth2/access_token", code)
    again = await logs_in(page, ming)
    assert again.startswith(f"{house.double.url}/connect/oauth2/authorize?")
    back = await ming.opens(again)
    assert await goes(page, "/wechat/login/done", **asked_back(back)) == "/"

    house.double.fail_next("oauth2/access_token", code, times=2)
    back = await ming.opens(await logs_in(page, ming))
    assert await goes(page, "/wechat/login/done", **asked_back(back)) == "/?wechat=failed"


@pytest.mark.parametrize(
    "trouble", [{"code": 40125}, {"code": -1}, {"status": 502}, {"status": 200, "body": "{}"}]
)
async def test_a_platform_in_trouble_leaves_the_page_as_it_was(
    house: House,
    page: ClientSession,
    ming: Person,
    trouble: dict[str, object],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    house.double.fail_next("oauth2/access_token", **trouble)
    assert await logs_in(page, ming) == "/?wechat=failed"
    house.double.drop_next("oauth2/access_token", times=2)
    assert await logs_in(page, ming) == "/?wechat=failed"

    html = await seen(page, "/?wechat=failed")
    assert "没能用微信认出您" in html
    assert LABEL in html
    assert not SECRET.search("".join((*capfd.readouterr(), caplog.text)))
    (call, *_) = (call for call in house.double.calls if call.path == "/sns/oauth2/access_token")
    assert "access_token" not in call.query


async def test_an_answer_with_nonsense_for_a_person_binds_nobody(
    house: House, page: ClientSession, ming: Person
) -> None:
    house.double.fail_next("oauth2/access_token", status=200, body='{"openid": "o 微\\n"}')

    assert await logs_in(page, ming) == "/?wechat=failed"
    assert whose(house, "web") is None


@pytest.mark.parametrize("agent", ["Mozilla/5.0", "", "Mozilla/5.0 wxwork/4.1 MicroMessenger/7.0.1"])
async def test_outside_wechat_nothing_happens(house: House, ming: Person, agent: str) -> None:
    async with browser(house, agent) as page:
        assert LABEL not in await seen(page)
        assert await goes(page, "/wechat/login") == "/?wechat=outside"
        assert await goes(page, "/wechat/login/done", code="x", state="x") == "/?wechat=outside"
        assert "在微信里打开" in await seen(page, "/?wechat=outside")
        assert "offer" not in await seen(page, "/?wechat=<script>")


@pytest.mark.parametrize("double", [{"kind": "subscription"}, {"kind": "unverified"}], indirect=True, ids=str)
async def test_other_accounts_have_no_login(house: House, page: ClientSession) -> None:
    assert LABEL not in await seen(page)
    for path in ("/wechat/login", "/wechat/login/done", "/wechat/notices"):
        async with page.get(path) as answer:
            assert answer.status == 404


async def test_without_a_public_address_there_is_no_login(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> None:
    async with opened(engine, company, double, tmp_path, public_url=None) as house, browser(house) as page:
        assert LABEL not in await seen(page)


async def test_who_presses_without_end_is_slowed_down(house: House, page: ClientSession) -> None:
    ends = [await goes(page, "/wechat/login") for _ in range(30)]

    assert ends[-1] == "/?wechat=failed"
    with transaction(house.engine) as session:
        assert len(session.exec(select(Login)).all()) == 1


async def test_a_database_that_is_away_is_no_blank_page(
    house: House, page: ClientSession, ming: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_engine: Engine) -> None:
        raise Gone

    with monkeypatch.context() as away:
        away.setattr(record, "watched_transaction", gone)
        assert await goes(page, "/wechat/login") == "/?wechat=failed"
        assert LABEL not in await seen(page)
    assert await logs_in(page, ming) == "/"


async def test_the_console_s_file_is_served_and_no_other(
    house: House, page: ClientSession, tmp_path: Path
) -> None:
    (tmp_path / "MP_verify_a1B2c3.txt").write_text("a1B2c3")
    (tmp_path / "MP_verify_big.txt").write_text("x" * 2_000)
    async with page.get("/MP_verify_a1B2c3.txt") as answer:
        assert (answer.status, await answer.text()) == (200, "a1B2c3")
    for name in ("none", "big", "..%2fsecret", "a1B2c3.txt%00", "微"):
        async with page.get(f"/MP_verify_{name}.txt") as answer:
            assert answer.status == 404
