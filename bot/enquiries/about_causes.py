"""What complaints taught: the report of a month, and the measures with what they brought about."""

import re
from datetime import date

from bot import cards, learning
from bot.flow import Turn
from bot.messages import Outbound, Text
from core.complaints import learning as learnt

MONTH = re.compile(r"(\d{4})\s*[-/年.]\s*(\d{1,2})")


def causes(turn: Turn, argument: str) -> list[Outbound]:
    """The report of the month on the button (`2026-11`) or in the message, else of this one."""
    today = turn.now.astimezone(turn.company.zone).date()
    body = turn.content.body if isinstance(turn.content, Text) else ""
    day = month_in(argument) or month_in(body) or today
    if day > today:
        return [turn.say("causes-ahead", choices=[cards.go(turn, "causes")])]
    return [learning.report(turn, day)]


def month_in(said: str) -> date | None:
    """The first day of the month that is named like `2026-11` or with the year's and month's signs."""
    found = MONTH.search(said)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        return None
    return date(int(found[1]), int(found[2]), 1)


def measures(turn: Turn, _argument: str) -> list[Outbound]:
    """What was done about causes lately, and what came of it."""
    found = learnt.measures(turn.session, learning.SHOWN)
    choices = (cards.go(turn, "measuring"), cards.go(turn, "causes"))
    if not found:
        return [turn.say("measures-none", choices=choices)]
    return [*learning.listed(turn, found), turn.say("measures-more", choices=choices)]
