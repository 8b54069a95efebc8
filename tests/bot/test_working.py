"""At work in a home: taps that come twice, too late or from the wrong person each get their kind answer."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot import notices
from bot.messages import Photo, Tap
from core import acceptance, checklists, extras, media, payments, photos, visits
from core.acceptance import State
from core.company import Company
from core.database import transaction
from core.handoffs import Handoff
from core.identities import Identity
from core.media import Media
from core.visits import Status, Visit
from tests.bot.test_notices import BOOK
from tests.conftest import Moment
from tests.talk import Person


@pytest.fixture
def worker(person: Person, engine: Engine, company: Company, moment: Moment) -> Person:
    """Whoever leads the customer's visit, at work there since nine."""
    person.says(*BOOK)
    with transaction(engine) as session:
        visit = session.exec(select(Visit)).one()
        moment.at(visit.starts_at)
        for step in (Status.ARRIVED, Status.WORKING):
            visits.advance(session, visit, step, actor="worker", now=moment.now)
        leads = visits.crew(session, visit)[0][1].id
        account = session.exec(select(Identity).where(Identity.worker_id == leads)).one()
    person.reads()
    there = Person(engine, company, moment, account.user)
    there.reads()
    return there


@pytest.fixture
def reference(worker: Person) -> str:
    with transaction(worker.engine) as session:
        return session.exec(select(Visit)).one().reference


def visit_of(person: Person) -> Visit:
    with transaction(person.engine) as session:
        return session.exec(select(Visit)).one()


def presses(person: Person, data: str) -> str:
    """Press a button that may be as old as anything; what is answered."""
    return "\n".join(message.body for message in person.sends(Tap(data)))


def finish(worker: Person, reference: str) -> str:
    presses(worker, f"go:tick:{reference}-all")
    return presses(worker, f"go:finishing:{reference}")


def test_done_said_twice_is_done_once(worker: Person, person: Person, reference: str) -> None:
    assert "辛苦了" in finish(worker, reference)
    assert "已经说过" in presses(worker, f"go:finishing:{reference}")
    assert sum("做完了" in message.body for message in person.reads()) == 1
    visit = visit_of(worker)
    with transaction(worker.engine) as session:
        assert payments.of(session, visit).amount == visit.total


def test_done_is_not_done_while_something_must_be(worker: Person, reference: str) -> None:
    assert "必做" in presses(worker, f"go:finishing:{reference}")
    assert visit_of(worker).status is Status.WORKING


def test_old_buttons_of_a_visit_that_is_over(worker: Person, person: Person, reference: str) -> None:
    worker.says("加时")
    worker.taps("加时 30 分钟 ¥22.5")
    worker.taps("比说的脏")
    finish(worker, reference)
    before = visit_of(worker)
    assert "收回" in presses(person, "go:extrayes:1")
    for data in (f"go:tick:{reference}-1", f"go:checklist:{reference}"):
        assert "已经结束" in presses(worker, data)
    for data in ("go:withdraw:1", f"go:adding:{reference}", f"go:noaccess:{reference}", "go:withdraw:x"):
        assert presses(worker, data)
    after = visit_of(worker)
    assert (after.total, after.ends_at, after.status) == (before.total, before.ends_at, Status.FINISHED)


def test_what_is_not_theirs_is_not_theirs(
    worker: Person, reference: str, engine: Engine, company: Company, moment: Moment
) -> None:
    worker.says("加时")
    worker.taps("加时 30 分钟 ¥22.5")
    worker.taps("比说的脏")
    stranger = Person(engine, company, moment, "stranger")
    others = {"worker", "worker-2", "worker-3", "worker-4"} - {worker.user}
    colleague = Person(engine, company, moment, others.pop())
    for data in ("go:extrayes:1", "go:extrano:1", "go:extrayes:99", f"go:accept:{reference}"):
        assert presses(stranger, data)
    assert "没找到" in presses(stranger, f"go:allowphotos:{reference}")
    for data in (f"go:tick:{reference}-all", f"go:finishing:{reference}", f"go:paid:{reference}-cash"):
        assert "没找到" in presses(colleague, data)
    assert "没找到" in presses(colleague, "go:withdraw:1")
    with transaction(engine) as session:
        visit = session.exec(select(Visit)).one()
        assert extras.open_of(session, visit) is not None
        assert checklists.missing(checklists.items(session, company, visit))
        assert not photos.is_allowed(session, visit)


def test_two_answers_to_one_proposal(worker: Person, person: Person, reference: str) -> None:
    worker.says("加时")
    worker.taps("加时 30 分钟 ¥22.5")
    worker.taps("比说的脏")
    assert "已经加上" in presses(person, "go:extrayes:1")
    total = visit_of(worker).total
    assert "已经同意" in presses(person, "go:extrayes:1")
    assert "已经同意" in presses(person, "go:extrano:1")
    assert "不能收回" in presses(worker, "go:withdraw:1")
    assert visit_of(worker).total == total


def test_a_proposal_nobody_can_hear_is_for_staff_to_call_about(worker: Person, person: Person) -> None:
    with transaction(worker.engine) as session:
        account = session.exec(select(Identity).where(col(Identity.customer_id).is_not(None))).one()
        account.unreachable_at = worker.moment.now
        session.add(account)
    worker.says("加时")
    worker.taps("加时 30 分钟 ¥22.5")
    assert "客服会打电话" in worker.taps("比说的脏")[-1].body
    with transaction(worker.engine) as session:
        assert session.exec(select(Handoff)).all()


def test_the_end_moves_with_what_was_agreed(worker: Person, person: Person, company: Company) -> None:
    worker.says("加时")
    worker.taps("加时 60 分钟 ¥45")
    worker.taps("比说的脏")
    presses(person, "go:extrayes:1")
    ends = visit_of(worker).ends_at
    worker.reads()
    for minutes, heard in ((-61, False), (-15, True), (-14, False)):
        worker.moment.at(ends + timedelta(minutes=minutes))
        notices.due(worker.engine, company)
        assert bool(person.reads()) is heard
    worker.moment.at(ends + timedelta(minutes=20))
    notices.due(worker.engine, company)
    assert "做完了吗" in worker.reads()[-1].body


def test_an_album_without_consent_is_kept_in_no_part(worker: Person, person: Person) -> None:
    for _ in range(2):
        worker.sends(Photo(worker.keeps(), album="a1"))
    with transaction(worker.engine) as session:
        kept = session.exec(select(Media)).all()
        assert [one.expires_at for one in kept] == [worker.moment.now] * 2
        assert len(media.over(session, worker.moment.now)) == 2


def test_an_album_with_consent_belongs_to_the_visit(worker: Person, person: Person) -> None:
    person.says("可以拍照")
    for _ in range(2):
        worker.sends(Photo(worker.keeps(), album="a1"))
    with transaction(worker.engine) as session:
        visit = session.exec(select(Visit)).one()
        assert len(photos.of_visit(session, visit, worker.moment.now)) == 2


def test_a_photo_of_damage_needs_no_consent(worker: Person) -> None:
    worker.says("有问题", "弄坏了东西", "玻璃磕了")
    worker.sends(Photo(worker.keeps()))
    with transaction(worker.engine) as session:
        (kept,) = session.exec(select(Media)).all()
        assert kept.expires_at > worker.moment.now + timedelta(days=700)


def test_nobody_is_asked_again_after_a_day(worker: Person, person: Person, reference: str) -> None:
    finish(worker, reference)
    person.reads()
    worker.moment.forward(hours=24)
    notices.due(worker.engine, worker.company)
    assert all("打个分" in message.body for message in person.reads())
    visit = visit_of(worker)
    with transaction(worker.engine) as session:
        found = acceptance.of(session, visit)
        assert found is not None
        assert found.state is State.UNCHECKED
    assert "过了可以说的时间" in presses(person, f"go:accept:{reference}")
    assert "没有可以返工" in presses(person, f"go:redoing:{reference}")


def test_done_said_after_a_redo_means_put_right(worker: Person, person: Person, reference: str) -> None:
    finish(worker, reference)
    person.says("需返工", "灶台还有油")
    person.taps("不发了")
    assert "灶台还有油" in worker.reads()[-1].body
    assert "再看一遍" in worker.says("做完了")[-1].body
    assert "灶台还有油" in person.reads()[-1].body


def test_words_of_danger_from_a_worker_are_a_report_not_a_complaint(worker: Person) -> None:
    worker.says("有问题", "其他")
    assert "记下了" in worker.says("客户说东西被偷了")[-1].body
