"""A stand-in for Aliyun's text messages: a real server that checks every signature with code of its own."""

import hashlib
import hmac
import json
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from aiohttp import web

from tests.channels.scripted import CUT, Scripted

WANTED = frozenset({"host", "content-type"})
"""Headers that have to be signed where they are sent, besides the provider's own."""
KEY_ID, SECRET = "LTAI5tFakeKeyForTests", "the secret of the key"


@dataclass
class SmsDouble(Scripted):
    """Keeps what it was asked to send; `refuses` are codes and words it answers instead, first come."""

    sent: list[dict[str, str]] = field(default_factory=list)
    refuses: deque[tuple[str, str]] = field(default_factory=deque)
    nonces: set[str] = field(default_factory=set)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        if (wrong := self._wrong(request)) is not None:
            return _no(wrong, "Specified signature is not matched with our calculation.", 400)
        if self.refuses:
            return _no(*self.refuses.popleft())
        if self.script and self.script[0] == CUT:
            self.script.popleft()
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.script:
            answer = self.script.popleft()
            assert isinstance(answer, web.Response)
            return answer
        params = dict(parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True))
        if request.headers["x-acs-action"] == "QuerySmsTemplate":
            return web.json_response({"Code": "OK", "TemplateStatus": 1})
        self.sent.append(params)
        return web.json_response({"Code": "OK", "Message": "OK", "BizId": f"biz-{len(self.sent)}"})

    def _wrong(self, request: web.Request) -> str | None:
        algorithm, _, rest = request.headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        if parts["Credential"] != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        nonce = request.headers["x-acs-signature-nonce"]
        if nonce in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(nonce)
        pairs = sorted(parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True))
        query = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs)
        names = parts["SignedHeaders"].split(";")
        sent = {name.lower() for name in request.headers}
        if names != sorted(name for name in sent if name in WANTED or name.startswith("x-acs-")):
            return "IncompleteSignature"
        lines = "".join(f"{name}:{request.headers[name]}\n" for name in names)
        body = request.headers["x-acs-content-sha256"]
        plain = f"{request.method}\n{request.path}\n{query}\n{lines}\n{';'.join(names)}\n{body}"
        text = f"{algorithm}\n{hashlib.sha256(plain.encode()).hexdigest()}"
        due = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
        return None if due == parts["Signature"] else "SignatureDoesNotMatch"

    @property
    def values(self) -> list[dict[str, str]]:
        """What was filled in, text by text."""
        return [json.loads(one["TemplateParam"]) for one in self.sent]


def _no(code: str, said: str, status: int = 200) -> web.Response:
    return web.json_response({"Code": code, "Message": said, "RequestId": "R1"}, status=status)
