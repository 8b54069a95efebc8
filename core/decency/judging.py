"""Whether a message may be said now: by its class, the hour, what was said before, and how things stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from core import consents, identities, quiet
from core.complaints.tables import Complaint
from core.complaints.tables import Status as ComplaintStatus
from core.consents import Purpose
from core.correspondence import Direction, Message
from core.customers import Customer
from core.decency import wishes
from core.decency.rules import Hours
from core.decency.tables import WAITS, Class, Held, Pace, Sent
from core.ratings import Rating
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company

DIGEST = "digest"
"""What the one message a month is about."""
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
RATED_WITHIN = timedelta(days=60)
"""Visits longer ago are not rated any more."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say it now, but in none of the channels to `avoid`."""

    avoid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now: ask again at `until`, when it may well be said."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Never; in words that staff can read."""

    why: str


Verdict = Say | Hold | Drop


@dataclass(frozen=True, slots=True)
class Plea:
    """What somebody would like to say, as far as the verdict depends on it."""

    about: str = ""
    """Which message it is, as a code."""
    key: str = ""
    """By which it is known while it waits; "" for one that nothing gives way to."""
    rank: int = 0
    """Of two of one class that cannot both be said, the higher is."""
    since: datetime | None = None
    """When it was due; by default now."""
    worth: timedelta | None = None
    """How late it is still worth saying; by default as its class says."""
    owed: bool = False
    """Whether they lose something if it is not said, so that a complaint is no reason to be silent."""
    live: bool = False
    """Whether it is about a visit that is under way."""
    besides: frozenset[str] = frozenset()
    """Channels other than their chats by which it may reach them."""


def judge(
    session: Session,
    company: "Company",
    customer: Customer,
    kind: Class,
    now: datetime,
    plea: Plea | None = None,
) -> Verdict:
    """Whether the customer may be told a message of this class `now`, in any of their chats.

    Of what is counted, nobody else is told anything until this transaction ends: say it in this one, with
    `sent`, or the next one judged will not know.
    """
    plea = plea or Plea()
    if kind is Class.EMERGENCY or (kind is Class.SERVICE and plea.live):
        return Say()
    assert customer.id is not None
    zone = wishes.zone(session, company, customer.id)
    if kind is Class.SERVICE:
        at = quiet.told_at(company, now, zone)
        return Say() if at <= now else Hold(at, "they sleep")
    session.exec(select(Customer.id).where(Customer.id == customer.id).with_for_update(key_share=True)).one()
    case = _Case(session, company, customer.id, kind, now, plea, zone)
    verdict = case.verdict()
    case.keep(verdict)
    return verdict


def sent(
    session: Session, customer_id: int, kind: Class, now: datetime, *, about: str, key: str = ""
) -> None:
    """They are told it in this transaction; what is not counted is not kept."""
    if kind not in WAITS:
        return
    newest = session.exec(select(func.max(Message.id))).one() or 0
    session.add(Sent(customer_id=customer_id, kind=kind, about=about, at=now, after_id=newest))
    let_go(session, customer_id, key)
    session.flush()


def lately(session: Session, customer_id: int, since: datetime) -> list[Sent]:
    """What they were told unasked since a moment, the first first; also what a wrong clock dated later."""
    theirs = select(Sent).where(Sent.customer_id == customer_id, col(Sent.at) > since)
    return list(session.exec(theirs.order_by(col(Sent.at))))


def morning(session: Session, company: "Company", customer_id: int, day: date) -> datetime:
    """The moment of that morning at which a customer is told what can wait; each has their own."""
    zone = wishes.zone(session, company, customer_id)
    return _morning(company, customer_id, day, company.decency.care, zone)


def _morning(company: "Company", customer_id: int, day: date, hours: Hours, zone: ZoneInfo) -> datetime:
    # So that not everybody hears from us at once, and nobody at another time each day.
    rules = company.decency
    opens, until = (
        datetime.combine(day, clock, zone).astimezone(UTC)
        for clock in (max(rules.spread_from, hours.begins), rules.spread_until)
    )
    own = crc32(str(customer_id).encode()) % max(1, int((until - opens).total_seconds()))
    return opens + timedelta(seconds=own)


def brought_at(
    session: Session, company: "Company", customer_id: int, kind: Class, now: datetime
) -> datetime:
    """The first moment from `now` on at which a customer may be brought what was said before.

    An outage that ends at night wakes nobody. Whose visit is under way is up, and waits for news of it.
    """
    if kind is Class.EMERGENCY:
        return now
    zone = wishes.zone(session, company, customer_id)
    if kind is Class.SERVICE:
        at = quiet.told_at(company, now, zone)
        return now if at <= now or quiet.is_anybody_there(session, customer_id, now) else at
    rules, local = company.decency, now.astimezone(zone)
    hours = rules.care if kind is Class.CARE else rules.marketing
    alone = wishes.quiet_days(session, customer_id)
    if hours.begins <= local.time() < hours.ends and local.isoweekday() not in alone:
        return now
    day = local.date() if local.time() < hours.begins else local.date() + DAY
    wanted = (day + ahead * DAY for ahead in range(7))
    day = next((one for one in wanted if one.isoweekday() not in alone), day)
    return _morning(company, customer_id, day, hours, zone)


def let_go(session: Session, customer_id: int, key: str) -> None:
    """What was to be said is not: it keeps nothing else waiting any more."""
    if key:
        session.exec(delete(Held).where(col(Held.customer_id) == customer_id, col(Held.key) == key))


@dataclass(slots=True)
class _Case:
    """One message of care or marketing before the judge."""

    session: Session
    company: "Company"
    customer_id: int
    kind: Class
    now: datetime
    plea: Plea
    zone: ZoneInfo
    told: Sequence[Sent] = ()
    firmer: frozenset[date] = frozenset()
    """Days on which something is to be said that matters more."""
    pace: Pace = field(default=Pace.USUAL)
    alone: frozenset[int] = frozenset()
    """The weekdays on which they want to be left alone."""

    @property
    def hours(self) -> Hours:
        rules = self.company.decency
        return rules.care if self.kind is Class.CARE else rules.marketing

    def verdict(self) -> Verdict:
        """As `judge`, for what is counted."""
        avoid = wishes.refused(self.session, self.customer_id, self.kind)
        self.pace = wishes.pace(self.session, self.customer_id)
        if (why := self._refused(avoid)) is not None:
            return Drop(why)
        silent, why_silent = self._silence()
        if silent is None:
            return Drop(why_silent)
        self.told = lately(self.session, self.customer_id, self.now - MONTH - DAY)
        self.firmer = frozenset(self._firmer())
        self.alone = wishes.quiet_days(self.session, self.customer_id)
        at, why = self._first_moment(silent, why_silent)
        worth = self.plea.worth or timedelta(hours=self.hours.stale_hours)
        if at > (self.plea.since or self.now) + worth:
            return Drop(f"{why}, and later it is stale" if why else "it is stale")
        return Say(avoid) if at <= self.now else Hold(at, why)

    def keep(self, verdict: Verdict) -> None:
        """What is held keeps its place, so that what matters less gives way; what is dropped does not."""
        if not self.plea.key:
            return
        if isinstance(verdict, Hold):
            held = self.session.get(Held, (self.customer_id, self.plea.key)) or Held(
                customer_id=self.customer_id,
                key=self.plea.key,
                kind=self.kind,
                rank=self.plea.rank,
                until=verdict.until,
            )
            held.until = verdict.until
            self.session.add(held)
            self.session.flush()
        elif isinstance(verdict, Drop):
            let_go(self.session, self.customer_id, self.plea.key)

    def _refused(self, avoid: frozenset[str]) -> str | None:
        is_digest = self.plea.about == DIGEST
        if self.pace is Pace.DIGEST and not is_digest:
            return "they want one message a month that has all of it"
        if "" in avoid and not is_digest:
            return f"they want no {self.kind.value} messages"
        agreed = self.kind is not Class.MARKETING or consents.has(
            self.session, self.customer_id, Purpose.MARKETING
        )
        if not agreed:
            return "they have not agreed to be told of offers"
        chats = {one.channel for one in identities.of_customer(self.session, self.customer_id)}
        channels = chats | self.plea.besides
        if channels <= avoid:
            return "they have no chat left in which they want it"
        return None

    def _silence(self) -> tuple[datetime | None, str]:
        """Until when there is a reason to be silent, whatever the hour; None where nobody knows."""
        reasons: list[tuple[datetime | None, str]] = [(self.now, "")]
        if not self.plea.owed:
            reasons += self._complaints()
        if self.kind is Class.MARKETING:
            reasons += self._low_rating()
            reasons += self._ignored()
        if endless := next((why for until, why in reasons if until is None), None):
            return None, endless
        return max(reasons, key=lambda one: one[0] or self.now)

    def _complaints(self) -> Iterator[tuple[datetime | None, str]]:
        days = timedelta(days=self.company.decency.complaint_days)
        theirs = select(Complaint.status, Complaint.closed_at).where(
            Complaint.customer_id == self.customer_id
        )
        for status, closed_at in self.session.exec(theirs):
            if status is not ComplaintStatus.CLOSED or closed_at is None:
                yield None, "a complaint is open"
            elif closed_at + days > self.now:
                yield closed_at + days, "a complaint was open until lately"

    def _low_rating(self) -> Iterator[tuple[datetime | None, str]]:
        rules = self.company.decency
        days = timedelta(days=rules.low_days)
        given = (
            select(Rating.rated_at)
            .join(Visit, col(Visit.id) == col(Rating.visit_id))
            .where(Visit.customer_id == self.customer_id, Visit.starts_at > self.now - days - RATED_WITHIN)
            .where(col(Rating.stars) <= rules.low_stars)
        )
        for rated_at in self.session.exec(given):
            if rated_at is not None and rated_at + days > self.now:
                yield rated_at + days, "they were not content with a visit"

    def _ignored(self) -> Iterator[tuple[datetime | None, str]]:
        rules = self.company.decency
        offers = select(Sent).where(Sent.customer_id == self.customer_id, Sent.kind == Class.MARKETING)
        last = self.session.exec(offers.order_by(col(Sent.at).desc()).limit(rules.ignored_times)).all()
        over = timedelta(hours=rules.ignored_hours)
        if len(last) < rules.ignored_times or any(self.now < one.at + over for one in last):
            return
        until = last[0].at + timedelta(days=rules.pause_days)
        if until > self.now and not any(self._is_answered(one, one.at + over) for one in last):
            yield until, f"they did not react to the last {rules.ignored_times} offers"

    def _is_answered(self, one: Sent, until: datetime) -> bool:
        for chat in identities.of_customer(self.session, self.customer_id):
            first = (
                select(Message.created_at)
                .where(Message.channel == chat.channel, Message.account == chat.account)
                .where(Message.user == chat.user, col(Message.id) > one.after_id)
                .where(Message.direction == Direction.IN)
                .order_by(col(Message.id))
                .limit(1)
            )
            said_at = self.session.exec(first).first()
            if said_at is not None and said_at <= until:
                return True
        return False

    def _firmer(self) -> Iterator[date]:
        """On which days something waits to be said that matters more."""
        for one in self.session.exec(select(Held).where(Held.customer_id == self.customer_id)):
            above = one.rank > self.plea.rank if one.kind is self.kind else self.kind is Class.MARKETING
            if above and one.key != self.plea.key and one.until > self.now - DAY:
                yield self._day(one.until)

    def _first_moment(self, silent: datetime, why: str) -> tuple[datetime, str]:
        """When it may be said at the earliest, and what kept it until then."""
        earliest = max(self.now, silent)
        first = self._day(earliest)
        for day in (first + n * DAY for n in range(2 * MONTH.days)):
            if (full := self._full(day)) is not None:
                why = why or full
                continue
            opens, closes = self._at(day, self.hours.begins), self._at(day, self.hours.ends)
            if day == first and opens <= earliest < closes:
                return earliest, why
            if earliest < opens:
                at = _morning(self.company, self.customer_id, day, self.hours, self.zone)
                return at, why or "it is late, or early"
            why = why or "it is late, or early"
        return earliest + 2 * MONTH, why

    def _full(self, day: date) -> str | None:
        """Why nothing more may be said on a day; None where it may."""
        if day.isoweekday() in self.alone:
            return "they want to be left alone on that weekday"
        told = {Class.CARE: [], Class.MARKETING: []}  # type: dict[Class, list[date]]
        for one in self.told:
            told[one.kind].append(self._day(one.at))
        mine, all_of_it = told[self.kind], [*told[Class.CARE], *told[Class.MARKETING]]
        today = sum(one == day for one in (mine if self.kind is Class.CARE else all_of_it))
        if today >= self.hours.per_day:
            return "enough was said that day"
        if day in self.firmer:
            return "something that matters more is said that day"
        if _within(mine, day, WEEK) >= self.hours.per_week:
            return "enough was said in seven days"
        if _within(mine, day, MONTH) >= self.hours.per_month:
            return "enough was said in thirty days"
        fewer = self.company.decency.fewer_per_month
        if self.pace is not Pace.USUAL and _within(all_of_it, day, MONTH) >= fewer:
            return "they want fewer messages"
        return None

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def _within(days: Sequence[date], day: date, span: timedelta) -> int:
    """How many of the days lie in the span that ends with `day`, or after it."""
    return sum(one > day - span for one in days)
