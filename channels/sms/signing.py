"""How Aliyun knows that a request is ours: its ACS3-HMAC-SHA256 signature.

https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


def query(params: Mapping[str, str]) -> str:
    """Parameters as they are sent and as they are signed: sorted, with everything unusual encoded."""
    return "&".join(f"{_plain(name)}={_plain(params[name])}" for name in sorted(params))


def headers(
    key_id: str, secret: str, *, host: str, action: str, version: str, query: str, nonce: str, now: datetime
) -> dict[str, str]:
    """The headers of a POST without a body to `/`. `now` is aware, `nonce` never the same."""
    given = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    signed = ";".join(sorted(given))
    lines = "".join(f"{name}:{given[name].strip()}\n" for name in sorted(given))
    request = "\n".join(["POST", "/", query, lines, signed, given["x-acs-content-sha256"]])
    digest = hashlib.sha256(request.encode()).hexdigest()
    signature = hmac.digest(secret.encode(), f"{ALGORITHM}\n{digest}".encode(), "sha256").hex()
    given["authorization"] = f"{ALGORITHM} Credential={key_id},SignedHeaders={signed},Signature={signature}"
    return given


def _plain(text: str) -> str:
    return quote(text, safe="-_.~")
