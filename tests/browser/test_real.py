"""The real service as a newcomer starts it, in a real browser: booked, killed, gone on, cancelled."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, expect
from sqlmodel import col, select

from bot import complaints as asking
from bot import meeting, telling
from core import clock
from core import company as company_file
from core import complaints as complaints_of
from core.complaints import Kind, Source
from core.customers import Customer
from core.database import connect, transaction
from tests.browser.house import PATIENCE, ROOT, _answers, free_port, wait_until
from tests.browser.looking import assert_accessible

MENLING = "import channels.cli; channels.cli.main()"


@contextmanager
def served(folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`menling serve` for the demo, its data in `folder`."""
    settings = {"MENLING_DATA_DIR": str(folder), "MENLING_PORT": str(port), "MENLING_DEMO": "1"}
    others = {name: value for name, value in os.environ.items() if not name.startswith("MENLING_")}
    running = subprocess.Popen(
        [sys.executable, "-c", MENLING, "serve"],
        cwd=ROOT,
        env=others | settings,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: _answers(f"http://127.0.0.1:{port}/readyz"))
        yield running
    finally:
        running.kill()
        running.wait(PATIENCE)


def says(phone: Locator, words: str, answer: str) -> None:
    """Type something, and wait for the answer to it."""
    before = phone.locator(".message:not(.mine)").count()
    box = phone.get_by_role("textbox")
    box.fill(words)
    box.press("Enter")
    expect(phone.locator(".message:not(.mine)").nth(before)).to_contain_text(answer)


def test_a_newcomer_books_a_visit_that_survives_a_kill(
    context: BrowserContext, complaints: list[str], tmp_path: Path
) -> None:
    port = free_port()
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    with served(tmp_path, port) as running:
        page.goto(f"http://127.0.0.1:{port}/demo")
        customer, worker = (page.locator(f"[data-phone={name}]") for name in ("customer", "worker"))
        expect(customer.get_by_text("欢迎来到")).to_be_visible()
        says(customer, "后天日常保洁3小时，武侯区科华北路12号3栋501", "记下了")
        says(customer, "不用", "家里有这些吗")
        says(customer, "没有", "有空")
        customer.locator(".message").last.locator("[data-choice]").first.click()
        expect(customer.get_by_text("想让谁来").last).to_be_visible()
        running.kill()
        running.wait(PATIENCE)

    with served(tmp_path, port):
        says(customer, "王秀兰", "怎么称呼您")
        complaints.clear()  # the page may say that the service was gone
        says(customer, "王女士", "手机号")
        says(customer, "13800001234", "交代师傅")
        says(customer, "没有", "确认预约")
        customer.get_by_role("button", name="确认预约").click()
        expect(customer.get_by_text("约好了").last).to_be_visible()
        expect(worker.get_by_text("有一单想请您去").last).to_be_visible()
        worker.get_by_role("button", name="接单").last.click()
        expect(worker.get_by_text("接好了").last).to_be_visible()

        says(customer, "到哪了", "王秀兰会在")
        says(customer, "取消预约", "原因")
        says(customer, "跳过", "确定取消吗")
        assert_accessible(page)
        customer.get_by_role("button", name="确认取消").click()
        expect(customer.get_by_text("已经取消").last).to_be_visible()
        expect(worker.get_by_text("已取消").last).to_be_visible()
        page.close()  # before the service goes, which it would complain about
        complaints[:] = [one for one in complaints if "WebSocket" not in one and "ERR_CONNECTION" not in one]


def test_staff_take_a_complaint_and_answer_it_on_their_phone(context: BrowserContext, tmp_path: Path) -> None:
    port = free_port()
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    with served(tmp_path, port):
        page.goto(f"http://127.0.0.1:{port}/demo")
        customer, staff = (page.locator(f"[data-phone={name}]") for name in ("customer", "staff"))
        says(customer, "你好", "")
        number = complain(tmp_path)
        page.reload()
        page.get_by_role("button", name="客服", exact=True).click()
        staff.get_by_role("button", name="我来").last.click()
        expect(staff.get_by_text(f"投诉 {number} 号归您了").last).to_be_visible()
        says(staff, f"/case {number}", "厨房没擦干净")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        says(staff, "回复 您好，我们下午两点前给您答复", "发")
        page.get_by_role("button", name="顾客", exact=True).click()
        expect(customer.get_by_text("我们下午两点前给您答复").last).to_be_visible()
        page.close()  # before the service goes, which it would complain about


def complain(folder: Path) -> int:
    """The demo's customer complains of what a clerk may settle; the complaint's number."""
    engine, company, now = connect(f"sqlite:///{folder / 'menling.db'}"), company_file.load(), clock.now()
    with transaction(engine) as session:
        newest = session.exec(select(Customer).order_by(col(Customer.id).desc())).first()
        assert newest is not None
        turn = telling.house_turn(session, company, now)
        found = complaints_of.open(
            session,
            company,
            newest.id or 0,
            kind=Kind.QUALITY,
            words="厨房没擦干净",
            source=Source.WORDS,
            now=now,
        )
        asking.tell_staff(
            turn, found, lambda their: asking.told(their, found, "ladder-asked", in_full=True, by="09:10")
        )
        meeting.pass_on(turn)
        number = found.id or 0
    engine.dispose()
    return number
