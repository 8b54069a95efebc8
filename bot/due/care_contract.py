"""Long-term care ends: its customer is asked in time how to go on, and staff call where nobody answered."""

from bot import cards, caring, emailing, membership
from bot.flow import Turn
from bot.messages import Outbound
from core.decency import Class
from core.lifecycle import Contract, contracts, planning, tasks
from core.reminders import Reminder

KIND = planning.CONTRACT


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose contract it is, where something reaches them."""
    found = turn.session.get(Contract, int(reminder.subject))
    if found is None or not emailing.reaches(turn, found.customer_id, Class.SERVICE):
        return None
    return found.customer_id


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask how to go on; the last time staff hear of it too."""
    found = turn.session.get(Contract, int(reminder.subject))
    if found is None:
        return "not said: the contract is gone"
    if found.answer is not None:
        return "not said: they said how to go on"
    if contracts.is_followed(turn.session, found):
        return "not said: another contract goes on from there"
    left = (found.last_day - turn.now.astimezone(turn.company.zone).date()).days
    if left < 0:
        return "stale: the contract has ended"
    if any(left <= other < reminder.payload["before"] for other in turn.company.care.contract_days):
        return "stale: it is time for the next one already"
    said = membership.tell(turn, found.customer_id, lambda their: _asked(their, found, left))
    if said and reminder.payload["before"] != min(turn.company.care.contract_days):
        return "said"
    key, about = f"{KIND}:{found.id}", turn.company.service(found.service_code).name.get(turn.language)
    customer_id, now = found.customer_id, turn.now
    asked = tasks.ask(turn.session, turn.company, customer_id, what="contract", key=key, about=about, now=now)
    return f"{'said, and ' if said else ''}{caring.call(turn, asked)}"


def _asked(turn: Turn, found: Contract, left: int) -> Outbound:
    choices = [cards.go(turn, "carego", f"{found.id}.{one}", f"care-go-{one}") for one in contracts.ANSWERS]
    name = turn.company.service(found.service_code).name
    return turn.say(
        "care-contract-told", service=name, day=found.last_day, left=left, taps=turn.taps, choices=choices
    )
