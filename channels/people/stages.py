"""`menling customers stage` and `contract`: who is how close to us and why; long-term care."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import at_desk
from channels.people.points import called
from channels.refusing import Refused

if TYPE_CHECKING:
    from channels.people.desk import Desk
    from core.lifecycle import Lifecycle, Stage

LANGUAGE = "en"
SHOWN = 100
Who = Annotated[str, typer.Argument(help="A customer's name or number.")]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])]


def register(app: typer.Typer) -> None:
    """Put these commands beside the others about customers."""
    app.command()(stage)
    app.command()(contract)


def stage(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(help="A customer's name or number; all if none is given.")] = "",
    only: Annotated[str, typer.Option("--only", help="Only this stage, such as at_risk.")] = "",
) -> None:
    """Where customers stand with us, what they are worth, and why. Found anew each night."""
    with at_desk(ctx) as desk:
        from core.lifecycle import looking

        if who:
            customer = called(desk, who)
            row = looking.of(desk.session, customer.id or 0)
            found = [row] if row is not None else []
        else:
            found = looking.listed(desk.session, _stage(only), SHOWN)
        for row in found:
            _print(desk, row)
        if not found:
            typer.echo("Nobody: a customer is in a stage from the first finished visit on.")


def _stage(said: str) -> "Stage | None":
    from core.lifecycle import Stage

    try:
        return Stage(said.replace("-", "_")) if said else None
    except ValueError:
        known = ", ".join(one.value for one in Stage)
        raise Refused(f"{said!r} is no stage; write one of {known}.") from None


def _print(desk: "Desk", row: "Lifecycle") -> None:
    from bot import cards, caring, telling

    turn = telling.house_turn(desk.session, desk.company, desk.now)
    turn.language = LANGUAGE
    name = cards.customer_name(turn, row.customer_id)
    since = row.since.astimezone(desk.company.zone)
    typer.echo(f"{row.customer_id} {name}  {caring.stage_line(turn, row)}  (since {since:%Y-%m-%d})")
    typer.echo(f"  {caring.value_line(turn, row)}; {turn.text('rhythm-line', days=row.interval_days)}")


def contract(
    ctx: typer.Context,
    who: Who,
    service: Annotated[str, typer.Argument(help="The service's code, such as MATERNITY.")],
    first: Day,
    last: Day,
) -> None:
    """Write down long-term care that was agreed with a customer; they are asked in time how to go on."""
    with at_desk(ctx) as desk:
        from core.catalogue import UnknownService
        from core.lifecycle import contracts

        customer = called(desk, who)
        days = (first.date(), last.date())
        try:
            made = contracts.agree(desk.session, desk.company, customer.id or 0, service, *days, desk.now)
        except UnknownService:
            raise Refused(f"there is no service {service}.") from None
        except ValueError as no:
            raise Refused(f"{no}.") from None
        typer.echo(f"Contract {made.id}: {service} for {customer.name}, {days[0]} to {days[1]}.")
