"""A customer takes part in a draw, or asks what became of it."""

from bot import campaigning, cards, membership
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import campaigns
from core.campaigns import Campaign, Kind, NotNow, Plan, Target, draws, files


def draw(turn: Turn, argument: str) -> list[Outbound]:
    """Take part in the draw of a button, or in the latest of theirs; later, how it ended."""
    campaign = _meant(turn, argument)
    if campaign is None:
        return [turn.say("draw-none", choices=_choices(turn))]
    plan = files.of(campaign)
    try:
        target = draws.enter(turn.session, campaign, turn.customer_id, turn.now)
    except NotNow as no:
        late = no.args_["state"] == "over"
        day = membership.last_day(turn, campaign.ends_at)
        return [turn.say("draw-late" if late else "draw-none", day=day, choices=_choices(turn))]
    if campaign.drawn_at is not None:
        return [_ended(turn, campaign, plan, target)]
    said = turn.say(
        "draw-entered" if target.entered_at == turn.now else "draw-entered-before",
        number=str(turn.customer_id),
        count=plan.winners or 0,
        gift=campaigning.gift(turn, plan),
        at=campaigns.draws_at(turn.company, campaign),
        seed=plan.seed or "",
        choices=_choices(turn),
    )
    return [said]


def _ended(turn: Turn, campaign: Campaign, plan: Plan, target: Target) -> Outbound:
    if target.won is not None:
        return campaigning.won(turn, campaign, target.won)
    numbers = [str(one.customer_id) for one in draws.winners(turn.session, campaign)]
    return turn.say("draw-lost", numbers=numbers, seed=plan.seed or "", choices=_choices(turn))


def _meant(turn: Turn, argument: str) -> Campaign | None:
    if argument:
        return turn.session.get(Campaign, int(argument)) if argument.isdecimal() else None
    for target in reversed(campaigns.parts_of(turn.session, [turn.customer_id])):
        campaign = turn.session.get_one(Campaign, target.campaign_id)
        if campaign.kind is Kind.DRAW and target.state is campaigns.Part.SENT:
            return campaign
    return None


def _choices(turn: Turn) -> list[Choice]:
    return [cards.go(turn, "booking"), cards.go(turn, "coupons")]
