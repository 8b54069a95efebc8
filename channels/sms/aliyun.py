"""Aliyun's Short Message Service: one call for each text message."""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from yarl import URL

from channels.base import Check, Down, Health, Misconfigured, OutcomeUnknown, Undelivered
from channels.sms import errors, signing
from core import clock

VERSION = "2017-05-25"
LONGEST = 10.0
"""Seconds that a call may take."""
LARGEST = 64 * 1024
"""Bytes of an answer that are read."""
UNSIGNED = frozenset({"Content-Type"})
"""What the HTTP library would add; whatever is sent of this has to be signed, and there is no content."""
MAINLAND = "+86"
PASSED = 1
"""How the provider says that a text was agreed to."""

log = structlog.get_logger()


class Refused(Exception):
    """The provider said no: its code, and its words."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(f"{code} {said}".strip())
        self.code, self.said = code, said


class Aliyun:
    """Our account there; `sign` is the name that texts are signed with. Makes no connection before a call."""

    def __init__(self, url: str, key_id: str, secret: str, sign: str) -> None:
        self._url, self._key_id, self._secret, self._sign = url.rstrip("/"), key_id, secret, sign
        self._session: aiohttp.ClientSession | None = None

    async def send(self, phone: str, template: str, values: Mapping[str, str], *, once: str) -> str:
        """As `Gateway.send`."""
        params = {
            "PhoneNumbers": phone.removeprefix(MAINLAND).removeprefix("+"),
            "SignName": self._sign,
            "TemplateCode": template,
            "OutId": once,
        }
        if values:
            params["TemplateParam"] = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        try:
            answer = await self._call("SendSms", params)
        except Refused as refused:
            raise errors.meaning(refused.code, refused.said, template=template) from None
        return str(answer.get("BizId") or "")

    async def look(self, templates: Sequence[str]) -> Sequence[Check]:
        """As `Gateway.look`."""
        found = []
        for template in templates:
            try:
                answer = await self._call("QuerySmsTemplate", {"TemplateCode": template})
            except Refused as refused:
                meant = errors.meaning(refused.code, refused.said, template=template)
                advice = _ADVICE[isinstance(meant, Misconfigured)]
                found.append(Check(Health.PROBLEM, f"{template}: the provider says {refused}", advice))
                continue
            except Undelivered as failed:
                advice = "Look whether MENLING_SMS_API_URL can be reached from this machine."
                return [*found, Check(Health.PROBLEM, f"the provider cannot be reached: {failed}", advice)]
            if answer.get("TemplateStatus") == PASSED:
                found.append(Check(Health.OK, f"{template} is agreed to"))
            else:
                why = str(answer.get("Reason") or "not looked at yet")
                found.append(Check(Health.WARNING, f"{template} is not agreed to: {why}"))
        return found

    async def close(self) -> None:
        """As `Gateway.close`."""
        if self._session is not None:
            await self._session.close()

    async def _call(self, action: str, params: Mapping[str, str]) -> Mapping[str, Any]:  # Any: JSON
        """What the provider answers. Raises Refused, Down, and OutcomeUnknown once the request is out."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LONGEST))
        query = signing.query(params)
        headers = signing.headers(
            self._key_id,
            self._secret,
            host=urlsplit(self._url).netloc,
            action=action,
            version=VERSION,
            query=query,
            nonce=secrets.token_hex(16),
            now=clock.now(),
        )
        address = URL(f"{self._url}/?{query}", encoded=True)  # as it was signed
        try:
            async with self._session.post(address, headers=headers, skip_auto_headers=UNSIGNED) as response:
                body = await response.content.read(LARGEST)
                return _read(response.status, body)
        except aiohttp.ClientConnectorError as failed:
            raise Down(f"no connection: {type(failed).__name__}") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            raise OutcomeUnknown(f"cut off: {type(failed).__name__}") from None


_ADVICE = {
    True: "Set MENLING_SMS_KEY_ID, MENLING_SMS_KEY_SECRET and MENLING_SMS_SIGN as the console shows them.",
    False: "Look in the console whether this text exists and was agreed to.",
}


def _read(status: int, body: bytes) -> Mapping[str, Any]:  # Any: JSON
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        if status >= 500:
            raise Down(f"status {status}")
        raise OutcomeUnknown(f"status {status}, and no answer that can be read")
    code = str(answer.get("Code") or ("OK" if status < 400 else f"status {status}"))
    if code != "OK":
        raise Refused(code, str(answer.get("Message") or ""))
    return answer
