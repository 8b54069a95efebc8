"""Beginning something, going on with what stands open, and letting go of it."""

from dataclasses import replace
from datetime import timedelta

from bot import expecting, handing_over, menu, suggesting, words
from bot.dialogue import switching
from bot.enquiries import ENQUIRIES
from bot.flow import Turn
from bot.flows import FLOWS
from bot.form import Filling, after
from bot.handling import thread
from bot.messages import Outbound
from bot.opening import open_form
from bot.readers import services, when, yes_no
from bot.state import State
from bot.verdicts import Leave
from bot.waysout import OFFERED
from core import correspondence, handoffs, invitations, visits
from core.catalogue import Service
from core.correspondence import Message, Peer
from core.errors import DomainError
from core.households import inviting
from core.identities import Role

MISSES = 3
"""So often in a row may words outside of a form not be understood before a person is called."""
SPOKEN_OF = timedelta(days=1)
"""So long what we wrote of last is what "book it" means."""

SMALL_TALK = frozenset({"thanks", "greeting"})


def filling_of(state: State, turn: Turn) -> Filling | None:
    """The form that is being filled, None outside of one."""
    return Filling(state, state.form, FLOWS[state.form.flow], turn) if state.form else None


def arrived(state: State, turn: Turn, link: str) -> list[Outbound]:
    """Somebody opened the conversation; `link` is `name_argument` of what the link they followed wants."""
    name, _, argument = link.partition("_")
    if name in FLOWS or name in ENQUIRIES:
        return start(state, turn, name, argument)
    if filling := filling_of(state, turn):
        return filling.advance(turn.say("form-welcome-back"))
    return [menu.show(turn, turn.text(f"welcome-{turn.role.value}", company=turn.company.name))]


def begin(state: State, turn: Turn, body: str) -> list[Outbound]:
    """Words outside of any form: what do they want?"""
    wishes = is_wish(turn, body)
    plain = words.whole(body, "intents") is None and not wishes
    if plain and thread.is_answer(turn) and (said := thread.answer(turn)):
        state.misses = 0
        return said
    if (meant := suggesting.meant(turn, body)) is not None:
        state.misses = 0
        return start(state, turn, *meant)
    name = "joining" if invitations.is_code(body) else "belonging" if inviting.is_code(body) else None
    name = name or menu.meant(turn, body)
    name = name or menu.meant_elsewhere(turn, body)
    if name is None and not wishes and (said := thread.answer(turn)):
        state.misses = 0
        return said
    open_to_guess = name is None or (name in SMALL_TALK and (wishes or _is_more_than(turn, body, name)))
    if open_to_guess and menu.is_bookable(turn):
        name = _guessed(turn, body)
    if name is not None:
        state.misses = 0
        if name == "booking" and (spoken_of := _spoken_of(turn, body)) is not None:
            return _go_on_with(state, turn, spoken_of, body)
        return start(state, turn, name, "", earlier=body)
    if (sought := menu.looked_up(turn, body)) is not None:
        state.misses = 0
        return start(state, turn, *sought)
    if menu.is_refused(turn, body):
        return [menu.show(turn, turn.text("not-for-you"))]
    if turn.role is Role.CUSTOMER and (agreed := yes_no.read(body)) is not None:
        return _nodded(state, turn, agreed=agreed)
    return _not_understood(state, turn, body)


def last_told(turn: Turn) -> Message | None:
    """What we wrote to them last, whether or not it has arrived."""
    identity = turn.identity
    return correspondence.last_told(turn.session, Peer(identity.channel, identity.account, identity.user))


def _spoken_of(turn: Turn, body: str) -> Service | None:
    """The service that we wrote of last, for "book it" and "then Saturday"; None if they name one."""
    if services.read(body, turn.company, turn.language):
        return None
    told = last_told(turn)
    if told is None or turn.now - told.created_at > SPOKEN_OF:
        return None
    offered = {one["data"] for one in told.content["choices"]}
    found = [one for one in turn.company.services if f"go:booking:{one.code}" in offered]
    return found[0] if len(found) == 1 else None


def _go_on_with(state: State, turn: Turn, service: Service, body: str) -> list[Outbound]:
    """Book what was spoken of, and say that this is what is booked."""
    name = service.name.get(turn.language)
    first, *rest = start(state, turn, "booking", service.code, earlier=body)
    return [after([turn.text("form-noted", values=[name])], first), *rest]


def _nodded(state: State, turn: Turn, *, agreed: bool) -> list[Outbound]:
    """A yes or a no to nothing that was asked just now.

    A yes is for the reminder that they have not answered yet, a no for the person they wait for.
    """
    state.misses = 0
    if agreed and (visit := expecting.asked(turn)) is not None:
        return start(state, turn, "expected", visit.reference)
    if not agreed and handoffs.open_of(turn.session, turn.customer_id) is not None:
        return start(state, turn, "robot", "")
    return [turn.say("nodded-yes" if agreed else "nodded-no")]


def _not_understood(state: State, turn: Turn, body: str) -> list[Outbound]:
    """What may be said; to customers the second time a person is offered, the third time one is called."""
    state.misses += 1
    if state.misses >= MISSES and turn.role is Role.CUSTOMER:
        state.misses = 0
        handoff = handing_over.ask(turn, topic="stuck", words=body, reason="stuck")
        said = handing_over.asked(turn, handoff)
        return [replace(said, text=turn.text("handoff-stuck", by=handing_over.until(turn, handoff)))]
    if state.misses >= OFFERED and turn.role is Role.CUSTOMER:
        return [menu.show(turn, turn.text("not-understood-person"), person=True)]
    own = f"not-understood-{turn.role.value}"
    return [menu.show(turn, turn.text(own if turn.has(own) else "not-understood"))]


def is_wish(turn: Turn, body: str) -> bool:
    """Whether words can only mean another visit: a service of ours on a day to come."""
    today = turn.now.astimezone(turn.company.zone)
    said = when.read(body, today, turn.language)
    if said is None or not said.has_day or said.starts is None or said.starts.date() < today.date():
        return False
    return menu.is_bookable(turn) and services.spot(body, turn.company) is not None


def _is_more_than(turn: Turn, body: str, small_talk: str) -> bool:
    """Whether a greeting goes on to name a service, as in "hey, can somebody clean my flat?"."""
    if small_talk != "greeting" or words.whole(body, "intents", {small_talk}):
        return False
    return bool(services.read(body, turn.company, turn.language))


def _guessed(turn: Turn, body: str) -> str | None:
    """What words that name a service or a time mean: another time for a visit they have, or a new one."""
    timed = when.read(body, turn.now.astimezone(turn.company.zone), turn.language) is not None
    if (
        timed
        and words.stands_in(body, "verbs", "change")
        and visits.upcoming(turn.session, turn.customer_id, turn.now)
    ):
        return "moving"
    return "booking" if timed or services.read(body, turn.company, turn.language) else None


def start(state: State, turn: Turn, name: str, argument: str, earlier: str = "") -> list[Outbound]:
    """Begin a flow or answer an enquiry by name; a form being filled waits and is then resumed."""
    if not menu.may(turn, name):
        return [switching.belongs(state, turn, name, argument)]
    if name == switching.NAME and (wanted := switching.wanted(turn, argument)) is not None:
        return _switch(state, turn, wanted)
    if name in ENQUIRIES:
        if state.form is not None and FLOWS[state.form.flow].once:
            state.form, state.suspended = state.suspended, None
        if turn.role in ENQUIRIES[name].ends_forms:
            let_go(state, turn)
        said = ENQUIRIES[name].tell(turn, argument)
        if turn.leads is not None:
            then, turn.leads = turn.leads, None
            return [*said, *start(state, turn, *then)]
        return [*said, *(go_on(state, turn) if state.form else [])]
    if state.form is not None and state.form.flow == name and not argument:
        filling = filling_of(state, turn)
        assert filling is not None
        return stepped(filling, filling.advance(turn.say("form-still-here")))
    if state.form is not None and state.form.passing:
        FLOWS[state.form.flow].left(turn)
        state.form, state.suspended = state.suspended, None
    turn.found["before"] = state.form
    filling = open_form(state, FLOWS[name], turn, argument=argument, earlier=earlier)
    own = f"{name}-opened"
    return stepped(filling, filling.advance(*([turn.say(own)] if turn.has(own) else [])))


def _switch(state: State, turn: Turn, wanted: switching.Wanted) -> list[Outbound]:
    """Speak as something else from now on, and go on with what was wanted as that."""
    said = [Outbound(line) for line in switching.switch(state, turn, wanted.role)]
    if wanted.name:
        return [*said, *start(state, turn, wanted.name, wanted.argument)]
    return [*said, menu.show(turn)]


def stepped(filling: Filling, said: list[Outbound]) -> list[Outbound]:
    """What a step said; when it closed the form and another had waited, that one goes on.

    What was just done may have left the other nothing to do (a visit to be moved is cancelled): then it is
    put away without a word, because what was done has to be said and its no has not been asked for.
    """
    state, turn = filling.state, filling.turn
    if (line := switching.put_away(state, turn)) is not None:
        return [*said[:-1], after([line], said[-1])] if said else [Outbound(line)]
    then, turn.leads = turn.leads, None
    if state.form is None and then is not None:
        return [*said, *start(state, turn, *then)]
    if state.form is None or state.form is filling.form:
        return said
    resumed = filling_of(state, turn)
    assert resumed is not None
    try:
        return [*said, *resumed.advance(turn.say("form-resumed"))]
    except (DomainError, Leave):
        resumed.flow.left(turn)
        state.form = None
        return said


def go_on(state: State, turn: Turn) -> list[Outbound]:
    """The question that stands open, again; or the menu."""
    filling = filling_of(state, turn)
    return filling.advance() if filling else [menu.show(turn)]


def let_go(state: State, turn: Turn) -> None:
    """Let go of the form and of the one that waits, without a word."""
    for form in filter(None, (state.form, state.suspended)):
        FLOWS[form.flow].left(turn)
    state.form = state.suspended = None


def close(state: State, turn: Turn) -> list[Outbound]:
    """Let go of the form; the one that waited goes on if it still can, else the menu is shown."""
    if state.form is not None:
        FLOWS[state.form.flow].left(turn)
    state.form, state.suspended = state.suspended, None
    filling = filling_of(state, turn)
    try:
        return filling.advance(turn.say("form-resumed")) if filling else [menu.show(turn)]
    except (DomainError, Leave):
        let_go(state, turn)
        return [menu.show(turn)]
