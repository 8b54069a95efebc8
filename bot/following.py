"""How a visit under way is told to its customer: by its state, and by what is known of those who come."""

from collections.abc import Mapping

from bot import underway
from bot.flow import Turn
from core import attendance
from core.attendance import Attendance
from core.visits import Status, Visit


def key(turn: Turn, visit: Visit) -> str:
    """Which sentence says how it stands."""
    status = visit.status.value.replace("_", "-")
    if visit.status in attendance.UNDER_WAY and attendance.is_disputed(turn.session, visit):
        return "progress-disputed"
    if visit.status is Status.CONFIRMED and turn.now > visit.starts_at:
        return "progress-late-eta" if _eta(turn, visit) else "progress-late"
    if visit.status is Status.ON_THE_WAY:
        return "progress-on-the-way-eta" if _eta(turn, visit) else "progress-on-the-way"
    return f"progress-{status}"


def facts(turn: Turn, visit: Visit) -> Mapping[str, object]:
    """What the sentences mention of times and people: when they will be there or came, and the end."""
    there = [one for one in _rows(turn, visit) if one.arrived_at]
    since = min((one.arrived_at for one in there if one.arrived_at), default=None)
    return {
        "at": _eta(turn, visit),
        "since": underway.clock(turn, since) if since else underway.clock(turn, visit.starts_at),
        "until": underway.clock(turn, visit.ends_at),
    }


def _eta(turn: Turn, visit: Visit) -> str:
    """When the first of the crew will be there, if that is still ahead."""
    said = [one.eta_at for one in _rows(turn, visit) if one.eta_at and one.eta_at > turn.now]
    return underway.clock(turn, min(said)) if said else ""


def _rows(turn: Turn, visit: Visit) -> list[Attendance]:
    if visit.status not in attendance.EXPECTED | attendance.UNDER_WAY:
        return []
    return turn.once(("attendance", visit.id), lambda: list(attendance.known(turn.session, visit).values()))
