"""`menling privacy`, `audit`, `keys` and `customers`: what is kept of people, for who answers for it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from channels.people import splitting, stages
from channels.people.desk import at_desk
from channels.people.listing import customers
from channels.refusing import Refused

if TYPE_CHECKING:
    from channels.people.desk import Desk
    from core.audit import AuditEntry
    from core.customers import Customer

privacy = typer.Typer(help="Hand out, or remove, what is kept of a customer.", no_args_is_help=True)
keys = typer.Typer(help="The keys that door codes and health notes are sealed with.", no_args_is_help=True)
WHO = "The customer's number, or their phone number."
Who = Annotated[str, typer.Argument(help=WHO)]
SHOWN = 50


def register(app: typer.Typer, opened: object) -> None:
    """Put these commands into the program; `opened` opens what the settings name."""
    settings = {"obj": opened}
    app.add_typer(privacy, name="privacy", context_settings=settings)
    app.add_typer(keys, name="keys", context_settings=settings)
    splitting.register(customers)
    stages.register(customers)
    app.add_typer(customers, name="customers", context_settings=settings)
    app.command(context_settings=settings)(audit)


def find(desk: "Desk", who: str) -> "Customer":
    """The customer who is meant. Raises Refused for nobody, and for a number that several have."""
    from bot.readers import phones
    from core import customers as known
    from core.customers import Customer

    if who.isascii() and who.isdecimal() and len(who) < 8:
        found = desk.session.get(Customer, int(who))
        if found is not None and found.given_up_at is None:
            return found
        raise Refused(f"there is no customer {who}.")
    phone = phones.read(who, desk.company.country)
    if phone is None or isinstance(phone, phones.NotAPhone):
        raise Refused(f"{who} is neither a customer's number nor a phone number.")
    theirs = known.of_phone(desk.session, phone, 5)
    if len(theirs) == 1:
        return theirs[0]
    named = ", ".join(f"{one.id} ({one.name or 'no name'})" for one in theirs)
    raise Refused(f"several have that number: {named}." if theirs else f"nobody has the number {who}.")


@customers.command()
def story(
    ctx: typer.Context,
    who: Who,
    limit: Annotated[int, typer.Option(min=1, max=500, help="So many of the latest things.")] = 30,
    rank: Annotated[
        Literal["clerk", "lead", "manager", "finance"] | None,
        typer.Option("--as", help="Only what this rank may see; everything unless said."),
    ] = None,
) -> None:
    """Show what happened with a customer, the latest first: visits, money, points, talks, consents."""
    with at_desk(ctx) as desk:
        from bot import storytelling, telling
        from core import history, rights
        from core.staff import Rank

        customer = find(desk, who)
        turn = telling.house_turn(desk.session, desk.company, desk.now)
        sees = rights.sees(Rank(rank) if rank else None, rights.Field.WORDS)
        but = () if sees else history.OF_WORDS
        for one in history.of_customer(desk.session, customer.id or 0, limit=limit, but=but):
            at = one.at.astimezone(desk.company.zone)
            typer.echo(f"{at:%Y-%m-%d %H:%M}  {storytelling.line(turn, one)}")


@privacy.command()
def export(
    ctx: typer.Context,
    who: Who,
    file: Annotated[Path | None, typer.Option(help="Where to; CUSTOMER-data.zip if not given.")] = None,
) -> None:
    """Write everything that is kept of a customer into one archive. Only the owner may read the file."""
    with at_desk(ctx) as desk:
        from bot import mydata, telling
        from core import audit as looks
        from core.privacy import exporting

        customer = find(desk, who)
        place = file or Path(f"{customer.id}-data.zip")
        turn = telling.house_turn(desk.session, desk.company, desk.now)
        made = mydata.archive(turn, exporting.gather(desk.session, customer.id or 0))
        deed, what = looks.Deed.TAKEN, looks.What.EVERYTHING
        looks.note(
            desk.session, deed, what, customer.id or 0, actor="shell", why="privacy-export", now=desk.now
        )
        try:
            place.touch(mode=0o600, exist_ok=False)
            place.write_bytes(made)
        except FileExistsError:
            raise Refused(f"{place} is there already; name another with --file.") from None
        except OSError as failed:
            raise Refused(f"{place} cannot be written: {failed.strerror}.") from None
    typer.echo(f"Everything kept of customer {customer.id} is in {place} ({len(made)} bytes).")


@privacy.command()
def delete(
    ctx: typer.Context,
    who: Who,
    now: Annotated[bool, typer.Option("--now", help="At once, without time for second thoughts.")] = False,
) -> None:
    """Remove what is kept of a customer; visits and payments stay without them, as the law wants."""
    with at_desk(ctx) as desk:
        from core import audit as looks
        from core import reminders
        from core.privacy import erasing

        customer = find(desk, who)
        id, why = customer.id or 0, "privacy-delete"
        try:
            asked = erasing.ask(
                desk.session, desk.company, id, by="staff", now=desk.now, at=desk.now if now else None
            )
        except erasing.StillOpen as no:
            cases = [f"complaint {number}" for number in no.complaints]
            raise Refused(f"not yet, this is still open: {', '.join([*no.visits, *cases])}.") from None
        if now:
            erasing.erase(desk.session, asked, desk.now)
            reminders.cancel(desk.session, f"{erasing.KIND}:{asked.id}")
        what = looks.What.EVERYTHING
        looks.note(desk.session, looks.Deed.REMOVED, what, id, actor="shell", why=why, now=desk.now)
        at = asked.due_at.astimezone(desk.company.zone)
    if now:
        typer.echo(f"Customer {id} is removed; `menling serve` clears what others were told of them.")
    else:
        typer.echo(f"Customer {id} will be removed on {at:%Y-%m-%d %H:%M}, unless they change their mind.")


def audit(
    ctx: typer.Context,
    who: Annotated[str | None, typer.Argument(help=f"{WHO} Everybody if not given.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, the latest first.")] = SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, a line each.")] = False,
) -> None:
    """Say who looked at, or changed, what of whom, and why."""
    with at_desk(ctx) as desk:
        from core import audit as looks

        id = find(desk, who).id if who else None
        for one in looks.latest(desk.session, limit, customer_id=id):
            typer.echo(json.dumps(_shape(one), ensure_ascii=False) if as_json else _line(desk, one))


def _line(desk: "Desk", one: "AuditEntry") -> str:
    at = one.at.astimezone(desk.company.zone)
    by = f"{one.actor} {one.actor_id}" if one.actor_id else one.actor
    change = f": {one.was or '-'} -> {one.became or '-'}" if one.was or one.became else ""
    done = f"{one.deed} {one.what} of customer {one.customer_id} ({one.why}){change}"
    return f"{at:%Y-%m-%d %H:%M}  {by:<12} {done}"


def _shape(one: "AuditEntry") -> dict[str, object]:
    return {**one.model_dump(mode="json"), "was": one.was, "became": one.became}


@keys.command()
def new() -> None:
    """Print a new key, to be put before the others in MENLING_SECRET_KEYS or vault.key."""
    from core import vault

    typer.echo(vault.new_key())


@keys.command()
def rotate(ctx: typer.Context) -> None:
    """Seal everything with the first key, so that the others can go. May be stopped and repeated."""
    from channels.people import resealing

    count = resealing.reseal_everything(ctx.obj)
    typer.echo(f"{count} values were sealed anew; everything is sealed with the first key now.")
