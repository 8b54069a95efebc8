"""How flows are written down: mistakes in one are found when it is declared, not when a customer meets it."""

from datetime import date

import pytest

from bot import diagram
from bot.answers import a_day, free_text
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of
from bot.flows import FLOWS
from bot.messages import Outbound
from bot.state import State, load


def fruits(_turn: Turn) -> Options[str]:
    return [Option("apple", "Apple")]


def test_a_hook_that_needs_a_later_answer_is_refused() -> None:
    def needs_day(_turn: Turn, day: date) -> Options[str]:
        return [Option("apple", str(day))]

    with pytest.raises(TypeError, match="needs \\['day'\\]"):

        class Early(Flow):
            """Asks in the wrong order."""

            fruit: str = ask(one_of(needs_day))
            day: date = ask(a_day)


def test_a_question_may_not_take_the_name_of_something_a_flow_needs() -> None:
    with pytest.raises(TypeError, match="called done"):

        class Clash(Flow):
            """Has a question called done."""

            done: str = ask(free_text())


def test_a_new_edition_needs_an_upgrade_from_each_one_before() -> None:
    with pytest.raises(TypeError, match="lacks an upgrade from edition 1"):

        class Later(Flow):
            """Skips an edition."""

            version = 3
            upgrades = {2: dict}
            fruit: str = ask(one_of(fruits))


def test_dependencies_are_read_from_parameter_names() -> None:
    questions = FLOWS["booking"].questions
    assert questions["window"].needs == {"told", "service", "quantity", "add_ons", "address", "day"}
    assert questions["note"].needs == frozenset()


def test_an_old_edition_is_lifted_when_it_is_loaded() -> None:
    def summary(_turn: Turn) -> Outbound:
        return Outbound("")

    class Renamed(Flow):
        """Its question had another name once."""

        version = 2
        upgrades = {1: lambda answers: {"fruit": answers["slot"]}}
        fruit: str = ask(one_of(fruits))
        agreed: bool = confirm(summary)

    document = {"form": {"flow": "renamed", "edition": 1, "answers": {"slot": "apple"}}}
    form = load(document, {"renamed": Renamed}).form
    assert form is not None
    assert form.answers == {"fruit": "apple"}
    assert form.edition == 2


def test_a_form_of_a_flow_that_is_gone_or_newer_than_we_are_is_dropped() -> None:
    assert load({"form": {"flow": "gone", "edition": 1}}, FLOWS).form is None
    assert load({"form": {"flow": "booking", "edition": 99}}, FLOWS).form is None


def test_the_state_is_json_and_comes_back_as_it_was() -> None:
    state = State.model_validate(
        {"form": {"flow": "booking", "edition": 1, "answers": {"quantity": 3}}, "offer": 4}
    )
    assert load(state.model_dump(mode="json", exclude_defaults=True), FLOWS) == state


@pytest.mark.parametrize("key", FLOWS)
def test_every_flow_is_drawn_with_all_its_questions(key: str) -> None:
    drawn = next(part for part in diagram.mermaid().split("\n\n") if f"title: {key} " in part)
    for name in FLOWS[key].questions:
        assert f"    {name} --> " in drawn


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_flow_can_be_read_without_python(language: str) -> None:
    assert all(f"{key}: " in diagram.words(language) for key in FLOWS)
