"""The store itself: one bucket in memory behind a real socket, and whatever trouble it is told to make."""

import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.doubles.s3.signatures import Wrong, check


class Kept(NamedTuple):
    """An object, and when it was last written."""

    data: bytes
    at: datetime


class Double:
    """Stands in for MinIO and its like on 127.0.0.1 while entered with `with`; path-style addresses only."""

    def __init__(
        self,
        *,
        key: str = "the-key",
        secret: str = "the/secret+of=the store",  # noqa: S107
        bucket: str = "photos",
        region: str = "us-east-1",
        page: int = 1_000,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.key, self.secret, self.bucket, self.region, self.page, self.now = (
            key,
            secret,
            bucket,
            region,
            page,
            now,
        )
        self.objects: dict[str, Kept] = {}
        self.calls: list[str] = []
        self.slow = threading.Event()
        """While it is set, nobody gets an answer."""
        self._free = threading.Condition()
        self._failures: deque[tuple[int, str]] = deque()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hurry()
        self.go_down()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    def setting(self, prefix: str = "", *, secret: str = "", bucket: str = "") -> str:
        """What MENLING_MEDIA_STORE must say to reach this."""
        where = f"{self.host}/{bucket or self.bucket}{prefix and '/'}{prefix}"
        return f"s3://{self.key}:{secret or self.secret}@{where}?region={self.region}&secure=0"

    def fail_next(self, times: int = 1, status: int = 503, code: str = "SlowDown") -> None:
        """Answer the next requests with this and do nothing."""
        self._failures.extend([(status, code)] * times)

    def go_down(self) -> None:
        """Hang up on everybody from now on."""
        self._server.shutdown()
        self._server.server_close()

    def hurry(self) -> None:
        """Be slow no more."""
        with self._free:
            self.slow.clear()
            self._free.notify_all()

    def wait(self) -> None:
        with self._free:
            self._free.wait_for(lambda: not self.slow.is_set())

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """The status and the body for a request."""
        self.calls.append(f"{method} {target}")
        try:
            if self._failures:
                raise Wrong(*self._failures.popleft())
            secrets = {self.key: self.secret}.get
            check(method, target, headers, body, secret_of=secrets, region=self.region, now=datetime.now(UTC))
            if headers["host"] != self.host:
                raise Wrong(400, "InvalidRequest")
            url = urlsplit(target)
            bucket, _, name = unquote(url.path).removeprefix("/").partition("/")
            if bucket != self.bucket:
                raise Wrong(404, "NoSuchBucket")
            return self._done(method, name, parse_qs(url.query), body)
        except Wrong as wrong:
            # As the platform does, with what it computed: none of it may reach a log.
            told = f"<StringToSign>{ALWAYS_TOLD}</StringToSign><AWSAccessKeyId>{self.key}</AWSAccessKeyId>"
            return wrong.status, f"<Error><Code>{wrong.code}</Code>{told}</Error>".encode()

    def _done(self, method: str, name: str, query: dict[str, list[str]], body: bytes) -> tuple[int, bytes]:
        match method:
            case "PUT" if name:
                self.objects[name] = Kept(body, self.now())
                return 200, b""
            case "DELETE" if name:
                self.objects.pop(name, None)
                return 204, b""
            case "GET" if name:
                if name not in self.objects:
                    raise Wrong(404, "NoSuchKey")
                return 200, self.objects[name].data
            case "GET" if query.get("list-type") == ["2"]:
                return 200, self._listed(query)
        raise Wrong(405, "MethodNotAllowed")

    def _listed(self, query: dict[str, list[str]]) -> bytes:
        after, prefix = query.get("continuation-token", [""])[0], query.get("prefix", [""])[0]
        names = sorted(name for name in self.objects if name.startswith(prefix) and name > after)
        shown, more = names[: self.page], len(names) > self.page
        token = f"<NextContinuationToken>{escape(shown[-1])}</NextContinuationToken>" if more else ""
        contents = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(self.objects[name].data)}</Size>"
            f"<LastModified>{self.objects[name].at:%Y-%m-%dT%H:%M:%S.000Z}</LastModified></Contents>"
            for name in shown
        )
        truncated = str(more).lower()
        return (
            f"<ListBucketResult><IsTruncated>{truncated}</IsTruncated>{token}{contents}</ListBucketResult>"
        ).encode()


ALWAYS_TOLD = "what-nobody-should-read"


def _handler(double: Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _take(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            double.wait()
            status, said = double.answer(self.command, self.path, headers, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.send_header("ETag", '"0"')
            self.send_header("Last-Modified", "Sun, 22 Nov 2026 00:00:00 GMT")
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_PUT = do_DELETE = do_POST = do_HEAD = _take

        def log_message(self, *_: object) -> None:
            pass

    return Handler
