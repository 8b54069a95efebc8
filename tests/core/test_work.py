"""Checklist, photos, incidents, acceptance and payment of a visit."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core import acceptance, checklists, incidents, media, payments, photos, timeline, visits
from core.acceptance import ALLOWED, NotToAccept, State
from core.catalogue import Room, Task, Words
from core.database import transaction
from core.identities import Role
from core.incidents import IncidentClosed, Kind
from core.payments import AlreadyPaid, NothingDue, Way
from core.policies import Policies
from core.staff import Rank, hire
from core.visits import MoveNotAllowed, Status, Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of

START = at(TUESDAY, 9)


@pytest.fixture
def worker(session: Session) -> int:
    return id_of(homes.worker(session))


@pytest.fixture
def visit(session: Session, worker: int) -> Visit:
    """A visit at which somebody is at work."""
    placed = homes.place(session, homes.customer(session), START, workers=[worker])
    for step in (Status.ARRIVED, Status.WORKING):
        visits.advance(session, placed, step, actor="worker", now=START)
    return placed


def finish(session: Session, visit: Visit) -> None:
    visits.advance(session, visit, Status.FINISHED, actor="worker", now=START)
    acceptance.ask(session, visit, START)
    payments.ask(session, visit, START)


def told(session: Session, visit: Visit, viewer: Role = Role.CUSTOMER) -> list[str]:
    session.flush()
    return [entry.what for entry in timeline.of(session, visit.id or 0, viewer=viewer)]


def test_words_alone_are_a_task_and_more_may_stand_beside_them() -> None:
    plain = Task.model_validate({"zh-CN": "擦灰", "en": "Dust"})
    assert (plain.room, plain.must, plain.words.get("en")) == (Room.HOME, True, "Dust")
    more = Task.model_validate({"zh-CN": "台面", "en": "Top", "room": "kitchen", "must": False})
    assert (more.room, more.must) == (Room.KITCHEN, False)
    assert Task.model_validate(more.model_dump(mode="json")) == more
    assert more.words == Words({"zh-CN": "台面", "en": "Top"})


def test_a_checklist_is_made_when_somebody_is_there_and_then_stays(session: Session, visit: Visit) -> None:
    ahead = homes.place(session, homes.customer(session), at(TUESDAY, 14))
    assert checklists.items(session, HOUSE, ahead) == []
    made = checklists.items(session, HOUSE, visit)
    assert [item.said("en") for item in made] == [
        task.words.get("en") for task in HOUSE.service("CLEAN").checklist
    ]
    assert checklists.items(session, HOUSE, visit) == made


def test_ticking_twice_is_ticking_once(session: Session, visit: Visit, worker: int) -> None:
    first = checklists.tick(session, HOUSE, visit, [1, 2], worker_id=worker, now=START)
    assert [item.position for item in first] == [1, 2]
    later = START + timedelta(minutes=5)
    assert checklists.tick(session, HOUSE, visit, [1, 2], worker_id=worker, now=later) == []
    assert {item.settled_at for item in first} == {START}


def test_what_must_be_done_is_missing_until_it_is_done_or_known_not_to_be_possible(
    session: Session, visit: Visit, worker: int
) -> None:
    found = checklists.items(session, HOUSE, visit)
    must = [item.position for item in found if item.must]
    assert len(must) < len(found)
    checklists.tick(session, HOUSE, visit, must[1:], worker_id=worker, now=START)
    assert [item.position for item in checklists.missing(found)] == must[:1]
    left = checklists.leave_out(session, HOUSE, visit, must[0], why="broken", worker_id=worker, now=START)
    assert left is not None
    assert not left.is_done
    assert checklists.missing(found) == []
    again = checklists.leave_out(session, HOUSE, visit, must[0], why="no", worker_id=worker, now=START)
    assert (again, left.why_not) == (None, "broken")
    assert told(session, visit)[-1] == "left-out"


def test_progress_is_by_room(session: Session, visit: Visit, worker: int) -> None:
    found = checklists.items(session, HOUSE, visit)
    kitchen = [item.position for item in found if item.room is Room.KITCHEN]
    checklists.tick(session, HOUSE, visit, kitchen, worker_id=worker, now=START)
    percent = {one.room: one.percent for one in checklists.progress(session, HOUSE, visit)}
    assert percent == {room: 100 if room is Room.KITCHEN else 0 for room in percent}
    assert len(percent) > 2


def test_nothing_is_ticked_once_the_visit_is_over(session: Session, visit: Visit, worker: int) -> None:
    checklists.items(session, HOUSE, visit)
    finish(session, visit)
    with pytest.raises(MoveNotAllowed):
        checklists.tick(session, HOUSE, visit, [1], worker_id=worker, now=START)


def test_no_photo_without_consent_and_none_after_it_is_taken_back(session: Session, visit: Visit) -> None:
    assert not photos.is_allowed(session, visit)
    assert photos.allow(session, visit, START)
    assert not photos.allow(session, visit, START)
    whose = {"channel": "web", "account": "main", "user": "worker"}
    for step in (photos.BEFORE, photos.AFTER):
        id = media.new_id()
        media.record(session, id, b"x", mime="image/png", now=START, **whose)
        days = media.days_kept(step, Policies())
        assert media.file(
            session,
            id,
            step=step,
            subject=visit.reference,
            consent=media.Consent.SERVICE,
            days=days,
            now=START,
            **whose,
        )
    assert {one.step for one in photos.of_visit(session, visit, START)} == {photos.BEFORE, photos.AFTER}
    assert photos.refuse(session, visit, START) == 2
    assert photos.of_visit(session, visit, START) == []
    assert len(media.over(session, START)) == 2
    assert not photos.is_allowed(session, visit)


def test_a_photo_that_proves_damage_is_kept_longer() -> None:
    rules = Policies()
    assert media.days_kept("reporting.photo", rules) == rules.complaint_media_days
    assert media.days_kept(media.REFUSED, rules) == 0


def test_the_same_report_again_is_the_same_case(session: Session, visit: Visit, worker: int) -> None:
    first = incidents.report(session, visit, Kind.DAMAGE, words="glass", worker_id=worker, now=START)
    second = incidents.report(
        session, visit, Kind.DAMAGE, words="and the table", media=["a"], worker_id=worker, now=START
    )
    other = incidents.report(session, visit, Kind.OTHER, words="cat", worker_id=worker, now=START)
    assert first is second
    assert (first.words, first.media) == ("glass\nand the table", ["a"])
    assert incidents.open_ones(session, 5) == [first, other]
    assert "problem-other" not in told(session, visit)
    assert "problem-other" in told(session, visit, Role.STAFF)


def test_a_case_is_closed_once_and_for_a_reason(session: Session, visit: Visit, worker: int) -> None:
    clerk = hire(session, name="Zhou", role=Rank.CLERK, language="en").id or 0
    case = incidents.report(session, visit, Kind.DAMAGE, words="glass", worker_id=worker, now=START)
    incidents.close(session, case.id or 0, reason="paid", staff_id=clerk, now=START)
    assert incidents.open_ones(session, 5) == []
    with pytest.raises(IncidentClosed):
        incidents.close(session, case.id or 0, reason="paid", staff_id=clerk, now=START)
    with pytest.raises(IncidentClosed):
        incidents.close(session, 999, reason="paid", staff_id=clerk, now=START)


MOVES = {
    State.ACCEPTED: acceptance.accept,
    State.LATER: acceptance.put_off,
    State.REDONE: acceptance.redone,
    State.REDO: lambda session, visit, now: acceptance.send_back(
        session, visit, place="kitchen", media=[], now=now
    ),
}
WAYS: dict[State, tuple[State, ...]] = {
    State.ASKED: (),
    State.LATER: (State.LATER,),
    State.ACCEPTED: (State.ACCEPTED,),
    State.REDO: (State.REDO,),
    State.REDONE: (State.REDO, State.REDONE),
}


@pytest.mark.parametrize("wanted", MOVES)
@pytest.mark.parametrize("state", WAYS)
def test_acceptance_moves_as_its_table_says(
    session: Session, visit: Visit, state: State, wanted: State
) -> None:
    with pytest.raises(NotToAccept):
        MOVES[wanted](session, visit, START)
    finish(session, visit)
    for step in WAYS[state]:
        MOVES[step](session, visit, START)
    if wanted in ALLOWED[state]:
        MOVES[wanted](session, visit, START)
    else:
        with pytest.raises(NotToAccept) as no:
            MOVES[wanted](session, visit, START)
        assert no.value.args_ == {"state": state.value}
    found = acceptance.of(session, visit)
    assert found is not None
    assert found.state is (wanted if wanted in ALLOWED[state] else state)


def test_time_settles_what_nobody_answered_but_not_work_to_be_done_again(
    session: Session, visit: Visit
) -> None:
    finish(session, visit)
    acceptance.send_back(session, visit, place="kitchen", media=[], now=START)
    assert not acceptance.give_up(session, visit, START)
    acceptance.redone(session, visit, START)
    assert acceptance.give_up(session, visit, START)
    assert not acceptance.give_up(session, visit, START)


def test_what_is_due_is_paid_once_and_only_staff_correct_it(
    session: Session, visit: Visit, worker: int
) -> None:
    clerk = hire(session, name="Zhou", role=Rank.CLERK, language="en").id
    with pytest.raises(NothingDue):
        payments.settle(session, visit, Way.CASH, worker_id=worker, now=START)
    visit.fee = 20_00
    finish(session, visit)
    assert payments.of(session, visit).amount == 120_00
    assert payments.settle(session, visit, Way.LATER, worker_id=worker, now=START)
    assert [one.reference for one, _ in payments.unpaid(session, 5)] == [visit.reference]
    assert payments.settle(session, visit, Way.CASH, worker_id=worker, now=START)
    assert not payments.settle(session, visit, Way.CASH, worker_id=worker, now=START)
    with pytest.raises(AlreadyPaid):
        payments.settle(session, visit, Way.LATER, worker_id=worker, now=START)
    assert payments.unpaid(session, 5) == []
    assert payments.settle(session, visit, Way.WECHAT, staff_id=clerk, now=START)
    assert told(session, visit)[-3:] == ["not-paid-yet", "paid", "paid"]


def test_of_two_first_looks_one_makes_the_list(engine: Engine) -> None:
    with transaction(engine) as session:
        worker = id_of(homes.worker(session))
        placed = homes.place(session, homes.customer(session), START, workers=[worker], now=NOW)
        visits.advance(session, placed, Status.ARRIVED, actor="worker", now=START)
        reference = placed.reference
    counts = []
    for _ in range(2):
        with transaction(engine) as session:
            found = visits.by_reference(session, reference)
            assert found is not None
            counts.append(len(checklists.items(session, HOUSE, found)))
    assert counts[0] == counts[1] > 0
