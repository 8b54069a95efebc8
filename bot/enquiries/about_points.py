"""What members ask about their points: how many, where they came from, and what they are good for."""

from collections.abc import Sequence

from bot import cards, membership
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money
from core.members import PointEntry, PointLot, What, earning, points, redeeming, tiers

SHOWN = 10


def balance(turn: Turn, _argument: str) -> list[Outbound]:
    """What they have, what is pending, what expires next, their tier and what is missing to the next."""
    earning.credit(turn.session, turn.company, turn.now, turn.customer_id)
    member = tiers.membership(turn.session, turn.customer_id)
    if member is None:
        return [_without_membership(turn)]
    redeeming.quarterly(turn.session, turn.company, member, turn.now)
    has = points.balance(turn.session, turn.customer_id, turn.now)
    lines = [turn.text("points-told", points=has.usable, yuan=_worth(turn, has.usable))]
    if has.usable < 0:
        lines = [turn.text("points-owed", points=-has.usable)]
    lines.append(membership.gap_line(turn, membership.next_gap(turn, member)))
    choices = [cards.go(turn, name) for name in ("ledger", "redeem", "booking")]
    return [Outbound("\n".join(filter(None, lines)), tuple(choices), membership.card(turn, member))]


def _worth(turn: Turn, count: int) -> Money:
    return Money(max(0, count) * points.FEN_PER_YUAN // turn.company.members.points_per_yuan)


def _without_membership(turn: Turn) -> Outbound:
    has = points.balance(turn.session, turn.customer_id, turn.now)
    names = ("enrolling", *(["ledger"] if has.usable else []), "booking")
    return turn.say(
        "points-no-member",
        points=has.usable,
        sign_up=turn.company.members.sign_up,
        choices=[cards.go(turn, name) for name in names],
    )


def ledger(turn: Turn, argument: str) -> list[Outbound]:
    """How their points came and went, in words, the newest first; further down, before an entry's number."""
    earning.credit(turn.session, turn.company, turn.now, turn.customer_id)
    before = int(argument) if argument.isascii() and argument.isdecimal() else None
    found = points.history(turn.session, turn.customer_id, SHOWN + 1, before)
    if not found:
        names = ("points", "booking")
        return [turn.say("ledger-none", choices=[cards.go(turn, name) for name in names])]
    shown = found[:SHOWN]
    choices = [cards.go(turn, name) for name in ("points", "redeem")]
    if len(found) > SHOWN:
        choices.insert(0, Choice(turn.text("ledger-more"), f"go:ledger:{shown[-1][0].id}"))
    has = points.balance(turn.session, turn.customer_id, turn.now)
    title = Card(turn.text("ledger-title"), tuple(lines(turn, shown)))
    return [turn.say("ledger-told", usable=has.usable, pending=has.pending, card=title, choices=choices)]


def lines(turn: Turn, found: Sequence[tuple[PointEntry, PointLot]]) -> list[tuple[str, str]]:
    """Entries in words; what was taken from several lots at once is one line."""

    def at_once(one: tuple[PointEntry, PointLot]) -> tuple[object, ...]:
        entry, lot = one
        if entry.what is What.EXTENDED:
            return entry.at, entry.what, lot.expires_at
        reason = lot.reason if entry.what in (What.EARNED, What.EXPIRED, What.TAKEN_BACK) else ""
        return entry.at, entry.what, entry.subject, reason

    made, groups = [], dict[tuple[object, ...], list[tuple[PointEntry, PointLot]]]()
    for one in found:
        groups.setdefault(at_once(one), []).append(one)
    for same in groups.values():
        entry, lot = same[0]
        total = sum(one.points for one, _ in same)
        made.append((membership.day_of(turn, entry.at), _line(turn, entry, lot, total)))
    return made


def _line(turn: Turn, entry: PointEntry, lot: PointLot, total: int) -> str:
    signed = f"+{total}" if total > 0 else f"−{-total}"
    if entry.what is What.EXTENDED:
        return turn.text("ledger-extended", points=total, day=membership.last_day(turn, lot.expires_at))
    why = _why(turn, entry, lot)
    if entry.what is What.EARNED and lot.usable_from > turn.now:
        day = membership.day_of(turn, lot.usable_from)
        return turn.text("ledger-pending", points=signed, why=why, day=day)
    return turn.text("ledger-line", points=signed, why=why)


def _why(turn: Turn, entry: PointEntry, lot: PointLot) -> str:
    about = entry.subject.partition(":")[0] if ":" in entry.subject else entry.subject
    what = entry.what.value.replace("_", "-")
    if entry.what is What.ADJUSTED:
        return turn.text("ledger-adjusted", note=entry.note or "")
    if entry.what is What.EARNED:
        key = f"ledger-earned-{lot.reason}"
        return turn.text(key, about=about) if turn.has(key) else turn.text("ledger-earned", about=about)
    if entry.what in (What.SPENT, What.GIVEN_BACK) and about == "goods":
        return turn.text(f"ledger-{what}-goods")
    return turn.text(f"ledger-{what}", about=about)


def redeem(turn: Turn, _argument: str) -> list[Outbound]:
    """What points are good for, each with its price in points and in money."""
    rules = turn.company.members
    has = points.balance(turn.session, turn.customer_id, turn.now)
    money = turn.text(
        "redeem-money", rate=rules.points_per_yuan, least=rules.redeem_from, percent=rules.redeem_percent
    )
    rows = [
        (turn.text(f"goods-{one.code}"), turn.text("redeem-price", points=one.points, price=Money(one.price)))
        for one in redeeming.everything(turn.company)
    ]
    affordable = [one for one in redeeming.everything(turn.company) if one.points <= has.usable]
    choices = [
        cards.go(turn, "redeeming", one.code, "go-redeem-goods", goods=turn.text(f"goods-{one.code}"))
        for one in affordable[-4:]
    ]
    card = Card(turn.text("redeem-title"), ((turn.text("redeem-order"), money), *rows))
    names = ("points", "booking")
    return [
        turn.say(
            "redeem-told",
            points=max(0, has.usable),
            card=card,
            choices=[*choices, *(cards.go(turn, name) for name in names)],
        )
    ]
