"""Templates of an Official Account in front of the whole service: what is sent when nothing else may be."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot import notices, outbox
from bot.messages import Outbound
from channels import overview
from channels.wechat import channel
from core.company import Company
from core.correspondence import Direction, Message, Status
from core.database import transaction
from core.handoffs import Handoff
from core.news import MOMENTS, Fact
from core.templates import TemplateTrouble
from tests.channels.house import until
from tests.channels.wechat.house import House, books, comes_near, left, settings_for
from tests.conftest import Moment
from tests.doubles.wechat import Double, Person

KEYS = {"thing1": "服务", "time2": "时间", "name3": "客户", "phrase4": "状态"}
FILE = """
[visit-near]
id = "NEAR"
way = "{way}"
[visit-near.values]
thing1 = "service"
time2 = "starts"
name3 = "name"
phrase4 = "status"
"""
SENDS = {"notice": "subscribe/bizsend", "template": "template/send"}


@pytest.fixture
def way(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "notice"))


@pytest.fixture
def double(double: Double, way: str) -> Double:
    """The account has the template, and says how it ended only when told."""
    double.report_after = None
    (double.notice if way == "notice" else double.template)("NEAR", "上门提醒", **KEYS)
    return double


@pytest.fixture
def file(tmp_path: Path, way: str) -> Path:
    found = tmp_path / "templates.toml"
    found.write_text(FILE.format(way=way), "utf-8")
    return found


@pytest.fixture
def changes(file: Path) -> dict[str, object]:
    return {"wechat_templates": file}


every_way = pytest.mark.parametrize("way", ["notice", "template"], indirect=True)
unasked = pytest.mark.parametrize("way", ["template"], indirect=True)


def reminder(house: House) -> Message:
    """The message that tells of the visit."""
    return next(one for one in house.record(Direction.OUT) if one.content.get("news"))


def calls(house: House, way: str) -> list[dict]:
    """What the platform was asked to send by templates."""
    return [call.params for call in house.double.calls if call.path.endswith(SENDS[way])]


async def agrees(house: House, ming: Person) -> None:
    """One notice may be sent, and the thanks for it are out."""
    await ming.accepts("NEAR")
    await until(lambda: "template:NEAR" in left(house, ming))
    await house.has_sent()


async def is_called(house: House) -> None:
    """The news waits, and staff are asked to call."""
    await until(lambda: (reminder(house).way or "").startswith("call:"))
    with transaction(house.engine) as session:
        (handoff,) = session.exec(select(Handoff)).all()
    assert handoff.topic == "call"


async def test_what_may_not_be_written_goes_as_a_notice(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    assert (await ming.reads(f"{house.url}/wechat/notices")).text.startswith("约好了")
    await ming.accepts("NEAR")
    assert "可以提醒您 1 次" in (await ming.reads("现在可以提醒您")).text
    await house.has_sent()
    comes_near(house, moment, company)
    seen = await ming.reads("上门提醒", within=20)

    starts = house.visits()[0].starts_at.astimezone(company.zone)
    assert seen.way == "notice"
    assert seen.text.splitlines()[1:] == [
        "服务：日常保洁",
        f"时间：{starts.year}年{starts.month}月{starts.day}日 {starts:%H:%M}",
        "客户：林女士",
        "状态：已确认",
    ]
    await house.has_sent()
    assert reminder(house).way == "template:window-closed"
    assert reminder(house).receipt
    assert left(house, ming)["template:NEAR"] == 0


async def test_what_goes_by_a_template_takes_nothing_along(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    for _ in range(2):
        moment.forward(seconds=5)
        await ming.accepts("NEAR")
        await house.double.quiet()
    await house.has_sent()
    moment.forward(hours=49)
    peer = house.record()[0].peer
    with transaction(house.engine) as session:
        for service in ("浇花", "遛狗"):
            facts = dict.fromkeys(Fact, service) | dict.fromkeys(MOMENTS, moment.now.isoformat())
            said = Outbound(service, critical=True, news="visit-near", facts=facts)
            outbox.post(session, peer, said, moment.now)

    first, second = await ming.reads("服务：浇花", within=20), await ming.reads("服务：遛狗", within=20)
    assert (first.way, second.way) == ("notice", "notice")


async def test_who_agreed_to_nothing_is_called(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    comes_near(house, moment, company)

    await is_called(house)
    assert not calls(house, "notice")


@unasked
async def test_a_template_message_needs_no_consent(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    assert not [seen for seen in ming.seen if "/wechat/notices" in seen.text]
    comes_near(house, moment, company)

    assert (await ming.reads("上门提醒", within=20)).way == "template"
    await house.has_sent()
    assert "template:NEAR" not in left(house, ming)


async def test_who_has_consents_left_is_not_asked_again(house: House, ming: Person) -> None:
    await ming.accepts("NEAR")
    await house.double.quiet()
    await books(ming)

    assert not [seen for seen in ming.seen if "/wechat/notices" in seen.text]


async def test_a_consent_that_is_told_three_times_is_one(house: House, ming: Person) -> None:
    house.double.duplicate_next(2)
    await ming.accepts("NEAR")
    await house.double.quiet()
    assert left(house, ming) == {"template:NEAR": 1}

    await ming.accepts("NEAR", "OTHER")
    await house.double.quiet()
    assert left(house, ming) == {"template:NEAR": 2, "template:OTHER": 1}


@pytest.mark.parametrize("refusal", ["rejects", "switches_off"])
async def test_who_refuses_has_none_left(house: House, ming: Person, moment: Moment, refusal: str) -> None:
    await ming.accepts("NEAR")
    await house.double.quiet()
    moment.forward(seconds=5)
    before = len(ming.seen)
    await getattr(ming, refusal)("NEAR")
    await house.double.quiet()

    assert left(house, ming) == {}
    assert len(ming.seen) == before


async def test_when_the_platform_knows_of_no_consent_it_is_believed(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await agrees(house, ming)
    ming.accepted.clear()
    comes_near(house, moment, company)

    await is_called(house)
    assert len(calls(house, "notice")) == 1
    assert "template:NEAR" not in left(house, ming)


# What the platform says does not depend on the database.
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@every_way
@pytest.mark.parametrize("code", [40037, 47003, 43116, 40249, 48001, 45009, 99999])
async def test_a_template_that_is_refused_rests_and_the_news_goes_another_way(
    house: House, ming: Person, moment: Moment, company: Company, tmp_path: Path, file: Path,
    way: str, code: int,
) -> None:  # fmt: skip
    await books(ming)
    await agrees(house, ming)
    house.double.fail_next(SENDS[way], code)
    comes_near(house, moment, company)

    await is_called(house)
    assert left(house, ming)["template:NEAR"] == 1
    with transaction(house.engine) as session:
        (trouble,) = session.exec(select(TemplateTrouble)).all()
    assert trouble.template == "NEAR"
    assert str(code) in trouble.reason
    settings = settings_for(tmp_path, house.double, wechat_templates=file)
    (line,) = [one.found for one in overview.refused_templates(house.engine, settings)]
    assert line.startswith("NEAR was refused at 2026-")


@every_way
async def test_what_was_lost_on_its_way_goes_another_way(
    house: House, ming: Person, moment: Moment, company: Company, way: str
) -> None:
    await books(ming)
    await agrees(house, ming)
    house.double.lose_next()
    comes_near(house, moment, company)
    await until(lambda: reminder(house).status is Status.SENT)
    await house.double.report(reminder(house).receipt or "")

    await is_called(house)
    assert reminder(house).failure
    assert len(calls(house, way)) == 1


async def test_that_it_arrived_changes_nothing(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await agrees(house, ming)
    comes_near(house, moment, company)
    await until(lambda: reminder(house).status is Status.SENT)
    await house.double.report(reminder(house).receipt or "")
    await house.double.quiet()

    assert reminder(house).status is Status.SENT


@unasked
async def test_a_template_message_whose_answer_was_lost_is_not_shown_twice(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    house.double.drop_next(SENDS["template"], done=True)
    comes_near(house, moment, company)
    await until(lambda: "OutcomeUnknown" in (reminder(house).failure or ""))
    moment.forward(seconds=15)
    await until(lambda: reminder(house).status is Status.SENT)

    assert len([seen for seen in ming.seen if seen.way == "template"]) == 1
    assert len(calls(house, "template")) == 2


async def test_inside_the_window_it_is_written_freely(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await agrees(house, ming)
    (visit,) = house.visits()
    moment.now = visit.starts_at - timedelta(hours=1)
    await (await ming.says("你好")).is_over()
    await house.has_sent()
    notices.due(house.engine, company)

    assert (await ming.reads("请留意电话和门铃", within=20)).way == "pushed"
    assert left(house, ming)["template:NEAR"] == 1


@every_way
async def test_the_operator_is_told_which_templates_exist(
    house: House, tmp_path: Path, file: Path, way: str
) -> None:
    settings = settings_for(tmp_path, house.double, wechat_templates=file)

    async def said() -> list[str]:
        checks = await channel.examine(settings, house.engine)
        return [
            f"{one.health.value} {one.found} {one.advice}"
            for one in checks
            if "template" in one.found or "NEAR" in one.found
        ]

    assert await said() == [f"ok visit-near: {way} NEAR "]
    (house.double.notice if way == "notice" else house.double.template)("NEAR", "上门提醒", thing9="x")
    (line,) = await said()
    assert line.startswith(
        f"problem visit-near: {way} NEAR has other keys than are filled Its keys are thing9"
    )
    house.double.notices.templates[way].clear()
    (line,) = await said()
    assert line.startswith(f"problem visit-near: {way} NEAR does not exist there Copy")
    house.double.fail_next("gettemplate", 48001)
    house.double.fail_next("get_all_private_template", 48001)
    (line,) = await said()
    assert line.startswith("warning the platform does not tell which templates there are: 48001")


@unasked
async def test_a_template_message_for_which_leave_is_asked_all_the_same_rests(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    house.double.fail_next(SENDS["template"], 43101, times=9)
    comes_near(house, moment, company)

    await is_called(house)
    assert len(calls(house, "template")) == 1


async def test_a_slow_platform_takes_no_consent(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await agrees(house, ming)
    house.double.fail_next(SENDS["notice"], -1)
    comes_near(house, moment, company)
    await until(lambda: "TryLater" in (reminder(house).failure or ""))
    assert left(house, ming)["template:NEAR"] == 1

    moment.forward(seconds=15)
    await until(lambda: reminder(house).status is Status.SENT)
    assert left(house, ming)["template:NEAR"] == 0
    assert len([seen for seen in ming.seen if seen.way == "notice"]) == 1


async def test_who_left_is_not_written_to_by_a_template(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await agrees(house, ming)
    house.double.fail_next(SENDS["notice"], 43004)
    comes_near(house, moment, company)

    await until(lambda: reminder(house).status is Status.UNDELIVERED)
    assert "Unreachable" in (reminder(house).failure or "")
