"""What each kind of message and event of an Official Account means; written by us as the platform does."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.parser import parse_message

from bot.messages import (
    Arrived,
    Bounced,
    Consented,
    Content,
    Left,
    Noted,
    Place,
    Sender,
    Tap,
    Text,
    Unsupported,
)
from channels.tencent import xml
from channels.tencent.reading import File
from channels.tencent.xml import Fields, Malformed
from channels.wechat import updates
from channels.wechat.replies import text_reply
from channels.wechat.results import Answered, Delivered
from channels.wechat.updates import Read
from core.media import Family
from core.places import to_wgs84

NOW = datetime(2026, 11, 23, 1, 0, 5, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 1, tzinfo=UTC)
SECOND = int(SENT.timestamp())
ACCOUNT, MEI, ID = "wx1234567890abcdef", "oR5Gjjkw0Zz-_ZzM3b1Xq3A8fXaY", "24000000000000001"


def read(kind: str, own: str = "", *, number: str = f"<MsgId>{ID}</MsgId>", without: str = "") -> Read:
    body = (
        f"<xml><ToUserName><![CDATA[gh_demo]]></ToUserName><FromUserName><![CDATA[{MEI}]]></FromUserName>"
        f"<CreateTime>{SECOND}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{own}{number}</xml>"
    )
    fields = {name: value for name, value in xml.read(body.encode()).items() if name != without}
    return updates.read(fields, account=ACCOUNT, now=NOW)


def event(name: str, own: str = "") -> Read:
    return read("event", f"<Event><![CDATA[{name}]]></Event>{own}", number="")


def key(value: str) -> str:
    return f"<EventKey><![CDATA[{value}]]></EventKey>"


POINT = "<Location_X>31.17530398</Location_X><Location_Y>121.53154186</Location_Y><Scale>20</Scale>"
MESSAGES: dict[str, tuple[Read, Content]] = {
    "text": (read("text", "<Content><![CDATA[周三下午 😀]]></Content>"), Text("周三下午 😀")),
    "nothing": (read("text", "<Content></Content>"), Text("")),
    "text from no menu": (read("text", "<Content>1</Content><bizmsgmenuid></bizmsgmenuid>"), Text("1")),
    "text of an article": (
        read("text", "<Content>1</Content><MsgDataId>9</MsgDataId><Idx>1</Idx>"),
        Text("1"),
    ),
    "image": (
        read("image", "<PicUrl>http://mmbiz/1</PicUrl><MediaId>m-1</MediaId>"),
        Unsupported("photo-lost"),
    ),
    "voice": (
        read("voice", "<MediaId>m-1</MediaId><Format>amr</Format><Recognition/>"),
        Unsupported("voice"),
    ),
    "video": (
        read("video", "<MediaId>m-1</MediaId><ThumbMediaId>m-2</ThumbMediaId>"),
        Unsupported("video"),
    ),
    "shortvideo": (read("shortvideo", "<MediaId>m-1</MediaId>"), Unsupported("shortvideo")),
    "location": (
        read("location", f"{POINT}<Label><![CDATA[榆树路12号]]></Label>"),
        Place(*to_wgs84(31.17530398, 121.53154186), "榆树路12号"),
    ),
    "link": (read("link", "<Title>a</Title><Url>http://a</Url>"), Unsupported("link")),
    "new": (read("hologram" * 20), Unsupported(("hologram" * 20)[:64])),
}


@pytest.mark.parametrize(("got", "content"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_read_and_opens_the_long_window(got: Read, content: Content) -> None:
    assert got.inbound.content == content
    assert got.inbound.sender == Sender("wechat", ACCOUNT, MEI)
    assert (got.external_id, got.inbound.external_id, got.inbound.at) == (ID, ID, SENT)
    assert (got.earns, got.results) == ("message", ())


def test_a_point_on_a_chinese_map_is_where_it_is() -> None:
    place = MESSAGES["location"][0].inbound.content
    assert isinstance(place, Place)
    assert (place.latitude, place.longitude) == pytest.approx((31.1774276, 121.5272106), abs=1e-6)


def test_files_are_named_for_later() -> None:
    files = {name: got.file for name, (got, _) in MESSAGES.items() if got.file}
    assert files == {"image": File("m-1", Family.PICTURE), "voice": File("m-1", Family.SOUND)}
    assert read("image").file is None
    assert read("voice", "<MediaId></MediaId>").file is None


def test_a_press_on_a_menu_in_the_chat_is_a_tap_and_opens_the_short_window() -> None:
    got = read("text", "<Content>周三</Content><bizmsgmenuid>day:2</bizmsgmenuid>")
    assert (got.inbound.content, got.earns) == (Tap("day:2", "周三"), "menu")


@pytest.mark.parametrize(
    "point",
    [
        ("", ""),
        ("31,1", "121"),
        ("nan", "121"),
        ("31", "inf"),
        ("90.1", "121"),
        ("31", "-180.1"),
        ("1e999", "0"),
    ],
)
def test_a_place_that_is_none_is_unsupported(point: tuple[str, str]) -> None:
    x, y = point
    got = read("location", f"<Location_X>{x}</Location_X><Location_Y>{y}</Location_Y>")
    assert (got.inbound.content, got.earns) == (Unsupported("location"), "message")


PICTURES = "<SendPicsInfo><Count>1</Count><PicList><item><Sum>1b</Sum></item></PicList></SendPicsInfo>"
EVENTS: dict[str, tuple[Read, Content, str | None, str]] = {
    "subscribe": (event("subscribe"), Arrived(), "follow", "subscribe:"),
    "subscribe with an empty key": (event("subscribe", key("")), Arrived(), "follow", "subscribe:"),
    "subscribe by code": (
        event("subscribe", key("qrscene_door-17") + "<Ticket>t</Ticket>"),
        Arrived("door-17"), "follow", "subscribe:qrscene_door-17",
    ),
    "subscribe by payment": (
        event("subscribe", key("last_trade_no_42")), Arrived(), "follow", "subscribe:last_trade_no_42",
    ),
    "scan": (
        event("SCAN", key("door-17") + "<Ticket>t</Ticket>"), Arrived("door-17"), "scan", "scan:door-17",
    ),
    "unsubscribe": (event("unsubscribe", key("")), Left(), None, "unsubscribe:"),
    "click": (event("CLICK", key("go:booking")), Tap("go:booking"), "menu", "click:go:booking"),
    "click of nothing": (event("CLICK", key("")), Noted("click", {"EventKey": ""}), "menu", "click:"),
    "view": (
        event("VIEW", key("https://a/b") + "<MenuId>4</MenuId>"),
        Noted("view", {"EventKey": "https://a/b", "MenuId": "4"}), None, "view:https://a/b",
    ),
    "mini program": (
        event("view_miniprogram", key("p/q")), Noted("view_miniprogram", {"EventKey": "p/q"}), None,
        "view_miniprogram:p/q",
    ),
    "where somebody is": (
        event("LOCATION", "<Latitude>31.1</Latitude><Longitude>121.1</Longitude><Precision>9</Precision>"),
        Noted("location"), None, "location:",
    ),
    "scancode_push": (
        event("scancode_push", key("k")), Noted("scancode_push", {"EventKey": "k"}), "menu",
        "scancode_push:k",
    ),
    "scancode_waitmsg": (
        event("scancode_waitmsg", key("k") + "<ScanCodeInfo><ScanResult>1</ScanResult></ScanCodeInfo>"),
        Noted("scancode_waitmsg", {"EventKey": "k", "ScanCodeInfo": {"ScanResult": "1"}}), "menu",
        "scancode_waitmsg:k",
    ),
    "pictures": (
        event("pic_weixin", PICTURES),
        Noted("pic_weixin", {"SendPicsInfo": {"Count": "1", "PicList": {"item": {"Sum": "1b"}}}}), None,
        "pic_weixin:",
    ),
    "verification": (
        event("verify_expired", "<ExpiredTime>1764000000</ExpiredTime>"),
        Noted("verify_expired", {"ExpiredTime": "1764000000"}), None, "verify_expired:",
    ),
    "new": (event("Something_New"), Noted("something_new"), None, "something_new:"),
    "nameless": (event(""), Noted("event"), None, ":"),
}  # fmt: skip


@pytest.mark.parametrize(("got", "content", "earns", "id"), EVENTS.values(), ids=EVENTS)
def test_an_event_is_read_and_earns_what_it_should(
    got: Read, content: Content, earns: str | None, id: str
) -> None:
    assert (got.inbound.content, got.earns) == (content, earns)
    assert got.external_id == f"{MEI}:{SECOND}:{id}"
    assert got.inbound.sender == Sender("wechat", ACCOUNT, MEI)
    assert (got.inbound.at, got.file, got.results) == (SENT, None, ())


@pytest.mark.parametrize("name", ["subscribe", "SUBSCRIBE", "Subscribe"])
def test_the_case_of_a_name_means_nothing(name: str) -> None:
    assert event(name).inbound.content == Arrived()
    assert event(name).external_id == event("subscribe").external_id


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        ("success", ""), ("Success", ""), ("failed:user block", "user block"),
        ("failed: system failed", "system failed"), ("", "unknown"), ("lost", "lost"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["TEMPLATESENDJOBFINISH", "templatesendjobfinish"])
def test_the_result_of_a_template_message_is_told(name: str, status: str, failure: str) -> None:
    got = event(name, f"<MsgID>200163836</MsgID><Status><![CDATA[{status}]]></Status>")
    assert got.results == (Delivered("template", "200163836", failure=failure),)
    lost = Bounced({"200163836": failure})
    assert got.inbound.content == lost if failure else isinstance(got.inbound.content, Noted)
    assert got.earns is None


def test_two_results_of_one_second_are_two_events() -> None:
    first, second = (
        event("TEMPLATESENDJOBFINISH", f"<MsgID>{id}</MsgID><Status>success</Status>") for id in (1, 2)
    )
    assert first.external_id != second.external_id
    first, second = (event("subscribe_msg_sent_event", sent(id)) for id in (1, 2))
    assert first.external_id != second.external_id


def sent(id: int, code: str = "0", status: str = "success") -> str:
    return f"<SubscribeMsgSentEvent><List>{sent_entry(id, code, status)}</List></SubscribeMsgSentEvent>"


def sent_entry(id: int, code: str, status: str) -> str:
    return (
        f"<TemplateId>T{id}</TemplateId><MsgID>{id}</MsgID><ErrorCode>{code}</ErrorCode>"
        f"<ErrorStatus>{status}</ErrorStatus>"
    )


def test_the_result_of_a_notice_is_told() -> None:
    assert event("subscribe_msg_sent_event", sent(1)).results == (Delivered("notice", "1", "T1"),)
    refused = event("subscribe_msg_sent_event", sent(1, "43101", "user refuse"))
    assert refused.results == (Delivered("notice", "1", "T1", "43101 user refuse"),)
    assert refused.inbound.content == Bounced({"1": "43101 user refuse"})
    mute = event("subscribe_msg_sent_event", sent(1, "", ""))
    assert mute.results == (Delivered("notice", "1", "T1", "unknown"),)


def test_the_results_of_several_notices_are_told() -> None:
    lists = "".join(f"<List>{sent_entry(id, '0', '')}</List>" for id in (1, 2))
    got = event("subscribe_msg_sent_event", f"<SubscribeMsgSentEvent>{lists}</SubscribeMsgSentEvent>")
    assert got.results == (Delivered("notice", "1", "T1"), Delivered("notice", "2", "T2"))


def answers(*statuses: str) -> str:
    return "".join(
        f"<List><TemplateId>T{number}</TemplateId><SubscribeStatusString>{status}</SubscribeStatusString>"
        "<PopupScene>2</PopupScene></List>"
        for number, status in enumerate(statuses)
    )


@pytest.mark.parametrize("name", ["subscribe_msg_popup_event", "SUBSCRIBE_MSG_POPUP_EVENT"])
def test_the_answers_to_a_question_for_notices_are_told(name: str) -> None:
    one = event(name, f"<SubscribeMsgPopupEvent>{answers('accept')}</SubscribeMsgPopupEvent>")
    assert one.results == (Answered("T0", is_accepted=True),)
    both = event(name, f"<SubscribeMsgPopupEvent>{answers('reject', 'accept')}</SubscribeMsgPopupEvent>")
    assert both.results == (Answered("T0", is_accepted=False), Answered("T1", is_accepted=True))
    assert both.inbound.content == Consented({"T0": False, "T1": True})
    assert both.earns is None


def test_a_template_switched_off_is_told() -> None:
    lists = answers("reject")
    got = event("subscribe_msg_change_event", f"<SubscribeMsgChangeEvent>{lists}</SubscribeMsgChangeEvent>")
    assert got.results == (Answered("T0", is_accepted=False),)


@pytest.mark.parametrize(
    "own",
    [
        "",
        "<SubscribeMsgPopupEvent/>",
        "<SubscribeMsgPopupEvent><List/></SubscribeMsgPopupEvent>",
        "<SubscribeMsgPopupEvent><List><TemplateId/></List><List>a</List></SubscribeMsgPopupEvent>",
    ],
)
def test_a_result_about_nothing_is_only_noted(own: str) -> None:
    for name in ("subscribe_msg_popup_event", "subscribe_msg_sent_event", "TEMPLATESENDJOBFINISH"):
        assert event(name, own).results == ()
        assert isinstance(event(name, own).inbound.content, Noted)


def test_the_number_may_be_spelled_in_two_ways() -> None:
    assert read("voice", number=f"<MsgID>{ID}</MsgID>").external_id == ID


@pytest.mark.parametrize(
    "number",
    ["", "<MsgId/>", "<MsgId>a</MsgId>", "<MsgId>-1</MsgId>", "<MsgId><A>1</A></MsgId>", "<MsgId>１</MsgId>"],
)
def test_a_message_without_a_number_is_malformed(number: str) -> None:
    with pytest.raises(Malformed):
        read("text", "<Content>a</Content>", number=number)


@pytest.mark.parametrize("name", ["FromUserName", "MsgType"])
def test_what_nobody_sent_or_is_of_no_kind_is_malformed(name: str) -> None:
    with pytest.raises(Malformed):
        read("text", without=name)


@pytest.mark.parametrize("person", ["", " ", "a b", "梅", "a" * 129, "\0"])
def test_a_name_that_no_person_has_is_malformed(person: str) -> None:
    with pytest.raises(Malformed):
        updates.read({"FromUserName": person, "MsgType": "text", "MsgId": "1"}, account=ACCOUNT, now=NOW)


@pytest.mark.parametrize("created", ["", "soon", "-1", "0", "1e9", "9" * 11, "9" * 500, str(SECOND * 1000)])
def test_a_time_that_cannot_be_is_now(created: str) -> None:
    fields = {"FromUserName": MEI, "MsgType": "text", "MsgId": "1", "CreateTime": created}
    assert updates.read(fields, account=ACCOUNT, now=NOW).inbound.at == NOW
    del fields["CreateTime"]
    assert updates.read(fields, account=ACCOUNT, now=NOW).inbound.at == NOW


def test_an_event_without_a_time_has_the_number_of_now() -> None:
    fields = {"FromUserName": MEI, "MsgType": "event", "Event": "subscribe"}
    got = updates.read(fields, account=ACCOUNT, now=NOW)
    assert (got.external_id, got.inbound.at) == (f"{MEI}:{int(NOW.timestamp())}:subscribe:", NOW)


def test_a_clock_that_is_a_little_ahead_is_believed() -> None:
    fields = {"FromUserName": MEI, "MsgType": "text", "MsgId": "1", "CreateTime": str(SECOND + 3600)}
    assert updates.read(fields, account=ACCOUNT, now=NOW).inbound.at == SENT + timedelta(hours=1)


def test_a_long_key_makes_a_short_number() -> None:
    ids = {event("VIEW", key("https://a/" + "b" * 5_000 + end)).external_id for end in ("1", "2")}
    assert len(ids) == 2
    assert max(map(len, ids)) < 200


def test_the_same_event_again_has_the_same_number() -> None:
    assert event("CLICK", key("a")).external_id == event("CLICK", key("a")).external_id
    different = [event("CLICK", key("a")), event("CLICK", key("b")), event("VIEW", key("a"))]
    assert len({got.external_id for got in different}) == 3


names = st.sampled_from(
    "FromUserName CreateTime MsgType MsgId MsgID Event EventKey Content bizmsgmenuid MediaId Status Label"
    " List Location_X Location_Y SubscribeMsgPopupEvent SubscribeMsgSentEvent TemplateId ErrorCode".split()
)
words = st.one_of(
    st.text(st.characters()),
    st.sampled_from(
        "text image voice location event subscribe SCAN CLICK TEMPLATESENDJOBFINISH subscribe_msg_popup_event"
        " subscribe_msg_sent_event 1 1764000000 31.1 nan qrscene_".split()
    ),
)


def with_fields(values: st.SearchStrategy) -> st.SearchStrategy:
    inner = st.dictionaries(names, values, max_size=4)
    return st.one_of(inner, st.lists(st.one_of(words, inner), min_size=2, max_size=3))


@given(st.dictionaries(names, st.recursive(words, with_fields, max_leaves=6)), st.booleans())
def test_whatever_comes_is_read_or_malformed(fields: Fields, is_signed: bool) -> None:
    given_ = {"FromUserName": MEI, "MsgId": "1", "MsgType": "event"} | fields if is_signed else fields
    try:
        got = updates.read(given_, account=ACCOUNT, now=NOW)
    except Malformed:
        return
    assert got.external_id
    assert len(got.external_id) < 512
    if isinstance(got.inbound.content, Noted):
        json.dumps(dict(got.inbound.content.data))


@given(st.text(st.characters()))
def test_an_answer_says_who_to_whom_and_what(text: str) -> None:
    written = text_reply(MEI, "gh_demo", text, NOW)
    root = ElementTree.fromstring(written)  # noqa: S314 - our own
    assert [(element.tag, element.text) for element in root][:-1] == [
        ("ToUserName", MEI),
        ("FromUserName", "gh_demo"),
        ("CreateTime", str(int(NOW.timestamp()))),
        ("MsgType", "text"),
    ]
    assert root[-1].tag == "Content"


def test_wechatpy_reads_our_answer() -> None:
    theirs = parse_message(text_reply(MEI, "gh_demo", "好的]]></Content><MsgType>x", NOW))
    assert (theirs.target, theirs.source, theirs.type) == (MEI, "gh_demo", "text")
    assert theirs.content == "好的]]></Content><MsgType>x"
