"""Having everything removed: asked twice, the second time by a word that nobody types by mistake."""

from typing import Any

from bot import cards, words
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.messages import Content, Outbound, Text
from bot.verdicts import Leave, Retry
from core import visits
from core.privacy import erasing


def yes_or_no(turn: Turn) -> Options[bool]:
    """Everything goes, or everything stays."""
    return [Option(True, turn.text("deleting-sure-yes")), Option(False, turn.text("deleting-sure-no"))]


def is_sure(_turn: Turn, sure: bool) -> bool:
    """Whether there is anything left to ask."""
    return sure


def _read_word(turn: Turn, content: Content) -> bool | None:
    """The word, typed; nothing else will do."""
    if not isinstance(content, Text):
        return None
    if words.whole(content.body, "intents", {"keepdata"}) is not None:
        raise Leave("deleting-not")
    if _bare(content.body) != _bare(turn.text("deleting-word")):
        raise Retry("deleting-not-the-word", word=turn.text("deleting-word"))
    return True


def _bare(words: str) -> str:
    return "".join(words.split()).strip("“”\"'。.!！").casefold()


class Deleting(Flow):
    """Whether they are sure, and the word."""

    sure: bool = ask(one_of(yes_or_no))
    word: bool = ask(Reader(_read_word, whole=True), when=is_sure)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """Nothing is brought along. Raises `Leave` while something is open, or when it is planned already."""
        if (asked := erasing.find(turn.session, turn.customer_id)) is not None:
            raise Leave("deleting-asked", at=asked.due_at)
        try:
            erasing.check(turn.session, turn.customer_id, turn.now)
        except erasing.StillOpen as no:
            raise Leave("deleting-open", what=still_open(turn, no)) from no
        return {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Ask for it, or leave everything as it is."""
        if not self.sure:
            return [turn.say("deleting-not", choices=[cards.go(turn, "mydata")])]
        try:
            asked = erasing.ask(turn.session, turn.company, turn.customer_id, by="customer", now=turn.now)
        except erasing.StillOpen as no:
            raise Leave("deleting-open", what=still_open(turn, no)) from no
        choices = [cards.go(turn, "keepdata"), cards.go(turn, "takealong")]
        return [turn.say("deleting-done", at=asked.due_at, choices=choices)]


def still_open(turn: Turn, no: erasing.StillOpen) -> list[str]:
    """What has to be over first, as they know it."""
    ahead = [visits.by_reference(turn.session, reference) for reference in no.visits]
    lines = [cards.visit_line(turn, one) for one in ahead if one is not None]
    return [*lines, *(turn.text("deleting-complaint", number=str(number)) for number in no.complaints)]
