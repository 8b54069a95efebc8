"""What people want and how they go about it: bookings, moves, cancellations, and questions in between."""

import asyncio
import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from bot import texts
from tests.crash.phones import Button, Phone, Shown

LANGUAGE = "zh-CN"
PLANS = (("book",), ("book", "cancel"), ("book", "move"), ("book", "cancel", "book"), ("ask",))
LIKELY = (5, 3, 3, 2, 1)
MOST_ACTS = 150
"""Nobody needs so many; whoever does goes round in a circle."""
PATIENCE = 0.7
"""Seconds that somebody waits for an answer before they write again or leave the phone alone."""
TOO_LATE = 0.25
"""Seconds that somebody waits who pressed a button too late."""

KNOCK = "在吗"
ASIDE = 0.10
"""How often somebody asks something else instead of answering."""
OLD_BUTTON = 0.03
WAVER = 0.06
"""How often somebody does not say yes at the end, but changes something, goes back or gives up."""

ASIDES = ("多少钱", "我的预约", "到哪了", "帮助", "在吗", "上一步", "营业时间", "呜啦啦", "找客服", "你好")
STREETS = (
    "武侯区科华北路{}号3栋501",
    "锦江区东大街{}号2单元1802",
    "高新区天府大道北段{}号",
    "青羊区长顺街{}号",
)
ANSWER = re.compile(r"\d+:\d+")
WAY = re.compile(r"\d+:([a-z]+)")


def wording(key: str) -> str:
    """A line without its values."""
    return texts.say(LANGUAGE, key, name="", limit=0, phone="", count=0, by="")


ENDS = {
    "booking-placed": "book",
    "moving-done": "move",
    "cancelling-done": "cancel",
    # There is nothing (more) to be had: that, too, is an end.
    "visit-too-many-open": "book",
    "day-none": "book",
    "moving-nothing": "move",
    "cancelling-nothing": "cancel",
}
"""What ends which wish, by the line that says so; behind its first characters it may name a fee."""
SHORTEST = 5
YES = ("booking-agreed-yes", "moving-agreed-yes", "cancelling-agreed-yes")


@dataclass
class Mind:
    """One person's wishes and what they saw last. What they do next is theirs to choose, by `chance`."""

    chance: Random
    goals: deque[str]
    street: str
    called: str
    acts: int = 0
    asides: int = 2
    last: Shown | None = None
    old: list[Shown] = field(default_factory=list)
    trail: deque[str] = field(default_factory=lambda: deque(maxlen=24))
    """What they did and saw last, for whoever wonders why they got nowhere."""

    @classmethod
    def made(cls, chance: Random, number: int) -> "Mind":
        """Somebody with a plan and a home."""
        (plan,) = chance.choices(PLANS, LIKELY)
        street = chance.choice(STREETS).format(chance.randint(1, 200))
        return cls(chance, deque(plan), street, f"王{'甲乙丙丁戊己庚辛'[number % 8]}")

    @property
    def is_content(self) -> bool:
        """Nothing is left to be done."""
        return not self.goals

    def hears(self, shown: Iterable[Shown]) -> None:
        """Take in what has come, in its order."""
        for one in shown:
            if self.last:
                self.old = [*self.old[-5:], self.last]
            self.last = one
            self.trail.append(f"  hears {one.text[:60]!r}")
            for key, goal in ENDS.items():
                if self.goals and self.goals[0] == goal and one.text.startswith(wording(key)[:SHORTEST]):
                    self.goals.popleft()

    def next(self) -> tuple[Shown | None, Button | str]:
        """What to press, on which message, or what to type."""
        self.acts += 1
        chance, last = self.chance, self.last
        if self.asides and chance.random() < ASIDE:
            self.asides -= 1
            return None, chance.choice(ASIDES)
        if self.old and chance.random() < OLD_BUTTON and (buttons := (one := self.old[0]).buttons):
            return one, chance.choice([each for each in buttons if "person" not in each.data] or buttons)
        if last is None or not self.goals:
            return None, "菜单"
        if self.goals[0] == "ask":
            self.goals.popleft()
            return None, chance.choice(ASIDES)
        return self._answer(last) or self._begin(last)

    def _answer(self, last: Shown) -> tuple[Shown | None, Button | str] | None:
        """The answer to an open question; None where there is none."""
        typed = {
            "booking-contact-ask": self.called,
            "booking-phone-ask": f"138{self.chance.randint(0, 99_999_999):08}",
            "booking-address-ask": self.street,
        }
        ways = {found[1]: one for one in last.buttons if (found := WAY.fullmatch(one.data))}
        answers = [one for one in last.buttons if ANSWER.fullmatch(one.data)]
        yes = next((one for one in answers if one.label in map(wording, YES)), None)
        if yes:
            unsure = [way for name, way in ways.items() if name in ("change", "cancel")]
            return last, self.chance.choice(unsure) if self.chance.random() < WAVER else yes
        for key, words in typed.items():
            if wording(key)[:SHORTEST] in last.text and not answers:
                return None, words
        for name in ("none", "enough"):
            if name in ways:
                return last, self.chance.choice(answers) if self.chance.random() < 0.2 else ways[name]
        if answers:
            return last, self._choice(answers)
        if "skip" in ways:
            return (last, ways["skip"]) if self.chance.random() < 0.6 else (None, "有只猫，怕生")
        # An old button has led them into a form they have no answer for.
        leaves = "cancel" in ways and self.chance.random() < 0.5
        return (last, ways["cancel"]) if leaves else (None, "帮助") if ways else None

    def _choice(self, answers: list[Button]) -> Button:
        """What is to be cleaned they all agree on, and the first days and windows are the best."""
        for key in ("family-cleaning",):
            for one in answers:
                if one.label == wording(key):
                    return one
        daily = [one for one in answers if one.label.startswith(("日常保洁", "深度保洁"))]
        if daily:
            return daily[0] if self.chance.random() < 0.8 else daily[-1]
        wanted = answers[:3] if self.chance.random() < 0.7 else answers
        return self.chance.choice(wanted)

    def _begin(self, last: Shown) -> tuple[Shown | None, Button | str]:
        """Begin with what is wanted first: by a button that is there, or in words."""
        flow, words = {
            "book": ("go:booking", "预约日常保洁"),
            "move": ("go:moving", "改时间"),
            "cancel": ("go:cancelling", "取消预约"),
        }[self.goals[0]]
        button = next((one for one in last.buttons if one.data.startswith(flow)), None)
        if button and self.chance.random() < 0.7:
            return last, button
        if flow == "go:booking" and self.chance.random() < 0.5:
            return None, f"明天下午日常保洁3小时，{self.street}"
        return None, words


@dataclass
class Talker:
    """A person with a phone in hand."""

    phone: Phone
    mind: Mind
    has_begun: bool = False
    waits: bool = True
    """Whether they did something and have seen nothing new since."""

    async def talks(self, still: asyncio.Event, *, patience: float = PATIENCE, knocks: int = 0) -> bool:
        """Go on until all is done, or (False) until no answer comes or `still` is set.

        Who gets no answer writes into the silence, so many times in a row. Raises `AssertionError` when
        they go round in a circle.
        """
        if not self.has_begun:
            self.has_begun = True
            await self.phone.open()
        silent = 0
        while not still.is_set():
            if self.waits:
                shown = await self._looks(patience)
                self.waits, silent = not shown, 0 if shown else silent + 1
            if self.mind.is_content:
                return True
            if silent > knocks:
                return False
            circle = "\n".join(self.mind.trail)
            assert self.mind.acts < MOST_ACTS, f"{self.phone.name} gets nowhere:\n{circle}"
            await asyncio.sleep(self.mind.chance.uniform(0, 0.03))
            await (self.phone.says(KNOCK) if silent else self._acts())
            self.waits = True
        return False

    async def _looks(self, patience: float) -> Sequence[Shown]:
        """Take in what has come. Who was too late for a button waits a moment: there may be more to come."""
        shown = await self.phone.look(patience)
        self.mind.hears(shown)
        if shown and shown[-1].text.startswith(wording("stale-question")):
            await asyncio.sleep(TOO_LATE)
            self.mind.hears(await self.phone.look(0))
        return shown

    async def _acts(self) -> None:
        where, what = self.mind.next()
        self.mind.trail.append(
            f"wants {[*self.mind.goals]}: {what if isinstance(what, str) else what.label!r}"
        )
        if isinstance(what, str):
            await self.phone.says(what)
        else:
            assert where is not None
            await self.phone.presses(where, what)
