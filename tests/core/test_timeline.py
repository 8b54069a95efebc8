import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

import core.tables  # noqa: F401 - a visit stands on many tables
from core import customers, timeline
from core.identities import Role
from tests.conftest import Moment


def a_visit(session: Session, moment: Moment, reference: str = "ABC234") -> int:
    customer = customers.greet(session, language="zh-CN", now=moment.now)
    address = customers.add_address(session, customer, line="x", area_code="wuhou", now=moment.now)
    visit = SQLModel.metadata.tables["visit"]
    values = {
        "reference": reference,
        "customer_id": customer.id,
        "address_id": address.id,
        "address_line": "x",
        "area_code": "wuhou",
        "service_code": "DAILY",
        "quantity": 2,
        "add_ons": {},
        "starts_at": moment.now,
        "ends_at": moment.forward(hours=2),
        "status": "confirmed",
        "quote": {},
        "total": 9_000,
        "company_version": "1",
        "policy_version": "1",
        "rules_accepted_at": moment.now,
        "moves": 0,
        "fee": 0,
        "placed_at": moment.now,
    }
    present = {name: value for name, value in values.items() if name in visit.c}
    id: int = session.connection().execute(insert(visit).values(present).returning(visit.c.id)).scalar_one()
    return id


def story(session: Session, visit_id: int, viewer: Role) -> list[str]:
    return [entry.what for entry in timeline.of(session, visit_id, viewer=viewer)]


def test_each_reads_the_lines_meant_for_them_in_order(session: Session, moment: Moment) -> None:
    visit = a_visit(session, moment)
    timeline.add(session, visit, "placed", actor="customer", now=moment.now, for_worker=False)
    timeline.add(session, visit, "assigned", actor="bot", now=moment.now)
    timeline.add(session, visit, "declined", actor="worker", now=moment.now, for_customer=False)
    assert story(session, visit, Role.CUSTOMER) == ["placed", "assigned"]
    assert story(session, visit, Role.WORKER) == ["assigned", "declined"]
    assert story(session, visit, Role.STAFF) == ["placed", "assigned", "declined"]


def test_the_reason_is_for_staff_only_and_survives_being_hidden(session: Session, moment: Moment) -> None:
    visit = a_visit(session, moment)
    entry = timeline.add(
        session, visit, "assigned", actor="bot", now=moment.now, detail={"worker": 7}, reason="rated highest"
    )
    shown = timeline.of(session, visit, viewer=Role.CUSTOMER)[0]
    assert (shown.reason, shown.detail, shown.at, shown.actor) == (None, {"worker": 7}, moment.now, "bot")
    assert timeline.of(session, visit, viewer=Role.WORKER)[0].reason is None
    session.flush()
    session.expire_all()
    assert timeline.of(session, visit, viewer=Role.STAFF) == [entry]
    assert entry.reason == "rated highest"


def test_another_visits_story_is_another_story(session: Session, moment: Moment) -> None:
    first, second = a_visit(session, moment), a_visit(session, moment, "DEF567")
    timeline.add(session, first, "placed", actor="customer", now=moment.now)
    assert story(session, second, Role.STAFF) == []


def test_nobody_else_acts(session: Session, moment: Moment) -> None:
    visit = a_visit(session, moment)
    timeline.add(session, visit, "placed", actor="the cat", now=moment.now)
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_story_needs_a_visit(session: Session, moment: Moment) -> None:
    timeline.add(session, 999, "placed", actor="bot", now=moment.now)
    with pytest.raises(IntegrityError):
        session.flush()
