from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Remedy as R
from channels.wecom.errors import CODES, meaning, reaction

MEANT: dict[type[Undelivered] | R, tuple[int, ...]] = {
    TryLater: (-1, 6000, 45009, 45033),
    Misconfigured: (*(40001, 40013, 40091, 40014, 42001, 41001, 40056, 60011, 48002, 301002, 60020, 50003),),
    Unreachable: (40003, 60111, 46004, 81013, 82001),
    ContentRefused: (40058, 47001, 44004),
    R.SPLIT: (45002,),
    R.MEDIA: (40007,),
    R.TASK_ID: (42014,),
}
ALARMS = {
    *(40001, 40013, 40091, 40014, 42001, 41001, 40056, 60011, 48002, 301002, 60020, 50003),
    *(81013, 82001, 40058, 47001, 44004),
}
ROWS = [(code, meant) for meant, codes in MEANT.items() for code in codes]


@pytest.mark.parametrize(("code", "meant"), ROWS)
def test_each_code_has_its_reaction(code: int, meant: type[Undelivered] | R) -> None:
    with capture_logs() as logs:
        found = reaction(code, "their words", "1-2-3")

    assert (found if isinstance(found, R) else type(found)) is meant
    assert [log["event"] for log in logs] == ["tencent.alarm"] * (code in ALARMS)


def test_every_row_is_tested() -> None:
    assert sorted(CODES) == sorted(code for code, _ in ROWS)


@pytest.mark.parametrize(
    ("code", "after", "whole"),
    [
        (-1, timedelta(0), False),
        (6000, timedelta(0), False),
        (45009, timedelta(minutes=1), True),
        (45033, timedelta(minutes=1), True),
    ],
)
def test_some_are_tried_again_later(code: int, after: timedelta, whole: bool) -> None:
    found = reaction(code, "")

    assert isinstance(found, TryLater)
    assert (found.after, found.whole) == (after, whole)


def test_a_code_that_nobody_described_refuses_the_content_and_is_logged() -> None:
    with capture_logs() as logs:
        found = reaction(99999, "something new", "1760000000_11_x")

    assert isinstance(found, ContentRefused)
    assert (logs[0]["event"], logs[0]["rid"]) == ("tencent.unknown_code", "1760000000_11_x")


def test_whatever_a_call_raises_has_a_meaning() -> None:
    assert type(meaning(Refused(60020, "not allow to access from your ip"))) is Misconfigured
    assert type(meaning(NotSent("nobody there"))) is Down
    assert type(meaning(MayHaveArrived("cut off"))) is OutcomeUnknown
