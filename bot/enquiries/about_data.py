"""My data: what we keep and why, to read, to take along, to have removed; and what was agreed to."""

from datetime import datetime, timedelta

from bot import agreeing, cards, mydata
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import consents, customers, decency, media, visits
from core.consents import Purpose
from core.decency import Class
from core.privacy import erasing, exporting, links

COUNTED = 500
LONGEST_INLINE = 3_000
"""So much of one's own data is told in the chat where there is no page to fetch it from, in characters."""


def told(turn: Turn, _argument: str) -> list[Outbound]:
    """What we keep, for what and for how long, in short; and what can be done about it."""
    asked = erasing.find(turn.session, turn.customer_id)
    card = Card(turn.text("data-title"), tuple(_kept(turn)))
    if asked is not None:
        at = asked.due_at
        return [turn.say("data-leaving", at=at, card=card, choices=_leaving(turn))]
    wants = consents.has(turn.session, turn.customer_id, Purpose.MARKETING)
    choices = [
        cards.go(turn, "takealong"),
        cards.go(turn, "profile"),
        cards.go(turn, "myrecord"),
        cards.go(turn, "terms"),
        cards.go(turn, "nooffers" if wants else "tellmeoffers"),
        cards.go(turn, "deleting"),
    ]
    return [turn.say("data-told", card=card, choices=choices)]


def _kept(turn: Turn) -> list[tuple[str, str]]:
    customer, rules = turn.customer, turn.company.privacy
    homes = customers.addresses(turn.session, turn.customer_id)
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    count = len(ahead) + len(visits.recent(turn.session, turn.customer_id, COUNTED))
    photos = media.of_customer(turn.session, turn.customer_id, turn.now)
    has_home = turn.household.told_at is not None
    return [
        (turn.text("data-line-you"), turn.text("data-you", name=customer.name or "none", homes=len(homes))),
        *([(turn.text("data-line-home"), turn.text("data-home"))] if has_home else []),
        (turn.text("data-line-visits"), turn.text("data-visits", count=count)),
        (turn.text("data-line-words"), turn.text("data-words", months=rules.chat_months)),
        *([(turn.text("data-line-photos"), turn.text("data-photos", count=len(photos)))] if photos else []),
        (turn.text("data-line-agreed"), _agreed(turn)),
    ]


def _agreed(turn: Turn) -> str:
    """What they agree to now, each purpose with the day of the latest yes."""
    latest: dict[Purpose, datetime] = {}
    for one in consents.standing(turn.session, turn.customer_id):
        latest.setdefault(one.purpose, one.given_at)
    said = [
        turn.text(
            "data-agreed-line",
            what=turn.text(f"data-purpose-{purpose.value}"),
            day=at.astimezone(turn.company.zone).date(),
        )
        for purpose, at in sorted(latest.items(), key=lambda one: list(Purpose).index(one[0]))
    ]
    return turn.text("list-mark").join(said) or turn.text("value-none")


def terms(turn: Turn, _argument: str) -> list[Outbound]:
    """The terms of service, and what is kept for it, word for word."""
    body = "\n\n".join(agreeing.text_of(turn, one) for one in (Purpose.TERMS, Purpose.SERVICE))
    return [Outbound(body, (cards.go(turn, "mydata"),))]


def offers(turn: Turn, _argument: str) -> list[Outbound]:
    """They want to hear of offers; nothing is sent before they say so."""
    agreeing.agree(turn, Purpose.MARKETING)
    decency.allow(turn.session, turn.customer_id, Class.MARKETING)
    return [turn.say("offers-on", choices=[cards.go(turn, "nooffers"), cards.go(turn, "mydata")])]


def no_offers(turn: Turn, _argument: str) -> list[Outbound]:
    """They want none, or none any more."""
    if not consents.has(turn.session, turn.customer_id, Purpose.MARKETING):
        return [turn.say("nooffers-none", choices=[cards.go(turn, "mydata")])]
    consents.withdraw(turn.session, turn.customer_id, Purpose.MARKETING, now=turn.now)
    return [turn.say("offers-off", choices=[cards.go(turn, "mydata")])]


def take_along(turn: Turn, _argument: str) -> list[Outbound]:
    """A link to a file with all of it; where we have no page, what is worth reading, here."""
    page = next((door.page for door in turn.doors if door.page), "")
    back = [cards.go(turn, "mydata")]
    if page:
        language, hours = turn.language, turn.company.privacy.export_hours
        token = links.make(turn.session, turn.company, turn.customer_id, language=language, now=turn.now)
        until = turn.now + timedelta(hours=hours)
        said = turn.say("takealong-link", link=f"{page}/mydata/{token}", at=until, choices=back)
        return [said]
    kept = exporting.gather(turn.session, turn.customer_id)
    text = mydata.readable(turn, kept, talks=False)
    if len(text) > LONGEST_INLINE:
        text = f"{text[:LONGEST_INLINE]}…"
    return [Outbound(text), turn.say("takealong-here", phone=turn.house_phone, choices=back)]


def keep(turn: Turn, _argument: str) -> list[Outbound]:
    """They changed their mind: nothing is removed."""
    kept = erasing.withdraw(turn.session, turn.customer_id, turn.now)
    key = "keepdata-kept" if kept else "keepdata-nothing"
    return [turn.say(key, choices=[cards.go(turn, "mydata"), cards.go(turn, "booking")])]


def _leaving(turn: Turn) -> list[Choice]:
    return [cards.go(turn, name) for name in ("keepdata", "takealong", "terms")]
