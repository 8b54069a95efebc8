"""The command `menling demo-year`: live through a year, and say whether all that was told was decent."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

First = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; tomorrow if not given."),
]
Days = Annotated[int, typer.Option(min=5, max=730, help="How many days.")]
Seed = Annotated[int, typer.Option(help="The same number makes the same people do the same.")]
Homes = Annotated[int, typer.Option("--households", min=1, max=90, help="How many households.")]
To = Annotated[
    Path | None,
    typer.Option("--to", help="Where every message is listed with its reason: a .csv or .html file."),
]


def demo_year(
    first: First = None, days: Days = 365, seed: Seed = 8, homes: Homes = 60, to: To = None
) -> None:
    """Live through a year of the demo company by a false clock, with outages of the process and of channels.

    It plays in a database of its own that is thrown away, and takes some minutes. Ends with 1 if something
    was said in quiet hours, over a cap, twice, or when it was not true any more, or if something due was
    forgotten.
    """
    import logging
    import sys
    from datetime import timedelta

    from channels import logbook
    from channels.demoday.day import own_database
    from channels.demoyear import report, year
    from channels.refusing import Refused
    from core import clock, company

    logbook.keep(sys.stderr, level=logging.ERROR)
    house = company.load()
    began = first.date() if first else clock.today(house.zone) + timedelta(days=1)
    with own_database() as engine:
        lived = year.live(engine, house, began, days, seed=seed, homes=homes, progress=_tell)
    for what, count in lived.summary.items():
        typer.echo(f"{count:6}  {what}")
    if to is not None:
        try:
            report.write(lived, to, house.zone)
        except OSError as failed:
            raise Refused(f"the messages cannot be listed in {to}: {failed.strerror}.") from None
        typer.echo(f"{len(lived.told)} messages are listed in {to}.")
    for line in lived.wrong:
        typer.echo(f"wrong: {line}", err=True)
    if lived.wrong:
        raise SystemExit(1)
    typer.echo(
        "Nobody was told anything at a bad hour, over a cap, twice, or when it was not true any more,\n"
        "and nothing that was due was forgotten."
    )


def _tell(day: date, said: int) -> None:
    typer.echo(f"{day}: {said} messages so far")
