"""What the channel reads of the record by itself."""

from sqlalchemy import Engine

from bot import outbox
from channels import render
from channels.base import Capabilities
from channels.gone import watched_transaction
from channels.wechat.updates import CHANNEL
from core import clock, correspondence, identities, logins
from core.company import Company
from core.correspondence import Peer


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

    def is_known(self, visitor: Peer, account: str) -> bool:
        """Whether somebody on another channel has an account here as well, or is not a customer at all."""
        with watched_transaction(self._engine) as session:
            identity = identities.find(session, *visitor)
            if identity is None or identity.customer_id is None:
                return identity is not None
            return identities.has_account(session, identity.customer_id, CHANNEL, account)

    def begin_login(self, user: str, *, is_second: bool = False) -> str:
        """As `core.logins.begin`, for a visitor of our page."""
        with watched_transaction(self._engine) as session:
            return logins.begin(session, user, clock.now(), is_second=is_second)

    def end_login(self, user: str, state: str) -> bool:
        """As `core.logins.end`."""
        with watched_transaction(self._engine) as session:
            return logins.end(session, user, state, clock.now())
