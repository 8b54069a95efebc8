"""The program's commands, run in this process as somebody at a terminal would."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from channels import cli


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Menling = Callable[..., Ran]


def run(patch: pytest.MonkeyPatch, folder: Path, *words: str, typed: str = "", **settings: object) -> int:
    """Run a command with its data in `folder`; settings are given in capitals. Its exit code."""
    for name, value in {"DATA_DIR": folder, **settings}.items():
        patch.setenv(f"MENLING_{name}", str(value))
    patch.setattr(sys, "argv", ["menling", *words])
    patch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


def refused(ran: Ran) -> str:
    """The one thing that a command said instead of doing its work."""
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith("menling: ")
    assert "Traceback" not in ran.err
    return ran.err
