"""Whom a campaign is for: conditions as SQL, looked for a stretch of customers at a time."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, text
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.campaigns.files import Audience, Plan
from core.consents import Consent, Purpose
from core.customers import Address, Customer, HomeProfile
from core.facts import Fact
from core.identities import Identity
from core.lifecycle import Lifecycle
from core.members import birthdays
from core.members.tables import Membership, PointEntry
from core.visits import Status, Visit

STRETCH = 1_000
"""So many customers are looked at by one statement."""
SAMPLE = 400
"""So many of those it fits are looked at one by one for a preview."""

Theirs = Callable[[Mapped[int] | Mapped[int | None]], ColumnElement[bool]]


@dataclass
class Found:
    """How many a campaign would be for."""

    looked_at: int = 0
    fits: int = 0
    """Everybody whom the conditions fit..."""
    agreed: int = 0
    """... and those of them who agreed to be told of offers."""
    sample: list[int] = field(default_factory=list)
    """Some of those, by number, chosen so that every choice is as likely."""


def next_stretch(session: Session, after: int, most: int = STRETCH) -> int | None:
    """The number of the last customer of the next stretch; None where there is nobody any more."""
    some = select(col(Customer.id)).where(col(Customer.id) > after).order_by(col(Customer.id)).limit(most)
    last: int | None = session.exec(select(func.max(some.subquery().c.id))).one()
    return last


def within(
    session: Session, plan: Plan, after: int, upto: int, now: datetime, limit: int = STRETCH
) -> list[int]:
    """Whom it is for among the customers after one number and up to another, by rising number."""
    fitting = _fitting(plan, after, upto, now).where(_agreed(_rows_of(after, upto)))
    return _born(session, plan, fitting, limit)


def count(session: Session, plan: Plan, now: datetime) -> Found:
    """Look at all customers, a stretch at a time; nothing is changed."""
    found, after = Found(), 0
    drawn: list[tuple[str, int]] = []
    while (upto := next_stretch(session, after)) is not None:
        fits = len(_born(session, plan, _fitting(plan, after, upto, now), STRETCH))
        theirs = within(session, plan, after, upto, now)
        everybody = select(func.count()).where(col(Customer.id) > after, col(Customer.id) <= upto)
        found.looked_at += session.exec(everybody).one()
        found.fits += fits
        found.agreed += len(theirs)
        drawn += [(hashlib.sha256(f"{plan.name}:{one}".encode()).hexdigest(), one) for one in theirs]
        drawn = sorted(drawn)[:SAMPLE]
        after = upto
    found.sample = sorted(one for _, one in drawn)
    return found


def is_held_out(plan: Plan, customer_id: int) -> bool:
    """Whether somebody belongs to those who are not told; the same whenever it is asked."""
    digest = hashlib.sha256(f"hold-out:{plan.name}:{customer_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100 < plan.hold_out


def _fitting(plan: Plan, after: int, upto: int, now: datetime) -> SelectOfScalar[int | None]:
    customers = select(col(Customer.id)).where(col(Customer.id) > after, col(Customer.id) <= upto)
    theirs = _rows_of(after, upto)
    conditions = [*_of_themselves(plan.audience, theirs), *_of_visits(plan.audience, theirs, now)]
    if plan.points is not None and not plan.audience.tiers:  # only members have points
        conditions.append(exists().where(theirs(col(Membership.customer_id))))
    return customers.where(col(Customer.given_up_at).is_(None), *conditions)


def _born(session: Session, plan: Plan, fitting: SelectOfScalar[int | None], limit: int) -> list[int]:
    """Of the fitting ones of a stretch, by rising number, those born in the months that are wanted.

    Birthdays are kept sealed, so no statement can look for them.
    """
    months = set(plan.audience.birthday_months)
    some = fitting.order_by(col(Customer.id)).limit(STRETCH if months else limit)
    found = [one for one in session.exec(some) if one is not None]
    if not months:
        return found
    born = birthdays.told_by(session, found)
    return [one for one in found if one in born and born[one].month in months][:limit]


def _rows_of(after: int, upto: int) -> Theirs:
    """What tells a customer's rows from others'. Says the stretch as well, so that a database which looks for
    everybody's rows at once reads those of the stretch alone."""
    return lambda whose: and_(whose == Customer.id, whose > after, whose <= upto)


def _agreed(theirs: Theirs) -> ColumnElement[bool]:
    standing = (
        col(Consent.purpose) == Purpose.MARKETING,
        col(Consent.subject) == "",
        text("consent.withdrawn_at IS NULL"),
    )
    return exists().where(theirs(col(Consent.customer_id)), *standing)


def _of_themselves(of: Audience, theirs: Theirs) -> Iterator[ColumnElement[bool]]:
    if of.languages:
        yield col(Customer.language).in_(of.languages)
    if of.tiers:
        yield exists().where(theirs(col(Membership.customer_id)), col(Membership.tier).in_(of.tiers))
    if of.stages or of.segments:
        stands = [col(Lifecycle.stage).in_(of.stages)] if of.stages else []
        stands += [col(Lifecycle.segment).in_(of.segments)] if of.segments else []
        yield exists().where(theirs(col(Lifecycle.customer_id)), *stands)
    if of.areas:
        here = (col(Address.retired_at).is_(None), col(Address.area_code).in_(of.areas))
        yield exists().where(theirs(col(Address.customer_id)), *here)
    if of.channels:
        open_still = (col(Identity.unreachable_at).is_(None), col(Identity.channel).in_(of.channels))
        yield exists().where(theirs(col(Identity.customer_id)), *open_still)
    if of.points_from is not None:
        has = select(func.coalesce(func.sum(PointEntry.points), 0)).where(theirs(col(PointEntry.customer_id)))
        yield has.scalar_subquery() >= of.points_from
    for name in ("pets", "elderly", "infants"):
        if (wanted := getattr(of, name)) is not None:
            told = exists().where(theirs(col(HomeProfile.customer_id)), getattr(HomeProfile, name).is_(True))
            yield told if wanted else ~told
    if of.events:
        lately = (col(Fact.what).in_(of.events), text("fact.ended_at IS NULL"))
        yield exists().where(theirs(col(Fact.customer_id)), *lately)


def _of_visits(of: Audience, theirs: Theirs, now: datetime) -> Iterator[ColumnElement[bool]]:
    finished: ColumnElement[str] = literal_column(f"'{Status.FINISHED.value}'")
    done = (theirs(col(Visit.customer_id)), col(Visit.status) == finished)
    if of.had:
        yield exists().where(*done, col(Visit.service_code).in_(of.had))
    if of.never_had:
        yield ~exists().where(*done, col(Visit.service_code).in_(of.never_had))
    if of.never_visited:
        yield ~exists().where(theirs(col(Visit.customer_id)))
    if of.visits_from is not None:
        many = select(func.count()).where(*done)
        yield many.scalar_subquery() >= of.visits_from
    if of.last_visit_before_days is not None:
        # Who has a visit ahead is coming back already.
        since = now - timedelta(days=of.last_visit_before_days)
        gone = {Status.CANCELLED, Status.DECLINED, Status.LAPSED, Status.MISSED, Status.NO_ACCESS}
        there = col(Visit.status).not_in([literal_column(f"'{one.value}'") for one in Status if one in gone])
        yield exists().where(*done)
        yield ~exists().where(theirs(col(Visit.customer_id)), col(Visit.starts_at) > since, there)
