"""Who we work for: what a customer told us about themselves, their addresses and their home."""

import unicodedata
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import facts, rights
from core.errors import DomainError
from core.facts import Source
from core.vault import Sealed

DIGITS_TOLD = 4
"""So many digits at the end of a number are enough to look for whose it is."""
_ONCE = text("access_until IS NOT NULL")


class Customer(SQLModel, table=True):
    """A person or household; a visitor until they joined. Nothing is asked before it is needed."""

    __table_args__ = (
        CheckConstraint("phone LIKE '+%'", name="phone_is_e164"),
        Index("ix_customer_phone_end", text("substr(phone, length(phone) - 3)"), text("id")),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str | None = Field(default=None, index=True)
    phone: str | None = Field(default=None, index=True)
    phone_verified_at: datetime | None = None
    language: str
    created_at: datetime
    joined_at: datetime | None = None
    given_up_at: datetime | None = None
    """Since when this customer is one with another, who has all that was theirs: `core.bindings.Merge`."""


class Address(SQLModel, table=True):
    """A home we may visit. Retired ones stay, because visits of the past point to them."""

    __table_args__ = (
        CheckConstraint("size_m2 > 0", name="size_is_positive"),
        CheckConstraint("rooms > 0", name="rooms_are_positive"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_on_earth"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_on_earth"),
        Index("ix_address_access_until", "access_until", sqlite_where=_ONCE, postgresql_where=_ONCE),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    line: str
    detail: str | None = None
    """Building, floor and door."""
    area_code: str
    latitude: float | None = None
    longitude: float | None = None
    size_m2: int | None = None
    rooms: int | None = None
    access_note: str | None = Field(default=None, sa_type=Sealed)
    """How to get in (door code, where the key is): for the worker, near the visit only."""
    access_until: datetime | None = Field(default=None)
    """Until when that is kept, where it was told for one visit."""
    created_at: datetime
    retired_at: datetime | None = None
    last_used_at: datetime | None = None


class HomeProfile(SQLModel, table=True):
    """What changes who may come and how they work there. None: never told."""

    __tablename__ = "home_profile"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id")
    pets: bool | None = None
    elderly: bool | None = None
    infants: bool | None = None
    allergy: str | None = Field(default=None, sa_type=Sealed)
    worker_gender: str | None = None
    worker_language: str | None = None
    told_at: datetime | None = None


class UnknownAddress(DomainError):
    """This customer has no such address; whether somebody else has it is not told."""

    key = "address-unknown"


def greet(session: Session, *, language: str, now: datetime) -> Customer:
    """A visitor we know nothing about yet but their language (a BCP 47 tag)."""
    customer = Customer(language=language, created_at=now)
    session.add(customer)
    session.flush()
    return customer


def join(session: Session, customer: Customer, *, name: str, phone: str | None, now: datetime) -> None:
    """The visitor becomes a customer by telling their name, and a phone number (E.164) unless known.

    Joining again corrects the name and the number; the day they joined stays.
    """
    rename(session, customer, name)
    if phone is not None:
        set_phone(session, customer, phone)
    customer.joined_at = customer.joined_at or now
    session.flush()


def rename(session: Session, customer: Customer, name: str) -> None:
    """Call the customer `name` from now on. An empty name is a programming error (ValueError)."""
    name = " ".join(name.split())
    if not name:
        raise ValueError("a customer's name has at least one letter")
    customer.name = name
    session.add(customer)


def set_phone(
    session: Session, customer: Customer, phone: str, *, verified_at: datetime | None = None
) -> None:
    """Keep `phone` (E.164), and when the platform itself or a code proved it is theirs.

    Another number loses the proof of the former one; the same number said again keeps it.
    """
    if customer.phone != phone:
        customer.phone, customer.phone_verified_at = phone, None
    if verified_at:
        customer.phone_verified_at = verified_at
    session.add(customer)


def speak(session: Session, customer: Customer, language: str) -> None:
    """Talk to the customer in `language` (a BCP 47 tag) from now on, on every channel."""
    customer.language = language
    session.add(customer)


def called(session: Session, said: str, limit: int) -> list[Customer]:
    """Customers of that name, or whose number ends with these four digits; the newest first."""
    asked = select(Customer).where(col(Customer.given_up_at).is_(None))
    if len(said) == DIGITS_TOLD and said.isascii() and said.isdecimal():
        # Written as in the index, so that it serves.
        asked = asked.where(text("substr(phone, length(phone) - 3) = :said").bindparams(said=said))
    else:
        asked = asked.where(Customer.name == said)
    return list(session.exec(asked.order_by(col(Customer.id).desc()).limit(limit)))


def of_phone(session: Session, phone: str, limit: int) -> list[Customer]:
    """Customers who left that number (E.164), the newest first."""
    theirs = select(Customer).where(Customer.phone == phone, col(Customer.given_up_at).is_(None))
    return list(session.exec(theirs.order_by(col(Customer.id).desc()).limit(limit)))


def add_address(
    session: Session,
    customer: Customer,
    *,
    line: str,
    area_code: str,
    detail: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    size_m2: int | None = None,
    rooms: int | None = None,
    access_note: str | None = None,
    now: datetime,
) -> Address:
    """Put an address into the customer's book.

    The same line again is the same address, back from retirement if need be and completed with what is
    told anew; a different door at the same line is another home. Spaces, letter case and full-width
    forms make no difference.
    """
    found = _same_address(session, customer, line, detail)
    address = found or Address(
        customer_id=_id(customer), line=" ".join(line.split()), area_code=area_code, created_at=now
    )
    address.retired_at = None
    address.area_code = area_code
    address.detail = detail or address.detail
    if latitude is not None and longitude is not None:
        address.latitude, address.longitude = latitude, longitude
    address.size_m2 = size_m2 or address.size_m2
    address.rooms = rooms or address.rooms
    address.access_note = access_note or address.access_note
    address.last_used_at = now
    session.add(address)
    session.flush()
    return address


_ADDRESSES = (
    select(Address)
    .where(Address.customer_id == bindparam("customer"), col(Address.retired_at).is_(None))
    .order_by(col(Address.last_used_at).desc().nulls_last(), col(Address.id).desc())
)


def addresses(session: Session, customer_id: int) -> list[Address]:
    """The customer's addresses that are not retired, latest used first."""
    return list(session.execute(_ADDRESSES, {"customer": customer_id}).scalars())


def address(session: Session, customer_id: int, address_id: int) -> Address:
    """One address of this customer, retired or not. Raises UnknownAddress for anybody else's."""
    found = session.get(Address, address_id)
    if found is None or found.customer_id != customer_id:
        raise UnknownAddress
    return found


def use_address(session: Session, address: Address, *, now: datetime) -> None:
    """The address was chosen again, so it is offered first next time."""
    address.last_used_at = now
    session.add(address)


def in_full(address: Address) -> str:
    """The address as one line, door included."""
    if not address.detail or address.detail in address.line:
        return address.line
    between = ", " if address.line.isascii() else ""
    return f"{address.line}{between}{address.detail}"


def is_same_home(one: Address, other: Address) -> bool:
    """Whether two entries are the same line and door, but for spaces, letter case and full-width forms."""
    return _plain(one.line) == _plain(other.line) and _plain(one.detail or "") == _plain(other.detail or "")


def retire_address(session: Session, address: Address, *, now: datetime) -> None:
    """Offer this address no more. Its way in is forgotten at once; visits of the past keep the rest."""
    address.retired_at = address.retired_at or now
    address.access_note = address.access_until = None
    session.add(address)


def remember_size(session: Session, address: Address, m2: int) -> None:
    """The home's floor area in whole square metres, so that it is asked only once."""
    address.size_m2 = m2
    session.add(address)


def tell_way_in(session: Session, address: Address, words: str, *, until: datetime | None) -> None:
    """How to get in from now on, instead of what was told before; `until` then only, if that is given."""
    address.access_note, address.access_until = words, until
    session.add(address)


def add_to_note(session: Session, address: Address, words: str) -> None:
    """One more line of what a worker should know on the way in."""
    address.access_note = "\n".join(filter(None, (address.access_note, words)))
    session.add(address)


def note_for_worker(address: Address, *, starts_at: datetime, ends_at: datetime, now: datetime) -> str | None:
    """The way in, where and as long as a worker may know it."""
    return address.access_note if rights.worker_knows_door(starts_at, ends_at, now) else None


def home(session: Session, customer_id: int) -> HomeProfile:
    """What we know about the customer's home, to be read; everything None when nothing was told."""
    return session.get(HomeProfile, customer_id) or HomeProfile(customer_id=customer_id)


def tell_home(
    session: Session,
    customer_id: int,
    *,
    pets: bool | None = None,
    elderly: bool | None = None,
    infants: bool | None = None,
    allergy: str | None = None,
    worker_gender: str | None = None,
    worker_language: str | None = None,
    source: Source = Source.CUSTOMER,
    visit_id: int | None = None,
    now: datetime,
) -> HomeProfile:
    """Remember facts about the home, and who says so. None leaves a fact; an empty text takes a wish back."""
    profile = home(session, customer_id)
    first = profile.told_at is None
    profile.pets = profile.pets if pets is None else pets
    profile.elderly = profile.elderly if elderly is None else elderly
    profile.infants = profile.infants if infants is None else infants
    profile.allergy = profile.allergy if allergy is None else allergy.strip()
    profile.worker_gender = profile.worker_gender if worker_gender is None else worker_gender or None
    profile.worker_language = profile.worker_language if worker_language is None else worker_language or None
    profile.told_at = now
    session.add(profile)
    session.flush()
    told = {
        "pets": pets,
        "elderly": elderly,
        "infants": infants,
        "allergy": allergy,
        "worker_gender": worker_gender,
        "worker_language": worker_language,
    }
    said = {what: _said(value) for what, value in told.items() if value is not None}
    facts.tell(session, customer_id, said, source=source, visit_id=visit_id, first=first, now=now)
    return profile


def confirm_home(session: Session, customer_id: int, now: datetime) -> None:
    """The customer says that what they told of their home is still so."""
    profile = home(session, customer_id)
    profile.told_at = now
    session.add(profile)
    facts.confirm(session, customer_id, now)


def _said(value: bool | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strip() or "no"


def _same_address(session: Session, customer: Customer, line: str, detail: str | None) -> Address | None:
    everything = session.exec(
        select(Address)
        .where(Address.customer_id == _id(customer))
        .order_by(col(Address.retired_at).is_not(None), col(Address.id).desc())
    )
    same_line = [each for each in everything if _plain(each.line) == _plain(line)]
    if not detail:
        return next(iter(same_line), None)
    same_door = (each for each in same_line if _plain(each.detail or "") == _plain(detail))
    no_door = (each for each in same_line if not each.detail)
    return next(same_door, None) or next(no_door, None)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _id(customer: Customer) -> int:
    if customer.id is None:
        raise ValueError("the customer was never stored")
    return customer.id
