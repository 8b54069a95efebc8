"""What of delivery the operator should hear."""

import asyncio

import structlog

from channels.outcomes import Outcome

log = structlog.get_logger()


class Troubles:
    """Writes sends that went wrong into the log."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def hear(self, outcome: Outcome) -> None:
        """Tell the operator what they can act on: a wrong setting once, a fault of ours every time."""
        message, channel = outcome.message, outcome.message.peer.channel
        about = {"message": message.id, "channel": channel}
        match outcome.kind:
            case "sent":
                log.debug("outbox.sent", **about, ms=round(outcome.seconds * 1000, 1))
                if self._said:
                    self._said = {told for told in self._said if told[0] != channel}
            case "misconfigured":
                trouble = (channel, outcome.reason)
                if trouble not in self._said:
                    log.error("outbox.misconfigured", channel=channel, reason=str(outcome.failure))
                self._said.add(trouble)
            case "unreachable" | "refused":
                log.warning("outbox.undelivered", **about, reason=outcome.reason)
            case "broken" if not isinstance(outcome.failure, asyncio.CancelledError):
                log.error("outbox.channel_broken", **about, exc_info=outcome.failure)
            case _:
                log.info("outbox.postponed", **about, reason=outcome.reason)
