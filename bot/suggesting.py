"""A yes or no that is typed, where nothing is open but a visit that we suggested."""

from bot.flow import Turn
from bot.readers import typed, yes_no
from core import visits
from core.identities import Role
from core.lifecycle import Suggestion, suggestions

YES, NO = "care-go-book", "care-go-later"


def meant(turn: Turn, body: str) -> tuple[str, str] | None:
    """What a bare yes or no begins, and with what; None for other words, and where nothing is open.

    The words of its two buttons are a yes and a no as well, however long ago they were shown.
    """
    labels = {typed.bare(turn.text(key)): key == YES for key in (YES, NO)}
    said = labels.get(typed.bare(body), yes_no.read(body))
    if said is None or (made := _open(turn)) is None:
        return None
    if not said:
        return "carelater", str(made.id)
    return "booking", f"care.{made.id}" if made.visit_id else made.service_code


def declined(turn: Turn) -> str | None:
    """The suggestion that whoever says "forget it" means, having no visit to cancel."""
    made = _open(turn)
    if made is None or visits.upcoming(turn.session, turn.customer_id, turn.now):
        return None
    return str(made.id)


def _open(turn: Turn) -> Suggestion | None:
    if turn.role is not Role.CUSTOMER:
        return None
    try:
        found = suggestions.find(turn.session, turn.customer_id, None)
    except suggestions.NoSuggestion:
        return None
    return found if found.until > turn.now else None
