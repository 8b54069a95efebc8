"""The customer's page as people use it, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from bot.messages import Arrived, Inbound, Text
from core import clock
from tests.browser.house import House, free_port, process, wait_until
from tests.browser.looking import assert_accessible

GREETING = "您好，这里是安心到家"


@pytest.fixture
def page(context: BrowserContext, house: House) -> Iterator[Page]:
    page = opened(context, house.url)
    yield page
    page.close()


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_text(GREETING).first).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("输入消息").last.fill(text)
    page.keyboard.press("Enter")


def theirs(page: Page, text: str) -> Locator:
    return page.locator(".theirs", has_text=text)


def mine(page: Page, text: str) -> Locator:
    return page.locator(".mine", has_text=text)


def is_wider_than_its_window(page: Page) -> bool:
    wide: bool = page.evaluate(
        """() => [document.documentElement, document.body, ...document.querySelectorAll(".log, .phone")]
            .some((one) => one.scrollWidth > one.clientWidth)"""
    )
    return wide


def test_the_first_visit_is_greeted_once_and_reloading_greets_no_second_time(page: Page) -> None:
    page.reload()

    expect(page.get_by_text(GREETING)).to_have_count(1)
    expect(page.get_by_role("button", name="日常保洁")).to_be_visible()


def test_enter_sends_and_shift_enter_begins_a_line(page: Page) -> None:
    field = page.locator(".text")
    field.fill("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    page.keyboard.press("Enter")

    expect(mine(page, "第一行\n第二行")).to_have_count(1)
    expect(theirs(page, "收到：第一行")).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(0)
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_an_input_method_that_is_still_composing_sends_nothing(page: Page) -> None:
    page.locator(".text").fill("ni hao")
    page.locator(".text").evaluate(
        """(field) => field.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }))"""
    )

    expect(page.locator(".text")).to_have_value("ni hao")
    expect(page.locator(".mine")).to_have_count(0)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)><b>bold</b>",
        "مرحبا بالعالم",
        "👨‍👩‍👧‍👦🇨🇳",
        "a" * 3_000,
        "&lt;script&gt;{n}${x}",
    ],
    ids=["markup", "right-to-left", "emoji", "one-long-word", "entities"],
)
def test_whatever_is_written_is_shown_as_it_was_written(page: Page, text: str) -> None:
    write(page, text)

    expect(theirs(page, "收到：").locator(".words")).to_have_text(f"收到：{text}")
    assert page.locator(".mine .words").inner_text() == text
    assert page.locator(".mine .bubble").get_attribute("dir") == "auto"
    assert not is_wider_than_its_window(page)


def test_pressing_an_answer_says_it_and_closes_the_question(page: Page) -> None:
    page.get_by_role("button", name="日常保洁").click()

    expect(mine(page, "日常保洁")).to_be_visible()
    expect(page.get_by_role("button", name="60㎡")).to_be_visible()
    expect(page.get_by_role("button", name="空调清洗")).to_be_hidden()


def test_a_card_shows_its_facts_and_old_visits_stay_pressable(page: Page) -> None:
    write(page, "visits")
    expect(page.get_by_role("button", name="改期")).to_be_visible()
    write(page, "hello")

    expect(theirs(page, "收到：hello")).to_be_visible()
    card = page.locator(".card")
    expect(card.locator("dt").first).to_have_text("时间")
    expect(card.locator("dd").last).to_have_text("¥360")
    page.get_by_role("button", name="改期").click()
    expect(mine(page, "改期")).to_be_visible()
    expect(theirs(page, "好的，改期")).to_be_visible()


def test_everything_works_by_keyboard_alone(page: Page) -> None:
    page.locator(".log").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="日常保洁")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".text")).to_be_focused()
    expect(page.get_by_role("button", name="60㎡")).to_be_visible()
    page.get_by_role("button", name="菜单").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".menu-list").get_by_role("button", name="帮助")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="菜单", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(mine(page, "菜单")).to_be_visible()


def test_a_long_message_is_folded_and_opens(page: Page) -> None:
    write(page, "long")
    fold = page.locator(".folded")
    expect(fold).to_be_visible()
    page.get_by_role("button", name="展开全部").click()

    expect(page.locator(".folded")).to_have_count(0)
    expect(page.get_by_role("button", name="收起")).to_be_visible()


def test_whoever_reads_further_up_is_not_pulled_down(
    page: Page, context: BrowserContext, house: House
) -> None:
    for _ in range(3):
        write(page, "long")
        page.get_by_role("button", name="展开全部").last.click()
    expect(theirs(page, "第 1 条")).to_have_count(3)
    page.locator(".log").evaluate("(log) => log.scrollTo(0, 0)")
    other = opened(context, house.url)
    write(other, "silence")
    write(other, "another")

    expect(theirs(page, "收到：another")).to_have_count(1)
    page.get_by_role("button", name="新消息").wait_for()
    assert page.locator(".log").evaluate("(log) => log.scrollHeight - log.scrollTop - log.clientHeight") > 300
    page.get_by_role("button", name="新消息").click()
    expect(page.get_by_role("button", name="新消息")).to_be_hidden()
    expect(theirs(page, "收到：another")).to_be_in_viewport()


def test_an_older_talk_is_read_page_by_page(page: Page, house: House) -> None:
    sender = house.bot.heard[-1].sender
    for number in range(28):
        house.bot.receive(Inbound(sender, f"{sender.user}:{number}", clock.now(), Text(f"old {number}")))
    page.reload()
    expect(theirs(page, "收到：old 27")).to_be_in_viewport()
    expect(page.get_by_text(GREETING)).to_have_count(0)
    page.get_by_role("button", name="查看更早的消息").click()

    expect(page.get_by_text(GREETING)).to_have_count(1)
    expect(page.locator(".mine")).to_have_count(28)
    expect(page.get_by_role("button", name="查看更早的消息")).to_have_count(0)


def test_a_photo_is_made_smaller_looked_at_and_sent(page: Page, picture: Path, house: House) -> None:
    page.locator(".file").set_input_files(picture)
    expect(page.locator(".tray")).to_be_visible()
    page.get_by_label("发送这张照片？").last.fill("厨房漏水")
    page.keyboard.press("Enter")

    expect(theirs(page, "照片收到了")).to_be_visible()
    shown = page.locator(".mine img.photo")
    expect(shown).to_have_attribute("src", re.compile("/chat/photos/"))
    wait_until(lambda: bool(shown.evaluate("(image) => image.complete && image.naturalWidth === 1600")))
    expect(mine(page, "厨房漏水")).to_have_count(1)
    expect(page.locator(".tray")).to_be_hidden()


def test_what_is_no_photo_is_explained(page: Page, tmp_path: Path, complaints: list[str]) -> None:
    (tmp_path / "note.png").write_text("no picture at all")
    page.locator(".file").set_input_files(tmp_path / "note.png")
    page.locator(".tray-send").click()

    expect(page.locator(".refused .meta")).to_contain_text("不是我们能打开的照片")
    complaints[:] = [one for one in complaints if "415" not in one]


def test_a_place_is_sent_when_the_browser_may_tell_it(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 30.6586, "longitude": 104.0647})
    page.get_by_role("button", name="发送我的位置").click()

    expect(theirs(page, "位置收到了")).to_be_visible()
    expect(mine(page, "30.65860, 104.06470")).to_be_visible()


def test_a_refused_place_is_explained(page: Page, context: BrowserContext) -> None:
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = (_, no) => no({ code: 1 }) }")
    page.get_by_role("button", name="发送我的位置").click()

    expect(page.get_by_role("alert")).to_contain_text("没有获得位置权限")


def test_two_pages_of_one_person_show_the_same(page: Page, context: BrowserContext, house: House) -> None:
    other = opened(context, house.url)
    write(page, "from the first")
    expect(mine(other, "from the first")).to_have_count(1)
    expect(theirs(other, "收到：from the first")).to_have_count(1)
    write(other, "from the second")

    expect(mine(page, "from the second")).to_have_count(1)
    expect(theirs(page, "收到：from the second")).to_have_count(1)


def test_nothing_is_lost_or_doubled_when_the_server_is_killed(
    context: BrowserContext, tmp_path: Path, complaints: list[str]
) -> None:
    port = free_port()
    with process(tmp_path, port) as server:
        page = opened(context, f"http://127.0.0.1:{port}/")
        write(page, "before")
        expect(theirs(page, "收到：before")).to_have_count(1)
        server.kill()
        write(page, "meanwhile one")
        write(page, "meanwhile two")
        expect(page.locator(".banner")).to_have_text("重新连接中… 待发送：2 条")
        expect(page.locator(".waiting")).to_have_count(2)
    with process(tmp_path, port):
        expect(theirs(page, "收到：meanwhile two")).to_have_count(1, timeout=20_000)
        expect(page.locator(".banner")).to_be_hidden()
        expect(page.locator(".waiting")).to_have_count(0)
        said = page.locator(".message .words").all_inner_texts()[1:]
        page.reload()
        expect(theirs(page, "收到：meanwhile two")).to_have_count(1)
        assert page.locator(".message .words").all_inner_texts()[1:] == said
        page.close()

    words = ("before", "meanwhile one", "meanwhile two")
    assert said == [line for text in words for line in (text, f"收到：{text}")]
    complaints[:] = [one for one in complaints if "WebSocket connection" not in one]


def test_what_waits_outlives_the_page(
    context: BrowserContext, page: Page, house: House, complaints: list[str]
) -> None:
    context.set_offline(True)
    write(page, "written in the tunnel")
    expect(page.locator(".banner")).to_contain_text("现在没有网络")
    page.close()
    context.set_offline(False)
    page = opened(context, house.url)

    expect(theirs(page, "收到：written in the tunnel")).to_have_count(1)
    complaints[:] = [one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one]


@pytest.mark.parametrize("width", [320, 360])
def test_a_narrow_screen_scrolls_in_one_direction_only(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    write(page, "card " + "长" * 400)
    write(page, "card")
    expect(page.get_by_role("button", name="确认预约")).to_be_visible()

    assert not is_wider_than_its_window(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a, textarea")]
            .filter((one) => one.offsetParent && Math.min(one.offsetWidth, one.offsetHeight) < 44)
            .map((one) => one.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_in_light_and_in_dark(page: Page, scheme: str, picture: Path) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    write(page, "visits")
    write(page, "card")
    expect(page.get_by_role("button", name="确认预约")).to_be_visible()
    page.locator(".file").set_input_files(picture)
    expect(page.locator(".tray")).to_be_visible()
    paper = page.locator(".phone").evaluate("(phone) => getComputedStyle(phone).backgroundColor")

    assert_accessible(page)
    assert paper == {"light": "rgb(248, 242, 234)", "dark": "rgb(24, 21, 19)"}[scheme]


def test_the_page_speaks_the_browsers_language(browser_in_english: Page) -> None:
    expect(browser_in_english.get_by_label("Write a message").last).to_be_visible()
    assert browser_in_english.locator("html").get_attribute("lang") == "en"
    assert browser_in_english.locator(".theirs .bubble").get_attribute("lang") == "zh-CN"


@pytest.fixture
def browser_in_english(context: BrowserContext, house: House) -> Iterator[Page]:
    english = context.browser.new_context(locale="en-GB") if context.browser else context
    page = opened(english, house.url)
    yield page
    english.close()


def test_what_a_link_brought_along_is_told_to_the_bot_and_gone_from_the_address(
    context: BrowserContext, house: House
) -> None:
    page, link = context.new_page(), "linking_" + "aB-_" * 6
    page.goto(f"{house.url}/?link={link}&from=card#top")
    expect(page.get_by_text(GREETING).first).to_be_visible()
    expect(page).to_have_url(f"{house.url}/?from=card#top")
    arrived = [one.content for one in house.bot.heard if one.content == Arrived(link)]
    assert len(arrived) == 1
    assert page.locator(".mine").count() == 0
    page.reload()
    expect(page.get_by_text(GREETING).first).to_be_visible()
    assert [one.content for one in house.bot.heard].count(Arrived(link)) == 1
    page.close()


def test_addresses_can_be_followed_and_nothing_else(page: Page) -> None:
    write(page, "看 https://t.me/x_bot?start=linking_aB-_，还有 javascript:alert(1) <b>x</b>")
    said = mine(page, "javascript:alert(1) <b>x</b>")
    expect(said.get_by_role("link")).to_have_count(1)
    expect(said.get_by_role("link")).to_have_attribute("href", "https://t.me/x_bot?start=linking_aB-_")
    expect(said.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
