"""What time it is. The only module that asks; tests and simulations move it instead of sleeping."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """This moment, aware, in UTC, to the microsecond."""
    return _source() if _source else datetime.now(UTC)


def today(zone: tzinfo) -> date:
    """The day that a calendar on the wall in `zone` shows now."""
    return now().astimezone(zone).date()


def midnight(at: datetime, zone: tzinfo) -> datetime:
    """The end of the day that a calendar in `zone` shows at that moment: until then "today" is true."""
    day = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(0), zone).astimezone(UTC)


@contextmanager
def showing(moment: Callable[[], datetime]) -> Iterator[None]:
    """Let the whole process believe what `moment` returns (aware) until the block ends."""
    global _source
    before, _source = _source, lambda: moment().astimezone(UTC)
    try:
        yield
    finally:
        _source = before
