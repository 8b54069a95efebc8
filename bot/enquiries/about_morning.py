"""What the day holds, for staff who ask for it after the morning."""

from bot import cards, mornings
from bot.flow import Turn
from bot.messages import Outbound
from core.staff import StaffMember


def show(turn: Turn, _argument: str) -> list[Outbound]:
    """The morning list as it would be now."""
    member = turn.session.get_one(StaffMember, turn.identity.staff_id)
    morning = mornings.seen_by(turn, mornings.look(turn), member.id or 0)
    if morning.is_empty:
        return [turn.say("morning-none", choices=[cards.go(turn, "agenda"), cards.go(turn, "desk")])]
    return [mornings.make(turn, morning, member)]
