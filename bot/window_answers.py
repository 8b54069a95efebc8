"""What people say of the time of a visit, as one of the windows that are free."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot import cards, options
from bot.answers import body_of, first_shown, local_now
from bot.flow import Reader, Turn
from bot.messages import Content
from bot.readers import when
from bot.verdicts import Retry
from core import quotes
from core.windows import Window, nearest


def pick_window(turn: Turn, text: str, free: Sequence[Window], day: date) -> datetime | None:
    """The window meant by a time of day.

    Raises `Retry` with the ones that come closest when there are several or none.
    """
    reading = when.read(text, local_now(turn), turn.language)
    if reading is None or not reading.has_time or (reading.starts is None and reading.ends is None):
        return None
    if reading.has_day and reading.starts is not None and reading.starts.date() != day:
        return None
    zone = turn.company.zone
    clock = (reading.starts or reading.ends or local_now(turn)).astimezone(zone)
    wanted = datetime.combine(day, clock.time(), zone)
    if (
        reading.grain == "part"
        or reading.starts is None
        or (reading.ends is not None and reading.starts < reading.ends)
    ):
        return _within(turn, free, wanted, reading)
    times = [wanted, wanted + timedelta(hours=12)] if wanted.hour < 12 else [wanted]
    exact = [window.starts_at for window in free if window.starts_at in times]
    if exact:
        return exact[0]
    too_early = not any(window.starts_at - timedelta(hours=3) <= wanted for window in free)
    if too_early and any(abs(window.starts_at - times[-1]) <= timedelta(hours=2) for window in free):
        wanted = times[-1]
    raise Retry("window-not-free", options.window_options(turn, nearest(free, wanted)), wanted=wanted.time())


def _within(turn: Turn, free: Sequence[Window], wanted: datetime, reading: when.Reading) -> datetime:
    """The only window that begins within a part of the day; otherwise a choice of those that do."""
    length = reading.ends - reading.starts if reading.starts and reading.ends else timedelta(0)
    first, last = (
        (wanted, wanted + length) if reading.starts else (datetime.min.replace(tzinfo=wanted.tzinfo), wanted)
    )
    if reading.starts and not length:
        last = wanted + timedelta(days=1)
    inside = [window for window in free if first <= window.starts_at < last]
    if len(inside) == 1:
        return inside[0].starts_at
    if inside:
        raise Retry("window-which", options.window_options(turn, options.spread(inside)))
    raise Retry("window-not-free-part", options.window_options(turn, nearest(free, wanted)))


def _read_window(
    turn: Turn,
    content: Content,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...],
    address: int,
    day: date,
) -> datetime | None:
    body = body_of(content)
    return _spot_window(turn, body, service, quantity, add_ons, address, day) if body else None


def _spot_window(
    turn: Turn, text: str, service: str, quantity: int, add_ons: tuple[str, ...], address: int, day: date
) -> datetime | None:
    return pick_window(
        turn, text, options.windows_of_day(turn, service, quantity, add_ons, address, day), day
    )


def word_window(turn: Turn, window: datetime) -> str:
    local = window.astimezone(turn.company.zone)
    return turn.text("day-and-window", day=cards.day(turn, local.date()), window=local.time())


def cheapest(
    turn: Turn, shown: tuple[datetime, ...], service: str, quantity: int, add_ons: tuple[str, ...]
) -> datetime:
    """The first of these at the lowest price: early, late and holiday hours cost more."""
    sold, extras = turn.company.service(service), dict.fromkeys(add_ons or (), 1)
    return min(shown, key=lambda at: quotes.quote(turn.company, sold, quantity, extras, starts_at=at).total)


a_window: Reader[datetime] = Reader(_read_window, _spot_window, worded=word_window, any_will_do=cheapest)


def _read_new_window(turn: Turn, content: Content, visit: str, day: date) -> datetime | None:
    body = body_of(content)
    return _spot_new_window(turn, body, visit, day) if body else None


def _spot_new_window(turn: Turn, text: str, visit: str, day: date) -> datetime | None:
    return pick_window(turn, text, options.windows_for_move(turn, visit, day), day)


a_new_window: Reader[datetime] = Reader(
    _read_new_window, _spot_new_window, worded=word_window, any_will_do=first_shown
)
