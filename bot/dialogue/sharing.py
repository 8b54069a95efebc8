"""A number that the platform vouches for: kept as confirmed, and looked for in another chat."""

from bot import menu
from bot.dialogue.answering import answer
from bot.dialogue.beginning import filling_of, start
from bot.flow import Turn
from bot.messages import Contact, Outbound
from bot.readers import phones
from bot.state import State
from core import bindings, customers
from core.identities import Role


def shared_contact(state: State, turn: Turn, contact: Contact) -> list[Outbound]:
    """Take the number as the answer, or as their number where nothing was asked.

    When another chat has confirmed the same, whether both are them is asked next, and once.
    """
    phone = phones.read(contact.phone, turn.company.country)
    known = isinstance(phone, str) and turn.role is Role.CUSTOMER
    if isinstance(phone, str) and known:
        customers.set_phone(turn.session, turn.customer, phone, verified_at=turn.now)
    filling = filling_of(state, turn)
    if filling is not None:
        said = answer(filling, contact)
    elif isinstance(phone, str) and known:
        said = start(state, turn, "phoning", phone)
    else:
        return [turn.say("error-not-now"), menu.show(turn)]
    if not known or bindings.find_same_phone(turn.session, turn.customer_id) is None:
        return said
    if state.form is not None:
        said = said[:-1]  # its question is put again when this one is answered
    return [*said, *start(state, turn, "uniting", "")]
