"""Text as the Bot API reads it: HTML taken apart, lengths in UTF-16 units, entities found."""

import re
from dataclasses import dataclass

from tests.doubles.telegram.refusals import Refused, bad

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler",
    "tg-spoiler": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TOKEN = re.compile(
    r"""<(?P<tag>(?:[^>"']|"[^"]*"|'[^']*')*)(?P<closed>>?)"""
    r"|&(?:#x(?P<hexadecimal>[0-9a-fA-F]+)|#(?P<decimal>\d+)|(?P<named>lt|gt|amp|quot)(?![A-Za-z]));?"
)
ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?)"
    r"|(?P<url>https?://\S+)|(?P<mention>(?<!\w)@[A-Za-z]\w{4,31})|(?P<hashtag>(?<!\w)#\w+)"
)


def units(text: str) -> int:
    """How long it is for the Bot API: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class Open:
    """A tag that has been opened: where in the text, and what it adds to its entity."""

    name: str
    offset: int
    extra: dict


def found_in(text: str) -> list[dict]:
    """Entities of what a person typed: commands, addresses, mentions and hashtags."""
    if not any(sign in text for sign in "/@#"):
        return []
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in FOUND.finditer(text)
    ]


def read(text: str, mode: str | None, entities: list[dict] | None, *, longest: int) -> tuple[str, list[dict]]:
    """The text without its tags, trimmed, and its entities; of the modes only HTML and none are understood.

    Raises `Refused` for HTML that the Bot API would not take and for more units than `longest`.
    """
    if mode and mode.lower() != "html":
        raise bad("unsupported parse_mode")
    found = entities or []
    if mode and ("<" in text or "&" in text):
        text, found = parse(text)
    trimmed = text.lstrip()
    if (lead := len(text) - len(trimmed)) and found:
        moved = units(text[:lead])
        found = [{**entity, "offset": max(0, entity["offset"] - moved)} for entity in found]
    trimmed = trimmed.rstrip()
    if len(trimmed) * 2 > longest and units(trimmed) > longest:
        raise bad("message is too long" if longest == LONGEST_TEXT else "message caption is too long")
    return trimmed, found


def parse(source: str) -> tuple[str, list[dict]]:
    """Take HTML apart. Raises `Refused` at the first tag that is unknown, unclosed or out of order."""
    text: list[str] = []
    entities: list[dict] = []
    opened: list[Open] = []
    at, written = 0, 0
    for token in TOKEN.finditer(source):
        plain = source[at : token.start()] + (character(token) if token["tag"] is None else "")
        at = token.end()
        text.append(plain)
        written += units(plain)
        if token["tag"] is None:
            continue
        where = len(source[: token.start()].encode())
        if token["tag"].startswith("/"):
            _close(token, where, opened, entities, written)
        else:
            opened.append(_open(token, where, written))
    if opened:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{opened[-1].name}"')
    text.append(source[at:])
    return "".join(text), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def character(token: re.Match[str]) -> str:
    """What `&lt;` and its like stand for; anything else stands for itself."""
    if token["tag"] is not None:
        return token.group()
    if token["named"]:
        return NAMED[token["named"]]
    code = int(token["hexadecimal"], 16) if token["hexadecimal"] else int(token["decimal"])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else token.group()


def _open(token: re.Match[str], where: int, written: int) -> Open:
    words = token["tag"].split(maxsplit=1)
    name = words[0].lower() if words and not token["tag"][0].isspace() else ""
    if name not in KINDS:
        raise _wrong(f'Unsupported start tag "{name}" at byte offset {where}')
    if not token["closed"]:
        raise _wrong(f"Unclosed start tag at byte offset {where}")
    attributes = {
        match[1].lower(): match[2] or match[3] or match[4] or "" for match in ATTRIBUTE.finditer(words[-1])
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    extra = {}
    if name == "a":
        extra = {"url": TOKEN.sub(character, attributes.get("href", ""))}
    elif name == "tg-emoji":
        extra = {"custom_emoji_id": attributes.get("emoji-id", "")}
    elif name == "code" and attributes.get("class", "").startswith("language-"):
        extra = {"language": attributes["class"].removeprefix("language-")}
    elif name == "blockquote" and "expandable" in attributes:
        extra = {"type": "expandable_blockquote"}
    return Open(name, written, extra)


def _close(token: re.Match[str], where: int, opened: list[Open], entities: list[dict], written: int) -> None:
    name = token["tag"][1:].strip().lower()
    if not opened:
        raise _wrong(f"Unexpected end tag at byte offset {where}")
    if not token["closed"]:
        raise _wrong(f"Unclosed end tag at byte offset {where}")
    last = opened.pop()
    if name not in ("", last.name):
        raise _wrong(
            f'Unmatched end tag at byte offset {where}, expected "</{last.name}>", found "</{name}>"'
        )
    length = written - last.offset
    if not length or last.extra.get("url") == "":
        return
    if last.name == "pre" and entities and entities[-1].get("language"):
        inner = entities.pop()
        last.extra["language"] = inner["language"]
    if last.name == "code" and "language" in last.extra and not (opened and opened[-1].name == "pre"):
        last.extra.clear()
    entities.append({"type": KINDS[last.name], "offset": last.offset, "length": length, **last.extra})


def _wrong(what: str) -> Refused:
    return bad(f"can't parse entities: {what}")
