"""How fast a bot may send: to one chat, to one group, and altogether."""

from dataclasses import dataclass
from math import ceil

from tests.doubles.telegram.refusals import too_many


@dataclass(frozen=True, slots=True)
class Rates:
    """What is allowed. The real numbers are not published; these are the ones everybody goes by."""

    chat_per_second: float = 1.0
    chat_burst: int = 5
    group_per_minute: int = 20
    bot_per_second: int = 30


class Meter:
    """Counts what was sent. A rule is kept as the moment at which its bucket is empty again."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self._bot = 0.0
        self._chats: dict[int, float] = {}

    def count(self, chat: int, *, crowd: bool, now: float) -> None:
        """Count one message to this chat; a crowd is a group. Raises `Refused` (429), counting nothing."""
        rates = self.rates
        if crowd:
            step, burst = 60 / rates.group_per_minute, rates.group_per_minute
        else:
            step, burst = 1 / rates.chat_per_second, rates.chat_burst
        empty = max(self._chats.get(chat, 0.0), now)
        bot_step = 1 / rates.bot_per_second
        bot_empty = max(self._bot, now)
        wait = max(empty - now - (burst - 1) * step, bot_empty - now - (rates.bot_per_second - 1) * bot_step)
        if wait > 1e-6:
            raise too_many(ceil(wait))
        self._chats[chat] = empty + step
        self._bot = bot_empty + bot_step
