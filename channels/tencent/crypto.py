"""What proves that something comes from Tencent's platforms, and what keeps it from others' eyes."""

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Callable

from cryptography.hazmat.primitives import ciphers

_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_AES_BLOCK = 16
_PADDED_TO = 32
"""Bytes. The platform pads to twice the cipher's own block."""
_RANDOM, _LENGTH = 16, 4
"""Bytes before the text: random ones, and those that say how long it is."""


class Refused(Exception):
    """This does not come from the platform, not now, or not in one piece; the text says what is wrong."""


def signature(*parts: str) -> str:
    """What the platform signs `parts` with; the first of them is the token that only it and we know."""
    joined = "".join(sorted(parts)).encode("utf-8", "surrogatepass")
    # The platform asks for SHA-1, and the token stands at no certain place in what is hashed.
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    """Whether `given`, whatever text that is, signs the parts; how long it takes tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), signature(*parts).encode())


class Cipher:
    """Seals texts between the platform and one receiver: the app id of an Official Account, or a corp id.

    `key` is the EncodingAESKey. Raises ValueError if it is not 43 characters of base64.
    """

    def __init__(self, key: str, receiver: str, *, random: Callable[[int], bytes] = os.urandom) -> None:
        if not _KEY.fullmatch(key):
            raise ValueError("the EncodingAESKey must be 43 characters of base64")
        secret = base64.b64decode(f"{key}=")
        # The same first block for every message is the platform's choice; the random bytes make up for it.
        self._aes = ciphers.Cipher(ciphers.algorithms.AES(secret), ciphers.modes.CBC(secret[:_AES_BLOCK]))
        self._receiver, self._random = receiver.encode(), random

    def encrypt(self, text: str) -> str:
        """The text (without lone surrogates), sealed, in base64."""
        message = text.encode()
        length = len(message).to_bytes(_LENGTH, "big")
        plain = self._random(_RANDOM) + length + message + self._receiver
        short = _PADDED_TO - len(plain) % _PADDED_TO
        encryptor = self._aes.encryptor()
        sealed = encryptor.update(plain + bytes([short]) * short) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def decrypt(self, sealed: str) -> str:
        """The text in what was sealed for this receiver. Raises Refused for everything else."""
        try:
            data = base64.b64decode(sealed, validate=True)
        except ValueError:
            raise Refused("not base64") from None
        if not data or len(data) % _AES_BLOCK:
            raise Refused("no whole blocks")
        decryptor = self._aes.decryptor()
        plain = _unpadded(decryptor.update(data) + decryptor.finalize())
        start = _RANDOM + _LENGTH
        end = start + int.from_bytes(plain[_RANDOM:start], "big")
        if not start <= end <= len(plain):
            raise Refused("wrong length")
        if not hmac.compare_digest(plain[end:], self._receiver):
            raise Refused("for somebody else")
        try:
            return plain[start:end].decode()
        except UnicodeDecodeError:
            raise Refused("not UTF-8") from None


def _unpadded(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= _PADDED_TO or plain[-count:] != bytes([count]) * count:
        raise Refused("wrong padding")
    return plain[:-count]
