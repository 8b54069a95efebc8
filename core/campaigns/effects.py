"""What a campaign changed: visits of those it was for, against those who were held out by chance."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.campaigns import files
from core.campaigns.running import KIND
from core.campaigns.tables import Campaign, Part, Target
from core.coupons import Coupon
from core.coupons import State as CouponState
from core.visits import Status, Visit

COUNTS_NOT = frozenset({Status.CANCELLED, Status.DECLINED, Status.LAPSED, Status.MISSED, Status.NO_ACCESS})
"""Visits that came to nothing."""
AT_ONCE = 500
"""So many people are counted at a time."""
SURE = 1.96
"""So many standard deviations away from nothing is no chance any more, at 95 percent."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who were treated alike."""

    people: int
    visits: int
    """What they placed within the days that count, and did not come to nothing."""
    spent: int
    """What those visits cost, in fen."""

    @property
    def each(self) -> float:
        """Visits for each person."""
        return self.visits / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """The visits of those it was for and of those who were held out, over the same days of each."""

    chosen: Group
    """Everybody it was for but the held out, told or not: who cannot be told is in both groups."""
    held_out: Group
    until: datetime | None
    """Until when visits of the last of them count; before that it is not final."""

    @property
    def extra(self) -> float | None:
        """Visits there would not have been without it; None where nobody was held out."""
        if not self.held_out.people or not self.chosen.people:
            return None
        return self.chosen.visits - self.held_out.each * self.chosen.people

    @property
    def give_or_take(self) -> float:
        """How far off that may be by chance, at 95 percent; visits are taken as rare and apart."""
        if not self.held_out.people:
            return 0.0
        scale = self.chosen.people / self.held_out.people
        return SURE * sqrt(self.chosen.visits + max(1, self.held_out.visits) * scale**2)


def parts(session: Session, campaign: Campaign) -> Mapping[Part, int]:
    """How many people there are of each part."""
    grouped = select(Target.state, func.count()).where(Target.campaign_id == campaign.id)
    return {Part(state): count for state, count in session.exec(grouped.group_by(col(Target.state)))}


def dropped(session: Session, campaign: Campaign) -> Counter[str]:
    """Why how many were not told."""
    why = select(Target.why, func.count()).where(Target.campaign_id == campaign.id)
    found = session.exec(why.where(Target.state == Part.DROPPED).group_by(col(Target.why))).all()
    return Counter({reason or "unknown": count for reason, count in found})


def channels(session: Session, campaign: Campaign) -> Mapping[str, int]:
    """How many were told where."""
    where = select(Target.channel, func.count()).where(Target.campaign_id == campaign.id)
    found = session.exec(where.where(Target.state == Part.SENT).group_by(col(Target.channel))).all()
    return {channel or "": count for channel, count in found}


def redeemed(session: Session, campaign: Campaign) -> Mapping[CouponState, int]:
    """How many of its coupons stand how."""
    # By the beginning of the key, written as a range so that its index serves.
    first, after = f"{KIND}:{campaign.id}:", f"{KIND}:{campaign.id};"
    given = select(Coupon.state, func.count()).where(col(Coupon.key) >= first, col(Coupon.key) < after)
    return {CouponState(state): count for state, count in session.exec(given.group_by(col(Coupon.state)))}


def of(session: Session, campaign: Campaign) -> Effect:
    """The visits of both groups, placed within so many days after each of them was planned."""
    days = timedelta(days=files.of(campaign).measure_days)
    groups = {True: [0, 0, 0], False: [0, 0, 0]}
    for apart, stretch in _stretches(session, campaign):
        here = groups[apart]
        here[0] += len(stretch)
        for visit in _placed(session, stretch):
            if stretch[visit.customer_id] <= visit.placed_at < stretch[visit.customer_id] + days:
                here[1] += 1
                here[2] += visit.total
    last = select(func.max(Target.planned_at)).where(Target.campaign_id == campaign.id)
    planned = session.exec(last).one()
    return Effect(Group(*groups[False]), Group(*groups[True]), planned + days if planned else None)


def _stretches(session: Session, campaign: Campaign) -> Iterator[tuple[bool, dict[int, datetime]]]:
    """Since when each customer has a part, some at a time; those held out apart from the others."""
    after = 0
    while True:
        some = (
            select(Target)
            .where(Target.campaign_id == campaign.id, col(Target.customer_id) > after)
            .order_by(col(Target.customer_id))
            .limit(AT_ONCE)
        )
        found = session.exec(some).all()
        for apart in (True, False):
            yield (
                apart,
                {one.customer_id: one.planned_at for one in found if (one.state is Part.HELD_OUT) is apart},
            )
        if len(found) < AT_ONCE:
            return
        after = found[-1].customer_id


def _placed(session: Session, people: Mapping[int, datetime]) -> list[Visit]:
    if not people:
        return []
    theirs = select(Visit).where(col(Visit.customer_id).in_(list(people)))
    return [one for one in session.exec(theirs) if one.status not in COUNTS_NOT]
