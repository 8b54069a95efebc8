"""After a visit its worker tells what changed in the home, and what to know next time."""

from bot import cards
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import observations, relay, visits
from core.identities import Role
from core.observations import FLAGS, What

DAYS = 3
"""So long after a visit its worker may still tell."""
THERE, GONE = "there", "gone"


def visits_just_done(turn: Turn) -> Options[Reference]:
    """The worker's finished visits of the last days."""
    found = relay.open_for_worker(turn.session, turn.worker_id, turn.now, DAYS)
    found = [visit for visit in found if visit.status is visits.Status.FINISHED]
    if not found:
        raise Leave("observing-nothing")
    return [
        Option(Reference(visit.reference), cards.visit_line(turn, visit), (visit.reference,))
        for visit in found
    ]


def only_done(turn: Turn) -> Reference | None:
    """The only one."""
    found = visits_just_done(turn)
    return found[0].value if len(found) == 1 else None


def changes(turn: Turn) -> Options[What]:
    """What may have changed."""
    return [Option(what, turn.text(f"observing-{what.value}")) for what in What if what is not What.NEXT]


def directions(turn: Turn, what: What) -> Options[str]:
    """Whether it is there now, or there no more."""
    return [Option(way, turn.text(f"observed-{what.value}-{way}")) for way in (THERE, GONE)]


def is_there_or_not(_turn: Turn, what: What | None) -> bool:
    """Whether a yes or no says it all."""
    return what in FLAGS


def needs_words(_turn: Turn, what: What | None) -> bool:
    """Whether it takes words."""
    return what is not None and what not in FLAGS


class Observing(Flow):
    """What changed, how, and what to know next time."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(visits_just_done), known=only_done)
    what: What | None = ask(one_of(changes), skippable=True)
    way: str = ask(one_of(directions), when=is_there_or_not)
    how: str = ask(free_text(200), when=needs_words)
    later: str | None = ask(free_text(200), skippable=True)

    def done(self, turn: Turn) -> list[Outbound]:
        """Write it down as proposals: the home's record waits for a yes."""
        visit = visits.attended_by(turn.session, turn.worker_id, self.visit)
        told = [(self.what, self.how or "")] if self.what else []
        told += [(What.NEXT, self.later)] if self.later else []
        for what, said in told:
            observations.propose(
                turn.session,
                visit,
                turn.worker_id,
                what,
                is_there=self.way != GONE,
                words=said,
                now=turn.now,
            )
        return [turn.say("observing-done" if told else "unchanged-told", choices=[cards.go(turn, "round")])]
