"""Is the customer content? They look at the work, and say so, or that they will look later."""

from bot import attending, cards, judging, rating, reaching, reminding
from bot.flow import Reference, Turn
from bot.form import after
from bot.messages import Outbound
from core import acceptance, visits
from core.acceptance import NotToAccept, State
from core.visits import Visit


def accept(turn: Turn, reference: str) -> list[Outbound]:
    """They are content; who did the work hears it."""
    visit = _meant(turn, reference)
    if visit is None:
        return [turn.say("acceptance-nothing", choices=[cards.go(turn, "visits")])]
    try:
        acceptance.accept(turn.session, visit, turn.now)
    except NotToAccept as no:
        return [_no(turn, visit, no)]
    attending.crew(
        turn, visit, lambda their: their.say("told-accepted", visit=cards.visit_line(their, visit))
    )
    if (asked := rating.after_acceptance(turn, visit)) is not None:
        return [after([turn.text("acceptance-accepted")], asked)]
    return [turn.say("acceptance-accepted", choices=[cards.go(turn, "booking", "again", "go-booking-again")])]


def put_off(turn: Turn, reference: str) -> list[Outbound]:
    """They look later, within the time the rules give."""
    visit = _meant(turn, reference)
    if visit is None:
        return [turn.say("acceptance-nothing", choices=[cards.go(turn, "visits")])]
    try:
        acceptance.put_off(turn.session, visit, turn.now)
    except NotToAccept as no:
        if no.args_["state"] != State.LATER:
            return [_no(turn, visit, no)]
    hours = turn.company.policies.acceptance_hours
    return [turn.say("acceptance-later", hours=hours, choices=judging.choices(turn, visit))]


def redone(turn: Turn, reference: str) -> list[Outbound]:
    """The worker did it again: the customer looks again."""
    visit = visits.attended_by(turn.session, turn.worker_id, reference)
    try:
        acceptance.redone(turn.session, visit, turn.now)
    except NotToAccept:
        return [turn.say("redone-before", choices=[cards.go(turn, "paying", visit.reference)])]
    found = acceptance.of(turn.session, visit)
    place = (found.place if found else None) or ""
    reminding.plan_unchecked(turn.session, visit, turn.now)
    reaching.customer(
        turn,
        visit,
        lambda their: their.say(
            "told-redone",
            worker=attending.lead(their, visit),
            place=attending.worded(their, "room", place),
            choices=judging.choices(their, visit),
        ),
    )
    return [turn.say("redone-done", choices=[cards.go(turn, "paying", visit.reference)])]


def _meant(turn: Turn, reference: str) -> Visit | None:
    visit = cards.visit_of(turn, reference) if reference else visits.usual(turn.session, turn.customer_id)
    if visit is not None:
        turn.about = Reference(visit.reference)
    return visit


def _no(turn: Turn, visit: Visit, no: NotToAccept) -> Outbound:
    choices = [*judging.choices(turn, visit), cards.go(turn, "person")]
    return Outbound(turn.text(no.key, **no.args_), tuple(choices))
