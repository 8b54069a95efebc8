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
        Literal["clerk", "lead", "manager", "finance"] | None,
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
    """Everybody on the staff, whether they can be reached by chat, and who is on duty now."""
    with at_desk(ctx) as desk:
        from core import duties, team

        reached = duties.reachable(desk.session)
        present = duties.present(desk.session, desk.company, desk.now)
        for one in team.members(desk.session):
            chat = "in chat" if one.id in reached else "not in chat; see `menling staff invite`"
            duty = "  on duty" if one.id in present else ""
            state = f"{chat}{duty}" if one.active else "left"
            typer.echo(f"{one.name}  {one.role.value}  {one.language}  {state}")


@app.command()
def dismiss(ctx: typer.Context, name: Name) -> None:
    """Somebody leaves: they are told and shown nothing more, and others get their complaints."""
    with at_desk(ctx) as desk:
        from core import team

        team.dismiss_member(desk.session, desk.company, _called(desk, name), desk.now)
    typer.echo(f"{name} is on the staff no more. Whoever wrote from their chats is a customer there now.")


@app.command()
def shift(
    ctx: typer.Context,
    name: Name,
    hours: Annotated[
        list[str] | None,
        typer.Argument(help='Their week, as "1-5 08:00-17:00" (Monday is 1), "6 22:00-06:00"; none: shown.'),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="They have no shifts any more.")] = False,
) -> None:
    """When somebody is on duty each week: complaints go to who is, first. They may say otherwise in chat."""
    if hours and off:
        raise Refused("--off means no hours; give one or the other.")
    with at_desk(ctx) as desk:
        from channels.people import reading
        from core import duties

        member = _called(desk, name)
        if hours or off:
            duties.roster(desk.session, member.id or 0, reading.shifts(hours or (), overnight=True))
        found = duties.shifts_of(desk.session, member.id or 0)
        for one in found:
            typer.echo(f"{member.name}  day {one.weekday + 1}, {one.begins:%H:%M}-{one.ends:%H:%M}")
        if not found:
            typer.echo(f"{member.name} has no shifts. They are on duty when they say so in chat.")


def _called(desk: Desk, name: str) -> "StaffMember":
    from core import team

    found = team.members_called(desk.session, name)
    if len(found) != 1:
        raise Refused(f"{len(found) or 'nobody'} on the staff is called {name}. See `menling staff list`.")
    return found[0]


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
