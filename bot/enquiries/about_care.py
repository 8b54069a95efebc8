"""What was noticed at a home, the welfare light, and what workers did this week."""

from bot import cards, noticing, weekly
from bot.flow import Turn
from bot.messages import Choice, Outbound
from bot.readers import phones
from core import earnings, observations, visits, welfare
from core.identities import Role
from core.visits import Visit

SHOWN = 5
STOP = "stop"


def unchanged(turn: Turn, _argument: str) -> list[Outbound]:
    """Nothing to tell after a visit."""
    return [turn.say("unchanged-told", choices=[cards.go(turn, "round")])]


def answer(turn: Turn, argument: str) -> list[Outbound]:
    """The yes or no to what a worker noticed (`reference:yes`); for staff without one, all that waits."""
    reference, _, said = argument.partition(":")
    visit = _visit(turn, reference)
    if visit is None or said not in (noticing.YES, noticing.NO):
        return _waiting(turn)
    noticed = observations.open_of(turn.session, visit)
    if not noticed:
        return [turn.say("observation-gone", choices=_after(turn))]
    actor = turn.role.value
    if said == noticing.NO:
        observations.refuse(turn.session, visit, actor=actor, now=turn.now)
        return [turn.say("observations-refused", choices=_after(turn))]
    source = noticing.source(turn, noticed)
    observations.confirm(turn.session, visit, source=source, actor=actor, now=turn.now)
    return [turn.say("observations-confirmed", choices=_after(turn))]


def _visit(turn: Turn, reference: str) -> Visit | None:
    if not reference:
        return None
    if turn.role is Role.CUSTOMER:
        return cards.visit_of(turn, reference)
    return visits.by_reference(turn.session, reference)


def _after(turn: Turn) -> list[Choice]:
    return [cards.go(turn, "observations" if turn.role is Role.STAFF else "profile")]


def _waiting(turn: Turn) -> list[Outbound]:
    """What waits for staff, visit by visit; customers see what is known of them."""
    if turn.role is Role.CUSTOMER:
        return [turn.say("observation-gone", choices=_after(turn))]
    ids = dict.fromkeys(one.visit_id for one in observations.waiting(turn.session, SHOWN))
    if not ids:
        return [turn.say("observations-none", choices=[cards.go(turn, "desk")])]
    return [noticing.put_to_staff(turn, turn.session.get_one(Visit, id)) for id in ids]


def light(turn: Turn, argument: str) -> list[Outbound]:
    """Whether the welfare light is on, what it is, and how to turn it on or off."""
    if argument == STOP:
        was_on = welfare.revoke(turn.session, turn.customer_id, turn.now)
        key = "welfare-stopped" if was_on else "welfare-off"
        return [turn.say(key, choices=[cards.go(turn, "watching"), cards.go(turn, "profile")])]
    consent = welfare.consent_of(turn.session, turn.customer_id)
    if consent is None:
        return [turn.say("welfare-off", choices=[cards.go(turn, "watching")])]
    contact = (
        turn.text("watching-contact", name=consent.contact_name, phone=phones.masked(consent.contact_phone))
        if consent.contact_phone
        else "none"
    )
    stop = cards.go(turn, "welfare", STOP, "go-welfare-stop")
    change = cards.go(turn, "watching", label="go-watching-change")
    said = turn.say("welfare-on", since=consent.given_at, contact=contact, choices=[change, stop])
    return [said]


def income(turn: Turn, _argument: str) -> list[Outbound]:
    """What the worker did this week so far."""
    end = earnings.ends_at(turn.company, turn.now)
    return [weekly.said(turn, turn.worker_id, end, is_over=False)]
