"""Their places in queues, and the answers to a window that is offered to them."""

from bot import cards, queueing
from bot.flow import Turn
from bot.flows import booking
from bot.messages import Card, Outbound
from core import visits, waitlist, windows
from core.waitings import LIVE, Status, Waiting

SHOWN = 3


def show(turn: Turn, _argument: str) -> list[Outbound]:
    """What they wait for and at which place; an offer that stands, to be answered."""
    found = waitlist.of_customer(turn.session, turn.customer_id)
    if not found:
        return [turn.say("queue-none", choices=[cards.go(turn, "booking"), cards.go(turn, "queueing")])]
    asked = next((one for one in found if one.status is Status.OFFERED and one.told), None)
    if asked is not None:
        return [queueing.offered(turn, asked)]
    lines = tuple((queueing.line(turn, one), queueing.standing(turn, one)) for one in found)
    leave = [
        cards.go(turn, "queueleave", str(one.id), "queue-leave-one", what=queueing.line(turn, one))
        for one in found
    ]
    one = found[0]
    choices = leave if len(found) > 1 else [cards.go(turn, "queueleave", str(one.id))]
    return [turn.say("queue-shown", card=Card(turn.text("queue-title"), lines), choices=choices)]


def accept(turn: Turn, argument: str) -> list[Outbound]:
    """Yes to the window that is held for them."""
    one = _mine(turn, argument)
    if one is None or one.status not in LIVE or one.offered_at is None:
        return _settled(turn, one)
    try:
        with turn.session.begin_nested():
            visit = waitlist.accept(turn.session, turn.company, one, turn.now)
    except windows.WindowTaken:
        waitlist.lost(turn.session, one, turn.now)
        place = queueing.standing(turn, one)
        choices = [cards.go(turn, "queue"), cards.go(turn, "queueleave", str(one.id))]
        return [turn.say("queue-lost", what=queueing.line(turn, one), place=place, choices=choices)]
    except visits.TooManyOpen as no:
        return [turn.say("visit-too-many-open", limit=no.args_["limit"], phone=turn.house_phone)]
    return booking.placed(turn, visit)


def decline(turn: Turn, argument: str) -> list[Outbound]:
    """Not that window, but they wait on."""
    one = _mine(turn, argument)
    if one is None or one.status not in LIVE:
        return _settled(turn, one)
    waitlist.decline(turn.session, one, turn.now)
    choices = [cards.go(turn, "queue"), cards.go(turn, "queueleave", str(one.id))]
    place = queueing.standing(turn, one)
    return [turn.say("queue-declined", what=queueing.line(turn, one), place=place, choices=choices)]


def leave(turn: Turn, argument: str) -> list[Outbound]:
    """They wait no longer."""
    if not argument:
        found = waitlist.of_customer(turn.session, turn.customer_id)
        if len(found) != 1:
            return show(turn, "")
        argument = str(found[0].id)
    one = _mine(turn, argument)
    if one is None or one.status not in LIVE:
        return _settled(turn, one)
    waitlist.leave(turn.session, one, turn.now)
    choices = [cards.go(turn, "booking"), cards.go(turn, "visits")]
    return [turn.say("queue-left", what=queueing.line(turn, one), choices=choices)]


def _mine(turn: Turn, argument: str) -> Waiting | None:
    """The place that a button names, locked; without one the one that is offered something."""
    if not argument:
        found = waitlist.of_customer(turn.session, turn.customer_id)
        asked = [one for one in found if one.status is Status.OFFERED]
        argument = str(asked[0].id) if asked else ""
    if not argument.isdecimal():
        return None
    return waitlist.mine(turn.session, turn.customer_id, int(argument))


def _settled(turn: Turn, one: Waiting | None) -> list[Outbound]:
    """An old button: how things stand now."""
    if one is not None and one.visit_id is not None:
        visit = turn.session.get_one(visits.Visit, one.visit_id)
        return [
            turn.say(
                "queue-booked", card=cards.visit_card(turn, visit), choices=cards.visit_choices(turn, visit)
            )
        ]
    return show(turn, "")
