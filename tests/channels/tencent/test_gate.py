"""Who is let in by the platforms' hooks, and who is not."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.work.crypto import WeChatCrypto as WorkCrypto

from channels.tencent import gate as gates
from channels.tencent import xml
from channels.tencent.crypto import Cipher, Refused, signature
from channels.tencent.gate import WINDOW, Gate, Opened
from channels.tencent.xml import Malformed
from core import clock
from tests.conftest import Moment

TOKEN, NONCE = "front-door-token", "846201"
KEY, APP_ID = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "wx1234567890abcdef"
CIPHER = Cipher(KEY, APP_ID)
BODY = b"<xml><MsgType>text</MsgType><Content>hello</Content></xml>"
FIELDS = {"MsgType": "text", "Content": "hello"}


@pytest.fixture(autouse=True)
def now(moment: Moment) -> int:
    return int(moment.now.timestamp())


@pytest.fixture
def safe() -> Gate:
    return Gate(TOKEN, CIPHER, mode="safe", now=clock.now)


@pytest.fixture
def plain() -> Gate:
    return Gate(TOKEN, None, mode="plain", now=clock.now)


def signed(now: int, nonce: str = NONCE, sealed: str = "", **more: str) -> dict[str, str]:
    """The query of a request; with `sealed` as for an encrypted body."""
    query = {"timestamp": str(now), "nonce": nonce, "signature": signature(TOKEN, str(now), nonce)}
    if sealed:
        query["msg_signature"] = signature(TOKEN, str(now), nonce, sealed)
    return query | more


def envelope(sealed: str, **more: str) -> bytes:
    return xml.write({"ToUserName": "gh_demo", "Encrypt": sealed} | more).encode()


SEALED = CIPHER.encrypt(BODY.decode())


def test_the_echo_is_answered_raw(safe: Gate, plain: Gate, now: int) -> None:
    for gate in (safe, plain):
        assert gate.echo(signed(now, echostr="5837292 \"'+/=")) == "5837292 \"'+/="
        with pytest.raises(Refused, match="signature"):
            gate.echo(signed(now, echostr="5837292") | {"nonce": "846202"})


def test_the_address_of_an_echo_does_for_no_message(plain: Gate, now: int) -> None:
    plain.echo(signed(now, echostr="1"))
    assert plain.echo(signed(now, echostr="1")) == "1"
    with pytest.raises(Refused, match="another body"):
        plain.open(signed(now), BODY)


def test_the_sealed_echo_is_decrypted(safe: Gate, now: int) -> None:
    echo = CIPHER.encrypt("1616140317555161061")
    query = signed(now, sealed=echo, echostr=echo)
    del query["signature"]
    assert safe.sealed_echo(query) == "1616140317555161061"
    theirs = WorkCrypto(TOKEN, KEY, APP_ID)
    assert theirs.check_signature(query["msg_signature"], str(now), NONCE, echo) == "1616140317555161061"
    with pytest.raises(Refused, match="signature"):
        safe.sealed_echo(query | {"echostr": CIPHER.encrypt("1616140317555161061")})


def test_neither_echo_shows_a_message_or_a_page(safe: Gate, now: int) -> None:
    with pytest.raises(Refused, match="echo"):
        safe.sealed_echo(signed(now, sealed=SEALED, echostr=SEALED))
    with pytest.raises(Refused, match="echo"):
        safe.echo(signed(now, echostr="<script>"))


def test_a_sealed_echo_without_a_key_is_refused(plain: Gate, now: int) -> None:
    with pytest.raises(Refused, match="key"):
        plain.sealed_echo(signed(now, sealed=SEALED, echostr=SEALED))


def test_a_plain_message_is_opened(plain: Gate, now: int) -> None:
    assert plain.open(signed(now), BODY) == Opened(FIELDS, NONCE, now, sealed=False)


def test_a_sealed_message_is_opened(safe: Gate, now: int) -> None:
    opened = safe.open(signed(now, sealed=SEALED), envelope(SEALED))
    assert opened == Opened(FIELDS, NONCE, now, sealed=True)


def test_wecom_signs_only_with_the_body(safe: Gate, now: int) -> None:
    query = signed(now, sealed=SEALED)
    del query["signature"]
    assert safe.open(query, envelope(SEALED)).fields == FIELDS


def test_what_wechatpy_sealed_is_opened(safe: Gate, now: int) -> None:
    body = WeChatCrypto(TOKEN, KEY, APP_ID).encrypt_message(BODY.decode(), NONCE, str(now))
    given = xml.text(xml.read(body.encode()), "MsgSignature")
    assert safe.open(signed(now) | {"msg_signature": given}, body.encode()).fields == FIELDS


@pytest.mark.parametrize("name", ["timestamp", "nonce", "signature"])
@pytest.mark.parametrize("value", [None, "", "签", "\ud800", "0"])
def test_a_request_with_a_wrong_part_is_refused(plain: Gate, now: int, name: str, value: str | None) -> None:
    query = signed(now)
    if value is None:
        del query[name]
    else:
        query[name] = value
    with pytest.raises(Refused):
        plain.open(query, BODY)
    with pytest.raises(Refused):
        plain.echo(query | {"echostr": "1"})


@pytest.mark.parametrize("name", ["timestamp", "nonce", "msg_signature"])
@pytest.mark.parametrize("value", [None, "", "签", "0"])
def test_a_sealed_request_with_a_wrong_part_is_refused(
    safe: Gate, now: int, name: str, value: str | None
) -> None:
    query = signed(now, sealed=SEALED)
    if value is None:
        del query[name]
    else:
        query[name] = value
    with pytest.raises(Refused):
        safe.open(query, envelope(SEALED))
    with pytest.raises(Refused):
        safe.sealed_echo(query | {"echostr": SEALED})


def test_a_wrong_signature_of_the_address_is_refused_beside_a_right_one(safe: Gate, now: int) -> None:
    with pytest.raises(Refused, match="signature"):
        safe.open(signed(now, sealed=SEALED) | {"signature": "0" * 40}, envelope(SEALED))


def test_an_echo_without_its_text_is_refused(safe: Gate, now: int) -> None:
    with pytest.raises(Refused, match="echostr"):
        safe.echo(signed(now))
    with pytest.raises(Refused, match="echostr"):
        safe.sealed_echo(signed(now, sealed=SEALED))


@pytest.mark.parametrize(
    "timestamp", ["now", "-1", "1e9", "１７６００００００", "9" * 400, "1764000000.0", " 1"]
)
def test_a_timestamp_that_is_no_time_is_refused(plain: Gate, timestamp: str) -> None:
    query = signed(0, timestamp=timestamp, signature=signature(TOKEN, timestamp, NONCE))
    with pytest.raises(Refused, match="no time"):
        plain.open(query, BODY)


def test_ten_minutes_either_way_are_let_in_and_no_more(plain: Gate, now: int) -> None:
    ten = int(WINDOW.total_seconds())
    for offset in (-ten, ten):
        assert plain.open(signed(now + offset), BODY).timestamp == now + offset
    for offset in (-ten - 1, ten + 1):
        with pytest.raises(Refused, match="too old or too new"):
            plain.open(signed(now + offset), BODY)


def test_the_safe_mode_refuses_what_is_not_sealed(safe: Gate, now: int) -> None:
    with pytest.raises(Refused, match="not encrypted"):
        safe.open(signed(now, sealed=SEALED), BODY)
    with pytest.raises(Refused, match="not encrypted"):
        safe.open(signed(now), b"<xml><Encrypt></Encrypt><MsgType>text</MsgType></xml>")


def test_a_seal_with_a_signature_for_another_is_refused(safe: Gate, now: int) -> None:
    with pytest.raises(Refused, match="signature"):
        safe.open(signed(now, sealed=SEALED), envelope(CIPHER.encrypt(BODY.decode())))


def test_a_seal_for_another_account_is_refused(safe: Gate, now: int) -> None:
    sealed = Cipher(KEY, "wx0000000000000000").encrypt(BODY.decode())
    with pytest.raises(Refused, match="somebody else"):
        safe.open(signed(now, sealed=sealed), envelope(sealed))


def test_a_seal_over_no_message_is_malformed(safe: Gate, now: int) -> None:
    sealed = CIPHER.encrypt("hello")
    with pytest.raises(Malformed):
        safe.open(signed(now, sealed=sealed), envelope(sealed))


def test_the_plain_mode_refuses_what_is_sealed(plain: Gate, now: int) -> None:
    for gate in (plain, Gate(TOKEN, CIPHER, mode="plain", now=clock.now)):
        with pytest.raises(Refused, match="encrypted"):
            gate.open(signed(now, sealed=SEALED), envelope(SEALED))


def test_what_comes_both_ways_is_read_in_the_way_of_the_mode(safe: Gate, plain: Gate, now: int) -> None:
    both, query = envelope(SEALED, MsgType="text", Content="forged"), signed(now, sealed=SEALED)
    assert safe.open(query, both).fields == FIELDS
    opened = Gate(TOKEN, CIPHER, mode="plain", now=clock.now).open(query, both)
    assert (xml.text(opened.fields, "Content"), opened.sealed) == ("forged", False)
    with pytest.raises(Refused, match="encrypted"):
        plain.open(query, both)


def test_the_same_request_again_is_let_in_and_another_body_is_not(plain: Gate, now: int) -> None:
    first = plain.open(signed(now), BODY)
    assert plain.open(signed(now), BODY) == first
    with pytest.raises(Refused, match="another body"):
        plain.open(signed(now), BODY.replace(b"hello", b"pay me"))
    assert plain.open(signed(now), BODY) == first
    assert plain.open(signed(now, "846202"), BODY.replace(b"hello", b"again"))


def test_an_address_whose_parts_are_cut_anew_is_refused(plain: Gate, now: int) -> None:
    plain.open(signed(now, "17ab"), BODY)
    again = signed(now, "17ab") | {"timestamp": f"{now}1", "nonce": "7ab"}
    with pytest.raises(Refused):
        plain.open(again, b"<xml><MsgType>text</MsgType></xml>")


def test_what_was_malformed_leaves_no_trace(plain: Gate, now: int) -> None:
    with pytest.raises(Malformed):
        plain.open(signed(now), b"<xml>")
    assert plain.open(signed(now), BODY).fields == FIELDS


def test_only_so_many_addresses_are_remembered(
    plain: Gate, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "REMEMBERED", 3)
    for nonce in ("a", "b", "c", "a", "d", "e"):
        plain.open(signed(now, nonce), BODY)
    assert len(plain._seen) == 3
    other = BODY.replace(b"hello", b"other")
    with pytest.raises(Refused, match="another body"):
        plain.open(signed(now, "a"), other)
    assert plain.open(signed(now, "b"), other)


def test_a_remembered_address_dies_with_the_window(plain: Gate, now: int, moment: Moment) -> None:
    plain.open(signed(now), BODY)
    moment.now += WINDOW + timedelta(seconds=1)
    with pytest.raises(Refused, match="too old"):
        plain.open(signed(now), BODY)


def test_an_answer_is_sealed_so_that_the_platform_reads_it(safe: Gate, now: int) -> None:
    sealed = safe.seal("<xml><Content><![CDATA[你好 😀]]></Content></xml>")
    root = ElementTree.fromstring(sealed)  # noqa: S314 - our own
    assert [element.tag for element in root] == ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]
    given, timestamp, nonce = (root.findtext(name, "") for name in ("MsgSignature", "TimeStamp", "Nonce"))
    assert (timestamp, nonce.isdecimal()) == (str(now), True)
    for theirs in (WeChatCrypto(TOKEN, KEY, APP_ID), WorkCrypto(TOKEN, KEY, APP_ID)):
        opened = theirs.decrypt_message(sealed, given, timestamp, nonce)
        assert opened == "<xml><Content><![CDATA[你好 😀]]></Content></xml>"


def test_nothing_is_sealed_without_a_key(plain: Gate) -> None:
    with pytest.raises(Refused, match="key"):
        plain.seal("<xml/>")


def test_a_gate_that_anybody_could_open_is_not_built() -> None:
    with pytest.raises(ValueError, match="token"):
        Gate("", CIPHER, mode="safe", now=clock.now)
    with pytest.raises(ValueError, match="key"):
        Gate(TOKEN, None, mode="safe", now=clock.now)


NAMES = ["timestamp", "nonce", "signature", "msg_signature", "echostr", "encrypt_type"]


@given(st.dictionaries(st.sampled_from(NAMES), st.text(st.characters())), st.binary())
def test_strangers_are_refused_whatever_they_send(query: dict[str, str], body: bytes) -> None:
    for gate in (Gate(TOKEN, CIPHER, mode=mode, now=clock.now) for mode in ("safe", "plain")):
        for ask in (gate.echo, gate.sealed_echo, lambda query, gate=gate: gate.open(query, body)):
            with pytest.raises(Refused):
                ask(query)


@given(st.binary())
def test_whoever_knows_the_token_gets_no_further_than_a_refusal(body: bytes) -> None:
    now = int(clock.now().timestamp())
    for gate in (Gate(TOKEN, CIPHER, mode=mode, now=clock.now) for mode in ("safe", "plain")):
        for each in (
            body,
            b"<xml><A>" + body + b"</A></xml>",
            b"<xml><Encrypt>" + body + b"</Encrypt></xml>",
        ):
            try:
                gate.open(signed(now), each)
            except (Refused, Malformed):
                continue
