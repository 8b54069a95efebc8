"""What a message must be like before somebody may be shown it."""

from collections.abc import Callable

from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.shelf import Shelf

TEXT_BYTES = 2048


def check(message: dict, shelf: Shelf, *, articles: int = 1) -> None:
    """Raises `Refused` when a message, as the customer-service API takes it, cannot be shown."""
    kind = message.get("msgtype")
    rule = RULES.get(kind) if isinstance(kind, str) else None
    if rule is None:
        raise Refused(40008)
    content = message.get(kind)
    if not isinstance(content, dict):
        raise Refused(44004 if kind == "text" else 40035)
    rule(content, shelf)
    if kind == "news" and len(content["articles"]) > articles:
        raise Refused(45008)


def _text(content: dict, _: Shelf) -> None:
    text = content.get("content")
    if not isinstance(text, str) or not text.strip():
        raise Refused(44004)
    if len(text.encode()) > TEXT_BYTES:
        raise Refused(45002)


def _news(content: dict, _: Shelf) -> None:
    articles = content.get("articles")
    if not isinstance(articles, list) or not articles:
        raise Refused(44003)
    if not all(isinstance(article, dict) and article.get("title") for article in articles):
        raise Refused(40035)


def _msgmenu(content: dict, _: Shelf) -> None:
    entries = content.get("list")
    if not isinstance(entries, list) or not entries:
        raise Refused(40035)
    for entry in entries:
        if not isinstance(entry, dict) or not entry.get("id") or not isinstance(entry.get("content"), str):
            raise Refused(40035)
        if not entry["content"]:
            raise Refused(44004)


def _with(*files: str, and_: tuple[str, ...] = ()) -> Callable[[dict, Shelf], None]:
    def rule(content: dict, shelf: Shelf) -> None:
        for name in files:
            shelf.get(content.get(name))
        for name in and_:
            if not content.get(name):
                raise Refused(40035)

    return rule


RULES: dict[str, Callable[[dict, Shelf], None]] = {
    "text": _text,
    "image": _with("media_id"),
    "voice": _with("media_id"),
    "video": _with("media_id"),
    "music": _with("thumb_media_id", and_=("musicurl",)),
    "news": _news,
    "msgmenu": _msgmenu,
    "mpnewsarticle": _with(and_=("article_id",)),
    "wxcard": _with(and_=("card_id",)),
    "miniprogrampage": _with("thumb_media_id", and_=("title", "appid", "pagepath")),
}
