"""From dates to visits: placed so far ahead, with the usual worker, or asked about first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import customers, quotes, visits, windows
from core.customers import Customer
from core.errors import DomainError
from core.plans import changing, finding
from core.plans.changing import Rhythm
from core.plans.expanding import DAY, MARGIN, Fate, Occasion, expand
from core.plans.finding import Outline
from core.plans.tables import DECIDED, NoSuchDate, Plan, PlanDate, State
from core.pricing import PAID, Choice
from core.visits import TooManyOpen, Visit
from core.windows import Window, WindowTaken
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company


LOOKED = 8
"""So many dates are looked at to tell a dearer day from a dearer service."""


class What(StrEnum):
    """What came of a date, as its customer hears it."""

    PLACED = "placed"
    """As it always is: there is nothing to say."""
    OTHER_WORKER = "other-worker"
    MOVED = "moved"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    PRICE = "price"
    UNPLACED = "unplaced"
    LAPSED = "lapsed"
    """Nobody said yes in time, so it is left out."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one date."""

    what: What
    kept: PlanDate
    occasion: Occasion
    visit: Visit | None = None
    total: int = 0
    """What it would cost, in fen, where that is asked."""
    nearest: tuple[Window, ...] = ()
    instead_of: int | None = None
    """The worker (id) whom the customer wished for and who cannot come."""
    usual: int | None = None
    """What every visit costs from that date on, in fen, where that is more than was agreed to."""


@dataclass(frozen=True, slots=True)
class _Trial:
    visit: Visit | None = None
    instead_of: int | None = None
    nearest: tuple[Window, ...] = ()
    why: str = ""
    waits: bool = False


def make(session: Session, company: "Company", plan: Plan, now: datetime) -> list[Made]:
    """Arrange every date that has come near enough and was not arranged before, and say when to look again.

    A worker who has not said yes to the plan is asked about one visit first.

    The plan must be locked. While the customer chooses a window for something else, nothing is done.
    """
    held = windows.held(session, plan.customer_id, now)
    if held is not None:
        plan.look_at = held.expires_at
        return []
    known = finding.outline(session, company, plan, now)
    if finding.is_over(company, known, now):
        plan.ended_at = now
        return []
    today = now.astimezone(company.zone).date()
    until = today + company.plans.ahead_days * DAY
    made: list[Made] = []
    for one in expand(company, known.scheme, today - MARGIN, until + MARGIN):
        if today <= (one.on or one.day) <= until:
            came = _see_to(session, company, known, one, now)
            made += [came] if came else []
            if came and ((came.visit and not knows(session, plan, came.visit)) or came.usual):
                break
    plan.look_at = _next_look(session, company, plan, now)
    if made and made[-1].visit and not knows(session, plan, made[-1].visit):
        wait(company, plan, now)
    session.add(plan)
    session.flush()
    return made


def knows(session: Session, plan: Plan, visit: Visit) -> bool:
    """Whether everybody who attends the visit said yes to one of the plan before."""
    return all(finding.has_agreed(session, plan, worker.id or 0) for _, worker in visits.crew(session, visit))


def wait(company: "Company", plan: Plan, now: datetime) -> None:
    """A worker is asked about the first visit: those after it wait for the answer, so that one yes is
    enough."""
    plan.look_at = now + 2 * timedelta(minutes=company.policies.offer_minutes)


def keep(session: Session, plan: Plan, day: date, visit: Visit) -> PlanDate:
    """This visit is the plan's on that date."""
    kept = PlanDate(plan_id=plan.id or 0, day=day, state=State.PLACED, visit_id=visit.id)
    session.add(kept)
    session.flush()
    return kept


def agree(session: Session, company: "Company", plan: Plan, day: date, now: datetime) -> Made | None:
    """The customer wants a date they were asked about, at the price they were told; what all cost from now
    on is agreed to by that as well, so that it is asked once.

    The plan must be locked. None when nobody waits for an answer any more.
    """
    known = finding.outline(session, company, plan, now)
    kept = known.dates.get(day)
    if kept is None or kept.state is not State.ASKED:
        return None
    kept.state, kept.kept, kept.answer_by = State.OPEN, True, None
    one = _occasion(company, known, day)
    usual, rule = _usual_from(session, company, known, one), known.rule(one)
    if usual > rule.total:
        dearer = Rhythm(rule.every, rule.anchor, rule.at, rule.quantity, rule.worker_id, usual)
        changing.add_rule(session, plan, dearer, since=day, now=now)
    session.flush()
    known = finding.outline(session, company, plan, now)
    return _see_to(session, company, known, _occasion(company, known, day), now)


def place_at(
    session: Session, company: "Company", plan: Plan, day: date, starts_at: datetime, now: datetime
) -> Visit:
    """Place a date for which nobody was free at a time the customer chose instead, whoever comes.

    The plan must be locked. Raises as `visits.place`, and NoSuchDate when that date is settled otherwise.
    """
    known = finding.outline(session, company, plan, now)
    kept = known.dates.get(day)
    if kept is None or kept.state is not State.UNPLACED:
        raise NoSuchDate(day=day)
    rule = known.rule(_occasion(company, known, day))
    visit = _place(session, company, plan, kept, kept.quantity or rule.quantity, starts_at, None, now)
    _placed(session, kept, visit, "at another time, which the customer chose")
    return visit


def keep_late(session: Session, kept: PlanDate, visit: Visit) -> None:
    """A date for which nobody was free has its visit after all, at a time that opened."""
    _placed(session, kept, visit, "a window opened, and the customer took it")


def _occasion(company: "Company", known: Outline, day: date) -> Occasion:
    found = expand(company, known.scheme, day, day)
    if not found:
        raise NoSuchDate(day=day)
    return found[0]


def _see_to(
    session: Session, company: "Company", known: Outline, one: Occasion, now: datetime
) -> Made | None:
    kept = known.dates.get(one.day)
    if kept is not None and kept.state is State.ASKED and kept.answer_by and kept.answer_by <= now:
        kept.state, kept.answer_by, kept.reason = State.SKIPPED, None, "nobody answered in time"
        return Made(What.LAPSED, kept, one)
    if kept is not None and kept.state in DECIDED:
        return None
    if one.fate in (Fate.SKIPPED, Fate.PAUSED, Fate.MERGED):
        return None
    if one.starts_at is not None and one.starts_at <= now:
        return None
    kept = kept or PlanDate(plan_id=known.plan.id or 0, day=one.day)
    session.add(kept)
    session.flush()
    if one.fate is Fate.CLOSED:
        kept.state, kept.reason = State.CLOSED, "closed, and no day near it will do"
        return Made(What.CLOSED, kept, one)
    return _arrange(session, company, known, one, kept, now)


def _arrange(
    session: Session, company: "Company", known: Outline, one: Occasion, kept: PlanDate, now: datetime
) -> Made | None:
    """Place the visit of a date, unless the customer must say yes first."""
    rule = known.rule(one)
    agreed = kept.total if kept.total is not None else rule.total
    asks = one.fate is Fate.HOLIDAY
    trial = session.begin_nested()
    tried = _try(session, company, known, one, kept, now)
    visit, total = tried.visit, tried.visit.total if tried.visit else 0
    if visit is not None and not asks and total <= agreed:
        trial.commit()
        _placed(session, kept, visit, f"as planned: {one.fate.value}")
        moved = What.MOVED if one.fate is Fate.MOVED else What.PLACED
        what = What.OTHER_WORKER if tried.instead_of else moved
        return Made(what, kept, one, visit, instead_of=tried.instead_of)
    trial.rollback()
    near = one.starts_at and one.starts_at - now <= timedelta(days=company.plans.answer_days)
    if visit is not None:
        usual = _usual_from(session, company, known, one)
        risen = usual if usual > rule.total else None
        if risen and not near and any(other.state is State.ASKED for other in known.dates.values()):
            return None  # one yes is enough for all, and somebody was asked for it already
        kept.state, kept.total = State.ASKED, total
        kept.answer_by = _answer_by(company, one, now)
        kept.reason = "a public holiday" if asks else f"costs {total} fen, agreed were {agreed}"
        session.flush()
        return Made(What.HOLIDAY if asks else What.PRICE, kept, one, total=total, usual=risen)
    if tried.waits and not near:
        return None
    kept.state, kept.reason = State.UNPLACED, tried.why
    session.flush()
    return Made(What.UNPLACED, kept, one, nearest=tried.nearest)


def _usual_from(session: Session, company: "Company", known: Outline, one: Occasion) -> int:
    """What the plan's visits cost from a date on, in fen, but for days on which everything costs more: the
    least of the next ones."""
    plan, rule = known.plan, known.rule(one)
    area = company.area(customers.address(session, plan.customer_id, plan.address_id).area_code)
    service = company.service(plan.service_code)
    following = expand(company, known.scheme, one.day, one.day + LOOKED * 31 * DAY)[:LOOKED]
    return min(
        quotes.quote(company, service, rule.quantity, plan.add_ons, area=area, starts_at=each.starts_at).total
        for each in following
        if each.starts_at or each is following[-1]
    )


def _try(
    session: Session, company: "Company", known: Outline, one: Occasion, kept: PlanDate, now: datetime
) -> _Trial:
    """Place the visit with whom the customer wishes for, else with who came last, else with anybody."""
    assert one.starts_at is not None
    rule = known.rule(one)
    wished = kept.worker_id or rule.worker_id
    usual = wished or _last(session, known)
    quantity = kept.quantity or rule.quantity
    places = [usual, None] if usual else [None]
    nearest: tuple[Window, ...] = ()
    for worker in places:
        try:
            with session.begin_nested():
                visit = _place(session, company, known.plan, kept, quantity, one.starts_at, worker, now)
                if worker is None:
                    visit.wants_worker_id = wished
        except WindowTaken as taken:
            nearest = nearest or taken.nearest
            continue
        except TooManyOpen:
            return _Trial(why="the customer has as many visits ahead as they may", waits=True)
        except DomainError as no:
            return _Trial(why=f"cannot be placed: {no.key}")
        missing = wished if worker is None else None
        if missing is not None and not session.get_one(Worker, missing).active:
            rule.worker_id = None
        return _Trial(visit, missing)
    return _Trial(nearest=nearest, why="nobody is free at that time")


def _place(
    session: Session,
    company: "Company",
    plan: Plan,
    kept: PlanDate,
    quantity: int,
    starts_at: datetime,
    worker: int | None,
    now: datetime,
) -> Visit:
    """What was paid ahead is used by itself; a coupon or points only where the customer named them."""
    return visits.place(
        session,
        company,
        session.get_one(Customer, plan.customer_id),
        service=company.service(plan.service_code),
        quantity=quantity,
        add_ons=plan.add_ons,
        address=customers.address(session, plan.customer_id, plan.address_id),
        starts_at=starts_at,
        workers=[worker] if worker else [],
        wants=worker,
        note=plan.note,
        choice=Choice.parse(kept.saving or PAID, otherwise=PAID),
        now=now,
    )


def _placed(session: Session, kept: PlanDate, visit: Visit, reason: str) -> None:
    kept.state, kept.visit_id, kept.reason, kept.answer_by = State.PLACED, visit.id, reason, None
    session.add(kept)
    session.flush()


def _last(session: Session, known: Outline) -> int | None:
    """Who led the plan's last visit."""
    placed = sorted(known.visits.values(), key=lambda visit: visit.starts_at)
    crew = visits.crew(session, placed[-1]) if placed else []
    return crew[0][1].id if crew and crew[0][1].active else None


def _answer_by(company: "Company", one: Occasion, now: datetime) -> datetime:
    """Until when the customer answers: so many days before, or half of the time that is left."""
    assert one.starts_at is not None
    usual = one.starts_at - timedelta(days=company.plans.answer_days)
    return usual if usual > now else now + (one.starts_at - now) / 2


def _next_look(session: Session, company: "Company", plan: Plan, now: datetime) -> datetime:
    """When the next date has come near enough, or an answer is due; not before tomorrow but for those."""
    known = finding.outline(session, company, plan, now)
    today = now.astimezone(company.zone).date()
    answers = [one.answer_by for one in known.dates.values() if one.state is State.ASKED and one.answer_by]
    open_ones = [
        one.on or one.day
        for one in expand(company, known.scheme, today, today + 3 * MARGIN)
        if one.fate not in (Fate.SKIPPED, Fate.PAUSED, Fate.MERGED)
        and (one.day not in known.dates or known.dates[one.day].state not in DECIDED)
    ]
    soonest = min(open_ones, default=today + 2 * MARGIN) - company.plans.ahead_days * DAY
    if not open_ones and (ends := known.scheme.last or known.scheme.ends):
        soonest = min(soonest, ends + DAY)
    morning = datetime.combine(max(soonest, today + DAY), company.plans.look_at, company.zone)
    return min([morning, *answers])
