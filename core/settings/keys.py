"""The keys of an installation that was given none: made once, kept in its data folder."""

import os
import re
import secrets
import tempfile
from pathlib import Path

from core.settings.problems import PREFIX, Problem, SettingsInvalid
from core.settings.shapes import SHORTEST_KEY, VAULT_KEY


def kept_key(folder: Path) -> str:
    """The key in this folder. Raises SettingsInvalid when it cannot be made or read there."""
    file = folder / "secret.key"
    try:
        if not file.exists():
            _make_key(file, secrets.token_urlsafe(32))
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


def vault_file(folder: Path) -> Path:
    """Where the key lies that what is sealed in the database is sealed with."""
    return folder / "vault.key"


def vault_keys(folder: Path) -> tuple[str, ...]:
    """The keys in this folder, the first of which seals; () while there is none. Raises SettingsInvalid."""
    file = vault_file(folder)
    try:
        kept = file.read_text("ascii").split() if file.exists() else []
    except (OSError, UnicodeDecodeError) as failed:
        raise SettingsInvalid(
            Problem(f"{PREFIX}DATA_DIR", f"holds {file}, which cannot be read ({failed})", "Let the program.")
        ) from failed
    if any(not re.fullmatch(VAULT_KEY, key) for key in kept):
        advice = f"Put back the file as it was, or set {PREFIX}SECRET_KEYS."
        raise SettingsInvalid(Problem(f"{PREFIX}DATA_DIR", f"holds {file}, which is no key", advice))
    return tuple(kept)


def make_vault_key(folder: Path) -> tuple[str, ...]:
    """The first key, unless another process was faster. Raises SettingsInvalid."""
    try:
        _make_key(vault_file(folder), f"{secrets.token_urlsafe(32)}=")
    except OSError as failed:
        found = f"is {str(folder)!r}, where {vault_file(folder).name} cannot be kept ({failed})"
        advice = f"Let the program write there, or set {PREFIX}SECRET_KEYS."
        raise SettingsInvalid(Problem(f"{PREFIX}DATA_DIR", found, advice)) from failed
    return vault_keys(folder)


def _make_key(file: Path, made: str) -> None:
    # A hard link appears with all its content or not at all, and never replaces: of two processes that
    # start at once, both read the key of the first.
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as key:
            key.write(made)
            key.flush()
            os.fsync(key.fileno())
        os.link(unfinished, file)
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink()
