"""No complaint is promised an answer or an end later than the payment platform allows its merchants."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core import calendars
from core import company as companies
from core.complaints import Complaint, Kind, Rung, Severity, Source, clocks
from core.complaints.rules import Rules

DEMO = companies.load()
NEVER_CLOSED = DEMO.model_copy(update={"closures": ()})
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
SEVERITIES = st.sampled_from(Severity)


def begun(severity: Severity, now: datetime, company: companies.Company) -> Complaint:
    given = {"customer_id": 1, "kind": Kind.QUALITY, "severity": severity, "severity_reason": ""}
    made = Complaint(
        **given, source=Source.WORDS, opened_at=now, since=now, rung=Rung.DESK, asked_at=now, human_by=now,
        plan_by=now, resolve_by=now,
    )  # fmt: skip
    clocks.start(made, company, now)
    return made


@given(SEVERITIES, MOMENTS)
def test_an_answer_comes_within_a_day_and_the_end_within_three(severity: Severity, now: datetime) -> None:
    one = begun(severity, now, NEVER_CLOSED)

    assert now <= one.human_by <= now + timedelta(days=1)
    assert one.human_by <= one.plan_by <= one.resolve_by <= now + timedelta(days=3)


@given(SEVERITIES, MOMENTS)
def test_what_runs_in_the_desk_s_hours_ends_while_the_desk_works(severity: Severity, now: datetime) -> None:
    one, hours = begun(severity, now, DEMO), DEMO.complaints.hours

    for deadline, by in clocks.deadlines(one).items():
        if clocks.hours_of(DEMO, DEMO.complaints.of(severity), deadline) is not None:
            assert calendars.later(DEMO, by, 0, hours) == by


def test_the_days_are_the_company_s_to_set() -> None:
    slow = DEMO.model_copy(update={"complaints": Rules(resolved_days=5), "closures": ()})
    now = datetime(2026, 11, 23, 9, tzinfo=DEMO.zone)

    assert begun(Severity.S4, now, slow).resolve_by == datetime(2026, 11, 28, 9, tzinfo=DEMO.zone)
