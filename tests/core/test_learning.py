"""What complaints teach: a month's figures, measures, consequences, care; and dates given from outside."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from core import aftercare, coaching, complaints, staff, visits, windows
from core.complaints import (
    Cause,
    Complaint,
    Kind,
    Remedy,
    RemedyKind,
    RemedyStatus,
    Rung,
    Severity,
    Source,
    Status,
    effects,
    learning,
    outside,
)
from core.complaints.effects import Rate, Verdict
from core.complaints.outside import Body
from core.customers import Customer
from core.matching import rank
from core.staff import Rank
from core.visits import Visit
from tests.core import homes
from tests.core.homes import HOUSE, at, id_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = date(2026, 11, 1)
NOVEMBER = at(FIRST, 0)
END = at(date(2026, 12, 1), 9)
OCTOBER = at(date(2026, 10, 10), 9)


def clerk(session: Session) -> int:
    return staff.hire(session, name="Ai", role=Rank.CLERK, language="zh-CN").id or 0


def complaint(
    session: Session,
    opened_at: datetime,
    *,
    customer: Customer | None = None,
    visit: Visit | None = None,
    cause: Cause | None = Cause.SKILL,
    upheld: bool | None = True,
    severity: Severity = Severity.S3,
    human_after: timedelta | None = HOUR,
    solved_after: timedelta | None = 5 * HOUR,
    closed: bool = True,
    kind: Kind = Kind.QUALITY,
) -> Complaint:
    """A row as the ladder and the desk would have left it: closed a day after it was opened."""
    who = customer or homes.customer(session)
    made = Complaint(
        customer_id=who.id or 0,
        visit_id=visit.id if visit else None,
        kind=kind,
        severity=severity,
        severity_reason="test",
        source=Source.WORDS,
        status=Status.CLOSED if closed else Status.OPEN,
        opened_at=opened_at,
        since=opened_at,
        rung=Rung.OWNER,
        asked_at=opened_at,
        human_by=opened_at + 2 * HOUR,
        human_at=opened_at + human_after if human_after else None,
        plan_by=opened_at + 8 * HOUR,
        plan_at=opened_at + human_after if human_after else None,
        resolve_by=opened_at + 48 * HOUR,
        resolved_at=opened_at + solved_after if solved_after else None,
        next_at=None if closed else opened_at + HOUR,
        cause=cause,
        upheld=upheld,
        closed_at=opened_at + DAY if closed else None,
    )
    session.add(made)
    session.flush()
    return made


def promise(
    session: Session, about: Complaint, kind: RemedyKind, amount: int, *, chosen: bool = True
) -> None:
    status = RemedyStatus.CHOSEN if chosen else RemedyStatus.REFUSED
    made = Remedy(
        complaint_id=about.id or 0,
        kind=kind,
        amount=amount,
        status=status,
        proposed_by=clerk(session),
        proposed_at=about.opened_at,
        needs=Rung.DESK,
        chosen_at=about.opened_at if chosen else None,
    )
    session.add(made)
    session.flush()


def done(session: Session, customer: Customer, closed_at: datetime, *, worker: int | None = None) -> Visit:
    """A visit that was finished then."""
    worker = worker or id_of(homes.worker(session))
    visit = homes.place(session, customer, at(homes.TUESDAY, 9), workers=[worker])
    visits.advance(session, visit, visits.Status.ARRIVED, actor="worker", now=closed_at)
    visits.advance(session, visit, visits.Status.WORKING, actor="worker", now=closed_at)
    visits.advance(session, visit, visits.Status.FINISHED, actor="worker", now=closed_at)
    visit.starts_at, visit.ends_at = closed_at - 2 * HOUR, closed_at
    visit.placed_at = closed_at - 3 * HOUR
    session.add(visit)
    session.flush()
    windows.give_back(session, visit.id or 0)  # so that the next one may have the same hours
    return visit


def many(session: Session, *moments: datetime) -> None:
    """So many finished visits, as rows alone."""
    like = done(session, homes.customer(session), NOVEMBER - 400 * DAY)
    kept = like.model_dump(exclude={"id", "reference"})
    for number, moment in enumerate(moments):
        row = kept | {"reference": f"Z{number:05}", "closed_at": moment}
        session.add(Visit(**row))
    session.flush()


def test_a_month_is_told_by_cause_beside_the_one_before(session: Session) -> None:
    for number in range(3):
        one = complaint(session, NOVEMBER + number * DAY, upheld=number < 2)
        promise(session, one, RemedyKind.REFUND, 10_00)
        promise(session, one, RemedyKind.POINTS, 100)
        promise(session, one, RemedyKind.COUPON, 99_00, chosen=False)
    complaint(session, NOVEMBER + DAY, cause=Cause.PRICE, upheld=None)
    complaint(session, NOVEMBER + DAY, cause=None, upheld=None, closed=False)
    complaint(session, OCTOBER)
    complaint(session, at(date(2026, 9, 30), 9))
    complaint(session, at(date(2026, 12, 1), 0))
    many(session, NOVEMBER, END - 10 * HOUR, END, OCTOBER)

    found = learning.month(session, HOUSE, date(2026, 11, 20), END)

    assert (found.first, found.count, found.before, found.unknown) == (FIRST, 5, 1, 1)
    assert (found.visits, found.visits_before) == (2, 1)
    skill, price = found.causes
    assert (skill.cause, skill.count, skill.before, skill.upheld, skill.decided) == (Cause.SKILL, 3, 1, 2, 3)
    assert (skill.money, skill.points) == (30_00, 300)
    assert (price.cause, price.decided, price.money) == (Cause.PRICE, 0, 0)


def test_a_month_begins_and_ends_by_the_clock_on_the_companys_wall(session: Session) -> None:
    complaint(session, NOVEMBER - timedelta(seconds=1))
    complaint(session, NOVEMBER)
    assert learning.month(session, HOUSE, FIRST, END).count == 1
    assert learning.month(session, HOUSE, date(2026, 10, 31), END).count == 1


def test_only_the_five_commonest_causes_are_told(session: Session) -> None:
    for number, cause in enumerate([*Cause][:7]):
        for _ in range(number + 1):
            complaint(session, NOVEMBER + DAY, cause=cause)
    found = learning.month(session, HOUSE, FIRST, END)
    assert [one.cause for one in found.causes] == [*Cause][6:1:-1]


def test_a_promise_that_is_not_due_yet_counts_neither_way(session: Session) -> None:
    complaint(session, NOVEMBER, human_after=HOUR)
    complaint(session, NOVEMBER, human_after=3 * HOUR)
    complaint(session, NOVEMBER, human_after=None, solved_after=None, closed=False, cause=None)
    soon = learning.month(session, HOUSE, FIRST, NOVEMBER + HOUR).promises[Severity.S3]
    later = learning.month(session, HOUSE, FIRST, NOVEMBER + 3 * HOUR).promises[Severity.S3]
    assert (soon.human.kept, soon.human.due) == (1, 2)
    assert (later.human.kept, later.human.due) == (1, 3)
    assert (later.resolved.kept, later.resolved.due) == (2, 2)


def test_who_books_again_within_90_days_has_come_back(session: Session) -> None:
    back, redone, late, gone = (homes.customer(session) for _ in range(4))
    for who in (back, late, gone):
        complaint(session, NOVEMBER, customer=who)
    done(session, back, NOVEMBER + 89 * DAY)
    done(session, late, NOVEMBER + 91 * DAY)
    again = complaint(session, NOVEMBER, customer=redone)
    promise(session, again, RemedyKind.REDO, 0)
    remedy = session.exec(learning.select(Remedy)).one()
    remedy.visit_id = done(session, redone, NOVEMBER + 2 * DAY).id
    session.add(remedy)
    session.flush()

    found = learning.month(session, HOUSE, FIRST, NOVEMBER + 92 * DAY).recovery
    assert (found.customers, found.again, found.open_until) == (4, 1, None)
    soon = learning.month(session, HOUSE, FIRST, NOVEMBER + 30 * DAY).recovery
    assert soon.open_until == date(2027, 1, 30)


def measured(session: Session, from_day: date, before: int, after: int, visits_each: int = 40) -> Verdict:
    """What is said of 30 days around a measure, 200 days after it."""
    day = at(from_day, 9)
    for _ in range(before):
        complaint(session, day - 3 * DAY)
    for _ in range(after):
        complaint(session, day + 3 * DAY)
    many(session, *[day - 2 * DAY] * visits_each, *[day + 2 * DAY] * visits_each)
    made = learning.measure(
        session, cause=Cause.SKILL, what="training", words="wipe", from_day=from_day, staff_id=clerk(session),
        now=day,
    )  # fmt: skip
    return effects.of(session, HOUSE, made, day + 200 * DAY)[0].verdict


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(9, 1, Verdict.BETTER), (1, 9, Verdict.WORSE), (5, 4, Verdict.CHANCE), (2, 1, Verdict.FEW)],
)
def test_a_measure_is_judged_by_the_rate_before_and_after(
    session: Session, before: int, after: int, said: Verdict
) -> None:
    assert measured(session, date(2026, 6, 1), before, after) is said


def test_a_handful_of_visits_tells_nothing(session: Session) -> None:
    assert measured(session, date(2026, 6, 1), 9, 1, visits_each=20) is Verdict.FEW


def test_it_is_too_early_until_the_days_are_over_and_every_complaint_has_a_cause(session: Session) -> None:
    from_day = date(2026, 6, 1)
    measured(session, from_day, 9, 1)
    [made] = learning.measures(session, 5)

    def said(now: datetime) -> list[Verdict]:
        return [one.verdict for one in effects.of(session, HOUSE, made, now)]

    assert said(at(from_day, 9) + 29 * DAY) == [Verdict.EARLY] * 3
    assert said(at(from_day, 9) + 30 * DAY) == [Verdict.BETTER, Verdict.EARLY, Verdict.EARLY]
    still = complaint(session, at(from_day, 9) + 29 * DAY, cause=None, upheld=None, closed=False)
    first = effects.of(session, HOUSE, made, at(from_day, 9) + 30 * DAY)[0]
    assert (first.verdict, first.undecided) == (Verdict.EARLY, 1)
    still.cause = Cause.PRICE
    session.flush()
    assert said(at(from_day, 9) + 30 * DAY)[0] is Verdict.BETTER


def test_two_measures_about_one_cause_cannot_be_told_apart(session: Session) -> None:
    day, who = date(2026, 6, 1), clerk(session)
    made = [
        learning.measure(
            session, cause=cause, what="wording", words="-", from_day=each, staff_id=who, now=at(day, 9)
        )
        for cause, each in ((Cause.SKILL, day), (Cause.SKILL, day + 40 * DAY), (Cause.PRICE, day))
    ]
    later = at(day, 9) + 200 * DAY
    assert [one.mixed for one in effects.of(session, HOUSE, made[0], later)] == [False, True, True]
    assert not any(one.mixed for one in effects.of(session, HOUSE, made[2], later))


COUNTS = st.integers(0, 40)
VISITS = st.integers(1, 2_000)


@given(COUNTS, VISITS, COUNTS, VISITS)
def test_chance_is_a_likelihood_and_the_same_seen_from_either_side(a: int, n: int, b: int, m: int) -> None:
    likely = effects.chance(Rate(a, n), Rate(b, m))
    assert 0 <= likely <= 1
    assert likely == pytest.approx(effects.chance(Rate(b, m), Rate(a, n)))


@given(COUNTS, VISITS, COUNTS, VISITS)
def test_better_is_never_said_of_a_rate_that_rose(a: int, n: int, b: int, m: int) -> None:
    before, after = Rate(a, n), Rate(b, m)
    said = effects.judged(before, after)
    assert said is not Verdict.BETTER or after.per_hundred < before.per_hundred
    assert said is not Verdict.WORSE or after.per_hundred > before.per_hundred
    if min(n, m) < effects.FEWEST_VISITS or a + b < effects.FEWEST_COMPLAINTS:
        assert said is Verdict.FEW


def test_a_measure_is_one_of_five_things(session: Session) -> None:
    with pytest.raises(ValueError, match="prayer"):
        learning.measure(
            session, cause=Cause.SKILL, what="prayer", words="-", from_day=FIRST, staff_id=1, now=END
        )


def upheld(
    session: Session, worker: int, opened_at: datetime, severity: Severity, cause: Cause = Cause.CONDUCT
) -> list[coaching.Coaching]:
    """A complaint about a worker's visit was resolved, and the customer was right."""
    who = homes.customer(session)
    visit = done(session, who, opened_at - HOUR, worker=worker)
    one = complaint(session, opened_at, customer=who, visit=visit, severity=severity, cause=cause)
    return complaints.consequences(session, HOUSE, one, opened_at + 5 * HOUR)


def test_one_bad_complaint_or_two_lesser_ones_ask_for_a_talk(session: Session) -> None:
    worker = id_of(homes.worker(session))
    assert upheld(session, worker, NOVEMBER, Severity.S3) == []
    assert upheld(session, worker, NOVEMBER + 31 * DAY, Severity.S3) == []
    [talk] = upheld(session, worker, NOVEMBER + 40 * DAY, Severity.S3)
    assert (talk.worker_id, talk.reasons) == (worker, ["complaints"])
    for severity in (Severity.S1, Severity.S2):
        other = id_of(homes.worker(session))
        assert [one.worker_id for one in upheld(session, other, NOVEMBER, severity)] == [other]


def test_what_is_not_the_workers_to_mend_has_no_consequence_for_them(session: Session) -> None:
    worker = id_of(homes.worker(session))
    for cause in set(Cause) - {Cause.SKILL, Cause.CONDUCT}:
        assert upheld(session, worker, NOVEMBER, Severity.S1, cause) == []
    who = homes.customer(session)
    wrong = complaint(
        session, NOVEMBER, customer=who, visit=done(session, who, NOVEMBER, worker=worker), upheld=False
    )
    assert complaints.consequences(session, HOUSE, wrong, NOVEMBER + HOUR) == []
    assert coaching.of_worker(session, worker) is None


def test_a_talk_settles_what_came_before_it(session: Session) -> None:
    worker = id_of(homes.worker(session))
    [talk] = upheld(session, worker, NOVEMBER, Severity.S2)
    coaching.done(session, talk, clerk(session), NOVEMBER + DAY)
    assert upheld(session, worker, NOVEMBER + 2 * DAY, Severity.S3) == []
    assert len(upheld(session, worker, NOVEMBER + 3 * DAY, Severity.S3)) == 1


def test_who_complained_is_left_in_peace_until_two_weeks_after(session: Session) -> None:
    who = homes.customer(session)
    assert not complaints.is_quiet(session, who.id or 0, NOVEMBER)
    one = complaint(session, NOVEMBER, customer=who, closed=False)
    assert complaints.is_quiet(session, who.id or 0, NOVEMBER + 100 * DAY)
    one.status, one.closed_at, one.next_at = Status.CLOSED, NOVEMBER + DAY, None
    session.flush()
    assert complaints.is_quiet(session, who.id or 0, NOVEMBER + 15 * DAY - HOUR)
    assert not complaints.is_quiet(session, who.id or 0, NOVEMBER + 15 * DAY)


def test_the_next_visit_within_90_days_is_the_one_that_is_cared_for(session: Session) -> None:
    who = homes.customer(session)
    one = complaint(session, NOVEMBER, customer=who)

    def cared(starts_at: datetime) -> int | None:
        return aftercare.complaint_before(session, who.id or 0, starts_at, HOUSE.complaints.care_days)

    assert cared(NOVEMBER + 10 * DAY) == one.id
    assert cared(NOVEMBER - HOUR) is None
    assert cared(NOVEMBER + 91 * DAY) is None
    done(session, who, NOVEMBER + 20 * DAY)
    assert cared(NOVEMBER + 10 * DAY) == one.id
    assert cared(NOVEMBER + 30 * DAY) is None


def test_a_suggestion_needs_no_care(session: Session) -> None:
    who = homes.customer(session)
    complaint(session, NOVEMBER, customer=who, kind=Kind.SUGGESTION, severity=Severity.S4)
    assert aftercare.complaint_before(session, who.id or 0, NOVEMBER + DAY, 90) is None


def test_somebody_experienced_comes_to_who_complained_and_only_staff_read_why(session: Session) -> None:
    who = homes.customer(session)
    familiar, senior = homes.worker(session), homes.worker(session, senior=True)
    for _ in range(3):
        done(session, who, NOVEMBER - 10 * DAY, worker=familiar.id)
    team, starts_at = [id_of(familiar), id_of(senior)], at(homes.TUESDAY, 14)

    def first() -> int | None:
        found = rank(session, HOUSE, homes.need(customer=who), team, starts_at=starts_at)
        assert {reason.key for reason in found[0].reasons if reason.key == "care"} == (
            {"care"} if found[0].worker is senior else set()
        )
        return found[0].worker.id

    assert first() == familiar.id
    complaint(session, starts_at - 10 * DAY, customer=who)
    assert first() == senior.id


def outsider(session: Session, customer: Customer, reference: str, by: datetime | None = None) -> Complaint:
    return complaints.open(
        session, HOUSE, customer.id or 0, kind=Kind.FLAW, words="-", source=Source.OUTSIDE, outside_by=by,
        outside_reference=reference, now=NOVEMBER,
    )  # fmt: skip


def test_outside_bodies_count_calendar_days(session: Session) -> None:
    homes.customer(session)
    one = outsider(session, homes.customer(session), "wechat-pay 40002")
    assert one.outside_by == NOVEMBER + 3 * DAY
    assert one.resolve_by == NOVEMBER + 3 * DAY - 3 * HOUR, "at midnight nobody works"
    letter = outsider(session, homes.customer(session), "12315 A", NOVEMBER + 20 * HOUR)
    assert letter.outside_by == letter.resolve_by == NOVEMBER + 20 * HOUR
    stranger = outsider(session, homes.customer(session), "the street office", NOVEMBER + 2 * DAY)
    assert stranger.outside_by == NOVEMBER + 2 * DAY
    assert outsider(session, homes.customer(session), "the street office").outside_by is None


def test_through_several_the_strictest_counts_and_every_number_is_kept(session: Session) -> None:
    who = homes.customer(session)
    one = outsider(session, who, "12345 8812")
    assert one.outside_by == NOVEMBER + 5 * DAY
    again = [
        outsider(session, who, reference) for reference in ("wechat-pay 40", "wechat-pay 40", "12345 8812")
    ]
    assert {each.id for each in again} == {one.id}
    assert outside.split(one.outside_reference) == [(Body.CITY, "8812"), (Body.WECHAT_PAY, "40")]
    assert one.outside_by == NOVEMBER + 3 * DAY
    assert max(one.human_by, one.plan_by, one.resolve_by) <= NOVEMBER + 3 * DAY


def test_a_person_answers_in_the_time_that_a_body_gives_also_over_a_holiday(session: Session) -> None:
    one = complaint(session, NOVEMBER, closed=False)
    one.human_by, one.outside_reference = NOVEMBER + 9 * DAY, "12345 8812; wechat-pay 40"
    outside.tighten(one, NOVEMBER)
    assert one.human_by == NOVEMBER + DAY
