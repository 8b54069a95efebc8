"""The command `menling demo-day`: hold the day, tell how it went, and whether all that must hold holds."""

from datetime import datetime
from typing import Annotated

import typer

Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to be held; tomorrow if not given.")
]


def demo_day(day: Day = None) -> None:
    """Hold a whole day of the demo company by a false clock: 12 workers, 40 visits, two complaints.

    It plays in a database of its own that is thrown away. Ends with 1 if something does not hold.
    """
    import logging
    import sys

    from channels import logbook
    from channels.demoday import day as days
    from core import clock, company

    logbook.keep(sys.stderr, level=logging.ERROR)
    house = company.load()
    held = days.hold(house, day.date() if day else clock.today(house.zone))
    for what, count in held.summary.items():
        typer.echo(f"{count:5}  {what}")
    for line in held.wrong:
        typer.echo(f"wrong: {line}", err=True)
    if held.wrong:
        raise SystemExit(1)
    typer.echo(
        "Every visit ended, nobody was told too much or at night, and the three views agree.\n"
        "No complaint was without an owner or a next deadline, and what was promised was kept."
    )
