"""`menling campaign`: from a file to what it changed."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import notices
from core import clock, company
from core.campaigns import Part, Target
from core.database import connect, transaction
from tests.bot.test_campaigns import crowd
from tests.channels.commands import Menling

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
FOLDER = Path(__file__).parent.parent / "campaigns"
DISCOUNT, DRAW = str(FOLDER / "discount.toml"), str(FOLDER / "draw.toml")


@pytest.fixture
def desk(menling: Menling, tmp_path: Path) -> Menling:
    """The program at ten on a Monday morning, with eight customers who want to hear of offers."""
    menling("migrate")
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    crowd(engine, 8, NOW)
    engine.dispose()
    return menling


def serve(folder: Path, now: datetime) -> None:
    """What `menling serve` does by the clock."""
    engine = connect(f"sqlite:///{folder / 'data' / 'menling.db'}")
    with clock.showing(lambda: now):
        notices.due(engine, company.load())
    engine.dispose()


def test_a_campaign_goes_from_a_file_to_its_report(desk: Menling, tmp_path: Path) -> None:
    with clock.showing(lambda: NOW):
        assert desk("campaign", "check", DISCOUNT).out.splitlines() == [
            "winter-clean: discount, 2026-11-20 through 2026-12-20.",
            "One gift is worth up to ¥20.00; the budget is ¥2000.",
            "The file is fine.",
        ]
        lines = desk("campaign", "preview", DISCOUNT).out.splitlines()
        assert lines[0] == "8 customers, of whom it fits 8: N1, N2, N3, N4, N5 …"
        assert lines[1:] == [
            "0 of those have not agreed to hear of offers",
            "8 are left; 0% of them are held out",
            " 100%  would be told at once",
            " 100%  can be reached by web",
            "It gives away up to ¥160.00.",
        ]
        assert "told" in desk("campaign", "start", DISCOUNT).out
        assert "was started before" in desk("campaign", "start", DISCOUNT).err
        serve(tmp_path, NOW)
        assert desk("campaign", "stop", "winter-clean", "--why", "enough").out.endswith(
            "8 people were told.\n"
        )
        assert "is stopped" in desk("campaign", "stop", "winter-clean").err
        assert "spent already" in desk("campaign", "resume", "winter-clean", "--budget", "100").err
        assert "goes on" in desk("campaign", "resume", "winter-clean").out
        _hold_out_two(tmp_path)
        assert desk("campaign", "report", "winter-clean").out.splitlines() == [
            "winter-clean: discount, running",
            "      6 told (6 by web)",
            "      0 to be told",
            "      2 held out",
            "given away: ¥160.00 of ¥2000.00",
            "coupons: 8 open",
            "chosen         6 people, 0 visits in 14 days (0.0 for each 100 people)",
            "held out       2 people, 0 visits in 14 days (0.0 for each 100 people)",
            "extra visits: +0.0, give or take 5.9",
            "That may well be chance.",
            "Not final: visits count until 2026-12-07 10:00.",
        ]
        assert desk("campaign", "report").out.split()[:5] == [
            "winter-clean",
            "discount",
            "running",
            "8",
            "told",
        ]


def _hold_out_two(folder: Path) -> None:
    engine = connect(f"sqlite:///{folder / 'data' / 'menling.db'}")
    with transaction(engine) as session:
        for number in (1, 2):
            session.get_one(Target, number).state = Part.HELD_OUT
    engine.dispose()


def test_a_draw_waits_for_its_last_day_and_a_mistake_is_refused(desk: Menling, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(Path(DISCOUNT).read_text(encoding="utf-8").replace("budget", "bugdet"), encoding="utf-8")
    with clock.showing(lambda: NOW):
        no = desk("campaign", "check", str(wrong))
        assert (no.code, "did you mean 'budget'?" in no.err) == (1, True)
        assert "cannot be read" in desk("campaign", "start", str(tmp_path / "none.toml")).err
        assert "there is no campaign nothing" in desk("campaign", "report", "nothing").err
        desk("campaign", "start", DRAW)
        assert "take part through 2026-11-24" in desk("campaign", "draw", "lucky-december").err
    with clock.showing(lambda: NOW + timedelta(days=2)):
        assert desk("campaign", "draw", "lucky-december").out.startswith(
            "0 took part. The seed is 'winter 2026'"
        )
        assert "is over" in desk("campaign", "start", DRAW).err
