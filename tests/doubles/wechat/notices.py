"""Template messages and subscription notices: accepted at once, their results told later."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.doubles.wechat import values
from tests.doubles.wechat.callbacks import Callback
from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.screens import Seen

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double
    from tests.doubles.wechat.people import Person

SUCCESS, BLOCKED = "success", "failed:user block"


@dataclass(frozen=True, slots=True)
class Template:
    """What may be sent: a title, and the labels of its keys (for `const` and `enum` the values allowed)."""

    id: str
    title: str
    keys: dict[str, object]

    @property
    def content(self) -> str:
        """As the console shows it."""
        return "".join(f"{label}：{{{{{key}.DATA}}}}\n" for key, label in self.keys.items())


@dataclass(slots=True)
class Accepted:
    """A notice that was accepted and whose result nobody was told of yet."""

    person: "Person"
    template: str
    way: str
    status: str


class Notices:
    """The account's templates of both kinds, and what is on its way."""

    def __init__(self, double: "Double") -> None:
        self.templates: dict[str, dict[str, Template]] = {"template": {}, "notice": {}}
        self.losses: deque[str] = deque()
        self.waiting: dict[str, Accepted] = {}
        self._double = double
        self._by_client_id: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Give up the results that are still to come."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def send(self, params: dict) -> int:
        """A template message; its number. A `client_msg_id` seen before gives the same and sends nothing."""
        double = self._double
        template = self._template("template", params)
        person = double.reach(params.get("touser"))
        found = values.check(params.get("data"), template.keys)
        client_id = str(params.get("client_msg_id") or "")
        if client_id in self._by_client_id:
            return self._by_client_id[client_id]
        number = self._accept(person, template, "template", found, params)
        if client_id:
            self._by_client_id[client_id] = number
        return number

    def send_subscribed(self, params: dict) -> int:
        """A subscription notice; its number. Raises `Refused` (43101) when nothing was allowed (any more)."""
        template = self._template("notice", params)
        person = self._double.reach(params.get("touser"), followers=False)
        if person.accepted[template.id] < 1:
            raise Refused(43101)
        found = values.check(params.get("data"), template.keys)
        person.accepted[template.id] -= 1
        return self._accept(person, template, "notice", found, params)

    async def report(self, msg_id: int | str, status: str | None = None) -> Callback:
        """Tell the result of a notice now. Raises KeyError when it was told before."""
        accepted = self.waiting.pop(str(msg_id))
        status = status or accepted.status
        if accepted.way == "template":
            return await accepted.person.does("TEMPLATESENDJOBFINISH", MsgID=int(msg_id), Status=status)
        entry = {
            "TemplateId": accepted.template,
            "MsgID": int(msg_id),
            "ErrorCode": 0 if status == SUCCESS else 43101,
            "ErrorStatus": status,
        }
        return await accepted.person.does("subscribe_msg_sent_event", SubscribeMsgSentEvent={"List": [entry]})

    def _template(self, way: str, params: dict) -> Template:
        template = self.templates[way].get(str(params.get("template_id")))
        if template is None:
            raise Refused(40037)
        return template

    def _accept(
        self, person: "Person", template: Template, way: str, found: dict[str, str], params: dict
    ) -> int:
        double = self._double
        number = double.next_id()
        status = self.losses.popleft() if self.losses else BLOCKED if person.muted else SUCCESS
        if status == SUCCESS:
            lines = [template.title, *(f"{template.keys[key]}：{value}" for key, value in found.items())]
            url = params.get("url") or params.get("page") or ""
            person.look(Seen(way, "\n".join(lines), way, double.now(), url=url, raw=params))
        self.waiting[str(number)] = Accepted(person, template.id, way, status)
        if double.report_after is not None:
            task = asyncio.get_running_loop().create_task(self._report_later(number, double.report_after))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return number

    async def _report_later(self, number: int, seconds: float) -> None:
        await self._double.sleep(seconds)
        if str(number) in self.waiting:
            await self.report(number)
