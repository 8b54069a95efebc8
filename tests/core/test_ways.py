"""Which way a piece of news goes, and what is done with that which has no way now."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core import backlog, correspondence, customers, grants, handoffs, identities, staff, ways
from core.correspondence import Claimed, Message, Peer, Purpose, Status
from core.database import transaction
from core.grants import Allowance
from core.identities import Identity
from core.ways import Call, Direct, Elsewhere, Limits, News, Template, Wait, Way
from tests.conftest import Moment
from tests.core.test_races import together

WANG = Peer("letter", "main", "wang")
WROTE = Allowance("wrote", 5, timedelta(hours=48))
PRESSED = Allowance("pressed", 3, timedelta(minutes=1))
COUNTED = Limits(
    counted=True,
    earns={"message": WROTE, "menu": PRESSED},
    templates={"reminder": "T1", "confirmed": "T2"},
    unasked=frozenset({"T2"}),
)
ACCOUNTS = {
    ("letter", "main"): COUNTED,
    ("letter", "second"): COUNTED,
    ("phone", "main"): Limits(),
    ("page", "main"): Limits(pushes=False),
}


@pytest.fixture
def wang(session: Session, moment: Moment) -> int:
    """The customer behind WANG."""
    customer = customers.greet(session, language="zh-CN", now=moment.now)
    return bound(session, moment, customer.id or 0, WANG).customer_id or 0


def bound(session: Session, moment: Moment, customer_id: int, peer: Peer) -> Identity:
    return identities.bind_customer(session, *peer, customer_id, now=moment.now)


def wrote(session: Session, moment: Moment, peer: Peer = WANG, *, used: int = 0) -> None:
    ways.met(session, peer, "message", COUNTED, moment.now)
    if used:
        assert grants.spend(session, peer, moment.now, messages=used)


def way(session: Session, moment: Moment, **facts: Any) -> Way:
    return ways.choose(session, News(WANG, **facts), ACCOUNTS, moment.now)


def test_where_nobody_counts_everything_is_said_at_once(session: Session, moment: Moment) -> None:
    for peer in (Peer("phone", "main", "1"), Peer("page", "main", "1"), Peer("unheard-of", "main", "1")):
        assert ways.take(session, News(peer), ACCOUNTS, moment.now) == (Direct("free"), ())


def test_who_has_written_is_answered_until_one_message_is_left(session: Session, moment: Moment) -> None:
    wrote(session, moment)
    news = News(WANG, Purpose.ANSWER)
    taken = [ways.take(session, news, ACCOUNTS, moment.now) for _ in range(5)]
    assert [way for way, _ in taken] == [Direct("budget")] * 4 + [Wait("kept-for-critical")]
    assert [len(units) for _, units in taken] == [1, 1, 1, 1, 0]


def test_the_last_message_is_for_what_must_be_known(session: Session, moment: Moment) -> None:
    wrote(session, moment, used=4)
    assert way(session, moment) == Wait("kept-for-critical")
    critical = News(WANG, critical=True)
    assert ways.take(session, critical, ACCOUNTS, moment.now)[0] == Direct("reserve")
    assert way(session, moment, critical=True) == Wait("used-up"), "nobody knows whom to call"


def test_what_is_long_takes_several_messages(session: Session, moment: Moment) -> None:
    wrote(session, moment, used=1)
    assert way(session, moment, messages=4) == Wait("kept-for-critical")
    assert way(session, moment, messages=5, critical=True) == Wait("used-up")
    assert len(ways.take(session, News(WANG, messages=3), ACCOUNTS, moment.now)[1]) == 3


def test_after_two_days_the_window_is_closed(session: Session, moment: Moment) -> None:
    assert way(session, moment) == Wait("window-closed")
    wrote(session, moment)
    moment.forward(hours=48)
    assert way(session, moment) == Wait("window-closed")


def test_choosing_takes_nothing(session: Session, moment: Moment) -> None:
    wrote(session, moment)
    grants.accept(session, WANG, "T1", moment.now)
    for _ in range(9):
        assert way(session, moment, kind="reminder") == Direct("budget")
    assert grants.budget(session, WANG, moment.now).left == 5


def test_a_template_is_sent_as_often_as_the_person_agreed(session: Session, moment: Moment) -> None:
    grants.accept(session, WANG, "T1", moment.now)
    news = News(WANG, kind="reminder")
    chosen, units = ways.take(session, news, ACCOUNTS, moment.now)
    assert (chosen, len(units)) == (Template("T1", "window-closed"), 1)
    assert ways.take(session, news, ACCOUNTS, moment.now) == (Wait("window-closed"), ())
    grants.give_back(session, WANG, units)
    assert way(session, moment, kind="reminder") == Template("T1", "window-closed")


def test_a_template_of_the_service_needs_no_yes(session: Session, moment: Moment) -> None:
    news = News(WANG, kind="confirmed")
    for _ in range(3):
        assert ways.take(session, news, ACCOUNTS, moment.now) == (Template("T2", "window-closed"), ())


def test_a_template_saves_the_last_message(session: Session, moment: Moment) -> None:
    wrote(session, moment, used=4)
    assert way(session, moment, kind="confirmed") == Template("T2", "kept-for-critical")
    assert way(session, moment, kind="confirmed", critical=True) == Direct("reserve")


def test_news_of_another_kind_has_no_template(session: Session, moment: Moment) -> None:
    grants.accept(session, WANG, "T1", moment.now)
    assert way(session, moment, kind="chat") == Wait("window-closed")
    assert way(session, moment) == Wait("window-closed")


def test_news_goes_where_the_customer_was_last(session: Session, moment: Moment, wang: int) -> None:
    phone, old, new = (
        Peer(*key, "w") for key in (("phone", "main"), ("letter", "main"), ("letter", "second"))
    )
    for peer in (phone, old, new):
        bound(session, moment, wang, peer)
    assert way(session, moment) == Elsewhere(phone, "window-closed")
    wrote(session, moment, old)
    assert way(session, moment) == Elsewhere(old, "window-closed")
    moment.forward(minutes=1)
    wrote(session, moment, new)
    assert way(session, moment) == Elsewhere(new, "window-closed")
    grants.spend(session, new, moment.now, messages=4)
    assert way(session, moment) == Elsewhere(old, "window-closed")
    assert way(session, moment, critical=True) == Elsewhere(new, "window-closed")
    assert way(session, moment, avoid=[old]) == Elsewhere(phone, "window-closed")


def test_news_goes_to_the_account_bound_last_where_nobody_counts(
    session: Session, moment: Moment, wang: int
) -> None:
    first, second = Peer("phone", "main", "1"), Peer("phone", "main", "2")
    for peer in (first, second):
        bound(session, moment, wang, peer)
    assert way(session, moment) == Elsewhere(second, "window-closed")


def test_news_goes_nowhere_that_it_would_not_be_noticed(session: Session, moment: Moment, wang: int) -> None:
    bound(session, moment, wang, Peer("page", "main", "w"))
    bound(session, moment, wang, Peer("switched-off", "main", "w"))
    lost = bound(session, moment, wang, Peer("phone", "main", "w"))
    identities.lose(session, lost, now=moment.now)
    assert way(session, moment) == Wait("window-closed")


def test_news_does_not_go_round_in_circles(session: Session, moment: Moment, wang: int) -> None:
    phone = Peer("phone", "main", "w")
    bound(session, moment, wang, phone)
    there = News(phone, avoid=[WANG, phone])
    assert ways.choose(session, there, ACCOUNTS, moment.now) == Wait("avoided")
    assert way(session, moment, avoid=[WANG], kind="confirmed") == Elsewhere(phone, "avoided")


def test_answers_stay_where_they_were_asked_for(session: Session, moment: Moment, wang: int) -> None:
    bound(session, moment, wang, Peer("phone", "main", "w"))
    for purpose in (Purpose.ANSWER, Purpose.BULK):
        assert way(session, moment, purpose=purpose) == Wait("window-closed")


def test_what_must_be_known_in_time_is_told_by_telephone(session: Session, moment: Moment, wang: int) -> None:
    later = moment.now + timedelta(hours=3)
    assert way(session, moment, by=later) == Wait("window-closed")
    assert way(session, moment, critical=True, by=later) == Call("window-closed")
    assert way(session, moment, critical=True) == Call("window-closed")
    moment.at(later)
    assert way(session, moment, critical=True, by=later) == Wait("window-closed"), "too late"


def test_a_worker_is_not_on_the_list_of_customers(session: Session, moment: Moment) -> None:
    member = staff.hire(session, name="陈静", role=staff.Rank.CLERK, language="zh-CN")
    identities.bind_staff(session, *WANG, member.id or 0, now=moment.now)
    assert way(session, moment, critical=True) == Wait("window-closed")


def listed(session: Session, moment: Moment, customer_id: int, about: str, words: str) -> bool:
    by = moment.now + timedelta(hours=3)
    zone = ZoneInfo("Asia/Shanghai")
    return ways.call(session, customer_id, about=about, words=words, by=by, zone=zone, now=moment.now)


def test_a_customer_is_called_once_about_a_visit(session: Session, moment: Moment, wang: int) -> None:
    assert listed(session, moment, wang, "V1", "改到十点")
    assert not listed(session, moment, wang, "V1", "换成李师傅")
    assert listed(session, moment, wang, "V12", "取消了")
    handoff = handoffs.open_of(session, wang)
    assert handoff is not None
    assert (handoff.topic, handoff.words) == ("call", "改到十点\n取消了")
    assert handoff.reason == "call about V1 by 2026-11-23 12:00\ncall about V12 by 2026-11-23 12:00"
    handoffs.close(session, handoff, now=moment.now)
    assert listed(session, moment, wang, "V1", "又改了"), "what was not known then was not told"


def test_who_waits_for_a_person_already_hears_it_from_them(
    session: Session, moment: Moment, wang: int
) -> None:
    handoff = handoffs.ask(session, wang, topic="other", words="找人工", reason="asked", now=moment.now)
    zone = ZoneInfo("Asia/Shanghai")
    for added in (True, False):
        assert added is ways.call(
            session, wang, about="V1", words="改到十点", by=None, zone=zone, now=moment.now
        )
    assert (handoff.topic, handoff.words, handoff.reason) == (
        "other",
        "找人工\n改到十点",
        "asked\ncall about V1",
    )


def said(
    session: Session, moment: Moment, body: str, *, peer: Peer = WANG, minutes: int | None = None
) -> int:
    expires_at = None if minutes is None else moment.now + timedelta(minutes=minutes)
    return correspondence.post(session, peer, body=body, content={}, expires_at=expires_at, now=moment.now)


def claimed(session: Session, moment: Moment) -> list[Claimed]:
    correspondence.sweep(session, "letter", "main", moment.now)
    return correspondence.claim(session, "letter", "main", moment.now)


def carried(session: Session, moment: Moment, *, accounts: ways.Accounts = ACCOUNTS) -> list[str]:
    """Do as delivery does until nothing is to be had any more; what was said."""
    arrived: list[str] = []
    while batch := claimed(session, moment):
        for message in batch:
            chosen, _ = ways.take(session, News(message.peer, message.purpose), accounts, moment.now)
            if isinstance(chosen, Wait):
                correspondence.hold(session, message.id, ways.noted(chosen))
                continue
            correspondence.goes(session, message.id, ways.noted(chosen))
            correspondence.sent(session, message.id, moment.now)
            arrived.append(message.body)
    return arrived


def kept(session: Session, id: int) -> Message:
    return session.get_one(Message, id, populate_existing=True)


def test_what_has_no_way_is_held_until_the_person_is_there_again(session: Session, moment: Moment) -> None:
    ids = [said(session, moment, body) for body in ("一", "二")]
    assert carried(session, moment) == []
    moment.forward(days=30)
    assert claimed(session, moment) == [], "nobody looks at it meanwhile"
    assert not backlog.unsent_on(session, ["letter"])["letter"].messages
    assert [kept(session, id).way for id in ids] == ["wait:window-closed"] * 2
    wrote(session, moment)
    assert carried(session, moment) == ["一", "二"]
    assert [(kept(session, id).status, kept(session, id).way) for id in ids] == [
        (Status.SENT, "direct:budget")
    ] * 2


def test_nothing_waits_for_what_is_held(session: Session, moment: Moment) -> None:
    held = said(session, moment, "一")
    assert carried(session, moment) == []
    assert correspondence.is_next(session, WANG)
    said(session, moment, "二")
    assert [message.body for message in claimed(session, moment)] == ["二"]
    assert kept(session, held).status is Status.WAITING


def test_when_it_is_due_again_it_goes_first(session: Session, moment: Moment) -> None:
    said(session, moment, "一")
    assert carried(session, moment) == []
    wrote(session, moment)
    assert not correspondence.is_next(session, WANG)
    said(session, moment, "二")
    assert carried(session, moment) == ["一", "二"]


def test_an_answer_finds_room_beside_what_was_held(session: Session, moment: Moment) -> None:
    for number in range(9):
        said(session, moment, str(number))
    assert carried(session, moment) == []
    ways.met(session, WANG, "menu", COUNTED, moment.now)
    said(session, moment, "answer")
    assert carried(session, moment) == ["0", "answer"]
    moment.forward(minutes=5)
    wrote(session, moment)
    said(session, moment, "answer")
    assert carried(session, moment) == ["1", "2", "3", "answer"]


def test_what_earns_nothing_releases_nothing(session: Session, moment: Moment) -> None:
    said(session, moment, "一")
    assert carried(session, moment) == []
    ways.met(session, WANG, "passed-by", COUNTED, moment.now)
    ways.met(session, WANG._replace(user="li"), "message", COUNTED, moment.now)
    assert claimed(session, moment) == []


def test_what_is_held_expires_with_its_purpose(session: Session, moment: Moment) -> None:
    id = said(session, moment, "师傅十分钟后到", minutes=30)
    assert carried(session, moment) == []
    moment.forward(minutes=31)
    wrote(session, moment)
    assert carried(session, moment) == []
    assert kept(session, id).status is Status.EXPIRED


def test_the_rest_of_a_long_message_is_held(session: Session, moment: Moment) -> None:
    id = said(session, moment, "很长")
    assert claimed(session, moment)
    correspondence.hold(session, id, "wait:used-up", parts_sent=1)
    wrote(session, moment)
    assert [message.parts_sent for message in claimed(session, moment)] == [1]


def test_two_senders_at_once_keep_the_last_message(engine: Engine, moment: Moment) -> None:
    now = moment.now
    with transaction(engine) as session:
        ways.met(session, WANG, "menu", COUNTED, now)
    results = together(engine, [lambda session: ways.take(session, News(WANG), ACCOUNTS, now)[0]] * 6)
    assert sorted(map(str, results)) == sorted(
        [str(Direct("budget"))] * 2 + [str(Wait("kept-for-critical"))] * 4
    )
