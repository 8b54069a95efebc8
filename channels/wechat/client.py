"""The API of an Official Account: wechatpy's helpers, awaited, and what it lacks. Slow to import."""

from collections.abc import Mapping
from concurrent.futures import Executor
from datetime import timedelta

import wechatpy
from sqlalchemy import Engine
from wechatpy.client.api import WeChatMedia, WeChatMenu, WeChatMessage, WeChatQRCode, WeChatTemplate

from channels.tencent.calls import Answer, Calls, Refused, token_in
from channels.tencent.requesting import Awaited
from channels.tencent.tokens import Tokens

OFFICIAL = "https://api.weixin.qq.com"
LARGEST = 20 * 1024 * 1024
"""Bytes of a file that we take; people cannot send larger ones."""
NO_MENU = 46003

Data = Mapping[str, Mapping[str, str]]
"""The values of a template by their names: {"time1": {"value": "14:00"}}."""


class Message(WeChatMessage):
    """Messages to one follower."""

    async def typing(self, user: str, *, begins: bool = True) -> Answer:
        """Show that an answer is being written, or no longer; what is refused here harms nothing."""
        command = "Typing" if begins else "CancelTyping"
        return await self._post("message/custom/typing", data={"touser": user, "command": command})

    async def send(self, user: str, kind: str, content: Mapping[str, object], **more: object) -> Answer:
        """A customer-service message of any kind; `more` stands beside its content."""
        return await self._post(
            "message/custom/send", data={"touser": user, "msgtype": kind, kind: content, **more}
        )


class Template(WeChatTemplate):
    """Template messages and subscription notices."""

    async def send(
        self,
        user: str,
        template: str,
        data: Data,
        *,
        url: str | None = None,
        mini_program: Mapping[str, str] | None = None,
        client_msg_id: str | None = None,
    ) -> Answer:
        """A template message. The same `client_msg_id` again is not sent twice."""
        body: dict[str, object] = {"touser": user, "template_id": template, "data": data, "url": url}
        body |= {"miniprogram": mini_program, "client_msg_id": client_msg_id}
        return await self._post("cgi-bin/message/template/send", data=_given(body))

    async def every(self, way: str) -> Mapping[str, str]:
        """What the account has, by its id: for each what stands in it, with the keys as "{{thing1.DATA}}".

        `way` is "notice" or "template".
        """
        if way == "notice":
            found = (await self._get("wxaapi/newtmpl/gettemplate")).get("data") or ()
            return {str(one.get("priTmplId")): str(one.get("content")) for one in found}
        found = (await self._get("cgi-bin/template/get_all_private_template")).get("template_list") or ()
        return {str(one.get("template_id")): str(one.get("content")) for one in found}

    async def bizsend(
        self,
        user: str,
        template: str,
        data: Data,
        *,
        page: str | None = None,
        mini_program: Mapping[str, str] | None = None,
    ) -> Answer:
        """A subscription notice, which uses up one consent of this person."""
        body = {"touser": user, "template_id": template, "data": data, "page": page}
        return await self._post(
            "cgi-bin/message/subscribe/bizsend", data=_given(body | {"miniprogram": mini_program})
        )


class Menu(WeChatMenu):
    """The menu below the chat."""

    async def get(self) -> Answer | None:
        """The menu as it is; None when there is none."""
        try:
            return await self._get("menu/get")
        except Refused as refused:
            if refused.code != NO_MENU:
                raise
            return None


class Media(WeChatMedia):
    """Files, kept by the platform for three days."""

    async def download(self, media_id: str, most: int = LARGEST) -> bytes | Answer:
        """A file somebody sent, or for a video where it is. Raises `TooLarge`."""
        return await self._client.calls.download("/cgi-bin/media/get", {"media_id": media_id}, most)


class QRCode(WeChatQRCode):
    """Codes that say where they were scanned."""

    def show(self, ticket: object) -> None:
        """Is not to be had: it is another host's picture. Draw the `url` that `create` returns."""
        raise AttributeError("draw the url instead")


class Client(Awaited, wechatpy.WeChatClient):
    """One account. Every helper that posts or gets returns a coroutine and goes through `calls`.

    Raises what calls raise. Nothing that needs the token in an address of its own works (`media.get_url`),
    nor what reads the answer before it is there: `user.iter_followers`, `tag.iter_tag_users`, jsapi.
    """

    message, template, menu, media, qrcode = Message(), Template(), Menu(), Media(), QRCode()

    def __init__(self, app_id: str, calls: Calls) -> None:
        super().__init__(app_id, "", auto_retry=False)
        self._http.close()  # nothing goes that way
        self.calls = calls

    async def quota(self, path: str) -> Answer:
        """How often a call ("/cgi-bin/message/custom/send") may be made today, and was: `quota` in it."""
        return await self.calls.post("/cgi-bin/openapi/quota/get", {"cgi_path": path})

    async def exchange(self, app_id: str, secret: str, code: str) -> Answer:
        """Who has logged in on a web page with this code, which is good once: `openid` in it."""
        asked = {"appid": app_id, "secret": secret, "code": code, "grant_type": "authorization_code"}
        return await self.calls.get("/sns/oauth2/access_token", asked, with_token=False)

    async def ticket(self) -> Answer:
        """What lets our pages use WeChat's script: `ticket` and `expires_in` in it."""
        return await self.calls.get("/cgi-bin/ticket/getticket", {"type": "jsapi"})

    async def explain(self, rid: str) -> Answer:
        """What the platform knows of a call of the last seven days, by its rid: `request` in it."""
        return await self.calls.post("/cgi-bin/openapi/rid/get", {"rid": rid})


async def fetch_token(calls: Calls, app_id: str, secret: str) -> tuple[str, timedelta]:
    """The account's token. While it is good, the same one for everybody who asks: no other is ended by it."""
    body = {
        "grant_type": "client_credential",
        "appid": app_id,
        "secret": secret,
        "force_refresh": False,
    }
    answer = await calls.post("/cgi-bin/stable_token", body, with_token=False)
    return token_in(answer)


def connect(
    app_id: str,
    secret: str,
    *,
    engine: Engine,
    threads: Executor | None = None,
    base_url: str = OFFICIAL,
) -> Client:
    """A client of one account, which asks nobody anything before the first call.

    Its token is kept in the database, where every process finds it.
    """
    tokens = Tokens(engine, threads, "wechat", app_id, fetch=lambda: fetch_token(calls, app_id, secret))
    calls = Calls(base_url, tokens, secrets=[secret])
    return Client(app_id, calls)


def _given(body: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in body.items() if value is not None}
