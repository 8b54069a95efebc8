"""Complaints as cards in WeCom: asked, taken by one tap, dead for everybody else."""

import asyncio

import pytest
from sqlalchemy import Engine

from bot import complaints as asking
from bot import meeting, telling
from core import complaints, customers, identities, staff
from core.company import Company
from core.complaints import Complaint, Kind, Source, history
from core.database import transaction
from core.staff import Rank, StaffMember
from tests.channels.house import until
from tests.channels.wecom.house import House
from tests.conftest import Moment
from tests.doubles.wecom import Double, Member


@pytest.fixture
def both(house: House, engine: Engine, moment: Moment) -> tuple[Member, Member]:
    """Two leads with WeCom, and nobody else on the staff."""
    double: Double = house.double
    with transaction(engine) as session:
        for member in staff.people(session):
            staff.dismiss(session, member)
        for user, name in (("LiuLi", "刘莉"), ("ChenJie", "陈洁")):
            one = staff.hire(session, name=name, role=Rank.LEAD, language="zh-CN")
            assert one.id is not None
            account = str(double.agent_id)
            identities.bind_staff(session, "wecom", account, user, one.id, now=moment.now)
    return double.member("LiuLi"), double.member("ChenJie")


def complain(house: House, company: Company, moment: Moment) -> int:
    """Somebody complains of damage, and everybody of that rung is asked; the complaint's number."""
    with transaction(house.engine) as session:
        customer = customers.greet(session, language="zh-CN", now=moment.now)
        turn = telling.house_turn(session, company, moment.now)
        found = complaints.open(
            session,
            company,
            customer.id or 0,
            kind=Kind.DAMAGE,
            words="花瓶碎了",
            source=Source.WORDS,
            now=moment.now,
        )
        asking.tell_staff(
            turn, found, lambda their: asking.told(their, found, "ladder-asked", in_full=True, by="09:10")
        )
        meeting.pass_on(turn)
        return found.id or 0


async def test_a_complaint_is_a_card_which_dies_for_the_others_when_one_takes_it(
    house: House, company: Company, moment: Moment, both: tuple[Member, Member]
) -> None:
    number = complain(house, company, moment)
    liu, chen = both
    card, other = await liu.reads(f"投诉 {number} 号"), await chen.reads(f"投诉 {number} 号")
    assert card.buttons[0][0] == "我来"
    await house.has_sent()

    await (await liu.clicks(card, "我来")).is_over()

    await liu.reads("归您了")
    await chen.reads("已经由刘莉")
    await chen.waits(lambda: bool(other.dead))
    assert (card.dead, other.dead) == ("我来", "已由刘莉接手")
    assert len({call.params["response_code"] for call in house.double.asked("update_template_card")}) == 1
    assert house.double.refusals[40058] == 0


async def test_two_clicks_at_once_are_one_owner_and_a_late_one_is_told_who(
    house: House, company: Company, moment: Moment, both: tuple[Member, Member]
) -> None:
    number = complain(house, company, moment)
    liu, chen = both
    card, other = await liu.reads(f"投诉 {number} 号"), await chen.reads(f"投诉 {number} 号")
    await house.has_sent()

    pressed = await asyncio.gather(liu.clicks(card, "我来"), chen.clicks(other, "我来"))
    await asyncio.gather(*(one.is_over() for one in pressed))
    await house.double.quiet()

    with transaction(house.engine) as session:
        complaint = session.get_one(Complaint, number)
        taken = [one for one in history.of(session, complaint) if one.what == "acknowledged"]
        owner = session.get_one(StaffMember, complaint.owner_id).name
    assert len(taken) == 1
    winner, loser = (liu, chen) if owner == "刘莉" else (chen, liu)
    await winner.reads("归您了")
    await loser.reads(f"已经由{owner}")

    before, pressed_late = len(loser.seen), other if loser is chen else card
    late = await loser.does(
        "template_card_event",
        EventKey=f"go:mine:{number}|我来",
        TaskId=pressed_late.task,
        CardType="button_interaction",
        ResponseCode=house.double.codes.new(pressed_late.task),
    )
    await late.is_over()
    await until(lambda: len(loser.seen) > before)
    assert owner in loser.seen[-1].text
