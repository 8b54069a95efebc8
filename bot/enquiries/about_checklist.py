"""What is still to do at a visit, line by line; and how far the work is, for its customer."""

from bot import attending, cards, checking
from bot.enquiries import about_visits
from bot.flow import Reference, Turn
from bot.messages import Card, Outbound
from core import checklists, visits
from core.catalogue import Room
from core.checklists import UNDER_WAY


def open_lines(turn: Turn, reference: str) -> list[Outbound]:
    """What is open, a button for each line, each room with several, and all of it."""
    visit = attending.visit_of(turn, reference)
    if visit is None:
        return attending.nothing(turn)
    if visit.status not in UNDER_WAY:
        return [checking.not_there(turn, visit)]
    return [checking.shown(turn, visit, "")]


def tick(turn: Turn, argument: str) -> list[Outbound]:
    """A line, a room or all of it is done: `REFERENCE-3`, `REFERENCE-kitchen`, `REFERENCE-all`."""
    reference, _, which = argument.partition("-")
    visit = attending.visit_of(turn, reference)
    if visit is None:
        return attending.nothing(turn)
    if visit.status not in UNDER_WAY:
        return [checking.not_there(turn, visit)]
    found = checklists.items(turn.session, turn.company, visit)
    meant = {item.position for item in found if which in (checking.ALL, item.room.value, str(item.position))}
    if which in (checking.ALL, *Room):  # what cannot be done is not done by doing the rest
        meant -= {item.position for item in found if item.why_not is not None}
    done = checklists.tick(turn.session, turn.company, visit, meant, worker_id=turn.worker_id, now=turn.now)
    if not done:
        return [checking.shown(turn, visit, turn.text("checklist-ticked-before"))]
    if len(done) > 1:
        return [checking.shown(turn, visit, turn.text("checklist-ticked-several", count=len(done)))]
    return [checking.shown(turn, visit, turn.text("checklist-ticked", item=done[0].said(turn.language)))]


def how_far(turn: Turn, reference: str) -> list[Outbound]:
    """How far the work is, room by room; before it began and after it, where things stand."""
    found = visits.upcoming(turn.session, turn.customer_id, turn.now)
    visit = cards.visit_of(turn, reference) if reference else next(iter(found), None)
    if visit is None or visit.status not in UNDER_WAY:
        return about_visits.progress(turn, reference)
    turn.about = Reference(visit.reference)
    title = turn.text("card-title", reference=visit.reference)
    whole = checklists.items(turn.session, turn.company, visit)
    percent = sum(item.settled_at is not None for item in whole) * 100 // max(1, len(whole))
    card = Card(title, tuple(checking.lines(turn, visit)))
    choices = [cards.go(turn, "howfar", visit.reference), cards.go(turn, "photos", visit.reference)]
    return [
        turn.say(
            "howfar-told",
            percent=percent,
            ends=attending.clock(turn, visit.ends_at),
            card=card,
            choices=choices,
        )
    ]
