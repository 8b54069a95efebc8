"""What single settings may look like."""

import re
import shlex
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, SecretStr

SHORTEST_KEY = 16
VAULT_KEY = r"[A-Za-z0-9_-]{43}="

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (
        KeyError,
        ValueError,
        OSError,
    ) as unknown:  # a folder or a path outside is an OSError or ValueError
        raise ValueError from unknown
    return name


def _language(tag: str) -> str:
    if not _LANGUAGE_TAG.fullmatch(tag):
        raise ValueError
    return tag


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/")


def _folder(path: Path) -> Path:
    if path.exists() and not path.is_dir():
        raise ValueError
    return path


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < SHORTEST_KEY:
        raise ValueError
    return key


def _vault_keys(keys: SecretStr) -> SecretStr:
    given = [key.strip() for key in keys.get_secret_value().split(",")]
    if not all(re.fullmatch(VAULT_KEY, key) for key in given):
        raise ValueError
    return keys


def shaped(pattern: str) -> AfterValidator:
    """A secret of that form, from its beginning to its end."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError
        return secret

    return AfterValidator(check)


def _wechat_app_id(id: str) -> str:
    if not re.fullmatch(r"wx[0-9A-Za-z]{4,30}", id):
        raise ValueError
    return id


def _command(line: str) -> str:
    if not shlex.split(line):
        raise ValueError
    return line


def is_local(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


ZoneName = Annotated[str, AfterValidator(_zone)]
LanguageTag = Annotated[str, AfterValidator(_language)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
"""Without the slash at its end."""
Folder = Annotated[Path, AfterValidator(_folder)]
"""Which need not exist."""
SecretKey = Annotated[SecretStr, AfterValidator(_long_enough)]
VaultKeys = Annotated[SecretStr, AfterValidator(_vault_keys)]
CommandLine = Annotated[str, AfterValidator(_command)]
AppId = Annotated[str, AfterValidator(_wechat_app_id)]
