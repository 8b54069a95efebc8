"""What we may tell somebody unasked: shown, and changed by a tap or a word, also in the middle of a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot import agreeing, cards, digest, habits, words
from bot.flow import Turn
from bot.messages import Card, Choice, Content, Outbound, Tap, Text
from bot.readers import unasked, zones
from bot.state import Offered
from core import consents, decency, facts, visits
from core.consents import Purpose
from core.decency import WAITS, Class, Pace
from core.facts import Habit
from core.identities import Role
from core.resorts import addresses
from core.resorts.addresses import EMAIL
from core.staff import Rank

NAME = "messages"
SHOW = "show"
"""What somebody asks for who wants to see how things stand."""
LESS = frozenset({"none", "refuse", "offers-off", "care-off", "here-off", "fewer", "digest"})
"""What somebody asks for who wants to hear less from us."""

LATELY = timedelta(days=7)
"""What was told before is not what a bare "unsubscribe" means."""


def meant(body: str) -> str | None:
    """What somebody wants changed who says so, and nothing else, whatever they were in the middle of."""
    return words.whole(body, "unasked") or unasked.read(body)


def taken_up(offered: Sequence[Offered], body: str) -> Offered | None:
    """The digest that was just offered, where somebody says how often instead of tapping it."""
    if words.whole(body, "monthly") is None:
        return None
    return next((one for one in offered if one.data == f"go:{NAME}:digest"), None)


def wish(content: Content) -> str | None:
    """The change of what we may send that words or a button ask for; None for everything else."""
    match content:
        case Text(body):
            named = meant(body)
        case Tap(data) if data.startswith(f"go:{NAME}:"):
            named = data.removeprefix(f"go:{NAME}:")
        case _:
            named = None
    return named if named in _CHANGES else None


def change(turn: Turn, name: str) -> Outbound:
    """Change it, and say so in one line."""
    key = _CHANGES[name](turn)
    return Outbound(turn.text(key, **_figures(turn)))


def settings(turn: Turn, argument: str) -> list[Outbound]:
    """Do what a button or words ask for and say so; else show how things stand."""
    if argument in _CHANGES:
        return [replace(change(turn, argument), choices=tuple(_after(turn, argument)))]
    if argument == "where":
        return [_where(turn)]
    said = turn.text("messages-told", **_figures(turn))
    return [Outbound(said, tuple(_choices(turn)), _card(turn))]


def of_work(turn: Turn) -> Outbound:
    """What workers and staff hear who want to hear less: what can be turned off, and what cannot."""
    return turn.say(
        f"messages-{turn.role.value}",
        peace=turn.company.policies.worker_quiet_from,
        morning=turn.company.policies.worker_quiet_until,
        choices=[cards.go(turn, "offduty")] if _has_shifts(turn) else [],
    )


def _has_shifts(turn: Turn) -> bool:
    return turn.role is Role.STAFF and turn.rank is not Rank.FINANCE


def _figures(turn: Turn) -> dict[str, object]:
    """The hours and counts of the company that the words about them name."""
    rules, policies = turn.company.decency, turn.company.policies
    return {
        "peace": policies.told_until,
        "morning": policies.told_from,
        "begins": rules.marketing.begins,
        "ends": rules.marketing.ends,
        "care": rules.care.per_week,
        "offers": rules.marketing.per_week,
        "most": rules.fewer_per_month,
        "digest": rules.spread_until,
    }


def _card(turn: Turn) -> Card:
    lines = [(turn.text("messages-line-service"), turn.text("messages-always"))]
    for kind in WAITS:
        lines.append((turn.text(f"messages-line-{kind.value}"), turn.text(f"messages-{_stands(turn, kind)}")))
    if (by_email := _by_email(turn)) is not None:
        lines.append((turn.text("messages-line-email"), turn.text(f"messages-email-is-{by_email}")))
    pace = decency.pace(turn.session, turn.customer_id)
    how_much = turn.text(f"messages-pace-{pace.value}", **_figures(turn))
    lines.append((turn.text("messages-line-pace"), how_much))
    if turn.zone is not None:
        place = zones.city(turn.zone.key, turn.language)
        now = turn.now.astimezone(turn.zone).time()
        lines.append((turn.text("messages-line-zone"), turn.text("messages-zone", place=place, now=now)))
    if alone := facts.of(turn.session, turn.customer_id, Habit.QUIET):
        days = habits.worded(turn, Habit.QUIET, alone.value)
        lines.append((turn.text("messages-line-alone"), turn.text("messages-alone", days=days)))
    return Card(turn.text("messages-title"), tuple(lines), turn.text("messages-footer"))


def _stands(turn: Turn, kind: Class) -> str:
    """Whether they hear this class: nowhere, elsewhere than in this chat, or everywhere."""
    refused = decency.refused(turn.session, turn.customer_id, kind)
    asked = kind is Class.CARE or consents.has(turn.session, turn.customer_id, Purpose.MARKETING)
    if not asked or "" in refused:
        return "off"
    return "elsewhere" if turn.identity.channel in refused else "on"


def _by_email(turn: Turn) -> str | None:
    """What of care and offers may go by e-mail where they notice no chat: "on" for all that they want, "off"
    for none of it, or which of the two. None where they want neither, or no address is known.
    """
    wanted = [kind for kind in WAITS if _stands(turn, kind) != "off"]
    if (
        not wanted
        or not turn.company.resorts.page
        or addresses.good(turn.session, turn.customer, EMAIL) is None
    ):
        return None
    theirs = [k for k in wanted if EMAIL not in decency.refused(turn.session, turn.customer_id, k)]
    return "on" if theirs == wanted else theirs[0].value if theirs else "off"


def _where(turn: Turn) -> Outbound:
    """Where it may come: in this chat, and by e-mail."""
    is_off_here = "elsewhere" in [_stands(turn, kind) for kind in WAITS]
    here, by_email = "off" if is_off_here else "on", _by_email(turn)
    changes = ["here-on" if is_off_here else "here-off"]
    lines = [(turn.text("messages-line-here"), turn.text(f"messages-{here}"))]
    if by_email is not None:
        lines.append((turn.text("messages-line-email"), turn.text(f"messages-email-is-{by_email}")))
        changes += [] if by_email == "on" else ["email-on"]
        changes += [] if by_email == "off" else ["email-off"]
    choices = (*(_go(turn, name) for name in changes), cards.go(turn, NAME))
    return turn.say("messages-where", choices=choices, card=Card(turn.text("messages-title"), tuple(lines)))


def _choices(turn: Turn) -> list[Choice]:
    care, offers = (_stands(turn, kind) for kind in WAITS)
    pace = decency.pace(turn.session, turn.customer_id)
    wanted = [
        "care-on" if care == "off" else "care-off",
        "offers-on" if offers == "off" else "offers-off",
        "usual" if pace is not Pace.USUAL else "fewer",
        "usual" if pace is Pace.DIGEST else "digest",
    ]
    if {care, offers} != {"off"}:
        here = "here-on" if "elsewhere" in (care, offers) else "here-off"
        wanted += [here if _by_email(turn) is None else "where", "none"]
    return [_go(turn, name) for name in dict.fromkeys(wanted)]


def _after(turn: Turn, done: str) -> list[Choice]:
    """What goes well with it: the digest to whoever wants less, and the visit they may have meant."""
    choices = []
    can_email = done == "email-on" and turn.company.resorts.page and turn.company.resorts.email_from
    if can_email and addresses.good(turn.session, turn.customer, EMAIL) is None:
        choices.append(cards.go(turn, "mailing", label="messages-go-mailing"))
    if (
        done in ("none", "fewer", "offers-off", "refuse")
        and decency.pace(turn.session, turn.customer_id) is not Pace.DIGEST
    ):
        choices.append(_go(turn, "digest"))
    if done in ("offers-off", "refuse") and visits.upcoming(turn.session, turn.customer_id, turn.now):
        choices.append(cards.go(turn, "cancelling", "", "messages-cancel-visit"))
    return [*choices, cards.go(turn, NAME)]


def _go(turn: Turn, change: str) -> Choice:
    return cards.go(turn, NAME, change, f"messages-go-{change}")


def _care_off(turn: Turn) -> str:
    decency.refuse(turn.session, turn.customer_id, Class.CARE, turn.now)
    return "messages-care-off"


def _care_on(turn: Turn) -> str:
    decency.allow(turn.session, turn.customer_id, Class.CARE)
    return "messages-care-on"


def _offers_off(turn: Turn) -> str:
    consents.withdraw(turn.session, turn.customer_id, Purpose.MARKETING, now=turn.now)
    return "messages-offers-off"


def _refuse(turn: Turn) -> str:
    """Whoever says no more than that means what we told them last: offers, unless that was care."""
    lately = decency.lately(turn.session, turn.customer_id, turn.now - LATELY)
    return _none(turn) if lately and lately[-1].kind is Class.CARE else _offers_off(turn)


def _offers_on(turn: Turn) -> str:
    agreeing.agree(turn, Purpose.MARKETING)
    decency.allow(turn.session, turn.customer_id, Class.MARKETING)
    return "messages-offers-on"


def _none(turn: Turn) -> str:
    decency.refuse_all(turn.session, turn.customer_id, turn.now)
    digest.plan(turn.session, turn.company, turn.customer_id, turn.now)
    return "messages-none"


def _here_off(turn: Turn) -> str:
    for kind in WAITS:
        decency.refuse(turn.session, turn.customer_id, kind, turn.now, channel=turn.identity.channel)
    return "messages-here-off"


def _email_off(turn: Turn) -> str:
    for kind in WAITS:
        decency.refuse(turn.session, turn.customer_id, kind, turn.now, channel=EMAIL)
    return "messages-email-off"


def _email_on(turn: Turn) -> str:
    if not turn.company.resorts.page or not turn.company.resorts.email_from:
        return "messages-email-never"
    for kind in WAITS:
        decency.allow(turn.session, turn.customer_id, kind, channel=EMAIL)
    has_one = addresses.good(turn.session, turn.customer, EMAIL) is not None
    return "messages-email-on" if has_one else "messages-email-first"


def _here_on(turn: Turn) -> str:
    for kind in WAITS:
        decency.allow(turn.session, turn.customer_id, kind, channel=turn.identity.channel)
    return "messages-here-on"


def _pace(turn: Turn, pace: Pace) -> str:
    decency.want(turn.session, turn.customer_id, pace, turn.now)
    digest.plan(turn.session, turn.company, turn.customer_id, turn.now)
    return f"messages-{pace.value}"


_CHANGES: Mapping[str, Callable[[Turn], str]] = {
    "care-off": _care_off,
    "care-on": _care_on,
    "offers-off": _offers_off,
    "refuse": _refuse,
    "offers-on": _offers_on,
    "none": _none,
    "here-off": _here_off,
    "here-on": _here_on,
    "email-off": _email_off,
    "email-on": _email_on,
    "fewer": lambda turn: _pace(turn, Pace.FEWER),
    "usual": lambda turn: _pace(turn, Pace.USUAL),
    "digest": lambda turn: _pace(turn, Pace.DIGEST),
}
"""Each does it and says by which key it is told."""
