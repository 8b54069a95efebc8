"""Staff write down what is done so that a complaint does not come again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot import cards, learning
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.messages import Content, Outbound, Text
from bot.readers import when
from bot.verdicts import Leave, Retry
from core.complaints import learning as learnt
from core.complaints.tables import Cause, Complaint
from core.identities import Role

SHOWN, MORE = 5, "more"
LONGEST = 200


OF_NONE = 0
"""Stands for a measure that comes of no one complaint."""


def _read_number(turn: Turn, content: Content) -> int | None:
    """A complaint by its number."""
    said = content.body.strip().removeprefix("#") if isinstance(content, Text) else ""
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        return None
    return int(said) if turn.session.get(Complaint, int(said)) is not None else None


def of_none(_turn: Turn) -> int:
    """Unless a button says otherwise it comes of no one complaint."""
    return OF_NONE


def causes(turn: Turn) -> Options[str]:
    """The causes of most complaints of this month, and a way to the others, which may be typed at once."""
    common, others = _causes(turn)
    more = Option(MORE, turn.text("resolving-cause-more"))
    return [*_named(turn, common), more, *_named(turn, others, shown=False)]


def other_causes(turn: Turn) -> Options[str]:
    """The causes that had no button."""
    return _named(turn, _causes(turn)[1])


def _causes(turn: Turn) -> tuple[list[Cause], list[Cause]]:
    today = turn.now.astimezone(turn.company.zone).date()
    found = turn.once(
        "month of causes", lambda: learnt.month(turn.session, turn.company, today, turn.now).causes
    )
    common: list[Cause] = [one.cause for one in found if one.cause is not Cause.UNFOUNDED]
    every: list[Cause] = [
        *common,
        *(one for one in Cause if one not in common and one is not Cause.UNFOUNDED),
    ]
    return every[:SHOWN], every[SHOWN:]


def _named(turn: Turn, found: Sequence[Cause], *, shown: bool = True) -> list[Option[str]]:
    return [Option(one.value, learning.cause(turn, one), shown=shown) for one in found]


def is_other(_turn: Turn, cause: str) -> bool:
    """Whether the cause is among those that had no button."""
    return cause == MORE


def whats(turn: Turn) -> Options[str]:
    """What a measure may be."""
    return [Option(one, turn.text(f"measuring-{one}")) for one in learnt.WHATS]


def days(turn: Turn) -> Options[date]:
    """Today; any other day is typed."""
    today = turn.now.astimezone(turn.company.zone).date()
    return [Option(today, turn.text("measuring-today"))]


def _read_day(turn: Turn, content: Content) -> date | None:
    body = content.body if isinstance(content, Text) else ""
    found = when.read(body, turn.now.astimezone(turn.company.zone), turn.language) if body else None
    return found.starts.date() if found and found.has_day and found.starts else None


def not_long_ago(turn: Turn, since: date) -> None:
    """A day within a year around today, so that a slip of the year does not spoil the figures."""
    today = turn.now.astimezone(turn.company.zone).date()
    if abs((since - today).days) > 365:
        raise Retry("measuring-day-far")


class Measuring(Flow):
    """About which cause, what it is, in words, and since when."""

    roles = frozenset({Role.STAFF})

    complaint: int = ask(Reader(_read_number, silent=True), known=of_none)
    cause: str = ask(one_of(causes))
    other: str = ask(one_of(other_causes), when=is_other)
    what: str = ask(one_of(whats))
    words: str = ask(free_text(LONGEST))
    since: date = ask(one_of(days, other=Reader(_read_day)), check=not_long_ago)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The complaint it comes of, by its number, with its cause where that is known; or a cause."""
        if argument.isascii() and argument.isdecimal():
            found = turn.session.get(Complaint, int(argument))
            if found is None:
                raise Leave("complaint-unknown")
            return {"complaint": found.id, **({"cause": found.cause.value} if found.cause else {})}
        return {"cause": argument} if argument in {one.value for one in Cause} else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep it; what it brings about is told in the list of measures."""
        cause = Cause(self.other or self.cause)
        learnt.measure(
            turn.session,
            cause=cause,
            what=self.what,
            words=self.words,
            from_day=self.since,
            staff_id=turn.identity.staff_id or 0,
            complaint_id=self.complaint or None,
            now=turn.now,
        )
        choices = [cards.go(turn, "measures"), cards.go(turn, "causes")]
        return [turn.say("measuring-done", cause=learning.cause(turn, cause), choices=choices)]
