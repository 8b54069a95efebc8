"""The crash test can fail: each invariant sees the damage it is there for, and none where there is none."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlmodel import Session, col, select, update

from bot.store import Conversation
from core import clock, company
from core.correspondence import LEASE, Direction, Message, Status
from core.customers import Customer
from core.database import connect, transaction
from core.matching import Assignment
from core.reminders import Reminder
from core.reminders import Status as Reminded
from core.timeline import Entry
from core.visits import Visit
from core.windows import Hold, Occupied
from tests import town
from tests.conftest import Moment
from tests.crash import invariants
from tests.crash.episode import grumbles
from tests.crash.invariants.talk import words
from tests.crash.ledger import Sent
from tests.doubles.telegram.double import Call
from tests.talk import Person

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
BOOKING = (
    "{}日常保洁3小时，武侯区科华北路12号3栋501",
    "不用加",
    "没有",
    "{}",
    "王女士",
    "13800001234",
    "没有",
)
Damage = Callable[[Session], object]


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole record: one visit that stands, one that was moved, one cancelled, and one held."""
    path = tmp_path_factory.mktemp("whole") / "menling.db"
    shutil.copyfile(sqlite_template, path)
    engine = connect(f"sqlite:///{path}")
    moment, ours = Moment(NOW), company.load()
    with clock.showing(lambda: moment.now):
        with transaction(engine) as session:
            town.furnish(session, ours, moment.now)
        people = [
            Person(engine, ours, moment, "10001", "telegram"),
            Person(engine, ours, moment, "10002", "telegram"),
            Person(engine, ours, moment, "web-visitor-three", "web"),
            Person(engine, ours, moment, "web-visitor-four", "web"),
        ]
        for person, when in zip(
            people, ("后天上午九点", "后天下午两点", "周五上午九点", "周五下午两点"), strict=True
        ):
            person.arrives()
            for line in BOOKING:
                moment.forward(seconds=1)
                person.says(line.format(when if "日常" in line else "都可以"))
            moment.forward(seconds=1)
        for person in people[:3]:
            person.says("确认")
        people[1].says("改到周六下午", "1", "确认")
        people[2].says("取消预约", "跳过", "确认取消")
    with transaction(engine) as session:
        session.exec(
            update(Message)
            .where(Message.direction == Direction.OUT)
            .values(status=Status.SENT, lease_until=None)
        )
    engine.dispose()
    return path


@pytest.fixture
def whole(template: Path, tmp_path: Path) -> Iterator[Session]:
    """That record, to be damaged."""
    shutil.copyfile(template, tmp_path / "menling.db")
    engine = connect(f"sqlite:///{tmp_path / 'menling.db'}")
    with clock.showing(lambda: NOW + timedelta(minutes=2)), Session(engine) as session:
        yield session
    engine.dispose()


def sent(session: Session) -> list[Sent]:
    """What was sent, as people know it, when nothing was lost."""
    rows = session.exec(select(Message).where(Message.direction == Direction.IN)).all()
    return [
        Sent(row.channel, row.account, row.user, row.external_id or "", row.kind, row.body, accepted=True)
        for row in rows
    ]


def calls(session: Session) -> list[Call]:
    """What the platform was asked for, when everything arrived once and in order."""
    rows = session.exec(
        select(Message)
        .where(Message.direction == Direction.OUT, Message.channel == "telegram")
        .order_by(col(Message.id))
    ).all()
    return [
        Call(float(n), "sendMessage", {"chat_id": int(row.user), "text": words(row)})
        for n, row in enumerate(rows)
    ]


def pages(session: Session) -> dict[str, list[int]]:
    rows = session.exec(select(Message).where(Message.channel == "web").order_by(col(Message.id))).all()
    return {user: [row.id or 0 for row in rows if row.user == user] for user in {row.user for row in rows}}


def one(session: Session, table, *which):
    return session.exec(select(table).where(*which).order_by(*table.__table__.primary_key.columns)).first()


CHECKS: dict[str, Callable[[Session], list[str]]] = {
    "recorded": lambda session: invariants.recorded_once(session, sent(session)),
    "answered": invariants.answered_once,
    "confirmed": invariants.confirmed_by_reference,
    "sold": invariants.sold_once,
    "told": invariants.told_in_timeline,
    "reminded": invariants.reminded_as_planned,
    "said": invariants.reminders_said_once,
    "workers": invariants.workers_told_once,
    "delivered": lambda session: invariants.delivered(session, calls(session), {}),
    "pages": lambda session: invariants.shown_on_pages(session, pages(session)),
    "conversations": invariants.conversations_go_on,
    "known": invariants.known_once,
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_whole_record_breaks_nothing(whole: Session, name: str) -> None:
    assert whole.exec(select(Visit)).all()
    assert whole.exec(select(Hold)).all()
    assert CHECKS[name](whole) == []


def drop(table, *which) -> Damage:
    """Lose the first row of these."""
    return lambda session: session.delete(one(session, table, *which))


def change(table, *which, **values: object) -> Damage:
    """Spoil the first row of these."""

    def damage(session: Session) -> None:
        row = one(session, table, *which)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    return damage


def copy(table, *which, **values: object) -> Damage:
    """Have the first row of these twice, but for some values."""

    def damage(session: Session) -> None:
        row = one(session, table, *which).model_dump()
        session.add(table(**{**row, "id": None, **values}))

    return damage


def other_team(session: Session) -> None:
    """Send the workers of the second visit to the first as well."""
    first, second = session.exec(select(Visit).order_by(col(Visit.id)).limit(2)).all()
    second.starts_at, second.ends_at = first.starts_at, first.ends_at
    (assignment,) = session.exec(
        select(Assignment).where(Assignment.visit_id == second.id, col(Assignment.released_at).is_(None))
    )
    (theirs,) = session.exec(select(Assignment).where(Assignment.visit_id == first.id))
    assignment.worker_id = theirs.worker_id


def another_s_half_hour(session: Session) -> None:
    """Sell one more half hour of another worker to the first visit."""
    row = session.exec(select(Occupied).where(col(Occupied.visit_id).is_not(None))).first()
    assert row is not None
    free = {1, 2, 3, 4} - set(
        session.exec(select(Occupied.worker_id).where(Occupied.half_hour == row.half_hour))
    )
    session.add(Occupied(worker_id=min(free), half_hour=row.half_hour, visit_id=row.visit_id, lasts=1))


def lost_half_hour(session: Session) -> None:
    session.delete(
        session.exec(select(Occupied).where(col(Occupied.visit_id).is_not(None), Occupied.lasts == 0)).first()
    )


def lost_half_hour_of_a_hold(session: Session) -> None:
    session.delete(
        session.exec(select(Occupied).where(col(Occupied.hold_id).is_not(None), Occupied.lasts == 0)).first()
    )


def wrong_length(session: Session) -> None:
    session.exec(select(Occupied).where(Occupied.lasts > 0)).first().lasts = 1


ANSWER = (Message.direction == Direction.OUT, col(Message.answers_id).is_not(None))
DAMAGES: list[tuple[str, Damage, str]] = [
    ("answered", drop(Message, *ANSWER), "unanswered: message 1 "),
    ("answered", copy(Message, *ANSWER, created_at=NOW - timedelta(hours=1)), "another turn: "),
    ("answered", change(Message, *ANSWER, user="10002"), "another turn: "),
    (
        "answered",
        change(Message, Message.direction == Direction.IN, status=Status.SET_ASIDE),
        "failed: message 1 ",
    ),
    ("confirmed", drop(Message, col(Message.body).startswith("约好了")), "was confirmed 0 times"),
    ("confirmed", copy(Message, col(Message.body).startswith("约好了")), "was confirmed 2 times"),
    ("confirmed", change(Visit, reference="NOBODY"), "there is no such visit"),
    (
        "confirmed",
        drop(Message, col(Message.body).startswith("改好了")),
        "moved 1 times, and 0 were confirmed",
    ),
    ("confirmed", drop(Message, col(Message.body).startswith("已经取消")), "cancelled 1 visits, and 0 were"),
    ("sold", other_team, "is sold twice: visit 1"),
    ("sold", another_s_half_hour, "None has visit 1"),
    ("sold", lost_half_hour, "has None"),
    ("sold", lost_half_hour_of_a_hold, "hold "),
    ("sold", wrong_length, "half hours and lengths"),
    ("sold", change(Assignment, Assignment.visit_id == 1, released_at=NOW), "has nobody"),
    ("told", drop(Entry, Entry.visit_id == 1, Entry.what == "placed"), "is told as ['assigned'"),
    ("told", copy(Entry, Entry.visit_id == 2, Entry.what == "moved"), "moved 1 times, is told as"),
    ("told", drop(Entry, Entry.visit_id == 3, Entry.what == "cancelled"), "(cancelled, customer"),
    (
        "reminded",
        drop(Reminder, col(Reminder.dedupe_key).endswith(":hours")),
        "the reminder 'hours' is due None",
    ),
    ("reminded", change(Reminder, due_at=NOW), "planned for 2026"),
    ("reminded", change(Reminder, dedupe_key="visit-near:NOBODY:day"), "is about no visit"),
    (
        "said",
        change(Reminder, status=Reminded.DONE, outcome="said"),
        "was reminded 0 times by visit-near",
    ),
    (
        "said",
        copy(Message, col(Message.body).startswith("约好了"), body="提醒一下：明天 有上门服务。"),
        "was reminded 1 times by visit-near",
    ),
    (
        "workers",
        drop(Message, col(Message.body).startswith("有一单想请您去")),
        "worker was told 0 times, not 1",
    ),
    (
        "workers",
        copy(Message, col(Message.body).startswith("有一单想请您去")),
        "worker was told 2 times, not 1",
    ),
    (
        "delivered",
        change(Message, Message.channel == "telegram", *ANSWER, status=Status.WAITING),
        "is waiting",
    ),
    ("conversations", change(Conversation, revision=99), "counts 98 turns of"),
    ("conversations", drop(Conversation), "no conversation with"),
    ("conversations", change(Conversation, state={"offer": "many"}), "does not load"),
    (
        "known",
        lambda session: session.add(Customer(language="en", created_at=NOW)),
        "has no account anywhere",
    ),
]


@pytest.mark.parametrize(
    ("name", "damage", "said"), DAMAGES, ids=[f"{name}-{said}" for name, _, said in DAMAGES]
)
def test_damage_is_seen(whole: Session, name: str, damage: Damage, said: str) -> None:
    with whole.no_autoflush:
        damage(whole)
    whole.flush()
    assert any(said in found for found in CHECKS[name](whole)), CHECKS[name](whole)


def test_what_was_lost_garbled_or_invented_is_seen(whole: Session) -> None:
    ledger = sent(whole)
    lost = Sent("telegram", "main", "10001", "no-such-id", "text", "到了吗", accepted=True)
    assert "lost: " in invariants.recorded_once(whole, [*ledger, lost])[0]
    assert invariants.recorded_once(whole, [*ledger, replace(lost, accepted=False)]) == []
    assert (
        "garbled: "
        in invariants.recorded_once(whole, [replace(ledger[0], kind="text", body="别的"), *ledger[1:]])[0]
    )
    assert "invented: " in invariants.recorded_once(whole, ledger[1:])[0]


def test_what_arrives_late_twice_or_never_is_seen(whole: Session) -> None:
    right = calls(whole)
    mine = [call for call in right if call.params["chat_id"] == 10001]
    ids = whole.exec(
        select(Message.id).where(*ANSWER, Message.user == "10001").order_by(col(Message.id))
    ).all()

    def found(heard: list[Call], under_way: Mapping[int, int] = MappingProxyType({})) -> list[str]:
        others = [call for call in right if call.params["chat_id"] != 10001]
        return invariants.delivered(whole, [*others, *heard], under_way)

    assert found(mine) == []
    assert "never arrived" in found(mine[:-1])[0]
    assert "out of order" in found([mine[1], mine[0], *mine[2:]])[0]
    assert (
        "not in the record" in found([*mine, Call(99.0, "sendMessage", {"chat_id": 10001, "text": "?"})])[0]
    )

    twice = [*mine, mine[-1]._replace(at=mine[-1].at + 2)]
    assert "arrived 2 times" in found(twice)[0]
    assert found(twice, {ids[-1]: 1}) == []
    assert "arrived 3 times" in found([*twice, mine[-1]], {ids[-1]: 1})[0]
    assert found([*mine, mine[-1]._replace(at=mine[-1].at + LEASE.total_seconds())]) == []
    assert invariants.repeats(whole, [*right, right[-1]]) == 1


def test_repetitions_of_lines_that_are_alike_are_put_down_to_those_that_may_be_repeated(
    whole: Session,
) -> None:
    last, before = whole.exec(
        select(Message).where(*ANSWER, Message.user == "10001").order_by(col(Message.id).desc()).limit(2)
    ).all()
    before.body, before.content = last.body, last.content
    whole.flush()
    right = calls(whole)
    again = [call for call in right if call.params["chat_id"] == 10001][-1]

    def found(times: int, **under_way: int) -> list[str]:
        kills = {before.id or 0: under_way["before"], last.id or 0: under_way["last"]}
        heard = [again._replace(at=again.at + n / 10) for n in range(1, times + 1)]
        return invariants.delivered(whole, [*right, *heard], kills)

    assert found(3, before=1, last=2) == []
    assert found(3, before=2, last=1) == []
    assert "arrived" in found(4, before=1, last=2)[0]


def test_a_page_that_misses_repeats_or_shuffles_is_seen(whole: Session) -> None:
    shown = pages(whole)["web-visitor-four"]
    for wrong in (shown[1:], [*shown, shown[-1]], [*reversed(shown)]):
        (found,) = invariants.shown_on_pages(whole, {"web-visitor-four": wrong})
        assert "the page of web-visitor-four shows" in found


def test_who_did_not_reach_their_end_is_named(whole: Session) -> None:
    assert invariants.conversations_go_on(whole, ["web 7"]) == ["did not reach its end: web 7"]


def test_an_error_in_a_server_s_log_is_seen(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text('{"event": "outbox.sent", "level": "info"}\n{"event": "turn.fai')
    assert grumbles(log) == []
    log.write_text('{"event": "turn.failed", "level": "error"}\n')
    assert "turn.failed" in grumbles(log)[0]
    log.write_text("Traceback (most recent call last):\n")
    assert "traceback" in grumbles(log)[0]
