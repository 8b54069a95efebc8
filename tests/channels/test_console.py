from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.messages import Card, Choice, Outbound, Sender
from bot.turn import Bot
from channels import console
from channels.base import Unreachable
from channels.console import Console, Talk
from core.company import Company
from core.correspondence import Direction, Message, Purpose, Status
from tests.conftest import Moment


class Screen:
    """What somebody at the terminal sees."""

    def __init__(
        self, engine: Engine, company: Company, *, who: str = "lin", language: str = "zh-CN"
    ) -> None:
        self.lines: list[str] = []
        self.talk = Talk(Bot(engine, company), who=who, language=language, write=self.lines.append)

    def type(self, *lines: str, save: Path | None = None) -> str:
        self.lines.clear()
        self.talk.hold(lines, save=save)
        return "\n".join(self.lines)


@pytest.fixture
def screen(engine: Engine, company: Company, moment: Moment) -> Screen:
    return Screen(engine, company)


def said(engine: Engine, direction: Direction) -> list[Message]:
    with Session(engine) as session:
        found = select(Message).where(Message.direction == direction).order_by(col(Message.id))
        return list(session.exec(found))


def test_a_talk_is_held_with_the_real_bot(screen: Screen, company: Company) -> None:
    shown = screen.type("您好")

    assert company.name.get("zh-CN") in shown
    assert "  1. " in shown


def test_what_was_shown_counts_as_sent(screen: Screen, engine: Engine) -> None:
    screen.type("您好")

    outbound = said(engine, Direction.OUT)
    assert outbound
    assert {message.status for message in outbound} == {Status.SENT}
    assert {message.channel for message in outbound} == {"console"}


def test_the_talk_ends_at_quit(screen: Screen, engine: Engine) -> None:
    screen.type("/quit", "您好")

    assert [message.kind for message in said(engine, Direction.IN)] == ["arrived"]


def test_blank_lines_are_not_sent(screen: Screen, engine: Engine) -> None:
    screen.type("", "   ", "您好")

    assert [message.body for message in said(engine, Direction.IN)] == ["", "您好"]


def test_buttons_can_be_seen_and_pressed(screen: Screen, engine: Engine) -> None:
    shown = screen.type("您好", "/buttons")
    data = shown.splitlines()[-1].split()[0]
    screen.type("您好", f"/tap {data}")

    tap = said(engine, Direction.IN)[-1]
    assert (tap.kind, tap.content) == ("tap", {"data": data})
    assert tap.body


def test_a_person_is_recognised_again_and_others_are_not(
    engine: Engine, company: Company, moment: Moment
) -> None:
    Screen(engine, company, who="lin").type("您好")
    Screen(engine, company, who="lin").type("您好")
    Screen(engine, company, who="wu").type("您好")

    assert {message.user for message in said(engine, Direction.IN)} == {"lin", "wu"}


def test_somebody_known_can_be_spoken_to_in_another_language(
    engine: Engine, company: Company, moment: Moment
) -> None:
    Screen(engine, company).type("您好")
    console.speak(engine, "lin", "en")

    shown = Screen(engine, company, language="en").type("hello")

    assert company.name.get("en") in shown
    assert not any("\u4e00" <= character <= "\u9fff" for character in shown)


def test_the_talk_is_saved_as_a_transcript(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"

    shown = screen.type("您好", save=file)

    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# lin")
    assert lines.count("> 您好") == 1
    assert all(line.startswith(("# ", "@ ", "> ", "< ")) for line in lines)
    assert any(line.startswith("< [") and line.endswith("]") for line in lines)
    assert str(file) in shown


def test_a_message_is_drawn_with_its_card_and_numbered_answers() -> None:
    message = Outbound(
        "请确认：",
        (Choice("好的", "a:1"), Choice("返回", "w:back", "way")),
        Card("日常保洁", (("时间", "周三"),)),
    )

    assert list(console.drawn(message)) == [
        "请确认：",
        "  │ 日常保洁",
        "  │ 时间：周三",
        "  1. 好的",
        "  [返回]",
        "",
    ]


def test_a_transcript_marks_every_line_of_an_answer() -> None:
    message = Outbound(
        "第一行\n\n第二行",
        (Choice("好的", "a:1"), Choice("返回", "w:back", "way")),
        Card("日常保洁", (("时间", "周三"),), "可免费取消"),
    )

    assert list(console.transcribed(message)) == [
        "< 第一行",
        "< ",
        "< 第二行",
        "< ┌ 日常保洁",
        "< │ 时间: 周三",
        "< └ 可免费取消",
        "< [好的] [返回]",
    ]


def test_a_pressed_button_stands_in_the_transcript_by_its_label(screen: Screen, tmp_path: Path) -> None:
    shown = screen.type("您好", "/buttons")
    data, label = shown.splitlines()[-1].split(maxsplit=1)

    screen.type("您好", f"/tap {data}", save=tmp_path / "talk.txt")

    assert f"> [{label}]" in (tmp_path / "talk.txt").read_text(encoding="utf-8").splitlines()


async def test_nothing_is_pushed_to_a_terminal() -> None:
    assert Console.can.fetched
    assert Console().routes(_never) == ()
    with pytest.raises(Unreachable):
        await Console().send(Sender("console", "main", "lin"), Outbound("您好"), purpose=Purpose.ANSWER)


async def _never(_inbound: object) -> object:
    raise AssertionError


def test_trouble_is_said_and_the_talk_goes_on(
    screen: Screen, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.type("您好")
    works, failures = Bot._take, 1

    def breaks(self: Bot, *args: object) -> object:
        nonlocal failures
        if failures:
            failures -= 1
            raise RuntimeError("broken on purpose")
        return works(self, *args)

    monkeypatch.setattr(Bot, "_take", breaks)

    shown = screen.type("您好")

    assert "再发一次" in shown
    assert "  1. " in shown
