"""The cards that were sent: what is kept of each so that it can be closed, once."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Self

REMEMBERED = 10_000
"""So many cards that are closed are known; more than are pressed while an answer is on its way."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A card that the platform took, as it is kept in the record."""

    task: str
    response_code: str
    """What allows one change of it, for 72 hours."""
    msgid: str

    def __str__(self) -> str:
        return f"{self.task}|{self.response_code}|{self.msgid}"

    @classmethod
    def of(cls, receipt: str) -> Self | None:
        """The card that a receipt stands for; None for that of a text, which cannot be changed."""
        parts = receipt.split("|", 2)
        return cls(*parts) if len(parts) == 3 and all(parts[:2]) else None


class Closed:
    """The cards that are closed already, or are about to be, as far as this process knows; by task ids."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[str, None] = OrderedDict()

    def add(self, task: str) -> bool:
        """This card is being closed; False if it was before."""
        is_new = task not in self._tasks
        self._tasks[task] = None
        while len(self._tasks) > REMEMBERED:
            self._tasks.popitem(last=False)
        return is_new

    def discard(self, task: str) -> None:
        """It was not closed after all."""
        self._tasks.pop(task, None)
