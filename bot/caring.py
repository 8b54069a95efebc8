"""What is said to customers by the care calendar: whether it is still true, and the words."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import cards, emailing, membership, telling
from bot.flow import Turn
from bot.messages import Choice, Outbound
from bot.texts import Span
from core import catalogue, identities, ratings, visits, windows
from core.catalogue import Service
from core.decency import Class
from core.errors import DomainError
from core.lifecycle import (
    CareTask,
    Lifecycle,
    Segment,
    Stage,
    Suggestion,
    planning,
    reading,
    rhythm,
    suggestions,
)
from core.lifecycle.reading import History
from core.members import Tier, companions, tiers
from core.reminders import Reminder
from core.visits import Visit

BEFORE, AFTER = timedelta(days=1), timedelta(days=5)
"""So far around its usual day a visit is offered, where that is full."""
NOWHERE = "not said: the customer can be written to nowhere"


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whom it is for; nobody where nothing reaches them any more: what becomes of it is work then."""
    customer_id = int(reminder.subject)
    return customer_id if emailing.reaches(turn, customer_id, Class.CARE) else None


def history(turn: Turn, reminder: Reminder) -> History:
    """All there was with the customer of a reminder."""
    return reading.read(turn.session, int(reminder.subject), turn.now)


def stands(session: Session, customer_id: int) -> Lifecycle:
    """Where they stand."""
    return session.get_one(Lifecycle, customer_id)


def why_not(turn: Turn, reminder: Reminder, known: History) -> str | None:
    """Why nothing kind is said to a customer just now, in words for staff; None where it may be.

    Complaints, hours and caps are judged before.
    """
    rules = turn.company.care
    if known.customer.given_up_at is not None or not known.finished:
        return "not said: all that was theirs went to another customer"
    if stage(turn, reminder) is None:
        return "not said: nothing is kept of them any more"
    visit = reminder.payload.get("visit")
    if visit is not None and known.finished[0].id != visit:
        return "not said: they had another visit since"
    low = [one for one in known.stars(turn.now - timedelta(days=rules.low_days)) if one <= rules.low_stars]
    if low:
        return "not said: they were not content with a visit"
    if known.is_unsolved():
        return "not said: a complaint is open"
    if ratings.is_with_person(turn.session, int(reminder.subject)):
        return "not said: a person of ours talks with them"
    return None


def why_no_offer(turn: Turn, reminder: Reminder, known: History, kind: str) -> str | None:
    """As `why_not`, for what suggests that they come again."""
    if (why := why_not(turn, reminder, known)) is not None:
        return why
    if known.ahead:
        return "not said: a visit is ahead"
    if known.has_plan:
        return "not said: they have a plan"
    segment = stands(turn.session, int(reminder.subject)).segment
    return why_no_suggestion(turn, known, segment, kind, reminder.dedupe_key)


def why_no_suggestion(turn: Turn, known: History, segment: Segment, kind: str, key: str) -> str | None:
    """Why they are not suggested anything now; None where they may be."""
    why = suggestions.why_not(turn.company, known, segment, kind, key, turn.now)
    return f"not said: {why}" if why else None


def again(turn: Turn, reminder: Reminder, known: History, kind: str) -> tuple[Suggestion, Visit] | None:
    """Suggest the usual visit in its usual window, or the nearest that is free, and which visit comes again.

    None where the service is not sold any more.
    """
    base, wanted = rhythm.usual(turn.company, known.finished, turn.now)
    service = _sold(turn, base.service_code)
    if service is None or service.by_request:
        return None
    made = suggestions.make(
        turn.session,
        turn.company,
        known,
        kind=kind,
        key=reminder.dedupe_key,
        service_code=base.service_code,
        visit_id=base.id,
        starts_at=_free_near(turn, known, base, service, wanted),
        now=turn.now,
    )
    return made, base


def _sold(turn: Turn, code: str) -> Service | None:
    return next((one for one in turn.company.services if one.code == code), None)


def _free_near(
    turn: Turn, known: History, base: Visit, service: Service, wanted: datetime
) -> datetime | None:
    try:
        need = visits.need(
            turn.session, turn.company, known.customer, service, base.quantity, base.add_ons, base.area_code
        )
    except DomainError:  # what they had is not sold like that any more: the form will say so
        return None
    day = wanted.astimezone(turn.company.zone).date()
    first, last = day - BEFORE, day + AFTER
    free = windows.free(turn.session, turn.company, need, first, last, now=turn.now)
    near = windows.nearest((one for each in free.values() for one in each), wanted, 1)
    return near[0].starts_at if near else None


def offered(turn: Turn, key: str, made: Suggestion, base: Visit, known: History) -> Outbound:
    """The words of an offer, with the one tap that books it."""
    service = turn.company.service(base.service_code)
    worker = visits.last_worker(turn.session, made.customer_id, base.service_code)
    since = known.silent_days(turn.now)
    said = turn.text(
        key,
        name=known.customer.name or "none",
        service=service.name,
        days=since,
        when=_when(turn, made, base) if made.starts_at else "none",
        quantity=cards.quantity(turn, service.unit, base.quantity),
        worker=worker.name if worker else "none",
        taps=turn.taps,
    )
    return Outbound(said, tuple(_choices(turn, made, base)), language=turn.language)


def _when(turn: Turn, made: Suggestion, base: Visit) -> str:
    assert made.starts_at is not None
    service = turn.company.service(base.service_code)
    lasts = timedelta(minutes=catalogue.minutes(turn.company, service, base.quantity, base.add_ons))
    day = cards.day(turn, made.starts_at.astimezone(turn.company.zone).date())
    return turn.text("day-and-window", day=day, window=Span(made.starts_at, made.starts_at + lasts))


def _choices(turn: Turn, made: Suggestion, base: Visit) -> list[Choice]:
    book = [cards.go(turn, "booking", f"care.{made.id}", "care-go-book")] if made.starts_at else []
    other = cards.go(turn, "booking", base.reference, "care-go-other" if book else "care-go-time")
    return [*book, other, *no_choices(turn, made)]


def no_choices(turn: Turn, made: Suggestion) -> list[Choice]:
    """The two ways to say no: for this time, and for good."""
    later = cards.go(turn, "carelater", str(made.id), "care-go-later")
    return [later, cards.go(turn, "messages", "care-off", "care-go-stop")]


def tell(turn: Turn, customer_id: int, said: Callable[[Turn], Outbound], until: datetime) -> str:
    """Tell a customer as `telling.customer`; what came of it."""
    return "said" if membership.tell(turn, customer_id, said, until=until) else NOWHERE


def until(turn: Turn, reminder: Reminder) -> datetime:
    """How long it is of use to whoever has not read it."""
    return turn.now + planning.WORTH[reminder.kind]


def call(turn: Turn, task: CareTask | None) -> str:
    """Staff hear whom they are to call: whoever looks after the customer, else everybody."""
    if task is None:
        return "not said: staff were asked to call before"
    companion = companions.of(turn.session, turn.company, task.customer_id)
    if companion is not None and (chats := identities.of_member(turn.session, companion.id or 0)):
        for one in chats:
            turn.tell([one], telling.language_of(turn.session, one, turn.company), lambda t: asked(t, task))
        return f"staff were asked to call: {companion.name}"
    telling.staff(turn, lambda their: asked(their, task))
    return "staff were asked to call"


def asked(turn: Turn, task: CareTask) -> Outbound:
    """Whom to call, why, until when; and what to say came of it."""
    row = turn.session.get(Lifecycle, task.customer_id)
    number = str(task.id)
    choices = [
        cards.go(turn, "customer", str(task.customer_id), "care-go-record"),
        cards.go(turn, "caredone", number),
        cards.go(turn, "carenone", number),
    ]
    return turn.say(
        "care-call",
        name=cards.customer_name(turn, task.customer_id),
        why=turn.text(f"care-call-{task.what}", about=task.about),
        stage=stage_line(turn, row) if row is not None and row.why else "none",
        by=task.due_at,
        tries=task.tries,
        choices=choices,
    )


def stage_line(turn: Turn, row: Lifecycle) -> str:
    """Where a customer stands and why, for staff."""
    reason = {name: value for name, value in row.why.items() if name != "why"}
    why = turn.text(f"stage-why-{row.why['why']}", **reason) if row.why else ""
    return turn.text("stage-line", stage=turn.text(f"stage-{row.stage.value.replace('_', '-')}"), why=why)


def value_line(turn: Turn, row: Lifecycle) -> str:
    """What a customer is worth and what that comes from, for staff."""
    points = {
        name: row.score.get(name, 0) for name in ("recency", "frequency", "money", "friends", "potential")
    }
    return turn.text("segment-line", segment=turn.text(f"segment-{row.segment.value}"), **points)


def stage(turn: Turn, reminder: Reminder) -> Stage | None:
    """In which stage they are; None for whoever was removed."""
    row = turn.session.get(Lifecycle, int(reminder.subject))
    return row.stage if row is not None else None


def tier(turn: Turn, reminder: Reminder) -> Tier:
    """The tier of the customer of a reminder."""
    return tiers.of(turn.session, int(reminder.subject))
