"""A worker does not take what they were offered, and may say why."""

from typing import Any

from bot import cards, offering
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import offers, visits
from core.identities import Role
from core.visits import Visit


def open_offers(turn: Turn) -> Options[int]:
    """The offers that wait for the worker's answer."""
    found = offers.open_of_worker(turn.session, turn.worker_id)
    if not found:
        raise Leave("offers-none")
    return [Option(one.id or 0, cards.visit_line(turn, _visit(turn, one.visit_id))) for one in found]


def only_open(turn: Turn) -> int | None:
    """The offer that must be meant, because there is no other."""
    found = open_offers(turn)
    return found[0].value if len(found) == 1 else None


def reasons(turn: Turn) -> Options[str]:
    """Why workers decline; anything else may be typed."""
    return [Option(code, turn.text(f"offers-because-{code}")) for code in offering.REASONS]


class Declining(Flow):
    """Which offer, and why not."""

    roles = frozenset({Role.WORKER})

    offer: int = ask(one_of(open_offers), known=only_open)
    reason: str | None = ask(one_of(reasons, other=free_text(200)), skippable=True)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The offer that a button is about, if it can still be declined."""
        if not (argument.isascii() and argument.isdecimal()):
            return {}
        try:
            offers.declinable(turn.session, int(argument), worker_id=turn.worker_id)
        except offering.NOES as no:
            raise Leave(no.key, phone=turn.house_phone) from no
        return {"offer": int(argument)}

    def done(self, turn: Turn) -> list[Outbound]:
        """Decline it; the next one is asked at once."""
        try:
            passed = offers.decline(
                turn.session,
                turn.company,
                self.offer,
                worker_id=turn.worker_id,
                because=self.reason,
                now=turn.now,
            )
        except offering.NOES as no:
            raise Leave(no.key, phone=turn.house_phone) from no
        visit = _visit(turn, offers.of_worker(turn.session, turn.worker_id, self.offer).visit_id)
        offering.follow(turn, visit, passed)
        kept = turn.worker_id in {worker.id for _, worker in visits.crew(turn.session, visit)}
        more = offers.open_of_worker(turn.session, turn.worker_id)
        choices = [*([cards.go(turn, "offers")] if more else []), cards.go(turn, "round")]
        return [turn.say("declining-done-kept" if kept else "declining-done", choices=choices)]


def _visit(turn: Turn, id: int) -> Visit:
    return turn.session.get_one(Visit, id)
