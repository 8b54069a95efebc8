"""What other people hear because of a turn: workers, staff, customers who wait for an answer."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot import benefits, cards, facts, texts, wall
from bot.flow import Turn
from bot.messages import Arrived, Choice, Content, Outbound
from bot.readers import phones
from core import audit, identities
from core.audit import AuditEntry, Deed, What
from core.bindings import Merge
from core.company import Company
from core.customers import Customer
from core.identities import Identity, Role, Speaker
from core.news import Kind
from core.staff import Rank, StaffMember
from core.visits import Visit
from core.workers import Worker


def turn_of(
    session: Session, company: Company, identity: Identity | Speaker, now: datetime, content: Content
) -> Turn:
    """A turn for the person behind an identity, in the language they speak."""
    language = language_of(session, identity, company)
    zone = wall.of(session, company, identity)
    return Turn(session, company, identity, language, now, content, zone=zone)


def house_turn(session: Session, company: Company, now: datetime) -> Turn:
    """A turn of nobody's: what the company itself says by the clock."""
    nobody = Speaker("", "", "", None, None, 0, Role.STAFF, None, company.languages[0])
    return Turn(session, company, nobody, company.languages[0], now, Arrived())


def language_of(
    session: Session, identity: Identity | Speaker, company: Company, role: Role | None = None
) -> str:
    """The language the person behind an identity is spoken to in: as `role`, else as what they speak as."""
    house = company.languages[0]
    match role or identity.role:
        case Role.CUSTOMER:
            if isinstance(identity, Speaker) and identity.language is not None:
                return identity.language
            customer = session.get(Customer, identity.customer_id) if identity.customer_id else None
            return customer.language if customer else house
        case Role.WORKER:
            worker = session.get(Worker, identity.worker_id) if identity.worker_id else None
            return (texts.closest(worker.languages[0]) if worker and worker.languages else None) or house
    member = session.get(StaffMember, identity.staff_id) if identity.staff_id else None
    return (texts.closest(member.language) if member else None) or house


def staff(turn: Turn, make: Callable[[Turn], Outbound]) -> None:
    """Tell everybody on the staff, each in their language."""
    for identity in identities.of_staff(turn.session):
        turn.tell([identity], language_of(turn.session, identity, turn.company, Role.STAFF), make)


def managers(turn: Turn, make: Callable[[Turn], Outbound]) -> None:
    """Tell every manager, each in their language; where none can be told, everybody on the staff."""
    every = identities.of_staff(turn.session)
    ranks = {one.staff_id: turn.session.get_one(StaffMember, one.staff_id).role for one in every}
    for identity in [one for one in every if ranks[one.staff_id] is Rank.MANAGER] or every:
        turn.tell([identity], language_of(turn.session, identity, turn.company, Role.STAFF), make)


def staff_of_trouble(turn: Turn, message_id: int) -> None:
    """A message could not be handled, whatever was tried."""
    staff(turn, lambda their: their.say("told-trouble", number=message_id, choices=[cards.go(their, "desk")]))


def staff_of_unreachable(turn: Turn, *, why: str, said: str, ahead: Visit | None) -> None:
    """The customer of this turn cannot be written to any more; `ahead` is a visit that is still to come."""
    phone = number_of(turn, turn.customer)

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-unreachable-ahead" if ahead else "told-unreachable",
            name=turn.customer.name or their.text("customer-unnamed"),
            visit=cards.visit_line(their, ahead) if ahead else "",
            phone=phone,
            why=their.text(why) if their.has(why) else why,
            said=said,
            choices=[*to_call_customer(their, turn.customer), cards.go(their, "desk")],
        )

    staff(turn, make)


def phone_of(turn: Turn, visit: Visit) -> str:
    """The end of the number of whoever is there, as staff see it first; "none" where none was left."""
    if visit.contact_phone:
        return phones.masked(visit.contact_phone)
    return number_of(turn, turn.session.get_one(Customer, visit.customer_id))


def number_of(turn: Turn, customer: Customer) -> str:
    """The end of a customer's number, as staff see it first; "none" where they left none."""
    return phones.masked(customer.phone) if customer.phone else "none"


def to_call(turn: Turn, visit: Visit) -> list[Choice]:
    """A button that shows the whole number of whoever is there, which is written down; none without one."""
    return [] if phone_of(turn, visit) == "none" else [cards.go(turn, "showphone", visit.reference)]


def to_call_customer(turn: Turn, customer: Customer) -> list[Choice]:
    """The same for a customer."""
    return [cards.go(turn, "showphone", str(customer.id))] if customer.phone else []


def phone_at_once(turn: Turn, visit: Visit, why: str) -> str:
    """The whole number of whoever is there, as `number_at_once`."""
    customer = turn.session.get_one(Customer, visit.customer_id)
    return number_at_once(turn, customer, f"{why}:{visit.reference}", visit.contact_phone)


def number_at_once(turn: Turn, customer: Customer, why: str, contact: str | None = None) -> str:
    """The whole number, where no call can wait for a tap; that it was shown is written down, once a turn."""
    number = contact or customer.phone
    if number is None:
        return "none"
    key = ("shown", customer.id, why)
    if key not in turn.found:
        looks = turn.role is Role.STAFF and bool(turn.identity.staff_id)
        actor, actor_id = (turn.role.value, turn.identity.staff_id) if looks else ("bot", None)
        turn.found[key] = audit.note(
            turn.session, Deed.READ, What.PHONE, customer.id or 0, actor=actor, actor_id=actor_id, why=why,
            now=turn.now,
        )  # fmt: skip
    return phones.dialled(number, turn.company.country)


def staff_of_phone(turn: Turn, changed: AuditEntry) -> None:
    """A customer gave another number, and no platform vouches for it."""

    def make(their: Turn) -> Outbound:
        was = (changed.was or "").partition(" ")[0]
        choices = [
            cards.go(their, "phonefine", str(changed.id)),
            cards.go(their, "phoneback", str(changed.id)),
            cards.go(their, "customer", str(changed.customer_id)),
        ]
        return their.say(
            "told-phone-changed",
            name=cards.customer_name(their, changed.customer_id),
            was=phones.masked(was),
            became=phones.masked(changed.became or ""),
            choices=choices,
        )

    staff(turn, make)


def staff_of_mistaken(turn: Turn, merge: Merge) -> None:
    """A customer says that a record they were put together with is not theirs."""

    def make(their: Turn) -> Outbound:
        name, reference = cards.customer_name(their, merge.kept_id), cards.merge_reference(merge)
        choices = [cards.go(their, "parting", str(merge.id)), cards.go(their, "desk")]
        return their.say("told-mistaken", name=name, reference=reference, choices=choices)

    staff(turn, make)


def customer_of_parting(turn: Turn, customer_id: int) -> None:
    """Their record is apart from another's again; every chat of theirs hears of it."""
    customer = turn.session.get_one(Customer, customer_id)
    language = texts.closest(customer.language) or turn.company.languages[0]
    chats = identities.of_customer(turn.session, customer_id)
    turn.tell(chats, language, lambda their: their.say("told-parted", choices=[cards.go(their, "profile")]))


def staff_of_leaving(turn: Turn, name: str, ahead: Collection[Visit]) -> None:
    """A worker left, and these visits of theirs need somebody else."""

    def make(their: Turn) -> Outbound:
        choices = [
            cards.go(
                their, "reassigning", one.reference, "paper-reassign", visit=cards.visit_line(their, one)
            )
            for one in ahead
        ]
        return their.say("told-left", name=name, count=len(ahead), choices=choices)

    staff(turn, make)


def staff_of_request(turn: Turn, visit: Visit) -> None:
    """A visit waits for the company's yes."""

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "requests", visit.reference)]
        return their.say(
            "told-request", visit=cards.visit_line(their, visit), by=visit.answer_by, choices=choices
        )

    staff(turn, make)


def customer(turn: Turn, customer_id: int, make: Callable[[Turn], Outbound]) -> bool:
    """Tell a customer in each chat of theirs, and by e-mail where they notice none; False if nowhere."""
    chats = identities.of_customer(turn.session, customer_id)
    turn.tell(chats, language_of_customer(turn, customer_id), make)
    return by_email(turn, customer_id, make) or bool(chats)


def language_of_customer(turn: Turn, customer_id: int) -> str:
    """The language a customer speaks, as far as it is ours."""
    found = turn.session.get_one(Customer, customer_id)
    return texts.closest(found.language) or turn.company.languages[0]


def by_email(turn: Turn, customer_id: int, make: Callable[[Turn], Outbound]) -> bool:
    """Tell a customer by e-mail, if they notice no chat; False if they do, or have no address for it."""
    if customer_id not in turn.unseen:
        return False
    language = language_of_customer(turn, customer_id)
    their = replace(turn, language=language, told=[], letters=[], gives_back=[], taps="no")
    turn.letters.append((customer_id, make(their)))
    return True


def worker(turn: Turn, worker_id: int, make: Callable[[Turn], Outbound]) -> bool:
    """Tell a worker in each chat of theirs; False if they can be written to nowhere."""
    chats = identities.of_worker(turn.session, worker_id)
    for identity in chats:
        turn.tell([identity], language_of(turn.session, identity, turn.company, Role.WORKER), make)
    return bool(chats)


def answered(their: Turn, *, visit: Visit, reason: str | None = None) -> Outbound:
    """What a customer is told of their request."""
    said = their.say(
        f"told-request-{visit.status.value}",
        visit=cards.visit_line(their, visit),
        reason=reason or "",
        card=cards.visit_card(their, visit),
        choices=cards.visit_choices(their, visit),
    )
    said = benefits.with_returned(their, visit, said)
    return facts.about_visit(their, said, Kind.REQUEST_ANSWERED, visit)


def customer_language(turn: Turn, visit: Visit) -> str:
    """The language the customer of a visit speaks."""
    customer = turn.session.get(Customer, visit.customer_id)
    return (texts.closest(customer.language) if customer else None) or turn.company.languages[0]
