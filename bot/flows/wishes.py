"""What customers wish for: who comes to them again, who does not, and what about their home matters."""

from datetime import timedelta

from bot import agreeing, cards, membership, words
from bot.flow import Flow, Option, Options, Turn, ask, one_of, several_of
from bot.homes import FACTS, listed_facts
from bot.messages import Card, Outbound
from bot.verdicts import Leave
from core import customers, matching, visits
from core.consents import Purpose

FAVOURITE, BLOCKED, NEITHER = "favourite", "blocked", "neither"
SENSITIVE = frozenset({"elderly", "infants", "allergy"})
"""What is kept only with a yes of its own, which choosing it is: its question says so."""


def known_workers(turn: Turn) -> Options[int]:
    """Those who came or are to come; raises `Leave` when nobody has yet."""
    found = visits.workers_of(turn.session, turn.customer_id)
    if not found:
        raise Leave("wishing-nobody")
    thinks = matching.preferences(turn.session, turn.customer_id)
    return [
        Option(
            one.id or 0,
            turn.text(f"wishing-{thinks[one.id or 0].value}", name=one.name)
            if one.id in thinks
            else one.name,
            (one.name,),
        )
        for one in found
    ]


def wishes(turn: Turn) -> Options[str]:
    """First choice, never again, or no wish."""
    return [
        Option(wish, turn.text(f"wishing-wish-{wish}"), tuple(words.phrases("wishes", wish)))
        for wish in (FAVOURITE, BLOCKED, NEITHER)
    ]


class Wishing(Flow):
    """Which worker, and whether they are to come first or never again. The worker is not told."""

    worker: int = ask(one_of(known_workers))
    wish: str = ask(one_of(wishes))

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep the wish; it can be taken back the same way."""
        keep = {FAVOURITE: matching.favour, BLOCKED: matching.block, NEITHER: matching.forget}[self.wish]
        keep(turn.session, turn.customer_id, self.worker)
        name = next(
            one.name for one in visits.workers_of(turn.session, turn.customer_id) if one.id == self.worker
        )
        choices = [cards.go(turn, "profile"), cards.go(turn, "booking")]
        return [turn.say(f"wishing-done-{self.wish}", name=name, choices=choices)]


def home_facts(turn: Turn) -> Options[str]:
    """Everything about a home that changes who suits it."""
    return [Option(fact, turn.text(f"home-{fact}"), tuple(words.phrases("home", fact))) for fact in FACTS]


class Household(Flow):
    """What about the home matters; what is not chosen is not so any more."""

    facts: tuple[str, ...] = ask(several_of(home_facts))

    def done(self, turn: Turn) -> list[Outbound]:
        """Remember it."""
        tell_household(turn, self.facts)
        told = listed_facts(turn, turn.household)
        choices = [cards.go(turn, "profile"), cards.go(turn, "booking")]
        said = turn.say("household-done", facts=told or [turn.text("value-none")], choices=choices)
        return [membership.completed(turn, said)]


def tell_household(turn: Turn, household: tuple[str, ...]) -> None:
    """Remember what they told of their home, at once, since it decides who can come.

    What they did not name is not so.
    """
    turn.found["household"] = customers.tell_home(
        turn.session,
        turn.customer_id,
        pets="pets" in household,
        elderly="elderly" in household,
        infants="infants" in household,
        allergy=turn.text("home-allergy") if "allergy" in household else "",
        worker_gender="female" if "female" in household else "",
        now=turn.now,
    )
    if SENSITIVE & {*household}:
        agreeing.agree(turn, Purpose.SENSITIVE)


def facts_are_old(turn: Turn, service: str) -> bool:
    """Whether what they told of their home is so old that it is asked again before it decides who comes."""
    told = turn.household.told_at
    if told is None or not turn.company.service(service).home_facts:
        return False
    age = turn.now - told
    return age > timedelta(days=turn.company.privacy.fact_days) and bool(listed_facts(turn, turn.household))


def still_so(turn: Turn) -> Options[bool]:
    """All as it was, or something changed."""
    yes = Option(True, turn.text("booking-still-yes"), ())
    return [yes, Option(False, turn.text("booking-still-no"))]


def what_was_told(turn: Turn) -> Card:
    """What they told of their home, and when."""
    told = turn.household.told_at or turn.now
    day = turn.text("value-said", value=told.astimezone(turn.company.zone).date())
    facts = turn.text("list-mark").join(listed_facts(turn, turn.household))
    return Card(turn.text("household-facts-label"), ((day, facts),))


def keep_what_was_told(turn: Turn, still: bool) -> None:
    """They say that it is still so: it counts as told today."""
    if still:
        customers.confirm_home(turn.session, turn.customer_id, turn.now)
