"""What customers often ask of this company, and what it answers: its own words, from the company's file."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator

from core.catalogue import Section, Words

SHORTEST = 2
"""Characters of what people say that is listened for; less stands in everything."""


class Question(Section):
    """One thing that is asked in many ways, and its one answer."""

    code: Annotated[str, Field(pattern="^[a-z][a-z-]*$")]
    asked: Mapping[str, tuple[str, ...]]
    """By language, what stands in a message that asks this: "need to be home"."""
    answer: Words
    """May hold `{phone}`, the company's number."""

    @model_validator(mode="after")
    def _can_be_heard(self, info: ValidationInfo) -> Self:
        for language in (info.context or {}).get("languages", ()):
            if not self.asked.get(language):
                raise ValueError(f"nothing in {language}; add what people say to asked")
        short = [one for every in self.asked.values() for one in every if len(one.strip()) < SHORTEST]
        if short:
            raise ValueError(f"{short[0]!r} is too short to be listened for; write more of what people say")
        return self

    def __hash__(self) -> int:
        return hash(self.code)
