"""Every code of customer service, and every reason for which a message does not arrive."""

import pytest
from structlog.testing import capture_logs

from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    TryLater,
    Undelivered,
    Unreachable,
    WindowClosed,
)
from channels.kf.errors import CODES, FAILURES, Fate, failure, meaning
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Remedy as R

MEANT: dict[type[Undelivered] | R, tuple[int, ...]] = {
    TryLater: (-1, 6000, 45009, 45033),
    Misconfigured: (
        *(40001, 40013, 40091, 40014, 42001, 41001, 40056, 60011, 48002, 301002, 60020, 50003, 95000),
    ),
    Unreachable: (40003, 60111, 46004, 81013, 82001, 40096, 84061),
    WindowClosed: (95001, 95018),
    ContentRefused: (40058, 47001, 44004, 45002, 40007),
    R.PLAIN: (40008,),
    R.IGNORE: (95007,),
    R.TASK_ID: (42014,),
}
ALARMS = {
    *(40001, 40013, 40091, 40014, 42001, 41001, 40056, 60011, 48002, 301002, 60020, 50003, 95000),
    *(81013, 82001, 40058, 47001, 44004, 45002),
}
ROWS = [(code, meant) for meant, codes in MEANT.items() for code in codes]
FATES = {
    Fate.LATER: (0, 4, 5, 6, 99),
    Fate.BROKEN: (1, 2, 7, 8, 9, 11),
    Fate.LOST: (10,),
    Fate.NEVER: (12,),
}
ENDS = [(why, fate) for fate, reasons in FATES.items() for why in reasons]


@pytest.mark.parametrize(("code", "meant"), ROWS)
def test_each_code_has_its_reaction(code: int, meant: type[Undelivered] | R) -> None:
    with capture_logs() as logs:
        found = meaning(Refused(code, "their words", "1-2-3"))

    assert (found if isinstance(found, R) else type(found)) is meant
    assert [log["event"] for log in logs] == ["tencent.alarm"] * (code in ALARMS)


def test_every_row_is_tested() -> None:
    assert sorted(CODES) == sorted(code for code, _ in ROWS)
    assert sorted(FAILURES) == sorted(why for why, _ in ENDS if why != 99)


@pytest.mark.parametrize("code", [95001, 95018])
def test_why_a_window_is_closed_can_be_told(code: int) -> None:
    found = meaning(Refused(code, ""))
    assert isinstance(found, WindowClosed)
    assert found.args == (code,)


@pytest.mark.parametrize("failed", [NotSent("no line"), MayHaveArrived("cut off")])
def test_what_was_cut_off_is_made_again_because_it_is_shown_once(
    failed: NotSent | MayHaveArrived,
) -> None:
    assert isinstance(meaning(failed), Down)


def test_a_code_nobody_described_means_that_the_content_is_refused() -> None:
    assert isinstance(meaning(Refused(12345, "")), ContentRefused)


@pytest.mark.parametrize(("why", "fate"), ENDS)
def test_each_reason_has_its_end(why: int, fate: Fate) -> None:
    assert failure(why)[0] is fate
    assert failure(why)[1]
