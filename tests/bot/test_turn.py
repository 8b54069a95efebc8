"""One message, one transaction: exactly once, whatever is repeated, raced or broken."""

import threading

import pytest
from sqlalchemy import Engine, event, func
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot import dialogue
from bot.messages import Arrived, Content, Inbound, Photo, Place, Sender, Tap, Text, Unsupported
from bot.trail import Outcome
from bot.turn import Bot, Receipt, TurnFailed, Unavailable
from core import correspondence
from core.correspondence import Direction, Message, Status
from core.customers import Customer
from core.database import transaction
from core.visits import Visit
from tests.talk import Person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Words that break us while they stand in the list."""
    words: list[str] = []
    sound = dialogue.take_turn

    def take_turn(state: object, turn: object) -> object:
        said = sound(state, turn)
        if getattr(getattr(turn, "content", None), "body", None) in words:
            raise ZeroDivisionError("broken on purpose")
        return said

    monkeypatch.setattr(dialogue, "take_turn", take_turn)
    return words


def count(engine: Engine, direction: Direction) -> int:
    with transaction(engine) as session:
        return session.exec(select(func.count()).where(Message.direction == direction)).one()


def test_a_repeated_message_gets_its_former_answer(person: Person) -> None:
    person.sends(Text("你好"), "same")
    person.sends(Text("你好"), "same")
    first, second = person.receipts
    assert not first.repeated
    assert second == Receipt(first.message_id, Outcome.REPEATED, first.replies, (person.peer,))
    assert count(person.engine, Direction.OUT) == len(first.replies)


def test_ten_deliveries_at_once_are_one_turn(person: Person) -> None:
    bot = Bot(person.engine, person.company)
    inbound = Inbound(Sender("web", "main", "racer"), "same", person.moment.now, Text("预约"), "zh-CN")
    receipts = at_once([lambda: bot.receive(inbound)] * 10)
    assert [receipt.repeated for receipt in receipts].count(False) == 1
    assert len({receipt.replies for receipt in receipts}) == 1
    with transaction(person.engine) as session:
        assert session.exec(select(func.count(Customer.id))).one() == 1


def test_two_first_messages_at_once_are_two_turns_of_one_customer(person: Person) -> None:
    bot = Bot(person.engine, person.company)
    sender = Sender("web", "main", "racer")
    inbound = [Inbound(sender, str(n), person.moment.now, Text("你好"), "zh-CN") for n in range(2)]
    receipts = at_once([lambda one=one: bot.receive(one) for one in inbound])
    assert not any(receipt.repeated for receipt in receipts)
    with transaction(person.engine) as session:
        assert session.exec(select(func.count(Customer.id))).one() == 1


def at_once(work: list) -> list[Receipt]:
    done: list[Receipt] = []
    start = threading.Barrier(len(work))

    def run(one) -> None:
        start.wait()
        done.append(one())

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(work)
    return done


def test_two_customers_race_for_one_window_and_the_other_gets_the_nearest(person: Person) -> None:
    book = (
        "明天上午九点擦玻璃20平",
        "不用",
        "武侯区科华北路12号3栋501",
        "没有",
        "王女士",
        "13800001234",
        "没有",
    )
    people = [Person(person.engine, person.company, person.moment, f"racer{n}") for n in range(4)]
    last: list[list[Message]] = []
    for one in people:  # three workers can do it in the morning: each gets a hold, the fourth hears at once
        last.append(one.says(*book[:4]))
    assert "刚刚被约走" in last[3][-1].body or "没有空了" in last[3][-1].body
    offered = [choice["label"] for choice in last[3][-1].content["choices"] if choice["kind"] == "answer"]
    assert len(offered) == 3


def test_a_failed_turn_leaves_nothing_but_its_count(person: Person, broken: list[str]) -> None:
    person.says("我想约日常保洁")
    before = person.state()
    broken.append("3小时")
    with pytest.raises(TurnFailed):
        person.sends(Text("3小时"), "poison")
    assert person.state() == before
    broken.clear()
    heard = person.sends(Text("3小时"), "poison")
    assert heard, "delivered again, it is taken as if nothing had happened"
    assert person.state().form.answers["quantity"] == 3


def test_a_poisonous_message_is_set_aside_with_an_apology_and_staff_are_told(
    person: Person, broken: list[str]
) -> None:
    broken.append("毒")
    for _ in range(2):
        with pytest.raises(TurnFailed):
            person.sends(Text("毒"), "poison")
    sorry = person.sends(Text("毒"), "poison")
    assert "抱歉" in sorry[-1].body
    clerk = Person(person.engine, person.company, person.moment, "staff")
    assert any("没能处理" in message.body for message in clerk.heard())
    with transaction(person.engine) as session:
        kept = session.exec(select(Message).where(Message.external_id == "poison")).one()
        assert (kept.status, kept.body, kept.attempts) == (Status.SET_ASIDE, "毒", 3)
    assert person.sends(Text("毒"), "poison") == [], "the platform may repeat it for ever"
    assert person.says("你好"), "and the queue behind it moves"


def test_while_the_database_is_gone_nothing_is_half_done(person: Person) -> None:
    person.says("你好")

    def gone(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("the disk is gone"))

    event.listen(person.engine, "before_cursor_execute", gone)
    with pytest.raises(Unavailable):
        person.sends(Text("预约"), "later")
    event.remove(person.engine, "before_cursor_execute", gone)
    assert person.sends(Text("预约"), "later")
    assert not person.receipts[-1].repeated


ANYTHING: tuple[Content, ...] = (
    Text(""),
    Text("   \n\t "),
    Text("x" * 1_000_000),
    Text("漢" * 300_000),
    Text("😀😀😀"),
    Text("\x00\x01\x02\udcff binary"),
    Text("'; DROP TABLE message; --"),
    Text("<script>alert(1)</script>"),
    Text("مرحبا بالعالم"),
    Text("{ $name } %s %(x)s {0}"),
    Tap("999:0"),
    Tap("go:nonsense"),
    Tap("go:visit:ABC234"),
    Tap("go:booking:NONSENSE"),
    Tap("0:0"),
    Tap(""),
    Tap("::::"),
    Photo("nothing"),
    Place(30.6, 104.0),
    Place(0.0, 0.0, "武侯区科华北路12号"),
    Unsupported("hologram"),
    Arrived("booking"),
    Arrived("nonsense"),
)


@pytest.mark.parametrize(
    "before",
    [(), ("我想约日常保洁",), ("明天上午九点日常保洁3小时", "不用")],
    ids=["outside a form", "at a choice", "at an address"],
)
def test_whatever_is_sent_is_kept_and_answered_politely(
    person: Person, before: tuple[str, ...], subtests: pytest.Subtests
) -> None:
    for number, content in enumerate(ANYTHING):
        with subtests.test(type(content).__name__, number=number):
            person.user = f"customer{number}"
            person.says("你好", *before)
            heard = person.sends(content)
            assert heard
            assert all(message.body.strip() for message in heard)
            with transaction(person.engine) as session:
                kept = correspondence.talk(session, person.peer)
                assert any(message.id == person.receipts[-1].message_id for message in kept)


def test_a_stranger_cannot_see_or_change_somebody_elses_visit(person: Person) -> None:
    person.says(
        "明天上午九点日常保洁3小时",
        "不用",
        "武侯区科华北路12号3栋501",
        "没有",
        "都可以",
        "王女士",
        "13800001234",
        "没有",
        "确认",
    )
    with transaction(person.engine) as session:
        reference = session.exec(select(Visit.reference)).one()
    stranger = Person(person.engine, person.company, person.moment, "stranger")
    for data in (
        f"go:visit:{reference}",
        f"go:progress:{reference}",
        f"go:cancelling:{reference}",
        f"go:moving:{reference}",
    ):
        heard = stranger.sends(Tap(data))
        assert all(reference not in message.body for message in heard)
        assert all(message.content["card"] is None for message in heard)


def test_a_customer_cannot_begin_what_staff_do(person: Person) -> None:
    assert "办不了" in person.sends(Tap("go:requests"))[-1].body
    assert "办不了" in person.sends(Tap("go:desk"))[-1].body
