"""Random afternoons of customers, staff and time: nobody who waits is forgotten, and no word is lost."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy import Engine
from sqlmodel import select

from bot.messages import Left, Tap, Text
from bot.trail import Outcome
from core import identities, staff
from core.database import transaction
from core.handoffs import Handoff, Status
from core.staff import Rank
from tests.bot.gathering import Gathering
from tests.bot.test_handing_over import everybody_is_seen_to
from tests.talk import Person, sweep

WORDS = (
    "人工", "预约", "日常保洁3小时", "不用了", "机器人", "多少钱", "你们太过分了！！", "阿巴阿巴", "取消",
    "给我回电话", "13800001234", "尽快", "明天上午十点", "2", "煤气泄漏了", "人呢", "talk to a person",
)  # fmt: skip
SAYS = ("您好", "还给机器人", "转给 吴姐", "备注 急", "/待办", "接手", "菜单", "解决了", "稍后再联系", "取消")
CUSTOMERS, OURS = ("anna", "wang"), ("staff", "lead")
START = datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("Asia/Shanghai"))


class Afternoons(Gathering):
    """Two customers and two of the staff who type and press what they are shown, and time that passes."""

    start, names = START, CUSTOMERS + OURS

    def __init__(self) -> None:
        super().__init__()
        with transaction(self.engine) as session:
            lead = staff.hire(session, name="吴姐", role=Rank.LEAD, language="zh-CN")
            identities.bind_staff(session, "web", "main", "lead", lead.id or 0, now=self.moment.now)

    def told(self) -> int:
        """How much the staff were ever told."""
        return sum(len(person.heard()) for name, person in self.people.items() if name in OURS)

    def does(self, person: Person, content: Text | Tap) -> None:
        before = self.told()
        person.sends(content)
        receipt = person.receipts[-1]
        if receipt.outcome is Outcome.PASSED:
            assert not receipt.replies, "two voices"
            assert self.told() > before, f"nobody heard {content}"
        else:
            assert receipt.replies, f"silence after {content}"

    @rule(who=st.sampled_from(CUSTOMERS), words=st.sampled_from(WORDS))
    def a_customer_types(self, who: str, words: str) -> None:
        self.does(self.people[who], Text(words))

    @rule(who=st.sampled_from(OURS), words=st.sampled_from(SAYS))
    def one_of_us_types(self, who: str, words: str) -> None:
        self.does(self.people[who], Text(words))

    @rule(who=st.sampled_from(CUSTOMERS + OURS), data=st.data())
    def somebody_presses(self, who: str, data: st.DataObject) -> None:
        choices = [one for message in self.people[who].heard()[-6:] for one in message.content["choices"]]
        if choices:
            pressed = data.draw(st.sampled_from(choices))
            self.does(self.people[who], Tap(pressed["data"], pressed["label"]))

    @rule(who=st.sampled_from(OURS))
    def one_of_us_blocks_the_bot(self, who: str) -> None:
        self.people[who].sends(Left())

    @rule(minutes=st.sampled_from([1, 6, 11, 31, 125, 900]))
    def time_passes(self, minutes: int) -> None:
        self.moment.forward(minutes=minutes)
        sweep(self.engine, self.company)

    @invariant()
    def whoever_waits_is_seen_to(self) -> None:
        everybody_is_seen_to(self.engine)

    @invariant()
    def whoever_has_a_customer_can_be_written_to(self) -> None:
        with transaction(self.engine) as session:
            for one in session.exec(select(Handoff).where(Handoff.status == Status.TAKEN)):
                assert identities.of_member(session, one.taken_by or 0)


def test_random_afternoons(fresh: Callable[[], Engine]) -> None:
    Afternoons.hold(fresh, times=20, steps=30)
