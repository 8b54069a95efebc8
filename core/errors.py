"""How the company says no: a rule was not met, and people deserve to hear which."""


class DomainError(Exception):
    """A rule said no. `key` names the sentence that explains it, `args_` what the sentence mentions.

    Subclasses live beside the rule that raises them and set `key`; a conversation turns the error into
    that sentence, so it is never logged as a failure of ours.
    """

    key = "error-rule"

    def __init__(self, **args_: object) -> None:
        super().__init__(self.key, args_)
        self.args_ = args_
