"""A worker cannot come to a visit: which one, why, and yes."""

from datetime import timedelta
from typing import Any

from bot import cards, replacing
from bot.desk import because, begin_with, leave, why
from bot.flow import Flow, Option, Options, Reference, Turn, ask, confirm, one_of
from bot.messages import Card, Outbound
from bot.verdicts import Leave
from core import dropouts, policies, visits
from core.identities import Role
from core.visits import Visit

BACK, AHEAD = timedelta(hours=6), timedelta(days=14)


def own_visits(turn: Turn) -> Options[Reference]:
    """The worker's visits to which nobody has come yet, the next one first."""
    near = visits.of_worker(turn.session, turn.worker_id, turn.now - BACK, turn.now + AHEAD)
    found = [one for one in near if one.status in visits.AHEAD and not _said_before(turn, one)]
    if not found:
        raise Leave("dropping-nothing")
    return [
        Option(Reference(one.reference), cards.visit_line(turn, one), (one.reference,)) for one in found[:8]
    ]


def only_own(turn: Turn) -> Reference | None:
    """The visit that must be meant, because there is no other."""
    found = own_visits(turn)
    return found[0].value if len(found) == 1 else None


def _said_before(turn: Turn, visit: Visit) -> bool:
    return turn.worker_id in dropouts.missing(turn.session, visit.id, {turn.worker_id})


def _own(turn: Turn, reference: str) -> Visit:
    try:
        visit = visits.attended_by(turn.session, turn.worker_id, reference)
    except visits.UnknownVisit as no:
        raise Leave("dropping-not-yours") from no
    if _said_before(turn, visit):
        raise Leave("dropping-before", visit=cards.visit_line(turn, visit))
    return visit


def what_follows(turn: Turn, visit: Reference, reason: str) -> Outbound:
    """The visit, the reason, and what happens once they say yes."""
    leaving = visits.attended_by(turn.session, turn.worker_id, visit)
    lines = (
        (turn.text("card-what"), cards.visit_line(turn, leaving)),
        (turn.text("dropping-reason-label"), because(turn, reason)),
    )
    title = turn.text("card-title", reference=leaving.reference)
    return Outbound(turn.text("dropping-agreed-ask"), card=Card(title, lines))


class Dropping(Flow):
    """Which visit, why, and yes: somebody else is looked for at once."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(own_visits), known=only_own)
    reason: str = ask(why("ill", "accident", "family", "other"))
    agreed: bool = confirm(what_follows)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button; leaves with how it stands when there is nothing to drop out of."""
        return begin_with(turn, argument, _own, visits.AHEAD)

    def done(self, turn: Turn) -> list[Outbound]:
        """Say so to everybody concerned, and to the worker whether it is settled."""
        visit = _own(turn, self.visit)
        try:
            made = replacing.drop_out(turn, visit, turn.worker_id, self.reason)
        except visits.UnknownVisit as no:
            raise Leave("dropping-not-yours") from no
        except visits.MoveNotAllowed as no:
            raise leave(no) from no
        soon = timedelta(minutes=policies.as_of(turn.session, visit.policy_version).dropout_call_minutes)
        settled = made.instead_id is not None
        said = (
            ("dropping-done-near" if settled else "dropping-done-nobody-near")
            if visit.starts_at - turn.now <= soon
            else ("dropping-done" if settled else "dropping-done-nobody")
        )
        return [
            turn.say(
                said,
                visit=cards.visit_line(turn, visit),
                phone=turn.house_phone,
                choices=[cards.go(turn, "round")],
            )
        ]
