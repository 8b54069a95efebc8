"""What a bot sets and asks about itself and its chats: commands, the menu button, who it is, leaving."""

import json
import re
from typing import TYPE_CHECKING

from tests.doubles.telegram.chats import Standing
from tests.doubles.telegram.membership import member, moved
from tests.doubles.telegram.refusals import bad

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
MOST_COMMANDS, LONGEST_DESCRIPTION = 100, 256
GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
)  # fmt: skip
SCOPES = {
    "default": (), "all_private_chats": (), "all_group_chats": (), "all_chat_administrators": (),
    "chat": ("chat_id",), "chat_administrators": ("chat_id",), "chat_member": ("chat_id", "user_id"),
}  # fmt: skip


def get_me(double: "Double", params: dict) -> dict:
    abilities = {
        "can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False,
        "can_connect_to_business": False, "has_main_web_app": False, "has_topics_enabled": False,
    }  # fmt: skip
    return {**double.bot, **abilities}


def set_my_commands(double: "Double", params: dict) -> bool:
    """Commands for one scope and language; none deletes them."""
    commands = params.get("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= LONGEST_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _key(double, params)
    double.commands[key] = [
        {**command, "command": command["command"].removeprefix("/")} for command in commands
    ]
    if not commands:
        del double.commands[key]
    return True


def get_my_commands(double: "Double", params: dict) -> list[dict]:
    return double.commands.get(_key(double, params), [])


def delete_my_commands(double: "Double", params: dict) -> bool:
    double.commands.pop(_key(double, params), None)
    return True


def set_chat_menu_button(double: "Double", params: dict) -> bool:
    """What stands beside the writing line: for one private chat, or for all that have none of their own."""
    button = params.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "web_app", "default"):
        raise bad("can't parse menu button: unsupported menu button type specified")
    double.menu_buttons[double.reach(params).id if "chat_id" in params else 0] = button
    return True


def get_chat(double: "Double", params: dict) -> dict:
    chat = double.reach(params)
    return {
        **chat.card,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def get_chat_member(double: "Double", params: dict) -> dict:
    """How the bot, or somebody else, stands with a group."""
    chat = double.reach(params)
    if params.get("user_id") == double.bot["id"]:
        return member(double, chat, chat.standing)
    person = double.people.get(params.get("user_id", 0))
    if person is None:
        raise bad("user not found")
    is_in = person.id in chat.members
    return {"user": person.card, "status": "member" if is_in else "left"}


def leave_chat(double: "Double", params: dict) -> bool:
    """Go; the bot is told so like everybody."""
    chat = double.reach(params)
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    moved(double, chat, by=double.bot, to=Standing.LEFT)
    return True


def scope_key(kind: str, chat: int | None = None, user: int | None = None) -> str:
    """One way to write a scope."""
    return json.dumps([kind, chat, user])


def _key(double: "Double", params: dict) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    needed = SCOPES.get(scope.get("type", ""))
    if needed is None:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in needed:
        double.reach(scope)
    key = scope_key(scope["type"], *(int(scope[name]) for name in needed))
    return key, params.get("language_code") or ""


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
}
