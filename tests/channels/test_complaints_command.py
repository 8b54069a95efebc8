"""`menling complaints`: a month as a table."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from core.complaints import Cause, RemedyKind, learning
from core.database import connect, transaction
from tests.channels.commands import Menling
from tests.core.test_learning import clerk, complaint, promise

NOVEMBER = datetime(2026, 11, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_an_empty_month_is_told_too(menling: Menling, migrated: Path) -> None:
    told = menling("complaints", "--month", "2026-11").out
    assert told.startswith("2026-11: 0 complaints (0 the month before), 0 visits finished (0)\n")
    assert "booked again within 90 days: 0 of 0" in told


def test_a_month_is_a_table_with_its_measures(menling: Menling, migrated: Path, tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    with transaction(engine) as session:
        for number in range(3):
            one = complaint(session, NOVEMBER + timedelta(hours=number), upheld=number > 0)
            promise(session, one, RemedyKind.COUPON, 20_50)
        learning.measure(
            session, cause=Cause.SKILL, what="training", words="wipe twice", from_day=NOVEMBER.date(),
            staff_id=clerk(session), now=NOVEMBER,
        )  # fmt: skip
    engine.dispose()
    lines = menling("complaints", "--month", "2026-11").out.splitlines()
    assert lines[0].startswith("2026-11: 3 complaints")
    assert "skill".ljust(14) + "3".rjust(7) + "0".rjust(8) + "67%".rjust(8) + "61.50".rjust(10) in lines[2]
    assert any(line.split() == ["s3", "3/3", "3/3", "3/3"] for line in lines)
    assert "measure #1 since 2026-11-05 about skill: wipe twice" in lines
    assert sum("days" in line and ("too early until" in line or "few" in line) for line in lines) == 3


def test_a_month_that_is_none_is_refused(menling: Menling) -> None:
    assert menling("complaints", "--month", "2026-13").code == 2
