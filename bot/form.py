"""Filling a flow: which question is open, what may answer it, and what an answer changes."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from bot import hearing
from bot.flow import Flow, Json, Options, Question, Turn, call
from bot.listening import Listening
from bot.messages import Choice, Outbound, Text
from bot.state import Form, Offered, State
from bot.verdicts import AskAgain, Implies, Retry
from bot.waysout import ways_out, with_more
from core.errors import DomainError

CHANGE = "?change"
"""What `asking` says while the person chooses which answer to change."""
REASK = "reask-"
"""How a button at the end begins that leads back to one question; its name follows."""


class EndlessForm(RuntimeError):
    """A flow keeps sending the person back by itself: a mistake in the flow."""


class Filling:
    """A form in this turn: the flow's questions, the answers as typed values, and the state they live in."""

    def __init__(self, state: State, form: Form, flow: type[Flow], turn: Turn) -> None:
        self.state, self.form, self.flow, self.turn = state, form, flow, turn
        self.answers: dict[str, Any] = {}  # Any: typed by each question
        self.worked_out: set[str] = set()
        for name, value in list(form.answers.items()):
            if name in flow.questions and (typed := self._typed(name, value)) is not hearing.NOTHING:
                self.answers[name] = typed
            else:
                del form.answers[name]

    def _typed(self, name: str, value: Json) -> Any:
        try:
            return self.flow.questions[name].adapter.validate_python(value, strict=False)
        except ValidationError:
            return hearing.NOTHING

    def open_question(self) -> Question | None:
        """The first question that applies and has no answer."""
        for question in self.flow.questions.values():
            if question.name in self.answers or not self.applies(question):
                continue
            return question
        return None

    def asking(self) -> Question | None:
        """The question the person was last asked, if it is still the one to answer."""
        open_now = self.open_question()
        return open_now if open_now and open_now.name == self.form.asking else None

    def hears(self) -> bool:
        """Whether a recording will do as the answer to the question that stands open."""
        question = self.asking()
        return question is not None and question.reader.voice

    def applies(self, question: Question) -> bool:
        """Whether the question is to be asked at all, by the answers so far or because they want to."""
        if question.when is None or question.name in self.form.reopened:
            return True
        return bool(call(question.when, self.turn, self.answers))

    def options(self, question: Question) -> Options[Any]:
        """What is on offer for a question by today's facts."""
        return call(question.reader.options, self.turn, self.answers) if question.reader.options else ()

    def accept(self, question: Question, value: Any) -> None:  # Any: typed by the question
        """Take an answer.

        Raises `Retry` or `AskAgain` when it will not do; forgets what depended on another one.
        """
        value = question.adapter.validate_python(value, strict=False)
        if question.check and value is not None:
            try:
                call(question.check, self.turn, {**self.answers, question.name: value})
            except DomainError as error:
                raise Retry(error.key, **error.args_) from error
        self.answers[question.name] = value
        self.form.answers[question.name] = question.adapter.dump_python(value, mode="json")
        self.form.former.pop(question.name, None)
        self.form.picked = []
        self.form.tries = 0

    def answer(self, question: Question, value: Any) -> None:  # Any: typed by the question
        """Take an answer that a person gave, with what it means for an earlier one. Raises as `accept`.

        When that will not do, it is the earlier question that must be asked again.
        """
        try:
            self.accept(question, value)
        except Implies as implied:
            earlier = self.flow.questions[implied.question]
            self._forget(earlier.name)  # and what was said for the other value
            try:
                self.accept(earlier, implied.value)
            except Retry as retry:
                raise AskAgain(earlier.name, retry.key, retry.options, **retry.args_) from retry
            self.accept(question, value)

    def reopen(self, name: str) -> None:
        """Ask a question anew, and everything that depended on its answer."""
        self._forget(name)
        self.form.former.pop(name, None)
        if name not in self.form.reopened:
            self.form.reopened.append(name)
        if name in self.form.asked:
            self.form.asked = self.form.asked[: self.form.asked.index(name)]
        self.form.picked, self.form.tries = [], 0

    def _forget(self, name: str) -> None:
        if name in self.answers:
            del self.answers[name]
            kept = self.form.answers.pop(name)
            question = self.flow.questions[name]
            if not (question.is_consent or question.worked_out):
                self.form.former[name] = kept
        for later in self.flow.questions.values():
            if name in later.needs:
                self.form.searched = [one for one in self.form.searched if one != later.name]
            if name in later.needs and later.name in self.answers:
                self._forget(later.name)

    def advance(self, *before: Outbound) -> list[Outbound]:
        """Fill in what is known, then ask the next question, or finish. `before` is said first."""
        said = [message.text for message in before]
        noted: list[str] = []
        options: dict[str, Options[Any] | None] = {}
        for _ in range(4 * len(self.flow.questions) + 4):
            question = self.open_question()
            try:
                if question is None:
                    return self._finish()
                if not self._fill(question, noted):
                    return [
                        after(
                            [*said, *self._noted(question, noted)],
                            self.present(question, options.get(question.name)),
                        )
                    ]
            except Retry as retry:
                assert question is not None
                said += self._noted(question, noted)
                return [after(said, self.present_again(question, retry))]
            except AskAgain as again:
                said.append(self.turn.text(again.key, **again.args_))
                self.reopen(again.question)
                options[again.question] = again.options
        raise EndlessForm(self.flow.key)

    def _noted(self, asking: Question, names: list[str]) -> list[str]:
        """What was understood in passing, read back; before the yes at the end everything is shown anyway."""
        if not names or asking.is_consent:
            return []
        return [self.noted(names)]

    def noted(self, names: list[str]) -> str:
        """These answers read back, without those that only led to another or that another says as well."""
        told = [name for name in names if not self.flow.questions[name].reader.silent] or names
        said = [self.worded(name) for name in told if name in self.answers]
        apart = [one for one in said if not any(one != other and one in other for other in said)]
        return self.turn.text("form-noted", values=apart)

    def _fill(self, question: Question, noted: list[str]) -> bool:
        """Answer a question from what we know or were told already; `noted` gets what was said in passing."""
        if question.worked_out:
            self.accept(question, call(question.worked_out, self.turn, self.answers))
            self.worked_out.add(question.name)
            return True
        if question.is_consent or question.name in self.form.reopened:
            return False
        fresh, older = self._messages()
        stood = question.name in self.form.former
        former = self.form.former.pop(question.name, None)
        new = question.name not in self.form.searched
        if new:
            self.form.searched.append(question.name)
        if new and self._spot(question, fresh, noted):
            return True
        if stood and (former is not None or question.skippable) and self._holds(question, former):
            return True
        if new and self._spot(question, older, noted):
            return True
        known = call(question.known, self.turn, self.answers) if question.known else None
        return known is not None and self._holds(question, known)

    def _messages(self) -> tuple[list[str], list[str]]:
        """This turn's own message, which wins over what stood before, and the earlier ones, newest first."""
        body = self.turn.content.body if isinstance(self.turn.content, Text) else None
        newest = self.form.earlier[::-1]
        return (newest[:1], newest[1:]) if newest and newest[0] == body else ([], newest)

    def _spot(self, question: Question, messages: list[str], noted: list[str]) -> bool:
        """Take the answer that one of the messages holds. May raise `Retry`, once for each question."""
        for text in messages:
            if self.took(question, text):
                noted.append(question.name)
                return True
        return False

    def took(self, question: Question, text: str) -> bool:
        """Take the answer that a message holds for a question it was not sent for. Raises as `answer`."""
        found = hearing.spot(self, question, text)
        if found is hearing.NOTHING:
            return False
        self.answer(question, found)
        return True

    def _holds(self, question: Question, value: Any) -> bool:  # Any: typed by the question, or its JSON form
        """Take a value nobody just said, if by today's facts it is still a good answer."""
        typed = self._typed(question.name, value)
        if typed is hearing.NOTHING:
            return False
        if question.reader.options and not hearing.has_reader(question) and typed is not None:
            chosen = typed if question.reader.several else (typed,)
            if not {*chosen} <= {option.value for option in self.options(question)}:
                return False
        try:
            self.accept(question, typed)
        except (Retry, Implies):
            return False
        return True

    def present(self, question: Question, options: Options[Any] | None = None) -> Outbound:
        """Put a question: its words, its choices and the ways out."""
        self.form.asking = question.name
        self.state.offer += 1
        if issubclass(self.flow, Listening) and question.name == self.flow.listens:
            self.state.offered = self.state.ways = []
            return self.flow.listening(self.turn, self.answers)
        if question.summary:
            return self._put_summary(question)
        every = self.options(question) if options is None else options
        shown = [option for option in every if option.shown]
        choices = self._offer(question, shown)
        key = f"{self.flow.key}-{question.name}-ask"
        card = call(question.card, self.turn, self.answers) if question.card else None
        said = self.turn.text(key, count=len(shown), **self._wording())
        return Outbound(said, tuple(choices), card, shares=question.reader.shares)

    def present_again(self, question: Question, retry: Retry) -> Outbound:
        """Put a question after an answer that will not do.

        Options of its own need no other words than the reason.
        """
        again = with_more(self.present(question, retry.options), retry.also, len(self.state.ways))
        reason = self.turn.text(retry.key, **retry.args_)
        return after([reason], again) if retry.options is None else replace(again, text=reason)

    def _wording(self) -> Mapping[str, object]:
        """The answers so far, for questions that mention them."""
        return {name: value for name, value in self.answers.items() if not isinstance(value, (bool, dict))}

    def _offer(self, question: Question, shown: Options[Any]) -> list[Choice]:
        number = self.state.offer
        self.state.offered = []
        for index, option in enumerate(shown):
            value = self._json(question, option.value)
            picked = value in self.form.picked
            label = self.turn.text("choice-picked", label=option.label) if picked else option.label
            words = [option.label, *option.words]
            data = f"{number}:{index}"
            self.state.offered.append(Offered(label=label, data=data, value=value, words=words))
        kind: Any = "amount" if question.reader.amount else "answer"
        choices = [Choice(offered.label, offered.data, kind) for offered in self.state.offered]
        return [*choices, *self._ways(ways_out(self.flow, self.form, question, len(choices)), question)]

    def _ways(self, names: list[str], question: Question | None) -> list[Choice]:
        """The ways out to show, remembered so that they may be typed as well as pressed."""
        made = [self._way(name, question) for name in names]
        self.state.ways = [Offered(label=choice.label, data=choice.data) for choice in made]
        return made

    def _way(self, way: str, question: Question | None) -> Choice:
        if way.startswith(REASK):
            named = self.turn.text(f"{self.flow.key}-{way.removeprefix(REASK)}-change")
            return Choice(named, f"{self.state.offer}:{way}", "way")
        owns = [f"{self.flow.key}-{question.name}-{way}"] if question else []
        owns += [f"{self.flow.key}-{way}", f"way-{way}"]
        label = self.turn.text(next(key for key in owns if self.turn.has(key)))
        return Choice(label, f"{self.state.offer}:{way}", "way")

    def _json(self, question: Question, value: Any) -> Json:
        if question.reader.several:
            return question.adapter.dump_python((value,), mode="json")[0]
        return question.adapter.dump_python(value, mode="json")

    def _put_summary(self, question: Question) -> Outbound:
        assert question.summary is not None
        self.find_anew(question.needs - self.worked_out)  # by the facts of this turn, not of an earlier one
        shown: Outbound = call(question.summary, self.turn, self.answers)
        yes = Offered(
            label=self.turn.text(f"{self.flow.key}-{question.name}-yes"),
            data=f"{self.state.offer}:0",
            value=True,
        )
        self.state.offered = [yes]
        at_the_end = (self.flow.questions[name] for name in self.flow.at_the_end if name in self.answers)
        again = [f"{REASK}{one.name}" for one in at_the_end if self.applies(one)]
        ways = self._ways([*again, "change", "cancel"], question)
        return Outbound(shown.text, (Choice(yes.label, yes.data), *ways), shown.card)

    def find_anew(self, names: Collection[str]) -> None:
        """Work these out again, those of them that are worked out at all."""
        for name, question in self.flow.questions.items():
            if question.worked_out and name in names:
                value = call(question.worked_out, self.turn, self.answers)
                self.answers[name] = value
                self.form.answers[name] = question.adapter.dump_python(value, mode="json")

    def put_change(self, key: str = "change-ask") -> Outbound:
        """Ask which of the answers so far is to be changed."""
        self.form.asking = CHANGE
        self.state.offer += 1
        self.state.offered = [
            Offered(
                label=self.turn.text("change-line", label=self.label(name), value=self.worded(name)),
                data=f"{self.state.offer}:{index}",
                value=name,
                words=[self.label(name)],
            )
            for index, name in enumerate(self.changeable())
        ]
        choices = [Choice(offered.label, offered.data) for offered in self.state.offered]
        return self.turn.say(key, choices=[*choices, *self._ways(["keep", "cancel"], None)])

    def changeable(self) -> list[str]:
        """The questions whose answers can be given anew now."""
        return [
            name
            for name, question in self.flow.questions.items()
            if name in self.answers and not (question.is_consent or question.worked_out)
        ]

    def label(self, name: str) -> str:
        """What a question is about, in a word or two."""
        return self.turn.text(f"{self.flow.key}-{name}-label")

    def worded(self, name: str) -> str:
        """An answer as the person would say it."""
        question, value = self.flow.questions[name], self.answers[name]
        if value is None or value == ():
            return self.turn.text("value-none")
        if question.reader.worded:
            return str(call(question.reader.worded, self.turn, self.answers, value))
        chosen = value if question.reader.several else (value,)
        labels = {option.value: option.label for option in self.options(question)}
        return self.turn.text("value-said", value=[self._said(labels, item) for item in chosen])

    def _said(self, labels: Mapping[Any, str], value: Any) -> str:
        if value in labels:
            return labels[value]
        if isinstance(value, bool):
            return self.turn.text("value-yes" if value else "value-no")
        return self.turn.text("value-said", value=value)

    def _finish(self) -> list[Outbound]:
        form = self.flow()
        for name in self.flow.questions:
            setattr(form, name, self.answers.get(name))
        with self.turn.session.begin_nested():
            said = form.done(self.turn)
        if (again := form.again()) is not None:
            return self._ask_once_more(said, again)
        self.state.form, self.state.suspended = self.state.suspended, None
        self.state.about = self.turn.about or self.state.about
        return said

    def _ask_once_more(self, said: list[Outbound], name: str) -> list[Outbound]:
        """Go on in the same form: what was just answered is done with, and the question is put anew.

        A flow that listens does not put it: everything typed is an answer.
        """
        self._forget(name)
        self.form.former, self.form.earlier, self.form.asked = {}, [], []
        if issubclass(self.flow, Listening):
            return said
        *before, last = said
        return [*before, after([last.text], self.present(self.flow.questions[name]))]

    def send(self) -> list[Outbound]:
        """Finish with what there is; what was not answered is skipped. Only for urgent forms."""
        for name, question in self.flow.questions.items():
            if question.reader.gathers and name == self.form.asking:
                self.answers[name] = tuple(self.form.picked)
        return self._finish()


def after(lines: list[str], message: Outbound) -> Outbound:
    """One message instead of several: on some platforms every message counts."""
    return replace(message, text="\n".join([*lines, message.text])) if lines else message
