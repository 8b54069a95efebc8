"""Where the files that people send are kept: a folder, or a bucket of anything that speaks S3."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, unquote

from pydantic import AfterValidator, SecretStr

SCHEME = "s3://"
REGION = "us-east-1"
"""What most stores of one's own call their only region."""
EXAMPLE = f"{SCHEME}KEY:SECRET@host:port/bucket/prefix?region={REGION}&secure=1&style=path"

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
_REGION = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, or what lies below `prefix` in it, and the keys to it, which are never shown."""

    host: str
    """With its port, if it is not the usual one."""
    name: str
    prefix: str
    region: str
    secure: bool
    """Whether by https."""
    hosted: bool
    """Whether the bucket's name stands before the host's, not in the path."""
    key: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def endpoint(self) -> str:
        """The address that the names of objects are appended to."""
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.name}.{self.host}" if self.hosted else f"{scheme}://{self.host}"

    def __str__(self) -> str:
        below = f"/{self.prefix}" if self.prefix else ""
        return f"{self.name}{below} on {self.host}"


def place(setting: str) -> Path | Bucket:
    """What `MENLING_MEDIA_STORE` means. Raises ValueError."""
    if setting.startswith(SCHEME):
        return _bucket(setting.removeprefix(SCHEME))
    folder = Path(setting)
    if "://" in setting or (folder.exists() and not folder.is_dir()):
        raise ValueError
    return folder


def _bucket(rest: str) -> Bucket:
    """Secrets may hold `/` and `+`, so the last `@` is what ends them; `%40` and its like are understood."""
    keys, at, rest = rest.rpartition("@")
    key, colon, secret = keys.partition(":")
    path, _, query = rest.partition("?")
    host, _, path = path.partition("/")
    name, _, prefix = path.rstrip("/").partition("/")
    options = _options(query)
    if not (
        at
        and colon
        and key
        and secret
        and _HOST.fullmatch(host)
        and int(host.partition(":")[2] or 1) in range(1, 65536)
    ):
        raise ValueError
    if not (_BUCKET.fullmatch(name) and (not prefix or _PREFIX.fullmatch(prefix))):
        raise ValueError
    return Bucket(
        host=host,
        name=name,
        prefix=prefix,
        region=options["region"],
        secure=options["secure"] == "1",
        hosted=options["style"] == "host",
        key=unquote(key),
        secret=unquote(secret),
    )


def _options(query: str) -> dict[str, str]:
    given = dict(parse_qsl(query, keep_blank_values=True))
    options = {"region": REGION, "secure": "1", "style": "path"} | given
    known = len(options) == 3 and options["secure"] in ("0", "1") and options["style"] in ("path", "host")
    if not (known and _REGION.fullmatch(options["region"])):
        raise ValueError
    return options


def _checked(setting: SecretStr) -> SecretStr:
    place(setting.get_secret_value())
    return setting


MediaStore = Annotated[SecretStr, AfterValidator(_checked)]
"""What `place` understands."""
