"""AWS Signature Version 4, as a server checks it."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"
MUST_BE_SIGNED = {"host", "x-amz-date", "x-amz-content-sha256"}
MOST_APART = timedelta(minutes=15)
_HEADER = re.compile(
    ALGORITHM + r" Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request,"
    r" ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)


class Wrong(Exception):
    """A request that is refused, with the code the platform gives for it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def check(
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    secret_of: Callable[[str], str | None],
    region: str,
    now: datetime,
) -> None:
    """Raises `Wrong` unless this was signed with a secret we know, for this region, just now, as it stands.

    Names of headers are in small letters.
    """
    found = _HEADER.fullmatch(headers.get("authorization", ""))
    if found is None:
        raise Wrong(403, "AccessDenied")
    key, day, given_region, service, signed, signature = found.groups()
    if (secret := secret_of(key)) is None:
        raise Wrong(403, "InvalidAccessKeyId")
    at = headers.get("x-amz-date", "")
    if (given_region, service) != (region, "s3") or not at.startswith(day):
        raise Wrong(400, "AuthorizationHeaderMalformed")
    if abs(datetime.strptime(at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) - now) > MOST_APART:
        raise Wrong(403, "RequestTimeTooSkewed")
    if headers.get("x-amz-content-sha256") != hashlib.sha256(body).hexdigest():
        raise Wrong(400, "XAmzContentSHA256Mismatch")
    names = signed.split(";")
    if not set(names) >= MUST_BE_SIGNED:
        raise Wrong(403, "AccessDenied")
    expected = sign(method, target, headers, names, secret=secret, region=region)
    if not hmac.compare_digest(expected, signature):
        raise Wrong(403, "SignatureDoesNotMatch")


def sign(
    method: str, target: str, headers: Mapping[str, str], names: list[str], *, secret: str, region: str
) -> str:
    """The signature of a request over these of its headers."""
    url = urlsplit(target)
    query = sorted(parse_qsl(url.query, keep_blank_values=True))
    canonical = "\n".join(
        [
            method,
            quote(unquote(url.path), safe="/-_.~"),
            "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in query),
            *(f"{name}:{' '.join(headers.get(name, '').split())}" for name in names),
            "",
            ";".join(names),
            headers["x-amz-content-sha256"],
        ]
    )
    at = headers["x-amz-date"]
    scope = f"{at[:8]}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, "\n".join([ALGORITHM, at, scope, digest]).encode(), "sha256").hex()


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")
