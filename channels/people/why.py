"""`menling why`: why a message was sent, or was not, for a visit or a customer."""

from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import Desk, Opened, at_desk
from channels.people.points import called

if TYPE_CHECKING:
    from core.correspondence import Message
    from core.reminders import Reminder
    from core.resorts import Notification

LONGEST = 48
"""So many characters of a message are shown."""
Which = Annotated[str, typer.Argument(help="A visit's reference, or a customer's name or number.")]


def register(app: typer.Typer, opened: Opened) -> None:
    """Put the command under `menling`."""
    app.command(context_settings={"obj": opened})(why)


def why(ctx: typer.Context, which: Which) -> None:
    """Why a message was sent, or was not: all that was planned, and what came of it."""
    with at_desk(ctx) as desk:
        from bot import whys
        from core import visits

        visit = visits.by_reference(desk.session, which)
        if visit is not None:
            planned = whys.of_visit(desk.session, visit.reference)
            _print(desk, planned)
            _print_notifications(desk, whys.notified(desk.session, visit.customer_id, visit.reference))
            return
        customer = called(desk, which)
        if wanted := whys.wishes(desk.session, desk.company, customer.id or 0):
            typer.echo(f"They want: {wanted}")
        _print(desk, whys.of_customer(desk.session, customer.id or 0))
        typer.echo("Said unasked, the latest first:")
        for one in whys.told(desk.session, customer.id or 0):
            at = (one.sent_at or one.created_at).astimezone(desk.company.zone)
            words = " ".join(one.body.split())[:LONGEST]
            why_so = " ".join(filter(None, (one.way, one.failure)))
            typer.echo(f"{at:%Y-%m-%d %H:%M}  {one.channel:<9}{one.status.value:<12}{why_so:<20} {words}")
        _print_notifications(desk, whys.notified(desk.session, customer.id or 0))


def _print_notifications(desk: Desk, sent: "list[tuple[Notification, Message]]") -> None:
    if sent:
        typer.echo("By e-mail and text message:")
    for one, message in sent:
        at, about = one.at.astimezone(desk.company.zone), f" {one.about}" if one.about else ""
        cost = f", {one.cost} fen" if one.cost else ""
        failed = f" ({message.failure})" if message.failure else ""
        typer.echo(
            f"{at:%Y-%m-%d %H:%M}  {one.channel:<9}{message.status.value:<12}{one.kind}{about}{cost}:"
            f" {one.why}{failed}"
        )


def _print(desk: Desk, planned: "list[Reminder]") -> None:
    from bot import whys

    if not planned:
        typer.echo("Nothing was planned.")
    for one in planned:
        due, at = (moment.astimezone(desk.company.zone) for moment in (one.since, whys.at(one)))
        later = f" (looked at {at:%m-%d %H:%M})" if abs((at - due).total_seconds()) >= 60 else ""
        typer.echo(f"{due:%Y-%m-%d %H:%M}{later}  {one.kind} {one.subject}: {whys.outcome(one)}")
