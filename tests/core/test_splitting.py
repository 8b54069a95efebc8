"""A record that holds two people is taken apart, and put together again with what came since."""

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, select

from core import complaints, customers, handoffs
from core.bindings import MergedFurther, merging, splitting
from core.bindings.splitting import NothingToSplit, NotOfCustomer, Parts, SplitUndone
from core.complaints import Complaint
from core.customers import Address, Customer
from core.handoffs import Handoff
from core.identities import Identity
from core.members import points
from core.visits import Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_bindings import seen

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
LATER = NOW + timedelta(days=1)
WATCHED = ("customer", "identity", "address", "visit", "complaint", "handoff", "point_lot", "point_entry")


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """What stands in the tables that a split touches."""
    session.flush()
    tables = (SQLModel.metadata.tables[name] for name in WATCHED)
    return {
        table.name: [tuple(row) for row in session.connection().execute(table.select().order_by(table.c.id))]
        for table in tables
    }


@pytest.fixture
def two(session: Session) -> tuple[Customer, Parts]:
    """One record with two accounts, of which one and all that came by it is somebody else's."""
    homes.worker(session)
    mine, theirs = seen(session, "anna"), seen(session, "bob", "telegram")
    kept = session.get_one(Customer, mine.customer_id)
    customers.set_phone(session, kept, "+8613800000001", verified_at=NOW)
    theirs.customer_id = kept.id
    session.add(theirs)
    session.flush()
    homes.place(session, kept, at(TUESDAY, 9))
    home = homes.home(session, kept, "SOUTH")
    visit = homes.place(session, kept, at(TUESDAY, 13), area="SOUTH")
    told = {"kind": complaints.Kind.QUALITY, "words": "dusty", "source": complaints.Source.WORDS}
    complaints.open(session, HOUSE, kept.id or 0, visit=visit, now=NOW, **told)
    earned = {"reason": "visit", "subject": visit.reference, "key": f"visit:{visit.reference}"}
    points.earn(session, HOUSE, kept.id or 0, 100, now=NOW, **earned)
    return kept, Parts([theirs], [home], [visit])


def test_what_is_named_goes_with_what_came_of_it_and_all_else_stays(
    session: Session, two: tuple[Customer, Parts]
) -> None:
    kept, parts = two
    made = splitting.split(session, kept, parts, why="phone passed on", name="Bob", with_phone=True, now=NOW)
    new = session.get_one(Customer, made.made_id)
    assert (new.name, new.phone, kept.phone) == ("Bob", "+8613800000001", None)
    for model in (Identity, Address, Visit):
        whose = sorted(session.exec(select(model.customer_id)).all())
        assert whose == [kept.id, new.id], model
    assert session.exec(select(Complaint)).one().customer_id == new.id
    assert points.balance(session, kept.id or 0, LATER).usable == 0
    assert points.balance(session, new.id or 0, LATER).usable == 100


def test_a_split_is_taken_back_with_what_came_since(session: Session, two: tuple[Customer, Parts]) -> None:
    kept, parts = two
    before = rows(session)
    made = splitting.split(session, kept, parts, why="a mistake", with_phone=True, now=NOW)
    new = session.get_one(Customer, made.made_id)
    since = customers.add_address(session, new, line="9 North Road", area_code="NORTH", now=LATER)
    splitting.rejoin(session, made.id or 0, LATER)
    assert new.given_up_at == LATER
    assert since.customer_id == kept.id
    session.delete(since)
    after = rows(session)
    after["customer"] = [row for row in after["customer"] if row[0] != new.id]
    assert after == before
    with pytest.raises(SplitUndone):
        splitting.rejoin(session, made.id or 0, LATER)


def test_what_is_not_theirs_or_all_they_have_is_refused(
    session: Session, two: tuple[Customer, Parts]
) -> None:
    kept, parts = two
    other = homes.customer(session)
    with pytest.raises(NotOfCustomer) as no:
        splitting.split(session, other, parts, why="", now=NOW)
    assert no.value.args_ == {"what": "telegram:main:bob"}
    with pytest.raises(NothingToSplit):
        splitting.split(session, kept, Parts(), why="", now=NOW)
    everything = session.exec(select(Identity).where(Identity.customer_id == kept.id)).all()
    with pytest.raises(NothingToSplit):
        splitting.split(session, kept, Parts(everything), why="", now=NOW)


def test_who_became_one_with_another_since_is_not_rejoined(
    session: Session, two: tuple[Customer, Parts]
) -> None:
    kept, parts = two
    made = splitting.split(session, kept, parts, why="", now=NOW)
    third, new = merging.lock(session, made.made_id, homes.customer(session, known=False).id or 0)[::-1]
    merging.merge(session, third, new, parts.accounts[0], NOW, proof=merging.Proof.CODE)
    with pytest.raises(MergedFurther):
        splitting.rejoin(session, made.id or 0, LATER)


def test_a_talk_with_staff_goes_with_the_account_it_is_held_on(
    session: Session, two: tuple[Customer, Parts]
) -> None:
    kept, parts = two
    handoffs.ask(session, kept.id or 0, topic="help", words="hello", reason="asked", now=NOW)
    talk = session.exec(select(Handoff)).one()
    talk.channel, talk.account, talk.user = "telegram", "main", "bob"
    session.add(talk)
    made = splitting.split(session, kept, Parts(parts.accounts), why="", now=NOW)
    assert talk.customer_id == made.made_id
