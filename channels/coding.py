"""What may be said with `menling channels wechat --qr-code`; `channels.wechat.codes` does the work."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.settings import Settings

Scene = Annotated[
    str | None, typer.Option(metavar="SCENE", help="Make a code to be scanned, such as booking.")
]
Days = Annotated[int, typer.Option(help="How many days the code is good, 30 at most.")]
Permanent = Annotated[bool, typer.Option("--permanent", help="The code is good for ever.")]
Drawing = Annotated[Path | None, typer.Option(help="Draw the code into this .png or .svg file.")]

DAYS = 30


def code(
    settings: "Settings",
    database: "Callable[[Settings], AbstractContextManager[Engine]]",
    scene: str,
    days: int,
    permanent: bool,
    file: Path | None,
) -> list[str]:
    """Have a code made for a scene; the lines to be printed. Raises `channels.refusing.Refused`."""
    import asyncio

    from channels.wechat import codes

    with database(settings) as engine:
        return asyncio.run(codes.make(settings, engine, scene, days=None if permanent else days, file=file))
