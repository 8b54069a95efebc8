"""Menus, codes and media: what is there for people to press, scan and look at."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.doubles.wechat.codes import picture
from tests.doubles.wechat.methods.method import Method
from tests.doubles.wechat.refusals import OK, Refused
from tests.doubles.wechat.trouble import Answer
from tests.doubles.wechat.wire import Asked

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

SDK = Path(__file__).parent.parent / "sdk.js"


def create_menu(double: "Double", asked: Asked) -> dict:
    double.menus.publish(asked.params)
    return OK


def get_menu(double: "Double", asked: Asked) -> dict:
    return double.menus.json


def delete_menu(double: "Double", asked: Asked) -> dict:
    double.menus.clear()
    return OK


def add_matched_menu(double: "Double", asked: Asked) -> dict:
    return {"menuid": double.menus.add(asked.params)}


def delete_matched_menu(double: "Double", asked: Asked) -> dict:
    double.menus.drop(asked.params.get("menuid"))
    return OK


def try_match(double: "Double", asked: Asked) -> dict:
    return {"button": double.reach(asked.params.get("user_id")).menu}


def create_code(double: "Double", asked: Asked) -> dict:
    return double.codes.make(asked.params)


def show_code(double: "Double", asked: Asked) -> Answer:
    if double.codes.by_ticket(asked.query.get("ticket", "")) is None:
        return Answer(b"", 404, "text/html")
    return Answer(picture(), kind="image/png")


def upload(double: "Double", asked: Asked) -> dict:
    file = asked.uploads.get("media")
    if file is None:
        raise Refused(41005)
    kind = asked.query.get("type", "")
    medium = double.shelf.take_in(kind, file.name, file.data)
    said = {"type": kind, "media_id": medium.id, "created_at": int(medium.created_at)}
    return said | ({"thumb_media_id": medium.id} if kind == "thumb" else {})


def download(double: "Double", asked: Asked) -> dict | Answer:
    medium = double.shelf.get(asked.query.get("media_id"))
    if medium.kind == "video":
        return {"video_url": f"{double.url}/mmbiz_video/{medium.id}"}
    ending = medium.content_type.partition("/")[2]
    disposition = f'attachment; filename="{medium.id}.{ending}"'
    return Answer(medium.data, kind=medium.content_type, headers={"Content-disposition": disposition})


def look(double: "Double", asked: Asked) -> Answer:
    """A file by its public address, the `PicUrl` of a message."""
    try:
        medium = double.shelf.get(asked.path.rpartition("/")[2])
    except Refused:
        return Answer(b"", 404, "text/html")
    return Answer(medium.data, kind=medium.content_type)


def script(double: "Double", asked: Asked) -> Answer:
    """The script for pages."""
    return Answer(SDK.read_bytes(), kind="text/javascript")


METHODS = {
    "/cgi-bin/menu/create": Method("POST", create_menu, "menu"),
    "/cgi-bin/menu/get": Method("GET", get_menu, "menu"),
    "/cgi-bin/menu/delete": Method("GET", delete_menu, "menu"),
    "/cgi-bin/menu/addconditional": Method("POST", add_matched_menu, "matched menu"),
    "/cgi-bin/menu/delconditional": Method("POST", delete_matched_menu, "matched menu"),
    "/cgi-bin/menu/trymatch": Method("POST", try_match, "matched menu"),
    "/cgi-bin/qrcode/create": Method("POST", create_code, "codes"),
    "/cgi-bin/showqrcode": Method("GET", show_code, token=False, counted=False),
    "/cgi-bin/media/upload": Method("POST", upload, "media"),
    "/cgi-bin/media/get": Method("GET", download, "media"),
    "/cgi-bin/media/get/jssdk": Method("GET", download, "media"),
    "/open/js/jweixin-1.6.0.js": Method("GET", script, token=False, counted=False),
    "/mmbiz_jpg/": Method("GET", look, token=False, counted=False),
    "/mmbiz_video/": Method("GET", look, token=False, counted=False),
}
