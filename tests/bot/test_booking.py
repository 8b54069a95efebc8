"""What a booking promises beyond its transcripts: the price that was agreed, the window that was held."""

from datetime import date, datetime, time, timedelta

from sqlmodel import select

from core import customers
from core.company import Company
from core.customers import Address
from core.database import transaction
from core.visits import Visit
from core.windows import Hold
from core.workers import TimeOff, Worker
from tests.conftest import Moment
from tests.talk import Person

UP_TO_THE_YES = (
    "明天上午九点日常保洁3小时，武侯区科华北路12号3栋501",
    "不用加",
    "没有",
    "都可以",
    "王女士",
    "13800001234",
    "没有",
)


def dearer(company: Company) -> Company:
    """The same company, an hour of cleaning ten yuan dearer."""
    services = tuple(
        one.model_copy(update={"unit_price": one.unit_price + 1_000}) if one.code == "DAILY" else one
        for one in company.services
    )
    changed = company.model_copy(update={"services": services})
    changed.__dict__.pop("_services", None)
    return changed


def placed(person: Person) -> list[Visit]:
    with transaction(person.engine) as session:
        return list(session.exec(select(Visit)))


def test_a_price_that_changed_since_the_card_needs_another_yes(person: Person) -> None:
    assert dict(person.says(*UP_TO_THE_YES)[-1].content["card"]["lines"])["合计"] == "¥135"
    person.company = dearer(person.company)
    again = person.says("确认")[-1]
    assert "价格有变" in again.body
    assert dict(again.content["card"]["lines"])["合计"] == "¥165"
    assert placed(person) == []
    assert "约好了" in person.says("确认")[-1].body
    (visit,) = placed(person)
    assert visit.total == 16_500


def test_a_yes_with_a_condition_places_nothing(person: Person) -> None:
    person.says(*UP_TO_THE_YES)
    for words in ("好的，不过能便宜点吗", "明天见", "确认吗"):
        person.says(words)
        assert placed(person) == []
        form = person.state().form
        assert form is not None
        assert form.answers["day"] == "2026-11-24", words


def test_cancelling_the_form_gives_the_window_back_at_once(person: Person) -> None:
    person.says(*UP_TO_THE_YES)
    with transaction(person.engine) as session:
        assert session.exec(select(Hold)).one()
    person.says("取消")
    with transaction(person.engine) as session:
        assert session.exec(select(Hold)).all() == []


def test_a_window_lost_while_the_person_thought_is_answered_with_the_nearest(
    person: Person, moment: Moment
) -> None:
    others = [Person(person.engine, person.company, moment, f"other{n}") for n in range(3)]
    person.says(*UP_TO_THE_YES)
    moment.forward(minutes=11)
    for other in others:  # three workers clean in the morning, and nobody is held any more
        assert "约好了" in other.says(*UP_TO_THE_YES, "确认")[-1].body
    lost = person.says("确认")[-1]
    assert "刚刚被约走" in lost.body
    assert sum(choice["kind"] == "answer" for choice in lost.content["choices"]) == 3
    assert len(placed(person)) == 3
    person.says("1")
    assert "约好了" in person.says("确认")[-1].body


def test_a_window_whose_whole_day_went_meanwhile_leads_back_to_the_days(
    person: Person, moment: Moment
) -> None:
    """The nearest windows may lie on another day, which may go in its turn."""
    person.says(*UP_TO_THE_YES[:1], "不用加", "没有", "改日期", "11月25日")
    nobody_comes(person, date(2026, 11, 25))
    assert "刚刚被约走" in person.says("1")[-1].body
    for day in (24, 26):
        nobody_comes(person, date(2026, 11, day))
    again = person.says("1")[-1]
    assert "可以约的有" in again.body
    form = person.state().form
    assert form is not None
    assert form.asking == "day"
    assert "有空" in person.taps(again.content["choices"][1]["label"])[-1].body


def nobody_comes(person: Person, day: date) -> None:
    """Everybody is away for a day."""
    with transaction(person.engine) as session:
        begins_at = datetime.combine(day, time(0), person.company.zone)
        for worker in session.exec(select(Worker)):
            off = TimeOff(worker_id=worker.id, begins_at=begins_at, ends_at=begins_at + timedelta(days=1))
            session.add(off)


def test_glass_is_no_floor(person: Person) -> None:
    person.says("明天上午九点擦玻璃20平，武侯区科华北路12号3栋501", *UP_TO_THE_YES[1:], "确认")
    with transaction(person.engine) as session:
        assert session.exec(select(Address)).one().size_m2 is None


def test_the_floor_is_asked_once(person: Person, moment: Moment) -> None:
    person.says(
        "我想约深度保洁 120平，武侯区科华北路12号3栋501",
        "不用加",
        "没有",
        "明天",
        "1",
        "王女士",
        "13800001234",
        "没有",
    )
    assert "约好了" in person.says("确认")[-1].body
    person.says("取消预约", "跳过", "确认取消")
    assert "加点什么" in person.says("再约一次深度保洁")[-1].body
    with transaction(person.engine) as session:
        (home,) = session.exec(select(Address)).all()
        assert customers.in_full(home) == "武侯区科华北路12号3栋501"


def test_a_window_that_went_while_something_was_changed_is_asked_anew(person: Person, moment: Moment) -> None:
    others = [Person(person.engine, person.company, moment, f"other{n}") for n in range(3)]
    person.says(*UP_TO_THE_YES[:3], "王秀英", *UP_TO_THE_YES[4:])
    moment.forward(minutes=11)
    for other in others:
        other.says(*UP_TO_THE_YES, "确认")
    assert "刚刚被约走" in person.says("修改")[-1].body
    form = person.state().form
    assert form is not None
    assert form.asking == "window"


def test_a_vague_new_day_asks_which_and_then_shows_everything_again(person: Person) -> None:
    person.says(*UP_TO_THE_YES)
    heard = person.says("改到下周吧")[-1]
    assert "哪一天" in heard.body
    assert len([one for one in heard.content["choices"] if one["kind"] == "answer"]) == 7
    person.says("1")
    card = person.says("上午九点")[-1].content["card"] or person.heard()[-1].content["card"]
    assert "11月30日周一 09:00" in dict(card["lines"])["时间"]


def test_where_nothing_is_free_a_person_is_asked_instead_of_the_customer(person: Person) -> None:
    person.says("明天开荒保洁 200平，武侯区科华北路12号3栋501")
    while person.state().form is not None:
        person.says("没有")
    assert "已经替您登记" in person.heard()[-1].body
    assert person.state().form is None
    clerk = Person(person.engine, person.company, person.moment, "staff")
    assert "开荒保洁" in str(clerk.says("待办")[-1].content["card"])
