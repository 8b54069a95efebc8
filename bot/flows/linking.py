"""The code or link from another chat: this chat is the same person's from then on."""

from dataclasses import replace
from typing import Any

from bot import cards, telling, words
from bot.answers import a_code, a_yes_or_no
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import AskAgain, Leave
from core import bindings, identities, visits
from core.errors import DomainError

GONE = (bindings.WrongCode, bindings.CodeExpired, bindings.CodeUsed, bindings.SameCustomer)
"""Why a link binds nobody."""
YES_OR_NO = replace(a_yes_or_no, whole=True)
"""A no in whatever words, also in those that call staff where nothing was asked."""


def is_good(turn: Turn, code: str) -> None:
    """Refuses a code that does not bind. Here and not at the end, so that a wrong one stays counted."""
    try:
        bindings.verify(turn.session, turn.identity, code, turn.now)
    except (bindings.SameCustomer, bindings.TooManyTries) as no:
        raise Leave(no.key, **no.args_) from no


def has_own(turn: Turn, code: str) -> bool:
    """Whether this chat has anything that would go over, which is worth a yes of its own."""
    return not by_link(turn, code) and bindings.has_own(turn.session, turn.customer_id)


def by_link(_turn: Turn, code: str) -> bool:
    """Whether the proof came with a link. Nobody meant to be bound who only opened one."""
    return bindings.is_token(code)


def yes_or_no(turn: Turn) -> Options[bool]:
    """Put the two together, or leave them."""
    yes, no = turn.text("linking-joined-yes"), turn.text("linking-joined-no")
    return [Option(True, yes), Option(False, no, not_me())]


def not_me() -> tuple[str, ...]:
    """What people say who are not the one they are asked about; elsewhere it calls staff."""
    return tuple(sorted(words.phrases("intents", "mistaken")))


class Linking(Flow):
    """Which code or link, and where something would go over with it, or a link was opened, whether it should.

    Nobody's visits and addresses go to somebody who only talked them into typing a code or opening a link.
    """

    code: str = ask(a_code, check=is_good)
    opened: bool = ask(one_of(yes_or_no, other=YES_OR_NO), when=by_link)
    joined: bool = ask(one_of(yes_or_no, other=YES_OR_NO), when=has_own)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """What a link brings along is asked about; six digits are not taken from one, as they may be guessed.

        Nothing is used up by opening a link, because programs do that too. Leaves when it is no good.
        """
        if not argument or not bindings.is_token(argument):
            return {}
        try:
            bindings.verify(turn.session, turn.identity, argument, turn.now)
        except bindings.TooManyTries as no:
            raise Leave(no.key, **no.args_) from no
        except GONE as no:
            raise Leave(_of_link(no)) from no
        return {"code": argument}

    def done(self, turn: Turn) -> list[Outbound]:
        """Bind this account, and greet them as whom they are; the chat that the code is from hears of it."""
        if self.opened is False or self.joined is False:
            return [turn.say("linking-left", choices=[cards.go(turn, "profile")])]
        try:
            asked_by = bindings.verify(turn.session, turn.identity, self.code, turn.now)
            asked_on = identities.of_customer(turn.session, asked_by)[:1]
            bindings.bind(turn.session, turn.identity, self.code, turn.now)
        except bindings.TwoVerified as no:
            return [turn.say(no.key, choices=[cards.go(turn, "person"), cards.go(turn, "profile")])]
        except GONE as gone:
            if bindings.is_token(self.code):
                raise Leave(_of_link(gone)) from gone
            raise AskAgain("code", gone.key) from gone
        return greeted(turn, asked_on, "told-linked")


def _of_link(no: DomainError) -> str:
    """What is said of a link for this reason."""
    match no:
        case bindings.CodeUsed():
            return "linking-link-used"
        case bindings.SameCustomer():
            return "linking-link-same"
    return "linking-link-gone"


def greeted(turn: Turn, others: list[identities.Identity], key: str) -> list[Outbound]:
    """They are known here from now on; the `others` accounts of theirs hear of it, by the line `key`."""
    known_as(turn)
    news = [cards.go(turn, "mistaken"), cards.go(turn, "profile")]
    turn.tell(others, turn.language, lambda their: their.say(key, choices=news))
    return [greeting(turn)]


def known_as(turn: Turn) -> None:
    """The speaker anew, as the rest of this turn must see them."""
    was = turn.identity
    found = identities.find(turn.session, was.channel, was.account, was.user)
    assert found is not None
    turn.identity = found
    turn.found.clear()
    turn.language = telling.language_of(turn.session, found, turn.company)


def greeting(turn: Turn) -> Outbound:
    """To somebody we know now: their name, and what is ahead."""
    name = turn.customer.name
    said = turn.text("linking-done", name=name) if name else turn.text("linking-done-unnamed")
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    if not ahead:
        return Outbound(said, (cards.go(turn, "profile"), cards.go(turn, "booking")))
    turn.about = Reference(ahead[0].reference)
    more = [cards.go(turn, "visits")] if len(ahead) > 1 else []
    return Outbound(said, (*cards.visit_choices(turn, ahead[0]), *more), cards.visit_card(turn, ahead[0]))
