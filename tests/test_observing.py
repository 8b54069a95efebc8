"""What operators are told about the log and the numbers is all of it."""

import ast

from channels.base import Capabilities
from channels.lookout import ChannelState, Seen
from channels.metrics import KINDS, Metrics
from core import clock
from core.backlog import Waiting
from tests.channels.test_delivery import FakeChannel
from tests.test_house_rules import ROOT, code, named, report

TOLD = (ROOT / "docs" / "observing.md").read_text(encoding="utf-8")
LEVELS = {"info", "warning", "error"}


def test_every_event_of_the_log_is_explained() -> None:
    report(
        module.at(node, f"writes {node.args[0].value!r}, which docs/observing.md does not explain")
        for module in code()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (named(node.func.value), node.func.attr in LEVELS) == ("log", True)
        and isinstance(node.args[0], ast.Constant)
        and f"`{node.args[0].value}`" not in TOLD
    )


def test_every_metric_is_explained() -> None:
    channels = {"phone": ChannelState()}
    outbox = {"phone": Waiting(1, clock.now())}
    seen = Seen(clock.now(), database_up=True, tables_current=True, outbox=outbox, channels=channels)
    metrics = Metrics()
    metrics.expect([FakeChannel("phone"), FakeChannel("page", can=Capabilities(fetched=True))])
    names = {
        line.split()[2]
        for line in metrics.text(seen).decode().splitlines()
        if line.startswith("# TYPE menling")
    }

    assert len(names) == 15
    report(f"docs/observing.md does not explain {name}" for name in names if f"`{name}" not in TOLD)
    report(f"docs/observing.md does not explain {kind}" for kind in KINDS if f"`{kind}`" not in TOLD)
