"""The ids we give to messages: the same when one is sent again, and never those of another message."""

import hashlib
import re

LONGEST = 32
_OURS = re.compile(r"([0-9a-f]{6})-(\d+)-")


def made(mark: str, key: str, user: str, content: str) -> str:
    """The id of one message: what the database is marked by, its row and part (`key`), and what it says.

    After a database was made anew, or an old copy of it put back, rows are counted as before; the mark and
    the digest keep the platform from taking a new message for an old one.
    """
    head = f"{mark}-{key}-"
    return (
        head
        + hashlib.sha256(f"{user}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()[
            : LONGEST - len(head)
        ]
    )


def row(mark: str, msgid: str) -> int | None:
    """The row of the message that an id belongs to; None for an id of another database."""
    found = _OURS.match(msgid)
    return int(found[2]) if found and found[1] == mark else None
