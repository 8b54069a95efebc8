"""The invented year: each rule of its verdict finds what breaks it, and a short year breaks none."""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from channels.cli import app
from channels.demoyear import report, verdict, year
from channels.demoyear.account import Known, Life, Offered, Planned, Told, Wished
from channels.demoyear.stage import DAY, Span, Year, outages
from channels.demoyear.year import Lived
from core.company import load
from core.correspondence import Peer
from core.decency import Class, Pace
from core.visits import Status
from tests.conftest import Moment

COMPANY = load()
NOON = datetime(2026, 11, 23, 12, tzinfo=COMPANY.zone).astimezone(UTC)
HOUR = timedelta(hours=1)
DAYS = 21
CHAT, OTHER = Peer("web", "day", "household-1"), Peer("wechat", "day", "household-1")
VISIT = Life(
    [(NOON - 2 * DAY, Status.CONFIRMED), (NOON + 3 * DAY, Status.CANCELLED)],
    NOON + 4 * DAY,
    NOON - 2 * DAY,
    customer_id=1,
)


def told(about: str = "turn", at: datetime = NOON, **more: object) -> Told:
    made = Told(
        1, CHAT, at, at, None, Class.SERVICE, about, "", "", "somebody", f"{about} {at}", "Asia/Shanghai"
    )
    return replace(made, **more)


def care(days: float = 0, about: str = "tier", **more: object) -> Told:
    at = NOON + days * DAY
    return told(about, at, kind=Class.CARE, key=f"{about}:{at}", **more)


def offer(days: float = 0, **more: object) -> Told:
    at = NOON + days * DAY
    words = {"kind": Class.MARKETING, "key": f"campaign:{at}", "body": f"【暖冬】 a coupon {at}"}
    return told("campaign", at, **words | more)


WINTER = Offered("winter", "【暖冬】", NOON - DAY, NOON + 30 * DAY, budget=6000, given=6000)
AGREED = [(1, NOON - DAY, None)]


def known(*said: Told, **more: object) -> Known:
    return replace(Known(COMPANY, NOON + 60 * DAY, said, lives={"V": VISIT}), **more)


def planned(
    due_at: datetime, done_at: datetime | None, status: str = "done", outcome: str = "said"
) -> Planned:
    return Planned("key", "rating", due_at, status, done_at, outcome)


Rule = Callable[[Known], Iterator[str]]
NIGHT = NOON + 11 * HOUR
AT_WORK = [(NOON - DAY, Status.CONFIRMED), (NOON, Status.WORKING)]


def set_back(at: datetime) -> datetime:
    """As lived, where the clock was set back by half a day."""
    return at + (DAY / 2 if at > NOON + 2.5 * DAY else timedelta())


FINE = (
    known(told(), care(0), care(1), care(7), care(8), told(at=NOON + 9 * HOUR)),
    known(care(0, "digest"), wishes=[Wished(NOON - DAY, 1, Pace.DIGEST)]),
    known(care(0, "digest"), care(31, "digest"), wishes=[Wished(NOON - DAY, 1, Pace.DIGEST)]),
    known(care(0), upset=[(2, NOON - DAY, None), (1, NOON - 30 * DAY, NOON - 20 * DAY)]),
    known(care(0), upset=[(1, NOON - DAY, None)]),  # owed: they lose something if it is not said
    known(care(0), told(at=NOON, kind=Class.CARE, about="tier", peer=OTHER)),  # one message, in two chats
    known(told("visit-near", subject="V", key="a")),
    known(told(at=NIGHT, kind=Class.EMERGENCY)),
    known(planned=[planned(NOON, NOON + 5 * HOUR)], breaks=[Span(NOON, NOON + 5 * HOUR, "process")]),
    known(care(0, carried=NIGHT, is_asked_for=True), told(carried=NIGHT, is_urgent=True)),
    known(told(at=NIGHT - 1.1 * HOUR, carried=NIGHT - HOUR / 5)),
    known(told("visit-near", carried=NIGHT, subject="V"), lives={"V": replace(VISIT, states=AT_WORK)}),
    known(offer(0), offer(20, customer_id=2), offers=[WINTER], agreed=[*AGREED, (2, NOON, NOON + 21 * DAY)]),
    known(offer(0), offers=[replace(WINTER, halts=[(NOON + DAY, NOON + 2 * DAY)])], agreed=AGREED),
    known(planned=[planned(NOON, None, "cancelled"), planned(NOON + 70 * DAY, None, "waiting")]),
)
BROKEN: tuple[tuple[Rule, Known], ...] = (
    (verdict.at_a_bad_hour, known(told(at=NIGHT))),
    (verdict.at_a_bad_hour, known(care(9.5 / 24))),
    (verdict.at_a_bad_hour, known(care(3 / 24, zone="America/Los_Angeles"))),
    (verdict.at_a_bad_hour, known(told(at=NOON + 8.6 * HOUR, kind=Class.MARKETING))),
    (verdict.carried_at_a_bad_hour, known(care(0, carried=NIGHT))),
    (verdict.carried_at_a_bad_hour, known(care(0, carried=NOON + 9.1 * HOUR))),
    (verdict.carried_at_a_bad_hour, known(care(0, carried=NOON + HOUR, there="America/Los_Angeles"))),
    (verdict.carried_at_a_bad_hour, known(told("visit-near", carried=NIGHT, is_urgent=True))),
    (verdict.carried_at_a_bad_hour, known(told(carried=NIGHT))),
    (verdict.over_a_cap, known(care(0), care(0.1))),
    (verdict.over_a_cap, known(offer(0), offer(5))),
    (verdict.over_a_cap, known(offer(0), offer(8), offer(16), offer(24))),
    (verdict.over_a_cap, known(care(0), care(2), care(4))),
    (verdict.over_a_cap, known(care(0), care(1), care(8), care(9), care(16))),
    (verdict.over_a_cap, known(care(0), care(9), wishes=[Wished(NOON - DAY, 1, Pace.FEWER)])),
    (verdict.uncounted, known(told("points-expiring"))),
    (verdict.unwanted, known(care(0), wishes=[Wished(NOON - DAY, 1, Pace.DIGEST)])),
    (verdict.unwanted, known(care(0, "digest"))),
    (verdict.into_a_complaint, known(care(0, "birthday"), upset=[(1, NOON - DAY, None)])),
    (verdict.into_a_complaint, known(care(0, "birthday"), upset=[(1, NOON - 9 * DAY, NOON - 8 * DAY)])),
    (verdict.untrue, known(told("visit-near", NOON + 3.5 * DAY, subject="V"))),
    (verdict.untrue, known(told("visit-near", subject="V", carried=NOON + 3.5 * DAY))),
    (verdict.untrue, known(told("visit-near", subject="V"), lives={"V": replace(VISIT, starts_at=NOON)})),
    (verdict.untrue, known(told("rating", subject="V"))),
    (verdict.untrue, known(told("visit-ending", subject="V"))),
    (verdict.untrue, known(told(carried=NOON + 2 * HOUR, expires=NOON + HOUR))),
    (verdict.twice, known(told("rating", key="a"), told("rating", NOON + 9 * DAY, key="a"))),
    (verdict.twice, known(told(key="a", body="hello"), told(at=NOON + HOUR, key="b", body="hello"))),
    (
        verdict.all_at_once,
        known(
            told("complaint", subject="7", carried=NOON + 6 * HOUR),
            told("complaint", NOON + 5 * HOUR, subject="7", carried=NOON + 6 * HOUR),
        ),
    ),
    (verdict.to_nobody, known(told(), lost={CHAT: NOON - HOUR})),
    (verdict.twice, known(care(2.4, body="hello"), care(2.6, body="hello"), lived=set_back)),
    (verdict.untrue, known(told("visit-near", NOON + 2.9 * DAY, subject="V"), lived=set_back)),
    (
        verdict.offered_to_the_held_out,
        known(offer(0), offers=[replace(WINTER, held_out=frozenset({1}))], agreed=AGREED),
    ),
    (verdict.offered_unasked, known(offer(0))),
    (verdict.offered_unasked, known(offer(0), agreed=[(1, NOON - 2 * DAY, NOON - DAY), (2, NOON, None)])),
    (verdict.offered_again, known(offer(0), offer(9, peer=OTHER), offers=[WINTER], agreed=AGREED)),
    (
        verdict.offered_in_vain,
        known(offer(0), offers=[replace(WINTER, halts=[(NOON - HOUR, NOON + HOUR)])], agreed=AGREED),
    ),
    (verdict.offered_in_vain, known(offer(31), offers=[WINTER], agreed=AGREED)),
    (verdict.over_budget, known(offers=[replace(WINTER, given=6001)])),
    (verdict.forgotten, known(planned=[planned(NOON, None, "waiting", "")])),
    (verdict.forgotten, known(planned=[planned(NOON, NOON + HOUR)])),
    (verdict.forgotten, known(planned=[planned(NOON, NOON, outcome="given up after 5 times: broken")])),
)


@pytest.mark.parametrize("fine", FINE)
def test_what_is_decent_breaks_no_rule(fine: Known) -> None:
    assert verdict.wrong(fine) == []


@pytest.mark.parametrize(("rule", "broken"), BROKEN)
def test_each_rule_finds_what_breaks_it(rule: Rule, broken: Known) -> None:
    assert list(rule(broken))
    assert verdict.wrong(broken)


def test_every_rule_is_seen_to_fail() -> None:
    assert {rule for rule, _ in BROKEN} == set(verdict.RULES)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_three_weeks_with_three_sweepers_and_bad_luck_break_no_rule(engine: Engine, tmp_path: Path) -> None:
    heard: list[date] = []
    lived = year.live(
        engine,
        COMPANY,
        date(2026, 12, 14),
        DAYS,
        seed=8,
        homes=7,
        hands=3,
        progress=lambda day, _: heard.append(day),
    )
    assert lived.wrong == []
    assert heard == [date(2026, 12, 14) + DAYS * DAY]
    assert lived.summary["outages"] > 0
    assert lived.summary["killed in the middle"] > 0
    assert lived.summary["times the clock was set back"] == 2
    assert {"visit-near", "rating", "campaign", "plan-last"} <= {one.about for one in lived.told}
    report.write(lived, tmp_path / "year.csv", COMPANY.zone)
    with (tmp_path / "year.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(lived.told)
    assert all(row["why"] and row["class"] for row in rows)


def test_the_page_says_what_does_not_hold_and_is_no_mark_up(tmp_path: Path) -> None:
    lived = Lived(["<b> was told at night"], [told(body="<i>hello</i>")], {})
    report.write(lived, tmp_path / "year.html", COMPANY.zone)
    page = (tmp_path / "year.html").read_text(encoding="utf-8")
    assert "&lt;b&gt; was told at night" in page
    assert "<i>" not in page


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_clock_jumps_to_what_is_due_and_sleeps_through_an_outage(engine: Engine, moment: Moment) -> None:
    begins, done = moment.now, list[tuple[str, datetime]]()
    stage = Year(engine, COMPANY, begins, [Span(begins + DAY, begins + 3 * DAY, "process")])
    stage.plan(begins + 2 * HOUR, lambda: done.append(("soon", stage.now)))
    stage.plan(begins + 2 * DAY, lambda: done.append(("in the outage", stage.now)))
    stage.live(begins + 4 * DAY, lambda _new: None)
    assert done == [("soon", begins + 2 * HOUR), ("in the outage", begins + 3 * DAY)]
    assert stage.rounds < 30


def test_outages_end_by_day_and_within_the_year() -> None:
    begins = datetime(2026, 11, 23, 8, 40, tzinfo=COMPANY.zone)
    spans = outages(begins, 365, random.Random(1), ("web",))  # noqa: S311
    assert {one.what for one in spans} == {"process", "web"}
    assert any(one.ends - one.begins > DAY for one in spans)
    assert all(9 <= one.ends.hour < 19 and one.begins < one.ends < begins + 370 * DAY for one in spans)


def test_the_command_knows_its_options() -> None:
    said = CliRunner().invoke(app, ["demo-year", "--help"])
    assert said.exit_code == 0
    assert all(option in said.output for option in ("--days", "--seed", "--to"))
