"""What staff type to act on a complaint: `/case 12`, `回复 12 …`, `备注 …`; heard before anything else.

A note that somebody begins to type while they write to a customer is a note all the same.
"""

import re
from dataclasses import dataclass
from functools import cache

from bot import words
from bot.flow import Turn
from bot.handling import acting, view
from bot.messages import Outbound
from bot.readers import numbers
from core import team

TABLE = "commands"
ALONE = frozenset({"case", "take"})
"""Nothing follows these but a number; with more behind it, it is a sentence."""
NUMBER = re.compile(r"(?P<sign>[#＃]?)\s*(\d{1,9})\s*(?P<counter>号|號)?(?:[\s:：,，、.。]+|$)")
APART = re.compile(r"[\s:：,，、#＃\d]|$")
"""What follows a command whose words go to somebody, so that "回复得太慢了" is none."""
SENDS = frozenset({"reply", "note"})
NUMBERED = frozenset({"plan", "settle"})
"""Words follow these only behind a number, or it is a sentence."""
FLOWS = {
    "reply": "replying", "note": "noting", "pass": "passing", "remedy": "remedying", "plan": "planning",
    "settle": "resolving",
}  # fmt: skip
EDGE = re.compile(r"[\s:：,，、]*")


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be done, to which complaint if that was said, and the words after it."""

    name: str
    number: int | None
    rest: str
    marked: bool = False
    """Whether the number can be nothing else: "#12", "12号"."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A flow or enquiry that is to be begun instead, because something has to be asked."""

    name: str
    argument: str


def meant(body: str) -> Command | None:
    """The command that a message begins with, if it is one."""
    said = body.strip()
    for name in words.names(TABLE):
        if (found := _pattern(name).match(said)) is None:
            continue
        if name in SENDS and not APART.match(said, found.end()):
            continue
        rest = EDGE.sub("", said[found.end() :], count=1)
        number = NUMBER.match(rest)
        after = rest[number.end() :] if number else rest
        if name in ALONE and (after or (number is None and name == "case")):
            continue
        if name in NUMBERED and number is None and rest:
            continue
        if name == "remedy" and not after:  # one number is the amount
            number, after = None, rest
        marked = number is not None and bool(number["sign"] or number["counter"])
        return Command(name, int(number[2]) if number else None, after, marked)
    return None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The words for a command, followed by something that cannot be part of them."""
    listed = sorted(words.raw(TABLE, name), key=len, reverse=True)
    return re.compile(
        "|".join(rf"{re.escape(one)}(?![A-Za-z])" if one.isascii() else re.escape(one) for one in listed),
        re.IGNORECASE,
    )


def do(turn: Turn, command: Command) -> list[Outbound] | Opening:
    """Do it with the same permissions as by button; what has to be asked first begins its form.

    Raises UnknownComplaint and NotYours.
    """
    number = command.number or turn.case
    argument = str(number) if number is not None else ""
    flow = FLOWS.get(command.name)
    if command.name == "take" and command.number is None:  # whatever they are asked to take just now
        return Opening("mine", "")
    if number is None:
        return Opening(flow or "complaints", "")
    if command.name == "reply" and not command.marked and turn.case not in (None, number):
        return Opening("replying", "")  # "回复 2 点到" may be no complaint's number: it is asked once more
    complaint = acting.case_of(turn, number)
    rest = command.rest.strip()
    match command.name:
        case "case":
            return [view.show(turn, complaint)]
        case "take":
            return Opening("mine", argument)
        case "reply" if rest:
            return [acting.reply(turn, complaint, rest)]
        case "note" if rest:
            return [acting.note(turn, complaint, rest)]
        case "pass" if rest:
            return _pass(turn, argument, rest)
        case "remedy" if (amount := _amount(rest)) is not None:
            return Opening("remedying", f"{argument}:{amount}")
        case "plan" | "settle" if rest:
            return Opening(FLOWS[command.name], f"{argument}:{rest}")
    return Opening(flow or "complaint", argument)


def _pass(turn: Turn, argument: str, rest: str) -> list[Outbound] | Opening:
    """`NAME`, and then a reason if there is one; a name that nobody or several have is asked for."""
    name, _, reason = rest.partition(" ")
    found = team.members_called(turn.session, name)
    if len(found) != 1:
        return Opening("passing", argument)
    if not reason.strip():
        return Opening("passing", f"{argument}:{found[0].id}")
    return [acting.pass_on(turn, acting.case_of(turn, int(argument)), found[0].id or 0, reason.strip())]


def _amount(rest: str) -> int | None:
    """An amount in fen, where that is all there is."""
    value = numbers.read(rest, "zh-CN") if rest else None
    return round(value * 100) if value is not None and value > 0 else None
