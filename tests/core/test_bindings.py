"""One person on several channels: by a code, never by a guess, and never for good."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from core import (
    bindings,
    coupons,
    customers,
    handoffs,
    identities,
    matching,
    plans,
    staff,
    visits,
    waitings,
    waitlist,
    windows,
)
from core.bindings import (
    BindingOffer,
    BindingTry,
    CodeExpired,
    CodeUsed,
    Merge,
    MergedFurther,
    MergeUndone,
    SameCustomer,
    TooManyTries,
    TwoVerified,
    WrongCode,
)
from core.bindings.tables import MOST_TRIES_OF_ALL
from core.customers import Address, Customer
from core.database import transaction
from core.handoffs import Handoff
from core.identities import Identity
from core.matching import PreferenceKind
from core.members import points
from core.staff import Rank
from core.visits import Status, Visit
from core.windows import Hold
from tests.core import homes, test_waitlist
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of
from tests.core.test_races import together

WRONG = "no such code"
UNCHANGED = set(SQLModel.metadata.tables) - {"binding_offer", "binding_try", "merge", "reminder", "opened"}
"""Not reminders or what opened: whoever waits is looked after anew, and looking too often does no harm."""


def seen(session: Session, user: str, channel: str = "web") -> Identity:
    return identities.behind(session, channel, "main", user, language="zh-CN", now=NOW)


def person(session: Session, user: str, *, known: bool = False) -> tuple[Identity, Customer]:
    """An account and the customer behind it, with a number of their own if `known`."""
    identity = seen(session, user)
    customer = session.get_one(Customer, identity.customer_id)
    if known:
        customers.set_phone(session, customer, f"+8613800{customer.id:06d}", verified_at=NOW)
    return identity, customer


def clerk(session: Session) -> int:
    return staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN").id or 0


def bound(session: Session, asks: Identity, gives: Identity) -> bindings.Bound:
    return bindings.bind(session, gives, bindings.offer(session, asks, NOW).code, NOW)


def rows(session: Session) -> dict[str, list[str]]:
    """Every row of every table that a merge may touch, as text."""
    session.flush()
    return {
        name: sorted(map(repr, session.connection().execute(SQLModel.metadata.tables[name].select())))
        for name in UNCHANGED
    }


def test_a_code_binds_the_other_account(session: Session) -> None:
    anna, customer = person(session, "anna")
    phone = seen(session, "anna on the phone", "telegram")
    offer = bindings.offer(session, anna, NOW)
    assert offer.code.isdecimal()
    assert len(offer.code) == 6
    assert offer.until == NOW + timedelta(minutes=10)
    made = bindings.bind(session, phone, offer.code, NOW)
    assert (made.customer, made.merged) == (customer, False)
    assert phone.customer_id == anna.customer_id
    assert bindings.latest(session, anna.customer_id or 0) == session.get(Merge, made.merge_id)


def test_a_link_binds_like_the_code_and_both_count_once(session: Session) -> None:
    anna, phone, third = (seen(session, name) for name in ("anna", "phone", "third"))
    offer = bindings.offer(session, anna, NOW)
    assert offer.token.replace("-", "").replace("_", "").isalnum()
    bindings.bind(session, phone, offer.token, NOW)
    with pytest.raises(CodeUsed):
        bindings.bind(session, third, offer.code, NOW)
    assert third.customer_id != anna.customer_id


def test_the_database_knows_neither_code_nor_token(session: Session) -> None:
    offer = bindings.offer(session, seen(session, "anna"), NOW)
    kept = repr(session.exec(select(BindingOffer)).one().model_dump())
    assert offer.code not in kept.replace("'code_digest'", "")
    assert offer.token not in kept


def test_a_code_lasts_ten_minutes(session: Session) -> None:
    offer = bindings.offer(session, seen(session, "anna"), NOW)
    phone = seen(session, "phone")
    with pytest.raises(CodeExpired):
        bindings.bind(session, phone, offer.code, offer.until)
    bindings.bind(session, phone, offer.code, offer.until - timedelta(seconds=1))


def test_a_new_code_ends_the_former_one(session: Session) -> None:
    anna, phone = seen(session, "anna"), seen(session, "phone")
    former, new = bindings.offer(session, anna, NOW), bindings.offer(session, anna, NOW)
    with pytest.raises(CodeExpired):
        bindings.bind(session, phone, former.code, NOW)
    bindings.bind(session, phone, new.code, NOW)


def test_codes_are_forgotten_after_a_day(session: Session) -> None:
    former = bindings.offer(session, seen(session, "anna"), NOW)
    bindings.offer(session, seen(session, "bob"), NOW + timedelta(days=2))
    assert len(session.exec(select(BindingOffer)).all()) == 2, "it may still stand in the record"
    bindings.sweep(session, NOW + timedelta(days=2))
    bindings.offer(session, seen(session, "bob"), NOW + timedelta(days=2))
    old = select(BindingOffer).where(BindingOffer.until < NOW + timedelta(days=1))
    assert session.exec(old).all() == []
    with pytest.raises(WrongCode):
        bindings.verify(session, seen(session, "phone"), former.token, NOW)


def test_the_own_code_binds_nothing_and_stays_good(session: Session) -> None:
    anna, phone = seen(session, "anna"), seen(session, "phone")
    offer = bindings.offer(session, anna, NOW)
    with pytest.raises(SameCustomer):
        bindings.bind(session, anna, offer.code, NOW)
    bindings.bind(session, phone, offer.code, NOW)


def test_five_wrong_codes_in_an_hour_are_enough(session: Session) -> None:
    offer = bindings.offer(session, seen(session, "anna"), NOW)
    phone = seen(session, "phone")
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as wrong:
            bindings.bind(session, phone, WRONG, NOW)
        assert wrong.value.args_ == {"left": left}
    for said in (WRONG, offer.code):
        with pytest.raises(TooManyTries) as enough:
            bindings.bind(session, phone, said, NOW)
        assert enough.value.args_ == {"minutes": 60}
    with pytest.raises(TooManyTries) as enough:
        bindings.verify(session, phone, offer.code, NOW + timedelta(minutes=58, seconds=30))
    assert enough.value.args_ == {"minutes": 2}
    later = NOW + timedelta(hours=1)
    bindings.bind(session, phone, bindings.offer(session, seen(session, "anna"), later).code, later)


def test_many_accounts_together_may_not_try_many_codes(session: Session) -> None:
    offer = bindings.offer(session, seen(session, "anna"), NOW)
    for number in range(1, MOST_TRIES_OF_ALL):
        with pytest.raises(WrongCode):
            bindings.verify(session, seen(session, f"robot {number}"), WRONG, NOW)
    with pytest.raises(TooManyTries):
        bindings.verify(session, seen(session, "robot"), WRONG, NOW)
    with pytest.raises(TooManyTries) as enough:
        bindings.bind(session, seen(session, "phone"), offer.code, NOW)
    assert enough.value.args_ == {"minutes": 10}
    later = NOW + timedelta(minutes=10)
    again = bindings.offer(session, seen(session, "anna"), later)
    bindings.bind(session, seen(session, "phone"), again.code, later)


def test_wrong_codes_count_for_the_account_that_gave_them_and_are_forgotten(session: Session) -> None:
    offer = bindings.offer(session, seen(session, "anna"), NOW)
    for _ in range(4):
        with pytest.raises(WrongCode):
            bindings.bind(session, seen(session, "stranger"), WRONG, NOW)
    with pytest.raises(WrongCode):
        bindings.bind(session, seen(session, "phone"), WRONG, NOW + timedelta(hours=1))
    assert len(session.exec(select(BindingTry)).all()) == 1
    bindings.bind(session, seen(session, "phone"), offer.code, NOW)


def test_only_customers_are_bound_by_a_code(session: Session) -> None:
    who = identities.bind_staff(session, "web", "main", "clerk", clerk(session), now=NOW)
    with pytest.raises(ValueError, match="customers"):
        bindings.offer(session, who, NOW)
    with pytest.raises(ValueError, match="customers"):
        bindings.bind(session, who, "123456", NOW)


def test_two_verified_people_are_never_merged(session: Session) -> None:
    anna, _ = person(session, "anna", known=True)
    bob, _ = person(session, "bob", known=True)
    offer = bindings.offer(session, anna, NOW)
    before = rows(session)
    with pytest.raises(TwoVerified):
        bindings.bind(session, bob, offer.code, NOW)
    assert rows(session) == before
    bindings.bind(session, seen(session, "phone"), offer.code, NOW)


def test_the_facts_of_who_asked_win_and_the_missing_ones_are_filled(session: Session) -> None:
    anna, kept = person(session, "anna")
    other, given_up = person(session, "other")
    customers.rename(session, kept, "Anna")
    customers.rename(session, given_up, "A. Lee")
    customers.set_phone(session, given_up, "+8613800000001", verified_at=NOW)
    customers.tell_home(session, id_of_(kept), pets=True, now=NOW)
    customers.tell_home(session, id_of_(given_up), pets=False, infants=True, now=NOW)
    assert bound(session, anna, other).merged
    assert (kept.name, kept.phone, kept.phone_verified_at) == ("Anna", "+8613800000001", NOW)
    home = customers.home(session, id_of_(kept))
    assert (home.pets, home.infants, home.elderly) == (True, True, None)
    assert given_up.given_up_at == NOW


def test_a_number_that_was_said_is_proved_by_the_other_account(session: Session) -> None:
    anna, kept = person(session, "anna")
    other, given_up = person(session, "other")
    customers.set_phone(session, kept, "+8613800000001")
    customers.set_phone(session, given_up, "+8613800000001", verified_at=NOW)
    bound(session, anna, other)
    assert kept.phone_verified_at == NOW


def test_visits_and_homes_go_over_and_one_home_stands_once(session: Session) -> None:
    id_of(homes.worker(session))
    anna, kept = person(session, "anna", known=True)
    other, given_up = person(session, "other")
    mine = customers.add_address(session, kept, line="1 NORTH Road", area_code="NORTH", now=NOW)
    visit = homes.place(session, given_up, at(TUESDAY, 9))
    far = customers.add_address(session, given_up, line="2 North Road", area_code="NORTH", now=NOW)
    same = session.get_one(Address, visit.address_id)
    same.size_m2 = 80
    bound(session, anna, other)
    assert visits.upcoming(session, id_of_(kept), NOW) == [visit]
    assert {one.id for one in customers.addresses(session, id_of_(kept))} == {mine.id, far.id}
    assert mine.size_m2 == 80
    assert visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)


def test_more_visits_than_allowed_stay_and_no_new_one_is_placed(session: Session) -> None:
    id_of(homes.worker(session))
    (anna, kept), (other, given_up) = person(session, "anna"), person(session, "other")
    homes.place(session, kept, at(TUESDAY, 9))
    homes.place(session, given_up, at(TUESDAY, 14))
    bound(session, anna, other)
    assert len(visits.upcoming(session, id_of_(kept), NOW)) == 2
    with pytest.raises(visits.TooManyOpen):
        homes.place(session, kept, at(TUESDAY + timedelta(days=1), 9))


def test_opinions_of_who_asked_win(session: Session) -> None:
    wang, li = (id_of(homes.worker(session, name)) for name in ("Wang", "Li"))
    (anna, kept), (other, given_up) = person(session, "anna"), person(session, "other")
    matching.favour(session, id_of_(kept), wang)
    matching.block(session, id_of_(given_up), wang)
    matching.block(session, id_of_(given_up), li)
    bound(session, anna, other)
    thinks = matching.preferences(session, id_of_(kept))
    assert thinks == {wang: PreferenceKind.FAVOURITE, li: PreferenceKind.BLOCKED}


def test_two_open_hand_offs_become_one(session: Session) -> None:
    (anna, kept), (other, given_up) = person(session, "anna"), person(session, "other")
    ask = {"topic": "other", "reason": "asked"}
    late = handoffs.ask(session, id_of_(kept), words="hello?", now=NOW, **ask)
    early = handoffs.ask(session, id_of_(given_up), words="my key", now=NOW - timedelta(hours=1), **ask)
    who = clerk(session)
    handoffs.take(session, early, who, now=NOW)
    made = bound(session, anna, other)
    assert handoffs.open_of(session, id_of_(kept)) is late
    assert (late.words, late.taken_by, late.asked_at) == ("hello?\nmy key", who, NOW - timedelta(hours=1))
    assert (early.customer_id, early.status) == (kept.id, handoffs.Status.CLOSED)
    bindings.undo(session, made.merge_id, by=who, now=NOW)
    assert (late.words, late.status) == ("hello?", handoffs.Status.WAITING)
    assert handoffs.open_of(session, id_of_(given_up)) is early


@pytest.mark.parametrize(("who", "minutes"), [("other", 0), ("both", 0), ("both", 11)])
def test_a_customer_keeps_one_hold(session: Session, who: str, minutes: int) -> None:
    for name in ("Wang", "Li"):
        homes.worker(session, name)
    (anna, kept), (other, given_up) = person(session, "anna"), person(session, "other")
    if who == "both":
        windows.hold(session, HOUSE, homes.need(customer=kept), at(TUESDAY, 9), now=NOW)
    now = NOW + timedelta(minutes=minutes)
    theirs = windows.hold(session, HOUSE, homes.need(customer=given_up), at(TUESDAY, 12), now=now)
    bindings.bind(session, other, bindings.offer(session, anna, now).code, now)
    held = windows.held(session, id_of_(kept), now)
    assert held is not None
    assert held.starts_at == at(TUESDAY, 9 if (who, minutes) == ("both", 0) else 12)
    assert len(session.exec(select(Hold).where(Hold.customer_id == kept.id)).all()) == 1
    windows.sweep(session, theirs.expires_at)
    assert homes.occupied(session) == set()


def test_all_accounts_go_over_and_their_open_code_ends(session: Session) -> None:
    (anna, kept), (other, _) = person(session, "anna"), person(session, "other")
    second = seen(session, "second")
    bound(session, other, second)
    code = bindings.offer(session, second, NOW).code
    bound(session, anna, other)
    assert {one.user for one in identities.of_customer(session, id_of_(kept))} == {"anna", "other", "second"}
    with pytest.raises(CodeExpired):
        bindings.bind(session, seen(session, "third"), code, NOW)


def test_what_came_after_the_merge_stays_with_who_was_kept(session: Session) -> None:
    homes.worker(session)
    (anna, kept), (other, given_up) = person(session, "anna", known=True), person(session, "other")
    customers.rename(session, given_up, "A. Lee")
    old = homes.place(session, given_up, at(TUESDAY, 9))
    made = bound(session, anna, other)
    new = homes.place(session, kept, at(TUESDAY, 14), area="SOUTH")
    customers.rename(session, kept, "Anna Lee")
    bindings.undo(session, made.merge_id, by=clerk(session), now=NOW)
    assert (kept.name, given_up.name, given_up.given_up_at) == ("Anna Lee", "A. Lee", None)
    assert (old.customer_id, new.customer_id) == (given_up.id, kept.id)
    assert (anna.customer_id, other.customer_id) == (kept.id, given_up.id)


def test_a_merge_is_undone_once_and_the_later_one_first(session: Session) -> None:
    who = clerk(session)
    anna, other, third = (seen(session, name) for name in ("anna", "other", "third"))
    before = rows(session)
    first = bound(session, anna, other)
    second = bound(session, third, anna)
    with pytest.raises(MergedFurther):
        bindings.undo(session, first.merge_id, by=who, now=NOW)
    for made in (second, first):
        undone = bindings.undo(session, made.merge_id, by=who, now=NOW)
        assert (undone.undone_by, undone.undone_at) == (who, NOW)
        with pytest.raises(MergeUndone):
            bindings.undo(session, made.merge_id, by=who, now=NOW)
    assert rows(session) == before
    assert bindings.latest(session, anna.customer_id or 0) is None


def test_of_two_accounts_with_one_code_one_is_bound(engine: Engine) -> None:
    with transaction(engine) as session:
        code = bindings.offer(session, seen(session, "anna"), NOW).code
        for name in ("first", "second"):
            seen(session, name)

    def gives(user: str) -> object:
        return lambda session: bindings.bind(session, seen(session, user), code, NOW).merge_id

    results = together(engine, [gives("first"), gives("second")])
    assert [type(one) for one in results if not isinstance(one, int)] == [CodeUsed]
    with transaction(engine) as session:
        assert len(session.exec(select(Merge)).all()) == 1


def test_two_accounts_that_give_each_other_s_codes_become_one(engine: Engine) -> None:
    with transaction(engine) as session:
        codes = {user: bindings.offer(session, seen(session, user), NOW).code for user in ("anna", "bob")}

    def gives(user: str, of: str) -> object:
        return lambda session: bindings.bind(session, seen(session, user), codes[of], NOW).merge_id

    results = together(engine, [gives("anna", "bob"), gives("bob", "anna")])
    assert sum(isinstance(one, int) for one in results) == 1
    with transaction(engine) as session:
        assert seen(session, "anna").customer_id == seen(session, "bob").customer_id


def test_a_visit_placed_in_another_chat_meanwhile_is_not_lost(engine: Engine) -> None:
    with transaction(engine) as session:
        for name in ("Wang", "Li"):
            homes.worker(session, name)
        other, _ = person(session, "other")
        bound(session, other, seen(session, "second"))
        code = bindings.offer(session, seen(session, "anna"), NOW).code

    def places(session: Session) -> object:
        customer = session.get_one(Customer, seen(session, "second").customer_id)
        return homes.place(session, customer, at(TUESDAY, 9)).reference

    results = together(
        engine, [places, lambda session: bindings.bind(session, seen(session, "other"), code, NOW).merge_id]
    )
    with transaction(engine) as session:
        [visit] = visits.upcoming(session, seen(session, "second").customer_id or 0, NOW)
        assert visit.reference == results[0]


def test_a_merge_is_undone_by_one_of_two(engine: Engine) -> None:
    with transaction(engine) as session:
        who = clerk(session)
        made = bound(session, seen(session, "anna"), seen(session, "other")).merge_id

    def undoes(session: Session) -> object:
        return bindings.undo(session, made, by=who, now=NOW).id

    results = together(engine, [undoes, undoes])
    assert sorted(type(one).__name__ for one in results) == ["MergeUndone", "int"]


PERSON = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, "Anna", "Lee"]),
        "phone": st.sampled_from([None, "+8613800000001", "+8613800000002"]),
        "verified": st.booleans(),
        "home": st.dictionaries(st.sampled_from(["pets", "infants", "elderly"]), st.booleans()),
        "allergy": st.sampled_from([None, "", "dust"]),
        "lines": st.lists(st.sampled_from(["1 North Road", "1 NORTH road", "2 North Road"]), max_size=3),
        "retires": st.booleans(),
        "visit": st.sampled_from([None, *Status]),
        "opinions": st.dictionaries(st.integers(0, 1), st.sampled_from(PreferenceKind)),
        "handoffs": st.lists(st.sampled_from(["close", "take", "wait"]), max_size=3),
        "hold": st.booleans(),
        "waits": st.sampled_from(["", "waits", "offered"]),
        "plan": st.booleans(),
        "owns": st.booleans(),
        "accounts": st.integers(1, 3),
    }
)
"""All that a person may have before they are bound."""


def furnish(session: Session, user: str, has: dict, hour: int, team: list[int], who: int) -> Identity:
    identity, customer = person(session, user)
    id = id_of_(customer)
    for number in range(1, has["accounts"]):
        identities.bind_customer(session, "telegram", "main", f"{user}{number}", id, now=NOW)
    customer.name = has["name"]
    if has["phone"]:
        proved = NOW if has["verified"] else None
        customers.set_phone(session, customer, has["phone"], verified_at=proved)
    if has["home"] or has["allergy"] is not None:
        customers.tell_home(session, id, **has["home"], allergy=has["allergy"], now=NOW)
    for line in has["lines"]:
        address = customers.add_address(
            session, customer, line=line, area_code="NORTH", size_m2=hour, now=NOW
        )
    if has["lines"] and has["retires"]:
        customers.retire_address(session, address, now=NOW)
    if has["visit"]:
        visit = homes.place(session, customer, at(TUESDAY, hour))
        visit.status, visit.answer_by = has["visit"], NOW if has["visit"] == Status.REQUESTED else None
    for number, kind in has["opinions"].items():
        (matching.favour if kind is PreferenceKind.FAVOURITE else matching.block)(session, id, team[number])
    for number, then in enumerate(has["handoffs"]):
        asked = handoffs.ask(session, id, topic="other", words=f"{user} {number}", reason=user, now=NOW)
        if then == "close":
            handoffs.close(session, asked, now=NOW)
        elif then == "take":
            handoffs.take(session, asked, who, now=NOW)
    if has["hold"]:
        windows.hold(session, HOUSE, homes.need(customer=customer), at(TUESDAY, hour + 3), now=NOW)
    if has["waits"]:
        one = test_waitlist.wait(session, customer, now=NOW - timedelta(minutes=hour))
        if has["waits"] == "offered":
            one.status, one.told = waitings.Status.OFFERED, True
            one.offered_at = one.offer_until = one.look_at = NOW + timedelta(hours=1)
    if has["plan"]:
        repeats(session, customer)
    if has["owns"]:
        owns(session, customer)
    return identity


def repeats(session: Session, customer: Customer) -> plans.Plan:
    """A plan of theirs, each Tuesday at nine, of two weeks from now on."""
    rhythm = plans.Rhythm(plans.Every.WEEK, TUESDAY + timedelta(days=7), time(9), 1, None, 100_00)
    home = homes.home(session, customer)
    wish = {"service_code": "CLEAN", "add_ons": {}, "address": home}
    return plans.start(session, HOUSE, customer, rhythm, **wish, now=NOW)


def owns(session: Session, customer: Customer) -> None:
    """A coupon, a package and some points."""
    id = id_of_(customer)
    given = {"reason": "gift", "key": f"gift:{id}", "now": NOW}
    coupons.issue(session, HOUSE, id, kind=coupons.Kind.FEN, amount=20_00, **given)
    points.earn(session, HOUSE, id, 100 * id, subject="gift", **given)


@pytest.fixture
def staffed(session: Session) -> tuple[Session, list[int], int]:
    team = [id_of(homes.worker(session, name)) for name in ("Wang", "Li", "Zhao", "Sun")]
    return session, team, clerk(session)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(kept=PERSON, gone=PERSON)
def test_a_merge_leaves_nothing_behind_and_undone_it_never_was(
    staffed: tuple[Session, list[int], int], kept: dict, gone: dict
) -> None:
    session, team, who = staffed
    with session.begin_nested() as example:
        anna = furnish(session, "anna", kept, 8, team, who)
        other = furnish(session, "other", gone, 11, team, who)
        kept_id, given_id = anna.customer_id or 0, other.customer_id or 0
        before = rows(session)
        try:
            made = bound(session, anna, other)
        except TwoVerified:
            assert kept["verified"]
            assert gone["verified"]
            assert rows(session) == before
        else:
            for model in (Visit, Address, Handoff, Identity):
                assert not session.exec(select(model).where(model.customer_id == given_id)).all()
            waiting = select(Handoff).where(col(Handoff.status).in_(handoffs.OPEN))
            assert len(session.exec(waiting.where(Handoff.customer_id == kept_id)).all()) <= 1
            assert (windows.held(session, kept_id, NOW) is None) == (not (kept["hold"] or gone["hold"]))
            bindings.undo(session, made.merge_id, by=who, now=NOW)
            assert rows(session) == before
        example.rollback()
    session.expunge_all()


def id_of_(customer: Customer) -> int:
    assert customer.id is not None
    return customer.id


def test_visits_that_a_plan_made_meanwhile_go_back_with_it(session: Session) -> None:
    (anna, customer), (other, given) = person(session, "anna"), person(session, "other")
    homes.worker(session)
    mine, theirs = repeats(session, customer), repeats(session, given)
    made = bound(session, anna, other)
    [one] = plans.make(session, HOUSE, theirs, NOW)
    assert one.visit is not None
    assert one.visit.customer_id == customer.id
    bindings.undo(session, made.merge_id, by=clerk(session), now=NOW)
    assert (mine.customer_id, theirs.customer_id) == (customer.id, given.id)
    [visit] = plans.outline(session, HOUSE, theirs, NOW).visits.values()
    assert (visit.customer_id, visit.address_id) == (given.id, theirs.address_id)
    assert plans.skip(session, HOUSE, theirs, TUESDAY + timedelta(days=7), NOW).cancelled == (visit,)


def test_an_offer_that_stands_is_not_lost_when_two_become_one(session: Session) -> None:
    (anna, customer), (other, given) = person(session, "anna"), person(session, "other")
    homes.worker(session)
    mine = test_waitlist.wait(session, customer, now=NOW + timedelta(minutes=5))
    theirs = test_waitlist.wait(session, given)
    assert theirs in waitlist.due(session, NOW)
    assert waitlist.look(session, HOUSE, theirs, NOW) is waitlist.Looked.OFFERED
    made = bound(session, anna, other)
    assert (mine.status, theirs.status) == (waitings.Status.LEFT, waitings.Status.OFFERED)
    held = waitlist.mine(session, id_of_(customer), theirs.id or 0)
    with session.begin_nested() as trial:
        assert waitlist.accept(session, HOUSE, held, NOW).customer_id == customer.id
        trial.rollback()
    bindings.undo(session, made.merge_id, by=clerk(session), now=NOW)
    session.refresh(mine)
    assert mine.status is waitings.Status.WAITING
    assert waitlist.accept(session, HOUSE, theirs, NOW).customer_id == given.id


def test_who_owed_points_owes_them_again(session: Session) -> None:
    (anna, customer), (other, given) = person(session, "anna"), person(session, "other")
    owns(session, customer)
    theirs = id_of_(given)
    lot = points.earn(session, HOUSE, theirs, 500, reason="visit", subject="V1", key="v1", now=NOW)
    points.spend(session, HOUSE, theirs, 400, subject="R1", now=NOW)
    points.take_back(session, lot.key, None, NOW)

    def usable() -> list[int]:
        return [points.balance(session, id_of_(one), NOW).usable for one in (customer, given)]

    before = usable()
    assert before[1] == -400
    made = bound(session, anna, other)
    assert usable()[0] == sum(before)
    bindings.undo(session, made.merge_id, by=clerk(session), now=NOW)
    assert usable() == before
