"""A stand-in for the bot that keeps the record as the bot does and answers by a fixed script."""

from collections.abc import Sequence

from sqlalchemy import Engine

from bot.messages import (
    Arrived,
    Card,
    Choice,
    Content,
    Inbound,
    Outbound,
    Photo,
    Place,
    Tap,
    Text,
    Unsupported,
)
from bot.trail import Outcome
from bot.turn import Receipt
from core import clock, correspondence
from core.correspondence import Arrival, Fate, Peer
from core.database import transaction

WORKER = Peer("web", "main", "demo-worker")
STAFF = Peer("web", "main", "demo-staff")
SERVICES = ("日常保洁", "深度保洁", "空调清洗", "油烟机清洗", "月嫂和育儿")
WAYS = (Choice("返回", "back", "way"), Choice("人工客服", "person", "way"))
GREETING = Outbound(
    "您好，这里是安心到家。想约哪项服务？直接说也行，比如「下周三下午深度保洁 120 平」。",
    tuple(Choice(name, f"service:{number}") for number, name in enumerate(SERVICES)) + WAYS[1:],
)
SUMMARY = Outbound(
    "我按这个给您预约，可以吗？",
    (Choice("确认预约", "yes"), Choice("改一下", "change"), *WAYS),
    Card(
        "深度保洁 · 3 小时",
        (
            ("时间", "11月25日 周三 14:00–17:00"),
            ("地址", "锦江区春熙路 100 号 3 栋 1202"),
            ("师傅", "王秀兰（做过您家 2 次）"),
            ("合计", "¥360"),
        ),
        "开始前 24 小时可免费改期或取消",
    ),
)
LONG = "\n".join(
    f"第 {line} 条：服务范围包括地面、台面、窗台和踢脚线，不包括高空外窗。" for line in range(1, 41)
)
VISIT = Outbound("您的预约", (Choice("改期", "move:K7M2QX"), Choice("取消", "cancel:K7M2QX")), SUMMARY.card)


class ScriptedBot:
    """Takes turns like the real one: once for each id, all or nothing, everybody to wake in the receipt."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.heard: list[Inbound] = []

    def receive(self, inbound: Inbound, arrived: Sequence[Arrival] = ()) -> Receipt:
        self.heard.append(inbound)
        peer, now = Peer(*_key(inbound)), clock.now()
        kind, body, content = _recorded(inbound.content)
        with transaction(self._engine) as session:
            record = correspondence.record(
                session, peer, external_id=inbound.external_id, kind=kind, body=body, content=content, now=now
            )
            if record.fate is Fate.REPEATED:
                former = correspondence.answers(session, record.message_id)
                return Receipt(
                    record.message_id, Outcome.REPEATED, tuple(one.id or 0 for one in former), (peer,)
                )
            told = [(peer, message) for message in _answer(inbound.content)] + _passed_on(inbound.content)
            replies = []
            for to, message in told:
                answers = record.message_id if to == peer else None
                shape = _shape(message)
                replies.append(
                    correspondence.post(
                        session, to, body=message.text, content=shape, answers_id=answers, now=now
                    )
                )
        return Receipt(record.message_id, Outcome.ANSWERED, tuple(replies), (peer, *(to for to, _ in told)))


def _answer(content: Content) -> Sequence[Outbound]:
    match content:
        case Arrived():
            return [GREETING]
        case Text("silence"):
            return []
        case Text("card") | Tap(data="service:1"):
            return [SUMMARY]
        case Text("visits"):
            return [VISIT, Outbound("还需要什么？", WAYS)]
        case Text("long"):
            return [Outbound(LONG)]
        case Text("菜单"):
            return [GREETING]
        case Text(body):
            return [Outbound(f"收到：{body}")]
        case Tap(data="yes"):
            return [Outbound("好的，已经约好。", WAYS)]
        case Tap(_, label):
            return [
                Outbound(
                    f"好的，{label}。面积大约多少？", (Choice("60㎡", "m:60"), Choice("90㎡", "m:90"), *WAYS)
                )
            ]
        case Photo():
            return [Outbound("照片收到了。")]
        case Place():
            return [Outbound("位置收到了。")]
        case Unsupported(kind):
            return [Outbound(f"这种消息我还看不懂：{kind}")]
    return []


def _passed_on(content: Content) -> list[tuple[Peer, Outbound]]:
    if isinstance(content, Tap) and content.data == "yes":
        offer = (Choice("接单", "take"), Choice("没空", "pass"))
        return [
            (WORKER, Outbound("有一个新预约给您。", offer, SUMMARY.card)),
            (STAFF, Outbound("新预约已确认。", (), SUMMARY.card)),
        ]
    return []


def _shape(message: Outbound) -> dict[str, object]:
    card = message.card
    return {
        "choices": [{"label": one.label, "data": one.data, "kind": one.kind} for one in message.choices],
        "card": {"title": card.title, "lines": [list(line) for line in card.lines], "footer": card.footer}
        if card
        else None,
    }


def _recorded(content: Content) -> tuple[str, str, dict[str, object]]:
    match content:
        case Text(body):
            return "text", body, {}
        case Tap(data, label):
            return "tap", label, {"data": data}
        case Photo(media, caption):
            return "photo", caption, {"media": media}
        case Place(latitude, longitude, label):
            return "place", label, {"latitude": latitude, "longitude": longitude}
        case Arrived(start):
            return "arrived", "", {"start": start}
        case Unsupported(kind):
            return "unsupported", "", {"kind": kind}
    raise AssertionError(content)


def _key(inbound: Inbound) -> tuple[str, str, str]:
    return inbound.sender.channel, inbound.sender.account, inbound.sender.user
