"""Why the Bot API says no, in its own words."""


class Refused(Exception):
    """A call that is answered with `ok: false`. The parameters are what the Bot API calls `parameters`."""

    def __init__(self, code: int, description: str, parameters: dict | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    @property
    def headers(self) -> dict[str, str]:
        """The time to wait is also said in the header that HTTP has for it."""
        seconds = self.parameters.get("retry_after")
        return {} if seconds is None else {"Retry-After": str(seconds)}

    @property
    def body(self) -> dict:
        """The answer as the Bot API writes it."""
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad(description: str, parameters: dict | None = None) -> Refused:
    return Refused(400, f"Bad Request: {description}", parameters)


def forbidden(description: str) -> Refused:
    return Refused(403, f"Forbidden: {description}")


def conflict(description: str) -> Refused:
    return Refused(409, f"Conflict: {description}")


def too_many(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def too_old() -> Refused:
    return bad("query is too old and response timeout expired or query ID is invalid")
