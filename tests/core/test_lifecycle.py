"""Who is how close to us: the own rhythm, the stages and their reasons, and when something kind is due."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot import texts
from core import customers, facts, identities, lifecycle
from core.bindings import Proof, merging
from core.company import Company, load
from core.complaints.tables import Complaint, Kind, Severity, Source
from core.complaints.tables import Status as CaseStatus
from core.customers import Customer, HomeProfile
from core.database import transaction
from core.facts import Event
from core.lifecycle import (
    Lifecycle,
    Segment,
    Stage,
    Suggestion,
    contracts,
    festivals,
    looking,
    planning,
    reading,
    rhythm,
    seasons,
    staging,
    suggestions,
    tasks,
)
from core.lifecycle.planning import Care
from core.lifecycle.reading import History
from core.lifecycle.tasks import TaskGone
from core.members import Tier
from core.ratings import Rating
from core.reminders import Reminder
from core.visits import Status, Visit
from tests import town
from tests.conftest import Moment

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
COMPANY = load()
ZONE, RULES = COMPANY.zone, COMPANY.care
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NINE = datetime(2026, 11, 28, 9, tzinfo=ZONE).astimezone(UTC)
ORDER = [Stage.AT_RISK, Stage.DORMANT, Stage.LOST]


def visit(number: int, began: datetime, status: Status = Status.FINISHED, code: str = "DAILY") -> Visit:
    return Visit(
        id=number,
        reference=f"P{number:05}",
        customer_id=1,
        address_id=1,
        address_line="x",
        area_code="WUHOU",
        service_code=code,
        quantity=3,
        starts_at=began,
        ends_at=began + 3 * HOUR,
        status=status,
        quote={},
        total=135_00,
        company_version="",
        policy_version="",
        rules_accepted_at=began,
        placed_at=began - DAY,
        closed_at=began + 3 * HOUR,
    )


def past(*days_ago: int, **more: object) -> History:
    """Visits so many days before NINE, the latest first."""
    finished = [visit(n, NINE - days * DAY) for n, days in enumerate(sorted(days_ago), 1)]
    customer = Customer(id=1, language="zh-CN", created_at=NINE - 500 * DAY)
    return History(customer=customer, finished=finished, **more)


def rated(*stars: int) -> list[Rating]:
    return [Rating(visit_id=n, worker_id=1, stars=one, rated_at=NINE - DAY) for n, one in enumerate(stars, 1)]


def complaint(severity: Severity = Severity.S2, **more: object) -> Complaint:
    given = {"status": CaseStatus.CLOSED, "opened_at": NINE - 30 * DAY, "upheld": True, **more}
    return Complaint(customer_id=1, kind=Kind.QUALITY, severity=severity, source=Source.BUTTON, **given)


GAPS = st.lists(st.integers(0, 90), max_size=30)


@given(gaps=GAPS)
def test_the_own_rhythm_is_a_median_within_limits(gaps: list[int]) -> None:
    days = [date(2026, 1, 1)]
    for gap in gaps:
        days.append(days[-1] + gap * DAY)
    own = rhythm.interval(days, RULES)
    apart = [(later - sooner).days for sooner, later in pairwise(sorted(set(days)))][-rhythm.LOOKED_AT :]
    if len(set(days)) < RULES.rhythm_visits:
        assert own == RULES.rhythm_usual_days
        return
    assert RULES.rhythm_least_days <= own <= RULES.rhythm_most_days
    clipped = [min(max(one, RULES.rhythm_least_days), RULES.rhythm_most_days) for one in apart]
    assert 2 * sum(one <= own for one in clipped) >= len(clipped)
    assert 2 * sum(one >= own for one in clipped) >= len(clipped)
    assert rhythm.interval(days[::-1], RULES) == own


@settings(max_examples=60)
@given(gaps=st.lists(st.integers(1, 60), max_size=12), stars=st.lists(st.integers(4, 5), max_size=8))
def test_whoever_stays_away_only_gets_further_from_us(gaps: list[int], stars: list[int]) -> None:
    ago = [0]
    for gap in gaps:
        ago.append(ago[-1] + gap)
    history, before = past(*ago, ratings=rated(*stars[: len(ago)])), -1
    for silent in range(0, 220, 3):
        placed = staging.stage(COMPANY, history, NINE + silent * DAY)
        now = ORDER.index(placed.stage) if placed.stage in ORDER else -1
        assert now >= before
        before = now
        for language in texts.languages():
            reason = {name: value for name, value in placed.why.items() if name != "why"}
            assert texts.say(language, f"stage-why-{placed.why['why']}", **reason)
    assert before == ORDER.index(Stage.LOST)


AHEAD = [visit(99, NINE + 3 * DAY, Status.CONFIRMED)]


@pytest.mark.parametrize(
    ("history", "stage", "why"),
    [
        (past(1), Stage.NEW, "first"),
        (past(29), Stage.NEW, "first"),
        (past(31), Stage.AT_RISK, "silent-own"),
        (past(20, 34), Stage.ACTIVE, "lately"),
        (past(25, 39), Stage.ACTIVE, "late"),
        (past(28, 42, 56), Stage.ACTIVE, "late"),
        (past(29, 43, 57), Stage.AT_RISK, "silent-own"),
        (past(60, 74, 88, ahead=AHEAD), Stage.ACTIVE, "ahead"),
        (past(90, 100), Stage.AT_RISK, "silent-own"),
        (past(91, 100), Stage.DORMANT, "silent"),
        (past(180), Stage.DORMANT, "silent"),
        (past(181), Stage.LOST, "silent"),
        (past(1, 8, 15, 22, 29, 36, ratings=rated(5, 4, 5, 4)), Stage.LOYAL, "loyal"),
        (past(1, 8, 15, 22, 29, ratings=rated(5, 5)), Stage.ACTIVE, "lately"),
        (past(1, 8, 15, 22, 29, 36, ratings=rated(4, 4, 5)), Stage.ACTIVE, "lately"),
        (past(1, 8, 15, 22, 29, 36), Stage.ACTIVE, "lately"),
        (past(1, 8, 15, 22, 29, 36, ratings=rated(5), complaints=[complaint()]), Stage.ACTIVE, "lately"),
        (
            past(1, 8, 15, 22, 29, 36, ratings=rated(5), complaints=[complaint(Severity.S3)]),
            Stage.LOYAL,
            "loyal",
        ),
        (past(1, 8, ratings=rated(3)), Stage.AT_RISK, "rating"),
        (past(1, 8, complaints=[complaint(status=CaseStatus.OPEN)]), Stage.AT_RISK, "complaint"),
        (
            past(1, 8, cancelled=[visit(50 + n, NINE - 9 * DAY, Status.CANCELLED) for n in range(2)]),
            Stage.AT_RISK,
            "cancelled",
        ),
    ],
)
def test_each_stage_has_its_reason(history: History, stage: Stage, why: str) -> None:
    placed = staging.stage(COMPANY, history, NINE)
    assert (placed.stage, placed.why["why"]) == (stage, why)


def test_worth_comes_from_how_lately_often_and_much_and_from_friends_and_the_home() -> None:
    home = HomeProfile(customer_id=1, infants=True)
    small = staging.value(COMPANY, past(200), NINE)
    assert small == (
        Segment.SMALL,
        {"recency": 1, "frequency": 2, "money": 1, "friends": 0, "potential": 1},
    )
    often = past(*range(1, 200, 8), paid=8_000_00, friends=5, home=home, size_m2=140)
    segment, score = staging.value(COMPANY, often, NINE)
    assert segment is Segment.TOP
    assert score == {"recency": 5, "frequency": 5, "money": 5, "friends": 2, "potential": 3}
    for days, points in ((14, 5), (15, 4), (31, 3), (61, 2), (121, 1)):
        assert staging.value(COMPANY, past(days), NINE)[1]["recency"] == points


def test_the_usual_window_is_the_most_frequent_and_comes_about_an_interval_later() -> None:
    history = past(0, 14, 28, 42)
    history.finished[0].starts_at += 5 * HOUR  # once in the afternoon
    base, at = rhythm.usual(COMPANY, history.finished, NINE + 13 * DAY)
    assert base is history.finished[1]
    assert at.astimezone(UTC) == NINE + 14 * DAY
    _, later = rhythm.usual(COMPANY, history.finished, NINE + 30 * DAY)
    assert later.astimezone(UTC) == NINE + 35 * DAY


def due(history: History, kind: str, row: Lifecycle | None = None, now: datetime = NINE) -> Care:
    made = row or Lifecycle(customer_id=1, stage=Stage.ACTIVE, since=NINE, look_at=NINE)
    return next(one for one in planning._every(COMPANY, made, history, now) if one.kind == kind)


@pytest.mark.parametrize(
    ("history", "kind", "after"),
    [
        (past(0), planning.CHECK, 3 * HOUR + DAY),
        (past(0), planning.NEXT, 7 * DAY),
        (past(0, 30), planning.NEXT, 14 * DAY),
        (past(0, 10, 20), planning.NEXT, 9 * DAY),
        (past(0, 2, 4), planning.NEXT, 4.5 * DAY),
        (past(0, 80, 160), planning.NEXT, 40.5 * DAY),
        (past(0), planning.RISK, 31 * DAY),
        (past(0, 10, 20), planning.RISK, 21 * DAY),
        (past(0), planning.WHY, 91 * DAY),
        (past(0), planning.LAST, 181 * DAY),
        (past(0), planning.RETURN, 90 * DAY),
        (past(0, tier=Tier.SILVER), planning.RETURN, 60 * DAY),
        (past(0, tier=Tier.GOLD), planning.RETURN, 45 * DAY),
        (past(0, tier=Tier.DIAMOND), planning.RETURN, 30 * DAY),
    ],
)
def test_the_care_calendar(history: History, kind: str, after: timedelta) -> None:
    assert due(history, kind).due_at == NINE + after


def test_only_the_first_visit_is_asked_about_and_a_return_visit_starts_the_count_anew() -> None:
    kinds = [one.kind for one in planning.after_visit(COMPANY, past(0, 9))]
    assert planning.CHECK not in kinds
    row = Lifecycle(customer_id=1, since=NINE, look_at=NINE, returned_at=NINE - 5 * DAY)
    assert due(past(0, 100), planning.RETURN, row).due_at == NINE + 85 * DAY
    assert due(past(200), planning.RETURN).due_at == NINE - 200 * DAY + 270 * DAY


@pytest.mark.parametrize(
    ("today", "history", "names"),
    [
        (date(2027, 4, 1), past(1), ["cooling"]),
        (date(2027, 5, 31), past(1), ["cooling"]),
        (date(2027, 6, 1), past(1), []),
        (date(2027, 9, 30), past(1), ["cooling"]),
        (date(2027, 3, 1), past(1), ["mites"]),
        (date(2026, 12, 22), past(1), []),
        (date(2026, 12, 23), past(1), ["new-year-clean"]),  # Spring Festival is on 6 February 2027
        (date(2027, 1, 29), past(1), ["new-year-clean"]),
        (date(2027, 1, 30), past(1), []),
        (date(2028, 1, 1), past(1), ["new-year-clean"]),  # and on 26 January 2028
    ],
)
def test_seasons(today: date, history: History, names: Sequence[str]) -> None:
    assert [one.season.name for one in seasons.now(COMPANY, history, today)] == list(names)


def test_a_season_suits_the_home_and_what_they_had() -> None:
    had = past(1)
    had.finished[0].service_code = "AC-F"
    assert not list(seasons.now(COMPANY, had, date(2026, 12, 1).replace(month=4, year=2027)))
    moved = facts.Fact(customer_id=1, what=Event.MOVING.value, value="yes", told_at=NINE, source="customer")
    (one,) = seasons.now(COMPANY, past(1, told=[moved]), date(2026, 12, 1))
    assert (one.season.name, one.service, one.begins) == ("moved", "MOVEIN", date(2026, 11, 28))
    moved.used_at = NINE
    assert not list(seasons.now(COMPANY, past(1, told=[moved]), date(2026, 12, 1)))
    pets = COMPANY.care.seasons[1].model_copy(update={"homes": ("pets",)})
    house = COMPANY.model_copy(update={"care": RULES.model_copy(update={"seasons": (pets,)})})
    march = date(2027, 3, 2)
    assert not list(seasons.now(house, past(1), march))
    assert list(seasons.now(house, past(1, home=HomeProfile(customer_id=1, pets=True)), march))


def test_festivals_by_the_moon_also_where_one_ends_a_month() -> None:
    assert festivals.day_in("dragon-boat", 2025) == date(2025, 5, 31)
    assert festivals.day_in("spring-festival", 2027) == date(2027, 2, 6)
    assert festivals.day_in("lantern", 2026) == date(2026, 3, 3)
    assert festivals.day_in("mid-autumn", 2031) == festivals.day_in("national-day", 2031)
    eve = datetime(2025, 5, 29, 3, tzinfo=ZONE)
    row = Lifecycle(customer_id=1, stage=Stage.ACTIVE, since=NINE, look_at=NINE)
    planned = [one for one in planning.of(COMPANY, row, past(600), eve) if one.kind == planning.FESTIVAL]
    assert [one.payload["festival"] for one in planned] == ["dragon-boat"]
    assert planned[0].due_at.astimezone(ZONE).date() == date(2025, 5, 31)
    row.stage = Stage.LOST
    assert not [one for one in planning.of(COMPANY, row, past(600), eve) if one.kind == planning.FESTIVAL]


def somebody(session: Session, company: Company, began: datetime, number: int = 0) -> Customer:
    customer = customers.greet(session, language="zh-CN", now=began)
    town.attended(session, company, customer, began, number)
    return customer


def test_a_finished_visit_is_looked_at_and_each_night_again(
    engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
        who = somebody(session, company, moment.now - DAY).id or 0
        lifecycle.note(session, who, moment.now)
        lifecycle.note(session, who, moment.now)
        (row,) = looking.due(session, moment.now)
        looking.look(session, company, row, moment.now)
        assert (row.stage, row.segment, row.interval_days) == (Stage.NEW, Segment.MIDDLE, 14)
        local = row.look_at.astimezone(company.zone)
        assert moment.now < row.look_at <= moment.now + DAY
        assert 2 <= local.hour < 6
        assert not looking.due(session, moment.now)
    moment.forward(days=92)
    with transaction(engine) as session:
        (row,) = looking.due(session, moment.now)
        looking.look(session, company, row, moment.now)
        assert (row.stage, row.since) == (Stage.DORMANT, moment.now)
        kinds = session.exec(select(Reminder.kind).where(Reminder.subject == str(who))).all()
        assert set(kinds) >= {planning.CHECK, planning.WHY}
        lifecycle.note(session, who, moment.now)
        session.refresh(row)
        assert row.look_at == moment.now


def at_once(engine: Engine, work: Callable[[Session], object]) -> list[object]:
    """What each of two transactions got that do the same at the same moment, or how it failed."""
    ready = threading.Barrier(2)

    def run() -> object:
        with transaction(engine) as session:
            ready.wait()
            return work(session)

    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(run) for _ in range(2)]
    return [one.exception() or one.result() for one in made]


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_two_processes_share_the_customers_and_suggest_once(engine: Engine, company: Company) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, NINE)
        ids = [somebody(session, company, NINE - DAY, n).id or 0 for n in range(6)]
        for one in ids:
            lifecycle.note(session, one, NINE)
    ready = threading.Barrier(2)

    def look(session: Session) -> list[int]:
        found = [row.customer_id for row in looking.due(session, NINE, limit=3)]
        ready.wait()
        return found

    shares = at_once(engine, look)
    assert sorted(one for share in shares for one in share) == ids

    def suggest(session: Session) -> object:
        history = reading.read(session, ids[0], NINE)
        key = f"test:{threading.get_ident()}"
        more = {"kind": "next", "key": key, "service_code": "DAILY"}
        return suggestions.make(session, company, history, **more, now=NINE).key

    made = at_once(engine, suggest)
    with transaction(engine) as session:
        still = session.exec(select(Suggestion).where(Suggestion.answered_at == None)).all()  # noqa: E711
        assert len(still) == 1
    assert sum(isinstance(one, str) for one in made) >= 1


@ONE_DATABASE
def test_one_suggestion_at_a_time_and_the_smaller_the_value_the_seldomer(
    engine: Engine, company: Company
) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, NINE)
        who = somebody(session, company, NINE - DAY).id or 0

        def why(kind: str, key: str, now: datetime, segment: Segment = Segment.SMALL) -> str | None:
            return suggestions.why_not(company, reading.read(session, who, now), segment, kind, key, now)

        def make(kind: str, key: str, now: datetime) -> Suggestion:
            more = {"kind": kind, "key": key, "service_code": "DAILY", "now": now}
            return suggestions.make(session, company, reading.read(session, who, now), **more)

        season = make("cooling", "a", NINE)
        assert why("mites", "b", NINE + DAY) == "another suggestion is open"
        assert why("next", "c", NINE + DAY) is None  # their own rhythm comes first
        own = make("next", "c", NINE + DAY)
        assert season.answer == suggestions.OVER
        assert why("next", "c", NINE + DAY) == "it was suggested before"
        suggestions.answer(session, who, None, suggestions.LATER, NINE + DAY)
        assert own.answer == suggestions.LATER
        later = NINE + 9 * DAY
        assert why("risk", "d", later, Segment.TOP) is None
        assert why("risk", "d", later) == "to customers of small value something is suggested every 14 days"
        with pytest.raises(suggestions.NoSuggestion):
            suggestions.answer(session, who + 1, own.id, suggestions.LATER, later)


@ONE_DATABASE
def test_a_call_is_asked_for_once_and_given_up_in_the_end(engine: Engine, company: Company) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, NINE)
        who = somebody(session, company, NINE - DAY).id or 0
        task = tasks.ask(session, company, who, what="return", key="a", now=NINE)
        assert task is not None
        assert tasks.ask(session, company, who, what="return", key="a", now=NINE) is None
        for n in range(tasks.MOST_TRIES):
            assert task.done_at is None
            assert tasks.waiting(session, 5) == [task]
            tasks.not_reached(session, company, task.id or 0, 1, NINE + n * DAY)
        assert (task.outcome, tasks.waiting(session, 5)) == (tasks.GIVEN_UP, [])
        with pytest.raises(TaskGone):
            tasks.done(session, task.id or 0, 1, NINE)


@ONE_DATABASE
def test_a_contract_is_asked_about_as_often_as_there_is_time_for(engine: Engine, company: Company) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, NINE)
        who = somebody(session, company, NINE - DAY).id or 0
        first, last = date(2026, 12, 1), date(2026, 12, 8)
        made = contracts.agree(session, company, who, "MATERNITY", first, last, NINE)
        planned = session.exec(select(Reminder).where(Reminder.kind == planning.CONTRACT)).all()
        days = sorted(one.due_at.astimezone(ZONE).isoformat()[:16] for one in planned)
        assert days == ["2026-12-01T10:00", "2026-12-05T10:00"]
        assert not contracts.is_followed(session, made)
        contracts.agree(session, company, who, "MATERNITY", last, last + 26 * DAY, NINE)
        assert contracts.is_followed(session, made)
        with pytest.raises(ValueError, match="first day"):
            contracts.agree(session, company, who, "MATERNITY", last, first, NINE)


@ONE_DATABASE
def test_two_who_are_one_have_one_suggestion_and_one_stage_and_apart_their_own(
    engine: Engine, company: Company
) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, NINE)
        kept, given = (somebody(session, company, NINE - (n + 1) * DAY, n) for n in range(2))
        for n, one in enumerate((kept, given)):
            lifecycle.note(session, one.id or 0, NINE + n * HOUR)
            history = reading.read(session, one.id or 0, NINE)
            more = {"kind": "next", "key": f"k{n}", "service_code": "DAILY", "now": NINE}
            suggestions.make(session, company, history, **more)
            contracts.agree(session, company, one.id or 0, "MATERNITY", NINE.date(), NINE.date(), NINE)
        by = identities.behind(session, "web", "main", "somebody", language="zh-CN", now=NINE)
        made = merging.merge(session, kept, given, by, NINE + DAY, proof=Proof.CODE)
        history = reading.read(session, kept.id or 0, NINE + DAY)
        assert sorted(one.answer or "" for one in history.suggestions) == ["", "over"]
        assert len(contracts.of_customer(session, kept.id or 0)) == 2
        row = looking.of(session, kept.id or 0)
        assert row is not None
        assert row.look_at == NINE + DAY
        for one in looking.due(session, NINE + DAY):
            looking.look(session, company, one, NINE + DAY)
        assert row.interval_days == company.care.rhythm_usual_days
        merging.undo(session, made.id or 0, by=1, now=NINE + 2 * DAY)
        assert [one.answer for one in reading.read(session, given.id or 0, NINE).suggestions] == [None]
        assert len(contracts.of_customer(session, given.id or 0)) == 1
