"""`menling coupon`: what a company's desk does about coupons."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core import coupons, customers
from core.coupons import Kind
from core.database import connect, transaction
from tests.channels.commands import Menling

NOW = datetime(2026, 11, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE = "+8613800001234"


@pytest.fixture
def desk(menling: Menling, migrated: Path, tmp_path: Path) -> Menling:
    """The program, with one customer."""
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    with transaction(engine) as session:
        customers.set_phone(session, customers.greet(session, language="zh-CN", now=NOW), PHONE)
    engine.dispose()
    return menling


def test_a_coupon_is_given_once_for_each_key_seen_and_taken_back(desk: Menling, tmp_path: Path) -> None:
    wish = (
        "coupon",
        "issue",
        PHONE,
        "--key",
        "sorry",
        "--percent",
        "10",
        "--most",
        "30",
        "--service",
        "daily",
    )
    first = desk(*wish, "--when", "1-5 09:00-16:00", "--area", "wuhou", "--least", "100", "--days", "9").out
    assert first == desk(*wish).out
    assert first.split()[:4] == ["1", "percent", "10", "open"]
    assert desk("coupon", "list", PHONE).out == first
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    with transaction(engine) as session:
        [made] = coupons.of_customer(session, 1, 9)
        assert (made.kind, made.most, made.least) == (Kind.PERCENT, 30_00, 100_00)
        assert (made.services, made.areas) == (["DAILY"], ["WUHOU"])
        assert [(one.days, str(one.begins)) for one in made.hours()] == [((0, 1, 2, 3, 4), "09:00:00")]
    engine.dispose()
    assert desk("coupon", "void", "1").out == "Coupon 1 is taken back.\n"
    assert desk("coupon", "void", "1").code == 1
    assert " void " in desk("coupon", "list", PHONE).out


def test_a_code_is_made_seen_and_ended(desk: Menling) -> None:
    made = desk("coupon", "code", "spring-20", "--until", "2099-12-31", "--yuan", "20", "--limit", "5")
    assert made.out.startswith("SPRING20 is taken from ")
    assert "0 of 5 taken" in desk("coupon", "list").out
    again = desk("coupon", "code", "SPRING20", "--until", "2099-12-31", "--yuan", "20")
    assert (again.code, "already" in again.err) == (1, True)
    assert desk("coupon", "void", "SPRING20").out == "SPRING20 is taken no more.\n"
    assert desk("coupon", "void", "SPRING20").out == "SPRING20 was over already.\n"


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (("issue", "+8613900000000", "--key", "a", "--yuan", "5"), "no customer left the number"),
        (("issue", PHONE, "--key", "a"), "give one of"),
        (("issue", PHONE, "--key", "a", "--yuan", "5", "--hours", "2"), "give one of"),
        (("issue", PHONE, "--key", "a", "--yuan", "-5"), "above 0"),
        (("issue", PHONE, "--key", "a", "--yuan", "5", "--service", "SINGING"), "sells no SINGING"),
        (("issue", PHONE, "--key", "a", "--add-on", "MOON"), "sells no MOON"),
        (("code", "x", "--until", "2099-01-01", "--yuan", "5"), "is no code"),
        (("code", "OLD2020", "--until", "2020-01-01", "--yuan", "5"), "over before it begins"),
        (("void", "NOSUCH"), "there is no code"),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Menling, wish: tuple[str, ...], why: str) -> None:
    said = desk("coupon", *wish)
    assert (said.code, why in said.err) == (1, True)
