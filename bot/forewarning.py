"""What staff are told to speak of with a customer before it becomes a complaint: at once or next morning."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.readers import phones
from bot.texts import Money
from core import aftercare, compensations, duties, forewarnings, identities, reminders
from core.company import Company
from core.compensations import Compensation
from core.customers import Customer
from core.forewarnings import Forewarning, Kind
from core.identities import Role
from core.staff import StaffMember
from core.visits import Visit

TOGETHER, LOOK = "forewarnings", "forewarning"
"""The reminders that tell staff of everything new, and that look whether there is something to tell."""
SILENT, CARE = "silent", "care"
APART = timedelta(minutes=5)
"""What is noticed within so long is told together."""
SHOWN = 5
CARING = frozenset({Kind.CARE_BEFORE, Kind.CARE_AFTER})
"""The customer has complained already."""


def late(turn: Turn, visit: Visit, minutes: int) -> None:
    """Nobody has come in time: a first-time customer is called before they wonder."""
    if forewarnings.is_first_time(turn.session, visit.customer_id):
        _at_once(turn, Kind.LATE_NEW, visit, visit.reference, minutes=minutes)


def changed(turn: Turn, visit: Visit) -> None:
    """We changed a visit, or workers dropped out of it: so often that its customer is called?"""
    rules = turn.company.policies
    if (times := forewarnings.changes(turn.session, visit)) >= rules.forewarn_changes:
        _at_once(turn, Kind.CHANGED, visit, visit.reference, times=times)


def dropped_out(turn: Turn, visit: Visit) -> None:
    """Somebody dropped out: counted with the customer's other visits since staff were told last."""
    rules = turn.company.policies
    since = turn.now - timedelta(days=rules.forewarn_dropout_days)
    before = forewarnings.latest(turn.session, Kind.DROPOUTS, visit.customer_id)
    since = max(since, before.raised_at) if before else since
    times = forewarnings.dropouts_of(turn.session, visit.customer_id, since)
    if times >= rules.forewarn_dropouts:
        about = f"{visit.customer_id}:{visit.reference}"
        _at_once(turn, Kind.DROPOUTS, visit, about, times=times, days=rules.forewarn_dropout_days)


def _at_once(turn: Turn, kind: Kind, visit: Visit, about: str, **facts: object) -> None:
    made = forewarnings.add(
        turn.session,
        kind,
        about,
        customer_id=visit.customer_id,
        visit_id=visit.id,
        facts=facts,
        now=turn.now,
    )
    if made is not None:
        forewarnings.said(turn.session, [made], turn.now)
        tell(turn, partial(one, made=made, key="forewarning-told"))


def tell(turn: Turn, make: Callable[[Turn], Outbound]) -> None:
    """Tell those on duty, each in their language; everybody on the staff where nobody is."""
    there = duties.present(turn.session, turn.company, turn.now)
    everybody = identities.of_staff(turn.session)
    for identity in [one for one in everybody if one.staff_id in there] or everybody:
        turn.tell([identity], telling.language_of(turn.session, identity, turn.company, Role.STAFF), make)


def plan_after(session: Session, company: Company, visit: Visit, now: datetime) -> None:
    """A visit is finished: is its customer silent, and were they to be called after a complaint?"""
    silent = now + timedelta(hours=company.policies.forewarn_silent_hours)
    looks = {SILENT: morning(company, silent)}
    if _complained_before(session, company, visit) is not None:
        looks[CARE] = morning(company, now + timedelta(hours=12))
    for what, at in looks.items():
        reminders.schedule(
            session,
            LOOK,
            visit.reference,
            at,
            dedupe_key=f"{LOOK}:{visit.reference}:{what}",
            payload={"look": what},
        )


def before(turn: Turn, visit: Visit) -> None:
    """A visit is a day ahead or nearer: the first one after a complaint is talked over before."""
    number = _complained_before(turn.session, turn.company, visit)
    if number is not None:
        later(turn.session, Kind.CARE_BEFORE, visit.reference, visit, turn.now, number=number)


def after(turn: Turn, visit: Visit) -> bool:
    """It was yesterday: staff ask how it was; False when that was raised before."""
    number = _complained_before(turn.session, turn.company, visit)
    return later(turn.session, Kind.CARE_AFTER, visit.reference, visit, turn.now, number=number)


def _complained_before(session: Session, company: Company, visit: Visit) -> int | None:
    days = company.complaints.care_days
    return aftercare.complaint_before(session, visit.customer_id, visit.starts_at, days)


def silent(turn: Turn, visit: Visit) -> bool:
    """Somebody who usually says how it was says nothing; False when that was raised before."""
    return later(turn.session, Kind.SILENT, visit.reference, visit, turn.now)


def owed(turn: Turn, what: Compensation) -> bool:
    """A customer has not got what they were promised; False when that was raised before.

    Everything promised to them on one day is one matter.
    """
    day = what.granted_at.astimezone(turn.company.zone).date()
    visit = turn.session.get(Visit, what.visit_id) if what.visit_id else None
    facts = {"days": (turn.now - what.granted_at).days}
    about = f"{what.customer_id}:{day}"
    return later(turn.session, Kind.OWED, about, visit, turn.now, customer_id=what.customer_id, **facts)


def later(
    session: Session,
    kind: Kind,
    about: str,
    visit: Visit | None,
    now: datetime,
    *,
    customer_id: int | None = None,
    **facts: object,
) -> bool:
    """Raise something that is told together with whatever else is noticed about now."""
    made = forewarnings.add(
        session,
        kind,
        about,
        customer_id=customer_id or (visit.customer_id if visit else 0),
        visit_id=visit.id if visit else None,
        facts=facts,
        now=now,
    )
    if made is None:
        return False
    told_at = datetime.fromtimestamp(
        (now.timestamp() // APART.total_seconds() + 1) * APART.total_seconds(), now.tzinfo
    )
    key = f"{TOGETHER}:{told_at:%Y%m%dT%H%M%z}"
    reminders.schedule(session, TOGETHER, str(customer_id or made.customer_id), told_at, dedupe_key=key)
    return True


def morning(company: Company, at: datetime) -> datetime:
    """The first moment from `at` on when staff are told what can wait for the morning."""
    local, clock = at.astimezone(company.zone), company.policies.forewarn_at
    here = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return here if here >= local else here + timedelta(days=1)


def one(turn: Turn, *, made: Forewarning, key: str) -> Outbound:
    """One of them in full, with what can be done."""
    return turn.say(key, why=why(turn, made), card=card(turn, made), choices=choices(turn, made))


def several(turn: Turn, *, made: Sequence[Forewarning], key: str) -> Outbound:
    """Several in a list, each with a button to open it."""
    if len(made) == 1 and key == "forewarnings-told":
        return one(
            turn, made=made[0], key="forewarning-told" if made[0].kind not in CARING else "forewarning-care"
        )
    lines = tuple((_name(turn, each), why(turn, each)) for each in made[:SHOWN])
    opened = [
        cards.go(turn, "forewarned", str(each.id), "go-forewarned-open", who=_name(turn, each))
        for each in made[:SHOWN]
    ]
    more = [cards.go(turn, "forewarnings")] if len(made) > SHOWN else []
    card = Card(turn.text("forewarnings-title"), lines)
    return turn.say(key, count=len(made), card=card, choices=[*opened, *more])


def why(turn: Turn, made: Forewarning) -> str:
    """Why staff should speak with the customer, in a sentence."""
    return turn.text(f"forewarning-{made.kind.value.replace('_', '-')}", **made.facts)


def card(turn: Turn, made: Forewarning) -> Card:
    """Whom it is about, how to call them, and who sees to it."""
    customer = turn.session.get_one(Customer, made.customer_id)
    visit = turn.session.get(Visit, made.visit_id) if made.visit_id else None
    phone = phones.masked(customer.phone) if customer.phone else turn.text("value-none")
    promised = _promised(turn, made)
    taken = turn.session.get(StaffMember, made.done_by or made.taken_by or 0)
    lines = [
        (turn.text("forewarning-card-customer"), _name(turn, made)),
        (turn.text("forewarning-card-phone"), phone),
        *([(turn.text("forewarning-card-visit"), _visit(turn, visit))] if visit else []),
        *([(turn.text("forewarning-card-owed"), promised)] if promised else []),
        *([(turn.text("forewarning-card-taken"), taken.name)] if taken else []),
    ]
    return Card(turn.text("forewarning-title", number=made.id), tuple(lines))


def _promised(turn: Turn, made: Forewarning) -> str:
    """What the customer still has to get."""
    if made.kind is not Kind.OWED or made.done_at is not None:
        return ""
    found = compensations.overdue(turn.session, made.customer_id, made.raised_at)
    said = (turn.text(f"forewarning-owed-{each.kind}", amount=_amount(each)) for each in found)
    return turn.text("list-mark").join(said)


def _amount(owed: Compensation) -> Money | int:
    return owed.amount if owed.kind == "points" else Money(owed.amount)


def _name(turn: Turn, made: Forewarning) -> str:
    return cards.customer_name(turn, made.customer_id)


def _visit(turn: Turn, visit: Visit) -> str:
    return f"{visit.reference} {cards.visit_line(turn, visit)}"


def choices(turn: Turn, made: Forewarning) -> list[Choice]:
    """What can be done about it now: see to it, open the visit, say that it is done."""
    number = str(made.id)
    visit = turn.session.get(Visit, made.visit_id) if made.visit_id else None
    opened = [cards.go(turn, "ticket", visit.reference, "go-forewarned-visit")] if visit else []
    opened += telling.to_call_customer(turn, turn.session.get_one(Customer, made.customer_id))
    if made.done_at is not None:
        return [*opened, cards.go(turn, "forewarnings")]
    take = [] if made.taken_by else [cards.go(turn, "forewarned", f"{number}:mine", "go-forewarned-mine")]
    settled = "go-forewarned-given" if made.kind is Kind.OWED else "go-forewarned-done"
    return [*take, *opened, cards.go(turn, "forewarned", f"{number}:done", settled)]
