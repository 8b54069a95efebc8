"""Random days: everybody does anything to visits at any time, and the visits' lives stay in order."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.messages import Content, Photo, Place, Tap, Text
from core import visits
from core.database import transaction
from core.handoffs import Handoff
from core.handoffs import Status as Taken
from core.timeline import Entry
from core.visits import ALLOWED, OCCUPYING, Status, Visit
from core.windows import Occupied
from tests.bot.gathering import Gathering
from tests.talk import sweep

START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE = ("anna", "worker", "worker-2", "worker-3", "staff")
CUSTOMER = (
    "到哪了", "我的预约", "取消预约", "改时间", "确认", "好的", "不", "人工", "还没见到", "见到了",
    "给师傅留言",
    "后天下午两点", "菜单", "投诉", "同意", "预约日常保洁3小时", "跳过", "1", "2", "3", "做到哪了",
)  # fmt: skip
WORKER = (
    "今天", "明天", "接单", "出发了", "20分钟", "到了", "开始", "清单", "做完了", "加项", "有问题", "来不了",
    "生病", "求助", "误触", "跟客户说", "我的收入",
    "我的档案", "确认", "好的", "不", "1", "2", "3", "菜单", "微信", "跳过",
)  # fmt: skip
STAFF = (
    "今天", "明天", "改派", "取消预约", "改时间", "待办", "待确认", "未确认", "迟到", "天气",
    "确认", "1", "2", "3",
    "不", "菜单", "合并", "没到", "跳过", "好的",
)  # fmt: skip
PHRASES = {"anna": CUSTOMER, "staff": STAFF}
LIVES = {status.value.replace("_", "-"): status for status in Status}


class Day(Gathering):
    """Everybody types, presses new and old buttons, sends pictures and places, and time passes."""

    start, names = START, PEOPLE

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[tuple[str, str]] = []
        self.books()

    def books(self) -> None:
        """Anna has a visit this afternoon, placed by talking."""
        self.people["anna"].says(
            "今天下午两点日常保洁3小时", "不用", "武侯区科华北路12号3栋501", "没有", "都可以",
            "王女士", "13800001234", "没有", "确认",
        )  # fmt: skip
        with transaction(self.engine) as session:
            [visit] = session.exec(select(Visit)).all()
            assert visit.status is Status.CONFIRMED

    def does(self, who: str, content: Content) -> None:
        said = self.people[who].sends(content)
        assert said or self.is_with_person(), f"silence after {content}"
        assert all(message.body.strip() for message in said)
        self.heard()

    def is_with_person(self) -> bool:
        """Whether one of the staff talks with the customer: then the bot is silent."""
        with transaction(self.engine) as session:
            return session.exec(select(Handoff).where(Handoff.status == Taken.TAKEN)).first() is not None

    def heard(self) -> None:
        """Remember every button that anybody was shown."""
        known = set(self.buttons)
        for who, person in self.people.items():
            person.reads()
            for message in person.heard()[-4:]:
                for choice in message.content["choices"]:
                    assert len(choice["data"].encode()) <= 64
                    if (who, choice["data"]) not in known:
                        self.buttons.append((who, choice["data"]))

    @rule(who=st.sampled_from(PEOPLE), data=st.data())
    def types(self, who: str, data: st.DataObject) -> None:
        self.does(who, Text(data.draw(st.sampled_from(PHRASES.get(who, WORKER)))))

    @rule(data=st.data())
    def presses_a_new_one(self, data: st.DataObject) -> None:
        if self.buttons:
            who, button = data.draw(st.sampled_from(self.buttons[-8:]))
            self.does(who, Tap(button))

    @rule(data=st.data())
    def presses_an_old_one(self, data: st.DataObject) -> None:
        if self.buttons:
            who, button = data.draw(st.sampled_from(self.buttons))
            self.does(who, Tap(button))

    @rule(who=st.sampled_from(("anna", "worker")), picture=st.booleans())
    def sends(self, who: str, picture: bool) -> None:
        person = self.people[who]
        self.does(who, Photo(person.keeps()) if picture else Place(30.63, 104.08))

    @rule(minutes=st.sampled_from([1, 5, 15, 31, 60, 180, 600]))
    def time_passes(self, minutes: int) -> None:
        self.moment.forward(minutes=minutes)
        sweep(self.engine, self.company)
        self.heard()

    @invariant()
    def every_life_is_one_the_table_allows(self) -> None:
        with transaction(self.engine) as session:
            for visit in session.exec(select(Visit)).all():
                said = session.exec(select(Entry).where(Entry.visit_id == visit.id).order_by(Entry.id)).all()
                begun = next(entry for entry in said if entry.what == "placed")
                lives = [Status(begun.detail["status"])]
                lives += [LIVES[entry.what] for entry in said if entry.what in LIVES]
                assert all(after in ALLOWED[before] for before, after in pairwise(lives)), lives
                assert lives[-1] is visit.status, lives

    @invariant()
    def who_attends_has_the_half_hours_and_nobody_else(self) -> None:
        with transaction(self.engine) as session:
            for visit in session.exec(select(Visit)).all():
                theirs = select(Occupied).where(Occupied.visit_id == visit.id, col(Occupied.lasts) >= 0)
                have = {row.worker_id for row in session.exec(theirs)}
                crew = {worker.id for _, worker in visits.crew(session, visit)}
                assert have == (crew if visit.status in OCCUPYING else set())


def test_random_days(fresh: Callable[[], Engine]) -> None:
    Day.hold(fresh, times=14, steps=40)
