"""The code or link of a household: whoever has it hears what it means, and joins or does not."""

import re
from dataclasses import replace
from typing import Any

from bot import cards, kin
from bot.answers import a_name, a_yes_or_no
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.flows.wanted import name_on_file
from bot.messages import Card, Content, Outbound, Text
from bot.readers import typed
from bot.verdicts import AskAgain, Leave
from core import bindings, households
from core.errors import DomainError
from core.households import Household, HouseholdInvitation, Part, inviting

NO_GOOD = (inviting.InviteWrong, inviting.InviteExpired, inviting.InviteUsed)
"""What another code helps against."""
GROUPED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{5}[ -]?[A-Za-z0-9]{5}(?![A-Za-z0-9])")
TOKEN = re.compile(r"[A-Za-z0-9-]{5,14}|[A-Za-z0-9_-]{24}")


def _read_code(turn: Turn, content: Content) -> str | None:
    """A code, alone or among words, or what was surely meant as one."""
    words = typed.tidy(content.body).strip() if isinstance(content, Text) else ""
    meant = TOKEN.fullmatch(words)
    return _spot_code(turn, words) or (meant[0] if meant else None)


def _spot_code(_turn: Turn, text: str) -> str | None:
    found = [one for one in GROUPED.findall(typed.tidy(text)) if inviting.is_code(one)]
    return found[0] if len(found) == 1 else None


a_household_code: Reader[str] = Reader(
    _read_code, _spot_code, whole=True, worded=lambda turn, _code: turn.text("belonging-code-label")
)
"""The code as it was handed on, in whatever case and grouping."""


def is_good(turn: Turn, code: str) -> None:
    """Refuses a code that lets nobody in. Here and not at the end, so that a wrong one stays counted."""
    try:
        inviting.verify(turn.session, turn.identity, code, turn.now)
    except NO_GOOD:
        raise
    except DomainError as no:
        raise _no(no) from no


def yes_or_no(turn: Turn, code: str) -> Options[bool]:
    """Join, or not. The button for yes says what to, so that nobody agrees to something else."""
    asked = _asked(turn, code)
    name = kin.name(turn, asked.by_id)
    household = turn.session.get_one(Household, asked.household_id)
    yes = turn.text("belonging-agreed-yes", name=name, company=household.name or "none")
    return [Option(True, yes), Option(False, turn.text("belonging-agreed-no"))]


def what_it_means(turn: Turn, code: str) -> Card:
    """Who asks, what they could do then, and what the others would know of them."""
    asked = _asked(turn, code)
    household = turn.session.get_one(Household, asked.household_id)
    name, part = kin.name(turn, asked.by_id), f"{household.kind.value}-{asked.part.value}"
    told = {"name": name, "company": household.name or "none"}
    lines = [
        (turn.text("belonging-card-by"), turn.text("belonging-by", **told)),
        (turn.text("belonging-card-can"), turn.text(f"belonging-can-{part}", **told)),
        (turn.text("belonging-card-sees"), turn.text(f"belonging-sees-{part}", **told)),
        (turn.text("belonging-card-out"), turn.text("belonging-out")),
    ]
    return Card(turn.text("belonging-card-title"), tuple(lines))


class Belonging(Flow):
    """Which code, what to call them, and whether they agree."""

    code: str = ask(a_household_code, check=is_good)
    called: str = ask(a_name, known=name_on_file)
    agreed: bool = ask(one_of(yes_or_no, other=replace(a_yes_or_no, whole=True)), card=what_it_means)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """What a link brings along; a code is typed. Leaves when the link is no good."""
        if not argument or not inviting.is_token(argument):
            return {}
        try:
            inviting.verify(turn.session, turn.identity, argument, turn.now)
        except DomainError as no:
            raise _no(no) from no
        return {"code": argument}

    def done(self, turn: Turn) -> list[Outbound]:
        """They are in it, and the others hear of it; or everything stays as it is."""
        if not self.agreed:
            return [turn.say("belonging-left", choices=[cards.go(turn, "booking")])]
        if turn.customer.name is None:
            turn.customer.name = self.called
            turn.session.add(turn.customer)
        try:
            made = inviting.accept(turn.session, turn.company, turn.identity, self.code, turn.now)
        except NO_GOOD as no:
            raise AskAgain("code", no.key, **no.args_) from no
        except DomainError as no:
            raise _no(no) from no
        turn.found.pop("kin", None)
        return [_greeted(turn, made)]


def _greeted(turn: Turn, made: households.HouseholdPerson) -> Outbound:
    """What they can do now; everybody who was there is told."""
    household = turn.session.get_one(Household, made.household_id)
    name = kin.name(turn, turn.customer_id)
    for one in households.people(turn.session, made.household_id):
        if one.customer_id != turn.customer_id and (one.part is not Part.CONTACT):
            kin.tell(turn, one.customer_id, "kin-joined", name=name)
    key = f"belonging-done-{'hears' if made.part is Part.CONTACT else 'books'}"
    by = kin.name(turn, made.invited_by or 0)
    choices = [cards.go(turn, "booking"), cards.go(turn, "family")]
    choices = choices[made.part is Part.CONTACT :]
    return turn.say(key, name=household.name or by, choices=choices)


def _asked(turn: Turn, code: str) -> HouseholdInvitation:
    return inviting.verify(turn.session, turn.identity, code, turn.now)


def _no(no: DomainError) -> Leave:
    """Why nobody joins by it, whatever code they give."""
    if isinstance(no, households.AlreadyIn):
        return Leave("household-in-this" if no.args_["same"] else no.key)
    return Leave("joining-tries" if isinstance(no, bindings.TooManyTries) else no.key, **no.args_)
