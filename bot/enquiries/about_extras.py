"""Something extra that a worker proposed: what the customer's answer does, and taking it back."""

from collections.abc import Callable

from bot import attending, cards, proposing, reminding
from bot.flow import Reference, Turn
from bot.messages import Choice, Outbound
from bot.texts import Money
from core import extras, visits
from core.extras import Extra, ExtraGone, NoRoom, UnknownExtra
from core.visits import Visit


def agree(turn: Turn, argument: str) -> list[Outbound]:
    """The customer agrees: price and end change together, and the workers may begin."""
    return _settled(turn, argument, _agree)


def _agree(turn: Turn, extra: Extra) -> list[Outbound]:
    try:
        visit = extras.agree(turn.session, turn.company, extra, turn.now)
    except NoRoom as no:
        visit = extras.withdraw(turn.session, extra, turn.now)
        attending.crew(
            turn, visit, lambda their: their.say("told-extra-no-room", what=proposing.named(their, extra))
        )
        return [turn.say(no.key, choices=[_progress(turn, visit)])]
    reminding.plan_end(turn.session, visit)
    reminding.plan_overdue(turn.session, visit)
    attending.crew(
        turn,
        visit,
        lambda their: their.say(
            "told-extra-agreed",
            what=proposing.named(their, extra),
            ends=attending.clock(their, visit.ends_at),
            choices=attending.choices(their, visit),
        ),
    )
    said = turn.say(
        "extra-agreed",
        what=proposing.named(turn, extra),
        ends=attending.clock(turn, visit.ends_at),
        total=Money(visit.total),
        choices=[_progress(turn, visit)],
    )
    return [said]


def refuse(turn: Turn, argument: str) -> list[Outbound]:
    """The customer does not want it; everything stays as it was."""
    return _settled(turn, argument, _refuse)


def _refuse(turn: Turn, extra: Extra) -> list[Outbound]:
    visit = extras.refuse(turn.session, extra, turn.now)
    attending.crew(
        turn,
        visit,
        lambda their: their.say(
            "told-extra-refused", what=proposing.named(their, extra), choices=attending.choices(their, visit)
        ),
    )
    ends, total = attending.clock(turn, visit.ends_at), Money(visit.total)
    return [turn.say("extra-refused", ends=ends, total=total, choices=[_progress(turn, visit)])]


def _settled(turn: Turn, argument: str, settle: Callable[[Turn, Extra], list[Outbound]]) -> list[Outbound]:
    """Settle the proposal that a button names, or the only one that is open."""
    extra = _meant(turn, argument)
    if extra is None:
        return [turn.say("extra-none", choices=[cards.go(turn, "visits")])]
    visit = turn.session.get_one(Visit, extra.visit_id)
    turn.about = Reference(visit.reference)
    try:
        return settle(turn, extra)
    except ExtraGone as gone:
        return [Outbound(turn.text(gone.key, **gone.args_), (_progress(turn, visit),))]


def _meant(turn: Turn, argument: str) -> Extra | None:
    """The customer's own proposal of that number; without one, whatever is open."""
    if argument.isascii() and argument.isdecimal():
        extra = extras.by_id(turn.session, int(argument))
        if turn.session.get_one(Visit, extra.visit_id).customer_id != turn.customer_id:
            raise UnknownExtra
        return extra
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    found = (extras.open_of(turn.session, visit) for visit in ahead)
    return next((extra for extra in found if extra is not None), None)


def withdraw(turn: Turn, argument: str) -> list[Outbound]:
    """A worker of the visit takes the proposal back."""
    if not (argument.isascii() and argument.isdecimal()):
        return attending.nothing(turn)
    extra = extras.by_id(turn.session, int(argument))
    reference = turn.session.get_one(Visit, extra.visit_id).reference
    visit = visits.attended_by(turn.session, turn.worker_id, reference)
    try:
        extras.withdraw(turn.session, extra, turn.now)
    except ExtraGone as gone:
        said = turn.text("told-extra-gone", **gone.args_)
        return [Outbound(said, tuple(attending.choices(turn, visit)))]
    return [
        turn.say("extra-withdrawn", what=proposing.named(turn, extra), choices=attending.choices(turn, visit))
    ]


def _progress(turn: Turn, visit: Visit) -> Choice:
    return cards.go(turn, "progress", visit.reference)
