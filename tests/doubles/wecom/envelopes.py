"""Callbacks and answers in their envelopes: signed and encrypted by wechatpy, not by us."""

import struct
from dataclasses import dataclass

from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.work.crypto import WeChatCrypto
from wechatpy.work.exceptions import InvalidCorpIdException

from tests.doubles.wechat.envelopes import Unreadable, elements, parse

WRONG = (InvalidSignatureException, InvalidAppIdException, InvalidCorpIdException)
BROKEN = (KeyError, ValueError, TypeError, IndexError, AttributeError, struct.error)


@dataclass(frozen=True)
class Envelopes:
    """Signs and encrypts with one application's token and key; there is no other mode."""

    token: str
    aes_key: str
    corp_id: str
    agent_id: int

    @property
    def _crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self.token, self.aes_key, self.corp_id)

    def seal(self, text: str, timestamp: str, nonce: str) -> tuple[str, str]:
        """Any text encrypted: the base64 of it and its signature."""
        fields = parse(self._crypto.encrypt_message(text, nonce, timestamp))
        return fields["Encrypt"], fields["MsgSignature"]

    def pack(self, inside: str, to: str, _userid: str, timestamp: str, nonce: str) -> tuple[dict, str]:
        """The query and the body of a callback; `inside` is what stands in its `<xml>`."""
        sealed, signature = self.seal(f"<xml>{inside}</xml>", timestamp, nonce)
        query = {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}
        outer = elements({"ToUserName": to, "AgentID": str(self.agent_id), "Encrypt": sealed})
        return query, f"<xml>{outer}</xml>"

    def unpack(self, body: str) -> dict:
        """The fields of an answer, decrypted. Raises `Unreadable`."""
        fields = parse(body)
        if "Encrypt" not in fields:
            raise Unreadable("not encrypted")
        try:
            opened = self._crypto.decrypt_message(
                body, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
            )
        except WRONG as why:
            raise Unreadable(type(why).__name__) from None
        except BROKEN as why:
            raise Unreadable(f"cannot be decrypted: {type(why).__name__}") from None
        return parse(opened)
