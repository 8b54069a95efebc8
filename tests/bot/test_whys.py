"""What came of a reminder, for staff: each reason has words in the language of who reads it."""

import ast
import re
from pathlib import Path

import pytest
from sqlmodel import Session

import bot.due
from bot import telling, texts, whys
from core import reminders
from core.company import Company
from tests.conftest import Moment

OF_VISITS = (
    "ending", "forewarned", "lateness", "near", "observed", "overdue", "rating", "relayed", "replaced",
    "setting_out", "unchecked",
)  # fmt: skip
REASON = re.compile(r"(?:not said|stale|held): .+")


def reasons() -> set[str]:
    """All that is written down of why nothing is said about a visit."""
    folder = Path(bot.due.__file__).parent
    trees = [ast.parse((folder / f"{name}.py").read_text(encoding="utf-8")) for name in OF_VISITS]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and REASON.fullmatch(node.value)
    } - {"not said: to be looked at again at "}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_reason_is_said_in_the_language_of_who_reads_it(
    session: Session, company: Company, moment: Moment
) -> None:
    turn = telling.house_turn(session, company, moment.now)
    found = reasons() | {"held: they sleep", "held: workers rest", "said", "still to come", "done"}
    found |= {f"{reminders.GIVEN_UP} after 5 times: OSError", "stale: 6 h late, and worth saying for 5 h"}
    assert len(found) > 20
    for one in found:
        turn.language = "zh-CN"
        assert re.search("[\u4e00-\u9fff]", whys.worded(turn, one)), one
        for language in texts.languages():
            turn.language = language
            assert whys.worded(turn, one)
    assert whys.worded(turn, "not said: something new") == "something new"
