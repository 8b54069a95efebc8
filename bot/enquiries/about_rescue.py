"""Help for a worker: called for, taken by staff, or a slip."""

from bot import cards, rescuing
from bot.flow import Turn
from bot.messages import Outbound
from core import alarms, reminders
from core.identities import Role

SHOWN = 5


def rescue(turn: Turn, argument: str) -> list[Outbound]:
    """A worker calls for help; a member of staff takes the call with that number, or sees which are open."""
    if turn.role is Role.WORKER:
        return [_called(turn)]
    if argument.isascii() and argument.isdecimal():
        return [_taken(turn, int(argument))]
    return _open(turn)


def _called(turn: Turn) -> Outbound:
    alarm = rescuing.sound(turn)
    taken = rescuing.member(turn, alarm.taken_by) if alarm.taken_by else "none"
    text = turn.text("rescue-comes", phone=turn.house_phone, member=taken)
    return Outbound(text, (cards.go(turn, "misfire"),), shares="place")


def _taken(turn: Turn, number: int) -> Outbound:
    alarm = alarms.find(turn.session, number)
    staff_id = turn.identity.staff_id or 0
    first = alarms.take(turn.session, alarm, staff_id, turn.now)
    if first:
        reminders.cancel_subject(turn.session, rescuing.UNANSWERED, str(number))
        rescuing.tell_worker(turn, alarm, "rescue-taken-worker", member=rescuing.member(turn, staff_id))
    yours = alarm.taken_by == staff_id
    return turn.say(
        "rescue-taken" if yours else "rescue-taken-before",
        worker=rescuing.name_of(turn, alarm),
        member=rescuing.member(turn, alarm.taken_by),
        card=rescuing.card(turn, alarm),
        choices=rescuing.choices(turn, alarm),
    )


def _open(turn: Turn) -> list[Outbound]:
    found = alarms.unsettled(turn.session, SHOWN)
    if not found:
        return [turn.say("rescue-none", choices=[cards.go(turn, "desk")])]
    return [
        turn.say(
            "rescue-told",
            worker=rescuing.name_of(turn, one),
            card=rescuing.card(turn, one),
            choices=rescuing.choices(turn, one),
        )
        for one in found
    ]


def misfire(turn: Turn, _argument: str) -> list[Outbound]:
    """The worker did not mean it: staff hear that, and settle it all the same."""
    alarm = alarms.of_worker(turn.session, turn.worker_id)
    if alarm is None:
        return [turn.say("misfire-nothing", choices=[cards.go(turn, "rescue")])]
    if alarms.mistake(turn.session, alarm, turn.now):
        rescuing.tell_staff(turn, alarm, "rescue-told-misfire")
    return [turn.say("misfire-told", choices=[cards.go(turn, "rescue")])]
