"""A worker reports that something is wrong: told to whoever must know, and kept to protect both sides."""

from bot import attending, cards, reaching, reminding, telling
from bot.answers import a_photo, free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import incidents, timeline, visits
from core.identities import Role
from core.incidents import Kind
from core.visits import Status, Visit

NO_ACCESS = "no_access"
KINDS = (NO_ACCESS, *Kind)


def kinds(turn: Turn) -> Options[str]:
    """What may be wrong."""
    return [Option(str(kind), turn.text(f"problem-{kind.replace('_', '-')}")) for kind in KINDS]


def door_is_closed(turn: Turn, visit: Reference, kind: str) -> None:
    """Raise `Leave` when nobody is before the door, so that it can be closed to nobody."""
    if kind != NO_ACCESS:
        return
    status = visits.attended_by(turn.session, turn.worker_id, visit).status
    if status in visits.AHEAD:
        raise Leave("reporting-arrive-first")
    if status is not Status.ARRIVED:
        raise Leave("reporting-inside")


def wants_words(_turn: Turn, kind: str) -> bool:
    """Whether there is anything to describe; before a closed door and in danger every second counts."""
    return kind not in (NO_ACCESS, Kind.UNSAFE)


def is_damage(_turn: Turn, kind: str) -> bool:
    """Whether a photo proves something."""
    return kind == Kind.DAMAGE


class Reporting(Flow):
    """Which visit, what is wrong, in which words, and a photo of damage."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(attending.visits_to_report), known=attending.only_to_report)
    kind: str = ask(one_of(kinds), check=door_is_closed)
    words: str = ask(free_text(300), when=wants_words)
    photo: str | None = ask(a_photo, when=is_damage, skippable=True)

    def done(self, turn: Turn) -> list[Outbound]:
        """Tell staff at once, and the customer where it concerns them."""
        visit = visits.attended_by(turn.session, turn.worker_id, self.visit)
        if self.kind == NO_ACCESS:
            return [_ring(turn, visit)]
        kind, media = Kind(self.kind), [self.photo] if self.photo else []
        incidents.report(
            turn.session,
            visit,
            kind,
            words=self.words or "",
            media=media,
            worker_id=turn.worker_id,
            now=turn.now,
        )
        _tell_staff(turn, visit, kind.value, self.words or "", len(media))
        if kind is Kind.DAMAGE:
            reaching.customer(turn, visit, lambda their: _damage(their, visit, self.words))
        choices = [] if kind is Kind.UNSAFE else attending.choices(turn, visit)
        return [turn.say(f"reporting-done-{kind.value}", phone=turn.house_phone, choices=choices)]


def _ring(turn: Turn, visit: Visit) -> Outbound:
    """The customer hears that somebody stands at the door; after a while the worker may go."""
    until = attending.may_leave_at(turn, visit)
    timeline.add(turn.session, visit.id or 0, "no-answer", actor="worker", now=turn.now)
    if until > turn.now:
        reminding.plan_no_access(turn.session, visit, until)
    _tell_staff(turn, visit, "no-access", "", 0)
    reaching.customer(turn, visit, lambda their: _at_the_door(their, visit), until=visit.ends_at)
    choices = [cards.go(turn, "noaccess", visit.reference)]
    return turn.say("reporting-done-no-access", until=attending.clock(turn, until), choices=choices)


def _at_the_door(turn: Turn, visit: Visit) -> Outbound:
    until = attending.clock(turn, attending.may_leave_at(turn, visit))
    choices = [cards.go(turn, "person"), cards.go(turn, "progress", visit.reference)]
    return turn.say("told-at-door", worker=attending.lead(turn, visit), until=until, choices=choices)


def _damage(turn: Turn, visit: Visit, words: str) -> Outbound:
    return turn.say(
        "told-damage",
        worker=attending.lead(turn, visit),
        words=words,
        phone=turn.house_phone,
        choices=[cards.go(turn, "person"), cards.go(turn, "progress", visit.reference)],
    )


def _tell_staff(turn: Turn, visit: Visit, kind: str, words: str, photos: int) -> None:
    worker = next((one.name for _, one in visits.crew(turn.session, visit) if one.id == turn.worker_id), "")

    names = ("desk",) if kind == "no-access" else ("incidents", "desk")

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-staff-problem",
            worker=worker,
            kind=their.text(f"problem-{kind}"),
            visit=cards.visit_line(their, visit),
            reference=visit.reference,
            words=words or "none",
            photos=photos,
            phone=telling.phone_of(their, visit),
            choices=[*telling.to_call(their, visit), *(cards.go(their, name) for name in names)],
        )

    telling.staff(turn, make)
