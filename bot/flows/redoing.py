"""The customer is not content: what must be done again, at once if the worker is still there."""

from bot import attending, cards, checking, judging, telling
from bot.answers import a_photo, free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import acceptance, checklists, visits
from core.acceptance import ALLOWED, NotToAccept, State
from core.catalogue import Room
from core.visits import Visit

SHOWN = 3
ELSEWHERE = "elsewhere"


def visits_to_judge(turn: Turn) -> Options[Reference]:
    """Their finished visits that may still be sent back."""
    over = [one for one in visits.recent(turn.session, turn.customer_id, SHOWN) if _may_redo(turn, one)]
    if not over:
        raise Leave("redoing-nothing", phone=turn.house_phone)
    return [Option(Reference(one.reference), cards.visit_line(turn, one), (one.reference,)) for one in over]


def only_to_judge(turn: Turn) -> Reference | None:
    """The visit that must be meant."""
    offered = visits_to_judge(turn)
    return offered[0].value if len(offered) == 1 else None


def _may_redo(turn: Turn, visit: Visit) -> bool:
    found = acceptance.of(turn.session, visit)
    return found is not None and State.REDO in ALLOWED[found.state]


def rooms(turn: Turn, visit: Reference) -> Options[str]:
    """The rooms of the checklist; anything else may be typed."""
    found = checklists.progress(turn.session, turn.company, cards.visit_of(turn, visit))
    named = [
        Option(one.room.value, checking.room_name(turn, one.room))
        for one in found
        if one.room is not Room.HOME
    ]
    return [*named, Option(ELSEWHERE, turn.text("room-elsewhere"))]


class Redoing(Flow):
    """Which visit, where, and a photo if they like."""

    visit: Reference = ask(one_of(visits_to_judge), known=only_to_judge)
    where: str = ask(one_of(rooms, other=free_text(200)))
    photo: str | None = ask(a_photo, skippable=True)

    def done(self, turn: Turn) -> list[Outbound]:
        """Send it back: the workers hear it at once, staff too."""
        visit = cards.visit_of(turn, self.visit)
        media = [self.photo] if self.photo else []
        try:
            acceptance.send_back(turn.session, visit, place=self.where, media=media, now=turn.now)
        except NotToAccept as no:
            raise Leave(no.key, **no.args_) from no
        turn.about = self.visit
        attending.crew(
            turn,
            visit,
            lambda their: their.say(
                "told-redo",
                visit=cards.visit_line(their, visit),
                place=attending.worded(their, "room", self.where),
                choices=[cards.go(their, "redone", visit.reference)],
            ),
        )
        telling.staff(
            turn,
            lambda their: their.say(
                "told-staff-redo",
                visit=cards.visit_line(their, visit),
                reference=visit.reference,
                place=attending.worded(their, "room", self.where),
                photos=len(media),
                phone=telling.phone_of(their, visit),
                choices=[*telling.to_call(their, visit), cards.go(their, "desk")],
            ),
        )
        choices = [cards.go(turn, "person"), *judging.choices(turn, visit)]
        return [turn.say("redoing-done", worker=attending.lead(turn, visit), choices=choices)]
