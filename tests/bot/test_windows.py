"""An hour that is not free is said as it was meant, not as the same one of the other half of the day."""

from datetime import time

import pytest

from tests.conftest import Moment
from tests.talk import Person


@pytest.mark.parametrize(("said", "told"), [("10点", "10:00 没有空了"), ("8点半", "08:30 没有空了")])
def test_an_hour_of_a_morning_that_is_over_is_said_as_it_was_meant(
    person: Person, moment: Moment, said: str, told: str
) -> None:
    moment.forward(hours=4)
    person.says("日常保洁3小时，今天，武侯区科华北路12号3栋501", "不用加", "没有")
    assert person.says(said)[-1].body.startswith(told)


def test_an_hour_that_only_the_afternoon_has_is_that_of_the_afternoon(person: Person) -> None:
    person.says("日常保洁3小时，后天，武侯区科华北路12号3栋501", "不用加", "没有", "两点")
    assert person.state().form is not None
    assert "T06:00:00Z" in str(person.state().form.answers["window"])


def test_who_takes_any_time_pays_no_more_for_it(person: Person) -> None:
    rules = person.company.policies.model_copy(update={"early_before": time(9, 30)})
    person.company = person.company.model_copy(update={"policies": rules})
    person.says("日常保洁2小时，后天，武侯区科华北路12号3栋501", "不用加", "没有")
    assert person.state().shown()[0].label == "08:00–10:00"
    assert "好的，那就选“10:00–12:00”" in person.says("都行")[-1].body
    person.says("都可以", "王女士", "13800001234")
    assert "早晚时段" not in str(person.says("没有")[-1].content["card"])
