"""A bucket of anything that speaks S3 (MinIO, COS, OSS, AWS) as a store of files."""

import re
from collections.abc import Iterator
from datetime import timedelta

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from core.media import NotStored, Stored, StoreFailed, is_id
from core.settings.storage import Bucket

CONNECT_WITHIN, ANSWER_WITHIN = timedelta(seconds=2), timedelta(seconds=8)
TRIES_AGAIN = 1
"""A store that stumbles is asked once more; whoever sent the file waits."""

_STATUS = re.compile(r"status code: ([0-9]{3} [A-Za-z ]+)")
_CODE = re.compile(r"<Code>([A-Za-z]{1,64})</Code>")
_NO_BUCKET = "NoSuchBucket"


class BucketStore:
    """The objects of one bucket below one prefix; each is named by the id of its file alone."""

    def __init__(
        self, bucket: Bucket, *, connect_within: timedelta = CONNECT_WITHIN, within: timedelta = ANSWER_WITHIN
    ) -> None:
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            config={
                "endpoint": bucket.endpoint,
                "region": bucket.region,
                "access_key_id": bucket.key,
                "secret_access_key": bucket.secret,
                "virtual_hosted_style_request": bucket.hosted,
                "disable_bulk_delete": True,  # not every store has it
            },
            client_options={
                "allow_http": not bucket.secure,
                "connect_timeout": connect_within,
                "timeout": within,
            },
            retry_config={"max_retries": TRIES_AGAIN, "retry_timeout": within},
        )

    def put(self, id: str, data: bytes) -> None:
        """Keep a file, in one request: whole or not at all."""
        try:
            obstore.put(self._store, _named(id), data, use_multipart=False)
        except (BaseError, OSError) as failed:
            raise StoreFailed(_reason(failed)) from None

    def get(self, id: str) -> bytes:
        """All of a file. Raises NotStored."""
        try:
            return bytes(obstore.get(self._store, _named(id)).bytes())
        except FileNotFoundError as gone:
            if _NO_BUCKET in str(gone):
                raise StoreFailed(_reason(gone)) from None
            raise NotStored(id) from None
        except (BaseError, OSError) as failed:
            raise StoreFailed(_reason(failed)) from None

    def delete(self, id: str) -> None:
        """Have it no more."""
        try:
            obstore.delete(self._store, _named(id))
        except (BaseError, OSError) as failed:
            if not isinstance(failed, FileNotFoundError) or _NO_BUCKET in str(failed):
                raise StoreFailed(_reason(failed)) from None

    def every(self) -> Iterator[Stored]:
        """What lies below the prefix under a name of ours."""
        try:
            for page in obstore.list(self._store):
                yield from (Stored(one["path"], one["last_modified"]) for one in page if is_id(one["path"]))
        except (BaseError, OSError) as failed:
            raise StoreFailed(_reason(failed)) from None


def _named(id: str) -> str:
    if not is_id(id):
        raise NotStored(id)
    return id


def _reason(failed: Exception) -> str:
    """What the store answered, in its own word for it. The rest of what the library says may hold keys."""
    text = str(failed)
    status, code = _STATUS.search(text), _CODE.search(text)
    if status is None:
        return "does not answer"
    return f"answered {status[1].strip()}" + (f" ({code[1]})" if code else "")
