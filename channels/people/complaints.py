"""`menling complaints`: what complaints taught in a month, as a table."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import at_desk

if TYPE_CHECKING:
    from core.complaints.learning import Figures, Kept, Month

MonthOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m"], help="The month, as in 2026-11; this one if not given.")
]


def complaints(ctx: typer.Context, month: MonthOption = None) -> None:
    """Show a month's complaints by cause, which promises were kept, who came back, and what measures did."""
    with at_desk(ctx) as desk:
        from core.complaints import effects, learning

        day = (month or desk.now.astimezone(desk.company.zone)).date()
        found = learning.month(desk.session, desk.company, day, desk.now)
        for line in lines(found):
            typer.echo(line)
        for measure in learning.measures(desk.session, 10):
            typer.echo(
                f"\nmeasure #{measure.id} since {measure.from_day} about {measure.cause}: {measure.words}"
            )
            for one in effects.of(desk.session, desk.company, measure, desk.now):
                before, after = (f"{rate.per_hundred:.1f}" for rate in (one.before, one.after))
                rates = f"{before} -> {after} for 100 visits"
                mixed = ", but there were other measures" if one.mixed else ""
                said = f"too early until {one.ends}" if one.verdict == "early" else f"{rates}: {one.verdict}"
                typer.echo(f"  {one.days} days  {said}{mixed}")


def lines(found: "Month") -> list[str]:
    """The month as lines of a table."""
    again = found.recovery
    so_far = f" so far, complete on {again.open_until}" if again.open_until else ""
    return [
        f"{found.first:%Y-%m}: {found.count} complaints ({found.before} the month before),"
        f" {found.visits} visits finished ({found.visits_before})",
        *([f"{found.unknown} have no cause yet"] if found.unknown else []),
        f"{'cause':<14}{'count':>7}{'before':>8}{'upheld':>8}{'money':>10}{'points':>8}",
        *(_figures(one) for one in found.causes),
        f"{'kept in time':<14}{'answer':>10}{'plan':>10}{'solved':>10}",
        *(
            f"{severity:<14}{_kept(kept.human):>10}{_kept(kept.plan):>10}{_kept(kept.resolved):>10}"
            for severity, kept in found.promises.items()
        ),
        f"booked again within 90 days: {again.again} of {again.customers}{so_far}",
    ]


def _figures(one: "Figures") -> str:
    upheld = f"{100 * one.upheld / one.decided:.0f}%" if one.decided else "-"
    return f"{one.cause:<14}{one.count:>7}{one.before:>8}{upheld:>8}{one.money / 100:>10.2f}{one.points:>8}"


def _kept(one: "Kept") -> str:
    return f"{one.kept}/{one.due}" if one.due else "-"
