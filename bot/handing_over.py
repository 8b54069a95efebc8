"""Customers who wait for a person: what they are promised, who hears of it, and what if nobody comes."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from bot import cards, telling, texts, wall
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import calendars, duties, handoffs, identities
from core.correspondence import Peer
from core.customers import Customer
from core.handoffs import Handoff, Status
from core.identities import Identity, Role
from core.members import companions
from core.staff import Rank, StaffMember
from core.ways import CALL

ABOVE: Sequence[Collection[Rank]] = ((Rank.LEAD,), (Rank.MANAGER,))
"""Who hears of it when nobody took it, one after the other; the last ones again and again."""
PROMISES = 3
"""So many times of day a customer is promised. After that none is worth anything."""
ANGRY = "angry"
URGENT = ("alarm",)
"""What wakes people at any hour."""
CALLS = {
    "handoff-told": "handoff-told-call",
    "handoff-told-missed": "handoff-told-missed-call",
    "handoff-told-returned": "handoff-told-returned-call",
}
"""The same alerts where the customer is to be called."""
STOPS = ".\u3002"
SHORTEST = timedelta(minutes=1)


def ask(turn: Turn, *, topic: str, words: str, reason: str) -> Handoff:
    """Put down that the customer of this turn needs a person, with a promise; those on duty hear of it.

    While nobody is on duty it is looked at when the office opens. Whoever asks again keeps the promise.
    """
    before = handoffs.open_of(turn.session, turn.customer_id)
    known = before.reason if before else ANGRY
    who = turn.identity
    handoff = handoffs.ask(
        turn.session,
        turn.customer_id,
        topic=topic,
        words=words,
        reason=reason,
        now=turn.now,
        peer=Peer(who.channel, who.account, who.user),
    )
    urgent = topic in URGENT or (topic == ANGRY and ANGRY not in known)
    if (handoff.status is Status.TAKEN or handoff.promised_by) and not urgent:
        return handoff
    if handoff.status is Status.WAITING:
        handoff.promised_by = handoff.promised_by or promise(turn)
        there = urgent or bool(present(turn))
        handoff.rung = max(handoff.rung, int(there))
        look_at = max(handoff.promised_by, turn.now + SHORTEST) if there else opening(turn)
        (handoffs.look_by if before else handoffs.look)(turn.session, handoff, look_at)
    alert(turn, handoff, "handoff-told", everybody=topic in URGENT)
    return handoff


def asked(turn: Turn, handoff: Handoff) -> Outbound:
    """What a customer hears who asked for a person."""
    key = "handoff-asked" if present(turn) else "handoff-asked-closed"
    key = key if turn.now == handoff.asked_at else "handoff-still"
    if handoff.promised_by is None or handoff.promised_by <= turn.now:
        key = "handoff-still-open"
    return turn.say(key, by=until(turn, handoff), phone=turn.house_phone, choices=waiting_choices(turn))


def waiting_choices(turn: Turn) -> list[Choice]:
    """What a customer may do meanwhile, or instead."""
    return [cards.go(turn, name) for name in ("callingback", "robot", "booking", "visits")]


def until(turn: Turn, handoff: Handoff) -> str:
    """The promised time of day; "none" where there is none."""
    return moment(turn, handoff.promised_by) if handoff.promised_by else "none"


def moment(turn: Turn, at: datetime) -> str:
    """A time of day, with its day where that is not today."""
    day, clock = wall.theirs(turn, at)
    if day == wall.today(turn):
        return clock
    return turn.text("handoff-moment", day=cards.day(turn, day), time=clock)


def promise(turn: Turn, minutes: int | None = None) -> datetime:
    """By when somebody answers: soon while anybody is on duty, else soon after the office opens."""
    wait = turn.company.policies.handoff_minutes if minutes is None else minutes
    office = calendars.later(turn.company, turn.now, wait)
    on_time = turn.now + timedelta(minutes=wait)
    return _whole(on_time if duties.present(turn.session, turn.company, turn.now) else office)


def _whole(at: datetime) -> datetime:
    """The next whole minute, so that what is said is not sooner than what is meant."""
    return at + timedelta(seconds=-at.second % 60, microseconds=-at.microsecond) if at.second else at


def opening(turn: Turn) -> datetime:
    """When people of ours are there next; now, if the office is open."""
    return calendars.later(turn.company, turn.now, 0)


def present(turn: Turn) -> list[Identity]:
    """Where those can be written to who are on duty; in office hours everybody, where no shift says who."""
    everybody = identities.of_staff(turn.session)
    there = duties.present(turn.session, turn.company, turn.now)
    on_duty = [one for one in everybody if one.staff_id in there]
    return on_duty or (everybody if opening(turn) <= turn.now else [])


def alert(turn: Turn, handoff: Handoff, key: str, *, everybody: bool = False) -> None:
    """Tell staff that somebody waits: those on duty, and the higher up the more often it was said."""
    make = _alerting(turn, handoff, key)
    those = identities.of_staff(turn.session) if everybody else (present(turn) or [])
    if handoff.rung <= 1 and not everybody:
        those = _companion_of(turn, handoff, those) or those
    if handoff.rung > 1:
        ranks = ABOVE[min(handoff.rung - 2, len(ABOVE) - 1)]
        every = identities.of_staff(turn.session)
        above = [one for one in every if turn.session.get_one(StaffMember, one.staff_id).role in ranks]
        those = above or those or every
    tell(turn, those, make)


def _companion_of(turn: Turn, handoff: Handoff, those: Collection[Identity]) -> list[Identity]:
    """Of these, the chats of whoever looks after the customer in person: they are asked first."""
    one = companions.of(turn.session, turn.company, handoff.customer_id)
    return [each for each in those if one is not None and each.staff_id == one.id]


def _alerting(turn: Turn, handoff: Handoff, key: str) -> Callable[[Turn], Outbound]:
    number = str(handoff.id)
    customer = turn.session.get_one(Customer, handoff.customer_id)
    phone = telling.number_of(turn, customer)

    def make(their: Turn) -> Outbound:
        calls = is_call(handoff)
        choices = [cards.go(their, "handback", number, "go-called"), cards.go(their, "notreached", number)]
        return their.say(
            CALLS[key] if calls else key,
            name=name_of(their, handoff),
            why=why(their, handoff),
            words=quoted(their, handoff.words),
            by=until(their, handoff),
            phone=phone,
            choices=[
                cards.go(their, "takeover", number),
                *([*telling.to_call_customer(their, customer), *choices] if calls else []),
                cards.go(their, "desk"),
            ],
        )

    return make


def is_call(handoff: Handoff) -> bool:
    """Whether the customer is to be called."""
    return handoff.topic == CALL or handoff.call_at is not None


def tell(turn: Turn, those: Sequence[Identity], make: Callable[[Turn], Outbound]) -> None:
    """Tell these chats of staff, each in the language of its person."""
    for identity in those:
        language = telling.language_of(turn.session, identity, turn.company, Role.STAFF)
        turn.tell([identity], language, make)


def tell_member(turn: Turn, staff_id: int, make: Callable[[Turn], Outbound]) -> None:
    """Tell one member of staff, in each chat of theirs."""
    tell(turn, identities.of_member(turn.session, staff_id), make)


def chat_of(turn: Turn, handoff: Handoff) -> list[Identity]:
    """Where the customer is answered: where they spoke last; else their latest chat, if there is any."""
    if handoff.peer is not None:
        found = identities.find(turn.session, *handoff.peer)
        if found is not None and found.unreachable_at is None and found.customer_id == handoff.customer_id:
            return [found]
    return identities.of_customer(turn.session, handoff.customer_id)[:1]


def tell_customer(turn: Turn, handoff: Handoff, make: Callable[[Turn], Outbound]) -> list[Identity]:
    """Tell the customer; in which chat, none if they can be written to nowhere."""
    chat = chat_of(turn, handoff)
    turn.tell(chat, language_of(turn, handoff), make)
    return chat


def language_of(turn: Turn, handoff: Handoff) -> str:
    """What the customer speaks."""
    customer = turn.session.get_one(Customer, handoff.customer_id)
    return texts.closest(customer.language) or turn.company.languages[0]


def name_of(turn: Turn, handoff: Handoff) -> str:
    """What staff call the customer; those who told no name and no number are told apart by ours."""
    customer = turn.session.get_one(Customer, handoff.customer_id)
    named = cards.customer_name(turn, handoff.customer_id)
    return named if customer.name or customer.phone else turn.text("handoff-unnamed", number=handoff.id)


def member(turn: Turn, staff_id: int | None) -> str:
    """A member of staff by name."""
    return turn.session.get_one(StaffMember, staff_id).name


def why(turn: Turn, handoff: Handoff) -> str:
    """Why the bot gave way, in words: for the last reason there is."""
    code, _, rest = handoff.reason.split("\n")[-1].partition(":")
    key = f"handoff-why-{code.split(' ')[0]}"
    said = turn.text(key) if turn.has(key) else turn.text("handoff-why-other")
    flow = rest.partition(":")[0]
    named = f"go-{flow}"
    return turn.text("handoff-why-in", why=said, what=turn.text(named)) if flow and turn.has(named) else said


def quoted(turn: Turn, words: str, most: int = 120) -> str:
    """What somebody said, in one line, cut where it is long."""
    line = " / ".join(one.strip() for one in words.split("\n") if one.strip())
    line = line[:most] + "…" if len(line) > most else line.rstrip(STOPS)
    return line or turn.text("desk-no-words")


def returned(turn: Turn, handoff: Handoff) -> None:
    """Somebody let go of a conversation, or lost it: the customer hears by when a colleague goes on."""
    handoff.promised_by = promise(turn)
    if present(turn):
        handoff.rung = 1
        alert(turn, handoff, "handoff-told-returned")
        handoffs.look(turn.session, handoff, handoff.promised_by)
    else:
        handoffs.look(turn.session, handoff, opening(turn))

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, name) for name in ("callingback", "robot")]
        by, who, phone = until(their, handoff), member(their, handoff.left_by), their.house_phone
        return their.say("handoff-returned", by=by, member=who, phone=phone, choices=choices)

    if not is_call(handoff):
        tell_customer(turn, handoff, make)


def missed(turn: Turn, handoff: Handoff) -> None:
    """Nobody took it by the promised time: the next ones up hear it, and the customer hears how it is."""
    handoff.rung += 1
    rules = turn.company.policies
    kept = handoff.rung <= PROMISES
    by = promise(turn) if kept else promise(turn, rules.handoff_again_minutes)
    handoff.promised_by = by if kept else None
    if handoff.rung <= PROMISES + 1 and handoff.topic != CALL:
        tell_customer(turn, handoff, lambda their: _sorry(their, handoff))
    alert(turn, handoff, "handoff-told-missed")
    handoffs.look(turn.session, handoff, by)


def _sorry(turn: Turn, handoff: Handoff) -> Outbound:
    key = "handoff-missed-call" if handoff.call_at else "handoff-missed"
    choices = [cards.go(turn, name) for name in ("waitmore", "callingback", "robot")]
    return turn.say(key, by=until(turn, handoff), phone=turn.house_phone, choices=choices)
