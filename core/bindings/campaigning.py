"""What becomes of two customers' parts in campaigns when the two are one."""

from datetime import datetime

from sqlmodel import col, select

from core.bindings.changes import Ledger
from core.campaigns.tables import Part, Target


def join(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    """The given customer's parts go over; of two in one campaign both stay, and one at most is told."""
    session = ledger.session
    ours = {one.campaign_id: one for one in session.exec(select(Target).where(Target.customer_id == kept_id))}
    theirs = select(Target).where(Target.customer_id == given_id).order_by(col(Target.id))
    for one in session.exec(theirs).all():
        other = ours.get(one.campaign_id)
        if other is None:
            ledger.change("campaign_target", one, customer_id=kept_id)
            continue
        waiting = other if one.state is not Part.WAITING else one
        if waiting.state is Part.WAITING:
            dropped = {
                "state": Part.DROPPED,
                "settled_at": now,
                "why": "one with somebody it was for as well",
            }
            ledger.change("campaign_target", waiting, **dropped)
