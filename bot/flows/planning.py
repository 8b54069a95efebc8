"""Staff tell the customer of a complaint what will be done, and until when."""

from datetime import datetime, timedelta
from typing import Any

from bot import complaints
from bot.answers import free_text
from bot.desk import leave
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.handling import acting
from bot.messages import Content, Outbound, Text
from bot.readers import when
from bot.verdicts import Retry
from core.complaints import finding
from core.errors import DomainError
from core.identities import Role

SOON = timedelta(hours=2)


def moments(turn: Turn, case: int) -> Options[datetime]:
    """Some moments that are usual, and the one that was promised for the end."""
    local = turn.now.astimezone(turn.company.zone)
    today = local.replace(minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    promised = finding.find(turn.session, case).resolve_by
    found = [
        today + SOON,
        today.replace(hour=18),
        tomorrow.replace(hour=12),
        tomorrow.replace(hour=18),
        promised,
    ]
    ahead = sorted({one for one in found if one > turn.now})
    return [Option(one, complaints.clock(turn, one)) for one in ahead]


def _read(turn: Turn, content: Content) -> datetime | None:
    if not isinstance(content, Text):
        return None
    reading = when.read(content.body, turn.now.astimezone(turn.company.zone), turn.language)
    meant = (reading.starts or reading.ends) if reading is not None and reading.has_time else None
    if meant is not None and meant <= turn.now:
        raise Retry("planning-until-past")
    return meant


class Planning(Flow):
    """Which complaint, what will be done, and until when."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    words: str = ask(free_text(500))
    until: datetime = ask(one_of(moments, other=Reader(_read, worded=complaints.clock)))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`NUMBER` by a button, or `NUMBER:WORDS` as it is typed; else the one they looked at last."""
        said = argument.partition(":")[2]
        return acting.opened(turn, argument) | ({"words": said} if said else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Tell the customer."""
        try:
            return [acting.plan(turn, acting.case_of(turn, self.case), self.words, self.until)]
        except DomainError as no:
            raise leave(no) from no
