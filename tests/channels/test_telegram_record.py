from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.messages import Sender
from channels.telegram.record import Gone, Record
from core.database import connect

TOPIC = Sender("telegram", "main", "-100#complaint-17")
OTHER = Sender("telegram", "main", "-100#complaint-18")


def test_a_thread_is_remembered_until_it_is_forgotten(engine: Engine) -> None:
    record = Record(engine)

    assert record.thread_of(TOPIC) is None
    record.remember_thread(TOPIC, 5, "complaint-17")
    record.remember_thread(OTHER, 6, "complaint-18")
    assert (record.thread_of(TOPIC), record.thread_of(OTHER)) == (5, 6)
    record.forget_thread(TOPIC)
    assert (record.thread_of(TOPIC), record.thread_of(OTHER)) == (None, 6)


def test_threads_move_with_their_chat(engine: Engine) -> None:
    record = Record(engine)
    record.remember_thread(TOPIC, 5, "complaint-17")

    record.move_threads(TOPIC, "-200")

    assert record.thread_of(TOPIC) is None
    assert record.thread_of(Sender("telegram", "main", "-200#complaint-17")) == 5


def test_a_database_that_is_away_is_told_from_one_that_refuses(tmp_path: Path) -> None:
    away = connect(f"sqlite:///{tmp_path}")  # a folder is no database

    with pytest.raises(Gone):
        Record(away).thread_of(TOPIC)
    away.dispose()
