"""What the program itself needs: its Python, its key, its folder."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from channels import stores
from channels.doctor.findings import Finding, ok, problem, warning
from core import media
from core.media import StoreFailed
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
    if make_url(chosen.database_url).get_backend_name() != "sqlite":
        return warning(
            "secret key",
            f"each machine makes its own ({file}), and visitors of one are strangers to the others",
            "Set MENLING_SECRET_KEY, the same for every process.",
        )
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
    existing = _existing(folder)
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


def store(chosen: Settings) -> Finding:
    """Whether files can be kept there, seen again and deleted: a few bytes are, to find out."""
    place = chosen.media_place
    if isinstance(place, Path) and not place.exists() and os.access(_existing(place), os.W_OK):
        return ok("media store", f"{place}, made when the first picture comes")
    advice = "Correct MENLING_MEDIA_STORE, or mend the store: pictures people send cannot be kept."
    try:
        media.probe(stores.of(chosen))
    except StoreFailed as failed:
        return problem("media store", f"{place}: {failed}", advice)
    return ok("media store", f"{place}: puts, gets and deletes")


def address(chosen: Settings) -> Finding:
    """Whether what people write travels unread by others."""
    url = chosen.public_url
    if url is None:
        if _is_loopback(chosen.host):
            return ok("address", "only this machine, as far as we know (no MENLING_PUBLIC_URL)")
        return warning(
            "address",
            f"MENLING_HOST is {chosen.host}, and no MENLING_PUBLIC_URL is set",
            "Put a proxy with https in front, and set MENLING_PUBLIC_URL to its address.",
        )
    parts = urlsplit(url)
    if parts.scheme == "https" or _is_loopback(parts.hostname or ""):
        return ok("address", url)
    return warning(
        "address",
        f"{url} is not https: what people write can be read on its way, and cookies stolen",
        "Put a proxy with https in front, and set MENLING_PUBLIC_URL to its address.",
    )


def telegram(chosen: Settings) -> Finding:
    """Whether its settings make sense together; each for itself was checked when they were read."""
    if chosen.telegram_token is None:
        if chosen.telegram_staff_chat is None:
            return ok("Telegram", "off, as MENLING_TELEGRAM_TOKEN is not set")
        return warning(
            "Telegram",
            "there is a staff chat and no token, so nobody in it hears anything",
            "Set MENLING_TELEGRAM_TOKEN, or take MENLING_TELEGRAM_STAFF_CHAT away.",
        )
    if chosen.telegram_staff_chat is not None and chosen.telegram_staff_chat >= 0:
        return warning(
            "Telegram",
            "MENLING_TELEGRAM_STAFF_CHAT is the number of a person; those of groups begin with -",
            "Set it to the number of the group, such as -1001234567890.",
        )
    return ok("Telegram", f"by {chosen.telegram_mode}")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
