"""What workers hear of their ratings; and what staff decide: objections, and talks that are due."""

from datetime import timedelta

from bot import attending, cards, rating_recovery, telling
from bot.flow import Turn
from bot.flows.appealing import NO, YES, put_to_staff
from bot.messages import Card, Outbound
from core import appeals, coaching, ratings, scores
from core.appeals import AppealSettled
from core.coaching import Coaching, CoachingDone
from core.ratings import MOST, Rating
from core.staff import StaffMember
from core.visits import Visit
from core.workers import Worker

SHOWN, LOOKED_AT = 5, 50
LATELY = timedelta(days=30)


def score(turn: Turn, _argument: str) -> list[Outbound]:
    """A worker's score from a few ratings on, and whether there is something to object to."""
    worker = turn.session.get_one(Worker, turn.worker_id)
    now = scores.of_worker(turn.session, turn.company, worker, turn.now)
    least = turn.company.policies.score_shown_from
    if now.times < least:
        return [turn.say("myscore-too-few", least=least, choices=[cards.go(turn, "round")])]
    lately = [one for one, _ in ratings.of_worker(turn.session, worker.id or 0, turn.now - LATELY, LOOKED_AT)]
    lately = [one for one in lately if one.excluded is None]
    full = sum(one.stars == MOST for one in lately)
    lines = [turn.text("myscore-told", stars=round(now.stars, 1), times=now.times)]
    if lately:
        lines.append(turn.text("myscore-lately", count=len(lately), full=full))
    if coaching.of_worker(turn.session, worker.id or 0) is not None:
        lines.append(turn.text("myscore-talk"))
    may = appeals.open_for(turn.session, turn.company, worker.id or 0, turn.now, 1)
    names = [*(["appealing"] if may else []), "round"]
    return [Outbound("\n".join(lines), tuple(cards.go(turn, name) for name in names))]


def appeals_open(turn: Turn, argument: str) -> list[Outbound]:
    """Decide an objection (`reference:yes`); without one, all that wait."""
    reference, _, said = argument.partition(":")
    if said in (YES, NO):
        return [_decided(turn, cards.everybodys(turn, reference), upheld=said == YES)]
    found = appeals.waiting(turn.session, SHOWN)
    if not found:
        return [turn.say("appeals-none", choices=[cards.go(turn, "desk")])]
    return [put_to_staff(turn, made, visit) for made, visit in found]


def _decided(turn: Turn, visit: Visit, *, upheld: bool) -> Outbound:
    made = turn.session.get_one(Rating, visit.id)
    staff_id = turn.identity.staff_id or 0
    choices = [cards.go(turn, "appeals"), cards.go(turn, "desk")]
    try:
        appeals.settle(turn.session, made, staff_id, upheld=upheld, now=turn.now)
    except AppealSettled as no:
        member = turn.session.get(StaffMember, made.appeal_settled_by) if made.appeal_settled_by else None
        said = "yes" if made.appeal_upheld else "no"
        return turn.say(no.key, member=member.name if member else "none", upheld=said, choices=choices)
    scores.renew(turn.session, turn.company, made.worker_id, turn.now)
    line = cards.visit_line(turn, visit)
    key = "told-appeal-upheld" if upheld else "told-appeal-refused"
    telling.worker(
        turn,
        made.worker_id,
        lambda their: their.say(
            key, visit=cards.visit_line(their, visit), choices=[cards.go(their, "myscore")]
        ),
    )
    name = attending.lead(turn, visit)
    return turn.say(
        "appeals-upheld" if upheld else "appeals-refused", worker=name, visit=line, choices=choices
    )


def talks_due(turn: Turn, argument: str) -> list[Outbound]:
    """Somebody has talked to a worker (by the talk's number); without one, all talks that are due."""
    if argument.isascii() and argument.isdecimal():
        return [_talked(turn, coaching.find(turn.session, int(argument)))]
    found = coaching.due(turn.session, SHOWN)
    if not found:
        return [turn.say("coaching-none", choices=[cards.go(turn, "desk")])]
    lines = tuple((str(n), rating_recovery.talk_line(turn, one)) for n, one in enumerate(found, 1))
    choices = [
        cards.go(turn, "coaching", str(one.id), "go-coaching-done-with", worker=_name(turn, one))
        for one in found
    ]
    return [turn.say("coaching-told", card=Card(turn.text("coaching-title"), lines), choices=choices)]


def _talked(turn: Turn, due: Coaching) -> Outbound:
    choices = [cards.go(turn, "coaching"), cards.go(turn, "desk")]
    try:
        coaching.done(turn.session, due, turn.identity.staff_id or 0, turn.now)
    except CoachingDone as no:
        member = turn.session.get(StaffMember, due.done_by) if due.done_by else None
        return turn.say(
            no.key, name=_name(turn, due), member=member.name if member else "none", choices=choices
        )
    return turn.say("coaching-done", name=_name(turn, due), choices=choices)


def _name(turn: Turn, due: Coaching) -> str:
    return turn.session.get_one(Worker, due.worker_id).name
