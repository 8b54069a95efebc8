"""The transcripts typed, as they read on WeChat: a turn is one text, answered by what stands in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from sqlalchemy import Engine

from bot import outbox
from channels import render
from channels.base import Capabilities
from channels.wechat.channel import LONGEST_TEXT
from channels.wechat.replies import text_reply
from core.company import Company
from core.correspondence import Purpose
from core.database import transaction
from core.ways import Limits
from tests import town
from tests.conftest import Moment
from tests.doubles.wechat import envelopes
from tests.plans import Heard, report
from tests.talk import Person
from tests.test_transcripts import FILES, IN_TWO_LANGUAGES, TYPED_HERE, Replay, dealt, is_typed, named, on

CAN = Capabilities(text=LONGEST_TEXT, limits=Limits(joins=True))
NUMBERED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class Screen(Replay):
    """A transcript being held by people who see text only."""

    shown, before = "", ""
    """All that the last answer showed, and what stands above it."""

    def person(self, name: str) -> Person:
        person = super().person(name)
        person.limits = replace(person.limits, joins=True)
        return person

    def take(self, line: str) -> list:
        """As it is done there, and shown as the platform shows it."""
        heard = super().take(line)
        answers = [one for one in heard if one.purpose is Purpose.ANSWER]
        assert len(answers) <= 1, "the answers of a turn are one message"
        self.before += self.shown
        self.shown = "\n".join(self.part(part) for one in heard for part in self.parts(one))
        return heard

    def press(self, label: str) -> list:
        """Type the number that stands before a label, or the label of a way out."""
        numbers = {said: number for number, said in NUMBERED.findall(self.shown)}
        assert label in self.shown or label in self.before, f"{label} is nowhere to be seen"
        return self.speaker.says(numbers.get(label, label))

    def parts(self, message: object) -> Iterator[str]:
        """The texts that a message becomes."""
        said = outbox.outbound(message)
        hint = render.number_hint(said.language or self.company.languages[0])
        for part in render.fit(said, CAN, number_hint=hint):
            assert not part.choices
            assert part.card is None
            yield part.text

    def part(self, text: str) -> str:
        """One text, through the platform's XML and back."""
        assert 0 < len(text.encode()) <= LONGEST_TEXT
        read = envelopes.parse(text_reply("oMing", "gh_demo", text, self.moment.now))["Content"]
        assert read == text
        return read


def cases() -> Iterator[object]:
    """Every file but those whose buttons are the point, and those that say themselves how answers look.

    What is held in two languages is typed in one of them.
    """
    for file in FILES:
        spoken = ("zh", "en")[crc32(file.stem.encode()) // 2 % 2]
        is_here = file.name not in IN_TWO_LANGUAGES or file.parent.name == spoken
        if is_here and is_typed(file) and named(file) not in TYPED_HERE:
            yield on(dealt(file)[1], file, how="typed")


def pieces(line: str) -> list[str]:
    """The words of an answer's line, without what a transcript puts around them."""
    return [piece for piece in re.split(r"^[┌└│] |\[|\] ?|: ", line.removeprefix("< ")) if piece.strip()]


# Each on the database on which it is not pressed.
@pytest.mark.parametrize(("engine", "file"), list(cases()), indirect=["engine"])
def test_everything_of_a_transcript_is_to_be_seen_on_wechat(
    file: Path, engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    screen, heard = Screen(engine, company, moment, buttons=False), Heard()
    with heard.on(engine):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith(("> ", "@ ")):
                screen.play(line)
            elif line.startswith("< "):
                for piece in pieces(named_back(screen, line)):
                    assert piece in screen.shown, f"{piece!r} is not to be seen in\n{screen.shown}"
    report(heard.reading_too_much(engine))


def named_back(screen: Screen, line: str) -> str:
    """A line with references and codes in the place of their names."""
    for real, name in (screen.references | screen.codes | screen.day_codes).items():
        line = line.replace(name, real)
    return line
