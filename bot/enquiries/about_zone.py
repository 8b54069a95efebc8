"""By whose clock somebody lives: shown, and changed by naming a place, also in the middle of a form."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import cards, digest, words
from bot.flow import Turn
from bot.messages import Choice, Outbound
from bot.readers import zones
from core import decency

NAME, HOME, OF = "zone", "home", "of"


def meant(turn: Turn, body: str) -> str | None:
    """What the words want of the clock, as a button of ours would say it; None for all other words.

    Where somebody merely says that they are where they are known to be, nothing is to be changed.
    """
    if (said := words.whole(body, "clock")) is not None:
        return HOME if said == HOME else ""
    if named := zones.asked(body):
        return _as_argument(named)
    named = zones.read(body)
    current = (turn.zone or turn.company.zone).key
    return _as_argument(named) if named and current not in named else None


def _as_argument(named: tuple[str, ...]) -> str:
    return named[0] if len(named) == 1 else f"{OF}:{named[0]}"


def settings(turn: Turn, argument: str) -> list[Outbound]:
    """Live by that clock from now on; ask which of a wide country, or show by which they live now."""
    kind, _, first = argument.partition(":")
    if kind == OF:
        choices = [_go(turn, one) for one in zones.besides(first)]
        return [turn.say("zone-which", choices=choices)] if choices else [_shown(turn)]
    if argument and argument != HOME and not zones.is_zone(argument):
        return [_shown(turn)]
    if not argument:
        return [_shown(turn)]
    at_home = argument in (HOME, turn.company.timezone)
    decency.live_in(turn.session, turn.customer_id, None if at_home else argument, turn.now)
    turn.zone = None if at_home else ZoneInfo(argument)
    digest.plan(turn.session, turn.company, turn.customer_id, turn.now)
    if at_home:
        return [turn.say("zone-home", now=_clock(turn), choices=[cards.go(turn, "messages")])]
    choices = [_back(turn), cards.go(turn, "messages")]
    return [turn.say("zone-set", place=city(turn), now=_clock(turn), choices=choices)]


def _shown(turn: Turn) -> Outbound:
    key = "zone-shown" if turn.zone else "zone-shown-home"
    choices = [_back(turn)] if turn.zone else []
    return turn.say(key, place=city(turn), now=_clock(turn), choices=[*choices, cards.go(turn, "messages")])


def city(turn: Turn) -> str:
    """What the clock they live by is called."""
    return zones.city((turn.zone or turn.company.zone).key, turn.language)


def _clock(turn: Turn) -> object:
    now: datetime = turn.now.astimezone(turn.zone or turn.company.zone)
    return now.time()


def _go(turn: Turn, zone: str) -> Choice:
    clock = turn.now.astimezone(ZoneInfo(zone)).time()
    return cards.go(turn, NAME, zone, "zone-go", place=zones.city(zone, turn.language), now=clock)


def _back(turn: Turn) -> Choice:
    return cards.go(turn, NAME, HOME, "zone-go-home")
