"""What starting the program loads, and what waits until somebody needs it: seconds and megabytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SERVED = "import channels.cli, channels.app, core.migrate, core.seed, uvicorn"
"""What `menling serve` has imported by the time it listens."""


def said(code: str, *words: str, **settings: str) -> str:
    """What a fresh process prints that runs this."""
    command = [sys.executable, "-c", code, *words]
    ours = {"PATH": os.environ.get("PATH", ""), **settings}
    return subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=ours, text=True).stdout


def loaded(code: str) -> set[str]:
    """The modules that a fresh process has after running this."""
    return set(said(f"{code}\nimport sys\nprint(*sys.modules)").split())


def test_starting_loads_nothing_that_may_never_be_needed() -> None:
    assert not {"alembic", "pypinyin", "telegram", "wechatpy", "httpx"} & loaded(SERVED)


def test_of_the_dictionaries_of_sounds_only_the_small_one_is_loaded() -> None:
    found = loaded("from bot.readers import sounds\nassert sounds.of('深度') == sounds.of('深渡')")

    assert "pypinyin.pinyin_dict" in found
    assert "pypinyin.phrases_dict" not in found


def test_what_is_loaded_by_the_start_is_little_and_not_gone_through_for_garbage(
    tmp_path: Path, sqlite_template: Path
) -> None:
    code = """
import gc, sys, uvicorn
from channels.cli import main
uvicorn.Server.run = lambda self, sockets: print(
    "alembic" in sys.modules, "frozen:", gc.get_freeze_count(), len(gc.get_objects())
)
main()
"""
    shutil.copy(sqlite_template, tmp_path / "menling.db")
    printed = said(code, "serve", MENLING_DATA_DIR=str(tmp_path), MENLING_PORT="0")

    assert "False frozen:" in printed
    frozen, others = map(int, printed.split("frozen:")[1].split())
    assert frozen > 10 * others
