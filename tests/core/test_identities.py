import threading
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from core import identities, staff
from core.customers import Customer
from core.database import lost_race, transaction
from core.identities import Identity, NotTheirRole, Role
from core.staff import Rank, StaffMember
from core.workers import Gender, Worker
from tests.conftest import Moment

MEI = ("telegram", "main", "mei")


def seen(
    session: Session, moment: Moment, key: tuple[str, str, str] = MEI, language: str = "zh-CN"
) -> Identity:
    return identities.behind(session, *key, language=language, now=moment.now)


def a_worker(session: Session) -> int:
    worker = Worker(name="李芳", gender=Gender.FEMALE, since_day=date(2024, 3, 1))
    session.add(worker)
    session.flush()
    assert worker.id
    return worker.id


def a_clerk(session: Session, name: str = "陈静") -> StaffMember:
    return staff.hire(session, name=name, role=Rank.CLERK, language="zh-CN")


def test_a_stranger_becomes_a_customer_at_first_sight(session: Session, moment: Moment) -> None:
    identity = seen(session, moment, language="en")
    assert identity.role == Role.CUSTOMER
    customer = session.get(Customer, identity.customer_id)
    assert customer
    assert (customer.language, customer.created_at) == ("en", moment.now)


def test_the_same_account_is_the_same_customer(session: Session, moment: Moment) -> None:
    first = seen(session, moment)
    assert seen(session, moment, language="en") is first
    assert len(session.exec(select(Customer)).all()) == 1
    assert session.exec(select(Customer)).one().language == "zh-CN"


@pytest.mark.parametrize(
    "other", [("wechat", "main", "mei"), ("telegram", "two", "mei"), ("telegram", "main", "lin")]
)
def test_another_account_is_another_customer(
    session: Session, moment: Moment, other: tuple[str, str, str]
) -> None:
    assert seen(session, moment).customer_id != seen(session, moment, other).customer_id


def test_two_first_messages_at_once_make_one_customer(engine: Engine, moment: Moment) -> None:
    together = threading.Barrier(4)
    found: list[int | None] = []
    lost: list[bool] = []

    def arrive() -> None:
        together.wait()
        for _ in range(2):
            try:
                with transaction(engine) as session:
                    found.append(seen(session, moment).customer_id)
                return
            except IntegrityError as error:
                lost.append(lost_race(error))

    threads = [threading.Thread(target=arrive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(lost)
    assert len(set(found)) == 1
    with transaction(engine) as session:
        assert len(session.exec(select(Customer)).all()) == 1


def test_an_account_is_bound_to_a_worker_and_to_staff_and_stays_the_customer_s(
    session: Session, moment: Moment
) -> None:
    customer_id = seen(session, moment).customer_id
    worker_id = a_worker(session)
    as_worker = identities.bind_worker(session, *MEI, worker_id, now=moment.now)
    assert (as_worker.role, as_worker.worker_id, as_worker.customer_id) == (
        Role.WORKER,
        worker_id,
        customer_id,
    )
    assert seen(session, moment) is as_worker
    clerk = a_clerk(session)
    as_staff = identities.bind_staff(session, *MEI, clerk.id or 0, now=moment.now)
    assert (as_staff.role, as_staff.staff_id, as_staff.worker_id) == (Role.STAFF, clerk.id, worker_id)
    assert as_staff.roles == (Role.CUSTOMER, Role.WORKER, Role.STAFF)
    assert len(session.exec(select(Identity)).all()) == 1
    speaker = identities.speaker(session, *MEI, language="en", now=moment.now)
    assert (speaker.role, speaker.roles) == (as_staff.role, as_staff.roles)


def test_they_speak_as_what_they_switch_to_and_are_written_to_as_everything(
    session: Session, moment: Moment
) -> None:
    customer_id = seen(session, moment).customer_id or 0
    worker_id = a_worker(session)
    identities.bind_worker(session, *MEI, worker_id, now=moment.now)
    identity = identities.speak_as(session, *MEI, Role.CUSTOMER)
    assert identity.role is Role.CUSTOMER
    assert identities.of_worker(session, worker_id) == [identity]
    identities.speak_as(session, *MEI, Role.WORKER)
    assert identities.of_customer(session, customer_id) == [identity]
    with pytest.raises(NotTheirRole):
        identities.speak_as(session, *MEI, Role.STAFF)
    with pytest.raises(NotTheirRole):
        identities.speak_as(session, "telegram", "main", "nobody", Role.CUSTOMER)


def test_who_is_dismissed_is_the_customer_they_were(session: Session, moment: Moment) -> None:
    customer_id = seen(session, moment).customer_id
    worker_id = a_worker(session)
    identities.bind_worker(session, *MEI, worker_id, now=moment.now)
    assert identities.release_worker(session, worker_id, language="en", now=moment.now) == 1
    identity = seen(session, moment)
    assert (identity.roles, identity.role) == ((Role.CUSTOMER,), Role.CUSTOMER)
    assert identity.customer_id == customer_id
    assert identities.of_worker(session, worker_id) == []


def test_who_was_nothing_else_becomes_a_customer(session: Session, moment: Moment) -> None:
    clerk = a_clerk(session)
    identities.bind_staff(session, *MEI, clerk.id or 0, now=moment.now)
    identities.release_staff(session, clerk.id or 0, language="en", now=moment.now)
    identity = seen(session, moment)
    assert identity.roles == (Role.CUSTOMER,)
    assert session.get_one(Customer, identity.customer_id).language == "en"


def test_who_speaks_as_something_else_goes_on_as_that(session: Session, moment: Moment) -> None:
    seen(session, moment)
    worker_id, clerk = a_worker(session), a_clerk(session)
    identities.bind_worker(session, *MEI, worker_id, now=moment.now)
    identities.bind_staff(session, *MEI, clerk.id or 0, now=moment.now)
    identities.release_worker(session, worker_id, language="en", now=moment.now)
    assert seen(session, moment).role is Role.STAFF


def test_an_account_nobody_saw_yet_can_be_bound(session: Session, moment: Moment) -> None:
    clerk = a_clerk(session)
    identities.bind_staff(session, *MEI, clerk.id or 0, now=moment.now)
    assert seen(session, moment).role == Role.STAFF
    assert session.exec(select(Customer)).all() == []


def test_a_second_account_joins_a_customer_we_know(session: Session, moment: Moment) -> None:
    first = seen(session, moment)
    second = identities.bind_customer(
        session, "wechat", "main", "oX1", first.customer_id or 0, now=moment.now
    )
    assert identities.of_customer(session, first.customer_id or 0) == [second, first]


@pytest.mark.parametrize("role", [Role.WORKER, Role.STAFF])
def test_nobody_speaks_as_what_they_are_not(session: Session, moment: Moment, role: Role) -> None:
    identity = seen(session, moment)
    identity.speaks_as = role
    with pytest.raises(IntegrityError):
        session.flush()


def test_nobody_is_no_one(session: Session, moment: Moment) -> None:
    identity = seen(session, moment)
    identity.customer_id = None
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_worker_who_cannot_be_reached_is_left_out_until_they_write(
    session: Session, moment: Moment
) -> None:
    worker_id = a_worker(session)
    identity = identities.bind_worker(session, *MEI, worker_id, now=moment.now)
    identities.lose(session, identity, now=moment.now)
    assert identities.of_worker(session, worker_id) == []
    seen(session, moment)
    assert identities.of_worker(session, worker_id) == [identity]


def test_the_first_loss_is_remembered(session: Session, moment: Moment) -> None:
    identity = seen(session, moment)
    identities.lose(session, identity, now=moment.now)
    lost_at = moment.now
    identities.lose(session, identity, now=moment.forward(days=1))
    assert identity.unreachable_at == lost_at


def test_staff_who_left_are_written_to_no_more(session: Session, moment: Moment) -> None:
    chen, ann = a_clerk(session), a_clerk(session, "Ann")
    first = identities.bind_staff(session, *MEI, chen.id or 0, now=moment.now)
    second = identities.bind_staff(session, "wechat", "main", "ann", ann.id or 0, now=moment.now)
    assert identities.of_staff(session) == [first, second]
    staff.dismiss(session, chen)
    assert identities.of_staff(session) == [second]


def test_whoever_gets_another_name_stays_who_they_are(session: Session, moment: Moment) -> None:
    clerk = staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN")
    identities.bind_staff(session, *MEI, clerk.id or 0, now=moment.now)
    seen(session, moment, ("telegram", "main", "mei2"))  # wrote under the new name before we heard of it
    identities.readdress(session, *MEI, "mei2")
    moved = identities.find(session, "telegram", "main", "mei2")
    assert moved is not None
    assert moved.role is Role.STAFF
    assert identities.find(session, *MEI) is None


def test_a_name_that_nobody_had_or_that_is_the_same_changes_nothing(session: Session, moment: Moment) -> None:
    mei = seen(session, moment)
    identities.readdress(session, "telegram", "main", "nobody", "mei")
    identities.readdress(session, *MEI, "mei")
    assert identities.find(session, *MEI) == mei
