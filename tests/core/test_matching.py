from datetime import timedelta

import pytest
from sqlmodel import Session

from core import customers, matching, visits
from core.customers import Customer, HomeProfile
from core.matching import PreferenceKind, Reason
from core.visits import Status, Visit
from core.workers import Gender
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of, need

NOON = at(TUESDAY, 12)


def ranked(
    session: Session,
    ids: list[int],
    customer: Customer | None = None,
    home: HomeProfile | None = None,
    best: int | None = None,
) -> list[int | None]:
    wanted = need(customer=customer, home=home)
    found = matching.rank(session, HOUSE, wanted, ids, starts_at=NOON, best=best)
    return [match.worker.id for match in found]


def reasons(session: Session, id: int, customer: Customer, home: HomeProfile | None = None) -> list[Reason]:
    wanted = need(customer=customer, home=home)
    [match] = matching.rank(session, HOUSE, wanted, [id], starts_at=NOON)
    return list(match.reasons)


def attended(session: Session, customer: Customer, worker: int, day: int) -> Visit:
    starts_at = at(TUESDAY + timedelta(days=day), 9)
    visit = homes.place(session, customer, starts_at, workers=[worker])
    for status in (Status.ARRIVED, Status.WORKING, Status.FINISHED):
        visits.advance(session, visit, status, actor="worker", now=starts_at)
    return visit


def test_the_same_question_has_the_same_answer(session: Session) -> None:
    team = [id_of(homes.worker(session)) for _ in range(4)]
    assert ranked(session, team[::-1]) == ranked(session, team) == team
    assert ranked(session, team, best=2) == team[:2]
    assert ranked(session, []) == []


def test_a_favourite_comes_first_and_a_blocked_worker_never(session: Session) -> None:
    senior = id_of(homes.worker(session, senior=True))
    plain = id_of(homes.worker(session))
    customer = homes.customer(session)
    assert customer.id is not None
    assert ranked(session, [plain, senior], customer) == [senior, plain]
    matching.favour(session, customer.id, plain)
    assert ranked(session, [plain, senior], customer) == [plain, senior]
    assert reasons(session, plain, customer) == [Reason("favourite")]
    matching.block(session, customer.id, plain)
    assert ranked(session, [plain, senior], customer) == [senior]
    matching.forget(session, customer.id, plain)
    matching.forget(session, customer.id, plain)
    assert ranked(session, [plain, senior], customer) == [senior, plain]


def test_preferences_are_known_to_their_customer_only(session: Session) -> None:
    worker, customer, other = id_of(homes.worker(session)), homes.customer(session), homes.customer(session)
    assert customer.id is not None
    matching.favour(session, customer.id, worker)
    assert matching.preferences(session, customer.id) == {worker: PreferenceKind.FAVOURITE}
    assert matching.preferences(session, other.id) == {}
    assert matching.preferences(session, None) == {}


def test_who_has_been_there_before_comes_before_who_has_not(session: Session) -> None:
    stranger, known = id_of(homes.worker(session)), id_of(homes.worker(session))
    customer, other = homes.customer(session), homes.customer(session)
    for day in (1, 2):
        attended(session, customer, known, day)
    assert ranked(session, [stranger, known], customer) == [known, stranger]
    assert reasons(session, known, customer) == [Reason("been-here", {"visits": 2})]
    assert reasons(session, known, other) == []


def test_only_finished_visits_make_a_worker_known(session: Session) -> None:
    worker, customer = id_of(homes.worker(session)), homes.customer(session)
    visit = homes.place(session, customer, at(TUESDAY + timedelta(days=1), 9), workers=[worker])
    assert reasons(session, worker, customer) == []
    visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)
    assert reasons(session, worker, customer) == []


def test_who_is_in_the_area_that_day_comes_first_unless_the_day_is_busier(session: Session) -> None:
    idle, there, elsewhere = (id_of(homes.worker(session)) for _ in range(3))
    customer = homes.customer(session)
    homes.place(session, homes.customer(session), at(TUESDAY, 8), workers=[there])
    homes.place(session, homes.customer(session), at(TUESDAY, 8), area="SOUTH", workers=[elsewhere])
    homes.place(session, homes.customer(session), at(TUESDAY + timedelta(days=1), 8), workers=[elsewhere])
    assert ranked(session, [idle, there, elsewhere], customer) == [there, idle, elsewhere]
    assert reasons(session, there, customer) == [Reason("same-area")]
    assert reasons(session, elsewhere, customer) == []


def test_the_visit_in_question_is_not_a_reason_for_itself(session: Session) -> None:
    worker, customer = id_of(homes.worker(session)), homes.customer(session)
    homes.place(session, customer, NOON, workers=[worker])
    assert reasons(session, worker, customer) == []


def test_better_rated_first_and_newcomers_in_between(session: Session) -> None:
    good, poor, new = homes.worker(session), homes.worker(session), homes.worker(session)
    good.rating, good.rated = 4.86, 50
    poor.rating, poor.rated = 3.1, 9
    session.flush()
    assert ranked(session, [id_of(poor), id_of(new), id_of(good)]) == [good.id, new.id, poor.id]
    customer = homes.customer(session)
    assert reasons(session, id_of(good), customer) == [Reason("rated", {"stars": 4.9, "times": 50})]
    assert reasons(session, id_of(poor), customer) == []


@pytest.mark.parametrize("fact", ["pets", "elderly", "infants"])
def test_household_facts_speak_for_who_is_at_ease_with_them(session: Session, fact: str) -> None:
    plain, at_ease = id_of(homes.worker(session)), id_of(homes.worker(session, tags=[fact]))
    customer = homes.customer(session)
    assert customer.id is not None
    profile = HomeProfile(customer_id=customer.id)
    setattr(profile, fact, True)
    assert ranked(session, [plain, at_ease], customer, profile) == [at_ease, plain]
    assert [reason.key for reason in reasons(session, at_ease, customer, profile)] == [fact]
    assert reasons(session, at_ease, customer, HomeProfile(customer_id=customer.id)) == []


def test_an_allergy_and_a_language_speak_too(session: Session) -> None:
    plain = id_of(homes.worker(session))
    careful = id_of(homes.worker(session, tags=["allergy"], languages=["zh-CN", "en-GB"]))
    customer = homes.customer(session)
    profile = customers.tell_home(
        session, customer.id or 0, allergy="chlorine", worker_language="en", now=NOW
    )
    assert ranked(session, [plain, careful], customer, profile) == [careful, plain]
    assert {reason.key for reason in reasons(session, careful, customer, profile)} == {"allergy", "language"}


def test_a_wish_about_gender_is_hard_and_said(session: Session) -> None:
    man, woman = id_of(homes.worker(session, gender=Gender.MALE)), id_of(homes.worker(session))
    customer = homes.customer(session)
    profile = customers.tell_home(session, customer.id or 0, worker_gender="male", now=NOW)
    assert ranked(session, [man, woman], customer, profile) == [man]
    assert reasons(session, man, customer, profile) == [Reason("gender")]


def test_the_strongest_reason_is_said_first(session: Session) -> None:
    worker = homes.worker(session, tags=["pets"], senior=True)
    worker.rating, worker.rated = 5.0, 3
    customer = homes.customer(session)
    assert customer.id is not None
    matching.favour(session, customer.id, id_of(worker))
    profile = customers.tell_home(session, customer.id or 0, pets=True, now=NOW)
    keys = [reason.key for reason in reasons(session, id_of(worker), customer, profile)]
    assert keys == ["favourite", "pets", "senior", "rated"]
