"""What we say unasked: forms left lying, requests nobody answered, visits that come near."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot import (
    arranging,
    dialogue,
    falling_due,
    queueing,
    reaching,
    state,
    store,
    telling,
    undelivered,
)
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import Arrived
from bot.outbox import pass_on, reply
from bot.store import Conversation
from core import (
    bindings,
    campaigns,
    clock,
    complaints,
    correspondence,
    handoffs,
    identities,
    mornings,
    plans,
    retention,
    visits,
    waitlist,
    ways,
    windows,
)
from core.company import Company
from core.correspondence import Message, Peer
from core.database import is_gone, transaction
from core.identities import Identity, Role
from core.lifecycle import Lifecycle, looking
from core.members import earning, points
from core.privacy import traces
from core.visits import Visit
from core.ways import Accounts, Call, Direct, Elsewhere, News, Way

LATER = timedelta(hours=1)
LONGEST = timedelta(seconds=10)
"""So long one look at where customers stand may go on."""
WHY_ABSENT = "why-absent"
NO_ACCOUNTS: Accounts = MappingProxyType({})
Sweep = Callable[[Session, Company, datetime], list[Peer]]

log = structlog.get_logger()


def due(engine: Engine, company: Company, accounts: Accounts = NO_ACCOUNTS) -> tuple[Peer, ...]:
    """Say everything that is due now; whom there is something new for.

    `accounts` are ours: what was not shown there in time goes another way.
    Each kind is a transaction of its own and claims its rows, so running twice or in several processes at
    once says nothing twice.
    """
    told = _swept(engine, company, _BEFORE)
    look_after(engine, company)
    told += falling_due.say(engine, company, accounts)
    told += _swept(engine, company, {**_AFTER, "not shown": partial(_miss, accounts)})
    return tuple(dict.fromkeys(told))


def look_after(engine: Engine, company: Company) -> int:
    """Find anew where customers stand with us whose turn it is, and plan what is kindly said; how many.

    A few at a time, so that nobody who writes meanwhile waits for it, and for no longer than is left to the
    rest of the clock's work: what remains is looked at when the clock ticks next.
    """
    began, looked = clock.now(), 0
    while True:
        with transaction(engine) as session:
            found = _care(session, company, clock.now())
        looked += found
        if found < looking.AT_ONCE or not began <= clock.now() < began + LONGEST:
            return looked


def _swept(engine: Engine, company: Company, sweeps: Mapping[str, Sweep]) -> list[Peer]:
    told: list[Peer] = []
    for what, sweep in sweeps.items():
        with transaction(engine) as session:
            heard = sweep(session, company, clock.now())
        if heard:
            log.info("notice.said", what=what, people=len(set(heard)))
        told += heard
    return told


def _turn(session: Session, company: Company, identity: Identity, now: datetime) -> Turn:
    return telling.turn_of(session, company, identity, now, Arrived())


def _apart(session: Session, about: str, work: Callable[[], list[Peer]]) -> list[Peer]:
    """Do one piece of a sweep; one that breaks leaves nothing behind and does not hold up the others."""
    try:
        with session.begin_nested():
            return work()
    except Exception as error:  # the edge of a notice: one broken row must not silence all others
        if is_gone(error):
            raise
        log.error("notice.failed", about=about, exc_info=error)
        return []


def _nudge(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Remind once of a form that was left lying, with its question again."""
    told = []
    for conversation in store.idle(session, now):
        conversation.nudge_at = None
        session.flush()
        told += _apart(session, "draft", partial(_ask_again, session, company, conversation, now))
    return told


def _ask_again(session: Session, company: Company, conversation: Conversation, now: datetime) -> list[Peer]:
    identity = identities.find(session, *conversation.peer)
    if identity is None or identity.unreachable_at is not None or _is_served(session, identity):
        return []
    standing = state.load(conversation.state, FLOWS)
    turn, asked = _turn(session, company, identity, now), standing.offer
    reply(turn, conversation.peer, dialogue.remind(standing, turn), standing, asked=asked, answers_id=None)
    conversation.state = standing.model_dump(mode="json", exclude_defaults=True)
    return [conversation.peer]


def _is_served(session: Session, identity: Identity) -> bool:
    """Whether a person of ours talks with this customer, so that the bot is silent."""
    if identity.role is not Role.CUSTOMER or identity.customer_id is None:
        return False
    handoff = handoffs.open_of(session, identity.customer_id)
    return handoff is not None and handoff.status is handoffs.Status.TAKEN


def _forget(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Drop a form that was left lying for too long, in silence: they were reminded already."""
    for conversation in store.forgotten(session, now):
        _apart(session, "draft", partial(_let_go_of, session, company, conversation, now))
        standing = state.load(conversation.state, FLOWS).without_forms()
        store.save(session, conversation.held, standing, company.policies, now)
    return []


def _let_go_of(session: Session, company: Company, conversation: Conversation, now: datetime) -> list[Peer]:
    standing = state.load(conversation.state, FLOWS)
    identity = identities.find(session, *conversation.peer)
    if identity is not None and standing.form is not None:
        FLOWS[standing.form.flow].left(_turn(session, company, identity, now))
    return []


def _lapse(session: Session, company: Company, now: datetime) -> list[Peer]:
    """A request that nobody answered in time gets its answer all the same."""
    told: list[Peer] = []
    for visit in visits.lapse_due(session, company, now):
        told += _apart(session, visit.reference, partial(_tell_lapsed, session, company, visit, now))
    return told


def _tell_lapsed(session: Session, company: Company, visit: Visit, now: datetime) -> list[Peer]:
    for identity in identities.of_customer(session, visit.customer_id)[:1]:
        turn = _turn(session, company, identity, now)
        reaching.of_answer(turn, visit)
        return list(pass_on(turn))
    answer = partial(telling.answered, visit=visit)
    return list(undelivered.say_by_call(session, company, visit, answer, now))


def _look_again(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Complaints at which nobody looked when something was due are looked at after all."""
    for complaint in complaints.overlooked(session, now):
        log.warning("complaint.overlooked", complaint=complaint.id, since=complaint.next_at)
    return []


def _let_go(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Windows held for people who went away are free again."""
    windows.sweep(session, now)
    return []


def _miss(accounts: Accounts, session: Session, company: Company, now: datetime) -> list[Peer]:
    """What must be known in time, but whose person has no page open, goes the next way; once.

    It stays where it is, to be shown when they come back. The customer's other accounts were told the same
    by themselves, so that only a call is left to be asked for.
    """
    told: list[Peer] = []
    waiting = ((key, limits.presence) for key, limits in accounts.items() if limits.presence is not None)
    for key, patience in waiting:
        for message in correspondence.unshown(session, *key, patience, now):
            way = _way_of(session, message, accounts, now)
            if isinstance(way, Direct):
                continue
            correspondence.hold(session, message.id or 0, ways.noted(way))
            if isinstance(way, Call):
                told += _apart(session, "not shown", partial(_call, session, company, message, now))
    return told


def _way_of(session: Session, message: Message, accounts: Accounts, now: datetime) -> Way:
    """The next way; none is needed when another page of the same customer has shown it."""
    critical, by = bool(message.content.get("critical")), message.expires_at
    news = News(message.peer, critical=critical, by=by, since=message.due_at)
    way = ways.choose(session, news, accounts, now)
    identity = identities.find(session, *message.peer) if isinstance(way, Call) else None
    for other in identities.of_customer(session, identity.customer_id or 0) if identity else ():
        peer = Peer(other.channel, other.account, other.user)
        if peer != message.peer and correspondence.is_shown_to(session, message, peer):
            return Elsewhere(peer, "absent")
    return way


def _call(session: Session, company: Company, message: Message, now: datetime) -> list[Peer]:
    return list(undelivered.needs_call(session, company, message, why=WHY_ABSENT, now=now))


def _trace(session: Session, company: Company, now: datetime) -> list[Peer]:
    """What others were told of people who were removed goes, a part of it each time."""
    traces.sweep(session, now)
    return []


def _retain(session: Session, company: Company, now: datetime) -> list[Peer]:
    """What has been kept long enough goes, a part of it each time."""
    if gone := retention.sweep(session, company, now):
        log.info("retention.swept", **{what.replace(" ", "_"): count for what, count in gone.items()})
    return []


def _hide(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Codes whose time is over are read in the record no more."""
    bindings.sweep(session, now)
    return []


def _recur(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Visits of plans whose time has come are placed; a plan that breaks is looked at again in an hour."""
    told: list[Peer] = []
    for plan in plans.due(session, now):
        plan.look_at = now + LATER
        session.flush()
        told += _apart(session, f"plan {plan.id}", partial(arranging.look, session, company, plan, now))
    return told


def _offer(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Windows that opened are offered to those who wait for them, in order."""
    told: list[Peer] = []
    for one in waitlist.due(session, now):
        one.look_at = now + LATER
        session.flush()
        told += _apart(session, f"waiting {one.id}", partial(queueing.look, session, company, one, now))
    return told


def _care(session: Session, company: Company, now: datetime) -> int:
    """The next few customers; one that breaks is looked at again in an hour."""
    found = looking.due(session, now)
    for row in found:
        row.look_at = now + LATER
        session.flush()
        _apart(session, f"customer {row.customer_id}", partial(_look, session, company, row, now))
    return len(found)


def _look(session: Session, company: Company, row: Lifecycle, now: datetime) -> list[Peer]:
    looking.look(session, company, row, now)
    return []


def _list(session: Session, company: Company, now: datetime) -> list[Peer]:
    """The list that staff get on the next morning is planned."""
    mornings.plan(session, company, now)
    return []


def _tend_points(session: Session, company: Company, now: datetime) -> list[Peer]:
    """Points that we owe are credited, and those that expired are written off."""
    earning.credit(session, company, now)
    points.expire(session, now)
    return []


def _campaign(session: Session, company: Company, now: datetime) -> list[Peer]:
    """The next people of every campaign are planned; they are told when that falls due."""
    if planned := campaigns.plan_part(session, company, now):
        log.info("campaign.planned", people=planned)
    return []


_BEFORE: Mapping[str, Sweep] = {
    "draft dropped": _forget,
    "draft": _nudge,
    "request lapsed": _lapse,
    "campaign": _campaign,
    "morning planned": _list,
}
_AFTER: Mapping[str, Sweep] = {
    "plan": _recur,
    "complaint overlooked": _look_again,
    "waitlist": _offer,
    "hold ended": _let_go,
    "code ended": _hide,
    "removed": _trace,
    "kept long enough": _retain,
    "points tended": _tend_points,
}
"""Everything that is looked for before what was planned falls due and after it, in this order, by the name
it has in the log."""
