"""Our pages inside WeChat, in a real browser: logging in, and allowing notices."""

import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from channels.app import make_app
from core import company, migrate
from core.database import connect
from tests.browser.house import PATIENCE, ROOT, serving, settings_in
from tests.browser.looking import assert_accessible
from tests.channels.wechat.house import written

WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MicroMessenger/8.0.50 Language/zh_CN"
APP_ID, SECRET = "wx1234567890abcdef", "0123456789abcdef0123456789abcdef"
GREETING = "欢迎来到安心到家"


@dataclass(frozen=True, slots=True)
class House:
    """The service with the real bot, and the platform in a process of its own."""

    url: str
    platform: str

    def order(self, verb: str, **arguments: object) -> dict[str, object]:
        """Have the platform do something."""
        request = urllib.request.Request(  # noqa: S310 - our own double
            f"{self.platform}/control/{verb}",
            json.dumps(arguments).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            found: dict[str, object] = json.loads(answer.read())
            return found


@contextmanager
def platform() -> Iterator[str]:
    """The double; where it is."""
    command = [sys.executable, "-m", "tests.doubles.wechat", "--app-id", APP_ID, "--secret", SECRET]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
    finally:
        running.kill()
        running.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("wechat")
    engine = connect(f"sqlite:///{folder / 'menling.db'}")
    migrate.upgrade(engine)
    with (
        platform() as double,
        socket.create_server(("127.0.0.1", 0)) as listening,
        serving(made(folder, double, listening), listening) as url,
    ):
        yield House(url, double)
    engine.dispose()


def made(folder: Path, double: str, listening: socket.socket) -> object:
    """The service whose address the platform would be told."""
    settings = settings_in(
        folder,
        demo=False,
        public_url=f"http://127.0.0.1:{listening.getsockname()[1]}",
        wechat_app_id=APP_ID,
        wechat_app_secret=SECRET,
        wechat_token="front-door-token",  # noqa: S106 - the double's
        wechat_mode="plain",
        wechat_api_url=double,
        wechat_open_url=double,
        wechat_sdk_url=f"{double}/open/js/jweixin-1.6.0.js",
        wechat_templates=written(folder, ("one", "two")),
    )
    return make_app(settings, engine=connect(settings.database_url), company=company.load())


@pytest.fixture
def phone(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Makes phones with our pages open inside WeChat; what their pages complain about fails the test."""
    made: list[BrowserContext] = []

    def make(agent: str = WECHAT, **more: object) -> BrowserContext:
        context = browser.new_context(
            user_agent=agent, viewport={"width": 375, "height": 700}, **{"locale": "zh-CN"} | more
        )
        context.set_default_timeout(10_000)
        context.on("page", listen)
        made.append(context)
        return context

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
        )

    yield make
    for context in made:
        context.close()
    assert complaints == []


def fits(page: Page) -> bool:
    found: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return found


def test_one_press_and_the_page_knows_who_it_is(house: House, phone: Callable[..., BrowserContext]) -> None:
    house.order("people", name="Ming", follower=True)
    page = phone().new_page()
    page.goto(house.url)
    expect(page.get_by_text(GREETING)).to_be_visible()
    assert fits(page)
    assert_accessible(page)
    page.get_by_role("link", name="这是我的微信").click()

    expect(page.get_by_text("认出您了")).to_be_visible()
    expect(page).to_have_url(f"{house.url}/")
    expect(page.get_by_role("link", name="这是我的微信")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("认出您了")).to_have_count(1)


def test_a_login_that_failed_is_said_once(house: House, phone: Callable[..., BrowserContext]) -> None:
    house.order("people", name="Ming", follower=True)
    house.order("fail_next", path="oauth2/access_token", code=-1)
    page = phone(locale="en").new_page()
    page.goto(house.url)
    page.get_by_role("link", name="Use my WeChat record").click()

    expect(page.get_by_text("WeChat could not tell us who you are")).to_be_visible()
    expect(page).to_have_url(f"{house.url}/")
    page.reload()
    expect(page.get_by_text("could not tell us")).to_have_count(0)
    expect(page.get_by_role("link", name="Use my WeChat record")).to_be_visible()


def test_outside_wechat_nobody_is_asked(house: House, phone: Callable[..., BrowserContext]) -> None:
    page = phone("Mozilla/5.0 Chrome/130").new_page()
    page.goto(house.url)

    expect(page.get_by_text(GREETING)).to_be_visible()
    expect(page.locator(".offer")).to_have_count(0)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"answer": "accept"}, "下一次有提醒时"),
        ({"answer": "reject"}, "好的，不会发"),
        ({"answer": "fails"}, "过几分钟再来"),
    ],
)
def test_what_was_answered_is_followed_by_what_comes_next(
    house: House, phone: Callable[..., BrowserContext], person: dict[str, object], words: str
) -> None:
    page = phone().new_page()
    page.add_init_script(f"window.person = {json.dumps(person)}")
    page.goto(f"{house.url}/wechat/notices?from=menu")
    assert fits(page)
    page.get_by_role("button", name="允许发一条提醒").click()

    expect(page.get_by_role("status")).to_contain_text(words)
    asked = page.evaluate("window.configured")
    assert asked["openTagList"] == ["wx-open-subscribe"]
    assert asked["appId"] == APP_ID
    assert page.locator("wx-open-subscribe").get_attribute("template") == "one,two"
    assert_accessible(page)


@pytest.mark.parametrize(
    ("person", "words"), [({"old": True}, "升级微信"), ({"refused": True}, "过几分钟再来")]
)
def test_a_phone_on_which_it_cannot_be_says_so(
    house: House, phone: Callable[..., BrowserContext], person: dict[str, object], words: str
) -> None:
    page = phone().new_page()
    page.add_init_script(f"window.person = {json.dumps(person)}")
    page.goto(f"{house.url}/wechat/notices")

    expect(page.get_by_role("status")).to_contain_text(words)
    page.get_by_role("link", name="回到对话").click()
    expect(page.get_by_text(GREETING)).to_be_visible()


def test_without_wechat_s_script_the_page_says_so(
    house: House, phone: Callable[..., BrowserContext], complaints: list[str]
) -> None:
    context = phone()
    context.route("**/jweixin-*", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{house.url}/wechat/notices")

    expect(page.get_by_role("status")).to_contain_text("过几分钟再来")
    complaints.clear()  # the script that was not to be had


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_another_browser_it_says_where_to_open_it(
    house: House, phone: Callable[..., BrowserContext], scheme: str
) -> None:
    page = phone("Mozilla/5.0 Chrome/130", locale="en", color_scheme=scheme).new_page()
    page.goto(f"{house.url}/wechat/notices")

    expect(page.get_by_role("status")).to_contain_text("open this page inside WeChat")
    assert fits(page)
    assert_accessible(page)
