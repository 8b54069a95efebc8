"""How callbacks reach an account: sealed, in three modes, with little patience; and what its answers do."""

import asyncio
import base64
import re
from hashlib import sha1

import pytest
import xmltodict
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from wechatpy.crypto import PrpCrypto

from tests.doubles.clock import Clock
from tests.doubles.wechat import BANNER, Double, Person
from tests.doubles.wechat.envelopes import Envelopes, Unreadable, elements
from tests.doubles.wechat_account import Api, Hook

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
VECTOR = (
    "<xml><ToUserName><![CDATA[gh_demo]]></ToUserName><FromUserName><![CDATA[oUser1]]></FromUserName>"
    "<CreateTime>1760000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[你好]]></Content><MsgId>24000000000000001</MsgId></xml>"
)
VECTOR_SEALED = (
    "4j/AuRx71kQlxVlzbpsMWMP3Ukhsy4p1sY26PU11hj/fbqY6Gcr7PGJ/H+cl74sKkE2fjrIpN41iFIMILWe8w+IewaFu7CBA"
    "WDKdUoxS4GGV9F02Drix+TUM1opfgJrEMBnP9F254PRbNketLQHxj0yA2nE9uCr7iK8SP5hZqjk5WtVuzEd0qlq5pzuKhME6"
    "cKuIu1r9xAnBdBSrtFRooLKmpWP+878EbzR96fniYI3wA6C1xq8i0lnKkp6LKG5XQ2U5eTrtJpp3uJZD8WSauxx3+1uUOXTu"
    "y4NGKB2VI4zefCI4j2JcpblJFiVA2I5jvvbCpoD/xt+4ocbZH3+g+kPse5ytJTRDZyBZeLfWVg9twrkcNsZMIgluWL75w66d"
)


class Known(PrpCrypto):
    """The cipher with the sixteen bytes of the vector, which are random otherwise."""

    def get_random_string(self) -> str:
        return "0123456789abcdef"


def test_the_vector_comes_out_as_it_is_printed() -> None:
    envelopes = Envelopes("front-door-token", KEY, "wx1234567890abcdef", prp=Known)
    assert envelopes.signature("1760000000", "846201") == "cf8f540addb186288899bfb1853cd2d2d4dc4791"
    assert envelopes.seal(VECTOR, "1760000000", "846201") == (
        VECTOR_SEALED,
        "068913b75246bfc6e68d86bafbf5c7f5d6f436df",
    )


def opened(sealed: str) -> bytes:
    """What is inside, by the letter of the reference and by no library of WeChat's."""
    key = base64.b64decode(KEY + "=")
    cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = cipher.update(base64.b64decode(sealed)) + cipher.finalize()
    padding = plain[-1]
    assert 1 <= padding <= 32
    assert set(plain[-padding:]) == {padding}
    assert len(plain) % 32 == 0
    length = int.from_bytes(plain[16:20], "big")
    assert plain[20 + length : -padding] == b"wx1234567890abcdef"
    return plain[20 : 20 + length]


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_a_message_goes_out_in_three_modes(
    mode: str, wechat: Double, wx_hook: Hook, ming: Person, clock: Clock
) -> None:
    wechat.mode = mode
    said = await ming.says("你好 ]]> 🙂")
    await wechat.quiet()
    fields = {
        "ToUserName": "gh_demo",
        "FromUserName": ming.openid,
        "CreateTime": str(int(clock.now())),
        "MsgType": "text",
        "Content": "你好 ]]> 🙂",
        "MsgId": said.msg_id,
    }
    [got], [query], [body] = wx_hook.got, wx_hook.queries, wx_hook.bodies
    assert got == fields if mode != "compatible" else got.items() >= fields.items()
    assert (query["openid"], len(ming.openid)) == (ming.openid, 28)
    assert ("encrypt_type" in query) == (mode != "plain")
    assert set(body) - set(fields) == ({"Encrypt"} if mode != "plain" else set())
    assert ("Content" in body) == (mode != "safe")
    if mode != "plain":
        parts = ["front-door-token", query["timestamp"], query["nonce"], body["Encrypt"]]
        assert sha1("".join(sorted(parts)).encode()).hexdigest() == query["msg_signature"]  # noqa: S324
        assert xmltodict.parse(opened(body["Encrypt"]))["xml"] == fields


async def test_an_account_may_be_silent(wechat: Double, wx_hook: Hook, ming: Person) -> None:
    wx_hook.answers += ["success", ""]
    said = [await ming.says(text) for text in ("one", "two")]
    await wechat.quiet()
    assert ([each.outcomes for each in said], ming.seen) == ([["silence"], ["silence"]], [])


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_a_passive_reply_is_shown_and_costs_nothing(
    mode: str, wechat: Double, wx_hook: Hook, wx: Api, ming: Person, clock: Clock
) -> None:
    wechat.mode = mode
    wx_hook.say(ming.openid, '<![CDATA[请看 <a href="https://a.example">这里</a>]]>', sealed=mode == "safe")
    said = await ming.says("hello")
    [seen] = await ming.sees()
    assert (seen.way, seen.text, seen.links) == ("passive", "请看 这里", (("这里", "https://a.example"),))
    await said.is_over()
    assert said.outcomes == ["shown"]
    assert ming.grants.left(clock.now()) == 5
    await wx.says(ming.openid, "more")
    assert [(seen.way, seen.text) for seen in await ming.sees()] == [("pushed", "more")]


BROKEN = {
    "words": "thanks",
    "json": '"success"',
    "space": " success",
    "no xml": "<html>",
    "empty": "<xml></xml>",
    "not swapped": "swap",
    "no type": "type",
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("mode", ["plain", "safe"])
async def test_a_broken_answer_shows_a_banner_at_once(
    broken: str, mode: str, wechat: Double, wx_hook: Hook, ming: Person
) -> None:
    wechat.mode = mode
    answer = BROKEN[broken]
    if answer == "swap":
        answer = wx_hook.reply("oNobody", "<Content>x</Content>", sealed=mode == "safe")
    elif answer == "type":
        answer = wx_hook.reply(ming.openid, "<Content>x</Content>", sealed=mode == "safe", kind="poem")
    wx_hook.answers.append(answer)
    said = await (await ming.says("hello")).is_over()
    assert [delivery.refused for delivery in said.deliveries] == [True]
    assert [(seen.kind, seen.text) for seen in ming.seen] == [("banner", BANNER)]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<Content></Content>", "text"),
        ("<Content>" + "好" * 683 + "</Content>", "text"),
        ("", "text"),
        ("<Image><MediaId>gone</MediaId></Image>", "image"),
        ("<ArticleCount>1</ArticleCount>", "news"),
        ("<ArticleCount>2</ArticleCount><Articles><item><Title>a</Title></item></Articles>", "news"),
        (
            "<ArticleCount>2</ArticleCount><Articles>" + "<item><Title>a</Title></item>" * 2 + "</Articles>",
            "news",
        ),
    ],
)
async def test_a_reply_that_cannot_be_shown_is_a_banner_too(
    inside: str, kind: str, wechat: Double, wx_hook: Hook, ming: Person
) -> None:
    wx_hook.answers.append(wx_hook.reply(ming.openid, inside, kind=kind))
    await (await ming.says("hello")).is_over()
    assert [seen.kind for seen in ming.seen] == ["banner"]


async def test_other_replies_are_shown(wechat: Double, wx_hook: Hook, ming: Person, wx: Api) -> None:
    picture = (await wx.upload("image", "a.png", b"x"))["media_id"]
    two = "<ArticleCount>2</ArticleCount><Articles>" + "<item><Title>a</Title></item>" * 2 + "</Articles>"
    wx_hook.answers += [
        wx_hook.reply(ming.openid, f"<Image><MediaId>{picture}</MediaId></Image>", kind="image"),
        wx_hook.reply(ming.openid, "", kind="transfer_customer_service"),
        wx_hook.reply(ming.openid, two, kind="news"),
    ]
    said = [await (await ming.says("hello")).is_over() for _ in range(2)]
    said.append(await (await ming.clicks("news")).is_over())
    assert [each.outcomes for each in said] == [["shown"], ["handed over"], ["shown"]]
    assert [(seen.kind, seen.media_id) for seen in ming.seen] == [("image", picture), ("news", "")]


async def test_seals_are_checked(wechat: Double, wx_hook: Hook, ming: Person) -> None:
    good = wx_hook.reply(ming.openid, "<Content>x</Content>")
    forged = re.sub(r"(<MsgSignature><!\[CDATA\[)\w{4}", r"\g<1>0000", good)
    other = Envelopes(wechat.token, wechat.aes_key, "wx0000000000000000")
    foreign = other._crypto.encrypt_message("<xml></xml>", "n", "1")
    for answer in (forged, foreign, wx_hook.reply(ming.openid, "<Content>x</Content>", sealed=False)):
        with pytest.raises(Unreadable):
            wechat.envelopes.unpack(answer)
    wechat.mode = "plain"
    with pytest.raises(Unreadable):
        wechat.envelopes.unpack(good)


async def test_without_an_answer_it_comes_three_times_and_then_a_banner(
    wechat: Double, wx_hook: Hook, ming: Person
) -> None:
    wechat.answer_within = 0.05
    cut = []

    async def hang() -> web.Response:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            cut.append(True)
            raise
        return web.Response(text="success")

    wx_hook.answers += [hang] * 3
    said = await (await ming.says("hello")).is_over()
    assert len(said.deliveries) == 3
    assert not any(delivery.answered for delivery in said.deliveries)
    assert wx_hook.got == [wx_hook.got[0]] * 3
    for name in ("timestamp", "nonce", "signature", "msg_signature"):
        assert len({query[name] for query in wx_hook.queries}) == 3, name
    assert [seen.kind for seen in ming.seen] == ["banner"]


async def test_an_answer_in_time_to_a_repeat_is_shown_once(
    wechat: Double, wx_hook: Hook, ming: Person
) -> None:
    wx_hook.answers += [web.Response(status=500), web.Response(status=302, headers={"Location": "/"})]
    wx_hook.say(ming.openid, "at last")
    said = await (await ming.says("hello")).is_over()
    assert said.outcomes == ["no answer: status 500", "no answer: status 302", "shown"]
    assert [seen.text for seen in ming.seen] == ["at last"]


async def test_an_account_that_is_down(wechat: Double, ming: Person) -> None:
    wechat.hook = "http://127.0.0.1:9/hook"
    said = await (await ming.says("hello")).is_over()
    assert (len(said.deliveries), [seen.kind for seen in ming.seen]) == (3, ["banner"])


async def test_an_account_without_an_address_hears_nothing(wechat: Double, ming: Person) -> None:
    said = await (await ming.says("hello")).is_over()
    assert (said.deliveries, ming.seen, list(wechat.callbacks)) == ([], [], [said])


@pytest.mark.parametrize("at_once", [False, True])
async def test_duplicates_come_when_they_are_ordered(
    at_once: bool, wechat: Double, wx_hook: Hook, ming: Person
) -> None:
    wechat.duplicate_next(2, at_once=at_once)
    for _ in range(3):
        wx_hook.say(ming.openid, "once")
    said = await ming.says("hello")
    await wechat.quiet()
    wx_hook.answers.clear()
    assert (await (await ming.says("another")).is_over()).outcomes == ["silence"]
    assert sorted(said.outcomes) == ["again", "again", "shown"]
    assert [got["MsgId"] for got in wx_hook.got].count(said.msg_id) == 3
    assert [seen.text for seen in ming.seen] == ["once"]
    again = await wechat.redeliver(said, times=2, at_once=at_once)
    assert [delivery.came_of for delivery in again] == ["again", "again"]


async def test_the_address_is_checked(wechat: Double, wx_hook: Hook) -> None:
    assert await wechat.check_hook() is True
    assert await wechat.check_hook(wrongly=True) is False
    wechat.hook = "http://127.0.0.1:9/"
    assert await wechat.check_hook() is False


async def test_anything_can_be_sent(wechat: Double, wx_hook: Hook, ming: Person, clock: Clock) -> None:
    wechat.mode = "plain"
    await ming.send_raw({"MsgType": "hologram", "CreateTime": None, "Depth": 3})
    await ming.send_raw({"MsgType": "event", "Event": "user_dances", "EventKey": ""})
    await wechat.send_raw({"MsgType": "text"})
    await wechat.send_raw("<MsgType>text</MsgType><MsgType>image</MsgType>")
    await wechat.quiet()
    assert sorted(wx_hook.got, key=str) == sorted(
        [
            {"ToUserName": "gh_demo", "FromUserName": ming.openid, "MsgType": "hologram", "Depth": "3"},
            {
                "ToUserName": "gh_demo",
                "FromUserName": ming.openid,
                "CreateTime": str(int(clock.now())),
                "MsgType": "event",
                "Event": "user_dances",
                "EventKey": None,
            },
            {"MsgType": "text"},
            {"MsgType": ["text", "image"]},
        ],
        key=str,
    )


def test_elements_are_words_numbers_lists_and_nothing() -> None:
    assert elements({"A": "x]]>y", "B": 1, "C": None, "L": {"List": [{"D": "d"}, {"D": ""}]}}) == (
        "<A><![CDATA[x]]]]><![CDATA[>y]]></A><B>1</B>"
        "<L><List><D><![CDATA[d]]></D></List><List><D><![CDATA[]]></D></List></L>"
    )
