from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot import store
from bot.messages import Sender
from channels.gone import Gone
from core import correspondence, identities, staff
from core.correspondence import Message, Peer, Purpose
from core.database import connect, transaction
from tests.channels.telegram.house import record_of
from tests.conftest import Moment

pytestmark = pytest.mark.both_databases

TOPIC = Sender("telegram", "main", "-100#complaint-17")
OTHER = Sender("telegram", "main", "-100#complaint-18")


def test_a_thread_is_remembered_until_it_is_forgotten(engine: Engine) -> None:
    record = record_of(engine)

    assert record.thread_of(TOPIC) is None
    record.remember_thread(TOPIC, 5, "complaint-17")
    record.remember_thread(OTHER, 6, "complaint-18")
    assert (record.thread_of(TOPIC), record.thread_of(OTHER)) == (5, 6)
    record.lose_thread(TOPIC)
    assert (record.thread_of(TOPIC), record.thread_of(OTHER)) == (None, 6)


def test_threads_move_with_their_chat(engine: Engine) -> None:
    record = record_of(engine)
    record.remember_thread(TOPIC, 5, "complaint-17")

    record.move_threads(TOPIC, "-200")

    assert record.thread_of(TOPIC) is None
    assert record.thread_of(Sender("telegram", "main", "-200#complaint-17")) == 5


def test_a_database_that_is_away_is_told_from_one_that_refuses(tmp_path: Path) -> None:
    away = connect(f"sqlite:///{tmp_path}")  # a folder is no database

    with pytest.raises(Gone):
        record_of(away).thread_of(TOPIC)
    away.dispose()


def test_a_subject_is_found_by_its_thread_in_its_own_chat(engine: Engine) -> None:
    record = record_of(engine)
    record.remember_thread(TOPIC, 5, "complaint-17")

    assert record.subject_of(Sender("telegram", "main", "-100"), 5) == "complaint-17"
    assert record.subject_of(Sender("telegram", "main", "-100"), 6) is None
    assert record.subject_of(Sender("telegram", "main", "-200"), 5) is None


def test_the_language_of_somebody_we_know_is_told(engine: Engine, moment: Moment) -> None:
    record, mei = record_of(engine), Sender("telegram", "main", "42")
    assert record.language(mei) is None
    with transaction(engine) as session:
        identities.behind(session, "telegram", "main", "42", language="en", now=moment.now)
    assert record.language(mei) == "en"


def test_a_group_is_seated_once_also_by_two_at_once(engine: Engine, moment: Moment) -> None:
    record, group = record_of(engine), Sender("telegram", "main", "-100")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: record.seat_staff(group, "Staff"), range(8)))
    with transaction(engine) as session:
        assert [member.name for member in staff.on_duty(session)] == ["Staff"]
        assert [one.user for one in identities.of_staff(session)] == ["-100"]


def test_what_waits_for_a_chat_and_what_it_talked_about_move_with_it(engine: Engine, moment: Moment) -> None:
    record, old = record_of(engine), Peer("telegram", "main", "-100")
    with transaction(engine) as session:
        store.load(session, old, moment.now)
        correspondence.post(session, old, body="wait", content={}, purpose=Purpose.NOTICE, now=moment.now)
    record.remember_thread(TOPIC, 5, "complaint-17")
    record.move(old, "-200")
    record.move(old, "-200")  # the platform says so in both chats
    new = Peer("telegram", "main", "-200")
    with transaction(engine) as session:
        assert [one.peer for one in session.exec(select(store.Conversation))] == [new]
        assert [one.peer for one in session.exec(select(Message))] == [new]
    assert record.thread_of(Sender("telegram", "main", "-200#complaint-17")) == 5
