"""What customers tell of their lives by the way: kept, answered in a line, used at the next booking."""

from collections.abc import Sequence

from bot import cards
from bot.flow import Turn
from bot.messages import Choice, Outbound
from bot.readers.life import read
from core import facts, visits
from core.facts import Event

NEW_HOMES = (Event.MOVING, Event.RENOVATED)
"""After which the whole home wants cleaning once."""


def tells(body: str) -> bool:
    """Whether the message says that something happened."""
    return bool(read(body))


def heard(turn: Turn, body: str) -> tuple[Event, ...]:
    """What the message says happened; it is kept."""
    told = read(body)
    for event in told:
        facts.happens(turn.session, turn.customer_id, event, turn.now)
    return told


def line(turn: Turn, told: Sequence[Event]) -> str:
    """That it is kept, in a few words, where the message is answered otherwise."""
    return turn.text("life-noted", events=[turn.text(f"life-{event.value}-what") for event in told])


def reply(turn: Turn, told: Sequence[Event]) -> Outbound:
    """What it means here, a line each, and what may be done now."""
    lines = [turn.text(f"life-{event.value}-told") for event in told]
    if Event.MOVING in told and visits.upcoming(turn.session, turn.customer_id, turn.now):
        lines.append(turn.text("life-moving-ahead"))
    choices = [*_offers(turn, told), cards.go(turn, "unhappened", ".".join(told))]
    return Outbound("\n".join(lines), tuple(choices))


def _offers(turn: Turn, told: Sequence[Event]) -> list[Choice]:
    offers = [cards.go(turn, "addressing")] if Event.MOVING in told else []
    if set(NEW_HOMES) & {*told} and (code := new_home_service(turn)):
        offers.append(cards.go(turn, "booking", code, "go-booking-new-home"))
    return offers or [cards.go(turn, "booking")]


def new_home_service(turn: Turn) -> str | None:
    """The service for a home that was just finished, if it is sold."""
    code = turn.company.record.new_home
    return next((one.code for one in turn.company.services if one.code == code), None)


def unhappened(turn: Turn, argument: str) -> list[Outbound]:
    """They would rather not have it kept."""
    events = [Event(one) for one in argument.split(".") if one in set(Event)]
    facts.spend(turn.session, turn.customer_id, events or list(Event), turn.now)
    return [turn.say("life-forgotten", choices=[cards.go(turn, "profile"), cards.go(turn, "booking")])]
