"""What the households of the year do: each books by a rhythm of its own, and some have a story."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import col, select

from bot.messages import Left
from channels.demoday import grievances, script
from channels.demoday.cast import Cast, Household
from channels.demoday.grievances import GREASY, Case
from channels.demoday.people import Habit, Phone
from channels.demoday.script import AS_USUAL, Visiting
from channels.demoyear import offers
from channels.demoyear.offers import Held
from channels.demoyear.stage import DAY, Year
from core import decency, visits
from core.correspondence import Peer
from core.database import looking, transaction
from core.decency import Pace
from core.visits import MOVABLE, Status, Visit

RHYTHMS = (10, 14, 21, 14, 28, 30, 21, 45, 14, 60, 30, 90)
"""Days from one visit to the next, by the position of the household."""
HOURS = ("上午九点", "下午两点", "上午十点半", "下午四点半")
ABROAD = "America/Los_Angeles"
TAKES = 14
"""No form of ours asks more often; whoever is asked still then lets it be."""
YES_TO_OFFERS, NO_MORE = "有优惠告诉我", "退订"
JUMPS = (timedelta(hours=27), timedelta(hours=-1), timedelta(hours=31), timedelta(days=-1))
"""How the machine's clock is set in the course of a year: a sleep of more than a day, and being set right."""


@dataclass(frozen=True, slots=True)
class Change:
    """From when something is so for a customer: on which clock they live, or how much they want to hear."""

    at: datetime
    customer_id: int
    zone: str = ""
    pace: Pace | None = None


@dataclass(slots=True)
class Story:
    """What a household does, and when, in days from the first; None for never."""

    rhythm: int
    plan: str = ""
    """It has a plan instead, and says so in these words..."""
    changes: tuple[tuple[float, str], ...] = ()
    """... and later these of it, each after such a part of the year."""
    offers: tuple[int | None, int | None] = (None, None)
    """When it wants to hear of offers, and when no more."""
    stops: int | None = None
    """It books no more: it has forgotten us, or moved away."""
    joins: int | None = None
    complains: int | None = None
    """After which of its visits."""
    cancels: int | None = None
    """Every which visit it calls off the day before."""
    stood_up: int | None = None
    """To which of its visits nobody comes."""
    leaves: int | None = None
    """It can be written to nowhere any more."""
    abroad: tuple[int, int] | None = None
    wants: tuple[int, str, Pace] | None = None
    """When it says what about how much it wants to hear."""
    birthday: str = ""


PLANS: Mapping[int, tuple[str, tuple[tuple[float, str], ...]]] = {
    0: ("每周三上午九点日常保洁2小时，一共三次", ()),
    6: ("每周四下午两点日常保洁2小时", ((0.3, "暂停两周"), (0.8, "结束周期"))),
    8: ("每两周的周二上午九点日常保洁2小时", ()),
}
"""Of whom something recurs: for three times, with a rest and an end, and for ever."""


def story(number: int, days: int) -> Story:
    """The story of the household at that position."""
    told = Story(RHYTHMS[number % len(RHYTHMS)])
    told.plan, told.changes = PLANS.get(number % 10, ("", ()))
    told.offers = (1 if number % 5 else None, 2 * days // 3 if number % 7 == 6 else None)
    told.joins = 3 if number % 3 == 0 or number % 10 == 2 else None
    told.birthday = f"我生日是{number % 12 + 1}月{number % 28 + 1}日" if number % 3 == 0 else ""
    told.stops = days // 3 if number % 9 == 4 else None
    told.complains = 1 if number % 8 == 3 else None
    told.cancels = 3 if number % 6 == 5 else None
    told.stood_up = 2 if number % 10 == 6 else None
    told.leaves = days // 2 if number % 20 == 7 else None
    told.abroad = (days // 3, 2 * days // 3) if number % 20 == 5 else None
    wishes = {1: ("少发点", Pace.FEWER), 2: ("每月小结", Pace.DIGEST)}
    if (wish := wishes.get(number % 10)) is not None:
        told.wants = (2 + number % 5, *wish)
    return told


@dataclass(slots=True)
class Season:
    """Everybody's phones and stories, and what changed about whom meanwhile."""

    stage: Year
    cast: Cast
    phones: Mapping[Peer, Phone]
    dice: random.Random
    begins: datetime
    days: int
    changes: list[Change] = field(default_factory=list)
    offers: Sequence[Held] = ()


def hand_out(stage: Year, cast: Cast) -> dict[Peer, Phone]:
    """A phone for everybody, with the habits of people like them."""
    phones = {
        peer: Phone(stage, peer, (*script.WORKER, *grievances.WORKER)) for peer in cast.workers.values()
    }
    phones |= {peer: Phone(stage, peer, STAFF if n == 0 else ()) for n, peer in enumerate(cast.staff)}
    own = (Habit("go:rating:", 50, _rates), Habit("go:draw:", 30, _taps))
    habits = (*script.CUSTOMER, *grievances.CUSTOMER, *own)
    for number, home in enumerate(cast.households):
        # Some never say that they expect us.
        answers = (Habit("go:expected:", 25, _taps),) if number % 4 else ()
        phones[home.peer] = Phone(stage, home.peer, (*habits, *answers))
    return phones


def begin(season: Season) -> None:
    """Everybody plans their year; the desk is opened each morning, and now and then something breaks."""
    season.offers = offers.hold(season.stage, season.begins, season.days)
    for number, home in enumerate(season.cast.households):
        Living(season, number, home).begin()
    for day in range(season.days):
        for peer in season.cast.staff:
            season.stage.plan(season.begins + day * DAY, partial(season.phones[peer].says, "上班"))
        at = season.begins + (day + season.dice.random() / 3) * DAY
        luck = season.dice.random()
        if luck < 0.1:
            season.stage.plan(at, season.stage.crash)
        elif luck < 0.3:
            season.stage.plan(at, partial(season.stage.kill, season.dice.randrange(5, 200)))
    for place, by in enumerate(JUMPS):
        # Each has its part of the year, so that they do not meet.
        day = int(season.days * (place + season.dice.uniform(0.2, 0.9)) / len(JUMPS))
        at = season.begins + day * DAY + season.dice.random() * timedelta(hours=2)
        season.stage.plan(at, partial(season.stage.jump, by, season.dice.randrange(40)))


class Living:
    """One household through the year."""

    def __init__(self, season: Season, number: int, home: Household) -> None:
        self._season, self._number, self._home = season, number, home
        self._stage, self._phone = season.stage, season.phones[home.peer]
        self._story, self._visits = story(number, season.days), 0
        self._gone, self._expected = False, set[str]()

    def begin(self) -> None:
        """Plan the first booking, and everything the story tells of."""
        told = self._story
        self._on(self._number * 0.29 % min(told.rhythm, 9), self._recurs if told.plan else self._books)
        for part, words in told.changes:
            self._on(int(part * self._season.days), partial(self._changes_plan, words))
        yes, no = told.offers
        if yes is not None:
            self._on(yes, partial(self._phone.says, YES_TO_OFFERS))
        if no is not None:
            self._on(no, partial(self._phone.says, NO_MORE))
        if told.joins is not None:
            self._on(told.joins, self._joins)
        if told.leaves is not None:
            self._on(told.leaves, self._leaves)
        if told.wants is not None:
            day, words, pace = told.wants
            self._on(day, partial(self._wants, words, pace))
        if told.abroad is not None:
            away, back = told.abroad
            self._on(away, partial(self._lives_in, ABROAD))
            self._on(back, partial(self._lives_in, ""))

    def _on(self, days: float, act: Callable[[], object]) -> None:
        """Do it so many days from the first, by day."""
        day = self._season.begins + int(days) * DAY
        self._stage.plan(_by_day(day + days % 1 * timedelta(hours=9)), act)

    def _in(self, days: float, act: Callable[[], object]) -> None:
        """Do it so many days from now, by day."""
        self._stage.plan(_by_day(self._local(self._stage.now + days * DAY)), act)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._season.begins.tzinfo)

    def _books(self, tries: int = 3) -> None:
        told = self._story
        day = (self._stage.now - self._season.begins) / DAY
        if self._gone or (told.stops is not None and day > told.stops):
            return
        before = self._newest()
        self._phone.says(
            f"{'大后天' if tries % 2 else '后天'}{HOURS[(self._number + tries) % 4]}日常保洁2小时"
        )
        self._answers("确认预约", "不用", "没有", "都可以")
        visit = self._newest()
        if visit is None or (before is not None and visit.id == before.id):
            self._phone.says("取消")
            if tries > 1:
                self._in(1, partial(self._books, tries - 1))
                return
        else:
            self._expects(visit)
        self._in(told.rhythm + self._season.dice.uniform(-1.5, 2.5), self._books)

    def _recurs(self) -> None:
        self._phone.says(self._story.plan)
        self._answers("就这么定", "不用", "没有", "都可以", "一直来")
        for day in range(self._season.days):
            self._on(day, self._looks_ahead)

    def _changes_plan(self, words: str) -> None:
        self._phone.says(words)
        self._answers("确认", "没有", "不用")

    def _looks_ahead(self) -> None:
        """What a plan brings is expected when its day comes."""
        soon = select(Visit).where(Visit.customer_id == self._home.customer_id)
        soon = soon.where(Visit.starts_at > self._stage.now, Visit.starts_at <= self._stage.now + DAY)
        with looking(self._stage.engine) as session:
            found = session.exec(soon).all()
        for visit in found:
            if visit.reference not in self._expected:
                self._expects(visit)

    def _answers(self, *labels: str) -> None:
        for _ in range(TAKES):
            if not self._phone.is_asked():
                return
            if not self._phone.chooses(*labels):
                self._phone.chooses("")

    def _newest(self) -> Visit | None:
        theirs = select(Visit).where(Visit.customer_id == self._home.customer_id)
        with looking(self._stage.engine) as session:
            return session.exec(theirs.order_by(col(Visit.id).desc()).limit(1)).first()

    def _expects(self, visit: Visit) -> None:
        """Plan what becomes of a visit that was just booked."""
        self._visits += 1
        self._expected.add(visit.reference)
        number = self._visits
        if self._story.cancels is not None and number % self._story.cancels == 0:
            self._stage.plan(_by_day(self._local(visit.starts_at - 1.2 * DAY)), self._cancels)
        if number != self._story.stood_up:
            # Who comes may change until the morning.
            self._stage.plan(visit.starts_at - timedelta(hours=1), partial(self._attended, visit.reference))
        if number == self._story.complains:
            staff = self._season.phones[self._season.cast.staff[GREASY.member]]
            case = Case(self._stage, GREASY, self._home.customer_id, self._phone, staff)
            self._stage.plan(visit.ends_at + timedelta(minutes=50), case.begin)

    def _attended(self, reference: str) -> None:
        with looking(self._stage.engine) as session:
            visit = visits.by_reference(session, reference)
            if visit is None or visit.status not in MOVABLE:
                return
            workers = [worker.id or 0 for _, worker in visits.crew(session, visit)]
        for id in workers:
            worker = self._season.phones[self._season.cast.workers[id]]
            Visiting(self._stage, visit, self._home, worker, self._phone).plan(AS_USUAL)

    def _cancels(self) -> None:
        visit = self._newest()
        if visit is not None and visit.status is Status.CONFIRMED:
            self._phone.says("取消预约")
            self._answers("确认取消", visit.reference)

    def _joins(self) -> None:
        self._phone.says("加入会员")
        self._answers("加入")
        if self._story.birthday:
            self._phone.says(self._story.birthday)

    def _leaves(self) -> None:
        self._gone = True
        self._phone.sends(Left())

    def _wants(self, words: str, pace: Pace) -> None:
        self._phone.says(words)
        with looking(self._stage.engine) as session:
            said = decency.pace(session, self._home.customer_id)
        assert said is pace, f"“{words}” was understood as {said}"
        self._season.changes.append(Change(self._stage.now, self._home.customer_id, pace=pace))

    def _lives_in(self, zone: str) -> None:
        with transaction(self._stage.engine) as session:
            decency.live_in(session, self._home.customer_id, zone or None, self._stage.now)
        self._season.changes.append(Change(self._stage.now, self._home.customer_id, zone=zone))


def _taps(phone: Phone, data: str) -> None:
    phone.taps(data)


def _rates(phone: Phone, data: str) -> None:
    """Most are content, and some forget it."""
    stars = {0: None, 1: 4}.get(sum(map(ord, data)) % 5, 5)
    if stars is not None:
        phone.taps(f"{data.rpartition(':')[0]}:{stars}")


def _serves(phone: Phone, data: str) -> None:
    """The clerk takes whoever waits for a person, and is done with them after a while."""
    if phone.taps(data):
        phone.stage.soon(25, partial(_gives_back, phone, data.rpartition(":")[2]))


def _gives_back(phone: Phone, number: str) -> None:
    if phone.taps(f"go:handback:{number}"):
        phone.chooses("解决了")


STAFF = (Habit("go:takeover:", 12, _serves),)


def _by_day(at: datetime) -> datetime:
    """The same day, between nine and nineteen."""
    return at.replace(hour=min(max(at.hour, 9), 18))
