"""The family agrees that we look after an elder or an infant a little, and says whom to tell."""

from typing import Any

from bot import cards
from bot.answers import a_phone, free_text
from bot.flow import Flow, Turn, ask, confirm
from bot.messages import Card, Outbound
from bot.readers import contacts, phones
from bot.verdicts import Leave, Retry
from core import welfare

TEXT_VERSION = "2026-11"
"""Which wording of the consent is agreed to: `watching-agreed-ask` and what it says of words and phones."""


def is_no_number(_turn: Turn, contact: str) -> None:
    """The name comes first, the number after it."""
    if contacts.masked(contact) != contact:
        raise Retry("watching-contact-number")


def has_contact(_turn: Turn, contact: str | None) -> bool:
    """Whether somebody else is to be called."""
    return contact is not None


def what_is_agreed(turn: Turn, contact: str | None, phone: str | None) -> Outbound:
    """Everything that is agreed to, with who is told."""
    called = (
        turn.text("watching-contact", name=contact, phone=phones.masked(phone))
        if contact and phone
        else turn.text("value-none")
    )
    lines = (
        (turn.text("watching-card-chat"), turn.text("watching-card-here")),
        (turn.text("watching-card-contact"), called),
    )
    return Outbound(turn.text("watching-agreed-ask"), card=Card(turn.text("watching-card-title"), lines))


class Watching(Flow):
    """Who else is called, and yes."""

    contact: str | None = ask(free_text(30), check=is_no_number, skippable=True)
    phone: str = ask(a_phone, when=has_contact)
    agreed: bool = confirm(what_is_agreed)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """Nothing is brought along. Raises `Leave` for a home without elders and infants."""
        if not (turn.household.elderly or turn.household.infants):
            raise Leave("watching-nobody")
        return {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep the consent, with its time and the text it was given to."""
        contact = (self.contact, self.phone) if self.contact and self.phone else None
        welfare.agree(
            turn.session, turn.customer_id, text_version=TEXT_VERSION, contact=contact, now=turn.now
        )
        return [turn.say("watching-done", choices=[cards.go(turn, "welfare")])]
