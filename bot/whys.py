"""Why a message was sent, or was not: everything that was planned about a visit or for a customer."""

import re
from calendar import day_abbr
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from bot import afterwards, forewarning, packing, relaying, reminding, replacing, watching
from bot.flow import Turn
from core import campaigns, decency, identities, packages, reminders
from core.company import Company
from core.complaints import clocks
from core.correspondence import Direction, Message, Peer, Purpose, talk
from core.decency import DIGEST, WAITS, Pace
from core.handoffs import KIND as HANDOFF
from core.lifecycle import contracts, planning
from core.members import climbing, expiring, tiers
from core.members.tables import PointLot
from core.privacy import erasing, holdings
from core.reminders import Reminder, Status
from core.resorts import Notification, notifications

OF_VISIT = frozenset(
    {
        reminding.VISIT_NEAR,
        reminding.VISIT_ENDING,
        reminding.VISIT_OVERDUE,
        reminding.VISIT_UNCHECKED,
        reminding.NO_ACCESS,
        watching.SET_OUT,
        watching.LATE_WATCH,
        afterwards.OBSERVED,
        afterwards.RATING,
        relaying.WAITING,
        replacing.KIND,
        forewarning.LOOK,
    }
)
"""The kinds of reminders whose subject is a visit's reference."""
SILENT = ("not said", "cancelled", "stale", "held", reminders.GIVEN_UP)
"""How the outcome begins where nothing was said."""
_NO_WORD = re.compile(r"[^a-z0-9]+")
LOOKED_AT, SHOWN = 120, 30
"""So many of the newest messages of a chat are looked through, and so many of what we said unasked shown."""


def of_visit(session: Session, reference: str) -> list[Reminder]:
    """What was to be said about a visit, in the order of its hour, with what came of it."""
    return reminders.about(session, OF_VISIT, [reference])


def of_customer(session: Session, customer_id: int) -> list[Reminder]:
    """What was to be said to a customer, or about what is theirs."""
    person = holdings.person(session, customer_id)
    found = reminders.about(session, OF_VISIT, person.references)
    for kinds, subjects in _others(session, customer_id, person).items():
        found += reminders.about(session, kinds, subjects)
    return sorted(found, key=lambda one: (one.since, one.id))


def _others(
    session: Session, customer_id: int, person: holdings.Person
) -> Mapping[frozenset[str], list[str]]:
    member = tiers.membership(session, customer_id)
    bought = packages.of_customer(session, customer_id, SHOWN)
    lots = select(PointLot.id).where(PointLot.customer_id == customer_id).order_by(col(PointLot.id).desc())
    owned = session.exec(lots.limit(SHOWN)).all()
    return {
        frozenset({DIGEST, erasing.KIND, *planning.KINDS}): [str(one) for one in person.customers],
        frozenset({clocks.KIND}): [str(one) for one in person.complaints],
        frozenset({HANDOFF}): [str(one) for one in person.handoffs],
        frozenset({packing.ENDS, packing.WARNS}): [str(one.id) for one in bought],
        frozenset({planning.CONTRACT}): [str(one.id) for one in contracts.of_customer(session, customer_id)],
        frozenset({expiring.KIND}): [str(one) for one in owned],
        frozenset({campaigns.KIND, campaigns.WON}): [
            str(one.id) for one in campaigns.parts_of(session, person.customers)
        ],
        frozenset({climbing.KIND}): [str(member.id)] if member is not None else [],
    }


def told(session: Session, customer_id: int) -> Iterator[Message]:
    """What a customer was told unasked lately, in each chat, the latest first, with the way it went."""
    for chat in identities.every_of_customer(session, customer_id):
        newest = talk(session, Peer(chat.channel, chat.account, chat.user), limit=LOOKED_AT)
        unasked = [
            one for one in newest if one.direction is Direction.OUT and one.purpose is not Purpose.ANSWER
        ]
        yield from list(reversed(unasked))[:SHOWN]


def notified(session: Session, customer_id: int, reference: str = "") -> list[tuple[Notification, Message]]:
    """What a customer was sent by e-mail and text message, with the message as it fared.

    The newest of it, the latest first; about the visit of that `reference` all, the first first.
    """
    if reference:
        sent = notifications.about(session, customer_id, reference)
    else:
        sent = notifications.latest(session, customer_id, SHOWN)
    return [(one, session.get_one(Message, one.message_id)) for one in sent]


def wishes(session: Session, company: Company, customer_id: int) -> str:
    """What a customer wants to hear, in words for operators; "" for who never said."""
    pace, alone = decency.pace(session, customer_id), decency.quiet_days(session, customer_id)
    zone = decency.zone(session, company, customer_id)
    refused = [(kind, decency.refused(session, customer_id, kind)) for kind in WAITS]
    said = [f"no {kind.value} messages{_in(channels)}" for kind, channels in refused if channels]
    said += [f"{pace.value} instead of the usual"] if pace is not Pace.USUAL else []
    said += [f"left alone on {', '.join(day_abbr[day - 1] for day in sorted(alone))}"] if alone else []
    said += [f"on the clock of {zone.key}"] if zone != company.zone else []
    return "; ".join(said)


def _in(channels: Collection[str]) -> str:
    return "" if "" in channels else f" in {', '.join(sorted(channels))}"


def outcome(reminder: Reminder) -> str:
    """What came of it, in words for staff."""
    match reminder.status:
        case Status.CANCELLED:
            return "cancelled: what it was about changed or is over"
        case Status.DONE:
            return reminder.outcome or "done"
        case Status.LEASED:
            return reminder.outcome or "being looked at just now"
    return reminder.outcome or "still to come"


def worded(turn: Turn, came: str) -> str:
    """What came of a reminder, as `outcome` tells it, in the language of who reads it.

    What names figures is said in short; what has no words is told as operators read it.
    """
    how, _, why = came.partition(": ")
    how = reminders.GIVEN_UP if came.startswith(reminders.GIVEN_UP) else how
    for said in (why, how):
        key = f"came-{_NO_WORD.sub('-', said.lower()).strip('-')}"
        if said and turn.has(key):
            return turn.text(key)
    return why or came


def at(reminder: Reminder) -> datetime:
    """When it was looked at, or will be."""
    return reminder.done_at or reminder.due_at
