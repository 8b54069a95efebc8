import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session

from core import staff
from core.staff import Rank, StaffMember


def test_people_on_duty_come_in_the_order_they_were_hired(session: Session) -> None:
    clerk = staff.hire(session, name="陈静", role=Rank.CLERK, language="zh-CN")
    lead = staff.hire(session, name="Ann", role=Rank.LEAD, language="en")
    assert staff.on_duty(session) == [clerk, lead]
    assert staff.on_duty(session, Rank.LEAD) == [lead]
    assert staff.on_duty(session, Rank.MANAGER) == []


def test_who_left_is_no_longer_on_duty_but_still_known(session: Session) -> None:
    clerk = staff.hire(session, name="陈静", role=Rank.CLERK, language="zh-CN")
    staff.dismiss(session, clerk)
    assert staff.on_duty(session) == []
    assert session.get(StaffMember, clerk.id) is clerk


def test_a_rank_we_do_not_have_is_refused(session: Session) -> None:
    session.add(StaffMember(name="x", role="king", language="en"))
    with pytest.raises(StatementError):
        session.flush()
