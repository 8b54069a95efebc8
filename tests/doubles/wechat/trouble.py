"""Trouble that a test orders for the next calls of a path: error codes, lost connections, slow answers."""

import json
from dataclasses import dataclass, field

ANY = "*"
JSON = "application/json; encoding=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    body: bytes
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


def said(body: dict, kind: str = JSON) -> Answer:
    """An answer in JSON, in real UTF-8."""
    return Answer(json.dumps(body, ensure_ascii=False).encode(), kind=kind)


@dataclass(slots=True)
class Trouble:
    """What happens to the next `times` calls of a path: the end of one is enough.

    `code` is answered; without one and with `drops` the connection is cut. `done` says that the call is
    carried out all the same, `seconds` that it hangs first. `status` and `body` are for what is no JSON.
    """

    path: str
    times: int = 1
    touser: str | None = None
    code: int | None = None
    words: str | None = None
    answer: Answer | None = None
    drops: bool = False
    done: bool = False
    seconds: float = 0.0

    def meets(self, path: str, touser: object) -> bool:
        return (self.path == ANY or path.endswith(self.path)) and self.touser in (None, touser)


class Troubles:
    """What has been ordered and has not happened yet; the earliest that fits is taken."""

    def __init__(self) -> None:
        self.waiting: list[Trouble] = []

    def order(self, trouble: Trouble) -> None:
        self.waiting.append(trouble)

    def take(self, path: str, touser: object) -> Trouble | None:
        """The trouble for this call, if there is any."""
        for trouble in self.waiting:
            if trouble.meets(path, touser):
                trouble.times -= 1
                if not trouble.times:
                    self.waiting.remove(trouble)
                return trouble
        return None
