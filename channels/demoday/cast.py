"""Who plays in the invented day: twelve workers, three people on the staff, and forty households."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from channels.demoday.stage import ACCOUNT, COUNTED, OPEN
from core import customers, identities, policies, staff, workers
from core.company import Company
from core.correspondence import Peer
from core.staff import Rank
from core.workers import Gender

WORKERS = (
    ("王秀兰", "female"), ("李桂芳", "female"), ("张建国", "male"), ("陈丽华", "female"),
    ("刘强", "male"), ("赵敏", "female"), ("孙玉梅", "female"), ("周建军", "male"),
    ("吴晓燕", "female"), ("郑国华", "male"), ("冯春梅", "female"), ("许志强", "male"),
)  # fmt: skip
STAFF = (("周敏", Rank.CLERK), ("何静", Rank.LEAD), ("罗凯", Rank.MANAGER))
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
STREETS = ("科华北路", "人民南路", "高升桥路", "武侯祠大街", "玉林北街")
HOUSEHOLDS = 40
LATITUDE, LONGITUDE = 30.6300, 104.0450
"""Around here the households live, in WGS-84."""


@dataclass(frozen=True, slots=True)
class Household:
    """A customer of the day, and where they live."""

    peer: Peer
    customer_id: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, by the phones they hold. Workers by their number."""

    workers: dict[int, Peer]
    staff: tuple[Peer, ...]
    households: tuple[Household, ...]


def gather(session: Session, company: Company, now: datetime, homes: int = HOUSEHOLDS) -> Cast:
    """Hire and welcome everybody as of `now`, with so many households."""
    policies.remember(session, company, now)
    team = [_hire(session, company, name, gender, now) for name, gender in WORKERS]
    office = [_employ(session, number, name, rank, now) for number, (name, rank) in enumerate(STAFF)]
    welcomed = [_welcome(session, company, number, now) for number in range(homes)]
    return Cast(dict(team), tuple(office), tuple(welcomed))


def _hire(session: Session, company: Company, name: str, gender: str, now: datetime) -> tuple[int, Peer]:
    daily = company.service("DAILY")
    deep = company.service("DEEP")
    made = workers.hire(
        session,
        name=name,
        gender=Gender(gender),
        since_day=date(2024, 3, 1),
        skills=daily.skills | deep.skills,
        papers=dict.fromkeys(daily.papers | deep.papers, now.date() + timedelta(days=400)),
        areas=[area.code for area in company.areas],
        shifts=[(weekday, time(7), time(21)) for weekday in range(7)],
        card_consent=True,
    )
    assert made.id is not None
    made.rating, made.rated = 4.2 + 0.05 * made.id, 40
    peer = Peer(OPEN, ACCOUNT, f"worker-{made.id}")
    identities.bind_worker(session, *peer, made.id, now=now)
    return made.id, peer


def _employ(session: Session, number: int, name: str, rank: Rank, now: datetime) -> Peer:
    member = staff.hire(session, name=name, role=rank, language="zh-CN")
    peer = Peer(OPEN, ACCOUNT, f"staff-{number + 1}")
    identities.bind_staff(session, *peer, member.id or 0, now=now)
    return peer


def _welcome(session: Session, company: Company, number: int, now: datetime) -> Household:
    """Every second household writes from where the platform counts what is said to them."""
    customer = customers.greet(session, language="zh-CN", now=now)
    phone = f"+861390000{number + 1:04}"
    customers.join(session, customer, name=f"{SURNAMES[number % len(SURNAMES)]}女士", phone=phone, now=now)
    customers.set_phone(session, customer, phone, verified_at=now)
    north, east = number % 8 * 0.002, number // 8 * 0.002
    customers.add_address(
        session,
        customer,
        line=f"{STREETS[number % len(STREETS)]}{number + 10}号",
        area_code=company.areas[number % 3].code,
        detail=f"{number % 9 + 1}栋{number % 5 + 1}01",
        latitude=LATITUDE + north,
        longitude=LONGITUDE + east,
        size_m2=80 + number,
        rooms=3,
        now=now,
    )
    customers.tell_home(
        session, customer.id or 0, pets=number % 4 == 0, elderly=False, infants=False, now=now
    )
    peer = Peer(COUNTED if number % 2 else OPEN, ACCOUNT, f"household-{number + 1}")
    identities.bind_customer(session, *peer, customer.id or 0, now=now)
    return Household(peer, customer.id or 0, LATITUDE + north, LONGITUDE + east)
