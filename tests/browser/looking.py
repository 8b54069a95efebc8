"""Whether a page can be read and used by everybody."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AT_REST = """
() => Promise.allSettled(
  document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished),
)
"""


def assert_accessible(page: Page) -> None:
    """Fails with what axe finds wrong. What still fades in is waited for: half of a colour is too pale."""
    page.evaluate(AT_REST)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
