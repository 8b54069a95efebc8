"""The rules the company sets itself: notice, holds, fees, deadlines; and which of them held when."""

import hashlib
import json
from datetime import datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field as Rule
from pydantic import Strict
from sqlalchemy import JSON
from sqlmodel import Field, Session, SQLModel

from core import database  # noqa: F401 - names the constraints of every table
from core.catalogue import Fen, Section, Whole

if TYPE_CHECKING:
    from core.company import Company

Percent = Annotated[int, Strict(), Rule(ge=0, le=100)]
Count = Annotated[int, Strict(), Rule(ge=1)]
Stars = Annotated[float, Rule(ge=1, le=5)]


class PolicyVersion(SQLModel, table=True):
    """Rules as they once held. A visit keeps the version it was placed under."""

    __tablename__ = "policy_version"

    version: str = Field(primary_key=True, max_length=12)
    body: dict[str, Any] = Field(sa_type=JSON)  # Any: JSON of `Policies`
    in_force_at: datetime
    """When it was first seen in force."""


class Policies(Section):
    """Every number the company may set, with a default that works. Money in fen."""

    grid_minutes: Annotated[int, Strict(), Rule(ge=30, le=30)] = 30
    """Windows begin on this grid; half an hour is also what a worker's calendar is kept in."""
    horizon_days: Count = 30
    hold_minutes: Count = 10
    buffer_same_minutes: Whole = 30
    """On the way between two homes in one area."""
    buffer_other_minutes: Whole = 60
    """On the way between homes in two areas."""
    visits_per_day: Count = 3
    work_minutes_per_day: Count = 480
    """A single visit may be longer, if it is the worker's only one that day."""
    open_visits_new: Count = 1
    """Visits ahead that a customer may have before the phone number is verified."""
    open_visits_known: Count = 5
    request_answer_minutes: Count = 120
    """Staff answer a request within so many office minutes..."""
    request_latest_hours: Count = 12
    """... and at the latest so many hours before the visit."""
    idle_minutes: Count = 10
    """A conversation that pauses this long is reminded once."""
    draft_hours: Count = 24
    """An unfinished form is kept this long."""
    media_days: Count = 90
    """Pictures and recordings that people send are kept so long..."""
    complaint_media_days: Count = 730
    """... and those sent with a complaint so long."""
    absent_minutes: Count = 30
    """What must be known in time and was not shown for so long, as no page was open, goes another way."""
    paper_first_days: Count = 30
    """A worker's paper is warned of so many days before its last one..."""
    paper_last_days: Count = 7
    """... and again so many before..."""
    paper_hour: Annotated[int, Strict(), Rule(ge=0, le=23)] = 10
    """... at this hour."""

    offers: Literal["sequence", "broadcast"] = "sequence"
    """Workers are asked one after the other, or several at once..."""
    broadcast_size: Count = 5
    """... namely so many."""
    offer_minutes: Count = 15
    """A worker has so long to answer; the hours of rest do not count."""
    offers_before_staff: Count = 3
    """After so many who said no, or nothing, staff decide."""
    offers_from: time = time(7)
    offers_until: time = time(21)
    """Workers are asked within these hours..."""
    offers_urgent_before: time = time(10)
    """... but for visits that begin before this time of the next morning."""

    extra_minutes: Count = 15
    """So long a customer has to agree to something extra before it is offered no more."""
    ending_minutes: Count = 15
    """So long before the end the customer is asked to come and look at the work."""
    overdue_minutes: Count = 20
    """So long after the end a visit that is not finished is asked about: first the worker, then staff."""
    acceptance_hours: Count = 24
    """So long after a visit its customer may say that something must be done again."""
    relay_hours_after: Whole = 24
    """Customer and worker may write to each other through us until so many hours after the visit."""
    told_from: time = time(7)
    """From then on customers may be told of visits that are not under way..."""
    told_until: time = time(22)
    """... until then, local time."""
    worker_quiet_from: time = time(21)
    """From this hour on, local time, workers hear only of a visit under way..."""
    worker_quiet_until: time = time(7)
    """... until this one, in the morning."""
    alarm_again_minutes: Count = 3
    """A call for help that nobody on the staff has taken is said again after so many minutes..."""
    alarm_again_times: Count = 5
    """... so often."""
    handoff_minutes: Count = 10
    """Whoever asks for a person is answered within so many office minutes..."""
    handoff_again_minutes: Count = 30
    """... and where nobody took it and everybody was told, those on duty hear it again each so many."""
    handoff_lease_minutes: Count = 10
    """Staff who took a conversation answer its customer within so many minutes..."""
    handoff_grace_minutes: Count = 5
    """... and so many after they were reminded, or it waits for somebody else..."""
    handoff_rest_minutes: Count = 120
    """... and after so many without a word from either side the bot answers again."""
    call_again_minutes: Count = 60
    """Who could not be reached by telephone is called again after so many office minutes."""
    observe_minutes: Count = 5
    """So long after a visit its worker is asked what changed in the home."""
    observation_days: Count = 30
    """What a worker noticed and nobody confirmed is dropped after so many days."""
    forewarn_changes: Count = 3
    """Once we changed one visit so often, staff are asked to speak with its customer..."""
    forewarn_dropouts: Count = 2
    """... as they are once workers dropped out of so many visits to one customer..."""
    forewarn_dropout_days: Count = 60
    """... within so many days..."""
    forewarn_silent_hours: Count = 48
    """... so long after a visit of which somebody says nothing who usually does..."""
    forewarn_owed_days: Count = 3
    """... and so many days after something was promised that they still have not got."""
    forewarn_at: time = time(9, 30)
    """What can wait for the morning is told to staff at this hour."""
    worker_share_percent: Percent = 60
    """Of a visit's total, what those who attended get, in equal parts."""

    rating_minutes: Count = 30
    """So long after a visit its customer is asked to rate it..."""
    rating_from: time = time(9, 30)
    rating_until: time = time(20, 30)
    """... within these hours, local time..."""
    rating_nudge_hours: Count = 24
    """... and once more so many hours later, where they have said nothing."""
    rating_days: Count = 7
    """So long after a visit it may be rated, and its rating changed once."""
    rating_series_days: Count = 9
    """Visits of one service by one worker that follow each other this closely are a series..."""
    rating_series_visits: Whole = 3
    """... and whoever was asked about one of the last so many of it is not asked again."""
    rating_call_hours: Count = 24
    """Staff ring a customer who is half content within so many hours."""
    passing_minutes: Count = 60
    """What is asked by the way, such as what was good about a visit, stays open so long, without a
    reminder."""
    referral_days: Count = 30
    """A delighted customer is asked to tell their friends at most once in so many days."""
    appeal_days: Count = 14
    """So long a worker may object to a rating."""
    score_prior: Stars = 4.6
    """What a worker's score begins with..."""
    score_weight: Count = 10
    """... as if so many customers had said so."""
    score_visits: Count = 50
    """So many of the latest ratings make the score..."""
    score_half_life_days: Count = 180
    """... each weighing half as much after so many days."""
    score_shown_from: Count = 3
    """A worker hears of the score from so many ratings on, when it tells no longer who said what."""
    training_below: Stars = 4.2
    """Below this score a worker gets no new customers until somebody has talked to them..."""
    training_ratings: Count = 10
    """... if so many customers have rated them; and after such a talk, so many more."""
    training_low_times: Count = 2
    """The same goes for so many ratings of two stars or less..."""
    training_low_days: Count = 30
    """... within so many days."""

    free_until_hour: Annotated[int, Strict(), Rule(ge=0, le=23)] = 18
    """Cancelling and moving is free until this hour of the day before..."""
    free_hours: Whole = 24
    """... or until so many hours before, whichever is later."""
    late_percent: Percent = 20
    late_most: Fen = 50_00
    last_minute_minutes: Whole = 120
    """From so many minutes before the visit on, or once the worker is on the way, it is the last minute."""
    last_minute_percent: Percent = 50
    last_minute_most: Fen = 100_00
    no_access_minutes: Count = 30
    """Nobody opens or answers for so long after the start: the visit is closed."""
    no_access_percent: Percent = 50
    no_access_most: Fen = 100_00
    free_moves: Whole = 2
    move_within_days: Count = 30
    """The new day lies at most so many days ahead."""
    goodwill: Whole = 1
    """So many late cancellations are forgiven."""
    late_worker_minutes: Count = 15
    """A worker this late is apologised for, and the customer may move or cancel free..."""
    very_late_worker_minutes: Count = 30
    """... and this late without a word, the customer may cancel free."""
    late_points: Whole = 100
    """Owed to the customer of a worker who was late."""
    kept_percent: Percent = 20
    """Taken off a visit that the customer keeps although the worker was very late."""
    called_off_coupon: Fen = 20_00
    """Owed for a visit that the company calls off, or whose customer gives up after a drop-out."""
    missed_coupon: Fen = 50_00
    """Owed for a visit to which nobody came."""
    replacements: Whole = 3
    """So often is somebody else found when workers drop out of a visit; then it is for staff."""
    choose_before_minutes: Whole = 120
    """After a drop-out the customer may choose until so many minutes before the visit..."""
    choose_minutes: Count = 15
    """... and for so long at least."""
    dropout_call_minutes: Whole = 120
    """A worker who drops out so shortly before the visit is asked to call as well."""
    """... and this late, staff replace them or the visit costs less."""
    set_out_hours: Count = 3
    """A worker sets out at the earliest so many hours before a visit..."""
    arrive_early_minutes: Whole = 30
    """... and is there at the earliest so many minutes before it."""
    arrival_metres: Count = 300
    """A place this near to the home proves that the worker is there..."""
    arrival_place_minutes: Count = 10
    """... if it was sent so short a time ago."""
    arrival_tries: Count = 5
    """So many codes may be wrong before another proof is needed."""
    eta_slip_minutes: Count = 10
    """The customer is told of another time of arrival only if it is so much later."""

    early_before: time = time(8)
    late_after: time = time(20)
    early_late_percent: Percent = 20
    """On a visit that begins before `early_before` or ends after `late_after`, local time."""
    spring_festival_days: Whole = 7
    spring_festival_percent: Percent = 30
    """On visits so many days before and after Spring Festival."""
    holiday_percent: Percent = 50
    """On the day rate of long-term care, for each public holiday it runs through."""
    paid_days_per_month: Count = 26
    """A month of long-term care is so many working days: the day rate is the month's price through this."""

    @cached_property
    def version(self) -> str:
        """The first 12 hex digits of the SHA-256 of these rules: other rules, another version."""
        body = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()[:12]


_READ: dict[str, Policies] = {}
"""Rules that were read before: a version never changes, it is the digest of its rules."""


class UnknownPolicyVersion(LookupError):
    """No such rules were ever remembered: the database does not belong to this company."""


def remember(session: Session, company: "Company", now: datetime) -> str:
    """Keep the rules now in force, once, so that visits can refer to them; returns their version."""
    policies = company.policies
    version = policies.version
    if session.get(PolicyVersion, version) is None:
        session.add(PolicyVersion(version=version, body=policies.model_dump(mode="json"), in_force_at=now))
        session.flush()
    return version


def as_of(session: Session, version: str) -> Policies:
    """The rules of that version. A rule invented later has its default. Raises `UnknownPolicyVersion`."""
    if version in _READ:
        return _READ[version]
    kept = session.get(PolicyVersion, version)
    if kept is None:
        raise UnknownPolicyVersion(version)
    rules = Policies.model_validate(kept.body, extra="ignore")
    if rules.version == version:
        _READ[version] = rules
    return rules
