"""The commands of an office: complaints, campaigns, coupons, points, records, staff and workers."""

from typing import TYPE_CHECKING

import typer

from channels.people import campaigns, complaints, coupons, points, record, staff, why, worker

if TYPE_CHECKING:
    from channels.people.desk import Opened

GROUPS = {
    "campaign": campaigns.app,
    "coupon": coupons.app,
    "points": points.app,
    "staff": staff.app,
    "worker": worker.app,
}


def register(app: typer.Typer, opened: "Opened") -> None:
    """Put all of them into the program; `opened` gives them settings, database and company when they run."""
    app.command(context_settings={"obj": opened})(complaints.complaints)
    record.register(app, opened)
    why.register(app, opened)
    for name, group in GROUPS.items():
        app.add_typer(group, name=name, context_settings={"obj": opened})
