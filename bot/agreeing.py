"""What people agree to, in our words and in their language: shown, kept, and kept apart by purpose."""

from bot.flow import Turn
from core import consents
from core.consents import Consent, Purpose


def text_of(turn: Turn, purpose: Purpose) -> str:
    """What is agreed to for a purpose, as the person can read it."""
    return turn.text(f"consent-text-{purpose.value}", company=turn.company.name, phone=turn.house_phone)


def agree(turn: Turn, purpose: Purpose, subject: str = "") -> Consent:
    """Whoever speaks agrees to it, here and now; `subject` is the visit it is about, if any."""
    body = text_of(turn, purpose)
    return consents.give(
        turn.session, turn.customer_id, purpose, body=body, by=turn.identity, subject=subject, now=turn.now
    )


def agree_to_terms(turn: Turn, reference: str) -> None:
    """The yes to a visit is a yes to the terms, as its question says, and to what serving them takes."""
    bodies = {purpose: text_of(turn, purpose) for purpose in (Purpose.TERMS, Purpose.SERVICE)}
    consents.give_with_visit(
        turn.session, turn.customer_id, reference, bodies, by=turn.identity, now=turn.now
    )
