"""One step of a conversation: what a person did, in; the new state and what we say, out."""

import re
from dataclasses import replace

from bot import (
    consents,
    filing,
    hearing,
    interrupts,
    menu,
    noticing,
    photographing,
    rescuing,
    talks,
    words,
)
from bot.dialogue import complaining, living
from bot.dialogue.answering import answer
from bot.dialogue.beginning import arrived, begin, close, filling_of, go_on, is_wish, last_told, start
from bot.dialogue.interrupting import could_be_answer, interrupt, speak
from bot.dialogue.pressing import take_way, tapped
from bot.dialogue.proving import prove
from bot.dialogue.sharing import shared_contact
from bot.dialogue.switching import put_away
from bot.enquiries import about_messages
from bot.flow import Turn
from bot.flows import FLOWS
from bot.form import after
from bot.handling import commands, thread
from bot.listening import Listening
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
from bot.readers import yes_no
from bot.state import Offered, State
from bot.verdicts import AskAgain, Leave
from core import invitations
from core.customers import UnknownAddress
from core.errors import DomainError
from core.households import inviting
from core.identities import Role

EXPECTED = "go:expected:"
"""What the button begins with by which a customer says that they expect us."""
COMMAND = "/"
"""What words to the bot begin with where everything else is passed on."""
LONGEST = 2_000
"""More characters than this in one message are kept, but not read."""
REASON = "reason"
"""The question to which what they want of what we send may be the answer as well."""
CHINESE = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]{3}")


def take_turn(state: State, turn: Turn) -> list[Outbound]:
    """Answer what the person did, and leave in `state` where the conversation stands now. Never silent."""
    filing.file(state, turn)
    turn.case = state.case
    line = put_away(state, turn)
    try:
        said = _hear(state, turn)
    except DomainError as error:
        said = _after_no(state, turn, error)
    except AskAgain as again:
        said = _ask_anew(state, turn, again)
    except Leave as leave:
        said = [Outbound(turn.text(leave.key, **leave.args_)), *close(state, turn)]
    complaining.remember(state, turn)
    said = _joined([*([Outbound(line)] if line else []), *filing.told(state, turn), *said])
    state.case = turn.case
    if state.form is None:
        said += noticing.put_to_customer(turn)
    if said and said[-1].choices and not said[-1].choices[0].data[:1].isdigit():
        state.offer += 1
        state.offered = [Offered(label=choice.label, data=choice.data) for choice in said[-1].choices]
    return said


def aside(turn: Turn) -> list[Outbound]:
    """What the bot says while a person of ours talks with their customer: to words of danger, and to whoever
    wants us to send less.

    The form that waits is not touched, and nothing is offered that would begin another one.
    """
    if not talks.is_danger(turn.content) and (wish := about_messages.wish(turn.content)) is not None:
        return [about_messages.change(turn, wish)]
    said = take_turn(State(met=True), turn)
    return [replace(one, choices=()) for one in said]


def _after_no(state: State, turn: Turn, error: DomainError) -> list[Outbound]:
    """A rule's no that no flow expected.

    A form whose answers no longer exist cannot go on, and is dropped; an address that is lent them no more is
    asked for anew.
    """
    if isinstance(error, UnknownAddress) and state.form is not None and "address" in state.form.answers:
        return _ask_anew(state, turn, AskAgain("address", "household-home-gone"))
    no = Outbound(turn.text(error.key, **error.args_))
    try:
        return [no, *go_on(state, turn)]
    except (DomainError, Leave):
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
    if filling is None or issubclass(filling.flow, Listening) or not menu.may(turn, filling.flow.key):
        return []
    return filling.advance(turn.say("form-still-here"))


def resume(state: State, turn: Turn, first: Outbound) -> list[Outbound]:
    """The bot talks with somebody again: `first`, then the question that stood open, else the menu."""
    filling = filling_of(state, turn)
    try:
        return filling.advance(first) if filling else [menu.show(turn, first.text)]
    except (DomainError, Leave):
        state.form = state.suspended = None
        return [menu.show(turn, first.text)]


def _hear(state: State, turn: Turn) -> list[Outbound]:
    match turn.content:
        case Arrived(start):
            return arrived(state, turn, start)
        case Proven() as proof:
            return prove(state, turn, proof)
        case Tap(data):
            complaining.returned(state)
            return tapped(state, turn, data)
        case Consented():
            return [consents.thanks(turn)]
        case Contact() as contact:
            return shared_contact(state, turn, contact)
        case Photo() if (taken := photographing.answer(state, turn)) is not None:
            return [taken, *(go_on(state, turn) if state.form else [])]
        case Photo() as photo if turn.role is Role.CUSTOMER and (
            said := complaining.pictured(state, turn, photo)
        ):
            return said
        case Voice() as voice:
            return _voice(state, turn, voice)
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
            if filling:
                return answer(filling, content)
            return thread.answer(turn) or [turn.say("error-not-now"), menu.show(turn)]


def _voice(state: State, turn: Turn, voice: Voice) -> list[Outbound]:
    """A recording nobody wrote down: for whoever has their complaint, or an answer where it may be one."""
    if state.form is None and (said := thread.answer(turn)) is not None:
        return said
    if (filling := filling_of(state, turn)) and filling.hears():
        return answer(filling, voice)
    return [turn.say("error-voice"), *go_on(state, turn)]


def _expected(turn: Turn, body: str) -> Offered | None:
    """The yes to a reminder that was the last we wrote, typed instead of tapped."""
    if yes_no.read(body) is not True:
        return None
    told = last_told(turn)
    offered = told.content["choices"] if told is not None and told.answers_id is None else []
    asks = (one for one in offered if one["data"].startswith(EXPECTED))
    return next((Offered(label=one["label"], data=one["data"]) for one in asks), None)


def _unasked(turn: Turn, body: str) -> list[Offered]:
    """What the newest message offers, where we wrote it unasked: a bare number then means one of its
    choices."""
    if not hearing.is_number(body):
        return []
    told = last_told(turn)
    if told is None or told.answers_id is not None:
        return []
    offered = [Offered(label=one["label"], data=one["data"]) for one in told.content["choices"]]
    return [one for one in offered if not one.data[:1].isdigit()]


def _settle_language(state: State, turn: Turn, body: str) -> None:
    """The first words a person writes tell their language better than what their phone is set to."""
    if state.met or invitations.is_code(body) or inviting.is_code(body) or body.startswith("/"):
        return
    spoken = "zh-CN" if CHINESE.search(body) else "en" if LATIN.search(body) else None
    if spoken is None:
        return
    state.met = True
    speak(turn, spoken)


def _command(state: State, turn: Turn, command: commands.Command) -> list[Outbound]:
    """What staff typed to be done at once, also in the middle of a form; else the form that asks for more."""
    done = commands.do(turn, command)
    if isinstance(done, commands.Opening):
        return start(state, turn, done.name, done.argument)
    return [*done, *(go_on(state, turn) if state.form else [])]


def _text(state: State, turn: Turn, body: str) -> list[Outbound]:
    if turn.role is Role.WORKER and interrupts.is_call_for_help(body):
        return start(state, turn, "rescue", "")
    if turn.role is Role.CUSTOMER and (wish := about_messages.meant(body)) is not None:
        return _unasked_for(state, turn, body, wish)
    listens = state.form is not None and issubclass(FLOWS[state.form.flow], Listening)
    if listens and not body.startswith(COMMAND):
        return _listen(state, turn, body)
    if menu.may(turn, "complaints") and (command := commands.meant(body)) is not None:
        return _command(state, turn, command)
    body = body.removeprefix(COMMAND) if listens else body
    if (heard := interrupts.heard(body)) is not None and not could_be_answer(state, heard):
        complaining.returned(state)
        return interrupt(state, turn, heard)
    is_customer = turn.role is Role.CUSTOMER
    if not is_customer and about_messages.meant(body) in about_messages.LESS:
        return [about_messages.of_work(turn), *(go_on(state, turn) if state.form else [])]
    if is_customer and (said := complaining.interrupted(state, turn, body)) is not None:
        return said
    if is_customer and state.form is None and (expected := _expected(turn, body)) is not None:
        return tapped(state, turn, expected.data)
    openings = _unasked(turn, body) or state.openings()
    if (opening := _opening(openings, body) or about_messages.taken_up(openings, body)) is not None:
        return tapped(state, turn, opening.data)
    if is_customer and (said := complaining.followed(state, turn, body)) is not None:
        return said
    if is_customer and (said := complaining.soothed(state, turn, body)) is not None:
        return said
    if is_customer and (said := living.told(state, turn, body)) is not None:
        return said
    filling = filling_of(state, turn)
    if filling is None and is_customer and (said := complaining.offered(state, turn, body)) is not None:
        return said
    if filling is None or listens:
        return begin(state, turn, body)
    if filling.form.passing and is_wish(turn, body):
        return begin(state, turn, body)
    if filling.asking() and (way := hearing.exactly(state.ways, body)) is not None:
        return take_way(filling, way.data.partition(":")[2])
    return answer(filling, Text(body))


def _unasked_for(state: State, turn: Turn, body: str, wish: str) -> list[Outbound]:
    """What a customer wants of what we send: done or shown, and the form goes on.

    Where a reason is asked for it is that too; and whoever works on their complaint reads it, if it was that
    they wrote to.
    """
    if thread.is_answer(turn):
        thread.heard(turn, body)
    filling = filling_of(state, turn)
    question = filling.asking() if filling else None
    if (
        filling is not None
        and question is not None
        and question.name == REASON
        and wish != about_messages.SHOW
    ):
        return [about_messages.change(turn, wish), *answer(filling, Text(body))]
    return start(state, turn, about_messages.NAME, "" if wish == about_messages.SHOW else wish)


def _listen(state: State, turn: Turn, body: str) -> list[Outbound]:
    """Words typed in a flow that listens: a command to the bot, or passed on as they are."""
    filling = filling_of(state, turn)
    assert filling is not None
    assert issubclass(filling.flow, Listening)
    if words.whole(body, "interrupts", {"menu"}):
        return [menu.show(turn, turn.text("menu-while-form"))]
    if (meant := filling.flow.commanded(turn, filling.answers, body)) is not None:
        return start(state, turn, *meant, earlier=body)
    return answer(filling, Text(body))


def _opening(openings: list[Offered], body: str) -> Offered | None:
    """The choice of a menu or a card that is meant; what means something by itself is no slip in a label."""
    if (meant := hearing.by_number(openings, body) or hearing.exactly(openings, body)) is not None:
        return meant
    return None if words.whole(body, "intents") else hearing.by_label(openings, body)
