"""A campaign on its way: started, planned a part at a time by any process, stopped and gone on with."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, TextClause, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from core import coupons, reminders
from core.campaigns import audience, files
from core.campaigns.files import Plan
from core.campaigns.tables import (
    RUNNING,
    SENT,
    WAITING,
    Campaign,
    Kind,
    NameTaken,
    NotNow,
    Part,
    State,
    Target,
    UnknownCampaign,
)
from core.consents import Consent, Purpose
from core.members import points

if TYPE_CHECKING:
    from core.company import Company

KIND = "campaign"
"""The reminder to tell one customer; its subject is their part's number."""
DRAW = "campaign-draw"
"""The reminder to draw the winners; its subject is the campaign's number."""
DRAWS_AT = time(10)
"""When winners are drawn, on the morning after the last day."""
STOPPED = "campaign-stopped"
"""The reminder to tell managers that a campaign stopped by itself; its subject is the campaign's number."""
PART = 400
"""So many people are planned at a time, and no more while as much as that is due anyway."""
STRETCHES = 10
"""So many stretches of customers are looked at for a part at most."""
LAST, LEAST = 200, 20
"""How many of the last who were told are asked whether they refuse offers now, from how many on."""

_TARGET = SQLModel.metadata.tables["campaign_target"]
_ONCE = ["campaign_id", "customer_id"]
_ADD: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": sqlite.insert(_TARGET).on_conflict_do_nothing(_ONCE),
    "postgresql": postgresql.insert(_TARGET).on_conflict_do_nothing(index_elements=_ONCE),
}


def start(session: Session, company: "Company", plan: Plan, now: datetime) -> Campaign:
    """From its first day on people are told. Raises NameTaken."""
    if session.exec(select(Campaign.id).where(Campaign.name == plan.name)).first() is not None:
        raise NameTaken(name=plan.name)
    begins, ends = plan.span(company)
    made = Campaign(
        name=plan.name,
        kind=plan.kind,
        file=files.as_json(plan),
        budget=plan.budget * files.FEN,
        begins_at=begins,
        ends_at=ends,
        started_at=now,
    )
    session.add(made)
    session.flush()
    if plan.kind is Kind.DRAW:
        key, at = f"{DRAW}:{made.id}", draws_at(company, made)
        reminders.schedule(session, DRAW, str(made.id), at, dedupe_key=key)
    return made


def draws_at(company: "Company", campaign: Campaign) -> datetime:
    """When the winners of a draw are drawn."""
    day = campaign.ends_at.astimezone(company.zone).date()
    return datetime.combine(day, DRAWS_AT, company.zone).astimezone(UTC)


def called(session: Session, name: str, *, lock: bool = False) -> Campaign:
    """The campaign of that name. Raises UnknownCampaign."""
    query = select(Campaign).where(Campaign.name == name)
    found = session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise UnknownCampaign(name=name)
    return found


def every(session: Session, limit: int) -> list[Campaign]:
    """Campaigns, the newest first."""
    return list(session.exec(select(Campaign).order_by(col(Campaign.id).desc()).limit(limit)))


def stop(session: Session, campaign: Campaign, why: str, now: datetime, *, by_itself: bool = False) -> None:
    """Nobody more is told, also of those who were planned. Raises NotNow for one that does not run."""
    running = update(Campaign).where(col(Campaign.id) == campaign.id, RUNNING)
    stopped = running.values(state=State.STOPPED, why=why).execution_options(synchronize_session="fetch")
    if session.exec(stopped).rowcount == 0:
        raise NotNow(state=campaign.state.value)
    if by_itself:
        key = f"{STOPPED}:{campaign.id}:{campaign.round}"
        reminders.schedule(session, STOPPED, str(campaign.id), now, dedupe_key=key)


def resume(session: Session, campaign: Campaign, now: datetime, *, budget: int | None = None) -> None:
    """Go on where it was stopped, with another budget (fen) if given; nobody hears it twice.

    `campaign` must be locked. Raises NotNow for one that runs or is over, ValueError for a budget below what
    is spent.
    """
    if campaign.state is not State.STOPPED or campaign.ends_at <= now:
        raise NotNow(state=campaign.state.value)
    if budget is not None and budget < campaign.spent:
        raise ValueError("more than that is spent already")
    campaign.state, campaign.why, campaign.round = State.RUNNING, None, campaign.round + 1
    campaign.budget = campaign.budget if budget is None else budget
    waiting = select(func.max(Target.id)).where(Target.campaign_id == campaign.id, WAITING)
    campaign.again_from, campaign.again_to = 0, session.exec(waiting).one() or 0
    session.add(campaign)
    session.flush()


def plan_part(session: Session, company: "Company", now: datetime) -> int:
    """Plan the next part of every campaign that runs; for how many people.

    Of several processes each takes another campaign. What is due already goes first, and nobody is planned
    at an hour at which nobody may be told.
    """
    begun = select(Campaign).where(RUNNING, col(Campaign.begins_at) <= now).order_by(col(Campaign.id))
    planned = 0
    for campaign in session.exec(begun.with_for_update(skip_locked=True)).all():
        plan = files.of(campaign)
        if campaign.ends_at <= now:
            _end(session, campaign, now)
        elif (why := _reason_to_stop(session, campaign, plan)) is not None:
            stop(session, campaign, why, now, by_itself=True)
        elif _is_time(company, now) and reminders.are_due(session, now, PART) < PART:
            planned += _again(session, campaign, now) or _ahead(session, campaign, plan, now)
    return planned


def _is_time(company: "Company", now: datetime) -> bool:
    hours = company.decency.marketing
    return hours.begins <= now.astimezone(company.zone).time() < hours.ends


def _again(session: Session, campaign: Campaign, now: datetime) -> int:
    """Those who were planned and not told when it was stopped."""
    if campaign.again_from >= campaign.again_to:
        return 0
    left = (
        select(col(Target.id))
        .where(Target.campaign_id == campaign.id, WAITING)
        .where(col(Target.id) > campaign.again_from, col(Target.id) <= campaign.again_to)
        .order_by(col(Target.id))
        .limit(PART)
    )
    found = [one for one in session.exec(left) if one is not None]
    campaign.again_from = found[-1] if len(found) == PART else campaign.again_to
    session.add(campaign)
    _remind(session, campaign, found, now)
    return len(found)


def _ahead(session: Session, campaign: Campaign, plan: Plan, now: datetime) -> int:
    """The next people it is for."""
    if campaign.all_looked_at is not None:
        return 0
    found: list[int] = []
    for _ in range(STRETCHES):
        upto = audience.next_stretch(session, campaign.looked_to)
        if upto is None:
            campaign.all_looked_at = now
            break
        room = PART - len(found)
        some = audience.within(session, plan, campaign.looked_to, upto, now, room)
        campaign.looked_to = some[-1] if len(some) == room else upto
        found += some
        if len(found) >= PART:
            break
    session.add(campaign)
    _add(session, campaign, plan, found, now)
    return len(found)


def _add(session: Session, campaign: Campaign, plan: Plan, customers: Sequence[int], now: datetime) -> None:
    if not customers:
        return
    rows = []
    for one in customers:
        apart = audience.is_held_out(plan, one)
        state = Part.HELD_OUT if apart else Part.WAITING
        row = {"campaign_id": campaign.id, "customer_id": one, "state": state, "planned_at": now}
        rows.append(row | {"settled_at": now if apart else None})
    connection = session.connection()
    connection.execute(_ADD[connection.dialect.name], rows)
    theirs = (
        select(col(Target.id))
        .where(Target.campaign_id == campaign.id, WAITING)
        .where(col(Target.customer_id) >= customers[0], col(Target.customer_id) <= customers[-1])
    )
    _remind(session, campaign, [one for one in session.exec(theirs) if one is not None], now)


def _remind(session: Session, campaign: Campaign, targets: Sequence[int], now: datetime) -> None:
    subjects = {f"{KIND}:{one}:{campaign.round}": str(one) for one in targets}
    reminders.schedule_all(session, KIND, subjects, now)


def _end(session: Session, campaign: Campaign, now: datetime) -> None:
    """Its last day is over: who was not told by then is not."""
    campaign.state = State.OVER
    session.add(campaign)
    session.flush()
    late = update(Target).where(col(Target.campaign_id) == campaign.id, WAITING)
    session.exec(late.values(state=Part.DROPPED, settled_at=now, why="it was over before they could be told"))


def _reason_to_stop(session: Session, campaign: Campaign, plan: Plan) -> str | None:
    if plan.stop.most_people is not None and campaign.sent >= plan.stop.most_people:
        return f"{campaign.sent} people were told, as many as it is for"
    last = (
        select(col(Target.customer_id), col(Target.settled_at))
        .where(Target.campaign_id == campaign.id, SENT)
        .order_by(col(Target.id).desc())
        .limit(LAST)
    )
    told = dict(session.exec(last).all())
    if len(told) < LEAST:
        return None
    gone = select(Consent.customer_id, Consent.withdrawn_at).where(
        col(Consent.customer_id).in_(list(told)), Consent.purpose == Purpose.MARKETING
    )
    refused = {
        one for one, at in session.exec(gone) if at is not None and at >= (told[one] or campaign.started_at)
    }
    if len(refused) * 100 < plan.stop.refusals_percent * len(told) or not refused:
        return None
    return f"{len(refused)} of the last {len(told)} who were told want no offers any more"


def claim(session: Session, company: "Company", target: Target, channel: str, now: datetime) -> str | None:
    """Take what it costs to tell somebody from the budget and note that they are told; why not, if not.

    Of two at once one gets it. The budget's end stops the campaign.
    """
    campaign = session.get_one(Campaign, target.campaign_id)
    plan = files.of(campaign)
    cost = plan.each(company)
    may: list[ColumnElement[bool] | TextClause] = [
        col(Campaign.id) == campaign.id,
        RUNNING,
        col(Campaign.ends_at) > now,
    ]
    if plan.stop.most_people is not None:
        may.append(col(Campaign.sent) < plan.stop.most_people)
    pay = update(Campaign).where(*may, col(Campaign.spent) + cost <= col(Campaign.budget))
    paid = pay.values(spent=col(Campaign.spent) + cost, sent=col(Campaign.sent) + 1)
    if session.exec(paid.execution_options(synchronize_session=False)).rowcount == 0:
        return _refused(session, campaign, plan, cost, now)
    waits = update(Target).where(col(Target.id) == target.id, WAITING)
    mine = waits.values(state=Part.SENT, settled_at=now, channel=channel)
    if session.exec(mine.execution_options(synchronize_session="fetch")).rowcount == 0:
        back = update(Campaign).where(col(Campaign.id) == campaign.id)
        back = back.values(spent=col(Campaign.spent) - cost, sent=col(Campaign.sent) - 1)
        session.exec(back.execution_options(synchronize_session=False))
        return "they were told before, or are not to be"
    give(session, company, campaign, target.customer_id, now, wanted=plan.each(company) > 0)
    return None


def _refused(session: Session, campaign: Campaign, plan: Plan, cost: int, now: datetime) -> str:
    session.refresh(campaign, with_for_update=True)
    if campaign.state is not State.RUNNING:
        return f"the campaign is {campaign.state.value}"
    if campaign.ends_at <= now:
        return "the campaign is over"
    if campaign.spent + cost > campaign.budget:
        why = "the budget is used up"
    else:
        why = f"{campaign.sent} people were told, as many as it is for"
    stop(session, campaign, why, now, by_itself=True)
    return why


def give(
    session: Session, company: "Company", campaign: Campaign, customer_id: int, now: datetime, *, wanted: bool
) -> None:
    """What the campaign gives, once for each person, where it is `wanted`."""
    plan = files.of(campaign)
    key = f"{KIND}:{campaign.id}:{customer_id}"
    if not wanted:
        return
    if plan.coupon is not None:
        kind, amount = plan.coupon.off
        coupons.issue(
            session, company, customer_id, kind=kind, amount=amount, reason=KIND, key=key,
            until=plan.gift_until(company, now), limits=plan.coupon.limits, now=now,
        )  # fmt: skip
    elif plan.points is not None:
        points.earn(
            session, company, customer_id, plan.points, reason=KIND, subject=campaign.name, key=key, now=now
        )


def drop(session: Session, target_id: int, why: str, now: datetime) -> None:
    """Somebody who was to be told is not."""
    waits = update(Target).where(col(Target.id) == target_id, WAITING)
    session.exec(waits.values(state=Part.DROPPED, settled_at=now, why=why))


def part(session: Session, target_id: int) -> tuple[Target, Campaign] | None:
    """Somebody's part, and the campaign it is of."""
    target = session.get(Target, target_id)
    return (target, session.get_one(Campaign, target.campaign_id)) if target is not None else None


def parts_of(session: Session, customers: Sequence[int]) -> list[Target]:
    """All the parts that somebody has, by each of their numbers."""
    theirs = select(Target).where(col(Target.customer_id).in_(list(customers)))
    return list(session.exec(theirs.order_by(col(Target.id))))
