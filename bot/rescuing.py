"""A worker calls for help: who hears of it, what they see, and how often it is said again."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound, Place
from core import alarms, correspondence, identities, reminders, visits
from core.alarms import Alarm
from core.company import Company
from core.correspondence import Direction, Peer
from core.customers import Address
from core.staff import Rank, StaffMember
from core.visits import Visit
from core.workers import Worker

UNANSWERED = "alarm-unanswered"
"""The kind of reminder that looks whether somebody has taken a call for help."""
ABOVE = (Rank.LEAD, Rank.MANAGER)
STILL_THERE = timedelta(hours=12)
"""A place that a worker shared longer ago tells nothing of where they are."""


def sound(turn: Turn) -> Alarm:
    """Take a worker's call, now or again: all staff hear it at once, and again until somebody takes it."""
    visit = visits.next_of_worker(turn.session, turn.worker_id, turn.now)
    if visit is not None and visit.status is visits.Status.REQUESTED:
        visit = None
    alarm, is_new = alarms.sound(turn.session, turn.worker_id, visit, turn.now)
    if is_new:
        _look_for_place(turn, alarm)
        look_again(turn.session, turn.company, alarm, 1, turn.now)
    tell_staff(turn, alarm, "rescue-told" if is_new else "rescue-told-again")
    return alarm


def _look_for_place(turn: Turn, alarm: Alarm) -> None:
    """Where the worker was last, from what they sent lately in this chat."""
    identity = turn.identity
    peer = Peer(identity.channel, identity.account, identity.user)
    for message in reversed(correspondence.talk(turn.session, peer)):
        lately = turn.now - message.created_at <= STILL_THERE
        if lately and message.direction is Direction.IN and message.kind == "place":
            found = message.content
            alarms.place(turn.session, alarm, found["latitude"], found["longitude"], message.created_at)
            return


def look_again(session: Session, company: Company, alarm: Alarm, time: int, now: datetime) -> None:
    """Have it looked at in a few minutes whether somebody took it, for the `time`th time."""
    reminders.schedule(
        session,
        UNANSWERED,
        str(alarm.id),
        now + timedelta(minutes=company.policies.alarm_again_minutes),
        dedupe_key=f"{UNANSWERED}:{alarm.id}:{time}",
        payload={"time": time},
    )


def share_place(turn: Turn, place: Place) -> list[Outbound] | None:
    """Pass on where a worker who called for help is; None where nobody did."""
    alarm = alarms.of_worker(turn.session, turn.worker_id)
    if alarm is None:
        return None
    at = turn.sent_at or turn.now
    alarms.place(turn.session, alarm, place.latitude, place.longitude, at)
    tell_staff(turn, alarm, "rescue-told-place")
    return [turn.say("rescue-place-passed", phone=turn.house_phone)]


def tell_staff(turn: Turn, alarm: Alarm, key: str, ranks: Collection[Rank] = ()) -> None:
    """Tell everybody on the staff, or those of these ranks; everybody too where there is none of them."""

    def make(their: Turn) -> Outbound:
        said = their.say(
            key, worker=name_of(their, alarm), card=card(their, alarm), choices=choices(their, alarm)
        )
        return replace(said, critical=True)

    _tell(turn, make, ranks)


def _tell(turn: Turn, make: Callable[[Turn], Outbound], ranks: Collection[Rank]) -> None:
    everybody = identities.of_staff(turn.session)
    those = [one for one in everybody if turn.session.get_one(StaffMember, one.staff_id).role in ranks]
    for identity in those or everybody:
        turn.tell([identity], telling.language_of(turn.session, identity, turn.company), make)


def tell_worker(turn: Turn, alarm: Alarm, key: str, member: str = "") -> None:
    """Tell the worker who called."""
    telling.worker(
        turn, alarm.raised_by, lambda their: their.say(key, phone=their.house_phone, member=member)
    )


def name_of(turn: Turn, alarm: Alarm) -> str:
    """The worker who called."""
    return turn.session.get_one(Worker, alarm.raised_by).name


def member(turn: Turn, staff_id: int | None) -> str:
    """A member of staff by name."""
    return turn.session.get_one(StaffMember, staff_id).name


def visit_of(turn: Turn, alarm: Alarm) -> Visit | None:
    """The visit from which the worker called."""
    return turn.session.get(Visit, alarm.visit_id) if alarm.visit_id else None


def card(turn: Turn, alarm: Alarm) -> Card:
    """Everything that whoever helps must know."""
    lines = [
        (turn.text("rescue-card-worker"), name_of(turn, alarm)),
        (turn.text("rescue-card-at"), turn.text("value-said", value=turn.local(alarm.raised_at))),
        *_visit_lines(turn, visit_of(turn, alarm)),
        (turn.text("rescue-card-place"), _place(turn, alarm)),
    ]
    if alarm.taken_by is not None:
        lines.append((turn.text("rescue-card-taken"), member(turn, alarm.taken_by)))
    return Card(turn.text("rescue-card-title", number=f"#{alarm.id}"), tuple(lines))


def _visit_lines(turn: Turn, visit: Visit | None) -> list[tuple[str, str]]:
    if visit is None:
        return [(turn.text("rescue-card-visit"), turn.text("rescue-card-no-visit"))]
    home = turn.session.get_one(Address, visit.address_id)
    phone = telling.phone_at_once(turn, visit, "rescue")
    return [
        (turn.text("rescue-card-visit"), f"{visit.reference} {cards.visit_line(turn, visit)}"),
        (turn.text("card-where"), cards.address_line(home)),
        *([(turn.text("rescue-card-way-in"), home.access_note)] if home.access_note else []),
        (turn.text("rescue-card-customer"), cards.customer_name(turn, visit.customer_id)),
        *([(turn.text("rescue-card-phone"), phone)] if phone != "none" else []),
    ]


def _place(turn: Turn, alarm: Alarm) -> str:
    if alarm.latitude is None or alarm.longitude is None or alarm.place_at is None:
        return turn.text("rescue-card-no-place")
    return place_line(turn, alarm.latitude, alarm.longitude, alarm.place_at)


def place_line(turn: Turn, latitude: float, longitude: float, at: datetime) -> str:
    """A point on the map that can be opened, and when somebody was there."""
    return turn.text("rescue-place", latitude=f"{latitude:.5f}", longitude=f"{longitude:.5f}", at=at)


def choices(turn: Turn, alarm: Alarm) -> list[Choice]:
    """What staff can do about it now."""
    number = str(alarm.id)
    take = [] if alarm.taken_by else [cards.go(turn, "rescue", number, "go-rescue-take")]
    return [*take, cards.go(turn, "settling", number)]
