"""Whose a complaint is: chosen, asked, passed on, moved by the clock; never a witness's, never nobody's."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core import complaints, duties, identities, staff, team, timeline
from core.complaints import (
    BeyondAuthority,
    Complaint,
    Kind,
    NotYours,
    Rung,
    Severity,
    Source,
    Status,
    Step,
    TakenByOther,
)
from core.database import transaction
from core.identities import Role
from core.members import Membership, Tier, companions
from core.staff import Rank, StaffMember
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_races import Act, together

MINUTE = timedelta(minutes=1)


def hire(session: Session, name: str, role: Rank = Rank.CLERK, *, chat: bool = True) -> int:
    """Somebody on the staff, who has a chat with us unless told otherwise."""
    member = staff.hire(session, name=name, role=role, language="zh-CN")
    assert member.id is not None
    if chat:
        identities.bind_staff(session, "web", "main", f"staff-{name}", member.id, now=NOW)
    return member.id


def everybody(session: Session) -> dict[str, int]:
    """Two of the desk, a lead and a manager."""
    ranks = {"Ai": Rank.CLERK, "Bo": Rank.CLERK, "Le": Rank.LEAD, "Ma": Rank.MANAGER}
    return {name: hire(session, name, rank) for name, rank in ranks.items()}


def complain(session: Session, kind: Kind = Kind.QUALITY, **more: Any) -> Complaint:
    given: dict[str, Any] = {"words": "not clean", "source": Source.WORDS, "now": NOW, **more}
    customer_id = given.pop("customer_id", None) or homes.customer(session).id
    return complaints.open(session, HOUSE, customer_id, kind=kind, **given)


def history(session: Session, complaint: Complaint) -> list[str]:
    steps = session.exec(select(Step).where(Step.complaint_id == complaint.id).order_by(col(Step.id)))
    return [step.what for step in steps]


def test_a_complaint_has_an_owner_and_deadlines_at_once(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    assert (one.severity, one.rung, one.owner_id) == (Severity.S3, Rung.DESK, people["Ai"])
    assert one.human_by == NOW + 120 * MINUTE
    assert one.plan_by == NOW + 8 * 60 * MINUTE
    assert one.acknowledge_by == NOW + 30 * MINUTE
    assert history(session, one) == ["opened", "asked"]


def test_more_about_the_same_is_no_second_complaint_and_may_make_it_worse(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    more = complain(
        session,
        Kind.INJURY,
        words="and I cut my hand",
        customer_id=one.customer_id,
        now=NOW + 5 * MINUTE,
    )
    assert more is one
    assert one.words == "not clean\nand I cut my hand"
    assert (one.severity, one.rung, one.owner_id) == (Severity.S1, Rung.MANAGER, people["Ma"])
    assert one.human_by == NOW + 20 * MINUTE
    assert one.acknowledge_by == NOW + 8 * MINUTE


def test_a_visit_tells_that_it_was_complained_about_but_not_to_its_worker(session: Session) -> None:
    everybody(session)
    homes.worker(session)
    who = homes.customer(session)
    visit = homes.place(session, who, at(TUESDAY, 12))
    complain(session, visit=visit, customer_id=who.id)
    for viewer, sees in ((Role.CUSTOMER, True), (Role.WORKER, False), (Role.STAFF, True)):
        told = [entry.what for entry in timeline.of(session, visit.id or 0, viewer=viewer)]
        assert ("complaint-opened" in told) is sees


def test_one_tap_takes_it_and_the_second_hears_whose_it_is(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    complaints.acknowledge(session, HOUSE, one, people["Bo"], NOW + MINUTE)
    complaints.acknowledge(session, HOUSE, one, people["Bo"], NOW + MINUTE)
    assert (one.owner_id, one.acknowledge_by, one.acknowledged_at) == (people["Bo"], None, NOW + MINUTE)
    with pytest.raises(TakenByOther) as no:
        complaints.acknowledge(session, HOUSE, one, people["Ai"], NOW + MINUTE)
    assert no.value.args_ == {"name": "Bo"}
    assert history(session, one).count("acknowledged") == 1


def test_who_stands_below_its_rung_cannot_take_it(session: Session) -> None:
    people = everybody(session)
    one = complain(session, Kind.DAMAGE)
    assert (one.rung, one.owner_id) == (Rung.LEAD, people["Le"])
    with pytest.raises(BeyondAuthority):
        complaints.acknowledge(session, HOUSE, one, people["Ai"], NOW)
    complaints.acknowledge(session, HOUSE, one, people["Ma"], NOW)
    assert (one.rung, one.owner_id) == (Rung.MANAGER, people["Ma"])


@pytest.mark.parametrize("known_by", ["account", "name"])
def test_who_was_at_the_visit_gets_sees_and_takes_nothing(session: Session, known_by: str) -> None:
    people = everybody(session)
    worker = homes.worker(session, "Ai" if known_by == "name" else "Wang")
    if known_by == "account":
        identities.bind_worker(session, "web", "main", "staff-Ai", homes.id_of(worker), now=NOW)
    who = homes.customer(session)
    visit = homes.place(session, who, at(TUESDAY, 12))
    one = complain(session, visit=visit, customer_id=who.id)
    assert one.owner_id == people["Bo"]
    with pytest.raises(NotYours):
        complaints.acknowledge(session, HOUSE, one, people["Ai"], NOW)
    with pytest.raises(NotYours):
        complaints.pass_on(session, HOUSE, one, to=people["Ai"], by=people["Bo"], now=NOW)


def test_nobody_gives_away_what_is_with_somebody_above_them(session: Session) -> None:
    people = everybody(session)
    one = complain(session)
    complaints.pass_on(session, HOUSE, one, to=people["Le"], by=people["Bo"], now=NOW)

    with pytest.raises(TakenByOther, match="Le"):
        complaints.pass_on(session, HOUSE, one, to=people["Ai"], by=people["Bo"], now=NOW)

    complaints.pass_on(session, HOUSE, one, to=people["Ai"], by=people["Le"], now=NOW)
    assert (one.rung, one.owner_id) == (Rung.DESK, people["Ai"])


def test_what_somebody_owned_moves_on_when_they_are_dismissed(
    session: Session,
) -> None:
    people = everybody(session)
    one = complain(session)
    complaints.acknowledge(session, HOUSE, one, people["Ai"], NOW)
    team.dismiss_member(session, HOUSE, session.get_one(StaffMember, people["Ai"]), NOW + MINUTE)
    assert (one.owner_id, one.acknowledged_at) == (people["Bo"], None)
    assert one.next_at == NOW + MINUTE
    [asked] = complaints.take_steps(session, HOUSE, one, NOW + MINUTE)
    assert asked.due.what is complaints.What.ASKED


def test_nobody_of_a_rung_leads_to_the_next_and_to_the_owner_at_last(session: Session) -> None:
    one = complain(session)
    assert (one.rung, one.owner_id) == (Rung.OWNER, None)
    people = hire(session, "Ai")
    complaints.acknowledge(session, HOUSE, one, people, NOW)
    assert (one.rung, one.owner_id, one.status) == (Rung.OWNER, people, Status.OPEN)


def test_who_is_on_duty_comes_first_and_then_who_has_least(session: Session) -> None:
    people = everybody(session)
    duties.come(session, HOUSE, people["Bo"], NOW)
    assert complain(session).owner_id == people["Bo"]
    duties.come(session, HOUSE, people["Ai"], NOW)
    assert complain(session).owner_id == people["Ai"]
    assert complain(session, now=NOW + MINUTE).owner_id in (people["Ai"], people["Bo"])


def looked_after(session: Session, by: int) -> int:
    """A customer in the tier that has somebody who looks after them."""
    who = homes.id_of(homes.customer(session))
    until = NOW + timedelta(days=300)
    kept = {"joined_at": NOW, "tier_since": NOW, "tier": Tier.DIAMOND, "tier_until": until}
    session.add(Membership(customer_id=who, manager_id=by, **kept))
    session.flush()
    return who


def test_who_looks_after_a_member_gets_their_complaints_or_whoever_stands_in(session: Session) -> None:
    people = everybody(session)
    other = hire(session, "Lu", Rank.LEAD)
    duties.come(session, HOUSE, people["Ai"], NOW)
    who = looked_after(session, other)
    duties.come(session, HOUSE, people["Le"], NOW)
    deputy = complain(session, customer_id=who)
    assert (deputy.owner_id, deputy.rung) == (people["Le"], Rung.LEAD)
    asked = session.exec(select(Step).where(Step.complaint_id == deputy.id, Step.what == "asked")).one()
    assert asked.words == "on duty; stands in for Lu"
    duties.come(session, HOUSE, other, NOW)
    own = complain(session, customer_id=looked_after(session, other))
    assert own.owner_id == other
    complaints.take_steps(session, HOUSE, own, NOW + 31 * MINUTE)
    assert own.owner_id == people["Le"], "nobody said that they have it: the ladder goes on as ever"


def test_what_is_too_bad_for_who_looks_after_a_member_begins_above_them(session: Session) -> None:
    people = everybody(session)
    owners = [
        complain(session, kind, customer_id=looked_after(session, people["Bo"])).owner_id
        for kind in (Kind.INJURY, Kind.QUALITY)
    ]
    assert owners == [people["Ma"], people["Bo"]]


def test_who_leaves_has_nobody_to_look_after_any_more(session: Session) -> None:
    people = everybody(session)
    who = looked_after(session, people["Bo"])
    team.dismiss_member(session, HOUSE, session.get_one(StaffMember, people["Bo"]), NOW)
    now_theirs = companions.of(session, HOUSE, who)
    assert now_theirs is not None
    assert now_theirs.name == "Ai"


def test_who_can_be_written_to_nowhere_is_passed_over(session: Session) -> None:
    hire(session, "Ai", chat=False)
    lead = hire(session, "Le", Rank.LEAD)
    one = complain(session)
    assert one.owner_id == lead


def test_of_two_taps_in_the_same_second_one_wins_and_the_other_hears_who(engine: Engine) -> None:
    with transaction(engine) as session:
        people = everybody(session)
        number = complain(session).id

    def taps(name: str) -> Act:
        def act(session: Session) -> object:
            complaint = session.get_one(Complaint, number)
            complaints.acknowledge(session, HOUSE, complaint, people[name], NOW)
            return name

        return act

    results = together(engine, [taps(name) for name in people])
    [winner] = [one for one in results if isinstance(one, str)]
    losers = [one for one in results if isinstance(one, TakenByOther)]
    assert [one.args_ for one in losers] == [{"name": winner}] * (len(people) - 1)
    with transaction(engine) as session:
        assert session.get_one(Complaint, number).owner_id == people[winner]
        assert history(session, session.get_one(Complaint, number)).count("acknowledged") == 1


def test_a_customer_who_complains_twice_in_one_second_has_one_complaint(engine: Engine) -> None:
    with transaction(engine) as session:
        everybody(session)
        customer_id = homes.customer(session).id

    def says(words: str) -> Act:
        return lambda session: complain(session, words=words, customer_id=customer_id).id

    numbers = together(engine, [says(f"words {n}") for n in range(4)])
    assert len(set(numbers)) == 1


def test_a_tap_and_the_clock_at_once_leave_one_owner(engine: Engine) -> None:
    with transaction(engine) as session:
        people = everybody(session)
        number = complain(session).id
    late = NOW + 30 * MINUTE

    def tap(session: Session) -> object:
        complaint = session.get_one(Complaint, number)
        complaints.acknowledge(session, HOUSE, complaint, people["Ai"], late)
        return "tapped"

    def tick(session: Session) -> object:
        return [
            one.due.name
            for one in complaints.take_steps(session, HOUSE, session.get_one(Complaint, number), late)
        ]

    tapped, ticked = together(engine, [tap, tick])
    with transaction(engine) as session:
        complaint = session.get_one(Complaint, number)
        assert tapped == "tapped"  # the desk may take what has gone to another of the desk
        assert complaint.owner_id == people["Ai"]
        assert complaint.acknowledged_at == late
        assert "human-half" not in ticked  # half of two hours is later


def test_what_is_raised_at_once_by_two_is_raised_once(engine: Engine) -> None:
    with transaction(engine) as session:
        people = everybody(session)
        number = complain(session).id

    def lift(session: Session) -> object:
        complaint = session.get_one(Complaint, number)
        return complaints.raise_to(session, HOUSE, complaint, Rung.MANAGER, "because", NOW)

    assert sorted(map(bool, together(engine, [lift, lift, lift]))) == [False, False, True]
    with transaction(engine) as session:
        assert session.get_one(Complaint, number).owner_id == people["Ma"]
