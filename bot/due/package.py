"""A package ends: its owner hears some weeks before what is left in it, and what is left then is forfeit."""

from bot import cards, packing, telling
from bot.flow import Turn
from core import packages
from core.packages import Left, State
from core.reminders import Reminder

KIND, WARNS = packing.ENDS, packing.WARNS


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose package it is."""
    package = packages.find(turn.session, int(reminder.subject))
    return package.customer_id if package is not None else None


def say(turn: Turn, reminder: Reminder) -> str:
    """Its time is over."""
    package = packages.find(turn.session, int(reminder.subject))
    if package is None:
        return "not said: the package is gone"
    lost = packages.end(turn.session, package, turn.now)
    if not lost:
        return "not said: nothing was left, or it ends later"
    told = telling.customer(
        turn,
        package.customer_id,
        lambda their: their.say(
            "told-package-ended",
            name=packing.name(their, package),
            count=lost,
            unit=package.unit,
            choices=[cards.go(their, "packages")],
        ),
    )
    return "said" if told else "not said: the customer can be written to nowhere"


def warn(turn: Turn, reminder: Reminder) -> str:
    """It is over soon, and something is left."""
    package = packages.find(turn.session, int(reminder.subject))
    if package is None or package.state is not State.ACTIVE:
        return "not said: the package is over"
    left = packages.left(turn.session, package)
    if not left:
        return "not said: nothing is left"
    told = telling.customer(
        turn,
        package.customer_id,
        lambda their: their.say(
            "told-package-ends",
            name=packing.name(their, package),
            left=packing.left_line(their, Left(package, left)),
            choices=[cards.go(their, "booking"), cards.go(their, "packages")],
        ),
    )
    return "said" if told else "not said: the customer can be written to nowhere"
