"""What a message of ours looks like on Telegram: the parameters of sendMessage and editMessageText."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import TypeAlias
from unicodedata import east_asian_width

from bot import written
from bot.messages import Card, Choice, Outbound
from channels.base import Capabilities, utf16_units
from core.rates import Rate, Whose
from core.ways import Limits

Parameters: TypeAlias = dict[str, object]

SECOND = timedelta(seconds=1)

PACE = (
    Rate(1, SECOND, Whose.PERSON, burst=3, debt=3),
    Rate(1, SECOND, Whose.GROUP, burst=3),
    Rate(20, timedelta(minutes=1), Whose.GROUP),
    Rate(25, SECOND, Whose.ACCOUNT, burst=5, debt=25),  # with the burst never more than the platform's 30
)
"""What the platform bears, as far as it tells."""
CAN = Capabilities(
    buttons=80, label=60, text=4096, size=utf16_units, cards=True, edits=True, limits=Limits(pace=PACE)
)
"""The platform allows 4,096 UTF-16 units and about 100 buttons."""

LONGEST_DATA = 64
"""Bytes of `callback_data`."""
SHARES = {"contact": "request_contact", "place": "request_location"}

_ROW_OF_THREE, _ROW_OF_TWO = 10, 18
"""The widest label, in Latin letters, of which so many stand side by side on a narrow phone."""
_REMOVE = {"remove_keyboard": True}
_NO_PREVIEW = {"is_disabled": True}


def new(message: Outbound, *, group: bool, share: str = "", plain: bool = False) -> Parameters:
    """The message as a new one, in a group or a private chat.

    `share` is what stands on the button that gives what `message.shares` asks for; it can be shown in
    private chats only, and without it the choices are ordinary buttons. With `plain` nothing is marked up.
    """
    markup: object = None
    if message.shares and share and not group:
        markup = _share_keyboard(message, SHARES[message.shares], share)
    elif message.choices:
        markup = _inline_keyboard(message, group)
    elif not group:
        markup = _REMOVE
    return _words(message, plain) | {"link_preview_options": _NO_PREVIEW} | _marked(markup)


def changed(message: Outbound, *, group: bool, plain: bool = False) -> Parameters:
    """The message in the place of an earlier one, which keeps only buttons that belong to a message."""
    markup = _inline_keyboard(message, group) if message.choices else None
    return _words(message, plain) | {"link_preview_options": _NO_PREVIEW} | _marked(markup)


def closed(shown: Outbound, chosen: str) -> Parameters | None:
    """An answered question without its buttons, with what was chosen below. None if that is too long."""
    tick = f"✓ {chosen}"
    if utf16_units(f"{_words(shown, plain=True)['text']}\n\n{tick}") > CAN.text:
        return None
    marked = _words(shown, plain=False)
    return marked | {"text": f"{marked['text']}\n\n{_safe(tick)}", "link_preview_options": _NO_PREVIEW}


def _words(message: Outbound, plain: bool) -> Parameters:
    if plain:
        card = written.written_out(message.card) if message.card else ""
        return {"text": written.below(message.text, card)}
    card = _framed(message.card) if message.card else ""
    return {"text": written.below(_safe(message.text), card), "parse_mode": "HTML"}


def _framed(card: Card) -> str:
    facts = (_safe(written.fact(label, value)) for label, value in card.lines)
    title, footer = (
        f"<{tag}>{_safe(text)}</{tag}>" if text else ""
        for tag, text in (("b", card.title), ("i", card.footer))
    )
    return "\n".join(line for line in (title, *facts, footer) if line)


def _safe(text: str) -> str:
    return escape(text, quote=False)


def _marked(markup: object) -> Parameters:
    return {} if markup is None else {"reply_markup": markup}


def _inline_keyboard(message: Outbound, group: bool) -> Parameters:
    owner = message.owner if group else ""
    return {
        "inline_keyboard": [
            [{"text": choice.label, "callback_data": _data(choice, owner)} for choice in row]
            for row in _rows(message.choices)
        ]
    }


def _share_keyboard(message: Outbound, request: str, share: str) -> Parameters:
    rows: list[list[Parameters]] = [[{"text": share, request: True}]]
    rows += [[{"text": choice.label} for choice in row] for row in _rows(message.choices)]
    return {"keyboard": rows, "one_time_keyboard": True, "resize_keyboard": True}


def _data(choice: Choice, owner: str) -> str:
    """What comes back: in a group with whose it is before it, as far as that fits."""
    owned = f"{owner}|{choice.data}"
    return owned if owner and len(owned.encode()) <= LONGEST_DATA else choice.data


def _rows(choices: Sequence[Choice]) -> Iterator[Sequence[Choice]]:
    """The answers as their labels allow, then the ways out in rows of their own."""
    for wanted in (False, True):
        some = [choice for choice in choices if (choice.kind == "way") is wanted]
        for side_by_side, alike in groupby(some, key=lambda choice: _side_by_side(choice.label)):
            yield from _evenly(list(alike), side_by_side)


def _evenly(choices: Sequence[Choice], most: int) -> Iterator[Sequence[Choice]]:
    """In as few rows as can be, none much shorter than another: four are two and two, not three and one."""
    rows = -(-len(choices) // most)
    for row in range(rows):
        yield choices[row * len(choices) // rows : (row + 1) * len(choices) // rows]


@lru_cache(maxsize=1_024)
def _side_by_side(label: str) -> int:
    width = sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
    return 3 if width <= _ROW_OF_THREE else 2 if width <= _ROW_OF_TWO else 1
