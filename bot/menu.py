"""What is offered to someone who is in no conversation, by who they are; and who may begin what."""

from bot import cards, words
from bot.enquiries import ENQUIRIES
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import Outbound
from core import visits
from core.identities import Role

MENUS: dict[Role, tuple[str, ...]] = {
    Role.CUSTOMER: ("booking", "visits", "progress", "prices", "profile", "person"),
    Role.WORKER: ("round",),
    Role.STAFF: ("desk", "requests", "parting"),
}


def show(turn: Turn, text: str = "", *, person: bool = False) -> Outbound:
    """The menu, below `text`. Who has been with us before is offered the same visit again."""
    names = list(MENUS[turn.role])
    if person:
        names.insert(0, names.pop(names.index("person")) if "person" in names else names[0])
    choices = [cards.go(turn, name) for name in names]
    if turn.role is Role.CUSTOMER and visits.usual(turn.session, turn.customer_id) is not None:
        choices.insert(1, cards.go(turn, "booking", "again", "go-booking-again"))
    return Outbound(text or turn.text("menu-ask"), tuple(choices))


def may(turn: Turn, name: str) -> bool:
    """Whether this person may begin that flow or ask that."""
    if name in FLOWS:
        return turn.role in FLOWS[name].roles
    return name in ENQUIRIES and turn.role in ENQUIRIES[name].roles


def meant(turn: Turn, body: str) -> str | None:
    """What a message asks to begin or to know, of the things this person may."""
    allowed = {name for name in (*FLOWS, *ENQUIRIES) if may(turn, name)}
    return words.whole(body, "intents", allowed) or words.within(body, "intents", allowed)


def is_bookable(turn: Turn) -> bool:
    """Whether words that sound like a visit mean that one is wanted."""
    return turn.role is Role.CUSTOMER
