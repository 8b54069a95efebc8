from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import customers
from core.customers import Address, Customer, UnknownAddress
from tests.conftest import Moment


def visitor(session: Session, moment: Moment) -> Customer:
    return customers.greet(session, language="zh-CN", now=moment.now)


def told(
    session: Session, customer: Customer, moment: Moment, line: str = "天府大道北段100号", **more: str
) -> Address:
    return customers.add_address(
        session, customer, line=line, area_code="high-tech", detail=more.get("detail"), now=moment.now
    )


def test_a_visitor_is_nobody_but_a_language(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    assert customer.id
    assert (customer.name, customer.phone, customer.joined_at) == (None, None, None)
    assert (customer.language, customer.created_at) == ("zh-CN", moment.now)


def test_joining_keeps_the_first_day_and_the_latest_name(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    joined_at = moment.now
    customers.join(session, customer, name="  王 小明 ", phone="+8613800138000", now=moment.now)
    customers.join(session, customer, name="王晓明", phone=None, now=moment.forward(days=1))
    assert (customer.name, customer.phone, customer.joined_at) == ("王晓明", "+8613800138000", joined_at)


def test_an_empty_name_is_refused(session: Session, moment: Moment) -> None:
    with pytest.raises(ValueError, match="name"):
        customers.rename(session, visitor(session, moment), " \u3000 ")


def test_another_number_loses_the_proof_of_the_former(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    customers.set_phone(session, customer, "+8613800138000", verified_at=moment.now)
    customers.set_phone(session, customer, "+8613800138000")
    assert customer.phone_verified_at == moment.now
    customers.set_phone(session, customer, "+8613900139000")
    assert customer.phone_verified_at is None


def test_the_database_takes_numbers_in_e164_only(session: Session, moment: Moment) -> None:
    customers.set_phone(session, visitor(session, moment), "13800138000")
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_customer_changes_language(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    customers.speak(session, customer, "en")
    session.flush()
    session.expire(customer)
    assert customer.language == "en"


def test_the_latest_used_address_comes_first(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    first = told(session, customer, moment)
    moment.forward(hours=1)
    second = told(session, customer, moment, "春熙路1号")
    assert customers.addresses(session, customer.id or 0) == [second, first]
    customers.use_address(session, first, now=moment.forward(hours=1))
    assert customers.addresses(session, customer.id or 0) == [first, second]


@pytest.mark.parametrize("again", ["No. 5 Elm Road", " no.5  ELM road", "Ｎｏ．５ Elm Road"])
def test_the_same_line_again_is_the_same_address(session: Session, moment: Moment, again: str) -> None:
    customer = visitor(session, moment)
    address = told(session, customer, moment, "No. 5 Elm Road")
    customers.remember_size(session, address, 90)
    assert told(session, customer, moment, again) is address
    assert (address.line, address.size_m2) == ("No. 5 Elm Road", 90)


def test_another_door_at_the_same_line_is_another_home(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    unknown_door = told(session, customer, moment)
    mine = told(session, customer, moment, detail="3-1201")
    assert mine is unknown_door
    parents = told(session, customer, moment, detail="5-402")
    assert parents is not mine
    assert told(session, customer, moment, detail="3-1201") is mine
    assert told(session, customer, moment) in (mine, parents)


def test_telling_more_completes_an_address(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    address = told(session, customer, moment)
    customers.add_address(
        session,
        customer,
        line=address.line,
        area_code="tianfu",
        latitude=30.5,
        longitude=104.06,
        rooms=3,
        access_note="4321#",
        now=moment.now,
    )
    assert (address.latitude, address.longitude, address.rooms) == (30.5, 104.06, 3)
    assert (address.area_code, address.access_note) == ("tianfu", "4321#")


def test_a_retired_address_comes_back_when_it_is_told_again(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    address = told(session, customer, moment)
    address.access_note = "4321#"
    customers.retire_address(session, address, now=moment.now)
    assert customers.addresses(session, customer.id or 0) == []
    assert address.access_note is None
    assert customers.address(session, customer.id or 0, address.id or 0) is address
    assert told(session, customer, moment) is address
    assert customers.addresses(session, customer.id or 0) == [address]


def test_other_peoples_addresses_are_unknown(session: Session, moment: Moment) -> None:
    address = told(session, visitor(session, moment), moment)
    stranger = visitor(session, moment)
    with pytest.raises(UnknownAddress):
        customers.address(session, stranger.id or 0, address.id or 0)
    with pytest.raises(UnknownAddress):
        customers.address(session, stranger.id or 0, 999)
    assert told(session, stranger, moment) is not address


@pytest.mark.parametrize(
    ("size", "rooms", "latitude"), [(0, None, None), (None, -1, None), (None, None, 91.0)]
)
def test_the_database_refuses_impossible_homes(
    session: Session, moment: Moment, size: int | None, rooms: int | None, latitude: float | None
) -> None:
    address = told(session, visitor(session, moment), moment)
    address.size_m2, address.rooms, address.latitude = size, rooms, latitude
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (datetime(2026, 11, 22, 8, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), "4321#"),
        (datetime(2026, 11, 23, 14, tzinfo=UTC), "4321#"),
        (datetime(2026, 11, 23, 14, 1, tzinfo=UTC), None),
    ],
)
def test_the_way_in_is_shown_near_the_visit_only(now: datetime, shown: str | None) -> None:
    starts_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    address = Address(customer_id=1, line="x", area_code="x", access_note="4321#", created_at=starts_at)
    ends_at = starts_at + timedelta(hours=3)
    assert customers.note_for_worker(address, starts_at=starts_at, ends_at=ends_at, now=now) == shown


def test_a_home_nobody_told_about_is_unknown_not_empty(session: Session, moment: Moment) -> None:
    profile = customers.home(session, visitor(session, moment).id or 0)
    assert (profile.pets, profile.allergy, profile.told_at) == (None, None, None)


def test_facts_of_a_home_are_told_one_by_one(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    customers.tell_home(
        session, customer.id or 0, pets=True, allergy=" 花粉 ", worker_gender="female", now=moment.now
    )
    customers.tell_home(session, customer.id or 0, pets=False, infants=True, now=moment.forward(days=1))
    session.expire_all()
    profile = customers.home(session, customer.id or 0)
    assert (profile.pets, profile.elderly, profile.infants, profile.allergy) == (False, None, True, "花粉")
    assert (profile.worker_gender, profile.told_at) == ("female", moment.now)


def test_a_wish_is_taken_back_by_an_empty_one(session: Session, moment: Moment) -> None:
    customer = visitor(session, moment)
    customers.tell_home(
        session, customer.id or 0, worker_gender="female", worker_language="en", now=moment.now
    )
    customers.tell_home(
        session, customer.id or 0, worker_gender="", worker_language="", allergy="", now=moment.now
    )
    profile = customers.home(session, customer.id or 0)
    assert (profile.worker_gender, profile.worker_language, profile.allergy) == (None, None, "")


def test_a_customer_who_was_never_stored_has_no_addresses(session: Session, moment: Moment) -> None:
    with pytest.raises(ValueError, match="never stored"):
        customers.add_address(session, Customer(language="en"), line="x", area_code="wuhou", now=moment.now)
