from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from bot.messages import Inbound, Sender, Text
from bot.trail import Outcome
from bot.turn import Bot, Receipt, TurnFailed, Unavailable
from channels.base import (
    Capabilities,
    ContentRefused,
    Down,
    Misconfigured,
    Moved,
    OutcomeUnknown,
    TryLater,
    Unreachable,
    WindowClosed,
)
from channels.delivery import Delivery
from channels.lookout import ChannelState, Seen
from channels.metrics import KINDS, Metrics
from core.backlog import Waiting
from core.company import Company
from tests.channels.test_delivery import FakeChannel, fails, post, running, until
from tests.conftest import Moment

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WELL = Seen(NOW, database_up=True, tables_current=True)
INBOUND = Inbound(Sender("phone", "main", "13800001234"), "id", NOW, Text("hello"))
Samples = dict[tuple[str, ...], float]


def read(metrics: Metrics, seen: Seen = WELL) -> Samples:
    """Every sample by its name and the values of its labels, as a scraper understands the page."""
    page = metrics.text(seen).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(database="sqlite")


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_a_turn_is_counted_by_how_it_ended_and_timed(metrics: Metrics, outcome: Outcome) -> None:
    failures = {Outcome.FAILED: TurnFailed, Outcome.UNAVAILABLE: Unavailable}

    async def receive(_inbound: Inbound) -> Receipt:
        if outcome in failures:
            raise failures[outcome]
        return Receipt(1, outcome, ())

    try:
        await metrics.measured(receive)(INBOUND)
    except TurnFailed:
        assert outcome in failures

    found = read(metrics)
    assert found["menling_turns_total", "phone", outcome.value] == 1
    assert found["menling_turn_seconds_count", "phone"] == 1
    assert found["menling_turn_seconds_bucket", "phone", "10.0"] == 1


async def test_the_real_bot_s_turns_are_told_apart(
    metrics: Metrics, engine: Engine, company: Company
) -> None:
    bot = Bot(engine, company)

    async def receive(inbound: Inbound) -> Receipt:
        return bot.receive(inbound)

    for _ in range(2):
        await metrics.measured(receive)(INBOUND)

    found = read(metrics)
    assert found["menling_turns_total", "phone", "answered"] == 1
    assert found["menling_turns_total", "phone", "repeated"] == 1


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (None, "sent"),
        (Unreachable("blocked"), "unreachable"),
        (Moved("other"), "moved"),
        (TryLater(timedelta(seconds=9)), "slowed"),
        (Down(), "down"),
        (OutcomeUnknown(), "unknown"),
        (TimeoutError(), "unknown"),
        (WindowClosed(), "closed"),
        (ContentRefused(), "refused"),
        (Misconfigured("token"), "misconfigured"),
        (KeyError("chat"), "broken"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_every_try_to_send_is_counted_by_its_end(
    metrics: Metrics,
    engine: Engine,
    company: Company,
    moment: Moment,
    failure: Exception | None,
    outcome: str,
) -> None:
    post(engine, "wang", "您好", channel="phone")
    channel = FakeChannel("phone", fate=fails(*[failure] if failure else []))

    async with running(Delivery(engine, company, [channel], observe=metrics.sent)):
        await until(lambda: bool(channel.tried))

    found = read(metrics)
    assert outcome in KINDS
    assert found["menling_sends_total", "phone", outcome] == 1
    assert found["menling_send_seconds_count", "phone"] == 1


def test_counters_begin_at_nothing(metrics: Metrics) -> None:
    metrics.expect([FakeChannel("phone"), FakeChannel("page", can=Capabilities(fetched=True))])

    found = read(metrics)

    assert found["menling_turns_total", "phone", "set_aside"] == 0
    assert found["menling_turns_total", "page", "set_aside"] == 0
    assert {kind for name, *labels in found if name == "menling_sends_total" for kind in labels[1:]} == {
        *KINDS
    }
    assert ("menling_sends_total", "page", "sent") not in found
    assert found["menling_errors_total", "turn"] == 0


def test_errors_are_counted_by_where_they_come_from(metrics: Metrics) -> None:
    metrics.failed("outbox")
    metrics.failed("outbox")

    assert read(metrics)["menling_errors_total", "outbox"] == 2


def test_what_the_database_holds_is_shown_by_channel(metrics: Metrics) -> None:
    outbox = {"phone": Waiting(9, NOW - timedelta(hours=2)), "letter": Waiting()}
    channels = {"phone": ChannelState(False, "Down"), "letter": ChannelState()}

    found = read(metrics, replace(WELL, outbox=outbox, reminders_due=3, channels=channels))

    assert found["menling_database_up",] == 1
    assert found["menling_outbox_waiting", "phone"] == 9
    assert found["menling_outbox_oldest_seconds", "phone"] == 7200
    assert found["menling_outbox_oldest_seconds", "letter"] == 0
    assert found["menling_channel_up", "phone"] == 0
    assert found["menling_channel_up", "letter"] == 1
    assert found["menling_reminders_due",] == 3


@pytest.mark.parametrize("tables", [Seen(NOW, database_up=False), Seen(NOW, database_up=True)])
def test_nothing_is_claimed_about_a_database_that_cannot_be_read(metrics: Metrics, tables: Seen) -> None:
    metrics.failed("turn")

    found = read(metrics, tables)

    assert found["menling_database_up",] == 0
    assert found["menling_errors_total", "turn"] == 1
    assert not [name for name, *_ in found if name.startswith(("menling_outbox", "menling_reminders"))]


def test_pages_are_counted_when_somebody_asks(metrics: Metrics) -> None:
    pages = ["a page"]
    metrics.count_pages(lambda: len(pages))
    assert read(metrics)["menling_web_pages_open",] == 1

    pages.clear()
    assert read(metrics)["menling_web_pages_open",] == 0


def test_several_in_one_process_do_not_mix(metrics: Metrics) -> None:
    other = Metrics()
    metrics.failed("turn")

    assert ("menling_errors_total", "turn") not in read(other)


async def test_no_label_names_a_person(metrics: Metrics) -> None:
    async def receive(_inbound: Inbound) -> Receipt:
        return Receipt(1, Outcome.ANSWERED, ())

    await metrics.measured(receive)(INBOUND)

    page = metrics.text(WELL).decode()
    assert INBOUND.sender.user not in page
    assert "menling_build_info{" in page
    assert "process_resident_memory_bytes" in page
    assert "_created" not in page
