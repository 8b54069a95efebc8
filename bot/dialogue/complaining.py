"""Trouble, wherever it is spoken of: danger, complaints, what follows a complaint, and anger."""

from datetime import datetime, timedelta

from bot import cards, grievances, handing_over, hearing, menu, words
from bot import complaints as cases
from bot.dialogue.answering import try_answer
from bot.dialogue.beginning import begin, filling_of, go_on, start
from bot.enquiries import ENQUIRIES
from bot.flow import Turn
from bot.flows.complaining import Complaining
from bot.handling import thread
from bot.messages import Choice, Outbound, Photo
from bot.readers import anger
from bot.readers import complaints as reading
from bot.state import Grievance, State, Trouble
from core import complaints, handoffs, media, visits
from core.complaints import Complaint, Kind, Severity, Source

FOLLOWS = timedelta(minutes=10)
"""So long after the last word of a complaint the next words belong to it."""
AGAIN = timedelta(hours=1)
"""Who is angry twice within this needs a person."""


def interrupted(state: State, turn: Turn, body: str) -> list[Outbound] | None:
    """What danger and complaints are answered with, before anything else is heard; None for other words."""
    if (danger := reading.danger(body)) is not None:
        return _alarm(state, turn, body, danger)
    if _is_open(state) and reading.asks_when(body):
        return [_promised(state, turn), *go_on(state, turn)]
    if reading.asks_when(body) and _last(state, turn) is not None:
        return start(state, turn, "complaint", "")
    if (number := reading.asks_of_own(body)) is not None:
        if _is_open(state) and not number:
            return [_written_so_far(state, turn), *go_on(state, turn)]
        return start(state, turn, "complaint", number)
    if reading.withdraws(body) and (known := _last(state, turn)) is not None:
        grievances.add(turn, known, body)
        said = turn.say("complaining-withdrawn", number=known.id, choices=[grievances.own(turn, known)])
        return [said, *(go_on(state, turn) if state.form else [])]
    if reading.denies(body):
        said = turn.say("complaining-not", choices=[cards.go(turn, "person")])
        return [said, *(go_on(state, turn) if state.form else [])]
    if reading.asks_for_line(body):
        said = turn.say("complaining-line", phone=turn.house_phone, choices=[cards.go(turn, "complaining")])
        return [said, *(go_on(state, turn) if state.form else [])]
    if not reading.complains(body) or _is_open(state):
        return None
    if _goes_on(state, turn) is not None and not reading.beyond(body):
        return start(state, turn, "complaint", "")
    told = state.take_trouble(turn.now)
    earlier = [told, body] if reading.beyond(body) else [told or body]
    return start(state, turn, Complaining.key, "", earlier="\n".join(filter(None, earlier)))


def _is_open(state: State) -> bool:
    return state.form is not None and state.form.flow == Complaining.key


def _promised(state: State, turn: Turn) -> Outbound:
    """By when somebody would be in touch about the one being written, if it was sent off now."""
    said, visit, _ = _so_far(state, turn)
    by = grievances.would_hear_by(turn, said, visit)
    return turn.say("complaining-when", by=cases.clock(turn, by))


def _written_so_far(state: State, turn: Turn) -> Outbound:
    """The one being written, which is not sent off yet, and another that is being worked on."""
    said, _, since = _so_far(state, turn)
    told = [one for one in said if not media.is_id(one) and reading.beyond(one)]
    sent = grievances.photos(turn, since, Complaining.key)
    known = grievances.unsettled(turn)
    line = turn.text("complaining-written", words=told or "none", photos=len(sent))
    other = turn.text("complaining-written-other", number=known.id) if known else ""
    return Outbound("\n".join(filter(None, (line, other))))


def _alarm(state: State, turn: Turn, body: str, danger: reading.Danger) -> list[Outbound]:
    """Take it down at once, with what was said before; a form waits, without its question being put."""
    said, visit, since = _so_far(state, turn)
    sent = grievances.photos(turn, since, Complaining.key)
    complaint = grievances.lodge(
        turn,
        turn.customer_id,
        kind=danger.kind,
        words="\n".join([*said, body]),
        visit=visit,
        source=Source.DANGER,
        sent=sent,
        severity=Severity.S1,
        severity_reason=grievances.danger_reason(danger),
    )
    if _is_open(state):
        state.form, state.suspended = state.suspended, None
    state.grievance = _follows(turn, complaint, first=state.form is not None)
    told = grievances.in_danger(turn, complaint, danger.kind)
    if state.form is None:
        return [told]
    back = Choice(turn.text("complaining-back-to-form"), f"go:{state.form.flow}", "way")
    return [grievances.louder(told, [back])]


def _so_far(state: State, turn: Turn) -> tuple[list[str], visits.Visit | None, datetime]:
    """What was told already, of which visit, since when."""
    if not _is_open(state) and (known := _goes_on(state, turn)) is not None:
        visit = turn.session.get(visits.Visit, known.visit_id) if known.visit_id else None
        return [], visit, turn.now
    found = grievances.candidates(turn)
    filling = filling_of(state, turn) if _is_open(state) else None
    if filling is None:
        return [], found[0] if found else None, turn.now
    answers = filling.answers
    said = [one for one in (answers.get("what"), *map(str, filling.form.picked)) if one]
    named = answers.get("visit")
    visit = grievances.find_visit(turn, named) if named else (found[0] if found and named is None else None)
    told = [*filling.form.earlier[:1], *said] if not answers.get("what") else said
    return [one for one in told if one not in set(Kind)], visit, answers.get("begun", turn.now)


def _follows(turn: Turn, complaint: Complaint, *, first: bool = False) -> Grievance:
    return Grievance(number=complaint.id or 0, until=turn.now + FOLLOWS, first=first)


def returned(state: State) -> None:
    """They pressed a button or gave a command: what they say next is about that again."""
    if state.grievance is not None:
        state.grievance.first = False


def remember(state: State, turn: Turn) -> None:
    """Whether a complaint was made in this turn: what comes next may belong to it."""
    if turn.complained is None:
        return
    first = state.grievance is not None and state.grievance.first
    state.grievance = Grievance(number=turn.complained, until=turn.now + FOLLOWS, first=first)


def _goes_on(state: State, turn: Turn) -> Complaint | None:
    """The complaint that was made a moment ago, if words still belong to it."""
    standing = state.grievance
    if standing is None or standing.until < turn.now:
        return None
    found = turn.session.get(Complaint, standing.number)
    mine = found is not None and found.customer_id == turn.customer_id
    return found if mine and found is not None and found.status in complaints.UNSETTLED else None


def _last(state: State, turn: Turn) -> Complaint | None:
    """The complaint they mean who name none: the one just made, else the latest that is unsettled."""
    return _goes_on(state, turn) or grievances.unsettled(turn)


def followed(state: State, turn: Turn, body: str) -> list[Outbound] | None:
    """More words about the complaint just made, which is five messages long; None for what is not."""
    standing = state.grievance
    if standing is None or not (state.form is None or standing.first):
        return None
    if state.form is not None and _returns(state, body):
        standing.first = False
        return None
    known = _goes_on(state, turn)
    if known is None or _is_other(turn, body) or thread.open_of(turn) is not None:
        return None
    before = known.severity
    grievances.add(turn, known, body)
    key = "complaining-added" if known.severity is before else "complaining-worse"
    said = turn.text(key, number=known.id)
    if known.severity is not before:
        said = f"{said}\n{grievances.promises(turn, known)}"
    return [Outbound(said, (grievances.own(turn, known),))]


def _returns(state: State, body: str) -> bool:
    """Whether they go back to the form that waits, by one of its answers."""
    offered = [*state.shown(), *state.ways]
    return hearing.exactly(offered, body) is not None or hearing.by_number(state.shown(), body) is not None


def _is_other(turn: Turn, body: str) -> bool:
    """Whether the words plainly mean something else."""
    if words.whole(body, "alone") or words.whole(body, "intents"):
        return True
    return words.ends_like_a_question(body) and menu.meant(turn, body) is not None


def pictured(state: State, turn: Turn, photo: Photo) -> list[Outbound] | None:
    """A picture while a complaint is made, or after it; None where it belongs to neither."""
    if _is_open(state):
        filling = filling_of(state, turn)
        asking = filling.asking() if filling else None
        if filling is None or asking is None or asking.reader.gathers or photo.caption.strip():
            return None
        return filling.advance(turn.say("complaining-photo-kept"))
    first = state.grievance is not None and state.grievance.first
    if state.form is not None and not first:
        return None
    known = _last(state, turn) if thread.open_of(turn) is None else None
    if known is None:
        return None
    grievances.add(turn, known, photo.caption.strip(), [photo.media])
    choices = [grievances.own(turn, known)]
    return [turn.say("complaining-photo-added", number=known.id, choices=choices)]


def soothed(state: State, turn: Turn, body: str) -> list[Outbound] | None:
    """The answer to somebody angry: a short apology, a person and a complaint by tap, and what they asked.

    None for the calm. Who is angry again within `AGAIN` is brought to a person, unless one is on it.
    """
    if _is_open(state) or not anger.is_angry(body, repeated=_again(state, turn)):
        return None
    again, state.angry_at = _again(state, turn), turn.now
    key = "anger-heard"
    if again and handoffs.open_of(turn.session, turn.customer_id) is None:
        handing_over.ask(turn, topic="angry", words=body, reason="angry")
        key = "anger-person"
    state.trouble = Trouble(words=body, until=turn.now + FOLLOWS)
    names = ("complaining",) if key == "anger-person" else ("complaining", "person")
    sorry = turn.say(key, phone=turn.house_phone, choices=[cards.go(turn, name) for name in names])
    return [sorry, *_besides(state, turn, body)]


def _again(state: State, turn: Turn) -> bool:
    return state.angry_at is not None and state.angry_at > turn.now - AGAIN


def _besides(state: State, turn: Turn, body: str) -> list[Outbound]:
    """What else the message is answered with: what it asks, or the form it may have gone on with."""
    asked = menu.meant(turn, body)
    if state.form is None:
        return begin(state, turn, body) if asked is not None else []
    if asked in ENQUIRIES and asked not in ("thanks", "greeting"):
        return start(state, turn, asked, "")
    filling = filling_of(state, turn)
    question = filling.asking() if filling else None
    if filling is None or question is None or question.reader.whole:
        return go_on(state, turn)
    return try_answer(state, turn, body)


def offered(state: State, turn: Turn, body: str) -> list[Outbound] | None:
    """To words that tell of something gone wrong without a word of complaint: one by tap, or a person."""
    if reading.kind(body) is None or not _may_tell_trouble(turn, body) or thread.open_of(turn) is not None:
        return None
    state.trouble = Trouble(words=body, until=turn.now + FOLLOWS)
    choices = [cards.go(turn, "complaining"), cards.go(turn, "person")]
    return [turn.say("complaining-offered", choices=choices)]


def _may_tell_trouble(turn: Turn, body: str) -> bool:
    """Whether it is not about something else: "late" asks where somebody is, if anybody is to come."""
    meant = menu.meant(turn, body)
    if meant == "progress":
        return not visits.upcoming(turn.session, turn.customer_id, turn.now)
    return meant is None
