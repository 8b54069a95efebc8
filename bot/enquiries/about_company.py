"""What the company does, what it costs and by which rules: from the catalogue, so it cannot drift."""

from collections.abc import Sequence

from bot import cards, handing_over, kin, words
from bot.answers import a_family
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound, Text
from bot.readers import services
from bot.texts import Money
from core import calendars
from core.catalogue import Family, Service
from core.identities import Role
from core.visits import Visit

TOTALS = 6
"""So many visits ahead are told with what each comes to."""


def _meant(turn: Turn, argument: str) -> Service | None:
    """The service a question is about: the one it names, else the one on the button or in the form."""
    named = services.spot(turn.content.body, turn.company) if isinstance(turn.content, Text) else None
    code = named or argument
    return next((one for one in turn.company.services if one.code == code), None)


def catalogue(turn: Turn, _argument: str) -> list[Outbound]:
    """Everything we do, shelf by shelf."""
    shelves = [one for one in Family if any(service.family == one for service in turn.company.services)]
    lines = tuple(
        (
            turn.text(f"family-{shelf.value}"),
            cards.listed(turn, [one.name for one in turn.company.services if one.family == shelf]),
        )
        for shelf in shelves
    )
    choices = [cards.go(turn, "booking"), cards.go(turn, "prices")]
    return [turn.say("catalogue-told", card=Card(turn.text("catalogue-title"), lines), choices=choices)]


def prices(turn: Turn, argument: str) -> list[Outbound]:
    """One service's price with an example, what their visits ahead come to, or the price list of a shelf."""
    if (service := _meant(turn, argument)) is not None:
        return [_price(turn, service)]
    if not argument and _asks_for_total(turn) and (ahead := kin.ahead(turn)):
        return [_totals(turn, ahead)]
    shelf = Family(argument) if argument in set(Family) else a_family.read(turn, turn.content)
    if shelf is not None:
        return [_price_list(turn, shelf)]
    shelves = {service.family for service in turn.company.services}
    choices = [
        Choice(turn.text(f"family-{one.value}"), f"go:prices:{one.value}") for one in Family if one in shelves
    ]
    return [turn.say("prices-which", choices=choices)]


def _asks_for_total(turn: Turn) -> bool:
    body = turn.content.body if isinstance(turn.content, Text) else ""
    return turn.role is Role.CUSTOMER and words.stands_in(body, "verbs", "total")


def _totals(turn: Turn, ahead: Sequence[Visit]) -> Outbound:
    lines = tuple(
        (kin.line(turn, one), turn.text("value-said", value=Money(one.total))) for one in ahead[:TOTALS]
    )
    choices = [cards.go(turn, "visits"), cards.go(turn, "prices")]
    return turn.say("prices-ahead", card=Card(turn.text("prices-ahead-title"), lines), choices=choices)


def _price_list(turn: Turn, family: Family) -> Outbound:
    found = [one for one in turn.company.services if one.family == family]
    lines = tuple((one.name.get(turn.language), _short_price(turn, one)) for one in found)
    choices = [Choice(one.name.get(turn.language), f"go:prices:{one.code}") for one in found[:8]]
    return turn.say("prices-list", card=Card(turn.text(f"family-{family.value}"), lines), choices=choices)


def _short_price(turn: Turn, service: Service) -> str:
    each = cards.price_each(turn, service.unit_price, service.unit)
    return (
        turn.text("price-from", each=each, minimum=Money(service.minimum_price))
        if service.minimum_price
        else each
    )


def _price(turn: Turn, service: Service) -> Outbound:
    usual = max(service.unit_price * service.usual, service.minimum_price)
    example = turn.text(
        "price-example", quantity=cards.quantity(turn, service.unit, service.usual), total=Money(usual)
    )
    lines = (
        (turn.text("card-price"), _short_price(turn, service)),
        (turn.text("price-example-label"), example),
        (
            turn.text("card-includes"),
            cards.listed(turn, service.includes),
        ),
        (
            turn.text("card-excludes"),
            cards.listed(turn, service.excludes),
        ),
    )
    choices = [
        Choice(turn.text("go-booking-this", name=service.name), f"go:booking:{service.code}"),
        cards.go(turn, "prices"),
    ]
    return turn.say(
        "prices-one", name=service.name, card=Card(service.name.get(turn.language), lines), choices=choices
    )


def scope(turn: Turn, argument: str) -> list[Outbound]:
    """What a service is, what belongs to it and what does not, and how it is checked at the end."""
    service = _meant(turn, argument)
    if service is None:
        return [turn.say("scope-which", choices=prices(turn, "")[0].choices)]

    lines = (
        (turn.text("card-includes"), cards.listed(turn, service.includes)),
        (turn.text("card-excludes"), cards.listed(turn, service.excludes)),
        (turn.text("card-acceptance"), cards.listed(turn, service.acceptance)),
        (turn.text("card-price"), _short_price(turn, service)),
    )
    choices = [Choice(turn.text("go-booking-this", name=service.name), f"go:booking:{service.code}")]
    card = Card(service.name.get(turn.language), lines)
    return [Outbound(service.scope.get(turn.language), tuple(choices), card)]


def rules(turn: Turn, _argument: str) -> list[Outbound]:
    """What moving and cancelling cost, and when."""
    policy = turn.company.policies
    return [
        turn.say(
            "rules-told",
            hour=policy.free_until_hour,
            percent=policy.late_percent,
            most=Money(policy.late_most),
            last_percent=policy.last_minute_percent,
            last_most=Money(policy.last_minute_most),
            hours=policy.last_minute_minutes // 60,
            moves=policy.free_moves,
            goodwill=policy.goodwill,
            choices=[cards.go(turn, "visits"), cards.go(turn, "booking")],
        )
    ]


def hours(turn: Turn, _argument: str) -> list[Outbound]:
    """When visits take place today, or from when on."""
    today = turn.now.astimezone(turn.company.zone).date()
    open_today = calendars.periods(turn.company, today)
    if not open_today:
        return [turn.say("hours-closed", phone=turn.house_phone, choices=[cards.go(turn, "booking")])]
    spans = [cards.window(turn, starts, ends) for starts, ends in open_today]
    return [turn.say("hours-told", hours=spans, phone=turn.house_phone, choices=[cards.go(turn, "booking")])]


def areas(turn: Turn, _argument: str) -> list[Outbound]:
    """Where we go."""
    named = [area.name.get(turn.language) for area in turn.company.areas]
    return [turn.say("areas-told", areas=named, choices=[cards.go(turn, "booking")])]


def person(turn: Turn, _argument: str) -> list[Outbound]:
    """Ask for a person from the menu: recorded, and those on duty hear of it."""
    return [handing_over.asked(turn, handing_over.ask(turn, topic="asked", words="", reason="asked"))]


def thanks(turn: Turn, _argument: str) -> list[Outbound]:
    """You are welcome."""
    return [turn.say("thanks-told")]


def greeting(turn: Turn, _argument: str) -> list[Outbound]:
    """Hello, and what can be done here."""
    choices = (
        [cards.go(turn, name) for name in ("booking", "visits", "prices")]
        if turn.role is Role.CUSTOMER
        else []
    )
    return [turn.say("greeting-told", company=turn.company.name, choices=choices)]
