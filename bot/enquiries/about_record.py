"""The record of a customer: what we know and from whom, and all that happened, for staff and for them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import cards, caring, storytelling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound, Text
from bot.readers import phones
from core import audit, customers, facts, history, reviews, rights, visits
from core.audit import Deed, What
from core.customers import Customer
from core.facts import Event, Fact
from core.identities import Role
from core.lifecycle import looking
from core.rights import Field

SHOWN, SHORT = 8, 5
SENSITIVE = frozenset({"allergy", "elderly", "infants"})
NAMESAKES = 6
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def mine(turn: Turn, argument: str) -> list[Outbound]:
    """What happened with them lately, in short, and the way to what is older."""
    return [_happened(turn, turn.customer_id, argument, SHORT, "myrecord", "")]


def record(turn: Turn, argument: str) -> list[Outbound]:
    """A customer for staff: by number from a button, else by name or the last digits in what they typed."""
    number, _, before = argument.partition(".")
    if number.isascii() and number.isdecimal() and before:
        return [_happened(turn, int(number), before, SHOWN, "customer", f"{number}.")]
    found = _meant(turn, number)
    if not found:
        return [turn.say("record-nobody", choices=[cards.go(turn, "agenda")])]
    if len(found) > 1:
        return [_which(turn, found)]
    id = found[0].id or 0
    page = _happened(turn, id, "", SHOWN, "customer", f"{id}.")
    # Where buttons are numbered lines, only those of the last message can be chosen.
    phone = (cards.go(turn, "showphone", str(id)),) if found[0].phone else ()
    return [_known(turn, found[0]), replace(page, choices=(*phone, *page.choices))]


def _meant(turn: Turn, said: str) -> list[Customer]:
    if said.isascii() and said.isdecimal():
        one = turn.session.get(Customer, int(said))
        return [one] if one is not None and one.given_up_at is None else []
    body = turn.content.body if isinstance(turn.content, Text) else ""
    words = [word for word in body.replace("：", " ").replace(":", " ").split() if word]
    for part in (" ".join(words[1:]), *reversed(words)):
        if part and (found := customers.called(turn.session, part, NAMESAKES)):
            digits = next((word for word in words if len(word) == 4 and word.isdecimal()), "")
            sure = [one for one in found if digits and (one.phone or "").endswith(digits)]
            return sure or found
    return []


def _which(turn: Turn, found: list[Customer]) -> Outbound:
    choices = [Choice(_named(turn, one), f"go:customer:{one.id}") for one in found]
    return turn.say("record-which", count=len(found), choices=choices)


def _named(turn: Turn, one: Customer) -> str:
    name = one.name or turn.text("customer-unnamed")
    return f"{name} {phones.masked(one.phone)}" if one.phone else name


def _known(turn: Turn, customer: Customer) -> Outbound:
    """Who they are and what we know, with who said so and when; reading what is delicate is written down."""
    id = customer.id or 0
    every = [one for one in facts.standing(turn.session, id) if one.value != "no"]
    told = [one for one in every if rights.sees_fact(turn.rank, one.what)]
    if any(one.what in SENSITIVE for one in told):
        _looked(turn, What.HEALTH, id, "record")
    homes = customers.addresses(turn.session, id)
    lines = [
        (turn.text("ticket-customer"), _named(turn, customer)),
        *((turn.text("card-where"), cards.address_line(home)) for home in homes[:3]),
        *((_fact(turn, one), _source(turn, one)) for one in told),
        *_standing(turn, id),
    ]
    card = Card(turn.text("record-title", number=str(id)), tuple(lines))
    return turn.say("record-known", card=card)


def _standing(turn: Turn, customer_id: int) -> list[tuple[str, str]]:
    """How close they are to us and what they are worth, each with its reason."""
    row = looking.of(turn.session, customer_id)
    if row is None:
        return [(turn.text("stage-label"), turn.text("stage-prospect"))]
    if row.looked_at is None:
        return []  # their first visit is over just now, and what follows from that is found in a moment
    lines = [(turn.text("stage-label"), caring.stage_line(turn, row))]
    lines.append((turn.text("segment-label"), caring.value_line(turn, row)))
    rhythm = turn.text("rhythm-line", days=row.interval_days)
    return [*lines, (turn.text("rhythm-label"), rhythm)]


def _fact(turn: Turn, one: Fact) -> str:
    if one.what in {event.value for event in Event}:
        return turn.text(f"life-{one.what}-what")
    if one.what == "worker_gender":
        return turn.text("home-female")
    if one.what in ("allergy", "worker_language"):
        return one.value
    return turn.text(f"home-{one.what}")


def _source(turn: Turn, one: Fact) -> str:
    """Who said so and how long ago; what is old is marked, since it is asked again before it is used."""
    age = turn.now - one.told_at
    old = "old" if age > timedelta(days=turn.company.privacy.fact_days) else "fresh"
    day = one.told_at.astimezone(turn.company.zone).date()
    return turn.text("record-source", who=one.source.value, day=day, sure=one.confidence, old=old)


def show_phone(turn: Turn, argument: str) -> list[Outbound]:
    """A number in full, of a customer or of whoever is there on a visit; that it was seen is written down."""
    visit = visits.by_reference(turn.session, argument) if argument else None
    number = visit.customer_id if visit else _number(argument)
    found = turn.session.get(Customer, number) if number else None
    phone = (visit.contact_phone if visit else None) or (found.phone if found else None)
    if found is None or phone is None:
        return [turn.say("record-nobody", choices=[cards.go(turn, "agenda")])]
    _looked(turn, What.PHONE, found.id or 0, visit.reference if visit else "record")
    choices = [cards.go(turn, "customer", str(found.id), "go-customer-back")]
    name = (visit.contact_name if visit else None) or cards.customer_name(turn, found.id or 0)
    dialled = phones.dialled(phone, turn.company.country)
    return [turn.say("record-phone", name=name, phone=dialled, choices=choices)]


def _looked(turn: Turn, what: What, customer_id: int, why: str) -> None:
    actor, staff_id = turn.role.value, turn.identity.staff_id
    audit.note(
        turn.session, Deed.READ, what, customer_id, actor=actor, actor_id=staff_id, why=why, now=turn.now
    )


def _happened(turn: Turn, customer_id: int, before: str, shown: int, name: str, prefix: str) -> Outbound:
    """A page of what happened; `before` is the moment from a button, in microseconds."""
    until = _moment(before)
    but = () if turn.sees(Field.WORDS) else history.OF_WORDS
    found = history.of_customer(turn.session, customer_id, limit=shown + 1, before=until, but=but)
    if not found:
        return turn.say("record-empty", choices=_ways(turn))
    lines = tuple(
        (turn.text("value-said", value=turn.local(one.at)), storytelling.line(turn, one))
        for one in found[:shown]
    )
    choices = []
    if len(found) > shown:
        last = (found[shown - 1].at - EPOCH) // timedelta(microseconds=1)
        choices = [cards.go(turn, name, f"{prefix}{last}", "go-record-older")]
    card = Card(turn.text("record-story"), lines)
    return turn.say("record-happened", card=card, choices=[*choices, *_ways(turn)])


def _ways(turn: Turn) -> list[Choice]:
    return [cards.go(turn, "agenda" if turn.role is Role.STAFF else "mydata")]


def _moment(said: str) -> datetime | None:
    if not (said.isascii() and said.isdecimal() and len(said) < 18):
        return None
    return EPOCH + timedelta(microseconds=int(said))


def phone_fine(turn: Turn, argument: str) -> list[Outbound]:
    """Staff looked at a number that a customer changed, and leave it."""
    try:
        entry = reviews.accept(turn.session, _number(argument))
    except reviews.Decided as no:
        return [turn.say(no.key, choices=_ways(turn))]
    name = cards.customer_name(turn, entry.customer_id)
    return [turn.say("review-accepted", name=name, choices=_ways(turn))]


def phone_back(turn: Turn, argument: str) -> list[Outbound]:
    """Staff give a customer their former number back."""
    try:
        by = turn.identity.staff_id or 0
        entry = reviews.undo(turn.session, _number(argument), by=by, now=turn.now)
    except reviews.Decided as no:
        return [turn.say(no.key, choices=_ways(turn))]
    name = cards.customer_name(turn, entry.customer_id)
    return [turn.say("review-undone", name=name, choices=_ways(turn))]


def _number(argument: str) -> int:
    return int(argument) if argument.isascii() and argument.isdecimal() and len(argument) < 18 else 0
