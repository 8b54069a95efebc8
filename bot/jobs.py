"""What the flows of a worker on the road share: which visit is meant, and how they say when and where."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session

from bot import cards, words
from bot.flow import Option, Options, Reader, Reference, Turn
from bot.messages import Content, Photo, Place, Text
from bot.readers import numbers, when
from bot.verdicts import Leave, Retry
from bot.worker_cards import ETAS
from core import attendance, places, visits
from core.attendance import Evidence, Proof
from core.customers import Address
from core.errors import DomainError
from core.visits import Visit

LONGEST = 180
"""Minutes on the way that nobody mistyped."""
DAY = timedelta(days=1)
Check = Callable[[Turn, Visit], None]


def jobs_near(turn: Turn) -> Options[Reference]:
    """The visits of a worker from yesterday to tomorrow that are not over."""
    found = visits.of_worker(turn.session, turn.worker_id, turn.now - DAY, turn.now + DAY)
    live = [visit for visit in found if visit.status in attendance.EXPECTED | attendance.UNDER_WAY]
    if not live:
        raise Leave("jobs-none")
    return [
        Option(Reference(visit.reference), cards.visit_line(turn, visit), (visit.reference,))
        for visit in live
    ]


def job_of(turn: Turn, reference: str) -> Visit:
    """A visit of theirs. Raises `Leave` for one that is not, or not any more."""
    try:
        return visits.attended_by(turn.session, turn.worker_id, reference)
    except visits.UnknownVisit:
        raise Leave("jobs-not-yours") from None


def checked(turn: Turn, reference: str, check: Check) -> Reference:
    """The visit by its reference, if `check` has nothing against it. Raises `Leave` with the reason."""
    visit = job_of(turn, reference)
    try:
        check(turn, visit)
    except DomainError as no:
        raise refused(turn, visit, no) from no
    return Reference(visit.reference)


def refused(turn: Turn, visit: Visit, no: DomainError) -> Leave:
    """What leaves a form when the company says no, with the visit as it is now."""
    line = cards.visit_line(turn, visit)
    match no:
        case visits.UnknownVisit():
            return Leave("jobs-not-yours")
        case visits.MoveNotAllowed():
            status = turn.text(f"status-{visit.status.value.replace('_', '-')}")
            return Leave("jobs-over", visit=line, status=status)
    return Leave(no.key, visit=line, **no.args_)


def next_job(turn: Turn, check: Check) -> Reference:
    """What they are at, else what begins next. Raises `Leave` as `checked`, and when there is nothing."""
    visit = visits.next_of_worker(turn.session, turn.worker_id, turn.now)
    if visit is None or visit.status is visits.Status.REQUESTED:
        raise Leave("jobs-none")
    return checked(turn, visit.reference, check)


def minutes_offered(turn: Turn) -> Options[int]:
    """The minutes that get a button."""
    return [Option(minutes, turn.text("minutes", minutes=minutes)) for minutes in ETAS]


def _read_minutes(turn: Turn, content: Content) -> int | None:
    """Minutes from now: so many, or until a time on the clock."""
    if not isinstance(content, Text):
        return None
    minutes = _spot_minutes(turn, content.body)
    if minutes is None and (bare := numbers.read(content.body, turn.language)) is not None:
        minutes = round(bare)
    return _likely(minutes)


def _spot_minutes(turn: Turn, text: str) -> int | None:
    if (minutes := numbers.spot(text, words.phrases("units", "minute"))) is not None:
        return round(minutes)
    if (hours := numbers.spot(text, words.phrases("units", "hour"))) is not None:
        return round(60 * hours)
    local = turn.now.astimezone(turn.company.zone)
    reading = when.read(text, local, turn.language)
    if reading is None or reading.grain != "minute" or reading.starts is None:
        return None
    # "half past two" said at one in the afternoon is today's, whatever it would be in an appointment.
    ahead = min((reading.starts + half - local) % DAY for half in (timedelta(0), DAY / 2))
    return max(1, -(-int(ahead.total_seconds()) // 60))


def _likely(minutes: int | None) -> int | None:
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise Retry("minutes-unlikely", most=LONGEST)
    return minutes


how_soon: Reader[int] = Reader(
    _read_minutes,
    lambda turn, text: _likely(_spot_minutes(turn, text)),
    options=minutes_offered,
    amount=True,
    worded=lambda turn, minutes: turn.text("minutes", minutes=minutes),
)
"""Minutes until they are there, tapped or typed, or the time on the clock."""


def _read_proof(turn: Turn, content: Content, visit: Reference) -> Evidence | None:
    """The code, a place near enough and new enough, or a picture. Raises `Retry` with what else would do."""
    job = job_of(turn, visit)
    match content:
        case Photo(media):
            return Evidence(Proof.PHOTO, media_id=media)
        case Place() as place:
            return _by_place(turn, job, place)
        case Text(body) if digits := _digits(body):
            return _by_code(turn, job, digits)
    return None


def _spot_proof(turn: Turn, text: str, visit: Reference) -> Evidence | None:
    return _read_proof(turn, Text(text), visit) if _digits(text) else None


def _digits(text: str) -> str:
    """Four digits among words; "" for anything else, such as longer numbers."""
    runs = "".join(c if c.isdecimal() else " " for c in text).split()
    return next((run for run in runs if len(run) == 4 and run.isascii()), "") if len(runs) == 1 else ""


def _by_code(turn: Turn, visit: Visit, digits: str) -> Evidence:
    try:
        attendance.check_code(turn.session, visit, turn.worker_id, digits)
    except (attendance.WrongCode, attendance.NoMoreCodes) as no:
        raise Retry(no.key, **no.args_) from no
    return Evidence(Proof.CODE)


def _by_place(turn: Turn, visit: Visit, place: Place) -> Evidence:
    rules = turn.company.policies
    age = int((turn.now - (turn.sent_at or turn.now)).total_seconds()) // 60
    if age > rules.arrival_place_minutes:
        raise Retry("place-old", minutes=age, most=rules.arrival_place_minutes)
    home = _point(turn.session, visit)
    if home is None:
        raise Retry("place-unknown")
    metres = places.metres_between(home, (place.latitude, place.longitude))
    if metres > rules.arrival_metres:
        raise Retry("place-far", metres=metres, most=rules.arrival_metres)
    return Evidence(Proof.PLACE, distance_m=metres)


def _point(session: Session, visit: Visit) -> tuple[float, float] | None:
    home = session.get_one(Address, visit.address_id)
    return (home.latitude, home.longitude) if home.latitude and home.longitude else None


a_proof: Reader[Evidence] = Reader(_read_proof, _spot_proof, shares="place")
"""What shows that a worker is at the door."""
