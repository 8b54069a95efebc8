"""What people complain about, and whether anybody is in danger: read from their words, which may say no."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot import words
from bot.readers import typed
from core.complaints import Kind, RemedyKind

TOLD = "told"
"""The wish of somebody who only wants us to know."""

_STOPS = re.compile(r"[,，。.;；!！?？\n、]|\bbut\b|但|可是|不过")
_DENIED = re.compile(
    r"(?:没有?|未|并无|无|不是|不算|不存在|从没|从未|别|不会|不要|有没有|是否|防止?|避免|以免|不怕)"
    r"(?:什么|任何|人|谁|再|被|出现|发生|造成|导致|因此|过|人员|去)*$"
    r"|\b(?:no|not|nobody|no one|noone|none|never|nothing|without|ain't"
    r"|(?:is|was|were|are|did|do|does|has|have|wo|had)n'?t"
    r"|(?:is|was|were|has|did|are) (?:anyone|anybody|somebody|someone))"
    r"(?: (?:was|were|is|are|got|gets|get|been|has|have|had|anyone|anybody|anything|one|seriously|really|any"
    r"|a|an|the|there|actually|of|us|being|be|badly|else|ever|hurt|or|injured))* *$"
)
_SUPPOSED = re.compile(
    r"如果|要是|万一|假如|假设|会不会|容易|(?<!不)小心|防止|避免|以免|预防|(?<![没不])注意|别让|别把|不要让"
    r"|\b(?:if|in case|might|prevent|avoid|unless|so that)\b"
)
_FEARED = re.compile(r"(?<![可恐害])怕|担心|\b(?:worried|afraid|scared)\b")
_MENDED = re.compile(
    r"修好|解决了|处理好|找到了|找回|虚惊|好了|没事|恢复了|搞定"
    r"|\b(?:fixed|repaired|resolved|sorted|solved|found it|found them|fine now|ok now|all right now|healed)\b"
)
_MENDED_LATER = re.compile(
    r"修好|解决了|处理好了|找到了|找回|虚惊|\b(?:fixed|repaired|found it|false alarm)\b"
)
_NO_COMPLAINT = re.compile(
    r"(?:不是?|不想|不会|不要|没有?|别|无需|不用|不打算|不需要)(?:想|要|是|来|再|什么|去|可|好)*$"
    r"|\b(?:no|not|never|can'?t|cannot|won'?t|don'?t|didn'?t|nothing|without|isn'?t)"
    r"(?: (?:a|an|to|want|wish|going|really|here|mean|any|have|planning|about|reason"
    r"|trying|need|you|can|i|we))* *$"
)
_NUMBER = re.compile(
    r"(?:我的)?(?:投诉|complaint|case) *(?:no\.?|number|编号|号|第)? *#? *(\d{1,9}) *号?(?:投诉)?"
    r"(?:怎么样了?|进度|status)?"
)
_COMPLAINING = re.compile(
    r"^(?:你好|您好)?[,，!！ ]*(?:我|我们)?(?:真的)?(?:现在)?(?:马上)?(?:就)?(?:要|想|来|得)?"
    r"(?:怎么|如何|在哪里?|去哪里?|哪里可以|跟谁)?(?:进行)?(?:投诉|举报)(?:一下|你们|他们|他|她)?[了的吗呢啊吧]?"
    r"[:：,，!！。 ]*"
    r"|^(?:hello|hi)?[, ]*(?:i|we)?(?: want| would like|'d like| need| have| wish)?(?: to)?"
    r"(?: (?:make|file|lodge))?(?: a)? *(?:how do i|where can i|how can i)? *(?:complain|complaint)\b"
    r"(?: about| that|:)?[ ,:!.]*"
)
_GAP = r"[^\s,，。.;；!！?？、没不未无别]{0,6}"
_FEWEST = {True: 3, False: 2}
"""So many Chinese characters, or else words, tell something beyond that it is a complaint."""


class Danger(NamedTuple):
    """Somebody may be in danger: what kind it is, and the word that says so."""

    kind: Kind
    word: str


def danger(text: str) -> Danger | None:
    """What danger the message tells of; None also where it says no, asks, supposes, or it is over."""
    said = _calm(text)
    for name in words.names("danger"):
        for found in _pattern("danger", name).finditer(said):
            if not _is_unmeant(said, found, feared=name != "leak"):
                return Danger(Kind(name), found[0])
    return None


def kind(text: str) -> Kind | None:
    """What a message complains about, the worst first; None where it does not say."""
    if (worst := danger(text)) is not None and worst.kind is not Kind.OTHER:
        return worst.kind
    said = _calm(text)
    for name in words.names("kinds"):
        if any(not _is_denied(said, found) for found in _pattern("kinds", name).finditer(said)):
            return Kind(name)
    return None


def complains(text: str) -> bool:
    """Whether somebody complains, or wants to know how to; not where they say that they do not."""
    said = _plain(text)
    return any(
        not _NO_COMPLAINT.search(_before(said, found))
        for found in _pattern("complaint", "said").finditer(said)
    )


def denies(text: str) -> bool:
    """Whether somebody says that they do not complain, and of nothing that went wrong."""
    named = _pattern("complaint", "said").search(_plain(text)) is not None
    return named and not complains(text) and kind(text) is None


def asks_of_own(text: str) -> str | None:
    """Whether it asks how their own complaint stands: its number, "" where it names none; None for others.

    Words about something that went wrong are a new complaint.
    """
    said = _plain(text).strip(" ?？。.!！")
    if (number := _NUMBER.fullmatch(said)) is not None:
        return number[1]
    return "" if words.stands_in(text, "complaint", "mine") and kind(text) is None else None


def asks_when(text: str) -> bool:
    """Whether it asks by when somebody of ours will be in touch about it."""
    return words.stands_in(text, "complaint", "when")


def withdraws(text: str) -> bool:
    """Whether somebody takes a complaint back."""
    return words.stands_in(text, "complaint", "withdrawn")


def asks_for_line(text: str) -> bool:
    """Whether somebody wants a number to call for complaints."""
    return words.stands_in(text, "complaint", "line") and kind(text) is None


def beyond(text: str) -> str:
    """What the message says beyond that it is a complaint; "" where that is nothing to work with."""
    typed_in = " ".join(text.split())
    plain = " ".join(typed.tidy(text).split())
    rest = _COMPLAINING.sub("", plain.casefold())
    said = plain[len(plain) - len(rest) :].strip() if len(rest) <= len(plain) else plain
    counted = len(re.findall(f"[{typed.HAN}]", said)) if typed.is_han(said) else len(said.split())
    if counted < _FEWEST[typed.is_han(said)]:
        return ""
    return (
        typed_in[-len(said) :] if len(typed_in) == len(plain) else said
    )  # with the signs as they typed them


def wish(text: str) -> str | None:
    """What should be done about it: a remedy by its code, or `TOLD`; None for words of their own."""
    named = [name for name in words.names("wish") if words.stands_in(text, "wish", name)]
    found = [name for name in named if name == TOLD or name in set(RemedyKind)]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return typed.join_han(typed.plain(text))


def _calm(text: str) -> str:
    """The words without phrases that only sound like trouble, which leave as many blanks."""
    return _pattern("calm", "said").sub(lambda found: "_" * len(found[0]), _plain(text))


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    listed = sorted(words.phrases(table, name), key=len, reverse=True)
    parts = (_bounded(one) for one in listed)
    return re.compile("|".join(parts) or r"(?!)")


def _bounded(phrase: str) -> str:
    """A phrase that is no part of a longer word or number; a star in it stands for a few words, none a no."""
    escaped = _GAP.join(map(re.escape, phrase.split("*")))
    if phrase.isdecimal():
        return rf"(?<!\d){escaped}(?!\d)"
    return rf"\b{escaped}\b" if phrase.isascii() else escaped


def _clauses(said: str, since: int) -> Iterator[str]:
    """What follows in the same clause, and then the clause after it."""
    here, *others = _STOPS.split(said[since:])
    yield here
    yield next(filter(None, (part.strip() for part in others)), "")


def _before(said: str, found: re.Match[str]) -> str:
    """What stands before it in its clause."""
    return _STOPS.split(said[: found.start()])[-1]


def _is_denied(said: str, found: re.Match[str]) -> bool:
    return _DENIED.search(_before(said, found)) is not None


def _is_unmeant(said: str, found: re.Match[str], *, feared: bool) -> bool:
    """Whether it did not happen, or is over; who only fears it is believed where gas may be in the air."""
    before = _before(said, found)
    here, after = _clauses(said, found.end())
    return bool(
        _DENIED.search(before)
        or _SUPPOSED.search(before)
        or (feared and _FEARED.search(before))
        or _MENDED.search(here)
        or _MENDED_LATER.search(after)
    )
