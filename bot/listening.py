"""A flow that goes on until it is left: everything typed in it answers its last question, one by one."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from bot.flow import Flow, Turn
from bot.messages import Outbound


class Listening(Flow):
    """A form that listens: each answer to its last question is done at once, and it is open again."""

    listens: ClassVar[str]
    """The name of that question."""

    def again(self) -> str | None:
        """Until it is left."""
        return self.listens

    @classmethod
    @abstractmethod
    def listening(cls, turn: Turn, answers: Mapping[str, Any]) -> Outbound:  # Any: typed by each question
        """What is shown while it listens. May raise `Leave`."""

    @classmethod
    def commanded(cls, turn: Turn, answers: Mapping[str, Any], body: str) -> tuple[str, str] | None:
        """What words for the bot mean: what begins, and what it is told. None: they are an answer."""
        return None
