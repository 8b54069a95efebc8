"""Passive replies: what an account says in the answer to a callback."""

from tests.doubles.wechat import contents
from tests.doubles.wechat.envelopes import Unreadable
from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.shelf import Shelf

HANDS_OVER = "transfer_customer_service"
MESSAGES_WITH_ONE_ARTICLE = {"text", "image", "voice", "video", "shortvideo", "location", "link"}
MOST_ARTICLES = 8


def read(fields: dict, *, openid: str, account: str, to: dict, shelf: Shelf) -> dict | None:
    """A passive reply as the customer-service API would take it; None hands over to Tencent's own console.

    `to` are the fields of what it answers. Raises `Unreadable` for anything the platform does not show.
    """
    if (fields.get("ToUserName"), fields.get("FromUserName")) != (openid, account):
        raise Unreadable("ToUserName and FromUserName are not swapped")
    if not str(fields.get("CreateTime") or "").isdecimal():
        raise Unreadable("CreateTime is no number")
    kind = fields.get("MsgType")
    if kind == HANDS_OVER:
        return None
    build = BUILD.get(kind) if isinstance(kind, str) else None
    if build is None:
        raise Unreadable(f"MsgType {kind!r}")
    most = 1 if to.get("MsgType") in MESSAGES_WITH_ONE_ARTICLE else MOST_ARTICLES
    try:
        message = {"touser": openid, "msgtype": kind, kind: build(fields)}
        contents.check(message, shelf, articles=most)
    except Refused as why:
        raise Unreadable(str(why)) from None
    except (KeyError, TypeError, AttributeError) as why:
        raise Unreadable(f"fields of a {kind} are missing: {why}") from None
    return message


def _text(fields: dict) -> dict:
    return {"content": fields["Content"]}


def _image(fields: dict) -> dict:
    return {"media_id": fields["Image"]["MediaId"]}


def _voice(fields: dict) -> dict:
    return {"media_id": fields["Voice"]["MediaId"]}


def _video(fields: dict) -> dict:
    video = fields["Video"]
    return {
        "media_id": video["MediaId"],
        "title": video.get("Title"),
        "description": video.get("Description"),
    }


def _music(fields: dict) -> dict:
    music = fields["Music"]
    return {
        "title": music.get("Title"),
        "musicurl": music.get("MusicUrl"),
        "thumb_media_id": music["ThumbMediaId"],
    }


def _news(fields: dict) -> dict:
    items = fields["Articles"]["item"]
    items = items if isinstance(items, list) else [items]
    if str(len(items)) != fields["ArticleCount"]:
        raise Unreadable("ArticleCount is not the number of articles")
    names = {"title": "Title", "description": "Description", "picurl": "PicUrl", "url": "Url"}
    return {"articles": [{name: item.get(tag) for name, tag in names.items()} for item in items]}


BUILD = {
    "text": _text,
    "image": _image,
    "voice": _voice,
    "video": _video,
    "music": _music,
    "news": _news,
}
