"""Staff settle a call for help: the visit goes on, or ends here."""

from typing import Any

from bot import benefits, cards, reaching, reminding, rescuing
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import alarms, reminders, visits
from core.alarms import Alarm, Outcome
from core.identities import Role
from core.news import Kind
from core.visits import Visit

SHOWN = 8


def open_alarms(turn: Turn) -> Options[int]:
    """The calls for help that are open, the oldest first."""
    found = alarms.unsettled(turn.session, SHOWN)
    if not found:
        raise Leave("rescue-none")
    return [
        Option(
            one.id or 0,
            turn.text(
                "settling-line", number=f"#{one.id}", worker=rescuing.name_of(turn, one), at=one.raised_at
            ),
            (f"#{one.id}",),
        )
        for one in found
    ]


def outcomes(turn: Turn, alarm: int) -> Options[Outcome]:
    """How it may have ended; where there was no visit, none can be called off."""
    visit = rescuing.visit_of(turn, alarms.find(turn.session, alarm))
    over = [] if visit is not None and visit.status in visits.LIVE else [Outcome.CALLED_OFF]
    return [Option(one, turn.text(f"settling-{_key(one)}")) for one in Outcome if one not in over]


class Settling(Flow):
    """Which call, how it ended, and anything to remember."""

    roles = frozenset({Role.STAFF})

    alarm: int = ask(one_of(open_alarms))
    outcome: Outcome = ask(one_of(outcomes))
    words: str | None = ask(free_text(300), skippable=True)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The call that a button is about, unless it is settled already."""
        if not (argument.isascii() and argument.isdecimal()):
            return {}
        if alarms.find(turn.session, int(argument)).settled_at is not None:
            raise Leave(alarms.AlarmSettled.key)
        return {"alarm": int(argument)}

    def done(self, turn: Turn) -> list[Outbound]:
        """Settle it; the worker hears, and the customer where the visit ends here."""
        alarm = alarms.find(turn.session, self.alarm)
        try:
            alarms.settle(
                turn.session,
                alarm,
                turn.identity.staff_id or 0,
                self.outcome,
                words=self.words or "",
                now=turn.now,
            )
        except alarms.AlarmSettled as no:
            raise Leave(no.key) from no
        reminders.cancel_subject(turn.session, rescuing.UNANSWERED, str(alarm.id))
        rescuing.tell_worker(turn, alarm, f"settling-told-{_key(self.outcome)}")
        visit = rescuing.visit_of(turn, alarm)
        if visit is not None and self.outcome is Outcome.CALLED_OFF:
            _call_off(turn, alarm, visit)
        choices = [cards.go(turn, "desk")]
        return [turn.say("settling-done", worker=rescuing.name_of(turn, alarm), choices=choices)]


def _call_off(turn: Turn, alarm: Alarm, visit: Visit) -> None:
    """End the visit. One that is being worked on has no other end than finished; staff see to its price."""
    reason = f"called off after alarm {alarm.id}"
    if visits.Status.CANCELLED in visits.ALLOWED[visit.status]:
        visits.cancel(turn.session, turn.company, visit, actor="staff", reason=reason, now=turn.now)
    else:
        visits.advance(
            turn.session, visit, visits.Status.FINISHED, actor="staff", now=turn.now, reason=reason
        )
    reminding.drop(turn, visit)

    def make(their: Turn) -> Outbound:
        line = cards.visit_line(their, visit)
        said = their.say("settling-told-customer", visit=line, phone=their.house_phone)
        return benefits.with_returned(their, visit, said)

    reaching.customer(turn, visit, make, kind=Kind.VISIT_CHANGED)


def _key(outcome: Outcome) -> str:
    return outcome.value.replace("_", "-")
