"""Callbacks and answers in their envelopes: written as XML, signed, encrypted; by wechatpy, not by us."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.utils import WeChatSigner

MODES = ("plain", "compatible", "safe")


class Unreadable(Exception):
    """An answer that the platform cannot make anything of."""


@dataclass(frozen=True)
class Envelopes:
    """Signs and encrypts with one account's token and key. `prp` is the cipher of wechatpy that is used."""

    token: str
    aes_key: str
    app_id: str
    mode: str = "safe"
    prp: type[PrpCrypto] = PrpCrypto

    @property
    def _crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self.token, self.aes_key, self.app_id)

    def signature(self, timestamp: str, nonce: str) -> str:
        """What proves that a call comes from the platform. It covers no body."""
        signer = WeChatSigner()
        signer.add_data(self.token, timestamp, nonce)
        return signer.signature

    def seal(self, xml: str, timestamp: str, nonce: str) -> tuple[str, str]:
        """A message encrypted: the base64 of it and its signature."""
        sealed = xmltodict.parse(self._crypto._encrypt_message(xml, nonce, timestamp, self.prp))["xml"]
        return sealed["Encrypt"], sealed["MsgSignature"]

    def pack(self, inside: str, to: str, openid: str, timestamp: str, nonce: str) -> tuple[dict, str]:
        """The query and the body of a callback in this mode; `inside` is what stands in its `<xml>`."""
        query = {
            "signature": self.signature(timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": openid,
        }
        if self.mode == "plain":
            return query, f"<xml>{inside}</xml>"
        encrypted, signature = self.seal(f"<xml>{inside}</xml>", timestamp, nonce)
        query |= {"encrypt_type": "aes", "msg_signature": signature}
        open_ = inside if self.mode == "compatible" else elements({"ToUserName": to})
        return query, f"<xml>{open_}{elements({'Encrypt': encrypted})}</xml>"

    def unpack(self, body: str) -> dict:
        """The fields of an answer, decrypted where it must be. Raises `Unreadable`."""
        fields = parse(body)
        if "Encrypt" not in fields:
            if self.mode == "safe":
                raise Unreadable("not encrypted in safe mode")
            return fields
        if self.mode == "plain":
            raise Unreadable("encrypted in plain mode")
        try:
            opened = self._crypto.decrypt_message(
                fields, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
            )
        except (InvalidSignatureException, InvalidAppIdException) as why:
            raise Unreadable(type(why).__name__) from None
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, struct.error) as why:
            raise Unreadable(f"cannot be decrypted: {type(why).__name__}") from None
        return parse(opened)


def parse(text: str) -> dict:
    """The fields inside `<xml>`. Raises `Unreadable` for what is no such document."""
    try:
        document = xmltodict.parse(text)
    except (ExpatError, ValueError):
        raise Unreadable("not XML") from None
    fields = document.get("xml")
    if not isinstance(fields, dict):
        raise Unreadable("no <xml> with fields in it")
    return fields


def elements(fields: Mapping[str, object]) -> str:
    """Fields as elements: words in CDATA, numbers bare, lists repeated; what is None is left out."""
    return "".join(
        f"<{name}>{_inside(value)}</{name}>"
        for name, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
        if value is not None
    )


def _inside(value: object) -> str:
    if isinstance(value, Mapping):
        return elements(value)
    if isinstance(value, int | float):
        return str(value)
    return "<![CDATA[" + str(value).replace("]]>", "]]]]><![CDATA[>") + "]]>"
