"""How Aliyun knows that a request is ours: its ACS3-HMAC-SHA256 signature.

https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


def query(params: Mapping[str, str]) -> str:
    """Parameters as they are sent and as they are signed: sorted, with everything unusual encoded."""
    return "&".join(f"{_plain(name)}={_plain(params[name])}" for name in sorted(params))


def headers(
    key_id: str, secret: str, *, host: str, action: str, version: str, query: str, nonce: str, now: datetime
) -> dict[str, str]:
    """The headers of a POST without a body to `/`. `now` is aware, `nonce` never the same.

    These are all that may be sent of `host`, `content-type` and `x-acs-…`: each of them has to be signed.
    """
    given = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    signed = ";".join(sorted(given))
    text = f"{ALGORITHM}\n{digest(query, given, signed)}"
    signature = hmac.digest(secret.encode(), text.encode(), "sha256").hex()
    given["authorization"] = f"{ALGORITHM} Credential={key_id},SignedHeaders={signed},Signature={signature}"
    return given


def digest(query: str, headers: Mapping[str, str], signed: str) -> str:
    """What stands for a POST without a body to `/` in its signature; `signed` are the headers' names."""
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in signed.split(";"))
    request = "\n".join(["POST", "/", query, lines, signed, headers["x-acs-content-sha256"]])
    return hashlib.sha256(request.encode()).hexdigest()


def _plain(text: str) -> str:
    return quote(text, safe="-_.~")
