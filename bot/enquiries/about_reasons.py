"""A customer asks why we wrote to them: what it was, what it goes by, and how to hear less."""

from datetime import timedelta

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from core import consents, decency
from core.consents import Purpose
from core.correspondence import Direction, Message, Peer, talk
from core.correspondence import Purpose as Why
from core.decency import Class, Sent
from core.lifecycle import Lifecycle

LOOKED_AT = 60
"""So many of the newest messages of the chat are looked through."""
LATELY = timedelta(days=60)
"""What is longer ago is not what they mean."""


def why(turn: Turn, _argument: str) -> list[Outbound]:
    """The reason of the newest thing that they were told in this chat without having asked."""
    told = _newest(turn)
    if told is None:
        return [turn.say("reason-none", choices=[cards.go(turn, "messages")])]
    day = told.created_at.astimezone(turn.zone or turn.company.zone).date()
    counted = decency.lately(turn.session, turn.customer_id, told.created_at - timedelta(microseconds=1))
    sent = next((one for one in counted if one.at == told.created_at), None)
    if sent is None:
        return [turn.say("reason-service", day=day, choices=[cards.go(turn, "messages")])]
    off = "care-off" if sent.kind is Class.CARE else "offers-off"
    choices = [cards.go(turn, "messages", change, f"messages-go-{change}") for change in (off, "fewer")]
    said = turn.text(f"reason-{sent.kind.value}", day=day, reason=_reason(turn, sent))
    return [Outbound(said, (*choices, cards.go(turn, "messages")))]


def _newest(turn: Turn) -> Message | None:
    identity = turn.identity
    chat = Peer(identity.channel, identity.account, identity.user)
    for one in reversed(talk(turn.session, chat, limit=LOOKED_AT)):
        unasked = one.direction is Direction.OUT and one.purpose is not Why.ANSWER
        if unasked and one.created_at > turn.now - LATELY:
            return one
    return None


def _reason(turn: Turn, sent: Sent) -> str:
    """What it goes by, in a sentence."""
    stands = turn.session.get(Lifecycle, turn.customer_id)
    agreed = consents.find(turn.session, turn.customer_id, Purpose.MARKETING)
    since = agreed.given_at.astimezone(turn.company.zone).date() if agreed is not None else None
    return turn.text(
        f"reason-{sent.about}",
        days=stands.interval_days if stands is not None else 0,
        since=since or "none",
    )
