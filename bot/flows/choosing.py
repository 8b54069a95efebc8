"""The customer chooses from what is offered to make it good, or wants none of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot import cards, complaints, membership, offering, referring, reminding
from bot.answers import free_text
from bot.desk import leave
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.handling import thread, wording
from bot.messages import Choice, Outbound
from bot.options import spread
from bot.texts import Span
from bot.verdicts import AskAgain, Leave
from core import visits, windows
from core.complaints import Complaint, Remedy, RemedyKind, RemedyStatus, finding, redoing, remedies
from core.complaints.remedies import RemedyGone
from core.errors import DomainError

NONE, LATER = "none", "later"
WINDOWS = 5


def cases(turn: Turn) -> Options[int]:
    """The complaint of theirs for which something is offered."""
    found = finding.last_of_customer(turn.session, turn.customer_id)
    if found is None:
        raise Leave("choosing-nothing")
    return [Option(found.id or 0, turn.text("case-number", number=str(found.id)))]


def only_case(turn: Turn) -> int | None:
    """The one that must be meant."""
    return cases(turn)[0].value


def own(turn: Turn, case: int) -> Complaint:
    """Their complaint of that number. Raises UnknownComplaint."""
    return finding.of_customer(turn.session, turn.customer_id, case)


def on_offer(turn: Turn, case: int) -> Options[str]:
    """What may be chosen, and none of it; leaves with what was chosen before."""
    complaint = own(turn, case)
    found = remedies.offered(turn.session, complaint)
    if not found:
        raise _over(turn, complaint)
    named = [Option(str(one.id), wording.remedy(turn, one)) for one in found]
    return [*named, Option(NONE, turn.text("choosing-none"))]


def _over(turn: Turn, complaint: Complaint) -> Leave:
    chosen = [one for one in remedies.of(turn.session, complaint) if one.status is RemedyStatus.CHOSEN]
    if chosen:
        return Leave("choosing-chosen", remedy=wording.remedy(turn, chosen[-1]))
    return Leave("choosing-nothing")


def wants_none(_turn: Turn, remedy: str) -> bool:
    """Whether to ask what they want instead."""
    return remedy == NONE


def _meant(turn: Turn, case: int, remedy: str) -> Remedy | None:
    return None if remedy == NONE else remedies.find(turn.session, int(remedy), case)


def is_redo(turn: Turn, case: int, remedy: str) -> bool:
    """Whether somebody comes again, so that a time is to be found."""
    one = _meant(turn, case, remedy)
    return one is not None and one.kind is RemedyKind.REDO


def times(turn: Turn, case: int) -> Options[str]:
    """The windows in which it can be done again in time; or another one, which a person finds."""
    complaint = own(turn, case)
    need = redoing.need(turn.session, turn.company, complaint)
    until = redoing.until(turn.company, turn.now)
    zone = turn.company.zone
    days = turn.now.astimezone(zone).date(), until.astimezone(zone).date()
    found = windows.free(turn.session, turn.company, need, *days, now=turn.now)
    free = [one for day in found.values() for one in day if one.starts_at <= until]
    return [
        *(Option(str(int(one.starts_at.timestamp())), _window(turn, one)) for one in spread(free, WINDOWS)),
        Option(LATER, turn.text("choosing-time-later")),
    ]


def _window(turn: Turn, window: windows.Window) -> str:
    day = cards.day(turn, window.starts_at.astimezone(turn.company.zone).date())
    return turn.text("day-and-window", day=day, window=Span(window.starts_at, window.ends_at))


class Choosing(Flow):
    """Which complaint, which offer; when, if somebody comes again; what instead, if none will do."""

    case: int = ask(one_of(cases), known=only_case)
    remedy: str = ask(one_of(on_offer))
    time: str = ask(one_of(times), when=is_redo)
    words: str | None = ask(free_text(500), when=wants_none, skippable=True)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`NUMBER:REMEDY` of a button."""
        number, _, chosen = argument.partition(":")
        if not number.isdecimal():
            return {}
        try:
            complaint = own(turn, int(number))
        except DomainError as no:
            raise leave(no) from no
        return {"case": complaint.id} | ({"remedy": chosen} if chosen else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Do it, or pass on what they want instead."""
        complaint = own(turn, self.case)
        try:
            if self.remedy == NONE:
                words = self.words or ""
                remedies.refuse(turn.session, turn.company, complaint, words, turn.now)
                return [_refused(turn, complaint, words)]
            one = remedies.choose(turn.session, turn.company, complaint, int(self.remedy), turn.now)
            visit = self._again(turn, complaint, one)
        except RemedyGone as no:
            raise _over(turn, complaint) from no
        except (windows.WindowTaken, visits.TotalChanged) as taken:
            raise AskAgain("time", "window-taken") from taken
        except DomainError as no:
            raise leave(no) from no
        return [_chosen(turn, complaint, one, visit)]

    def _again(self, turn: Turn, complaint: Complaint, one: Remedy) -> visits.Visit | None:
        if one.kind is not RemedyKind.REDO or self.time == LATER:
            return None
        at = datetime.fromtimestamp(int(self.time), UTC)
        visit = redoing.place(turn.session, turn.company, complaint, one, at, turn.now)
        reminding.plan(turn, visit)
        offering.offer(turn, visit)
        return visit


def _refused(turn: Turn, complaint: Complaint, words: str) -> Outbound:
    thread.tell(turn, complaint, "choosing-told-none", words=words)
    return turn.say(
        "choosing-done-none",
        by=wording.promised(turn, complaint),
        member=wording.member(turn, complaint.owner_id),
        choices=[_about(turn, complaint)],
    )


def _chosen(turn: Turn, complaint: Complaint, one: Remedy, visit: visits.Visit | None) -> Outbound:
    when = cards.when(turn, visit) if visit else "none"
    thread.tell(
        turn,
        complaint,
        "choosing-told",
        remedy=one,
        visit=visit,
        reassign=_coming(turn, complaint, one)[:2],
    )
    card = cards.visit_card(turn, visit) if visit else None
    said = turn.say(
        f"choosing-done-{one.kind.value}",
        remedy=wording.remedy(turn, one),
        when=when,
        member=wording.member(turn, complaint.owner_id),
        by=wording.promised(turn, complaint),
        card=card,
        choices=[_about(turn, complaint)],
    )
    taken = ""
    if one.kind is RemedyKind.REFUND:
        taken = membership.taken_line(turn, complaint.visit_id)
        referring.tell_refunded(turn, complaint.visit_id)
    return replace(said, text="\n".join(filter(None, (said.text, taken))))


def _coming(turn: Turn, complaint: Complaint, one: Remedy) -> list[visits.Visit]:
    """The visits ahead to which a worker would come who is not wanted any more."""
    if one.kind is not RemedyKind.REPLACE:
        return []
    unwanted = {worker.id for worker in remedies.replaced(turn.session, complaint)}
    ahead = visits.upcoming(turn.session, complaint.customer_id, turn.now)
    return [one for one in ahead if unwanted & {worker.id for _, worker in visits.crew(turn.session, one)}]


def _about(turn: Turn, complaint: Complaint) -> Choice:
    number = complaints.number(complaint)
    return cards.go(turn, "complaint", number, "go-complaint-number", number=number)
