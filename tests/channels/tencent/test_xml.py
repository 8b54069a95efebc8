"""What the platforms' XML says, whoever wrote it, and that ours says what it should."""

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wechatpy.parser import parse_message

from channels.tencent import xml
from channels.tencent.xml import Malformed

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<xml><Content>&b;</Content></xml>"
)
OUTSIDE = b'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'
OUTSIDE_TYPE = b'<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml><Content>&a;</Content></xml>'


def nested(depth: int) -> bytes:
    return b"<xml>" + b"<a>" * depth + b"</a>" * depth + b"</xml>"


def test_texts_elements_and_lists_are_read() -> None:
    fields = xml.read(
        b'<?xml version="1.0" encoding="utf-8"?>\n<xml lang="zh">\n<A><![CDATA[x ]]></A>\n<B id="1">y</B><C/>'
        b"<D></D><E>\n<F>1</F>\n<F>2</F>\n</E>\n<G><H>3</H></G><G><H>4</H></G>\n"
        b"<I><![CDATA[a]]><!-- ! --><![CDATA[b]]></I>\n</xml>\n"
    )
    assert (fields["A"], fields["B"], fields["C"], fields["D"], fields["I"]) == ("x ", "y", "", "", "ab")
    assert (fields["E"], fields["G"]) == ({"F": ["1", "2"]}, [{"H": "3"}, {"H": "4"}])
    assert list(fields) == list("ABCDEGI")


def test_letters_beyond_the_first_plane_and_a_byte_order_mark_are_read() -> None:
    assert xml.read("\ufeff<xml><A>😀 &#128512; &lt;</A></xml>".encode()) == {"A": "😀 😀 <"}


def test_what_a_document_says_of_its_encoding_changes_nothing() -> None:
    assert xml.read('<?xml version="1.0" encoding="gbk"?><xml><A>水管</A></xml>'.encode()) == {"A": "水管"}
    assert xml.read(b'<?xml version="1.0" encoding="none-such"?><xml><A>a</A></xml>') == {"A": "a"}


BAD = {
    "nothing": b"",
    "white space": b" \n",
    "no XML": b"hello",
    "JSON": b"{}",
    "no end": b"<xml>",
    "no fields": b"<xml></xml>",
    "no fields at all": b"<xml/>",
    "no fields but white space": b"<xml> \n </xml>",
    "text alone": b"<xml>text</xml>",
    "another root": b"<other><A>a</A></other>",
    "a longer root": b"<xmlx><A>a</A></xmlx>",
    "a comment first": b"<!-- --><xml><A>a</A></xml>",
    "a wrong end": b"<xml><A>a</B></xml>",
    "two roots": b"<xml><A>a</A></xml><xml/>",
    "a bare ampersand": b"<xml><A>a & b</A></xml>",
    "an unknown entity": b"<xml><A>&nbsp;</A></xml>",
    "a null": b"<xml><A>\0</A></xml>",
    "a null by number": b"<xml><A>&#0;</A></xml>",
    "a control character": b"<xml><A>\x0b</A></xml>",
    "no UTF-8": b"<xml><A>\xff\xfe</A></xml>",
    "half a surrogate": b"<xml><A>\xed\xa0\x80</A></xml>",
    "GBK": "<xml><A>水管漏水</A></xml>".encode("gbk"),
    "UTF-16": "<xml><A>a</A></xml>".encode("utf-16"),
    "a bomb": BOMB,
    "a file of ours": OUTSIDE,
    "a type from elsewhere": OUTSIDE_TYPE,
    "too deep": nested(17),
    "very deep": nested(5_000),
    "too large": b"<xml><A>" + b"a" * xml.LARGEST + b"</A></xml>",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_everything_else_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        xml.read(body)


@given(st.binary())
@example(b"<xml")
def test_any_bytes_are_read_or_malformed(body: bytes) -> None:
    for each in (body, b"<xml>" + body + b"</xml>", b"<xml><A>" + body + b"</A></xml>"):
        try:
            assert isinstance(xml.read(each), Mapping)
        except Malformed:
            continue


def test_what_is_malformed_is_not_repeated_in_the_error() -> None:
    with pytest.raises(Malformed) as raised:
        xml.read(b"<xml><Phone>13800000000</Phone>")
    assert "138" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_sixteen_elements_within_each_other_are_read() -> None:
    assert xml.read(nested(16))


FIELDS = {
    "one": "1",
    "empty": "",
    "many": ["1", "2"],
    "nested": {"a": "b"},
    "all": [{"a": "b"}, "c", {"a": "d"}],
}


def test_a_text_is_the_first_of_its_name() -> None:
    found = {name: xml.text(FIELDS, name, "none") for name in (*FIELDS, "missing")}
    assert found == {"one": "1", "empty": "", "many": "1", "nested": "", "all": "", "missing": "none"}
    assert xml.text(FIELDS, "missing") == ""


def test_elements_are_the_first_of_their_name() -> None:
    found = {name: xml.inside(FIELDS, name) for name in (*FIELDS, "missing")}
    assert found == {
        "one": {}, "empty": {}, "many": {}, "nested": {"a": "b"}, "all": {"a": "b"}, "missing": {},
    }  # fmt: skip


def test_one_and_many_are_a_list() -> None:
    assert xml.every(FIELDS, "one") == ["1"]
    assert xml.every(FIELDS, "many") == ["1", "2"]
    assert xml.every(FIELDS, "nested") == [{"a": "b"}]
    assert xml.every(FIELDS, "all") == [{"a": "b"}, "c", {"a": "d"}]
    assert xml.every(FIELDS, "missing") == []


def test_texts_are_written_as_character_data_and_numbers_bare() -> None:
    written = xml.write({"A": "a<b>&", "N": 17, "E": {"F": ["1", 2]}, "G": []})
    assert written == "<xml><A><![CDATA[a<b>&]]></A><N>17</N><E><F><![CDATA[1]]></F><F>2</F></E></xml>"


@pytest.mark.parametrize("name", ["", "a b", "a>", "1a", "a/", "é", "a\n"])
def test_a_name_that_ends_its_tag_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        xml.write({name: "a"})


def legible(text: str) -> str:
    """What of a text can stand in XML, with the line ends that every parser makes of all."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        each
        for each in plain
        if each in "\t\n"
        or (ord(each) >= 0x20 and not 0xD800 <= ord(each) < 0xE000 and each not in "\ufffe\uffff")
    )


pieces = st.sampled_from(
    ["]]>", "]]", "]", ">", "<![CDATA[", "</Content>", "<MsgType>", "&amp;", "&", "\r\n", "\0"]
)
texts = st.lists(st.one_of(pieces, st.text(st.characters()))).map("".join)


@given(texts)
@example("]]></Content><MsgType>x")
@example("]]]]>>")
@example("]]\x00>")
@example("\x7f\x85\u2028\U0001fffe")
def test_whatever_is_written_is_read_in_its_own_element(text: str) -> None:
    written = xml.write({"MsgType": "text", "Content": text, "N": 1})
    root = ElementTree.fromstring(written)  # noqa: S314 - our own
    assert [element.tag for element in root] == ["MsgType", "Content", "N"]
    assert [element.text or "" for element in root] == ["text", legible(text), "1"]
    assert all(len(element) == 0 for element in root)
    assert xml.read(written.encode()) == {"MsgType": "text", "Content": legible(text), "N": "1"}


@given(texts)
def test_wechatpy_reads_the_same(text: str) -> None:
    written = xml.write({"MsgType": "text", "Content": text})
    assert (parse_message(written).content or "") == legible(text).strip()
