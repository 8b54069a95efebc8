"""The parts of customer service that need no platform: ids, letters as they are read, codes to greet by."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from sqlmodel import Session

from bot.messages import Arrived, Content, Noted, Place, Tap, Text, Unsupported
from channels.kf import msgids, updates
from channels.kf.updates import Read
from core import mailboxes
from core.correspondence import Peer

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
KF = "wkAAAAAA"


def read(raw: dict, *, opened_at: datetime = NOW) -> Read:
    whole = {"msgid": "m1", "external_userid": "wm1", "origin": 3, "send_time": int(NOW.timestamp())} | raw
    return updates.read(whole, account=KF, now=NOW, opened_at=opened_at)


def test_ids_are_short_and_differ_where_the_message_does() -> None:
    ids = [
        msgids.made("a1b2c3", "12-0", "wm1", "您好"),
        msgids.made("a1b2c4", "12-0", "wm1", "您好"),
        msgids.made("a1b2c3", "12-1", "wm1", "您好"),
        msgids.made("a1b2c3", "12-0", "wm2", "您好"),
        msgids.made("a1b2c3", "12-0", "wm1", "再见"),
        msgids.made("a1b2c3", "123456789012-10-1", "wm1", "您好\ud800"),
    ]
    assert all(one != other for one, other in combinations(ids, 2))
    assert all(len(one) <= msgids.LONGEST for one in ids)
    assert msgids.made("a1b2c3", "12-0", "wm1", "您好") == ids[0]
    assert [msgids.row("a1b2c3", one) for one in ids] == [12, None, 12, 12, 12, 123456789012]


@pytest.mark.parametrize(
    ("raw", "content", "earns"),
    [
        ({"msgtype": "text", "text": {"content": " 您好 "}}, Text(" 您好 "), "message"),
        ({"msgtype": "text", "text": {"content": "好", "menu_id": "1:1:a"}}, Tap("1:1:a", "好"), "message"),
        ({"msgtype": "text", "text": ["?"]}, Text(""), "message"),
        ({"msgtype": "link", "link": {"title": "t"}}, Unsupported("link"), "message"),
        ({"msgtype": "location", "location": {"latitude": "x"}}, Unsupported("location"), "message"),
        ({"msgtype": "location", "location": {"latitude": 91, "longitude": 1}},
         Unsupported("location"), "message"),
        ({"msgtype": "location", "location": {"latitude": 1, "longitude": 1}}, Place(1, 1), "message"),
        ({}, Unsupported("message"), "message"),
        ({"origin": 5, "msgtype": "text", "text": {"content": "我来"}, "servicer_userid": "Zhou"},
         Noted("staff", {"by": "Zhou", "kind": "text", "text": "我来"}), ""),
        ({"origin": 9, "msgtype": "text"}, Noted("text", {"origin": "9"}), ""),
        ({"external_userid": "", "msgtype": "text"}, Noted("unsigned", {"kind": "text"}), ""),
        ({"origin": 4, "msgtype": "event", "event": {"event_type": "enter_session"}},
         Noted("enter_session", {"event_type": "enter_session"}), ""),
        ({"origin": 4, "msgtype": "event", "event": {"event_type": "enter_session", "welcome_code": "c"}},
         Arrived(""), "welcome"),
        ({"origin": 4, "msgtype": "event"}, Noted("event", {}), ""),
    ],
)  # fmt: skip
def test_what_is_read(raw: dict, content: Content, earns: str) -> None:
    found = read(raw)
    assert (found.inbound.content, found.inbound.earns) == (content, earns)
    assert found.code == ("c" if earns == "welcome" else "")


def test_what_is_too_old_earns_nothing_or_is_not_ours() -> None:
    old = {"msgtype": "text", "text": {"content": "您好"}, "send_time": int(NOW.timestamp()) - 49 * 3600}
    assert read(old, opened_at=NOW - timedelta(days=9)).inbound.earns == ""
    assert read(old).inbound.content == Noted("earlier", {"kind": "text", "text": "您好"})


@pytest.mark.parametrize("sent", [None, "soon", -1, 10**12, True])
def test_what_says_no_credible_time_happened_now(sent: object) -> None:
    assert read({"msgtype": "text", "send_time": sent}).inbound.at == NOW


def test_what_has_no_id_is_known_by_what_it_says() -> None:
    assert updates.letter_id({"a": 1, "b": 2}) == updates.letter_id({"b": 2, "a": 1})
    assert updates.letter_id({"a": 1}) != updates.letter_id({"a": 2})
    assert updates.letter_id({"msgid": "m1"}) == "m1"


def test_a_code_is_good_once_and_for_a_while(session: Session) -> None:
    peer, other = Peer("kf", KF, "wm1"), Peer("kf", KF, "wm2")
    mailboxes.allow(session, peer, "first", NOW + timedelta(seconds=20), NOW)
    mailboxes.allow(session, peer, "second", NOW + timedelta(seconds=20), NOW)
    mailboxes.allow(session, other, "other", NOW + timedelta(seconds=20), NOW)

    assert mailboxes.use(session, peer, NOW) == "second"
    assert mailboxes.use(session, peer, NOW) is None
    assert mailboxes.use(session, other, NOW + timedelta(seconds=20)) is None
