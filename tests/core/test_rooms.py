from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlmodel import Session

from core import complaints, correspondence, customers, duties, rooms, staff
from core.company import Company
from core.complaints import Complaint, Kind, Source, history
from core.correspondence import Peer, Purpose
from core.rooms import Hall
from core.staff import Rank

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
CHAT = Peer("forum", "main", "-100")


def seated(session: Session, chat: Peer = CHAT) -> Hall:
    group = staff.hire(session, name="Group", role=Rank.CLERK, language="zh-CN", shared=True)
    assert group.id is not None
    return rooms.seat(session, chat, address=f"{chat.user}#{{subject}}", title="Staff", staff_id=group.id)


@pytest.fixture
def complaint(session: Session, company: Company) -> Complaint:
    """A complaint in a company with one lead and a group."""
    staff.hire(session, name="Li", role=Rank.LEAD, language="zh-CN")
    customer = customers.greet(session, language="zh-CN", now=NOW)
    return complaints.open(session, company, customer.id or 0, kind=Kind.DAMAGE, source=Source.WORDS, now=NOW)


def test_a_room_is_written_to_by_the_address_of_its_hall(session: Session) -> None:
    hall = seated(session)

    assert hall.room(12) == Peer("forum", "main", "-100#complaint-12")
    assert rooms.hall(session, hall.room(12)) is hall
    assert rooms.hall(session, CHAT) is hall
    assert rooms.hall(session, Peer("forum", "other", "-100#complaint-12")) is None
    assert rooms.hall(session, Peer("forum", "main", "-1001")) is None


@pytest.mark.parametrize(
    ("subject", "number"), [("complaint-12", 12), ("complaint-", None), ("handoff-3", None), ("12", None)]
)
def test_a_subject_names_a_complaint_or_something_else(subject: str, number: int | None) -> None:
    assert rooms.complaint_of(subject) == number
    assert number is None or rooms.subject(number) == subject


def test_another_chat_takes_the_place_of_the_former(session: Session) -> None:
    first = seated(session)
    second = seated(session, CHAT._replace(user="-200"))
    elsewhere = seated(session, Peer("forum", "other", "-300"))

    assert rooms.halls(session) == [second, elsewhere]
    assert rooms.hall(session, CHAT) is None
    assert seated(session) is first
    assert rooms.halls(session) == [first, elsewhere]
    rooms.retire(session, "forum", "main")
    assert rooms.halls(session) == [elsewhere]


def test_a_hall_moves_with_its_chat_and_one_that_was_there_gives_way(session: Session) -> None:
    there, hall = seated(session, CHAT._replace(user="-200")), seated(session)

    rooms.readdress(session, CHAT, "-200")

    assert hall.room(1).user == "-200#complaint-1"
    assert rooms.hall(session, CHAT._replace(user="-200")) is hall
    assert not there.is_used
    rooms.readdress(session, CHAT, "-300")


def test_trouble_and_its_end_are_news_once(session: Session) -> None:
    hall = seated(session)

    assert [rooms.fails(session, hall, "no right", NOW) for _ in range(2)] == [True, False]
    assert rooms.roomy(session) == frozenset()
    assert [rooms.works(session, hall) for _ in range(2)] == [True, False]
    assert rooms.roomy(session) == {hall.staff_id}


def test_history_is_noticed_whoever_writes_it(session: Session, complaint: Complaint) -> None:
    assert rooms.touched(session) == [complaint.id]
    assert rooms.touched(session) == []

    history.add(session, complaint, "note", actor="staff", now=NOW, words="called")
    assert rooms.touched(session) == [complaint.id]


def test_a_room_is_unsettled_until_it_is_as_it_was_wanted_last(
    session: Session, complaint: Complaint
) -> None:
    hall = seated(session)
    room = rooms.give(session, hall, complaint.id or 0, name="one")
    rooms.change(session, room, name="one", is_open=True)
    assert rooms.unsettled(session, hall) == []

    rooms.change(session, room, name="two", is_open=True)
    rooms.change(session, room, name="three", is_open=False)
    rooms.settle(session, room.id or 0, name="two", is_open=True)
    assert rooms.unsettled(session, hall) == [room]
    rooms.settle(session, room.id or 0, name="three", is_open=False)
    assert rooms.unsettled(session, hall) == []


def test_a_stranger_is_greeted_once_in_a_hall(session: Session) -> None:
    hall, other = seated(session), seated(session, Peer("forum", "other", "-300"))

    assert [rooms.greets(session, hall, "7", NOW) for _ in range(2)] == [True, False]
    assert rooms.greets(session, other, "7", NOW)


def test_who_was_asked_to_take_a_complaint_is_known_until_somebody_did(
    session: Session, complaint: Complaint
) -> None:
    number = complaint.id or 0
    ids = [
        correspondence.post(
            session, Peer("web", "main", user), body="?", content={}, purpose=Purpose.NOTICE, now=NOW
        )
        for user in ("a", "b")
    ]
    for id in ids:
        rooms.ask(session, id, number)

    assert [one.id for one in rooms.asked_no_more(session, number)] == ids
    assert rooms.asked_no_more(session, number) == []


def test_a_chat_is_nobody_who_could_take_a_complaint(
    session: Session, company: Company, complaint: Complaint
) -> None:
    hall = seated(session)

    assert hall.staff_id not in [one.id for one in staff.people(session)]
    assert hall.staff_id in [one.id for one in staff.on_duty(session)]
    assert hall.staff_id not in [one.member.id for one in duties.standings(session, company, NOW)]


def test_what_is_wanted_anew_is_to_be_done_although_the_former_wish_was_done_meanwhile(
    session: Session, complaint: Complaint
) -> None:
    """Another process wrote down that the room is as it was wanted, after we had read that it is not yet."""
    room = rooms.give(session, seated(session), complaint.id or 0, name="one")
    rooms.change(session, room, name="two", is_open=False)
    session.flush()
    session.execute(update(rooms.Room).values(settled=True).execution_options(synchronize_session=False))

    rooms.change(session, room, name="three", is_open=True)
    session.flush()

    session.expire_all()
    assert not room.settled
