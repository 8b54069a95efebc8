"""What a message means to the question that was asked: a number, a label, a near miss, or words to read."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz import fuzz

from bot import words
from bot.flow import Option, Question, call, parameters
from bot.messages import Content, Text
from bot.readers import numbers, typed, yes_no
from bot.state import Offered
from bot.verdicts import Retry

if TYPE_CHECKING:
    from bot.form import Filling

NOTHING: Final = object()
"""No answer was found; None is an answer (a skipped question)."""
NEAR = 78
"""How alike, of 100, a typed word and a label must be to be the same word with a slip in it."""
GAP = 8
"""How much less alike the next best label must be."""
LEAST_PART = 4
"""So many letters of a word are enough for the word; "an" is not meant to be "and"."""
TURN_AND_TEXT = 2
"""So many parameters has a reader that needs no earlier answers."""
ORDINALS: Final = dict(zip("first second third fourth fifth sixth seventh".split(), range(1, 8), strict=True))
NUMBERED = re.compile(
    r"(?:那|就|我|要|选|择|the|option|number|choose|pick|take|no\.? ?(?=\d)|\s)*第?\s*"
    rf"(\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|{'|'.join(ORDINALS)})"
    r"(?:st|nd|rd|th)?\s*(?:个|项|条|种|one|option)?\s*(?:吧|呀|啊|哦|就行|就好)?[.、)）]?"
)
"""A choice by its number and nothing else: three hours, or the third of a month, are no third choice."""
SEPARATORS = re.compile(r"[\s,，、;；/+和跟&]+")


def answer(filling: "Filling", question: Question, content: Content) -> Any:  # Any: typed by the question
    """The answer that a message gives to the question it was sent for, or `NOTHING`. May raise `Retry`."""
    reader = question.reader
    if isinstance(content, Text):
        if question.is_consent:
            return _consent(filling, content.body)
        if reader.several:
            return _several(filling, question, content.body)
        if (picked := _picked(filling, question, content.body)) is not NOTHING:
            return picked
    value = call(reader.read, filling.turn, filling.answers, content)
    many = len(filling.state.shown())
    if value is None and isinstance(content, Text) and reader.options and many and is_number(content.body):
        raise Retry("error-no-such-number", most=many)
    return NOTHING if value is None else value


def spot(filling: "Filling", question: Question, text: str) -> Any:  # Any: typed by the question
    """A sure answer to a question in a message that was not sent for it, or `NOTHING`. May raise `Retry`."""
    if question.reader.spot is not None:
        value = call(question.reader.spot, filling.turn, filling.answers, text)
        return NOTHING if value is None else value
    if question.reader.options is None or question.reader.several:
        return NOTHING
    said = typed.plain(text)
    named = [option for option in filling.options(question) if _is_named(option, said)]
    return named[0].value if len(named) == 1 else NOTHING


def is_mentioned(filling: "Filling", question: Question, text: str) -> bool:
    """Whether the message holds something for a question whose turn has not come, as far as words tell."""
    if question.reader.hint is not None:
        return question.reader.hint(filling.turn, text)
    found = question.reader.spot
    if found is None or len(parameters(found)) > TURN_AND_TEXT:
        return False
    try:
        return found(filling.turn, text) is not None
    except Retry:
        return True


def _is_named(option: Option[Any], said: str) -> bool:
    every = (typed.plain(word) for word in (option.label, *option.words))
    return any(len(word) > 1 and word in said for word in every)


def _consent(filling: "Filling", text: str) -> Any:
    offered = filling.state.shown()
    if _number(text) == 1 or (offered and typed.plain(text) == typed.plain(offered[0].label)):
        return True
    if filling.flow.no_leaves and words.whole(text, "keeping"):
        return False
    agreed = yes_no.read(text)
    return NOTHING if agreed is None else agreed


def _picked(filling: "Filling", question: Question, text: str) -> Any:
    """The option meant, among those shown, then among those that only have no button."""
    offered = filling.state.shown()
    number = None if question.reader.amount else _number(text)
    if number is not None and 1 <= number <= len(offered):
        return question.adapter.validate_python(offered[number - 1].value)
    if (found := by_label(offered, text)) is not None:
        return question.adapter.validate_python(found.value)
    if len(offered) == 1 and yes_no.read(text) is True:
        return question.adapter.validate_python(offered[0].value)
    if question.reader.options is None:
        return NOTHING
    said = typed.plain(text)
    for option in filling.options(question):
        if said in {typed.plain(word) for word in (option.label, *option.words)}:
            return option.value
    return NOTHING


def has_reader(question: Question) -> bool:
    """Whether something else than what is on offer may be typed."""
    return question.reader.spot is not None or question.reader.whole


def _several(filling: "Filling", question: Question, text: str) -> Any:
    """The options named by one message: "1 3", "1、3", labels one after the other, or "none"."""
    if yes_no.read(text) is False or yes_no.skips(text) or words.stands_in(text, "enough", "said"):
        return tuple(filling.form.picked and question.adapter.validate_python(tuple(filling.form.picked)))
    found = []
    offered = filling.state.shown()
    parts = SEPARATORS.split(text.strip())
    for part in parts:
        number = _number(part)
        is_there = number is not None and 1 <= number <= len(offered)
        if number is not None and not is_there and all(_number(each) is not None for each in parts):
            raise Retry("error-no-such-number", most=len(offered))
        meant = offered[number - 1] if number is not None and is_there else by_label(offered, part)
        if meant is None:
            found = [one.value for one in offered if _is_spoken_of(one, text)]
            break
        found.append(meant.value)
    if not found:
        return NOTHING
    return question.adapter.validate_python(tuple(dict.fromkeys([*filling.form.picked, *found])))


def _is_spoken_of(one: Offered, text: str) -> bool:
    """Whether one of the words for a choice stands in a longer message: "a dog and a baby"."""
    said = typed.plain(text)
    every = {typed.plain(word) for word in one.words}
    return any(
        re.search(rf"\b{re.escape(word)}\b", said) if word.isascii() else word in said for word in every
    )


def by_number(offered: Sequence[Offered], text: str) -> Offered | None:
    """The choice whose number was typed."""
    number = _number(text)
    return offered[number - 1] if number is not None and 1 <= number <= len(offered) else None


def exactly(offered: Sequence[Offered], text: str) -> Offered | None:
    """The choice whose very label was typed."""
    said = typed.plain(text)
    return next((one for one in offered if said and typed.plain(one.label) == said), None)


def is_number(text: str) -> bool:
    """Whether the message is nothing but the number of a choice."""
    return _number(text) is not None


def by_label(offered: Sequence[Offered], text: str) -> Offered | None:
    """The choice whose label was typed: whole, in part if only one has that part, or with a slip in it."""
    said = typed.plain(text)
    if not said:
        return None
    labels = [(one, {typed.plain(word) for word in (one.label, *one.words)}) for one in offered]
    for one, named in labels:
        if said in named:
            return one
    partly = [one for one, named in labels if len(said) > 1 and any(_is_part(said, word) for word in named)]
    if len(partly) == 1:
        return partly[0]
    scored = sorted(
        ((max(fuzz.ratio(said, word) for word in named), index) for index, (_, named) in enumerate(labels)),
        reverse=True,
    )
    if not scored or scored[0][0] < NEAR or (len(scored) > 1 and scored[0][0] - scored[1][0] < GAP):
        return None
    return offered[scored[0][1]]


def _is_part(said: str, label: str) -> bool:
    """Whether it stands in a label. Latin letters must be a word or begin one: "any" is not in "company"."""
    if not said.isascii():
        return said in label
    end = "" if len(said) >= LEAST_PART else r"\b"
    return re.search(rf"\b{re.escape(said)}{end}", label) is not None


def _number(text: str) -> int | None:
    """The number of a choice, where the message is nothing but that."""
    match = NUMBERED.fullmatch(typed.plain(text))
    if match is None:
        return None
    value = ORDINALS.get(match[1]) or numbers.read(match[1], "zh-CN")
    return int(value) if value is not None and value == int(value) and value < 100 else None
