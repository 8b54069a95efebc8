"""Which way a piece of news goes to a person: here, by a template, elsewhere, by telephone, or later."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType

from sqlmodel import Session

from core import correspondence, grants, handoffs, identities, templates
from core.correspondence import Peer, Purpose
from core.grants import Allowance, Unit
from core.rates import Rate

CALL = "call"
"""The topic of hand-offs that ask staff to ring somebody up."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """How one of our accounts may write to people, as data."""

    counted: bool = False
    """Whether the platform counts; if not, anything may be said at any time."""
    earns: Mapping[str, Allowance] = field(default_factory=lambda: MappingProxyType({}))
    """What each thing a person does is worth."""
    reserve: int = 1
    """How many messages are kept back for critical news."""
    templates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Which template, by id, tells which kind of news."""
    unasked: frozenset[str] = frozenset()
    """The templates that may be sent without the person's having agreed."""
    asks_at: str = ""
    """The page where people agree to templates that need it; "" for none."""
    joins: bool = False
    """Whether the answers of a turn are put together into one message."""
    pushes: bool = True
    """Whether people notice what is said here. If not, no news is brought here from elsewhere."""
    presence: timedelta | None = None
    """Only who is there sees what is said: for so long news waits for them before it goes another way."""
    pace: Sequence[Rate] = ()
    """How fast; all of these hold at once."""

    @property
    def asked(self) -> frozenset[str]:
        """The templates that the person must have agreed to."""
        return frozenset(self.templates.values()) - self.unasked


FREE = Limits()
"""Anything may be said at any time."""


@dataclass(frozen=True, slots=True)
class News:
    """What is to be said to one person, as far as the way depends on it."""

    peer: Peer
    purpose: Purpose = Purpose.NOTICE
    kind: str | None = None
    """By which the account's templates know it."""
    critical: bool = False
    """Must be known in time: may use what is kept back, and staff call when there is no other way."""
    by: datetime | None = None
    """After this a call comes too late."""
    since: datetime | None = None
    """Since when it waits for its person to be there."""
    messages: int = 1
    """How many messages it takes on its channel."""
    avoid: Collection[Peer] = ()
    """Accounts where it was tried in vain, or where the same is said anyway."""


@dataclass(frozen=True, slots=True)
class Direct:
    """Say it here: it is `free`, or it takes from the `budget`, or even from the `reserve`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Template:
    """Say it here by this template, because it cannot be said freely."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Say it at another account of the same customer. There it is planned anew, avoiding this one."""

    peer: Peer
    reason: str


@dataclass(frozen=True, slots=True)
class Call:
    """Staff must call; the message is held as well."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Hold it until the person is there again."""

    reason: str


Way = Direct | Template | Elsewhere | Call | Wait
"""All but `Direct` say why it cannot be said here: window-closed, used-up, kept-for-critical, avoided,
absent."""
Accounts = Mapping[tuple[str, str], Limits]
"""The accounts we can write from, by channel and name."""


def noted(way: Way) -> str:
    """A way as it is kept with the message: "direct:budget", "wait:window-closed"."""
    return f"{type(way).__name__.lower()}:{way.reason}"


def choose(session: Session, news: News, accounts: Accounts, now: datetime) -> Way:
    """The best way that is open at `now`; nothing is taken from any budget. See `take`."""
    ours = accounts.get(news.peer[:2], FREE)
    direct = _direct(session, news, ours, now)
    if isinstance(direct, Direct):
        return direct
    if template := _template(session, news, ours, now):
        return Template(template, direct)
    identity = identities.find(session, *news.peer)
    customer_id = identity.customer_id if identity else None
    if customer_id is None:
        return Wait(direct)
    if peer := _elsewhere(session, news, customer_id, accounts, now):
        return Elsewhere(peer, direct)
    in_time = news.by is None or news.by > now
    return Call(direct) if news.critical and in_time else Wait(direct)


def take(session: Session, news: News, accounts: Accounts, now: datetime) -> tuple[Way, tuple[Unit, ...]]:
    """`choose`, and take what that way costs from the budget, in this transaction.

    The units are for `grants.give_back`, should the send fail before it reaches the platform.
    """
    ours = accounts.get(news.peer[:2], FREE)
    for _ in range(TRIES):  # somebody else may take the last unit between the look and the taking
        way = choose(session, news, accounts, now)
        if isinstance(way, Direct) and ours.counted:
            units = grants.spend(session, news.peer, now, keep=_kept(news, ours), messages=news.messages)
        elif isinstance(way, Template) and way.id not in ours.unasked:
            units = grants.spend_template(session, news.peer, way.id)
        else:
            return way, ()
        if units:
            return way, units
    return Wait("used-up"), ()


def met(session: Session, peer: Peer, trigger: str, limits: Limits, now: datetime) -> int:
    """The person did something: they earn what it is worth, and what was held for them becomes due; how much.

    Only so much becomes due as leaves room for one answer.
    """
    allowance = limits.earns.get(trigger)
    if allowance is None:
        return 0
    grants.earn(session, peer, allowance, now)
    room = max(0, allowance.messages - limits.reserve - 1)
    return correspondence.release(session, peer, now, most=room)


def call(
    session: Session,
    customer_id: int,
    *,
    about: str,
    words: str,
    by: datetime | None,
    zone: tzinfo,
    now: datetime,
) -> bool:
    """Put a customer on the staff's call list: tell them `words`, before `by` (shown in `zone`).

    `about` is a visit's reference or its like. While the customer is on the list about that, nothing is
    added and this returns False. Raises IntegrityError when two do so at once, as `handoffs.ask` does.
    """
    handoff = handoffs.open_of(session, customer_id, lock=True)
    line = f"call about {about}"
    if handoff is not None and any(_begins(reason, line) for reason in handoff.reason.split("\n")):
        return False
    reason = line if by is None else f"{line} by {by.astimezone(zone):%Y-%m-%d %H:%M}"
    soon = now + handoffs.FIRST_LOOK if by is None else now + min(handoffs.FIRST_LOOK, (by - now) / 2)
    at = max(now, soon)
    handoffs.ask(session, customer_id, topic=CALL, words=words, reason=reason, now=now, look_at=at)
    return True


def _direct(session: Session, news: News, ours: Limits, now: datetime) -> Direct | str:
    """That it can be said here, or why not."""
    if news.peer in news.avoid:
        return "avoided"
    if not ours.counted:
        return "absent" if _is_missed(news, ours, now) else Direct("free")
    budget = grants.budget(session, news.peer, now)
    if budget.left >= news.messages + ours.reserve:
        return Direct("budget")
    if budget.left >= news.messages:
        return Direct("reserve") if news.critical else "kept-for-critical"
    return "window-closed" if budget.earned_at is None else "used-up"


def _is_missed(news: News, limits: Limits, now: datetime) -> bool:
    """Whether its person was away for too long: half of the time there is, where that is short."""
    if limits.presence is None or news.since is None:
        return False
    patience = limits.presence if news.by is None else min(limits.presence, (news.by - news.since) / 2)
    return news.since + patience <= now


def _kept(news: News, limits: Limits) -> int:
    return 0 if news.critical else limits.reserve


def _template(session: Session, news: News, ours: Limits, now: datetime) -> str | None:
    template = ours.templates.get(news.kind) if news.kind else None
    if template is None or news.peer in news.avoid:
        return None
    if templates.rests(session, *news.peer[:2], template, now):
        return None
    may = template in ours.unasked or template in grants.accepted(session, news.peer)
    return template if may else None


def _elsewhere(
    session: Session, news: News, customer_id: int, accounts: Accounts, now: datetime
) -> Peer | None:
    """Where the customer was last; else an account that is not counted, the latest first."""
    if news.purpose is not Purpose.NOTICE and not news.critical:
        return None  # an answer belongs where they asked, and what goes to everybody is not worth the trouble
    found: list[tuple[bool, float, Peer]] = []
    for identity in identities.of_customer(session, customer_id):
        peer = Peer(identity.channel, identity.account, identity.user)
        limits = accounts.get(peer[:2])
        if limits is None or not limits.pushes or peer == news.peer or peer in news.avoid:
            continue
        budget = grants.budget(session, peer, now) if limits.counted else None
        if budget is None:
            found.append((True, 0, peer))
        elif budget.earned_at and budget.left >= news.messages + _kept(news, limits):
            found.append((False, -budget.earned_at.timestamp(), peer))
    # Sorting keeps the order of what is equal.
    return min(found, key=lambda one: one[:2])[2] if found else None


def _begins(reason: str, line: str) -> bool:
    return reason == line or reason.startswith(f"{line} by ")
