"""What the demo company's customers said of their visits: mostly pleased, seldom not, and not all of them."""

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import praise, ratings, scores
from core.ratings import HIGH, MOST, Dimension, Rating, Tag
from core.visits import Status, Visit
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company

ANSWERS = 0.7
"""So many of those who are asked say something."""
SPREAD = 0.5
"""How far single opinions lie from what a worker is known for, in stars."""
WAITS = timedelta(hours=2)
THANKS = (
    "谢谢，厨房油污都没了，灶台能照人。",
    "阿姨准时，话不多，做事细。",
    "这次比上次还干净，辛苦了！",
    "孩子的玩具都帮我归好了，谢谢。",
)
FAULTS = ("阳台角落没扫到。", "晚了二十分钟，也没先说一声。")


def rate(session: Session, company: "Company", chance: random.Random, now: datetime) -> None:
    """Let customers rate what was finished within the last weeks, and put down the workers' scores."""
    finished = select(Visit).where(Visit.status == Status.FINISHED).order_by(col(Visit.id))
    for visit in session.exec(finished).all():
        said_at = (visit.closed_at or visit.ends_at) + WAITS
        if said_at < now and chance.random() < ANSWERS:
            worker = session.get_one(Worker, ratings.lead_of(session, visit))
            stars = round(min(MOST, max(1.0, chance.gauss(worker.rating or HIGH, SPREAD))))
            _say(session, company, visit, stars, chance, said_at)
    rated = session.exec(select(Rating.worker_id).distinct().order_by(col(Rating.worker_id))).all()
    for worker_id in rated:
        scores.renew(session, company, worker_id, now)


def _say(
    session: Session, company: "Company", visit: Visit, stars: int, chance: random.Random, now: datetime
) -> None:
    ratings.asked(session, visit, now)
    ratings.rate(session, company, visit, stars, now)
    found = session.get_one(Rating, visit.id)
    what = [Dimension.QUALITY, Tag.CAREFUL] if stars >= HIGH else [Dimension.PUNCTUAL]
    words = chance.choice(THANKS if stars >= HIGH else FAULTS) if chance.random() < ANSWERS else ""
    ratings.describe(session, found, what=what, words=words)
    if words and stars == MOST:
        praise.keep(session, visit.id or 0, found.worker_id, words, now)
