"""What staff do to a complaint, by button or typed: done, told to those concerned, and read back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot import cards, complaints
from bot.desk import leave
from bot.flow import Option, Options, Reader, Turn, one_of
from bot.handling import customer, wording
from bot.messages import Choice, Content, Outbound, Text
from bot.readers import numbers
from bot.verdicts import Leave
from core.complaints import Complaint, Remedy, RemedyStatus, finding, handling, ladder, remedies
from core.errors import DomainError

SHOWN = 5
NO = "no"
QUEUED = 40


def case_of(turn: Turn, number: int) -> Complaint:
    """The complaint of that number, which is what they type about from now on.

    Raises UnknownComplaint, and NotYours for whoever worked at the visit.
    """
    found = finding.for_staff(turn.session, number, turn.identity.staff_id or 0)
    turn.case = number
    return found


def open_cases(turn: Turn) -> Options[int]:
    """What somebody has to see to, the most urgent first; the rest by number."""
    found = finding.visible(turn.session, finding.queue(turn.session, QUEUED), turn.identity.staff_id or 0)
    if not found:
        raise Leave("case-queue-none")
    return [
        Option(
            one.id or 0, f"#{one.id} {queued(turn, one)}", (str(one.id), f"#{one.id}"), shown=place < SHOWN
        )
        for place, one in enumerate(found)
    ]


def queued(turn: Turn, complaint: Complaint) -> str:
    """A complaint in a line, with the time that is left."""
    kept = finding.deadline(complaint)
    return turn.text(
        "case-line",
        number=str(complaint.id),
        level=complaint.severity.value.upper(),
        about=complaints.kind(turn, complaint),
        name=wording.customer(turn, complaint),
        what=kept.deadline.value if kept else "waits",
        left=complaints.left(turn, kept.by) if kept else "none",
    )


def _read_number(_turn: Turn, content: Content) -> int | None:
    value = numbers.read(content.body.lstrip("#"), "zh-CN") if isinstance(content, Text) else None
    return int(value) if value is not None and value == int(value) else None


a_case: Reader[int] = one_of(open_cases, other=Reader(_read_number, silent=True))
"""A complaint by its number, or one of those that are most urgent."""


def may_see(turn: Turn, case: int) -> None:
    """Raises what `case_of` raises, so that the question is asked again."""
    case_of(turn, case)


def opened(turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question, as in `Flow.start`
    """The complaint that a button is about, else the one they looked at last. Raises `Leave`."""
    number = argument.partition(":")[0]
    wanted = int(number) if number.isascii() and number.isdecimal() else turn.case
    if wanted is None:
        return {}
    try:
        return {"case": case_of(turn, wanted).id}
    except DomainError as no:
        raise leave(no) from no


def reply(turn: Turn, complaint: Complaint, words: str) -> Outbound:
    """Write to the customer, in the chat where they wrote last; read back as it was sent."""
    handling.said_to_customer(
        turn.session, turn.company, complaint, turn.identity.staff_id or 0, words, turn.now
    )
    name, number = wording.member(turn, turn.identity.staff_id), str(complaint.id)
    written = customer.write(turn, complaint, lambda their: their.say("case-said", member=name, words=words))
    return turn.say(
        "case-reply-sent",
        name=wording.customer(turn, complaint),
        words=words,
        window=customer.window(turn, complaint),
        number=number,
        choices=[*([] if written else customer.to_call(turn, complaint)), *back(turn, complaint)],
        phone=customer.reached(turn, complaint, written),
    )


def note(turn: Turn, complaint: Complaint, words: str) -> Outbound:
    """Write down for the staff alone. Nothing here leads to a customer."""
    handling.note(turn.session, complaint, turn.identity.staff_id or 0, words, turn.now)
    return turn.say("case-noted", number=str(complaint.id), words=words, choices=back(turn, complaint))


def plan(turn: Turn, complaint: Complaint, words: str, until: datetime) -> Outbound:
    """Tell the customer what will be done, and until when."""
    staff_id = turn.identity.staff_id or 0
    handling.plan(turn.session, turn.company, complaint, staff_id, words, until=until, now=turn.now)
    name, by = wording.member(turn, staff_id), until

    def make(their: Turn) -> Outbound:
        return their.say("case-planned", member=name, words=words, until=complaints.clock(their, by))

    written = customer.write(turn, complaint, make)
    return turn.say(
        "case-plan-sent",
        name=wording.customer(turn, complaint),
        words=words,
        until=complaints.clock(turn, until),
        choices=[*([] if written else customer.to_call(turn, complaint)), *back(turn, complaint)],
        phone=customer.reached(turn, complaint, written),
    )


def pass_on(turn: Turn, complaint: Complaint, to: int, reason: str) -> Outbound:
    """Give it to somebody else on the staff, who is asked at once to say that they have it."""
    by, before = turn.identity.staff_id or 0, complaint.owner_id
    ladder.pass_on(turn.session, turn.company, complaint, to=to, by=by, reason=reason, now=turn.now)
    giver, number = wording.member(turn, by), str(complaint.id)

    def make(their: Turn) -> Outbound:
        return their.say(
            "case-passed-told",
            giver=giver,
            number=number,
            reason=reason or "none",
            by=complaints.clock(their, complaint.acknowledge_by or their.now),
            card=complaints.card(their, complaint),
            choices=[
                cards.go(their, "mine", number, "ladder-mine"),
                cards.go(their, "complaint", number, "go-case"),
            ],
        )

    complaints.tell_member(turn, to, make)
    if before is not None and before not in (by, to):
        complaints.tell_member(
            turn, before, lambda their: complaints.told(their, complaint, "case-passed-gone")
        )
    return turn.say(
        "case-passed", number=number, to=wording.member(turn, to), choices=[cards.go(turn, "complaints")]
    )


def put(turn: Turn, complaint: Complaint) -> Outbound:
    """Ask the customer to choose from what is on offer."""
    staff_id = turn.identity.staff_id or 0
    found = remedies.put(turn.session, turn.company, complaint, staff_id, turn.now)
    name = wording.member(turn, staff_id)

    def make(their: Turn) -> Outbound:
        return their.say(
            "case-offered",
            member=name,
            count=len(found),
            choices=[*_offers(their, complaint, found), _none_of_them(their, complaint)],
        )

    written = customer.write(turn, complaint, make)
    return turn.say(
        "case-offers-sent",
        name=wording.customer(turn, complaint),
        offers=turn.text("list-mark").join(wording.remedy(turn, one) for one in found),
        choices=[*([] if written else customer.to_call(turn, complaint)), *back(turn, complaint)],
        phone=customer.reached(turn, complaint, written),
    )


def _offers(turn: Turn, complaint: Complaint, found: Sequence[Remedy]) -> list[Choice]:
    return [Choice(wording.remedy(turn, one), f"go:choosing:{complaint.id}:{one.id}") for one in found]


def _none_of_them(turn: Turn, complaint: Complaint) -> Choice:
    return Choice(turn.text("choosing-none"), f"go:choosing:{complaint.id}:none")


def proposed(turn: Turn, complaint: Complaint, one: Remedy) -> Outbound:
    """A remedy was put on the list; beyond somebody's authority, it goes to who may say yes."""
    number = str(complaint.id)
    if one.status is RemedyStatus.DRAFTED:
        _ask_above(turn, complaint, one)
        return turn.say(
            "case-remedy-drafted",
            remedy=wording.remedy(turn, one),
            rung=one.needs.value,
            phone=_owners(turn) if one.needs.value == "owner" else "none",
            choices=[cards.go(turn, "remedying", number, "go-remedying-more"), *back(turn, complaint)],
        )
    offers = turn.text("list-mark").join(
        wording.remedy(turn, each) for each in remedies.offered(turn.session, complaint)
    )
    return turn.say(
        "case-remedy-proposed",
        offers=offers,
        choices=[
            cards.go(turn, "offering", number),
            cards.go(turn, "remedying", number, "go-remedying-more"),
            *back(turn, complaint),
        ],
    )


def _owners(turn: Turn) -> str:
    named = [f"{one.name} {one.phone}" for one in turn.company.complaints.owners]
    return turn.text("list-mark").join(named) or turn.house_phone


def _ask_above(turn: Turn, complaint: Complaint, one: Remedy) -> None:
    """Everybody who may say yes hears of the draft."""
    giver, number = wording.member(turn, turn.identity.staff_id), str(complaint.id)

    def make(their: Turn) -> Outbound:
        return their.say(
            "case-remedy-asked",
            giver=giver,
            number=number,
            remedy=wording.remedy(their, one),
            choices=[cards.go(their, "approving", number), cards.go(their, "complaint", number, "go-case")],
        )

    ranks = [rank for rank in remedies.RUNG_OF if remedies.may_approve(remedies.RUNG_OF[rank], one)]
    complaints.tell_staff(turn, complaint, make, ranks=ranks)


def decided(turn: Turn, complaint: Complaint, one: Remedy, verdict: str, reason: str) -> Outbound:
    """Somebody above said yes or no to a draft: whoever proposed it hears, and so does the owner."""
    number, by = str(complaint.id), wording.member(turn, turn.identity.staff_id)

    def make(their: Turn) -> Outbound:
        said = cards.go(their, "offering", number), cards.go(their, "remedying", number)
        return their.say(
            f"approving-told-{verdict}",
            number=number,
            by=by,
            remedy=wording.remedy(their, one),
            reason=reason,
            choices=[said[verdict == NO], cards.go(their, "complaint", number, "go-case")],
        )

    for staff_id in {one.proposed_by, complaint.owner_id or one.proposed_by} - {turn.identity.staff_id}:
        complaints.tell_member(turn, staff_id, make)
    return turn.say(
        f"approving-done-{verdict}",
        remedy=wording.remedy(turn, one),
        name=wording.member(turn, one.proposed_by),
        choices=back(turn, complaint),
    )


def back(turn: Turn, complaint: Complaint) -> list[Choice]:
    """The way back to the complaint, and on to the next."""
    return [
        cards.go(turn, "complaint", str(complaint.id), "go-case-back", number=str(complaint.id)),
        cards.go(turn, "nextcomplaint"),
    ]
