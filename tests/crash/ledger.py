"""What people sent, as they know it themselves: the measure for what the database must hold."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Sent:
    """One thing that somebody sent, by the id it must be recorded under."""

    channel: str
    account: str
    user: str
    external_id: str
    kind: str
    body: str
    accepted: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known again by."""
        return self.channel, self.account, self.external_id


@dataclass
class Ledger:
    """Everything that was sent in an episode."""

    sent: dict[tuple[str, str, str], Sent] = field(default_factory=dict)
    redeliveries: int = 0
    """How often something was brought again: after a failure, at the same time, or for no reason."""

    def sends(self, sent: Sent) -> Sent:
        """Put it down before it is on its way."""
        assert sent.key not in self.sent, f"{sent.key} was used before"
        return self.sent.setdefault(sent.key, sent)

    @property
    def accepted(self) -> list[Sent]:
        """What was acknowledged."""
        return [one for one in self.sent.values() if one.accepted]
