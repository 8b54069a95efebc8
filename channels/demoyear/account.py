"""The account of an invented year: everything that customers were told unasked, each with its reason."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

import bot.notices  # noqa: F401 - first the conversations, of which what falls due speaks
from bot.due import MANNERS
from bot.whys import OF_VISIT
from channels.demoyear.stage import Span, Year
from core import campaigns
from core.campaigns import Part, Target
from core.company import Company
from core.complaints import Complaint, Severity, clocks
from core.consents import Consent
from core.consents import Purpose as Agreed
from core.correspondence import Direction, Message, Peer, Purpose
from core.coupons import Coupon
from core.decency import Class, Pace, Sent
from core.identities import Identity
from core.reminders import Reminder
from core.timeline import Entry
from core.visits import Status, Visit

if TYPE_CHECKING:
    from channels.demoyear.script import Season

TURN, SWEEP = "turn", "sweep"
"""What a message is about that no reminder made be said: somebody did something, or something fell due that
has no reminder of its own."""
URGENT = (Severity.S1, Severity.S2)
_STATES = {status.value.replace("_", "-"): status for status in Status}


@dataclass(frozen=True, slots=True)
class Told:
    """One message to a customer that answers nothing they said."""

    customer_id: int
    peer: Peer
    at: datetime
    """When it was said; on a moment of its own."""
    carried: datetime | None
    """When it went to their phone; None where it never did."""
    expires: datetime | None
    kind: Class
    about: str
    """A kind of reminder, TURN or SWEEP."""
    key: str
    """The reminder's own key; "" for the others."""
    subject: str
    why: str
    body: str
    zone: str
    """On whose clock they lived then (IANA's name)..."""
    there: str = ""
    """... and when it was carried, if that was another."""
    is_urgent: bool = False
    """It had to be known in time, whatever the hour."""
    is_asked_for: bool = False
    """They wrote, and it came along with the answer."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder, as it stands at the end."""

    key: str
    kind: str
    due_at: datetime
    status: str
    done_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Life:
    """A visit's states, each with its first moment, and when it begins (since that was said last).

    Moments are as lived; it begins by the clock.
    """

    states: Sequence[tuple[datetime, Status]]
    starts_at: datetime
    since: datetime
    customer_id: int = 0

    def at(self, moment: datetime) -> Status | None:
        """How it stood then; None before it was placed."""
        place = bisect_right([at for at, _ in self.states], moment)
        return self.states[place - 1][1] if place else None


@dataclass(frozen=True, slots=True)
class Wished:
    """How much a customer wants to hear, from then on."""

    at: datetime
    customer_id: int
    pace: Pace


@dataclass(frozen=True, slots=True)
class Offered:
    """A campaign, and what was given by it."""

    name: str
    mark: str
    """What stands in each of its messages, and in no other."""
    begins_at: datetime
    ends_at: datetime
    budget: int
    given: int
    """What the coupons are worth that it gave, in fen."""
    held_out: frozenset[int] = frozenset()
    halts: Sequence[tuple[datetime, datetime]] = ()
    """From when until when it was stopped, as lived."""


def _as_shown(at: datetime) -> datetime:
    return at


@dataclass(slots=True)
class Known:
    """What the verdict goes by. All moments but those of messages and reminders are as `lived`."""

    company: Company
    ends: datetime
    told: Sequence[Told] = ()
    planned: Sequence[Planned] = ()
    lives: Mapping[str, Life] = field(default_factory=dict)
    wishes: Sequence[Wished] = ()
    upset: Sequence[tuple[int, datetime, datetime | None]] = ()
    """Customers with a complaint: from when until when it was open."""
    lost: Mapping[Peer, datetime] = field(default_factory=dict)
    """Who could be written to no more, since when."""
    breaks: Sequence[Span] = ()
    offers: Sequence[Offered] = ()
    agreed: Sequence[tuple[int, datetime, datetime | None]] = ()
    """Customers who wanted to hear of offers: from when until when."""
    lived: Callable[[datetime], datetime] = _as_shown
    """A moment of the clock by one that was never set back."""


def of(session: Session, company: Company, season: "Season") -> Known:
    """Everything that is known of the year when it is over."""
    stage = season.stage
    lived = stage.lived
    wishes = [
        Wished(lived(one.at), one.customer_id, one.pace) for one in season.changes if one.pace is not None
    ]
    complaints = session.exec(select(Complaint).order_by(col(Complaint.id)))
    reminders = session.exec(select(Reminder).order_by(col(Reminder.due_at))).all()
    gone = select(Identity).where(col(Identity.unreachable_at).is_not(None))
    return Known(
        company,
        stage.now,
        _told(session, company, season, reminders),
        [_planned(one) for one in reminders],
        _lives(session, lived),
        wishes,
        [(one.customer_id, *_span(stage, one.opened_at, one.closed_at)) for one in complaints],
        {_peer(one): lived(one.unreachable_at) for one in session.exec(gone) if one.unreachable_at},
        stage.breaks,
        _offered(session, season),
        _agreed(session, stage),
        lived,
    )


def summary(session: Session, known: Known, stage: Year) -> dict[str, int]:
    """How the year went, in numbers."""
    ends = Counter(one.status.value for one in session.exec(select(Visit)))
    about = Counter(f"told: {one.about} ({one.kind.value})" for one in known.told)
    unsaid = Counter(_short(one.outcome) for one in known.planned if one.outcome.startswith("not said"))
    return {
        **{f"visits: {what}": count for what, count in sorted(ends.items())},
        "complaints": len(known.upset),
        **dict(about.most_common()),
        **dict(unsaid.most_common(12)),
        "outages": len(stage.breaks),
        "killed in the middle": stage.killed,
        "times the clock was set back": stage.set_back,
        "rounds of the clock": stage.rounds,
    }


def _span(stage: Year, first: datetime, last: datetime | None) -> tuple[datetime, datetime | None]:
    return stage.lived(first), stage.lived(last) if last is not None else None


def _offered(session: Session, season: "Season") -> list[Offered]:
    found: list[Offered] = []
    for held in season.offers:
        if held.made.name not in {one.name for one in campaigns.every(session, len(season.offers))}:
            continue  # its first day was not reached
        campaign = campaigns.called(session, held.made.name)
        apart = select(Target.customer_id).where(Target.campaign_id == campaign.id)
        apart = apart.where(Target.state == Part.HELD_OUT)
        key = f"{campaigns.KIND}:{campaign.id}:"
        given = [one.amount for one in session.exec(select(Coupon).where(col(Coupon.key).startswith(key)))]
        halts = [season.stage.lived(at) for at in (*held.halts, season.stage.now)]
        found.append(
            Offered(
                campaign.name,
                held.made.mark,
                campaign.begins_at,
                campaign.ends_at,
                campaign.budget,
                sum(given),
                frozenset(session.exec(apart)),
                list(zip(halts[::2], halts[1::2], strict=False)),
            )
        )
    return found


def _agreed(session: Session, stage: Year) -> list[tuple[int, datetime, datetime | None]]:
    said = select(Consent).where(Consent.purpose == Agreed.MARKETING)
    return [(one.customer_id, *_span(stage, one.given_at, one.withdrawn_at)) for one in session.exec(said)]


def _peer(one: Identity) -> Peer:
    return Peer(one.channel, one.account, one.user)


def _short(outcome: str) -> str:
    return outcome if len(outcome) < 70 else outcome[:69] + "…"


def _planned(one: Reminder) -> Planned:
    return Planned(one.dedupe_key, one.kind, one.due_at, one.status.value, one.done_at, one.outcome or "")


def _told(session: Session, company: Company, season: "Season", reminders: Sequence[Reminder]) -> list[Told]:
    by_moment = {one.done_at: one for one in reminders if one.done_at is not None}
    counted = {(one.customer_id, one.at): one.kind for one in session.exec(select(Sent))}
    urgent = set(session.exec(select(Complaint.id).where(col(Complaint.severity).in_(URGENT))))
    theirs = {home.peer: home.customer_id for home in season.cast.households}
    said = select(Message).where(Message.direction == Direction.OUT, Message.purpose != Purpose.ANSWER)
    found: list[Told] = []
    for message in session.exec(said.order_by(col(Message.id))):
        customer_id = theirs.get(message.peer)
        if customer_id is None:
            continue
        reminder = by_moment.get(message.created_at)
        kind = counted.get((customer_id, message.created_at), Class.SERVICE)
        if reminder is not None and reminder.kind == clocks.KIND and int(reminder.subject) in urgent:
            kind = Class.EMERGENCY
        about, why = _reason(message, reminder, season.stage)
        zone = _zone(season, customer_id, message.created_at) or company.timezone
        later = message.sent_at or message.created_at
        found.append(
            Told(
                customer_id,
                message.peer,
                message.created_at,
                message.sent_at,
                message.expires_at,
                kind,
                about,
                reminder.dedupe_key if reminder else "",
                reminder.subject if reminder else "",
                why,
                message.body,
                zone,
                _zone(season, customer_id, later) or company.timezone,
                bool(message.content.get("critical")),
                message.way == "direct:answer",
            )
        )
    return found


def _reason(message: Message, reminder: Reminder | None, stage: Year) -> tuple[str, str]:
    if reminder is not None:
        return reminder.kind, reminder.outcome or ""
    at, doings = stage.lived(message.created_at), stage.doings
    place = bisect_right(doings, at, key=lambda one: stage.lived(one.begins)) - 1
    if place >= 0 and at <= stage.lived(doings[place].ends):
        return TURN, f"{doings[place].who}: {doings[place].what}"
    return SWEEP, "it fell due"


def _zone(season: "Season", customer_id: int, at: datetime) -> str:
    moves = [one for one in season.changes if one.pace is None and one.customer_id == customer_id]
    lived = season.stage.lived
    return next((one.zone for one in reversed(moves) if lived(one.at) <= lived(at)), "")


def _lives(session: Session, lived: Callable[[datetime], datetime]) -> dict[str, Life]:
    every = {one.id: one for one in session.exec(select(Visit))}
    states: dict[int, list[tuple[datetime, Status]]] = {id: [] for id in every if id is not None}
    since = {id: lived(one.placed_at) for id, one in every.items()}
    for entry in session.exec(select(Entry).order_by(col(Entry.id))):
        if entry.what == "moved":
            since[entry.visit_id] = lived(entry.at)
        elif entry.what == "placed" and not states[entry.visit_id]:
            states[entry.visit_id].append((lived(entry.at), Status.CONFIRMED))
        elif entry.what in _STATES:
            states[entry.visit_id].append((lived(entry.at), _STATES[entry.what]))
    return {
        one.reference: Life(states[id], one.starts_at, since[id], one.customer_id)
        for id, one in every.items()
        if id is not None
    }


def is_owed(about: str) -> bool:
    """Whether people lose something if it is not said."""
    return about in MANNERS and MANNERS[about].owed


def is_of_visit(about: str) -> bool:
    """Whether a message of that kind speaks of one visit, whose reference is its subject."""
    return about in OF_VISIT
