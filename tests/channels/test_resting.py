"""What an outage kept from people until the night is carried in the morning, if it can wait."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from channels.delivery import Delivery
from channels.resting import PROMPT
from core import correspondence, customers, decency, identities
from core.correspondence import RESTS, Message, Peer, Purpose, Status
from core.decency import Class
from core.resorts.addresses import SMS
from core.visits import Status as Stands
from core.visits import Visit
from tests.channels.test_delivery import COMPANY, QUICKLY, FakeChannel, running, until
from tests.conftest import Moment

pytestmark = pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)

MEI = Peer("fake", "main", "mei")
SAID = datetime(2026, 11, 23, 19, 30, tzinfo=COMPANY.zone)
BACK = SAID.replace(hour=23, minute=0)
"""When the channel works again."""


@pytest.fixture
def customer_id(engine: Engine, moment: Moment) -> int:
    moment.at(SAID)
    with Session(engine) as session:
        made = customers.greet(session, language="zh-CN", now=SAID)
        identities.bind_customer(session, *MEI, made.id or 0, now=SAID)
        session.commit()
        return made.id or 0


def say(
    engine: Engine,
    body: str,
    at: datetime = SAID,
    *,
    purpose: Purpose = Purpose.NOTICE,
    expires_at: datetime | None = None,
    peer: Peer = MEI,
    **content: object,
) -> int:
    with Session(engine) as session:
        id = correspondence.post(
            session, peer, body=body, content=content, purpose=purpose, expires_at=expires_at, now=at
        )
        session.commit()
        return id


def record(engine: Engine) -> dict[str, Message]:
    with Session(engine) as session:
        return {one.body: one for one in session.exec(select(Message))}


async def carried(
    engine: Engine, moment: Moment, at: datetime, channel: FakeChannel | None = None
) -> list[str]:
    """What reaches people when the channel works at that moment, until nothing more is due."""
    moment.at(at)
    channel = channel or FakeChannel()
    delivery = Delivery(engine, COMPANY, [channel], sweep=QUICKLY)

    def is_due(one: Message) -> bool:
        waits = one.status in (Status.WAITING, Status.SENDING) and one.due_at is not None
        return waits and one.due_at <= moment.now

    async with running(delivery):
        await until(lambda: not any(map(is_due, record(engine).values())))
    return [text for _, text in channel.sent]


@pytest.mark.parametrize(
    ("kind", "at", "morning"),
    [
        (Class.SERVICE, BACK, "07:00"),
        (Class.CARE, BACK, "08:05"),
        (Class.CARE, BACK.replace(hour=21), "08:05"),
        (Class.MARKETING, BACK.replace(hour=20, minute=45), "09:00"),
    ],
)
async def test_what_was_judged_goes_in_the_morning_of_its_class(
    engine: Engine, moment: Moment, customer_id: int, kind: Class, at: datetime, morning: str
) -> None:
    say(engine, "kind words", manner=kind.value, critical=kind is Class.SERVICE)
    assert await carried(engine, moment, at) == []
    kept = record(engine)["kind words"]
    assert kept.due_at is not None
    due_at = kept.due_at.astimezone(COMPANY.zone)
    assert due_at.date() == SAID.date() + timedelta(days=1)
    assert f"{due_at:%H:%M}" >= morning
    assert (kept.way, kept.attempts) == (RESTS, 0)
    assert await carried(engine, moment, due_at - timedelta(seconds=1)) == []
    assert await carried(engine, moment, due_at) == ["kind words"]


async def test_it_goes_by_the_clock_of_the_person(engine: Engine, moment: Moment, customer_id: int) -> None:
    with Session(engine) as session:
        decency.live_in(session, customer_id, "Europe/London", SAID)
        session.commit()
    say(engine, "kind words", manner=Class.CARE.value)
    assert await carried(engine, moment, BACK) == ["kind words"]  # 15:00 there


async def test_what_is_urgent_or_answers_or_was_said_just_now_goes_at_once_and_waits_for_nothing(
    engine: Engine, moment: Moment, customer_id: int
) -> None:
    say(engine, "kind words", manner=Class.CARE.value)
    say(engine, "late news")
    assert await carried(engine, moment, BACK) == []
    say(engine, "urgent", critical=True)
    assert await carried(engine, moment, BACK) == ["urgent"]
    with Session(engine) as session:
        assert correspondence.is_next(session, MEI)
    say(engine, "an answer", purpose=Purpose.ANSWER)
    say(engine, "done just now", BACK - PROMPT)
    assert await carried(engine, moment, BACK) == ["an answer", "done just now"]
    morning = BACK + timedelta(hours=11)
    say(engine, "news of the morning", morning)
    assert await carried(engine, moment, morning) == ["kind words", "late news", "news of the morning"]


async def test_who_waits_for_a_worker_is_told_and_what_is_of_no_use_in_the_morning_never_is(
    engine: Engine, moment: Moment, customer_id: int
) -> None:
    say(engine, "they come", manner=Class.SERVICE.value, expires_at=BACK + timedelta(hours=1))
    assert await carried(engine, moment, BACK) == []
    assert await carried(engine, moment, BACK + timedelta(hours=12)) == []
    assert record(engine)["they come"].status is Status.EXPIRED
    with Session(engine) as session:
        at_work(session, customer_id, BACK)
        session.commit()
    say(engine, "they are nearly done", manner=Class.SERVICE.value)
    assert await carried(engine, moment, BACK) == ["they are nearly done"]


async def test_no_text_message_rings_at_night_but_a_code_they_wait_for(
    engine: Engine, moment: Moment, customer_id: int
) -> None:
    phone = Peer(SMS, "main", "+8613900000001")
    say(engine, "news", peer=phone, notification={"customer": customer_id, "tried": [], "said": {}})
    say(engine, "a code", peer=phone, notification={"customer": customer_id, "code": True})
    assert await carried(engine, moment, BACK, FakeChannel(name=SMS)) == ["a code"]


def at_work(session: Session, customer_id: int, now: datetime) -> None:
    """Somebody is at this customer's home."""
    home = customers.add_address(
        session, session.get_one(customers.Customer, customer_id), line="1 Road", area_code="WUHOU", now=now
    )
    session.add(
        Visit(
            reference="V-1",
            customer_id=customer_id,
            address_id=home.id or 0,
            address_line=home.line,
            service_code="DAILY",
            quantity=2,
            area_code="WUHOU",
            quote={},
            total=9000,
            company_version="1",
            policy_version="1",
            rules_accepted_at=now,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=1),
            status=Stands.WORKING,
            placed_at=now - timedelta(days=2),
        )
    )
