"""Taking a complaint down: what it is about, who hears of it, and what the customer is promised at once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import cards, complaints, kin, texts
from bot.flow import Turn
from bot.handling import thread
from bot.messages import Choice, Outbound
from bot.readers import complaints as reading
from bot.readers import services, typed, when
from bot.verdicts import Leave
from core import attendance, identities, media, visits
from core import complaints as cases
from core.complaints import Complaint, Kind, Severity, Source, clocks, history, judging, looking
from core.customers import Customer
from core.staff import StaffMember
from core.visits import Status, Visit

SHOWN = 3
RECENT = timedelta(days=45)
"""So long after a visit people still complain of it without looking up its reference."""
SENT_BEFORE = timedelta(minutes=15)
"""Pictures sent so long before the first word of complaint belong to it."""
LIKELY = 0.7
"""How sure a guess is that a service was meant, among visits they had."""
MOST_CODES = 5
"""So many words that may be references are looked up in one message."""
_CODE = re.compile(r"(?<![a-z0-9])[2-9a-hjkmnp-z]{6}(?![a-z0-9])")
_LAST = re.compile(r"上次|上一次|刚才|刚刚|这次|今天|\b(?:last time|just now|today|this time|last visit)\b")


def candidates(turn: Turn) -> list[Visit]:
    """The visits of theirs that may have gone wrong, the latest first: begun, over, or overdue."""
    return turn.once(("complained", turn.customer_id), lambda: begun(turn, turn.customer_id))


def begun(turn: Turn, customer_id: int) -> list[Visit]:
    """The visits of a customer that may have gone wrong, the latest first."""
    live = [one for one in visits.upcoming(turn.session, customer_id, turn.now) if one.starts_at <= turn.now]
    over = visits.recent(turn.session, customer_id, SHOWN + 1)
    found = sorted([*live, *over], key=lambda one: (one.starts_at, one.id or 0), reverse=True)
    return [one for one in found if one.starts_at > turn.now - RECENT][:SHOWN]


def meant(turn: Turn, text: str, among: Sequence[Visit]) -> Visit | None:
    """The visit of `among` that words mean, by its reference, its day or its service; None if not sure."""
    said = typed.plain(text)
    if (named := next((one for one in among if one.reference.casefold() in said), None)) is not None:
        return named
    fits, hinted = list(among), False
    local = turn.now.astimezone(turn.company.zone)
    if (
        (read := when.read(text, local, turn.language)) is not None
        and read.has_day
        and read.starts is not None
    ):
        on = [one for one in fits if _is_day(turn, one, read.starts)]
        fits, hinted = (on, True) if on else (fits, hinted)
    codes = {one.code for one in services.read(text, turn.company, turn.language) if one.score >= LIKELY}
    if of := [one for one in fits if one.service_code in codes]:
        fits, hinted = of, True
    if len(fits) == 1 and hinted:
        return fits[0]
    return fits[0] if fits and _LAST.search(said) else None


def _is_day(turn: Turn, visit: Visit, said: datetime) -> bool:
    """Whether a visit was on that day; of days to come the one before is meant that is called alike."""
    day, today = said.date(), turn.now.astimezone(turn.company.zone).date()
    was = visit.starts_at.astimezone(turn.company.zone).date()
    if day <= today:
        return was == day
    return (day - was).days in (7, 14) or (was.day == day.day and (today - was).days < 31)


def by_code(turn: Turn, text: str, customer_id: int) -> Visit | None:
    """The customer's own visit whose reference is typed.

    Raises `UnknownVisit` for others', and for what can only be a reference; a word of six letters may be one.
    """
    for code in _CODE.findall(typed.plain(text))[:MOST_CODES]:
        found = visits.by_reference(turn.session, code)
        if found is not None and found.customer_id == customer_id:
            return found
        if found is not None or not (code.isalpha() or code.isdecimal()):
            raise visits.UnknownVisit(reference=code.upper())
    return None


def is_not_there(turn: Turn, visit: Visit) -> bool:
    """Whether by our own record nobody came when somebody should have."""
    return visit.status is Status.MISSED or (
        visit.status in attendance.EXPECTED and visit.starts_at <= turn.now
    )


def kind_of(turn: Turn, said: Sequence[str], visit: Visit | None) -> Kind:
    """The worst that was chosen or said; whether somebody came late or never, our own record knows."""
    kinds = [Kind(one) if one in set(Kind) else reading.kind(one) for one in said]
    found = [one for one in kinds if one is not None]
    if Kind.LATE in found and visit is not None and is_not_there(turn, visit):
        found.append(Kind.NO_SHOW)
    if not found and visit is not None and is_not_there(turn, visit):
        return Kind.NO_SHOW
    return min(found, key=lambda one: judging.LEVELS[one], default=Kind.OTHER)


def would_hear_by(turn: Turn, said: Sequence[str], visit: Visit | None) -> datetime:
    """By when somebody of ours would answer if this was sent off now."""
    told = "\n".join(one for one in said if one not in set(Kind))
    found = kind_of(turn, said, visit)
    severity, _ = judging.judge(
        turn.session, turn.company, turn.customer_id, found, words=told, visit=visit, now=turn.now
    )
    return clocks.human_by(turn.company, severity, turn.now)


def photos(turn: Turn, since: datetime, flow: str) -> list[str]:
    """What the person sent with this form, and shortly before it with nothing."""
    identity = turn.identity
    sent = media.sent(
        turn.session,
        channel=identity.channel,
        account=identity.account,
        user=identity.user,
        since=since - SENT_BEFORE,
        now=turn.now,
    )
    here = [one for one in sent if one.step == media.CHAT or (one.step or "").partition(".")[0] == flow]
    return [one.id for one in here]


def lodge(
    turn: Turn,
    customer_id: int,
    *,
    kind: Kind,
    words: str,
    visit: Visit | None,
    source: Source,
    sent: Sequence[str] = (),
    wish: str = "",
    severity: Severity | None = None,
    severity_reason: str | None = None,
    outside_by: datetime | None = None,
    outside_reference: str | None = None,
) -> Complaint:
    """Take a complaint down or add to the one that is open; its owner hears of it at once."""
    complaint = cases.open(
        turn.session,
        turn.company,
        customer_id,
        kind=kind,
        words=words,
        visit=visit,
        media=sent,
        wish=wish,
        source=source,
        severity=severity,
        severity_reason=severity_reason,
        staff_id=turn.identity.staff_id if source in (Source.STAFF, Source.OUTSIDE) else None,
        outside_by=outside_by,
        outside_reference=outside_reference,
        now=turn.now,
    )
    if _is_asked_anew(turn, complaint):
        complaints.tell_owner(turn, complaint)
    else:
        thread.tell_owner(turn, complaint, words, len(sent))
    turn.complained = complaint.id
    _tell_kin(turn, complaint, visit)
    return complaint


def _tell_kin(turn: Turn, complaint: Complaint, visit: Visit | None) -> None:
    if visit is not None and is_new(turn, complaint):
        kin.complained(turn, visit, complaints.number(complaint))


def is_new(turn: Turn, complaint: Complaint) -> bool:
    """Whether nothing was added to it yet."""
    return all(step.what != "added" for step in history.of(turn.session, complaint))


def _is_asked_anew(turn: Turn, complaint: Complaint) -> bool:
    """Whether somebody was made its owner by what was said last, and not before."""
    what = [step.what for step in history.of(turn.session, complaint)]
    since = what[len(what) - what[::-1].index("added") :] if "added" in what else what
    return bool({"asked", "raised", "worse"} & set(since)) and complaint.acknowledged_at is None


def unsettled(turn: Turn) -> Complaint | None:
    """The customer's latest complaint that somebody still works on."""
    found = looking.latest_of_customer(turn.session, turn.customer_id)
    return found if found is not None and found.status in cases.UNSETTLED else None


def danger_reason(danger: reading.Danger) -> str:
    """Why danger is as bad as it is, as it is kept: `codes.reason` words it."""
    return f"danger:{danger.word}".replace(" ", "_")


def add(turn: Turn, complaint: Complaint, words: str, sent: Sequence[str] = ()) -> Complaint:
    """What the customer says or sends afterwards; words of danger make it as bad as it is."""
    visit = turn.session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    found = reading.danger(words)
    kind = found.kind if found else reading.kind(words) or complaint.kind
    return lodge(
        turn,
        complaint.customer_id,
        kind=kind,
        words=words,
        visit=visit,
        source=complaint.source,
        sent=sent,
        severity=Severity.S1 if found else None,
        severity_reason=danger_reason(found) if found else None,
    )


def promises(turn: Turn, complaint: Complaint) -> str:
    """Whose it is and until what time of day what comes, as the customer is told."""
    owner = turn.session.get(StaffMember, complaint.owner_id) if complaint.owner_id else None
    return turn.text(
        "complaining-promised" if complaint.human_at is None else "complaining-promised-plan",
        owner=owner.name if owner else turn.text("complaining-owner"),
        human=complaints.clock(turn, complaint.human_by),
        plan=complaints.clock(turn, complaint.plan_by),
    )


def is_strange(turn: Turn, words: str) -> bool:
    """Whether they name a visit by a reference that is none of theirs."""
    try:
        by_code(turn, words, turn.customer_id)
    except visits.UnknownVisit:
        return True
    return False


def confirmed(turn: Turn, complaint: Complaint, count: int) -> Outbound:
    """Its number, whose name it has, the promised times of day, and what they can do meanwhile."""
    visit = turn.session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    about = turn.text("complaining-about-visit", visit=cards.visit_line(turn, visit)) if visit else ""
    about += turn.text("complaining-about-photos", photos=count) if count else ""
    key = "complaining-done" if is_new(turn, complaint) else "complaining-joined"
    said = turn.text(key, number=complaints.number(complaint), kind=complaint.kind.value, about=about)
    strange = [turn.text("complaining-visit-strange")] if is_strange(turn, complaint.words) else []
    lines = [said, *strange, promises(turn, complaint), turn.text("complaining-meanwhile")]
    return Outbound("\n".join(lines), (own(turn, complaint), cards.go(turn, "person")))


def own(turn: Turn, complaint: Complaint) -> Choice:
    """A button that shows the customer their complaint."""
    number = complaints.number(complaint)
    return cards.go(turn, "complaint", number, "complaining-own", number=number)


def in_danger(turn: Turn, complaint: Complaint, kind: Kind) -> Outbound:
    """What to do first, and who is on it until when; without a question."""
    key = f"complaining-danger-{kind.value}"
    lines = [
        turn.text(key if turn.has(key) else "complaining-danger-other"),
        turn.text("complaining-danger-taken", number=complaints.number(complaint)),
        promises(turn, complaint),
        turn.text("complaining-danger-meanwhile", phone=turn.house_phone),
    ]
    return Outbound("\n".join(lines), (own(turn, complaint),))


def tell_chats(turn: Turn, complaint: Complaint, make: Callable[[Turn], Outbound]) -> bool:
    """Tell the customer in each chat of theirs; False if they have none, so that it is said on the phone."""
    chats = identities.of_customer(turn.session, complaint.customer_id)
    customer = turn.session.get_one(Customer, complaint.customer_id)
    turn.tell(chats, texts.closest(customer.language) or turn.company.languages[0], make)
    return bool(chats)


def find_visit(turn: Turn, reference: str | None) -> Visit | None:
    """Their own visit, or None where it is about none; leaves where it is not theirs."""
    if not reference:
        return None
    try:
        return visits.of_customer(turn.session, turn.customer_id, reference)
    except visits.UnknownVisit as no:
        raise Leave("complaining-visit-unknown", phone=turn.house_phone) from no


def louder(said: Outbound, choices: Sequence[Choice]) -> Outbound:
    """The same message with these buttons."""
    return replace(said, choices=(*said.choices, *choices))
