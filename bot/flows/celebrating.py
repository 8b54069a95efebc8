"""The birthday, asked for once, of whoever has just become a member; nobody need say it."""

from bot import cards, habits, words
from bot.answers import body_of
from bot.flow import Flow, Reader, Turn, ask
from bot.messages import Content, Outbound
from bot.readers.habits import birthday
from bot.verdicts import Retry
from core import facts
from core.facts import Habit
from core.members import birthdays


def _read(turn: Turn, content: Content) -> str | None:
    body = body_of(content)
    if words.whole(body or "", "why") is not None:
        raise Retry("celebrating-why", points=turn.company.members.birthday)
    return birthday(body, turn.now.astimezone(turn.company.zone), turn.language) if body else None


def _word(turn: Turn, value: str) -> str:
    return habits.worded(turn, Habit.BIRTHDAY, value)


a_birthday: Reader[str] = Reader(_read, worded=_word)


def is_unknown(turn: Turn) -> bool:
    """Whether they never told it, so that it may be asked."""
    return facts.of(turn.session, turn.customer_id, Habit.BIRTHDAY) is None


class Celebrating(Flow):
    """Which day of the year; it may be passed over."""

    in_passing = True
    once = True

    born: str | None = ask(a_birthday, skippable=True)

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep it, and say what comes of it; or that it is not asked again."""
        choices = [cards.go(turn, name) for name in ("points", "booking")]
        if self.born is None:
            return [turn.say("celebrating-passed", choices=choices)]
        month, day = (int(part) for part in self.born.split("-"))
        birthdays.tell(turn.session, turn.company, turn.customer_id, month, day, now=turn.now)
        points = turn.company.members.birthday
        return [turn.say("celebrating-done", value=_word(turn, self.born), points=points, choices=choices)]
