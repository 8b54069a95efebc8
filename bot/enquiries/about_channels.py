"""How to go on in another chat: a code and links that say there who this is; and what if it is not them."""

from datetime import timedelta

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Door, Outbound, Tap, Text
from core import bindings, handoffs
from core.bindings import Merge

LATELY = timedelta(days=1)
"""So long after two chats were put together it is asked about when somebody says that this is not theirs."""


def code(turn: Turn, _argument: str) -> list[Outbound]:
    """A new code and links with the same proof inside, with what to do with them and until when."""
    made = bindings.offer(turn.session, turn.identity, turn.now)
    until = made.until.astimezone(turn.company.zone).time()
    said = turn.say("link-told", code=made.code, until=until, choices=[cards.go(turn, "profile")])
    start = f"linking_{made.token}"
    doors = [turn.text(door.key, link=door.link(start)) for door in turn.doors if _is_elsewhere(turn, door)]
    if not doors:
        return [said]
    lines = [said.text, turn.text("link-doors"), *doors]
    return [Outbound("\n".join(lines), said.choices)]


def _is_elsewhere(turn: Turn, door: Door) -> bool:
    here = (turn.identity.channel, turn.identity.account)
    return door.many or (door.channel, door.account) != here


def mistaken(turn: Turn, _argument: str) -> list[Outbound]:
    """Somebody says that this is not their record: staff look into what was put together last.

    Nothing is parted at once: whoever got into another's record would be the first to ask for that.
    """
    made = bindings.latest(turn.session, turn.customer_id)
    if made is None or turn.now - made.at > LATELY:
        return [turn.say("mistaken-nothing", choices=[cards.go(turn, "person"), cards.go(turn, "profile")])]
    reference = cards.merge_reference(made)
    _ask_staff(turn, made, reference)
    choices = [cards.go(turn, "profile")]
    return [turn.say("mistaken-told", reference=reference, phone=turn.house_phone, choices=choices)]


def _ask_staff(turn: Turn, made: Merge, reference: str) -> None:
    match turn.content:
        case Text(body) | Tap(_, body):
            words = f"{body} {reference}".strip()
        case _:
            words = reference
    reason = f"merge:{made.id}"
    handoffs.ask(turn.session, turn.customer_id, topic="binding", words=words, reason=reason, now=turn.now)
    telling.staff_of_mistaken(turn, made)
