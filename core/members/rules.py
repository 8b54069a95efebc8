"""What points are worth, how tiers are reached and what each is good for: a section of the company's file."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, Strict

from core.catalogue import Fen, Section, Whole
from core.members.tables import Tier
from core.policies import Count, Percent

Hundredths = Annotated[int, Strict(), Field(ge=0)]


class Level(Section):
    """How a tier is reached and what it is good for."""

    spend: Fen = 0
    """So much paid in twelve months..."""
    visits: Whole = 0
    """... or so many visits; the first tier needs neither."""
    percent_off: Percent = 0
    factor: Hundredths = 100
    """Points for each yuan, in hundredths: 120 is 1.2 points."""
    access_hours: Whole = 0
    """In the busy season they may book so many hours before everybody else."""
    goodwill: Whole | None = None
    """So many late cancellations are forgiven; as in the policies where nothing is said."""
    seniors_first: bool = False
    """The most experienced workers are asked first."""
    quarterly_add_on: str | None = None
    """The code of an add-on that is free once a quarter."""
    has_manager: bool = False
    """Somebody of the staff looks after them in person."""


class Goods(Section):
    """Supplies that staff hand over for points."""

    code: str
    points: Count
    price: Fen
    """What they would cost."""


_GOODS = (
    Goods(code="cloths", points=500, price=9_90),
    Goods(code="descaler", points=800, price=15_00),
    Goods(code="cleaning-kit", points=1_500, price=29_00),
)


class Rules(Section):
    """Points and tiers."""

    pending_days: Whole = 7
    """What is earned by a visit may be used so many days later."""
    valid_months: Count = 12
    """Points expire at the end of the month so many months after they were earned."""
    extend_months: Whole = 3
    """Whoever pays for a visit keeps the points that expire within `warn_days` so many months longer, each of
    them once; 0: they expire all the same."""
    warn_days: Count = 30
    warn_last_days: Count = 7
    """So many days before points expire their owner is told, and again..."""
    warn_from: Count = 200
    """... when there are so many."""
    warn_hour: Annotated[int, Strict(), Field(ge=9, le=20)] = 10
    """The hour of the day at which members are told what can wait."""
    points_per_yuan: Count = 100
    """So many points are worth one yuan."""
    redeem_from: Whole = 500
    """Fewer points are not taken..."""
    redeem_percent: Percent = 30
    """... nor more than this share of an order."""
    sign_up: Whole = 100
    profile: Whole = 50
    rating: Whole = 20
    birthday: Whole = 200
    """What members get for joining, a complete record, a rating in words, on their birthday..."""
    other_month: Whole = 300
    """... and how much of all that in a month, at most."""
    member_day: Annotated[int, Strict(), Field(ge=1, le=28)] = 18
    """Visits on this day of each month earn..."""
    member_day_times: Count = 2
    """... so many times as much..."""
    member_day_percent: Percent = 80
    """... and so much of what our people could do on it is sold, so that it is done well; 100: all of it."""
    join_back_days: Whole = 30
    """Who joins gets points for visits that they paid for in the last so many days."""
    hour_points: Count = 4_500
    """An hour of daily cleaning..."""
    hour_service: str = "DAILY"
    add_on_points: Count = 3_000
    """... and this add-on, for points."""
    add_on: str = "WINDOWS-INSIDE"
    coupon_months: Count = 3
    """What was had for points as a coupon is good until the end of the month so many months later."""
    goods: tuple[Goods, ...] = _GOODS
    adjust_alone: Whole = 500
    """Staff may change a balance by so many points; more takes a second person."""
    basic: Level = Level()
    silver: Level = Level(spend=1_000_00, visits=6, percent_off=10, factor=120, access_hours=12, goodwill=1)
    gold: Level = Level(
        spend=5_000_00,
        visits=24,
        percent_off=20,
        factor=150,
        access_hours=24,
        goodwill=2,
        seniors_first=True,
    )
    diamond: Level = Level(
        spend=15_000_00,
        visits=60,
        percent_off=30,
        factor=200,
        access_hours=48,
        goodwill=3,
        seniors_first=True,
        quarterly_add_on="WINDOWS-INSIDE",
        has_manager=True,
    )
    discount_services: tuple[str, ...] = ("DAILY",)
    """Which services a tier's discount is for; all of them where none is named."""
    tier_days: Count = 365
    """A tier is earned by the visits of so many days..."""
    tier_months: Count = 12
    """... and good until the end of the month so many months later..."""
    tier_grace_days: Count = 30
    """... and so many days longer; then it is one step down."""
    tier_warn_days: Count = 30
    """So many days before, its owner is told how to keep it."""

    def of(self, tier: Tier) -> Level:
        """What holds for that tier."""
        levels: Mapping[Tier, Level] = {
            Tier.BASIC: self.basic,
            Tier.SILVER: self.silver,
            Tier.GOLD: self.gold,
            Tier.DIAMOND: self.diamond,
        }
        return levels[tier]
