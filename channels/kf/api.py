"""What is asked of the platform for one account of customer service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.kf.updates import Raw, letter_id
from channels.tencent.calls import Answer
from channels.wecom.client import Client
from core.mailboxes import Page

MOST = 1_000
"""Letters of a page at most."""
BY_PROGRAM = 1
"""The state of a session in which programs may speak."""
_AMR = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one question brought, and whether to ask on."""

    page: Page
    is_last: bool


class Api:
    """Calls about one account, `open_kfid`. All raise what calls raise."""

    def __init__(self, client: Client, open_kfid: str) -> None:
        self._client, self._id = client, open_kfid

    async def fetch(self, cursor: str | None, token: str) -> Fetched:
        """The page behind a cursor; without one, all of the last three days."""
        body: dict[str, object] = {"open_kfid": self._id, "limit": MOST, "voice_format": _AMR}
        body |= {"cursor": cursor} if cursor else {}
        body |= {"token": token} if token else {}
        answer = await self._client.calls.post("/cgi-bin/kf/sync_msg", body)
        following = str(answer.get("next_cursor") or "") or cursor
        listed = answer.get("msg_list")
        entries = listed if isinstance(listed, list) else []
        letters: list[Raw] = [one for one in entries if isinstance(one, dict)]
        # A page that leads nowhere would be asked for for ever.
        more = bool(answer.get("has_more")) and following != cursor
        return Fetched(Page([(letter_id(one), one) for one in letters], following), not more)

    async def send(self, user: str, msgid: str, kind: str, content: Mapping[str, object]) -> Answer:
        """A message to a customer; the same `msgid` again is shown once."""
        message = {"msgtype": kind, kind: content}
        answer: Answer = await self._client.kf_message.send(user, self._id, msgid, message)
        return answer

    async def greet(self, code: str, msgid: str, kind: str, content: Mapping[str, object]) -> Answer:
        """A message to whoever just came in, by the code that came along; it counts nothing."""
        answer: Answer = await self._client.kf.send_msg_on_event(code, kind, {kind: content}, msgid)
        return answer

    async def resume(self, user: str) -> Answer:
        """Let programs speak in this customer's session."""
        answer: Answer = await self._client.kf.trans_service_state(self._id, user, BY_PROGRAM)
        return answer

    async def account(self) -> dict[str, Any] | None:  # Any: the platform's own JSON
        """What the platform's list of accounts says of this one; None if it is not in it."""
        listed = (await self._client.kf.get_account_list()).get("account_list") or []
        return next((one for one in listed if one.get("open_kfid") == self._id), None)

    async def file(self, media_id: str) -> bytes | Answer:
        """A file somebody sent. Raises `TooLarge`."""
        return await self._client.media.download(media_id)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()
