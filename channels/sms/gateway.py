"""What whoever carries our text messages must be able to do."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from channels.base import Check


class Gateway(Protocol):
    """One provider and our account there."""

    async def send(self, phone: str, template: str, values: Mapping[str, str], *, once: str) -> str:
        """Send the registered text `template` with its variables filled in to a number (E.164).

        Returns the provider's id for it; `once` is ours, for its records. Raises `channels.base.Undelivered`.
        """
        ...

    async def look(self, templates: Sequence[str]) -> Sequence[Check]:
        """Ask the provider how things are, and whether it knows these texts."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...
