"""The kinds of news that people are told unasked, and the facts that each brings along for a template."""

from enum import StrEnum


class Kind(StrEnum):
    """What a piece of news is about. Each brings along every `Fact`."""

    VISIT_NEAR = "visit-near"
    """A visit is a day, or some hours, ahead."""
    REQUEST_ANSWERED = "request-answered"
    """A visit that was asked for is confirmed, declined or lapsed."""
    VISIT_PROGRESS = "visit-progress"
    """The worker is on the way, there, late or done, or needs an answer."""
    VISIT_CHANGED = "visit-changed"
    """The company changes a visit: somebody else comes, at another time, or nobody."""


class Fact(StrEnum):
    """What may be filled into a template: words in the person's language, but for `MOMENTS`."""

    SERVICE = "service"
    WHEN = "when"
    STARTS = "starts"
    ENDS = "ends"
    ADDRESS = "address"
    WORKER = "worker"
    NAME = "name"
    """What we call the customer; "" if nobody told us."""
    REFERENCE = "reference"
    PRICE = "price"
    STATUS = "status"
    PHONE = "phone"
    """The company's own."""
    WORDS = "words"
    """What the message says, on one line."""


MOMENTS = frozenset({Fact.STARTS, Fact.ENDS})
"""Facts that are moments: the time on a clock of the company's, as ISO 8601 writes it."""
