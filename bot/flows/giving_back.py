"""Staff end a conversation, or a call: how it ended, and the bot goes on where the customer stood."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot import cards, handing_over
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.flows.calling_back import a_moment, times
from bot.flows.serving import conversations, refuse_others, the_only_one
from bot.handing_over import member, name_of
from bot.messages import Outbound
from core import calendars, complaints, handoffs
from core.complaints import Complaint, Kind, Source
from core.handoffs import Handoff, Status
from core.identities import Role


class Outcome(StrEnum):
    """How it ended."""

    SOLVED = "solved"
    LATER = "later"
    """Somebody of ours is in touch again."""
    COMPLAINT = "complaint"


def outcomes(turn: Turn) -> Options[Outcome]:
    """Every end there is."""
    return [Option(one, turn.text(f"handback-{one.value}")) for one in Outcome]


def is_later(_turn: Turn, outcome: Outcome) -> bool:
    """Whether a time is needed."""
    return outcome is Outcome.LATER


def may_end(turn: Turn, handoff: int) -> None:
    """Ends what is theirs, or what nobody has. Raises `Leave` with who has it, or that it is over."""
    found = handoffs.find(turn.session, handoff)
    if found.status is not Status.WAITING:
        refuse_others(turn, found)


one_to_end = one_of(conversations, other=Reader(lambda _turn, _content: None, lambda _turn, _text: None))


class Handback(Flow):
    """Which conversation, how it ended, and when somebody is in touch again."""

    roles = frozenset({Role.STAFF})

    handoff: int = ask(one_to_end, check=may_end, known=the_only_one)
    outcome: Outcome = ask(one_of(outcomes))
    at: datetime | None = ask(one_of(times, other=a_moment), when=is_later)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The conversation or call of a button, unless it is over."""
        if not (argument.isascii() and argument.isdecimal()):
            return {}
        may_end(turn, int(argument))
        return {"handoff": int(argument)}

    def done(self, turn: Turn) -> list[Outbound]:
        """End it; the bot greets a customer who was talking with us and goes on where they stood."""
        handoff = handoffs.find(turn.session, self.handoff, lock=True)
        may_end(turn, self.handoff)
        talked = handoff.status is Status.TAKEN
        say = self._settle(turn, handoff)
        if talked:
            turn.gives_back += [(chat, say) for chat in handing_over.chat_of(turn, handoff)]
        elif self.outcome is Outcome.COMPLAINT:
            handing_over.tell_customer(turn, handoff, say)
        name = name_of(turn, handoff)
        done = f"handback-done-{self.outcome.value}" if talked else "handback-done-call"
        return [turn.say(done, name=name, choices=[cards.go(turn, "takeover"), cards.go(turn, "desk")])]

    def _settle(self, turn: Turn, handoff: Handoff) -> Callable[[Turn], Outbound]:
        """Write down how it ended; what the customer hears of it."""
        who = member(turn, turn.identity.staff_id)
        if self.at is not None:
            at = self.at
            by = calendars.later(turn.company, at, turn.company.policies.handoff_minutes)
            handoffs.call_back(turn.session, handoff, at, by=by, now=turn.now)
            return lambda their: their.say(
                "handback-told-later", member=who, by=handing_over.moment(their, by)
            )
        handoffs.close(turn.session, handoff, outcome=f"{self.outcome.value}: {who}", now=turn.now)
        if self.outcome is not Outcome.COMPLAINT:
            return lambda their: their.say("handback-told-solved", member=who)
        made = self._complain(turn, handoff)
        return lambda their: their.say(
            "handback-told-complaint", number=made.id, by=handing_over.moment(their, made.human_by)
        )

    def _complain(self, turn: Turn, handoff: Handoff) -> Complaint:
        return complaints.open(
            turn.session,
            turn.company,
            handoff.customer_id,
            kind=Kind.OTHER,
            words=handoff.words,
            source=Source.STAFF,
            staff_id=turn.identity.staff_id,
            now=turn.now,
        )
