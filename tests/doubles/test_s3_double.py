"""The stand-in refuses what the platform refuses."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from tests.doubles.s3.signatures import Wrong, check, sign

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"  # noqa: S105
NOTHING = hashlib.sha256(b"").hexdigest()
SIGNED = ["host", "range", "x-amz-content-sha256", "x-amz-date"]
HEADERS = {
    "host": "examplebucket.s3.amazonaws.com",
    "range": "bytes=0-9",
    "x-amz-content-sha256": NOTHING,
    "x-amz-date": "20130524T000000Z",
}
SIGNATURE = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
THEN = datetime(2013, 5, 24, tzinfo=UTC)


def test_the_signature_is_the_one_that_aws_gives_as_its_example() -> None:
    assert sign("GET", "/test.txt", HEADERS, SIGNED, secret=SECRET, region="us-east-1") == SIGNATURE


def checked(
    method: str = "GET",
    target: str = "/test.txt",
    body: bytes = b"",
    now: datetime = THEN,
    region: str = "us-east-1",
    key: str = "ours",
    signed: str = ";".join(SIGNED),
    **headers: str,
) -> None:
    scope = "ours/20130524/us-east-1/s3/aws4_request"
    given = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed}, Signature={SIGNATURE}"
    said = HEADERS | {"authorization": given} | {name.replace("_", "-"): it for name, it in headers.items()}
    check(method, target, said, body, secret_of={key: SECRET}.get, region=region, now=now)


def test_a_request_as_it_was_signed_is_let_in() -> None:
    checked()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"method": "PUT"}, "SignatureDoesNotMatch"),
        ({"target": "/other.txt"}, "SignatureDoesNotMatch"),
        ({"target": "/test.txt?acl="}, "SignatureDoesNotMatch"),
        ({"host": "other"}, "SignatureDoesNotMatch"),
        ({"body": b"x"}, "XAmzContentSHA256Mismatch"),
        ({"now": THEN + timedelta(minutes=16)}, "RequestTimeTooSkewed"),
        ({"region": "eu-west-1"}, "AuthorizationHeaderMalformed"),
        ({"key": "theirs"}, "InvalidAccessKeyId"),
        ({"signed": "host;x-amz-date"}, "AccessDenied"),
        ({"authorization": ""}, "AccessDenied"),
    ],
)
def test_anything_else_is_refused(changed: dict, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        checked(**changed)
    assert wrong.value.code == code
