"""Offers in the core: who is asked, in which order, until when, and what each answer leads to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from core import alarms, identities, offers, reminders, timeline, visits
from core.company import Company
from core.database import transaction
from core.identities import Role
from core.offers import Mode, Offer, Passed, Status
from core.offers.waking import answer_by, telling_at
from core.visits import Visit
from tests.core import homes
from tests.core.homes import HOUSE, MONDAY, NOW, TUESDAY, at, id_of
from tests.core.test_races import Act, people, together

MINUTES = timedelta(minutes=1)
SOON = NOW + 20 * MINUTES


def with_rules(**rules: object) -> Company:
    """The house under other policies."""
    return HOUSE.model_copy(update={"policies": HOUSE.policies.model_copy(update=rules)})


BROADCAST = with_rules(offers="broadcast", broadcast_size=3)


def team(session: Session, count: int) -> list[int]:
    """Workers who suit alike: the smaller number is asked first. Each has a chat with us."""
    made = [id_of(homes.worker(session, f"W{number}")) for number in range(count)]
    for id in made:
        identities.bind_worker(session, "web", "main", f"w{id}", id, now=NOW)
    return made


def placed(session: Session, service: str = "CLEAN", hour: int = 14, **how: object) -> Visit:
    return homes.place(session, homes.customer(session), at(TUESDAY, hour), service, **how)


def asked(session: Session, visit: Visit, company: Company = HOUSE, now: datetime = NOW) -> list[Offer]:
    return list(offers.make(session, company, visit, now=now).made)


def attending(session: Session, visit: Visit) -> list[int]:
    return [worker.id or 0 for _, worker in visits.crew(session, visit)]


def says_no(session: Session, one: Offer, because: str | None = "far", company: Company = HOUSE) -> Passed:
    return offers.decline(session, company, one.id or 0, worker_id=one.worker_id, because=because, now=NOW)


def says_yes(session: Session, one: Offer, company: Company = HOUSE, now: datetime = NOW) -> offers.Taken:
    return offers.accept(session, company, one.id or 0, worker_id=one.worker_id, now=now)


def story(session: Session, visit: Visit, viewer: Role = Role.STAFF) -> list[str]:
    return [entry.what for entry in timeline.of(session, visit.id or 0, viewer=viewer)]


def half_hours(session: Session, visit: Visit) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in session.exec(select(homes.Occupied).where(homes.Occupied.visit_id == visit.id)):
        found[row.worker_id] = found.get(row.worker_id, 0) + 1
    return found


def test_whoever_is_pencilled_in_is_asked_and_says_yes(session: Session) -> None:
    first, _ = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    assert (one.worker_id, one.place, one.round, one.mode) == (first, 0, 1, Mode.SEQUENCE)
    assert one.until == NOW + 15 * MINUTES
    assert not offers.is_accepted(session, visit)
    taken = says_yes(session, one)
    assert (taken.instead, taken.staff_wait) == (None, False)
    assert offers.is_accepted(session, visit)
    assert story(session, visit) == ["placed", "assigned", "offered", "accepted"]
    assert story(session, visit, Role.CUSTOMER) == ["placed", "assigned"]


def test_asking_twice_asks_once(session: Session) -> None:
    team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    assert asked(session, visit) == []
    assert [each.id for each in offers.of_visit(session, visit)] == [one.id]


def test_a_request_is_offered_to_nobody_until_it_is_confirmed(session: Session) -> None:
    team(session, 1)
    visit = placed(session, "TIDY", 9)
    assert asked(session, visit) == []
    visits.confirm(session, HOUSE, visit, actor="staff", now=NOW)
    assert len(asked(session, visit)) == 1


def test_each_answer_counts_once(session: Session) -> None:
    first, second = team(session, 2)
    [one] = asked(session, placed(session))
    with pytest.raises(offers.UnknownOffer):
        offers.accept(session, HOUSE, one.id or 0, worker_id=second, now=NOW)
    with pytest.raises(offers.UnknownOffer):
        offers.accept(session, HOUSE, 99, worker_id=first, now=NOW)
    says_yes(session, one)
    for answer in (says_yes, says_no):
        with pytest.raises(offers.AlreadyYours):
            answer(session, one)


def test_after_a_no_the_next_one_is_asked_and_has_the_half_hours(session: Session) -> None:
    first, second, _ = team(session, 3)
    visit = placed(session)
    [one] = asked(session, visit)
    [two] = says_no(session, one).made
    assert (two.worker_id, two.round, two.expected_id) == (second, 2, first)
    assert half_hours(session, visit) == {second: 4}
    with pytest.raises(offers.AlreadyDeclined):
        says_no(session, one)
    with pytest.raises(offers.WentElsewhere):
        says_yes(session, one)
    assert says_yes(session, two).instead == first
    assert story(session, visit, Role.CUSTOMER) == ["placed", "assigned", "replaced"]


def test_after_three_staff_decide_and_the_last_one_keeps_the_time(session: Session) -> None:
    ids = team(session, 5)
    visit = placed(session)
    [one] = asked(session, visit)
    for _ in range(2):
        [one] = says_no(session, one).made
    passed = says_no(session, one)
    assert passed == Passed(for_staff=True)
    assert attending(session, visit) == [ids[2]]
    assert half_hours(session, visit) == {ids[2]: 4}
    last = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[-1]
    assert (last.what, last.reason) == (
        "unaccepted",
        "; ".join(f"worker {id} declined: far" for id in ids[:3]),
    )
    taken = says_yes(session, one, now=SOON)
    assert (taken.instead, taken.staff_wait) == (ids[0], True)


def test_when_nobody_else_is_free_staff_decide_at_once(session: Session) -> None:
    team(session, 1)
    [one] = asked(session, placed(session))
    assert says_no(session, one).for_staff


def test_no_answer_in_time_counts_as_no_and_only_then(session: Session) -> None:
    first, second = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    assert offers.expire(session, HOUSE, one, NOW + 14 * MINUTES) is None
    passed = offers.expire(session, HOUSE, one, NOW + 15 * MINUTES)
    assert passed is not None
    assert [two.worker_id for two in passed.made] == [second]
    assert one.status is Status.EXPIRED
    assert offers.expire(session, HOUSE, one, SOON) is None
    assert offers.record(session, first, NOW) == offers.Record(0, 0, 1)


def test_a_visit_under_way_is_passed_to_nobody(session: Session) -> None:
    first, _ = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    visits.advance(session, visit, visits.Status.ON_THE_WAY, actor="worker", now=NOW)
    assert offers.expire(session, HOUSE, one, SOON) == Passed()
    assert attending(session, visit) == [first]


def test_another_time_is_another_offer(session: Session) -> None:
    first, _ = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    says_yes(session, one)
    visits.move(session, HOUSE, visit, starts_at=at(TUESDAY, 16), agreed_fee=0, now=NOW)
    assert not offers.is_accepted(session, visit)
    made = offers.make(session, HOUSE, visit, now=NOW)
    assert ([each.worker_id for each in made.made], [each.id for each in made.withdrawn]) == (
        [first],
        [one.id],
    )
    with pytest.raises(offers.NoLongerStands):
        says_yes(session, one)
    assert says_yes(session, made.made[0]).instead is None
    assert offers.record(session, first, NOW) == offers.Record(2, 0, 0)


def test_moved_there_and_back_again_everybody_may_be_asked_again(session: Session) -> None:
    first, _second = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    says_no(session, one)
    for hour in (16, 14):
        visits.move(
            session, HOUSE, visit, starts_at=at(TUESDAY, hour), workers=[first], agreed_fee=0, now=NOW
        )
        [again] = asked(session, visit)
        assert (again.worker_id, again.round) == (first, 1)


def test_cancelled_is_cancelled_for_everybody(session: Session) -> None:
    team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    visits.cancel(session, HOUSE, visit, actor="customer", now=NOW)
    assert [each.id for each in offers.withdraw(session, visit, NOW)] == [one.id]
    assert offers.withdraw(session, visit, NOW) == ()
    for answer in (says_yes, says_no):
        with pytest.raises(offers.NoLongerStands):
            answer(session, one)
    assert offers.expire(session, HOUSE, one, SOON) is None


def test_staff_s_choice_is_asked_like_any_other_and_may_be_asked_again(session: Session) -> None:
    first, second = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    says_no(session, one)
    visits.reassign(
        session, HOUSE, visit, leaving=[second], joining=[first], actor="staff", reason="phoned", now=NOW
    )
    made = offers.make(session, HOUSE, visit, workers=[first], now=NOW)
    assert [each.worker_id for each in made.withdrawn] == [second]
    assert [(each.worker_id, each.round) for each in made.made] == [(first, 3)]
    assert says_yes(session, made.made[0]).instead is None


def test_staff_may_answer_for_them_and_it_is_nobody_s_merit(session: Session) -> None:
    first, second = team(session, 2)
    visit = placed(session, "PAIR")
    [one, _two] = asked(session, visit)
    says_yes(session, one)
    offers.settle(session, HOUSE, visit, by="staff", now=NOW)
    assert offers.is_accepted(session, visit)
    offers.settle(session, HOUSE, visit, by="staff", now=NOW)
    assert offers.record(session, first, NOW).accepted == 1
    assert offers.record(session, second, NOW).accepted == 0


def test_a_crew_is_asked_one_by_one_and_only_the_place_of_a_no_is_filled(session: Session) -> None:
    first, second, third = team(session, 3)
    visit = placed(session, "PAIR")
    lead, other = asked(session, visit)
    assert [(each.worker_id, each.place) for each in (lead, other)] == [(first, 0), (second, 1)]
    says_yes(session, other)
    assert not offers.is_accepted(session, visit)
    [instead] = says_no(session, lead).made
    assert (instead.worker_id, instead.place, instead.expected_id) == (third, 0, first)
    crew = {worker.id: assigned.leads for assigned, worker in visits.crew(session, visit)}
    assert crew == {third: True, second: False}, "whoever comes for the leader leads"
    assert says_yes(session, instead).instead == first
    assert offers.is_accepted(session, visit)


def test_two_in_the_same_second_are_one(engine: Engine) -> None:
    with transaction(engine) as session:
        ids = team(session, 3)
    [customer] = people(engine, 1)
    with transaction(engine) as session:
        visit = homes.place(session, session.get_one(type(customer), customer.id), at(TUESDAY, 14))
        numbers = {one.worker_id: one.id or 0 for one in asked(session, visit, BROADCAST)}

    def accepts(worker_id: int) -> Act:
        return lambda session: (
            offers.accept(
                session, BROADCAST, numbers[worker_id], worker_id=worker_id, now=NOW
            ).offer.worker_id
        )

    results = together(engine, [accepts(ids[1]), accepts(ids[2])])
    [winner] = [one for one in results if isinstance(one, int)]
    assert [type(one) for one in results if one != winner] == [offers.WentElsewhere]
    with transaction(engine) as session:
        assert half_hours(session, session.exec(select(Visit)).one()) == {winner: 4}


def test_the_database_keeps_one_yes_a_place_and_one_question_a_worker(session: Session) -> None:
    _first, second = team(session, 2)
    visit = placed(session)
    [one] = asked(session, visit)
    says_yes(session, one)
    same = {name: value for name, value in one.model_dump().items() if name != "id"}
    for other in ({"worker_id": second}, {"place": 1}, {"worker_id": second, "place": None}):
        with session.begin_nested() as trial:
            session.add(Offer(**{**same, **other}))
            with pytest.raises(IntegrityError):
                session.flush()
            trial.rollback()


@pytest.mark.parametrize(
    ("now", "starts_at", "told", "until"),
    [
        (at(MONDAY, 9), at(TUESDAY, 14), at(MONDAY, 9), at(MONDAY, 9, 15)),
        (at(MONDAY, 20, 50), at(TUESDAY, 14), at(MONDAY, 20, 50), at(TUESDAY, 7, 5)),
        (at(MONDAY, 21), at(TUESDAY, 14), at(TUESDAY, 7), at(TUESDAY, 7, 15)),
        (at(TUESDAY, 0, 30), at(TUESDAY, 14), at(TUESDAY, 7), at(TUESDAY, 7, 15)),
        (at(MONDAY, 22), at(TUESDAY, 9, 30), at(MONDAY, 22), at(TUESDAY, 7, 15)),
        (at(MONDAY, 22), at(TUESDAY, 10), at(TUESDAY, 7), at(TUESDAY, 7, 15)),
        (at(MONDAY, 9), at(MONDAY, 9, 10), at(MONDAY, 9), at(MONDAY, 9, 10)),
    ],
    ids=[
        "by day",
        "evening",
        "at nine sharp",
        "after midnight",
        "early visit",
        "not so early",
        "never past it",
    ],
)
def test_rest_is_rest(now: datetime, starts_at: datetime, told: datetime, until: datetime) -> None:
    assert telling_at(HOUSE, starts_at, now) == told
    assert answer_by(HOUSE, told, starts_at) == until


def test_who_is_told_late_still_has_all_the_time(session: Session) -> None:
    team(session, 1)
    visit = placed(session)
    [one] = asked(session, visit)
    offers.told(session, HOUSE, visit, one, SOON)
    assert one.until == SOON + 15 * MINUTES
    due: Sequence[reminders.Reminder] = reminders.claim(session, SOON + 15 * MINUTES)
    assert [each.due_at for each in due if each.kind == offers.ENDS] == [NOW + 15 * MINUTES, one.until]


def test_staff_see_which_visits_nobody_has_said_yes_to(session: Session) -> None:
    first, second = homes.worker(session), homes.worker(session)
    asked = homes.place(session, homes.customer(session), at(TUESDAY, 9), workers=[id_of(first)])
    taken = homes.place(session, homes.customer(session), at(TUESDAY, 9), workers=[id_of(second)])
    for visit in (asked, taken):
        offers.make(session, HOUSE, visit, now=NOW)
    [said_yes] = offers.open_of_worker(session, id_of(second))
    offers.accept(session, HOUSE, said_yes.id or 0, worker_id=id_of(second), now=NOW)
    assert offers.unaccepted(session, NOW, at(TUESDAY, 20), 8) == [asked]
    assert offers.unaccepted(session, NOW, at(TUESDAY, 9), 8) == []


def test_while_a_worker_calls_for_help_staff_decide_who_comes_instead(session: Session) -> None:
    first, _ = homes.worker(session), homes.worker(session)
    visit = homes.place(session, homes.customer(session), at(TUESDAY, 9), workers=[id_of(first)])
    [offer] = offers.make(session, HOUSE, visit, now=NOW).made
    alarms.sound(session, id_of(first), visit, NOW)
    passed = offers.expire(session, HOUSE, offer, offer.until)
    assert passed == Passed(for_staff=True)
    assert [worker.id for _, worker in visits.crew(session, visit)] == [first.id]
