"""What sending costs where the platform counts: taken when a message is claimed, given back if unused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlmodel import Session

from bot import outbox, resorting, undelivered
from bot.messages import Outbound, Sender
from channels import render, resting
from channels.base import Channel, Down, Misconfigured, TemplateRefused, Templating, TryLater, WindowClosed
from channels.outcomes import Outcome, PutBack
from core import correspondence, grants, identities, templates, ways
from core.company import Company
from core.correspondence import Claimed, Message, Peer, Purpose, Status
from core.grants import Unit
from core.ways import Call, Direct, News, Template, Wait

WHY_CALLED = "why-counted"
GOES = ("direct:", "template:")
"""How the way begins that was found for a message which goes, as `ways.noted` writes it."""
NOTHING_WENT = (PutBack, TryLater, Down, Misconfigured, TemplateRefused)
"""Ends of a send that used nothing up, but for the parts of it that arrived."""

log = structlog.get_logger()


class _Taken(NamedTuple):
    """What a message took from a budget, and the template it goes by, if it cannot be said freely."""

    units: tuple[Unit, ...] = ()
    template: str | None = None


class Spending:
    """The budgets of the accounts that delivery sends from. Its sessions are delivery's own."""

    def __init__(self, company: Company, channels: Mapping[tuple[str, str], Channel]) -> None:
        self._company, self._channels = company, channels
        self._limits = {key: channel.can.limits for key, channel in channels.items()}
        self._taken: dict[int, _Taken] = {}

    def plan(self, session: Session, message: Claimed, now: datetime) -> tuple[bool, tuple[Peer, ...]]:
        """Whether a claimed message is sent now, and who has something new because it is not.

        What would wake its customer rests until the morning.
        One that cannot be said here is held until its person is there again; what is critical and reaches
        them nowhere else is put on the staff's call list as well.
        """
        if (morning := resting.until(session, self._company, message, now)) is not None:
            correspondence.rest(session, message.id, morning)
            return False, ()
        if not self._limits[message.peer[:2]].counted:
            return True, ()
        others = self._others(session, message.peer)
        critical = message.purpose is Purpose.ANSWER or bool(message.content.get("critical"))
        news = News(
            message.peer,
            message.purpose,
            kind=None if message.content.get("bounced") else message.content.get("news"),
            critical=critical,
            messages=max(1, self._parts(message) - message.parts_sent),
            avoid=others,  # notices go to every account of a customer by themselves
        )
        way, units = ways.take(session, news, self._limits, now)
        if isinstance(way, Direct | Template):
            correspondence.goes(session, message.id, ways.noted(way))
            self._taken[message.id] = _Taken(units, way.id if isinstance(way, Template) else None)
            return True, ()
        correspondence.hold(session, message.id, ways.noted(way), parts_sent=message.parts_sent)
        if message.purpose is not Purpose.NOTICE:
            return False, ()
        if any(self._is_said_to(session, one, news, message.id, now) for one in others):
            return False, ()
        if isinstance(way, Call):
            return False, undelivered.needs_call(session, self._company, message, why=WHY_CALLED, now=now)
        if isinstance(way, Wait) and way.reason in resorting.CLOSED and news.kind:
            return False, undelivered.by_notification(
                session, self._company, message, why=WHY_CALLED, now=now
            )
        return False, ()

    def _is_said_to(self, session: Session, peer: Peer, news: News, id: int, now: datetime) -> bool:
        """Whether another chat of theirs, which is told the same, was told it or lets us write."""
        same = correspondence.copy_of(session, session.get_one(Message, id), peer)
        if same is not None and same.status is Status.SENT:
            return True
        if same is not None and same.status is Status.SENDING and (same.way or "").startswith(GOES):
            return True  # and what that took from the budget is gone already
        way = ways.choose(session, replace(news, peer=peer, avoid=()), self._limits, now)
        return isinstance(way, Direct | Template)

    def joined(self, session: Session, message: Claimed, now: datetime) -> Claimed:
        """A planned notice, with those after it that fit into one message with it where messages count.

        So they do in the room of a case, as all rooms share what their chat may be told in a minute. What
        goes by a template goes alone: the template says nothing of the others.
        """
        is_counted = self._limits[message.peer[:2]].counted or message.content.get("room") is not None
        if not is_counted or not self._may_begin(message):
            return message
        said = [message]
        for one in correspondence.following(session, message, now):
            if resting.until(session, self._company, one, now) is not None:
                break
            if not outbox.may_be_followed(said[-1]) or self._parts(outbox.joined([*said, one])) > 1:
                break
            said.append(one)
        together = correspondence.take_together(session, said[1:], now)
        if not together:
            return message
        message = outbox.joined([message, *together])
        correspondence.likewise(session, message)
        return message

    def is_planned(self, message: Claimed) -> bool:
        """Whether it may be sent as far as the budget goes; a reply that a turn claimed was not planned."""
        return not self._limits[message.peer[:2]].counted or message.id in self._taken

    def is_by_template(self, message: Claimed) -> bool:
        """Whether it was planned to go by a template."""
        return self._taken.get(message.id, _Taken()).template is not None

    def used(self, message: Claimed) -> None:
        """It arrived."""
        self._taken.pop(message.id, None)

    def settle(self, session: Session, outcome: Outcome) -> Outcome:
        """Give back what a send did not use; the outcome as it is to be written down.

        When the platform says that nothing is left, it is believed, and the message is planned anew.
        """
        units, template = self._taken.pop(outcome.message.id, _Taken())
        if not self._limits[outcome.message.peer[:2]].counted:
            return outcome
        if template is not None and isinstance(outcome.failure, WindowClosed | TemplateRefused):
            self._closed(session, outcome, template, units)
            return replace(outcome, failure=PutBack())
        if isinstance(outcome.failure, WindowClosed):
            began = outcome.at - timedelta(seconds=outcome.seconds)
            grants.void(session, outcome.message.peer, earned_before=began)
            return replace(outcome, failure=PutBack())
        if isinstance(outcome.failure, NOTHING_WENT):
            arrived = outcome.parts_sent - outcome.message.parts_sent
            grants.give_back(session, outcome.message.peer, units[arrived:])
        return outcome

    def _closed(self, session: Session, outcome: Outcome, template: str, units: tuple[Unit, ...]) -> None:
        """This person agreed to no more by a template, or nobody gets anything by it for a while."""
        peer = outcome.message.peer
        asked = template in self._limits[peer[:2]].asked
        if asked and isinstance(outcome.failure, WindowClosed):
            grants.reject(session, peer, template)
            return
        grants.give_back(session, peer, units)
        templates.refuse(session, *peer[:2], template, str(outcome.failure), outcome.at)
        log.error("outbox.template_refused", channel=peer.channel, template=template, reason=outcome.reason)

    def _may_begin(self, message: Claimed) -> bool:
        """Whether others may be said in one message with it; what changes an earlier one comes by itself."""
        is_whole = message.parts_sent == 0 and correspondence.touched(message.content) is None
        return message.purpose is Purpose.NOTICE and is_whole and not self.is_by_template(message)

    def _parts(self, message: Claimed) -> int:
        channel, said = self._channels[message.peer[:2]], outbox.outbound(message)
        hint = render.number_hint(said.language or self._company.languages[0])
        return len(render.fit(said, channel.can, number_hint=hint))

    def _others(self, session: Session, peer: Peer) -> tuple[Peer, ...]:
        """The other accounts of this customer that news is pushed to."""
        identity = identities.find(session, *peer)
        if identity is None or identity.customer_id is None:
            return ()
        every = identities.of_customer(session, identity.customer_id)
        found = (Peer(one.channel, one.account, one.user) for one in every)
        return tuple(
            one for one in found if one != peer and one[:2] in self._limits and self._limits[one[:2]].pushes
        )


async def by_template(channel: Channel, to: Sender, said: Outbound, message: Claimed) -> str | None:
    """Send it by its template; the platform's id for it. Raises as `Templating.send_by_template`."""
    if not isinstance(channel, Templating):
        raise TemplateRefused("this channel has none")
    return await channel.send_by_template(to, said, once=f"menling-{message.id}")
