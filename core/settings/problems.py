"""What is told of settings that are wrong."""

from dataclasses import dataclass

PREFIX = "MENLING_"
"""What the names of all settings begin with."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong setting: its full name, what was found (never a secret) and what it may be."""

    setting: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.setting} {self.found}. {self.allowed}"


class SettingsInvalid(Exception):
    """Some settings are wrong; `problems` names every one of them, for the person who runs the program."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
