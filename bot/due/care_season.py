"""What is good to have done at this time of the year is suggested where it suits, one at a time."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot import cards, caring
from bot.flow import Turn
from bot.messages import Outbound
from core import facts
from core.facts import Fact
from core.lifecycle import Suggestion, planning, seasons, suggestions
from core.lifecycle.reading import History
from core.lifecycle.seasons import Due
from core.reminders import Reminder

KIND = planning.SEASON


def say(turn: Turn, reminder: Reminder) -> str:
    """Suggest it, if the season is still on and nothing else is suggested."""
    known, customer_id = caring.history(turn, reminder), int(reminder.subject)
    if (why := caring.why_not(turn, reminder, known)) is not None:
        return why
    today, name = turn.now.astimezone(turn.company.zone).date(), reminder.payload["season"]
    begins = date.fromisoformat(reminder.payload["begins"])
    on = (one for one in seasons.now(turn.company, known, today) if one.season.name == name)
    found = next((one for one in on if one.begins == begins), None)
    if found is None:
        return "not said: it is not the time any more, or it was done"
    segment = caring.stands(turn.session, customer_id).segment
    if (why := caring.why_no_suggestion(turn, known, segment, name, reminder.dedupe_key)) is not None:
        return why
    if caring.whom(turn, reminder) is None:
        return caring.NOWHERE
    _use(turn, known.told, found)
    made = suggestions.make(
        turn.session,
        turn.company,
        known,
        kind=found.season.name,
        key=reminder.dedupe_key,
        service_code=found.service,
        now=turn.now,
    )

    return caring.tell(
        turn,
        customer_id,
        partial(_suggested, known=known, found=found, made=made),
        caring.until(turn, reminder),
    )


def _suggested(their: Turn, *, known: History, found: Due, made: Suggestion) -> Outbound:
    service = their.company.service(found.service)
    own = f"care-season-{found.season.name}"
    said = their.text(
        own if their.has(own) else "care-season-other",
        name=known.customer.name or "none",
        service=service.name,
        price=cards.price_each(their, service.unit_price, service.unit),
        taps=their.taps,
    )
    book = cards.go(their, "booking", service.code, "care-go-service", service=service.name)
    return Outbound(said, (book, *caring.no_choices(their, made)), language=their.language)


def _use(turn: Turn, told: Sequence[Fact], found: Due) -> None:
    """What they told us of their life is used once."""
    after = found.season.after
    for fact in told:
        if after is not None and fact.what == after.value:
            facts.use(turn.session, fact, turn.now)
