"""The demo: four phones on one page, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from channels.web import day
from tests.browser.house import House
from tests.browser.looking import assert_accessible


@pytest.fixture
def page(context: BrowserContext, house: House) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{house.url}/demo")
    return page


def test_a_visit_booked_on_one_phone_appears_on_the_others(page: Page) -> None:
    customer, worker, staff = (
        page.locator(f"[data-phone={name}]") for name in ("customer", "worker", "staff")
    )
    customer.get_by_role("button", name="深度保洁").click()
    customer.get_by_role("button", name="确认预约").click()

    expect(customer.get_by_text("好的，已经约好。")).to_be_visible()
    expect(worker.get_by_role("button", name="接单").last).to_be_visible()
    expect(staff.get_by_text("新预约已确认。").last).to_be_visible()
    expect(staff.locator(".mine")).to_have_count(0)


def test_on_a_phone_there_is_one_phone_at_a_time(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    worker = page.locator("[data-phone=worker]")
    expect(worker).to_be_hidden()
    page.get_by_role("button", name="师傅", exact=True).click()

    expect(worker).to_be_visible()
    expect(page.locator("[data-phone=customer]")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demo_is_accessible_in_light_and_in_dark(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator("[data-phone=staff]").locator(".message").first).to_be_visible()

    assert_accessible(page)


def test_a_whole_day_plays_at_the_speed_one_chooses(
    page: Page, held_day: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day, "HELD_BY", ("cat", str(held_day)))  # to hold a day takes half a minute of CPU
    page.get_by_role("link", name="看一整天").click()
    customer, worker, staff = (
        page.locator(f"[data-phone={name}]") for name in ("customer", "worker", "staff")
    )
    expect(page.get_by_role("button", name="暂停")).to_be_enabled(timeout=120_000)
    page.get_by_label("速度").select_option(label="每秒 1 小时")
    expect(customer.get_by_text("约好了！").first).to_be_visible(timeout=30_000)
    along = page.get_by_role("slider", name="一天里的时间")
    along.fill(str(17 * 60))  # minutes since two in the afternoon: the night is over
    expect(customer.get_by_text("到了，请开门").last).to_be_visible(timeout=60_000)
    expect(worker.get_by_text("客户同意了").last).to_be_visible(timeout=60_000)
    expect(staff.get_by_text("还没人到").last).to_be_attached(timeout=60_000)
    along.fill("0")
    expect(customer.locator(".message")).to_have_count(0)
    page.get_by_role("button", name="暂停").click()
    assert_accessible(page)
