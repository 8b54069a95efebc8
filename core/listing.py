"""Customers as a list: read from one and compared with what is there, before anything is changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import customers
from core.areas import UnknownArea
from core.customers import Address, Customer, HomeProfile
from core.facts import Source

if TYPE_CHECKING:
    from core.company import Company

COLUMNS = ("name", "phone", "language", "joined", "address", "door", "area", "size", "allergy")
NEEDED = ("name", "phone")
AT_ONCE = 500
REASONS_KEPT = 1_000
"""So many refused lines are told one by one; of the rest, how many there are."""
LONGEST = 200
PHONE = re.compile(r"\+[1-9]\d{6,14}")

Row = Mapping[str, str]


@dataclass(slots=True)
class Report:
    """What an import changes, or would."""

    new: int = 0
    updated: int = 0
    same: int = 0
    refused: int = 0
    reasons: list[tuple[int, str]] = field(default_factory=list)
    """Line and reason, of the first REASONS_KEPT that were refused."""

    def refuse(self, line: int, why: str) -> None:
        """This line changes nothing."""
        self.refused += 1
        if len(self.reasons) < REASONS_KEPT:
            self.reasons.append((line, why))


@dataclass(frozen=True, slots=True)
class Line:
    """One customer of a list, checked; what it does not say is None."""

    number: int
    name: str
    phone: str
    language: str
    joined: date | None
    address: str | None
    door: str | None
    area: str | None
    size: int | None
    allergy: str | None


class NotAList(Exception):
    """The file's first line does not name the columns that are needed."""


def check_columns(columns: Iterable[str]) -> None:
    """Raises NotAList for a first line without what is needed, or with something that we do not know."""
    given = set(columns)
    if missing := [one for one in NEEDED if one not in given]:
        raise NotAList(f"the first line names no {', '.join(missing)}; there are {', '.join(COLUMNS)}")
    if unknown := sorted(one for one in given - {*COLUMNS} if one):
        raise NotAList(f"nobody knows the column {', '.join(unknown)}; there are {', '.join(COLUMNS)}")


def take(
    session: Session, company: "Company", rows: Iterable[tuple[int, Row]], *, apply: bool, now: datetime
) -> Report:
    """Compare a list, line by line with the number it has in the file; and, to `apply` it, take it over.

    A customer is known by phone (E.164). What the list says wins over what we knew, what it leaves out stays.
    Of one phone that stands twice the first line counts. It holds a few hundred lines at a time, and the
    phones it has seen. Two imports at once must be kept apart by the caller's transaction.
    """
    report, seen = Report(), set[str]()
    for some in _in_parts(_checked(company, rows, report)):
        fresh = [one for one in some if _is_first(one, seen, report)]
        _compare(session, fresh, report, apply=apply, now=now)
    return report


def _is_first(line: Line, seen: set[str], report: Report) -> bool:
    if line.phone in seen:
        report.refuse(line.number, f"the phone {line.phone} stands in the list twice")
        return False
    seen.add(line.phone)
    return True


def _checked(company: "Company", rows: Iterable[tuple[int, Row]], report: Report) -> Iterator[Line]:
    for number, row in rows:
        try:
            yield _line(company, number, row)
        except ValueError as why:
            report.refuse(number, str(why))


def _line(company: "Company", number: int, row: Row) -> Line:
    said = {name: " ".join((row.get(name) or "").split()) or None for name in COLUMNS}
    if long := next((name for name, value in said.items() if value and len(value) > LONGEST), None):
        raise ValueError(f"{long} is longer than {LONGEST} characters")
    if said["name"] is None:
        raise ValueError("there is no name")
    phone, language = said["phone"] or "", said["language"] or company.languages[0]
    if not PHONE.fullmatch(phone):
        raise ValueError(f"{phone or 'nothing'} is no phone number")
    if language not in company.languages:
        raise ValueError(f"{language} is not spoken; there are {', '.join(company.languages)}")
    if (said["address"] is None) != (said["area"] is None):
        raise ValueError("an address needs its area, and an area its address")
    if said["area"] is not None:
        _area(company, said["area"])
    joined, size = _day(said["joined"]), _size(said["size"])
    return Line(
        number,
        said["name"],
        phone,
        language,
        joined,
        said["address"],
        said["door"],
        said["area"],
        size,
        said["allergy"],
    )


def _area(company: "Company", code: str) -> None:
    try:
        company.area(code)
    except UnknownArea:
        there = ", ".join(one.code for one in company.areas)
        raise ValueError(f"{code} is no area; there are {there}") from None


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise ValueError(f"{said} is no date; write it as 2026-11-23") from None


def _size(said: str | None) -> int | None:
    if said is None:
        return None
    if not (said.isascii() and said.isdecimal() and 10 <= int(said) <= 2_000):
        raise ValueError(f"{said} is no size; write the square metres, from 10 to 2000")
    return int(said)


def _in_parts(lines: Iterable[Line]) -> Iterator[list[Line]]:
    some: list[Line] = []
    for line in lines:
        some.append(line)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _compare(session: Session, lines: list[Line], report: Report, *, apply: bool, now: datetime) -> None:
    phones = [one.phone for one in lines]
    wanted = select(Customer).where(col(Customer.phone).in_(phones), col(Customer.given_up_at).is_(None))
    known: dict[str, list[Customer]] = {}
    for customer in session.exec(wanted.order_by(col(Customer.id))):
        known.setdefault(customer.phone or "", []).append(customer)
    ids = [customer.id for those in known.values() for customer in those]
    homes: dict[int, list[Address]] = {}
    for home in session.exec(select(Address).where(col(Address.customer_id).in_(ids))):
        homes.setdefault(home.customer_id, []).append(home)
    theirs = select(HomeProfile).where(col(HomeProfile.customer_id).in_(ids))
    profiles = {one.customer_id: one for one in session.exec(theirs)}
    new = []
    for line in lines:
        those = known.get(line.phone, [])
        if len(those) > 1:
            numbers = ", ".join(str(one.id) for one in those)
            report.refuse(line.number, f"several customers have {line.phone}: {numbers}; unite them first")
        elif not those:
            report.new += 1
            new.append(line)
        elif _differs(line, those[0], homes.get(those[0].id or 0, []), profiles.get(those[0].id or 0)):
            report.updated += 1
            if apply:
                _update(session, line, those[0], now)
        else:
            report.same += 1
    if apply:
        _add(session, new, now)
        session.flush()
    session.expunge_all()  # what was compared is not kept in memory


def _differs(line: Line, customer: Customer, homes: list[Address], profile: HomeProfile | None) -> bool:
    """Whether the list says something that we do not know."""
    if line.name != customer.name or line.language != customer.language:
        return True
    if line.joined is not None and customer.joined_at is None:
        return True
    if line.allergy is not None and (profile is None or profile.allergy != line.allergy):
        return True
    if line.address is None:
        return False
    home = next((one for one in homes if customers.is_same_home(one, _home(line, 0))), None)
    return (
        home is None or home.retired_at is not None or (line.size is not None and home.size_m2 != line.size)
    )


def _home(line: Line, customer_id: int) -> Address:
    return Address(
        customer_id=customer_id,
        line=line.address or "",
        detail=line.door,
        area_code=line.area or "",
        size_m2=line.size,
        created_at=datetime.min.replace(tzinfo=UTC),
    )


def _update(session: Session, line: Line, customer: Customer, now: datetime) -> None:
    customers.rename(session, customer, line.name)
    customer.language = line.language
    if line.joined is not None:
        customer.joined_at = customer.joined_at or _noon(line.joined)
    if line.address is not None and line.area is not None:
        home = customers.add_address(
            session, customer, line=line.address, area_code=line.area, detail=line.door, now=now
        )
        home.size_m2 = line.size or home.size_m2
    if line.allergy is not None:
        id = customer.id or 0
        customers.tell_home(session, id, allergy=line.allergy, source=Source.IMPORT, now=now)


def _add(session: Session, lines: list[Line], now: datetime) -> None:
    made = [
        Customer(
            name=line.name,
            phone=line.phone,
            language=line.language,
            created_at=now,
            joined_at=_noon(line.joined) if line.joined else now,
        )
        for line in lines
    ]
    session.add_all(made)
    session.flush()
    for line, customer in zip(lines, made, strict=True):
        id = customer.id or 0
        if line.address is not None:
            home = _home(line, id)
            home.created_at = home.last_used_at = now
            session.add(home)
        if line.allergy is not None:
            customers.tell_home(session, id, allergy=line.allergy, source=Source.IMPORT, now=now)
    session.flush()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def rows(session: Session, company: "Company") -> Iterator[dict[str, str]]:
    """Every customer with a phone as a line of such a list, by number, with the home they used last."""
    after = 0
    while True:
        further = (col(Customer.id) > after, col(Customer.given_up_at).is_(None))
        found = session.exec(select(Customer).where(*further).order_by(col(Customer.id)).limit(AT_ONCE)).all()
        for customer in found:
            if customer.phone is not None:
                yield _as_row(session, company, customer)
        if len(found) < AT_ONCE:
            return
        after = found[-1].id or 0
        session.expunge_all()


def _as_row(session: Session, company: "Company", customer: Customer) -> dict[str, str]:
    home = next(iter(customers.addresses(session, customer.id or 0)), None)
    joined = customer.joined_at.astimezone(company.zone).date().isoformat() if customer.joined_at else ""
    return {
        "name": customer.name or "",
        "phone": customer.phone or "",
        "language": customer.language,
        "joined": joined,
        "address": home.line if home else "",
        "door": (home.detail if home else "") or "",
        "area": home.area_code if home else "",
        "size": str(home.size_m2) if home and home.size_m2 else "",
        "allergy": customers.home(session, customer.id or 0).allergy or "",
    }
