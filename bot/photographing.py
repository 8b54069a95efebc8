"""A photo that a worker takes at a visit: kept only where its customer agreed, else deleted at once."""

from bot import attending
from bot.flow import Turn
from bot.messages import Outbound, Photo
from bot.state import State
from core import checklists, media, photos
from core.identities import Role
from core.visits import Visit

PROVES = {("reporting", "photo"), ("arriving", "proof"), ("stating", "photo")}
"""The questions whose photos prove damage, or being at the door; they need nobody's consent."""


def place(standing: State, turn: Turn) -> tuple[str, str | None] | None:
    """The step and the visit that a worker's photo belongs to; None for everything else that is sent."""
    if turn.role is not Role.WORKER or not isinstance(turn.content, Photo):
        return None
    form = standing.form
    if form is not None and (form.flow, form.asking) in PROVES:
        return None
    visit = attending.at_work(turn)
    if visit is None:
        return None
    if not photos.is_allowed(turn.session, visit):
        return media.REFUSED, None
    done = checklists.is_half_done(checklists.items(turn.session, turn.company, visit))
    return photos.AFTER if done else photos.BEFORE, visit.reference


def answer(standing: State, turn: Turn) -> Outbound | None:
    """What the worker is told of their photo; None where it was not one of a visit."""
    found, visit = place(standing, turn), attending.at_work(turn) if turn.role is Role.WORKER else None
    return _told(turn, visit, found[0]) if found and visit else None


def _told(turn: Turn, visit: Visit, step: str) -> Outbound:
    """What became of a photo that a worker took."""
    if step == media.REFUSED:
        return turn.say("photos-not-kept")
    count = len(photos.of_visit(turn.session, visit, turn.now))
    key = "photos-filed-before" if step == photos.BEFORE else "photos-filed-after"
    return turn.say(key, count=count, days=turn.company.policies.media_days)
