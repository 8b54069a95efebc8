"""How bad a complaint is: by its kind and by facts, each of which can only make it worse."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from core import customers
from core.company import Company
from core.complaints import Complaint, Kind, Rung, Severity, Source, judging
from core.customers import Customer
from tests.conftest import Moment


@pytest.fixture
def customer(session: Session, moment: Moment) -> Customer:
    return customers.greet(session, language="zh-CN", now=moment.now)


def test_every_kind_has_a_level_of_its_own() -> None:
    assert set(judging.LEVELS) == set(Kind)


@pytest.mark.parametrize(
    ("words", "fen"),
    [
        ("花瓶三千块买的", 3000_00),
        ("要赔我300元", 300_00),
        ("扣了我 1,280.50 元", 1280_50),
        ("项链值两万多块", 20000_00),
        ("¥88 的菜单收我188块", 188_00),
        ("三千五百块", 3500_00),
        ("十块钱", 10_00),
        ("2万元的沙发", 20000_00),
        ("it cost 450 yuan", 450_00),
        ("RMB 2,000 please", 2000_00),
        ("12号楼3栋501", None),
        ("等了45分钟", None),
        ("一块抹布擦全屋", 1_00),
        ("two workers, 3 hours", None),
        ("", None),
    ],
)
def test_sums_of_money_are_read(words: str, fen: int | None) -> None:
    assert judging.amount(words) == fen


@given(st.text())
def test_any_words_can_be_looked_through_for_money(words: str) -> None:
    found = judging.amount(words)
    assert found is None or found > 0


@given(fen=st.integers(1, 10**7))
def test_a_sum_is_read_as_it_is_written(fen: int) -> None:
    assert judging.amount(f"赔{fen / 100:.2f}元") == fen


def test_the_kind_decides_where_nothing_else_is_known(
    session: Session, company: Company, customer: Customer, moment: Moment
) -> None:
    for kind, level in judging.LEVELS.items():
        judged = judging.judge(session, company, customer.id or 0, kind, now=moment.now)
        assert judged == (level, f"kind:{kind.value}")


@pytest.mark.parametrize(
    ("kind", "words", "severity", "reason"),
    [
        (Kind.FLAW, "角上有点灰，退20块就行", Severity.S4, "kind:flaw"),
        (Kind.FLAW, "退我80块", Severity.S3, "kind:flaw amount:8000"),
        (Kind.QUALITY, "退我80块", Severity.S3, "kind:quality"),
        (Kind.QUALITY, "要赔800元", Severity.S2, "kind:quality amount:80000"),
        (Kind.DAMAGE, "值五万块", Severity.S2, "kind:damage"),
    ],
)
def test_money_beyond_what_the_desk_may_promise_makes_it_worse(
    session: Session,
    company: Company,
    customer: Customer,
    moment: Moment,
    kind: Kind,
    words: str,
    severity: Severity,
    reason: str,
) -> None:
    judged = judging.judge(session, company, customer.id or 0, kind, words=words, now=moment.now)
    assert judged == (severity, reason)


def test_a_small_child_at_home_makes_a_drunk_worker_worse(
    session: Session, company: Company, customer: Customer, moment: Moment
) -> None:
    customers.tell_home(session, customer.id or 0, infants=True, now=moment.now)
    judged = judging.judge(session, company, customer.id or 0, Kind.DRUNK, now=moment.now)
    assert judged == (Severity.S1, "kind:drunk infants")
    late = judging.judge(session, company, customer.id or 0, Kind.LATE, now=moment.now)
    assert late == (Severity.S3, "kind:late")


def test_a_second_complaint_within_a_month_is_not_minor(
    session: Session, company: Company, customer: Customer, moment: Moment
) -> None:
    at = moment.now - timedelta(days=20)
    session.add(
        Complaint(
            customer_id=customer.id or 0,
            kind=Kind.LATE,
            severity=Severity.S3,
            severity_reason="kind:late",
            source=Source.WORDS,
            opened_at=at,
            since=at,
            rung=Rung.OWNER,
            asked_at=at,
            human_by=at,
            plan_by=at,
            resolve_by=at,
            next_at=at,
        )
    )
    session.flush()
    judged = judging.judge(session, company, customer.id or 0, Kind.FLAW, now=moment.now)
    assert judged == (Severity.S3, "kind:flaw again")
    moment.forward(days=11)
    judged = judging.judge(session, company, customer.id or 0, Kind.FLAW, now=moment.now)
    assert judged == (Severity.S4, "kind:flaw")
