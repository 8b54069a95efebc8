"""What we keep of somebody, as they can read it: the short list in the chat, and the file they take along."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.flow import Turn
from bot.texts import Money
from core.catalogue import UnknownService
from core.privacy.exporting import Kept

Row = Mapping[str, Any]  # Any: a column as JSON has it
TEXT, JSON_FILE = "my-data.txt", "my-data.json"
SHOWN = {
    "customer": ("name", "phone", "language", "joined_at"),
    "address": ("line", "detail", "size_m2", "access_note"),
    "home_profile": ("pets", "elderly", "infants", "allergy", "worker_gender"),
    "consent": ("given_at", "purpose", "subject", "withdrawn_at"),
    "visit": ("starts_at", "reference", "service_code", "address_line", "total", "status", "note"),
    "payment": ("due_at", "amount", "paid_at"),
    "rating": ("rated_at", "stars", "words"),
    "complaint": ("opened_at", "id", "words", "status", "outcome"),
    "compensation": ("granted_at", "kind", "amount", "settled_at"),
    "handoff": ("asked_at", "words"),
    "message": ("created_at", "direction", "body"),
}
"""What of each table a person reads at a glance; the JSON holds all of it."""
MONEY = frozenset({"total", "fee"})


def archive(turn: Turn, kept: Kept) -> bytes:
    """The file to take along: the same once to be read and once for programs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(TEXT, "\ufeff" + readable(turn, kept))  # so that Windows' editor sees that it is UTF-8
        file.writestr(JSON_FILE, json.dumps(kept, ensure_ascii=False, indent=2))
    return made.getvalue()


def readable(turn: Turn, kept: Kept, *, talks: bool = True) -> str:
    """Everything worth reading, section by section; without what was said where that is left out."""
    lines = [turn.text("data-file-title", company=turn.company.name, at=turn.now)]
    for name, columns in SHOWN.items():
        if name in kept and (talks or name != "message"):
            lines += ["", f"【{turn.text(f'data-part-{name}')}】", *_rows(turn, kept[name], columns)]
    rest = sorted(set(kept) - set(SHOWN))
    if rest and talks:
        lines += ["", turn.text("data-file-rest", file=JSON_FILE, count=len(rest))]
    return "\n".join(lines)


def _rows(turn: Turn, rows: Sequence[Row], columns: Sequence[str]) -> Iterator[str]:
    for row in rows:
        said = [_value(turn, name, row[name]) for name in columns if row.get(name) not in (None, "")]
        if any(said):
            yield "- " + turn.text("data-mark").join(one for one in said if one)


def _value(turn: Turn, name: str, value: object) -> str:
    match value:
        case bool():
            return turn.text(f"home-{name}") if value else ""
        case int() if name in MONEY:
            return turn.text("value-said", value=Money(value))
        case str() if name.endswith("_at") or name == "at":
            return turn.text("value-said", value=turn.local(datetime.fromisoformat(value)))
        case str() if name == "service_code":
            return _service(turn, value)
        case str() if name == "status" and turn.has(key := f"status-{value.replace('_', '-')}"):
            return turn.text(key)
        case str() if name in ("purpose", "direction"):
            return turn.text(f"data-{name}-{value}")
    return str(value)


def _service(turn: Turn, code: str) -> str:
    try:
        return turn.company.service(code).name.get(turn.language)
    except UnknownService:
        return code
