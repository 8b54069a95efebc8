"""People with a phone: they read what they are told, and press or type what such people would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.messages import Content, Tap, Text
from channels.demoday.stage import Stage
from core import correspondence
from core.correspondence import Direction, Message, Peer
from core.database import looking


@dataclass(frozen=True, slots=True)
class Habit:
    """What somebody does about a button that they are shown: `does` it, `after` so many minutes."""

    button: str
    """What its data begins with."""
    after: float
    does: Callable[["Phone", str], None]
    """Gets the phone and the whole data of the button."""


class Phone:
    """One person's phone. What it is shown is answered by habit."""

    def __init__(self, stage: Stage, peer: Peer, habits: Sequence[Habit] = ()) -> None:
        self.stage, self.peer, self.habits = stage, peer, list(habits)
        self._had: set[str] = set()

    def says(self, *lines: str) -> None:
        """Type one message after the other."""
        for line in lines:
            self._sends(Text(line))

    def taps(self, button: str) -> bool:
        """Press the newest button whose data begins so; False where there never was one."""
        for message in reversed(self.heard()):
            for choice in message.content.get("choices") or ():
                if choice["data"].startswith(button):
                    self._sends(Tap(choice["data"], choice["label"]))
                    return True
        return False

    def is_asked(self) -> bool:
        """Whether the newest message is a question of a form."""
        newest = self.heard()[-1].content.get("choices") or ()
        return any(choice["data"][:1].isdigit() for choice in newest)

    def chooses(self, *labels: str) -> bool:
        """Press the first of these labels that the newest message with buttons has; False if none."""
        shown = next((one for one in reversed(self.heard()) if one.content.get("choices")), None)
        for label in labels:
            for choice in shown.content["choices"] if shown else ():
                if label in choice["label"]:
                    self._sends(Tap(choice["data"], choice["label"]))
                    return True
        return False

    def sends(self, content: Content) -> None:
        """Send a picture, a place."""
        self._sends(content)

    def heard(self) -> list[Message]:
        """Everything they were ever told, in order."""
        with looking(self.stage.engine) as session:
            talk = correspondence.talk(session, self.peer)
            return [one for one in talk if one.direction is Direction.OUT]

    def shown(self, message: Message) -> None:
        """Read a message, and plan what to do about it."""
        shown = [str(choice["data"]) for choice in message.content.get("choices") or ()]
        for habit in self.habits:
            if data := next((one for one in shown if one.startswith(habit.button)), None):
                self._follow(habit, data)

    def _follow(self, habit: Habit, data: str) -> None:
        """Plan what the habit says about a button, the first time it is shown."""
        if data not in self._had:
            self._had.add(data)
            self.stage.soon(habit.after, partial(habit.does, self, data))

    def _sends(self, content: Content) -> None:
        self.stage.hear(self.peer, content)
