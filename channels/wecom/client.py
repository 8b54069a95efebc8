"""The API of a company's own application in WeCom: wechatpy's helpers, awaited, and what it lacks or gets
wrong. Slow to import."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import timedelta

import wechatpy.work
from sqlalchemy import Engine
from wechatpy.work.client.api import WeChatKFMessage, WeChatMedia, WeChatMessage

from channels.tencent.calls import STALE, Answer, Calls, token_in
from channels.tencent.requesting import Awaited
from channels.tencent.tokens import Tokens

OFFICIAL = "https://qyapi.weixin.qq.com"
LARGEST = 20 * 1024 * 1024
"""Bytes of a file that we take."""
TOKEN_MISSING = 41001

Card = Mapping[str, object]
"""A template card as the platform wants it, `card_type` and all."""


class Message(WeChatMessage):
    """Messages of the application to members of the company."""

    async def send_template_card(
        self, agent_id: int, user_ids: Sequence[str] | str, card: Card, **more: object
    ) -> Answer:
        """A card with buttons or choices. Its answer has a `response_code`, good for one change in 72 hours.

        `more` stands beside the card: `enable_duplicate_check` and its like.
        """
        content = {"msgtype": "template_card", "template_card": card, **more}
        return await self.send(agent_id, user_ids, msg=content)

    async def update_template_card(
        self,
        agent_id: int,
        response_code: str,
        *,
        user_ids: Sequence[str] | None = None,
        button: str | None = None,
        card: Card | None = None,
    ) -> Answer:
        """Change a card for these members, or for all who have it, and use up the code.

        Either its button is dead and says so, or all of it is another card.
        """
        body: dict[str, object] = {"agentid": agent_id, "response_code": response_code}
        body |= {"atall": 1} if user_ids is None else {"userids": list(user_ids)}
        body |= {"template_card": card} if card is not None else {"button": {"replace_name": button or ""}}
        return await self._post("message/update_template_card", data=body)

    async def recall(self, msgid: str) -> Answer:
        """Take a message of the last 24 hours back."""
        return await self._post("message/recall", data={"msgid": msgid})


class Media(WeChatMedia):
    """Files, kept by the platform for three days."""

    async def download(self, media_id: str, most: int = LARGEST) -> bytes | Answer:
        """A file somebody sent. Raises `TooLarge`."""
        return await self._client.calls.download("/cgi-bin/media/get", {"media_id": media_id}, most)


class KFMessage(WeChatKFMessage):
    """Messages of customer service; wechatpy puts three kinds of them under wrong names."""

    async def send_articles_link(
        self, user_id: str, open_kfid: str, article: Mapping[str, str], msgid: str = ""
    ) -> Answer:
        """A link with its title, words and picture: `title`, `desc`, `url`, `thumb_media_id`."""
        return await self._send(user_id, open_kfid, "link", article, msgid)

    async def send_location(
        self,
        user_id: str,
        open_kfid: str,
        name: str,
        address: str,
        latitude: float,
        longitude: float,
        msgid: str = "",
    ) -> Answer:
        """A place on the map, in GCJ-02."""
        place = {"name": name, "address": address, "latitude": latitude, "longitude": longitude}
        return await self._send(user_id, open_kfid, "location", place, msgid)

    async def send_miniprogram(
        self,
        user_id: str,
        open_kfid: str,
        appid: str,
        title: str,
        thumb_media_id: str,
        pagepath: str,
        msgid: str = "",
    ) -> Answer:
        """A card that opens a mini program."""
        card = {"appid": appid, "title": title, "thumb_media_id": thumb_media_id, "pagepath": pagepath}
        return await self._send(user_id, open_kfid, "miniprogram", card, msgid)

    async def _send(
        self, user: str, open_kfid: str, kind: str, content: Mapping[str, object], msgid: str
    ) -> Answer:
        return await self.send(user, open_kfid, msgid, {"msgtype": kind, kind: content})


class Client(Awaited, wechatpy.work.WeChatClient):
    """One application. Every helper that posts or gets returns a coroutine and goes through `calls`.

    Raises what calls raise. Nothing that needs the token in an address of its own works (`media.get_url`),
    nor what reads the answer before it is there: `user.convert_to_user_id`, `department.get_users`, jsapi.
    """

    message, media, kf_message = Message(), Media(), KFMessage()

    def __init__(self, corp_id: str, calls: Calls) -> None:
        super().__init__(corp_id, "", auto_retry=False)
        self._http.close()  # nothing goes that way
        self.calls = calls


async def fetch_token(calls: Calls, corp_id: str, secret: str) -> tuple[str, timedelta]:
    """The application's token. While it is good, the platform gives the same one to everybody."""
    asked = {"corpid": corp_id, "corpsecret": secret}
    answer = await calls.get("/cgi-bin/gettoken", asked, with_token=False)
    return token_in(answer)


def connect(
    corp_id: str,
    agent_id: int,
    secret: str,
    *,
    engine: Engine,
    threads: Executor | None = None,
    base_url: str = OFFICIAL,
) -> Client:
    """A client of one application, which asks nobody anything before the first call.

    Its token is kept in the database, where every process finds it.
    """
    account = f"{corp_id}/{agent_id}"
    tokens = Tokens(engine, threads, "wecom", account, fetch=lambda: fetch_token(calls, corp_id, secret))
    calls = Calls(base_url, tokens, secrets=[secret], stale=STALE | {TOKEN_MISSING})
    return Client(corp_id, calls)
