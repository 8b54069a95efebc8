"""Now and then we ask how things are: the bot, or for the higher tiers a person of ours."""

from bot import cards, caring
from bot.flow import Turn
from bot.messages import Outbound
from core.lifecycle import planning, tasks
from core.lifecycle.tables import CLOSE, HERE
from core.members.tables import Tier
from core.reminders import Reminder

KIND = planning.RETURN


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whom the bot asks; a call by staff is work, and counted as nothing."""
    return None if _is_call(turn, reminder) else caring.whom(turn, reminder)


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask, or have staff ask."""
    known, customer_id = caring.history(turn, reminder), int(reminder.subject)
    if (why := caring.why_not(turn, reminder, known)) is not None:
        return why
    row = caring.stands(turn.session, customer_id)
    # Who is silent was offered a visit by the bot already; a person asks them, where one does.
    if row.stage not in (HERE if _is_call(turn, reminder) else CLOSE):
        return f"not said: they are {row.stage.value} now"
    row.returned_at = turn.now
    turn.session.add(row)
    if _is_call(turn, reminder) or caring.whom(turn, reminder) is None:
        key, now = reminder.dedupe_key, turn.now
        task = tasks.ask(turn.session, turn.company, customer_id, what="return", key=key, now=now)
        return caring.call(turn, task)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, one) for one in ("carefine", "booking")]
        choices.insert(1, cards.go(their, "complaining", "", "care-go-wrong"))
        return their.say(
            "care-return-told", name=known.customer.name or "none", taps=their.taps, choices=choices
        )

    return caring.tell(turn, customer_id, make, caring.until(turn, reminder))


def _is_call(turn: Turn, reminder: Reminder) -> bool:
    tier = caring.tier(turn, reminder)
    return tier.step >= Tier(turn.company.care.call_from).step
