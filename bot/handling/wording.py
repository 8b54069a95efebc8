"""Who works on a complaint and what is offered for it, in words that are the same wherever they appear."""

from bot import cards, complaints
from bot.flow import Turn
from bot.texts import Money
from core.complaints import Complaint, Remedy, RemedyKind, promise, remedies
from core.complaints.remedies import PAID
from core.staff import StaffMember
from core.visits import Visit


def member(turn: Turn, staff_id: int | None) -> str:
    """A member of staff by name; "none" for nobody."""
    found = turn.session.get(StaffMember, staff_id) if staff_id else None
    return found.name if found else "none"


def visit_of(turn: Turn, complaint: Complaint) -> Visit | None:
    """The visit that a complaint is about, if it is about one."""
    return turn.session.get(Visit, complaint.visit_id) if complaint.visit_id else None


def remedy(turn: Turn, one: Remedy) -> str:
    """A remedy as the customer reads it, in a line."""
    return offer(turn, one.kind, one.amount)


def offer(turn: Turn, kind: RemedyKind, amount: int) -> str:
    """What is offered: what, and how much of it."""
    said = amount if kind is RemedyKind.POINTS else Money(amount)
    hours = turn.company.complaints.redo_hours
    return turn.text(f"case-remedy-{kind.value}", amount=said, hours=hours)


def remedies_line(turn: Turn, complaint: Complaint) -> str:
    """Every remedy with how it stands, in one line; "" where there is none."""
    said = [
        turn.text("case-remedy-stands", remedy=remedy(turn, one), status=one.status.value)
        for one in remedies.of(turn.session, complaint)
    ]
    return turn.text("list-mark").join(said)


def authority(turn: Turn, staff_id: int) -> str:
    """What this member of staff may promise themselves."""
    rules = turn.company.complaints
    rung = remedies.authority(turn.session, staff_id).value
    most = {"desk": rules.desk_most, "lead": rules.lead_most}.get(rung, rules.manager_most)
    points = rules.desk_points * most // rules.desk_most if rules.desk_most else 0
    return turn.text("case-authority", most=Money(most), points=points)


def is_paid(kind: RemedyKind) -> bool:
    """Whether a remedy has an amount."""
    return kind in PAID


def customer(turn: Turn, complaint: Complaint) -> str:
    """What staff call the customer."""
    return cards.customer_name(turn, complaint.customer_id)


def promised(turn: Turn, complaint: Complaint) -> str:
    """Until when the customer may expect something next; "none" where nothing is promised."""
    kept = promise(complaint, turn.company, turn.now)
    return complaints.clock(turn, kept.by) if kept else "none"
