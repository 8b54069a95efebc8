import random
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text
from sqlmodel import Session, select

from core import correspondence
from core.correspondence import LEASE, Direction, Fate, Message, Peer, Purpose, Recorded, Status
from core.database import transaction
from tests.conftest import Moment

MEI = Peer("telegram", "main", "mei")
LIN = Peer("telegram", "main", "lin")
PAGE = Peer("page", "main", "visitor")


def heard(
    session: Session, moment: Moment, peer: Peer = MEI, *, id: str = "1", body: str = "你好"
) -> Recorded:
    return correspondence.record(
        session, peer, external_id=id, kind="text", body=body, content={}, now=moment.now
    )


def failed(session: Session, moment: Moment, peer: Peer = MEI, *, id: str = "1", why: str = "broken") -> int:
    return correspondence.fail(
        session, peer, external_id=id, kind="text", body="hello", content={}, failure=why, now=moment.now
    ).attempts


def said(session: Session, moment: Moment, body: str, peer: Peer = MEI, *, expires: int | None = None) -> int:
    expires_at = None if expires is None else moment.now + timedelta(minutes=expires)
    return correspondence.post(session, peer, body=body, content={}, expires_at=expires_at, now=moment.now)


def claimed(session: Session, moment: Moment, channel: str = "telegram") -> list[str]:
    correspondence.sweep(session, channel, "main", moment.now)
    return [each.body for each in correspondence.claim(session, channel, "main", moment.now)]


def one(session: Session, message_id: int) -> Message:
    message = session.get(Message, message_id, populate_existing=True)
    assert message is not None
    return message


def test_a_message_is_recorded_once(session: Session, moment: Moment) -> None:
    first = heard(session, moment)
    assert first.fate == Fate.NEW
    assert heard(session, moment) == (first.message_id, Fate.REPEATED)
    kept = one(session, first.message_id)
    assert (kept.body, kept.peer, kept.direction, kept.created_at) == ("你好", MEI, Direction.IN, moment.now)


def test_ids_of_different_channels_and_accounts_do_not_meet(session: Session, moment: Moment) -> None:
    assert heard(session, moment).fate == Fate.NEW
    assert heard(session, moment, Peer("wechat", "main", "mei")).fate == Fate.NEW
    assert heard(session, moment, Peer("telegram", "second", "mei")).fate == Fate.NEW


def test_a_failed_turn_is_taken_again_until_it_is_set_aside(session: Session, moment: Moment) -> None:
    assert failed(session, moment) == 1
    again = heard(session, moment)
    assert again.fate == Fate.AGAIN
    assert failed(session, moment) == 2
    assert heard(session, moment).fate == Fate.AGAIN
    assert failed(session, moment, why="still broken") == 3
    assert heard(session, moment) == (again.message_id, Fate.REPEATED)
    kept = one(session, again.message_id)
    assert (kept.status, kept.attempts, kept.failure) == (Status.SET_ASIDE, 3, "still broken")


def test_a_message_set_aside_or_answered_stays_so_when_it_fails_later(
    session: Session, moment: Moment
) -> None:
    for _ in range(3):
        failed(session, moment)
    assert failed(session, moment) == 3
    answered = heard(session, moment, id="2")
    assert failed(session, moment, id="2") == 0
    assert one(session, answered.message_id).status == Status.RECEIVED


def test_a_turn_that_succeeds_at_last_is_settled(session: Session, moment: Moment) -> None:
    failed(session, moment)
    message_id = heard(session, moment).message_id
    correspondence.settle(session, message_id)
    assert heard(session, moment).fate == Fate.REPEATED
    assert (one(session, message_id).status, one(session, message_id).failure) == (Status.RECEIVED, None)


def test_a_failure_is_kept_short(session: Session, moment: Moment) -> None:
    failed(session, moment, why="x" * 10_000)
    kept = one(session, heard(session, moment).message_id).failure
    assert kept == "x" * 500


def test_what_no_database_can_keep_is_replaced(session: Session, moment: Moment) -> None:
    content = {"data": "a\0b", "lines": [["\ud800", 1.5, None]]}
    recorded = correspondence.record(
        session, MEI, external_id="9\0", kind="text", body="a\0\udfffb👋", content=content, now=moment.now
    )
    kept = one(session, recorded.message_id)
    assert kept.body == "a\ufffd\ufffdb👋"
    assert kept.content == {"data": "a\ufffdb", "lines": [["\ufffd", 1.5, None]]}
    assert heard(session, moment, id="9\0").fate == Fate.REPEATED
    assert one(session, said(session, moment, "to\0you")).body == "to\ufffdyou"


def test_answers_come_in_the_order_they_were_posted(session: Session, moment: Moment) -> None:
    heard_id = heard(session, moment).message_id
    for body in ("one", "two"):
        correspondence.post(session, MEI, body=body, content={}, answers_id=heard_id, now=moment.now)
    said(session, moment, "something else")
    assert [each.body for each in correspondence.answers(session, heard_id)] == ["one", "two"]


def test_talk_is_the_newest_of_both_directions_without_what_expired(session: Session, moment: Moment) -> None:
    heard(session, moment, body="hello")
    said(session, moment, "too late", expires=1)
    first = said(session, moment, "welcome")
    said(session, moment, "not for Mei", LIN)
    said(session, moment, "which day?")
    moment.forward(minutes=2)
    claimed(session, moment)
    everything = correspondence.talk(session, MEI)
    assert [each.body for each in everything] == ["hello", "welcome", "which day?"]
    assert [each.body for each in correspondence.talk(session, MEI, limit=2)] == ["welcome", "which day?"]
    assert [each.body for each in correspondence.talk(session, MEI, after=first)] == ["which day?"]
    assert [each.body for each in correspondence.talk(session, MEI, after=1, limit=1)] == ["welcome"]


def test_a_page_fetches_what_waits_for_it_and_marks_it_sent(session: Session, moment: Moment) -> None:
    heard(session, moment, PAGE)
    said(session, moment, "old news", PAGE, expires=1)
    ids = [said(session, moment, body, PAGE) for body in ("one", "two")]
    moment.forward(minutes=2)
    assert [each.body for each in correspondence.pending(session, PAGE, moment.now)] == ["one", "two"]
    correspondence.mark_sent(session, ids[:1], moment.now)
    correspondence.mark_sent(session, [], moment.now)
    assert [each.body for each in correspondence.pending(session, PAGE, moment.now)] == ["two"]
    assert one(session, ids[0]).sent_at == moment.now


def test_marking_sent_passes_over_what_people_said(session: Session, moment: Moment) -> None:
    message_id = heard(session, moment).message_id
    correspondence.mark_sent(session, [message_id], moment.now)
    assert one(session, message_id).status == Status.RECEIVED


def test_one_message_per_person_is_claimed_and_the_next_waits_for_it(
    session: Session, moment: Moment
) -> None:
    first = said(session, moment, "one")
    said(session, moment, "two")
    said(session, moment, "to Lin", LIN)
    assert claimed(session, moment) == ["one", "to Lin"]
    assert claimed(session, moment) == []
    correspondence.sent(session, first, moment.now)
    assert claimed(session, moment) == ["two"]
    kept = one(session, first)
    assert (kept.status, kept.attempts, kept.sent_at, kept.lease_until) == (Status.SENT, 1, moment.now, None)


def test_only_the_channels_asked_for_are_claimed(session: Session, moment: Moment) -> None:
    said(session, moment, "to the page", PAGE)
    said(session, moment, "to Mei")
    assert correspondence.claim(session, "telegram", "another", moment.now) == []
    assert claimed(session, moment, "telegram") == ["to Mei"]
    assert claimed(session, moment, "telegram") == []
    assert claimed(session, moment, "page") == ["to the page"]


def test_the_limit_leaves_the_rest_for_the_next_claim(session: Session, moment: Moment) -> None:
    for number in range(5):
        said(session, moment, str(number), Peer("telegram", "main", str(number)))
    assert [each.body for each in correspondence.claim(session, "telegram", "main", moment.now, 3)] == [
        "0",
        "1",
        "2",
    ]
    assert claimed(session, moment) == ["3", "4"]


def test_a_postponed_message_holds_back_what_follows_it(session: Session, moment: Moment) -> None:
    first = said(session, moment, "one")
    said(session, moment, "two")
    claimed(session, moment)
    correspondence.postpone(session, first, moment.now + timedelta(seconds=10), "slow down")
    assert claimed(session, moment) == []
    moment.forward(seconds=10)
    assert claimed(session, moment) == ["one"]
    assert (one(session, first).attempts, one(session, first).failure) == (2, "slow down")


def test_a_message_given_up_lets_the_next_one_go(session: Session, moment: Moment) -> None:
    first = said(session, moment, "one")
    said(session, moment, "two")
    claimed(session, moment)
    correspondence.give_up(session, first, "blocked")
    assert one(session, first).status == Status.UNDELIVERED
    assert claimed(session, moment) == ["two"]


def test_what_was_sent_cannot_be_postponed_or_given_up(session: Session, moment: Moment) -> None:
    message_id = said(session, moment, "one")
    correspondence.sent(session, message_id, moment.now)
    correspondence.postpone(session, message_id, moment.now, "late news")
    correspondence.give_up(session, message_id, "late news")
    assert one(session, message_id).status == Status.SENT


def test_a_lease_that_ran_out_makes_a_message_due_again(session: Session, moment: Moment) -> None:
    said(session, moment, "one")
    assert claimed(session, moment) == ["one"]
    moment.forward(seconds=LEASE.total_seconds() - 1)
    assert claimed(session, moment) == []
    moment.forward(seconds=1)
    assert claimed(session, moment) == ["one"]


def test_an_expired_message_is_never_sent_and_blocks_nobody(session: Session, moment: Moment) -> None:
    late = said(session, moment, "your worker is at the door", expires=5)
    said(session, moment, "thank you")
    moment.forward(minutes=5)
    assert claimed(session, moment) == ["thank you"]
    assert one(session, late).status == Status.EXPIRED


def test_a_message_on_its_way_does_not_expire(session: Session, moment: Moment) -> None:
    message_id = said(session, moment, "hurry", expires=1)
    moment.forward(seconds=50)
    claimed(session, moment)
    moment.forward(seconds=20)
    assert claimed(session, moment) == []
    assert one(session, message_id).status == Status.SENDING


def test_pauses_between_attempts_grow() -> None:
    assert tuple(timedelta(seconds=s) for s in (10, 60, 300, 1_800, 7_200)) == correspondence.BACKOFF


STEPS = st.sampled_from(["post", "claim", "send", "fail", "crash", "give up", "wait"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=60), seed=st.integers(0, 2**16))
def test_whatever_happens_nobody_reads_lines_out_of_order(
    session: Session, moment: Moment, steps: list[str], seed: int
) -> None:
    session.exec(text("DELETE FROM message"))  # SQLModel types no plain text
    chance = random.Random(seed)  # noqa: S311 - a game, not a secret
    under_way: list[Message] = []
    arrived: dict[Peer, list[int]] = defaultdict(list)
    for step in steps:
        moment.forward(seconds=1)
        message = under_way.pop(chance.randrange(len(under_way))) if under_way else None
        match step, message:
            case "post", _:
                said(session, moment, "…", chance.choice([MEI, LIN]), expires=chance.choice([None, 1]))
            case "claim", _:
                under_way += correspondence.claim(
                    session, "telegram", "main", moment.now, chance.randint(1, 3)
                )
            case "wait", _:
                moment.forward(seconds=20)
            case "send", Message(id=int(id), lease_until=until) if until and until > moment.now:
                arrived[message.peer].append(id)
                correspondence.sent(session, id, moment.now)
                continue
            case "fail", Message(id=int(id)):
                correspondence.postpone(session, id, moment.now + timedelta(seconds=10), "later")
                continue
            case "give up", Message(id=int(id)):
                correspondence.give_up(session, id, "no")
                continue
            case "crash", _:
                continue
        if message:
            under_way.append(message)
    for ids in arrived.values():
        assert ids == sorted(ids)


def test_several_senders_at_once_send_each_line_once_and_in_order(engine: Engine, moment: Moment) -> None:
    people = [Peer("telegram", "main", f"person {number}") for number in range(8)]
    with transaction(engine) as session:
        for body in range(6):
            for peer in people:
                said(session, moment, str(body), peer)
    arrived: list[tuple[Peer, str]] = []
    failures: list[BaseException] = []

    def send() -> None:
        idle = 0
        while idle < 20:
            with transaction(engine) as session:
                messages = correspondence.claim(session, "telegram", "main", moment.now, 3)
            idle = 0 if messages else idle + 1
            for message in messages:
                arrived.append((message.peer, message.body))
                with transaction(engine) as session:
                    correspondence.sent(session, message.id, moment.now)

    in_threads(4, send, failures)
    assert not failures
    for peer in people:
        assert [body for to, body in arrived if to == peer] == [str(body) for body in range(6)]


def test_two_deliveries_of_one_message_at_once_make_one_record(engine: Engine, moment: Moment) -> None:
    fates: list[Recorded] = []
    failures: list[BaseException] = []
    together = threading.Barrier(4)

    def deliver() -> None:
        together.wait()
        with transaction(engine) as session:
            fates.append(heard(session, moment))

    in_threads(4, deliver, failures)
    assert not failures
    assert sorted(each.fate for each in fates) == [Fate.NEW, *[Fate.REPEATED] * 3]
    assert len({each.message_id for each in fates}) == 1


def test_of_two_retries_at_once_one_is_answered(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        failed(session, moment)
    second: list[Fate] = []

    def deliver_again() -> None:
        with transaction(engine) as session:
            second.append(heard(session, moment).fate)

    thread = threading.Thread(target=deliver_again)
    with transaction(engine) as session:
        first = heard(session, moment)
        thread.start()
        thread.join(timeout=0.3)  # it must still be waiting for us
        correspondence.settle(session, first.message_id)
    thread.join()
    assert [first.fate, *second] == [Fate.AGAIN, Fate.REPEATED]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # the plan is one of SQLite
def test_a_claim_reads_the_index_of_unsent_messages_only(engine: Engine, moment: Moment) -> None:
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append((call[2], call[3])))
    with transaction(engine) as session:
        claimed(session, moment)
        correspondence.is_next(session, MEI)
        plans = [
            session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).all()
            for sql, parameters in tuple(statements)
            if sql.startswith(("SELECT", "UPDATE"))
        ]
    read = [line[3] for plan in plans for line in plan if "message" in line[3]]
    assert len(read) == len(Purpose) * 2 + 4
    assert all("INDEX ix_message_unsent" in line or "INDEX ix_message_queue" in line for line in read), read


def in_threads(count: int, work: Callable[[], None], failures: list[BaseException]) -> None:
    def guarded() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_record_holds_every_direction_once(session: Session, moment: Moment) -> None:
    heard(session, moment)
    heard(session, moment)
    said(session, moment, "hello")
    assert len(session.exec(select(Message)).all()) == 2


@pytest.mark.parametrize("back", [timedelta(hours=3), timedelta(days=1)])
def test_a_clock_that_is_set_back_keeps_nobody_waiting(
    session: Session, moment: Moment, back: timedelta
) -> None:
    moment.forward(seconds=back.total_seconds())
    tried = said(session, moment, "tried", Peer("telegram", "main", "anna"))
    correspondence.claim(session, "telegram", "main", moment.now)
    correspondence.postpone(session, tried, moment.now + max(correspondence.BACKOFF), "down")
    said(session, moment, "claimed", LIN)
    correspondence.claim(session, "telegram", "main", moment.now)
    said(session, moment, "new")
    moment.forward(seconds=-back.total_seconds())
    assert correspondence.claim(session, "telegram", "main", moment.now) == []
    correspondence.sweep(session, "telegram", "main", moment.now)
    claimed = correspondence.claim(session, "telegram", "main", moment.now)
    assert sorted(one.body for one in claimed) == ["claimed", "new", "tried"]


def test_what_was_put_off_on_purpose_stays_so(session: Session, moment: Moment) -> None:
    tomorrow = moment.now + timedelta(days=1)
    correspondence.put_off(session, said(session, moment, "at night", LIN), tomorrow)
    resting = said(session, moment, "kind words")
    correspondence.claim(session, "telegram", "main", moment.now)
    correspondence.rest(session, resting, tomorrow)
    correspondence.sweep(session, "telegram", "main", moment.now)
    assert correspondence.claim(session, "telegram", "main", moment.now) == []
    assert len(correspondence.claim(session, "telegram", "main", tomorrow)) == 2


def test_what_rests_is_overtaken_until_its_hour_and_goes_first_then(session: Session, moment: Moment) -> None:
    later = moment.now + timedelta(hours=1)
    resting = said(session, moment, "kind words")
    correspondence.claim(session, "telegram", "main", moment.now)
    correspondence.rest(session, resting, later)
    assert correspondence.is_next(session, MEI)
    said(session, moment, "news")
    assert [one.body for one in correspondence.claim(session, "telegram", "main", moment.now)] == ["news"]
    moment.at(later)
    assert [one.body for one in correspondence.claim(session, "telegram", "main", moment.now)] == [
        "kind words"
    ]
