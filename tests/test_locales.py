"""Wording: every key that can be said exists in every language, agrees in its values, and is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl

from bot import texts, words
from bot.due import MANNERS
from bot.flows import FLOWS
from core import campaigns
from core.bindings import splitting
from core.catalogue import Family, Unit
from core.coupon_codes import CodeTaken
from core.coupons import CouponGone
from core.decency import WAITS
from core.errors import DomainError
from core.handoffs import HandoffGone
from core.identities import Role
from core.logins import WrongState
from core.media import MediaRefused, UnknownMedia
from core.packages import NothingLeft
from core.pricing import BenefitGone
from core.visits import Status
from core.workers import UnknownWorker

ROOT = Path(__file__).parent.parent
KEY = re.compile(r"[a-z_]+(?:-[a-z_]+)+")


class Values(visitor.Visitor):
    """Collects the values that a message mentions."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


@cache
def messages(language: str) -> dict[str, frozenset[str]]:
    """Every key of a language with the values it mentions. Fails on a key that stands twice, and
    where a message is not read alone as it is in its file."""
    found: dict[str, frozenset[str]] = {}
    for file in sorted((texts.FOLDER / language).glob("*.ftl")):
        whole = file.read_text(encoding="utf-8")
        alone = texts.entries(whole)
        for entry in FluentParser().parse(whole).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content[:60]}"
            if isinstance(entry, ftl.Message):
                key, begins = entry.id.name, entry.id.span.start
                assert key not in found, f"{file.name}: {key} stands twice"
                assert alone.pop(key).strip() == whole[begins : entry.span.end].strip(), (
                    f"{key} ends elsewhere"
                )
                values = Values()
                values.visit(entry)
                found[key] = frozenset(values.names)
        assert not alone, f"{file.name}: {alone} are read where there is nothing"
    return found


def literals() -> Iterator[tuple[str, bool]]:
    """Every string in the code and pages that could be a key, and whether it is the beginning of one."""
    for floor in ("bot", "core", "channels"):
        for file in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
                if isinstance(first, ast.Constant):
                    yield str(first.value), True
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, False
    for suffix in ("*.html", "*.js"):
        for file in (ROOT / "channels").rglob(suffix):
            for key in re.findall(r"[\w-]+", file.read_text(encoding="utf-8")):
                yield key, False


@cache
def by_convention() -> set[str]:
    """The keys that flows and enums reach without naming them."""
    keys = {f"family-{family.value}" for family in Family}
    keys |= {f"{start}-{unit.value.replace('_', '-')}" for unit in Unit for start in ("unit", "per")}
    states = [status.value.replace("_", "-") for status in Status]
    keys |= {f"{start}-{state}" for state in states for start in ("status", "progress")}
    keys |= {f"welcome-{role.value}" for role in Role}
    keys |= {f"reason-{about}" for about, how in MANNERS.items() if how.kind in WAITS}
    for flow in FLOWS.values():
        for name, question in flow.questions.items():
            keys.add(f"{flow.key}-{name}-label")
            if question.worked_out:
                continue
            keys.add(f"{flow.key}-{name}-help")
            if name in flow.at_the_end:
                keys.add(f"{flow.key}-{name}-change")
            keys.add(f"{flow.key}-{name}-yes" if question.is_consent else f"{flow.key}-{name}-ask")
    return keys


NEVER_SAID = frozenset(
    {
        UnknownWorker,
        MediaRefused,
        UnknownMedia,
        HandoffGone,
        WrongState,
        BenefitGone,
        CouponGone,
        NothingLeft,
        CodeTaken,
        splitting.InAPlan,
        splitting.NotOfCustomer,
        splitting.NothingToSplit,
        splitting.SplitUndone,
        campaigns.EntriesOpen,
        campaigns.NameTaken,
        campaigns.NotNow,
        campaigns.UnknownCampaign,
    }
)
"""Refusals that no conversation can meet: pages and staff see them otherwise."""

OWN = {f"{flow.key}-{end}" for flow in FLOWS.values() for end in ("left", "cancel", "opened")} | {
    f"{flow.key}-{name}-{end}"
    for flow in FLOWS.values()
    for name in flow.questions
    for end in ("again", "skip", "enough", "none", "ask", "more")
}
"""Keys that a flow may have of its own instead of a general one."""


@pytest.mark.parametrize("language", texts.languages())
def test_everything_a_flow_can_say_has_words(language: str) -> None:
    assert by_convention() - set(messages(language)) == set()


@pytest.mark.parametrize("language", texts.languages())
def test_every_key_named_in_the_code_has_words(language: str) -> None:
    assert called_with_keys() - set(messages(language)) == set()


@pytest.mark.parametrize("language", texts.languages())
def test_every_no_of_the_company_has_words(language: str) -> None:
    def family(error: type[DomainError]) -> Iterator[type[DomainError]]:
        for child in error.__subclasses__():
            yield child
            yield from family(child)

    reached = {error.key for error in family(DomainError) if error not in NEVER_SAID}
    assert reached - set(messages(language)) == set()


@cache
def called_with_keys() -> set[str]:
    """The literal keys given to what says them: `say`, `text`, and the exceptions of a flow."""
    keys: set[str] = set()
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = {"say": 0, "text": 0, "Retry": 0, "Leave": 0, "AskAgain": 1}.get(name)
            if place is None or len(node.args) <= place:
                continue
            given = node.args[place]
            if isinstance(given, ast.Constant) and KEY.fullmatch(str(given.value)):
                keys.add(str(given.value))
    return keys


def test_the_languages_have_the_same_keys() -> None:
    first, *others = texts.languages()
    for other in others:
        assert set(messages(first)) ^ set(messages(other)) == set()


def test_the_languages_mention_values_that_exist_in_the_house_language() -> None:
    first, *others = texts.languages()
    for other in others:
        strange = {
            key: names - messages(first)[key]
            for key, names in messages(other).items()
            if names - messages(first)[key] and names - messages(first)[key] != {"day"}
        }
        assert strange == {}


def test_every_wording_is_used() -> None:
    every = list(literals())
    named = {text for text, begins in every if not begins}
    beginnings = tuple({text for text, begins in every if begins and "-" in text})
    known = named | by_convention() | OWN
    every_key = messages(texts.languages()[0])
    assert {key for key in every_key if key not in known and not key.startswith(beginnings)} == set()


@pytest.mark.parametrize("language", texts.languages())
def test_labels_of_buttons_are_short(language: str) -> None:
    for key in messages(language):
        if key.startswith(("go-", "way-")) and not messages(language)[key]:
            assert len(texts.say(language, key)) <= 24, key


def test_no_phrase_has_two_meanings_in_one_table() -> None:
    for table in ("interrupts", "change"):
        seen: dict[str, str] = {}
        for name in words.names(table):
            for phrase in words.phrases(table, name):
                assert phrase, f"an empty phrase in {table}.{name}"
                assert seen.setdefault(phrase, name) == name, f"{phrase} means {seen[phrase]} and {name}"


def test_every_intention_can_be_begun() -> None:
    from bot.enquiries import ENQUIRIES

    assert set(words.names("intents")) <= {*FLOWS, *ENQUIRIES}


def test_every_language_lists_the_same_meanings() -> None:
    import tomllib

    tables = [
        tomllib.loads((texts.FOLDER / language / "words.toml").read_text(encoding="utf-8"))
        for language in texts.languages()
    ]
    for other in tables[1:]:
        assert {name: set(table) for name, table in other.items()} == {
            name: set(table) for name, table in tables[0].items()
        }
