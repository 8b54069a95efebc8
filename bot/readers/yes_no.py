"""Whether somebody agrees. Consent is never guessed: one word too many and the answer is "not clear"."""

import re

from bot.readers import typed

_PARTS = re.compile(r"(?:[^\w\s']|_)+")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_TWO_SCRIPTS = re.compile(rf"(?<=[a-z])(?=[{typed.HAN}])|(?<=[{typed.HAN}])(?=[a-z])")
_DRAWN_OUT = re.compile(r"(.)\1+$")
_TWO_SCRIPTS = re.compile(rf"(?<=[a-z])(?=[{typed.HAN}])|(?<=[{typed.HAN}])(?=[a-z])|(?<=[a-z])-(?=[a-z])")
_FILLERS = frozenset(
    "吧 呢 哦 噢 喔 啦 呀 啊 哈 哈哈 嘛 哟 呗 咯 喽 耶 哇 的 谢谢 谢谢你 谢谢您 多谢 谢了 感谢 辛苦 辛苦了 "
    "麻烦 麻烦你 麻烦您 麻烦您了 麻烦你了 麻烦了 "
    "你好 您好 那 那就 那么 就 请 please pls plz thanks thankyou thx tks ty cheers mate dear lah la then oh "
    "ah hi hello "
    "um umm well so hmm haha sorry 抱歉 哦哦 噢噢 亲".split()
) | {"thank you", "thank you very much", "thanks a lot", "many thanks"}
_LONGEST_ANSWER = 60
_LONGEST_WORD = 32


def read(text: str) -> bool | None:
    """True for yes, False for no; None for everything else, also for a yes with a condition or a question.

    The whole message has to say it, in one language or both: "好的，谢谢", "yes please", "ok 👌". Words that
    pull in both directions ("好的 不用了", "不是不行") are None.
    """
    pictures = _pictures(text)
    said = _said(typed.join_han(typed.plain(text)))
    if said is None:
        return None
    heard = pictures | said
    return heard.pop() if len(heard) == 1 else None


def skips(text: str) -> bool:
    """Whether the whole message says that the question may stay unanswered: "跳过", "skip it", "没有"."""
    words, bare = typed.words("skip"), typed.bare(text)
    if bare in words or typed.join_han(typed.plain(text)) in words:
        return True
    return not bare and any(sign in text[: typed.LONGEST] for sign in typed.signs("skip"))


def _pictures(text: str) -> set[bool]:
    seen = text[: typed.LONGEST]
    return {
        answer
        for answer, table in ((True, "yes"), (False, "no"))
        if any(sign in seen for sign in typed.signs(table))
    }


def _said(text: str) -> set[bool] | None:
    """What the words say; empty where there are none; None where they say something else as well."""
    if len(text) > _LONGEST_ANSWER or "?" in text:
        return None
    said: set[bool] = set()
    for part in _PARTS.split(_HYPHEN.sub(" ", text)):
        heard = _part(part.strip())
        if heard is None:
            return None
        said |= heard
    return said if len(said) < 2 else None


def _part(part: str) -> set[bool] | None:
    yes, no = typed.words("yes"), typed.words("no")
    if part in yes or part in no:
        return {part in yes}
    part = _TWO_SCRIPTS.sub(" ", part)
    heard: list[tuple[str, bool]] = []
    at = 0
    while at < len(part):
        if part[at] == " ":
            at += 1
            continue
        word = _word_at(part, at, yes | no)
        if not word:
            return None
        shortest = _short(word, yes | no)
        if shortest in yes or shortest in no:
            heard.append((shortest, shortest in yes))
        at += len(word)
    refusals = {word for word, is_yes in heard if not is_yes}
    if len(refusals) > 1:  # "不是不行": two refusals in one breath are often a yes
        return None
    return {is_yes for _, is_yes in heard}


def _word_at(part: str, at: int, known: frozenset[str]) -> str:
    """The longest word or phrase we know that begins there, "" for none."""
    if not part[at].isascii():
        for length in range(min(_LONGEST_WORD, len(part) - at), 0, -1):
            if part[at : at + length] in known or part[at : at + length] in _FILLERS:
                return part[at : at + length]
        return ""
    ends = [found.end() for found in re.finditer(r"[a-z']+", part[at:])]
    for end in reversed(ends):
        phrase = part[at : at + end]
        if len(phrase) <= _LONGEST_WORD and (_short(phrase, known) in known or phrase in _FILLERS):
            return phrase
    return ""


def _short(word: str, known: frozenset[str]) -> str:
    """The word itself, or what it is when somebody drew it out: "yesss", "okkk", "nooo"."""
    if word in known or word in _FILLERS:
        return word
    return _DRAWN_OUT.sub(r"\1", word)
