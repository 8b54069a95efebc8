"""The double from another process: what its Python object can do, as JSON below `/control/`."""

import json
from base64 import b64decode
from collections.abc import Awaitable
from dataclasses import asdict
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.wechat.callbacks import Callback
from tests.doubles.wechat.people import Person
from tests.doubles.wechat.screens import Seen

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

PERSON_DOES = {
    "says", "sends_picture", "sends_voice", "sends_video", "sends_place", "follows", "unfollows", "scans",
    "clicks", "views", "answers", "opens", "send_raw", "sees", "reads",
}  # fmt: skip
LISTS = {"accepts", "rejects", "switches_off"}
DOUBLE_DOES = {
    "template", "notice", "fail_next", "drop_next", "hang_next", "lose_next", "duplicate_next", "report",
    "send_raw", "check_hook", "quiet", "reset", "forget", "statistics",
}  # fmt: skip
SETS = {"hook", "mode", "answer_within", "report_after", "latency", "event_case"}
PERSON_SETS = {"muted", "blacklisted", "snapshot", "tags", "platform"}


class Unknown(Exception):
    """There is no such thing to do or to see."""


class Control:
    """Answers `/control/…`: 200 with what came of it, 400 with `error` when it could not be done.

    `people` makes somebody, `people/<openid>/<verb>` takes the verb's arguments as an object: bytes are
    base64, templates are `templates`, a tap is `{"id": …}`. `settings` sets what the double is told.
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

    async def do(self, path: str, body: dict) -> object:
        """Do what the path names. Raises `Unknown` and whatever the thing itself raises."""
        first, *rest = path.strip("/").split("/")
        if first == "people":
            return await self._person(rest, body)
        if first in DOUBLE_DOES:
            return await _done(getattr(self._double, first)(**body))
        if first == "calls":
            return [call._asdict() for call in self._double.calls]
        if first == "settings":
            return _set(self._double, body, SETS)
        if first == "health":
            return {"ok": True, "url": self._double.url}
        raise Unknown(f"/control/{path}")

    async def _person(self, rest: list[str], body: dict) -> object:
        if not rest:
            return {"openid": self._double.person(**body).openid}
        person = self._double.people[rest[0]]
        verb = rest[1] if rest[1:] else ""
        if verb in ("seen", "menu"):
            return getattr(person, verb)
        if verb == "settings":
            return _set(person, body, PERSON_SETS)
        if verb == "taps":
            return await person.taps(None, body["id"])
        if verb in LISTS:
            return await getattr(person, verb)(*body["templates"])
        if verb not in PERSON_DOES:
            raise Unknown(f"Person {verb}")
        if "data" in body:
            body = body | {"data": b64decode(body["data"])}
        return await _done(getattr(person, verb)(**body))


def _set(what: "Double | Person", body: dict, names: set[str]) -> dict:
    if unknown := set(body) - names:
        raise Unknown(f"settings {sorted(unknown)}")
    for name, value in body.items():
        setattr(what, name, value)
    return {name: getattr(what, name) for name in sorted(names)}


async def _done(result: object) -> object:
    return await result if isinstance(result, Awaitable) else result


def _dumps(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Seen):
        return asdict(value)
    if isinstance(value, Callback):
        return {"fields": value.fields, "outcomes": value.outcomes, "over": value.over}
    return f"<{type(value).__name__}>"
