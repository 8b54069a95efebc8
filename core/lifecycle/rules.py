"""How we keep in touch with customers: a section of the company's file."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.catalogue import Fen, Section, Whole
from core.customers import HomeProfile
from core.facts import Event
from core.policies import Count, Percent, Stars

Festival = Literal[
    "new-year", "spring-festival", "lantern", "labour-day", "dragon-boat", "mid-autumn", "national-day"
]
Limits = Annotated[tuple[Count, Count, Count, Count], Field()]


class Season(Section):
    """What is good to have done at some time of the year, or after something happened."""

    name: str = Field(pattern="^[a-z-]+$")
    services: Annotated[tuple[str, ...], Field(min_length=1)]
    """Codes; the first that the company sells and that was not done lately is suggested."""
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    before_spring_days: Whole = 0
    """From so many days before Spring Festival until a week before it."""
    after: Event | None = None
    """Once they told us of this."""
    homes: tuple[str, ...] = ()
    """Only where one of these is known of the home: `pets`, `elderly`, `infants`. Empty: every home."""
    apart_days: Count = 150
    """Not where one of the services was had so short a time ago."""

    @model_validator(mode="after")
    def _is_ever(self) -> "Season":
        if not (self.months or self.before_spring_days or self.after):
            raise ValueError("give it months, before_spring_days or after, or it never comes")
        if unknown := set(self.homes) - set(HomeProfile.model_fields):
            raise ValueError(f"nothing is known of homes called {min(unknown)!r}; write pets or infants")
        return self


SEASONS = (
    Season(name="moved", services=("MOVEIN", "DEEP"), after=Event.MOVING),
    Season(name="mites", services=("MITE",), months=(3,), apart_days=300),
    Season(name="cooling", services=("AC-W", "AC-F"), months=(4, 5, 9)),
    Season(name="new-year-clean", services=("GLASS", "DEEP"), before_spring_days=45, apart_days=60),
)


class Rules(Section):
    """Care: who is how close to us, when we get in touch, and when we leave people alone."""

    rhythm_least_days: Count = 5
    rhythm_most_days: Count = 45
    """A customer's own interval lies between these; it is the median of those between their visits..."""
    rhythm_visits: Count = 3
    """... from so many visits on; before that it is..."""
    rhythm_usual_days: Count = 14
    """... this, counted in whole days."""
    next_percent: Percent = 90
    """The next visit is offered after so much of the own interval; without one of their own, after all."""
    check_hours: Count = 24
    slot_days: Count = 7
    """So long after the very first visit we ask whether all is well, and offer the same time again."""

    active_percent: Count = 150
    """Active: silent for at most so much of the own interval."""
    loyal_visits: Count = 6
    loyal_stars: Stars = 4.5
    """Loyal: so many visits in twelve months, so good on the average, and no bad complaint that was right."""
    risk_percent: Count = 200
    """At risk: silent for more than so much of the own interval..."""
    risk_few_days: Count = 30
    """... or, with fewer visits than make an interval, for so many days..."""
    risk_stars: Count = 3
    risk_cancelled: Count = 2
    risk_window_days: Count = 60
    """... or so few stars, or so many cancellations, in so many days, or a complaint that is not solved."""
    dormant_days: Count = 90
    lost_days: Count = 180

    recency_days: Limits = (14, 30, 60, 120)
    frequency_visits: Limits = (1, 3, 8, 20)
    money_fen: tuple[Fen, Fen, Fen, Fen] = (300_00, 1_000_00, 3_000_00, 8_000_00)
    """Where the five steps of each are parted: days since the last visit, and of twelve months visits and
    money paid."""
    segment_from: tuple[Count, Count, Count] = (7, 10, 13)
    """With so many points somebody is of middle, of high, of the highest value."""
    big_home_m2: Count = 120
    """A home from this size on may need more of us."""
    apart_days: tuple[Count, Count, Count, Count] = (14, 10, 7, 7)
    """Between two suggestions of which nothing came lie so many days: of small, middle, high and highest
    value. Nobody is asked less politely, only less often."""

    return_days: tuple[Count, Count, Count, Count] = (90, 60, 45, 30)
    """How often we ask how things are, by tier: basic, silver, gold, diamond."""
    call_from: Literal["silver", "gold", "diamond"] = "gold"
    """From this tier on a person of ours calls instead."""
    call_hours: Count = 24
    """So long staff have for such a call."""
    low_stars: Count = 2
    low_days: Count = 14
    """No care for so many days after a visit that got no more than so many stars."""
    suggestion_days: Count = 14
    """A suggestion stands so long; there is no other one meanwhile."""
    win_coupon: Fen = 30_00
    """What somebody gets whom we ask why they do not come any more; nothing: 0."""
    contract_days: tuple[Count, ...] = (14, 7, 3)
    """Before a contract ends its customer is asked how to go on."""
    contract_at: time = time(10)
    festivals: tuple[Festival, ...] = ("spring-festival", "dragon-boat", "mid-autumn")
    """On these we send good wishes."""
    seasons: tuple[Season, ...] = SEASONS
