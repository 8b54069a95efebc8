"""What people see of an account: texts without tags, menus with their entries, a banner when it is silent."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

BANNER = "该公众号提供的服务出现故障，请稍后再试"
LINK = re.compile(r"<a\s[^>]*?href=\"([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
MENU_LINK = "weixin://bizmsgmenu"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that somebody was shown. `way` is how it came: passive, pushed, template, notice or banner.

    `menu` holds the entries that can be tapped, as (id, label), `links` all others as (label, address).
    `ai` is the mark of words that a machine made; `raw` is what was sent, as it was sent.
    """

    kind: str
    text: str
    way: str = "pushed"
    at: float = 0.0
    menu: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    media_id: str = ""
    url: str = ""
    ai: bool = False
    raw: dict = field(default_factory=dict, compare=False)


def shown(message: dict, *, way: str, at: float) -> Seen:
    """How a checked message looks; it is given as the customer-service API takes it."""
    kind = message["msgtype"]
    content = message.get(kind, {})
    ai = message.get("aimsgcontext", {}).get("is_ai_msg") == 1
    text, menu, links = content.get("content", ""), (), ()
    if kind == "text":
        text, menu, links = _read(text)
    elif kind == "msgmenu":
        menu = tuple((str(entry["id"]), entry["content"]) for entry in content["list"])
        labels = [label for _, label in menu]
        parts = [content.get("head_content", ""), *labels, content.get("tail_content", "")]
        text = "\n".join(part for part in parts if part)
    elif kind == "news":
        article = content["articles"][0]
        text = "\n".join(part for part in (article.get("title"), article.get("description")) if part)
        links = tuple((each.get("title") or "", each.get("url") or "") for each in content["articles"])
    else:
        text = " ".join(part for part in (f"[{kind}]", content.get("title")) if part)
    media_id = content.get("media_id") or content.get("thumb_media_id") or ""
    return Seen(kind, text, way, at, menu, links, media_id, links[0][1] if links else "", ai, message)


def banner(at: float) -> Seen:
    """What somebody sees when the account did not answer."""
    return Seen("banner", BANNER, "banner", at)


def _read(text: str) -> tuple[str, tuple, tuple]:
    menu, links = [], []
    for address, label in LINK.findall(text):
        if address.startswith(MENU_LINK):
            query = parse_qs(urlsplit(address).query)
            content = query.get("msgmenucontent", [label])[0]
            menu.append((query.get("msgmenuid", [""])[0], content))
        else:
            links.append((label, address))
    return LINK.sub(r"\2", text), tuple(menu), tuple(links)
