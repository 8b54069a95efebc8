"""What is offered to someone who is in no conversation, by who they are; and who may begin what."""

from bot import cards, words
from bot.enquiries import ENQUIRIES, about_questions
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import Outbound
from bot.readers import when
from core import customers, visits
from core.identities import Role
from core.staff import Rank

LONGEST_NAME = 40
VAGUE = (None, "booking", "greeting", "repeating")
"""What a message seems to mean by a word or two that stand in many a question: "do I need to be home"."""
MENUS: dict[Role, tuple[str, ...]] = {
    Role.CUSTOMER: ("booking", "visits", "progress", "prices", "profile", "person"),
    Role.WORKER: ("today", "tomorrow", "departing", "arriving", "offers", "rescue"),
    Role.STAFF: ("agenda", "complaints", "desk", "requests", "unpaid", "incidents"),
}
ACCOUNTS = ("agenda", "unpaid", "unpaidpackages", "redemptions")
"""What those are offered who keep the accounts..."""
FOR_ACCOUNTS = frozenset(ACCOUNTS) | frozenset(
    "ticket found customer showphone paying paid packagepaid packageback handedover nothanded thanks greeting"
    " switch".split()
)
"""... and all that they may do."""


def show(turn: Turn, text: str = "", *, person: bool = False) -> Outbound:
    """The menu, below `text`. Who has been with us before is offered the same visit again."""
    names = list(ACCOUNTS if turn.rank is Rank.FINANCE else MENUS[turn.role])
    if person:
        names.insert(0, names.pop(names.index("person")))
    choices = [cards.go(turn, name) for name in names]
    if turn.role is Role.CUSTOMER and visits.usual(turn.session, turn.customer_id) is not None:
        choices.insert(1, cards.go(turn, "booking", "again", "go-booking-again"))
    choices += [cards.go(turn, "switch")] if len(turn.identity.roles) > 1 else []
    return Outbound(text or turn.text("menu-ask"), tuple(choices))


def may(turn: Turn, name: str) -> bool:
    """Whether this person may begin that flow or ask that."""
    return turn.role in _roles(name) and (turn.rank is not Rank.FINANCE or name in FOR_ACCOUNTS)


def elsewhere(turn: Turn, name: str) -> Role | None:
    """As what else this person may begin that flow or ask that; None if as nothing they are."""
    others = (role for role in turn.identity.roles if role is not turn.role)
    return next((role for role in others if role in _roles(name)), None)


def _roles(name: str) -> frozenset[Role]:
    if name in FLOWS:
        return FLOWS[name].roles
    return ENQUIRIES[name].roles if name in ENQUIRIES else frozenset()


def meant(turn: Turn, body: str) -> str | None:
    """What a message asks to begin or to know, of the things this person may."""
    allowed = {name for name in (*FLOWS, *ENQUIRIES) if may(turn, name)}
    said = words.whole(body, "alone", allowed) or words.whole(body, "intents", allowed)
    said = said or words.within(body, "intents", allowed)
    if said in VAGUE and turn.role is Role.CUSTOMER and about_questions.asked(turn.company, body):
        return about_questions.NAME
    return said


def meant_elsewhere(turn: Turn, body: str) -> str | None:
    """What a whole message asks for that belongs to them as something else that they are."""
    others = {name for name in (*FLOWS, *ENQUIRIES) if not may(turn, name) and elsewhere(turn, name)}
    return words.whole(body, "intents", others)


def is_refused(turn: Turn, body: str) -> bool:
    """Whether a whole message asks for what is for others only."""
    others = {name for name in (*FLOWS, *ENQUIRIES) if elsewhere(turn, name) is None}
    return words.whole(body, "intents", others) is not None


def looked_up(turn: Turn, body: str) -> tuple[str, str] | None:
    """What staff look for who type a reference, a day, a customer's name, or the last digits of a number.

    Workers look for a day. The enquiry that shows it, and what that is asked.
    """
    if turn.role is Role.CUSTOMER or len(body) > LONGEST_NAME:
        return None
    if turn.role is Role.WORKER:
        day = _day_named(turn, body)
        return ("today", day) if day else None
    if visits.by_reference(turn.session, body) is not None:
        return "ticket", "".join(body.split()).upper()
    if day := _day_named(turn, body):
        return "agenda", day
    said = body.strip()
    return ("found", said) if customers.called(turn.session, said, 1) else None


def _day_named(turn: Turn, body: str) -> str | None:
    """The day, as ISO 8601 writes it, that a message names and no time of it."""
    named = when.read(body, turn.now.astimezone(turn.company.zone), turn.language)
    if named is None or not named.has_day or named.has_time or named.starts is None:
        return None
    return named.starts.date().isoformat()


def is_bookable(turn: Turn) -> bool:
    """Whether words that sound like a visit mean that one is wanted."""
    return turn.role is Role.CUSTOMER
