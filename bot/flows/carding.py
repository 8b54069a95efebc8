"""A worker's card: what customers see of them, and whether they may."""

from bot import cards, words
from bot.answers import a_yes_or_no
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.messages import Card, Outbound
from core import workers
from core.identities import Role


def card_or_not(turn: Turn) -> Options[bool]:
    """Let customers see it, or not."""
    yes, no = turn.text("carding-shown-yes"), turn.text("carding-shown-no")
    return [Option(True, yes), Option(False, no, tuple(sorted(words.phrases("card", "hidden"))))]


def what_customers_see(turn: Turn) -> Card:
    """The card as customers have it, what they have without it, and how it stands now."""
    worker = workers.worker(turn.session, turn.worker_id)
    rating = turn.text("worker-rating", stars=worker.rating) if worker.rated else turn.text("worker-new")
    state = "carding-now-shown" if worker.card_consent else "carding-now-hidden"
    lines = (
        (
            turn.text("carding-with"),
            f"{worker.name}{turn.text('carding-mark')}{cards.worker_in_full(turn, worker)}",
        ),
        (turn.text("carding-without"), f"{worker.name}{turn.text('carding-mark')}{rating}"),
        (turn.text("carding-now"), turn.text(state)),
    )
    return Card(turn.text("carding-title"), lines)


class Carding(Flow):
    """May customers see the worker's card? It can be taken back at any time."""

    roles = frozenset({Role.WORKER})

    shown: bool = ask(one_of(card_or_not, other=a_yes_or_no), card=what_customers_see)

    def done(self, turn: Turn) -> list[Outbound]:
        """From this moment on."""
        worker = workers.worker(turn.session, turn.worker_id)
        workers.consent(turn.session, worker, shown=self.shown)
        key = "carding-done-shown" if self.shown else "carding-done-hidden"
        return [turn.say(key, choices=[cards.go(turn, "carding"), cards.go(turn, "file")])]
