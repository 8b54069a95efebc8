"""What must be known in time reaches people whose page is closed: staff call, once, and not at once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from bot import notices, outbox
from bot.messages import Outbound
from core import correspondence, handoffs, identities, mornings
from core.correspondence import Direction, Message, Peer, Purpose, Status
from core.database import transaction
from core.grants import Allowance
from core.reminders import Reminder
from core.visits import Visit
from core.ways import Limits
from tests.bot.test_notices import BOOK
from tests.conftest import Moment
from tests.talk import Person

HALF_AN_HOUR = timedelta(minutes=30)
HOURS = timedelta(hours=48)
ACCOUNTS = {
    ("web", "main"): Limits(pushes=False, presence=HALF_AN_HOUR),
    ("phone", "main"): Limits(),
    ("letter", "main"): Limits(counted=True, earns={"message": Allowance("wrote", 5, HOURS)}),
}


@pytest.fixture
def person(person: Person) -> Person:
    """Somebody who has booked."""
    person.says(*BOOK)
    Person(person.engine, person.company, person.moment, "worker").taps("接单")
    shows(person)
    return person


def shows(person: Person) -> None:
    """Their page is open for a moment."""
    with transaction(person.engine) as session:
        waiting = correspondence.pending(session, person.peer, person.moment.now)
        correspondence.mark_sent(session, [one.id or 0 for one in waiting], person.moment.now)


def ticks(person: Person) -> tuple[Peer, ...]:
    """Who is told something, but for the worker of the visit and the list of the morning."""
    with transaction(person.engine) as session:
        session.exec(delete(Reminder).where(col(Reminder.kind) == mornings.KIND))
    told = notices.due(person.engine, person.company, ACCOUNTS)
    return tuple(peer for peer in told if peer.user != "worker")


def near(person: Person, before: timedelta = timedelta(hours=2)) -> Visit:
    """It is so long before the visit, and what is due then has been said."""
    with transaction(person.engine) as session:
        visit = session.exec(select(Visit)).one()
    for at in (timedelta(hours=24), timedelta(hours=2)):
        if at > before:
            person.moment.at(visit.starts_at - at)
            ticks(person)
            shows(person)
    person.moment.at(visit.starts_at - before)
    ticks(person)
    return visit


def reminders(engine: Engine) -> list[Message]:
    with Session(engine) as session:
        wanted = select(Message).where(
            Message.direction == Direction.OUT, col(Message.expires_at).is_not(None)
        )
        return list(session.exec(wanted.order_by(col(Message.id))))


def calls(person: Person) -> str:
    """What staff are asked to call them about."""
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        handoff = handoffs.open_of(session, identity.customer_id or 0) if identity else None
        return handoff.reason if handoff else ""


def told(person: Person) -> list[str]:
    """What staff were told."""
    with Session(person.engine) as session:
        wanted = select(Message.body).where(Message.user != person.user, Message.direction == Direction.OUT)
        return [body for body in session.exec(wanted) if "联系不上" in body or "没有打开" in body]


def test_who_comes_back_in_time_is_not_called(person: Person, moment: Moment) -> None:
    near(person)
    moment.forward(minutes=29)
    assert ticks(person) == ()
    shows(person)
    moment.forward(hours=1)
    assert ticks(person) == ()

    assert calls(person) == ""
    assert [(one.status, one.way) for one in reminders(person.engine)][-1] == (Status.SENT, None)


def test_who_stays_away_is_called_once_and_still_finds_it_there(person: Person, moment: Moment) -> None:
    visit = near(person)
    moment.forward(minutes=31)
    assert ticks(person)
    assert ticks(person) == ()
    reminder = reminders(person.engine)[-1]
    assert (reminder.status, reminder.way) == (Status.WAITING, "call:absent")
    assert calls(person).startswith(f"call about {visit.reference} by ")
    assert len(told(person)) == len(set(told(person)))

    with transaction(person.engine) as session:
        assert [one.id for one in correspondence.pending(session, person.peer, moment.now)][-1] == reminder.id
    shows(person)
    moment.forward(minutes=31)
    assert ticks(person) == ()
    assert reminders(person.engine)[-1].status is Status.SENT


def test_where_the_visit_is_very_near_half_of_the_time_is_waited(person: Person, moment: Moment) -> None:
    visit = near(person)
    shows(person)
    moment.at(visit.starts_at - timedelta(minutes=20))
    with transaction(person.engine) as session:
        said = Outbound("师傅快到了", critical=True, until=visit.starts_at)
        outbox.post(session, person.peer, said, moment.now)
    moment.forward(minutes=9)
    assert ticks(person) == ()
    moment.forward(minutes=1)
    assert ticks(person)


def test_after_the_visit_has_begun_nobody_is_called(person: Person, moment: Moment) -> None:
    visit = near(person)
    moment.at(visit.starts_at)
    assert ticks(person) == ()
    assert (calls(person), reminders(person.engine)[-1].way) == ("", "wait:absent")


def test_what_need_not_be_known_waits_and_answers_are_always_shown(person: Person, moment: Moment) -> None:
    with transaction(person.engine) as session:
        for purpose in Purpose:
            said = Outbound(purpose.value, critical=purpose is Purpose.ANSWER)
            outbox.post(session, person.peer, said, moment.now, purpose=purpose)
    moment.forward(minutes=31)
    assert ticks(person) == ()

    with Session(person.engine) as session:
        ours = [one for one in session.exec(select(Message)) if one.user == person.user]
    assert [(one.body, one.way) for one in ours if one.way] == [("notice", "wait:absent")]
    assert calls(person) == ""


@pytest.mark.parametrize(("channel", "way"), [("phone", "elsewhere:absent"), ("letter", "call:absent")])
def test_who_is_told_where_they_notice_it_is_not_called(
    person: Person, moment: Moment, channel: str, way: str
) -> None:
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        assert identity is not None
        identities.bind_customer(session, channel, "main", "w", identity.customer_id or 0, now=moment.now)
    near(person)
    moment.forward(minutes=31)
    ticks(person)

    on_page = [one for one in reminders(person.engine) if one.channel == "web"]
    assert on_page[-1].way == way
    assert bool(calls(person)) is (channel == "letter")


def test_another_page_of_theirs_is_as_good(person: Person, moment: Moment) -> None:
    other = Person(person.engine, person.company, moment, user="other-page")
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        assert identity is not None
        identities.bind_customer(session, *other.peer, identity.customer_id or 0, now=moment.now)
    near(person)
    shows(other)
    moment.forward(minutes=31)

    assert ticks(person) == ()
    assert calls(person) == ""
    assert "elsewhere:absent" in [one.way for one in reminders(person.engine)]


def test_staff_who_are_away_find_it_when_they_come_back(person: Person, moment: Moment) -> None:
    with transaction(person.engine) as session:
        staff = identities.of_staff(session)[0]
        peer = Peer(staff.channel, staff.account, staff.user)
        outbox.post(session, peer, Outbound("要紧", critical=True), moment.now)
    limits = {peer[:2]: ACCOUNTS["web", "main"]}
    moment.forward(minutes=31)

    assert notices.due(person.engine, person.company, limits) == ()
    assert calls(person) == ""


def test_a_message_whose_call_breaks_is_not_tried_for_ever(
    person: Person, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    near(person)
    moment.forward(minutes=31)
    monkeypatch.setattr("bot.undelivered.LONGEST_QUOTE", "broken")
    assert ticks(person) == ()
    monkeypatch.undo()

    assert ticks(person) == ()
    assert reminders(person.engine)[-1].way == "call:absent"
