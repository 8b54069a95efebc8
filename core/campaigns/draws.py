"""Draws: who takes part, and who wins by a seed that everybody may read, so that anybody can draw again."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import reminders
from core.campaigns import files, running
from core.campaigns.tables import ENTERED, Campaign, EntriesOpen, Kind, NotNow, Part, Target

if TYPE_CHECKING:
    from core.company import Company

WON = "campaign-won"
"""The reminder to tell a winner; its subject is their part's number."""


def mark(seed: str, number: int) -> str:
    """The SHA-256, in hexadecimal digits, of the seed, a colon and a customer's number, in UTF-8."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def order(seed: str, numbers: Iterable[int]) -> list[int]:
    """Everybody in the order they win: by their marks, as text, the smallest first."""
    return sorted(numbers, key=lambda one: mark(seed, one))


def enter(session: Session, campaign: Campaign, customer_id: int, now: datetime) -> Target:
    """Somebody who was told takes part; again changes nothing.

    Raises NotNow where it is no draw of theirs, or is over.
    """
    mine = select(Target).where(Target.campaign_id == campaign.id, Target.customer_id == customer_id)
    target = session.exec(mine.with_for_update()).one_or_none()
    if campaign.kind is not Kind.DRAW or target is None or target.state is not Part.SENT:
        raise NotNow(state="not-theirs")
    if target.entered_at is not None:
        return target
    if campaign.ends_at <= now or campaign.drawn_at is not None:
        raise NotNow(state="over")
    target.entered_at = now
    session.add(target)
    session.flush()
    return target


def entrants(session: Session, campaign: Campaign) -> list[Target]:
    """Everybody who takes part, in the order they were planned."""
    theirs = select(Target).where(Target.campaign_id == campaign.id, ENTERED)
    return list(session.exec(theirs.order_by(col(Target.id))))


def winners(session: Session, campaign: Campaign) -> list[Target]:
    """Who won, the first prize first."""
    won = [one for one in entrants(session, campaign) if one.won is not None]
    return sorted(won, key=lambda one: one.won or 0)


def draw(session: Session, company: "Company", campaign: Campaign, now: datetime) -> list[Target]:
    """Draw the winners, give each their prize and have them told; drawn again it is the same winners.

    `campaign` must be locked. Raises NotNow for what is no draw, EntriesOpen before its last day is over.
    """
    plan = files.of(campaign)
    if plan.kind is not Kind.DRAW or plan.seed is None or plan.winners is None:
        raise NotNow(state="no draw")
    if campaign.drawn_at is not None:
        return winners(session, campaign)
    if now < campaign.ends_at:
        raise EntriesOpen(until=campaign.ends_at)
    there = {one.customer_id: one for one in entrants(session, campaign)}
    drawn = [there[number] for number in order(plan.seed, there)[: plan.winners]]
    for place, target in enumerate(drawn, 1):
        target.won = place
        session.add(target)
        running.give(session, company, campaign, target.customer_id, now, wanted=True)
        key = f"{WON}:{target.id}"
        reminders.schedule(session, WON, str(target.id), now, dedupe_key=key)
    campaign.drawn_at, campaign.spent = now, campaign.spent + len(drawn) * plan.worth(company)
    session.add(campaign)
    session.flush()
    return drawn
