"""Customer and worker write to each other, without numbers."""

from typing import Any

from bot import cards, relaying, words
from bot.flow import Flow, Option, Options, Reader, Reference, Turn, ask, one_of
from bot.messages import Contact, Content, Outbound, Photo, Place, Text
from bot.readers import contacts
from bot.verdicts import Leave, Retry
from core import relay, visits
from core.identities import Role
from core.visits import Visit

DAYS = 30
"""So many days around now are looked through for visits that a worker may write about."""
LONGEST = 500


def visits_to_write_about(turn: Turn) -> Options[Reference]:
    """The visits about which they may write to the other side now; raises `Leave` without any."""
    found = _open(turn)
    if not found:
        raise Leave("messaging-nothing", phone=turn.house_phone)
    return [
        Option(Reference(visit.reference), cards.visit_line(turn, visit), (visit.reference,))
        for visit in found
    ]


def nearest(turn: Turn) -> Reference | None:
    """The only one, else the one a worker is at or comes to next."""
    found = _open(turn)
    if turn.role is Role.WORKER and len(found) > 1:
        at = visits.next_of_worker(turn.session, turn.worker_id, turn.now)
        found = [visit for visit in found if at is not None and visit.id == at.id]
    return Reference(found[0].reference) if len(found) == 1 else None


def _open(turn: Turn) -> list[Visit]:
    if turn.role is Role.WORKER:
        return relay.open_for_worker(turn.session, turn.worker_id, turn.now, DAYS)
    return relay.open_for_customer(turn.session, turn.customer_id, turn.now)


def _read(turn: Turn, content: Content) -> str | None:
    match content:
        case Text(body) | Photo(_, body) if body.strip():
            said = body.strip()
        case Place(latitude, longitude, label):
            place = turn.text("relay-place", latitude=f"{latitude:.5f}", longitude=f"{longitude:.5f}")
            return f"{label} {place}".strip()
        case Photo():
            raise Retry("messaging-no-pictures")
        case Contact():
            raise Retry("messaging-no-numbers")
        case _:
            return None
    if len(said) > LONGEST:
        raise Retry("error-too-long", most=LONGEST, length=len(said))
    return said


def _spot(_turn: Turn, text: str) -> str | None:
    """What stands behind "tell the cleaner", in the same message."""
    for phrase in sorted(words.phrases("intents", "messaging"), key=len, reverse=True):
        if text.lstrip().casefold().startswith(phrase):
            rest = text.lstrip()[len(phrase) :].strip(" :：,，")
            return rest if len(rest) > 1 else None
    return None


a_message: Reader[str] = Reader(_read, _spot, whole=True)


class Messaging(Flow):
    """About which visit, and what to say."""

    roles = frozenset({Role.CUSTOMER, Role.WORKER})
    unclear = frozenset(words.names("intents"))

    visit: Reference = ask(one_of(visits_to_write_about), known=nearest)
    words: str = ask(a_message)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit that a button is about. Raises `Leave` when its time for that is over."""
        if argument and argument not in {visit.reference for visit in _open(turn)}:
            raise Leave("relay-closed", phone=turn.house_phone)
        return {"visit": argument} if argument else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Pass it on, and say to whom and by when."""
        said = contacts.masked(self.words) if not isinstance(turn.content, Place) else self.words
        try:
            told = self._pass_on(turn, said)
        except relay.RelayClosed as no:
            raise Leave(no.key, phone=turn.house_phone) from no
        if said != self.words:
            told += "\n" + turn.text("messaging-hidden")
        if isinstance(turn.content, Photo):
            told += "\n" + turn.text("messaging-no-pictures")
        return [Outbound(told, (cards.go(turn, "messaging", self.visit, "go-messaging-more"),))]

    def _pass_on(self, turn: Turn, said: str) -> str:
        if turn.role is Role.WORKER:
            visit = visits.attended_by(turn.session, turn.worker_id, self.visit)
            heard = relaying.to_customer(turn, visit, said)
            name = relaying.name_of_customer(turn, visit)
            return turn.text("messaging-done" if heard else "messaging-done-by-call", name=name)
        visit = cards.visit_of(turn, self.visit)
        turn.about = self.visit
        worker, later = relaying.to_worker(turn, visit, said)
        key = "messaging-done-later" if later else "messaging-done"
        return turn.text(key, name=worker.name, at=later)
