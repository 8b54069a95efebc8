"""The invented day: what must hold at its end, and what its record shows."""

import json
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from channels.cli import app
from channels.demoday.stage import MINUTE, Stage
from core.company import load
from tests.conftest import Moment


@pytest.fixture
def held(held_day: Path) -> Any:  # Any: what was read from JSON
    return json.loads(held_day.read_bytes())


def test_at_its_end_everything_holds(held: Any) -> None:
    assert held["wrong"] == []
    assert held["summary"]["visits"] == held["summary"]["finished"] == 40
    assert held["summary"]["complaints"] == 2


def test_three_phones_are_recorded_in_the_order_of_the_day(held: Any) -> None:
    messages = held["messages"]
    assert {one["phone"] for one in messages} == {"customer", "worker", "staff"}
    times = [datetime.fromisoformat(one["message"]["at"]) for one in messages]
    assert all(after - before >= -MINUTE for before, after in pairwise(times))
    assert all(at.tzinfo is None for at in times)
    customer = "\n".join(one["message"]["text"] for one in messages if one["phone"] == "customer")
    for said in ("约好了", "出发了", "到了，请开门", "加时 30 分钟", "做完了", "投诉 2 号", "处理好了"):
        assert said in customer
    clerk = "\n".join(one["message"]["text"] for one in messages if one["phone"] == "staff")
    for said in ("紧急投诉 1 号", "投诉 1 号还没有人接", "投诉 2 号归您", "投诉 2 号了结"):
        assert said in clerk


def test_the_stage_does_everything_in_its_time_and_order(engine: Engine, moment: Moment) -> None:
    done: list[tuple[str, datetime]] = []
    stage, begins = Stage(engine, load(), moment.now), moment.now
    stage.plan(begins + 3 * MINUTE, lambda: done.append(("later", stage.now)))
    stage.soon(1, lambda: done.append(("soon", stage.now)))
    stage.plan(begins - timedelta(hours=1), lambda: done.append(("past", stage.now)))
    stage.play(begins + 5 * MINUTE, lambda _new: None)
    assert done == [("past", begins), ("soon", begins + MINUTE), ("later", begins + 3 * MINUTE)]


def test_the_command_knows_its_options() -> None:
    told = CliRunner().invoke(app, ["demo-day", "--help"])
    assert told.exit_code == 0
    assert "--day" in told.output
