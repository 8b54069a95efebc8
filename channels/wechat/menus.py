"""The menu at the foot of an Official Account's chat: what customers may begin with one press."""

from bot import texts
from bot.menu import MENUS
from channels.base import utf8_bytes
from channels.wechat.client import Client
from core.identities import Role

FIRST_LEVEL = 3
"""Buttons side by side; below each at most five."""
NAME, NAME_BELOW = 16, 60
"""Bytes of a button's name, and of one in a list."""


def buttons(language: str) -> list[dict[str, object]]:
    """What a customer may begin, in words of `language`: the first ones by themselves, the rest in a list."""
    names = MENUS[Role.CUSTOMER]
    first, rest = names[: FIRST_LEVEL - 1], names[FIRST_LEVEL - 1 :]
    more: dict[str, object] = {
        "name": _within(texts.say(language, "wechat-menu-more"), NAME),
        "sub_button": [_button(language, name, NAME_BELOW) for name in rest],
    }
    return [*(_button(language, name, NAME) for name in first), more]


async def publish(client: Client, language: str) -> None:
    """Put the menu in the place of the one that is there. Raises as calls do."""
    await client.menu.create({"button": buttons(language)})


def _button(language: str, name: str, most: int) -> dict[str, object]:
    return {"type": "click", "name": _within(texts.say(language, f"go-{name}"), most), "key": f"go:{name}"}


def _within(label: str, most: int) -> str:
    """As many whole characters as there is room for."""
    while utf8_bytes(label) > most:
        label = label[:-1]
    return label
