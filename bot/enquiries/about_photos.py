"""Photos of a home: whether its customer allows them, how many there are, and until when they are kept."""

from bot import agreeing, attending, cards
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import consents, photos, visits
from core.checklists import UNDER_WAY
from core.consents import Purpose
from core.visits import Status, Visit


def choices(turn: Turn, visit: Visit) -> list[Choice]:
    """The two answers to "may we take photos?", to be put below the news that work begins."""
    return [cards.go(turn, name, visit.reference) for name in ("allowphotos", "nophotos")]


def allow(turn: Turn, reference: str) -> list[Outbound]:
    """They agree, for this visit."""
    visit = _meant(turn, reference)
    if visit is None:
        return [turn.say("photos-no-visit", choices=[cards.go(turn, "visits")])]
    if visit.status not in visits.LIVE:
        return [turn.say("photos-visit-over", choices=[cards.go(turn, "visits")])]
    new = photos.allow(turn.session, visit, turn.now)
    agreeing.agree(turn, Purpose.PHOTOS, visit.reference)
    if new and visit.status in UNDER_WAY:
        attending.crew(turn, visit, lambda their: their.say("told-photos-allowed"))
    back = [cards.go(turn, "photos", visit.reference), cards.go(turn, "nophotos", visit.reference)]
    return [turn.say("photos-allowed", days=turn.company.policies.media_days, choices=back)]


def refuse(turn: Turn, reference: str) -> list[Outbound]:
    """They do not agree, or not any more: what was taken is deleted."""
    visit = _meant(turn, reference)
    if visit is None:
        return [turn.say("photos-no-visit", choices=[cards.go(turn, "visits")])]
    before = photos.is_allowed(turn.session, visit)
    deleted = photos.refuse(turn.session, visit, turn.now)
    photos_for = visit.reference
    consents.withdraw(turn.session, turn.customer_id, Purpose.PHOTOS, subject=photos_for, now=turn.now)
    if before and visit.status in UNDER_WAY:
        attending.crew(turn, visit, lambda their: their.say("told-photos-refused"))
    key = "photos-taken-back" if deleted else "photos-refused"
    return [turn.say(key, count=deleted, choices=[cards.go(turn, "progress", visit.reference)])]


def kept(turn: Turn, reference: str) -> list[Outbound]:
    """How many photos there are of a visit, and until when they are kept."""
    visit = _meant(turn, reference)
    if visit is None:
        return [turn.say("photos-no-visit", choices=[cards.go(turn, "visits")])]
    found = photos.of_visit(turn.session, visit, turn.now)
    if not found:
        allowed = photos.is_allowed(turn.session, visit)
        key = "photos-none-yet" if allowed else "photos-none-allowed"
        return [turn.say(key, choices=[] if visit.status not in visits.LIVE else choices(turn, visit))]
    before = sum(one.step == photos.BEFORE for one in found)
    until = min(one.expires_at for one in found).astimezone(turn.company.zone).date()
    back = [cards.go(turn, "nophotos", visit.reference, "go-nophotos-back")]
    return [
        turn.say(
            "photos-kept",
            count=len(found),
            before=before,
            after=len(found) - before,
            until=until,
            choices=back,
        )
    ]


def _meant(turn: Turn, reference: str) -> Visit | None:
    """Their visit of that reference; else the one under way or next, else the last one that took place."""
    if reference:
        return cards.visit_of(turn, reference)
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    under_way = [one for one in ahead if one.status in UNDER_WAY]
    over = [one for one in visits.recent(turn.session, turn.customer_id, 1) if one.status is Status.FINISHED]
    return next(iter([*under_way, *over, *ahead]), None)
