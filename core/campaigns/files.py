"""The file that says what a campaign is: read once, and explained line by line when it is wrong."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, Strict, ValidationError, field_validator, model_validator

from core import explaining
from core.campaigns.rules import Rules
from core.campaigns.tables import NAME_LENGTH, Campaign, Kind
from core.catalogue import Code, Section, Unit, Words
from core.coupons import Kind as Off
from core.coupons import Limits
from core.lifecycle import Segment, Stage
from core.members.tables import Tier
from core.policies import Count, Percent

if TYPE_CHECKING:
    from core.company import Company

FEN = 100
PLACEHOLDERS = frozenset({"name", "gift", "until", "company"})
"""What stands for something else in every text; `until` is the last day of the gift, else of the campaign."""
OWN_PLACEHOLDERS = {
    Kind.DISCOUNT: frozenset[str](),
    Kind.DRAW: frozenset({"winners"}),
    Kind.REFERRAL: frozenset({"code"}),
    Kind.PACKAGE: frozenset({"package", "price"}),
}


class FileInvalid(Exception):
    """The file cannot be used. The message names it and, line by line, what to change."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"{path} cannot be used:", *problems]))


class Audience(Section):
    """Whom it is for: who fits every condition that is given."""

    tiers: tuple[Tier, ...] = ()
    areas: tuple[Code, ...] = ()
    """With a home in one of them."""
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    """With a chat on one of them."""
    had: tuple[Code, ...] = ()
    """Had one of these services..."""
    never_had: tuple[Code, ...] = ()
    """... and none of these."""
    last_visit_before_days: Count | None = None
    """Their last finished visit is longer ago than that."""
    visits_from: Count | None = None
    """At least so many finished visits."""
    never_visited: bool = False
    points_from: Count | None = None
    stages: tuple[Stage, ...] = ()
    """How close they are to us, as found last night..."""
    segments: tuple[Segment, ...] = ()
    """... and what they are worth."""
    birthday_months: tuple[Annotated[int, Strict(), Field(ge=1, le=12)], ...] = ()
    """They told us themselves that they were born in one of these."""
    pets: bool | None = None
    elderly: bool | None = None
    infants: bool | None = None
    """What they told of their home."""
    events: tuple[Literal["moving", "baby"], ...] = ()
    """One of these happens to them just now."""

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.never_visited and (self.had or self.visits_from or self.last_visit_before_days):
            raise ValueError("who was never visited had no visit; remove never_visited, or the others")
        if self.never_visited and self.stages:
            raise ValueError("who was never visited has no stage; remove never_visited, or stages")
        if set(self.had) & set(self.never_had):
            raise ValueError("a service is in had and in never_had; keep it in one")
        return self


class Coupon(Section):
    """A coupon that is given. One of yuan, percent, hours and add_on."""

    yuan: Count | None = None
    percent: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None
    hours: Count | None = None
    add_on: str | None = None
    most_yuan: Count | None = None
    least_yuan: Count | None = None
    services: tuple[Code, ...] = ()
    areas: tuple[Code, ...] = ()
    days: Count = 30

    @model_validator(mode="after")
    def _takes_one_thing_off(self) -> Self:
        given = [one for one in (self.yuan, self.percent, self.hours, self.add_on) if one is not None]
        if len(given) != 1:
            raise ValueError("write one of yuan, percent, hours and add_on")
        if (self.percent is None) != (self.most_yuan is None):
            raise ValueError("most_yuan goes with percent: without it nobody knows what the coupon may cost")
        return self

    @property
    def off(self) -> tuple[Off, int]:
        """What it takes off, as `core.coupons` has it."""
        if self.yuan is not None:
            return Off.FEN, self.yuan * FEN
        if self.percent is not None:
            return Off.PERCENT, self.percent
        return (Off.HOURS, self.hours) if self.hours is not None else (Off.ADD_ON, 1)

    @property
    def limits(self) -> Limits:
        """What it is good for."""
        return Limits(
            least=(self.least_yuan or 0) * FEN,
            most=self.most_yuan * FEN if self.most_yuan else None,
            add_on=self.add_on,
            services=self.services,
            areas=self.areas,
        )

    def worth(self, company: "Company") -> int:
        """What it takes off at most, in fen."""
        if self.hours is not None:
            hourly = [one for one in company.services if one.unit is Unit.HOUR]
            fitting = [one for one in hourly if not self.services or one.code in self.services]
            return self.hours * max((one.unit_price for one in fitting), default=0)
        if self.add_on is not None:
            return next((one.price for one in company.add_ons if one.code == self.add_on), 0)
        return (self.yuan or self.most_yuan or 0) * FEN


class Stop(Section):
    """When it stops by itself, apart from its budget."""

    refusals_percent: Percent = 10
    """So many of the last who were told want no offers any more."""
    most_people: Count | None = None
    """So many people were told."""


class Plan(Section):
    """A campaign, as its file says."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=NAME_LENGTH)]
    kind: Kind
    first_day: Annotated[date, Field(alias="from")]
    last_day: Annotated[date, Field(alias="until")]
    text: Words
    audience: Audience = Audience()
    coupon: Coupon | None = None
    points: Count | None = None
    package: Code | None = None
    budget: Annotated[int, Strict(), Field(ge=0, le=10_000_000)]
    """In yuan."""
    hold_out: Annotated[int, Strict(), Field(ge=0, le=50)] = 10
    """So many percent are not told."""
    measure_days: Count = 14
    """For so long after they were planned the visits of both groups are counted."""
    stop: Stop = Stop()
    seed: Annotated[str, Field(min_length=4, max_length=80)] | None = None
    winners: Count | None = None
    template: Annotated[str | None, Field(exclude=True)] = None
    """Only there to be refused."""

    @field_validator("template")
    @classmethod
    def _is_no_template(cls, given: str | None) -> None:
        if given is None:
            return
        raise ValueError(
            "templates are for news of visits; the platforms forbid offers by them, and close accounts for it"
            ": remove template"
        )

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        gives = (self.coupon is not None) + (self.points is not None)
        if gives > 1:
            raise ValueError("write either coupon or points, not both")
        if self.kind in (Kind.DISCOUNT, Kind.DRAW) and not gives:
            raise ValueError(f"a {self.kind.value} gives something: write a table coupon, or points")
        if (self.kind is Kind.DRAW) != (self.seed is not None) or (self.kind is Kind.DRAW) != (
            self.winners is not None
        ):
            raise ValueError("a draw needs seed and winners, and nothing else has them")
        if (self.kind is Kind.PACKAGE) != (self.package is not None):
            raise ValueError("kind package needs package, and nothing else has it")
        if self.last_day < self.first_day:
            raise ValueError("it is over before it begins: until lies before from")
        return self

    def worth(self, company: "Company") -> int:
        """What one gift may cost, in fen; 0 where nothing is given."""
        if self.coupon is not None:
            return self.coupon.worth(company)
        return -(-(self.points or 0) * FEN // company.members.points_per_yuan)

    def each(self, company: "Company") -> int:
        """What it may cost to tell one more person, in fen: of a draw, nothing."""
        return 0 if self.kind is Kind.DRAW else self.worth(company)

    def gift_until(self, company: "Company", now: datetime) -> datetime:
        """When a coupon that is given now ends: with a day, on the company's wall."""
        days = self.coupon.days if self.coupon is not None else 0
        last = now.astimezone(company.zone).date() + timedelta(days=days + 1)
        return datetime.combine(last, time.min, company.zone).astimezone(UTC)

    def span(self, company: "Company") -> tuple[datetime, datetime]:
        """From the first moment of its first day until the last of its last, aware."""
        begins, after = (
            datetime.combine(day, time.min, company.zone).astimezone(UTC)
            for day in (self.first_day, self.last_day + timedelta(days=1))
        )
        return begins, after


def of(campaign: Campaign) -> Plan:
    """What the file of a campaign said when it was started."""
    return Plan.model_validate(campaign.file)


def read(path: Path, company: "Company") -> Plan:
    """Read a file. Raises FileInvalid."""
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except OSError as error:
        raise FileInvalid(path, [f"it cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise FileInvalid(path, [f"it is not UTF-8 at byte {error.start}; save it as UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise FileInvalid(path, [f"it is not TOML: {error}"]) from error
    try:
        plan = Plan.model_validate(given, context={"languages": company.languages})
    except ValidationError as error:
        wrong = [
            (one["loc"] or ("kind",), explaining.explain(one if one["loc"] else {**one, "loc": ("kind",)}))
            for one in error.errors(include_url=False)
        ]
        raise FileInvalid(path, explaining.located(text, given, wrong)) from error
    if problems := [
        *_unknown(plan, company),
        *_unfit(plan, company.campaigns),
        *_unaffordable(plan, company),
    ]:
        raise FileInvalid(path, explaining.located(text, given, problems))
    return plan


def fields(words: str) -> list[str]:
    """What stands between braces. Raises ValueError for braces that do not close."""
    parts = [(name, spec, how) for _, name, spec, how in Formatter().parse(words) if name is not None]
    return [
        f"{name}{'!' if how else ''}{how or ''}{':' if spec else ''}{spec or ''}" for name, spec, how in parts
    ]


Problems = Iterator[tuple[explaining.Place, str]]


def _unknown(plan: Plan, company: "Company") -> Problems:
    """What it names and the company does not have."""
    services = [one.code for one in company.services]
    areas = [one.code for one in company.areas]
    named: list[tuple[explaining.Place, tuple[str, ...], list[str]]] = [
        (("audience", "had"), plan.audience.had, services),
        (("audience", "never_had"), plan.audience.never_had, services),
        (("audience", "areas"), plan.audience.areas, areas),
        (("audience", "languages"), plan.audience.languages, list(company.languages)),
    ]
    if plan.coupon is not None:
        add_ons = [one.code for one in company.add_ons]
        named += [
            (("coupon", "services"), plan.coupon.services, services),
            (("coupon", "areas"), plan.coupon.areas, areas),
            (("coupon", "add_on"), (plan.coupon.add_on,) if plan.coupon.add_on else (), add_ons),
        ]
    if plan.package is not None:
        named.append((("package",), (plan.package,), [one.code for one in company.pricing.packages]))
    for place, given, known in named:
        for one in given:
            if one not in known:
                yield place, f"the company has no {one!r}{explaining.instead(one, known)}"


def _unfit(plan: Plan, rules: Rules) -> Problems:
    """What is wrong with its words."""
    known = PLACEHOLDERS | OWN_PLACEHOLDERS[plan.kind]
    for language, words in plan.text.root.items():
        place = ("text", language)
        try:
            names = fields(words)
        except ValueError:
            yield place, "a brace does not close; write {name}, or {{ for a brace"
            continue
        for name in names:
            if name not in known:
                close = explaining.instead(name, sorted(known))
                usable = ", ".join(f"{{{one}}}" for one in sorted(known))
                yield place, f"nothing stands for {{{name}}}{close or f'; write one of {usable}'}"
        if "gift" in names and plan.coupon is None and plan.points is None:
            yield place, "{gift} stands for what is given, and nothing is; add coupon or points"
        for word in rules.forbidden:
            if word in words:
                yield place, f"{word!r} is forbidden in advertisements by law; say what is true of it"
        if len(words) > rules.longest:
            yield place, f"it has {len(words)} characters; {rules.longest} are read at a glance"


def _unaffordable(plan: Plan, company: "Company") -> Problems:
    worth = plan.worth(company)
    if plan.coupon is not None and not worth:
        yield ("coupon",), "no service by the hour fits it, so it takes nothing off"
    least = worth * plan.winners if plan.winners else worth
    if least > plan.budget * FEN:
        yield ("budget",), f"the budget does not pay for {'the winners' if plan.winners else 'one gift'}"


def as_json(plan: Plan) -> dict[str, Any]:  # Any: JSON
    """As a campaign keeps it."""
    return plan.model_dump(mode="json")
