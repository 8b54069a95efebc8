"""Lets in what the platform sent us, once, and nothing else; seals what we answer."""

import hashlib
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from channels.tencent import xml
from channels.tencent.crypto import Cipher, Refused, is_signed, signature
from channels.tencent.xml import Fields

WINDOW = timedelta(minutes=10)
"""How far the platform's clock and ours may be apart, and how long an address that was signed may be used."""
REMEMBERED = 10_000
"""So many signed addresses are known again; more than come within the window."""

_SECONDS = re.compile(r"[0-9]{1,12}")
_LARGEST_NONCE = 10**10


@dataclass(frozen=True, slots=True)
class Opened:
    """What a request held, proven to come from the platform."""

    fields: Fields
    nonce: str
    timestamp: int
    """Seconds since 1970 on the platform's clock, when it sent this."""
    sealed: bool
    """Whether it was encrypted; then so must be the answer."""


class Gate:
    """Where the requests of one account arrive. Its methods raise Refused and `xml.Malformed`, nothing else.

    `safe` takes only what is encrypted, `plain` only what can be read without. An address of the plain mode
    is signed but its body is not, so the same address with another body is refused; that is remembered in
    this process. `now` is aware. Raises ValueError without a token, and for `safe` without a cipher.
    """

    def __init__(
        self,
        token: str,
        cipher: Cipher | None,
        *,
        mode: Literal["safe", "plain"],
        now: Callable[[], datetime],
    ) -> None:
        if not token:
            raise ValueError("without a token anybody could sign")
        if mode == "safe" and cipher is None:
            raise ValueError("the safe mode needs a key")
        self._token, self._cipher, self._now = token, cipher, now
        self._is_safe = mode == "safe"
        self._seen: OrderedDict[str, bytes] = OrderedDict()

    def echo(self, query: Mapping[str, str]) -> str:
        """The answer, raw, when the platform asks whether this is the address of an Official Account."""
        timestamp, nonce = self._stamped(query)
        echoed = _given(query, "echostr")
        self._check(_given(query, "signature"), timestamp, nonce)
        # The same address, seen by somebody, would otherwise do for a message.
        self._remember(signature(self._token, timestamp, nonce), b"")
        return _harmless(echoed)

    def sealed_echo(self, query: Mapping[str, str]) -> str:
        """The answer, raw, when the platform asks whether this is the address of a WeCom application."""
        timestamp, nonce = self._stamped(query)
        echoed = _given(query, "echostr")
        self._check(_given(query, "msg_signature"), timestamp, nonce, echoed)
        return _harmless(self._key().decrypt(echoed))

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """What a request holds. The same request again is let through: the platform repeats itself."""
        timestamp, nonce = self._stamped(query)
        # WeCom sends no signature without the body; where there is one it must be right.
        if not self._is_safe or "signature" in query:
            self._check(_given(query, "signature"), timestamp, nonce)
        fields = xml.read(body)
        if self._is_safe:
            fields = self._unsealed(query, fields, timestamp, nonce)
        else:
            self._check_plain(fields)
            self._remember(signature(self._token, timestamp, nonce), body)
        return Opened(fields, nonce, int(timestamp), self._is_safe)

    def seal(self, text: str) -> str:
        """The text (a reply, without lone surrogates) as the platform wants it where it encrypts itself."""
        sealed = self._key().encrypt(text)
        timestamp, nonce = int(self._now().timestamp()), str(secrets.randbelow(_LARGEST_NONCE))
        signed = signature(self._token, str(timestamp), nonce, sealed)
        return xml.write({"Encrypt": sealed, "MsgSignature": signed, "TimeStamp": timestamp, "Nonce": nonce})

    def _stamped(self, query: Mapping[str, str]) -> tuple[str, str]:
        timestamp, nonce = _given(query, "timestamp"), _given(query, "nonce")
        if not _SECONDS.fullmatch(timestamp):
            raise Refused("timestamp is no time")
        if abs(self._now().timestamp() - int(timestamp)) > WINDOW.total_seconds():
            raise Refused("too old or too new")
        return timestamp, nonce

    def _check(self, given: str, *parts: str) -> None:
        if not is_signed(given, self._token, *parts):
            raise Refused("wrong signature")

    def _unsealed(self, query: Mapping[str, str], outer: Fields, timestamp: str, nonce: str) -> Fields:
        sealed = xml.text(outer, "Encrypt").strip()
        if not sealed:
            raise Refused("not encrypted")
        self._check(_given(query, "msg_signature"), timestamp, nonce, sealed)
        # Lone surrogates cannot come out of UTF-8, so this can be encoded.
        return xml.read(self._key().decrypt(sealed).encode())

    def _check_plain(self, fields: Fields) -> None:
        """Whether it can be read as it is; in its compatible mode the platform sends everything both ways."""
        if "Encrypt" in fields and (self._cipher is None or "MsgType" not in fields):
            raise Refused("encrypted")

    def _key(self) -> Cipher:
        if self._cipher is None:
            raise Refused("no key")
        return self._cipher

    def _remember(self, address: str, body: bytes) -> None:
        """By the signature of an address, whose parts could be cut anew without changing it."""
        digest = hashlib.sha256(body).digest()
        if self._seen.setdefault(address, digest) != digest:
            raise Refused("another body under the same address")
        self._seen.move_to_end(address)
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


def _given(query: Mapping[str, str], name: str) -> str:
    if not (value := query.get(name, "")):
        raise Refused(f"no {name}")
    return value


def _harmless(echo: str) -> str:
    """A message would be decrypted here for whoever saw it sealed, and a page shown; neither is an echo."""
    if "<" in echo:
        raise Refused("no echo")
    return echo
