from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import pace
from channels.base import TryLater
from channels.pace import LONGEST, STRICT, TOGETHER, Pace, Ticket
from channels.telegram import showing
from channels.telegram.addresses import is_group
from channels.wecom import showing as wecom
from core.correspondence import Purpose
from core.rates import Rate, Whose

ANSWER, NOTICE, BULK = Purpose.ANSWER, Purpose.NOTICE, Purpose.BULK
ROUNDING = 1e-6
CHAT_BURST, CHAT_DEBT = 3, 3
GROUP_MOST, GROUP_SPAN = 20, 60.0
WHOLE_RATE, WHOLE_BURST, WHOLE_DEBT = 25.0, 5, 25


@dataclass
class Street:
    """A pace with a clock that is moved, and everybody who waits for it."""

    rates: Sequence[Rate] = showing.PACE
    now: float = 1_000.0
    waiting: list[tuple[float, int, Ticket, Purpose]] = field(default_factory=list)
    went: list[tuple[float, str, Purpose, int]] = field(default_factory=list)
    turned_away: list[TryLater] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pace = Pace(self.rates, lambda: self.now, is_group=is_group)
        self._numbers: dict[Ticket, int] = {}

    def comes(self, chat: str, purpose: Purpose) -> None:
        ticket = self.pace.queue(chat, purpose)
        self._numbers[ticket] = len(self._numbers)
        self._ask(ticket, purpose)

    def until(self, then: float) -> None:
        """Let time pass; everybody asks again when they were told to."""
        while self.waiting and min(self.waiting, key=lambda entry: entry[:2])[0] <= then:
            due = min(self.waiting, key=lambda entry: entry[:2])
            self.waiting.remove(due)
            self.now = max(self.now, due[0])
            self._ask(due[2], due[3])
        self.now = max(self.now, then)

    def _ask(self, ticket: Ticket, purpose: Purpose) -> None:
        number = self._numbers[ticket]
        try:
            seconds = self.pace.wait(ticket)
        except TryLater as later:
            self.turned_away.append(later)
            self.pace.leave(ticket)
            return
        if seconds:
            self.waiting.append((self.now + seconds, number, ticket, purpose))
        else:
            self.went.append((self.now, ticket.whom, purpose, number))

    def asks(self, chat: str, purpose: Purpose) -> float:
        """The seconds that a newcomer has to wait, who then leaves again if any."""
        ticket = self.pace.queue(chat, purpose)
        try:
            return self.pace.wait(ticket)
        finally:
            self.pace.leave(ticket)


@pytest.fixture
def street() -> Street:
    return Street()


def test_an_answer_goes_at_once_however_many_there_are(street: Street) -> None:
    assert [street.asks("42", ANSWER) for _ in range(40)] == [0.0] * 40


def test_a_chat_hears_three_notices_at_once_and_then_one_a_second(street: Street) -> None:
    assert [street.asks("42", NOTICE) for _ in range(CHAT_BURST)] == [0.0] * CHAT_BURST
    assert street.asks("42", NOTICE) == pytest.approx(1)
    assert street.asks("43", NOTICE) == 0
    street.now += 1
    assert street.asks("42", NOTICE) == 0
    assert street.asks("42", NOTICE) == pytest.approx(1)


def test_the_debt_of_answers_is_soon_paid(street: Street) -> None:
    for _ in range(100):
        street.asks("42", ANSWER)
    assert street.asks("42", NOTICE) == pytest.approx(CHAT_DEBT + 1)
    for person in range(100):
        street.asks(str(person), ANSWER)
    assert street.asks("9000", NOTICE) == pytest.approx((WHOLE_DEBT + 1) / WHOLE_RATE)


def test_a_group_hears_twenty_a_minute_answers_included(street: Street) -> None:
    for _ in range(GROUP_MOST):
        assert street.asks("-100", ANSWER) == 0
        street.now += 1
    with pytest.raises(TryLater) as later:
        street.asks("-100", ANSWER)
    assert later.value.after.total_seconds() == pytest.approx(GROUP_SPAN - GROUP_MOST)
    assert not later.value.whole
    street.now += GROUP_SPAN - GROUP_MOST
    assert street.asks("-100", ANSWER) == 0


def test_a_group_hears_answers_one_by_one(street: Street) -> None:
    assert [street.asks("-100", ANSWER) for _ in range(4)] == [0, 0, 0, pytest.approx(1)]


def test_who_would_wait_too_long_is_sent_back_and_took_nothing(street: Street) -> None:
    street.pace.throttled("42", 30)
    with pytest.raises(TryLater) as later:
        street.asks("42", ANSWER)
    assert (later.value.after.total_seconds(), later.value.whole) == (30, False)
    assert street.asks("43", ANSWER) == 0
    street.now += 30
    assert street.asks("42", ANSWER) == 0


def test_after_a_throttle_answers_are_held_to_the_bucket_for_a_minute(street: Street) -> None:
    street.pace.throttled("42", 2)
    street.now += 2
    assert street.asks("42", ANSWER) == 0
    assert street.asks("42", ANSWER) == pytest.approx(1)
    street.now += 1
    assert street.asks("42", ANSWER) == 0
    street.now += STRICT - 1
    assert [street.asks("42", ANSWER) for _ in range(9)] == [0] * 9


def test_a_shorter_throttle_does_not_end_a_longer_one(street: Street) -> None:
    street.pace.throttled("42", 4)
    street.pace.throttled("42", 1)
    assert street.asks("42", ANSWER) == pytest.approx(4)


def test_two_private_chats_throttled_together_mean_the_whole_bot(street: Street) -> None:
    assert street.pace.throttled("42", 20) is False
    street.now += TOGETHER
    assert street.pace.throttled("43", 20) is True
    with pytest.raises(TryLater) as later:
        street.asks("44", ANSWER)
    assert later.value.whole
    street.now += 20
    assert [street.asks(str(person), ANSWER) for person in range(3)] == [0, *[pytest.approx(1 / 25)] * 2]


@pytest.mark.parametrize(("first", "second", "apart"), [("42", "42", 1), ("42", "43", 6), ("42", "-9", 1)])
def test_otherwise_a_throttle_is_of_its_chat(street: Street, first: str, second: str, apart: float) -> None:
    assert street.pace.throttled(first, 1) is False
    street.now += apart
    assert street.pace.throttled(second, 1) is False
    assert street.asks("44", NOTICE) == 0


def test_groups_are_throttled_each_for_itself(street: Street) -> None:
    assert not street.pace.throttled("-1", 30)
    assert not street.pace.throttled("-2", 30)


def test_a_throttle_of_no_chat_means_the_whole_bot(street: Street) -> None:
    assert street.pace.throttled(None, 3) is True
    assert street.asks("42", ANSWER) == pytest.approx(3)


def test_bulk_lets_everything_else_go_first(street: Street) -> None:
    street.pace.throttled(None, 1)
    for number, purpose in enumerate([BULK, BULK, NOTICE, BULK, ANSWER, NOTICE, ANSWER]):
        street.comes(str(number), purpose)
    street.until(street.now + 9)

    assert [purpose for _, _, purpose, _ in street.went] == [ANSWER, ANSWER, NOTICE, NOTICE, BULK, BULK, BULK]


def test_who_waits_for_a_chat_of_their_own_keeps_nobody_else(street: Street) -> None:
    street.pace.throttled("42", 3)
    for _ in range(8):
        street.comes("42", NOTICE)
    assert street.asks("43", BULK) == 0


def test_silent_chats_are_forgotten_but_not_what_was_asked_of_us(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_FORGET_ABOVE", 10)
    street.pace = Pace(showing.PACE, lambda: street.now)
    street.pace.throttled("42", 90)
    for person in range(500):
        street.asks(str(1_000 + person), ANSWER)
        street.now += 0.1

    assert len(street.pace._lanes) <= 80
    with pytest.raises(TryLater):
        street.asks("42", ANSWER)


CHATS = [str(person) for person in range(40)] + ["-1", "-2"]
COMING = st.lists(
    st.tuples(st.floats(0, 0.3), st.sampled_from(CHATS), st.sampled_from([NOTICE, BULK]), st.integers(1, 12)),
    max_size=80,
)


@given(COMING)
def test_the_platforms_limits_hold_whatever_comes(
    coming: list[tuple[float, str, Purpose, int]],
) -> None:
    street = played(coming)

    assert at_most(street, 1, WHOLE_RATE + WHOLE_BURST)
    assert at_most(street, 10, 10 * WHOLE_RATE + WHOLE_BURST)
    for chat in CHATS:
        assert at_most(street, 10, 10 + CHAT_BURST, chat)
    for group in ("-1", "-2"):
        assert at_most(street, GROUP_SPAN, GROUP_MOST, group)
    assert len(street.went) + len(street.turned_away) == sum(many for *_, many in coming)
    assert all(later.after.total_seconds() > 0 for later in street.turned_away)


@given(COMING)
def test_order_is_kept_in_each_chat(coming: list[tuple[float, str, Purpose, int]]) -> None:
    street = played(coming)

    for chat in CHATS:
        for purpose in (NOTICE, BULK):
            numbers = [number for _, at, why, number in street.went if (at, why) == (chat, purpose)]
            assert numbers == sorted(numbers)


@given(COMING, st.lists(st.tuples(st.floats(0, 0.3), st.sampled_from(CHATS[:5])), max_size=60))
def test_answers_to_people_never_wait_while_nobody_was_throttled(
    coming: list[tuple[float, str, Purpose, int]], answers: list[tuple[float, str]]
) -> None:
    street = played(coming)

    for pause, chat in answers:
        street.until(street.now + pause)
        assert street.asks(chat, ANSWER) == 0


@given(COMING, st.sampled_from(CHATS), st.floats(0.1, 4))
def test_nothing_goes_to_a_chat_that_asked_for_silence(
    coming: list[tuple[float, str, Purpose, int]], chat: str, seconds: float
) -> None:
    street = played(coming, end=0)
    street.pace.throttled(chat, seconds)
    start = street.now
    for purpose in (ANSWER, NOTICE, BULK):
        street.comes(chat, purpose)
    street.until(start + 100)

    assert not [at for at, to, *_ in street.went if to == chat and start < at < start + seconds - ROUNDING]


ANY_RATES = st.lists(
    st.builds(
        Rate,
        st.integers(1, 6),
        st.integers(1, 20).map(lambda seconds: timedelta(seconds=seconds)),
        st.sampled_from(Whose),
        burst=st.none() | st.integers(1, 4),
    ),
    max_size=4,
)


@given(ANY_RATES, COMING)
def test_no_span_holds_more_than_its_rate_whatever_the_rates(
    rates: list[Rate], coming: list[tuple[float, str, Purpose, int]]
) -> None:
    street = played(coming, rates=rates)

    for rate in rates:
        span = rate.span.total_seconds()
        most = rate.messages + (rate.burst or 0)
        whole = rate.whose is Whose.ACCOUNT
        group = rate.whose is Whose.GROUP
        assert all(
            at_most(street, span, most, whom)
            for whom in ([None] if whole else [chat for chat in CHATS if is_group(chat) is group])
        )
    assert len(street.went) + len(street.turned_away) == sum(many for *_, many in coming)


@given(st.lists(st.tuples(st.floats(0, 40), st.sampled_from(["Wang", "Li"])), max_size=300))
def test_where_nobody_stands_in_line_the_rates_hold_as_well(coming: list[tuple[float, str]]) -> None:
    now, pace, went = 0.0, Pace(wecom.PACE, lambda: now), Street()
    for pause, member in coming:
        now += pause
        with suppress(TryLater):
            pace.take(member)
            went.went.append((now, member, ANSWER, 0))

    for member in ("Wang", "Li"):
        assert at_most(went, 60, 30, member)


def test_what_must_not_be_overdrawn_is_not_overdrawn_by_answers(street: Street) -> None:
    street.pace = Pace([Rate(2, timedelta(seconds=3))], lambda: street.now)
    assert [street.asks("42", ANSWER) for _ in range(3)] == [0, 0, pytest.approx(3)]
    street.now += 3
    assert street.asks("42", ANSWER) == 0


def test_without_rates_everything_goes_but_a_silence_is_kept(street: Street) -> None:
    street.pace = Pace((), lambda: street.now)
    assert [street.asks("42", BULK) for _ in range(200)] == [0] * 200
    street.pace.throttled("42", 2)
    assert street.asks("42", ANSWER) == pytest.approx(2)
    with pytest.raises(TryLater):
        street.pace.take("42")


def played(
    coming: list[tuple[float, str, Purpose, int]],
    end: float = LONGEST,
    rates: Sequence[Rate] = showing.PACE,
) -> Street:
    street = Street(rates)
    for pause, chat, purpose, many in coming:
        street.until(street.now + pause)
        for _ in range(many):
            street.comes(chat, purpose)
    street.until(street.now + end)
    return street


def at_most(street: Street, span: float, most: float, chat: str | None = None) -> bool:
    """Whether no window of `span` seconds, without its end, saw more than `most`."""
    times = [at for at, to, *_ in street.went if chat in (None, to)]
    assert all(a <= b for a, b in pairwise(times))
    return all(
        later - first >= span - ROUNDING for first, later in zip(times, times[int(most) :], strict=False)
    )
