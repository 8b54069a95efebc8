"""What a worker noticed in a home: asked for after the visit, and put to the customer or staff."""

from collections.abc import Sequence
from dataclasses import replace

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from core import aftercare, observations
from core.identities import Role
from core.observations import FLAGS, Observation
from core.visits import Visit
from core.workers import Worker

YES, NO = "yes", "no"


def question(turn: Turn, visit: Visit) -> Outbound:
    """The two questions after a visit; one tap where there is nothing to tell."""
    choices = [cards.go(turn, "unchanged", visit.reference), cards.go(turn, "observing", visit.reference)]
    return turn.say("observed-ask", visit=cards.visit_line(turn, visit), choices=choices)


def put_to_customer(turn: Turn) -> list[Outbound]:
    """Ask the customer who speaks about what was noticed at their home last, once."""
    if turn.role is not Role.CUSTOMER:
        return []
    noticed = observations.unasked(turn.session, turn.customer_id)
    if not noticed or aftercare.is_quiet(turn.session, turn.customer_id, turn.now):
        return []
    visit = turn.session.get_one(Visit, noticed[0].visit_id)
    observations.asked(turn.session, noticed, turn.now)
    return [_asked(turn, visit, noticed, "observations-ask")]


def put_to_staff(turn: Turn, visit: Visit) -> Outbound:
    """The same for staff, who know the customer or ring them."""
    return _asked(turn, visit, observations.open_of(turn.session, visit), "observations-ask-staff")


def _asked(turn: Turn, visit: Visit, noticed: Sequence[Observation], key: str) -> Outbound:
    return turn.say(
        key,
        worker=worker_of(turn, noticed),
        visit=cards.visit_line(turn, visit),
        customer=cards.customer_name(turn, visit.customer_id),
        noticed=turn.text("list-mark").join(line(turn, one) for one in noticed),
        choices=[
            cards.go(turn, "observations", f"{visit.reference}:{said}", f"go-observations-{said}")
            for said in (YES, NO)
        ],
    )


def worker_of(turn: Turn, noticed: Sequence[Observation]) -> str:
    """Who noticed it, by name."""
    return turn.session.get_one(Worker, noticed[0].worker_id).name


def line(turn: Turn, one: Observation) -> str:
    """One thing that was noticed, in words."""
    if one.what in FLAGS:
        return turn.text(f"observed-{one.what.value}-{'there' if one.is_there else 'gone'}")
    return turn.text(f"observed-{one.what.value}", words=one.words)


def source(turn: Turn, noticed: Sequence[Observation]) -> str:
    """Who noticed it and on which day, in the house's language, for the record of the home."""
    house = replace(turn, language=turn.company.languages[0])
    day = noticed[0].at.astimezone(turn.company.zone).date()
    return house.text("observed-source", worker=worker_of(turn, noticed), day=day)
