"""A customer's packages, what may be done with them, and what staff say of their money."""

from bot import cards, kin, packing, telling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money
from core import households, packages
from core.errors import DomainError
from core.identities import Role
from core.packages import Left, Package, State
from core.paying import Way

SHOWN = 6


def mine(turn: Turn, _argument: str) -> list[Outbound]:
    """What is left in each package and until when, what waits to be paid, and how to get another."""
    lent_by = households.lenders(turn.session, turn.customer_id)
    active = packages.active(turn.session, turn.customer_id, turn.now, lent_by=lent_by)
    every = packages.of_customer(turn.session, turn.customer_id, 20)
    pending = [one for one in every if one.state is State.PENDING]
    sells = [cards.go(turn, "buying")] if turn.company.pricing.packages else []
    if not active and not pending:
        key = "packages-none" if sells else "packages-not-sold"
        return [turn.say(key, choices=[*sells, cards.go(turn, "booking")])]
    lines = [(_name(turn, one.package), packing.left_line(turn, one)) for one in active[:SHOWN]]
    lines += [
        (packing.name(turn, one), turn.text("package-pending", price=Money(one.price))) for one in pending
    ]
    own = [one for one in active if one.package.customer_id == turn.customer_id]
    share = [cards.go(turn, "family", "", "go-family-share")] if own else []
    choices = [*_for_one(turn, own), *_drops(turn, pending), *share, *sells]
    choices = [*choices[: SHOWN - 1], cards.go(turn, "booking")]
    card = Card(turn.text("packages-title"), tuple(lines))
    return [turn.say("packages-told", count=len(active), card=card, choices=choices)]


def _name(turn: Turn, package: Package) -> str:
    """What it is called, with whose it is where somebody in the household shares theirs."""
    named = packing.name(turn, package)
    if package.customer_id == turn.customer_id:
        return named
    return turn.text("kin-package", package=named, owner=kin.name(turn, package.customer_id))


def _for_one(turn: Turn, active: list[Left]) -> list[Choice]:
    """What may be done with the package that ends first."""
    if not active:
        return []
    one, number = active[0], str(active[0].package.id)
    if packages.is_paused(one, turn.now):
        return [cards.go(turn, "packageresume", number)]
    paused = [] if one.package.paused_at else [cards.go(turn, "packagepause", number)]
    return [*paused, cards.go(turn, "refunding", number)]


def _drops(turn: Turn, pending: list[Package]) -> list[Choice]:
    return [cards.go(turn, "packagedrop", str(one.id)) for one in pending[:1]]


def pause(turn: Turn, argument: str) -> list[Outbound]:
    """Pause one of theirs, once."""
    package = _theirs(turn, argument)
    if package is None:
        return mine(turn, "")
    try:
        until = packages.pause(turn.session, turn.company, package, turn.now)
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "packages")])]
    packing.plan(turn, package)
    choices = [cards.go(turn, "packageresume", argument), cards.go(turn, "packages")]
    return [turn.say("package-paused", name=packing.name(turn, package), until=until, choices=choices)]


def resume(turn: Turn, argument: str) -> list[Outbound]:
    """Use it again before the pause is over."""
    package = _theirs(turn, argument)
    if package is None:
        return mine(turn, "")
    try:
        packages.resume(turn.session, package, turn.now)
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "packages")])]
    packing.plan(turn, package)
    left = packing.left_line(turn, Left(package, packages.left(turn.session, package)))
    choices = [cards.go(turn, "booking"), cards.go(turn, "packages")]
    return [turn.say("package-resumed", name=packing.name(turn, package), left=left, choices=choices)]


def drop(turn: Turn, argument: str) -> list[Outbound]:
    """They do not want what they have not paid."""
    package = _theirs(turn, argument)
    if package is None:
        return mine(turn, "")
    try:
        dropped = packages.withdraw(turn.session, package, turn.now)
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "packages")])]
    key = "package-dropped" if dropped else "package-drop-late"
    return [turn.say(key, name=packing.name(turn, package), choices=[cards.go(turn, "packages")])]


def paid(turn: Turn, argument: str) -> list[Outbound]:
    """Staff have the money: `3-cash`. The customer hears that it can be used."""
    number, _, said = argument.partition("-")
    package = packages.find(turn.session, int(number)) if number.isdecimal() else None
    if package is None or said not in list(Way) or said == Way.LATER:
        return unpaid(turn, "")
    try:
        staff_id = turn.identity.staff_id
        new = packages.pay(turn.session, turn.company, package, Way(said), staff_id=staff_id, now=turn.now)
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "unpaidpackages")])]
    if new:
        packing.plan(turn, package)
        packing.tell_paid(turn, package)
    key = "package-paid-done" if new else "package-paid-before"
    customer = cards.customer_name(turn, package.customer_id)
    choices = [cards.go(turn, "unpaidpackages")]
    return [turn.say(key, customer=customer, name=packing.name(turn, package), choices=choices)]


def unpaid(turn: Turn, _argument: str) -> list[Outbound]:
    """For staff: the packages whose money nobody has, the oldest first."""
    found = packages.unpaid(turn.session, SHOWN)
    if not found:
        return [turn.say("packages-unpaid-none", choices=[cards.go(turn, "desk")])]
    lines = tuple((cards.customer_name(turn, one.customer_id), _owed(turn, one)) for one in found)
    card = Card(turn.text("packages-unpaid-title"), lines)
    choices = packing.ways(turn, found[0])
    first = cards.customer_name(turn, found[0].customer_id)
    return [turn.say("packages-unpaid", count=len(found), first=first, card=card, choices=choices)]


def _owed(turn: Turn, one: Package) -> str:
    return turn.text("packages-unpaid-line", name=packing.name(turn, one), price=Money(one.price))


def back(turn: Turn, argument: str) -> list[Outbound]:
    """Staff sent the money of a refund back; the customer hears it."""
    package = packages.find(turn.session, int(argument)) if argument.isdecimal() else None
    if package is None:
        return unpaid(turn, "")
    try:
        new = packages.returned(turn.session, package, turn.now)
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "desk")])]
    refund = Money(package.refund or 0)
    if new:
        telling.customer(
            turn,
            package.customer_id,
            lambda their: their.say("told-package-back", name=packing.name(their, package), refund=refund),
        )
    return [turn.say("package-back-done", refund=refund, choices=[cards.go(turn, "desk")])]


def _theirs(turn: Turn, argument: str) -> Package | None:
    """One of their own packages; staff open everybody's."""
    package = packages.find(turn.session, int(argument)) if argument.isdecimal() else None
    if package is None or (turn.role is Role.CUSTOMER and package.customer_id != turn.customer_id):
        return None
    return package
