"""What starting the program loads, and what waits until somebody needs it: seconds and megabytes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SERVED = "import channels.cli, channels.app, core.migrate, core.seed, uvicorn"
"""What `menling serve` has imported by the time it listens."""


def loaded(code: str) -> set[str]:
    """The modules that a fresh process has after running this."""
    said = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
    )
    return set(said.stdout.split())


def test_starting_loads_nothing_that_may_never_be_needed() -> None:
    assert not {"pypinyin", "telegram", "wechatpy", "httpx"} & loaded(SERVED)


def test_of_the_dictionaries_of_sounds_only_the_small_one_is_loaded() -> None:
    found = loaded("from bot.readers import sounds\nassert sounds.of('深度') == sounds.of('深渡')")

    assert "pypinyin.pinyin_dict" in found
    assert "pypinyin.phrases_dict" not in found
