"""A worker's own file: skills, papers and how long they are good, areas and hours."""

from collections.abc import Iterable
from itertools import groupby

from bot import cards
from bot.flow import Turn
from bot.messages import Card, Outbound
from core import papers, workers
from core.workers import Paper, Shift, Skill


def file(turn: Turn, _argument: str) -> list[Outbound]:
    """Everything the company knows of what the worker can do, where and when."""
    id, none = turn.worker_id, turn.text("file-none")
    found = papers.of(turn.session, id)
    lines = [
        (turn.text("file-skills"), _listed(turn, _skills(turn, workers.skills_of(turn.session, id))) or none),
        *((paper_name(turn, one.kind), paper_state(turn, one)) for one in found),
        *([] if found else [(turn.text("file-papers"), none)]),
        (turn.text("file-areas"), _listed(turn, _areas(turn, workers.areas_of(turn.session, id))) or none),
        *(hours(turn, workers.shifts_of(turn.session, id)) or [(turn.text("file-hours"), none)]),
    ]
    card = Card(turn.text("file-title", name=workers.worker(turn.session, id).name), tuple(lines))
    choices = [cards.go(turn, "carding"), cards.go(turn, "round")]
    return [turn.say("file-told", phone=turn.house_phone, card=card, choices=choices)]


def paper_name(turn: Turn, kind: str) -> str:
    """A kind of paper as people call it; one of the company's own as it is kept."""
    return turn.text(f"paper-{kind}") if turn.has(f"paper-{kind}") else kind


def paper_state(turn: Turn, paper: Paper) -> str:
    """Until when a paper is good, and how many days that is."""
    today = turn.now.astimezone(turn.company.zone).date()
    left = (paper.valid_until_day - today).days
    number = turn.text("file-paper-number", number=paper.number) if paper.number else ""
    key = "file-paper-over" if left < 0 else "file-paper-good"
    return turn.text(key, day=paper.valid_until_day.isoformat(), left=left) + number


def hours(turn: Turn, shifts: Iterable[Shift]) -> list[tuple[str, str]]:
    """The hours of a week, days that follow each other with the same hours on one line."""
    week = {day: list(theirs) for day, theirs in groupby(shifts, lambda one: one.weekday)}
    spans = {day: tuple(f"{one.begins:%H:%M}–{one.ends:%H:%M}" for one in of) for day, of in week.items()}
    lines: list[tuple[str, str]] = []
    first: int | None = None
    for day in range(8):
        if first is not None and spans.get(day) != spans[first]:
            lines.append((_days(turn, first, day - 1), _listed(turn, spans[first])))
            first = None
        if first is None and day in spans:
            first = day
    return lines


def _days(turn: Turn, first: int, last: int) -> str:
    one, other = (turn.text(f"weekday-{day}") for day in (first, last))
    return one if first == last else turn.text("file-days", first=one, last=other)


def _skills(turn: Turn, skills: Iterable[Skill]) -> list[str]:
    return [turn.text("file-skill", name=skill_name(turn, one.code), level=one.level) for one in skills]


def skill_name(turn: Turn, code: str) -> str:
    """A skill as people call it; one of the company's own as it is kept."""
    return turn.text(f"skill-{code}") if turn.has(f"skill-{code}") else code


def _areas(turn: Turn, codes: Iterable[str]) -> list[str]:
    known = {area.code: area.name.get(turn.language) for area in turn.company.areas}
    return [known.get(code, code) for code in codes]


def _listed(turn: Turn, words: Iterable[str]) -> str:
    return turn.text("file-list-mark").join(words)
