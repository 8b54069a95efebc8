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
    before, chat.standing = chat.standing, to
    change = {
        "chat": chat.card,
        "from": by,
        "date": int(double.now()),
        "old_chat_member": _member(double, chat, before),
        "new_chat_member": _member(double, chat, to),
    }
    return double.updates.put("my_chat_member", change, ("member", chat.id))


def _member(double: "Double", chat: Chat, standing: Standing) -> dict:
    if standing is Standing.LEFT:
        return {"user": double.bot, "status": "left"}
    if standing in (Standing.BLOCKED, Standing.KICKED):
        return {"user": double.bot, "status": "kicked", "until_date": 0}
    if chat.private:
        return {"user": double.bot, "status": "member"}
    rights = dict.fromkeys(RIGHTS, True)
    rights |= {"can_be_edited": False, "is_anonymous": False}
    return {"user": double.bot, "status": "administrator", **rights}
