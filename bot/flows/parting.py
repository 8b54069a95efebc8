"""Staff undo a merge: the two customers are two again, and both hear of it."""

from typing import Any

from bot import cards, telling
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of
from bot.messages import Card, Outbound
from bot.verdicts import Leave
from core import bindings
from core.bindings import Merge
from core.identities import Role

SHOWN = 8


def latest_merges(turn: Turn) -> Options[int]:
    """The merges that stand, the latest first."""
    found = bindings.recent(turn.session, SHOWN)
    if not found:
        raise Leave("parting-nothing")
    return [
        Option(
            one.id or 0,
            turn.text(
                "parting-line",
                reference=cards.merge_reference(one),
                at=one.at,
                name=cards.customer_name(turn, one.kept_id),
                proof=_proof(turn, one),
            ),
            (cards.merge_reference(one),),
        )
        for one in found
    ]


def what_comes_apart(turn: Turn, merge: int) -> Outbound:
    """Who was put together with whom, when and by which proof."""
    one = turn.session.get_one(Merge, merge)
    lines = (
        (turn.text("parting-card-at"), turn.text("value-said", value=one.at)),
        (turn.text("parting-card-proof"), _proof(turn, one)),
        (turn.text("parting-card-kept"), cards.customer_name(turn, one.kept_id)),
        (turn.text("parting-card-given"), cards.customer_name(turn, one.given_id)),
    )
    card = Card(turn.text("parting-card-title", reference=cards.merge_reference(one)), lines)
    return Outbound(turn.text("parting-agreed-ask"), card=card)


class Parting(Flow):
    """Which merge, and yes."""

    roles = frozenset({Role.STAFF})

    merge: int = ask(one_of(latest_merges))
    agreed: bool = confirm(what_comes_apart)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The merge that a button is about."""
        return {"merge": int(argument)} if argument.isascii() and argument.isdecimal() else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Part them, and tell every chat of both."""
        staff_id = turn.identity.staff_id
        assert staff_id is not None
        try:
            undone = bindings.undo(turn.session, self.merge, by=staff_id, now=turn.now)
        except (bindings.MergeUndone, bindings.MergedFurther) as no:
            raise Leave(no.key) from no
        for customer_id in (undone.kept_id, undone.given_id):
            telling.customer_of_parting(turn, customer_id)
        reference = cards.merge_reference(undone)
        choices = [cards.go(turn, "parting"), cards.go(turn, "desk")]
        return [turn.say("parting-done", reference=reference, choices=choices)]


def _proof(turn: Turn, one: Merge) -> str:
    return turn.text(f"proof-{one.proof}")
