"""Somebody who books: presses and types what the bot asks for, until the visit stands."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from time import perf_counter

from benchmarks.load import follower
from tests.doubles.telegram import Person
from tests.doubles.telegram.chats import Seen

PATIENCE = 20.0
"""Seconds after which somebody who got no reply gives up."""
GLANCE = 0.02
"""Seconds between a reply and what is said to it. Nobody is faster, and who were would write before the bot
has heard that its reply arrived."""
STREETS = (
    "锦江区东大路", "青羊区光华村街", "金牛区交大路", "武侯区科华北路", "成华区建设路", "高新区天府二街",
    "双流区棠湖西路", "温江区凤凰北大街", "郫都区百草路", "新都区北星大道", "龙泉驿区阳光城",
)  # fmt: skip
FAMILIES = "王李张刘陈杨赵黄周吴"
CLOCKS = re.compile(r"\d\d:\d\d–\d\d:\d\d")
DAYS = re.compile(r"\d+月\d+日")
WAYS = 2
"""The last buttons of a question: one back, and away."""


class Lost(Exception):
    """The bot did not say what was expected, so this booking will not come about."""


class Talk:
    """Somebody with the bot. `turn` is one message of theirs and the reply to it."""

    def __init__(self, person: Person | follower.Follower) -> None:
        self.person = person
        self.seen: Seen | follower.Seen = Seen(0, "", "")

    async def turn(self) -> float:
        """Say something; the seconds until the reply stood on the platform. Raises `Lost`."""
        await asyncio.sleep(GLANCE)
        begun = perf_counter()
        await self.act()
        await self.hear()
        took = perf_counter() - begun
        self.look()
        return took

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to say."""
        return False

    async def hear(self) -> None:
        """Wait for the next message of the bot. Raises `Lost`."""
        try:
            [self.seen] = await self.person.hears(within=PATIENCE)
        except AssertionError:
            raise Lost from None

    async def act(self) -> None:
        """Write something."""
        await self.person.says("你好")

    def look(self) -> None:
        """Take in what the bot replied."""


class Booking(Talk):
    """A whole booking by somebody new: a quarter of an hour of one person, in fifteen turns.

    Who is told that a window has just gone takes another one, and says so in one turn more.
    """

    def __init__(self, person: Person | follower.Follower, chance: Random) -> None:
        super().__init__(person)
        self.chance = chance
        self.place = 0

    @property
    def is_over(self) -> bool:
        """Whether the visit stands."""
        return self.place == len(STEPS)

    @property
    def kind(self) -> str:
        """What the next turn is about."""
        return STEPS[self.place].kind

    async def act(self) -> None:
        """Answer the question that stands."""
        await STEPS[self.place].act(self)

    async def hear(self) -> None:
        """Wait for the next question: what can be pressed or shared. Other messages come beside it."""
        await super().hear()
        while not (self.seen.labels or self.person.keyboard):
            await super().hear()

    def look(self) -> None:
        """See which question stands now. Raises `Lost` when the form was left."""
        labels = " ".join(self.seen.labels)
        if self.place not in (DAY, WINDOW) or WORKER in labels:
            self.place += 1
        elif not CLOCKS.search(labels) and not DAYS.search(labels):
            raise Lost
        else:
            self.place = WINDOW if CLOCKS.search(labels) else DAY
        if self.is_over and PLACED not in labels:
            raise Lost

    async def press(self, number: int) -> None:
        """Press a button of the last message, counted from 0 or, when it is negative, from the end."""
        await self.person.taps(self.seen.labels[number], message_id=self.seen.message_id)

    async def press_any(self) -> None:
        """Press one of the answers, whichever."""
        await self.press(self.chance.randrange(len(self.seen.labels) - WAYS))

    async def tell_address(self) -> None:
        """Give an address in some part of town."""
        street, number = self.chance.choice(STREETS), self.chance.randint(1, 300)
        await self.person.says(f"{street}{number}号{self.chance.randint(1, 9)}栋501")


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a booking: what it is about, and what is done."""

    kind: str
    act: Callable[[Booking], Awaitable[object]]


WORKER, PLACED = "都可以", "改时间"
"""What stands on a button once a window is held, and once the visit stands."""

STEPS = (
    Step("greeting", lambda one: one.person.starts()),
    Step("form begun", lambda one: one.press(0)),
    Step("family", lambda one: one.press(0)),
    Step("service", lambda one: one.press(0)),
    Step("quantity", lambda one: one.press(one.chance.randrange(2))),
    Step("add-ons", lambda one: one.press(-3)),
    Step("address typed", lambda one: one.tell_address()),
    Step("days searched", lambda one: one.press(-3)),
    Step("windows searched", lambda one: one.press_any()),
    Step("window held", lambda one: one.press_any()),
    Step("worker", lambda one: one.press(-3)),
    Step("name typed", lambda one: one.person.says(f"{one.chance.choice(FAMILIES)}女士")),
    Step("phone typed", lambda one: one.person.says(f"138{one.chance.randrange(10**8):08}")),
    Step("note, summary", lambda one: one.press(0)),
    Step("confirmation", lambda one: one.press(0)),
)
DAY, WINDOW = 8, 9
