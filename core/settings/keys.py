"""The secret key of an installation that was given none: made once, kept in its data folder."""

import os
import secrets
import tempfile
from pathlib import Path

from core.settings.problems import PREFIX, Problem, SettingsInvalid
from core.settings.shapes import SHORTEST_KEY


def kept_key(folder: Path) -> str:
    """The key in this folder. Raises SettingsInvalid when it cannot be made or read there."""
    file = folder / "secret.key"
    try:
        if not file.exists():
            _make_key(file)
        key = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as failed:
        raise SettingsInvalid(
            Problem(
                f"{PREFIX}DATA_DIR",
                f"is {str(folder)!r}, where {file.name} cannot be kept ({failed})",
                f"Let the program write there, or set {PREFIX}SECRET_KEY.",
            )
        ) from failed
    if len(key) < SHORTEST_KEY:
        raise SettingsInvalid(
            Problem(
                f"{PREFIX}SECRET_KEY", f"is not set, and {file} holds no key", "Set it, or remove that file."
            )
        )
    return key


def _make_key(file: Path) -> None:
    # A hard link appears with all its content or not at all, and never replaces: of two processes that
    # start at once, both read the key of the first.
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as key:
            key.write(secrets.token_urlsafe(32))
            key.flush()
            os.fsync(key.fileno())
        os.link(unfinished, file)
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink()
