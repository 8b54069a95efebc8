"""How a customer's own complaint stands: whose it is, what was promised until when, and what is awaited."""

from datetime import datetime

from bot import cards, codes, complaints
from bot.enquiries import about_cases
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core.complaints import Complaint, Status, UnknownComplaint, clocks, finding, history, looking
from core.identities import Role
from core.staff import StaffMember
from core.visits import Visit

LONGEST_QUOTE = 200
"""So much of what they said stands on the card, in characters; the newest."""
ANSWERS = frozenset({"said", "planned", "offered"})


def one(turn: Turn, argument: str) -> list[Outbound]:
    """The complaint of that number, else their latest; staff see theirs as they work on it."""
    if turn.role is Role.STAFF:
        return about_cases.one(turn, argument)
    try:
        found = _of(turn, argument)
    except UnknownComplaint:
        return [
            turn.say("mycomplaint-unknown", choices=[cards.go(turn, "complaint", label="go-mycomplaint")])
        ]
    if found is None:
        return [
            turn.say("mycomplaint-none", choices=[cards.go(turn, "complaining"), cards.go(turn, "visits")])
        ]
    said = turn.text("mycomplaint-shown", number=complaints.number(found), status=found.status.value)
    lines = [said, *([turn.text("mycomplaint-missed")] if _is_missed(turn, found) else [])]
    return [Outbound("\n".join(lines), tuple(_choices(turn, found)), card(turn, found))]


def _of(turn: Turn, argument: str) -> Complaint | None:
    if argument.isascii() and argument.isdecimal():
        return finding.of_customer(turn.session, turn.customer_id, int(argument))
    last = looking.latest_of_customer(turn.session, turn.customer_id)
    return last or finding.last_of_customer(turn.session, turn.customer_id)


def _is_missed(turn: Turn, complaint: Complaint) -> bool:
    return complaint.status is Status.OPEN and clocks.was_missed(complaint, turn.now)


def _choices(turn: Turn, complaint: Complaint) -> list[Choice]:
    number = complaints.number(complaint)
    match complaint.status:
        case Status.RESOLVED:
            names = ["solved", "unsolved"]
        case Status.CLOSED:
            names = ["unsolved"]
        case _:
            names = ["manager"] if _is_missed(turn, complaint) else []
    about_it = [cards.go(turn, name, number, f"mycomplaint-{name}") for name in names]
    return [*about_it, cards.go(turn, "person")]


def card(turn: Turn, complaint: Complaint) -> Card:
    """What the customer may know of it: nothing that staff wrote for each other."""
    visit = turn.session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    words = " ".join(complaint.words.split())[-LONGEST_QUOTE:]
    wish = codes.wish(turn, complaint.wish)
    shown = [
        ("mycomplaint-about", complaints.kind(turn, complaint)),
        ("mycomplaint-visit", cards.visit_line(turn, visit) if visit else ""),
        ("mycomplaint-said", words),
        ("mycomplaint-photos", _photos(turn, complaint)),
        ("mycomplaint-wish", wish),
        ("mycomplaint-who", _owner(turn, complaint)),
        *_clocks(turn, complaint),
        ("mycomplaint-answered", _answered(turn, complaint)),
        ("mycomplaint-outcome", complaint.outcome),
    ]
    title = turn.text("mycomplaint-title", number=complaints.number(complaint))
    return Card(title, tuple((turn.text(key), value) for key, value in shown if value))


def _photos(turn: Turn, complaint: Complaint) -> str:
    return turn.text("mycomplaint-count", count=len(complaint.media)) if complaint.media else ""


def _owner(turn: Turn, complaint: Complaint) -> str:
    """By name only: where somebody stands in the company is not theirs to know."""
    found = turn.session.get(StaffMember, complaint.owner_id) if complaint.owner_id else None
    return found.name if found else turn.text("complaining-owner")


def _clocks(turn: Turn, complaint: Complaint) -> list[tuple[str, str]]:
    if complaint.status is Status.CLOSED:
        return []
    made = [
        ("mycomplaint-human", complaint.human_by, complaint.human_at),
        ("mycomplaint-plan", complaint.plan_by, complaint.plan_at),
    ]
    if complaint.status is Status.OPEN:
        made.append(("mycomplaint-resolve", complaint.resolve_by, complaint.resolved_at))
    return [(key, _clock(turn, by, done)) for key, by, done in made]


def _clock(turn: Turn, by: datetime, done: datetime | None) -> str:
    key = "mycomplaint-by" if done is None else "mycomplaint-done"
    return turn.text(key, at=complaints.clock(turn, done or by))


def _answered(turn: Turn, complaint: Complaint) -> str:
    """The last thing that a person wrote to them about it."""
    said = [one.words for one in history.for_customer(turn.session, complaint) if one.what in ANSWERS]
    return next((one for one in reversed(said) if one), "")[:LONGEST_QUOTE]
