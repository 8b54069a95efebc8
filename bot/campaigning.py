"""Campaigns in words: the offer as somebody reads it, what it gives, and where it may be said."""

from datetime import timedelta

from bot import benefits, cards, membership, packing
from bot.flow import Turn
from bot.messages import Choice, Outbound
from bot.texts import Money
from core import campaigns, decency, identities, referrals, ways
from core.campaigns import Campaign, Kind, Plan, files
from core.correspondence import Peer, Purpose
from core.coupons import Coupon
from core.customers import Customer
from core.decency import Class
from core.identities import Identity
from core.ways import FREE, Direct, News

WORTH = timedelta(days=2)
"""What could not be sent for so long is not sent any more."""


def chat(turn: Turn, customer_id: int) -> Identity | None:
    """The one chat in which somebody is told: open for it, wanted, and if it can be one that they notice."""
    refused = decency.refused(turn.session, customer_id, Class.MARKETING)
    may = [
        one
        for one in identities.of_customer(turn.session, customer_id)
        if one.channel not in refused and is_open(turn, one)
    ]
    noticed = [one for one in may if turn.accounts.get((one.channel, one.account), FREE).pushes]
    return next(iter([*noticed, *may]), None)


def is_open(turn: Turn, one: Identity) -> bool:
    """Whether an offer may be said in a chat now: never by a template, and never from what is kept back."""
    news = News(Peer(one.channel, one.account, one.user), purpose=Purpose.BULK)
    return isinstance(ways.choose(turn.session, news, turn.accounts, turn.now), Direct)


def offer(their: Turn, campaign: Campaign, customer_id: int) -> Outbound:
    """The offer, as its file has it, with what may be done about it and how to get no more."""
    plan = files.of(campaign)
    said = plan.text.get(their.language).format_map(values(their, campaign, plan, customer_id))
    text = said if their.taps == "no" else f"{said}\n{their.text('campaign-footer')}"
    until = min(campaign.ends_at, their.now + WORTH)
    choices = (*_choices(their, campaign, plan), _no_more(their))
    return Outbound(text, choices, language=their.language, bulk=True, until=until)


def values(turn: Turn, campaign: Campaign, plan: Plan, customer_id: int) -> dict[str, str]:
    """What stands for what in the words of a campaign."""
    customer = turn.session.get_one(Customer, customer_id)
    wanted = {name for words in plan.text.root.values() for name in files.fields(words)}
    found = {
        "name": customer.name or turn.text("campaign-nameless"),
        "gift": gift(turn, plan),
        "until": until(turn, campaign, plan),
        "company": turn.company.name.get(turn.language),
        "winners": str(plan.winners or 0),
    }
    if "code" in wanted:
        found["code"] = referrals.code_of(turn.session, customer_id, turn.now)
    product = turn.company.pricing.product(plan.package) if plan.package else None
    if product is not None:
        price = product.price(packing.each(turn, product))
        found["package"] = product.name.get(turn.language)
        found["price"] = turn.text("value-said", value=Money(price))
    elif plan.package is not None:  # it is sold no more since
        found |= {"package": plan.package, "price": ""}
    return found


def gift(turn: Turn, plan: Plan) -> str:
    """What it gives, in a few words; "" for nothing."""
    if plan.points is not None:
        return turn.text("campaign-points", points=plan.points)
    if plan.coupon is None:
        return ""
    kind, amount = plan.coupon.off
    limits = plan.coupon.limits
    like = Coupon(
        customer_id=0,
        kind=kind,
        amount=amount,
        most=limits.most,
        add_on=limits.add_on,
        valid_until=turn.now,
        issued_at=turn.now,
        reason=campaigns.KIND,
        key="",
    )
    return benefits.coupon(turn, like)


def until(turn: Turn, campaign: Campaign, plan: Plan) -> str:
    """The last day of the coupon that is given now, else of the campaign."""
    is_given = plan.coupon is not None and plan.kind is not Kind.DRAW
    ends_at = plan.gift_until(turn.company, turn.now) if is_given else campaign.ends_at
    return membership.last_day(turn, ends_at)


def _choices(turn: Turn, campaign: Campaign, plan: Plan) -> list[Choice]:
    match plan.kind:
        case Kind.DRAW:
            return [cards.go(turn, "draw", str(campaign.id))]
        case Kind.REFERRAL:
            return [cards.go(turn, "referral")]
        case Kind.PACKAGE:
            return [cards.go(turn, "buying"), cards.go(turn, "packages")]
    mine = "points" if plan.points is not None else "coupons"
    services = plan.coupon.services if plan.coupon is not None else ()
    if len(services) == 1:
        label = turn.text("go-booking-this", name=turn.company.service(services[0]).name)
        return [Choice(label, f"go:booking:{services[0]}"), cards.go(turn, mine)]
    return [cards.go(turn, "booking"), cards.go(turn, mine)]


def _no_more(turn: Turn) -> Choice:
    return cards.go(turn, "messages", "offers-off", "messages-go-offers-off")


def won(their: Turn, campaign: Campaign, place: int) -> Outbound:
    """That somebody won, and what."""
    plan = files.of(campaign)
    mine = "points" if plan.points is not None else "coupons"
    choices = [cards.go(their, "booking"), cards.go(their, mine)]
    given = plan.gift_until(their.company, campaign.drawn_at or their.now)
    key = "campaign-won-points" if plan.points is not None else "campaign-won-coupon"
    day = membership.last_day(their, given)
    return their.say(key, place=place, gift=gift(their, plan), day=day, choices=choices)
