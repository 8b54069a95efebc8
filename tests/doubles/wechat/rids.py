"""Every call has an id; for seven days the platform can tell what it was about."""

from collections.abc import Callable
from random import Random

from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.trouble import Answer
from tests.doubles.wechat.wire import Asked

KEPT_FOR = 7 * 86400
MOST = 10_000


class Rids:
    """What was asked and answered under each id, the latest ten thousand."""

    def __init__(self, now: Callable[[], float], random: Random) -> None:
        self._now, self._random = now, random
        self._calls: dict[str, dict] = {}

    def new(self) -> str:
        return f"{int(self._now()):08x}-{self._random.getrandbits(32):08x}-{self._random.getrandbits(32):08x}"

    def note(self, rid: str, asked: Asked, answer: Answer) -> None:
        """Keep what a call was."""
        self._calls[rid] = {
            "invoke_time": int(self._now()),
            "cost_in_ms": 1,
            "request_url": asked.url.partition("?")[2],
            "request_body": asked.body.decode("utf-8", "replace"),
            "response_body": answer.body.decode("utf-8", "replace"),
            "client_ip": "127.0.0.1",
        }
        if len(self._calls) > MOST:
            del self._calls[next(iter(self._calls))]

    def get(self, rid: object) -> dict:
        """Raises `Refused`: 76001 for none that is known, 76004 for one of more than seven days ago."""
        call = self._calls.get(rid) if isinstance(rid, str) else None
        if call is None:
            raise Refused(76001)
        if self._now() >= call["invoke_time"] + KEPT_FOR:
            raise Refused(76004)
        return call
