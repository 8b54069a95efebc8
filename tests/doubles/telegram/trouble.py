"""Trouble that a test orders: refusals, lost connections and slow answers, for the next calls of a method."""

import json
from dataclasses import dataclass, field

from tests.doubles.telegram.refusals import Refused

REASONS = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict",
    429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
}  # fmt: skip
ANY = "*"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"


@dataclass(slots=True)
class Trouble:
    """What happens to the next `times` calls. Without an answer the connection is dropped.

    `done` says that the call is carried out all the same; `seconds` that it hangs first.
    """

    method: str
    times: int = 1
    chat_id: int | None = None
    done: bool = False
    seconds: float = 0.0
    answer: Answer | None = None
    drops: bool = False

    def meets(self, method: str, params: dict) -> bool:
        return self.method in (ANY, method.lower()) and self.chat_id in (None, params.get("chat_id"))


class Troubles:
    """What has been ordered and has not happened yet; the earliest that fits is taken."""

    def __init__(self) -> None:
        self.waiting: list[Trouble] = []

    def order(self, trouble: Trouble) -> None:
        trouble.method = trouble.method.lower()
        self.waiting.append(trouble)

    def take(self, method: str, params: dict) -> Trouble | None:
        """The trouble for this call, if there is any."""
        for trouble in self.waiting:
            if trouble.meets(method, params):
                trouble.times -= 1
                if not trouble.times:
                    self.waiting.remove(trouble)
                return trouble
        return None


def refusal(
    status: int, description: str | None = None, *, retry_after: int | None = None, body: str | None = None,
    parameters: dict | None = None,
) -> Answer:  # fmt: skip
    """An answer of this status; `body` is sent as it is, and is not JSON."""
    if body is not None:
        return Answer(status, body.encode(), kind="text/html")
    parameters = dict(parameters or {})
    if retry_after is not None:
        parameters["retry_after"] = retry_after
        description = description or f"Too Many Requests: retry after {retry_after}"
    return refused(Refused(status, description or REASONS.get(status, "Error"), parameters))


def refused(refusal: Refused) -> Answer:
    return Answer(refusal.code, json.dumps(refusal.body).encode(), refusal.headers)
