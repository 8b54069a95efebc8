"""What the service counts and measures, as Prometheus reads it. No label ever names a person."""

import platform
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.messages import Inbound
from bot.trail import Outcome
from bot.turn import Receipt, Unavailable
from channels import outcomes
from channels.base import Channel, Receive
from channels.lookout import Seen

TURN_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
KINDS = (
    "sent",
    "unreachable",
    "moved",
    "slowed",
    "down",
    "unknown",
    "closed",
    "refused",
    "misconfigured",
    "broken",
)
"""What `channels.outcomes.Outcome.kind` says of a send that was tried."""
SEND_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one service. Several in one process do not get in each other's way."""

    def __init__(self, *, database: str = "") -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self._turns = Counter("menling_turns", "Turns taken.", ["channel", "outcome"], registry=r)
        self._turn_seconds = Histogram(
            "menling_turn_seconds",
            "From a message handed in by its channel to its turn committed, waiting for a thread included.",
            ["channel"],
            registry=r,
            buckets=TURN_BUCKETS,
        )
        self._sends = Counter("menling_sends", "Tries to send a message.", ["channel", "outcome"], registry=r)
        self._send_seconds = Histogram(
            "menling_send_seconds",
            "How long a channel took over one message, whatever came of it.",
            ["channel"],
            registry=r,
            buckets=SEND_BUCKETS,
        )
        self._swept = Counter("menling_media_swept", "Files deleted, by why.", ["why"], registry=r)
        self._errors = Counter("menling_errors", "Errors in the log, by where from.", ["where"], registry=r)
        self._pages = Gauge("menling_web_pages_open", "Pages of the web chat open here.", registry=r)
        build = Gauge(
            "menling_build_info", "What runs; always 1.", ["version", "python", "database"], registry=r
        )
        build.labels(_version(), platform.python_version(), database).set(1)
        ProcessCollector(registry=r)

    def expect(self, channels: Sequence[Channel]) -> None:
        """Begin these channels' counters at 0, so that the first failure is already seen to be one more."""
        for channel in channels:
            for ending in Outcome:
                self._turns.labels(channel.name, ending.value)
            for kind in KINDS if not channel.can.fetched else ():
                self._sends.labels(channel.name, kind)
        for where in ("turn", "outbox", "notice", "media"):
            self._errors.labels(where)
        for why in ("expired", "orphaned"):
            self._swept.labels(why)

    def took_turn(self, channel: str, outcome: Outcome, seconds: float) -> None:
        """A turn has ended."""
        self._turns.labels(channel, outcome.value).inc()
        self._turn_seconds.labels(channel).observe(seconds)

    def sent(self, outcome: outcomes.Outcome) -> None:
        """A try to send has ended."""
        channel = outcome.message.peer.channel
        self._sends.labels(channel, outcome.kind).inc()
        self._send_seconds.labels(channel).observe(outcome.seconds)

    def swept(self, why: str, files: int) -> None:
        """Files were deleted; `why` is `expired` or `orphaned`."""
        self._swept.labels(why).inc(files)

    def failed(self, where: str) -> None:
        """An error was logged; `where` is one of a few words."""
        self._errors.labels(where).inc()

    def count_pages(self, pages: Callable[[], int]) -> None:
        """From now on, this many pages are open whenever somebody asks."""
        self._pages.set_function(pages)

    def measured(self, receive: Receive) -> Receive:
        """The same, with every turn counted and timed."""

        async def measured(inbound: Inbound) -> Receipt:
            began, outcome = perf_counter(), Outcome.FAILED
            try:
                receipt = await receive(inbound)
                outcome = receipt.outcome
                return receipt
            except Unavailable:
                outcome = Outcome.UNAVAILABLE
                raise
            finally:
                self.took_turn(inbound.sender.channel, outcome, perf_counter() - began)

        return measured

    def text(self, seen: Seen) -> bytes:
        """Everything in Prometheus's text format, with what was last seen of the database."""
        return generate_latest(_Page(self.registry, seen))


class _Page(Collector):
    """What one scrape gets: the counters, and what was read from the database."""

    def __init__(self, counted: Collector, seen: Seen) -> None:
        self._counted, self._seen = counted, seen

    def collect(self) -> Iterator[Metric]:
        """Without the times at which each counter began: nobody asks, and they are half of the page."""
        for metric in self._counted.collect():
            metric.samples = [one for one in metric.samples if not one.name.endswith("_created")]
            yield metric
        seen = self._seen
        up = seen.database_up and seen.tables_current
        yield GaugeMetricFamily("menling_database_up", "Whether the database answers.", value=float(up))
        if up:
            yield from _gauges(seen)


def _gauges(seen: Seen) -> Iterator[Metric]:
    """What the database holds; while it is gone, nothing is claimed about that."""
    waiting = GaugeMetricFamily(
        "menling_outbox_waiting", "Messages that have not arrived yet.", labels=["channel"]
    )
    oldest = GaugeMetricFamily(
        "menling_outbox_oldest_seconds", "How long the oldest of them waits.", labels=["channel"]
    )
    for channel, waits in seen.outbox.items():
        age = (seen.at - waits.since).total_seconds() if waits.since else 0.0
        waiting.add_metric([channel], waits.messages)
        oldest.add_metric([channel], age)
    works = GaugeMetricFamily("menling_channel_up", "Whether a channel works.", labels=["channel"])
    for channel, state in seen.channels.items():
        works.add_metric([channel], float(state.works))
    yield from (waiting, oldest, works)
    store = float(seen.store.works)
    yield GaugeMetricFamily("menling_media_store_up", "Whether files can be kept.", value=store)
    untaken = float(seen.untaken.complaints)
    yield GaugeMetricFamily("menling_complaints_untaken", "Complaints that nobody takes.", value=untaken)
    due = float(seen.reminders_due)
    yield GaugeMetricFamily("menling_reminders_due", "Reminders that are due and not done.", value=due)


def _version() -> str:
    try:
        return version("menling")
    except PackageNotFoundError:  # run from its folder, without being installed
        return "unknown"
