"""A person who proved on another platform who they are: this chat is theirs from then on."""

from bot import cards, menu
from bot.dialogue.beginning import go_on
from bot.flow import Turn
from bot.flows import linking
from bot.messages import Outbound, Proven
from bot.state import State
from core import bindings, identities
from core.identities import Role


def prove(state: State, turn: Turn, proof: Proven) -> list[Outbound]:
    """Greet them as whom they are; their other chat hears of it. A form they were filling goes on.

    An account that never wrote to us is kept as one that cannot be written to, until it writes.
    """
    if turn.role is not Role.CUSTOMER:
        return [menu.show(turn, turn.text("not-for-you"))]
    key = (proof.channel, proof.account, proof.user)
    other = identities.find(turn.session, *key)
    if other is None:
        other = identities.behind(turn.session, *key, language=turn.language, now=turn.now)
        identities.lose(turn.session, other, now=turn.now)
    if other.customer_id is None:
        return [turn.say("proven-not-customer", choices=[cards.go(turn, "person")])]
    goes_on = go_on(state, turn) if state.form else []
    try:
        bindings.bind_proven(turn.session, turn.identity, other, turn.now)
    except bindings.TwoVerified as no:
        return [turn.say(no.key, choices=[cards.go(turn, "person"), cards.go(turn, "profile")])]
    except bindings.SameCustomer:
        return [linking.greeting(turn), *goes_on]
    others = [other] if other.unreachable_at is None else []
    return [*linking.greeted(turn, others, "told-proven"), *goes_on]
