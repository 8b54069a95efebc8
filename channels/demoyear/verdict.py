"""What must hold of everything that was said in a year: each rule alone, so that each can be seen to fail."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import bot.notices  # noqa: F401 - first the conversations, of which what falls due speaks
from bot.due import MANNERS, digest, near, rating, tier
from bot.due.ending import KIND as ENDING
from channels.demoyear.account import Known, Life, Told, is_of_visit, is_owed
from core.decency import WAITS, Class, Pace
from core.reminders import GIVEN_UP
from core.reminders import Status as Standing
from core.visits import LIVE, MOVABLE, Status

PATIENCE = timedelta(minutes=30)
"""Nothing that is due waits longer while the process works."""
ALIKE = timedelta(hours=24)
"""The same words to the same person within so long are the same message."""
DAY = timedelta(days=1)
OVER = frozenset(Status) - LIVE - {Status.FINISHED, Status.REQUESTED}
"""The visit does not take place."""


def wrong(known: Known) -> list[str]:
    """Everything that does not hold, in words; nothing after a good year."""
    return [line for rule in RULES for line in rule(known)]


def at_a_bad_hour(known: Known) -> Iterator[str]:
    """Nothing is said, and nothing carried, in the quiet hours of its class on the person's own clock."""
    for one in known.told:
        if one.kind is Class.EMERGENCY or _is_under_way(known, one):
            continue
        begins, ends = _hours(known, one.kind)
        local = one.at.astimezone(ZoneInfo(one.zone))
        if not begins <= local.time() < ends:
            yield f"{_named(one)} at {local:%H:%M} of their clock"


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
            days = [day for day, _, at in theirs if at > since]
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
            is_over = closed_at is not None and closed_at + after <= one.at
            if customer_id == one.customer_id and opened_at <= one.at and not is_over:
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
            if (why := _denied(one, life, moment)) is not None:
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
        if one.body and before is not None and one.at - before.at < ALIKE and one.key != before.key:
            yield f"{_named(one)} in the same words as at {before.at:%m-%d %H:%M}"
        last[one.peer, one.body] = one


def to_nobody(known: Known) -> Iterator[str]:
    """Nothing is said in a chat that its person has left."""
    for one in known.told:
        left = known.lost.get(one.peer)
        if left is not None and one.at > left:
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


RULES: Sequence[Callable[[Known], Iterator[str]]] = (
    at_a_bad_hour,
    over_a_cap,
    uncounted,
    unwanted,
    into_a_complaint,
    untrue,
    twice,
    to_nobody,
    forgotten,
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
    return life is not None and life.at(one.at) in LIVE - MOVABLE


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
    said = [wish for wish in known.wishes if wish.customer_id == one.customer_id and wish.at <= one.at]
    return said[-1].pace if said else Pace.USUAL


def _denied(one: Told, life: Life, moment: datetime) -> str | None:
    state = life.at(moment)
    if one.about == near.KIND:
        if state not in LIVE:
            return f"the visit was {state.value if state else 'not there'}"
        if life.since <= moment and moment >= life.starts_at and moment == one.at:
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
