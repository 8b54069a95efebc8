"""A worker proposes something extra; the customer alone decides."""

from bot import attending, cards, proposing
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.texts import Money
from bot.verdicts import AskAgain, Leave
from core import extras, visits
from core.identities import Role
from core.visits import Visit

REASONS = ("dirtier", "asked", "more", "other")


def extras_offered(turn: Turn, visit: Reference) -> Options[str]:
    """More time and the add-ons of the service, with what each costs."""
    at = _visit(turn, visit)
    found = extras.offers(turn.company, at)
    if not found:
        raise Leave("adding-nothing")
    return [Option(one.code, _label(turn, one), (_name(turn, one),)) for one in found]


def _name(turn: Turn, offer: extras.Offer) -> str:
    if offer.line.kind == "overtime":
        return turn.text("extra-longer", minutes=offer.line.quantity)
    return cards.quote_line(turn, offer.line)[0]


def _label(turn: Turn, offer: extras.Offer) -> str:
    return turn.text("adding-option", name=_name(turn, offer), price=Money(offer.line.amount))


def there_is_room(turn: Turn, visit: Reference, what: str) -> None:
    """Raise `NoRoom` when the worker's next visit leaves no time for it."""
    extras.check(turn.session, turn.company, _visit(turn, visit), what, turn.now)


def reasons(turn: Turn) -> Options[str]:
    """Why more is to be done; anything else may be typed."""
    return [Option(code, turn.text(f"adding-why-{code}")) for code in REASONS]


def _visit(turn: Turn, reference: str) -> Visit:
    return visits.attended_by(turn.session, turn.worker_id, reference)


class Adding(Flow):
    """Which visit, what more, and why."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(attending.visits_at_work), known=attending.only_at_work)
    what: str = ask(one_of(extras_offered), check=there_is_room)
    why: str = ask(one_of(reasons, other=free_text(100)))

    def done(self, turn: Turn) -> list[Outbound]:
        """Put it to the customer; nothing changes until they agree."""
        visit = _visit(turn, self.visit)
        try:
            extra = extras.propose(
                turn.session,
                turn.company,
                visit,
                self.what,
                why=self.why,
                worker_id=turn.worker_id,
                now=turn.now,
            )
        except (extras.NoRoom, extras.UnknownExtra) as no:
            raise AskAgain("what", no.key) from no
        except visits.MoveNotAllowed as no:
            raise Leave("working-over", visit=cards.visit_line(turn, visit)) from no
        asked = proposing.propose(turn, visit, extra)
        return [
            turn.say(
                "adding-done" if asked else "adding-done-by-call",
                what=proposing.named(turn, extra),
                minutes=turn.company.policies.extra_minutes,
                choices=[cards.go(turn, "withdraw", str(extra.id))],
            )
        ]
