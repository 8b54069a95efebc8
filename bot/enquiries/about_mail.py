"""No e-mail any more: the address is forgotten."""

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from bot.readers import emails
from core.resorts import addresses


def forget(turn: Turn, _argument: str) -> list[Outbound]:
    """Forget the customer's e-mail address."""
    known = addresses.of(turn.session, turn.customer_id)
    address = emails.masked(known.address) if known else ""
    gone = addresses.remove(turn.session, turn.customer_id, turn.now)
    key = "unmailing-done" if gone else "unmailing-nothing"
    return [turn.say(key, address=address, choices=[cards.go(turn, "profile")])]


def line(turn: Turn) -> list[tuple[str, str]]:
    """Their address in what we know of them; nothing where the company sends no e-mail."""
    if not turn.company.resorts.email_from:
        return []
    known = addresses.of(turn.session, turn.customer_id)
    if known is None:
        return [(turn.text("mailing-address-label"), turn.text("value-none"))]
    said = emails.masked(known.address)
    said = turn.text("mailing-lost-line", address=said) if known.lost_at else said
    return [(turn.text("mailing-address-label"), said)]
