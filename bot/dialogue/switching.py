"""A person who is several things to the company says as which of them they speak."""

from typing import NamedTuple

from bot import menu
from bot.enquiries import about_roles
from bot.flow import Turn
from bot.flows import FLOWS
from bot.flows.linking import known_as
from bot.messages import Choice, Outbound
from bot.state import State
from core import identities
from core.identities import Role

NAME = "switch"


class Wanted(NamedTuple):
    """As what somebody wants to speak, and what to begin as that at once, if anything."""

    role: Role
    name: str = ""
    argument: str = ""


def wanted(turn: Turn, argument: str) -> Wanted | None:
    """What a button carries or words say, if it is to speak as something else that they are."""
    role, _, rest = (argument or about_roles.said(turn)).partition(":")
    name, _, more = rest.partition(":")
    if role not in set(turn.identity.roles):
        return None
    return Wanted(Role(role), name, more)


def belongs(state: State, turn: Turn, name: str, argument: str) -> Outbound:
    """They may not do this as what they speak as: a button that switches and does it, else a kind no."""
    role = menu.elsewhere(turn, name)
    if role is None:
        return menu.show(turn, turn.text("not-for-you"))
    data = ":".join(filter(None, ("go", NAME, role.value, name, argument)))
    label = turn.text("switch-and-go", role=_role(turn, role))
    key = "switch-belongs-form" if state.form else "switch-belongs"
    return turn.say(key, role=_role(turn, role), choices=[Choice(label, data)])


def switch(state: State, turn: Turn, role: Role) -> list[str]:
    """Speak as that from now on; a form of the other role is put away. What is to be said of it."""
    was = turn.identity
    if role is was.role:
        return [turn.text("switch-already", role=_role(turn, role))]
    identities.speak_as(turn.session, was.channel, was.account, was.user, role)
    known_as(turn)
    state.about = None
    line = put_away(state, turn)
    return [*([line] if line else []), turn.text("switch-done", role=_role(turn, role))]


def put_away(state: State, turn: Turn) -> str | None:
    """Let go of a form that the person may not fill as what they speak as now; what to say of it."""
    if state.form is None or menu.may(turn, state.form.flow):
        return None
    flow = FLOWS[state.form.flow]
    if any(role in flow.roles for role in turn.identity.roles):
        flow.left(turn)
    state.form = state.suspended = None
    return turn.text("switch-put-away")


def _role(turn: Turn, role: Role) -> str:
    return turn.text(f"role-{role.value}")
