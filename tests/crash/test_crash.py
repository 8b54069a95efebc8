"""The short form of the crash test; `make crash` runs the long one. Both databases, few kills, one seed."""

from pathlib import Path

import pytest

from tests import database
from tests.crash import beginnings, databases, episode
from tests.crash.episode import Plan, Report

SEED = 20


def found_whole(report: Report) -> None:
    assert not report.broken, f"{report.counts}\n" + "\n".join(report.broken)
    assert report.counts.kills


async def test_nothing_is_lost_on_sqlite_when_the_server_is_killed(tmp_path: Path) -> None:
    report = await episode.hold(databases.sqlite(tmp_path), tmp_path, SEED, Plan(kills=2, seats=5))

    found_whole(report)
    assert report.counts.visits


@pytest.mark.postgresql
async def test_nothing_is_lost_on_postgresql_when_either_of_two_servers_is_killed(
    postgresql_server: database.Server, tmp_path: Path
) -> None:
    ground = databases.postgresql(postgresql_server)
    report = await episode.hold(ground, tmp_path, SEED, Plan(kills=2, seats=5))

    found_whole(report)
    assert report.counts.visits


async def test_a_first_start_that_was_killed_is_taken_up_again(tmp_path: Path) -> None:
    found_whole(await beginnings.begin(databases.sqlite(tmp_path), tmp_path, SEED, kills=1))
