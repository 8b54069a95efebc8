"""A program of somebody else's writes down what was said: it may be wrong, slow, endless or missing."""

import os
from pathlib import Path

import pytest
import structlog

from channels.transcriber import MOST_OUTPUT, Transcriber

SOUND = b""


def program(folder: Path, script: str) -> str:
    file = folder / "a program"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o700)
    return f"'{file}'"


async def test_what_it_prints_are_the_words(tmp_path: Path) -> None:
    script = f"{program(tmp_path, '$1 $2; echo $2 > ' + str(tmp_path / 'path'))} cat"
    assert await Transcriber(script).words("日常保洁\n".encode()) == "日常保洁"
    heard = (tmp_path / "path").read_text().strip()
    assert not os.path.exists(heard)  # noqa: ASYNC240 - gone as soon as it was heard


@pytest.mark.parametrize("script", ["exit 1", "echo words; exit 3", "true", "echo; echo '  '", "kill -9 $$"])
async def test_without_words_or_with_a_failure_there_are_none(tmp_path: Path, script: str) -> None:
    assert await Transcriber(program(tmp_path, script)).words(SOUND) == ""


async def test_a_program_that_is_not_there_is_told_to_the_operator(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as told:
        assert await Transcriber(str(tmp_path / "nothing")).words(SOUND) == ""
    assert [one["event"] for one in told] == ["transcriber.cannot_start"]


async def test_one_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    script = program(tmp_path, f"echo $$ > '{pid}'; echo begins; exec sleep 60")
    with structlog.testing.capture_logs() as told:
        assert await Transcriber(script, longest=0.5).words(SOUND) == ""
    assert [one["event"] for one in told] == ["transcriber.too_slow"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


async def test_only_the_beginning_of_what_it_prints_is_kept(tmp_path: Path) -> None:
    said = await Transcriber(program(tmp_path, "head -c 1000000 /dev/zero | tr '\\0' a")).words(SOUND)
    assert said == "a" * MOST_OUTPUT


async def test_what_is_no_text_is_read_as_well_as_can_be(tmp_path: Path) -> None:
    assert (
        await Transcriber(program(tmp_path, r"printf 'a\377b'")).words(SOUND) == "a\N{REPLACEMENT CHARACTER}b"
    )
