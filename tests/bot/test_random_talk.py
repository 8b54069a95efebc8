"""Random conversations: never a crash, never silence, never a second visit for one yes, always JSON."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import Engine, func
from sqlmodel import select

from bot.messages import Tap, Text
from core.database import transaction
from core.visits import Visit
from core.windows import Hold, Occupied
from tests.bot.gathering import Gathering
from tests.talk import sweep

PHRASES = (
    "预约", "深度保洁 120平", "日常保洁", "擦玻璃30平", "洗空调两台", "3", "２", "三小时", "明天",
    "后天下午", "周六上午九点", "下午两点", "武侯区科华北路12号3栋501", "锦江区春熙路8号", "不用",
    "没有", "好的", "确认", "不", "取消", "上一步", "修改", "改日期", "改时间", "换师傅", "重新开始",
    "菜单", "继续", "帮助", "人工", "跳过", "都可以", "王女士", "13800001234", "多少钱", "到哪了",
    "我的预约", "取消预约", "能改到后天吗", "再来一单", "English", "中文", "book a deep cleaning",
    "tomorrow at 10", "yes", "no", "back", "start over", "my visits", "cancel my visit",
    "move it to friday", "投诉", "谢谢", "?", "", "   ", "asdf", "1 2 3", "第二个", "删除地址",
    "换个渠道", "我有绑定码", "123456",
)  # fmt: skip
START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


class Talk(Gathering):
    """Two customers who type, press new and old buttons, and let time pass."""

    start, names = START, ("anna", "wang")

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[tuple[str, str]] = []

    def does(self, who: str, content: Text | Tap) -> None:
        said = self.people[who].sends(content)
        assert said, f"silence after {content}"
        assert all(message.body.strip() for message in said)
        for message in said:
            assert all(len(choice["data"].encode()) <= 64 for choice in message.content["choices"])
            self.buttons += [(who, choice["data"]) for choice in message.content["choices"]]

    @rule(who=st.sampled_from(["anna", "wang"]), phrase=st.sampled_from(PHRASES))
    def types(self, who: str, phrase: str) -> None:
        self.does(who, Text(phrase))

    @rule(who=st.sampled_from(["anna", "wang"]), phrase=st.text(max_size=30))
    def types_anything(self, who: str, phrase: str) -> None:
        self.does(who, Text(phrase))

    @rule(data=st.data())
    def presses_the_newest(self, data: st.DataObject) -> None:
        if self.buttons:
            who, button = data.draw(st.sampled_from(self.buttons[-6:]))
            self.does(who, Tap(button))

    @rule(data=st.data())
    def presses_an_old_one(self, data: st.DataObject) -> None:
        if self.buttons:
            who, button = data.draw(st.sampled_from(self.buttons))
            self.does(who, Tap(button))

    @rule(minutes=st.sampled_from([1, 9, 11, 60, 600, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.moment.forward(minutes=minutes)
        sweep(self.engine, self.company)
        for person in self.people.values():
            person.reads()

    @invariant()
    def every_visit_was_confirmed_in_words_once(self) -> None:
        told = sum(
            message.body.startswith(("约好了", "Booked", "收到！这项", "Got it!"))
            for person in self.people.values()
            for message in person.heard()
        )
        with transaction(self.engine) as session:
            placed = session.exec(select(func.count()).select_from(Visit)).one()
        assert told == placed

    @invariant()
    def nothing_is_kept_for_nobody(self) -> None:
        with transaction(self.engine) as session:
            kept = set(session.exec(select(Occupied.hold_id).where(Occupied.hold_id != None)).all())  # noqa: E711
            assert kept <= set(session.exec(select(Hold.id)).all())


def test_random_talks(fresh: Callable[[], Engine]) -> None:
    Talk.hold(fresh, times=20, steps=30)
