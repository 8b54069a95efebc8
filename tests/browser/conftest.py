"""A real browser for the page's tests, and a page that fails its test for whatever it complains about."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from sqlmodel import SQLModel

from core.database import connect
from tests.browser.house import House, open_house, settings_in

expect.set_options(timeout=20_000)  # milliseconds, for a busy machine

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
]


# A started Playwright keeps an event loop running in this thread, in which no asynchronous test could run:
# it ends with each module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM} on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The service in a thread, on SQLite, for all tests of a module; each test is a visitor of its own."""
    folder = tmp_path_factory.mktemp("house")
    engine = connect(f"sqlite:///{folder / 'menling.db'}")
    SQLModel.metadata.create_all(engine)
    with open_house(engine, settings_in(folder)) as house:
        yield house
    engine.dispose()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of this test have complained about; a test may take out what it has caused."""
    return []


@pytest.fixture
def context(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """One visitor. Errors on the console, of the script and against the content policy fail the test."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1000, "height": 760})
    context.set_default_timeout(20_000)

    def listen(page: Page) -> None:
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))

    def complain(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    context.on("page", listen)
    yield context
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PNG of 2,000 by 1,500 noisy pixels: heavy enough that the page makes it smaller."""
    width, height = 2_000, 1_500
    row = b"\0" + bytes((x * x + 7 * x) % 251 for x in range(width * 3))
    packed = zlib.compress(b"".join(row[: 1 + y % 7] + row[1 + y % 7 :] for y in range(height)), 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    file = tmp_path_factory.mktemp("picture") / "kitchen.png"
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )
    return file
