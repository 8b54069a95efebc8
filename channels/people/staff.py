"""`menling staff`: who answers customers, and the code by which they get into the chat."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from channels.people.desk import Desk, at_desk, print_invitation
from channels.refusing import Refused

if TYPE_CHECKING:
    from core.staff import StaffMember

app = typer.Typer(help="The staff who answer customers: let in, listed, dismissed.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What colleagues call them.")]


@app.command()
def invite(
    ctx: typer.Context,
    name: Name,
    rank: Annotated[
        Literal["clerk", "lead", "manager"] | None,
        typer.Option(help="How far a complaint has risen when it reaches them; clerk unless said."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="What they are spoken to in: zh-CN or en; the company's unless said.")
    ] = None,
) -> None:
    """Make a code by which somebody joins the staff's side of the chat; hires them if they are new."""
    with at_desk(ctx) as desk:
        from core import invitations

        member = _hired(desk, name.strip(), rank, language)
        invited = invitations.invite_staff(desk.session, member, desk.now)
        who = f"{member.name} ({member.role.value})"
    print_invitation(desk, who, invited)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Everybody on the staff, and whether they can be reached by chat."""
    with at_desk(ctx) as desk:
        from core import identities, team

        reached = {one.staff_id for one in identities.of_staff(desk.session)}
        for one in team.members(desk.session):
            chat = "in chat" if one.id in reached else "not in chat; see `menling staff invite`"
            state = chat if one.active else "left"
            typer.echo(f"{one.name}  {one.role.value}  {one.language}  {state}")


@app.command()
def dismiss(ctx: typer.Context, name: Name) -> None:
    """Somebody leaves: they are told and shown nothing more."""
    with at_desk(ctx) as desk:
        from core import team

        found = team.members_called(desk.session, name)
        if len(found) != 1:
            raise Refused(
                f"{len(found) or 'nobody'} on the staff is called {name}. See `menling staff list`."
            )
        team.dismiss_member(desk.session, desk.company, found[0], desk.now)
    typer.echo(f"{name} is on the staff no more. Whoever wrote from their chats is a customer there now.")


def _hired(desk: Desk, name: str, rank: str | None, language: str | None) -> "StaffMember":
    from core import staff, team
    from core.staff import Rank

    if not name:
        raise Refused("a name is needed.")
    spoken = _spoken(desk, language)
    found = team.members_called(desk.session, name)
    if len(found) > 1:
        raise Refused(f"{len(found)} people on the staff are called {name}; give each a name of their own.")
    if not found:
        given = Rank(rank or Rank.CLERK)
        return staff.hire(desk.session, name=name, role=given, language=spoken or desk.company.languages[0])
    member = found[0]
    member.role = Rank(rank) if rank else member.role
    member.language = spoken or member.language
    desk.session.add(member)
    return member


def _spoken(desk: Desk, language: str | None) -> str | None:
    if language and language not in desk.company.languages:
        raise Refused(f"the company speaks {', '.join(desk.company.languages)}, not {language}.")
    return language
