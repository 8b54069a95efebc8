"""Ratings: who may say what how often, who is asked, what a score is made of, and what follows from it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func
from sqlmodel import Session, select

from core import alarms, appeals, coaching, complaints, ratings, scores, staff, timeline, visits, windows
from core.appeals import AppealSettled, NotToAppeal
from core.coaching import CoachingDone, Reason
from core.complaints import Complaint
from core.identities import Role
from core.policies import Policies
from core.ratings import Exclusion, NotToRate, Rating
from core.scores import Said
from core.visits import Status, Visit
from core.workers import Worker
from tests.core import homes
from tests.core.homes import HOUSE, MONDAY, NOW, TUESDAY, at, id_of

DAY = timedelta(days=1)
RULES = Policies()
MARKS = st.builds(Said, st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0]), st.floats(0, 2_000), st.integers(1, 5))


@pytest.fixture
def worker(session: Session) -> int:
    return id_of(homes.worker(session))


@pytest.fixture
def customer(session: Session) -> homes.Customer:
    return homes.customer(session)


def attended(
    session: Session, customer: homes.Customer, worker: int, starts: datetime, *, by: str = "worker"
) -> Visit:
    """A visit that this worker finished on time."""
    visit = homes.place(session, customer, starts, workers=[worker], now=starts - DAY)
    for step in (Status.ARRIVED, Status.WORKING, Status.FINISHED):
        visits.advance(session, visit, step, actor=by, now=visit.ends_at)
    return visit


def rated(session: Session, visit: Visit, stars: int, now: datetime | None = None) -> Rating:
    ratings.rate(session, HOUSE, visit, stars, now or visit.ends_at)
    found = ratings.of(session, visit)
    assert found is not None
    return found


def history(session: Session, worker: int, marks: Sequence[int], now: datetime) -> None:
    """Ratings of former visits, an hour apart, the last at `now`; written down as they stand in the end."""
    customer = homes.customer(session)
    address = homes.home(session, customer)
    for number, stars in enumerate(marks):
        then = now - timedelta(hours=number)
        visit = Visit(
            reference=f"{session.exec(select(func.count()).select_from(Visit)).one():06}",
            customer_id=id_of(customer),
            address_id=id_of(address),
            address_line="",
            area_code="NORTH",
            service_code="CLEAN",
            quantity=1,
            starts_at=then - timedelta(hours=2),
            ends_at=then,
            status=Status.FINISHED,
            quote={},
            total=0,
            company_version="",
            policy_version="",
            rules_accepted_at=then,
            placed_at=then,
            closed_at=then,
        )
        session.add(visit)
        session.flush()
        session.add(Rating(visit_id=id_of(visit), worker_id=worker, stars=stars, rated_at=then))
        session.flush()


def score(session: Session, worker: int, now: datetime) -> scores.Score:
    return scores.of_worker(session, HOUSE, session.get_one(Worker, worker), now)


@given(st.lists(MARKS, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_ratings_does_not_matter(said: list[Said], chance: Random) -> None:
    mixed = chance.sample(said, len(said))
    assert scores.mean(RULES, mixed) == pytest.approx(scores.mean(RULES, said), abs=1e-12)


@given(st.lists(MARKS, max_size=60))
def test_a_score_lies_between_what_was_said_and_the_good_word_it_begins_with(said: list[Said]) -> None:
    every = [RULES.score_prior, *(one.stars for one in said)]
    assert min(every) - 1e-9 <= scores.mean(RULES, said) <= max(every) + 1e-9


@given(st.lists(MARKS, min_size=1, max_size=60), st.floats(0, 1_000))
def test_time_takes_a_score_back_to_where_it_began(said: list[Said], more: float) -> None:
    now = abs(scores.mean(RULES, said) - RULES.score_prior)
    later = [one._replace(age=one.age + more) for one in said]
    assert abs(scores.mean(RULES, later) - RULES.score_prior) <= now + 1e-9


@given(st.lists(MARKS, max_size=60), MARKS)
def test_a_better_rating_never_lowers_a_score(said: list[Said], one: Said) -> None:
    better = one._replace(stars=min(5.0, one.stars + 1))
    assert scores.mean(RULES, [*said, better]) >= scores.mean(RULES, [*said, one]) - 1e-12


def test_a_half_life_halves_the_weight() -> None:
    fresh = scores.mean(RULES, [Said(1.0, 0)])
    old = scores.mean(RULES, [Said(1.0, RULES.score_half_life_days)])
    assert fresh == pytest.approx((46 + 1) / 11)
    assert old == pytest.approx((46 + 0.5) / 10.5)


def test_a_visit_is_rated_once_and_changed_once(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    assert ratings.rate(session, HOUSE, visit, 4, visit.ends_at) is None
    assert ratings.rate(session, HOUSE, visit, 4, visit.ends_at) == 4
    assert ratings.rate(session, HOUSE, visit, 5, visit.ends_at + DAY) == 4
    with pytest.raises(NotToRate) as no:
        ratings.rate(session, HOUSE, visit, 3, visit.ends_at + DAY)
    assert no.value.args_ == {"state": "edited"}
    session.flush()
    told = [entry.what for entry in timeline.of(session, visit.id or 0, viewer=Role.STAFF)]
    assert told[-2:] == ["rated", "rated-anew"]
    assert "rated" not in [entry.what for entry in timeline.of(session, visit.id or 0, viewer=Role.WORKER)]


def test_a_visit_is_rated_within_a_week(session: Session, customer: homes.Customer, worker: int) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    last = visit.ends_at + 7 * DAY
    assert ratings.open_of(session, HOUSE, id_of(customer), last) == [visit]
    assert ratings.open_of(session, HOUSE, id_of(customer), last + timedelta(seconds=1)) == []
    with pytest.raises(NotToRate):
        ratings.rate(session, HOUSE, visit, 5, last + timedelta(seconds=1))
    assert ratings.rate(session, HOUSE, visit, 5, last) is None


def test_a_visit_that_a_customer_cancelled_cannot_be_rated(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = homes.place(session, customer, at(TUESDAY, 9), workers=[worker])
    late = visit.starts_at - timedelta(minutes=30)
    fee = visits.fee_to_cancel(session, HOUSE, visit, late)
    visits.cancel(session, HOUSE, visit, actor="customer", reason="plans", agreed_fee=fee.amount, now=late)
    with pytest.raises(NotToRate) as no:
        ratings.rate(session, HOUSE, visit, 1, visit.ends_at)
    assert no.value.args_ == {"state": "unfinished"}


def test_a_visit_that_staff_ended_says_nothing_of_its_worker(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9), by="staff")
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) is not None
    assert rated(session, visit, 1).excluded is Exclusion.CALLED_OFF
    assert score(session, worker, visit.ends_at).times == 0


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (time(9, 29), (0, time(9, 30))),
        (time(9, 30), (0, time(9, 30))),
        (time(20, 30), (0, time(20, 30))),
        (time(20, 31), (1, time(9, 30))),
        (time(0, 5), (0, time(9, 30))),
    ],
)
def test_nobody_is_asked_late_in_the_evening(said: time, asked: tuple[int, time]) -> None:
    found = ratings.told_at(HOUSE, datetime.combine(MONDAY, said, HOUSE.zone))
    assert found == datetime.combine(MONDAY + asked[0] * DAY, asked[1], HOUSE.zone)


def complain(session: Session, visit: Visit, **values: object) -> Complaint:
    facts = {
        "customer_id": visit.customer_id, "visit_id": visit.id, "kind": complaints.Kind.QUALITY,
        "severity": complaints.Severity.S3, "severity_reason": "", "source": complaints.Source.WORDS,
        "opened_at": NOW, "rung": complaints.Rung.OWNER, "asked_at": NOW, "human_by": NOW, "plan_by": NOW,
        "resolve_by": NOW, "next_at": NOW, "since": NOW,
    }  # fmt: skip
    made = Complaint(**(facts | values))
    session.add(made)
    session.flush()
    return made


def test_nobody_is_asked_while_a_complaint_or_a_call_for_help_is_open(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) is None
    made = complain(session, visit)
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) == "a complaint is open"
    made.status, made.closed_at, made.next_at = complaints.Status.CLOSED, NOW, None
    session.flush()
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) is None
    alarms.sound(session, worker, visit, visit.ends_at)
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) == "a call for help is open"


def weekly(
    session: Session, customer: homes.Customer, worker: int, marks: Sequence[int | None]
) -> list[bool]:
    """Visits a week apart: whether each is asked about, where the customer answers with these marks."""
    asked = []
    for week, mark in enumerate(marks):
        visit = attended(session, customer, worker, at(TUESDAY, 9) + 7 * week * DAY)
        is_asked = ratings.why_not(session, HOUSE, visit, visit.ends_at) is None
        asked.append(is_asked)
        if is_asked:
            ratings.asked(session, visit, visit.ends_at)
            if mark is not None:
                rated(session, visit, mark)
    return asked


def test_a_weekly_series_is_asked_about_every_fourth_time(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    assert weekly(session, customer, worker, [5] * 9) == [n % 4 == 0 for n in range(9)]


def test_whoever_says_something_new_is_asked_again_at_once(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    asked = weekly(session, customer, worker, [5, 5, 5, 5, 4, 4, 4, 4, 4, 4])
    assert asked == [True, False, False, False, True, True, False, False, False, True]


def test_silence_is_not_answered_with_more_questions(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    assert weekly(session, customer, worker, [None] * 5) == [True, False, False, False, True]


def test_somebody_new_is_asked_about(session: Session, customer: homes.Customer, worker: int) -> None:
    other = id_of(homes.worker(session))
    weekly(session, customer, worker, [5])
    visit = attended(session, customer, other, at(TUESDAY, 9) + 7 * DAY)
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) is None


def test_what_is_far_apart_is_no_series(session: Session, customer: homes.Customer, worker: int) -> None:
    weekly(session, customer, worker, [5])
    visit = attended(session, customer, worker, at(TUESDAY, 9) + 14 * DAY)
    assert ratings.why_not(session, HOUSE, visit, visit.ends_at) is None


def test_matching_sees_the_score(session: Session, customer: homes.Customer, worker: int) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    rated(session, visit, 5)
    scores.renew(session, HOUSE, worker, visit.ends_at)
    found = session.get_one(Worker, worker)
    assert (found.rating, found.rated) == (pytest.approx(51 / 11), 1)
    ratings.rate(session, HOUSE, visit, 3, visit.ends_at)
    scores.renew(session, HOUSE, worker, visit.ends_at)
    assert (found.rating, found.rated) == (pytest.approx(49 / 11), 1)


def test_what_a_worker_brought_along_counts_until_fifty_others_have_spoken(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    found = session.get_one(Worker, worker)
    found.rating, found.rated = 4.0, 200
    scores.renew(session, HOUSE, worker, NOW)
    assert (found.rating, found.rated) == (pytest.approx((46 + 4 * 50) / 60), 200)
    history(session, worker, [5] * 20, NOW)
    scores.renew(session, HOUSE, worker, NOW)
    assert found.rated == 220
    assert found.rating == pytest.approx((46 + 4 * 30 + 5 * 20) / 60, abs=0.01)
    history(session, worker, [5] * 35, NOW)
    assert score(session, worker, NOW).stars == pytest.approx((46 + 5 * 50) / 60, abs=0.01)


def test_only_the_last_fifty_count(session: Session, worker: int) -> None:
    history(session, worker, [5] * 50 + [1] * 30, NOW)
    assert score(session, worker, NOW) == (pytest.approx((46 + 250) / 60, abs=0.01), 80)


def test_a_complaint_without_ground_takes_its_rating_along(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    rated(session, visit, 1)
    made = complain(session, visit, cause=complaints.Cause.UNFOUNDED)
    assert score(session, worker, visit.ends_at).times == 1
    made.status = complaints.Status.RESOLVED
    session.flush()
    assert score(session, worker, visit.ends_at) == (pytest.approx(4.6), 0)


def test_an_appeal_that_is_upheld_takes_its_rating_out(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    rating = rated(session, visit, 2)
    clerk = id_of(staff.hire(session, name="周敏", role=staff.Rank.CLERK, language="zh-CN"))
    assert [one.visit_id for one, _ in appeals.open_for(session, HOUSE, worker, NOW, 5)] == [visit.id]
    appeals.make(session, HOUSE, visit, worker, "too hot", visit.ends_at)
    with pytest.raises(NotToAppeal):
        appeals.make(session, HOUSE, visit, worker, "again", visit.ends_at)
    assert [one.visit_id for one, _ in appeals.waiting(session, 5)] == [visit.id]
    assert score(session, worker, visit.ends_at).times == 1
    appeals.settle(session, rating, clerk, upheld=True, now=visit.ends_at)
    with pytest.raises(AppealSettled):
        appeals.settle(session, rating, clerk, upheld=False, now=visit.ends_at)
    assert (rating.appeal_upheld, rating.excluded) == (True, Exclusion.APPEAL)
    assert appeals.waiting(session, 5) == []
    assert score(session, worker, visit.ends_at).times == 0


def test_nobody_objects_to_others_ratings_or_too_late_or_to_full_marks(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    with pytest.raises(NotToAppeal):
        appeals.make(session, HOUSE, visit, worker, "no stars yet", visit.ends_at)
    rated(session, visit, 5)
    with pytest.raises(NotToAppeal):
        appeals.make(session, HOUSE, visit, worker, "full marks", visit.ends_at)
    ratings.rate(session, HOUSE, visit, 2, visit.ends_at)
    other = id_of(homes.worker(session))
    with pytest.raises(NotToAppeal):
        appeals.make(session, HOUSE, visit, other, "not mine", visit.ends_at)
    with pytest.raises(NotToAppeal):
        appeals.make(session, HOUSE, visit, worker, "late", visit.ends_at + 15 * DAY)


def test_two_bad_ratings_in_a_month_call_for_a_talk(session: Session, worker: int) -> None:
    history(session, worker, [2], NOW - 40 * DAY)
    history(session, worker, [2], NOW - 3 * DAY)
    assert scores.renew(session, HOUSE, worker, NOW - 3 * DAY) is None
    history(session, worker, [1], NOW)
    begun = scores.renew(session, HOUSE, worker, NOW)
    assert begun is not None
    assert begun.reasons == [Reason.LOW]
    assert scores.renew(session, HOUSE, worker, NOW) is None, "said once"


def test_a_low_score_calls_for_a_talk_from_ten_ratings_on(session: Session, worker: int) -> None:
    history(session, worker, [3] * 9, NOW)
    assert score(session, worker, NOW).stars < RULES.training_below
    assert scores.renew(session, HOUSE, worker, NOW) is None
    history(session, worker, [3], NOW)
    begun = scores.renew(session, HOUSE, worker, NOW)
    assert begun is not None
    assert begun.reasons == [Reason.SCORE]


def test_after_a_talk_only_what_is_said_later_counts(session: Session, worker: int) -> None:
    clerk = id_of(staff.hire(session, name="周敏", role=staff.Rank.CLERK, language="zh-CN"))
    history(session, worker, [1] * 10, NOW)
    begun = scores.renew(session, HOUSE, worker, NOW)
    assert begun is not None
    assert set(begun.reasons) == {Reason.LOW, Reason.SCORE}
    coaching.done(session, begun, clerk, NOW)
    with pytest.raises(CoachingDone):
        coaching.done(session, begun, clerk, NOW)
    assert scores.renew(session, HOUSE, worker, NOW) is None
    history(session, worker, [1], NOW + 2 * DAY)
    assert scores.renew(session, HOUSE, worker, NOW + 2 * DAY) is None
    history(session, worker, [1], NOW + 3 * DAY)
    assert scores.renew(session, HOUSE, worker, NOW + 3 * DAY) is not None


def test_a_reason_that_turns_out_wrong_is_taken_back_but_others_stand(session: Session, worker: int) -> None:
    history(session, worker, [2, 1], NOW)
    scores.renew(session, HOUSE, worker, NOW)
    coaching.start(session, worker, Reason.COMPLAINTS, NOW)
    for rating, _ in ratings.of_worker(session, worker, NOW - DAY, 9):
        rating.excluded = Exclusion.APPEAL
    scores.renew(session, HOUSE, worker, NOW)
    due = coaching.of_worker(session, worker)
    assert due is not None
    assert due.reasons == [Reason.COMPLAINTS]


def test_a_reason_that_turns_out_wrong_lets_a_worker_go(session: Session, worker: int) -> None:
    history(session, worker, [2, 1], NOW)
    scores.renew(session, HOUSE, worker, NOW)
    for rating, _ in ratings.of_worker(session, worker, NOW - DAY, 9):
        rating.excluded = Exclusion.APPEAL
    scores.renew(session, HOUSE, worker, NOW)
    assert coaching.of_worker(session, worker) is None
    assert coaching.last_done(session, worker) is None, "nobody talked to them"


def test_until_then_the_worker_goes_only_where_they_were_before(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    attended(session, customer, worker, at(MONDAY, 9))
    new = homes.customer(session)
    coaching.start(session, worker, Reason.LOW, NOW)

    def offered(whom: homes.Customer | None) -> bool:
        need = homes.need("CLEAN", customer=whom)
        days = windows.free(session, HOUSE, need, TUESDAY, TUESDAY, now=NOW)
        return any(worker in window.workers for window in days[TUESDAY])

    assert [offered(customer), offered(new), offered(None)] == [True, False, False]
    due = coaching.of_worker(session, worker)
    assert due is not None
    coaching.lift(session, worker, frozenset(), NOW)
    assert [offered(customer), offered(new), offered(None)] == [True, True, True]


def test_a_visit_ahead_is_no_reason_to_go_there_again(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    homes.place(session, customer, at(TUESDAY, 9), workers=[worker])
    coaching.start(session, worker, Reason.LOW, NOW)
    days = windows.free(session, HOUSE, homes.need("CLEAN", customer=customer), TUESDAY, TUESDAY, now=NOW)
    assert not any(worker in window.workers for window in days[TUESDAY])


def test_talks_that_are_due_are_listed_the_longest_first(session: Session, worker: int) -> None:
    other = id_of(homes.worker(session))
    coaching.start(session, other, Reason.LOW, NOW)
    coaching.start(session, worker, Reason.SCORE, NOW - DAY)
    assert [one.worker_id for one in coaching.due(session, 5)] == [worker, other]


def test_friends_are_mentioned_once_a_month(session: Session, customer: homes.Customer, worker: int) -> None:
    first = attended(session, customer, worker, at(TUESDAY, 9))
    now = first.ends_at
    assert ratings.is_to_refer(session, HOUSE, first, now)
    rated(session, first, 5).referred_at = now
    later = attended(session, customer, worker, at(TUESDAY, 9) + 21 * DAY)
    assert not ratings.is_to_refer(session, HOUSE, later, now + 21 * DAY)
    assert ratings.is_to_refer(session, HOUSE, later, now + 31 * DAY)


def test_what_was_good_or_bad_follows_the_stars(
    session: Session, customer: homes.Customer, worker: int
) -> None:
    visit = attended(session, customer, worker, at(TUESDAY, 9))
    rating = rated(session, visit, 2)
    ratings.describe(session, rating, what=["punctual", "missed"], words="late", media=["m1"])
    ratings.describe(session, rating, words="and dusty")
    assert (rating.dimensions, rating.tags) == ({"punctual": -1}, ["missed"])
    assert (rating.words, rating.media) == ("late\nand dusty", ["m1"])
    ratings.rate(session, HOUSE, visit, 5, visit.ends_at)
    assert (rating.dimensions, rating.tags) == ({}, [])
    ratings.describe(session, rating, what=["punctual"])
    assert rating.dimensions == {"punctual": 1}
