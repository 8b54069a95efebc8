"""Something that was to be said failed again and again: staff hear of it, once a day for each kind."""

from datetime import datetime

from sqlmodel import Session

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Outbound
from core import reminders
from core.company import Company
from core.reminders import Reminder

KIND = "given-up"


def plan(session: Session, company: Company, lost: Reminder, now: datetime) -> None:
    """Have staff told of a reminder that was given up; one about which they cannot be told is in the log."""
    if lost.kind == KIND:
        return
    day = now.astimezone(company.zone).date().isoformat()
    payload = {"subject": lost.subject, "due": lost.since.isoformat()}
    key = f"{KIND}:{lost.kind}:{day}"
    reminders.schedule(session, KIND, lost.kind, now, dedupe_key=key, payload=payload)


def say(turn: Turn, reminder: Reminder) -> str:
    """Name the first of them; the others of its kind and day are in the log and in `menling why`."""
    kind, about = reminder.subject, str(reminder.payload["subject"])
    due = datetime.fromisoformat(reminder.payload["due"])

    def make(their: Turn) -> Outbound:
        return their.say("given-up-told", kind=kind, about=about, due=due, choices=[cards.go(their, "desk")])

    telling.staff(turn, make)
    return "said"
