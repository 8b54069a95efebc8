"""How visits, prices, people and times are shown: the same facts look the same wherever they appear."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import benefits, wall
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.readers import phones
from bot.texts import Money, Span
from core import attendance, customers, dropouts, fees, policies, visits
from core.bindings import Merge
from core.catalogue import AddOn, Service, Unit, Words
from core.customers import Address, Customer
from core.fees import Fee
from core.identities import Role
from core.matching import FOR_STAFF, Match, Reason
from core.quotes import Quote, QuoteLine
from core.visits import Visit
from core.workers import Worker

REASONS_SHOWN = 2


def listed(turn: Turn, words: Sequence[Words]) -> str:
    """Several phrases of the catalogue in one line, kept apart clearly because some hold an "and"
    themselves."""
    return turn.text("list-mark").join(one.get(turn.language) for one in words)


def go(turn: Turn, name: str, argument: str = "", label: str = "", **args: object) -> Choice:
    """A button that begins a flow or answers an enquiry; it keeps working for ever."""
    return Choice(turn.text(label or f"go-{name}", **args), ":".join(filter(None, ("go", name, argument))))


def merge_reference(merge: Merge) -> str:
    """What staff and customers call a merge by."""
    return f"#{merge.id}"


def customer_name(turn: Turn, customer_id: int) -> str:
    """A customer by name, else by what can be told of their number."""
    customer = turn.session.get_one(Customer, customer_id)
    shown = phones.masked(customer.phone) if customer.phone else turn.text("desk-unnamed")
    return customer.name or shown


def quantity(turn: Turn, unit: Unit, count: int) -> str:
    """So many hours, square metres or pieces."""
    return turn.text(f"unit-{unit.value.replace('_', '-')}", count=count)


def price_each(turn: Turn, fen: int, unit: Unit) -> str:
    """A price for one of a unit."""
    return turn.text("price-each", price=Money(fen), unit=turn.text(f"per-{unit.value.replace('_', '-')}"))


def service_line(turn: Turn, service: Service) -> str:
    """A service and what it costs."""
    return turn.text(
        "service-line", name=service.name, price=price_each(turn, service.unit_price, service.unit)
    )


def add_on_line(turn: Turn, extra: AddOn) -> str:
    """An add-on and its price."""
    return turn.text("add-on-line", name=extra.name, price=Money(extra.price))


def address_line(home: Address) -> str:
    """A home as one line."""
    return customers.in_full(home)


def day(turn: Turn, value: date) -> str:
    """A day, with its name while it is near; not where their today is another than at home."""
    today = turn.now.astimezone(turn.company.zone).date()
    name = {0: "day-today", 1: "day-tomorrow", 2: "day-after-tomorrow"}.get((value - today).days)
    if wall.today(turn) != today:
        name = None
    return turn.text(name, day=value) if name else turn.text("value-said", value=value)


def window(turn: Turn, starts_at: datetime, ends_at: datetime) -> str:
    """From when to when."""
    return turn.text("value-said", value=Span(starts_at, ends_at))


def when(turn: Turn, visit: Visit) -> str:
    """Day and window of a visit."""
    starts = visit.starts_at.astimezone(turn.company.zone)
    return turn.text(
        "day-and-window", day=day(turn, starts.date()), window=Span(visit.starts_at, visit.ends_at)
    )


def reason(turn: Turn, why: Reason) -> str:
    """One thing that speaks for a worker."""
    return turn.text(f"reason-{why.key}", **dict(why.args))


def worker_line(turn: Turn, match: Match, *, same: bool) -> str:
    """A worker to choose: name, rating, and the strongest reasons."""
    told = [why for why in match.reasons if why.key != "rated" and why.key not in FOR_STAFF]
    reasons = [reason(turn, why) for why in told[:REASONS_SHOWN]]
    said = [turn.text("worker-last-time"), *reasons] if same else reasons
    rating = (
        turn.text("worker-rating", stars=match.worker.rating)
        if match.worker.rated
        else turn.text("worker-new")
    )
    return turn.text(
        "worker-line", name=match.worker.name, rating=rating, reasons=" · ".join(said), count=len(said)
    )


def worker_intro(turn: Turn, worker: Worker) -> str:
    """Who comes, in a sentence; only name and rating where the worker agreed to no more."""
    return turn.text("worker-intro", name=worker.name, about=worker_about(turn, worker))


def team_card(turn: Turn, team: Sequence[Worker]) -> Card:
    """Workers to choose from, each with a sentence about them where they agreed to that."""
    lines = [(worker.name, worker_about(turn, worker)) for worker in team]
    return Card(turn.text("card-team"), tuple(lines))


def worker_about(turn: Turn, worker: Worker) -> str:
    """A sentence about a worker, without the name."""
    rating = turn.text("worker-rating", stars=worker.rating) if worker.rated else turn.text("worker-new")
    return worker_in_full(turn, worker) if worker.card_consent else rating


def worker_in_full(turn: Turn, worker: Worker) -> str:
    """The same sentence with everything that customers see where the worker agreed to it."""
    rating = turn.text("worker-rating", stars=worker.rating) if worker.rated else turn.text("worker-new")
    bio = worker.bio.get(turn.language) or next(iter(worker.bio.values()), "")
    return turn.text("worker-about", rating=rating, visits=worker.visits_done, bio=bio)


def quote_line(turn: Turn, line: QuoteLine) -> tuple[str, str]:
    """One amount of a quote: what for, and how it is found."""
    company = turn.company
    match line.kind:
        case "service" | "add_on":
            named = (
                company.service(line.code).name if line.kind == "service" else _add_on(turn, line.code).name
            )
            unit = line.unit or Unit.ITEM
            made = turn.text(
                "quote-product",
                each=Money(line.unit_price),
                quantity=quantity(turn, unit, line.quantity),
                amount=Money(line.amount),
            )
            return named.get(turn.language), made
        case "minimum":
            least = turn.text("quote-minimum-made", minimum=Money(line.unit_price), amount=Money(line.amount))
            return turn.text("quote-minimum"), least
        case "overtime":
            made = turn.text(
                "quote-overtime-made",
                each=Money(line.unit_price),
                minutes=line.quantity,
                amount=Money(line.amount),
            )
            return turn.text("quote-overtime"), made
        case "tier" | "package" | "coupon" | "points":
            return benefits.line(turn, line)
        case "travel":
            return turn.text("quote-travel"), turn.text("value-said", value=Money(line.amount))
    made = turn.text("quote-percent", percent=line.percent or 0, amount=Money(line.amount))
    return turn.text(f"quote-{line.kind.replace('_', '-')}"), made


def _add_on(turn: Turn, code: str) -> AddOn:
    return next(extra for extra in turn.company.add_ons if extra.code == code)


def quote_lines(turn: Turn, quote: Quote) -> list[tuple[str, str]]:
    """A quote line by line, with its total."""
    total = (turn.text("quote-total"), turn.text("value-said", value=Money(quote.total)))
    return [*(quote_line(turn, line) for line in quote.lines), total]


def fee_rule(turn: Turn, fee: Fee) -> str:
    """Why a fee is due or not, in words."""
    key = "fee-waived" if fee.waived else f"fee-{fee.rule.replace('_', '-')}"
    return turn.text(
        key, fee=Money(fee.amount), percent=fee.percent, cap=Money(fee.cap), free_until=fee.free_until
    )


def rules_line(turn: Turn, starts_at: datetime) -> str:
    """Until when a visit at that time can be cancelled or moved free, and what it costs later."""
    rules = turn.company.policies
    return turn.text(
        "rules-line",
        free_until=fees.free_until(turn.company, rules, starts_at),
        percent=rules.late_percent,
        most=Money(rules.late_most),
        last_percent=rules.last_minute_percent,
        last_most=Money(rules.last_minute_most),
        hours=rules.last_minute_minutes // 60,
    )


def visit_of(turn: Turn, reference: str) -> Visit:
    """Their own visit by its reference; staff open everybody's. Raises `UnknownVisit`, also for others'."""
    if turn.role is Role.STAFF:
        return everybodys(turn, reference)
    return visits.of_customer(turn.session, turn.customer_id, reference)


def everybodys(turn: Turn, reference: str) -> Visit:
    """A visit by its reference, whoever's it is. Raises `UnknownVisit`."""
    found = visits.by_reference(turn.session, reference)
    if found is None:
        raise visits.UnknownVisit(reference=reference)
    return found


def visit_line(turn: Turn, visit: Visit) -> str:
    """A visit in a line: when, what."""
    name = turn.company.service(visit.service_code).name
    return turn.text("visit-line", name=name, when=when(turn, visit))


def team(turn: Turn, visit: Visit) -> str:
    """Who comes, by name, as far as that is sure."""
    crew = {worker.id or 0: worker.name for _, worker in visits.crew(turn.session, visit)}
    gone = dropouts.missing(turn.session, visit.id, crew) if visit.status in visits.MOVABLE else ()
    coming = [name for id, name in crew.items() if id not in gone]
    return turn.text("value-said", value=coming) if coming else turn.text("worker-later")


def visit_card(turn: Turn, visit: Visit) -> Card:
    """A visit with everything its customer should know."""
    service = turn.company.service(visit.service_code)
    extras = [_add_on(turn, extra).name.get(turn.language) for extra in visit.add_ons]
    code = code_of_the_day(turn, visit)
    lines = [
        (turn.text("card-status"), turn.text(f"status-{visit.status.value.replace('_', '-')}")),
        (
            turn.text("card-what"),
            turn.text(
                "card-what-made", name=service.name, quantity=quantity(turn, service.unit, visit.quantity)
            ),
        ),
        *([(turn.text("card-add-ons"), turn.text("value-said", value=extras))] if extras else []),
        (turn.text("card-when"), when(turn, visit)),
        (turn.text("card-where"), visit.address_line),
        *([(turn.text("card-code"), turn.text("code-said", code=code))] if code else []),
        *([(turn.text("card-who"), team(turn, visit))] if visit.status in visits.OCCUPYING else []),
        (turn.text("card-price"), turn.text("value-said", value=Money(visit.total))),
        *benefits.saved(turn, Quote.from_json(visit.quote)),
        *([(turn.text("card-fee"), turn.text("value-said", value=Money(visit.fee)))] if visit.fee else []),
        *([(turn.text("card-contact"), contact(visit))] if visit.contact_name else []),
        *([(turn.text("card-note"), visit.note)] if visit.note else []),
    ]
    title = turn.text("card-title", reference=visit.reference)
    return Card(title, tuple(lines), _visit_footer(turn, visit))


def contact(visit: Visit) -> str:
    """Who is there, and what may be told of their number."""
    return f"{visit.contact_name} {phones.masked(visit.contact_phone or '')}".strip()


def code_of_the_day(turn: Turn, visit: Visit) -> str:
    """What the customer tells the worker when they meet, on the day of the visit; "" before it and once it
    is not needed any more."""
    zone = turn.company.zone
    if turn.now.astimezone(zone).date() < visit.starts_at.astimezone(zone).date():
        return ""
    needed = visit.status in attendance.EXPECTED
    if visit.status in attendance.UNDER_WAY:
        needed = attendance.is_disputed(turn.session, visit)
    return attendance.code(turn.session, visit) if needed else ""


def with_code(turn: Turn, visit: Visit, said: Outbound) -> Outbound:
    """The same message with what the customer tells the worker when they meet, while that is needed."""
    code = code_of_the_day(turn, visit)
    return replace(said, text=f"{said.text}\n{turn.text('code-tell', code=code)}") if code else said


def _visit_footer(turn: Turn, visit: Visit) -> str:
    if visit.status is visits.Status.REQUESTED and visit.answer_by:
        return turn.text("card-answer-by", at=visit.answer_by)
    if waits_long(turn, visit):
        return turn.text("card-free-late")
    if visit.status not in visits.MOVABLE:
        return ""
    if dropouts.asked_of(turn.session, visit.id) is not None:
        return turn.text("card-free-now")
    rules = policies.as_of(turn.session, visit.policy_version)
    until = fees.free_until(turn.company, rules, visit.starts_at)
    return turn.text("card-free-until", at=until) if turn.now < until else turn.text("card-fee-now")


def visit_choices(turn: Turn, visit: Visit) -> list[Choice]:
    """What can be done with a visit now."""
    reference = visit.reference
    if visit.status in visits.AHEAD and (visit.starts_at > turn.now or waits_long(turn, visit)):
        waits = waits_long(turn, visit)
        return [
            go(turn, "moving", reference),
            go(turn, "cancelling", reference),
            go(turn, "progress", reference),
            *([go(turn, "complaining", reference)] if waits else []),
        ]
    if visit.status in attendance.UNDER_WAY:
        disputed = attendance.is_disputed(turn.session, visit)
        both = ["foundthem", "notthere"] if disputed else ["notthere"]
        said = both if disputed or visit.status is visits.Status.ARRIVED else []
        names = [*said, "progress", "complaining"]
        return [go(turn, name, reference) for name in names]
    if visit.status in visits.LIVE:
        return [go(turn, "progress", reference)]
    was_due = visit.status in (visits.Status.FINISHED, visits.Status.NO_ACCESS, visits.Status.MISSED)
    return [go(turn, "booking", "again"), *([go(turn, "complaining", reference)] if was_due else [])]


def waits_long(turn: Turn, visit: Visit) -> bool:
    """Whether somebody should have been there so long ago that the customer may give it up free."""
    rules = policies.as_of(turn.session, visit.policy_version)
    late = visit.starts_at + timedelta(minutes=rules.late_worker_minutes)
    return visit.status in attendance.EXPECTED and turn.now >= late


def duration(turn: Turn, span: timedelta) -> str:
    """How long something takes, in hours."""
    return turn.text("duration", hours=round(span / timedelta(hours=1), 1))
