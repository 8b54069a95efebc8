"""Saying something: messages, edits, reactions, answers to presses."""

from typing import TYPE_CHECKING

from tests.doubles.telegram import hypertext, keyboards, shelf
from tests.doubles.telegram.chats import Chat, Kept
from tests.doubles.telegram.refusals import Refused, bad, too_old
from tests.doubles.telegram.wire import Upload
from tests.doubles.telegram.writing import write

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

LONGEST_TOAST = 200
LARGEST_PHOTO = 10 * 1024 * 1024
DELETABLE_FOR = 48 * 3600
DOINGS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def send_message(double: "Double", params: dict) -> dict:
    """A new text message; the message as it was kept."""
    chat = double.reach(params)
    content = _text(params)
    return _send(double, chat, params, content)


def send_photo(double: "Double", params: dict) -> dict:
    """A photo that is uploaded with the call or was sent before."""
    chat = double.reach(params)
    file = _photo(double, params)
    caption, entities = hypertext.read(
        params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"),
        longest=hypertext.LONGEST_CAPTION,
    )  # fmt: skip
    content: dict = {"photo": shelf.photo(file)}
    if caption:
        content["caption"] = caption
    if entities:
        content["caption_entities"] = entities
    return _send(double, chat, params, content)


def edit_message_text(double: "Double", params: dict) -> dict:
    """New text for a message of the bot; buttons that are not given again are gone."""
    chat, kept = _editable(double, params)
    if "text" not in kept.json:
        raise bad("there is no text in the message to edit")
    content = _text(params)
    keyboards.check(params.get("reply_markup"), private=chat.private)
    return _change(double, chat, kept, {"entities": [], **content}, params.get("reply_markup"))


def edit_message_reply_markup(double: "Double", params: dict) -> dict:
    chat, kept = _editable(double, params)
    keyboards.check(params.get("reply_markup"), private=chat.private)
    return _change(double, chat, kept, {}, params.get("reply_markup"))


def delete_message(double: "Double", params: dict) -> bool:
    """Take a message away, the bot's or (where it may) a person's; not after 48 hours."""
    chat = double.reach(params)
    kept = chat.messages.get(params.get("message_id", 0))
    if kept is None:
        raise bad("message to delete not found")
    if double.now() - kept.json["date"] > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    del chat.messages[kept.json["message_id"]]
    chat.changed.ring()
    return True


def set_message_reaction(double: "Double", params: dict) -> bool:
    """Put the bot's reaction on a message, or take it off again with none."""
    chat = double.reach(params)
    kept = chat.messages.get(params.get("message_id", 0))
    if kept is None:
        raise bad("message to react not found")
    kept.reactions = params.get("reaction") or []
    chat.changed.ring()
    return True


def send_chat_action(double: "Double", params: dict) -> bool:
    """Show that the bot is about to answer; `chat.doings` keeps what was shown."""
    chat = double.reach(params)
    if params.get("action") not in DOINGS:
        raise bad("wrong parameter action in request")
    if params.get("message_thread_id") is not None:
        chat.topic(params["message_thread_id"])
    chat.doings.append(params["action"])
    return True


def answer_callback_query(double: "Double", params: dict) -> bool:
    """End the waiting of whoever pressed, once, while the press is young enough."""
    query = double.presses.get(str(params.get("callback_query_id", "")))
    if query is None or double.now() - query.at > double.presses_live:
        raise too_old()
    text = params.get("text") or ""
    if len(text) > LONGEST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    del double.presses[query.id]
    query.person.toasts.append((text, bool(params.get("show_alert"))))
    query.chat.changed.ring()
    return True


def _text(params: dict) -> dict:
    text, entities = hypertext.read(
        str(params.get("text", "")), params.get("parse_mode"), params.get("entities"),
        longest=hypertext.LONGEST_TEXT,
    )  # fmt: skip
    if not text:
        raise bad("message text is empty")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _send(double: "Double", chat: Chat, params: dict, content: dict) -> dict:
    thread = params.get("message_thread_id")
    if thread is not None:
        chat.topic(thread)
    reply_to = _reply_to(chat, params)
    markup = params.get("reply_markup") or {}
    keyboards.check(markup, private=chat.private)
    double.count(chat)
    if "inline_keyboard" in markup:
        content["reply_markup"] = markup
    elif "keyboard" in markup or markup.get("remove_keyboard"):
        chat.keyboard = markup if "keyboard" in markup else None
    if params.get("protect_content"):
        content["has_protected_content"] = True
    by_keyboard = "keyboard" in markup
    kept = write(double, chat, content, thread=thread, reply_to=reply_to, by_keyboard=by_keyboard)
    double.has_answered(chat)
    return kept.json


def _reply_to(chat: Chat, params: dict) -> int | None:
    reply = params.get("reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    number = reply.get("message_id")
    if number is None or number in chat.messages:
        return number
    if reply.get("allow_sending_without_reply", params.get("allow_sending_without_reply")):
        return None
    raise bad("message to be replied not found")


def _photo(double: "Double", params: dict) -> shelf.File:
    photo = params.get("photo")
    if isinstance(photo, str) and photo.startswith("attach://"):
        photo = params.get(photo.removeprefix("attach://"))
    if isinstance(photo, Upload):
        if len(photo.data) > LARGEST_PHOTO:
            raise Refused(413, "Request Entity Too Large")
        if not photo.data:
            raise bad("file must be non-empty")
        return double.shelf.put("photo", photo.data)
    file = double.shelf.by_id(photo)
    if file is None:
        missing = "there is no photo in the request"
        raise bad("wrong file identifier/HTTP URL specified" if photo else missing)
    return file


def _editable(double: "Double", params: dict) -> tuple[Chat, Kept]:
    chat = double.reach(params)
    number = params.get("message_id")
    if number is None:
        raise bad("message identifier is not specified")
    kept = chat.messages.get(number)
    if kept is None:
        raise bad("message to edit not found")
    if not kept.by_bot or kept.by_keyboard:
        raise bad("message can't be edited")
    return chat, kept


def _change(double: "Double", chat: Chat, kept: Kept, content: dict, markup: dict | None) -> dict:
    message = kept.json
    new = {**message, **content, "reply_markup": markup if markup and markup.get("inline_keyboard") else None}
    new = {name: value for name, value in new.items() if value}
    if new == message:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    double.count(chat)
    new["edit_date"] = int(double.now())
    kept.json = new
    chat.changed.ring()
    double.has_answered(chat)
    return new


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "setMessageReaction": set_message_reaction,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
