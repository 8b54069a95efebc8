"""Nobody has arrived at a visit that has begun: its workers are asked, then customer and staff hear it."""

from datetime import datetime
from functools import partial

from bot import cards, forewarning, reaching, telling, underway, watching, worker_cards
from bot.flow import Turn
from bot.messages import Outbound
from core import alarms, attendance, policies, timeline, visits
from core.reminders import Reminder
from core.visits import Visit

KIND = watching.LATE_WATCH


def say(turn: Turn, reminder: Reminder) -> str:
    """Do what is due about a late visit, unless the next step of it is due as well."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is not None and alarms.is_frozen(turn.session, visit.id or 0):
        return "not said: a call for help is open"
    if visit is None or visit.status not in attendance.EXPECTED or visit.starts_at > turn.now:
        return "not said: somebody is there, or nobody is to be"
    step = reminder.payload["step"]
    late = turn.now - visit.starts_at
    steps = watching.steps(turn, visit)
    following = min((after for after in steps.values() if after > steps[step]), default=None)
    if following is not None and late >= following:
        return "not said: too late, the next step is due"
    if step in ("start", "again"):
        return _ask(turn, visit)
    if turn.now >= visit.ends_at:
        underway.staff(turn, visit, "told-staff-nobody-came", more=("reassigning", "callingoff"))
        return "said to staff only: the visit should be over"
    if step == "late":
        return _late(turn, visit)
    return _very_late(turn, visit)


def _ask(turn: Turn, visit: Visit) -> str:
    """Ask those who are not there; who said when they will be is left alone until then."""
    known = attendance.known(turn.session, visit)
    asked = []
    for _, worker in visits.crew(turn.session, visit):
        mine = known.get(worker.id or 0)
        if mine is None or mine.eta_at is None or mine.eta_at <= turn.now:
            telling.worker(turn, worker.id or 0, partial(_there, visit=visit))
            asked.append(worker.id)
    return f"said to {asked}" if asked else "not said: they have said when they will be there"


def _there(their: Turn, *, visit: Visit) -> Outbound:
    at = underway.clock(their, visit.starts_at)
    return their.say("are-you-there", at=at, choices=worker_cards.being_late(their, visit))


def _late(turn: Turn, visit: Visit) -> str:
    """The customer hears it with an apology and what they may choose, staff hear it too."""
    eta = _eta(turn, visit)
    minutes = policies.as_of(turn.session, visit.policy_version).late_worker_minutes
    detail: dict[str, object] = {"minutes": minutes, "eta": eta.isoformat() if eta else None}
    reason = f"nobody arrived {minutes} minutes after the start; " + (f"expected {eta}" if eta else "no word")
    _note(turn, visit, "is-late", detail, reason)
    reached = reaching.customer(turn, visit, partial(_sorry, visit=visit, eta=eta), until=visit.ends_at)
    at = underway.clock(turn, eta) if eta else "none"
    underway.staff(turn, visit, "told-staff-late", minutes=minutes, at=at)
    forewarning.late(turn, visit, minutes)
    return "said" if reached else "said to staff: the customer can be written to nowhere"


def _sorry(their: Turn, *, visit: Visit, eta: datetime | None) -> Outbound:
    reference = visit.reference
    choices = [
        cards.go(their, "waiting", reference),
        cards.go(their, "moving", reference),
        cards.go(their, "cancelling", reference, "job-cancel-free"),
        cards.go(their, "person"),
    ]
    key = "told-late-eta" if eta else "told-late"
    at = underway.clock(their, eta) if eta else ""
    return their.say(key, team=_team(their, visit), at=at, phone=their.house_phone, choices=choices)


def _very_late(turn: Turn, visit: Visit) -> str:
    """Staff replace them or call it off; the customer may cancel free, or keep the visit for less."""
    rules = policies.as_of(turn.session, visit.policy_version)
    minutes = rules.very_late_worker_minutes
    _note(turn, visit, "is-very-late", {"minutes": minutes}, f"nobody arrived after {minutes} minutes")

    def sorry(their: Turn) -> Outbound:
        choices = [
            cards.go(their, "keepwaiting", visit.reference),
            cards.go(their, "moving", visit.reference),
            cards.go(their, "cancelling", visit.reference, "job-cancel-free"),
            cards.go(their, "person"),
        ]
        percent = rules.kept_percent
        return their.say("told-very-late", minutes=minutes, percent=percent, choices=choices)

    reached = reaching.customer(turn, visit, sorry, until=visit.ends_at)
    eta = _eta(turn, visit)
    at = underway.clock(turn, eta) if eta else "none"
    more = ("reassigning", "callingoff")
    underway.staff(turn, visit, "told-staff-very-late", more=more, minutes=minutes, at=at)
    return "said" if reached else "said to staff: the customer can be written to nowhere"


def _eta(turn: Turn, visit: Visit) -> datetime | None:
    """When the first of the crew will be there by what they say, if that is still ahead."""
    said = [one.eta_at for one in attendance.known(turn.session, visit).values() if one.eta_at]
    return min((one for one in said if one > turn.now), default=None)


def _team(turn: Turn, visit: Visit) -> str:
    team = [worker.name for _, worker in visits.crew(turn.session, visit)]
    return turn.text("value-said", value=team)


def _note(turn: Turn, visit: Visit, what: str, detail: dict[str, object], reason: str) -> None:
    timeline.add(turn.session, visit.id or 0, what, actor="bot", now=turn.now, detail=detail, reason=reason)
