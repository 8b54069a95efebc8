"""How a message is handed to its channel, by what the channel can do."""

from bot.messages import Outbound, Sender
from channels.base import Answering, Channel, Keyed
from core.correspondence import Claimed


def answers_at_once(channel: Channel) -> bool:
    """Whether its replies need no plan: nobody counts them, or they go in the answer to a request."""
    return not channel.can.limits.counted or isinstance(channel, Answering)


async def push(
    channel: Channel, message: Claimed, part: Outbound, number: int, replaces: str | None
) -> str | None:
    """Send a part of a message, counted from 0; the platform's name for it. Raises `Undelivered`."""
    to = Sender(*message.peer)
    if isinstance(channel, Keyed):
        return await channel.send_once(to, part, key=f"{message.id}-{number}")
    return await channel.send(to, part, purpose=message.purpose, replaces=replaces)
