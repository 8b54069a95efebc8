"""What a client sends, taken apart; and what it may not send."""

import json
import re
from dataclasses import dataclass, field

from aiohttp import web

from tests.doubles.wechat.refusals import Refused

ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Upload:
    """The file of a form."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """One call as it came in."""

    verb: str
    path: str
    query: dict[str, str]
    body: bytes = b""
    uploads: dict[str, Upload] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    url: str = ""

    @property
    def params(self) -> dict:
        r"""The body as an object. Raises `Refused`: 40033 when it holds `\uXXXX`, 47001 when it is none."""
        if ESCAPED.search(self.body):
            raise Refused(40033)
        try:
            found = json.loads(self.body or b"null")
        except ValueError:
            raise Refused(47001) from None
        if not isinstance(found, dict):
            raise Refused(47001)
        return found

    @property
    def glimpse(self) -> dict:
        """The body as an object if it is one, else nothing; never fails."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


async def read(request: web.BaseRequest) -> Asked:
    """Take a call apart. A form's files come out as uploads, any other body as it is."""
    uploads, body = {}, b""
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read())
                value.file.close()
    elif request.can_read_body:
        body = await request.read()
    return Asked(
        request.method,
        request.path,
        dict(request.query),
        body,
        uploads,
        dict(request.cookies),
        str(request.rel_url),
    )
