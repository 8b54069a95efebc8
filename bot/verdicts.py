"""What a hook may say of an answer instead of taking it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.flow import Option
    from bot.messages import Choice


class Retry(Exception):
    """This answer will not do; `key` names the sentence that says why. `options` replace the ones shown, and
    `also` what may be begun instead."""

    def __init__(
        self,
        key: str,
        options: "Sequence[Option[Any]] | None" = None,
        also: "Sequence[Choice]" = (),
        /,
        **args: object,
    ) -> None:
        super().__init__(key)
        self.key, self.args_, self.options, self.also = key, args, options, tuple(also)


class AskAgain(Exception):
    """An earlier answer no longer holds: `question` is asked again, after the sentence `key`."""

    def __init__(
        self, question: str, key: str, options: "Sequence[Option[Any]] | None" = None, /, **args: object
    ) -> None:
        super().__init__(question, key)
        self.question, self.key, self.args_, self.options = question, key, args, options


class Implies(Exception):
    """This answer is good, but it means another one to an earlier question than the one given there."""

    def __init__(self, question: str, value: object) -> None:
        super().__init__(question)
        self.question, self.value = question, value


class Leave(Exception):
    """There is nothing for this flow to do; the form is closed after the sentence `key`."""

    def __init__(self, key: str, /, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args
