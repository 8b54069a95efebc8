"""What is often asked of a company, heard in what people write and answered in the company's own words."""

import re
from functools import lru_cache

from bot import cards, words
from bot.flow import Turn
from bot.messages import Outbound, Text
from bot.readers import typed
from core.company import Company
from core.questions import Question

NAME = "question"
LONGEST = 80
"""Characters of a question; who writes more tells something."""


def asked(company: Company, body: str) -> Question | None:
    """The question that a message asks. Statements with the same words are none, nor is what went wrong."""
    if len(body) > LONGEST or words.stands_in(body, "asking", "failed"):
        return None
    if not (words.ends_like_a_question(body) or words.stands_in(body, "asking", "within")):
        return None
    said = typed.plain(body)
    return next((one for one, pattern in _patterns(company) if pattern.search(said)), None)


@lru_cache(maxsize=8)
def _patterns(company: Company) -> tuple[tuple[Question, re.Pattern[str]], ...]:
    return tuple((one, re.compile("|".join(words.bounded(_phrases(one))))) for one in company.questions)


def _phrases(question: Question) -> set[str]:
    return {typed.plain(phrase) for listed in question.asked.values() for phrase in listed}


def answered(turn: Turn, argument: str) -> list[Outbound]:
    """What the company answers, and that a person may be asked."""
    body = turn.content.body if isinstance(turn.content, Text) else ""
    named = (one for one in turn.company.questions if one.code == argument)
    found = next(named, None) or asked(turn.company, body)
    choices = (cards.go(turn, "booking"), cards.go(turn, "person"))
    if found is None:  # a button of ours from before the file changed
        return [turn.say("question-gone", choices=list(choices))]
    return [Outbound(found.answer.get(turn.language).replace("{phone}", turn.house_phone), choices)]
