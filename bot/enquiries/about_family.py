"""Who is in somebody's household as what, and who hears of an elder's visits."""

from bot import cards, kin
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import households
from core.errors import DomainError
from core.households import Household, HouseholdPerson, Kind, Part


def show(turn: Turn, _argument: str) -> list[Outbound]:
    """Everybody in it, and what can be done; or what it would be good for."""
    mine = kin.mine(turn)
    if mine is None:
        choices = [
            cards.go(turn, "inviting", Kind.HOME.value, "go-inviting-home"),
            cards.go(turn, "inviting", Kind.COMPANY.value, "go-inviting-company"),
            cards.go(turn, "belonging"),
        ]
        return [turn.say("family-none", choices=choices)]
    household = turn.session.get_one(Household, mine.household_id)
    there = households.people(turn.session, mine.household_id)
    lines = tuple(_line(turn, household, one) for one in there)
    title = turn.text("family-title", company=household.name or "none")
    card, choices = Card(title, lines), _choices(turn, mine, household, there)
    return [turn.say("family-told", count=len(there), card=card, choices=choices)]


def _line(turn: Turn, household: Household, one: HouseholdPerson) -> tuple[str, str]:
    part = turn.text(f"kin-part-{household.kind.value}-{one.part.value}")
    contact = kin.name(turn, one.contact_id) if one.contact_id else "none"
    said = turn.text(
        "family-line",
        part=part,
        owner="yes" if one.owns else "no",
        contact=contact,
        alone="yes" if one.alone else "no",
    )
    return kin.name(turn, one.customer_id), said


def _choices(
    turn: Turn, mine: HouseholdPerson, household: Household, there: list[HouseholdPerson]
) -> list[Choice]:
    names = ["inviting"] if mine.part is Part.PAYER else ["booking"] if mine.part in households.BOOKS else []
    names += ["sharing"] if household.kind is Kind.COMPANY and mine.part is Part.PAYER else []
    names += ["excluding"] if mine.owns and len(there) > 1 else []
    found = [cards.go(turn, name) for name in names]
    me = turn.customer_id
    elders = [one for one in there if one.contact_id and me in (one.customer_id, one.contact_id)]
    for one in elders[:2]:
        wanted = "both" if one.alone else "alone"
        whom = "me" if one.contact_id == me else kin.name(turn, one.contact_id or 0)
        label, number = f"go-family-{wanted}", f"{one.customer_id}-{wanted}"
        found.append(cards.go(turn, "familynews", number, label, contact=whom))
    return [*found, cards.go(turn, "leaving")]


def company(turn: Turn, _argument: str) -> list[Outbound]:
    """They want a bill for a company, or to book as one: begin one, or show what they are in."""
    if kin.mine(turn) is not None:
        return show(turn, "")
    turn.leads = ("inviting", Kind.COMPANY.value)
    return [turn.say("family-company")]


def news(turn: Turn, argument: str) -> list[Outbound]:
    """Only the contact hears of an elder's visits, or both again: `7-alone`, `7-both`. The other is told."""
    number, _, wanted = argument.partition("-")
    if not number.isdecimal() or wanted not in ("alone", "both"):
        return show(turn, "")
    try:
        theirs = households.hear(turn.session, int(number), by=turn.customer_id, alone=wanted == "alone")
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "family")])]
    contact = theirs.contact_id or 0
    elder, by = kin.name(turn, theirs.customer_id), kin.name(turn, contact)
    other = contact if turn.customer_id == theirs.customer_id else theirs.customer_id
    kin.tell(turn, other, f"kin-news-{wanted}", elder=elder, contact=by)
    choices = [cards.go(turn, "family")]
    return [turn.say(f"kin-news-{wanted}", elder=elder, contact=by, choices=choices)]
