"""A worker dropped out: the customer agrees to somebody else, takes another time, or gives the visit up."""

from datetime import UTC, datetime
from typing import Any

from bot import benefits, cards, offering, owing, reminding, replacing
from bot.desk import leave
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.interrupts import Interrupt
from bot.messages import Outbound
from bot.verdicts import AskAgain, Leave
from core import dropouts, visits, windows
from core.errors import DomainError
from core.visits import Visit

AGREE, TO, CANCEL = "agree-", "to-", "cancel"


def open_visits(turn: Turn) -> Options[Reference]:
    """Their visits about which they may choose."""
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    found = [one for one in ahead if dropouts.asked_of(turn.session, one.id) is not None]
    if not found:
        raise Leave("replacing-nothing")
    return [Option(Reference(one.reference), cards.visit_line(turn, one), (one.reference,)) for one in found]


def only_open(turn: Turn) -> Reference | None:
    """The visit that must be meant, because there is no other."""
    found = open_visits(turn)
    return found[0].value if len(found) == 1 else None


def ways(turn: Turn, visit: Reference) -> Options[str]:
    """What can be chosen now; what another card offered before is not."""
    about = cards.visit_of(turn, visit)
    made = dropouts.asked_of(turn.session, about.id)
    if made is None:
        raise _settled(turn, about)
    times = replacing.other_times(turn, about) if made.instead_id is None else []
    agree = [Option(f"{AGREE}{made.id}", turn.text("replacing-agree"))] if made.instead_id is not None else []
    moves = [Option(replacing.time_code(one), replacing.time_label(turn, one)) for one in times]
    return [*agree, *moves, Option(CANCEL, turn.text("replacing-cancel-free"))]


def is_cancel(_turn: Turn, way: str) -> bool:
    """Whether the visit is to be given up, which is asked about once more."""
    return way == CANCEL


def sure_or_not(turn: Turn) -> Options[bool]:
    """Give it up, or not."""
    return [Option(True, turn.text("replacing-sure-yes")), Option(False, turn.text("replacing-sure-no"))]


def _settled(turn: Turn, visit: Visit) -> Leave:
    if visit.status in visits.LIVE:
        who = cards.team(turn, visit)
        return Leave("replacing-settled", when=cards.when(turn, visit), team=who)
    return Leave(visits.MoveNotAllowed.key, status=visit.status.value)


class Replacing(Flow):
    """Which visit, and what to do about it; giving it up is asked about twice."""

    unclear = frozenset({Interrupt.CANCEL})
    subjects = {"progress": "visit"}

    visit: Reference = ask(one_of(open_visits), known=only_open)
    way: str = ask(one_of(ways))
    sure: bool = ask(one_of(sure_or_not), when=is_cancel)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`REFERENCE:way` of a button; leaves with how the visit stands once it is settled."""
        reference, _, way = argument.partition(":")
        if not reference:
            return {}
        try:
            visit = cards.visit_of(turn, reference)
        except DomainError as no:
            raise leave(no) from no
        if dropouts.asked_of(turn.session, visit.id) is None:
            raise _settled(turn, visit)
        return {"visit": visit.reference} | ({"way": way} if way else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Do what was chosen."""
        visit = cards.visit_of(turn, self.visit)
        turn.about = self.visit
        if self.way == CANCEL:
            return self._cancel(turn, visit) if self.sure else self._keep(turn, visit)
        if self.way.startswith(TO):
            return self._move(turn, visit, datetime.fromtimestamp(int(self.way.removeprefix(TO)), UTC))
        if not visits.agree(turn.session, visit, int(self.way.removeprefix(AGREE)), now=turn.now):
            raise _settled(turn, visit)
        reminding.plan(turn, visit)
        return [_stands(turn, visit, "replacing-agreed")]

    def _keep(self, turn: Turn, visit: Visit) -> list[Outbound]:
        asked = replacing.asked(turn, visit)
        if asked is None:
            raise _settled(turn, visit)
        return [turn.say("replacing-kept-so-far"), asked]

    def _move(self, turn: Turn, visit: Visit, starts_at: datetime) -> list[Outbound]:
        wish: dict[str, Any] = {"starts_at": starts_at, "agreed_fee": 0, "now": turn.now}  # Any: by keyword
        try:
            visits.move(turn.session, turn.company, visit, **wish)
        except (windows.WindowTaken, visits.FeeChanged) as taken:
            raise AskAgain("way", "window-taken") from taken
        except visits.MoveNotAllowed as no:
            raise leave(no) from no
        reminding.plan(turn, visit)
        offering.offer(turn, visit)
        return [_stands(turn, visit, "moving-done")]

    def _cancel(self, turn: Turn, visit: Visit) -> list[Outbound]:
        try:
            visits.cancel(
                turn.session, turn.company, visit, actor="customer", reason="dropped-out", now=turn.now
            )
        except visits.FeeChanged as settled:
            raise _settled(turn, visit) from settled
        except visits.MoveNotAllowed as no:
            raise leave(no) from no
        reminding.drop(turn, visit)
        offering.withdraw(turn, visit)
        again = [cards.go(turn, "booking", visit.reference, "go-booking-again")]
        said = turn.say("replacing-cancelled", owed=owing.told(turn, visit), choices=again)
        return [benefits.with_returned(turn, visit, said)]


def _stands(turn: Turn, visit: Visit, key: str) -> Outbound:
    card, choices = cards.visit_card(turn, visit), cards.visit_choices(turn, visit)
    who = cards.team(turn, visit)
    return turn.say(key, team=who, when=cards.when(turn, visit), card=card, choices=choices)
