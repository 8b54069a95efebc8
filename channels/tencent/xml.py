"""The XML that Tencent's platforms write and read, as plain mappings."""

import re
from collections.abc import Mapping
from typing import TypeAlias
from xml.parsers.expat import ExpatError

import xmltodict

Value: TypeAlias = "str | Fields | list[str | Fields]"
Fields: TypeAlias = Mapping[str, Value]
"""What stands in an element, by name: a text, more elements, or a list where a name occurs several times."""
Written: TypeAlias = "str | int | Mapping[str, Written] | list[Written]"

LARGEST = 64 * 1024
"""Bytes of a body. The platforms cut what people write at some 2,000."""
DEEPEST = 16
"""Elements with others inside, within each other; the platforms use four."""

# Nothing but a declaration before the root: so there is no document type, and with it none of its tricks.
_BEGINNING = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml\s[^>]*\?>)?\s*<xml[\s/>]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")


class Malformed(Exception):
    """This is no message of the platform; the text says what is wrong, and nothing of what it holds."""


def read(body: bytes) -> Fields:
    """What stands in the root, `<xml>`; attributes are left out. Raises Malformed for everything else.

    Entities are refused, so a body can name no other place and cannot grow while it is read.
    """
    if len(body) > LARGEST:
        raise Malformed("too large")
    if not _BEGINNING.match(body):
        raise Malformed("no <xml> at the beginning")
    try:
        body.decode()
        # What we say counts more than what the document says of its encoding.
        whole = xmltodict.parse(
            body, encoding="utf-8", disable_entities=True, strip_whitespace=False, xml_attribs=False
        )
    except (ExpatError, ValueError):  # the latter for what is not UTF-8, and for entities
        raise Malformed("no well-formed XML in UTF-8") from None
    fields = whole["xml"]
    if not isinstance(fields, dict):
        raise Malformed("no fields")
    return _elements(fields, 1)


def text(fields: Fields, name: str, default: str = "") -> str:
    """The text of a field, `default` without it; of several the first; "" where there are elements inside."""
    value = _first(fields.get(name, default))
    return value if isinstance(value, str) else ""


def inside(fields: Fields, name: str) -> Fields:
    """What stands in a field; nothing if that is no elements; of several fields the first."""
    value = _first(fields.get(name, ""))
    return {} if isinstance(value, str) else value


def every(fields: Fields, name: str) -> list[str | Fields]:
    """All fields of a name, in their order: none, one or many."""
    value = fields.get(name, [])
    return value if isinstance(value, list) else [value]


def write(fields: Mapping[str, Written]) -> str:
    """The fields as `<xml>…</xml>`; a list writes its field several times.

    Numbers stand bare, texts as character data that nothing in them ends. What no XML may hold is left out
    of them, and every end of a line is written as a line feed, which is what a parser makes of it anyway.
    Raises ValueError for a name that no element can have.
    """
    return _element("xml", fields)


def _elements(raw: Mapping[str, object], depth: int) -> Fields:
    if depth > DEEPEST:
        raise Malformed("too deep")
    # Beside elements, text is only the white space between them.
    return {name: _value(value, depth) for name, value in raw.items() if name != "#text"}


def _value(raw: object, depth: int) -> Value:
    if isinstance(raw, list):
        return [_one(each, depth) for each in raw]
    return _one(raw, depth)


def _one(raw: object, depth: int) -> str | Fields:
    if isinstance(raw, Mapping):
        return _elements(raw, depth + 1)
    return raw if isinstance(raw, str) else ""


def _first(value: Value) -> str | Fields:
    return value[0] if isinstance(value, list) else value


def _element(name: str, value: Written) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("no name of an element")
    if isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    if isinstance(value, Mapping):
        content = "".join(_element(each, inner) for each, inner in value.items())
    else:
        content = str(value) if isinstance(value, int) else _character_data(value)
    return f"<{name}>{content}</{name}>"


def _character_data(value: str) -> str:
    plain = _LINE_END.sub("\n", _UNWRITABLE.sub("", value))
    return f"<![CDATA[{plain.replace(']]>', ']]]]><![CDATA[>')}]]>"
