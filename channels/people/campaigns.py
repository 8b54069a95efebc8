"""`menling campaign`: check a file, look ahead, start, stop and go on, draw, and say what it did."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import Desk, at_desk
from channels.refusing import Refused

if TYPE_CHECKING:
    from core.campaigns import Campaign, Plan
    from core.ways import Limits

app = typer.Typer(
    help="Campaigns: one offer to many people who agreed to hear of offers.", no_args_is_help=True
)

SHOWN = 30
File = Annotated[Path, typer.Argument(help="The campaign's file; docs/campaigns.md says what is in it.")]
Name = Annotated[str, typer.Argument(help="The campaign's name, as in its file.")]


@app.command()
def check(ctx: typer.Context, file: File) -> None:
    """Say what is wrong in a file, line by line; nothing is started."""
    with at_desk(ctx) as desk:
        plan = _read(desk, file)
        worth = plan.worth(desk.company)
        typer.echo(f"{plan.name}: {plan.kind.value}, {plan.first_day} through {plan.last_day}.")
        typer.echo(f"One gift is worth up to ¥{worth / 100:.2f}; the budget is ¥{plan.budget}.")
        typer.echo("The file is fine.")


@app.command()
def preview(ctx: typer.Context, file: File) -> None:
    """Whom it is for, whom it would reach now and where, who is left out and why, and what it may cost."""
    with at_desk(ctx) as desk:
        from core.campaigns import previews

        plan = _read(desk, file)
        made = previews.of(desk.session, desk.company, plan, _limits, desk.now)
        found, size = made.found, len(made.found.sample)
        typer.echo(f"{found.looked_at} customers, of whom it fits {found.fits}: {', '.join(made.names)} …")
        typer.echo(f"{found.fits - found.agreed} of those have not agreed to hear of offers")
        typer.echo(f"{found.agreed} are left; {plan.hold_out}% of them are held out")
        if size < found.agreed:
            typer.echo(f"What follows was found from {size} of them, chosen by chance.")
        typer.echo(f"{made.share(made.now):>4}%  would be told at once")
        for why, count in made.held.most_common():
            typer.echo(f"{made.share(count):>4}%  later: {why}")
        for why, count in made.dropped.most_common():
            typer.echo(f"{made.share(count):>4}%  not: {why}")
        for channel, count in made.channels.most_common():
            typer.echo(f"{made.share(count):>4}%  can be reached by {channel}")
        short = ", where the budget ends" if made.budget_is_short else ""
        typer.echo(f"It gives away up to ¥{made.cost / 100:.2f}{short}.")


@app.command()
def start(ctx: typer.Context, file: File) -> None:
    """Start it: from its first day on, people are told by `menling serve`, in the hours for offers."""
    with at_desk(ctx) as desk:
        from core import campaigns

        plan = _read(desk, file)
        if plan.span(desk.company)[1] <= desk.now:
            raise Refused(f"{plan.last_day} is over; give it another last day.")
        try:
            made = campaigns.start(desk.session, desk.company, plan, desk.now)
        except campaigns.NameTaken:
            raise Refused(f"{plan.name} was started before; give it another name.") from None
        hours = desk.company.decency.marketing
        begins = max(desk.now, made.begins_at).astimezone(desk.company.zone)
        typer.echo(f"{made.name} is started: from {begins:%Y-%m-%d} on people are told")
        typer.echo(f"between {hours.begins:%H:%M} and {hours.ends:%H:%M}, while `menling serve` runs.")


@app.command()
def stop(
    ctx: typer.Context,
    name: Name,
    why: Annotated[str, typer.Option(help="Why, for whoever looks later.")] = "by hand",
) -> None:
    """Tell nobody more; who was told keeps what they got."""
    with at_desk(ctx) as desk:
        from core import campaigns

        found = _called(desk, name)
        try:
            campaigns.stop(desk.session, found, why, desk.now)
        except campaigns.NotNow:
            raise Refused(f"{name} is {found.state.value}.") from None
        typer.echo(f"{name} is stopped; {found.sent} people were told.")


@app.command()
def resume(
    ctx: typer.Context,
    name: Name,
    budget: Annotated[int | None, typer.Option(help="Another budget, in yuan.", min=0)] = None,
) -> None:
    """Go on where it was stopped: nobody hears it twice, and nobody is left out."""
    with at_desk(ctx) as desk:
        from core import campaigns

        found = _called(desk, name)
        try:
            campaigns.resume(desk.session, found, desk.now, budget=None if budget is None else budget * 100)
        except campaigns.NotNow:
            raise Refused(f"{name} is {found.state.value}, or its last day is over.") from None
        except ValueError:
            raise Refused(f"¥{found.spent / 100:.2f} is spent already; give it more.") from None
        typer.echo(f"{name} goes on; {found.sent} people were told so far.")


@app.command()
def draw(ctx: typer.Context, name: Name) -> None:
    """Draw the winners and have them told; drawn again, it is the same ones."""
    with at_desk(ctx) as desk:
        from core import campaigns
        from core.campaigns import draws, files

        found = _called(desk, name)
        try:
            won = draws.draw(desk.session, desk.company, found, desk.now)
        except campaigns.EntriesOpen:
            last = files.of(found).last_day
            raise Refused(f"people may take part through {last}; draw it after that.") from None
        except campaigns.NotNow:
            raise Refused(f"{name} is no draw.") from None
        seed = files.of(found).seed or ""
        typer.echo(f"{len(draws.entrants(desk.session, found))} took part. The seed is {seed!r}.")
        typer.echo('Anybody can check: sort by the SHA-256 of "seed:number".')
        for target in won:
            mark = draws.mark(seed, target.customer_id)
            typer.echo(f"{target.won:>4}  number {target.customer_id:<8} {mark}")


@app.command()
def report(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="The campaign's name; all of them if not given.")] = None,
) -> None:
    """What was sent, to whom not and why, what it cost, and the visits it brought against the held out."""
    with at_desk(ctx) as desk:
        from core import campaigns

        if name is not None:
            _report(desk, _called(desk, name))
            return
        for one in campaigns.every(desk.session, SHOWN):
            typer.echo(
                f"{one.name:<24}{one.kind.value:<10}{one.state.value:<9}{one.sent:>7} told  {_money(one)}"
            )


def _report(desk: Desk, one: "Campaign") -> None:
    from core.campaigns import Part, effects

    parts, session = effects.parts(desk.session, one), desk.session
    why = f": {one.why}" if one.why else ""
    typer.echo(f"{one.name}: {one.kind.value}, {one.state.value}{why}")
    where = ", ".join(f"{count} by {channel}" for channel, count in effects.channels(session, one).items())
    typer.echo(f"{parts.get(Part.SENT, 0):>7} told ({where})" if where else "      0 told")
    typer.echo(f"{parts.get(Part.WAITING, 0):>7} to be told")
    typer.echo(f"{parts.get(Part.HELD_OUT, 0):>7} held out")
    for reason, count in effects.dropped(session, one).most_common():
        typer.echo(f"{count:>7} not told: {reason}")
    typer.echo(f"given away: {_money(one)}")
    used = {state.value: count for state, count in effects.redeemed(session, one).items()}
    if used:
        typer.echo(f"coupons: {', '.join(f'{count} {state}' for state, count in sorted(used.items()))}")
    _effect(desk, one)


def _effect(desk: Desk, one: "Campaign") -> None:
    from core.campaigns import effects, files

    found, days = effects.of(desk.session, one), files.of(one).measure_days
    for what, group in (("chosen", found.chosen), ("held out", found.held_out)):
        each = f"{100 * group.each:.1f} for each 100 people"
        typer.echo(f"{what:<9}{group.people:>7} people, {group.visits} visits in {days} days ({each})")
    if found.extra is None:
        typer.echo("Nobody was held out, so nobody can say what it changed.")
        return
    is_sure = abs(found.extra) > found.give_or_take
    typer.echo(f"extra visits: {found.extra:+.1f}, give or take {found.give_or_take:.1f}")
    typer.echo("That is more than chance." if is_sure else "That may well be chance.")
    if found.until is not None and found.until > desk.now:
        typer.echo(
            f"Not final: visits count until {found.until.astimezone(desk.company.zone):%Y-%m-%d %H:%M}."
        )


def _money(one: "Campaign") -> str:
    return f"¥{one.spent / 100:.2f} of ¥{one.budget / 100:.2f}"


def _read(desk: Desk, file: Path) -> "Plan":
    from core.campaigns import FileInvalid, files

    try:
        return files.read(file, desk.company)
    except FileInvalid as wrong:
        raise Refused(str(wrong)) from None


def _called(desk: Desk, name: str) -> "Campaign":
    from core import campaigns

    try:
        return campaigns.called(desk.session, name, lock=True)
    except campaigns.UnknownCampaign:
        raise Refused(f"there is no campaign {name}; see `menling campaign report`.") from None


def _limits(channel: str) -> "Limits":
    """How accounts on a channel may write: where the platform counts, only after somebody wrote."""
    from channels.kf.channel import KFChannel
    from channels.wechat.channel import WeChatChannel
    from core.ways import FREE, Limits

    return Limits(counted=True) if channel in (KFChannel.name, WeChatChannel.name) else FREE
