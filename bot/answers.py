"""What people send, as answers to our questions: the readers that flows name, over `bot/readers`."""

import math
import re
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot import cards, options, words
from bot.flow import Option, Reader, Turn
from bot.messages import Contact, Content, Photo, Place, Text
from bot.readers import addresses, names, numbers, phones, services, typed, when, yes_no
from bot.verdicts import Retry
from core import areas, bindings, customers
from core.catalogue import Family, Unit

T = TypeVar("T")

NAMED, MOST_NAMESAKES = 0.9, 4
"""How sure a guess is that a service was named, and by how many services one name may be shared."""
CLAUSES = re.compile("[,，;；。!！\n]+")
CLAUSES_OF_HAN = re.compile("[,，;；。!！\\s]+")  # between Chinese words, a space is as good as a comma
SIX_DIGITS, BETWEEN_DIGITS = re.compile(r"(?<!\d)\d{6}(?!\d)"), re.compile(r"(?<=\d)[ -](?=\d)")
SMALLEST_HOME, LARGEST_HOME = 10, 2_000
"""Square metres of a home that nobody mistyped."""


def body_of(content: Content) -> str | None:
    match content:
        case Text(body):
            return body
        case Photo(_, caption) if caption:
            return caption
    return None


def first_shown(_turn: Turn, shown: tuple[T, ...]) -> T:
    """What is taken for those who say that any will do, where nothing makes one better than another."""
    return shown[0]


def local_now(turn: Turn) -> datetime:
    """The moment by the company's clock."""
    return turn.now.astimezone(turn.company.zone)


def _spot_service(turn: Turn, text: str) -> str | None:
    """A service in passing; one name that several share is asked back."""
    if (sure := services.spot(text, turn.company)) is not None:
        return sure
    named = [guess for guess in services.read(text, turn.company, turn.language) if guess.score >= NAMED]
    if 1 < len(named) <= MOST_NAMESAKES:
        found = [turn.company.service(guess.code) for guess in named]
        raise Retry("service-which", [options.service_option(turn, service) for service in found])
    return None


def _read_service(turn: Turn, content: Content) -> str | None:
    """A service by any of its names; several that fit equally well are offered to choose from."""
    body = body_of(content)
    if body is None:
        return None
    if (sure := services.spot(body, turn.company)) is not None:
        return sure
    guesses = services.read(body, turn.company, turn.language)
    if len(guesses) == 1:
        return guesses[0].code
    if guesses:
        found = [turn.company.service(guess.code) for guess in guesses[:6]]
        raise Retry("service-which", [options.service_option(turn, service) for service in found])
    return None


a_service: Reader[str] = Reader(
    _read_service,
    _spot_service,
    worded=lambda turn, code: turn.company.service(code).name.get(turn.language),
    any_will_do=first_shown,
)


def _spot_family(turn: Turn, text: str) -> Family | None:
    """The shelf of a service in passing, also where several services of that shelf share the name."""
    if (code := services.spot(text, turn.company)) is not None:
        return turn.company.service(code).family
    guesses = services.read(text, turn.company, turn.language)
    sure = [guess for guess in guesses if guess.score >= NAMED] or (
        guesses if guesses and guesses[0].score >= services.FAMILY - services.OTHER_LANGUAGE else []
    )
    shelves = {turn.company.service(guess.code).family for guess in sure}
    return shelves.pop() if len(shelves) == 1 else None


def _read_family(turn: Turn, content: Content) -> Family | None:
    """The shelf on which the service stands that was named; the service question hears the message too."""
    body = body_of(content)
    if body is None:
        return None
    guesses = services.read(body, turn.company, turn.language)
    shelves = {turn.company.service(guess.code).family for guess in guesses}
    return _spot_family(turn, body) or (shelves.pop() if len(shelves) == 1 else None)


a_family: Reader[Family] = Reader(_read_family, _spot_family, silent=True, any_will_do=first_shown)


def _unit_words(unit: Unit) -> frozenset[str]:
    return words.phrases("units", unit.value)


def _read_quantity(turn: Turn, content: Content, service: str) -> int | None:
    body = body_of(content)
    if body is None or phones.spot(body, turn.company.country):
        return None
    value = _spot_quantity(turn, body, service) or numbers.read(body, turn.language)
    if value is None:
        return None
    if value != int(value):
        raise Retry("quantity-whole")
    return int(value)


def _spot_quantity(turn: Turn, text: str, service: str) -> int | None:
    unit = turn.company.service(service).unit
    value = numbers.spot(text, _unit_words(unit))
    if value is None and unit is Unit.HALF_DAY and words.stands_in(text, "units", unit.value):
        return 1  # "half a day" has its number in its name
    return None if value is None else math.ceil(value)


def _word_quantity(turn: Turn, count: int, service: str) -> str:
    return cards.quantity(turn, turn.company.service(service).unit, count)


def _hints_at_quantity(turn: Turn, text: str) -> bool:
    """Whether it says how much of something that we sell, while nobody knows yet of what."""
    units = {service.unit for service in turn.company.services}
    return any(numbers.spot(text, _unit_words(unit)) is not None for unit in units)


how_much: Reader[int] = Reader(
    _read_quantity, _spot_quantity, amount=True, worded=_word_quantity, hint=_hints_at_quantity
)


def _read_address(turn: Turn, content: Content) -> int | None:
    """An address of theirs, put into their book.

    Raises `Retry` when we cannot tell the district or do not go there.
    """
    if isinstance(content, Place) and not content.label:
        raise Retry("address-place-unnamed")
    line = content.label if isinstance(content, Place) else body_of(content)
    found = addresses.read(line, turn.company) if line else None
    if found is None:
        return None
    if found.area is None:
        raise Retry(
            "address-area-unknown", areas=[area.name.get(turn.language) for area in turn.company.areas]
        )
    place = content if isinstance(content, Place) else None
    address = customers.add_address(
        turn.session,
        turn.customer,
        line=found.line,
        detail=found.detail,
        area_code=found.area,
        size_m2=found.size,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        now=turn.now,
    )
    return address.id


def _spot_address(turn: Turn, text: str) -> int | None:
    """A whole address in passing: only when it names a district of ours and a number."""
    parts = (CLAUSES_OF_HAN if typed.is_han(text) else CLAUSES).split(text)
    others = [_is_another_matter(turn, part) for part in parts]
    line = " ".join(part for part, other in zip(parts, others, strict=True) if not other)
    found = addresses.read(line, turn.company)
    if found is None or found.area is None or not any(c.isdigit() for c in found.line + (found.detail or "")):
        return None
    return _read_address(turn, Text(line))


def _is_another_matter(turn: Turn, part: str) -> bool:
    """Whether a clause names a service, a number to call, a time or an amount: no part of an address."""
    if services.spot(part, turn.company) or phones.spot(part, turn.company.country):
        return True
    if areas.area_of(turn.company, part):
        return False
    amount = any(numbers.spot(part, _unit_words(unit)) for unit in (Unit.HOUR, Unit.SQUARE_METRE))
    return amount or when.read(part, local_now(turn), turn.language) is not None


an_address: Reader[int] = Reader(_read_address, _spot_address, whole=True, shares="place")


def _read_day(turn: Turn, content: Content) -> date | None:
    body = body_of(content)
    return _spot_day(turn, body) if body else None


def _spot_day(turn: Turn, text: str) -> date | None:
    """The one day meant; for "next week" and the like, the days of that span to choose from."""
    reading = when.read(text, local_now(turn), turn.language)
    if reading is None or not reading.has_day or reading.starts is None:
        return None
    ends = reading.ends or reading.starts + timedelta(days=1)
    if ends - reading.starts > timedelta(days=1) and not reading.has_time:
        first = max(reading.starts.date(), local_now(turn).date())
        last = (ends - timedelta(seconds=1)).date()
        last = min(last, local_now(turn).date() + timedelta(days=turn.company.policies.horizon_days))
        days = [first + timedelta(days=n) for n in range(min(7, (last - first).days + 1))]
        if days:
            raise Retry("day-which", [Option(day, turn.text("value-said", value=day)) for day in days])
    return reading.starts.date()


a_day: Reader[date] = Reader(_read_day, _spot_day, any_will_do=first_shown)


def _read_phone(turn: Turn, content: Content) -> str | None:
    text = content.phone if isinstance(content, Contact) else body_of(content)
    if not text:
        return None
    found = phones.read(text, turn.company.country)
    if isinstance(found, phones.NotAPhone):
        raise Retry(f"phone-{found.reason.replace('_', '-')}")
    return found


def _spot_phone(turn: Turn, text: str) -> str | None:
    return phones.spot(text, turn.company.country)


a_phone: Reader[str] = Reader(
    _read_phone, _spot_phone, worded=lambda _turn, phone: phones.masked(phone), shares="contact"
)


def _read_name(_turn: Turn, content: Content) -> str | None:
    text = content.name if isinstance(content, Contact) else body_of(content)
    return names.read(text) if text else None


def _spot_name(_turn: Turn, text: str) -> str | None:
    return names.spot(text)


a_name: Reader[str] = Reader(_read_name, _spot_name, whole=True)


def _read_size(turn: Turn, content: Content) -> int | None:
    body = body_of(content)
    size = numbers.read(body, turn.language) if body else None
    if size is not None and not SMALLEST_HOME <= size <= LARGEST_HOME:
        raise Retry("size-unlikely", smallest=SMALLEST_HOME, largest=LARGEST_HOME)
    return None if size is None else round(size)


def _spot_size(_turn: Turn, text: str) -> int | None:
    value = numbers.spot(text, _unit_words(Unit.SQUARE_METRE))
    return None if value is None else round(value)


how_big: Reader[int] = Reader(_read_size, _spot_size, amount=True)


def _spot_code(_turn: Turn, text: str) -> str | None:
    """Six digits, alone or among words; spaces or dashes between them are how people read them out."""
    found = SIX_DIGITS.findall(BETWEEN_DIGITS.sub("", typed.tidy(text)))
    return found[0] if len(found) == 1 else None


def _read_code(turn: Turn, content: Content) -> str | None:
    body = body_of(content)
    return _spot_code(turn, body) if body else None


a_code: Reader[str] = Reader(_read_code, _spot_code, whole=True, worded=lambda _turn, _code: bindings.HIDDEN)


def _read_yes_or_no(_turn: Turn, content: Content) -> bool | None:
    body = body_of(content)
    return yes_no.read(body) if body else None


a_yes_or_no: Reader[bool] = Reader(_read_yes_or_no)


a_photo: Reader[str] = Reader(
    lambda _turn, content: content.media if isinstance(content, Photo) else None,
    worded=lambda turn, _media: turn.text("value-photo"),
)
"""The id of a picture."""


def free_text(most: int = 500) -> Reader[str]:
    """Any words, up to `most` characters; the rest of the house does not look into them."""

    def read(_turn: Turn, content: Content) -> str | None:
        match content:
            case Text(body) if body.strip():
                words = body.strip()
            case Photo(_, caption) if caption.strip():
                words = caption.strip()
            case Place(_, _, label) if label.strip():
                words = label.strip()
            case Contact(phone, name):
                words = f"{name} {phone}".strip()
            case _:
                return None
        if len(words) > most:
            raise Retry("error-too-long", most=most, length=len(words))
        return words

    return Reader(read, whole=True)
