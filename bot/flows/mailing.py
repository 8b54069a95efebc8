"""Where news goes by e-mail when no chat is open: an address, and the code that came there."""

from typing import Any

from bot import cards, resorting
from bot.answers import a_code, body_of
from bot.flow import Flow, Reader, Turn, ask
from bot.messages import Content, Outbound
from bot.readers import emails
from bot.verdicts import AskAgain, Leave, Retry
from core.bindings.tries import TooManyTries
from core.resorts import addresses


def _read(_turn: Turn, content: Content) -> str | None:
    body = body_of(content)
    return emails.read(body) if body else None


an_email: Reader[str] = Reader(_read, lambda _turn, text: emails.read(text), whole=True)


def send_code(turn: Turn, address: str) -> None:
    """Have the code sent there; asks again where the address looks like a slip. Leaves after too many."""
    if (meant := emails.meant(address)) is not None:
        raise Retry("mailing-address-slip", address=address, meant=meant)
    try:
        made = addresses.ask(turn.session, turn.company, turn.customer_id, address, turn.now)
    except addresses.TooManyCodes as no:
        raise Leave(no.key, **no.args_) from no
    resorting.send_code(turn, made)


def is_right(turn: Turn, code: str, address: str) -> None:
    """Take the address as theirs. Here and not at the end, so that a wrong code stays counted."""
    try:
        addresses.confirm(turn.session, turn.identity, address, code, turn.now)
    except addresses.AddressGone as no:
        raise AskAgain("address", no.key) from no
    except TooManyTries as no:
        raise Leave(no.key, **no.args_) from no


class Mailing(Flow):
    """Which e-mail address, and that it is theirs."""

    address: str = ask(an_email, check=send_code)
    code: str = ask(a_code, check=is_right)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """Leaves where the company sends no e-mail."""
        if not turn.company.resorts.email_from:
            raise Leave("mailing-off", phone=turn.house_phone)
        return {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Say what it is good for, and how to be rid of it."""
        choices = [cards.go(turn, "profile"), cards.go(turn, "unmailing")]
        return [turn.say("mailing-done", address=emails.masked(self.address), choices=choices)]
