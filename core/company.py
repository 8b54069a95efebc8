"""The company itself: one typed file says everything it decides, read once and explained when it is wrong."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from pydantic import Field, ValidationError, field_validator

from core.areas import Area, UnknownArea
from core.calendars import BusinessHours, Closure
from core.campaigns.rules import Rules as CampaignRules
from core.catalogue import AddOn, Section, Service, Unit, UnknownService, Words
from core.complaints.rules import Rules
from core.decency.rules import Rules as DecencyRules
from core.explaining import Place, explain, instead, located
from core.facts import Rules as RecordRules
from core.households.rules import HouseholdRules
from core.lifecycle.rules import Rules as CareRules
from core.members.rules import Rules as MemberRules
from core.mornings.rules import Rules as MorningRules
from core.peaks import Rules as PeakRules
from core.plans.rules import Rules as PlanRules
from core.policies import Policies
from core.pricing.rules import PriceRules
from core.privacy.rules import Rules as PrivacyRules
from core.questions import Question
from core.resorts.rules import Rules as ResortRules
from core.waitings import Rules as WaitRules

__all__ = ["Company", "CompanyFileInvalid", "Words", "load"]

DEFAULT_FILE = Path(__file__).with_name("company.toml")


class CompanyFileInvalid(Exception):
    """The company file cannot be used. The message names the file and, line by line, what to change."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"{path} cannot be used:", *self.problems]))


class Company(Section):
    """Everything the company decides about itself."""

    name: Words
    phone: str
    """E.164: a plus and digits only."""
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    """BCP 47 tags; the first one is spoken to people we know nothing about."""
    timezone: str
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "CN"
    """Whose public holidays are kept; ISO 3166."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    """ISO 4217; its hundredths are what we call fen."""
    hours: BusinessHours
    """When visits take place."""
    office: BusinessHours
    """When people of ours answer."""
    closures: tuple[Closure, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Other cities, some of whose districts are called like ours."""
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    add_ons: tuple[AddOn, ...] = ()
    services: Annotated[tuple[Service, ...], Field(min_length=1)]
    questions: tuple[Question, ...] = ()
    """What is often asked; of two that a message may mean, the first one is answered."""
    policies: Policies = Policies()
    complaints: Rules = Rules()
    decency: DecencyRules = DecencyRules()
    campaigns: CampaignRules = CampaignRules()
    care: CareRules = CareRules()
    members: MemberRules = MemberRules()
    households: HouseholdRules = HouseholdRules()
    mornings: MorningRules = MorningRules()
    plans: PlanRules = PlanRules()
    waitlist: WaitRules = WaitRules()
    peak: PeakRules = PeakRules()
    privacy: PrivacyRules = PrivacyRules()
    pricing: PriceRules = PriceRules()
    record: RecordRules = RecordRules()
    resorts: ResortRules = ResortRules()
    version: str
    """The first 12 hex digits of the SHA-256 of the file's text."""

    def __hash__(self) -> int:
        return hash(self.version)

    @field_validator("phone")
    @classmethod
    def _is_dialled_from_anywhere(cls, phone: str) -> str:
        if not re.fullmatch(r"\+[1-9]\d{6,14}", phone):
            raise ValueError(f'{phone!r} is not an international number; write it like "+862880000000"')
        return phone

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f'{name!r} is not a time zone; write one like "Asia/Shanghai"') from None
        return name

    @field_validator("country")
    @classmethod
    def _has_holidays(cls, code: str) -> str:
        if not hasattr(holidays, code):
            raise ValueError(f'no holidays are known for {code!r}; write a country code like "CN"')
        return code

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the company's days belong to."""
        return ZoneInfo(self.timezone)

    def service(self, code: str) -> Service:
        """The service with this code. Raises `UnknownService`."""
        for service in self.services:
            if service.code == code:
                return service
        raise UnknownService(service=code)

    def area(self, code: str) -> Area:
        """The area with this code. Raises `UnknownArea`."""
        for area in self.areas:
            if area.code == code:
                return area
        raise UnknownArea(area=code)

    def at_any_hour(self) -> "Company":
        """Its workers never rest: whoever tries the demo at night sees them answer."""
        awake = {"offers_from": time.min, "offers_until": time.max}
        heard = {"worker_quiet_from": time.max, "worker_quiet_until": time.min}
        return self.model_copy(update={"policies": self.policies.model_copy(update=awake | heard)})


def load(path: Path | None = None) -> Company:
    """Read a company file; the one beside this module when none is given. Raises `CompanyFileInvalid`."""
    path = path or DEFAULT_FILE
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except OSError as error:
        raise CompanyFileInvalid(path, [f"it cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise CompanyFileInvalid(
            path, [f"it is not UTF-8 at byte {error.start}; save it as UTF-8"]
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise CompanyFileInvalid(path, [f"it is not TOML: {error}"]) from error
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    languages = given.get("languages")
    context = {"languages": tuple(languages) if isinstance(languages, list) else ()}
    try:
        company = Company.model_validate({**given, "version": version}, context=context)
    except ValidationError as error:
        wrong = [(details["loc"], explain(details)) for details in error.errors(include_url=False)]
        raise CompanyFileInvalid(path, located(text, given, wrong)) from error
    if contradictions := list(_contradictions(company)):
        raise CompanyFileInvalid(path, located(text, given, contradictions))
    return company


def _contradictions(company: Company) -> Iterator[tuple[Place, str]]:
    """What is right by itself but does not fit together."""
    for table in ("services", "add_ons", "areas"):
        codes = [part.code for part in getattr(company, table)]
        for n, code in enumerate(codes):
            if code in codes[:n]:
                yield (table, n, "code"), f"{code} is there twice; give each its own code"
    add_ons = [add_on.code for add_on in company.add_ons]
    for n, service in enumerate(company.services):
        for code in service.add_ons:
            if code not in add_ons:
                yield (
                    ("services", n, "add_ons"),
                    f"there is no add-on {code!r}{instead(code, add_ons)}",
                )
        if service.calendar_days and not service.by_request:
            yield ("services", n, "calendar_days"), "only services with by_request = true last for days"
    services = [service.code for service in company.services]
    for n, product in enumerate(company.pricing.packages):
        place = ("pricing", "packages", n)
        if product.code in [one.code for one in company.pricing.packages[:n]]:
            yield (*place, "code"), f"{product.code} is there twice; give each its own code"
        if product.service not in services:
            wrong = product.service
            yield (*place, "service"), f"there is no service {wrong!r}{instead(wrong, services)}"
        elif product.unit == "hour" and company.service(product.service).unit is not Unit.HOUR:
            yield (*place, "unit"), f"{product.service} is not sold by the hour; write visit"
    areas = [area.code for area in company.areas]
    owners: dict[str, str] = {}
    for n, area in enumerate(company.areas):
        for code in area.neighbours:
            if code not in areas:
                yield (
                    ("areas", n, "neighbours"),
                    f"there is no area {code!r}{instead(code, areas)}",
                )
        for keyword in area.keywords:
            if owners.setdefault(keyword.casefold(), area.code) != area.code:
                other = owners[keyword.casefold()]
                yield ("areas", n, "keywords"), f"{keyword!r} already names {other}; keep it in one area"
