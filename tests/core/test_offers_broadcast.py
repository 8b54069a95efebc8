"""Offers that go to several workers at once: the first yes gets the place."""

import pytest
from sqlmodel import Session

from core import offers, visits
from tests.core.test_offers import (
    BROADCAST,
    NOW,
    asked,
    attending,
    half_hours,
    placed,
    says_no,
    says_yes,
    team,
)


def test_of_several_asked_at_once_the_first_yes_gets_the_half_hours(session: Session) -> None:
    ids = team(session, 4)
    visit = placed(session)
    made = asked(session, visit, BROADCAST)
    assert [one.worker_id for one in made] == ids[:3], "as many as the policy says, the best first"
    assert half_hours(session, visit) == {ids[0]: 4}
    taken = says_yes(session, made[2], BROADCAST)
    assert taken.instead == ids[0]
    assert half_hours(session, visit) == {ids[2]: 4}
    for late in made[:2]:
        with pytest.raises(offers.WentElsewhere):
            says_yes(session, late, BROADCAST)
    assert offers.open_of_worker(session, ids[1]) == []


def test_several_asked_at_once_fill_a_crew(session: Session) -> None:
    ids = team(session, 3)
    visit = placed(session, "PAIR")
    made = asked(session, visit, BROADCAST)
    assert says_yes(session, made[2], BROADCAST).instead == ids[0]
    assert set(attending(session, visit)) == {ids[1], ids[2]}
    assert says_yes(session, made[0], BROADCAST).instead == ids[1], "the place that is left"
    assert set(attending(session, visit)) == {ids[0], ids[2]}
    assert offers.is_accepted(session, visit)
    with pytest.raises(offers.WentElsewhere):
        says_yes(session, made[1], BROADCAST)


def test_when_all_of_several_say_no_staff_decide(session: Session) -> None:
    ids = team(session, 3)
    visit = placed(session)
    made = asked(session, visit, BROADCAST)
    assert [says_no(session, one, company=BROADCAST).for_staff for one in made] == [False, False, True]
    assert attending(session, visit) == ids[:1]


def test_who_is_sold_meanwhile_cannot_take_it(session: Session) -> None:
    ids = team(session, 3)
    visit = placed(session)
    made = asked(session, visit, BROADCAST)
    placed(session, workers=[ids[1]])
    with pytest.raises(offers.Busy):
        says_yes(session, made[1], BROADCAST)
    assert half_hours(session, visit) == {ids[0]: 4}


def test_staff_may_choose_one_who_was_asked_beside_others(session: Session) -> None:
    first, second, _third = team(session, 3)
    visit = placed(session)
    _, made, _ = asked(session, visit, BROADCAST)
    assert (made.worker_id, made.place) == (second, None)
    visits.reassign(
        session, BROADCAST, visit, leaving=[first], joining=[second], actor="staff", reason="phoned", now=NOW
    )
    again = offers.make(session, BROADCAST, visit, workers=[second], now=NOW)
    assert again.made == (), "they have been asked already"
    assert says_yes(session, made, BROADCAST).instead is None
    assert made.place == 0
    assert offers.is_accepted(session, visit)
