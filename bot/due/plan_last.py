"""The last visit of a plan comes near: its customer hears that none comes after it, and may go on."""

from dataclasses import replace

from bot import arranging, cards, plan_ends, recurring, texts
from bot.flow import Turn
from bot.messages import Outbound
from core import identities, plans
from core.customers import Customer
from core.plans import Plan, Until
from core.reminders import Reminder

KIND = arranging.LAST


def say(turn: Turn, reminder: Reminder) -> str:
    """Say it, if that visit is still the last one and still to come."""
    plan = turn.session.get(Plan, int(reminder.subject))
    if plan is None or plan.ended_at is not None:
        return "not said: the plan has ended"
    known = recurring.outline(turn, plan)
    last = plans.final(turn.company, known, turn.now)
    if last is None or last.day.isoformat() != reminder.payload["day"]:
        return "not said: it is not the last one any more"
    customer = turn.session.get_one(Customer, plan.customer_id)
    language = texts.closest(customer.language) or turn.company.languages[0]

    def make(their: Turn) -> Outbound:
        said = their.say(
            "plan-told-last",
            when=their.text("value-said", value=their.local(last.starts_at)),
            plan=recurring.line(their, plan, known.latest()),
            until=plan_ends.said(their, Until(plan.ends, plan.times)),
            choices=[
                cards.go(their, "planonward", recurring.mark(plan)),
                cards.go(their, "plans", recurring.mark(plan)),
            ],
        )
        return replace(said, until=last.starts_at)

    chats = identities.of_customer(turn.session, plan.customer_id)
    turn.tell(chats, language, make)
    return "said" if chats else "not said: the customer has no chat"
