"""The web chat's small parts: how fast one may talk, who a cookie is, what a page may say."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from bot import texts
from channels.web import frames
from channels.web.limits import Buckets
from channels.web.pages import HERE, ON_A_PHONE, SPOKEN_BY_SCRIPT, STATIC
from channels.web.session import Sessions, Visitor, same_site

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def asked(**headers: str) -> HTTPConnection:
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "headers": raw})


def test_a_burst_is_let_through_and_then_one_at_a_time() -> None:
    buckets = Buckets(3, 0.5)

    assert [buckets.take("a", now=NOON) for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("b", now=NOON) == 0
    assert buckets.take("a", now=NOON + timedelta(seconds=2)) == 0
    assert buckets.take("a", now=NOON + timedelta(seconds=2)) == 2


@given(st.lists(st.floats(0, 30), max_size=60))
def test_nobody_gets_more_than_the_burst_and_what_has_come_back_since(pauses: list[float]) -> None:
    buckets, now, taken = Buckets(5, 2.0), NOON, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        taken += buckets.take("a", now=now) == 0

    assert taken <= 5 + 2.0 * (now - NOON).total_seconds() + 1e-3


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    buckets = Buckets(1, 1.0)
    buckets.take("a", now=NOON)

    assert buckets.take("a", now=NOON - timedelta(hours=1)) == 1


def test_the_memory_for_limits_is_bounded() -> None:
    buckets = Buckets(1, 1.0, most=100)
    for number in range(1_000):
        buckets.take(str(number), now=NOON)

    assert len(buckets) == 100


def test_a_visitor_is_known_again_by_the_same_key_only() -> None:
    ours, theirs = Sessions("k" * 32, secure=False), Sessions("x" * 32, secure=False)
    visitor = Visitor("v" * 24, fresh=True)
    [(_, cookie)] = ours.handshake(visitor)
    returning = asked(cookie=cookie.decode().split(";")[0])

    assert ours.visitor(returning) == Visitor(visitor.id, fresh=False)
    assert theirs.visitor(returning).fresh
    assert theirs.visitor(returning).id != visitor.id


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"host": "a.example", "origin": "https://a.example"}, True),
        ({"host": "a.example", "origin": "https://A.example"}, True),
        ({"host": "inside:8000", "origin": "https://public.example"}, True),
        ({"host": "a.example"}, True),
        ({"host": "a.example", "sec_fetch_site": "cross-site"}, False),
        ({"host": "a.example", "origin": "null"}, False),
        ({"host": "a.example", "origin": "https://a.example.evil.example"}, False),
        ({"host": "a.example", "origin": "https://a.example:444"}, False),
        ({"host": "a.example", "origin": "file://a.example"}, False),
    ],
)
def test_only_our_own_pages_may_ask(headers: dict[str, str], ours: bool) -> None:
    assert same_site(asked(**headers), "https://public.example/chat") is ours


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_becomes_one_that_every_database_keeps(text: str) -> None:
    kept = frames.clean(text)

    kept.encode()
    assert "\0" not in kept
    assert len(kept) <= len(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_shape_does_anything_but_be_understood_or_refused(shape: object) -> None:
    for kind in ("text", "tap", "photo", "place", "arrived", "else"):
        names = ("text", "data", "label", "media", "caption", "latitude", "longitude", "start")
        try:
            frames.said({"id": "x", "kind": kind} | dict.fromkeys(names, shape))
        except frames.Refused as refused:
            assert refused.status in (400, 413)  # noqa: PT017 - both outcomes are right


@pytest.mark.parametrize("language", texts.languages())
def test_every_word_of_the_pages_exists_in_every_language(language: str) -> None:
    for key in (*SPOKEN_BY_SCRIPT, *ON_A_PHONE):
        assert texts.has(language, key), key


def test_what_the_script_says_is_what_the_page_gives_it() -> None:
    script = "".join(file.body.decode() for name, file in STATIC.items() if name.endswith(".js"))
    calls = re.findall(r'say\("([a-z-]+)"|[?:] "(place-[a-z]+)"', script)

    assert {f"page-{one or other}" for one, other in calls} <= {*SPOKEN_BY_SCRIPT}


class Tags(HTMLParser):
    """Collects what a strict content policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if tag == "style" or "style" in names or any(name.startswith("on") for name in names):
            self.refused.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in names:
            self.refused.append("script")


@pytest.mark.parametrize("template", sorted(file.name for file in HERE.glob("templates/*.html")))
def test_no_template_needs_more_than_the_policy_allows(template: str) -> None:
    tags = Tags()
    tags.feed((HERE / "templates" / template).read_text("utf-8"))

    assert tags.refused == []


def test_the_script_never_writes_markup() -> None:
    ways = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
    for name, file in STATIC.items():
        assert not any(way in file.body.decode() for way in ways), name
