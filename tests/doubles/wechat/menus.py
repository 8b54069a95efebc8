"""The menu below the chat: one for everybody, and others for those who match a rule."""

from dataclasses import dataclass, field
from itertools import count

from tests.doubles.wechat.refusals import Refused

MOST_BUTTONS, MOST_BELOW = 3, 5
KEYED = {
    "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin",
    "location_select",
}  # fmt: skip
OTHERS = {"view", "miniprogram", "media_id", "article_id", "article_view_limited", "view_limited"}
KEY_BYTES, URL_BYTES = 128, 1024


@dataclass(frozen=True, slots=True)
class Level:
    """How many buttons a level may have, how long their names are, and what is said of what is wrong."""

    most: int
    name_bytes: int
    size: int
    kind: int
    name: int
    key: int
    url: int


FIRST = Level(MOST_BUTTONS, 16, size=40016, kind=40017, name=40018, key=40019, url=40020)
BELOW = Level(MOST_BELOW, 60, size=40023, kind=40024, name=40025, key=40026, url=40027)


@dataclass
class Menus:
    """What was published."""

    default: list[dict] | None = None
    matched: list[dict] = field(default_factory=list)
    _numbers: count = field(default_factory=lambda: count(208396938))

    def publish(self, params: dict) -> None:
        """Take the default menu's place. Raises `Refused`."""
        check(params.get("button"), FIRST)
        self.default = params["button"]

    def add(self, params: dict) -> str:
        """Publish a menu for some; its number. Raises `Refused`."""
        if self.default is None:
            raise Refused(65303)
        check(params.get("button"), FIRST)
        rule = params.get("matchrule")
        if not isinstance(rule, dict) or not any(rule.values()):
            raise Refused(65305)
        if {name for name, value in rule.items() if value} - {"tag_id", "client_platform_type"}:
            raise Refused(65320)
        number = str(next(self._numbers))
        self.matched.append({"button": params["button"], "matchrule": rule, "menuid": number})
        return number

    def drop(self, number: object) -> None:
        """Take one menu for some away. Raises `Refused`."""
        found = [menu for menu in self.matched if menu["menuid"] == str(number)]
        if not found:
            raise Refused(65301)
        self.matched.remove(found[0])

    def clear(self) -> None:
        self.default = None
        self.matched.clear()

    def buttons(self, tags: list[int], platform: str) -> list[dict]:
        """What somebody with these tags sees: the latest menu that fits, and the tag put on last wins."""
        for tag in [*reversed(tags), None]:
            for menu in reversed(self.matched):
                rule = menu["matchrule"]
                wanted = rule.get("tag_id") or None
                if (None if wanted is None else int(wanted)) != tag:
                    continue
                if str(rule.get("client_platform_type") or platform) == platform:
                    return menu["button"]
        return self.default or []

    @property
    def json(self) -> dict:
        """Raises `Refused` (46003) when there is none."""
        if self.default is None:
            raise Refused(46003)
        found: dict = {"menu": {"button": self.default}}
        return found | ({"conditionalmenu": self.matched} if self.matched else {})


def check(buttons: object, level: Level) -> None:
    """Raises `Refused` when one of the buttons is not as it must be."""
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= level.most:
        raise Refused(level.size)
    for button in buttons:
        if not isinstance(button, dict):
            raise Refused(40035)
        if not 1 <= _bytes(button.get("name")) <= level.name_bytes:
            raise Refused(level.name)
        if level is FIRST and button.get("sub_button"):
            check(button["sub_button"], BELOW)
        else:
            _check_action(button, level)


def _check_action(button: dict, level: Level) -> None:
    kind = button.get("type")
    if kind in KEYED:
        if not 1 <= _bytes(button.get("key")) <= KEY_BYTES:
            raise Refused(level.key)
    elif kind not in OTHERS:
        raise Refused(level.kind)
    if kind in ("view", "miniprogram") and not 1 <= _bytes(button.get("url")) <= URL_BYTES:
        raise Refused(level.url)


def _bytes(value: object) -> int:
    return len(value.encode()) if isinstance(value, str) else 0
