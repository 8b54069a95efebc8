"""How to get in: told for the next visit alone, or for good; sealed, and shown to workers in its time."""

from datetime import timedelta

from bot import cards
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import correspondence, customers, visits
from core.correspondence import Peer
from core.customers import Address
from core.visits import Visit

ONCE, ALWAYS = "once", "always"


def _next(turn: Turn) -> Visit | None:
    return next(iter(visits.upcoming(turn.session, turn.customer_id, turn.now)), None)


def how_long(turn: Turn) -> Options[str]:
    """For the next visit, if there is one, or for good."""
    once = [Option(ONCE, turn.text("entering-lasts-once"))] if _next(turn) is not None else []
    return [*once, Option(ALWAYS, turn.text("entering-lasts-always"))]


DRAFT = timedelta(days=1)
"""So long ago, at most, it was typed."""
HIDDEN = "••••"


class Entering(Flow):
    """What opens the door, and for how long that is so."""

    way: str = ask(free_text(200))
    lasts: str = ask(one_of(how_long))

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep it with the home of the next visit, else with the one they used last."""
        visit = _next(turn)
        home = turn.session.get_one(Address, visit.address_id) if visit else None
        home = home or next(iter(customers.addresses(turn.session, turn.customer_id)), None)
        if home is None:
            raise Leave("entering-no-home")
        until = None
        if self.lasts == ONCE and visit is not None:
            until = visit.ends_at + timedelta(hours=turn.company.privacy.door_code_hours)
        customers.tell_way_in(turn.session, home, self.way, until=until)
        self._hide(turn)
        key = "entering-done-once" if until else "entering-done"
        choices = [cards.go(turn, "visits"), cards.go(turn, "profile")]
        return [turn.say(key, address=cards.address_line(home), until=until or turn.now, choices=choices)]

    def _hide(self, turn: Turn) -> None:
        """What is sealed in the record is not left readable in the chat."""
        who = turn.identity
        peer = Peer(who.channel, who.account, who.user)
        said = self.way
        correspondence.reword(turn.session, peer, turn.now - DRAFT, lambda words: words.replace(said, HIDDEN))
