"""What people answer to what we suggested or asked, and whom staff are to call."""

from bot import cards, caring, telling
from bot.due.care_lost import REASONS
from bot.flow import Turn
from bot.messages import Outbound
from core import coupons
from core.lifecycle import Contract, contracts, looking, suggestions, tasks
from core.lifecycle.planning import CONTRACT
from core.lifecycle.suggestions import NoSuggestion
from core.lifecycle.tasks import TaskGone

SHOWN = 6
GOODBYES = ("why", "last")
"""Whoever says no to these is asked for nothing any more."""


def later(turn: Turn, argument: str) -> list[Outbound]:
    """Not this time: we ask again when the next one is about due."""
    try:
        number = _number(argument)
        made = suggestions.answer(turn.session, turn.customer_id, number, suggestions.LATER, turn.now)
    except NoSuggestion as no:
        return [turn.say(no.key, choices=[cards.go(turn, "booking")])]
    if made.kind in GOODBYES:
        return [turn.say("care-later-peace")]
    row = looking.of(turn.session, turn.customer_id)
    days = row.interval_days if row is not None else 0
    return [turn.say("care-later-told", days=days, choices=[cards.go(turn, "messages")])]


def why(turn: Turn, argument: str) -> list[Outbound]:
    """Why they do not come any more (`suggestion.reason`), and what can be done about it."""
    number, _, reason = argument.partition(".")
    try:
        if reason not in REASONS:
            raise NoSuggestion
        made = suggestions.answer(turn.session, turn.customer_id, _number(number), f"why-{reason}", turn.now)
    except NoSuggestion as no:
        return [turn.say(no.key, choices=[cards.go(turn, "booking")])]
    if reason == "quality":
        about = f"why:{made.id}"
        task = tasks.ask(turn.session, turn.company, turn.customer_id, what="left", key=about, now=turn.now)
        caring.call(turn, task)
        by = task.due_at if task is not None else turn.now
        choices = [cards.go(turn, "complaining", "", "care-go-wrong"), cards.go(turn, "person")]
        return [turn.say("care-because-quality", by=by, choices=choices)]
    ways = {"price": ("coupons", "booking"), "time": ("booking", "person"), "unneeded": ("messages",)}
    coupon = "yes" if coupons.usable(turn.session, turn.customer_id, turn.now) else "no"
    choices = [cards.go(turn, one) for one in ways[reason]]
    return [turn.say(f"care-because-{reason}", coupon=coupon, choices=choices)]


def fine(turn: Turn, _argument: str) -> list[Outbound]:
    """All is well."""
    return [turn.say("care-fine-told")]


def go_on(turn: Turn, argument: str) -> list[Outbound]:
    """How to go on when a contract ends (`contract.answer`): staff hear, and call unless it just ends."""
    number, _, said = argument.partition(".")
    found = turn.session.get(Contract, _number(number) or 0)
    if found is None or found.customer_id != turn.customer_id or said not in contracts.ANSWERS:
        return [turn.say("care-nothing-open", choices=[cards.go(turn, "person")])]
    contracts.answer(turn.session, found, said, turn.now)
    others = [f"contract:{found.id}:{one}" for one in contracts.ANSWERS if one != said]
    tasks.drop(turn.session, [*others, f"{CONTRACT}:{found.id}"], turn.now)
    name = turn.company.service(found.service_code).name
    other = contracts.RENEW if said == contracts.END else contracts.END
    back = [cards.go(turn, "carego", f"{found.id}.{other}", f"care-go-{other}")]
    if said == contracts.END:
        telling.staff(turn, lambda their: _ends(their, found))
        return [turn.say("care-contract-ends", service=name, day=found.last_day, choices=back)]
    about, key = name.get(turn.company.languages[0]), f"contract:{found.id}:{said}"
    task = tasks.ask(
        turn.session,
        turn.company,
        turn.customer_id,
        what=f"contract-{said}",
        key=key,
        about=about,
        now=turn.now,
    )
    caring.call(turn, task)
    by = task.due_at if task is not None else turn.now
    return [turn.say("care-contract-goes-on", said=said, service=name, by=by, choices=back)]


def _ends(turn: Turn, found: Contract) -> Outbound:
    name = turn.company.service(found.service_code).name
    who = cards.customer_name(turn, found.customer_id)
    choices = [cards.go(turn, "customer", str(found.customer_id), "care-go-record")]
    return turn.say("told-contract-ends", name=who, service=name, day=found.last_day, choices=choices)


def waiting(turn: Turn, _argument: str) -> list[Outbound]:
    """Whom staff are to call, the most urgent first."""
    found = tasks.waiting(turn.session, SHOWN)
    if not found:
        return [turn.say("care-calls-none", choices=[cards.go(turn, "desk")])]
    return [caring.asked(turn, one) for one in found]


def done(turn: Turn, argument: str) -> list[Outbound]:
    """They were called."""
    try:
        task = tasks.done(turn.session, _number(argument) or 0, turn.identity.staff_id or 0, turn.now)
    except TaskGone as no:
        return [turn.say(no.key, choices=[cards.go(turn, "carecalls")])]
    name = cards.customer_name(turn, task.customer_id)
    return [turn.say("care-call-done", name=name, choices=[cards.go(turn, "carecalls")])]


def not_reached(turn: Turn, argument: str) -> list[Outbound]:
    """They were called in vain."""
    by = turn.identity.staff_id or 0
    try:
        task = tasks.not_reached(turn.session, turn.company, _number(argument) or 0, by, turn.now)
    except TaskGone as no:
        return [turn.say(no.key, choices=[cards.go(turn, "carecalls")])]
    key = "care-call-given-up" if task.done_at is not None else "care-call-again"
    name = cards.customer_name(turn, task.customer_id)
    return [turn.say(key, name=name, at=task.due_at, choices=[cards.go(turn, "carecalls")])]


def _number(argument: str) -> int | None:
    return int(argument) if argument.isascii() and argument.isdecimal() and len(argument) < 18 else None
