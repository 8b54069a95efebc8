"""Who on the staff is on duty: they say so themselves, and everybody may look."""

from datetime import datetime, time, timedelta

from bot import cards
from bot import complaints as telling
from bot.cards import go
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound, Text
from bot.readers import when
from core import complaints, duties
from core.complaints import owners
from core.duties import Standing

LONGEST = timedelta(days=180)
"""Nobody is away for longer: a day of this month that is over is read as next year's."""


def come(turn: Turn, _argument: str) -> list[Outbound]:
    """Somebody begins their shift."""
    until = duties.come(turn.session, turn.company, turn.identity.staff_id or 0, turn.now)
    choices = [go(turn, "offduty"), go(turn, "duties")]
    return [turn.say("duty-on", until=telling.clock(turn, until), choices=choices)]


def go_home(turn: Turn, _argument: str) -> list[Outbound]:
    """Somebody goes home."""
    return _away(turn, None)


def leave(turn: Turn, _argument: str) -> list[Outbound]:
    """Somebody is away through the day that they name."""
    until = _through(turn)
    if until is None or not turn.now < until < turn.now + LONGEST:
        return [turn.say("duty-leave-when" if until is None else "duty-leave-past")]
    return _away(turn, until)


def _away(turn: Turn, until: datetime | None) -> list[Outbound]:
    """What of theirs is still open is said, so that they may pass it on."""
    staff_id = turn.identity.staff_id or 0
    back = duties.go(turn.session, turn.company, staff_id, turn.now, until=until)
    count = complaints.count_of_owner(turn.session, staff_id)
    theirs = [Choice(turn.text("duty-theirs"), "go:complaints")] if count else []
    return [
        turn.say(
            "duty-leave" if until else "duty-off",
            back=_back(turn, back) if back else "none",
            count=count,
            choices=[*theirs, go(turn, "onduty"), go(turn, "duties")],
        )
    ]


def _back(turn: Turn, at: datetime) -> str:
    """When somebody is there again; only the day where it begins with the day."""
    local = at.astimezone(turn.company.zone)
    return cards.day(turn, local.date()) if local.time() == time() else telling.clock(turn, at)


def _through(turn: Turn) -> datetime | None:
    """The end of the day, or the time of day, until which somebody is away; None where they name none."""
    if not isinstance(turn.content, Text):
        return None
    read = when.read(turn.content.body, turn.now.astimezone(turn.company.zone), turn.language)
    if read is None or not read.has_day:
        return None
    return (read.starts or read.ends) if read.has_time else read.ends


def everybody(turn: Turn, _argument: str) -> list[Outbound]:
    """Everybody on the staff: on duty or not, until when, and whether they can be written to."""
    found = duties.standings(turn.session, turn.company, turn.now)
    choices = [go(turn, "onduty"), go(turn, "offduty")]
    if not found:
        return [turn.say("duty-none", choices=choices)]
    reached = duties.reachable(turn.session)
    lines = tuple((_name(turn, one), _line(turn, one, one.member.id in reached)) for one in found)
    count = sum(one.on_duty for one in found)
    return [turn.say("duty-told", count=count, card=Card(turn.text("duty-title"), lines), choices=choices)]


def _name(turn: Turn, one: Standing) -> str:
    rung = turn.text(f"rung-{owners.rung_of(one.member).value}")
    return turn.text("duty-name", name=one.member.name, rung=rung)


def _line(turn: Turn, one: Standing, is_reached: bool) -> str:
    until = _back(turn, one.until) if one.until else "none"
    line = turn.text("duty-line-on" if one.on_duty else "duty-line-off", until=until)
    return line if is_reached else turn.text("duty-no-chat", line=line)
