"""What machines ask of us: is the process up, may people be sent here, how much and how fast."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from channels.lookout import Lookout, readiness
from channels.metrics import Metrics

READY_WITHIN, READY_AGE = timedelta(seconds=5), timedelta(seconds=1)
"""How long the database may take to answer for us to count as ready, and how long the answer holds."""
SEEN_WITHIN, SEEN_AGE = timedelta(seconds=2), timedelta(seconds=5)
"""The same for a scrape, which would rather have the counters than wait."""
TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
NO_STORE = {"Cache-Control": "no-store"}


class Probes:
    """`/healthz`, `/readyz` and `/metrics`. With a token, numbers are only for who has it."""

    def __init__(self, lookout: Lookout, metrics: Metrics, token: SecretStr | None) -> None:
        self._lookout, self._metrics = lookout, metrics
        self._wanted = f"Bearer {token.get_secret_value()}".encode() if token else None

    def routes(self) -> Sequence[BaseRoute]:
        """Where they are served."""
        return [
            Route("/healthz", self._healthy),
            Route("/readyz", self._ready),
            Route("/metrics", self._measured),
        ]

    async def _healthy(self, _request: Request) -> Response:
        return JSONResponse({"status": "up"}, headers=NO_STORE)

    async def _ready(self, request: Request) -> Response:
        seen = await self._lookout.look(max_age=READY_AGE, within=READY_WITHIN)
        status, shape = readiness(seen)
        if not self._may_read(request):
            shape = {"status": shape["status"]}
        later = {"Retry-After": "2"} if status == 503 else {}
        return JSONResponse(shape, status, NO_STORE | later)

    async def _measured(self, request: Request) -> Response:
        if not self._may_read(request):
            return Response(status_code=401, headers=NO_STORE | {"WWW-Authenticate": "Bearer"})
        seen = await self._lookout.look(max_age=SEEN_AGE, within=SEEN_WITHIN)
        return Response(self._metrics.text(seen), headers=NO_STORE | {"Content-Type": TEXT_FORMAT})

    def _may_read(self, request: Request) -> bool:
        if self._wanted is None:
            return True
        given = request.headers.get("authorization", "").encode("latin-1", "replace")
        return secrets.compare_digest(given, self._wanted)
