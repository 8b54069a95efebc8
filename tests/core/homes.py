"""A small company of fixed rules, its people and its customers' homes, for tests of windows and visits."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from sqlmodel import Session, select

from core import customers, visits, windows, workers
from core.areas import Area
from core.calendars import BusinessHours, Closure, Period
from core.catalogue import AddOn, Duration, Notice, Service, Unit, Words
from core.company import Company, load
from core.customers import Address, Customer
from core.matching import Need
from core.policies import Policies
from core.pricing import Choice
from core.workers import Gender, Occupied, Worker

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
CLOSED = MONDAY + timedelta(days=9)
EVERY_DAY = tuple(range(7))
SHIFT = ((time(8), time(18)),)
GOOD_PAPERS = {"health": date(2027, 12, 31)}


def _words(text: str) -> Words:
    return Words({"zh-CN": text, "en": text})


def _service(code: str, minutes: int, rules: Mapping[str, object] = MappingProxyType({})) -> Service:
    length = Duration(base=0, per_unit=minutes, shortest=minutes, longest=max(minutes, 600))
    usual = {
        "unit": Unit.HOUR, "unit_price": 100_00, "minimum_price": 0, "smallest": 1, "largest": 6, "usual": 1,
        "choices": (), "crew": 1, "crew_steps": (), "duration": length, "preparation_minutes": 0,
        "notice": Notice(minutes=120), "skills": frozenset({"cleaning"}), "papers": frozenset(),
        "by_request": False, "needs_confirmation": False, "surcharges": frozenset(), "add_ons": (),
    }  # fmt: skip
    return load().services[0].model_copy(update={"code": code, **usual, **rules})


@lru_cache
def house() -> Company:
    """Open from 7 to 21 every day, office from 8 to 12 and 13 to 18; two areas; one service of each kind."""
    daily = (Period(opens=time(7), closes=time(21)),)
    office = (Period(opens=time(8), closes=time(12)), Period(opens=time(13), closes=time(18)))
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday")
    made = load().model_copy(
        update={
            "hours": BusinessHours(**dict.fromkeys(days, daily)),
            "office": BusinessHours(**dict.fromkeys(days, office)),
            "closures": (Closure(first=CLOSED, last=CLOSED, reason=_words("outing")),),
            "areas": tuple(
                Area(code=code, name=_words(code), keywords=(code,)) for code in ("NORTH", "SOUTH")
            ),
            "add_ons": (AddOn(code="OVEN", name=_words("oven"), price=30_00, minutes=30, most=2),),
            "services": (
                _service("CLEAN", 120, {"papers": frozenset({"health"}), "add_ons": ("OVEN",)}),
                _service("PAIR", 180, {"crew": 2}),
                _service("MACHINE", 60, {"preparation_minutes": 20}),
                _service("TIDY", 240, {"needs_confirmation": True}),
                _service("MOVING-IN", 600, {"notice": Notice(day_before=18)}),
                _service("EARLY", 60, {"surcharges": frozenset({"early_late"})}),
                _service("NANNY", 480, {"by_request": True}),
            ),
            "policies": Policies(),
        }
    )
    for name in ("_services", "_areas", "zone"):  # copied along with the fields
        made.__dict__.pop(name, None)
    return made


HOUSE = house()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the company's wall clock, in UTC."""
    return datetime.combine(day, time(hour, minute), HOUSE.zone).astimezone(UTC)


NOW = at(MONDAY, 9)


def worker(
    session: Session,
    name: str = "Wang",
    *,
    gender: Gender = Gender.FEMALE,
    areas: Collection[str] = ("NORTH", "SOUTH"),
    skills: Collection[str] = ("cleaning",),
    papers: Mapping[str, date] = GOOD_PAPERS,
    hours: Collection[tuple[time, time]] = SHIFT,
    days: Collection[int] = EVERY_DAY,
    tags: Collection[str] = (),
    languages: Collection[str] = ("zh-CN",),
    senior: bool = False,
) -> Worker:
    """Somebody who can do everything here, from 8 to 18 every day, unless told otherwise."""
    return workers.hire(
        session,
        name=name,
        gender=gender,
        since_day=date(2024, 1, 1),
        areas=areas,
        skills=skills,
        papers=papers,
        shifts=[(day, begins, ends) for day in days for begins, ends in hours],
        tags=tags,
        languages=languages,
        senior=senior,
    )


def id_of(worker: Worker) -> int:
    assert worker.id is not None
    return worker.id


def customer(session: Session, *, known: bool = True) -> Customer:
    """A customer whose phone number is verified, unless they are not `known`."""
    made = customers.greet(session, language="zh-CN", now=NOW)
    if known:
        customers.set_phone(session, made, f"+8613800{made.id:06d}", verified_at=NOW)
    session.flush()
    return made


def home(session: Session, customer: Customer, area: str = "NORTH") -> Address:
    return customers.add_address(session, customer, line=f"1 {area} Road", area_code=area, now=NOW)


def need(
    service: str = "CLEAN",
    *,
    area: str = "NORTH",
    customer: Customer | None = None,
    home: customers.HomeProfile | None = None,
    instead_of: int | None = None,
) -> Need:
    offered = HOUSE.service(service)
    return Need(
        service=offered,
        minutes=offered.minutes(1),
        crew=offered.crew,
        area=area,
        customer_id=customer.id if customer else None,
        home=home,
        instead_of=instead_of,
    )


def times(session: Session, need: Need, day: date = TUESDAY, *, now: datetime = NOW) -> list[str]:
    """When windows begin on that day, as people read it."""
    free = windows.free(session, HOUSE, need, day, day, now=now)[day]
    return [f"{window.starts_at.astimezone(HOUSE.zone):%H:%M}" for window in free]


def place(
    session: Session,
    customer: Customer,
    starts_at: datetime,
    service: str = "CLEAN",
    *,
    area: str = "NORTH",
    workers: Collection[int] = (),
    wants: int | None = None,
    quantity: int = 1,
    choice: Choice = Choice(),  # noqa: B008 - never changed
    address: Address | None = None,
    now: datetime = NOW,
) -> visits.Visit:
    """A visit at the customer's home in that area, or at that address."""
    return visits.place(
        session,
        HOUSE,
        customer,
        service=HOUSE.service(service),
        quantity=quantity,
        add_ons={},
        address=address or home(session, customer, area),
        starts_at=starts_at,
        workers=tuple(workers),
        wants=wants,
        choice=choice,
        now=now,
    )


def occupied(session: Session) -> set[tuple[int, int]]:
    """Every sold or held half hour, by worker."""
    return {(row.worker_id, row.half_hour) for row in session.exec(select(Occupied))}
