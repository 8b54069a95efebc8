"""The year as a file: one line for each message that a customer got, for whoever wants to read them all."""

import csv
import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from channels.demoyear.account import Told
from channels.demoyear.year import Lived

HEAD = ("when", "carried", "their clock", "customer", "channel", "class", "about", "why", "message")


def write(lived: Lived, path: Path, zone: ZoneInfo) -> None:
    """As a page if the name ends with .html, else as CSV; times are those of `zone`. Raises OSError."""
    if path.suffix in (".html", ".htm"):
        path.write_text("\n".join(_page(lived, zone)), encoding="utf-8")
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheets know UTF-8 by its mark
        rows = csv.writer(file)
        rows.writerow(HEAD)
        rows.writerows(_row(one, zone) for one in lived.told)


def _row(one: Told, zone: ZoneInfo) -> Sequence[str]:
    why = f"{one.why} [{one.key}]" if one.key else one.why
    return (
        f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{one.carried.astimezone(zone):%Y-%m-%d %H:%M}" if one.carried else "never",
        f"{one.at.astimezone(ZoneInfo(one.zone)):%H:%M} {one.zone}",
        str(one.customer_id),
        one.peer.channel,
        one.kind.value,
        one.about,
        why,
        one.body,
    )


def _page(lived: Lived, zone: ZoneInfo) -> Iterator[str]:
    yield '<!doctype html><meta charset="utf-8"><title>A year of messages</title>'
    yield "<style>body{font:14px sans-serif}td{padding:2px 8px;vertical-align:top}tr:nth-child(even)"
    yield "{background:#f4f4f4}.wrong{color:#b00}</style><h1>A year of messages</h1>"
    if lived.wrong:
        yield f"<h2>{len(lived.wrong)} things do not hold</h2><ul class=wrong>"
        yield from (f"<li>{html.escape(line)}</li>" for line in lived.wrong)
        yield "</ul>"
    else:
        yield "<p>Everything holds.</p>"
    yield "<table>" + _line(HEAD, "th")
    yield from (_line(_row(one, zone), "td") for one in lived.told)
    yield "</table>"


def _line(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(one)}</{tag}>" for one in cells) + "</tr>"
