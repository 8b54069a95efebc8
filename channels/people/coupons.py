"""`menling coupon`: give customers coupons, make codes for them, see what there is, and take back."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import Desk, at_desk
from channels.refusing import Refused

if TYPE_CHECKING:
    from core.coupons import Coupon, Kind, Limits
    from core.customers import Customer

app = typer.Typer(help="Coupons and the codes for them.", no_args_is_help=True)

Phone = Annotated[str, typer.Argument(help="The customer's number, as in +8613800001234.")]
Yuan = Annotated[float | None, typer.Option(help="So many yuan off.")]
PercentOff = Annotated[int | None, typer.Option("--percent", help="So many percent off.", min=1, max=100)]
Hours = Annotated[int | None, typer.Option(help="So many hours free, of services by the hour.", min=1)]
AddOn = Annotated[str | None, typer.Option(help="This add-on free, by its code.")]
Most = Annotated[float | None, typer.Option(help="With --percent: at most so many yuan.")]
Least = Annotated[float, typer.Option(help="Only for visits from so many yuan on.")]
Services = Annotated[list[str] | None, typer.Option("--service", help="Only for this service; repeatable.")]
Areas = Annotated[list[str] | None, typer.Option("--area", help="Only in this area; repeatable.")]
When = Annotated[
    list[str] | None,
    typer.Option("--when", help='Only for visits that begin then: "1-5 09:00-16:00" (Monday is 1).'),
]
Days = Annotated[int | None, typer.Option(help="Good for so many days.", min=1)]


@app.command()
def issue(
    ctx: typer.Context,
    phone: Phone,
    key: Annotated[str, typer.Option(help="What it is for; the same again gives nothing.")],
    yuan: Yuan = None,
    percent: PercentOff = None,
    hours: Hours = None,
    add_on: AddOn = None,
    most: Most = None,
    least: Least = 0,
    service: Services = None,
    area: Areas = None,
    when: When = None,
    days: Days = None,
) -> None:
    """Give a customer a coupon."""
    with at_desk(ctx) as desk:
        from core import coupons

        customer = _called(desk, phone)
        kind, amount = _kind(yuan, percent, hours, add_on)
        made = coupons.issue(
            desk.session,
            desk.company,
            customer.id or 0,
            kind=kind,
            amount=amount,
            reason="gift",
            key=f"gift:{customer.id}:{key}",
            until=desk.now + timedelta(days=days) if days else None,
            limits=_limits(desk, add_on, most, least, service, area, when),
            now=desk.now,
        )
        typer.echo(_line(desk, made))


@app.command()
def code(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What customers type: 4 to 16 letters and digits.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Its last day.")],
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Its first day.")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="So many coupons in all.", min=1)] = None,
    each: Annotated[int, typer.Option(help="So many for each customer.", min=1)] = 1,
    yuan: Yuan = None,
    percent: PercentOff = None,
    hours: Hours = None,
    add_on: AddOn = None,
    most: Most = None,
    least: Least = 0,
    service: Services = None,
    area: Areas = None,
    when: When = None,
) -> None:
    """Make a code that customers type for a coupon."""
    with at_desk(ctx) as desk:
        from core import coupon_codes

        begins, ends = _span(desk, since, until)
        kind, amount = _kind(yuan, percent, hours, add_on)
        limits = _limits(desk, add_on, most, least, service, area, when)
        terms = coupon_codes.Terms(kind, amount, limits, begins, ends, limit, each)
        try:
            made = coupon_codes.make(desk.session, name, terms, now=desk.now)
        except coupon_codes.CodeTaken:
            raise Refused(f"there is a code {name} already; see `menling coupon list`.") from None
        except ValueError as wrong:
            raise Refused(f"{wrong}.") from None
        typer.echo(f"{made.code} is taken from {begins:%Y-%m-%d} through {until:%Y-%m-%d}.")


@app.command(name="list")
def listed(
    ctx: typer.Context,
    phone: Annotated[str | None, typer.Argument(help="A customer's number; the codes if not given.")] = None,
) -> None:
    """The codes there are, or the coupons of a customer."""
    with at_desk(ctx) as desk:
        from core import coupon_codes, coupons

        if phone is not None:
            for one in coupons.of_customer(desk.session, _called(desk, phone).id or 0, 100):
                typer.echo(_line(desk, one))
            return
        for each in coupon_codes.every(desk.session, 100):
            ends = each.ends_at.astimezone(desk.company.zone)
            taken = f"{each.taken} of {each.most}" if each.most else f"{each.taken}"
            what = f"{each.code:<18}{each.kind.value:<9}{each.amount:>7}"
            typer.echo(f"{what}  until {ends:%Y-%m-%d %H:%M}  {taken} taken")


@app.command()
def void(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help="The number of a coupon, or a code.")],
) -> None:
    """Take back a coupon that was not used, or end a code; its coupons stay."""
    with at_desk(ctx) as desk:
        from core import coupon_codes, coupons

        if what.isdecimal():
            if not coupons.void(desk.session, int(what), desk.now):
                raise Refused(f"coupon {what} is not open: it is used, held for a visit, or was taken back.")
            typer.echo(f"Coupon {what} is taken back.")
            return
        try:
            ended = coupon_codes.end(desk.session, what, desk.now)
        except coupon_codes.UnknownCode:
            raise Refused(f"there is no code {what}; see `menling coupon list`.") from None
        typer.echo(f"{what} is taken no more." if ended else f"{what} was over already.")


def _span(desk: Desk, since: datetime | None, until: datetime) -> tuple[datetime, datetime]:
    """From the beginning of the first day until the end of the last."""
    begins = since.replace(tzinfo=desk.company.zone) if since else desk.now
    ends = until.replace(tzinfo=desk.company.zone) + timedelta(days=1)
    if ends <= max(begins, desk.now):
        raise Refused("its last day is over before it begins.")
    return begins, ends


def _called(desk: Desk, phone: str) -> "Customer":
    from core import customers

    found = customers.of_phone(desk.session, phone.replace(" ", ""), 1)
    if not found:
        raise Refused(f"no customer left the number {phone}; write it as in +8613800001234.")
    return found[0]


def _kind(
    yuan: float | None, percent: int | None, hours: int | None, add_on: str | None
) -> "tuple[Kind, int]":
    from core.coupons import Kind

    given = {
        Kind.FEN: _fen(yuan),
        Kind.PERCENT: percent,
        Kind.HOURS: hours,
        Kind.ADD_ON: 1 if add_on else None,
    }
    chosen = [(kind, amount) for kind, amount in given.items() if amount]
    if len(chosen) != 1:
        raise Refused("give one of --yuan, --percent, --hours and --add-on.")
    return chosen[0]


def _fen(yuan: float | None) -> int | None:
    if yuan is not None and yuan <= 0:
        raise Refused("an amount is above 0.")
    return None if yuan is None else round(yuan * 100)


def _limits(
    desk: Desk,
    add_on: str | None,
    most: float | None,
    least: float,
    services: list[str] | None,
    areas: list[str] | None,
    when: list[str] | None,
) -> "Limits":
    from channels.people import reading
    from core.coupons import Limits, Window

    known = {one.code for one in desk.company.services}
    wrong = [one for one in services or () if one.upper() not in known]
    wrong += [add_on] if add_on and add_on not in {one.code for one in desk.company.add_ons} else []
    if wrong:
        raise Refused(f"the company sells no {wrong[0]}.")
    windows: dict[tuple[time, time], list[int]] = {}
    for day, begins, ends in reading.shifts(when or ()):
        windows.setdefault((begins, ends), []).append(day)
    return Limits(
        least=_fen(least) or 0 if least else 0,
        most=_fen(most),
        add_on=add_on,
        services=tuple(one.upper() for one in services or ()),
        areas=tuple(reading.areas(desk.company, areas or ())),
        windows=tuple(
            Window(days=tuple(days), begins=begins, ends=ends) for (begins, ends), days in windows.items()
        ),
    )


def _line(desk: Desk, one: "Coupon") -> str:
    until = one.valid_until.astimezone(desk.company.zone)
    return (
        f"{one.id:>6}  {one.kind.value:<9}{one.amount:>7}  {one.state.value:<6}"
        f"until {until:%Y-%m-%d %H:%M}  {one.reason}"
    )
