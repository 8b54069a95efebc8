"""What people agree to be sent where the platform asks them for each message: offered, counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.flow import Turn
from bot.messages import Outbound
from bot.written import below
from core import grants
from core.correspondence import Peer


def keep(session: Session, peer: Peer, answers: Mapping[str, bool], now: datetime) -> None:
    """Count what they agreed to, by template; who refuses one takes back what they had agreed to."""
    for template, agreed in answers.items():
        if agreed:
            grants.accept(session, peer, template, now)
        else:
            grants.reject(session, peer, template)


def left(turn: Turn) -> int:
    """How many messages they may still be sent by templates of ours that need their agreement."""
    identity = turn.identity
    accepted = grants.accepted(turn.session, Peer(identity.channel, identity.account, identity.user))
    return sum(count for template, count in accepted.items() if template in turn.limits.asked)


def offered(turn: Turn, said: Outbound) -> Outbound:
    """The same, and below it where they can agree to be told in time, if they have not and can at all."""
    if not turn.limits.asked or not turn.limits.asks_at or left(turn):
        return said
    return replace(said, text=below(said.text, turn.text("consents-offer", page=turn.limits.asks_at)))


def thanks(turn: Turn) -> Outbound:
    """What is said to who has just agreed."""
    return turn.say("consents-thanks", count=left(turn))
