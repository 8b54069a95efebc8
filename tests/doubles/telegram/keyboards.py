"""Buttons: what the Bot API takes, and how people see them."""

from json import JSONEncoder

from tests.doubles.telegram.refusals import bad

MOST_BUTTONS, LONGEST_MARKUP, LONGEST_DATA = 100, 10_000, 64
plainly = JSONEncoder(ensure_ascii=False).encode
INLINE_KINDS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "pay", "callback_game",
)  # fmt: skip


def check(markup: dict | None, *, private: bool) -> None:
    """Raise `Refused` for buttons the Bot API would not take in this kind of chat."""
    if not markup:
        return
    inline = markup.get("inline_keyboard")
    rows = inline if inline is not None else markup.get("keyboard", [])
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if inline is not None:
            _check_inline(button)
        elif isinstance(button, dict) and not private:
            _check_request(button)
    if len(buttons) > MOST_BUTTONS or len(plainly(markup).encode()) > LONGEST_MARKUP:
        raise bad("reply markup is too long")


def _check_inline(button: dict) -> None:
    if not button.get("text"):
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if not any(kind in button for kind in INLINE_KINDS):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _check_request(button: dict) -> None:
    if button.get("request_contact"):
        raise bad("phone number can be requested in private chats only")
    if button.get("request_location"):
        raise bad("location can be requested in private chats only")


def labels(rows: list | None) -> tuple[tuple[str, ...], ...]:
    """The words on the buttons, row by row."""
    return tuple(
        tuple(button if isinstance(button, str) else button["text"] for button in row) for row in rows or []
    )


def named(rows: list | None, label: str) -> dict | None:
    """The first button with these words on it."""
    for row in rows or []:
        for button in row:
            if (button if isinstance(button, str) else button["text"]) == label:
                return {"text": button} if isinstance(button, str) else button
    return None
