"""A worker objects to a rating: which, and why. Staff decide; the customer hears nothing of it."""

from bot import cards, rating, telling
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Card, Outbound
from bot.verdicts import Leave
from core import appeals, visits
from core.errors import DomainError
from core.identities import Role
from core.ratings import Rating
from core.visits import Visit
from core.workers import Worker

SHOWN = 5
YES, NO = "yes", "no"


def to_appeal(turn: Turn) -> Options[Reference]:
    """The ratings they may object to, by visit; raises `Leave` without any."""
    found = appeals.open_for(turn.session, turn.company, turn.worker_id, turn.now, SHOWN)
    if not found:
        raise Leave("appealing-nothing", days=turn.company.policies.appeal_days)
    return [
        Option(
            Reference(visit.reference),
            turn.text("rating-option", visit=cards.visit_line(turn, visit), stars=rating.told(turn, one)),
            (visit.reference,),
        )
        for one, visit in found
    ]


def only_one(turn: Turn) -> Reference | None:
    """The one that must be meant."""
    offered = to_appeal(turn)
    return offered[0].value if len(offered) == 1 else None


class Appealing(Flow):
    """Which rating, and why it is not right."""

    roles = frozenset({Role.WORKER})

    rating: Reference = ask(one_of(to_appeal), known=only_one)
    why: str = ask(free_text(300))

    def done(self, turn: Turn) -> list[Outbound]:
        """Put it to staff."""
        visit = visits.attended_by(turn.session, turn.worker_id, self.rating)
        try:
            made = appeals.make(turn.session, turn.company, visit, turn.worker_id, self.why, turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        telling.staff(turn, lambda their: put_to_staff(their, made, visit))
        line = turn.text("rating-option", visit=cards.visit_line(turn, visit), stars=rating.told(turn, made))
        return [turn.say("appealing-done", rating=line, choices=[cards.go(turn, "myscore")])]


def put_to_staff(turn: Turn, made: Rating, visit: Visit) -> Outbound:
    """Both sides, and the two answers."""
    worker = turn.session.get_one(Worker, made.worker_id)
    lines = (
        (turn.text("appeal-card-visit"), cards.visit_line(turn, visit)),
        (turn.text("appeal-card-customer"), cards.customer_name(turn, visit.customer_id)),
        (turn.text("appeal-card-rating"), rating.told(turn, made)),
        *([(turn.text("appeal-card-words"), made.words)] if made.words else []),
        (turn.text("appeal-card-why"), made.appeal),
    )
    choices = [
        cards.go(turn, "appeals", f"{visit.reference}:{YES}", "go-appeals-yes"),
        cards.go(turn, "appeals", f"{visit.reference}:{NO}", "go-appeals-no"),
        cards.go(turn, "ticket", visit.reference),
    ]
    card = Card(turn.text("card-title", reference=visit.reference), lines)
    return turn.say("told-appeal", worker=worker.name, card=card, choices=choices)
