"""One complaint on one phone screen: visit, people, clock, history, offers, and what can be done now."""

from collections.abc import Iterable

from bot import cards, codes, complaints, outsiders
from bot.flow import Turn
from bot.handling import customer, wording
from bot.messages import Card, Choice, Outbound
from core import visits
from core.complaints import (
    UNSETTLED,
    Complaint,
    Remedy,
    Severity,
    Status,
    Step,
    history,
    remedies,
    statements,
)
from core.complaints.tables import Statement
from core.customers import Customer
from core.workers import Worker

STEPS_SHOWN, BUTTONS = 6, 6
LONGEST = 120
"""So much of somebody's words stands on the card, in characters; the rest is in the record."""
QUIET = frozenset({"waits", "resumed"})
"""Steps that the status says as well."""


def show(turn: Turn, complaint: Complaint, text: str = "") -> Outbound:
    """The complaint as staff see it, below `text`; what they type next is about it."""
    turn.case = complaint.id
    return Outbound(text or _state(turn, complaint), tuple(choices(turn, complaint)), card(turn, complaint))


def _state(turn: Turn, complaint: Complaint) -> str:
    is_over = complaint.status not in UNSETTLED
    return turn.text(
        "case-state",
        number=str(complaint.id),
        status=complaint.status.value,
        owner=complaints.owner(turn, complaint),
        acknowledged="over" if is_over else "yes" if complaint.acknowledged_at else "no",
    )


def card(turn: Turn, complaint: Complaint) -> Card:
    """Everything that whoever works on it must know, as short as it goes."""
    title = turn.text(
        "complaint-card-title",
        number=complaints.number(complaint),
        kind=complaints.kind(turn, complaint),
        severity=complaints.severity(turn, complaint),
    )
    lines = [
        *_words(turn, complaint),
        *_people(turn, complaint),
        *(() if complaint.status is Status.CLOSED else complaints.clock_lines(turn, complaint)),
        *_offers(turn, complaint),
        *_history(turn, complaint),
    ]
    return Card(title, tuple(lines), wording.authority(turn, turn.identity.staff_id or 0))


def _words(turn: Turn, complaint: Complaint) -> Iterable[tuple[str, str]]:
    words = cut(complaint.words) or turn.text("case-no-words")
    photos = turn.text("case-photos", count=len(complaint.media)) if complaint.media else ""
    yield turn.text("complaint-card-words"), words + photos
    if complaint.wish:
        yield turn.text("complaint-card-wish"), cut(codes.wish(turn, complaint.wish))
    if complaint.severity in (Severity.S1, Severity.S2):
        yield turn.text("complaint-card-why"), codes.reason(turn, complaint.severity_reason)
    if through := outsiders.line(turn, complaint):
        yield turn.text("complaint-card-outside"), through
    if complaint.follows_id is not None:
        yield turn.text("case-follows"), turn.text("case-number", number=str(complaint.follows_id))


def _people(turn: Turn, complaint: Complaint) -> Iterable[tuple[str, str]]:
    visit = wording.visit_of(turn, complaint)
    if visit is not None:
        yield turn.text("complaint-card-visit"), f"{visit.reference} {cards.visit_line(turn, visit)}"
    known = turn.session.get_one(Customer, complaint.customer_id)
    phone = customer.phone(turn, complaint)
    name = known.name or turn.text("desk-unnamed")
    yield turn.text("complaint-card-customer"), name if phone == "none" else f"{name} {phone}"
    yield turn.text("case-reach"), customer.window(turn, complaint)
    if visit is not None:
        said = {one.worker_id: one for one in statements.of(turn.session, complaint)}
        for _, worker in visits.crew(turn.session, visit):
            yield turn.text("case-worker"), _witness(turn, worker, said.get(worker.id or 0))


def _witness(turn: Turn, worker: Worker, statement: Statement | None) -> str:
    if statement is None:
        return worker.name
    if statement.given_at is None:
        return turn.text("case-statement-due", name=worker.name, by=complaints.clock(turn, statement.due_at))
    return turn.text(
        "case-statement", name=worker.name, words=cut(statement.words), photos=len(statement.media)
    )


def _offers(turn: Turn, complaint: Complaint) -> Iterable[tuple[str, str]]:
    if said := wording.remedies_line(turn, complaint):
        yield turn.text("case-offers"), said


def _history(turn: Turn, complaint: Complaint) -> Iterable[tuple[str, str]]:
    told = [step for step in history.of(turn.session, complaint) if step.what not in QUIET]
    for step in told[-STEPS_SHOWN:]:
        yield complaints.clock(turn, step.at), line(turn, step)


def line(turn: Turn, step: Step) -> str:
    """One thing that happened, as staff read it."""
    own = f"case-step-{step.what}"
    key = own if turn.has(own) else "case-step-other"
    worker = turn.session.get(Worker, step.detail.get("worker") or 0)
    to = wording.member(turn, step.detail["to"]) if "to" in step.detail else "none"
    return turn.text(
        key,
        what=step.what,
        who=wording.member(turn, step.staff_id),
        to=to,
        worker=worker.name if worker else "none",
        words=cut(step.words) or "none",
        remedy=_remedy(turn, step),
    )


def _remedy(turn: Turn, step: Step) -> str:
    one = turn.session.get(Remedy, step.detail.get("remedy") or 0)
    return wording.remedy(turn, one) if one else "none"


def choices(turn: Turn, complaint: Complaint) -> list[Choice]:
    """What this member of staff can do about it now, at most six."""
    number, session = str(complaint.id), turn.session
    if complaint.status not in UNSETTLED:
        return [cards.go(turn, name, number) for name in ("replying", "noting")] + [
            cards.go(turn, "complaints")
        ]
    staff_id = turn.identity.staff_id or 0
    drafts = [
        one
        for one in remedies.drafted(session, complaint)
        if remedies.may_approve(remedies.authority(session, staff_id), one)
    ]
    take = [cards.go(turn, "mine", number, "ladder-mine")] if complaint.acknowledged_at is None else []
    names = ["approving"] if drafts else []
    names += ["offering"] if remedies.offered(session, complaint) and not drafts else []
    names += ["replying", "noting"]
    names += ["planning"] if complaint.plan_at is None else []
    names += ["remedying", "resolving", "passing", "asking"]
    call = customer.to_call(turn, complaint)
    ways = [*take, *(cards.go(turn, name, number) for name in names)]
    return [*ways[: BUTTONS - len(call)], *call]


def cut(words: str) -> str:
    """Somebody's words in one line, no longer than a card bears."""
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
