"""What a turn asks of the database, counted: the part of its cost that is the same on every machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from bot.messages import Inbound, Sender, Text
from bot.turn import Bot
from core.company import Company
from core.database import transaction
from tests import town
from tests.conftest import Moment

ANSWER, SEARCH, HOLD, CONFIRM = 13, 18, 26, 74
"""The most statements of a turn, by what it does (docs/decisions/0031): it answers or asks, looks for free
time, holds a window, or places a visit and tells everybody."""
BOOKING = (
    ("你好", ANSWER),
    ("预约", ANSWER),
    ("日常保洁", ANSWER),
    ("3小时", ANSWER),
    ("不用", ANSWER),
    ("武侯区科华北路12号3栋501", ANSWER),
    ("没有", SEARCH),
    ("后天", SEARCH),
    ("下午两点", HOLD),
    ("都可以", ANSWER),
    ("王女士", ANSWER),
    ("13800001234", ANSWER),
    ("没有", ANSWER),
    ("确认", CONFIRM),
    ("到哪了", SEARCH),
)


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """The statements that are run while the block lasts."""
    run: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        run.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_turn_of_a_booking_asks_the_database_for_more_than_its_share(
    engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    bot = Bot(engine, company, sends=[("web", "main")])
    for number, (words, most) in enumerate(BOOKING):
        sender = Sender("web", "main", "wang")
        with counting(engine) as run:
            bot.receive(Inbound(sender, f"m{number}", moment.now, Text(words), "zh-CN"))
        assert len(run) <= most, (words, run)
