"""Codes to be scanned: made by the command, drawn, and what a scan leads to."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from channels import cli
from channels.refusing import Refused
from channels.wechat import codes
from tests.channels.wechat.house import House, settings_for
from tests.conftest import log_plainly
from tests.doubles.wechat import Double, Person

CREATE = "/cgi-bin/qrcode/create"


@pytest.fixture
def ming(double: Double) -> Person:
    return double.person("Ming")


async def make(
    double: Double, engine: Engine, folder: Path, scene: str, days: int | None = 30, file: Path | None = None
) -> str:
    lines = await codes.make(settings_for(folder, double), engine, scene, days=days, file=file)
    return "\n".join(lines)


async def test_a_code_says_where_it_leads_and_is_drawn(
    double: Double, engine: Engine, tmp_path: Path
) -> None:
    said = await make(double, engine, tmp_path, "booking_again", 7)

    assert "scene     booking_again\nleads to  booking (Book a visit), with again\nis good   until " in said
    assert "address   http://weixin.qq.com/q/" in said
    assert len([line for line in said.splitlines() if "█" in line]) > 10
    (call,) = (call for call in double.calls if call.path == CREATE)
    assert call.params["expire_seconds"] == 7 * 86_400
    assert double.codes.by_scene("booking_again").expires_at == double.now() + 7 * 86_400


async def test_a_code_for_ever_is_made_and_told(double: Double, engine: Engine, tmp_path: Path) -> None:
    said = await make(double, engine, tmp_path, "prices", None)

    assert "is good   for ever" in said
    assert double.codes.by_scene("prices").expires_at == float("inf")


async def test_a_word_that_leads_nowhere_is_told(double: Double, engine: Engine, tmp_path: Path) -> None:
    said = await make(double, engine, tmp_path, "door-7")

    assert "leads to  the greeting, since customers have nothing called door-7; they have booking," in said
    assert "nothing called desk" in await make(double, engine, tmp_path, "desk")


@pytest.mark.parametrize(("name", "begins"), [("code.png", b"\x89PNG"), ("code.SVG", b"<?xml")])
async def test_a_code_is_drawn_into_a_file(
    double: Double, engine: Engine, tmp_path: Path, name: str, begins: bytes
) -> None:
    said = await make(double, engine, tmp_path, "booking", file=tmp_path / name)

    assert (tmp_path / name).read_bytes().startswith(begins)
    assert said.endswith(f"drawn in  {tmp_path / name}")


@pytest.mark.parametrize(
    ("scene", "days", "file", "why"),
    [
        ("", 30, None, "1 to 64 letters"),
        ("x" * 65, 30, None, "this one has 65 characters"),
        ("七号门", 30, None, "1 to 64 letters"),
        ("door 7", 30, None, "1 to 64 letters"),
        ("booking\n", 30, None, "1 to 64 letters"),
        ("booking", 0, None, "1 to 30 days"),
        ("booking", -(10**20), None, "1 to 30 days"),
        ("booking", 31, None, "1 to 30 days"),
        ("booking", 30, "code.pdf", "ends in .png or .svg, not code.pdf"),
        ("booking", 30, "code", "ends in .png or .svg"),
        ("booking", 30, "nowhere/code.png", "there is no folder"),
    ],
)
async def test_what_cannot_be_is_refused_before_the_platform_is_asked(
    double: Double, engine: Engine, tmp_path: Path, scene: str, days: int, file: str | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        await make(double, engine, tmp_path, scene, days, tmp_path / file if file else None)
    assert not double.calls


@pytest.mark.parametrize("double", [{"kind": "subscription"}, {"kind": "unverified"}], indirect=True, ids=str)
async def test_only_some_accounts_have_codes(double: Double, engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="only verified service accounts"):
        await make(double, engine, tmp_path, "booking")
    assert not double.calls


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (40052, "does not know this kind of code .40052."),
        (40053, "does not take this scene"),
        (48001, "may not make codes"),
        (45009, "after midnight"),
        (40013, "wrong app id"),
        (99999, "99999"),
    ],
)
async def test_what_the_platform_refuses_is_said_in_words(
    double: Double, engine: Engine, tmp_path: Path, code: int, why: str
) -> None:
    double.fail_next("qrcode/create", code)
    with pytest.raises(Refused, match=why):
        await make(double, engine, tmp_path, "booking", file=tmp_path / "code.png")
    assert not (tmp_path / "code.png").exists()


async def test_a_platform_that_is_away_and_one_that_talks_nonsense_are_said_so(
    double: Double, engine: Engine, tmp_path: Path
) -> None:
    double.drop_next("qrcode/create")
    with pytest.raises(Refused, match="cannot be reached"):
        await make(double, engine, tmp_path, "booking")
    double.fail_next("qrcode/create", status=200, body="{}")
    with pytest.raises(Refused, match="holds no code"):
        await make(double, engine, tmp_path, "booking")


async def test_a_folder_in_the_file_s_place_is_said_so(
    double: Double, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "code.png").mkdir()
    with pytest.raises(Refused, match=r"cannot be drawn into .*code\.png: Is a directory"):
        await make(double, engine, tmp_path, "booking", file=tmp_path / "code.png")


async def test_following_through_a_code_and_scanning_it_begin_the_same(house: House, ming: Person) -> None:
    await ming.follows("booking")
    followed = await ming.reads("想约哪一类")
    ling = house.double.person("Ling", follower=True)
    await ling.scans("booking")

    assert (await ling.reads("想约哪一类")).text == followed.text
    assert followed.way == "passive"
    await ling.scans("prices")
    assert (await ling.reads("想看哪一类的价格")).way == "passive"


@pytest.mark.parametrize("scene", ["door-7", "nothing_at-all", "desk-1", "1", "x" * 64])
async def test_a_code_of_no_meaning_greets(house: House, ming: Person, scene: str) -> None:
    await ming.scans(scene)
    assert (await ming.sees())[0].text.startswith("您好，欢迎来到")
    await ming.scans(scene)
    assert (await ming.sees())[-1].text.startswith("您好，欢迎来到")


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        ("visit_GONE", "没找到这个预约"),
        ("moving_GONE", "没有可以改时间的预约"),
        ("forgetting_9", "想办点什么"),
        ("wishing_nobody", "想办点什么"),
        ("booking_nothing", "想约哪一类"),
        ("linking_482913", "请输入您在另一个聊天里拿到的 6 位绑定码"),
    ],
)
async def test_a_code_whose_time_is_over_does_no_harm(
    house: House, ming: Person, scene: str, said: str
) -> None:
    await ming.scans(scene)

    assert said in (await ming.sees())[0].text


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which the program is called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MENLING_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    yield tmp_path
    log_plainly()


def test_the_command_says_what_is_missing(
    typed: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["menling", "channels", "wechat", "--qr-code", "booking"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capfd.readouterr()

    assert (left.value.code, out) == (1, "")
    assert "menling: a code needs MENLING_WECHAT_APP_ID" in err
