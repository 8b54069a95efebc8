"""What may be said unasked: whatever is planned, no cap is exceeded and nobody is woken, in any channel."""

import heapq
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import consents, customers, decency, facts, identities
from core.company import load
from core.complaints import tables as complaints
from core.consents import Purpose
from core.correspondence import Direction, Message, Status
from core.customers import Customer
from core.database import transaction
from core.decency import Class, Drop, Hold, Pace, Plea, Refusal, Say
from core.facts import Habit, Source
from core.identities import Identity, Role
from core.ratings import Rating
from tests.core import homes

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
COMPANY = load()
ZONE = COMPANY.zone
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE).astimezone(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return (datetime(2026, 11, 23, int(hour), int(minute), tzinfo=ZONE) + day * DAY).astimezone(UTC)


def somebody(session: Session, *, offers: bool = True, channels: tuple[str, ...] = ("web",)) -> Customer:
    customer = customers.greet(session, language="zh-CN", now=NOON)
    for channel in channels:
        one = Identity(
            channel=channel,
            account="main",
            user=f"u{customer.id}",
            customer_id=customer.id,
            speaks_as=Role.CUSTOMER,
            created_at=NOON,
        )
        session.add(one)
    session.flush()
    if offers:
        by = identities.of_customer(session, customer.id or 0)[0]
        consents.give(session, customer.id or 0, Purpose.MARKETING, body="offers", by=by, now=NOON)
    return customer


def judged(
    session: Session, who: Customer, kind: Class, now: datetime, plea: Plea | None = None
) -> decency.Verdict:
    return decency.judge(session, COMPANY, who, kind, now, plea)


def told(session: Session, who: Customer, kind: Class, now: datetime) -> None:
    decency.sent(session, who.id or 0, kind, now, about="test")


def left_alone(session: Session, who: Customer, weekdays: str) -> None:
    if weekdays:
        said = {Habit.QUIET.value: weekdays}
        facts.tell(session, who.id or 0, said, source=Source.CUSTOMER, now=NOON)


PLANS = st.lists(
    st.tuples(
        st.integers(0, 40 * 24 * 4),
        st.sampled_from([Class.CARE, Class.CARE, Class.MARKETING, Class.SERVICE, Class.EMERGENCY]),
        st.integers(0, 2),
    ),
    max_size=60,
)


@ONE_DATABASE
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plans=PLANS,
    zone=st.sampled_from([None, "America/New_York", "Asia/Shanghai"]),
    alone=st.sampled_from(["", "67", "3", "12345"]),
)
def test_whatever_is_planned_no_cap_is_exceeded_and_nobody_is_woken(
    engine: Engine, plans: list[tuple[int, Class, int]], zone: str | None, alone: str
) -> None:
    with Session(engine, expire_on_commit=False) as session:
        who = somebody(session, channels=("web", "telegram", "wechat"))
        decency.live_in(session, who.id or 0, zone, NOON)
        left_alone(session, who, alone)
        clock = ZoneInfo(zone) if zone else ZONE
        queue = [(NOON + q * timedelta(minutes=15), n, kind, rank) for n, (q, kind, rank) in enumerate(plans)]
        since = {n: due for due, n, _, _ in queue}
        heapq.heapify(queue)
        said: list[tuple[datetime, Class]] = []
        while queue:
            now, n, kind, rank = heapq.heappop(queue)
            plea = Plea(about="test", key=str(n), rank=rank, since=since[n])
            verdict = judged(session, who, kind, now, plea)
            if isinstance(verdict, Hold):
                assert verdict.until > now
                heapq.heappush(queue, (verdict.until, n, kind, rank))
            elif isinstance(verdict, Say):
                decency.sent(session, who.id or 0, kind, now, about="test", key=str(n))
                said.append((now.astimezone(clock), kind))
        session.rollback()
    assert_decent(said)
    assert not [one for one, kind in said if kind in decency.WAITS and str(one.isoweekday()) in alone]
    urgent = [kind for _, kind, _ in plans if kind in (Class.SERVICE, Class.EMERGENCY)]
    assert Counter(urgent) == Counter(kind for _, kind in said if kind not in decency.WAITS)


def assert_decent(said: list[tuple[datetime, Class]]) -> None:
    rules = COMPANY.decency
    for kind, hours in ((Class.CARE, rules.care), (Class.MARKETING, rules.marketing)):
        moments = [moment for moment, what in said if what is kind]
        days = [moment.date() for moment in moments]
        assert all(hours.begins <= moment.time() < hours.ends for moment in moments)
        for span, most in ((1, hours.per_day), (7, hours.per_week), (30, hours.per_month)):
            for day in days:
                assert sum(day - span * DAY < one <= day for one in days) <= most
    service = [moment.time() for moment, what in said if what is Class.SERVICE]
    assert all(COMPANY.policies.told_from <= one < COMPANY.policies.told_until for one in service)
    for place, (moment, kind) in enumerate(said):
        before = {what for earlier, what in said[:place] if earlier.date() == moment.date()}
        assert kind is not Class.MARKETING or not before & set(decency.WAITS)


@ONE_DATABASE
def test_what_comes_late_waits_for_a_moment_of_the_morning_of_its_own(session: Session) -> None:
    first, second = somebody(session), somebody(session)
    plea = Plea(since=at(0, "21:30"))
    held = [judged(session, who, Class.CARE, at(0, "21:30"), plea) for who in (first, second, first)]
    assert all(isinstance(one, Hold) for one in held)
    moments = [one.until.astimezone(ZONE) for one in held if isinstance(one, Hold)]
    assert all(time(8, 5) <= one.time() < time(9, 30) and one.date() == date(2026, 11, 24) for one in moments)
    assert moments[0] == moments[2] != moments[1]
    offer = judged(session, first, Class.MARKETING, at(0, "20:45"))
    assert isinstance(offer, Hold)
    assert time(9) <= offer.until.astimezone(ZONE).time() < time(9, 30)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("kind", "late", "verdict"),
    [
        (Class.CARE, 20, Hold),
        (Class.CARE, 26, Drop),
        (Class.MARKETING, 40, Hold),
        (Class.MARKETING, 49, Drop),
    ],
)
def test_it_is_dropped_when_it_would_be_stale(
    session: Session, kind: Class, late: int, verdict: type
) -> None:
    who, now = somebody(session), at(0, "23:00")
    plea = Plea(since=at(1, "08:30") - late * HOUR if verdict is Drop else now - (late - 12) * HOUR)
    assert isinstance(judged(session, who, kind, now, plea), verdict)


@ONE_DATABASE
def test_what_is_urgent_goes_always_and_what_is_under_way_too(session: Session) -> None:
    who, night = somebody(session, offers=False), at(0, "03:00")
    assert judged(session, who, Class.EMERGENCY, night) == Say()
    assert judged(session, who, Class.SERVICE, night, Plea(live=True)) == Say()
    assert judged(session, who, Class.SERVICE, night) == Hold(at(0, "07:00"), "they sleep")
    decency.live_in(session, who.id or 0, "America/New_York", NOON)
    assert judged(session, who, Class.SERVICE, night) == Say()


@ONE_DATABASE
def test_weekdays_on_which_they_want_to_be_left_alone_are_theirs(session: Session) -> None:
    who = somebody(session)
    left_alone(session, who, "67")
    saturday = at(5, "10:00")
    assert judged(session, who, Class.CARE, at(4, "10:00")) == Say()
    held = judged(session, who, Class.CARE, saturday, Plea(worth=3 * DAY))
    assert isinstance(held, Hold)
    assert held.why == "they want to be left alone on that weekday"
    assert held.until.astimezone(ZONE).isoweekday() == 1
    assert judged(session, who, Class.CARE, held.until, Plea(since=saturday, worth=3 * DAY)) == Say()
    stale = judged(session, who, Class.MARKETING, saturday - HOUR)
    assert stale == Drop("they want to be left alone on that weekday, and later it is stale")
    assert judged(session, who, Class.SERVICE, saturday) == Say()
    assert judged(session, who, Class.EMERGENCY, saturday) == Say()
    decency.live_in(session, who.id or 0, "America/New_York", NOON)
    assert judged(session, who, Class.CARE, saturday - HOUR) == Say(), "it is Friday evening where they are"
    monday = judged(session, who, Class.CARE, at(7, "02:00"), Plea(worth=3 * DAY))
    assert isinstance(monday, Hold), "it is Sunday noon where they are"
    decency.live_in(session, who.id or 0, None, NOON)
    left_alone(session, who, "1234567")
    assert isinstance(judged(session, who, Class.CARE, NOON, Plea(worth=30 * DAY)), Drop)


@ONE_DATABASE
def test_the_one_that_matters_more_gets_the_place(session: Session) -> None:
    who, now = somebody(session), at(0, "22:00")
    minor, major = (Plea(key=key, rank=rank, worth=5 * DAY) for key, rank in (("minor", 0), ("major", 9)))
    first = judged(session, who, Class.CARE, now, minor)
    assert judged(session, who, Class.CARE, now, major) == first
    assert isinstance(first, Hold)
    put_off = judged(session, who, Class.CARE, first.until, Plea(key="minor", since=now, worth=5 * DAY))
    assert isinstance(put_off, Hold)
    assert put_off.until.astimezone(ZONE).date() == first.until.astimezone(ZONE).date() + DAY
    assert judged(session, who, Class.CARE, first.until, major) == Say()
    decency.sent(session, who.id or 0, Class.CARE, first.until, about="test", key="major")
    offer = judged(session, who, Class.MARKETING, first.until + HOUR, Plea(worth=5 * DAY))
    assert isinstance(offer, Hold)
    assert offer.until > put_off.until, "what matters more has the next day"


@ONE_DATABASE
def test_offers_need_a_yes_and_nothing_goes_where_it_is_refused(session: Session) -> None:
    stranger = somebody(session, offers=False)
    assert isinstance(judged(session, stranger, Class.MARKETING, NOON), Drop)
    who = somebody(session, channels=("web", "telegram"))
    decency.refuse(session, who.id or 0, Class.MARKETING, NOON, channel="web")
    assert judged(session, who, Class.MARKETING, NOON) == Say(frozenset({"web"}))
    decency.refuse(session, who.id or 0, Class.MARKETING, NOON, channel="telegram")
    assert isinstance(judged(session, who, Class.MARKETING, NOON), Drop)
    assert judged(session, who, Class.CARE, NOON) == Say()
    decency.refuse(session, who.id or 0, Class.CARE, NOON)
    assert isinstance(judged(session, who, Class.CARE, NOON), Drop)
    decency.allow(session, who.id or 0, Class.CARE)
    assert judged(session, who, Class.CARE, NOON) == Say()
    with pytest.raises(ValueError, match="cannot be refused"):
        decency.refuse(session, who.id or 0, Class.SERVICE, NOON)
    assert session.exec(select(Refusal)).all() != []


@ONE_DATABASE
def test_who_asked_for_fewer_gets_one_a_month_and_who_wants_the_digest_nothing_else(session: Session) -> None:
    who = somebody(session)
    decency.want(session, who.id or 0, Pace.FEWER, NOON)
    assert judged(session, who, Class.CARE, NOON) == Say()
    told(session, who, Class.CARE, NOON)
    assert isinstance(judged(session, who, Class.MARKETING, NOON + 20 * DAY), Drop)
    assert judged(session, who, Class.MARKETING, NOON + 30 * DAY) == Say()
    decency.want(session, who.id or 0, Pace.DIGEST, NOON)
    assert isinstance(judged(session, who, Class.CARE, NOON + 60 * DAY), Drop)
    assert judged(session, who, Class.CARE, NOON + 60 * DAY, Plea(about=decency.DIGEST)) == Say()


@ONE_DATABASE
def test_a_complaint_silences_what_can_wait_but_not_what_they_would_lose(session: Session) -> None:
    who = somebody(session)
    made = complaints.Complaint(
        customer_id=who.id or 0,
        kind=complaints.Kind.QUALITY,
        severity=complaints.Severity.S3,
        severity_reason="test",
        source=complaints.Source.WORDS,
        rung=complaints.Rung.OWNER,
        opened_at=NOON,
        since=NOON,
        asked_at=NOON,
        human_by=NOON,
        plan_by=NOON,
        resolve_by=NOON,
        next_at=NOON,
    )
    session.add(made)
    session.flush()
    assert judged(session, who, Class.CARE, NOON) == Drop("a complaint is open")
    assert judged(session, who, Class.CARE, NOON, Plea(owed=True)) == Say()
    made.status, made.closed_at, made.next_at = complaints.Status.CLOSED, NOON, None
    session.flush()
    assert isinstance(judged(session, who, Class.MARKETING, NOON + 13 * DAY), Hold)
    assert isinstance(judged(session, who, Class.MARKETING, NOON + 11 * DAY), Drop)
    assert judged(session, who, Class.MARKETING, NOON + 14 * DAY) == Say()


@ONE_DATABASE
def test_no_offers_after_a_bad_rating(session: Session) -> None:
    homes.worker(session)
    who = somebody(session)
    visit = homes.place(session, who, homes.at(homes.TUESDAY, 9))
    rated = visit.starts_at + HOUR
    session.add(Rating(visit_id=visit.id or 0, worker_id=1, stars=2, rated_at=rated))
    session.flush()
    noon = (rated + 10 * DAY).replace(hour=4)
    verdict = judged(session, who, Class.MARKETING, noon)
    assert verdict == Drop("they were not content with a visit, and later it is stale")
    assert judged(session, who, Class.CARE, noon) == Say()
    assert judged(session, who, Class.MARKETING, noon + 5 * DAY) == Say()


@ONE_DATABASE
def test_three_offers_without_a_word_and_there_is_none_for_two_months(session: Session) -> None:
    who = somebody(session)
    for week in range(3):
        assert judged(session, who, Class.MARKETING, NOON + week * 10 * DAY) == Say()
        told(session, who, Class.MARKETING, NOON + week * 10 * DAY)
    later = NOON + 35 * DAY
    verdict = judged(session, who, Class.MARKETING, later)
    assert isinstance(verdict, Drop)
    assert "did not react" in verdict.why
    assert judged(session, who, Class.MARKETING, NOON + 81 * DAY) == Say()
    # A word in answer to any of them would have done.
    session.add(
        Message(
            direction=Direction.IN,
            channel="web",
            account="main",
            user=f"u{who.id}",
            kind="text",
            body="多少钱",
            status=Status.RECEIVED,
            created_at=NOON + HOUR,
        )
    )
    session.flush()
    assert judged(session, who, Class.MARKETING, later) == Say()


def test_two_at_once_do_not_both_take_the_last_place(engine: Engine) -> None:
    with transaction(engine) as session:
        who = somebody(session).id
    together = threading.Barrier(4)

    def says(n: int) -> bool:
        together.wait()
        with transaction(engine) as session:
            customer = session.get_one(Customer, who)
            if judged(session, customer, Class.CARE, NOON, Plea(key=str(n))) != Say():
                return False
            told(session, customer, Class.CARE, NOON)
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(says, range(4))) == 1


@ONE_DATABASE
@given(
    minutes=st.integers(0, 8 * 24 * 60),
    moved=st.integers(0, 36 * 60),
    zones=st.tuples(*[st.sampled_from([None, "Europe/Berlin", "Pacific/Auckland", "America/New_York"])] * 2),
    kind=st.sampled_from([Class.SERVICE, Class.CARE, Class.MARKETING]),
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_moves_to_another_clock_is_not_woken_by_what_waited(
    engine: Engine, minutes: int, moved: int, zones: tuple[str | None, str | None], kind: Class
) -> None:
    with Session(engine, expire_on_commit=False) as session:
        who, now = somebody(session), NOON + minutes * timedelta(minutes=1)
        decency.live_in(session, who.id or 0, zones[0], NOON)
        plea, moves = Plea(key="held", since=now, worth=5 * DAY), now + moved * timedelta(minutes=1)
        while isinstance(verdict := judged(session, who, kind, now, plea), Hold):
            assert verdict.until > now
            now = verdict.until
            if now >= moves:
                decency.live_in(session, who.id or 0, zones[1], NOON)
        zone = decency.zone(session, COMPANY, who.id or 0)
        session.rollback()
    local, rules = now.astimezone(zone).time(), COMPANY.decency
    hours = {Class.CARE: (rules.care.begins, rules.care.ends)}
    hours |= {Class.MARKETING: (rules.marketing.begins, rules.marketing.ends)}
    hours |= {Class.SERVICE: (COMPANY.policies.told_from, COMPANY.policies.told_until)}
    assert verdict == Say()
    assert hours[kind][0] <= local < hours[kind][1]
