"""A complaint in at most four questions: which visit, what happened, proof, and what they wish."""

from datetime import datetime
from typing import Any, cast

from bot import cards, codes, grievances, words
from bot.flow import Flow, Option, Options, Reader, Reference, Turn, ask, one_of, work_out
from bot.messages import Content, Outbound, Photo, Tap, Text, Voice
from bot.readers import complaints as reading
from bot.readers import typed
from bot.verdicts import Retry
from core import media, visits
from core.complaints import Kind, RemedyKind, Source

LONGEST = 1_500
NONE = Reference("")
"""About no visit."""
OFFERED = (Kind.QUALITY, Kind.LATE, Kind.DAMAGE, Kind.ATTITUDE)
"""What gets a button; everything else is read from words."""
WISHES = (RemedyKind.REDO, RemedyKind.REFUND, RemedyKind.REPLACE, RemedyKind.APOLOGY)
SEEN = frozenset(
    {Kind.DAMAGE, Kind.QUALITY, Kind.MISSED, Kind.FLAW, Kind.LEAK, Kind.OVERCHARGED, Kind.THEFT, Kind.OTHER}
)
"""What a picture can show."""
_TELLING = {True: 12, False: 8}
"""So many Chinese characters, or else words, tell what happened, even where we cannot say what kind it is."""


def moment(turn: Turn) -> datetime:
    """When it began: what is sent from then on belongs to it."""
    return turn.now


def entered(turn: Turn) -> Source:
    """By a button, or in words."""
    return Source.BUTTON if isinstance(turn.content, Tap) else Source.WORDS


def recent_visits(turn: Turn) -> Options[Reference]:
    """Their latest visits, and none of them."""
    found = [
        Option(Reference(one.reference), cards.visit_line(turn, one), (one.reference,))
        for one in grievances.candidates(turn)
    ]
    none = turn.text("complaining-visit-none")
    return [*found, Option(NONE, none, tuple(sorted(words.phrases("complaint", "unrelated"))))]


def has_visits(turn: Turn) -> bool:
    """Whether there is a visit that it may be about."""
    return bool(grievances.candidates(turn))


def only_recent(turn: Turn) -> Reference | None:
    """The visit that must be meant."""
    found = grievances.candidates(turn)
    return Reference(found[0].reference) if len(found) == 1 else None


def is_own(turn: Turn, visit: Reference) -> None:
    """Raise `Retry` for a visit of somebody else's."""
    if not visit:
        return
    try:
        visits.of_customer(turn.session, turn.customer_id, visit)
    except visits.UnknownVisit as no:
        raise Retry("complaining-visit-unknown", phone=turn.house_phone) from no


def _spot_visit(turn: Turn, text: str) -> Reference | None:
    """The visit that is named by its reference, day or service."""
    try:
        found = grievances.by_code(turn, text, turn.customer_id)
    except visits.UnknownVisit as no:
        raise Retry("complaining-visit-unknown", phone=turn.house_phone) from no
    found = found or grievances.meant(turn, text, grievances.candidates(turn))
    return Reference(found.reference) if found else None


def _read_visit(turn: Turn, content: Content) -> Reference | None:
    if not isinstance(content, Text):
        return None
    if words.whole(content.body, "complaint", {"unrelated"}):
        return NONE
    return _spot_visit(turn, content.body)


def _worded_visit(turn: Turn, reference: str) -> str:
    if not reference:
        return turn.text("complaining-visit-none")
    return cards.visit_line(turn, cards.visit_of(turn, reference))


a_visit: Reader[Reference] = Reader(_read_visit, _spot_visit, whole=True, worded=_worded_visit)


def kinds(turn: Turn) -> Options[str]:
    """What it mostly is."""
    return [Option(kind.value, turn.text(f"complaining-kind-{kind.value}")) for kind in OFFERED]


def _read_what(_turn: Turn, content: Content) -> str | None:
    match content:
        case Text(body) | Photo(_, body) if body.strip():
            said = body.strip()
        case _:
            return None
    if len(said) > LONGEST:
        raise Retry("error-too-long", most=LONGEST, length=len(said))
    return said


def _spot_what(_turn: Turn, text: str) -> str | None:
    """What happened, where the message tells more than that they complain."""
    said = reading.beyond(text)[:LONGEST]
    counted = len(said) if typed.is_han(said) else len(said.split())
    return said if said and (reading.kind(said) or counted >= _TELLING[typed.is_han(said)]) else None


def _worded_what(turn: Turn, said: str) -> str:
    if said in set(Kind):
        return turn.text(f"complaint-kind-{said.replace('_', '-')}")
    return turn.text("complaint-quoted", words=said)


what_happened: Reader[str] = Reader(_read_what, _spot_what, whole=True, worded=_worded_what)


def helps(turn: Turn, what: str | None) -> bool:
    """Whether anything can be shown, or is yet to be told; not where they would rather not say."""
    if what is None:
        return False
    return what in set(Kind) or grievances.kind_of(turn, [what], None) in SEEN


def _read_more(_turn: Turn, content: Content) -> str | None:
    match content:
        case Photo(id) | Voice(id):
            return id
    return _read_what(_turn, content)


more_of_it = cast(Reader[tuple[str, ...]], Reader(_read_more, gathers=True, whole=True))
"""Pictures, and more words, one after the other."""


def wishes(turn: Turn) -> Options[str]:
    """What may be done about it."""
    shown = [Option(one.value, turn.text(f"wish-{one.value}")) for one in WISHES]
    return [*shown, Option(reading.TOLD, turn.text("wish-told"))]


def _read_wish(turn: Turn, content: Content) -> str | None:
    said = _read_what(turn, content)
    return None if said is None else reading.wish(said) or said


def _spot_wish(_turn: Turn, text: str) -> str | None:
    return reading.wish(text)


in_own_words: Reader[str] = Reader(_read_wish, _spot_wish, whole=True, worded=codes.wish)


class Complaining(Flow):
    """Which visit, what happened, what shows it, and what they wish; what is known is not asked."""

    urgent = True

    begun: datetime = work_out(moment)
    source: Source = work_out(entered)
    visit: Reference | None = ask(
        one_of(recent_visits, other=a_visit), known=only_recent, when=has_visits, check=is_own, skippable=True
    )
    what: str | None = ask(one_of(kinds, other=what_happened), skippable=True)
    more: tuple[str, ...] = ask(more_of_it, when=helps)
    wish: str | None = ask(one_of(wishes, other=in_own_words), skippable=True)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit that a button is about."""
        return {"visit": argument} if argument else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Take it down; its number, whose it is and the promised times are said at once."""
        visit = grievances.find_visit(turn, self.visit)
        said = [self.what or "", *(one for one in self.more or () if not media.is_id(one))]
        told = "\n".join(one for one in said if one and one not in set(Kind))
        sent = grievances.photos(turn, self.begun, self.key)
        complaint = grievances.lodge(
            turn,
            turn.customer_id,
            kind=grievances.kind_of(turn, [one for one in said if one], visit),
            words=told,
            visit=visit,
            source=self.source,
            sent=sent,
            wish=self.wish or "",
        )
        return [grievances.confirmed(turn, complaint, len(sent))]
