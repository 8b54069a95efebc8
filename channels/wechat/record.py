"""What the channel reads of the record by itself."""

from sqlalchemy import Engine

from bot import outbox
from channels import render
from channels.base import Capabilities
from channels.gone import watched_transaction
from core import correspondence
from core.company import Company


class Record:
    """Blocks: call it in a thread. Raises `Gone`."""

    def __init__(self, engine: Engine, can: Capabilities, company: Company) -> None:
        self._engine, self._can, self._company = engine, can, company

    def former(self, message_id: int) -> str | None:
        """What was answered to an inbound message, as far as one message holds it; None for nothing."""
        with watched_transaction(self._engine) as session:
            answer = next(iter(correspondence.answers(session, message_id)), None)
        if answer is None:
            return None
        said = outbox.outbound(answer)
        hint = render.number_hint(said.language or self._company.languages[0])
        return render.fit(said, self._can, number_hint=hint)[0].text
