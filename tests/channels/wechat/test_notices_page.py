"""The page for notices: signed as WeChat wants it, strict about what it loads, kind where it cannot help."""

import asyncio
import html
import json
import re
from contextlib import asynccontextmanager
from hashlib import sha1
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine
from sqlmodel import select

from channels.wechat.notices import Notices
from channels.wechat.tickets import signature
from core.company import Company
from core.database import transaction
from core.tokens import PlatformToken
from tests.channels.wechat.house import House, opened, written
from tests.conftest import Moment
from tests.doubles.wechat import Double

WECHAT = "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50 Language/zh_CN"
TICKET = "/cgi-bin/ticket/getticket"
IDS = ("hD-ixGOhYmUfjOnI8MCzQMPshzGVeux_2vzyvQu7O68", "second")


@pytest.fixture
def notices() -> tuple[str, ...]:
    return IDS


@pytest.fixture
def changes(double: Double, tmp_path: Path, notices: tuple[str, ...]) -> dict[str, object]:
    script = f"{double.url}/open/js/jweixin-1.6.0.js"
    return {"wechat_sdk_url": script, "wechat_templates": written(tmp_path, notices)}


@asynccontextmanager
async def shown(house: House, query: str = "", agent: str = WECHAT, language: str = "zh-CN"):
    headers = {"User-Agent": agent, "Accept-Language": language}
    async with (
        ClientSession(house.url, headers=headers) as session,
        session.get(f"/wechat/notices{query}") as answer,
    ):
        assert answer.status == 200
        yield answer, await answer.text()


def config_in(page: str) -> dict[str, object]:
    found = re.search(r'data-config="([^"]*)"', page)
    assert found is not None
    return json.loads(html.unescape(found[1]))


def test_the_signature_is_the_platform_s() -> None:
    """The example of the platform's own documentation."""
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    for end in ("", "#", "#top?x=1"):
        found = signature(
            ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, f"http://mp.weixin.qq.com?params=value{end}"
        )
        assert found == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


@pytest.mark.parametrize("query", ["", "?from=singlemessage&isappinstalled=0", "?q=%E5%BE%AE%20x"])
async def test_the_page_is_signed_as_it_was_asked_for(house: House, query: str) -> None:
    async with shown(house, query) as (_, page):
        config = config_in(page)

    ticket = house.double.tokens.ticket()["ticket"]
    signed = f"jsapi_ticket={ticket}&noncestr={config['nonceStr']}&timestamp={config['timestamp']}"
    signed += f"&url={house.url}/wechat/notices{query}"
    assert config["signature"] == sha1(signed.encode()).hexdigest()  # noqa: S324
    assert config["appId"] == house.double.app_id
    assert config["timestamp"] == int(house.double.now())
    assert f'<wx-open-subscribe template="{",".join(IDS)}">' in page
    assert ticket not in page


async def test_only_what_is_needed_may_be_loaded(house: House) -> None:
    async with shown(house) as (answer, page):
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == f"'self' {house.double.url}/open/js/jweixin-1.6.0.js"
    assert policy["style-src"] == "'self'"
    assert policy["frame-src"] == "https://*.qq.com webcompt:"
    assert "unsafe" not in str(policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script>" not in page
    assert "onclick" not in page


async def test_the_ticket_is_fetched_once_for_all_and_kept(house: House, moment: Moment) -> None:
    async def look() -> dict[str, object]:
        async with shown(house) as (_, page):
            return config_in(page)

    configs = await asyncio.gather(*(look() for _ in range(10)))
    assert house.double.counts[TICKET] == 1
    assert len({config["nonceStr"] for config in configs}) == 10
    with transaction(house.engine) as session:
        kept = {row.channel: row.value for row in session.exec(select(PlatformToken))}
    assert kept["wechat-pages"] == house.double.tokens.ticket()["ticket"]
    assert kept["wechat"] != kept["wechat-pages"]

    moment.forward(seconds=7200)
    await look()
    assert house.double.counts[TICKET] == 2


@pytest.mark.parametrize(
    "trouble", [{"code": -1}, {"code": 48001}, {"status": 502}, {"status": 200, "body": '{"errcode": 0}'}]
)
async def test_without_a_ticket_the_page_says_so_and_tries_anew(
    house: House, trouble: dict[str, object]
) -> None:
    house.double.fail_next("ticket/getticket", **trouble)
    async with shown(house) as (_, page):
        assert "请过几分钟再来" in page
        assert "wx-open-subscribe" not in page
        assert "<script" not in page
    async with shown(house) as (_, page):
        assert config_in(page)["signature"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "请在微信里打开这个页面"), ("en", "open this page inside WeChat")]
)
async def test_outside_wechat_it_says_where_to_open_it(house: House, language: str, words: str) -> None:
    async with shown(house, agent="Mozilla/5.0", language=language) as (answer, page):
        assert words in page
        assert f'<html lang="{language}">' in page
        assert answer.headers["Vary"] == "Accept-Language"
        assert "<script" not in page
    assert house.double.counts[TICKET] == 0


@pytest.mark.parametrize("notices", [()])
async def test_with_no_templates_there_is_nothing_to_turn_on(house: House) -> None:
    async with shown(house) as (_, page):
        assert "现在没有可以打开的提醒" in page
        assert "wx-open-subscribe" not in page


async def test_the_script_is_tencent_s_own_unless_set(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> None:
    async with opened(engine, company, double, tmp_path) as house, shown(house) as (answer, _):
        policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' https://res.wx.qq.com/open/js/jweixin-1.6.0.js;" in policy


def test_what_is_no_id_of_a_template_is_refused(company: Company) -> None:
    with pytest.raises(ValueError, match="no ids of templates: a,b"):
        Notices(None, company, notices=["a,b"], sdk="https://x", public_url="https://x", house_language="en")
