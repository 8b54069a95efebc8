"""`menling points`: what a customer has and why, changes by hand, and what the programme costs."""

from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import Desk, at_desk
from channels.refusing import Refused

if TYPE_CHECKING:
    from core.customers import Customer
    from core.members import PointEntry, PointLot
    from core.members.shares import Share

app = typer.Typer(help="Members' points: shown, changed, counted.", no_args_is_help=True)

SHOWN = 30
SHARES = ("visits", "list price", "− tier", "− coupons", "− points", "paid ahead", "taken off")
Who = Annotated[str, typer.Argument(help="Name, number, or its last four digits.")]


@app.command()
def show(ctx: typer.Context, customer: Who) -> None:
    """What a customer has, and the latest entries of the ledger."""
    with at_desk(ctx) as desk:
        from core.members import points, tiers

        who = called(desk, customer)
        has = points.balance(desk.session, who.id or 0, desk.now)
        member = tiers.membership(desk.session, who.id or 0)
        title = f"member {member.number}, {member.tier.value}" if member else "not a member"
        typer.echo(f"{who.name or 'unnamed'}  {title}  usable {has.usable}  pending {has.pending}")
        for entry, lot in points.history(desk.session, who.id or 0, SHOWN):
            typer.echo(_line(desk, entry, lot))


def _line(desk: Desk, entry: "PointEntry", lot: "PointLot") -> str:
    at = entry.at.astimezone(desk.company.zone)
    note = f"  {entry.note}" if entry.note else ""
    what = f"{entry.what.value:<11}{lot.reason:<13}{entry.subject}"
    return f"{at:%Y-%m-%d %H:%M}  {entry.points:+7d}  {what}{note}"


@app.command()
def adjust(
    ctx: typer.Context,
    customer: Who,
    points: Annotated[
        int, typer.Argument(help="So many more, or fewer: write those behind --, as in -- -200.")
    ],
    reason: Annotated[str, typer.Option(help="Why; the customer reads it.")],
    by: Annotated[str, typer.Option(help="Who on the staff does it.")],
) -> None:
    """Give a customer points or take some; many of them wait for a second person, in the chat."""
    if not points or not reason.strip():
        raise Refused("give a number other than 0, and a reason.")
    with at_desk(ctx) as desk:
        from core import team
        from core.members import NotEnoughPoints, adjusting

        found = team.members_called(desk.session, by)
        if len(found) != 1:
            raise Refused(f"{len(found) or 'nobody'} on the staff is called {by}. See `menling staff list`.")
        who = called(desk, customer)
        try:
            made = adjusting.ask(
                desk.session,
                desk.company,
                who.id or 0,
                points,
                reason=reason.strip(),
                staff_id=found[0].id or 0,
                now=desk.now,
            )
        except NotEnoughPoints as no:
            raise Refused(f"{customer} has {no.args_['usable']} points to use.") from no
    state = (
        "done"
        if made.approved
        else "waits for another lead or manager, who says “points to approve” in the chat"
    )
    typer.echo(f"adjustment {made.id}: {points:+d} for {customer}, {state}")


@app.command()
def report(
    ctx: typer.Context,
    months: Annotated[int, typer.Option(min=1, max=120, help="What was taken off prices in so many.")] = 3,
) -> None:
    """What the programme costs: points that are out, and what was taken off the revenue."""
    with at_desk(ctx) as desk:
        from core.members import costs, shares

        found = costs.outstanding(desk.session, desk.company, desk.now)
        typer.echo(f"{'good until':<12}{'points':>12}{'yuan':>12}{'customers':>11}")
        for one in found:
            last = one.expires_at.astimezone(desk.company.zone)
            typer.echo(f"{last:%Y-%m-%d}  {one.points:>12}{one.fen / 100:>12.2f}{one.customers:>11}")
        points, fen = sum(one.points for one in found), sum(one.fen for one in found)
        typer.echo(f"{'in all':<12}{points:>12}{fen / 100:>12.2f}")
        unused = costs.unused_percent(desk.session, desk.now)
        if unused is not None:
            expected = points * unused // 100
            worth = fen * unused / 10_000
            typer.echo(f"{'will expire':<12}{expected:>12}{worth:>12.2f}  as {unused}% did in the last year")
        typer.echo(f"owed to us after refunds: {costs.owing(desk.session)}")
        for tier, count in costs.members(desk.session).items():
            typer.echo(f"{tier.value:<12}{count:>12}")
        for group, names in shares.of_months(desk.session, desk.company, months, desk.now).items():
            typer.echo(f"\n{group:<12}" + "".join(f"{name:>12}" for name in SHARES))
            for name, share in names.items():
                typer.echo(f"{name:<12}{_share(share)}")


def _share(share: "Share") -> str:
    money = (share.listed, share.tier, share.coupon, share.points, share.ahead)
    return (
        f"{share.visits:>12}" + "".join(f"{fen / 100:>12.2f}" for fen in money) + f"{share.percent:>11.1f}%"
    )


def called(desk: Desk, said: str) -> "Customer":
    """The one customer of that name or number. Raises Refused for none, or several."""
    from bot.readers import phones
    from core import customers

    number = phones.spot(said, desk.company.country)
    found = customers.of_phone(desk.session, number, 2) if number else customers.called(desk.session, said, 2)
    if len(found) != 1:
        raise Refused(f"{'several customers are' if found else 'no customer is'} found by {said!r}.")
    return found[0]
