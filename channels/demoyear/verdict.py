"""What must hold of everything that was said in a year: each rule alone, so that each can be seen to fail."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import bot.notices  # noqa: F401 - first the conversations, of which what falls due speaks
from bot.due import MANNERS, digest, near, rating, tier
from bot.due.ending import KIND as ENDING
from channels.demoyear.account import Known, Life, Offered, Told, is_of_visit, is_owed
from core.decency import WAITS, Class, Pace
from core.reminders import GIVEN_UP
from core.reminders import Status as Standing
from core.visits import LIVE, MOVABLE, Status

PATIENCE = timedelta(minutes=30)
"""Nothing that is due waits longer while the process works."""
ALIKE = timedelta(hours=24)
"""The same words to the same person within so long are the same message."""
LATE = timedelta(hours=1)
"""What was said as somebody did something, and is carried later than that, was kept back by an outage."""
DAY = timedelta(days=1)
OVER = frozenset(Status) - LIVE - {Status.FINISHED, Status.REQUESTED}
"""The visit does not take place."""


def wrong(known: Known) -> list[str]:
    """Everything that does not hold, in words; nothing after a good year."""
    return [line for rule in RULES for line in rule(known)]


def at_a_bad_hour(known: Known) -> Iterator[str]:
    """Nothing is said in the quiet hours of its class on the person's own clock."""
    for one in known.told:
        if one.kind is Class.EMERGENCY or _is_under_way(known, one):
            continue
        begins, ends = _hours(known, one.kind)
        local = one.at.astimezone(ZoneInfo(one.zone))
        if not begins <= local.time() < ends:
            yield f"{_named(one)} at {local:%H:%M} of their clock"


def carried_at_a_bad_hour(known: Known) -> Iterator[str]:
    """Nothing that an outage kept back wakes anybody: it is carried in the hours of its class as well."""
    for one in known.told:
        if one.carried is None or one.kind is Class.EMERGENCY or one.is_asked_for:
            continue
        if one.about not in MANNERS and (one.is_urgent or one.carried - one.at <= LATE):
            continue
        begins, ends = _hours(known, one.kind)
        local = one.carried.astimezone(ZoneInfo(one.there or one.zone))
        if not begins <= local.time() < ends and not _is_attended(known, one):
            yield f"{_named(one)}, carried at {local:%H:%M} of their clock"


def over_a_cap(known: Known) -> Iterator[str]:
    """Care and offers keep within what a day, seven days and thirty days hold, over all channels together."""
    rules = known.company.decency
    for customer_id, theirs in _counted(known).items():
        for kind, hours in ((Class.CARE, rules.care), (Class.MARKETING, rules.marketing)):
            days = [day for day, what, _ in theirs if what is kind]
            caps = ((1, hours.per_day), (7, hours.per_week), (30, hours.per_month))
            yield from _too_many(customer_id, kind.value, days, caps)
        pace = {one.at: one for one in known.wishes if one.customer_id == customer_id}
        for since in pace:
            days = [day for day, _, at in theirs if known.lived(at) > since]
            yield from _too_many(customer_id, "all", days, ((30, rules.fewer_per_month),))


def uncounted(known: Known) -> Iterator[str]:
    """What can wait is counted when it is said, or the caps would not hold it."""
    for one in known.told:
        # Keeping a tier or lowering it is news; only the warning before it can wait.
        waits = one.about in MANNERS and MANNERS[one.about].kind in WAITS and one.about != tier.KIND
        if waits and one.kind not in WAITS:
            yield f"{_named(one)} and not counted"


def unwanted(known: Known) -> Iterator[str]:
    """Who wants one message a month gets no other of care or offers, and nobody else gets that one."""
    for one in known.told:
        pace = _pace(known, one)
        if one.kind in WAITS and (one.about == digest.KIND) is not (pace is Pace.DIGEST):
            yield f"{_named(one)}, who wants {pace.value}"


def into_a_complaint(known: Known) -> Iterator[str]:
    """While a complaint is open, and some days after, nothing is said that can wait and is not owed."""
    after = known.company.decency.complaint_days * DAY
    for one in known.told:
        if one.kind not in WAITS or is_owed(one.about):
            continue
        for customer_id, opened_at, closed_at in known.upset:
            at = known.lived(one.at)
            is_over = closed_at is not None and closed_at + after <= at
            if customer_id == one.customer_id and opened_at <= at and not is_over:
                yield f"{_named(one)} while they complained"


def untrue(known: Known) -> Iterator[str]:
    """What is said of a visit is so, both when it is said and when it reaches the person."""
    for one in known.told:
        if one.carried and one.expires and one.carried > one.expires:
            yield f"{_named(one)}, carried {one.carried:%m-%d %H:%M} when it was of no use any more"
        life = known.lives.get(one.subject) if is_of_visit(one.about) else None
        if life is None:
            continue
        for moment in filter(None, (one.at, one.carried)):
            if (why := _denied(known, one, life, moment)) is not None:
                yield f"{_named(one)}, but at {moment:%m-%d %H:%M} {why}"


def twice(known: Known) -> Iterator[str]:
    """Nobody is told the same twice in one chat."""
    keys = Counter((one.peer, one.key) for one in known.told if one.key)
    yield from (
        f"{peer.user} was told {count} times of {key}" for (peer, key), count in keys.items() if count > 1
    )
    last: dict[tuple[object, str], Told] = {}
    for one in known.told:
        before = last.get((one.peer, one.body))
        apart = known.lived(one.at) - known.lived(before.at) if before is not None else ALIKE
        if one.body and before is not None and apart < ALIKE and one.key != before.key:
            yield f"{_named(one)} in the same words as at {before.at:%m-%d %H:%M}"
        last[one.peer, one.body] = one


def all_at_once(known: Known) -> Iterator[str]:
    """Nobody gets several messages of one thing in one go because they waited: the last has it all."""
    before: dict[tuple[object, ...], Told] = {}
    for one in known.told:
        if one.carried is None or not one.subject:
            continue
        key = (one.peer, one.about, one.subject, one.carried.replace(microsecond=0))
        former = before.setdefault(key, one)
        if known.lived(one.at) - known.lived(former.at) > LATE:
            yield f"{_named(one)}, together with what was said {former.at:%m-%d %H:%M}"


def to_nobody(known: Known) -> Iterator[str]:
    """Nothing is said in a chat that its person has left."""
    for one in known.told:
        left = known.lost.get(one.peer)
        if left is not None and known.lived(one.at) > left:
            yield f"{_named(one)}, who left {left:%m-%d %H:%M}"


def forgotten(known: Known) -> Iterator[str]:
    """Everything that was due was looked at, in time but for what the process slept through."""
    for one in known.planned:
        if one.outcome.startswith(GIVEN_UP):
            yield f"{one.key} was given up: {one.outcome}"
        if one.status == Standing.CANCELLED:
            continue
        looked = one.done_at if one.status == Standing.DONE and one.done_at else known.ends
        slept = sum((_overlap(one.due_at, looked, *span) for span in _sleeps(known)), timedelta())
        if looked - one.due_at - slept > PATIENCE:
            how = f"looked at {looked:%m-%d %H:%M}" if one.status == Standing.DONE else "never looked at"
            yield f"{one.key} was due {one.due_at:%m-%d %H:%M} and {how}"


def offered_to_the_held_out(known: Known) -> Iterator[str]:
    """Who is held out of a campaign hears nothing of it."""
    for offer, one in _offers(known):
        if one.customer_id in offer.held_out:
            yield f"{_named(one)}, held out of {offer.name}"


def offered_unasked(known: Known) -> Iterator[str]:
    """Nobody hears of offers who has not agreed to, or has taken it back."""
    for one in known.told:
        at = known.lived(one.at)
        has_agreed = any(
            customer_id == one.customer_id and first <= at and (last is None or at < last)
            for customer_id, first, last in known.agreed
        )
        if one.kind is Class.MARKETING and not has_agreed:
            yield f"{_named(one)}, who had not agreed to offers"


def offered_again(known: Known) -> Iterator[str]:
    """Nobody hears of a campaign twice, in whichever chat, also when it was stopped in between."""
    times = Counter((offer.name, one.customer_id) for offer, one in _offers(known))
    for (name, customer_id), count in times.items():
        if count > 1:
            yield f"customer {customer_id} was told {count} times of {name}"


def offered_in_vain(known: Known) -> Iterator[str]:
    """Nothing is said of a campaign that is stopped, or over, or has not begun."""
    for offer, one in _offers(known):
        if any(first <= known.lived(one.at) < last for first, last in offer.halts):
            yield f"{_named(one)}, while {offer.name} was stopped"
        if not offer.begins_at <= one.at < offer.ends_at:
            yield f"{_named(one)}, when {offer.name} was not held"


def over_budget(known: Known) -> Iterator[str]:
    """No campaign gives more than its budget."""
    for offer in known.offers:
        if offer.given > offer.budget:
            yield f"{offer.name} gave {offer.given} fen, and had {offer.budget}"


RULES: Sequence[Callable[[Known], Iterator[str]]] = (
    at_a_bad_hour,
    carried_at_a_bad_hour,
    over_a_cap,
    uncounted,
    unwanted,
    into_a_complaint,
    untrue,
    twice,
    all_at_once,
    to_nobody,
    forgotten,
    offered_to_the_held_out,
    offered_unasked,
    offered_again,
    offered_in_vain,
    over_budget,
)


def _named(one: Told) -> str:
    return f"{one.peer.user} was told of {one.about} ({one.key or one.why}) {one.at:%m-%d}"


def _hours(known: Known, kind: Class) -> tuple[time, time]:
    rules, service = known.company.decency, known.company.policies
    if kind is Class.SERVICE:
        return service.told_from, service.told_until
    hours = rules.care if kind is Class.CARE else rules.marketing
    return hours.begins, hours.ends


def _is_under_way(known: Known, one: Told) -> bool:
    life = known.lives.get(one.subject) if is_of_visit(one.about) else None
    return life is not None and life.at(known.lived(one.at)) in LIVE - MOVABLE


def _is_attended(known: Known, one: Told) -> bool:
    """Whether somebody was at their home, or on the way there, when it was carried."""
    at = known.lived(one.carried or one.at)
    return any(
        life.customer_id == one.customer_id and life.at(at) in LIVE - MOVABLE for life in known.lives.values()
    )


def _offers(known: Known) -> Iterator[tuple[Offered, Told]]:
    """Every message of every campaign."""
    for offer in known.offers:
        yield from ((offer, one) for one in known.told if offer.mark in one.body)


def _counted(known: Known) -> dict[int, list[tuple[date, Class, datetime]]]:
    """What was said to each customer of what is counted: once, in however many chats."""
    once = {(one.customer_id, one.at): one for one in known.told if one.kind in WAITS}
    found: dict[int, list[tuple[date, Class, datetime]]] = defaultdict(list)
    for one in once.values():
        found[one.customer_id].append((one.at.astimezone(ZoneInfo(one.zone)).date(), one.kind, one.at))
    return found


def _too_many(
    customer_id: int, what: str, days: Sequence[date], caps: Sequence[tuple[int, int]]
) -> Iterator[str]:
    for span, most in caps:
        for last in sorted(set(days)):
            count = sum(last - span * DAY < day <= last for day in days)
            if count > most:
                yield f"customer {customer_id} was told {count} ({what}) in {span} days to {last}, not {most}"


def _pace(known: Known, one: Told) -> Pace:
    at = known.lived(one.at)
    said = [wish for wish in known.wishes if wish.customer_id == one.customer_id and wish.at <= at]
    return said[-1].pace if said else Pace.USUAL


def _denied(known: Known, one: Told, life: Life, moment: datetime) -> str | None:
    lived = known.lived(moment)
    state = life.at(lived)
    if one.about == near.KIND:
        if state not in LIVE:
            return f"the visit was {state.value if state else 'not there'}"
        if life.since <= lived and moment >= life.starts_at and moment == one.at:
            return "it had begun"
    if one.about == rating.KIND and state is not Status.FINISHED:
        return "it was not finished"
    if one.about == ENDING and moment == one.at and state not in LIVE - MOVABLE:
        return "nobody was at work"
    return f"the visit was {state.value}" if state in OVER else None


def _sleeps(known: Known) -> list[tuple[datetime, datetime]]:
    return [(one.begins, one.ends) for one in known.breaks if one.what == "process"]


def _overlap(begins: datetime, ends: datetime, first: datetime, last: datetime) -> timedelta:
    return max(min(ends, last) - max(begins, first), timedelta())
