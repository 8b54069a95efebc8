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
    WindowClosed,
)
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Remedy as R
from channels.wechat.errors import CODES, meaning, reaction
from tests.conftest import Moment

MEANT: dict[type[Undelivered] | R, tuple[int, ...]] = {
    TryLater: (-1, 268487001, 268487002, 61450, 45009, 45011),
    Misconfigured: (
        *(40001, 40014, 42001, 41001, 40013, 40125, 40243, 40164),
        *(89503, 89506, 89507, 48004, 50002, 50001),
    ),
    Unreachable: (40003, 43004, 50005, 43019, 48002),
    WindowClosed: (43101, 45015, 45047),
    ContentRefused: (44004, 40008, 40035, 47001, 40033, 45008, 70000),
    R.SPLIT: (45002,),
    R.MEDIA: (40007, 40004, 40005, 40006, 40009, 40010, 40011, 40012),
    R.TEMPLATE: (40037, 47003, 43116, 40249, 40039),
    R.CAPABILITY: (48001,),
    R.PLAIN: (40200,),
    R.IGNORE: (45080, 45081, 45072, 48006, 76001, 76002, 76003, 76004, 76021, 76022),
    R.LOG_IN: (40029, 40163),
}
ALARMS = {
    *(40001, 40014, 42001, 41001, 40013, 40125, 40243, 40164, 89503, 89506, 89507),
    *(40037, 47003, 43116, 40249, 40039, 48001, 48004, 50002, 50001, 48006, 45009),
    *(44004, 40008, 40035, 47001, 40033, 45008),
}
ROWS = [(code, meant) for meant, codes in MEANT.items() for code in codes]


@pytest.mark.parametrize(("code", "meant"), ROWS)
def test_each_code_has_its_reaction(code: int, meant: type[Undelivered] | R) -> None:
    with capture_logs() as logs:
        found = reaction(code, "their words", "1-2-3")

    assert (found if isinstance(found, R) else type(found)) is meant
    alarms = [{**log, "what": ""} for log in logs]
    expected = {"event": "tencent.alarm", "log_level": "error", "code": code, "what": "", "rid": "1-2-3"}
    assert alarms == [expected] * (code in ALARMS)


def test_every_row_is_tested() -> None:
    assert sorted(CODES) == sorted(code for code, _ in ROWS)


@pytest.mark.parametrize("code", [43101, 45015, 45047])
def test_a_closed_window_says_why(code: int) -> None:
    found = reaction(code, "response out of time limit")

    assert isinstance(found, WindowClosed)
    assert found.args == (code,)


def test_a_busy_platform_is_tried_again_after_the_outbox_s_own_pause() -> None:
    found = reaction(-1, "system error")

    assert isinstance(found, TryLater)
    assert (found.after, found.whole) == (timedelta(0), False)


def test_an_account_that_is_too_fast_rests_for_a_minute() -> None:
    found = reaction(45011, "api minute-quota reach limit")

    assert isinstance(found, TryLater)
    assert (found.after, found.whole) == (timedelta(minutes=1), True)


def test_what_is_used_up_today_waits_for_midnight_in_beijing(moment: Moment) -> None:
    found = reaction(45009, "reach max api daily quota limit")

    assert isinstance(found, TryLater)
    assert (found.after, found.whole) == (timedelta(hours=15), False)
    moment.forward(hours=15)
    again = reaction(45009, "")
    assert isinstance(again, TryLater)
    assert again.after == timedelta(days=1)


def test_staff_read_our_words_and_theirs() -> None:
    found = reaction(40164, "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist")

    assert str(found) == (
        "40164 our address is not on the account's list: "
        "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist"
    )
    assert str(reaction(43004, "")) == "43004 does not follow the account"


def test_a_code_that_nobody_described_refuses_the_content_and_is_logged() -> None:
    with capture_logs() as logs:
        found = reaction(49999, "something new", "1-2-3")

    assert isinstance(found, ContentRefused)
    assert str(found) == "49999 something new"
    assert logs == [
        {
            "event": "tencent.unknown_code",
            "log_level": "warning",
            "code": 49999,
            "said": "something new",
            "rid": "1-2-3",
        }
    ]


def test_whatever_a_call_raises_has_a_meaning() -> None:
    assert type(meaning(Refused(40003, "invalid openid", "1"))) is Unreachable
    assert meaning(Refused(45002, "content size out of limit")) is R.SPLIT
    assert type(meaning(NotSent("nobody there"))) is Down
    assert type(meaning(MayHaveArrived("cut off"))) is OutcomeUnknown
