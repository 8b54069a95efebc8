"""The morning list of staff: what the day holds and what waits for them, as one message."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import cards, complaints, expecting, membership
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import dropouts, mornings, visits
from core.complaints import finding
from core.members import Membership
from core.mornings import Morning
from core.staff import StaffMember
from core.visits import Visit

NAMED = 3
"""So many of a kind are named; of the others staff hear how many there are."""
WAYS = {
    "requests": "requests",
    "remedies": "complaints",
    "adjustments": "adjustments",
    "appeals": "appeals",
    "referrals": "referrals",
}
"""Where staff say yes or no to what waits for it."""


def look(turn: Turn) -> Morning:
    """Everything that is to be seen to today."""
    found = mornings.look(turn.session, turn.company, turn.now)
    today = [one for one in expecting.unanswered(turn) if one.id in {known.id for known in found.visits}]
    return replace(found, silent=today)


def seen_by(turn: Turn, morning: Morning, staff_id: int) -> Morning:
    """The list without what this member of staff must not see: complaints of visits they worked at."""
    theirs = finding.visible(turn.session, morning.complaints, staff_id)
    hidden = {one.visit_id for one in morning.complaints} - {one.visit_id for one in theirs}
    delicate = [one for one in morning.delicate if one.id not in hidden]
    return replace(morning, complaints=theirs, delicate=delicate)


def make(turn: Turn, morning: Morning, member: StaffMember) -> Outbound:
    """The message for one of them. In a chat that several share no customer is named."""
    lines = tuple(_lines(turn, morning, names=not member.shared))
    first = morning.visits[0].starts_at.astimezone(turn.company.zone).time() if morning.visits else ""
    return turn.say(
        "morning-told" if lines else "morning-told-plain",
        day=morning.day,
        count=len(morning.visits),
        first=first,
        card=Card(turn.text("morning-title"), lines) if lines else None,
        choices=_choices(turn, morning),
    )


def _lines(turn: Turn, morning: Morning, *, names: bool) -> Iterator[tuple[str, str]]:
    kinds = {"alone": morning.alone, "unsure": morning.unsure, "silent": morning.silent}
    for what, found in (kinds | {"delicate": morning.delicate}).items():
        if found:
            yield turn.text(f"morning-{what}"), _visits(turn, found, names=names)
    if morning.complaints:
        yield turn.text("morning-complaints"), _complaints(turn, morning)
    called = [one.customer_id for one in morning.calls]
    wait = [one.customer_id for one in morning.people]
    for what, ids in {"calls": called, "people": wait}.items():
        if ids:
            yield turn.text(f"morning-{what}"), _people(turn, ids, names=names)
    if morning.approvals:
        waiting = [turn.text(f"morning-{what}", count=count) for what, count in morning.approvals.items()]
        yield turn.text("morning-approvals"), turn.text("morning-mark").join(waiting)
    if morning.birthdays:
        yield turn.text("morning-birthdays"), _born(turn, morning.birthdays, names=names)


def _visits(turn: Turn, found: Sequence[Visit], *, names: bool) -> str:
    named = [
        turn.text(
            "morning-visit" if (crew := _crew(turn, one)) else "morning-visit-alone",
            at=one.starts_at.astimezone(turn.company.zone).time(),
            name=cards.customer_name(turn, one.customer_id) if names else one.reference,
            crew=crew,
        )
        for one in found[:NAMED]
    ]
    return _and_more(turn, named, len(found), "visits")


def _crew(turn: Turn, visit: Visit) -> str:
    names = [worker.name for _, worker in visits.crew(turn.session, visit)]
    gone = dropouts.open_of(turn.session, visit.id) is not None
    return turn.text("morning-mark").join(names) if not gone else ""


def _complaints(turn: Turn, morning: Morning) -> str:
    first = morning.complaints[0]
    promised = finding.deadline(first)
    return turn.text(
        "morning-complaint",
        count=len(morning.complaints),
        number=complaints.number(first),
        what=promised.deadline.value if promised else "waits",
        by=complaints.clock(turn, promised.by) if promised else "",
        late="yes" if promised and promised.by < turn.now else "no",
    )


def _people(turn: Turn, ids: Sequence[int], *, names: bool) -> str:
    once = list(dict.fromkeys(ids))
    named = [cards.customer_name(turn, one) for one in once[:NAMED]] if names else []
    return _and_more(turn, named, len(once))


def _born(turn: Turn, found: Sequence[Membership], *, names: bool) -> str:
    if not names:
        return _and_more(turn, [], len(found))
    said = [
        turn.text(
            "morning-born",
            name=cards.customer_name(turn, one.customer_id),
            tier=membership.tier_name(turn, one.tier),
        )
        for one in found[:NAMED]
    ]
    return _and_more(turn, said, len(found))


def _and_more(turn: Turn, named: Sequence[str], count: int, what: str = "people") -> str:
    said, more = turn.text("morning-mark").join(named), count - len(named)
    if not named:
        return turn.text("morning-count", count=count)
    return turn.text("morning-more", said=said, more=more, what=what) if more else said


def _choices(turn: Turn, morning: Morning) -> list[Choice]:
    """At most six ways on, each to something there is."""
    approval = next((WAYS[what] for what in morning.approvals if WAYS[what] != "complaints"), None)
    names = (
        "agenda" if morning.visits else None,
        "unconfirmed" if morning.alone or morning.unsure else None,
        "complaints" if morning.complaints else None,
        "forewarnings" if morning.calls else None,
        approval,
        "desk",
    )
    return [cards.go(turn, name) for name in names if name is not None]
