"""A complaint as staff and its customer see it, and who of them hears what about it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot import cards, codes, outsiders, telling, texts, wall
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.readers import phones
from core import complaints, identities, rooms
from core.complaints import Complaint, Rung, Status, clocks, owners
from core.customers import Customer
from core.identities import Identity, Role
from core.staff import Rank, StaffMember
from core.visits import Visit

Make = Callable[[Turn], Outbound]
ABOVE = (Rank.LEAD, Rank.MANAGER)
SHOWN, BUTTONS = 20, 6
LONGEST_QUOTE = 300
"""So much of what the customer said stands on a card, in characters; the newest."""


def number(complaint: Complaint) -> str:
    """What people call a complaint by, and what its buttons carry."""
    return str(complaint.id)


def kind(turn: Turn, complaint: Complaint) -> str:
    """What it is about, in a word or two."""
    return turn.text(f"complaint-kind-{complaint.kind.value.replace('_', '-')}")


def severity(turn: Turn, complaint: Complaint) -> str:
    """How bad it is, in a word."""
    return turn.text(f"severity-{complaint.severity.value}")


def clock(turn: Turn, at: datetime) -> str:
    """A time of day, with its day unless that is today."""
    day, clock = wall.theirs(turn, at)
    if day == wall.today(turn):
        return turn.text("complaint-today", at=clock)
    return turn.text("complaint-day", day=cards.day(turn, day), at=clock)


def left(turn: Turn, by: datetime) -> str:
    """How long it is until then, or how long ago that was."""
    minutes = int(abs(by - turn.now) / timedelta(minutes=1))
    if minutes == 0:
        return turn.text("complaint-now")
    days, hours = minutes // 1440, minutes // 60
    which, high, low = (
        ("minutes", 0, minutes)
        if hours == 0
        else ("hours", hours, minutes % 60)
        if days < 2
        else ("days", days, hours % 24)
    )
    span = turn.text(f"complaint-span-{which}", high=high, low=low)
    return turn.text("complaint-over" if by < turn.now else "complaint-left", span=span)


def line(turn: Turn, complaint: Complaint) -> str:
    """A complaint in a line: how bad, what, whose, and what is promised next."""
    return " · ".join(
        filter(
            None,
            (
                severity(turn, complaint),
                kind(turn, complaint),
                cards.customer_name(turn, complaint.customer_id),
                standing(turn, complaint),
            ),
        )
    )


def standing(turn: Turn, complaint: Complaint) -> str:
    """What was promised first of all that is not done, until when; or why nothing is to be done now."""
    unkept = next(iter(clocks.unkept(complaint)), None)
    if complaint.status is not Status.OPEN or unkept is None:
        return turn.text(f"complaint-status-{complaint.status.value}")
    deadline, by = unkept
    what = turn.text(f"complaint-clock-{deadline.value}")
    return turn.text("complaint-next", what=what, by=clock(turn, by), left=left(turn, by))


def owner(turn: Turn, complaint: Complaint) -> str:
    """Whose it is, by name and rung; the company's head while it is at the top and nobody said "mine"."""
    is_at_top = complaint.rung is Rung.OWNER and complaint.acknowledged_at is None
    if complaint.owner_id is None or is_at_top:
        return turn.text(f"rung-{complaint.rung.value}")
    member = turn.session.get_one(StaffMember, complaint.owner_id)
    rung = turn.text(f"rung-{owners.rung_of(member).value}")
    return turn.text("complaint-owner", name=member.name, rung=rung)


def card(turn: Turn, complaint: Complaint) -> Card:
    """What whoever gets it must know: who, what, whose words, and the clocks as times of day."""
    words = " ".join(complaint.words.split())[-LONGEST_QUOTE:]
    visit = turn.session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    lines = [
        ("complaint-card-customer", cards.customer_name(turn, complaint.customer_id)),
        ("complaint-card-visit", f"{cards.visit_line(turn, visit)} {visit.reference}" if visit else ""),
        ("complaint-card-words", turn.text("complaint-quoted", words=words) if words else ""),
        ("complaint-card-wish", codes.wish(turn, complaint.wish)),
        (
            "complaint-card-photos",
            turn.text("complaint-photos", count=len(complaint.media)) if complaint.media else "",
        ),
        ("complaint-card-outside", outsiders.line(turn, complaint)),
        ("complaint-card-owner", _owner_line(turn, complaint)),
    ]
    title = turn.text(
        "complaint-card-title",
        number=number(complaint),
        kind=kind(turn, complaint),
        severity=severity(turn, complaint),
    )
    shown = tuple((turn.text(key), value) for key, value in lines if value)
    return Card(title, shown + clock_lines(turn, complaint))


def _owner_line(turn: Turn, complaint: Complaint) -> str:
    name = owner(turn, complaint)
    if complaint.acknowledge_by is None:
        return name
    by = clock(turn, complaint.acknowledge_by)
    return turn.text("complaint-owner-asked", owner=name, by=by)


def clock_lines(turn: Turn, complaint: Complaint) -> tuple[tuple[str, str], ...]:
    """Each clock: until when and how long that is, or when it was done."""
    clocks_ = (
        ("human", complaint.human_by, complaint.human_at),
        ("plan", complaint.plan_by, complaint.plan_at),
        ("resolved", complaint.resolve_by, complaint.resolved_at),
    )
    return tuple(
        (turn.text(f"complaint-clock-{name}"), _clock_line(turn, complaint, name, by, done))
        for name, by, done in clocks_
    )


def _clock_line(turn: Turn, complaint: Complaint, name: str, by: datetime, done: datetime | None) -> str:
    if done is not None:
        return turn.text("complaint-done", at=clock(turn, done))
    if name == "resolved" and complaint.status is Status.WAITING:
        return turn.text("complaint-status-waiting")
    return turn.text("complaint-by", by=clock(turn, by), left=left(turn, by))


def choices(turn: Turn, complaint: Complaint) -> list[Choice]:
    """What a member of staff can do about it at once: take it while nobody has, and open it."""
    name = number(complaint)
    is_free = complaint.status in complaints.UNSETTLED and complaint.acknowledged_at is None
    take = [Choice(turn.text("ladder-mine"), f"go:mine:{name}")] if is_free else []
    return [*take, _open(turn, complaint)]


def _open(turn: Turn, complaint: Complaint) -> Choice:
    name = number(complaint)
    return Choice(turn.text("ladder-open", number=name), f"go:complaint:{name}")


def told(
    turn: Turn, complaint: Complaint, key: str, *, in_full: bool = False, gone: bool = False, **args: object
) -> Outbound:
    """A message to staff about a complaint with what can be done, and its card where it is told `in_full`.

    Who is told that it is `gone` is not offered to take it.
    """
    said = turn.say(
        key,
        number=number(complaint),
        owner=owner(turn, complaint),
        card=card(turn, complaint) if in_full else None,
        choices=[_open(turn, complaint)] if gone else choices(turn, complaint),
        **args,
    )
    through = outsiders.line(turn, complaint)
    named = "" if in_full or gone or not through else turn.text("outside-named", who=through)
    return replace(said, text="\n".join(filter(None, (said.text, named))), critical=True)


def tell_owner(turn: Turn, complaint: Complaint) -> bool:
    """Ask whose it is now to take it; at the top, ask everybody to call the company's head.

    What is urgent is told to everybody at once, with whom to call. Where its owner is asked later, in the
    morning, the clock does it then. False when nobody could be told.
    """
    if complaint.asked_at > turn.now or complaint.acknowledged_at is not None:
        return False
    is_new = complaints.HEAD_CALLED not in complaint.said
    calls_head = complaints.asked(turn.session, turn.company, complaint)
    if complaint.rung is Rung.OWNER and complaint.status in complaints.UNSETTLED:
        key = "ladder-call" if clocks.was_missed(complaint, turn.now) else "ladder-call-untaken"
        return _call_head(turn, complaint, key, in_full=is_new)
    key = "ladder-asked" if complaint.status in complaints.UNSETTLED else "ladder-handed"
    owner_id = complaint.owner_id or 0
    reached = tell_member(
        turn, owner_id, lambda their: told(their, complaint, key, in_full=True, by=_by(their, complaint))
    )
    if calls_head and complaint.status in complaints.UNSETTLED:
        _call_head(turn, complaint, "ladder-urgent", in_full=True, besides=(owner_id,))
    return reached


def _by(turn: Turn, complaint: Complaint) -> str:
    return clock(turn, complaint.acknowledge_by or turn.now)


def _call_head(
    turn: Turn, complaint: Complaint, key: str, *, in_full: bool, besides: Collection[int] = ()
) -> bool:
    """Everybody is shown whom to call, and may say that they did."""
    head = turn.company.complaints.owners

    def make(their: Turn) -> Outbound:
        lines = [
            their.text("ladder-head", name=one.name, phone=phones.dialled(one.phone, their.company.country))
            for one in head
        ]
        lines = lines or [their.text("ladder-head-unknown", phone=their.house_phone)]
        may_take = complaint.rung is Rung.OWNER
        said = told(their, complaint, key, in_full=in_full, gone=not may_take, again=_by(their, complaint))
        return replace(said, text="\n".join([said.text, *lines]))

    return tell_staff(turn, complaint, make, besides=besides)


def tell_member(turn: Turn, staff_id: int, make: Make) -> bool:
    """Tell a member of staff in each chat of theirs; False if they can be written to nowhere."""
    chats = [one for one in identities.of_staff(turn.session) if one.staff_id == staff_id]
    for identity in chats:
        turn.tell([identity], _language(turn, identity), make)
    return bool(chats)


def tell_staff(
    turn: Turn,
    complaint: Complaint,
    make: Make,
    *,
    ranks: Collection[Rank] = tuple(Rank),
    besides: Collection[int] = (),
) -> bool:
    """Tell everybody of these ranks who was not at the visit, or everybody where there is none of them;
    False where that is nobody. Chats in which the complaint has a room hear it there; one without rooms
    hears nothing of a visit, as whoever was there may read along, unless there is nobody else to tell."""
    hidden = {*owners.witnesses(turn.session, complaint.visit_id), *besides, *rooms.roomy(turn.session)}
    every = [one for one in identities.of_staff(turn.session) if one.staff_id not in hidden]
    members = {one.id: turn.session.get_one(StaffMember, one.staff_id) for one in every}
    if complaint.visit_id is not None:
        every = [one for one in every if not members[one.id].shared] or every
    those = [one for one in every if members[one.id].role in ranks]
    for identity in those or every:
        turn.tell([identity], _language(turn, identity), make)
    return bool(every)


def tell_list(turn: Turn, found: Sequence[Complaint]) -> None:
    """Leads and managers get these complaints as a list, each without those at which they were themselves."""
    every = identities.of_staff(turn.session)
    above = [one for one in every if turn.session.get_one(StaffMember, one.staff_id).role in ABOVE]
    hidden = {one.id: owners.witnesses(turn.session, one.visit_id) for one in found}
    for identity in above or every:
        shown = [one for one in found if identity.staff_id not in hidden[one.id]]
        if shown:
            turn.tell([identity], _language(turn, identity), partial(_list, found=shown))


def _list(their: Turn, *, found: Sequence[Complaint]) -> Outbound:
    lines = tuple(
        (their.text("ladder-daily-number", number=number(one)), line(their, one)) for one in found[:SHOWN]
    )
    return their.say(
        "ladder-daily",
        count=len(found),
        card=Card(their.text("ladder-daily-title"), lines),
        choices=[_open(their, one) for one in found[:BUTTONS]],
    )


def tell_customer(turn: Turn, complaint: Complaint, make: Make, *, critical: bool = True) -> bool:
    """Tell the customer in each chat of theirs; where there is none, its owner is asked to call them."""
    chats = identities.of_customer(turn.session, complaint.customer_id)
    customer = turn.session.get_one(Customer, complaint.customer_id)
    language = texts.closest(customer.language) or turn.company.languages[0]
    turn.tell(chats, language, lambda their: _to_customer(their, complaint, make, critical=critical))
    if not chats and critical:
        words = make(replace(turn, language=language, told=[])).text
        phone = telling.number_of(turn, customer)

        def to_call(their: Turn) -> Outbound:
            said = told(their, complaint, "ladder-call-customer", words=words, phone=phone)
            return replace(said, choices=(*telling.to_call_customer(their, customer), *said.choices))

        tell_member(turn, complaint.owner_id or 0, to_call)
    return bool(chats)


def _to_customer(their: Turn, complaint: Complaint, make: Make, *, critical: bool) -> Outbound:
    """With a button to the complaint, by which what they answer is known to be about it."""
    said, name = make(their), number(complaint)
    about = cards.go(their, "complaint", name, "go-complaint-number", number=name)
    return replace(said, critical=critical, choices=said.choices or (about,))


def _language(turn: Turn, identity: Identity) -> str:
    return telling.language_of(turn.session, identity, turn.company, Role.STAFF)
