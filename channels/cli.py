"""The program `menling`: serve, talk, seed, migrate, and a look at what is configured and how it is doing."""

import contextlib
import gc
import logging
import os
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from channels import coding, unlocking
from channels.demoday import command as day_command
from channels.demoyear import command as year_command
from channels.people import commands as desk_commands
from channels.refusing import Refused

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.company import Company
    from core.settings import Settings

# What a command needs is imported inside it, so that `menling --help` answers at once.

LARGEST_FRAME = 4 * 1024 * 1024
"""Bytes in one message of the web chat's socket: above what the page accepts, so that a frame
that is too large is refused with a reason and not cut off. Photos do not travel by it."""

app = typer.Typer(
    name="menling",
    help="The chat front door of a home-service company.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the program: 0 when all went well, 1 when it could not, 2 when it was called wrongly."""
    try:
        app()
    except Refused as no:
        typer.echo(f"menling: {no}", err=True)
        raise SystemExit(1) from None


@app.command()
def serve() -> None:
    """Run the service: the web chat, delivery and everything that happens by the clock."""
    gc.disable()  # until all is loaded: that stays, and going through it took a seventh of the start
    settings = _settings()
    company = _company(settings)
    with _database(settings) as engine:
        if settings.demo:
            typer.echo(_plant_if_empty(engine, company))
            company = company if settings.company_file else company.at_any_hour()
        with _listen(settings.host, settings.port) as listening:
            _run(settings, engine, company, listening)


@app.command()
def talk(
    language: Annotated[
        str | None, typer.Option(help="The language to be spoken to in: zh-CN or en.")
    ] = None,
    who: Annotated[str, typer.Option("--as", help="Under which name the bot knows you.")] = "me",
    save: Annotated[Path | None, typer.Option(help="Write the talk to this file as a transcript.")] = None,
) -> None:
    """Hold a conversation with the bot here in the terminal."""
    settings = _settings()
    company = _company(settings)
    from bot import texts
    from bot.turn import Bot
    from channels import console, logbook

    spoken = texts.closest(language or company.languages[0])
    if spoken is None:
        raise Refused(f"nobody here speaks {language}; there are {', '.join(texts.languages())}.")
    logbook.keep(sys.stderr, level=logging.WARNING)  # a line for every turn would stand between the turns
    with _database(settings) as engine:
        if settings.demo:
            typer.echo(_plant_if_empty(engine, company))
        if language:
            console.speak(engine, who, spoken)
        held = console.Talk(Bot(engine, company), who=who, language=spoken, write=typer.echo)
        try:
            held.hold(console.typed(typer.echo), save=save)
        except KeyboardInterrupt:
            typer.echo()
        except OSError as failed:
            raise Refused(f"the talk cannot be kept in {save}: {failed.strerror}.") from failed


@app.command()
def seed(
    force: Annotated[
        bool, typer.Option(help="Also into a database that has real customers. Think twice.")
    ] = False,
) -> None:
    """Put the demo company's people and visits into the database. Doing it again changes nothing."""
    settings = _settings()
    company = _company(settings)
    from core import clock
    from core.seed import NotTheDemoCompany, RealCustomers, plant

    try:
        with _database(settings) as engine:
            planted = plant(engine, company, now=clock.now(), force=force)
    except RealCustomers:
        raise Refused(
            "this database has real customers, so no invented ones were added."
            " Use another MENLING_DATABASE_URL, or --force if you are sure."
        ) from None
    except NotTheDemoCompany:
        raise Refused(_NOT_DEMO) from None
    if planted is None:
        typer.echo("The demo people are there already; nothing was changed.")
    else:
        typer.echo(
            f"Planted {planted.workers} workers, {planted.customers} customers, {planted.visits} visits."
        )


@app.command()
def migrate(
    down: Annotated[
        str | None, typer.Option(help='Go back to this revision; "base" removes every table.')
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the database is up to date.")
    ] = False,
) -> None:
    """Bring the database's tables to the shape this version needs."""
    settings = _settings()
    from core import migrate as migrations

    with _connected(settings) as engine:
        if check:
            if not migrations.is_current(engine):
                raise Refused("the tables are not those of this version. Run `menling migrate`.")
            typer.echo("The tables are up to date.")
            return
        unlocking.unlock(settings, engine)
        try:
            if down is None:
                migrations.upgrade(engine)
            else:
                migrations.downgrade(engine, down)
        except migrations.UnknownRevision as no:
            raise Refused(f"{no}.") from None
        typer.echo(f"The tables are at revision {migrations.current(engine) or 'base (none)'}.")


@app.command()
def flows(
    diagram: Annotated[bool, typer.Option("--diagram", help="As Mermaid diagrams.")] = False,
    language: Annotated[str, typer.Option(help="Whose words to print.")] = "en",
) -> None:
    """Print every conversation the bot can hold: its questions and words, or its states as diagrams."""
    from bot import diagram as diagrams
    from bot import texts

    spoken = texts.closest(language)
    if spoken is None:
        raise Refused(f"there is no {language}; there are {', '.join(texts.languages())}.")
    typer.echo(diagrams.mermaid() if diagram else diagrams.words(spoken))


@app.command()
def channels(
    only: Annotated[
        Literal["wechat", "email", "sms"] | None, typer.Argument(help="Only of this platform.")
    ] = None,
    publish_menu: Annotated[
        bool, typer.Option("--publish-menu", help="Show the Official Account's menu to everybody.")
    ] = False,
    qr_code: coding.Scene = None,
    days: coding.Days = coding.DAYS,
    permanent: coding.Permanent = False,
    file: coding.Drawing = None,
) -> None:
    """Say on which channels people can reach the bot, and what the platforms say about it."""
    settings = _settings()
    from channels import listing

    if qr_code is not None:
        _say(coding.code(settings, _database, qr_code, days, permanent, file))
        return
    if only in listing.RESORTS:
        _say(listing.RESORTS[only](settings, _connected))
        return
    if only or publish_menu:
        language = _company(settings).languages[0] if publish_menu else None
        _say(listing.of_wechat(settings, _connected, menu_in=language))
        return
    address = settings.public_url or f"http://{_printable(settings.host)}:{settings.port}"
    typer.echo(f"web      on   {address}/")
    typer.echo(
        f"demo     {'on ' if settings.demo else 'off'}  "
        + (f"{address}/demo" if settings.demo else "set MENLING_DEMO=1 to show four phones side by side")
    )
    typer.echo("console  on   menling talk")
    chats = (listing.of_telegram, listing.of_wechat, listing.of_wecom, listing.of_kf)
    for platform in (*chats, *listing.RESORTS.values()):
        _say(platform(settings, _connected))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Check settings, database, company file and calendars; says what is wrong and what to do."""
    from channels import doctor as examination

    findings = examination.examine()
    typer.echo(examination.as_json(findings) if as_json else examination.as_text(findings))
    if any(finding.level is examination.Level.PROBLEM for finding in findings):
        raise SystemExit(1)


@contextlib.contextmanager
def _opened() -> "Iterator[tuple[Settings, Engine, Company]]":
    """What a command about people needs."""
    settings = _settings()
    company = _company(settings)
    with _database(settings) as engine:
        yield settings, engine, company


app.command()(day_command.demo_day)
app.command()(year_command.demo_year)
desk_commands.register(app, _opened)


_NOT_DEMO = (
    "the demo people live in the demo company's areas, and your company file has others."
    " Unset MENLING_COMPANY_FILE to try the demo."
)


def _settings() -> "Settings":
    from core import settings

    try:
        return settings.load()
    except settings.SettingsInvalid as wrong:
        raise Refused("\n  ".join(["some settings are wrong:", *str(wrong).splitlines()])) from None


def _company(settings: "Settings") -> "Company":
    """The company as its file says, in the zone and with the first language that the settings say."""
    from core import company

    try:
        found = company.load(settings.company_file)
    except company.CompanyFileInvalid as wrong:
        raise Refused(str(wrong)) from None
    _lay_wording(settings)
    opened = found.resorts.opened(email_from=settings.email_account, sms_from=settings.sms_account)
    changes: dict[str, object] = {"resorts": opened}
    if settings.timezone:
        changes["timezone"] = settings.timezone
    if settings.language:
        if settings.language not in found.languages:
            spoken = ", ".join(found.languages)
            raise Refused(f"MENLING_LANGUAGE is {settings.language}, but the company speaks {spoken}.")
        others = (tag for tag in found.languages if tag != settings.language)
        changes["languages"] = (settings.language, *others)
    return found.model_copy(update=changes)


def _lay_wording(settings: "Settings") -> None:
    """The company's own wording, where there is a folder `wording` beside its file."""
    from bot import texts

    folder = settings.company_file.parent / "wording" if settings.company_file else None
    if folder is None or not folder.is_dir():
        return
    try:
        texts.overlay(folder)
    except texts.UnknownText as wrong:
        raise Refused(f"The company's own wording cannot be used. {wrong}") from None


@contextlib.contextmanager
def _database(settings: "Settings") -> Iterator["Engine"]:
    """The database with the tables of this version: an SQLite file is migrated, a server is only checked."""
    from core import migrate

    with _connected(settings) as engine:
        unlocking.unlock(settings, engine)
        if not migrate.is_current(engine):
            if engine.dialect.name != "sqlite":
                raise Refused(
                    "the database's tables are not those of this version."
                    " Make a backup, then run `menling migrate`."
                )
            migrate.upgrade(engine)
        unlocking.check(engine)
        yield engine


@contextlib.contextmanager
def _connected(settings: "Settings") -> Iterator["Engine"]:
    """The database as it is. One that cannot be used is the operator's to mend: a sentence, no traceback."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

    from core.database import connect
    from core.migrate import UnknownRevision

    where = make_url(settings.database_url).render_as_string(hide_password=True)
    try:
        engine = connect(settings.database_url)
    except OSError as failed:
        raise Refused(f"the database {where} cannot be used: {failed.strerror or failed}.") from None
    try:
        yield engine
    except UnknownRevision:
        raise Refused(f"the database {where} was made by a newer version of this program.") from None
    except (IntegrityError, ProgrammingError):
        raise  # a mistake of ours, not of the database
    except DBAPIError as failed:
        reason = str(failed.orig).strip().splitlines()[0]
        raise Refused(f"the database {where} cannot be used: {reason}.") from None
    finally:
        engine.dispose()


def _plant_if_empty(engine: "Engine", company: "Company") -> str:
    from core import clock
    from core.seed import NotTheDemoCompany, RealCustomers, plant

    try:
        planted = plant(engine, company, now=clock.now())
    except RealCustomers:
        return "MENLING_DEMO is set, but this database has real customers: no demo people were added."
    except NotTheDemoCompany:
        return f"MENLING_DEMO is set, but {_NOT_DEMO}"
    return f"Planted the demo company: {planted.visits} visits." if planted else "The demo company is ready."


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as failed:
        raise Refused(
            f"nothing can listen on {host}:{port}: {os.strerror(failed.errno or 0)}."
            " Stop what uses it, or set MENLING_PORT (0 takes any free one) or MENLING_HOST."
        ) from None


def _run(settings: "Settings", engine: "Engine", company: "Company", listening: socket.socket) -> None:
    import uvicorn

    from channels import logbook
    from channels.app import make_app
    from channels.metrics import Metrics

    metrics = Metrics(database=engine.dialect.name)
    logbook.keep(sys.stderr, on_error=metrics.failed)
    service = make_app(settings, engine=engine, company=company, metrics=metrics)
    typer.echo(
        f"Menling is at http://{_printable(settings.host)}:{listening.getsockname()[1]}/ (Ctrl-C ends it)"
    )
    config = uvicorn.Config(
        service, access_log=False, log_config=None, lifespan="on", ws_max_size=LARGEST_FRAME
    )
    gc.collect()  # what the start left behind is used again
    # What is loaded by now stays; going through it for garbage would hold every turn up for 70 ms at a time.
    gc.freeze()
    gc.enable()
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _printable(host: str) -> str:
    """A host as it stands in an address that can be clicked."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - only compared; these mean every address of this machine
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
