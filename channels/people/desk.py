"""What every command about people works on, the code it hands out, and how that is printed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from core.company import Company
    from core.invitations import Invited
    from core.settings import Settings

Opened = Callable[[], "AbstractContextManager[tuple[Settings, Engine, Company]]"]
"""Opens what the settings name; a command's `ctx.obj`."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One command: its transaction, whose company it is, and when."""

    session: "Session"
    settings: "Settings"
    company: "Company"
    now: datetime


@contextmanager
def at_desk(ctx: typer.Context) -> Iterator[Desk]:
    """One transaction for one command: done whole, or not at all when it is refused."""
    from core import clock
    from core.database import transaction

    opened: Opened = ctx.obj
    with opened() as (settings, engine, company), transaction(engine) as session:
        yield Desk(session, settings, company, clock.now())


def print_invitation(desk: Desk, who: str, invited: "Invited") -> None:
    """The code, until when, and the links that carry the same. After the transaction: platforms are asked."""
    from core import invitations

    until = invited.until.astimezone(desk.company.zone)
    typer.echo(f"{who} can join with this code, once, until {until:%Y-%m-%d %H:%M}:")
    typer.echo(f"  {invitations.shown(invited.code)}")
    typer.echo("They send it in any chat with us. Links that carry the same:")
    for line in _links(desk.settings, f"joining_{invited.token}"):
        typer.echo(f"  {line}")


def _links(settings: "Settings", start: str) -> Iterator[str]:
    if settings.telegram_token is None:
        yield "telegram  off (MENLING_TELEGRAM_TOKEN is not set)"
    elif (name := _name_on_telegram(settings)) is None:
        yield "telegram  no link, as the platform did not answer; the code does as well there"
    else:
        yield f"telegram  https://t.me/{name}?start={start}"
    if settings.public_url:
        yield f"web page  {settings.public_url.rstrip('/')}/?link={start}"
    else:
        yield "web page  no link (MENLING_PUBLIC_URL is not set)"


def _name_on_telegram(settings: "Settings") -> str | None:
    import asyncio

    from channels.telegram import channel

    return asyncio.run(channel.name(settings))
