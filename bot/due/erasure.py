"""The time for second thoughts is over: what we keep of somebody goes, if nothing came up since."""

from bot import cards, texts
from bot.flow import Turn
from bot.flows.deleting import still_open
from bot.messages import Outbound
from core import identities
from core.customers import Customer
from core.privacy import erasing
from core.reminders import Reminder

KIND = erasing.KIND


def say(turn: Turn, reminder: Reminder) -> str:
    """Remove them, or tell them what has to be over first. Whoever is removed can be told nothing more."""
    customer_id = int(reminder.subject)
    asked = erasing.find(turn.session, customer_id)
    if asked is None:
        return "not done: they changed their mind"
    try:
        erasing.erase(turn.session, asked, turn.now)
    except erasing.StillOpen as no:
        erasing.give_up(turn.session, asked, turn.now)
        _tell(turn, customer_id, no)
        return "not done: something is open again"
    return "removed"


def _tell(turn: Turn, customer_id: int, no: erasing.StillOpen) -> None:
    customer = turn.session.get_one(Customer, customer_id)
    language = texts.closest(customer.language) or turn.company.languages[0]

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-deleting-open", what=still_open(their, no), choices=[cards.go(their, "mydata")]
        )

    turn.tell(identities.of_customer(turn.session, customer_id), language, make)
