"""Two chats with one confirmed telephone number: whether both are them, asked once."""

from bot import cards
from bot.flow import Flow, Option, Options, Turn, ask, one_of, work_out
from bot.flows.linking import YES_OR_NO, greeted, not_me
from bot.messages import Outbound
from bot.verdicts import Leave
from core import bindings, identities


def same_number(turn: Turn) -> int:
    """The other customer with their number; from now on they count as asked about."""
    found = bindings.find_same_phone(turn.session, turn.customer_id)
    if found is None:
        raise Leave("uniting-nothing")
    bindings.ask_once(turn.session, turn.customer_id, found, turn.now)
    return found


def yes_or_no(turn: Turn) -> Options[bool]:
    """Both are them, or not."""
    yes, no = turn.text("uniting-both-yes"), turn.text("uniting-both-no")
    return [Option(True, yes), Option(False, no, not_me())]


class Uniting(Flow):
    """Whether the other chat is theirs as well. Nothing of that chat is told before they say so."""

    other: int = work_out(same_number)
    both: bool = ask(one_of(yes_or_no, other=YES_OR_NO))

    def done(self, turn: Turn) -> list[Outbound]:
        """Bind this account by the number, and tell the other chat; or leave everything as it is."""
        if not self.both:
            return [turn.say("uniting-left", choices=[cards.go(turn, "profile"), cards.go(turn, "link")])]
        theirs = identities.of_customer(turn.session, self.other)[:1]
        try:
            bindings.bind_by_phone(turn.session, turn.identity, self.other, turn.now)
        except bindings.ProofGone as gone:
            raise Leave(gone.key) from gone
        return greeted(turn, theirs, "told-united")
