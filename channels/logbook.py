"""The log: one line an event, for eyes on a terminal and as JSON elsewhere, never with what people wrote."""

import json
import logging
import re
from collections.abc import Callable
from typing import TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

from channels import redaction
from core import clock

CHATTY = ("aiohttp", "apscheduler", "httpcore", "httpx", "requests", "telegram", "urllib3")
"""Libraries that tell of every request, with the address and so with its keys."""
BAD = frozenset({"error", "critical", "exception", "fatal"})

OnError = Callable[[str], None]
_NAME = re.compile(r"[a-z_]{1,20}", re.ASCII)
_PLAIN = frozenset({int, float, bool, type(None)})
_JSON = json.JSONEncoder(ensure_ascii=False, default=str)


def keep(stream: TextIO, *, level: int = logging.INFO, on_error: OnError | None = None) -> None:
    """Write every event of this process to `stream`: ours from `level` on, those of libraries from WARNING.

    `on_error` hears of each error where it comes from: the first word of the event, or the library.
    """
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        _redact,
    ]
    if on_error:
        shared.insert(0, _tell(on_error))
    shown: Processor = (
        structlog.dev.ConsoleRenderer()
        if stream.isatty()
        else structlog.processors.JSONRenderer(lambda line, **_: _JSON.encode(line))
    )
    structlog.configure(
        processors=[*shared, shown],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
    )
    _keep_of_libraries(stream, shared, shown)


def _keep_of_libraries(stream: TextIO, shared: list[Processor], shown: Processor) -> None:
    """The same for whatever uses the standard library's logging."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _without_failures, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _trace(exc_info: ExcInfo) -> str:
    return redaction.trace(exc_info[1])


_with_trace = structlog.processors.ExceptionRenderer(_trace)


def _redact(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Nothing that must not be read, and the time. One step, because every turn goes through it."""
    if "exc_info" in line:
        line = _with_trace(logger, method, line)
    is_suspect = redaction.SUSPECT.search
    for name, value in line.items():
        if type(value) is str:
            if is_suspect(value):
                line[name] = redaction.redact(value)
        elif type(value) in _PLAIN or name[0] == "_":
            continue
        elif isinstance(value, BaseException):
            line[name] = redaction.failure(value)
        else:
            line[name] = redaction.redact(str(value))
    line["timestamp"] = clock.now().isoformat()
    return line


def _without_failures(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    line["event"] = redaction.without_failures(line["event"])
    return line


def _tell(on_error: OnError) -> Processor:
    def tell(_logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
        if method in BAD:
            where = str(line.get("logger") or line["event"]).partition(".")[0]
            on_error(where if _NAME.fullmatch(where) else "other")
        return line

    return tell
