"""`menling customers`: lists of customers in and out, as CSV or XLSX, tried before anything is changed."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from channels.people.desk import at_desk
from channels.refusing import Refused

if TYPE_CHECKING:
    from core.listing import Report

customers = typer.Typer(help="Customers as a list.", no_args_is_help=True)
SHOWN = 50
FORMULA = re.compile(r"[=@+\t-]")
"""What a spreadsheet would take for a formula begins so; `export` puts a quote before it."""


@customers.command("import")
def take(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="A CSV (UTF-8) or XLSX file; its first line names the columns.")
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help="Change the database; all of it or nothing.")
    ] = False,
    skip: Annotated[
        bool, typer.Option("--skip", help="Leave refused lines out, and apply the rest.")
    ] = False,
) -> None:
    """Say what a list of customers would change; with --apply, change it."""
    with at_desk(ctx) as desk:
        from core import listing

        country = desk.company.country
        try:
            lines = _lines(file, country)
            report = listing.take(desk.session, desk.company, lines, apply=apply, now=desk.now)
        except listing.NotAList as no:
            raise Refused(f"{file}: {no}.") from None
        except (OSError, UnicodeDecodeError, csv.Error) as failed:
            raise Refused(f"{file} cannot be read: {failed}.") from None
        for line in _told(report):
            typer.echo(line)
        if apply and report.refused and not skip:
            raise Refused("nothing was changed. Correct these lines, or leave them out with --skip.")
    typer.echo("Done." if apply else "Nothing was changed; --apply does it.")


def _told(report: "Report") -> Iterator[str]:
    yield f"{report.new} new, {report.updated} changed, {report.same} as they are, {report.refused} refused"
    yield from (f"  line {number}: {why}" for number, why in report.reasons[:SHOWN])
    if report.refused > SHOWN:
        yield f"  … and {report.refused - SHOWN} more"


def _lines(file: Path, country: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a file by their numbers, phones as the database writes them. Raises NotAList."""
    from bot.readers import phones
    from core import listing

    sheet = _xlsx(file) if file.suffix.lower() == ".xlsx" else _csv(file)
    columns = [cell.strip().lower() for cell in next(sheet, [])]
    listing.check_columns(columns)
    for number, cells in enumerate(sheet, 2):
        row = dict(zip(columns, cells, strict=False))
        if any(cell.strip() for cell in row.values()):
            phone = phones.read(row["phone"], country) if row.get("phone") else None
            yield number, {**row, "phone": phone if isinstance(phone, str) else row.get("phone", "")}


def _csv(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(lines):
            yield [cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in row]


def _xlsx(file: Path) -> Iterator[list[str]]:
    """The first sheet, row by row, so that a large one does not stand in memory."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as failed:
        raise Refused(f"{file} is no XLSX file ({failed}).") from None
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: object) -> str:
    """A cell as it reads: numbers without the point that Excel gives them, days as 2026-11-23."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


@customers.command("export")
def give(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file, made anew.")],
    rank: Annotated[
        Literal["clerk", "lead", "manager", "finance"] | None,
        typer.Option("--as", help="Only what this rank may see; everything unless said."),
    ] = None,
) -> None:
    """Write all customers into a CSV file that `import` reads. Only the owner may read the file."""
    count = 0
    with at_desk(ctx) as desk:
        from core import listing, rights
        from core.staff import Rank

        sees = rights.sees_fact(Rank(rank) if rank else None, "allergy")
        columns = [name for name in listing.COLUMNS if sees or name != "allergy"]
        try:
            file.touch(mode=0o600, exist_ok=False)
            with file.open("w", encoding="utf-8-sig", newline="") as lines:
                writer = csv.DictWriter(lines, columns, extrasaction="ignore")
                writer.writeheader()
                for row in listing.rows(desk.session, desk.company):
                    writer.writerow({name: _harmless(value) for name, value in row.items()})
                    count += 1
        except FileExistsError:
            raise Refused(f"{file} is there already.") from None
        except OSError as failed:
            raise Refused(f"{file} cannot be written: {failed.strerror}.") from None
    typer.echo(f"{count} customers are in {file}.")


def _harmless(value: str) -> str:
    """Not a formula to a spreadsheet, whatever somebody called themselves; numbers stay as they are."""
    return f"'{value}" if FORMULA.match(value) and not value.removeprefix("+").isdecimal() else value
