"""The campaigns of the year: one stopped half way and gone on with, one ended by its budget, one for half."""

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from channels.demoyear.stage import DAY, Year
from core import campaigns, clock
from core.campaigns import FileInvalid, NotNow, Plan, files
from core.database import transaction

HOUR = timedelta(hours=1)
LEAST = 4
"""No campaign is shorter, in days: who must not be told today may be told tomorrow."""
BUDGET = 60
"""In yuan: enough for two of the coupons that everybody gets who is told of the first campaign."""


@dataclass(frozen=True, slots=True)
class Made:
    """A campaign as its file says it, and when it is held, as parts of the year."""

    name: str
    begins: float
    lasts: float
    mark: str
    """What stands in each of its messages, and in no other."""
    file: str
    halts: bool = False
    """It is stopped after a third of its time, and goes on after two thirds."""


OFFERS = (
    Made("winter-coupon", 0.08, 0.1, "【暖冬】", f"""
kind = "discount"
budget = {BUDGET}
hold_out = 0
text.zh-CN = "【暖冬】{{name}}，送您一张{{gift}}，用到{{until}}。家里要不要来一次大扫除？"
text.en = "【暖冬】Hi {{name}}, you have a coupon: {{gift}}, until {{until}}."
coupon = {{ yuan = 30, least_yuan = 80, days = 20 }}
"""),
    Made("lucky-draw", 0.3, 0.12, "【抽奖】", """
kind = "draw"
budget = 100
hold_out = 30
seed = "a year of visits"
winners = 1
text.zh-CN = "【抽奖】{name}，抽 {winners} 位送{gift}，到{until}为止，点一下就算参加。"
text.en = "【抽奖】Hi {name}, a draw: {gift} for {winners} of you, until {until}."
coupon = { yuan = 50 }
"""),
    Made("bring-a-friend", 0.5, 0.2, "【带朋友】", """
kind = "referral"
budget = 0
hold_out = 10
text.zh-CN = "【带朋友】{name}，到{until}为止，朋友报您的邀请码 {code} 来约，你们都有礼。"
text.en = "【带朋友】Hi {name}, bring a friend until {until}: your code is {code}."
""", halts=True),
    Made("ten-visits", 0.75, 0.2, "【套餐】", """
kind = "package"
package = "DAILY-10"
budget = 0
hold_out = 50
text.zh-CN = "【套餐】{name}，{package}现在{price}，{until}前都可以买。"
text.en = "【套餐】Hi {name}, {package} is {price}, until {until}."
"""),
)  # fmt: skip


@dataclass(slots=True)
class Held:
    """A campaign of this year, with what was done to it."""

    made: Made
    plan: Plan
    halts: list[datetime] = field(default_factory=list)
    """When it was stopped by hand, and when it went on: by turns."""


def hold(stage: Year, begins: datetime, days: int) -> Sequence[Held]:
    """Plan all campaigns of a year from `begins` on."""
    return [_hold(stage, made, begins, days) for made in OFFERS]


def _hold(stage: Year, made: Made, begins: datetime, days: int) -> Held:
    first = begins + int(made.begins * days) * DAY
    lasts = max(LEAST, int(made.lasts * days))
    held = Held(made, _written(stage, made, first, first + (lasts - 1) * DAY))
    stage.plan(first + HOUR, partial(_starts, stage, held))
    if made.halts:
        stage.plan(first + lasts / 3 * DAY, partial(_stops, stage, held))
        stage.plan(first + 2 * lasts / 3 * DAY, partial(_goes_on, stage, held))
    return held


def _written(stage: Year, made: Made, first: datetime, last: datetime) -> Plan:
    """Its file as it is read; the one with a slip of the pen is refused before."""
    days = f"from = {first:%Y-%m-%d}\nuntil = {last:%Y-%m-%d}\n"
    whole = f'name = "{made.name}"\n{days}{made.file}'
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "campaign.toml"
        path.write_text(whole.replace("{name}", "{nmae}"), encoding="utf-8")
        try:
            files.read(path, stage.company)
        except FileInvalid:
            path.write_text(whole, encoding="utf-8")
            return files.read(path, stage.company)
    raise AssertionError(f"nobody saw the slip in the file of {made.name}")


def _starts(stage: Year, held: Held) -> None:
    with transaction(stage.engine) as session:
        campaigns.start(session, stage.company, held.plan, clock.now())


def _stops(stage: Year, held: Held) -> None:
    now = clock.now()
    with suppress(NotNow), transaction(stage.engine) as session:
        found = campaigns.called(session, held.made.name, lock=True)
        campaigns.stop(session, found, "by hand", now)
        held.halts.append(now)


def _goes_on(stage: Year, held: Held) -> None:
    now = clock.now()
    with suppress(NotNow), transaction(stage.engine) as session:
        found = campaigns.called(session, held.made.name, lock=True)
        campaigns.resume(session, found, now)
        held.halts.append(now)
