"""Somebody new at the company: the code they were given says who they are."""

import re
from dataclasses import replace
from typing import Any

from bot import cards, telling
from bot.answers import a_yes_or_no
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.flows.linking import known_as
from bot.messages import Choice, Content, Outbound, Text
from bot.readers import typed
from bot.verdicts import AskAgain, Leave
from core import bindings, identities, invitations
from core.identities import Role
from core.staff import StaffMember
from core.workers import Worker

NO_GOOD = (invitations.InvitationWrong, invitations.InvitationExpired, invitations.InvitationUsed)
BEGINS: dict[Role, tuple[str, ...]] = {
    Role.WORKER: ("round", "file", "carding"),
    Role.STAFF: ("desk", "requests"),
}
"""What somebody new is shown first."""


GROUPED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{4}[ -]?[A-Za-z0-9]{4}(?![A-Za-z0-9])")
TOKEN = re.compile(r"[A-Za-z0-9-]{5,12}|[A-Za-z0-9_-]{24}")


def _read_code(turn: Turn, content: Content) -> str | None:
    """A code, alone or among words, or what was surely meant as one."""
    words = typed.tidy(content.body).strip() if isinstance(content, Text) else ""
    meant = TOKEN.fullmatch(words)
    return _spot_code(turn, words) or (meant[0] if meant else None)


def _spot_code(_turn: Turn, text: str) -> str | None:
    found = [one for one in GROUPED.findall(typed.tidy(text)) if invitations.is_code(one)]
    return found[0] if len(found) == 1 else None


a_joining_code: Reader[str] = Reader(
    _read_code, _spot_code, whole=True, worded=lambda _turn, _code: bindings.HIDDEN
)
"""The code as it was handed out, in whatever case and grouping."""


def is_good(turn: Turn, code: str) -> None:
    """Refuses a code that lets nobody in. Here and not at the end, so that a wrong one stays counted."""
    try:
        invitations.verify(turn.session, turn.identity, code, turn.now)
    except bindings.TooManyTries as no:
        raise Leave("joining-tries", **no.args_) from no


def by_link(_turn: Turn, code: str) -> bool:
    """Whether a link was opened, which programs do too, and others may: it is asked who it is."""
    return invitations.is_token(code)


def it_is_me(turn: Turn, code: str) -> Options[bool]:
    """The one who is invited, or somebody else."""
    person = invitations.verify(turn.session, turn.identity, code, turn.now)
    yes = turn.text("joining-opened-yes", name=person.name, role=_role(turn, person))
    return [Option(True, yes), Option(False, turn.text("joining-opened-no"))]


class Joining(Flow):
    """Which code, and where a link was opened, whether it is them."""

    roles = frozenset(Role)

    code: str = ask(a_joining_code, check=is_good)
    opened: bool = ask(one_of(it_is_me, other=replace(a_yes_or_no, whole=True)), when=by_link)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """What a link brings along; a code is typed. Leaves when the link is no good."""
        if not argument or not invitations.is_token(argument):
            return {}
        try:
            invitations.verify(turn.session, turn.identity, argument, turn.now)
        except bindings.TooManyTries as no:
            raise Leave("joining-tries", **no.args_) from no
        except NO_GOOD as no:
            raise Leave(_of_link(no)) from no
        return {"code": argument}

    def done(self, turn: Turn) -> list[Outbound]:
        """They are who the code says, and speak as that; staff hear of it."""
        if self.opened is False:
            return [turn.say("joining-not-them")]
        colleagues = identities.of_staff(turn.session)
        try:
            person = invitations.accept(turn.session, turn.identity, self.code, turn.now)
        except NO_GOOD as gone:
            if invitations.is_token(self.code):
                raise Leave(_of_link(gone)) from gone
            raise AskAgain("code", gone.key, **gone.args_) from gone
        knew = {Role.WORKER: turn.identity.worker_id, Role.STAFF: turn.identity.staff_id}
        role = _role_of(person)
        if knew[role] != person.id:
            _tell(turn, colleagues, person)
        known_as(turn)
        return [_greeting(turn, person, role)]


def _greeting(turn: Turn, person: Worker | StaffMember, role: Role) -> Outbound:
    """Who they are now, and what they can do first."""
    choices: list[Choice] = [cards.go(turn, name) for name in BEGINS[role]]
    choices += [cards.go(turn, "switch")] if len(turn.identity.roles) > 1 else []
    key = f"joining-done-{role.value}"
    return turn.say(key, name=person.name, company=turn.company.name, choices=choices)


def _tell(turn: Turn, colleagues: list[identities.Identity], person: Worker | StaffMember) -> None:
    """Staff hear that somebody joined; nobody hears it of themselves."""

    def make(their: Turn) -> Outbound:
        role = _role(their, person)
        return their.say("told-joined", name=person.name, role=role, choices=[cards.go(their, "desk")])

    mine = (turn.identity.channel, turn.identity.account, turn.identity.user)
    for one in colleagues:
        if (one.channel, one.account, one.user) != mine:
            language = telling.language_of(turn.session, one, turn.company, Role.STAFF)
            turn.tell([one], language, make)


def _role_of(person: Worker | StaffMember) -> Role:
    return Role.WORKER if isinstance(person, Worker) else Role.STAFF


def _role(turn: Turn, person: Worker | StaffMember) -> str:
    return turn.text(f"role-{_role_of(person).value}")


def _of_link(no: Exception) -> str:
    """What is said of a link for this reason."""
    return "joining-link-used" if isinstance(no, invitations.InvitationUsed) else "joining-link-gone"
