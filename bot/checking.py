"""A visit's checklist as people see it: what is open with its buttons, how far each room is."""

from collections.abc import Sequence

from bot import attending, cards
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import checklists, visits
from core.catalogue import Room
from core.checklists import Item
from core.visits import Visit

ALL = "all"
"""In the place of a line's number: every one of them."""


def shown(turn: Turn, visit: Visit, said: str) -> Outbound:
    """How many lines are open, below `said`, with their buttons; when none is, what comes next."""
    found = checklists.items(turn.session, turn.company, visit)
    still = [item for item in found if item.settled_at is None]
    left = turn.text("checklist-left", count=len(still)) if still else turn.text("checklist-none-left")
    text = f"{said}\n{left}" if said else left
    if not still:
        return Outbound(text, (cards.go(turn, "finishing", visit.reference),))
    return Outbound(text, tuple(_choices(turn, visit, still)))


def _choices(turn: Turn, visit: Visit, still: Sequence[Item]) -> list[Choice]:
    made: list[Choice] = []
    for item in still:
        data = f"go:tick:{visit.reference}-{item.position}"
        made.append(Choice(item.said(turn.language), data))
        here = [one for one in still if one.room is item.room]
        if item is here[-1] and len(here) > 1 and item.room is not Room.HOME:
            label = turn.text("checklist-room-done", room=room_name(turn, item.room))
            made.append(Choice(label, f"go:tick:{visit.reference}-{item.room.value}"))
    if len(still) > 1:
        made.append(Choice(turn.text("checklist-all-done"), f"go:tick:{visit.reference}-{ALL}"))
    return [*made, cards.go(turn, "skipping", visit.reference)]


def not_there(turn: Turn, visit: Visit) -> Outbound:
    """What comes first, when work has not begun or is over."""
    ahead = visit.status in visits.AHEAD
    key = "working-arrive-first" if ahead else "working-over"
    return turn.say(key, visit=cards.visit_line(turn, visit), choices=[cards.go(turn, "round")])


def room_name(turn: Turn, room: Room) -> str:
    """A room as people call it."""
    return turn.text(f"room-{room.value.replace('_', '-')}")


def lines(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    """Every room and how far it is, then what could not be done and why; nothing before work began."""
    rooms = [
        (room_name(turn, one.room), turn.text("howfar-percent", percent=one.percent))
        for one in checklists.progress(turn.session, turn.company, visit)
    ]
    return [*rooms, *left_out(turn, visit)]


def left_out(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    """What could not be done, and why."""
    return [
        (
            turn.text("checklist-left-out"),
            turn.text(
                "checklist-left-out-made",
                item=item.said(turn.language),
                why=attending.worded(turn, "skipping-why", item.why_not),
            ),
        )
        for item in checklists.items(turn.session, turn.company, visit)
        if item.why_not is not None
    ]
