"""Campaigns by the clock: one customer is told, a draw is drawn, a winner hears, managers hear of a stop."""

from bot import campaigning, cards, membership, telling
from bot.flow import Turn
from bot.messages import Outbound
from core import campaigns
from core.campaigns import Campaign, Part, draws
from core.reminders import Reminder
from core.resorts.addresses import EMAIL

KIND, STOPPED, DRAW, WON = campaigns.KIND, campaigns.STOPPED, campaigns.DRAW, campaigns.WON


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose part it is."""
    found = campaigns.part(turn.session, int(reminder.subject))
    return found[0].customer_id if found is not None else None


def unsaid(turn: Turn, reminder: Reminder, why: str) -> None:
    """They may not be told: that is final, and counted by its reason."""
    campaigns.drop(turn.session, int(reminder.subject), why, turn.now)


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell one customer in one place, if the campaign still runs and its budget pays for it."""
    found = campaigns.part(turn.session, int(reminder.subject))
    if found is None or found[0].state is not Part.WAITING:
        return "not said: they were told before, or are not to be"
    target, campaign = found
    customer_id, chat = target.customer_id, campaigning.chat(turn, target.customer_id)
    if chat is None and customer_id not in turn.unseen:
        why = "no chat of theirs may be written to now"
        campaigns.drop(turn.session, target.id or 0, why, turn.now)
        return f"not said: {why}"
    channel = EMAIL if chat is None or customer_id in turn.unseen else chat.channel
    no = campaigns.claim(turn.session, turn.company, target, channel, turn.now)
    if no is not None:
        return f"not said: {no}"

    def make(their: Turn) -> Outbound:
        return campaigning.offer(their, campaign, customer_id)

    if not telling.by_email(turn, customer_id, make) and chat is not None:
        turn.tell([chat], telling.language_of_customer(turn, customer_id), make)
    return f"said: {campaign.name}"


def draw(turn: Turn, reminder: Reminder) -> str:
    """Draw the winners, unless somebody did before."""
    campaign = turn.session.get_one(Campaign, int(reminder.subject), with_for_update=True)
    won = draws.draw(turn.session, turn.company, campaign, turn.now)
    return f"drawn: {len(won)} won"


def say_won(turn: Turn, reminder: Reminder) -> str:
    """A winner hears what they won."""
    found = campaigns.part(turn.session, int(reminder.subject))
    if found is None or found[0].won is None:
        return "not said: they did not win"
    target, campaign, place = *found, found[0].won

    def make(their: Turn) -> Outbound:
        return campaigning.won(their, campaign, place)

    if membership.tell(turn, target.customer_id, make):
        return "said"
    return "not said: the customer can be written to nowhere"


def say_stopped(turn: Turn, reminder: Reminder) -> str:
    """Managers hear that it stopped by itself, and why."""
    campaign = turn.session.get_one(Campaign, int(reminder.subject))
    if campaign.why is None:
        return "not said: it goes on"

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-campaign-stopped",
            name=campaign.name,
            why=campaign.why or "",
            count=campaign.sent,
            choices=[cards.go(their, "desk")],
        )

    telling.managers(turn, make)
    return "said"
