"""A customer rates a visit: stars by one tap, then what was good or bad, then words, a recording, a photo."""

from typing import Any

from bot import cards, rating, rating_recovery, referring, words
from bot.flow import Flow, Option, Options, Reader, Reference, Turn, ask, one_of, several_of, work_out
from bot.messages import Choice, Content, Outbound, Photo, Text, Voice
from bot.readers import stars as readers
from bot.verdicts import Leave, Retry
from core import ratings, visits
from core.errors import DomainError
from core.members import earning
from core.ratings import HIGH, LOW, MOST
from core.visits import Visit

LONGEST = 500


def _open(turn: Turn) -> list[Visit]:
    """What may be rated now: first what was not rated yet."""

    def find() -> list[Visit]:
        found = ratings.open_of(turn.session, turn.company, turn.customer_id, turn.now)
        return sorted(found, key=lambda one: _stars(turn, one) is not None)

    return turn.once(("to rate", turn.customer_id), find)


def _stars(turn: Turn, visit: Visit) -> int | None:
    known = ratings.of(turn.session, visit)
    return known.stars if known is not None else None


def visits_to_rate(turn: Turn) -> Options[Reference]:
    """The visits of the last days, each with what was said of it; raises `Leave` without any."""
    if not _open(turn):
        raise _nothing(turn)
    return [Option(Reference(one.reference), _line(turn, one), (one.reference,)) for one in _open(turn)]


def _nothing(turn: Turn) -> Leave:
    """Why there is nothing to rate: their last visit was changed before, or there was none lately."""
    last = visits.usual(turn.session, turn.customer_id)
    if last is not None:
        try:
            ratings.may_rate(turn.company, last, ratings.of(turn.session, last), turn.now)
        except ratings.NotToRate as no:
            return Leave(no.key, **no.args_)
    return Leave("rating-nothing", days=turn.company.policies.rating_days)


def _line(turn: Turn, visit: Visit) -> str:
    stars, line = _stars(turn, visit), cards.visit_line(turn, visit)
    if stars is None:
        return line
    return turn.text("rating-option", visit=line, stars=turn.text("rating-stars", stars=stars))


def the_one(turn: Turn) -> Reference | None:
    """The only one that is not rated yet; of rated ones the latest, where they want to change it."""
    found = _open(turn)
    new = [one for one in found if _stars(turn, one) is None]
    body = turn.content.body if isinstance(turn.content, Text) else ""
    meant = [one for one in found if one not in new] if words.stands_in(body, "verbs", "change") else new
    if len(meant or found) == 1 or (meant and meant is not new):
        return Reference((meant or found)[0].reference)
    return None


def given(turn: Turn, visit: Reference) -> int:
    """The stars they gave before; 0 for none."""
    return _stars(turn, cards.visit_of(turn, visit)) or 0


def scale(turn: Turn) -> Options[int]:
    """One to five; the number of an option is its stars."""
    return [Option(n, turn.text("rating-stars", stars=n)) for n in range(1, MOST + 1)]


def _read_stars(_turn: Turn, content: Content) -> int | None:
    body = content.body if isinstance(content, Text) else ""
    if readers.is_beyond(body):
        raise Retry("rating-beyond")
    return readers.read(body)


a_score: Reader[int] = Reader(
    _read_stars,
    lambda _turn, text: readers.read(text),
    worded=lambda turn, stars: turn.text("rating-stars", stars=stars),
)


def keep(turn: Turn, visit: Reference, stars: int) -> str:
    """Keep the stars at once, as most people say no more; what is promised because of them."""
    try:
        return rating_recovery.keep(turn, cards.visit_of(turn, visit), stars)
    except DomainError as no:
        raise Leave(no.key, **no.args_) from no


def points(turn: Turn, stars: int) -> Options[str]:
    """What may have been good, or bad."""
    return [Option(one, rating.point(turn, stars, one)) for one in rating.points(stars)]


def _read_remark(_turn: Turn, content: Content) -> tuple[str, str] | None:
    match content:
        case Text(body) if body.strip() and words.whole(body, "intents") is None:
            said = body.strip(), ""
        case Photo(media, caption):
            said = caption.strip(), media
        case Voice(media):
            said = "", media
        case _:
            return None
    if len(said[0]) > LONGEST:
        raise Retry("error-too-long", most=LONGEST, length=len(said[0]))
    return said


def _spot_remark(turn: Turn, text: str) -> tuple[str, str] | None:
    """Words besides the stars, in the message that brought those or in place of something to choose."""
    besides = text.casefold()
    for stars in (LOW, HIGH):
        for one in rating.points(stars):
            besides = besides.replace(rating.point(turn, stars, one).casefold(), " ")
    return _read_remark(turn, Text(text)) if readers.says_more(besides) else None


a_remark: Reader[tuple[str, str]] = Reader(_read_remark, _spot_remark, whole=True, voice=True)
"""Words, and the id of a recording or a photo."""


class Rating(Flow):
    """Which visit, how many stars, what was good or bad, and anything else."""

    in_passing = True

    visit: Reference = ask(one_of(visits_to_rate), known=the_one)
    before: int = work_out(given)
    stars: int = ask(one_of(scale, other=a_score))
    promised: str = work_out(keep)
    what: tuple[str, ...] = ask(several_of(points))
    remark: tuple[str, str] | None = ask(a_remark, skippable=True)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit and the stars of a button. Raises `Leave` where they may not be given any more."""
        reference, _, said = argument.partition(":")
        if not reference:
            return {}
        try:
            visit = cards.visit_of(turn, reference)
            ratings.may_rate(turn.company, visit, ratings.of(turn.session, visit), turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        if not said.isdecimal():
            return {"visit": visit.reference}
        if _stars(turn, visit) == int(said):
            raise Leave("rating-same", stars=int(said))
        return {"visit": visit.reference, "stars": int(said)}

    def done(self, turn: Turn) -> list[Outbound]:
        """Pass on what was said, and thank them."""
        visit, (said, media) = cards.visit_of(turn, self.visit), self.remark or ("", "")
        turn.about = self.visit
        rating_recovery.describe(turn, visit, self.what, said, [media] if media else [])
        refers: list[Choice] = []
        lines = [turn.text("rating-done", stars=self.stars, more="yes" if self.what or said else "no")]
        if said and (got := earning.rated(turn.session, turn.company, visit, turn.now)):
            lines.append(turn.text("member-rated", points=got))
        if self.stars == MOST and ratings.is_to_refer(turn.session, turn.company, visit, turn.now):
            found = ratings.of(turn.session, visit)
            assert found is not None
            found.referred_at = turn.now
            lines.append(turn.text("rating-refer"))
            lines.append(turn.text("rating-refer-how", **referring.benefit(turn)))
            refers = [cards.go(turn, "referral")]
        more = cards.go(turn, "booking", "again", "go-booking-again")
        choices = (*refers, more) if self.stars >= HIGH else (cards.go(turn, "person"),)
        return [Outbound("\n".join(lines), choices)]
