"""What the program itself needs: its Python, its key, its folder."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from channels.doctor.findings import Finding, ok, problem, warning
from core.settings import Settings, SettingsInvalid

LEAST_PYTHON = (3, 11)
LEAST_SPACE = 200 * 1024 * 1024
TIGHT_SPACE = 1024 * 1024 * 1024


def python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < LEAST_PYTHON:
        return problem("Python", version, "Install Python 3.11 or newer.")
    return ok("Python", version)


def secret_key(chosen: Settings) -> Finding:
    """Whether visitors will be recognised again, and by nobody else."""
    if chosen.given_secret_key:
        return ok("secret key", "set by MENLING_SECRET_KEY")
    file = chosen.data_dir / "secret.key"
    if not file.exists():
        return ok("secret key", f"not made yet; `menling serve` makes {file}")
    try:
        chosen.secret_key  # noqa: B018 - reading it is what checks it
    except SettingsInvalid as wrong:
        return problem("secret key", str(wrong), "Correct it: without it nobody can be recognised.")
    if file.stat().st_mode & 0o077:
        return warning("secret key", f"others on this machine can read {file}", f"Run `chmod 600 {file}`.")
    return ok("secret key", f"kept in {file}")


def folder(folder: Path) -> Iterator[Finding]:
    """Whether it can be written to, and for how long."""
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as failed:
        yield problem(
            "data folder", f"{folder} cannot be written to: {failed.strerror}", "Give the program the right."
        )
        return
    free = shutil.disk_usage(existing).free
    left = f"{folder}, {free // (1024 * 1024):,} MiB free"
    if free < LEAST_SPACE:
        yield problem("data folder", left, "Make room now: a full disk stops every conversation.")
    elif free < TIGHT_SPACE:
        yield warning("data folder", left, "Make room soon.")
    else:
        yield ok("data folder", left)
