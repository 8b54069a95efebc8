"""What the company sells: services and add-ons, with their words, prices, times and demands."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    Strict,
    ValidationInfo,
    model_validator,
)

from core.errors import DomainError

if TYPE_CHECKING:
    from core.company import Company

GRID_MINUTES = 30
"""Every visit lasts a multiple of this: a worker's time is sold by the half hour."""


def _is_whole(price: object) -> object:
    if isinstance(price, float):
        raise ValueError(f"{price} is not a whole number of fen; write {round(price * 100)} for {price:.2f}")
    return price


def _is_not_yuan(price: int) -> int:
    if 0 < price < 100:
        raise ValueError(f"{price} fen is less than one yuan; write {price * 100} for {price}.00")
    return price


Whole = Annotated[int, Strict(), Field(ge=0)]
Fen = Annotated[int, Strict(), Field(ge=0), AfterValidator(_is_not_yuan), BeforeValidator(_is_whole)]
"""Money. Below one yuan is surely a price written in yuan, so it is refused."""
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=24)]


class Section(BaseModel):
    """A part of the company file: fixed once read, and nothing in it that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(RootModel[Mapping[str, str]]):
    """The same words in every language the company speaks."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _speaks_every_language(self, info: ValidationInfo) -> Self:
        if not self.root or any(not text.strip() for text in self.root.values()):
            raise ValueError("words are missing; write them in every language of the company")
        languages: tuple[str, ...] = (info.context or {}).get("languages", ())
        missing = [language for language in languages if language not in self.root]
        unknown = [language for language in self.root if languages and language not in languages]
        if missing:
            raise ValueError(f'no words in {", ".join(missing)}; add {missing[0]} = "…"')
        if unknown:
            raise ValueError(
                f"{unknown[0]} is not one of the company's languages; write one of {', '.join(languages)}"
            )
        return self

    def get(self, language: str) -> str:
        """The words in `language` (a BCP 47 tag), else in the same base language, else in the first one."""
        return self.root[closest(language, tuple(self.root))]

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))


def closest(language: str, offered: tuple[str, ...]) -> str:
    """Which of the offered languages suits somebody who wants `language`; the first when none does."""
    if language in offered:
        return language
    base = language.replace("_", "-").split("-")[0].lower()
    return next((tag for tag in offered if tag.split("-")[0].lower() == base), offered[0])


class Unit(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    SQUARE_METRE = "square_metre"
    ITEM = "item"
    ROOM = "room"
    BED = "bed"
    MEAL = "meal"
    HALF_DAY = "half_day"
    DAY = "day"
    MONTH = "month"


class Family(StrEnum):
    """Which shelf a service stands on, where there are too many for one list."""

    CLEANING = "cleaning"
    APPLIANCES = "appliances"
    HOUSEHOLD = "household"
    CARE = "care"


class Room(StrEnum):
    """Where in a home a line of a checklist is done."""

    HOME = "home"
    """Everywhere, or at the door."""
    BEDROOM = "bedroom"
    LIVING_ROOM = "living_room"
    KITCHEN = "kitchen"
    BATHROOM = "bathroom"


class Task(Section):
    """One line of a checklist. The file writes its words alone, with `room` and `must` beside them if need
    be."""

    words: Words
    room: Room = Room.HOME
    must: bool = True
    """Whether a visit is not finished before it is done, or somebody said why it cannot be."""

    @model_validator(mode="before")
    @classmethod
    def _words_alone_will_do(cls, given: object) -> object:
        if not isinstance(given, Mapping) or "words" in given:
            return given
        facts = {name: given[name] for name in ("room", "must") if name in given}
        return {**facts, "words": {name: text for name, text in given.items() if name not in facts}}


class AddOn(Section):
    """Something extra within a visit, for a price of its own."""

    code: Code
    name: Words
    price: Fen
    minutes: Whole
    """Of one person's work, each."""
    unit: Unit = Unit.ITEM
    most: Annotated[int, Strict(), Field(ge=1)] = 1


class Notice(Section):
    """How long before a visit it must be placed. Exactly one of the three is set."""

    minutes: Whole | None = None
    """So many minutes before the start."""
    day_before: Annotated[int, Strict(), Field(ge=1, le=23)] | None = None
    """Before this full hour of the day before, in the company's zone."""
    days: Annotated[int, Strict(), Field(ge=1)] | None = None
    """So many days ahead, the day of placing not counted."""

    @model_validator(mode="after")
    def _is_one_rule(self) -> Self:
        if sum(rule is not None for rule in (self.minutes, self.day_before, self.days)) != 1:
            raise ValueError("give exactly one of minutes, day_before (an hour) or days")
        return self

    def earliest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first moment a visit placed `now` (aware) may begin; aware, in `zone`."""
        local = now.astimezone(zone)
        if self.minutes is not None:
            return (now + timedelta(minutes=self.minutes)).astimezone(zone)
        ahead = self.days or (1 if local.hour < (self.day_before or 0) else 2)
        day = local.date() + timedelta(days=ahead)
        return datetime(day.year, day.month, day.day, tzinfo=zone)


class Duration(Section):
    """How long the work takes: minutes of one person's work, shared by the crew, within bounds."""

    base: Whole = 0
    per_unit: Whole
    shortest: Annotated[int, Strict(), Field(ge=GRID_MINUTES, multiple_of=GRID_MINUTES)]
    longest: Annotated[int, Strict(), Field(ge=GRID_MINUTES, multiple_of=GRID_MINUTES)]

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.longest < self.shortest:
            raise ValueError("longest is less than shortest; exchange them")
        return self


class CrewStep(Section):
    """From this quantity on, so many people come."""

    quantity: Annotated[int, Strict(), Field(ge=1)]
    crew: Annotated[int, Strict(), Field(ge=1)]


Surcharge = Literal["early_late", "spring_festival", "holiday"]
HomeFact = Literal["pets", "elderly", "infants", "allergy"]


class Service(Section):
    """One thing the company does in a home."""

    code: Code
    family: Family
    name: Words
    nicknames: Mapping[str, tuple[str, ...]]
    """What people call it, by language."""
    scope: Words
    includes: Annotated[tuple[Words, ...], Field(min_length=1)]
    excludes: Annotated[tuple[Words, ...], Field(min_length=1)]
    acceptance: Annotated[tuple[Words, ...], Field(min_length=1)]
    """Lines to check together at the end; a complaint is judged by them."""
    checklist: Annotated[tuple[Task, ...], Field(min_length=1)]
    """What the worker does, in order."""
    unit: Unit
    by_floor: bool = False
    """Whether its square metres are those of the home, so that they are known once they were told."""
    unit_price: Fen
    minimum_price: Fen = 0
    smallest: Annotated[int, Strict(), Field(ge=1)] = 1
    largest: Annotated[int, Strict(), Field(ge=1)]
    usual: Annotated[int, Strict(), Field(ge=1)]
    choices: tuple[int, ...] = ()
    """Quantities worth a button, rising."""
    crew: Annotated[int, Strict(), Field(ge=1)] = 1
    """How many people come, at least; `crew_for` knows how many for a quantity."""
    crew_steps: tuple[CrewStep, ...] = ()
    duration: Duration
    preparation_minutes: Whole = 0
    """Before the visit, on top of the way: loading machines, fetching material."""
    calendar_days: Whole = 0
    """How many days one unit lasts, for services that are sold by the month."""
    notice: Notice
    skills: frozenset[str]
    papers: frozenset[str] = frozenset()
    """Kinds of papers that must be valid on the day."""
    by_request: bool = False
    """Not sold by window: a person of ours talks it through first."""
    needs_confirmation: bool = False
    """Staff say yes before it is certain."""
    seasonal: bool = False
    surcharges: frozenset[Surcharge] = frozenset()
    add_ons: tuple[str, ...] = ()
    home_facts: frozenset[HomeFact] = frozenset()
    """What about the home changes who suits, and so is worth asking once."""

    @model_validator(mode="after")
    def _holds_together(self, info: ValidationInfo) -> Self:
        if not self.smallest <= self.usual <= self.largest:
            raise ValueError(
                f"usual must lie between smallest ({self.smallest}) and largest ({self.largest})"
            )
        if list(self.choices) != sorted(set(self.choices)):
            raise ValueError("choices must rise, each once")
        if any(not self.smallest <= choice <= self.largest for choice in self.choices):
            raise ValueError(f"choices must lie between {self.smallest} and {self.largest}")
        steps = [(1, self.crew), *((step.quantity, step.crew) for step in self.crew_steps)]
        if any(a[0] >= b[0] or a[1] >= b[1] for a, b in pairwise(steps)):
            raise ValueError("crew_steps must rise, in quantity and in crew, and begin above crew")
        for language in (info.context or {}).get("languages", ()):
            if not self.nicknames.get(language):
                raise ValueError(f"no nicknames in {language}; add what people call it to nicknames")
        return self

    def __hash__(self) -> int:
        return hash(self.code)

    def crew_for(self, quantity: int) -> int:
        """How many people come for so much."""
        return max([self.crew, *(step.crew for step in self.crew_steps if quantity >= step.quantity)])

    def minutes(self, quantity: int, add_ons: tuple[AddOn, ...] = ()) -> int:
        """How long the visit lasts, a multiple of 30. An add-on wanted twice is given twice."""
        crew = self.crew_for(quantity)
        work = -(-(self.duration.base + self.duration.per_unit * quantity) // crew)
        work = min(max(work, self.duration.shortest), self.duration.longest)
        extra = -(-sum(add_on.minutes for add_on in add_ons) // crew)
        return -(-(work + extra) // GRID_MINUTES) * GRID_MINUTES


class UnknownService(DomainError):
    """There is no service with this code (any more)."""

    key = "unknown-service"


class UnknownAddOn(DomainError):
    """There is no such add-on, or it does not go with the service."""

    key = "unknown-add-on"


class TooManyAddOns(DomainError):
    """More of one add-on than a visit can take; `most` says how many it can."""

    key = "too-many-add-ons"


class QuantityOutOfRange(DomainError):
    """Less or more than one visit can be; `smallest`, `largest` and `unit` say what can."""

    key = "quantity-out-of-range"


def add_on(company: "Company", code: str) -> AddOn:
    """The add-on with this code. Raises `UnknownAddOn`."""
    for offered in company.add_ons:
        if offered.code == code:
            return offered
    raise UnknownAddOn(add_on=code)


def offered(company: "Company", service: Service) -> tuple[AddOn, ...]:
    """The add-ons that go with a service, in the order they are offered."""
    return tuple(add_on(company, code) for code in service.add_ons)


def chosen(company: "Company", service: Service, add_ons: Mapping[str, int]) -> tuple[AddOn, ...]:
    """The add-ons wanted, each as often as it is wanted, in the catalogue's order.

    Raises `UnknownAddOn` for one that does not go with the service, `TooManyAddOns` for too many of one.
    """
    for code, number in add_ons.items():
        if code not in service.add_ons:
            raise UnknownAddOn(add_on=code, service=service.code)
        most = add_on(company, code).most
        if not 0 <= number <= most:
            raise TooManyAddOns(add_on=code, most=most)
    return tuple(extra for extra in offered(company, service) for _ in range(add_ons.get(extra.code, 0)))


def minutes(company: "Company", service: Service, quantity: int, add_ons: Mapping[str, int]) -> int:
    """How long a visit with these add-ons lasts, a multiple of 30. Raises as `chosen` and `check` do."""
    check(service, quantity)
    return service.minutes(quantity, chosen(company, service, add_ons))


def check(service: Service, quantity: int) -> None:
    """Raise `QuantityOutOfRange` when one visit cannot be that small or that large."""
    if not service.smallest <= quantity <= service.largest:
        raise QuantityOutOfRange(
            service=service.code, smallest=service.smallest, largest=service.largest, unit=service.unit.value
        )
