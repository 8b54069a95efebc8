"""An account as the stand-in's own tests have one: a client of the API, and a webhook that listens."""

import io
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import xmltodict
from aiohttp import web
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from tests.doubles.wechat import Double

Answer = str | web.Response | Callable[[], Awaitable[web.Response]]


@dataclass
class Api:
    """Calls the platform as a client library does; a token is fetched when the first call needs it."""

    session: aiohttp.ClientSession
    double: Double
    token: str = ""

    async def __call__(self, path: str, **params: object) -> dict:
        """Post an object to a path below `/cgi-bin/`."""
        return await self.post(path, json.dumps(params, ensure_ascii=False).encode())

    async def post(self, path: str, body: object, **query: str) -> dict:
        """Post any body, or a form."""
        query = {"access_token": await self.fetch()} | query
        async with self.session.post(self.at(path), data=body, params=query) as response:
            assert response.status == 200, await response.text()
            return json.loads(await response.text())

    async def get(self, path: str, **query: str) -> dict:
        async with self.session.get(
            self.at(path), params={"access_token": await self.fetch()} | query
        ) as response:
            assert response.status == 200, await response.text()
            return json.loads(await response.text())

    async def code(self, path: str, **params: object) -> int:
        """The error code of a call, 0 for none."""
        return (await self(path, **params)).get("errcode", 0)

    async def says(self, touser: str, text: str) -> int:
        """Send a text as a customer-service message; the error code."""
        return await self.code("message/custom/send", touser=touser, msgtype="text", text={"content": text})

    async def fetch(self) -> str:
        """The token; a new one after it was emptied."""
        if not self.token:
            params = {"grant_type": "client_credential", "appid": self.double.app_id}
            async with self.session.post(
                self.at("stable_token"), json=params | {"secret": self.double.secret}
            ) as response:
                self.token = (await response.json(content_type=None))["access_token"]
        return self.token

    async def upload(self, kind: str, name: str, data: bytes) -> dict:
        form = aiohttp.FormData()
        form.add_field("media", io.BytesIO(data), filename=name)
        return await self.post("media/upload", form, type=kind)

    def at(self, path: str) -> str:
        return self.double.url + (path if path.startswith("/") else f"/cgi-bin/{path}")


@dataclass
class Hook:
    """A webhook: keeps what arrives, and answers what it is told to, else `success`."""

    double: Double
    url: str = ""
    got: list[dict] = field(default_factory=list)
    queries: list[dict] = field(default_factory=list)
    bodies: list[dict] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        if request.method == "GET":
            return web.Response(text=query["echostr"] if self.is_signed(query) else "no")
        check_signature(self.double.token, query["signature"], query["timestamp"], query["nonce"])
        body = xmltodict.parse(await request.text())["xml"]
        self.queries.append(query)
        self.bodies.append(body)
        self.got.append(self._opened(body, query))
        answer = self.answers.pop(0) if self.answers else "success"
        if isinstance(answer, str):
            return web.Response(text=answer)
        return answer if isinstance(answer, web.Response) else await answer()

    def is_signed(self, query: dict) -> bool:
        return self.double.envelopes.signature(query["timestamp"], query["nonce"]) == query["signature"]

    @property
    def crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self.double.token, self.double.aes_key, self.double.app_id)

    def _opened(self, body: dict, query: dict) -> dict:
        if "Encrypt" not in body:
            return body
        opened = self.crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        return xmltodict.parse(opened)["xml"] or {}

    def reply(self, openid: str, inside: str, *, sealed: bool = True, kind: str = "text") -> str:
        """A passive reply; `inside` is its own fields."""
        xml = (
            f"<xml><ToUserName>{openid}</ToUserName><FromUserName>{self.double.account}</FromUserName>"
            f"<CreateTime>1</CreateTime><MsgType>{kind}</MsgType>{inside}</xml>"
        )
        return self.crypto.encrypt_message(xml, "nonce-of-ours", "1760000000") if sealed else xml

    def say(self, openid: str, text: str, *, sealed: bool = True) -> None:
        """Answer the next callback with this text."""
        self.answers.append(self.reply(openid, f"<Content>{text}</Content>", sealed=sealed))
