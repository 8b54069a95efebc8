"""The last visit of a plan comes near: its customer hears that none comes after it, and may go on."""

from dataclasses import replace

from bot import arranging, cards, caring, plan_ends, recurring, texts
from bot.flow import Turn
from bot.messages import Outbound
from core import identities, plans
from core.customers import Customer
from core.lifecycle import CareTask, contracts, tasks
from core.plans import Plan, Until
from core.reminders import Reminder

KIND = arranging.LAST


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose plan it is, where they have a chat."""
    plan = turn.session.get(Plan, int(reminder.subject))
    if plan is None or not identities.of_customer(turn.session, plan.customer_id):
        return None
    return plan.customer_id


def say(turn: Turn, reminder: Reminder) -> str:
    """Say it, if that visit is still the last one and still to come; the last time staff hear of it too."""
    plan = turn.session.get(Plan, int(reminder.subject))
    if plan is None or plan.ended_at is not None:
        return "not said: the plan has ended"
    known = recurring.outline(turn, plan)
    last = plans.final(turn.company, known, turn.now)
    if last is None or last.day.isoformat() != reminder.payload["day"]:
        return "not said: it is not the last one any more"
    before, days = int(reminder.payload.get("before", 0)), turn.company.care.contract_days
    left = ((last.on or last.day) - turn.now.astimezone(turn.company.zone).date()).days
    if any(left <= other < before for other in days):
        return "stale: it is time for the next one already"
    if contracts.ends_near(turn.session, plan.customer_id, plan.service_code, last.day):
        return "not said: they are asked about their contract"
    told = _tell(turn, plan, known, last)
    if before != min(days):
        return "said" if told else "not said: the customer has no chat"
    called = caring.call(turn, _call(turn, plan))
    return f"said, and {called}" if told else called


def _tell(turn: Turn, plan: Plan, known: plans.Outline, last: plans.Occasion) -> bool:
    customer = turn.session.get_one(Customer, plan.customer_id)
    language = texts.closest(customer.language) or turn.company.languages[0]

    def make(their: Turn) -> Outbound:
        mark = recurring.mark(plan)
        said = their.say(
            "plan-told-last",
            when=their.text("value-said", value=their.local(last.starts_at)),
            plan=recurring.line(their, plan, known.latest()),
            until=plan_ends.said(their, Until(plan.ends, plan.times)),
            choices=[cards.go(their, name, mark) for name in ("planonward", "planenough", "plans")],
        )
        return replace(said, until=last.starts_at)

    chats = identities.of_customer(turn.session, plan.customer_id)
    turn.tell(chats, language, make)
    return bool(chats)


def _call(turn: Turn, plan: Plan) -> CareTask | None:
    key, about = f"{KIND}:{plan.id}", turn.company.service(plan.service_code).name.get(turn.language)
    return tasks.ask(
        turn.session, turn.company, plan.customer_id, what="contract", key=key, about=about, now=turn.now
    )
