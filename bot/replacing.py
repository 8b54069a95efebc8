"""When a worker cannot come: whom that is told, and what the customer may choose from."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial

from bot import cards, forewarning, owing, reaching, reminding, telling
from bot.desk import because
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import dropouts, offers, policies, reminders, visits, windows, workers
from core.dropouts import Dropout
from core.news import Kind
from core.visits import Visit
from core.windows import Window

KIND = "replacing"
"""The reminder that the time to choose is over."""
TIMES, APART = 3, timedelta(hours=3)
"""So many other times are offered, and so far apart, that they are worth choosing between."""
AROUND = (timedelta(days=1), timedelta(days=3))
"""So long before and after a visit other times for it are looked for."""


def drop_out(turn: Turn, visit: Visit, worker_id: int, reason: str) -> Dropout:
    """A worker cannot come: find somebody, tell them, and let the customer choose. Raises as in core."""
    made = visits.drop_out(turn.session, turn.company, visit, worker_id, reason=reason, now=turn.now)
    if made.instead_id is not None:
        # Time is short: they are not asked first, and say no by dropping out as well.
        offers.settle(turn.session, turn.company, visit, by="bot", now=turn.now)
        send(turn, visit, made.instead_id)
    else:
        telling.staff(turn, partial(_nobody, visit=visit, made=made))
    if made.answer_by is not None:
        key = f"{KIND}:{made.id}"
        payload = {"dropout": made.id}
        reminders.schedule(
            turn.session, KIND, visit.reference, made.answer_by, dedupe_key=key, payload=payload
        )
        reminding.hush(turn, visit)
        until = max(visit.starts_at, made.answer_by)
        ask = partial(question, visit=visit, made=made)
        reaching.customer(turn, visit, ask, kind=Kind.VISIT_CHANGED, until=until)
    forewarning.changed(turn, visit)
    forewarning.dropped_out(turn, visit)
    return made


def send(turn: Turn, visit: Visit, worker_id: int, said: str = "told-instead") -> None:
    """Tell a worker that they come to a visit that was somebody else's; they may say no."""

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "round"), cards.go(their, "dropping", visit.reference)]
        area = turn.company.area(visit.area_code).name
        return their.say(
            said, visit=cards.visit_line(their, visit), area=area, reference=visit.reference,
            choices=choices,
        )  # fmt: skip

    telling.worker(turn, worker_id, make)


def tell_workers(turn: Turn, visit: Visit, *, came: Collection[int], left: Collection[int]) -> None:
    """Those who came hear that they have a visit, those who left that they need not go."""
    offers.settle(turn.session, turn.company, visit, by="staff", now=turn.now)
    for worker_id in came:
        send(turn, visit, worker_id, "told-reassigned")
    for worker_id in left:

        def make(their: Turn) -> Outbound:
            line, area = cards.visit_line(their, visit), turn.company.area(visit.area_code).name
            choices = [cards.go(their, "round")]
            return their.say(
                "told-visit-elsewhere", visit=line, area=area, reference=visit.reference, choices=choices
            )

        telling.worker(turn, worker_id, make)


def _nobody(their: Turn, *, visit: Visit, made: Dropout) -> Outbound:
    return their.say(
        "told-nobody-comes",
        name=workers.worker(their.session, made.worker_id).name,
        reason=because(their, made.reason),
        asked="yes" if made.answer_by else "no",
        visit=cards.visit_line(their, visit),
        reference=visit.reference,
        choices=[cards.go(their, "ticket", visit.reference)],
    )


def question(turn: Turn, *, visit: Visit, made: Dropout) -> Outbound:
    """What the customer is asked: who could come instead or at which time, and what they may choose."""
    who = workers.worker(turn.session, made.worker_id).name
    owed = promised(turn, visit)
    if made.instead_id is None:
        times = other_times(turn, visit)
        key = "replacing-nobody" if times else "replacing-nobody-no-time"
        said = turn.text(key, who=who, when=cards.when(turn, visit), owed=owed)
        return Outbound(said, tuple(choices(turn, visit, made, times)))
    instead = workers.worker(turn.session, made.instead_id)
    said = turn.text(
        "replacing-offered",
        who=who,
        instead=instead.name,
        about=cards.worker_about(turn, instead).rstrip(".。"),
        when=cards.when(turn, visit),
        by=made.answer_by,
        owed=owed,
    )
    return Outbound(said, tuple(choices(turn, visit, made, ())))


def choices(turn: Turn, visit: Visit, made: Dropout, times: Sequence[Window]) -> list[Choice]:
    """What the customer may do, each with one press."""
    reference = visit.reference
    buttons = [_to(turn, visit, window) for window in times]
    if made.instead_id is not None:
        buttons.append(cards.go(turn, "replacing", f"{reference}:agree-{made.id}", "replacing-agree"))
    more = "replacing-other-time" if times else "go-moving"
    return [
        *buttons,
        cards.go(turn, "moving", reference, more),
        cards.go(turn, "replacing", f"{reference}:cancel", "replacing-cancel-free"),
    ]


def _to(turn: Turn, visit: Visit, window: Window) -> Choice:
    return Choice(time_label(turn, window), f"go:replacing:{visit.reference}:{time_code(window)}")


def time_code(window: Window) -> str:
    """A window as the answer that means it."""
    return f"to-{int(window.starts_at.timestamp())}"


def time_label(turn: Turn, window: Window) -> str:
    """Day and hours of a window."""
    local = window.starts_at.astimezone(turn.company.zone).date()
    hours = cards.window(turn, window.starts_at, window.ends_at)
    return turn.text("day-and-window", day=cards.day(turn, local), window=hours)


def other_times(turn: Turn, visit: Visit) -> list[Window]:
    """Three near times that the visit could have for the same price, hours apart, in order."""
    need = visits.need_of(turn.session, turn.company, visit)
    day, today = (at.astimezone(turn.company.zone).date() for at in (visit.starts_at, turn.now))
    first, last = max(today, day - AROUND[0]), day + AROUND[1]
    free = windows.free(turn.session, turn.company, need, first, last, now=turn.now)
    found = [
        window
        for each in free.values()
        for window in each
        if window.starts_at != visit.starts_at
        and visits.quote_to_move(turn.company, visit, window.starts_at).total <= visit.total
    ]
    chosen: list[Window] = []
    for window in windows.nearest(found, visit.starts_at, len(found)):
        if all(abs(window.starts_at - one.starts_at) >= APART for one in chosen) and len(chosen) < TIMES:
            chosen.append(window)
    return sorted(chosen, key=lambda window: window.starts_at)


def promised(turn: Turn, visit: Visit) -> str:
    """What a visit given up by our fault is made good with, as the end of a sentence; "" for nothing."""
    return owing.promised(turn, visit, policies.as_of(turn.session, visit.policy_version).called_off_coupon)


def asked(turn: Turn, visit: Visit) -> Outbound | None:
    """The question that a customer still may answer about this visit."""
    made = dropouts.asked_of(turn.session, visit.id)
    return question(turn, visit=visit, made=made) if made is not None else None
