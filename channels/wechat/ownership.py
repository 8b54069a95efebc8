"""The file by which the console sees that an address is ours: put into the data folder, served from there."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

LARGEST = 1_024
"""Bytes of such a file; the console's have a few."""


def route(folder: Path) -> BaseRoute:
    """Serves `MP_verify_….txt` of that folder, and no other file."""

    def show(request: Request) -> Response:
        code = request.path_params["code"]
        file = folder / f"MP_verify_{code}.txt"
        if not (code.isascii() and code.isalnum()) or not file.is_file() or file.stat().st_size > LARGEST:
            return PlainTextResponse("not found", 404)
        return Response(
            file.read_bytes(), media_type="text/plain", headers={"X-Content-Type-Options": "nosniff"}
        )

    return Route("/MP_verify_{code}.txt", show, methods=["GET"])
