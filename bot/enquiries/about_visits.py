"""Their visits: which are ahead, how one stands, and what we know of them."""

from datetime import timedelta

from bot import cards, checking, following, judging, kin, reaching, replacing
from bot.enquiries import about_mail
from bot.flow import Reference, Turn
from bot.homes import listed_facts
from bot.messages import Card, Choice, Outbound
from bot.readers import phones
from core import customers, matching, relay, timeline, visits
from core.identities import Role
from core.visits import Visit

SHOWN = 5


def upcoming(turn: Turn, _argument: str) -> list[Outbound]:
    """The visits ahead as cards; without any, the last one and how to have it again."""
    found = kin.ahead(turn)
    if not found:
        return [_nothing_ahead(turn)]
    if len(found) == 1:
        return one(turn, found[0].reference)
    lines = tuple((visit.reference, kin.line(turn, visit)) for visit in found[:SHOWN])
    choices = [_open(turn, visit) for visit in found[:SHOWN]]
    return [
        turn.say(
            "visits-several", count=len(found), card=Card(turn.text("visits-title"), lines), choices=choices
        )
    ]


def _open(turn: Turn, visit: Visit) -> Choice:
    return Choice(kin.line(turn, visit), f"go:visit:{visit.reference}")


def _nothing_ahead(turn: Turn) -> Outbound:
    last = visits.usual(turn.session, turn.customer_id)
    if last is None:
        return turn.say("visits-none", choices=[cards.go(turn, "booking")])
    again = [cards.go(turn, "booking", "again", "go-booking-again"), cards.go(turn, "booking")]
    again.append(cards.go(turn, "complaining", last.reference))
    return turn.say("visits-none-but-last", visit=cards.visit_line(turn, last), choices=again)


def one(turn: Turn, reference: str) -> list[Outbound]:
    """One visit with everything about it, as it stands now."""
    visit = kin.visit_of(turn, reference)
    turn.about = Reference(visit.reference)
    card, choices = cards.visit_card(turn, visit), _choices(turn, visit)
    if visit.customer_id != turn.customer_id:
        home = reaching.whose(turn, visit, turn.customer_id)
        return [turn.say("kin-visit-shown", home=home, card=card, choices=choices)]
    return [turn.say("visit-shown", card=card, choices=choices)]


def progress(turn: Turn, reference: str) -> list[Outbound]:
    """Where things stand: state, time, next step, and whom to ask."""
    found = visits.upcoming(turn.session, turn.customer_id, turn.now)
    if reference:
        found = [kin.visit_of(turn, reference)]
    if not found:
        return [_nothing_ahead(turn)]
    visit = found[0]
    turn.about = Reference(visit.reference)
    if (asked := replacing.asked(turn, visit)) is not None:
        return [asked]
    said = turn.say(
        following.key(turn, visit),
        card=_story(turn, visit),
        choices=_choices(turn, visit),
        when=cards.when(turn, visit),
        in_=_until(turn, visit),
        team=cards.team(turn, visit),
        answer_by=visit.answer_by,
        phone=turn.house_phone,
        name=turn.company.service(visit.service_code).name,
        **following.facts(turn, visit),
    )
    return [cards.with_code(turn, visit, said)]


def _choices(turn: Turn, visit: Visit) -> list[Choice]:
    """What can be done about a visit now, and while it is under way how far it is; then the judgement."""
    found = cards.visit_choices(turn, visit)
    if visit.customer_id != turn.customer_id:
        return [*reaching.allowed(found)]
    if visit.status is visits.Status.WORKING:
        found += [cards.go(turn, name, visit.reference) for name in ("howfar", "photos")]
    if visit.status is visits.Status.FINISHED:
        found = [*judging.choices(turn, visit), *found]
    if relay.is_open(turn.session, visit, turn.now):
        found.append(cards.go(turn, "messaging", visit.reference))
    complain = cards.go(turn, "complaining", visit.reference)
    return [*(one for one in found if one != complain), *([complain] if complain in found else [])]


def _until(turn: Turn, visit: Visit) -> str:
    left = visit.starts_at - turn.now
    if left <= timedelta(0):
        return turn.text("in-now")
    if left < timedelta(hours=1):
        return turn.text("in-minutes", minutes=max(1, round(left / timedelta(minutes=1))))
    if left < timedelta(hours=36):
        return turn.text("in-hours", hours=round(left / timedelta(hours=1)))
    return turn.text("in-days", days=round(left / timedelta(days=1)))


def _story(turn: Turn, visit: Visit) -> Card:
    entries = timeline.of(turn.session, visit.id or 0, viewer=Role.CUSTOMER)[-SHOWN:]
    lines = tuple(
        (
            turn.text("value-said", value=turn.local(entry.at)),
            turn.text(f"story-{entry.what.replace('_', '-')}"),
        )
        for entry in entries
    )
    rooms = checking.lines(turn, visit) if visit.status is visits.Status.WORKING else []
    return Card(turn.text("card-title", reference=visit.reference), (*lines, *rooms))


def profile(turn: Turn, _argument: str) -> list[Outbound]:
    """What we know of the person, and a button to change each of it."""
    customer = turn.customer
    homes = customers.addresses(turn.session, turn.customer_id)
    facts = listed_facts(turn, turn.household)
    wishes = _wishes(turn)
    lines = [
        (turn.text("naming-called-label"), customer.name or turn.text("value-none")),
        (
            turn.text("phoning-phone-label"),
            phones.masked(customer.phone) if customer.phone else turn.text("value-none"),
        ),
        *about_mail.line(turn),
        *((turn.text("addressing-address-label"), _home(turn, home)) for home in homes[:SHOWN]),
        *([(turn.text("household-facts-label"), turn.text("value-said", value=facts))] if facts else []),
        *([(turn.text("profile-wishes"), turn.text("value-said", value=wishes))] if wishes else []),
        (turn.text("profile-language"), turn.text("language-name")),
    ]
    mailing = ["mailing"] if turn.company.resorts.email_from else []
    names = ["naming", "phoning", *mailing, "addressing", *(["forgetting"] if homes else [])]
    names += ["household", "habits"]
    names += ["wishing"] if visits.workers_of(turn.session, turn.customer_id) else []
    names += ["link", "linking", "welfare", "mydata"]
    card = Card(turn.text("profile-title"), tuple(lines))
    return [turn.say("profile-shown", card=card, choices=[cards.go(turn, name) for name in names])]


def _wishes(turn: Turn) -> list[str]:
    """Whom they want first and whom never again, by name."""
    thinks = matching.preferences(turn.session, turn.customer_id)
    known = visits.workers_of(turn.session, turn.customer_id) if thinks else []
    return [
        turn.text(f"wishing-{thinks[one.id or 0].value}", name=one.name) for one in known if one.id in thinks
    ]


def _home(turn: Turn, home: customers.Address) -> str:
    line = cards.address_line(home)
    return turn.text("profile-home", address=line, size=home.size_m2) if home.size_m2 else line
