"""Codes to join by: for one person, for a week, once, and not to be guessed."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from core import bindings, identities, invitations, staff, team
from core.bindings import TooManyTries, WrongCode
from core.database import transaction
from core.identities import Identity, Role
from core.invitations import (
    LASTS,
    SIGNS,
    Invitation,
    InvitationExpired,
    InvitationUsed,
    InvitationWrong,
    Invited,
)
from core.staff import Rank, StaffMember
from core.workers import Worker
from tests.core import homes
from tests.core.homes import NOW
from tests.core.test_races import together

NOBODYS = "AAAA-AAA9"


def seen(session: Session, user: str = "mei") -> Identity:
    return identities.behind(session, "web", "main", user, language="zh-CN", now=NOW)


def a_worker(session: Session) -> Worker:
    return homes.worker(session)


def a_clerk(session: Session) -> StaffMember:
    return staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN")


def invited(session: Session) -> tuple[Worker, Invited]:
    worker = a_worker(session)
    return worker, invitations.invite_worker(session, worker, NOW)


def test_a_code_makes_the_account_the_worker_s_and_leaves_it_the_customer_s(session: Session) -> None:
    worker, made = invited(session)
    mei = seen(session)
    assert invitations.verify(session, mei, made.code, NOW) is worker
    assert invitations.accept(session, mei, made.code, NOW) is worker
    assert (mei.worker_id, mei.roles) == (worker.id, (Role.CUSTOMER, Role.WORKER))
    assert mei.role is Role.WORKER


def test_a_link_does_the_same_for_staff(session: Session) -> None:
    clerk, mei = a_clerk(session), seen(session)
    made = invitations.invite_staff(session, clerk, NOW)
    assert invitations.accept(session, mei, made.token, NOW) is clerk
    assert mei.role is Role.STAFF


def test_the_tables_do_not_know_the_code(session: Session) -> None:
    _, made = invited(session)
    kept = str(session.exec(select(Invitation)).one().model_dump())
    assert made.code not in kept
    assert made.token not in kept


def test_a_code_is_understood_however_it_is_written_down(session: Session) -> None:
    worker, made = invited(session)
    mei = seen(session)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in made.code)
    for said in (made.code.lower(), invitations.shown(made.code), f" {made.code[:4]} {made.code[4:]} ", wide):
        assert invitations.is_code(said)
        assert invitations.verify(session, mei, said, NOW) is worker


@given(st.text(alphabet=SIGNS + "01ILOSBZ -", min_size=6, max_size=10))
def test_only_what_can_be_a_code_is_taken_for_one(said: str) -> None:
    plain = said.replace(" ", "").replace("-", "")
    mixed = any(sign.isdecimal() for sign in plain) and any(sign.isalpha() for sign in plain)
    assert invitations.is_code(said) == (len(plain) == 8 and set(plain) <= set(SIGNS) and mixed)


def test_words_and_numbers_are_no_codes() -> None:
    for said in ("daughter", "13800001", "你好你好你好你好", "", "明天9点", "AC-W"):
        assert not invitations.is_code(said)


def test_it_counts_once_but_saying_it_again_changes_nothing(session: Session) -> None:
    worker, made = invited(session)
    mei, other = seen(session), seen(session, "other")
    invitations.accept(session, mei, made.code, NOW)
    assert invitations.accept(session, mei, made.code, NOW + 2 * LASTS) is worker
    with pytest.raises(InvitationUsed):
        invitations.verify(session, other, made.code, NOW)
    with pytest.raises(InvitationUsed):
        invitations.accept(session, other, made.token, NOW)
    assert other.roles == (Role.CUSTOMER,)


def test_it_ends_after_a_week_and_when_a_newer_one_is_made(session: Session) -> None:
    worker, first = invited(session)
    mei = seen(session)
    with pytest.raises(InvitationExpired):
        invitations.verify(session, mei, first.code, NOW + LASTS)
    second = invitations.invite_worker(session, worker, NOW)
    with pytest.raises(InvitationExpired):
        invitations.verify(session, mei, first.code, NOW)
    assert invitations.verify(session, mei, second.code, NOW + LASTS - timedelta(seconds=1)) is worker


def test_it_is_no_good_for_who_was_dismissed(session: Session) -> None:
    worker, made = invited(session)
    clerk = a_clerk(session)
    desk = invitations.invite_staff(session, clerk, NOW)
    team.dismiss_worker(session, homes.house(), worker, NOW)
    team.dismiss_member(session, homes.house(), clerk, NOW)
    for code in (made.code, desk.token):
        with pytest.raises(InvitationExpired):
            invitations.accept(session, seen(session), code, NOW)


def test_who_was_dismissed_after_joining_cannot_use_the_code_again(session: Session) -> None:
    worker, made = invited(session)
    mei = seen(session)
    invitations.accept(session, mei, made.code, NOW)
    team.dismiss_worker(session, homes.house(), worker, NOW)
    assert mei.roles == (Role.CUSTOMER,)
    with pytest.raises(InvitationExpired):
        invitations.accept(session, mei, made.code, NOW)


def test_wrong_codes_are_counted_together_with_those_of_other_chats(session: Session) -> None:
    _, made = invited(session)
    mei = seen(session)
    for left in (4, 3):
        with pytest.raises(InvitationWrong) as wrong:
            invitations.verify(session, mei, NOBODYS, NOW)
        assert wrong.value.args_ == {"left": left}
    with pytest.raises(WrongCode):
        bindings.verify(session, mei, "123456", NOW)
    with pytest.raises(InvitationWrong):
        invitations.verify(session, mei, NOBODYS, NOW)
    with pytest.raises(TooManyTries):
        invitations.verify(session, mei, NOBODYS, NOW)
    with pytest.raises(TooManyTries):
        invitations.verify(session, mei, made.code, NOW)
    assert invitations.verify(session, mei, made.code, NOW + timedelta(hours=1))


def test_of_two_who_give_one_code_at_once_one_joins(engine: Engine) -> None:
    with transaction(engine) as session:
        worker, made = invited(session)
        for user in ("one", "two"):
            seen(session, user)

    def join(user: str, session: Session) -> object:
        mine = identities.find(session, "web", "main", user)
        assert mine is not None
        return invitations.accept(session, mine, made.code, NOW)

    outcomes = together(engine, [partial(join, "one"), partial(join, "two")])
    assert sorted(type(one).__name__ for one in outcomes) == ["InvitationUsed", "Worker"]
    with transaction(engine) as session:
        assert len(identities.of_worker(session, worker.id or 0)) == 1


@pytest.mark.parametrize("both", [True, False])
def test_an_invitation_is_for_exactly_one_person(session: Session, both: bool) -> None:
    ids = {"worker_id": a_worker(session).id, "staff_id": a_clerk(session).id} if both else {}
    session.add(Invitation(code_digest="c", token_digest="t", made_at=NOW, until=NOW, **ids))  # noqa: S106
    with pytest.raises(IntegrityError):
        session.flush()


def test_people_are_found_by_name_or_number_while_they_work_here(session: Session) -> None:
    worker = a_worker(session)
    assert team.workers_called(session, worker.name) == [worker]
    assert team.workers_called(session, f" {worker.id} ") == [worker]
    assert team.workers_called(session, "nobody") == []
    team.dismiss_worker(session, homes.house(), worker, NOW)
    assert team.workers_called(session, worker.name) == []
    assert session.exec(select(Worker).where(col(Worker.active).is_(False))).one() is worker
