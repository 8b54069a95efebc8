"""`menling staff` and `menling worker`: people are let in, listed and dismissed, and slips are explained."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

import pytest
from sqlmodel import Session, select

from channels.people import reading
from channels.refusing import Refused
from core import clock, identities, invitations, papers, workers
from core import company as companies
from core.correspondence import Message
from core.database import connect, transaction
from core.identities import Role
from core.seed.team import STAFF
from core.staff import Rank, StaffMember
from core.workers import Worker
from tests.channels.commands import Menling, refused

CODE = re.compile(r"^  ([A-Z0-9]{4}-[A-Z0-9]{4})$", re.MULTILINE)
HIRED = (
    *("worker", "hire", "王秀英", "--gender", "female", "--area", "WUHOU", "--area", "jinjiang"),
    *("--skill", "cleaning:2", "--skill", "deep", "--paper", "health:2031-01-01"),
    *("--shift", "1-5 08:00-18:00", "--shift", "6 09:00-12:00", "--language", "zh-CN"),
)


@pytest.fixture
def path(migrated: Path) -> Path:
    return migrated


@contextmanager
def looking(path: Path) -> Iterator[Session]:
    engine = connect(f"sqlite:///{path}")
    with transaction(engine) as session:
        yield session
    engine.dispose()


def code(out: str) -> str:
    found = CODE.search(out)
    assert found, out
    return found[1]


def joined(path: Path, code: str, user: str = "mei") -> Role:
    with looking(path) as session:
        who = identities.behind(session, "web", "main", user, language="zh-CN", now=clock.now())
        invitations.accept(session, who, code, clock.now())
        return who.role


def test_a_new_member_of_staff_is_hired_and_let_in(menling: Menling, path: Path) -> None:
    ran = menling("staff", "invite", "Ann", "--rank", "lead", "--language", "en")
    assert ran.out.startswith("Ann (lead) can join with this code, once, until ")
    assert "telegram  off (MENLING_TELEGRAM_TOKEN is not set)" in ran.out
    assert "web page  no link (MENLING_PUBLIC_URL is not set)" in ran.out
    assert "not in chat" in menling("staff", "list").out
    assert joined(path, code(ran.out)) is Role.STAFF
    assert menling("staff", "list").out == "Ann  lead  en  in chat\n"


def test_who_is_known_is_not_hired_again_and_may_rise(menling: Menling, path: Path) -> None:
    first, second = menling("staff", "invite", "Ann"), menling("staff", "invite", "Ann", "--rank", "manager")
    assert code(first.out) != code(second.out)
    with looking(path) as session:
        [ann] = session.exec(select(StaffMember)).all()
        assert (ann.role, ann.language) == (Rank.MANAGER, "zh-CN")


def test_links_are_printed_as_far_as_there_are_channels(menling: Menling, path: Path) -> None:
    settings = {"PUBLIC_URL": "https://home.example/", "TELEGRAM_TOKEN": "7000000001:hunter2"}
    ran = menling("staff", "invite", "Ann", **settings, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert "telegram  no link, as the platform did not answer" in ran.out
    found = re.search(r"https://home\.example/\?link=joining_([\w-]{24})$", ran.out, re.MULTILINE)
    assert found
    assert joined(path, found[1]) is Role.STAFF
    assert "hunter2" not in ran.out + ran.err


def test_staff_who_leave_are_customers_in_their_chats(menling: Menling, path: Path) -> None:
    joined(path, code(menling("staff", "invite", "Ann").out))
    assert "on the staff no more" in menling("staff", "dismiss", "Ann").out
    with looking(path) as session:
        who = identities.find(session, "web", "main", "mei")
        assert who is not None
        assert who.roles == (Role.CUSTOMER,)
    assert menling("staff", "list").out == "Ann  clerk  zh-CN  left\n"
    assert "nobody on the staff is called Ann" in refused(menling("staff", "dismiss", "Ann"))


def test_a_language_that_the_company_does_not_speak(menling: Menling, path: Path) -> None:
    assert "zh-CN, en" in refused(menling("staff", "invite", "Ann", "--language", "fr"))
    assert "a name is needed" in refused(menling("staff", "invite", " "))


def test_a_worker_is_hired_shown_and_let_in(menling: Menling, path: Path) -> None:
    assert menling(*HIRED).out.startswith("王秀英 is worker 1.")
    shown = menling("worker", "show", "1").out
    for line in ("skill  cleaning, level 2", "areas  JINJIANG, WUHOU", "hours  day 6, 09:00-12:00"):
        assert line in shown
    assert re.search(r"paper  health, 2031-01-01, \d+ days left", shown)
    assert joined(path, code(menling("worker", "invite", "王秀英").out)) is Role.WORKER
    assert menling("worker", "list").out == "1  王秀英  in chat\n"


def test_two_of_one_name_are_told_apart_by_number(menling: Menling, path: Path) -> None:
    menling(*HIRED)
    menling(*HIRED)
    assert "by number: 1, 2" in refused(menling("worker", "invite", "王秀英"))
    assert "王秀英 (worker 2)" in menling("worker", "invite", "2").out
    assert "no worker is called Li" in refused(menling("worker", "invite", "Li"))


def test_skills_and_papers_are_kept(menling: Menling, path: Path) -> None:
    menling(*HIRED)
    assert "level 3 now" in menling("worker", "skill", "1", "glass", "3").out
    assert "2031-12-31" in menling("worker", "paper", "1", "insurance", "2031-12-31", "--number", "P-1").out
    with looking(path) as session:
        assert {one.code: one.level for one in workers.skills_of(session, 1)}["glass"] == 3
        assert {one.kind: one.number for one in papers.of(session, 1)} == {"insurance": "P-1", "health": ""}
    assert "there are appliance" in refused(menling("worker", "skill", "1", "flying", "3"))
    assert "helth is no paper" in refused(menling("worker", "paper", "1", "helth", "2031-12-31"))
    assert "there is no worker 9" in refused(menling("worker", "paper", "9", "health", "2031-12-31"))
    assert menling("worker", "paper", "1", "health", "soon").code == 2


def test_a_worker_leaves_and_staff_hear_of_the_visits(menling: Menling, planted: Path) -> None:
    path = planted
    ran = menling("worker", "dismiss", "1")
    assert "works here no more" in ran.out
    with looking(path) as session:
        worker = session.get_one(Worker, 1)
        assert not worker.active
        told = [one for one in session.exec(select(Message)) if worker.name in one.body]
    needy = re.findall(r"^  (\w+) on \S+ \S+ needs somebody else", ran.out, re.MULTILINE)
    assert len(told) == len(STAFF)
    buttons = [choice["data"] for choice in told[0].content["choices"]]
    assert needy
    assert buttons == [f"go:reassigning:{reference}" for reference in needy]
    assert "has left" in refused(menling("worker", "dismiss", "1"))
    assert f"1  {worker.name}  left" in menling("worker", "list").out
    assert "  left\n" in menling("worker", "show", "1").out


def test_hours_are_read_as_they_are_written() -> None:
    day, morning = (time(8), time(18)), (time(9), time(12))
    assert reading.shifts(["1-2 08:00-18:00", "7 09:00-12:00"]) == [(0, *day), (1, *day), (6, *morning)]
    assert [one[0] for one in reading.shifts(["1,3,5-6 08:00-18:00"])] == [0, 2, 4, 5]


def test_a_night_may_go_on_into_the_next_day_and_the_next_week() -> None:
    night = (time(22), time(6))
    assert reading.shifts(["6-7 22:00-06:00"], overnight=True) == [(5, *night), (6, *night)]
    for after in ("1 05:00-12:00", "7 21:00-23:00"):
        with pytest.raises(Refused):
            reading.shifts(["7 22:00-06:00", after], overnight=True)
    assert len(reading.shifts(["7 22:00-06:00", "1 06:00-12:00"], overnight=True)) == 2


def test_the_week_of_somebody_on_the_staff_is_set_shown_and_taken_away(menling: Menling, path: Path) -> None:
    menling("staff", "invite", "Ann")
    assert "no shifts" in menling("staff", "shift", "Ann").out
    every_hour = ("1-7 00:00-12:00", "1-7 12:00-00:00")
    set_ = menling("staff", "shift", "Ann", *every_hour).out
    assert "Ann  day 7, 12:00-00:00" in set_
    assert menling("staff", "shift", "Ann").out == set_
    assert "on duty" in menling("staff", "list").out
    assert "no shifts" in menling("staff", "shift", "Ann", "--off").out
    assert "on duty" not in menling("staff", "list").out
    assert "nobody" in refused(menling("staff", "shift", "Bob"))
    assert "one or the other" in refused(menling("staff", "shift", "Ann", "1 08:00-09:00", "--off"))


@pytest.mark.parametrize(
    "said",
    [
        ["8 08:00-18:00"],
        ["1-5"],
        ["1 18:00-08:00"],
        ["1 25:00-26:00"],
        ["5-1 08:00-18:00"],
        ["1-3 08:00-12:00", "2 11:00-14:00"],
    ],
)
def test_hours_that_make_no_sense_are_refused(said: list[str]) -> None:
    with pytest.raises(Refused):
        reading.shifts(said)


def test_what_the_company_does_not_know_is_refused() -> None:
    company = companies.load()
    assert reading.papers(company, ["health:2031-01-01"]) == {"health": date(2031, 1, 1)}
    for read, said in (
        (reading.areas, "MARS"),
        (reading.skills, "cleaning:0"),
        (reading.skills, "cleaning:x"),
        (reading.papers, "health"),
        (reading.papers, "health:2031-02-30"),
    ):
        with pytest.raises(Refused):
            read(company, [said])
