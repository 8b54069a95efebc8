"""What must hold of visits: confirmed as they were placed, sold once, told, and reminded of."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sqlmodel import Session, col, select

from bot import reminding, texts
from core import clock, company, quiet, reminders
from core.correspondence import Direction, Message
from core.identities import Identity
from core.matching import Assignment
from core.offers import Offer
from core.reminders import Reminder
from core.timeline import Entry
from core.visits import OCCUPYING, Status, Visit
from core.windows import HALF_HOUR, Hold, Occupied
from core.windows.board import half_hour

LANGUAGE = "zh-CN"
SHORTEST = 5
ACCEPT = "go:accepting:"
"""So many characters of a line tell it from all others; behind them it may name a fee."""
Half = tuple[int, int]
"""A worker and a half hour."""


def confirmed_by_reference(session: Session) -> list[str]:
    """No visit without its confirmation and no confirmation without its visit; so for moves and ends."""
    broken = []
    visits = {visit.reference: visit for visit in session.exec(select(Visit))}
    placed = _carded(session, "booking-placed", "booking-requested")
    moved = _carded(session, "moving-done")
    for reference, visit in visits.items():
        if placed[reference] != 1:
            broken.append(f"{_line(visit)} was confirmed {placed[reference]} times")
        if moved[reference] != visit.moves:
            broken.append(f"{_line(visit)} moved {visit.moves} times, and {moved[reference]} were confirmed")
    for reference in {*placed, *moved} - set(visits):
        broken.append(f"{reference} was confirmed, and there is no such visit")
    return broken + _cancellations(session)


def sold_once(session: Session) -> list[str]:
    """No half hour of a worker is sold twice; every visit and hold has exactly its own, and nothing else
    does."""
    broken, wanted = _overlaps(session), {}
    for visit in session.exec(select(Visit).where(col(Visit.status).in_(OCCUPYING))):
        team = _crew(session, visit)
        if not team:
            broken.append(f"{_line(visit)} has nobody")
        wanted |= {half: _line(visit) for half in _halves(team, visit.starts_at, visit.ends_at)}
    had = {(row.worker_id, row.half_hour): row for row in session.exec(select(Occupied))}
    visits = {visit.id: _line(visit) for visit in session.exec(select(Visit))}
    sold = {half: visits.get(row.visit_id, "?") for half, row in had.items() if row.visit_id is not None}
    for half in sorted({*wanted, *sold}):
        if wanted.get(half) != sold.get(half):
            broken.append(f"worker {half[0]}, half hour {half[1]}: {wanted.get(half)} has {sold.get(half)}")
    for half, row in had.items():
        if (row.visit_id is None) == (row.hold_id is None):
            broken.append(f"worker {half[0]}, half hour {half[1]} belongs to nobody or to two")
    return broken + _held(session, had) + _stays(had)


def told_in_timeline(session: Session) -> list[str]:
    """Each visit's story begins with its placing and says each move and its end once."""
    broken, lines = [], defaultdict(list)
    for entry in session.exec(select(Entry).order_by(col(Entry.id))):
        lines[entry.visit_id].append(entry.what)
    for visit in session.exec(select(Visit)):
        story = lines[visit.id or 0]
        counted = Counter(story)
        wanted = {"placed": 1, "moved": visit.moves, "cancelled": int(visit.status is Status.CANCELLED)}
        if story[:2] != ["placed", "assigned"] or any(counted[what] != n for what, n in wanted.items()):
            broken.append(f"{_line(visit)}, moved {visit.moves} times, is told as {story}")
    return broken


def reminded_as_planned(session: Session, hastened: Collection[str] = ()) -> list[str]:
    """Each visit ahead has the reminders that its last placing or moving planned, and no others.

    When those are due that were `hastened` is not looked at.
    """
    broken = []
    planned_at = {
        entry.visit_id: entry.at
        for entry in session.exec(
            select(Entry).where(col(Entry.what).in_(("placed", "moved"))).order_by(col(Entry.id))
        )
    }
    had = {row.dedupe_key: row for row in session.exec(select(Reminder))}
    for visit in session.exec(select(Visit)):
        for name, (before, least) in reminding.BEFORE.items():
            key = f"{reminding.VISIT_NEAR}:{visit.reference}:{name}"
            row = had.pop(key, None)
            ahead = visit.starts_at - planned_at.get(visit.id or 0, visit.placed_at)
            planned = ahead > least and visit.status in OCCUPYING
            due_at = quiet.told_at(company.load(), visit.starts_at - before) if planned else None
            waits = row.due_at if row and row.status is not reminders.Status.CANCELLED else None
            if waits != due_at and key not in hastened:
                broken.append(f"{_line(visit)}: the reminder {name!r} is due {waits}, planned for {due_at}")
    return broken + [f"reminder {key} is about no visit" for key in had if key.startswith("visit-near")]


def reminders_said_once(session: Session) -> list[str]:
    """What a reminder is about was said once on each account of its customer if it is done, else never."""
    broken, said = [], Counter()
    for row in _lines(session, *(f"near-{name}" for name in reminding.BEFORE)):
        said[row.user, _named(row), row.body[:SHORTEST]] += 1
    accounts = defaultdict(list)
    for one in session.exec(select(Identity)):
        accounts[one.customer_id].append(one.user)
    visits = {visit.reference: visit for visit in session.exec(select(Visit))}
    for row in session.exec(select(Reminder).where(Reminder.kind == reminding.VISIT_NEAR)):
        wanted = int(row.status is reminders.Status.DONE and row.outcome == "said")
        begins = _begins(f"near-{row.payload['said']}")
        for user in accounts[visits[row.subject].customer_id]:
            if (times := said[user, row.subject, begins]) != wanted:
                broken.append(f"{user} was reminded {times} times by {row.dedupe_key}, which is {row.status}")
    return broken


def workers_told_once(session: Session) -> list[str]:
    """Everybody whom a visit was offered to heard of it once in each chat, and nobody else."""
    broken, told = [], Counter()
    unasked = (Message.direction == Direction.OUT, col(Message.answers_id).is_(None))
    for row in session.exec(select(Message).where(*unasked)):
        for choice in row.content["choices"]:
            if choice["data"].startswith(ACCEPT):
                told[row.user, choice["data"].removeprefix(ACCEPT)] += 1
    accounts = session.exec(select(Identity).where(col(Identity.worker_id).is_not(None))).all()
    for offer in session.exec(select(Offer)):
        for account in accounts:
            times = told[account.user, str(offer.id)]
            wanted = int(account.worker_id == offer.worker_id and offer.told_at is not None)
            if times != wanted:
                broken.append(f"offer {offer.id}: {account.user} was told {times} times, not {wanted}")
    return broken


def _carded(session: Session, *keys: str) -> Counter[str]:
    """How often each visit was named on the card of one of these lines, by reference."""
    found: Counter[str] = Counter()
    for row in _lines(session, *keys):
        found[_named(row)] += 1
    return found


def _named(row: Message) -> str:
    """The reference on a message's card."""
    title: str = row.content["card"]["title"]
    return title.removeprefix(texts.say(LANGUAGE, "card-title", reference="")).strip()


def _cancellations(session: Session) -> list[str]:
    """The end of a visit is confirmed without its reference, so each customer's are counted."""
    ended = Counter(
        row.customer_id for row in session.exec(select(Visit).where(Visit.status == Status.CANCELLED))
    )
    accounts = {
        (one.channel, one.account, one.user): one.customer_id for one in session.exec(select(Identity))
    }
    said = Counter(accounts.get(tuple(row.peer)) for row in _lines(session, "cancelling-done"))
    return [
        f"customer {id} cancelled {ended[id]} visits, and {said[id]} were confirmed"
        for id in {*ended, *said}
        if ended[id] != said[id]
    ]


def _lines(session: Session, *keys: str) -> list[Message]:
    """Everything that was said with one of these lines."""
    begins = tuple(_begins(key) for key in keys)
    rows = session.exec(select(Message).where(Message.direction == Direction.OUT).order_by(col(Message.id)))
    return [row for row in rows if row.body.startswith(begins)]


def _begins(key: str) -> str:
    """How a line begins, whatever values it names later."""
    return texts.say(LANGUAGE, key, visit="", area="", reference="", answer_by="", when="")[:SHORTEST]


def _crew(session: Session, visit: Visit) -> list[int]:
    attends = (Assignment.visit_id == visit.id, col(Assignment.released_at).is_(None))
    return list(session.exec(select(Assignment.worker_id).where(*attends)))


def _halves(team: Sequence[int], starts_at: datetime, ends_at: datetime) -> list[Half]:
    count = int((ends_at - starts_at) / HALF_HOUR)
    return [(worker, half_hour(starts_at) + n) for worker in team for n in range(count)]


def _overlaps(session: Session) -> list[str]:
    """Visits and holds of one worker that are at the same time, found without the table that forbids it."""
    stays = defaultdict(list)
    for visit in session.exec(select(Visit).where(col(Visit.status).in_(OCCUPYING))):
        for worker in _crew(session, visit):
            stays[worker].append((visit.starts_at, visit.ends_at, _line(visit)))
    for hold in session.exec(select(Hold).where(col(Hold.expires_at) > clock.now())):
        for worker in hold.worker_ids:
            stays[worker].append((hold.starts_at, hold.ends_at, f"hold {hold.id}"))
    return [
        f"worker {worker} is sold twice: {former[2]} until {former[1]}, {later[2]} from {later[0]}"
        for worker, theirs in stays.items()
        for former, later in pairwise(sorted(theirs))
        if later[0] < former[1]
    ]


def _held(session: Session, had: Mapping[Half, Occupied]) -> list[str]:
    """Every hold that lives has all its half hours, and none is left of one that does not exist."""
    broken, holds = [], {hold.id: hold for hold in session.exec(select(Hold))}
    by_hold = defaultdict(set)
    for half, row in had.items():
        if row.hold_id is not None:
            by_hold[row.hold_id].add(half)
    for id, hold in holds.items():
        wanted = set(_halves(hold.worker_ids, hold.starts_at, hold.ends_at))
        lives = hold.expires_at > clock.now()
        if by_hold[id] - wanted or (lives and by_hold[id] != wanted):
            broken.append(f"hold {id} wants {sorted(wanted)} and has {sorted(by_hold[id])}")
    return broken + [
        f"{sorted(by_hold[id])} are held by {id}, which is gone" for id in set(by_hold) - set(holds)
    ]


def _stays(had: Mapping[Half, Occupied]) -> list[str]:
    """The first half hour of a stay says how long it lasts, the others nothing."""
    stays = defaultdict(list)
    for half, row in sorted(had.items()):
        stays[row.worker_id, row.visit_id, row.hold_id].append((half[1], row.lasts))
    return [
        f"worker {worker}, visit {visit}, hold {hold}: half hours and lengths {rows}"
        for (worker, visit, hold), rows in stays.items()
        if [lasts for _, lasts in rows] != [len(rows)] + [0] * (len(rows) - 1)
    ]


def _line(visit: Visit) -> str:
    """A visit as a failure names it."""
    return f"visit {visit.id} {visit.reference} ({visit.status.value}, customer {visit.customer_id})"
