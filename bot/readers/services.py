"""Which service somebody means, by its name, by what people call it, and through typing mistakes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.readers import sounds, typed
from core.catalogue import Service
from core.company import Company


@dataclass(frozen=True, slots=True)
class Guess:
    """A service that may be meant."""

    code: str
    score: float
    """From 0 to 1; from `SURE` on it may be taken without asking when no other comes within `GAP`."""


SURE, GAP = 0.8, 0.08
WHOLE, INSIDE = 1.0, 0.95
"""The message is the name, or has it among other words."""
MISTYPED = 0.9
"""It is the name but for a character of the same sound, or one wrong letter."""
FAMILY, LISTED = 0.75, 0.05
"""A word for a whole family of services ("保洁"), and what a service loses that does not list the word."""
OTHER_LANGUAGE = 0.01
"""What a guess loses that was made by a word of the other language."""
LIKE_HAN, LIKE_LATIN = 60, 76
"""Per cent of likeness from which something is worth a question."""
SURELY_HAN, SURELY_LATIN = 80, 90
"""Per cent from which it is taken for a typing mistake; near a word for a family, nothing less counts."""
_SHORTEST_TO_COMPARE, _LONGEST_TO_COMPARE, _LONGEST_MESSAGE = 3, 40, 100
_SHORTEST_SURE = 4
"""Characters of a name that a mere likeness is enough for."""
_SHORTEST_SOUND = 3
"""Characters; two that sound alike are too common inside a sentence."""
_SHORTEST_MISTYPED, _SHORTEST_ALONE = 4, 6
"""Letters of a word worth correcting, and of one that names a service all by itself after that."""
_TWO_MISTAKES = 8

_FAMILIES = (
    (
        "保洁"
    , (
        "保洁 清洁 打扫 卫生 打扫卫生 搞卫生 做卫生 做清洁 做保洁 搞清洁 收拾 cleaning clean cleaner "
        "cleaners cleanup housekeeping"
    )),
    ("清洗", "清洗 家电清洗 洗家电 清洗家电 家电 电器清洗 appliance appliances"),
    ("阿姨", "阿姨 auntie ayi"),
)  # fmt: skip
"""Words that mean several services: all whose name holds the first one, or that are called by the word."""

_NEGATED = re.compile(
    r"(?:不要|不是|不做|不用|不需要|不想要?|别|除了|而非|不约|(?<![a-z])(?:not|no|without|except|instead of"
    r"|don't (?:want|need)))"
    r"(?: ?(?:这个|那个|做|约|a|an|the|any))? ?"
)
_REFUSED = re.compile(_NEGATED.pattern + "$")
_FILLERS_FIRST = re.compile(
    r"^(?:(?:我们?|你们?|想|要|约|预约|预订|预定|订|定|一|个|次|下|请|帮忙?|来|有没有|有|需要|给|家里|的|找"
    r"|做(?!饭)|搞|弄|现在|今天|明天|安排|叫|选|"
    r"那个|就|是|两|能|可以|会|吗)"
    r"|(?:i'd|i'm|i|we|want|need|would|like|love|to|a|an|the|book|please|some|can|could|you|do|my|our|get|me"
    r"|for|have|looking|"
    r"schedule|arrange|order|is|it|one|just|hi|hello|of)(?![a-z']) ?)+"
)
_FILLERS_LAST = re.compile(
    r"(?:服务|一下|一次|的|了|多少钱|怎么收费|吧|吗|呢| (?:please|service|services|visit|today|tomorrow"
    r"|thanks))++$"
)
_HYPHEN = re.compile(r"(?<=[a-z])[-/](?=[a-z])")
_LATIN_WORD = re.compile(r"[a-z][a-z']*")
_MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that name services: all of them, where several share the words."""

    text: str
    codes: frozenset[str]
    listed: frozenset[str]
    is_family: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: _Phrase
    score: float


@dataclass(frozen=True, slots=True)
class _Index:
    """What is worked out once for a company."""

    order: dict[str, int]
    by_text: dict[str, tuple[_Phrase, ...]]
    by_sound: dict[str, tuple[_Phrase, ...]]
    families: frozenset[str]
    sounds: list[str]
    of_sound: list[_Phrase]
    vocabulary: dict[str, tuple[str, ...]]


_indexes: dict[str, _Index] = {}
_MOST_INDEXES = 8


def read(text: str, company: Company, language: str = "") -> list[Guess]:
    """The services that may be meant, the likeliest first; empty where none is.

    A word for many ("保洁", "cleaning") gives all of its family, all of them below `SURE`. Both languages are
    heard; `language` (a BCP 47 tag) only decides between equals.
    """
    index = _index(company)
    scores: dict[str, float] = {}
    for hit in _agreed(_hits(_words(text), index)):
        foreign = bool(language) and language.startswith("zh") != typed.is_han(hit.phrase.text)
        for code in hit.phrase.codes:
            score = hit.score - (0 if code in hit.phrase.listed else LISTED)
            scores[code] = max(scores.get(code, 0), score - (OTHER_LANGUAGE if foreign else 0))
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], index.order[pair[0]]))
    return [Guess(code, round(score, 3)) for code, score in ranked]


def spot(text: str, company: Company) -> str | None:
    """The code of the one service that is surely meant; None for a family, for two, for a mere likeness."""
    guesses = read(text, company)
    if not guesses or guesses[0].score < SURE:
        return None
    return guesses[0].code if len(guesses) == 1 or guesses[0].score - guesses[1].score >= GAP else None


def _words(text: str) -> str:
    return _HYPHEN.sub(" ", typed.join_han(typed.plain(text)))


def _hits(words: str, index: _Index) -> list[_Hit]:
    """The phrases found, by the strictest way that finds one service, else more than a family."""
    bare = typed.bare(words)
    exact = _scan(words, words, index.by_text, bare)
    named, common = _specific(exact)
    if named and len(common) < 2:  # one service, or several that have nothing in common
        return exact
    mended = _heard(words, bare, index) if typed.is_han(words) else _mended(words, index)
    if len(_specific(mended)[1]) == 1 or (mended and not named):
        return mended
    if named or _NEGATED.search(words):
        return exact
    return _alike(bare, index, near_family=bool(exact)) or exact


def _specific(hits: list[_Hit]) -> tuple[list[_Hit], frozenset[str]]:
    """The hits that are no family's, and the services that all of them can mean."""
    specific = [hit for hit in hits if not hit.phrase.is_family]
    return specific, frozenset.intersection(
        *(hit.phrase.codes for hit in specific)
    ) if specific else frozenset()


def _heard(words: str, bare: str, index: _Index) -> list[_Hit]:
    """Services called by characters that sound like their names: 日常宝洁."""
    found = _scan(sounds.of(words), words, index.by_sound, sounds.of(bare), least=_SHORTEST_SOUND)
    return [_Hit(hit.phrase, MISTYPED) for hit in found]


def _mended(words: str, index: _Index) -> list[_Hit]:
    """Services called by English words with a typing mistake: "deep cleanning"."""
    corrected = _corrected(words, index)
    if corrected == words:
        return []
    return [
        _Hit(hit.phrase, min(hit.score, MISTYPED))
        for hit in _scan(corrected, corrected, index.by_text, corrected)
        if " " in hit.phrase.text or len(hit.phrase.text) >= _SHORTEST_ALONE
    ]


def _agreed(hits: list[_Hit]) -> list[_Hit]:
    """What all the phrases say together: "挂机" and "空调清洗" are the one service that both can mean."""
    specific, common = _specific(hits)
    if not common or len(specific) == 1:
        return specific or hits
    best = max(specific, key=lambda hit: hit.score)
    return [_Hit(_Phrase(best.phrase.text, common, common), best.score)]


def _scan(
    words: str, said: str, phrases: dict[str, tuple[_Phrase, ...]], whole: str, least: int = 1
) -> list[_Hit]:
    """The phrases inside `words`, longest first where they overlap, without those that were refused.

    `said` is what was typed, character by character beside `words`; phrases shorter than `least` count only
    as the `whole` message.
    """
    seen: list[tuple[int, int, _Phrase]] = []
    for at, letter in enumerate(words):
        for phrase in phrases.get(letter, ()):
            if words.startswith(phrase.text, at) and _stands_alone(words, at, len(phrase.text)):
                if len(phrase.text) >= least or phrase.text == whole:
                    seen.append((at, at + len(phrase.text), phrase))
                break
    seen.sort(key=lambda place: place[0] - place[1])
    taken: list[tuple[int, int]] = []
    hits: list[_Hit] = []
    for begins, ends, phrase in seen:
        if any(begins < other_ends and ends > other_begins for other_begins, other_ends in taken):
            continue
        taken.append((begins, ends))
        if _REFUSED.search(said[max(0, begins - 20) : begins]):
            continue
        score = FAMILY if phrase.is_family else WHOLE if phrase.text == whole else INSIDE
        hits.append(_Hit(phrase, score))
    return hits


def _stands_alone(words: str, at: int, length: int) -> bool:
    """Latin letters count as whole words only."""
    before, after = words[at - 1 : at] if at else "", words[at + length : at + length + 1]
    return not (
        (before.isascii() and before.isalnum() and words[at].isascii())
        or (after.isascii() and after.isalnum() and words[at + length - 1].isascii())
    )


def _corrected(words: str, index: _Index) -> str:
    """The English words with typing mistakes mended towards words that name services."""
    return _LATIN_WORD.sub(lambda word: _nearest(word[0], index) or word[0], words[:200])


def _nearest(word: str, index: _Index) -> str | None:
    if len(word) < _SHORTEST_MISTYPED:
        return None
    mistakes = 2 if len(word) >= _TWO_MISTAKES else 1
    known = index.vocabulary.get(word[0], ())
    if word in known:
        return None
    near = [(OSA.distance(word, other, score_cutoff=mistakes), other) for other in known]
    distance, other = min(near, default=(mistakes + 1, ""))
    return other if distance <= mistakes else None


def _alike(bare: str, index: _Index, *, near_family: bool) -> list[_Hit]:
    """Phrases the whole message resembles, by sound for Chinese."""
    if len(bare) > _LONGEST_MESSAGE:
        return []
    query = _FILLERS_LAST.sub("", _FILLERS_FIRST.sub("", bare)) or bare
    if not _SHORTEST_TO_COMPARE <= len(query) <= _LONGEST_TO_COMPARE or index.families & {bare, query}:
        return []
    least, surely = (LIKE_HAN, SURELY_HAN) if typed.is_han(query) else (LIKE_LATIN, SURELY_LATIN)
    near = process.extract(
        sounds.of(query),
        index.sounds,
        scorer=fuzz.ratio,
        score_cutoff=surely if near_family else least,
        limit=_MOST_ALIKE,
    )
    hits = []
    for sound, likeness, place in near:
        is_sure = likeness >= surely and len(sound) >= _SHORTEST_SURE
        hits.append(_Hit(index.of_sound[place], min(likeness / 100, MISTYPED if is_sure else SURE - 0.01)))
    return hits


def _index(company: Company) -> _Index:
    known = _indexes.get(company.version)
    if known is None:
        if len(_indexes) >= _MOST_INDEXES:
            _indexes.clear()
        known = _indexes[company.version] = _built(company)
    return known


def _built(company: Company) -> _Index:
    named = {service.code: _phrases_of(service, company.languages) for service in company.services}
    names = {
        service.code: {_words(service.name.get(language)) for language in company.languages}
        for service in company.services
    }
    phrases = {text: _phrase(text, named, names) for texts in named.values() for text in texts}
    for stem, members in _FAMILIES:
        for word in members.split():
            family = _family(word, stem, named, names)
            if family and not any(word in own for own in names.values()):
                phrases[word] = family
    for text, phrase in list(phrases.items()):
        joined = text.replace(" ", "")
        if text.isascii() and len(joined) > _SHORTEST_ALONE:  # "rangehood"
            phrases.setdefault(joined, _Phrase(joined, phrase.codes, phrase.listed, phrase.is_family))
    specific = [phrase for phrase in phrases.values() if not phrase.is_family]
    spoken = [_Phrase(sounds.of(p.text), p.codes, p.listed) for p in specific if typed.is_han(p.text)]
    vocabulary = {word for text in phrases for word in _LATIN_WORD.findall(text)}
    return _Index(
        order={service.code: place for place, service in enumerate(company.services)},
        by_text=_by_first(phrases.values()),
        by_sound=_by_first(phrase for phrase in spoken if len(phrase.text) > 1),
        families=frozenset(phrase.text for phrase in phrases.values() if phrase.is_family),
        sounds=[sounds.of(phrase.text) for phrase in specific],
        of_sound=specific,
        vocabulary={
            letter: tuple(sorted(word for word in vocabulary if word[0] == letter and len(word) > 2))
            for letter in {word[0] for word in vocabulary}
        },
    )


def _phrases_of(service: Service, languages: Iterable[str]) -> set[str]:
    texts = {service.name.get(language) for language in languages}
    texts.update(nickname for nicknames in service.nicknames.values() for nickname in nicknames)
    return {phrase for text in texts if (phrase := _words(text))}


def _phrase(text: str, named: dict[str, set[str]], names: dict[str, set[str]]) -> _Phrase:
    """A nickname that is a part of other services' names ("空调清洗") means those as well."""
    listed = frozenset(code for code, texts in named.items() if text in texts)
    if any(text in own for own in names.values()):
        return _Phrase(text, frozenset(code for code, own in names.items() if text in own), listed)
    others = frozenset(code for code, own in names.items() if any(_contains(name, text) for name in own))
    return _Phrase(text, listed | others, listed)


def _family(word: str, stem: str, named: dict[str, set[str]], names: dict[str, set[str]]) -> _Phrase | None:
    listed = frozenset(code for code, texts in named.items() if word in texts)
    members = frozenset(code for code, own in names.items() if any(stem in name for name in own))
    if len(members | listed) < 2:
        members = frozenset(code for code, own in named.items() if any(_contains(text, word) for text in own))
    codes = members | listed
    return _Phrase(word, codes, listed, is_family=len(codes) > 1) if codes else None


def _contains(text: str, word: str) -> bool:
    if not word.isascii():
        return word in text
    return f" {word} " in f" {text} "


def _by_first(phrases: Iterable[_Phrase]) -> dict[str, tuple[_Phrase, ...]]:
    """The phrases by their first character, longest first. Where two sound alike, both are meant."""
    merged: dict[str, _Phrase] = {}
    for phrase in phrases:
        other = merged.get(phrase.text)
        if other:
            phrase = _Phrase(phrase.text, phrase.codes | other.codes, phrase.listed | other.listed)
        merged[phrase.text] = phrase
    return {
        letter: tuple(
            sorted((p for p in merged.values() if p.text[0] == letter), key=lambda p: (-len(p.text), p.text))
        )
        for letter in {text[0] for text in merged}
    }
