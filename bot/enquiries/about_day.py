"""The company's day for staff: visits by time, the unsure and the late ones, and each in full."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot import cards, owing, rating
from bot.desk import SHOWN, because
from bot.flow import Turn
from bot.flows.calling_off import CANCELLABLE, MISSABLE
from bot.messages import Card, Choice, Outbound, Text
from bot.readers import phones, when
from core import attendance, customers, dropouts, offers, ratings, timeline, visits
from core.customers import Customer
from core.identities import Role
from core.rights import Field
from core.staff import Rank
from core.visits import Status, Visit
from core.workers import Worker

FOUND = 5
"""So many customers of one name are looked at."""


def agenda(turn: Turn, argument: str) -> list[Outbound]:
    """A day's visits by time, SHOWN at once; `argument` is `2026-11-24` or, further down, `2026-11-24.8`."""
    said, _, skipped = argument.partition(".")
    day = _day(turn, said)
    skip = int(skipped) if skipped.isascii() and skipped.isdecimal() else 0
    first, last = (
        datetime.combine(one, time(0), turn.company.zone) for one in (day, day + timedelta(days=1))
    )
    found = visits.between(turn.session, first, last, limit=SHOWN + 1, skip=skip)
    named = cards.day(turn, day)
    further = [Choice(turn.text("agenda-next-day"), f"go:agenda:{(day + timedelta(days=1)).isoformat()}")]
    if not found:
        return [turn.say("agenda-none", day=named, choices=[*further, cards.go(turn, "desk")])]
    if len(found) > SHOWN:
        further.insert(0, Choice(turn.text("agenda-more"), f"go:agenda:{day.isoformat()}.{skip + SHOWN}"))
    return [_list(turn, found[:SHOWN], turn.text("agenda-told", day=named), further)]


def _day(turn: Turn, said: str) -> date:
    """The day on a button, else the one named in the message, else today."""
    today = turn.now.astimezone(turn.company.zone)
    try:
        return date.fromisoformat(said)
    except ValueError:
        body = turn.content.body if isinstance(turn.content, Text) else ""
        reading = when.read(body, today, turn.language) if body else None
        return reading.starts.date() if reading and reading.has_day and reading.starts else today.date()


def _list(turn: Turn, found: Sequence[Visit], text: str, further: Sequence[Choice] = ()) -> Outbound:
    lines = tuple((_hours(turn, visit), _state(turn, visit)) for visit in found)
    opened = [
        Choice(turn.text("agenda-open", hours=_hours(turn, visit), team=cards.team(turn, visit)), _go(visit))
        for visit in found
    ]
    return Outbound(text, (*opened, *further), Card(turn.text("agenda-title"), lines))


def _go(visit: Visit) -> str:
    return f"go:ticket:{visit.reference}"


def _hours(turn: Turn, visit: Visit) -> str:
    return cards.window(turn, visit.starts_at, visit.ends_at)


def _state(turn: Turn, visit: Visit) -> str:
    status = turn.text(f"status-{visit.status.value.replace('_', '-')}")
    return turn.text(
        "agenda-late" if _is_late(turn, visit) else "agenda-line",
        name=turn.company.service(visit.service_code).name,
        team=cards.team(turn, visit),
        status=status,
        minutes=max(0, round((turn.now - visit.starts_at) / timedelta(minutes=1))),
        reference=visit.reference,
    )


def _is_late(turn: Turn, visit: Visit) -> bool:
    return visit.status in (Status.CONFIRMED, Status.ON_THE_WAY) and visit.starts_at < turn.now


def unconfirmed(turn: Turn, _argument: str) -> list[Outbound]:
    """Visits of today and tomorrow of which it is not sure that somebody comes."""
    midnight = turn.now.astimezone(turn.company.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    last = midnight + timedelta(days=2)
    found = [
        *visits.unconfirmed(turn.session, turn.company, turn.now, SHOWN),
        *offers.unaccepted(turn.session, turn.now, last, SHOWN),
        *(visit for _, visit in attendance.unconfirmed(turn.session, turn.now, last)[:SHOWN]),
    ]
    once = {visit.id: visit for visit in found}.values()
    unsure = sorted(once, key=lambda visit: visit.starts_at)[:SHOWN]
    return [_some(turn, unsure, "unconfirmed-told", "unconfirmed-none")]


def late(turn: Turn, _argument: str) -> list[Outbound]:
    """Visits that should have begun, and nobody has arrived."""
    return [_some(turn, visits.late(turn.session, turn.now, SHOWN), "late-told", "late-none")]


def _some(turn: Turn, found: Sequence[Visit], some: str, none: str) -> Outbound:
    if not found:
        return turn.say(none, choices=[cards.go(turn, "agenda")])
    return _list(turn, found, turn.text(some, count=len(found)), [cards.go(turn, "agenda")])


def found(turn: Turn, said: str) -> list[Outbound]:
    """The visits ahead of the customers of that name, or whose number ends with these four digits."""
    called = customers.called(turn.session, said, FOUND)
    ahead = [one for who in called for one in visits.upcoming(turn.session, who.id or 0, turn.now)]
    theirs = sorted(ahead, key=lambda visit: visit.starts_at)[:SHOWN]
    if not theirs:
        return [turn.say("found-none", said=said, choices=[cards.go(turn, "agenda")])]
    lines = tuple((cards.customer_name(turn, one.customer_id), cards.visit_line(turn, one)) for one in theirs)
    opened = [Choice(cards.visit_line(turn, one), _go(one)) for one in theirs]
    card = Card(turn.text("agenda-title"), lines)
    return [turn.say("found-told", said=said, count=len(theirs), card=card, choices=opened)]


def ticket(turn: Turn, reference: str) -> list[Outbound]:
    """A visit in full, with its story and why everything happened, and what may be done with it now."""
    visit = cards.everybodys(turn, reference)
    card = cards.visit_card(turn, visit)
    who = turn.session.get_one(Customer, visit.customer_id)
    phone = phones.masked(who.phone) if who.phone else turn.text("value-none")
    lines = (
        (turn.text("ticket-customer"), cards.customer_name(turn, visit.customer_id)),
        (turn.text("ticket-phone"), phone),
        *_seen(turn, card),
        *_given_up(turn, visit),
        *owing.listed(turn, visit),
        *(_rated(turn, visit) if turn.sees(Field.WORDS) else []),
        *(_story(turn, visit) if turn.sees(Field.WORDS) else []),
    )
    return [turn.say("ticket-told", card=Card(card.title, lines), choices=_choices(turn, visit))]


def _seen(turn: Turn, card: Card) -> list[tuple[str, str]]:
    """The lines of a visit's card, without the customer's words for those who are not to read them."""
    hidden = set() if turn.sees(Field.WORDS) else {turn.text("card-note"), turn.text("card-code")}
    return [line for line in card.lines if line[0] not in hidden]


def _given_up(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    made = dropouts.open_of(turn.session, visit.id)
    if made is None:
        return []
    key = "ticket-choosing" if made.instead_id is not None else "ticket-nobody"
    said = turn.text(key, by=made.answer_by or turn.now)
    return [(turn.text("ticket-open"), said)]


def _rated(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    """What the customer says of it, in full."""
    found = ratings.of(turn.session, visit)
    if found is None or found.stars is None:
        return []
    said = rating.told(turn, found)
    said = turn.text("ticket-rating-excluded", rating=said) if found.excluded else said
    media = turn.text("ticket-rating-count", count=len(found.media))
    return [
        (turn.text("ticket-rating"), said),
        *([(turn.text("ticket-rating-words"), found.words)] if found.words else []),
        *([(turn.text("ticket-rating-media"), media)] if found.media else []),
    ]


def _story(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    lines = []
    for entry in timeline.of(turn.session, visit.id or 0, viewer=Role.STAFF):
        what = turn.text(f"story-{entry.what.replace('_', '-')}")
        who = turn.text(f"actor-{entry.actor}")
        why = _reason(turn, entry)
        at = turn.text("value-said", value=turn.local(entry.at))
        lines.append(
            (at, turn.text("ticket-story", what=what, who=who, why=why, has="why" if why else "none"))
        )
    return lines


def _reason(turn: Turn, entry: timeline.Entry) -> str:
    """Why it happened: the reason somebody gave, who came for whom, else our own rule."""
    given = str(entry.detail.get("because") or "")
    if entry.what == "replaced":
        left, came = (_names(turn, entry.detail[key]) for key in ("left", "came"))
        return turn.text("ticket-replaced", left=left, came=came, why=because(turn, entry.reason or ""))
    return because(turn, given or entry.reason or "")


def _names(turn: Turn, ids: Sequence[int]) -> list[str]:
    found = (turn.session.get(Worker, id) for id in ids)
    return [worker.name for worker in found if worker is not None]


def _choices(turn: Turn, visit: Visit) -> list[Choice]:
    names = [
        *(["requests"] if visit.status is Status.REQUESTED else []),
        *(["reassigning"] if visit.status in visits.AHEAD else []),
        *(["rescheduling"] if visit.status in visits.MOVABLE else []),
        *(["missed"] if visit.status in MISSABLE and visit.starts_at <= turn.now else []),
        *(["callingoff"] if visit.status in CANCELLABLE else []),
    ]
    if turn.rank is Rank.FINANCE:
        names = ["paying"] if visit.status is Status.FINISHED else []
    whole = cards.go(turn, "customer", str(visit.customer_id))
    return [*(cards.go(turn, name, visit.reference) for name in names), whole, cards.go(turn, "agenda")]
