"""The signature and the cipher of Tencent's platforms, against known values and against wechatpy."""

import base64
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.work.crypto import WeChatCrypto as WorkCrypto

from channels.tencent.crypto import Cipher, Refused, is_signed, signature
from channels.tencent.xml import write

TOKEN, TIMESTAMP, NONCE = "front-door-token", "1760000000", "846201"
KEY, APP_ID = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "wx1234567890abcdef"
MESSAGE = (
    "<xml><ToUserName><![CDATA[gh_demo]]></ToUserName><FromUserName><![CDATA[oUser1]]></FromUserName>"
    "<CreateTime>1760000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[你好]]></Content><MsgId>24000000000000001</MsgId></xml>"
)
SEALED = (
    "4j/AuRx71kQlxVlzbpsMWMP3Ukhsy4p1sY26PU11hj/fbqY6Gcr7PGJ/H+cl74sKkE2fjrIpN41iFIMILWe8w+IewaFu7CBAWDKdUoxS4GGV"
    "9F02Drix+TUM1opfgJrEMBnP9F254PRbNketLQHxj0yA2nE9uCr7iK8SP5hZqjk5WtVuzEd0qlq5pzuKhME6cKuIu1r9xAnBdBSrtFRooLKm"
    "pWP+878EbzR96fniYI3wA6C1xq8i0lnKkp6LKG5XQ2U5eTrtJpp3uJZD8WSauxx3+1uUOXTuy4NGKB2VI4zefCI4j2JcpblJFiVA2I5jvvbC"
    "poD/xt+4ocbZH3+g+kPse5ytJTRDZyBZeLfWVg9twrkcNsZMIgluWL75w66d"
)
CIPHER = Cipher(KEY, APP_ID)
THEIRS = [WeChatCrypto(TOKEN, KEY, APP_ID), WorkCrypto(TOKEN, KEY, APP_ID)]


class Raw:
    """Seals any bytes at all with our key: what only somebody who holds it could send."""

    def __init__(self, plain: bytes) -> None:
        algorithm = CIPHER._aes.encryptor()
        self.sealed = base64.b64encode(algorithm.update(plain) + algorithm.finalize()).decode()


def padded(plain: bytes) -> bytes:
    short = 32 - len(plain) % 32
    return plain + bytes([short]) * short


def test_the_signature_is_the_known_one() -> None:
    assert signature(TOKEN, TIMESTAMP, NONCE) == "cf8f540addb186288899bfb1853cd2d2d4dc4791"
    assert signature(TOKEN, TIMESTAMP, NONCE, SEALED) == "068913b75246bfc6e68d86bafbf5c7f5d6f436df"


def test_the_sealed_text_is_the_known_one() -> None:
    cipher = Cipher(KEY, APP_ID, random=lambda count: b"0123456789abcdef"[:count])
    assert cipher.encrypt(MESSAGE) == SEALED
    assert cipher.decrypt(SEALED) == MESSAGE


def test_no_two_seals_are_alike() -> None:
    assert CIPHER.encrypt("hello") != CIPHER.encrypt("hello")


def test_only_the_right_signature_is_one() -> None:
    right = signature(TOKEN, TIMESTAMP, NONCE)
    assert is_signed(right, TOKEN, TIMESTAMP, NONCE)
    assert is_signed(right, TOKEN, NONCE, TIMESTAMP)
    for wrong in ("", right.upper(), right[:-1], f"{right} ", "签名", "\ud800", "\0"):
        assert not is_signed(wrong, TOKEN, TIMESTAMP, NONCE)


@given(st.text(st.characters()), st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_any_text_may_be_given_as_a_signature(given_: str, parts: list[str]) -> None:
    assert is_signed(given_, *parts) is (given_ == signature(*parts))


@pytest.mark.parametrize(
    "key", ["", KEY[:-1], f"{KEY}=", f"{KEY}A", f"{KEY[:-1]}-", f"{KEY[:-1]}\n", "密" * 43]
)
def test_a_key_of_another_shape_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ValueError, match="43 characters") as refused:
        Cipher(key, APP_ID)
    assert not key or key not in str(refused.value)


@pytest.mark.parametrize("key", ["9" * 43, "/" * 43, "A" * 43])
def test_every_key_the_platform_may_draw_is_taken(key: str) -> None:
    ours, theirs = Cipher(key, APP_ID), WeChatCrypto(TOKEN, key, APP_ID)
    assert ours.decrypt(sealed_by(theirs, "hello")) == "hello"


def sealed_by(library: WeChatCrypto | WorkCrypto, text: str) -> str:
    envelope = library.encrypt_message(text, NONCE, TIMESTAMP)
    return envelope.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]


@given(st.text(), st.sampled_from(THEIRS))
def test_we_read_what_wechatpy_sealed(text: str, library: WeChatCrypto | WorkCrypto) -> None:
    assert CIPHER.decrypt(sealed_by(library, text)) == text


@given(st.text(), st.sampled_from(THEIRS))
def test_wechatpy_reads_what_we_sealed(text: str, library: WeChatCrypto | WorkCrypto) -> None:
    sealed = CIPHER.encrypt(text)
    signed = signature(TOKEN, TIMESTAMP, NONCE, sealed)
    assert library.decrypt_message(write({"Encrypt": sealed}), signed, TIMESTAMP, NONCE) == text


@given(st.text())
def test_what_is_sealed_has_whole_blocks_of_thirty_two(text: str) -> None:
    assert len(base64.b64decode(CIPHER.encrypt(text))) % 32 == 0


RANDOM = b"r" * 16
HELLO = RANDOM + b"\0\0\0\5hello" + APP_ID.encode()


@pytest.mark.parametrize(
    ("sealed", "why"),
    [
        ("", "blocks"),
        ("签", "base64"),
        ("\ud800", "base64"),
        ("a", "base64"),
        (f"{SEALED[:40]} {SEALED[40:]}", "base64"),
        (SEALED[:-4], "blocks"),
        (Raw(HELLO + bytes(32 - len(HELLO) % 32)).sealed, "padding"),
        (Raw(b"x" * 31 + b"\x21").sealed, "padding"),
        (Raw(padded(HELLO)[:-2] + b"\1" + padded(HELLO)[-1:]).sealed, "padding"),
        (Raw(b"\x20" * 16).sealed, "padding"),
        (Raw(b"\x20" * 32).sealed, "length"),
        (Raw(padded(RANDOM + b"\0\0")).sealed, "length"),
        (Raw(padded(RANDOM + b"\0\0\0\x7fhello" + APP_ID.encode())).sealed, "length"),
        (Raw(padded(RANDOM + b"\xff\xff\xff\xffhello" + APP_ID.encode())).sealed, "length"),
        (Raw(padded(RANDOM + b"\0\0\0\4hello" + APP_ID.encode())).sealed, "somebody else"),
        (Raw(padded(RANDOM + b"\0\0\0\5hello")).sealed, "somebody else"),
        (Cipher(KEY, "wx0000000000000000", random=bytes).encrypt("hello"), "somebody else"),
        (Raw(padded(RANDOM + b"\0\0\0\2\xff\xfe" + APP_ID.encode())).sealed, "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused(sealed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        CIPHER.decrypt(sealed)


def test_padding_of_one_and_of_thirty_two_is_taken() -> None:
    around = 16 + 4 + len(APP_ID)
    for length in (32 * 3 - around - 1, 32 * 3 - around):
        assert CIPHER.decrypt(
            Raw(padded(RANDOM + length.to_bytes(4, "big") + b"a" * length + APP_ID.encode())).sealed
        )


@given(st.one_of(st.text(st.characters()), st.binary().map(lambda data: base64.b64encode(data).decode())))
def test_garbage_is_refused(sealed: str) -> None:
    with pytest.raises(Refused):
        CIPHER.decrypt(sealed)


@given(st.binary(max_size=200))
def test_whatever_was_sealed_is_read_or_refused(plain: bytes) -> None:
    try:
        text = CIPHER.decrypt(Raw(padded(plain)).sealed)
    except Refused:
        return
    assert plain[20:] == text.encode() + APP_ID.encode()


@given(st.data())
def test_a_change_anywhere_is_refused_or_hits_the_random_bytes(data: st.DataObject) -> None:
    raw = bytearray(base64.b64decode(SEALED))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        text = CIPHER.decrypt(base64.b64encode(raw).decode())
    except Refused:
        return
    assert text != MESSAGE


def test_none_of_it_loads_wechatpy() -> None:
    program = (
        "import sys; import channels.tencent.gate, channels.wechat.updates, channels.wechat.replies;"
        "sys.exit('wechatpy' in sys.modules or 'requests' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
