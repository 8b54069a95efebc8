"""Leaving a household, and its owner removing somebody: what it means is shown before the yes."""

from bot import cards, kin
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import households
from core.errors import DomainError
from core.households import Part, Parted


def others(turn: Turn) -> Options[int]:
    """Everybody whom the owner may remove; leaves for who is not the owner, or alone in it."""
    mine = kin.mine(turn)
    if mine is None or not mine.owns:
        raise Leave("excluding-not-owner")
    there = households.people(turn.session, mine.household_id)
    found = [
        Option(one.customer_id, kin.name(turn, one.customer_id))
        for one in there
        if one.customer_id != turn.customer_id
    ]
    if not found:
        raise Leave("excluding-nobody")
    return found


def without_them(turn: Turn, who: int) -> Outbound:
    """What they can do no more."""
    return turn.say("excluding-agreed-ask", name=kin.name(turn, who))


class Excluding(Flow):
    """Whom, and yes."""

    who: int = ask(one_of(others))
    agreed: bool = confirm(without_them)

    def done(self, turn: Turn) -> list[Outbound]:
        """They are out, and hear of it."""
        try:
            households.remove(turn.session, turn.customer_id, self.who, turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        name = kin.name(turn, self.who)
        kin.tell(turn, self.who, "kin-removed", name=kin.name(turn, turn.customer_id))
        return [turn.say("excluding-done", name=name, choices=[cards.go(turn, "family")])]


def without_me(turn: Turn) -> Outbound:
    """What is over with it, for them and perhaps for all."""
    mine = kin.mine(turn)
    if mine is None:
        raise Leave(households.NotIn.key)
    there = households.people(turn.session, mine.household_id)
    payers = [one for one in there if one.part is Part.PAYER and one.customer_id != turn.customer_id]
    if not mine.owns:
        return turn.say("leaving-agreed-ask")
    if payers:
        return turn.say("leaving-agreed-ask-owner", name=kin.name(turn, payers[0].customer_id))
    return turn.say("leaving-agreed-ask-all", count=len(there) - 1)


class Leaving(Flow):
    """Yes."""

    agreed: bool = confirm(without_me)

    def done(self, turn: Turn) -> list[Outbound]:
        """They are out; the others hear of it, and whose it is now."""
        try:
            parted = households.leave(turn.session, turn.customer_id, turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        tell_others(turn, kin.name(turn, turn.customer_id), parted)
        turn.found.pop("kin", None)
        return [turn.say("leaving-done", choices=[cards.go(turn, "booking"), cards.go(turn, "inviting")])]


def tell_others(turn: Turn, name: str, parted: Parted) -> None:
    """Who was in it with them hears that they left, that it is theirs now, or that it is over."""
    for one in parted.others:
        key = "kin-ended" if parted.ended else "kin-yours" if one == parted.owner_id else "kin-left"
        kin.tell(turn, one, key, name=name)
