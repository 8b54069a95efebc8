"""What follows from a rating at once: a complaint, a call, thanks; and who hears of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot import cards, rating, telling, texts
from bot import complaints as grievances
from bot.flow import Turn
from bot.messages import Outbound
from bot.readers import contacts
from core import acceptance, complaints, matching, praise, quiet, ratings, scores, visits, ways
from core.acceptance import WAITING
from core.coaching import Coaching
from core.complaints import Kind, Severity, Source, judging
from core.matching import PreferenceKind
from core.ratings import HALF, HIGH, LOW, Dimension, Rating, Tag
from core.visits import Visit
from core.workers import Worker

KINDS = {
    Tag.OVERCHARGED: Kind.OVERCHARGED,
    Tag.MISSED: Kind.MISSED,
    Dimension.QUALITY: Kind.QUALITY,
    Dimension.ATTITUDE: Kind.ATTITUDE,
    Dimension.CONTACT: Kind.ATTITUDE,
    Dimension.PUNCTUAL: Kind.LATE,
}
"""What kind of complaint it is that something was bad; the first that was named counts."""
SHOWN = 5


def keep(turn: Turn, visit: Visit, stars: int) -> str:
    """Keep the stars, and do what follows from them; what the customer is promised because of it, or "".

    Raises `ratings.NotToRate`.
    """
    before = ratings.rate(turn.session, turn.company, visit, stars, turn.now)
    found = turn.session.get_one(Rating, visit.id)
    if before == stars:
        return ""
    begun = scores.renew(turn.session, turn.company, found.worker_id, turn.now)
    tell_talks(turn, [begun] if begun is not None else [])
    if stars <= LOW:
        return _low(turn, visit, found)
    if stars == HALF:
        return _half(turn, visit, found)
    return _high(turn, visit, found)


def _low(turn: Turn, visit: Visit, found: Rating) -> str:
    """A complaint, without being asked for one; whoever came does not come here again."""
    _bar(turn, visit, found)
    case = _complain(turn, visit, found, [], "", [])
    if case.opened_at == turn.now:
        grievances.tell_owner(turn, case)
    promised = complaints.promise(case, turn.company, turn.now)
    until = grievances.clock(turn, promised.by if promised else case.human_by)
    return turn.text("rating-case", number=grievances.number(case), by=until)


def _complain(
    turn: Turn, visit: Visit, found: Rating, what: Sequence[str], words: str, media: Sequence[str]
) -> complaints.Complaint:
    kind = next((KINDS[one] for one in KINDS if one in what), Kind.QUALITY)
    judged, why = judging.judge(
        turn.session, turn.company, visit.customer_id, kind, words=words, visit=visit, now=turn.now
    )
    said = [rating.point(turn, found.stars or 0, one) for one in what]
    return complaints.open(
        turn.session,
        turn.company,
        visit.customer_id,
        kind=kind,
        words="\n".join(filter(None, [*said, words])),
        visit=visit,
        media=media,
        source=Source.RATING,
        severity=min(judged, Severity.S3),
        severity_reason=f"rated:{found.stars} {why}",
        now=turn.now,
    )


def _bar(turn: Turn, visit: Visit, found: Rating) -> None:
    """Nobody of the crew is sent to this customer again, and staff see what is booked already."""
    crew = {worker.id or 0: worker.name for _, worker in visits.crew(turn.session, visit)}
    thinks = matching.preferences(turn.session, visit.customer_id)
    found.bars = thinks.get(found.worker_id) is not PreferenceKind.BLOCKED
    for worker_id in crew:
        matching.block(turn.session, visit.customer_id, worker_id)
    ahead = [
        one
        for one in visits.upcoming(turn.session, visit.customer_id, turn.now)
        if one.status in visits.AHEAD and _attended(turn, one, crew)
    ][:SHOWN]
    if ahead:
        telling.staff(turn, partial(_ahead, crew=list(crew.values()), ahead=ahead, visit=visit))


def _attended(turn: Turn, visit: Visit, crew: Collection[int]) -> bool:
    return any(worker.id in crew for _, worker in visits.crew(turn.session, visit))


def _ahead(turn: Turn, *, crew: Sequence[str], ahead: Sequence[Visit], visit: Visit) -> Outbound:
    choices = [
        cards.go(turn, "reassigning", one.reference, "paper-reassign", visit=cards.visit_line(turn, one))
        for one in ahead
    ]
    name = cards.customer_name(turn, visit.customer_id)
    return turn.say("told-barred", worker=crew, customer=name, count=len(ahead), choices=choices)


def _half(turn: Turn, visit: Visit, found: Rating) -> str:
    """Staff ring them and listen."""
    until = call_by(turn)
    ways.call(
        turn.session,
        visit.customer_id,
        about=visit.reference,
        words=texts.say(turn.company.languages[0], "rating-call", stars=found.stars),
        by=until,
        zone=turn.company.zone,
        now=turn.now,
    )
    telling.staff(turn, partial(_to_ring, visit=visit, found=found, until=until))
    return turn.text("rating-call-promised", by=grievances.clock(turn, until))


def _to_ring(turn: Turn, *, visit: Visit, found: Rating, until: datetime) -> Outbound:
    return turn.say(
        "told-to-ring",
        customer=cards.customer_name(turn, visit.customer_id),
        phone=telling.phone_of(turn, visit),
        visit=cards.visit_line(turn, visit),
        reference=visit.reference,
        rating=rating.told(turn, found),
        words=found.words or "none",
        by=grievances.clock(turn, until),
        choices=[
            *telling.to_call(turn, visit),
            cards.go(turn, "ticket", visit.reference),
            cards.go(turn, "desk"),
        ],
    )


def call_by(turn: Turn) -> datetime:
    """Until when staff ring: so many hours from now, but never at night."""
    rules = turn.company.policies
    latest = (turn.now + timedelta(hours=rules.rating_call_hours)).astimezone(turn.company.zone)
    evening = latest.replace(hour=rules.told_until.hour, minute=rules.told_until.minute, second=0)
    if latest.time() < rules.told_from:
        return evening - timedelta(days=1)
    return min(latest, evening)


def _high(turn: Turn, visit: Visit, found: Rating) -> str:
    """The work is accepted with it; a worker whom an earlier rating kept away may come again."""
    accepted = acceptance.of(turn.session, visit)
    if accepted is not None and accepted.state in WAITING:
        acceptance.accept(turn.session, visit, turn.now)
    if not found.bars:
        return ""
    found.bars = False
    team = visits.crew(turn.session, visit)
    for _, worker in team:
        matching.forget(turn.session, visit.customer_id, worker.id or 0)
    return turn.text("rating-unbarred", worker=team[0][1].name)


def describe(turn: Turn, visit: Visit, what: Sequence[str], words: str, media: Sequence[str]) -> None:
    """What was good or bad, in whatever form: kept, and passed on to whoever it concerns."""
    found = turn.session.get_one(Rating, visit.id)
    ratings.describe(turn.session, found, what=what, words=words, media=media)
    if not (what or words or media):
        return
    stars = found.stars or 0
    if stars <= LOW:
        _add(turn, visit, found, what, words, media)
    elif stars == HALF:
        telling.staff(turn, partial(_to_ring, visit=visit, found=found, until=call_by(turn)))
    elif words or (what and found.edited_at is None):
        _pass_on(turn, visit, found, contacts.masked(words))


def _add(
    turn: Turn, visit: Visit, found: Rating, what: Sequence[str], words: str, media: Sequence[str]
) -> None:
    """More for the complaint; whose it is hears of it."""
    stood = ratings.has_complaint(turn.session, visit.customer_id)
    case = _complain(turn, visit, found, what, words, media)
    if not stood:
        grievances.tell_owner(turn, case)
    elif case.owner_id is not None:
        make = partial(grievances.told, complaint=case, key="told-rating-added")
        grievances.tell_member(turn, case.owner_id, make)


def _pass_on(turn: Turn, visit: Visit, found: Rating, words: str) -> None:
    """The worker hears what was good, when they are up."""
    if words:
        praise.keep(turn.session, visit.id or 0, found.worker_id, words, turn.now)
    later = quiet.until(turn.company, turn.now)
    if later is None:
        deliver(turn, visit, found, words)
    else:
        rating.plan(turn, visit, rating.PRAISE, later)


def deliver(turn: Turn, visit: Visit, found: Rating, words: str) -> bool:
    """Tell the worker what was good, in these words without numbers; the visit says enough of whose it are.

    False where the customer thinks otherwise by now, or the worker can be written to nowhere.
    """

    def make(their: Turn) -> Outbound:
        line = cards.visit_line(their, visit)
        choices = [cards.go(their, "myscore")]
        return their.say(
            "told-praise",
            visit=line,
            rating=rating.told(their, found),
            words=words or "none",
            choices=choices,
        )

    return (found.stars or 0) >= HIGH and telling.worker(turn, found.worker_id, make)


def tell_talks(turn: Turn, begun: Sequence[Coaching]) -> None:
    """Staff hear of talks with workers that have just become due."""
    for one in begun:
        telling.staff(turn, partial(talk_due, coaching=one))


def talk_due(turn: Turn, *, coaching: Coaching) -> Outbound:
    """A worker to whom somebody must talk, and the tap that says it was done."""
    choices = [cards.go(turn, "coaching", str(coaching.id), "go-coaching-done"), cards.go(turn, "coaching")]
    return turn.say("told-coaching", worker=talk_line(turn, coaching), choices=choices)


def talk_line(turn: Turn, coaching: Coaching) -> str:
    """Who and why, in a line."""
    worker = turn.session.get_one(Worker, coaching.worker_id)
    why = [turn.text(f"coaching-{reason}") for reason in coaching.reasons]
    return turn.text(
        "coaching-line", name=worker.name, why=why, stars=round(worker.rating, 1), since=coaching.begun_at
    )
