"""Working on a complaint: said and heard, ended and begun again, remedies paid once, witnesses."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from core import compensations, complaints, identities, matching, reminders, visits
from core.bindings import merging
from core.bindings.tables import Proof
from core.compensations import Compensation
from core.complaints import (
    BeyondAuthority,
    Cause,
    Complaint,
    ComplaintMoved,
    Kind,
    NotYours,
    RemedyKind,
    RemedyStatus,
    Rung,
    Source,
    Status,
    UnknownComplaint,
    finding,
    handling,
    history,
    redoing,
    remedies,
    statements,
)
from core.complaints.remedies import RemedyGone, RemedyUnfit, TooManyOffers
from core.customers import Customer
from core.reminders import Reminder
from core.visits import Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_ladder import complain, everybody

HOUR = timedelta(hours=1)


def visited(session: Session) -> Visit:
    """A visit of worker Wang's on Tuesday morning."""
    worker = homes.worker(session)
    customer = homes.customer(session)
    homes.home(session, customer)
    return homes.place(session, customer, at(TUESDAY, 9), workers=(homes.id_of(worker),))


def about(session: Session, visit: Visit, **more: object) -> Complaint:
    return complain(session, customer_id=visit.customer_id, visit=visit, **more)


def resolve(session: Session, one: Complaint, by: int) -> None:
    handling.resolve(session, HOUSE, one, by, cause=Cause.SKILL, upheld=True, outcome="done again", now=NOW)


def is_watched(session: Session, one: Complaint) -> bool:
    """Whether it is closed, or has an owner and a reminder that waits at its next moment or before."""
    if one.status is Status.CLOSED:
        return one.next_at is None
    waiting = select(Reminder).where(
        Reminder.kind == "complaint",
        Reminder.subject == str(one.id),
        Reminder.status == reminders.Status.WAITING,
    )
    soonest = min((each.due_at for each in session.exec(waiting)), default=None)
    owned = one.owner_id is not None or one.rung is Rung.OWNER
    return owned and one.next_at is not None and soonest is not None and soonest <= one.next_at


def test_a_reply_is_a_persons_answer_and_a_note_is_none(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    handling.note(session, one, people["Ai"], "looks bad", NOW)
    assert one.human_at is None
    handling.said_to_customer(session, HOUSE, one, people["Ai"], "hello", NOW + HOUR)
    assert one.human_at == NOW + HOUR
    assert one.acknowledged_at == NOW + HOUR  # whoever answers has it
    assert [step.words for step in history.for_customer(session, one)] == ["not clean", "hello"]


def test_a_plan_is_told_with_a_time(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    told = handling.plan(
        session, HOUSE, one, people["Ai"], "we come again", until=NOW + 5 * HOUR, now=NOW + HOUR
    )
    assert (one.plan_at, one.human_at) == (NOW + HOUR, NOW + HOUR)
    assert told.detail == {"until": (NOW + 5 * HOUR).isoformat()}
    assert is_watched(session, one)


def test_a_customer_who_was_waited_for_sets_it_going_again(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    handling.ask_customer(session, HOUSE, one, people["Ai"], NOW)
    assert one.status is Status.WAITING
    handling.heard_from_customer(session, HOUSE, one, "tomorrow", media=["m1"], now=NOW + HOUR)
    assert one.status is Status.OPEN
    assert one.words == "not clean\ntomorrow"
    assert one.media == ["m1"]
    assert is_watched(session, one)


def test_what_is_not_solved_goes_one_rung_higher_with_new_clocks(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    resolve(session, one, people["Ai"])
    assert one.next_at == NOW + 48 * HOUR
    later = NOW + 49 * HOUR
    handling.unsolved(session, HOUSE, one, "still dirty", now=later)
    assert (one.status, one.rung, one.owner_id) == (Status.OPEN, Rung.LEAD, people["Le"])
    assert (one.human_at, one.plan_at, one.resolved_at, one.solved) == (None, None, None, False)
    assert one.human_by == later + 2 * HOUR
    assert one.reopened == 1
    assert is_watched(session, one)
    handling.unsolved(session, HOUSE, one, "", now=later)  # a second tap
    assert (one.rung, one.reopened) == (Rung.LEAD, 1)


def test_what_was_resolved_is_closed_by_the_customers_word_once(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    with pytest.raises(ComplaintMoved):
        handling.solved(session, HOUSE, one, NOW)
    resolve(session, one, people["Ai"])
    assert handling.solved(session, HOUSE, one, NOW)
    assert (one.status, one.solved, one.next_at) == (Status.CLOSED, True, None)
    assert not handling.solved(session, HOUSE, one, NOW)


@pytest.mark.parametrize(("days", "again"), [(6, True), (7, True), (8, False)])
def test_a_closed_one_is_opened_again_for_a_week_and_later_continued(
    session: Session, days: int, again: bool
) -> None:
    people = everybody(session)
    one = complain(session)
    handling.close(session, HOUSE, one, reason="by phone", staff_id=people["Ai"], now=NOW)
    now = NOW + timedelta(days=days)
    found = handling.heard_from_customer(session, HOUSE, one, "it is back", now=now)
    assert (found.id == one.id) is again
    if again:
        assert (one.status, one.owner_id, one.rung) == (Status.OPEN, people["Ai"], Rung.DESK)
    else:
        assert (one.status, found.follows_id, found.words) == (Status.CLOSED, one.id, "it is back")
    assert is_watched(session, found)


def test_nobody_works_on_what_is_resolved(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    resolve(session, one, people["Ai"])
    with pytest.raises(ComplaintMoved):
        handling.plan(session, HOUSE, one, people["Ai"], "x", until=NOW, now=NOW)
    with pytest.raises(ComplaintMoved):
        remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.APOLOGY, now=NOW)


@pytest.mark.parametrize(
    ("kind", "amount", "rung"),
    [
        (RemedyKind.COUPON, 50_00, Rung.DESK),
        (RemedyKind.COUPON, 50_01, Rung.LEAD),
        (RemedyKind.REFUND, 200_00, Rung.LEAD),
        (RemedyKind.REFUND, 1_000_00, Rung.MANAGER),
        (RemedyKind.REFUND, 1_000_01, Rung.OWNER),
        (RemedyKind.POINTS, 500, Rung.DESK),
        (RemedyKind.POINTS, 501, Rung.LEAD),
        (RemedyKind.APOLOGY, 0, Rung.DESK),
    ],
)
def test_an_amount_takes_so_much_authority(kind: RemedyKind, amount: int, rung: Rung) -> None:
    assert remedies.needs(HOUSE, kind, amount) is rung


def test_small_amounts_add_up_to_what_takes_a_lead(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    first = remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.COUPON, amount=40_00, now=NOW)
    remedies.choose(session, HOUSE, one, first.id or 0, NOW)
    more = remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.COUPON, amount=20_00, now=NOW)
    assert (more.status, more.needs) == (RemedyStatus.DRAFTED, Rung.LEAD)


def test_a_draft_needs_somebody_above(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    draft = remedies.propose(
        session, HOUSE, one, people["Ai"], kind=RemedyKind.REFUND, amount=150_00, now=NOW
    )
    with pytest.raises(BeyondAuthority):
        remedies.approve(session, HOUSE, one, draft, people["Bo"], now=NOW)
    with pytest.raises(RemedyGone):  # the customer cannot take what nobody allowed
        remedies.choose(session, HOUSE, one, draft.id or 0, NOW)
    remedies.approve(session, HOUSE, one, draft, people["Le"], now=NOW)
    assert (draft.status, draft.approved_by) == (RemedyStatus.OFFERED, people["Le"])
    with pytest.raises(RemedyGone):
        remedies.approve(session, HOUSE, one, draft, people["Ma"], now=NOW)


def test_the_most_takes_the_owners_word(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    draft = remedies.propose(
        session, HOUSE, one, people["Ma"], kind=RemedyKind.REFUND, amount=2_000_00, now=NOW
    )
    with pytest.raises(BeyondAuthority):
        remedies.approve(session, HOUSE, one, draft, people["Ma"], now=NOW)
    with pytest.raises(BeyondAuthority):
        remedies.approve(session, HOUSE, one, draft, people["Le"], on_word_of="Mr Zhou", now=NOW)
    remedies.approve(session, HOUSE, one, draft, people["Ma"], on_word_of="Mr Zhou", now=NOW)
    assert draft.status is RemedyStatus.OFFERED


def test_what_the_customer_chose_is_owed_once_with_or_without_a_visit(session: Session) -> None:
    people = everybody(session)
    for one in (complain(session), about(session, visited(session))):
        offers = [
            remedies.propose(session, HOUSE, one, people["Ai"], kind=kind, amount=amount, now=NOW)
            for kind, amount in ((RemedyKind.COUPON, 20_00), (RemedyKind.POINTS, 300))
        ]
        remedies.put(session, HOUSE, one, people["Ai"], NOW)
        assert one.status is Status.WAITING
        for _ in range(2):
            remedies.choose(session, HOUSE, one, offers[0].id or 0, NOW)
        with pytest.raises(RemedyGone):
            remedies.choose(session, HOUSE, one, offers[1].id or 0, NOW)
        assert one.status is Status.OPEN
        owed = session.exec(select(Compensation).where(Compensation.customer_id == one.customer_id)).all()
        assert [(each.kind, each.amount, each.visit_id) for each in owed] == [("coupon", 20_00, one.visit_id)]


def test_a_second_complaint_about_a_visit_is_paid_for_itself(session: Session) -> None:
    people, visit = everybody(session), visited(session)
    for _ in range(2):
        one = about(session, visit)
        offer = remedies.propose(
            session, HOUSE, one, people["Ai"], kind=RemedyKind.COUPON, amount=20_00, now=NOW
        )
        remedies.choose(session, HOUSE, one, offer.id or 0, NOW)
        handling.close(session, HOUSE, one, reason="x", now=NOW)
    assert [each.amount for each in compensations.of_visit(session, visit.id or 0)] == [20_00, 20_00]


def test_none_of_the_offers_goes_back_with_words(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.APOLOGY, now=NOW)
    remedies.put(session, HOUSE, one, people["Ai"], NOW)
    remedies.refuse(session, HOUSE, one, "half the money", NOW)
    assert one.status is Status.OPEN
    assert one.words.endswith("half the money")
    assert remedies.offered(session, one) == []
    with pytest.raises(RemedyGone):
        remedies.refuse(session, HOUSE, one, "again", NOW)


def test_offers_are_few_and_fit(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    for unfit in ({"kind": RemedyKind.REDO}, {"kind": RemedyKind.COUPON}, {"kind": RemedyKind.REPLACE}):
        with pytest.raises(RemedyUnfit):
            remedies.propose(session, HOUSE, one, people["Ai"], now=NOW, **unfit)
    for amount in (1, 2, 3, 4, 5, 5):
        remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.COUPON, amount=amount, now=NOW)
    with pytest.raises(TooManyOffers):
        remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.COUPON, amount=6, now=NOW)


def test_it_is_done_again_free_and_once(session: Session) -> None:
    people, visit = everybody(session), visited(session)
    one = about(session, visit)
    offer = remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.REDO, now=NOW)
    remedies.choose(session, HOUSE, one, offer.id or 0, NOW)
    made = redoing.place(session, HOUSE, one, offer, at(TUESDAY, 14), NOW)
    assert redoing.place(session, HOUSE, one, offer, at(TUESDAY, 16), NOW).id == made.id
    assert made.id != visit.id
    assert compensations.due(session, made) == 0
    assert compensations.due(session, visit) == visit.total


def test_a_worker_who_is_not_wanted_does_not_come_again(session: Session) -> None:
    people, visit = everybody(session), visited(session)
    one = about(session, visit)
    offer = remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.REPLACE, now=NOW)
    remedies.choose(session, HOUSE, one, offer.id or 0, NOW)
    (worker,) = (worker for _, worker in visits.crew(session, visit))
    assert matching.preferences(session, visit.customer_id)[worker.id or 0] is matching.PreferenceKind.BLOCKED


def test_workers_are_asked_before_the_plan_is_due_and_once(session: Session) -> None:
    everybody(session)
    visit = visited(session)
    one = about(session, visit)
    (asked,) = statements.of(session, one)
    assert asked.due_at == NOW + 2 * HOUR <= one.plan_by
    again = statements.ask_statement(session, HOUSE, one, asked.worker_id, NOW + HOUR)
    assert again.asked_at == NOW
    kinds = session.exec(select(Reminder).where(Reminder.kind == "statement")).all()
    assert sorted(str(each.payload["what"]) for each in kinds) == ["again", "ask", "due"]
    with pytest.raises(UnknownComplaint):
        statements.give_statement(session, one.id or 0, 999, "it was not me", now=NOW)
    statements.give_statement(session, one.id or 0, asked.worker_id, "I came at nine", now=NOW)
    statements.give_statement(session, one.id or 0, asked.worker_id, "and left", media=["p"], now=NOW)
    assert (asked.words, asked.media) == ("I came at nine\nand left", ["p"])
    assert statements.owed_by(session, asked.worker_id) == []


def test_nobody_is_asked_about_a_suggestion(session: Session) -> None:
    everybody(session)
    assert statements.of(session, about(session, visited(session), kind=Kind.SUGGESTION)) == []


def test_a_worker_who_is_also_staff_can_do_nothing_about_it(session: Session) -> None:
    people, visit = everybody(session), visited(session)
    (worker,) = (worker for _, worker in visits.crew(session, visit))
    account = identities.bind_staff(session, "web", "main", "staff-Bo", people["Bo"], now=NOW)
    account.worker_id = worker.id
    session.add(account)
    session.flush()
    one = about(session, visit)
    other = complain(session)
    by = people["Bo"]
    assert finding.visible(session, [one, other], by) == [other]
    assert finding.visible(session, [one, other], people["Ai"]) == [one, other]
    offer = remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.APOLOGY, now=NOW)
    draft = remedies.propose(session, HOUSE, one, people["Ai"], kind=RemedyKind.REFUND, amount=90_00, now=NOW)
    tries = (
        lambda: finding.for_staff(session, one.id or 0, by),
        lambda: handling.note(session, one, by, "x", NOW),
        lambda: handling.said_to_customer(session, HOUSE, one, by, "x", NOW),
        lambda: handling.plan(session, HOUSE, one, by, "x", until=NOW, now=NOW),
        lambda: handling.ask_customer(session, HOUSE, one, by, NOW),
        lambda: resolve(session, one, by),
        lambda: handling.close(session, HOUSE, one, reason="x", staff_id=by, now=NOW),
        lambda: remedies.propose(session, HOUSE, one, by, kind=RemedyKind.APOLOGY, now=NOW),
        lambda: remedies.approve(session, HOUSE, one, draft, by, now=NOW),
        lambda: remedies.withdraw(session, HOUSE, one, offer, by, reason="x", now=NOW),
        lambda: remedies.put(session, HOUSE, one, by, NOW),
        lambda: complaints.acknowledge(session, HOUSE, one, by, NOW),
    )
    for attempt in tries:
        with pytest.raises(NotYours):
            attempt()


def test_the_queue_has_the_deadline_that_is_next_first(session: Session) -> None:
    people = everybody(session)
    late, soon = complain(session, Kind.SUGGESTION), complain(session, Kind.QUALITY)
    waits = complain(session, Kind.QUALITY, source=Source.STAFF)
    handling.plan(session, HOUSE, waits, people["Ai"], "x", until=NOW, now=NOW)
    handling.ask_customer(session, HOUSE, waits, people["Ai"], NOW)
    done = complain(session)
    resolve(session, done, people["Ai"])
    assert [one.id for one in finding.queue(session, 10)] == [soon.id, late.id, waits.id]
    assert [one.id for one in finding.queue(session, 1)] == [soon.id]
    mine = finding.queue(session, 10, people["Ai"])
    assert {one.owner_id for one in mine} == {people["Ai"]}


def test_others_complaints_are_unknown(session: Session) -> None:
    everybody(session)
    one, other = complain(session), complain(session)
    with pytest.raises(UnknownComplaint):
        finding.of_customer(session, other.customer_id, one.id or 0)
    with pytest.raises(UnknownComplaint):
        finding.find(session, 999)


def test_complaints_go_over_when_customers_become_one_and_back(session: Session) -> None:
    everybody(session)
    one = complain(session)
    given = session.get_one(Customer, one.customer_id)
    kept = homes.customer(session, known=False)
    by = identities.behind(session, "web", "main", "kept", language="zh-CN", now=NOW)
    made = merging.merge(session, kept, given, by, NOW, proof=Proof.CODE)
    assert one.customer_id == kept.id
    merging.undo(session, made.id or 0, by=1, now=NOW)
    session.refresh(one)
    assert one.customer_id == given.id
