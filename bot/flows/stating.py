"""A worker says how they saw a visit of theirs; they learn no more than what is asked."""

from typing import Any

from bot import cards, complaints
from bot.answers import a_photo, free_text
from bot.desk import leave
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.handling import view
from bot.messages import Outbound
from bot.verdicts import Leave
from core.complaints import Complaint, Statement, statements
from core.errors import DomainError
from core.identities import Role
from core.visits import Visit
from core.workers import Worker

LONGEST = 1_000


def owed(turn: Turn) -> Options[int]:
    """The visits they are asked about."""
    found = statements.owed_by(turn.session, turn.worker_id)
    if not found:
        raise Leave("stating-nothing")
    return [Option(one.complaint_id, line(turn, one.complaint_id)) for one in found]


def only_owed(turn: Turn) -> int | None:
    """The one that must be meant."""
    found = owed(turn)
    return found[0].value if len(found) == 1 else None


def line(turn: Turn, asked: int) -> str:
    """The visit that a worker is asked about."""
    visit = turn.session.get_one(Visit, turn.session.get_one(Complaint, asked).visit_id)
    return cards.visit_line(turn, visit)


class Stating(Flow):
    """Which visit, what happened, and a photo if there is one."""

    roles = frozenset({Role.WORKER})

    asked: int = ask(one_of(owed), known=only_owed)
    words: str = ask(free_text(LONGEST))
    photo: str | None = ask(a_photo, skippable=True)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """What a button asks about; leaves where they were not asked."""
        if not argument.isdecimal():
            return {}
        try:
            return {"asked": statements.find(turn.session, int(argument), turn.worker_id).complaint_id}
        except DomainError as no:
            raise Leave("stating-nothing") from no

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep it; whoever works on the complaint reads it."""
        media = [self.photo] if self.photo else []
        try:
            given = statements.give_statement(
                turn.session, self.asked, turn.worker_id, self.words, media=media, now=turn.now
            )
        except DomainError as no:
            raise leave(no) from no
        _tell(turn, given)
        return [
            turn.say("stating-done", choices=[cards.go(turn, "stating", str(self.asked), "go-stating-more")])
        ]


def _tell(turn: Turn, given: Statement) -> None:
    complaint = turn.session.get_one(Complaint, given.complaint_id)
    name = turn.session.get_one(Worker, given.worker_id).name
    number = str(complaint.id)

    def make(their: Turn) -> Outbound:
        return their.say(
            "stating-told",
            name=name,
            number=number,
            words=view.cut(given.words),
            photos=len(given.media),
            choices=[cards.go(their, "complaint", number, "go-case")],
        )

    if not complaints.tell_member(turn, complaint.owner_id or 0, make):
        complaints.tell_staff(turn, complaint, make)
