"""What reading a day or a time costs, and the reader in the shape that a scorer of time expressions calls.

python benchmarks/when.py                         # the median cost of a call, in microseconds of CPU
python score.py --path . benchmarks.when:parse    # a scorer of f(text, reference, lang) -> (start, end)
"""

import statistics
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.readers import when

ZONE = ZoneInfo("Asia/Shanghai")
TEXTS = (
    ("明天下午两点", "zh-CN"),
    ("我想约下周三上午九点半做个深度保洁", "zh-CN"),
    ("12月3号或者周末都行", "zh-CN"),
    ("武侯区科华北路12号3栋501，120平", "zh-CN"),
    ("next Wednesday at half past nine", "en"),
    ("could you come on the 3rd of December between 2 and 5pm?", "en"),
    ("two bedrooms, 95 sqm, third floor", "en"),
)
ROUNDS = 300


Answer = tuple[datetime | None, datetime | None]


def parse(text: str, reference: datetime, lang: str) -> Answer | None:
    """The start and the end that `text` means at `reference`, as wall-clock times; None for neither."""
    language = "zh-CN" if lang == "zh" else "en"
    reading = when.read(text, reference.replace(tzinfo=ZONE), language)
    if reading is None:
        return None
    return _wall(reading.starts), _wall(reading.ends)


def _wall(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None


def main() -> None:
    """Print what a call costs for a few things that customers type."""
    now = datetime(2026, 11, 23, 9, tzinfo=ZONE)
    for text, language in TEXTS:
        costs = []
        for _ in range(ROUNDS):
            begun = time.process_time_ns()
            when.read(text, now, language)
            costs.append((time.process_time_ns() - begun) / 1000)
        print(f"{statistics.median(costs):7.0f} µs  {text}")


if __name__ == "__main__":
    main()
