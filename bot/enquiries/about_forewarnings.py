"""Customers to speak with before they complain: the list, one of them, who sees to it, that it is done."""

from bot import cards, forewarning
from bot.flow import Turn
from bot.messages import Outbound
from core import forewarnings
from core.forewarnings import Forewarning
from core.staff import StaffMember

LISTED = 20


def waiting(turn: Turn, _argument: str) -> list[Outbound]:
    """What nobody has done yet, the oldest first."""
    found = forewarnings.open_ones(turn.session, LISTED)
    if not found:
        return [turn.say("forewarnings-none", choices=[cards.go(turn, "desk")])]
    return [forewarning.several(turn, made=found, key="forewarnings-waiting")]


def one(turn: Turn, argument: str) -> list[Outbound]:
    """One in full; with `:mine` behind its number it is taken, with `:done` it is done."""
    number, _, said = argument.partition(":")
    if not (number.isascii() and number.isdecimal()):
        return waiting(turn, "")
    found = forewarnings.find(turn.session, int(number))
    staff_id = turn.identity.staff_id or 0
    if said == "mine":
        forewarnings.take(turn.session, found, staff_id, turn.now)
        return [_told(turn, found, "forewarning-taken", found.taken_by)]
    if said == "done":
        forewarnings.finish(turn.session, found, staff_id, turn.now)
        return [_told(turn, found, "forewarning-done", found.done_by)]
    return [forewarning.one(turn, made=found, key="forewarning-shown")]


def _told(turn: Turn, found: Forewarning, key: str, who: int | None) -> Outbound:
    """What became of it; where somebody else was first, who."""
    if found.done_by is not None:
        key, who = "forewarning-done", found.done_by
    yours = who == turn.identity.staff_id
    member = turn.session.get_one(StaffMember, who).name
    name = cards.customer_name(turn, found.customer_id)
    is_over = found.done_by is not None
    return turn.say(
        key if yours else f"{key}-before",
        member=member,
        name=name,
        card=None if is_over else forewarning.card(turn, found),
        choices=[cards.go(turn, "forewarnings")] if is_over else forewarning.choices(turn, found),
    )
