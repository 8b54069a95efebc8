"""One step of a conversation: what a person did, in; the new state and what we say, out."""

import re

from bot import consents, filing, hearing, interrupts, menu, noticing, photographing, rescuing, words
from bot.dialogue.answering import answer
from bot.dialogue.beginning import arrived, begin, close, filling_of, go_on, start
from bot.dialogue.interrupting import call_person, could_be_answer, interrupt, speak
from bot.dialogue.pressing import take_way, tapped
from bot.dialogue.proving import prove
from bot.dialogue.sharing import shared_contact
from bot.dialogue.switching import put_away
from bot.flow import AskAgain, Leave, Turn
from bot.form import after
from bot.messages import (
    Arrived,
    Consented,
    Contact,
    Outbound,
    Photo,
    Place,
    Proven,
    Tap,
    Text,
    Unsupported,
    Voice,
)
from bot.state import Offered, State
from core import correspondence, invitations
from core.correspondence import Peer
from core.errors import DomainError
from core.identities import Role

LONGEST = 2_000
"""More characters than this in one message are kept, but not read."""
CHINESE = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]{3}")


def take_turn(state: State, turn: Turn) -> list[Outbound]:
    """Answer what the person did, and leave in `state` where the conversation stands now. Never silent."""
    filing.file(state, turn)
    line = put_away(state, turn)
    try:
        said = _hear(state, turn)
    except DomainError as error:
        said = _after_no(state, turn, error)
    except AskAgain as again:
        said = _ask_anew(state, turn, again)
    except Leave as leave:
        said = [Outbound(turn.text(leave.key, **leave.args_)), *close(state, turn)]
    said = _joined([*([Outbound(line)] if line else []), *filing.told(state, turn), *said])
    if state.form is None:
        said += noticing.put_to_customer(turn)
    if said and said[-1].choices and not said[-1].choices[0].data[:1].isdigit():
        state.offer += 1
        state.offered = [Offered(label=choice.label, data=choice.data) for choice in said[-1].choices]
    return said


def _after_no(state: State, turn: Turn, error: DomainError) -> list[Outbound]:
    """A rule's no that no flow expected.

    A form whose answers no longer exist cannot go on, and is dropped.
    """
    no = Outbound(turn.text(error.key, **error.args_))
    try:
        return [no, *go_on(state, turn)]
    except DomainError:
        state.form = state.suspended = None
        return [no, menu.show(turn)]


def _ask_anew(state: State, turn: Turn, again: AskAgain) -> list[Outbound]:
    """An earlier answer turned out not to hold while something else was looked up."""
    filling = filling_of(state, turn)
    assert filling is not None
    filling.reopen(again.question)
    return filling.advance(Outbound(turn.text(again.key, **again.args_)))


def _joined(said: list[Outbound]) -> list[Outbound]:
    """Bare lines put before the message that follows them: on some platforms every message counts."""
    joined: list[Outbound] = []
    for message in said:
        bare = bool(joined) and not joined[-1].choices and joined[-1].card is None
        joined.append(after([joined.pop().text], message) if bare else message)
    return joined


def remind(state: State, turn: Turn) -> list[Outbound]:
    """The one reminder of a form that was left lying: its question again, as buttons that work."""
    filling = filling_of(state, turn)
    if filling is None or not menu.may(turn, filling.flow.key):
        return []
    return filling.advance(turn.say("form-still-here"))


def _hear(state: State, turn: Turn) -> list[Outbound]:
    match turn.content:
        case Arrived(start):
            return arrived(state, turn, start)
        case Proven() as proof:
            return prove(state, turn, proof)
        case Tap(data):
            return tapped(state, turn, data)
        case Consented():
            return [consents.thanks(turn)]
        case Contact() as contact:
            return shared_contact(state, turn, contact)
        case Photo() if (taken := photographing.answer(state, turn)) is not None:
            return [taken, *(go_on(state, turn) if state.form else [])]
        case Voice():
            return [turn.say("error-voice"), *go_on(state, turn)]
        case Unsupported(kind):
            own = f"error-unsupported-{kind}"
            return [turn.say(own if turn.has(own) else "error-unsupported"), *go_on(state, turn)]
        case Text(body) if not body.strip():
            return [turn.say("error-empty"), *go_on(state, turn)]
        case Text(body) if len(body) > LONGEST:
            return [turn.say("error-too-long", most=LONGEST, length=len(body)), *go_on(state, turn)]
        case Text(body):
            _settle_language(state, turn, body)
            return _text(state, turn, body)
        case Place() as place if turn.role is Role.WORKER and (said := rescuing.share_place(turn, place)):
            return [*said, *(go_on(state, turn) if state.form else [])]
        case content:
            filling = filling_of(state, turn)
            return answer(filling, content) if filling else [turn.say("error-not-now"), menu.show(turn)]


def _unasked(turn: Turn, body: str) -> list[Offered]:
    """What the newest message offers, where we wrote it unasked: a bare number then means one of its
    choices."""
    if not hearing.is_number(body):
        return []
    identity = turn.identity
    told = correspondence.last_told(turn.session, Peer(identity.channel, identity.account, identity.user))
    if told is None or told.answers_id is not None:
        return []
    offered = [Offered(label=one["label"], data=one["data"]) for one in told.content["choices"]]
    return [one for one in offered if not one.data[:1].isdigit()]


def _settle_language(state: State, turn: Turn, body: str) -> None:
    """The first words a person writes tell their language better than what their phone is set to."""
    if state.met or invitations.is_code(body):
        return
    spoken = "zh-CN" if CHINESE.search(body) else "en" if LATIN.search(body) else None
    if spoken is None:
        return
    state.met = True
    speak(turn, spoken)


def _text(state: State, turn: Turn, body: str) -> list[Outbound]:
    if turn.role is Role.WORKER and interrupts.is_call_for_help(body):
        return start(state, turn, "rescue", "")
    if (heard := interrupts.heard(body)) is not None and not could_be_answer(state, heard):
        return interrupt(state, turn, heard)
    if interrupts.is_alarm(body) and turn.role is Role.CUSTOMER:
        return call_person(state, turn, topic="alarm", answer="person-alarm")
    openings = _unasked(turn, body) or state.openings()
    if (opening := _opening(openings, body)) is not None:
        return tapped(state, turn, opening.data)
    filling = filling_of(state, turn)
    if filling is None:
        return begin(state, turn, body)
    if filling.asking() and (way := hearing.exactly(state.ways, body)) is not None:
        return take_way(filling, way.data.partition(":")[2])
    return answer(filling, Text(body))


def _opening(openings: list[Offered], body: str) -> Offered | None:
    """The choice of a menu or a card that is meant; what means something by itself is no slip in a label."""
    if (meant := hearing.by_number(openings, body) or hearing.exactly(openings, body)) is not None:
        return meant
    return None if words.whole(body, "intents") else hearing.by_label(openings, body)
