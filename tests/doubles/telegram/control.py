"""The double from another process: everything its Python object can do, as JSON below `/control/`."""

import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

PERSON_DOES = {
    "starts", "says", "sends", "taps", "presses", "edits", "shares_contact", "shares_place", "moves",
    "sends_photo", "sends_album", "sends_voice", "sends_sticker", "reacts", "blocks", "unblocks",
    "deactivates", "hears", "sees", "is_toasted",
}  # fmt: skip
GROUP_DOES = {"makes_topic", "drops_topic", "kicks_bot", "lets_bot_in", "migrates"}
SHOWS = {"screen", "keyboard", "toasts", "topics"}
DOUBLE_DOES = {
    "fail_next", "drop_next", "hang_next", "redeliver", "quiet", "reset", "forget", "sent", "statistics",
}  # fmt: skip
SETS = {"latency": float, "strict": bool, "presses_live": float}


class Unknown(Exception):
    """There is no such thing to do or to see."""


class Control:
    """Answers `/control/…`: 200 with what came of it, 400 with `error` when it could not be done.

    `people/<id>/<verb>` and `groups/<id>/<verb>` take the verb's arguments as an object; other people and
    groups are named by their ids, bytes are base64. `batch` takes a list of `{"path": …, "body": …}`.
    """

    def __init__(self, double: "Double") -> None:
        self._double = double

    async def handle(self, request: web.BaseRequest, path: str) -> web.Response:
        """Do one thing and say what came of it."""
        try:
            body = await request.json() if request.can_read_body else dict(request.query)
            said, status = await self.do(path, body), 200
        except (Unknown, AssertionError, ValueError, LookupError, TypeError, TimeoutError) as trouble:
            said, status = {"error": f"{type(trouble).__name__}: {trouble}"}, 400
        return web.json_response(said, status=status, dumps=_dumps)

    async def do(self, path: str, body: dict | list) -> object:
        """Do what the path names. Raises `Unknown` and whatever the thing itself raises."""
        first, *rest = path.strip("/").split("/")
        if first == "batch":
            return [await self.do(one["path"], one.get("body", {})) for one in body]
        if first == "people":
            return await self._person(rest, body)
        if first == "groups":
            return await self._group(rest, body)
        if first in DOUBLE_DOES:
            return await _done(getattr(self._double, first)(**_numbers(body)))
        if first == "calls":
            return self._calls(**_numbers(body))
        if first == "settings":
            for name, value in body.items():
                setattr(self._double, name, SETS[name](value))
            return {name: getattr(self._double, name) for name in SETS}
        if first == "health":
            return {"ok": True, "url": self._double.url}
        raise Unknown(f"/control/{path}")

    async def _person(self, rest: list[str], body: dict) -> object:
        if not rest:
            return self._double.person(**body).card
        person = self._double.person(int(rest[0]))
        return await self._act(person, rest[1:], body, PERSON_DOES)

    async def _group(self, rest: list[str], body: dict) -> object:
        if not rest:
            return self._double.group(**body).chat.card
        group = self._double.groups[int(rest[0])]
        result = await self._act(group, rest[1:], body, GROUP_DOES)
        return result.chat.card if isinstance(result, Group) else result

    async def _act(self, who: Person | Group, words: list[str], body: dict, verbs: set[str]) -> object:
        verb = words[0] if words else ""
        if verb in SHOWS and hasattr(who, verb):
            return getattr(who, verb)
        if verb not in verbs:
            raise Unknown(f"{type(who).__name__} {verb}")
        act: Callable[..., Awaitable[object]] = getattr(who, verb)
        return await act(**self._meant(body))

    def _meant(self, body: dict) -> dict:
        meant = dict(body)
        if meant.get("in_") is not None:
            meant["in_"] = self._double.groups[meant["in_"]]
        if meant.get("by") is not None:
            meant["by"] = self._double.person(meant["by"])
        if "data" in meant and "message_id" not in meant:
            meant["data"] = b64decode(meant["data"])
        if "pictures" in meant:
            meant["pictures"] = [b64decode(picture) for picture in meant["pictures"]]
        return meant

    def _calls(self, method: str | None = None, after: int = 0) -> dict:
        calls = [
            {"at": call.at, "method": call.method, "params": call.params}
            for call in list(self._double.calls)[after:]
            if method in (None, call.method)
        ]
        return {"calls": calls, "total": len(self._double.calls)}


async def _done(result: object) -> object:
    return await result if isinstance(result, Awaitable) else result


def _numbers(body: dict) -> dict:
    return {
        name: int(value) if isinstance(value, str) and value.removeprefix("-").isdecimal() else value
        for name, value in body.items()
    }


def _dumps(value: object) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: object) -> object:
    return (
        asdict(value) if is_dataclass(value) and not isinstance(value, type) else f"<{type(value).__name__}>"
    )
