"""`menling worker`: who attends visits, what they can do until when, and the code to join the chat by."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from channels.people import reading
from channels.people.desk import Desk, at_desk, print_invitation
from channels.refusing import Refused

if TYPE_CHECKING:
    from core.workers import Worker

app = typer.Typer(help="The workers: hired, trained, let in, listed, dismissed.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `menling worker list` has it.")]
NAMED = "a worker's name, or their number"


@app.command()
def hire(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What customers call them.")],
    gender: Annotated[Literal["female", "male"], typer.Option(help="As their papers say.")],
    area: Annotated[list[str], typer.Option(help="Code of an area they go to; may be repeated.")],
    skill: Annotated[list[str], typer.Option(metavar="CODE[:LEVEL]", help="May be repeated.")],
    shift: Annotated[
        list[str], typer.Option(metavar='"1-5 08:00-18:00"', help="Weekdays (Monday is 1) and hours.")
    ],
    paper: Annotated[
        list[str] | None, typer.Option(metavar="KIND:YYYY-MM-DD", help="Good through that day.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="What they speak, the one they are spoken to in first.")
    ] = None,
) -> None:
    """Take somebody on, with everything that is asked before they are sent to a home."""
    with at_desk(ctx) as desk:
        from core import papers, workers
        from core.workers import Gender

        levels = reading.skills(desk.company, skill)
        days = reading.papers(desk.company, paper or [])
        hired = workers.hire(
            desk.session,
            name=reading.name(name),
            gender=Gender(gender),
            since_day=desk.now.astimezone(desk.company.zone).date(),
            areas=reading.areas(desk.company, area),
            shifts=reading.shifts(shift),
            languages=tuple(language or desk.company.languages[:1]),
        )
        for code, level in levels.items():
            workers.train(desk.session, hired.id or 0, code, level)
        for kind, day in days.items():
            papers.keep(desk.session, desk.company, hired.id or 0, kind, day, now=desk.now)
        number = hired.id
    typer.echo(f"{name} is worker {number}. Let them into the chat with `menling worker invite {number}`.")


@app.command()
def invite(ctx: typer.Context, who: Annotated[str, typer.Argument(help=NAMED)]) -> None:
    """Make a code by which a worker joins the chat."""
    with at_desk(ctx) as desk:
        from core import invitations

        worker = _called(desk, who)
        invited = invitations.invite_worker(desk.session, worker, desk.now)
        said = f"{worker.name} (worker {worker.id})"
    print_invitation(desk, said, invited)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Every worker by number, and whether they can be reached by chat."""
    with at_desk(ctx) as desk:
        from core import identities, team

        for one in team.workers(desk.session):
            reached = bool(identities.of_worker(desk.session, one.id or 0))
            chat = "in chat" if reached else f"not in chat; see `menling worker invite {one.id}`"
            typer.echo(f"{one.id}  {one.name}  {chat if one.active else 'left'}")


@app.command()
def show(ctx: typer.Context, number: Number) -> None:
    """A worker's file: skills, papers and how long they are good, areas, hours."""
    with at_desk(ctx) as desk:
        from core import papers, workers

        worker, id = _ever(desk, number), number
        today = desk.now.astimezone(desk.company.zone).date()
        typer.echo(f"{id}  {worker.name}  since {worker.since_day}" + ("" if worker.active else "  left"))
        for skill in workers.skills_of(desk.session, id):
            typer.echo(f"  skill  {skill.code}, level {skill.level}")
        for paper in papers.of(desk.session, id):
            left = (paper.valid_until_day - today).days
            state = f"{left} days left" if left >= 0 else "over"
            typer.echo(
                f"  paper  {paper.kind} {paper.number}".rstrip() + f", {paper.valid_until_day}, {state}"
            )
        typer.echo(f"  areas  {', '.join(workers.areas_of(desk.session, id))}")
        for shift in workers.shifts_of(desk.session, id):
            typer.echo(f"  hours  day {shift.weekday + 1}, {shift.begins:%H:%M}-{shift.ends:%H:%M}")
        typer.echo(f"  card   {'shown to customers' if worker.card_consent else 'not shown'}")


@app.command()
def skill(
    ctx: typer.Context,
    number: Number,
    code: Annotated[str, typer.Argument(help="As the company file names it.")],
    level: Annotated[int, typer.Argument(min=1, max=9, help="Grows with mastery, from 1.")],
) -> None:
    """A worker was trained for something, up to a level."""
    with at_desk(ctx) as desk:
        from core import workers

        worker = _numbered(desk, number)
        [known] = reading.skills(desk.company, [code])
        workers.train(desk.session, number, known, level)
    typer.echo(f"{worker.name} has {known} at level {level} now.")


@app.command()
def paper(
    ctx: typer.Context,
    who: Annotated[int, typer.Argument(metavar="NUMBER", help="As `menling worker list` has it.")],
    kind: Annotated[str, typer.Argument(help="As the company file names it.")],
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The last day it is good.")],
    number: Annotated[str | None, typer.Option(help="The paper's own number.")] = None,
) -> None:
    """A worker brought a paper; they and the staff are warned before it ends."""
    with at_desk(ctx) as desk:
        from core import papers

        worker = _numbered(desk, who)
        [(known, last)] = reading.papers(desk.company, [f"{kind}:{day:%Y-%m-%d}"]).items()
        papers.keep(desk.session, desk.company, who, known, last, number=number, now=desk.now)
    typer.echo(f"{worker.name}'s {known} is good through {last}.")


@app.command()
def hours(
    ctx: typer.Context,
    number: Number,
    shift: Annotated[list[str], typer.Argument(metavar='"1-5 08:00-18:00"...', help="Monday is 1.")],
) -> None:
    """These are a worker's hours from now on; visits that are placed stay as they are."""
    with at_desk(ctx) as desk:
        from core import rosters

        worker = _numbered(desk, number)
        rosters.set_hours(desk.session, number, reading.shifts(shift))
    typer.echo(f"{worker.name} has new hours. Whoever waits for a window is asked as soon as one opens.")


@app.command()
def leave(
    ctx: typer.Context,
    number: Number,
    first: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The first day.")],
    last: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The last day.")],
    reason: Annotated[str, typer.Option(help="For staff.")] = "leave",
) -> None:
    """A worker is on leave for some days; their visits in that time are listed, for somebody else."""
    if last < first:
        raise Refused(f"leave that begins on {first:%Y-%m-%d} does not end on {last:%Y-%m-%d}.")
    with at_desk(ctx) as desk:
        from core import rosters

        worker, zone = _numbered(desk, number), desk.company.zone
        begins, ends = first.replace(tzinfo=zone), last.replace(tzinfo=zone) + timedelta(days=1)
        ahead = rosters.leave(desk.session, number, begins, ends, reason)
    typer.echo(f"{worker.name} is on leave from {first:%Y-%m-%d} through {last:%Y-%m-%d}.")
    for visit in ahead:
        starts = visit.starts_at.astimezone(desk.company.zone)
        typer.echo(f"  {visit.reference} on {starts:%Y-%m-%d %H:%M} needs somebody else.")


@app.command()
def back(
    ctx: typer.Context,
    number: Number,
    day: Annotated[
        datetime | None, typer.Argument(formats=["%Y-%m-%d"], help="The first day they are there again.")
    ] = None,
) -> None:
    """A worker is back from leave, from now or from a day on; leave that has not begun then is withdrawn."""
    with at_desk(ctx) as desk:
        from core import rosters

        worker = _numbered(desk, number)
        at = day.replace(tzinfo=desk.company.zone) if day else desk.now
        was_away = rosters.back(desk.session, number, at)
    if not was_away:
        raise Refused(f"{worker.name} is not on leave then.")
    typer.echo(f"{worker.name} is there again. Whoever waits for a window is asked as soon as one opens.")


@app.command()
def dismiss(ctx: typer.Context, number: Number) -> None:
    """Somebody leaves: they are sent to nobody and told nothing more."""
    with at_desk(ctx) as desk:
        from bot import outbox, telling
        from core import team

        worker = _numbered(desk, number)
        ahead = team.dismiss_worker(desk.session, desk.company, worker, desk.now)
        if ahead:
            turn = telling.house_turn(desk.session, desk.company, desk.now)
            telling.staff_of_leaving(turn, worker.name, ahead)
            outbox.pass_on(turn)
    typer.echo(f"{worker.name} works here no more. Whoever wrote from their chats is a customer there now.")
    for visit in ahead:
        starts = visit.starts_at.astimezone(desk.company.zone)
        typer.echo(f"  {visit.reference} on {starts:%Y-%m-%d %H:%M} needs somebody else; staff were told.")


def _called(desk: Desk, who: str) -> "Worker":
    from core import team

    found = team.workers_called(desk.session, who)
    if not found:
        raise Refused(f"no worker is called {who} or has that number. See `menling worker list`.")
    if len(found) > 1:
        numbers = ", ".join(str(one.id) for one in found)
        raise Refused(f"{len(found)} workers are called {who}; say which by number: {numbers}.")
    return found[0]


def _numbered(desk: Desk, number: int) -> "Worker":
    worker = _ever(desk, number)
    if not worker.active:
        raise Refused(f"{worker.name} (worker {number}) has left.")
    return worker


def _ever(desk: Desk, number: int) -> "Worker":
    """Also of those who have left, whose files are kept."""
    from core import workers

    try:
        return workers.worker(desk.session, number)
    except workers.UnknownWorker:
        raise Refused(f"there is no worker {number}. See `menling worker list`.") from None
