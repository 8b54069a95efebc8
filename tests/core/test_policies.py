from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from core import policies
from core.company import Company
from core.policies import Policies, PolicyVersion

if TYPE_CHECKING:
    from tests.conftest import Moment


def with_policies(company: Company, rules: Policies) -> Company:
    return company.model_copy(update={"policies": rules})


def test_the_defaults_are_those_of_the_house() -> None:
    rules = Policies()
    assert (rules.grid_minutes, rules.horizon_days, rules.hold_minutes) == (30, 30, 10)
    assert (rules.buffer_same_minutes, rules.buffer_other_minutes) == (30, 60)
    assert (rules.visits_per_day, rules.work_minutes_per_day) == (3, 480)
    assert (rules.open_visits_new, rules.open_visits_known) == (1, 5)
    assert (rules.request_answer_minutes, rules.request_latest_hours) == (120, 12)
    assert (rules.late_percent, rules.late_most) == (20, 50_00)
    assert (rules.last_minute_percent, rules.last_minute_most) == (50, 100_00)
    assert (rules.free_moves, rules.goodwill) == (2, 1)


def test_rules_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError):
        Policies().hold_minutes = 5


def test_the_version_follows_the_rules_and_nothing_else(company: Company) -> None:
    assert Policies().version == Policies(hold_minutes=10).version
    assert Policies().version != Policies(hold_minutes=11).version
    renamed = company.model_copy(update={"phone": "+8613800000000"})
    assert renamed.policies.version == company.policies.version


def test_rules_are_remembered_once(session: Session, company: Company, moment: "Moment") -> None:
    version = policies.remember(session, company, moment.now)
    later = moment.forward(days=1)
    assert policies.remember(session, company, later) == version
    kept = session.exec(select(PolicyVersion)).all()
    assert [(row.version, row.in_force_at) for row in kept] == [(version, later - timedelta(days=1))]


def test_a_visit_finds_the_rules_it_was_placed_under(
    session: Session, company: Company, moment: "Moment"
) -> None:
    old = policies.remember(session, company, moment.now)
    stricter = with_policies(company, Policies(late_percent=30, late_most=80_00))
    new = policies.remember(session, stricter, moment.now)
    session.expire_all()
    assert policies.as_of(session, old) == company.policies
    assert policies.as_of(session, new) == stricter.policies
    assert policies.as_of(session, new).late_percent == 30


def test_old_rules_are_read_by_a_program_that_has_other_rules(session: Session, moment: "Moment") -> None:
    """A rule dropped since is ignored, a rule invented since has its default."""
    body = {"hold_minutes": 12, "rule_of_old": 7}
    session.add(PolicyVersion(version="0" * 12, body=body, in_force_at=moment.now))
    session.flush()
    rules = policies.as_of(session, "0" * 12)
    assert rules.hold_minutes == 12
    assert rules.free_moves == Policies().free_moves


def test_rules_that_were_never_remembered_are_not_guessed(session: Session) -> None:
    with pytest.raises(policies.UnknownPolicyVersion):
        policies.as_of(session, "f" * 12)
