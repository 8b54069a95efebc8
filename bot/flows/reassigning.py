"""Staff change a visit: somebody else comes, or it gets another time; both sides hear of it."""

from datetime import date, datetime
from functools import partial
from typing import Any

from bot import cards, forewarning, offering, reaching, reminding, replacing, telling
from bot.answers import a_day
from bot.desk import a_visit, because, because_to_customer, begin_with, is_in, leave, why
from bot.flow import Flow, Option, Options, Reference, Turn, ask, confirm, one_of
from bot.messages import Card, Outbound
from bot.options import day_for_move, days_for_move, free_windows_for_move, is_on_day, window_options
from bot.texts import Money, Span
from bot.verdicts import AskAgain, Leave
from bot.window_answers import a_new_window
from core import visits, windows
from core.identities import Role
from core.news import Kind
from core.visits import Visit

SHOWN = 5


def crew_of(turn: Turn, visit: Reference) -> Options[int]:
    """Who attends the visit now."""
    team = visits.crew(turn.session, cards.everybodys(turn, visit))
    return [Option(worker.id or 0, worker.name) for _, worker in team]


def only_one(turn: Turn, visit: Reference) -> int | None:
    """Who must be meant, where one worker comes alone."""
    team = crew_of(turn, visit)
    return team[0].value if len(team) == 1 else None


def others(turn: Turn, visit: Reference) -> Options[int]:
    """Who could come instead, who suits best first; the rest may be named."""
    about = cards.everybodys(turn, visit)
    free = visits.free_for(turn.session, turn.company, about, now=turn.now)
    if not free:
        raise Leave("reassigning-nobody", visit=cards.visit_line(turn, about))
    return [
        Option(
            match.worker.id or 0,
            cards.worker_line(turn, match, same=False),
            (match.worker.name,),
            shown=place < SHOWN,
        )
        for place, match in enumerate(free)
    ]


class Reassigning(Flow):
    """Which visit, instead of whom where several attend it, to whom, and why."""

    roles = frozenset({Role.STAFF})

    visit: Reference = ask(a_visit(visits.AHEAD), check=is_in(visits.AHEAD))
    leaving: int = ask(one_of(crew_of), known=only_one)
    worker: int = ask(one_of(others))
    reason: str = ask(why("ill", "accident", "family", "wish", "other"))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button; leaves with how it stands when that cannot be any more."""
        return begin_with(turn, argument, cards.everybodys, visits.AHEAD)

    def done(self, turn: Turn) -> list[Outbound]:
        """Send somebody else, and tell the one who leaves, the one who comes, and the customer."""
        visit = cards.everybodys(turn, self.visit)
        try:
            came = visits.reassign(
                turn.session,
                turn.company,
                visit,
                leaving=[self.leaving],
                joining=[self.worker],
                actor="staff",
                reason=self.reason,
                now=turn.now,
            )
        except visits.NobodyFree as gone:
            raise AskAgain("worker", gone.key) from gone
        except visits.MoveNotAllowed as no:
            raise leave(no) from no
        reminding.plan(turn, visit)
        replacing.tell_workers(turn, visit, came=came, left=[self.leaving])
        return [_told(turn, visit, "told-replaced", "reassigning-done", self.reason)]


def new_time(turn: Turn, visit: Reference, window: datetime, reason: str) -> Outbound:
    """The time as it is, the time as it would be, and the price."""
    moving = cards.everybodys(turn, visit)
    day = cards.day(turn, window.astimezone(turn.company.zone).date())
    new = Span(window, window + (moving.ends_at - moving.starts_at))
    total = visits.quote_to_move(turn.company, moving, window).total
    lines = (
        (turn.text("ticket-customer"), cards.customer_name(turn, moving.customer_id)),
        (turn.text("moving-from"), cards.when(turn, moving)),
        (turn.text("moving-to"), turn.text("day-and-window", day=day, window=new)),
        (turn.text("card-price"), turn.text("value-said", value=Money(min(total, moving.total)))),
        (turn.text("rescheduling-reason-label"), because(turn, reason)),
    )
    return Outbound(
        turn.text("rescheduling-agreed-ask"),
        card=Card(turn.text("card-title", reference=moving.reference), lines),
    )


class Rescheduling(Flow):
    """Which visit, which day, which window, why, and yes; it costs the customer nothing and is no move."""

    roles = frozenset({Role.STAFF})

    visit: Reference = ask(a_visit(visits.MOVABLE), check=is_in(visits.MOVABLE))
    day: date = ask(one_of(days_for_move, other=a_day), check=day_for_move)
    window: datetime = ask(one_of(free_windows_for_move, other=a_new_window), check=is_on_day)
    reason: str = ask(why("wish", "weather", "staffing", "other"))
    agreed: bool = confirm(new_time)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button; leaves with how it stands when that cannot be any more."""
        return begin_with(turn, argument, cards.everybodys, visits.MOVABLE)

    def done(self, turn: Turn) -> list[Outbound]:
        """Move it, and tell both sides; a window that went meanwhile is answered with the nearest ones."""
        visit = cards.everybodys(turn, self.visit)
        try:
            visits.move(
                turn.session,
                turn.company,
                visit,
                starts_at=self.window,
                agreed_fee=0,
                actor="staff",
                reason=self.reason,
                now=turn.now,
            )
        except windows.WindowTaken as taken:
            nearest = window_options(turn, taken.nearest, day=self.day)
            raise AskAgain("window", "window-taken", nearest) from taken
        except visits.TooFar as far:
            raise AskAgain("day", far.key, **far.args_) from far
        except visits.MoveNotAllowed as no:
            raise leave(no) from no
        reminding.plan(turn, visit)
        offering.offer(turn, visit)
        return [_told(turn, visit, "told-rescheduled", "rescheduling-done", self.reason)]


def _told(turn: Turn, visit: Visit, news: str, done: str, reason: str) -> Outbound:
    """Tell the customer; what staff hear of it."""
    make = partial(_news, visit=visit, news=news, reason=reason)
    knows = reaching.customer(turn, visit, make, kind=Kind.VISIT_CHANGED, until=visit.ends_at)
    forewarning.changed(turn, visit)
    phone = "known" if knows else telling.phone_of(turn, visit)
    call = [] if knows else telling.to_call(turn, visit)
    choices = [*call, cards.go(turn, "ticket", visit.reference), cards.go(turn, "agenda")]
    return turn.say(
        done,
        reference=visit.reference,
        team=cards.team(turn, visit),
        when=cards.when(turn, visit),
        phone=phone,
        choices=choices,
    )


def _news(their: Turn, *, visit: Visit, news: str, reason: str) -> Outbound:
    return their.say(
        news,
        team=cards.team(their, visit),
        when=cards.when(their, visit),
        reason=because_to_customer(their, reason),
        card=cards.visit_card(their, visit),
        choices=cards.visit_choices(their, visit),
    )
