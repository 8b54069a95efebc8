"""A message while a form is open: the answer, another matter, several answers, or not understood."""

from dataclasses import replace
from typing import Any

from bot import handing_over, hearing, menu, words
from bot.dialogue.beginning import SMALL_TALK, close, filling_of, go_on, start, stepped
from bot.enquiries import ENQUIRIES
from bot.flow import Question, Turn, call
from bot.form import CHANGE, Filling, after
from bot.listening import Listening
from bot.messages import Content, Outbound, Text
from bot.readers import yes_no
from bot.state import State
from bot.verdicts import AskAgain, Retry
from bot.waysout import OFFERED, TRIES, has_person
from core.errors import DomainError
from core.identities import Role

ORDERS = frozenset({"deleting", "erasing", "mydata", "nooffers"})
"""What is heard at every question, like "cancel", where it is the whole message."""
REMEMBERED = 8
"""So many messages besides the first are looked through for answers to later questions."""


def answer(filling: Filling, content: Content) -> list[Outbound]:
    """A message while a form is open: the answer, another matter, several answers, or not understood."""
    body = content.body if isinstance(content, Text) else ""
    if filling.form.asking == CHANGE:
        return _choose_change(filling, body)
    question = filling.asking()
    if question is None:
        return filling.advance()
    if filling.flow.urgent and words.whole(body, "enough", {"send"}):
        return send(filling)
    if question.reader.gathers and _is_all(body):
        return take(filling, question, tuple(filling.form.picked), "")
    if question.skippable and not question.reader.several and _is_nothing(body):
        return take(filling, question, None, "")
    listens = issubclass(filling.flow, Listening)
    if not listens and (said := _asked_aside(filling, question, body)) is not None:
        return said
    try:
        if question.reader.any_will_do and words.whole(body, "whichever") and filling.state.offered:
            return _any_offered(filling, question)
        value = hearing.answer(filling, question, content)
        if value is not hearing.NOTHING and question.reader.gathers:
            return _gathered(filling, question, value)
        if value is not hearing.NOTHING:
            return take(filling, question, value, body)
        return (
            _changed(filling, body)
            or _aside(filling, body)
            or _changed(filling, body, amounts=True)
            or _answered_others(filling, question, body)
            or _small_talk(filling, body)
            or ask_again(filling, question)
        )
    except Retry as retry:
        return [_refused(filling, question, retry)]


def _refused(filling: Filling, question: Question, retry: Retry) -> Outbound:
    """The question again, as that answer will not do; who fails too often is helped by a person."""
    filling.form.tries += retry.options is None
    again = filling.present_again(question, retry)
    if not _is_stuck(filling):
        return again
    return after([filling.turn.text("again-handed-too", by=_hand_over(filling, question))], again)


def _any_offered(filling: Filling, question: Question) -> list[Outbound]:
    """Any of them will do: one is taken, and said."""
    assert question.reader.any_will_do is not None
    shown = {question.adapter.validate_python(one.value): one.label for one in filling.state.shown()}
    value = call(question.reader.any_will_do, filling.turn, filling.answers, tuple(shown))
    return [Outbound(filling.turn.text("form-any", choice=shown[value])), *take(filling, question, value, "")]


def try_answer(state: State, turn: Turn, body: str) -> list[Outbound]:
    """Take words that said something else already as the answer too; else put the question again."""
    filling = filling_of(state, turn)
    assert filling is not None
    before = filling.form.model_copy(deep=True)
    try:
        said = answer(filling, Text(body))
    except DomainError:
        said = []
    if state.form is filling.form and filling.form.answers == before.answers:
        state.form = before
        return go_on(state, turn)
    return said


def take(
    filling: Filling, question: Question, value: Any, body: str
) -> list[Outbound]:  # Any: typed by the question
    """An answer the person gave to the question they were asked. May raise `Retry`."""
    form = filling.form
    if question.is_consent and value is False and filling.flow.no_leaves:
        return leave(filling)
    if question.is_consent and value is False:
        return [filling.put_change("change-or-cancel")]
    try:
        filling.answer(question, value)
    except AskAgain as again:
        filling.reopen(again.question)
        return stepped(filling, filling.advance(Outbound(filling.turn.text(again.key, **again.args_))))
    form.asked = [*(name for name in form.asked if name != question.name), question.name]
    form.reopened = [name for name in form.reopened if name != question.name]
    if body and not question.reader.whole and not question.is_consent and not _is_shown(filling, body):
        _look_later(filling, body)
    return stepped(filling, filling.advance())


def send(filling: Filling) -> list[Outbound]:
    """Finish an urgent form with what there is."""
    return stepped(filling, filling.send())


def _gathered(
    filling: Filling, question: Question, piece: Any
) -> list[Outbound]:  # Any: one piece of what is gathered, in JSON form
    """One more of several things that are sent one after the other; the question stays open."""
    filling.form.picked.append(piece)
    filling.form.tries = 0
    more = filling.turn.text(f"{filling.flow.key}-{question.name}-more")
    return [replace(filling.present(question), text=more)]


def _is_shown(filling: Filling, body: str) -> bool:
    """Whether the message is nothing but a choice that was on offer."""
    shown = filling.state.shown()
    return hearing.exactly(shown, body) is not None or hearing.by_number(shown, body) is not None


def _look_later(filling: Filling, body: str) -> None:
    """Remember a message for questions still to come: it may hold their answers too."""
    earlier = [*filling.form.earlier, body]
    filling.form.earlier = [*earlier[:1], *earlier[1:][-REMEMBERED:]]
    filling.form.searched = [name for name in filling.form.searched if name in filling.answers]


def _changed(filling: Filling, body: str, *, amounts: bool = False) -> list[Outbound]:
    """A new value for a question already answered: "make it Thursday instead".

    For the answers that the present question depends on, the value alone will do; and with `amounts` for an
    amount, whose unit says what it is.
    """
    asking = filling.asking()
    meant = words.stands_in(body, "verbs", "change")
    for name in filling.changeable() if body else ():
        question = filling.flow.questions[name]
        leads_here = asking is not None and not asking.is_consent and name in asking.needs
        if not (meant or leads_here or (amounts and question.reader.amount)):
            continue
        try:
            value = hearing.spot(filling, question, body)
        except Retry as retry:
            filling.reopen(name)
            return [filling.present_again(question, retry)]
        if value is not hearing.NOTHING and value != filling.answers[name]:
            return _change(filling, question, value, body)
    return []


# Any: as in `take`
def _change(filling: Filling, question: Question, value: Any, body: str) -> list[Outbound]:
    """Take a new answer; one that will not do leaves its own question open, not the one that was asked."""
    filling.reopen(question.name)
    try:
        return _with_noted(filling, question.name, take(filling, question, value, body))
    except Retry as retry:
        return [filling.present_again(question, retry)]


def _with_noted(filling: Filling, name: str, said: list[Outbound]) -> list[Outbound]:
    """Read the changed answer back, unless everything is shown anyway."""
    asking = filling.asking()
    if (
        filling.state.form is not filling.form
        or asking is None
        or asking.is_consent
        or name not in filling.answers
    ):
        return said
    return [Outbound(filling.noted([name])), *said]


def _asked_aside(filling: Filling, question: Question, body: str) -> list[Outbound] | None:
    """A question of theirs in mid-form (price? rules? where is my cleaner?), unless the words are an
    answer."""
    if (
        not body
        or hearing.exactly(filling.state.shown(), body)
        or hearing.by_number(filling.state.shown(), body)
    ):
        return None
    if (orders := _ordered(filling, body)) is not None:
        return orders
    gathering = question.reader.gathers and words.whole(body, "intents", set(ENQUIRIES))
    if question.reader.whole and not (gathering or words.ends_like_a_question(body)):
        return None
    name = menu.meant(filling.turn, body)
    if name not in ENQUIRIES or name in SMALL_TALK or name in filling.flow.unclear:
        return None
    about = filling.answers.get(filling.flow.subjects.get(name, ""))
    return start(filling.state, filling.turn, name, str(about or ""))


def _ordered(filling: Filling, body: str) -> list[Outbound] | None:
    """What is about their data or our messages to them, which is never an answer, whatever was asked."""
    name = words.whole(body, "intents", ORDERS)
    if name is None or name == filling.flow.key or not menu.may(filling.turn, name):
        return None
    return start(filling.state, filling.turn, name, "", earlier=body)


def leave(filling: Filling) -> list[Outbound]:
    """Let go of the form, as they want nothing done."""
    own, turn = f"{filling.flow.key}-left", filling.turn
    usual = "form-cancelled" if turn.role is Role.CUSTOMER else "form-dropped"
    return [turn.say(own if turn.has(own) else usual), *close(filling.state, turn)]


def _aside(filling: Filling, body: str) -> list[Outbound]:
    """Another matter in mid-form: answered, or begun while this form waits."""
    name = menu.meant(filling.turn, body) or menu.meant_elsewhere(filling.turn, body)
    if name == filling.flow.key and words.whole(body, "intents", {name}):
        return filling.advance(filling.turn.say("form-still-here"))
    if name is None or name == filling.flow.key or name in SMALL_TALK:
        return []
    if filling.flow.urgent and not words.whole(body, "intents", {name}):
        return []
    return start(filling.state, filling.turn, name, "", earlier=body)


def _small_talk(filling: Filling, body: str) -> list[Outbound]:
    """A greeting or thanks in mid-form; looked for last, as "saturday morning" sounds like a greeting."""
    name = menu.meant(filling.turn, body)
    return start(filling.state, filling.turn, name, "", earlier=body) if name in SMALL_TALK and name else []


def _answered_others(filling: Filling, asked: Question, body: str) -> list[Outbound]:
    """Answers to questions not yet asked, all in one message. Whoever gives them wants no more extras."""
    found: list[str] = []
    mentioned = False
    picked = tuple(filling.form.picked)  # the next answer forgets it
    for question in filling.flow.questions.values() if body else ():
        if question is asked or question.name in filling.answers or question.is_consent:
            continue
        if question.needs - set(filling.answers):
            mentioned = mentioned or hearing.is_mentioned(filling, question, body)
            continue
        try:
            if filling.applies(question) and filling.took(question, body):
                found.append(question.name)
        except Retry:  # said when the question's own turn comes, from the message that is remembered
            mentioned = True
    if not found and not mentioned:
        return []
    if asked.reader.several:
        filling.accept(asked, picked)
    _look_later(filling, body)
    said = filling.noted(found) if found else filling.turn.text("form-noted-later")
    return stepped(filling, filling.advance(Outbound(said)))


def ask_again(filling: Filling, question: Question) -> list[Outbound]:
    """Not understood: say so with more help each time."""
    filling.form.tries += 1
    own = f"{filling.flow.key}-{question.name}-again"
    general = "again-choice" if question.reader.options or question.is_consent else "again-text"
    said = filling.turn.text(own if filling.turn.has(own) else general)
    if filling.form.tries >= OFFERED:
        stuck = "again-stuck" if has_person(filling.flow) else "again-example"
        said = filling.turn.text(stuck, example=example_of(filling, question))
    if _is_stuck(filling):
        said = filling.turn.text("again-handed", by=_hand_over(filling, question))
    return [after([said], filling.present(question))]


def _is_stuck(filling: Filling) -> bool:
    """Whether a customer just failed for the last time before a person is called without being asked for."""
    return filling.form.tries == TRIES and filling.turn.role is Role.CUSTOMER


def _hand_over(filling: Filling, question: Question) -> str:
    """Have a person look at it; by when. The form stays open, so that the next try may still do."""
    turn = filling.turn
    body = turn.content.body if isinstance(turn.content, Text) else ""
    reason = f"stuck:{filling.flow.key}:{question.name}"
    return handing_over.until(turn, handing_over.ask(turn, topic="stuck", words=body, reason=reason))


def example_of(filling: Filling, question: Question) -> str:
    return filling.turn.text(f"{filling.flow.key}-{question.name}-help")


def _choose_change(filling: Filling, body: str) -> list[Outbound]:
    shown = filling.state.shown()
    chosen = hearing.by_number(shown, body) or hearing.by_label(shown, body)
    if chosen is not None:
        return reopen(filling, chosen.value)
    return (
        _changed(filling, body)
        or _aside(filling, body)
        or _small_talk(filling, body)
        or [after([filling.turn.text("again-choice")], filling.put_change())]
    )


def reopen(filling: Filling, name: str) -> list[Outbound]:
    filling.reopen(name)
    return filling.advance()


def _is_all(body: str) -> bool:
    """Whether the message says that nothing more is coming."""
    return _is_nothing(body) or words.whole(body, "enough", {"all"}) is not None


def _is_nothing(body: str) -> bool:
    """Whether the message says that there is nothing to say: "skip", "nothing", "no"."""
    return yes_no.skips(body) or yes_no.read(body) is False
