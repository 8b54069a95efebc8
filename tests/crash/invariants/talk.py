"""What must hold of everything said: recorded once, answered once, delivered in order, and gone on with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pydantic import ValidationError
from sqlmodel import Session, col, select

from bot import outbox, state, texts
from bot.flows import FLOWS
from bot.store import Conversation
from channels import render
from channels.telegram import showing
from core.correspondence import LEASE, Direction, Message, Purpose, Status
from core.customers import Customer
from core.identities import Identity
from tests.crash.ledger import Sent
from tests.doubles.telegram.double import Call

SILENT = {"left", "returned", "noted"}
Peer = tuple[str, str, str]


def recorded_once(session: Session, sent: Iterable[Sent]) -> list[str]:
    """Every accepted message stands in the record exactly once, as it was said; and nothing else does."""
    broken, found = [], defaultdict(list)
    for row in _said(session, Direction.IN):
        found[row.channel, row.account, row.external_id].append(row)
    ledger = {one.key: one for one in sent}
    for key, one in ledger.items():
        rows = found.get(key, [])
        if one.accepted and not rows:
            broken.append(f"lost: {one} was accepted and is not in the record")
        if len(rows) > 1:
            broken.append(f"twice: {one} is in the record as {[row.id for row in rows]}")
        broken += [
            f"garbled: {one} is in the record as {_line(row)}"
            for row in rows
            if (row.user, row.kind, row.body) != (one.user, one.kind, one.body)
        ]
    strange = [row for key, rows in found.items() if key not in ledger for row in rows]
    return broken + [f"invented: nobody sent {_line(row)}" for row in strange]


def answered_once(session: Session) -> list[str]:
    """Every message was answered by one turn: at least one reply, all of that turn, and no turn failed.

    The rows of one turn bear the same moment, the message's own; a second turn would bear another.
    """
    broken, replies = [], defaultdict(list)
    for row in _said(session, Direction.OUT):
        if row.answers_id is not None:
            replies[row.answers_id].append(row)
    for row in _said(session, Direction.IN):
        answers = replies.pop(row.id, [])
        if row.status is not Status.RECEIVED:
            broken.append(f"failed: {_line(row)} is {row.status.value}: {row.failure}")
        if not answers and row.kind not in SILENT:
            broken.append(f"unanswered: {_line(row)}")
        for reply in answers:
            if (reply.peer, reply.created_at) != (row.peer, row.created_at):
                broken.append(f"another turn: {_line(reply)} answers {_line(row)}")
    return broken + [
        f"answers nothing: {_line(row)} answers {id}" for id, rows in replies.items() for row in rows
    ]


def delivered(
    session: Session, calls: Sequence[Call], under_way: Mapping[int, int], channel: str = "telegram"
) -> list[str]:
    """Everything posted arrived at the platform, for each person in the order of the record.

    Nothing arrives twice but what was claimed and not yet written down at a kill, and that at most once
    more: `under_way` says how often that was seen, by id; besides, a lease may have run out by itself.
    """
    broken = []
    rows = [row for row in _said(session, Direction.OUT) if row.channel == channel]
    for row in rows:
        if row.status is not Status.SENT or row.lease_until is not None:
            broken.append(f"not sent: {_line(row)} is {row.status.value} ({row.failure})")
    for user, theirs in _by_user(rows).items():
        heard = _heard(calls, user, theirs)
        arrivals, trouble = _aligned(theirs, heard, under_way)
        broken += [f"to {user}: {what}" for what in trouble]
        for row in theirs:
            times = arrivals[row.id or 0]
            if not times:
                broken.append(f"never arrived: {_line(row)}")
            elif len(times) > 1 and not _may_repeat(row, times, under_way):
                broken.append(f"arrived {len(times)} times, and its send was not under way: {_line(row)}")
    return broken


def repeats(session: Session, calls: Sequence[Call], channel: str = "telegram") -> int:
    """How many messages arrived at the platform more often than once, counted by arrival."""
    rows = [row for row in _said(session, Direction.OUT) if row.channel == channel]
    theirs = _by_user(rows)
    return sum(len(_heard(calls, user, theirs[user])) - len(theirs[user]) for user in theirs)


def shown_on_pages(session: Session, pages: Mapping[str, Sequence[int]]) -> list[str]:
    """Every page of the web chat shows its person's record whole, in order and each message once."""
    broken = []
    for user, shown in pages.items():
        theirs = select(Message.id).where(Message.channel == "web", Message.user == user)
        kept = list(session.exec(theirs.order_by(col(Message.id))))
        if list(shown) != kept:
            broken.append(f"the page of {user} shows {list(shown)}, and the record is {kept}")
    return broken


def conversations_go_on(session: Session, unfinished: Iterable[str] = ()) -> list[str]:
    """Every conversation loads, counts exactly the turns that were taken, and could be brought to its end."""
    turns = Counter(row.peer for row in _said(session, Direction.IN) if row.kind not in SILENT)
    broken = [f"did not reach its end: {who}" for who in unfinished]
    held: set[Peer] = set()
    for conversation in session.exec(select(Conversation)):
        peer = conversation.peer
        held.add(peer)
        try:
            state.load(conversation.state, FLOWS)
        except (ValidationError, LookupError) as error:
            broken.append(f"the conversation with {peer} does not load: {error}")
        if conversation.revision != 1 + turns[peer]:
            broken.append(
                f"the conversation with {peer} counts {conversation.revision - 1} turns of {turns[peer]}"
            )
    return broken + [f"no conversation with {peer}" for peer in turns if peer not in held]


def known_once(session: Session) -> list[str]:
    """Everybody who wrote is one person of ours, and nobody was made whom nobody knows."""
    known = set(session.exec(select(Identity.customer_id)))
    return [
        f"customer {id} has no account anywhere"
        for id in session.exec(select(Customer.id).order_by(col(Customer.id)))
        if id not in known
    ]


def _said(session: Session, direction: Direction) -> Sequence[Message]:
    return session.exec(select(Message).where(Message.direction == direction).order_by(col(Message.id))).all()


def _by_user(rows: Iterable[Message]) -> Mapping[str, list[Message]]:
    found = defaultdict(list)
    for row in rows:
        found[row.user].append(row)
    return found


def words(row: Message) -> str:
    """The row as the platform is given it."""
    (shown,) = render.fit(outbox.outbound(row), showing.CAN, number_hint="")
    return str(showing.new(shown, group=False)["text"])


ASIDE = frozenset(texts.say(language, "telegram-keyboard-gone") for language in texts.languages())
"""What a channel says to take keys away. It is no part of the talk, and of no record."""


def _heard(calls: Sequence[Call], user: str, rows: Iterable[Message]) -> list[Call]:
    """The calls that say something new to this person; questions that are only closed do not."""
    changing = {words(row) for row in rows if row.content.get("replaces")}
    return [
        call
        for call in calls
        if str(call.params.get("chat_id")) == user
        and call.params.get("text") not in ASIDE
        and (
            call.method == "sendMessage"
            or (call.method == "editMessageText" and call.params.get("text") in changing)
        )
    ]


def _aligned(
    rows: Sequence[Message], heard: Sequence[Call], under_way: Mapping[int, int]
) -> tuple[Mapping[int, list[float]], list[str]]:
    """When each row arrived, by id, and what was heard out of order or stands in nobody's record.

    Of rows that say the same one after the other, a repetition is put down to one that may be repeated.
    """
    lines, at = [words(row) for row in rows], -1
    arrivals: dict[int, list[float]] = {row.id or 0: [] for row in rows}
    trouble = []
    for call in heard:
        said = call.params.get("text")
        if at + 1 < len(rows) and lines[at + 1] == said:
            at += 1
            arrivals[rows[at].id or 0].append(call.at)
        elif at >= 0 and lines[at] == said:
            first = at
            while first and lines[first - 1] == said:
                first -= 1
            alike = [row.id or 0 for row in rows[first : at + 1]]
            may = [id for id in alike if id in under_way] or alike[-1:]
            arrivals[min(may, key=lambda id: len(arrivals[id]) - under_way.get(id, 0))].append(call.at)
        else:
            trouble.append(f"out of order or not in the record, after {_line(rows[at])}: {said!r}")
    return arrivals, trouble


def _may_repeat(row: Message, times: Sequence[float], under_way: Mapping[int, int]) -> bool:
    """Whether that many arrivals are the price of the kills. What goes to everybody is never risked twice."""
    ran_out = times[-1] - times[0] >= LEASE.total_seconds() - 1
    return row.purpose is not Purpose.BULK and len(times) <= 1 + under_way.get(row.id or 0, 0) + ran_out


def _line(row: Message) -> str:
    """A message as a failure names it."""
    mark = "→" if row.direction is Direction.OUT else "←"
    return f"message {row.id} {mark} {row.channel} {row.user} {row.external_id or ''} {row.body[:40]!r}"
