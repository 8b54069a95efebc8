"""The bot goes on with people who talked with a person of ours: from where they stood before."""

from collections.abc import Callable

from bot import dialogue, outbox, state, store, telling
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import Arrived, Outbound
from core.correspondence import Peer
from core.identities import Identity


def go_on(turn: Turn) -> tuple[Peer, ...]:
    """Go on with everybody whom this turn gives back to the bot; who they are.

    They hear first what the turn has to say to them, then the question that stood open, or the menu.
    """
    return tuple(_resume(turn, chat, make) for chat, make in turn.gives_back)


def _resume(turn: Turn, chat: Identity, make: Callable[[Turn], Outbound]) -> Peer:
    peer = Peer(chat.channel, chat.account, chat.user)
    held = store.load(turn.session, peer, turn.now)
    standing = state.load(held.state, FLOWS)
    asked = standing.offer
    theirs = telling.turn_of(turn.session, turn.company, chat, turn.now, Arrived())
    said = dialogue.resume(standing, theirs, make(theirs))
    outbox.reply(theirs, peer, said, standing, asked=asked, answers_id=None)
    store.save(turn.session, held, standing, turn.company.policies, turn.now)
    return peer
