"""`menling customers merge`, `unmerge`, `split` and `unsplit`: one person's record, and whose it is not."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from channels.people.desk import at_desk
from channels.refusing import Refused

if TYPE_CHECKING:
    from channels.people.desk import Desk
    from core.bindings.splitting import Parts
    from core.customers import Customer

WHO = "The customer's number, or their phone number."
Who = Annotated[str, typer.Argument(help=WHO)]
Apply = Annotated[bool, typer.Option("--apply", help="Do it; without this it is only said what would move.")]
Why = Annotated[str, typer.Option(help="Why, for whoever reads the log later.")]
UNTRIED = "Nothing was changed; --apply does it."


def register(customers: typer.Typer) -> None:
    """Put these commands beside those for lists."""
    for command in (merge, unmerge, split, unsplit):
        customers.command()(command)


def merge(ctx: typer.Context, kept: Who, given: Who, apply: Apply = False) -> None:
    """Make GIVEN one with KEPT: say what would move; with --apply, move it."""
    with at_desk(ctx) as desk:
        from core.bindings import Proof, TwoVerified, merging
        from core.bindings.splitting import counts
        from core.identities import Role, Speaker

        one, other = _find(desk, kept), _find(desk, given)
        if one.id == other.id:
            raise Refused("that is one and the same customer.")
        by = Speaker("shell", "", "menling", None, None, None, Role.STAFF, None, None)
        tried = desk.session.begin_nested()
        try:
            locked = {row.id: row for row in merging.lock(desk.session, one.id or 0, other.id or 0)}
            made = merging.merge(
                desk.session, locked[one.id], locked[other.id], by, desk.now, proof=Proof.STAFF
            )
        except TwoVerified:
            raise Refused("each confirmed a phone number, and not the same one.") from None
        _say(counts(made.moved))
        if not apply:
            tried.rollback()
            typer.echo(UNTRIED)
            return
        _note(desk, one.id or 0, f"merge:{made.id}")
        typer.echo(f"Merge {made.id}: {other.id} is one with {one.id}; `unmerge {made.id}` parts them.")


def unmerge(
    ctx: typer.Context,
    merge: Annotated[int, typer.Argument(help="The merge's number.")],
    by: Annotated[int, typer.Option(help="The number of the member of staff who says so.")],
) -> None:
    """Part two customers again who were made one."""
    with at_desk(ctx) as desk:
        from core import bindings
        from core.staff import StaffMember

        if desk.session.get(bindings.Merge, merge) is None:
            raise Refused(f"there is no merge {merge}.")
        if desk.session.get(StaffMember, by) is None:
            raise Refused(f"nobody on the staff has the number {by}.")
        try:
            undone = bindings.undo(desk.session, merge, by=by, now=desk.now)
        except bindings.MergeUndone:
            raise Refused("it was undone before.") from None
        except bindings.MergedFurther:
            raise Refused("the customer who was kept is one with another by now; undo that first.") from None
        _note(desk, undone.kept_id, f"unmerge:{merge}")
    typer.echo(f"Customers {undone.kept_id} and {undone.given_id} are two again.")


def split(
    ctx: typer.Context,
    who: Who,
    why: Why,
    account: Annotated[
        list[str] | None, typer.Option(help="CHANNEL:ACCOUNT:USER, as the dry run lists them. Repeatable.")
    ] = None,
    address: Annotated[list[int] | None, typer.Option(help="An address by its number. Repeatable.")] = None,
    visit: Annotated[list[str] | None, typer.Option(help="A visit by its reference. Repeatable.")] = None,
    name: Annotated[str | None, typer.Option(help="What the new record's person is called.")] = None,
    with_phone: Annotated[bool, typer.Option(help="The phone number is the other's.")] = False,
    apply: Apply = False,
) -> None:
    """Take somebody else out of WHO's record: say what would move; with --apply, move it."""
    with at_desk(ctx) as desk:
        from core.bindings import splitting

        kept = _find(desk, who)
        if not (account or address or visit):
            _list(desk, kept)
            typer.echo("Name what is somebody else's. Nothing was changed.")
            return
        tried = desk.session.begin_nested()
        with _refusals(kept):
            parts = _parts(desk, account or (), address or (), visit or ())
            made = splitting.split(
                desk.session, kept, parts, why=why, name=name, with_phone=with_phone, now=desk.now
            )
        _say(splitting.counts(made.moved))
        if not apply:
            tried.rollback()
            typer.echo(UNTRIED)
            return
        for one in (made.kept_id, made.made_id):
            _note(desk, one, f"split:{made.id}")
        typer.echo(f"Split {made.id}: customer {made.made_id} is new; `unsplit {made.id}` takes it back.")


@contextmanager
def _refusals(kept: "Customer") -> Iterator[None]:
    """Why a record cannot be taken apart like that, said to whoever runs the command."""
    from core.bindings import splitting

    try:
        yield
    except splitting.NotOfCustomer as no:
        raise Refused(f"{no.args_['what']} is not customer {kept.id}'s.") from None
    except splitting.InAPlan as no:
        raise Refused(f"{no.args_['what']} is ahead and belongs to a plan; end the plan first.") from None
    except splitting.NothingToSplit:
        said = f"customer {kept.id} would be left without any account; leave them at least one."
        raise Refused(said) from None


def unsplit(ctx: typer.Context, split: Annotated[int, typer.Argument(help="The split's number.")]) -> None:
    """Take a split back: the two are one record again, with what came since."""
    with at_desk(ctx) as desk:
        from core.bindings import MergedFurther, Split, TwoVerified, splitting

        if desk.session.get(Split, split) is None:
            raise Refused(f"there is no split {split}.")
        try:
            joined = splitting.rejoin(desk.session, split, desk.now)
        except splitting.SplitUndone:
            raise Refused("it was undone before.") from None
        except MergedFurther:
            raise Refused("one of the two is one with another by now; undo that first.") from None
        except TwoVerified:
            raise Refused("each confirmed a phone number since, and not the same one.") from None
        _note(desk, joined.kept_id, f"unsplit:{split}")
    typer.echo(f"Customers {joined.kept_id} and {joined.given_id} are one record again.")


def _find(desk: "Desk", who: str) -> "Customer":
    from channels.people.record import find

    return find(desk, who)


def _parts(desk: "Desk", accounts: Sequence[str], addresses: Sequence[int], visits: Sequence[str]) -> "Parts":
    from core import identities
    from core.bindings.splitting import Parts
    from core.customers import Address
    from core.visits import by_reference

    found = {one: identities.find(desk.session, *_peer(one)) for one in accounts}
    homes = {f"address {one}": desk.session.get(Address, one) for one in addresses}
    orders = {one: by_reference(desk.session, one) for one in visits}
    for what, row in {**found, **homes, **orders}.items():
        if row is None:
            raise Refused(f"there is no {what}.")
    return Parts(
        [one for one in found.values() if one],
        [one for one in homes.values() if one],
        [one for one in orders.values() if one],
    )


def _peer(said: str) -> tuple[str, str, str]:
    channel, _, rest = said.partition(":")
    account, _, user = rest.partition(":")
    if not user:
        raise Refused(f"{said} is no account; write CHANNEL:ACCOUNT:USER.")
    return channel, account, user


def _list(desk: "Desk", customer: "Customer") -> None:
    """Everything of theirs that may be named."""
    from sqlmodel import col, select

    from core.customers import Address, in_full
    from core.identities import Identity
    from core.visits import Visit

    id = customer.id or 0
    for account in desk.session.exec(select(Identity).where(Identity.customer_id == id)):
        typer.echo(f"  --account {account.channel}:{account.account}:{account.user}")
    for home in desk.session.exec(select(Address).where(Address.customer_id == id)):
        typer.echo(f"  --address {home.id}  {in_full(home)}")
    theirs = select(Visit).where(Visit.customer_id == id).order_by(col(Visit.starts_at).desc()).limit(50)
    for one in desk.session.exec(theirs):
        at = one.starts_at.astimezone(desk.company.zone)
        typer.echo(f"  --visit {one.reference}  {at:%Y-%m-%d %H:%M} {one.service_code} ({one.status.value})")


def _say(counts: Mapping[str, int]) -> None:
    for table, count in counts.items():
        typer.echo(f"  {count} in {table.replace('_', ' ')}")
    if not counts:
        typer.echo("  nothing")


def _note(desk: "Desk", customer_id: int, why: str) -> None:
    from core import audit

    audit.note(
        desk.session,
        audit.Deed.CHANGED,
        audit.What.EVERYTHING,
        customer_id,
        actor="shell",
        why=why,
        now=desk.now,
    )
