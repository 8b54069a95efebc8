"""What happened in a home: moving, work done on it, and who joined the household."""

import re

from bot import words
from core.facts import Event

_DENIED = re.compile(
    r"(?:没有?|未|不是?|还没有?|如果|要是|等到?|万一|有没有|会不会)(?:再|去|又|有|要|是|在|准备|打算)*$"
    r"|\b(?:not|no|never|n't|n’t|if|when|before|once|until)(?: (?:yet|been|be|quite|really|we|i|the|our))* *$"
)
_THINGS_MOVED = re.compile(r"^ (?:my|the|it|this|that|our|to (?:another|a different) (?:day|time))\b")
_LONGEST = 120
"""What is longer is a story about something else."""


def read(text: str) -> tuple[Event, ...]:
    """What the message says has happened or is about to; nothing where it asks, denies or supposes."""
    if len(text) > _LONGEST or words.ends_like_a_question(text):
        return ()
    told = [event for event in Event if _says(text, event)]
    if Event.PET in told and not words.stands_in(text, "home", "pets"):
        told.remove(Event.PET)
    return tuple(told)


def _says(text: str, event: Event) -> bool:
    return any(
        not _DENIED.search(before) and not (event is Event.MOVING and _THINGS_MOVED.search(after))
        for before, after in words.found(text, "life", event.value)
    )
