"""Staff type in what somebody complained of by phone, in the shop, or through a platform or an authority."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot import cards, codes, complaints, grievances, outsiders
from bot import words as meanings
from bot.answers import a_day, a_name, free_text
from bot.flow import Flow, Option, Options, Reader, Reference, Turn, ask, confirm, one_of
from bot.flows.complaining import NONE
from bot.messages import Card, Contact, Content, Outbound, Text
from bot.readers import complaints as reading
from bot.readers import phones, typed
from bot.verdicts import Retry
from core import customers, visits
from core.complaints import Complaint, Kind, Severity, Source, judging
from core.customers import Customer
from core.identities import Role
from core.staff import StaffMember

SHOWN = 5
NEW = 0
"""The customer is none we know: what was typed is their number."""
OFFERED = (Kind.QUALITY, Kind.LATE, Kind.NO_SHOW, Kind.DAMAGE, Kind.ATTITUDE, Kind.OVERCHARGED)
LONGEST_GIVEN = timedelta(days=90)
"""Nobody gives us longer than that."""
ANSWER_BY = time(18)
"""Until when on its day an answer to an authority must be there."""


def _customer(turn: Turn, customer: Customer) -> Option[str]:
    shown = phones.masked(customer.phone) if customer.phone else turn.text("desk-unnamed")
    label = f"{customer.name} {shown}" if customer.name else shown
    return Option(str(customer.id), label)


def _read_who(turn: Turn, content: Content) -> str | None:
    """A customer's id, or a number of somebody new, as `+86…`."""
    said = (
        content.phone if isinstance(content, Contact) else content.body if isinstance(content, Text) else ""
    )
    plain = typed.tidy(said)
    if not plain:
        return None
    if (visit := visits.by_reference(turn.session, plain)) is not None:
        return str(visit.customer_id)
    phone = phones.read(plain, turn.company.country)
    found = (
        customers.of_phone(turn.session, phone, SHOWN)
        if isinstance(phone, str)
        else customers.called(turn.session, plain, SHOWN)
    )
    if len(found) == 1:
        return str(found[0].id)
    if found:
        raise Retry("intaking-who-which", [_customer(turn, one) for one in found])
    if isinstance(phone, str):
        return phone
    if isinstance(phone, phones.NotAPhone):
        raise Retry(f"phone-{phone.reason.replace('_', '-')}")
    raise Retry("intaking-who-nobody")


def _worded_who(turn: Turn, who: str) -> str:
    if is_new(turn, who):
        return turn.text("intaking-who-new", phone=phones.dialled(who, turn.company.country))
    return _customer(turn, turn.session.get_one(Customer, int(who))).label


a_customer: Reader[str] = Reader(_read_who, whole=True, worded=_worded_who)


def is_new(_turn: Turn, who: str) -> bool:
    """Whether it is somebody we have nothing of yet."""
    return who.startswith("+")


def their_visits(turn: Turn, who: str) -> Options[Reference]:
    """Their latest visits, and none of them."""
    found = [] if is_new(turn, who) else grievances.begun(turn, int(who))
    listed = [
        Option(Reference(one.reference), cards.visit_line(turn, one), (one.reference,)) for one in found
    ]
    none = turn.text("complaining-visit-none")
    return [*listed, Option(NONE, none, tuple(sorted(meanings.phrases("complaint", "unrelated"))))]


def _read_visit(turn: Turn, content: Content, who: str) -> Reference | None:
    if not isinstance(content, Text) or is_new(turn, who):
        return None
    found = grievances.by_code(turn, content.body, int(who))
    found = found or grievances.meant(turn, content.body, grievances.begun(turn, int(who)))
    return Reference(found.reference) if found else None


def _worded_visit(turn: Turn, reference: str) -> str:
    if not reference:
        return turn.text("complaining-visit-none")
    return cards.visit_line(turn, cards.everybodys(turn, reference))


their_visit: Reader[Reference] = Reader(_read_visit, whole=True, worded=_worded_visit)


def is_known(turn: Turn, who: str) -> bool:
    """Whether they may have had a visit."""
    return not is_new(turn, who)


def is_theirs(turn: Turn, who: str, visit: Reference) -> None:
    """Raise `Retry` for a visit of another customer's."""
    if visit and str(cards.everybodys(turn, visit).customer_id) != who:
        raise Retry("intaking-visit-unknown")


def kinds(turn: Turn) -> Options[Kind]:
    """What it may be about; what has no button may be typed."""
    return [
        Option(one, turn.text(f"complaint-kind-{one.value.replace('_', '-')}"), shown=one in OFFERED)
        for one in Kind
    ]


def _read_kind(_turn: Turn, content: Content) -> Kind | None:
    return reading.kind(content.body) if isinstance(content, Text) else None


a_kind: Reader[Kind] = Reader(_read_kind)


def kind_said(_turn: Turn, words: str) -> Kind | None:
    """What their words say it is."""
    return reading.kind(words)


def sources(turn: Turn) -> Options[Source]:
    """A call, or somebody else who passes it on."""
    return [Option(one, turn.text(f"intaking-source-{one.value}")) for one in (Source.STAFF, Source.OUTSIDE)]


def is_outside(_turn: Turn, source: Source) -> bool:
    """Whether somebody else passed it on, who has a reference and a date."""
    return source is Source.OUTSIDE


def is_ahead(turn: Turn, by: date) -> None:
    """Raise `Retry` for a day that is over, also where it is read as one of next year."""
    today = turn.now.astimezone(turn.company.zone).date()
    if not today <= by <= today + LONGEST_GIVEN:
        raise Retry("intaking-by-past", day=by)


def suggestion(turn: Turn, who: str, visit: str | None, words: str, kind: Kind) -> tuple[Severity, str]:
    """How bad it is by what is known of it, and why."""
    danger = reading.danger(words)
    if danger is not None:
        return Severity.S1, grievances.danger_reason(danger)
    about = cards.everybodys(turn, visit) if visit else None
    customer_id = NEW if is_new(turn, who) else int(who)
    return judging.judge(
        turn.session, turn.company, customer_id, kind, words=words, visit=about, now=turn.now
    )


def suggested(turn: Turn, who: str, visit: Reference, words: str, kind: Kind) -> Severity:
    """What holds unless it is changed."""
    return suggestion(turn, who, visit, words, kind)[0]


def levels(turn: Turn, who: str, visit: Reference, words: str, kind: Kind) -> Options[Severity]:
    """All of them, the suggested one with its reason."""
    found, why = suggestion(turn, who, visit, words, kind)
    said = codes.reason(turn, why)

    def label(one: Severity) -> str:
        name = turn.text(f"severity-{one.value}")
        return turn.text("intaking-severity-suggested", name=name, reason=said) if one is found else name

    return [Option(one, label(one), (turn.text(f"severity-{one.value}"), one.value)) for one in Severity]


def is_changed(turn: Turn, who: str, visit: Reference, words: str, kind: Kind, severity: Severity) -> bool:
    """Whether it is to be another one than the facts say, which takes a reason."""
    return severity is not suggested(turn, who, visit, words, kind)


def summary(
    turn: Turn,
    who: str,
    visit: str | None,
    words: str,
    kind: Kind,
    severity: Severity,
    reference: str | None,
    why: str | None,
) -> Outbound:
    """Everything that will be taken down."""
    reason = why or suggestion(turn, who, visit, words, kind)[1]
    level = turn.text(f"severity-{severity.value}")
    lines = [
        ("intaking-who-label", _worded_who(turn, who)),
        ("intaking-visit-label", _worded_visit(turn, visit) if visit is not None else ""),
        ("intaking-words-label", words),
        ("intaking-kind-label", turn.text(f"complaint-kind-{kind.value.replace('_', '-')}")),
        ("intaking-reference-label", reference or ""),
        ("intaking-severity-label", f"{level} · {codes.reason(turn, reason)}"),
    ]
    shown = tuple((turn.text(key), value) for key, value in lines if value)
    return turn.say("intaking-summary", card=Card(turn.text("intaking-title"), shown))


class Intaking(Flow):
    """Who, which visit, what, how it came, and how bad it is."""

    roles = frozenset({Role.STAFF})

    who: str = ask(a_customer)
    name: str | None = ask(a_name, when=is_new, skippable=True)
    visit: Reference = ask(one_of(their_visits, other=their_visit), when=is_known, check=is_theirs)
    words: str = ask(free_text(1_500))
    kind: Kind = ask(one_of(kinds, other=a_kind), known=kind_said)
    source: Source = ask(one_of(sources))
    reference: str = ask(free_text(100), when=is_outside)
    by: date | None = ask(a_day, when=is_outside, check=is_ahead, skippable=True)
    severity: Severity = ask(one_of(levels), known=suggested)
    why: str = ask(free_text(200), when=is_changed)
    agreed: bool = confirm(summary)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit that a button is about, and whose it is."""
        found = visits.by_reference(turn.session, argument) if argument else None
        return {"who": str(found.customer_id), "visit": found.reference} if found else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Take it down in the name of whoever typed it in; the customer hears by chat, else on the phone."""
        customer = self._customer(turn)
        visit = cards.everybodys(turn, self.visit) if self.visit else None
        _, why = suggestion(turn, self.who, self.visit, self.words, self.kind)
        complaint = grievances.lodge(
            turn,
            customer.id or 0,
            kind=self.kind,
            words=self.words,
            visit=visit,
            source=self.source,
            severity=self.severity,
            severity_reason=self.why or why,
            outside_by=_by(turn, self.by),
            outside_reference=outsiders.reference(self.reference) if self.reference else None,
        )
        return [_told(turn, complaint, customer)]

    def _customer(self, turn: Turn) -> Customer:
        if not is_new(turn, self.who):
            return turn.session.get_one(Customer, int(self.who))
        made = customers.greet(turn.session, language=turn.company.languages[0], now=turn.now)
        customers.set_phone(turn.session, made, self.who)
        if self.name:
            customers.rename(turn.session, made, self.name)
        turn.session.flush()
        return made


def _by(turn: Turn, day: date | None) -> datetime | None:
    return datetime.combine(day, ANSWER_BY, turn.company.zone) if day else None


def _told(turn: Turn, complaint: Complaint, customer: Customer) -> Outbound:
    def make(their: Turn) -> Outbound:
        key = "told-intaken" if customer.name else "told-intaken-unnamed"
        said = their.text(
            key,
            name=customer.name or "",
            company=their.company.name,
            number=complaints.number(complaint),
            kind=complaints.kind(their, complaint),
        )
        lines = [said, grievances.promises(their, complaint), their.text("complaining-meanwhile")]
        return Outbound("\n".join(lines), (grievances.own(their, complaint),))

    reached = grievances.tell_chats(turn, complaint, make)
    owner = turn.session.get(StaffMember, complaint.owner_id) if complaint.owner_id else None
    return turn.say(
        "intaking-done",
        number=complaints.number(complaint),
        owner=owner.name if owner else turn.text("complaining-owner"),
        reached="yes" if reached else "no",
        human=complaints.clock(turn, complaint.human_by),
        plan=complaints.clock(turn, complaint.plan_by),
        choices=complaints.choices(turn, complaint),
    )
