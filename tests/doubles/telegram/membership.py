"""The bot coming and going: what is told when it is blocked, thrown out, let in again."""

from typing import TYPE_CHECKING

from tests.doubles.telegram.chats import Chat, Standing

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics",
)  # fmt: skip


def moved(double: "Double", chat: Chat, *, by: dict, to: Standing) -> int:
    """The bot's standing changes by somebody's hand; the number of the update that says so."""
    old, chat.standing = member(double, chat, chat.standing), to
    return changed(double, chat, by=by, old=old)


def changed(double: "Double", chat: Chat, *, by: dict, old: dict) -> int:
    """The bot was `old` in a chat and is something else now; the number of the update that says so."""
    now = member(double, chat, chat.standing)
    return double.updates.put("my_chat_member", _change(double, chat, by, old, now), ("member", chat.id))


def left(double: "Double", chat: Chat, person: dict) -> int:
    """Somebody goes; an administrator who asked for it is told. The number of the update, 0 if nobody is."""
    old, now = ({"user": person, "status": status} for status in ("member", "left"))
    return double.updates.put("chat_member", _change(double, chat, person, old, now), ("member", chat.id))


def _change(double: "Double", chat: Chat, by: dict, old: dict, now: dict) -> dict:
    return {
        "chat": chat.card,
        "from": by,
        "date": int(double.now()),
        "old_chat_member": old,
        "new_chat_member": now,
    }


def member(double: "Double", chat: Chat, standing: Standing) -> dict:
    """The bot as a member of a chat."""
    if standing is Standing.LEFT:
        return {"user": double.bot, "status": "left"}
    if standing in (Standing.BLOCKED, Standing.KICKED):
        return {"user": double.bot, "status": "kicked", "until_date": 0}
    if chat.private:
        return {"user": double.bot, "status": "member"}
    rights = dict.fromkeys(RIGHTS, True)
    rights |= {"can_be_edited": False, "is_anonymous": False, "can_manage_topics": chat.manages_topics}
    return {"user": double.bot, "status": "administrator", **rights}
