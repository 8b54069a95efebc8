"""What each kind of update means: payloads as the platform sends them, one per kind, written by us."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import (
    Arrived,
    Contact,
    Content,
    Left,
    Noted,
    Place,
    Returned,
    Sender,
    Tap,
    Text,
    Unsupported,
)
from channels.telegram import updates
from channels.telegram.commands import NextLanguage
from channels.telegram.contents import LARGEST_FILE, File
from channels.telegram.updates import Malformed, Migrated, Nothing, NotYours, Read, Said, Strange, Us
from core.media import Family

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime(2026, 11, 23, 1, 0, 5, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 1, tzinfo=UTC)
MEI, JO = "810000001", "810000002"
STAFF, OTHER = -1001234567890, -1009876543210
US = Us("7000000001", "menling_bot", STAFF)
QUERY = "3478923478234789234"


def payload(name: str) -> dict[str, Any]:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def read(name: str, us: Us = US) -> Read:
    return updates.read(payload(name), us, now=NOW)


def said(name: str, us: Us = US) -> Said:
    meaning = read(name, us).meaning
    assert isinstance(meaning, Said), meaning
    return meaning


PICTURE = File("AgACAgUAAxkBAAI-x", Family.PICTURE, 98123)
PRIVATE: dict[str, Content] = {
    "text": Text("周三下午日常保洁3小时"),
    "text_edited": Text("周四下午日常保洁3小时"),
    "start": Arrived(),
    "start_with_token": Arrived("booking_AC-W"),
    "command": Tap("go:booking", "/book"),
    "command_with_our_name": Tap("go:visits", "/visits"),
    "command_with_words": Text("book 明天下午 3 点"),
    "command_unknown": Text("/weather"),
    "press": Tap("3:1", "空调清洗"),
    "press_on_old_message": Tap("3:1"),
    "contact": Contact("+8613800138000", "梅 林"),
    "contact_of_another": Unsupported("contact-of-another"),
    "contact_without_telegram": Unsupported("contact-of-another"),
    "location": Place(31.224361, 121.46917),
    "location_live": Place(31.224361, 121.46917),
    "venue": Place(31.230416, 121.473701, "人民广场, 上海市黄浦区"),
    "caption_edited": Text("漏水的地方，在厨房"),
    "sticker": Unsupported("sticker"),
    "animation": Unsupported("animation"),
    "video": Unsupported("video"),
    "document": Unsupported("document"),
    "poll": Unsupported("poll"),
    "dice": Unsupported("dice"),
    "kind_of_the_future": Unsupported("hologram"),
    "pinned": Noted("pinned_message"),
    "timer_changed": Noted("message_auto_delete_timer_changed"),
    "command_for_another": Noted("command-for-another"),
    "blocked": Left(),
    "unblocked": Returned(),
}
WANTED: dict[str, File | NextLanguage] = {
    "command_language": NextLanguage(),
    "photo": File(PICTURE.id, Family.PICTURE, 98123, "漏水的地方"),
    "photo_of_album": File(PICTURE.id, Family.PICTURE, 98123, "", "13579246801357924"),
    "photo_as_file": File("BQACAgUAAxkBAAI-h", Family.PICTURE, 2411724, "原图"),
    "voice": File("AwACAgUAAxkBAAI-v", Family.SOUND, 15872),
    "audio": File("CQACAgUAAxkBAAI-a", Family.SOUND, 1015872),
    "video_note": File("DQACAgUAAxkBAAI-n", Family.SOUND, 715872),
}
NOTED_ASIDE = {
    "channel_post": "channel_post",
    "inline_query": "inline_query",
    "reaction": "message_reaction",
    "update_of_the_future": "telepathy",
    "press_inline": "callback_query",
    "press_game": "callback_query",
}
STAFF_SAID: dict[str, Content] = {
    "staff_command": Tap("go:desk", "/desk"),
    "staff_command_in_topic": Tap("go:requests", "/requests"),
    "staff_mention": Text("😀  requests"),
    "staff_mention_alone": Text("menu"),
    "staff_reply": Text("I call her"),
    "staff_press": Tap("9:0", "Take it"),
    "staff_press_in_topic": Tap("9:0", "Take it"),
    "staff_kicked": Left(),
    "staff_promoted": Noted("my_chat_member"),
}
NOTHING = {
    "location_moved",
    "group_message",
    "group_press",
    "group_migrated",
    "thrown_out_of_a_group",
    "staff_chatter",
    "staff_strange_command",
    "staff_command_for_another",
    "staff_mention_of_another",
    "staff_reply_to_a_colleague",
    "staff_other_bot",
    "staff_newcomer",
}
ASIDE = {
    "press_by_another",
    "staff_press_by_another",
    "staff_press_for_anybody",
    "staff_reply_to_anothers",
    "staff_anonymous",
    "taken_into_a_group",
    "staff_migrated",
    "staff_migrated_from",
}


@pytest.mark.parametrize("name", PRIVATE)
def test_what_somebody_does_in_private_is_handed_in(name: str) -> None:
    handed = said(name)
    assert handed.wants is None
    assert handed.inbound.content == PRIVATE[name]
    assert handed.inbound.sender == Sender("telegram", "7000000001", MEI)
    assert (handed.inbound.language, handed.inbound.by) == ("zh-hans", "")


@pytest.mark.parametrize("name", WANTED)
def test_what_has_to_be_fetched_first_is_named(name: str) -> None:
    assert said(name).wants == WANTED[name]


def test_what_cannot_be_fetched_is_said_to_be_lost() -> None:
    assert said("photo").inbound.content == Unsupported("photo-lost")
    assert said("voice").inbound.content == Unsupported("voice")


@pytest.mark.parametrize("name", NOTED_ASIDE)
def test_what_belongs_to_no_conversation_is_noted_under_our_own_name(name: str) -> None:
    handed = said(name)
    assert handed.inbound.content == Noted(NOTED_ASIDE[name])
    assert handed.inbound.sender == Sender("telegram", "7000000001", "7000000001")


@pytest.mark.parametrize("name", STAFF_SAID)
def test_what_is_meant_for_the_bot_in_the_staffs_group_is_handed_in(name: str) -> None:
    handed = said(name)
    assert handed.inbound.content == STAFF_SAID[name]
    assert handed.inbound.sender == Sender("telegram", "7000000001", str(STAFF))
    assert (handed.inbound.by, handed.inbound.language) == (JO, "en")


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_what_is_not_meant_for_the_bot_leaves_nothing(name: str) -> None:
    assert read(name).meaning == Nothing()


def test_every_payload_stands_in_one_of_these_tables() -> None:
    tables = [
        set(PRIVATE),
        set(WANTED),
        set(NOTED_ASIDE),
        set(STAFF_SAID),
        NOTHING,
        ASIDE,
        {"staff_in_topic"},
    ]
    assert sum(map(len, tables)) == len(set().union(*tables))
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set().union(*tables)


@pytest.mark.parametrize(
    ("name", "stamp"),
    [("text", "1795395600"), ("text_edited", "1795395630"), ("press", QUERY), ("blocked", "1795395600")],
)
def test_an_updates_number_is_kept_with_what_tells_it_from_a_later_one_with_the_same(
    name: str, stamp: str
) -> None:
    assert said(name).inbound.external_id == f"{payload(name)['update_id']}:{stamp}"


def test_it_happened_when_the_platform_says_and_a_press_just_now() -> None:
    assert said("text").inbound.at == SENT
    assert said("press").inbound.at == NOW


def test_presses_are_to_be_acknowledged_whatever_they_mean() -> None:
    for name in [path.stem for path in PAYLOADS.glob("*press*.json")]:
        assert read(name).press == QUERY, name
    assert read("text").press == ""


def test_somebody_elses_finger_counts_nowhere() -> None:
    assert read("press_by_another").meaning == NotYours(int(MEI), "en")
    assert read("staff_press_by_another").meaning == NotYours(STAFF, "zh-hans")
    assert read("staff_reply_to_anothers").meaning == NotYours(STAFF, "zh-hans", reply_to=91)


def test_a_button_that_is_nobodys_is_everybodys() -> None:
    handed = said("staff_press_for_anybody").inbound
    assert (handed.content, handed.by) == (Tap("go:desk"), MEI)


@pytest.mark.parametrize(
    ("data", "owner", "sent"),
    [
        ("12|3:1", "12", "3:1"),
        ("|3:1", "", "3:1"),
        ("3:1", "", "3:1"),
        ("go:a|b", "", "go:a|b"),
        ("|", "", ""),
    ],
)
def test_whose_button_it_is_stands_before_the_bar(data: str, owner: str, sent: str) -> None:
    raw = payload("staff_press_for_anybody")
    raw["callback_query"] |= {"data": data, "from": {"id": 12, "is_bot": False, "first_name": "Bo"}}
    meaning = updates.read(raw, US, now=NOW).meaning
    assert isinstance(meaning, Said)
    assert meaning.inbound.content == Tap(sent)


def test_who_hides_behind_the_group_is_served_and_is_nobody() -> None:
    handed = said("staff_anonymous").inbound
    assert (handed.content, handed.by) == (Tap("go:desk", "/desk"), "")


def test_a_strange_group_is_told_once_that_we_talk_in_private() -> None:
    assert read("taken_into_a_group").meaning == Strange(OTHER, "en")


def test_the_staffs_group_may_move() -> None:
    old = Us(US.id, US.name, -1234567)
    assert read("staff_migrated", old).meaning == Migrated(-1234567, STAFF)
    assert read("staff_migrated_from", old).meaning == Migrated(-1234567, STAFF)
    assert read("staff_migrated_from").meaning == Migrated(-1234567, STAFF)


def test_without_a_staff_chat_every_group_is_a_strange_one() -> None:
    nobody = Us(US.id, US.name)
    for name in ("staff_command", "staff_mention", "staff_reply", "staff_press", "staff_migrated"):
        assert read(name, nobody).meaning == Nothing()


def test_what_is_written_in_a_topic_is_said_aside() -> None:
    written = said("staff_in_topic")
    assert (written.aside, written.thread, written.inbound.replies_to) == (True, 55, "")
    assert not said("staff_command_in_topic").aside


def test_a_topic_is_found_by_its_thread() -> None:
    assert said("staff_command_in_topic").thread == said("staff_press_in_topic").thread == 55
    assert said("staff_command").thread is None
    pressed = updates.subjected(said("staff_press_in_topic"), "complaint-17")
    assert pressed.sender.user == f"{STAFF}#complaint-17@{pressed.by}"
    assert pressed.room == "complaint-17"


def test_before_we_know_our_name_every_name_is_taken_for_ours() -> None:
    nameless = Us(US.id, "", STAFF)
    assert said("command_for_another", nameless).inbound.content == Tap("go:visits", "/visits")
    assert read("staff_mention", nameless).meaning == Nothing()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("/where", Tap("go:progress", "/where")),
        ("/prices", Tap("go:prices", "/prices")),
        ("/prices 空调", Text("prices 空调")),
        ("/me", Tap("go:profile", "/me")),
        ("/person", Tap("go:person", "/person")),
        ("/person now", Tap("go:person", "/person")),
        ("/HELP", Text("help")),
        ("/cancel", Text("cancel")),
        ("/menu", Text("menu")),
        ("/language english", Text("english")),
        ("/start", Arrived()),
        ("/", Text("/")),
        ("/b/c", Text("/b/c")),
        ("look: /book", Text("look: /book")),
    ],
)
def test_commands_do_what_they_say(text: str, content: Content) -> None:
    raw = payload("text")
    raw["message"]["text"] = text
    meaning = updates.read(raw, US, now=NOW).meaning
    assert isinstance(meaning, Said)
    assert meaning.inbound.content == content


def test_the_largest_picture_that_can_be_fetched_is_taken() -> None:
    raw = payload("photo")
    raw["message"]["photo"][1]["file_size"] = LARGEST_FILE + 1
    meaning = updates.read(raw, US, now=NOW).meaning
    assert isinstance(meaning, Said)
    assert isinstance(meaning.wants, File)
    assert meaning.wants.id == "AgACAgUAAxkBAAI-m"


@pytest.mark.parametrize("latitude", [float("nan"), float("inf"), 91, -90.01, "31", None, [], 10**400])
def test_a_place_that_is_nowhere_is_only_noted(latitude: object) -> None:
    raw = payload("location")
    raw["message"]["location"]["latitude"] = latitude
    meaning = updates.read(raw, US, now=NOW).meaning
    assert isinstance(meaning, Said)
    assert meaning.inbound.content == (Place(31.0, 121.46917) if latitude == "31" else Noted("malformed"))


@pytest.mark.parametrize(
    "raw",
    [None, [], "x", 1, {}, {"message": {}}]
    + [{"update_id": number} for number in (None, "1", True, -1, 2**63, 1.0)],
)
def test_without_a_number_it_is_no_update(raw: object) -> None:
    with pytest.raises(Malformed):
        updates.read(raw, US, now=NOW)


def test_an_update_with_nothing_in_it_is_noted() -> None:
    meaning = updates.read({"update_id": 1}, US, now=NOW).meaning
    assert isinstance(meaning, Said)
    assert meaning.inbound.content == Noted("nothing")


KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "channel_post"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.integers(0, 2**63 - 1), st.dictionaries(st.sampled_from(KINDS) | st.text(), JSON))
def test_no_json_breaks_the_reader(number: int, rest: dict[str, object]) -> None:
    assert handed_in_or_left(rest | {"update_id": number})


@given(st.sampled_from(sorted(path.stem for path in PAYLOADS.glob("*.json"))), st.data())
def test_no_damage_to_a_real_update_breaks_the_reader(name: str, data: st.DataObject) -> None:
    raw = payload(name)
    places = list(leaves(raw))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places))
        if data.draw(st.booleans()):
            holder[key] = data.draw(JSON)
        elif isinstance(holder, dict):
            holder.pop(key, None)
    try:
        assert handed_in_or_left(raw)
    except Malformed:
        assert (
            not isinstance(raw.get("update_id"), int)
            or not 0 <= raw["update_id"] < 2**63
            or (isinstance(raw["update_id"], bool))
        )


def leaves(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, inner in list(items):
        yield value, key
        yield from leaves(inner)


def handed_in_or_left(raw: dict[str, Any]) -> bool:
    """Whether what came of it is sound: words are words, numbers are numbers."""
    found = updates.read(raw, US, now=NOW)
    assert isinstance(found.press, str)
    match found.meaning:
        case Said(inbound, wants):
            assert inbound.at.tzinfo is not None
            assert all(
                isinstance(word, str) for word in (inbound.external_id, inbound.by, inbound.sender.user)
            )
            assert inbound.language is None or isinstance(inbound.language, str)
            for name in type(inbound.content).__dataclass_fields__:
                kinds = (
                    float
                    if name in ("latitude", "longitude")
                    else dict
                    if name == "data" and isinstance(inbound.content, Noted)
                    else str
                )
                assert isinstance(getattr(inbound.content, name), kinds), inbound.content
            if isinstance(wants, File):
                assert isinstance(wants.size, int)
                assert all(isinstance(word, str) for word in (wants.id, wants.caption, wants.album))
        case NotYours(chat) | Strange(chat) | Migrated(chat):
            assert isinstance(chat, int)
    return True
