"""How wechatpy's helpers reach a platform: each request of theirs becomes one of our calls."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Protocol
from urllib.parse import urlsplit

from channels.tencent.calls import Calls


class File(Protocol):
    """What wechatpy's helpers take for a file."""

    def read(self) -> bytes: ...


class Awaited:
    """The first base of a client of wechatpy whose helpers are awaited; it must set `calls`."""

    API_BASE_URL: str
    calls: Calls

    async def _request(self, method: str, url_or_endpoint: str, **arguments: Any) -> Any:  # Any: wechatpy's
        base = arguments.pop("api_base_url", self.API_BASE_URL)
        address = url_or_endpoint if url_or_endpoint.startswith("http") else base + url_or_endpoint
        return await carry_out(self.calls, method, address, arguments)

    @property
    def access_token(self) -> str:
        """Is not to be had without waiting: wechatpy would fetch it by itself."""
        raise AttributeError("tokens are awaited")

    async def close(self) -> None:
        """Close every connection."""
        await self.calls.close()


async def carry_out(calls: Calls, method: str, address: str, arguments: Mapping[str, Any]) -> Any:
    """What the platform answers to a request with `requests`' arguments, as the helper wants to see it.

    Only the path of the address counts: `Calls` knows the platform, and nobody else is told the token.
    Any: each helper's own. Raises what calls raise, and TypeError for bodies that no helper of ours has.
    """
    path, params = urlsplit(address).path, _texts(arguments.get("params") or {})
    data, files = arguments.get("data"), arguments.get("files")
    if data is not None and not isinstance(data, Mapping):
        raise TypeError(f"{path}: a body of {type(data).__name__}")
    if files:
        name, content = _file(files["media"])
        answer = await calls.upload(path, name, content, params.get("type", ""), _texts(data or {}))
    elif method.upper() == "GET":
        answer = await calls.get(path, params)
    else:
        answer = await calls.post(path, data or {}, params)
    processor = arguments.get("result_processor")
    return processor(answer) if processor else answer


def _texts(given: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in given.items() if value is not None}


def _file(given: File | tuple[str, bytes | File]) -> tuple[str, bytes]:
    """The name and content of a file; the platforms tell its kind by the name's ending."""
    if isinstance(given, tuple):
        name, content = given
        return name, content if isinstance(content, bytes) else content.read()
    return PurePath(str(getattr(given, "name", "file"))).name, given.read()
