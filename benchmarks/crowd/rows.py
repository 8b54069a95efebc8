"""What each customer of the crowd leaves in the tables: rows as they would be after years of work."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from functools import cache
from string import ascii_uppercase, digits
from typing import NamedTuple

from benchmarks.windows import STAYS
from core.company import Company
from core.identities import Role
from core.visits import Status
from core.windows.board import half_hour

Row = dict[str, object]
Rows = defaultdict[str, list[Row]]

CHANNEL, ACCOUNT = "telegram", "main"
WORKERS = 1000
DAYS_AHEAD = 30
VISITS_AHEAD = 15_000
"""The same however many customers there are, so that only the size of the tables is measured."""
WITH_VISITS_AHEAD = 1_000
CANCELLED_ONE_IN = 12
WORDS = "您好，请问明天上午可以来做日常保洁吗？大概三个小时。"
DAY = timedelta(days=1)
SIGNS = digits + ascii_uppercase
SPOTS = len(SIGNS) ** 5
EVENING = (20, 1)
"""When regulars are visited: hour of the beginning and hours it lasts, when the crowd's visits are over."""


class Visited(NamedTuple):
    """A visit, before it is spread over the tables that know of it."""

    id: int
    name: str
    customer: int
    home: int
    area: str
    starts: datetime
    hours: int
    worker: int
    status: Status


def scattered(number: int) -> int:
    """Another number for each, in no order: names and references lie all over an index, not at its end."""
    return (number * 7_368_787 + 12_345) % SPOTS


def reference(number: int) -> str:
    """A reference no real visit gets: none of those ends with a nought."""
    left, signs = scattered(number), ""
    for _ in range(5):
        left, sign = divmod(left, len(SIGNS))
        signs += SIGNS[sign]
    return f"{signs}0"


def identity(
    user: str,
    now: datetime,
    *,
    customer_id: int | None = None,
    worker_id: int | None = None,
    staff_id: int | None = None,
) -> Row:
    """Who is behind an account."""
    role = Role.CUSTOMER if customer_id else Role.WORKER if worker_id else Role.STAFF
    return {"channel": CHANNEL, "account": ACCOUNT, "user": user, "customer_id": customer_id,
            "worker_id": worker_id, "staff_id": staff_id, "speaks_as": role, "created_at": now}  # fmt: skip


def customers(company: Company, now: datetime, numbers: range, ids: dict[str, int]) -> Rows:
    """These customers: what they said and heard, their visit, and what they are to be reminded of."""
    rows: Rows = defaultdict(list)
    for place, number in enumerate(numbers):
        id, home, visit = (ids[name] + place for name in ("customer", "address", "visit"))
        user = str(1_000_000_000 + scattered(number))
        area = company.areas[number % len(company.areas)].code
        day, worker = divmod(number, WORKERS)  # each worker had one such visit a day
        hour, hours = STAYS[scattered(number) % len(STAYS)]
        starts = _moment(company, now, -1 - day, hour)
        status = Status.FINISHED if number % CANCELLED_ONE_IN else Status.CANCELLED
        _person(rows, id, home, user, area, starts - 3 * DAY)
        _talk(rows, user, starts - 2 * DAY, 2)
        visited = Visited(visit, reference(number), id, home, area, starts, hours, 1 + worker, status)
        _visit(rows, company, visited, now)
        rows["reminder"].append(
            {"kind": "care", "subject": str(id), "due_at": now + DAY + timedelta(minutes=number % 500_000),
             "status": "waiting", "attempts": 0, "failures": 0, "dedupe_key": f"care:{scattered(number)}",
             "payload": {"said": "care"}, "done_at": None, "outcome": None}
        )  # fmt: skip
    return rows


def ahead(company: Company, now: datetime, first_customer: int, ids: dict[str, int]) -> Rows:
    """The visits of the next weeks: for each worker one every other day, all of the first customers."""
    rows: Rows = defaultdict(list)
    a_day = VISITS_AHEAD // DAYS_AHEAD
    for number in range(VISITS_AHEAD):
        day, turn = divmod(number, a_day)
        worker = 1 + (turn * 2 + day % 2) % WORKERS
        hour, hours = STAYS[number % len(STAYS)]
        starts = _moment(company, now, 1 + day, hour)
        customer = number % WITH_VISITS_AHEAD
        area = company.areas[customer % len(company.areas)].code
        visit, name = ids["visit"] + number, reference(10_000_000 + number)
        who = first_customer + customer, ids["address"] - 1
        visited = Visited(visit, name, *who, area, starts, hours, worker, Status.CONFIRMED)
        _visit(rows, company, visited, now)
    return rows


def regular(company: Company, now: datetime, user: str, visits: int, ids: dict[str, int]) -> Rows:
    """One customer with so many visits behind them, one a week, always by the same worker."""
    rows: Rows = defaultdict(list)
    customer, home = ids["customer"], ids["address"]
    area = company.areas[0].code
    _person(rows, customer, home, user, area, now - (visits * 7 + 3) * DAY)
    for week in range(visits):
        hour, hours = EVENING
        starts = _moment(company, now, -1 - 7 * week, hour)
        visit, worker = ids["visit"] + week, 1 + customer % WORKERS
        name = reference(20_000_000 + visit)
        _talk(rows, user, starts - 2 * DAY, 2, week)
        visited = Visited(visit, name, customer, home, area, starts, hours, worker, Status.FINISHED)
        _visit(rows, company, visited, now)
    return rows


def _moment(company: Company, now: datetime, days: int, hour: int) -> datetime:
    day = now.astimezone(company.zone).date() + days * DAY
    return datetime.combine(day, time(hour), company.zone).astimezone(now.tzinfo)


def _person(rows: Rows, id: int, home: int, user: str, area: str, since: datetime) -> None:
    rows["customer"].append(
        {"id": id, "name": f"Customer {id}", "phone": f"+86138{id:08d}", "language": "zh-CN",
         "phone_verified_at": since, "created_at": since, "joined_at": since}
    )  # fmt: skip
    rows["identity"].append(identity(user, since, customer_id=id))
    offered = [{"label": "我的预约", "data": "go:visits"}, {"label": "预约服务", "data": "go:booking"}]
    rows["conversation"].append(
        {"channel": CHANNEL, "account": ACCOUNT, "user": user, "revision": 9, "updated_at": since,
         "state": {"offer": 9, "offered": offered, "ways": [], "met": True}}
    )  # fmt: skip
    rows["address"].append(
        {"id": home, "customer_id": id, "line": f"科华北路{id}号", "detail": "3栋2单元501", "area_code": area,
         "created_at": since, "last_used_at": since}
    )  # fmt: skip
    rows["home_profile"].append({"customer_id": id, "pets": False, "told_at": since})


def _talk(rows: Rows, user: str, at: datetime, times: int, since: int = 0) -> None:
    """So many messages of the person's, and as many answers; all of them arrived."""
    peer = {
        "channel": CHANNEL,
        "account": ACCOUNT,
        "user": user,
        "kind": "text",
        "attempts": 0,
        "parts_sent": 0,
    }
    content = {"choices": [{"label": "我的预约", "data": "go:visits", "kind": "answer"}], "card": None}
    for turn in range(times):
        rows["message"] += [
            {**peer, "direction": "in", "external_id": f"{user}:{since * times + turn}", "body": WORDS,
             "content": {}, "status": "received", "created_at": at, "purpose": None, "due_at": None,
             "sent_at": None, "receipt": None},
            {**peer, "direction": "out", "external_id": None, "body": WORDS, "content": content,
             "status": "sent", "created_at": at, "purpose": "answer", "due_at": at, "sent_at": at,
             "receipt": f"{since * times + turn}"},
        ]  # fmt: skip


def _visit(rows: Rows, company: Company, visited: Visited, now: datetime) -> None:
    id, name, customer, home, area, starts, hours, _worker, status = visited
    is_off = status is Status.CANCELLED
    placed, ends = min(starts - 2 * DAY, now), starts + timedelta(hours=hours)
    line = {"kind": "service", "code": "DAILY", "quantity": hours, "unit": "hour", "unit_price": 4500,
            "percent": None, "amount": 4500 * hours}  # fmt: skip
    rows["visit"].append(
        {"id": id, "reference": name, "customer_id": customer, "address_id": home, "address_line": "科华北路",
         "area_code": area, "service_code": "DAILY", "quantity": hours, "add_ons": {}, "starts_at": starts,
         "ends_at": ends, "status": status, "total": 4500 * hours,
         "quote": {"lines": [line], "total": 4500 * hours, "version": company.version},
         "company_version": company.version, "policy_version": _rules(company), "rules_accepted_at": placed,
         "moves": 0, "fee": 0, "placed_at": placed, "closed_at": ends if ends < now else None,
         "cancelled_by": "customer" if is_off else None, "fee_rule": "free" if is_off else None}
    )  # fmt: skip
    rows["assignment"].append(
        {"visit_id": id, "worker_id": visited.worker, "leads": True, "assigned_at": placed,
         "reasons": [{"key": "senior", "args": {}}], "released_at": placed if is_off else None}
    )  # fmt: skip
    if not is_off:
        _stay(rows, visited)
    _tell(rows, visited, placed)
    _remind(rows, visited, now)


@cache
def _rules(company: Company) -> str:
    return company.policies.version


def _stay(rows: Rows, visited: Visited) -> None:
    first, lasts = half_hour(visited.starts), visited.hours * 2
    rows["occupied"] += [
        {"worker_id": visited.worker, "half_hour": first + n, "visit_id": visited.id, "hold_id": None,
         "lasts": 0 if n else lasts, "area_code": "" if n else visited.area, "prepares": 0}
        for n in range(lasts)
    ]  # fmt: skip


def _tell(rows: Rows, visited: Visited, placed: datetime) -> None:
    """The visit's lines in the timeline."""
    happened = [("placed", "customer", placed), ("assigned", "bot", placed)]
    if visited.status is not Status.CONFIRMED:
        happened.append((visited.status.value, "worker", visited.starts))
    rows["entry"] += [
        {"visit_id": visited.id, "what": what, "at": at, "actor": actor, "detail": {"status": what},
         "for_customer": True, "for_worker": True}
        for what, actor, at in happened
    ]  # fmt: skip


def _remind(rows: Rows, visited: Visited, now: datetime) -> None:
    """The visit's reminders: done, or waiting for their time."""
    for said, before in (("day", DAY), ("hours", timedelta(hours=2))):
        due = visited.starts - before
        is_done = visited.status is not Status.CONFIRMED or due <= now
        rows["reminder"].append(
            {"kind": "visit-near", "subject": visited.name, "due_at": due, "payload": {"said": said},
             "status": "done" if is_done else "waiting", "attempts": 1 if is_done else 0,
             "dedupe_key": f"visit-near:{visited.name}:{said}", "done_at": due if is_done else None,
             "outcome": "said" if is_done else None}
        )  # fmt: skip
