from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import topics
from core.topics import Topic

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HERE = ("forum", "main", "-100")


def remembered(session: Session, subject: str = "complaint-17", thread: int = 5) -> Topic:
    return topics.remember(session, *HERE, subject, thread=thread, name=subject)


def test_a_topic_is_found_by_what_it_is_about_and_by_its_thread(session: Session) -> None:
    topic = remembered(session)

    assert topics.find(session, *HERE, "complaint-17") is topic
    assert topics.about(session, *HERE, 5) is topic
    assert topics.find(session, *HERE, "complaint-18") is None
    assert topics.find(session, "forum", "other", "-100", "complaint-17") is None
    assert topics.about(session, "forum", "main", "-101", 5) is None


def test_a_topic_made_again_takes_the_place_of_the_former_one(session: Session) -> None:
    first = remembered(session)
    first.closed_at = None

    assert remembered(session, thread=9) is first
    assert topics.about(session, *HERE, 5) is None
    assert topics.about(session, *HERE, 9) is first


def test_a_thread_is_about_one_thing(session: Session) -> None:
    remembered(session)

    with pytest.raises(IntegrityError):
        remembered(session, "complaint-18")


def test_a_forgotten_topic_is_gone_and_may_be_forgotten_twice(session: Session) -> None:
    remembered(session)

    topics.forget(session, *HERE, "complaint-17")
    topics.forget(session, *HERE, "complaint-17")

    assert topics.find(session, *HERE, "complaint-17") is None


def test_topics_move_with_their_chat_but_replace_none_that_is_there(session: Session) -> None:
    remembered(session, "complaint-17", 5)
    remembered(session, "complaint-18", 6)
    topics.remember(session, "forum", "main", "-200", "complaint-18", thread=61, name="there")
    topics.remember(session, "forum", "main", "-300", "complaint-17", thread=5, name="elsewhere")

    topics.move(session, *HERE, to="-200")

    there = {
        subject: topics.find(session, "forum", "main", "-200", subject)
        for subject in ("complaint-17", "complaint-18")
    }
    assert {subject: topic and topic.thread for subject, topic in there.items()} == {
        "complaint-17": 5,
        "complaint-18": 61,
    }
    assert topics.find(session, *HERE, "complaint-17") is None
    assert topics.find(session, *HERE, "complaint-18") is None
    assert topics.about(session, "forum", "main", "-300", 5) is not None


def test_a_thread_is_begun_by_one_at_a_time_and_again_when_nobody_hears_of_it(session: Session) -> None:
    def begins(at: datetime) -> bool:
        return topics.begin(session, *HERE, "complaint-17", name="17 vase", now=at)

    assert [begins(NOW), begins(NOW + topics.PATIENCE - timedelta(seconds=1))] == [True, False]
    assert begins(NOW + topics.PATIENCE)
    topics.give_up(session, *HERE, "complaint-17")
    assert begins(NOW + topics.PATIENCE)
    topics.remember(session, *HERE, "complaint-17", thread=5, name="17 vase")
    assert not begins(NOW + 9 * topics.PATIENCE)


def test_a_thread_that_was_made_unheard_is_known_by_its_name(session: Session) -> None:
    topics.begin(session, *HERE, "complaint-17", name="17 vase", now=NOW)

    assert not topics.adopt(session, *HERE, name="18 vase", thread=5)
    assert topics.adopt(session, *HERE, name="17 vase", thread=5)
    assert not topics.adopt(session, *HERE, name="17 vase", thread=6)
    topic = topics.about(session, *HERE, 5)
    assert topic is not None
    assert topic.making_since is None


def test_how_a_topic_looks_is_kept(session: Session) -> None:
    topic = remembered(session)

    topics.shown(session, *HERE, "complaint-17", name="done", closed_at=NOW)
    assert (topic.name, topic.closed_at) == ("done", NOW)
    topics.shown(session, *HERE, "complaint-17")
    assert (topic.name, topic.closed_at) == ("done", None)
    topics.shown(session, *HERE, "complaint-99", name="nothing")
