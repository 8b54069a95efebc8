"""Staff talk with a customer whose conversation they took: what they type goes there as it is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import cards, handing_over, talks, words
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.handing_over import member, name_of
from bot.listening import Listening
from bot.messages import Contact, Content, Outbound, Photo, Place, Text
from bot.verdicts import Leave, Retry
from core import handoffs, staff
from core.handoffs import Handoff, HandoffGone, Status
from core.identities import Role

LONGEST = 1_000
FULL = "recap"


def conversations(turn: Turn) -> Options[int]:
    """The conversations that this member of staff has; raises `Leave` without any."""
    mine = handoffs.of_staff(turn.session, turn.identity.staff_id or 0)
    if not mine:
        raise Leave("talks-none")
    return [Option(one.id or 0, name_of(turn, one), (f"#{one.id}",)) for one in mine]


def the_only_one(turn: Turn) -> int | None:
    """The conversation meant where there is just one."""
    mine = conversations(turn)
    return mine[0].value if len(mine) == 1 else None


def _read(turn: Turn, content: Content) -> str | None:
    match content:
        case Text(body) if body.strip():
            said = body.strip()
        case Place():
            said = talks.told(turn, content)
        case Photo() | Contact():
            raise Retry("serving-words-only")
        case _:
            return None
    if len(said) > LONGEST:
        raise Retry("error-too-long", most=LONGEST, length=len(said))
    return said


class Serving(Listening):
    """Whose conversation, and what is said in it, until it is left."""

    roles = frozenset({Role.STAFF})
    listens = "words"

    handoff: int = ask(one_of(conversations), known=the_only_one)
    words: str = ask(Reader(_read, whole=True))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The conversation of a button. Raises `Leave` when it is not theirs any more."""
        turn.found[FULL] = True
        if not (argument.isascii() and argument.isdecimal()):
            return {}
        refuse_others(turn, handoffs.find(turn.session, int(argument)))
        return {"handoff": int(argument)}

    @classmethod
    def commanded(cls, turn: Turn, answers: Mapping[str, Any], body: str) -> tuple[str, str] | None:
        """Giving it back, passing it on, a note, and a look at the queue are for us, not for the customer."""
        number = str(answers.get("handoff") or "")
        for name in ("handback", "transferring", "remark"):
            begins = tuple(words.phrases("handoff", name))
            whole = words.whole(body, "handoff", {name}) is not None
            if whole or (name != "handback" and body.strip().casefold().startswith(begins)):
                return name, number
        return None

    @classmethod
    def listening(cls, turn: Turn, answers: Mapping[str, Any]) -> Outbound:
        """Who hears what is typed; whoever comes to it sees everything they must know."""
        handoff = handoffs.find(turn.session, answers["handoff"])
        refuse_others(turn, handoff)
        name, number = name_of(turn, handoff), str(handoff.id)
        choices = [cards.go(turn, one, number) for one in ("handback", "transferring")]
        choices += talks.waiting_elsewhere(turn, handoff)
        if FULL in turn.found:
            return turn.say("serving-begins", name=name, card=talks.recap(turn, handoff), choices=choices)
        return turn.say("serving-goes-on", name=name, choices=choices)

    def done(self, turn: Turn) -> list[Outbound]:
        """Say it to the customer. One that went back to the queue meanwhile is taken again."""
        handoff = handoffs.find(turn.session, self.handoff, lock=True)
        lease = timedelta(minutes=turn.company.policies.handoff_lease_minutes)
        try:
            handoffs.take(turn.session, handoff, turn.identity.staff_id or 0, lease=lease, now=turn.now)
        except HandoffGone:
            raise _over(turn, handoff) from None
        return [talks.say(turn, handoff, self.words)]


def refuse_others(turn: Turn, handoff: Handoff) -> None:
    """Raises `Leave` when a conversation is over, waits, or belongs to a colleague."""
    if handoff.status is not Status.TAKEN or handoff.taken_by != turn.identity.staff_id:
        raise _over(turn, handoff)


def _over(turn: Turn, handoff: Handoff) -> Leave:
    name = name_of(turn, handoff)
    if handoff.status is Status.TAKEN:
        return Leave("serving-others", name=name, member=member(turn, handoff.taken_by))
    return Leave("serving-waits" if handoff.status is Status.WAITING else "serving-over", name=name)


def colleagues(turn: Turn) -> Options[int]:
    """Everybody else on the staff whom we can write to, those on duty first."""
    there = {one.staff_id for one in handing_over.present(turn)}
    others = [one for one in staff.on_duty(turn.session) if one.id != turn.identity.staff_id]
    if not others:
        raise Leave("transferring-nobody")
    return [Option(one.id or 0, one.name) for one in sorted(others, key=lambda one: one.id not in there)]


class Transferring(Flow):
    """Which conversation, and to whom."""

    roles = frozenset({Role.STAFF})

    handoff: int = ask(one_of(conversations), known=the_only_one)
    to: int = ask(one_of(colleagues))

    def done(self, turn: Turn) -> list[Outbound]:
        """Pass it on: the colleague gets everything, the customer hears who talks with them now."""
        handoff = handoffs.find(turn.session, self.handoff, lock=True)
        by, lease = turn.identity.staff_id or 0, turn.company.policies.handoff_lease_minutes
        try:
            handoffs.pass_to(
                turn.session, handoff, self.to, by=by, lease=timedelta(minutes=lease), now=turn.now
            )
        except HandoffGone:
            raise _over(turn, handoff) from None
        who, to = member(turn, by), member(turn, self.to)

        def make(their: Turn) -> Outbound:
            name = name_of(their, handoff)
            choices = [cards.go(their, talks.SERVING, str(handoff.id), who=name)]
            card = talks.recap(their, handoff)
            return their.say("transferring-told", name=name, member=who, card=card, choices=choices)

        handing_over.tell_member(turn, self.to, make)
        handing_over.tell_customer(turn, handoff, lambda their: their.say("handoff-here", member=to))
        choices = [cards.go(turn, "desk")]
        return [turn.say("transferring-done", name=name_of(turn, handoff), member=to, choices=choices)]
