"""People: what they do to an account, and what they see of it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

import aiohttp

from tests.doubles.bell import Bell
from tests.doubles.wechat.callbacks import Callback
from tests.doubles.wechat.grants import Grants, trigger
from tests.doubles.wechat.screens import Seen

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

COOKIE = "visitor"


@dataclass(eq=False)
class Person:
    """Somebody with WeChat. What they do is told to the account at once; `double.quiet()` waits for that.

    `seen` is everything they were shown, in order. `muted` takes no messages, `blacklisted` is what staff
    did to them, `snapshot` opens pages without being logged in. `accepted` counts what each template may
    still send them.
    """

    double: "Double"
    openid: str
    name: str
    follower: bool = False
    muted: bool = False
    blacklisted: bool = False
    snapshot: bool = False
    platform: str = "1"
    tags: list[int] = field(default_factory=list)
    followed_at: int = 0
    came_by: str = ""
    grants: Grants = field(default_factory=Grants)
    accepted: Counter[str] = field(default_factory=Counter)
    seen: list[Seen] = field(default_factory=list)
    changed: Bell = field(default_factory=Bell)
    spoken_at: float = float("-inf")
    typing_until: float = float("-inf")
    asked_at: float | None = None
    _read: int = 0

    async def says(self, text: str) -> Callback:
        """Type something and send it."""
        return await self.sends({"MsgType": "text", "Content": text})

    async def sends_picture(self, data: bytes) -> Callback:
        medium = self.double.shelf.put("image", data)
        url = f"{self.double.url}/mmbiz_jpg/{medium.id}"
        return await self.sends({"MsgType": "image", "PicUrl": url, "MediaId": medium.id})

    async def sends_voice(self, data: bytes = b"#!AMR\n", *, kind: str = "amr") -> Callback:
        """Send a voice message; the platform recognises no words in it."""
        medium, better = self.double.shelf.put("voice", data), self.double.shelf.put("voice", data)
        fields = {"MsgType": "voice", "MediaId": medium.id, "Format": kind, "MediaId16K": better.id}
        return await self.sends(fields)

    async def sends_video(self, data: bytes) -> Callback:
        video, thumb = self.double.shelf.put("video", data), self.double.shelf.put("thumb", b"\xff\xd8")
        return await self.sends({"MsgType": "video", "MediaId": video.id, "ThumbMediaId": thumb.id})

    async def sends_place(self, latitude: float, longitude: float, label: str = "") -> Callback:
        """Send a place on the map (GCJ-02)."""
        place = {"Location_X": latitude, "Location_Y": longitude, "Scale": 16, "Label": label}
        return await self.sends({"MsgType": "location", **place})

    async def follows(self, scene: str | None = None) -> Callback:
        """Follow the account: found by its name, or by the parametric code with this scene."""
        self.follower, self.followed_at = True, int(self.double.now())
        self.came_by = scene or ""
        if scene is None:
            return await self.does("subscribe", EventKey="")
        return await self.does("subscribe", EventKey=f"qrscene_{scene}", Ticket=self.double.ticket(scene))

    async def unfollows(self) -> Callback:
        """Leave; no grant is left; what they allowed templates to send is."""
        callback = await self.does("unsubscribe", EventKey="")
        self.follower = False
        self.grants.end()
        return callback

    async def scans(self, scene: str) -> Callback:
        """Scan a parametric code, by its scene or its ticket; who is no follower becomes one by that."""
        scene = self.double.scene(scene)
        if not self.follower:
            return await self.follows(scene)
        return await self.does("SCAN", EventKey=scene, Ticket=self.double.ticket(scene))

    async def clicks(self, key: str) -> Callback:
        """Press a menu button that has a key, whether or not the menu has it (any longer)."""
        return await self.does("CLICK", EventKey=key)

    async def views(self, url: str, *, menu_id: int = 1) -> Callback:
        """Press a menu button that opens a page."""
        return await self.does("VIEW", EventKey=url, MenuId=menu_id)

    async def taps(self, message: Seen | None, id: str) -> Callback:
        """Tap an entry of a menu message, by its id: in this message, else in the latest that has it."""
        places = [message] if message else reversed(self.seen)
        label = next((label for seen in places for number, label in seen.menu if number == id), None)
        assert label is not None, f"{self.name} has no entry {id!r} to tap"
        return await self.sends({"MsgType": "text", "Content": label, "bizmsgmenuid": id})

    async def accepts(self, *templates: str) -> Callback:
        """Allow one message of each template, in the dialog that asks for it."""
        return await self.answers(dict.fromkeys(templates, "accept"))

    async def rejects(self, *templates: str) -> Callback:
        """Allow none, in the same dialog; what was allowed before is gone."""
        return await self.answers(dict.fromkeys(templates, "reject"))

    async def answers(self, answers: dict[str, str]) -> Callback:
        """Say `accept` or `reject` to each template. One or several, they are all in one event."""
        for template, answer in answers.items():
            self.accepted[template] = self.accepted[template] + 1 if answer == "accept" else 0
        entries = [
            {"TemplateId": template, "SubscribeStatusString": answer, "PopupScene": "2"}
            for template, answer in answers.items()
        ]
        return await self.does("subscribe_msg_popup_event", SubscribeMsgPopupEvent={"List": entries})

    async def switches_off(self, *templates: str) -> Callback:
        """Take back in the settings what was allowed."""
        for template in templates:
            self.accepted[template] = 0
        entries = [{"TemplateId": each, "SubscribeStatusString": "reject"} for each in templates]
        return await self.does("subscribe_msg_change_event", SubscribeMsgChangeEvent={"List": entries})

    async def opens(self, url: str) -> str:
        """Open a login page inside WeChat; where they are sent on to. The address may be the real one's.

        What is no such page is not asked for. Raises AssertionError when they are not sent on.
        """
        path = url.partition("/connect/")[2]
        assert path, f"not a login page: {url}"
        async with (
            aiohttp.ClientSession(cookies={COOKIE: quote(self.openid)}) as session,
            session.get(f"{self.double.url}/connect/{path}", allow_redirects=False) as response,
        ):
            assert response.status == 302, await response.text()
            return response.headers["Location"]

    async def does(self, event: str, **fields: object) -> Callback:
        """Be the cause of any event, known or not."""
        event = {"upper": event.upper(), "lower": event.lower()}.get(self.double.event_case, event)
        return self.tell({"MsgType": "event", "Event": event, **fields})

    async def sends(self, content: dict) -> Callback:
        """Send any message: the fields besides from whom, to whom, when and its number."""
        assert self.follower, f"{self.name} does not follow the account and cannot write to it"
        return self.tell({**content, "MsgId": self.double.next_id()})

    async def send_raw(self, fields: dict) -> Callback:
        """Let the account hear exactly these fields, with those that all have; None leaves one out."""
        return self.tell(fields)

    def tell(self, fields: dict) -> Callback:
        """Tell the account, and note what that entitles it to."""
        double = self.double
        common = {
            "ToUserName": double.account,
            "FromUserName": self.openid,
            "CreateTime": int(double.now()),
        }
        if (meant := trigger(fields)) and self.follower:
            self.grants.give(meant, double.now())
            if self.asked_at is None:
                self.asked_at = double.now()
        if fields.get("MsgType") != "event":
            self.spoken_at = double.now()
        return double.take(Callback(self.openid, common | fields))

    async def sees(self, count: int = 1, *, within: float = 30.0) -> list[Seen]:
        """The next so many things they were shown and have not looked at yet.

        Fails when they do not come within so many seconds of real time.
        """
        first = self._read
        await self._waits(lambda: len(self.seen) >= first + count, within, f"{count} messages")
        self._read = first + count
        return self.seen[first : self._read]

    async def reads(self, text: str, *, within: float = 30.0) -> Seen:
        """The latest thing with these words in it, now or as soon as it comes."""
        await self._waits(lambda: any(text in seen.text for seen in self.seen), within, repr(text))
        return next(seen for seen in reversed(self.seen) if text in seen.text)

    def look(self, seen: Seen) -> None:
        """Be shown something."""
        self.seen.append(seen)
        if seen.way in ("passive", "pushed"):
            self.spoken_at = self.double.now()
            self.typing_until = float("-inf")
        if self.asked_at is not None:
            self.double.latencies.append(self.double.now() - self.asked_at)
            self.asked_at = None
        self.changed.ring()

    @property
    def menu(self) -> list[dict]:
        """The buttons below their chat with the account."""
        return self.double.menus.buttons(self.tags, self.platform)

    async def _waits(self, fact: Callable[[], bool], within: float, what: str) -> None:
        try:
            async with asyncio.timeout(within):
                await self.changed.until(fact)
        except TimeoutError:
            end = "\n".join(f"{seen.way}: {seen.text}" for seen in self.seen[-5:])
            raise AssertionError(
                f"{self.name} did not get {what} within {within} s; the last they saw:\n{end}"
            ) from None
