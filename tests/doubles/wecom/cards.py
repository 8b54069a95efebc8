"""What a message may hold, and the codes by which a card can be changed once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.doubles.wecom.refusals import Refused

LONGEST = 2_048
LONGEST_KEY = 1_024
MOST_BUTTONS = MOST_FACTS = 6
GOOD_FOR = 72 * 3600
TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")


def check(kind: object, content: object) -> dict:
    """The content of a message. Raises `Refused`."""
    if kind not in ("text", "markdown", "template_card"):
        raise Refused(40008)
    if not isinstance(content, dict):
        raise Refused(40058)
    if kind == "template_card":
        _check_card(content)
        return content
    words = content.get("content")
    if not isinstance(words, str) or not words.strip():
        raise Refused(44004)
    if len(words.encode()) > LONGEST:
        raise Refused(45002)
    return content


def _check_card(card: dict) -> None:
    buttons, facts = card.get("button_list"), card.get("horizontal_content_list", [])
    if card.get("card_type") != "button_interaction" or not card.get("main_title", {}).get("title"):
        raise Refused(40058, "invalid Request Parameter. card_type or main_title")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise Refused(40058, "invalid Request Parameter. button_list")
    keys = [button.get("key") or "" for button in buttons]
    if len(set(keys)) < len(keys) or not all(0 < len(key.encode()) <= LONGEST_KEY for key in keys):
        raise Refused(40058, "invalid Request Parameter. button_list.key")
    if not all(button.get("text") for button in buttons):
        raise Refused(40058, "invalid Request Parameter. button_list.text")
    if len(facts) > MOST_FACTS or not all(fact.get("keyname") for fact in facts):
        raise Refused(40058, "invalid Request Parameter. horizontal_content_list")
    if not TASK_ID.fullmatch(card.get("task_id") or ""):
        raise Refused(40058, "invalid Request Parameter. task_id")


@dataclass(slots=True)
class Code:
    """What allows one change of the card with a task id."""

    task: str
    made_at: float
    used: bool = False


class Codes:
    """Gives out response codes, and takes each of them once."""

    def __init__(self, now: Callable[[], float], random: Random) -> None:
        self._now, self._random = now, random
        self.all: dict[str, Code] = {}

    def new(self, task: str) -> str:
        """A code for a card, good for 72 hours."""
        value = f"{self._random.getrandbits(128):032x}"
        self.all[value] = Code(task, self._now())
        return value

    def use(self, value: object) -> str:
        """The task id of the card that may be changed now. Raises `Refused` (the number is a guess)."""
        code = self.all.get(value) if isinstance(value, str) else None
        if code is None or code.used or self._now() >= code.made_at + GOOD_FOR:
            raise Refused(40058, "invalid Request Parameter. response_code")
        code.used = True
        return code.task
