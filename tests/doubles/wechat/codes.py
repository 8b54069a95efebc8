"""Parametric codes: pictures to be scanned that say which door, order or bill somebody stands at."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from tests.doubles.wechat.refusals import Refused

LONGEST = 2_592_000
SHORTEST = 60
MOST_PERMANENT = 100_000


@dataclass(frozen=True, slots=True)
class Code:
    """One code; a permanent one never ends."""

    ticket: str
    scene: str
    expires_at: float = float("inf")


class Codes:
    """Codes by their tickets. A later one with the same scene takes the place of the earlier."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._by_ticket: dict[str, Code] = {}
        self._by_scene: dict[str, Code] = {}

    def make(self, params: dict) -> dict:
        """What `qrcode/create` answers. Raises `Refused`: 40052 and 40053."""
        action, info = params.get("action_name"), params.get("action_info")
        if action not in ACTIONS:
            raise Refused(40052)
        name, is_right, permanent = ACTIONS[action]
        scene = info.get("scene") if isinstance(info, dict) else None
        value = scene.get(name) if isinstance(scene, dict) else None
        if not is_right(value):
            raise Refused(40053)
        seconds = params.get("expire_seconds", SHORTEST)
        if not permanent and (not isinstance(seconds, int) or not 0 < seconds <= LONGEST):
            raise Refused(40035)
        code = self._keep(str(value), float("inf") if permanent else self._now() + seconds)
        said: dict = {"ticket": code.ticket, "url": f"http://weixin.qq.com/q/{code.ticket[4:28]}"}
        return said if permanent else said | {"expire_seconds": seconds}

    def by_ticket(self, ticket: str) -> Code | None:
        """The code with this ticket, while it is good."""
        code = self._by_ticket.get(ticket)
        return code if code and self.is_good(code) else None

    def by_scene(self, name: str) -> Code:
        """The latest code with this scene, or this ticket; one that is made up when there is none."""
        return self._by_ticket.get(name) or self._by_scene.get(name) or self._keep(name, float("inf"))

    def is_good(self, code: Code) -> bool:
        return self._now() < code.expires_at

    def _keep(self, scene: str, expires_at: float) -> Code:
        digest = sha256(f"{scene} {len(self._by_ticket)}".encode()).hexdigest()
        code = Code(f"gQH_{digest}=", scene, expires_at)
        self._by_ticket[code.ticket] = self._by_scene[scene] = code
        return code


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= 64


def _is_number(most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


ACTIONS: dict[object, tuple[str, Callable[[object], bool], bool]] = {
    "QR_SCENE": ("scene_id", _is_number(2**32 - 1), False),
    "QR_STR_SCENE": ("scene_str", _is_text, False),
    "QR_LIMIT_SCENE": ("scene_id", _is_number(MOST_PERMANENT), True),
    "QR_LIMIT_STR_SCENE": ("scene_str", _is_text, True),
}


def picture() -> bytes:
    """A PNG of one white pixel, where the real one shows the code."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff"))
        + chunk(b"IEND", b"")
    )
