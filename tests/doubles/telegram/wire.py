"""What a client sends, as Python values: forms, multipart forms and JSON all come out the same."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from tests.doubles.telegram.refusals import bad

STRUCTURES = {
    "allowed_updates", "caption_entities", "commands", "entities", "link_preview_options", "menu_button",
    "reaction", "reply_markup", "reply_parameters", "scope",
}  # fmt: skip
NUMBERS = {
    "cache_time", "chat_id", "icon_color", "limit", "max_connections", "message_id", "message_thread_id",
    "offset", "reply_to_message_id", "timeout", "user_id",
}  # fmt: skip
FLAGS = {
    "allow_sending_without_reply", "disable_notification", "disable_web_page_preview", "drop_pending_updates",
    "is_big", "protect_content", "show_alert",
}  # fmt: skip


packed = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart form."""

    name: str
    data: bytes


async def read(request: web.BaseRequest) -> dict:
    """What the call says. Raises `Refused` for a body that is not what its type says."""
    found: dict = dict(request.query) if request.query_string else {}
    kind = request.content_type if request.can_read_body else ""
    if kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            is_file = isinstance(value, web.FileField)
            found[name] = Upload(value.filename, value.file.read()) if is_file else value
            if is_file:
                value.file.close()
    elif kind:
        found.update(plain(kind, await request.read()))
    return typed(found)


def plain(kind: str, body: bytes) -> dict:
    """A body of one of the simple types; an empty one says nothing."""
    if kind != "application/json":
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise bad("can't parse the request: expected an object")
    return said


def typed(found: dict) -> dict:
    """Give every field its type; what has another type than it should keeps it and will not be found."""
    for name, value in found.items():
        if not isinstance(value, str):
            continue
        if name in STRUCTURES and value:
            try:
                found[name] = json.loads(value)
            except ValueError:
                raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None
        elif name in NUMBERS and value.removeprefix("-").isdecimal():
            found[name] = int(value)
        elif name in FLAGS:
            found[name] = value.lower() in ("true", "1", "yes")
    return found
